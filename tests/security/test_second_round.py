"""A later round: what is new is read by those who read the first before its hand-in."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PDF
from .test_security_matrix import MUTED, SecurityCase, our_models


@tagged("post_install", "-at_install")
class TestSecondRound(SecurityCase):
    """Whatever is said in rounds: a new model joins by its mixin."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.sudo().dossier_ids.write({"state": "returned", "round": 2})
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a).sudo()
        cls.unit_side = (cls.user_officer_a, cls.user_party_a, cls.user_person_a)
        cls.above = (cls.user_office, cls.user_standing)
        cls.env.flush_all()

    def _said(self):
        """Models in which something is said in rounds, or a line of it."""
        return [
            name
            for name in sorted(our_models(self.env))
            if hasattr(self.env[name], "_hold_back")
        ]

    def _mine(self, model, user):
        """What the user writes of the dossier, keyed by nobody of the office."""
        records = (
            self.env[model]
            .search([])
            .filtered(
                lambda record: record[record._said_with or "id"]
                and self._carrier(record).dossier_id == self.dossier
            )
        )
        carriers = records.mapped(lambda r: self._carrier(r))
        for name in ("is_on_behalf", "is_held_back"):
            if name in carriers._fields and model != "cadre.review.picture":
                carriers[name] = False
        self.env.flush_all()
        return records.with_user(user)._filtered_access("write")

    def _carrier(self, record):
        return record[record._said_with] if record._said_with else record

    def _reads(self, record, user):
        self.env.invalidate_all()
        found = self.env[record._name].with_user(user).search([("id", "=", record.id)])
        allowed = record.with_user(user)._filtered_access("read")
        self.assertEqual(found.ids, allowed.ids, "rules say the same in both ways")
        return bool(found)

    def _say(self, record):
        for field in record._fields.values():
            if (
                field.type in ("char", "text")
                and field.store
                and not field.compute
                and field.name not in ("source_place", "minutes_number")
                and record._is_content(field.name)
            ):
                record.write({field.name: "said anew"})
                return
        for name in ("issued", "is_scored", "sequence"):
            if name in record._fields:
                record.write({name: 1})
                return
        raise AssertionError(f"{record._name}: nothing to say")

    @mute_logger(*MUTED)
    def test_what_is_said_anew_waits_for_the_hand_in(self):
        tried = set()
        for model in self._said():
            for user in self.unit_side:
                for record in self._mine(model, user)[:1]:
                    with self.subTest(model=model, user=user.name):
                        plain = record.with_env(self.env)
                        self.assertTrue(self._reads(plain, self.user_office))
                        self._say(record)
                        self.assertTrue(self._reads(plain, user))
                        for reader in self.above:
                            self.assertFalse(self._reads(plain, reader), reader.name)
                        self.dossier._end_holding_back()
                        for reader in self.above:
                            self.assertTrue(self._reads(plain, reader), reader.name)
                        tried.add(model)
        self.assertGreater(len(tried), 12, tried)

    @mute_logger(*MUTED)
    def test_a_new_file_waits_for_the_hand_in(self):
        homes = [self.dossier.paper_ids[:1], self.dossier]
        homes += [
            self._mine(model, self.user_officer_a)[:1]
            for model in self._said()
            if "attachment_ids" in self.env[model]._fields
        ]
        Attachment = self.env["ir.attachment"]
        for home in filter(None, homes):
            with self.subTest(model=home._name):
                file = Attachment.with_user(self.user_officer_a).create(
                    {
                        "name": "moi.pdf",
                        "raw": PDF,
                        "res_model": home._name,
                        "res_id": home.id,
                    }
                )
                for reader in self.above:
                    self.assertFalse(self._reads(file.with_env(self.env), reader))
                self.assertTrue(
                    self._reads(file.with_env(self.env), self.user_officer_a)
                )
                self.dossier._end_holding_back()
                for reader in self.above:
                    self.assertTrue(self._reads(file.with_env(self.env), reader))

    @mute_logger(*MUTED)
    def test_what_was_handed_in_stays_readable(self):
        for model in self._said():
            for user in self.unit_side:
                for record in self._mine(model, user):
                    if "is_held_back" in record._fields:
                        self.assertTrue(
                            self._reads(record.with_env(self.env), self.user_office)
                        )
