"""Keying on behalf, unit after unit and person after person."""

from datetime import datetime

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import PDF, PLACE, ReviewCase


class KeyingCase(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier_a = cls._dossier(cls.campaign, cls.unit_a)
        cls.dossier_b = cls._dossier(cls.campaign, cls.unit_b)

    @classmethod
    def _keying(cls, dossier, **values):
        Keying = cls.env["cadre.review.keying"].with_user(cls.user_office)
        return Keying.create({"dossier_id": dossier.id, **values})

    @classmethod
    def _filled(cls, dossier, **values):
        """The screen with the meeting and everybody's levels but the unit's."""
        keying = cls._keying(
            dossier,
            date_start=datetime(2022, 11, 18, 1),
            date_end=datetime(2022, 11, 18, 4),
            place="Hội trường",
            chair="Người Chủ Trì",
            secretary="Người Ghi Biên Bản",
            convened=9,
            present=9,
            **{"source_place": PLACE, **values},
        )
        ballots = ("issued", "collected", "valid", "votes_good")
        keying.line_ids.write({**dict.fromkeys(ballots, 9), "concluded_level": "good"})
        people = keying.line_ids.filtered("is_person")
        people.write({"self_level": "good", "party_level": "good"})
        return keying


@tagged("post_install", "-at_install")
class TestKeying(KeyingCase):
    def _opened(self, action):
        """The screen that an action opens, as the client fills it."""
        self.assertEqual(action["res_model"], "cadre.review.keying")
        Keying = self.env["cadre.review.keying"].with_user(self.user_office)
        return Keying.with_context(**action["context"]).create({})

    def test_source_is_asked_once(self):
        """It is kept from unit to unit; what is of one unit only is not."""
        first = self._keying(
            self.dossier_a, source="zalo", source_place=PLACE, incoming_number="12"
        )
        second = self._opened(first.action_next())
        self.assertEqual(second.dossier_id, self.dossier_b)
        self.assertEqual((second.source, second.source_place), ("zalo", PLACE))
        self.assertFalse(second.incoming_number)
        third = self._opened(second.action_previous())
        self.assertEqual(third.dossier_id, self.dossier_a)

    def test_queue_leaves_out_what_is_handed_in(self):
        keying = self._keying(self.dossier_a)
        self.assertIn("2", keying.queue_text)
        self.dossier_b.sudo().state = "submitted"
        action = keying.action_next()
        self.assertEqual(action["context"]["active_id"], self.dossier_a.id)

    def test_shows_what_is_keyed_and_what_lacks(self):
        keying = self._filled(self.dossier_a)
        self.assertEqual(set(keying.line_ids.mapped("lacking")), {"unit"})
        keying.action_key()
        again = self._keying(self.dossier_a)
        self.assertTrue(again.is_adopted)
        self.assertEqual((again.place, again.convened), ("Hội trường", 9))
        self.assertEqual(set(again.line_ids.mapped("votes_good")), {9})
        people = again.line_ids.filtered("is_person")
        self.assertEqual(set(people.mapped("self_level")), {"good"})
        self.assertEqual(set(people.mapped("self_kept")), {True})
        self.assertFalse(any(again.line_ids.mapped("unit_level")))

    def test_what_lacked_is_keyed_later(self):
        """The adopted minutes stay as they are."""
        self._filled(self.dossier_a).action_key()
        again = self._keying(self.dossier_a, source_place=PLACE, place="Nơi khác")
        again.line_ids.unit_level = "good"
        again.action_key()
        opinions = self.dossier_a.rating_ids.opinion_ids
        units = opinions.filtered(lambda opinion: opinion.stage == "unit")
        self.assertEqual(len(units), len(again.line_ids))
        self.assertEqual(self.dossier_a.conference_ids.place, "Hội trường")
        self.assertTrue(
            all(self._keying(self.dossier_a).line_ids.mapped("is_complete"))
        )

    def test_what_the_unit_began_is_not_keyed_twice(self):
        """It is withheld from the office; confirmed it is kept, a draft is named."""
        rating = self._rating(self.campaign, self.chair_a)
        officer = rating.with_user(self.user_officer_a)
        opinion = self.env["cadre.review.opinion"].browse(
            officer.action_self()["res_id"]
        )
        keying = self._filled(self.dossier_a)
        with self.assertRaisesRegex(UserError, "begun.*\n.*Ánh"):
            keying.action_key()
        opinion.sudo().write({"state": "confirmed", "proposed_level": "excellent"})
        keying.action_key()
        mine = opinion.search([("rating_id", "=", rating.id), ("stage", "=", "self")])
        self.assertEqual(mine, opinion)
        self.assertEqual(opinion.proposed_level, "excellent")

    def test_meeting_the_unit_keeps_itself(self):
        officer = self.dossier_a.with_user(self.user_officer_a)
        officer.conference_ids.create({"dossier_id": self.dossier_a.id})
        with self.assertRaisesRegex(UserError, "begun"):
            self._filled(self.dossier_a).action_key()

    def test_scans_beside_the_fields(self):
        """The office's own; those of the unit are withheld until the hand-in."""
        theirs, ours = self.dossier_a.paper_ids[:2]
        file = {"name": "bienban.pdf", "raw": PDF}
        theirs.with_user(self.user_officer_a).attachment_ids = [Command.create(file)]
        ours.attachment_ids = [Command.create({**file, "name": "quet.pdf"})]
        keying = self._keying(self.dossier_a)
        self.assertEqual(keying.scan_ids.mapped("name"), ["quet.pdf"])
        self.dossier_a.sudo().state = "submitted"
        keying.invalidate_recordset(["scan_ids"])
        self.assertEqual(len(keying.scan_ids), 2)

    def test_scan_beside_the_opinion(self):
        rating = self._rating(self.campaign, self.chair_a)
        paper = self.dossier_a.paper_ids.filtered(lambda p: p.rating_id == rating)[:1]
        paper.attachment_ids = [Command.create({"name": "phieu.pdf", "raw": PDF})]
        opinion = self._open(rating.action_self())
        self.assertEqual(opinion.scan_ids.mapped("name"), ["phieu.pdf"])

    def _open(self, action):
        return (
            self.env[action["res_model"]]
            .browse(action["res_id"])
            .with_user(self.user_office)
        )

    def test_person_after_person(self):
        """The source goes along; the dossier comes when nobody is left."""
        people = self.dossier_a._subjects().filtered("cadre_id")
        opinion = self._open(people[0].action_self())
        for rating in people:
            self.assertEqual(opinion.rating_id, rating)
            self.assertEqual(opinion.stage, "self")
            self.assertTrue(opinion.can_go_on)
            if rating == people[0]:
                opinion.write({"source": "zalo", "source_place": PLACE})
            self.assertEqual((opinion.source, opinion.source_place), ("zalo", PLACE))
            opinion.line_ids.write({"strengths": "Tốt", "shortcomings": "Không có"})
            opinion.line_ids[-1:].shortcomings = "Có việc còn chậm"
            opinion.write({"proposed_level": "good", "degradation": "none"})
            opinion = self._open(opinion.action_confirm_and_next())
        self.assertEqual(opinion, self.dossier_a)


@tagged("post_install", "-at_install", "tour")
class TestKeyingTour(KeyingCase, BrowserCase):
    def test_two_units_by_keyboard(self):
        """Two people and their collective, then the next unit: no click at all."""
        action = self.dossier_a.action_key_from_paper()
        window = self.env["ir.actions.act_window"].create(
            {
                "name": "Keying",
                "res_model": action["res_model"],
                "view_mode": "form",
                "context": str(action["context"]),
            }
        )
        self.start_tour(
            f"/odoo/action-{window.id}",
            "cadre_review_office_keys_without_the_mouse",
            login=self.user_office.login,
        )
        self.assertEqual(self.dossier_a.conference_ids.state, "adopted")
        levels = self._subjects(self.dossier_a).opinion_ids.filtered(
            lambda opinion: opinion.state == "confirmed"
        )
        self.assertEqual(set(levels.mapped("proposed_level")), {"good"})
        self.assertEqual(set(levels.mapped("source_place")), {"Tủ hồ sơ 2"})
        self.assertEqual(self.dossier_a.state, "preparing")
