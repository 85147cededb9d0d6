"""A rule switched off is silent everywhere: whatever step is asked for, on records
with everything wrong that can be."""

from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...rules.catalogue import REGULATED, RULES
from ..common import PLACE, ReviewCase

# what is wrong with the records below, where every rule stands
HEARD = """
    A1a C3 C4 C4a C5 C8 C13 C13a C14 C19a C20 C20c C24 C27 C28
    D1 D1a D1b D3a D7 D8 D8a D10a D11 D11a D14 L4 L5 L7 L8
"""


@tagged("post_install", "-at_install")
class TestSwitchedOff(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign().sudo()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a).sudo()
        cls.ratings = cls.dossier.rating_ids.sudo()
        cls.person = cls._rating(cls.campaign, cls.deputy_a).sudo()
        cls._spoil()

    @classmethod
    def _spoil(cls):
        """One record of every kind that has steps, each lacking what it should have."""
        new, of_unit = cls.env, {"dossier_id": cls.dossier.id}
        of_campaign = {"campaign_id": cls.campaign.id}
        cls.dossier.with_user(cls.user_officer_a).action_open_conference()
        for rating in cls.ratings:
            for stage in ("self", "party", "unit", "appraisal", "proposal"):
                if rating.cadre_id or stage not in ("self", "party"):
                    new["cadre.review.opinion"].create(
                        {"rating_id": rating.id, "stage": stage}
                    )
        new["cadre.review.report"].create({**of_unit})
        new["cadre.review.question"].create({**of_campaign, "name": "Hỏi"})
        new["cadre.review.delay"].create(
            {
                **of_unit,
                "date": date(2022, 11, 1),
                "reason": "Bão",
                "source": "paper",
                "source_place": PLACE,
            }
        )
        new["cadre.review.request"].create(of_unit)
        new["cadre.review.session"].create(
            {
                **of_campaign,
                "authority_id": cls.own.id,
                "date_start": "2022-11-01 01:00:00",
                "line_ids": [
                    Command.create({"rating_id": rating.id}) for rating in cls.ratings
                ],
            }
        )
        new["cadre.review.decision"].create(
            {
                **of_campaign,
                "authority_id": cls.own.id,
                "line_ids": [
                    Command.create({"rating_id": rating.id, "level": "unrated"})
                    for rating in cls.ratings
                ],
            }
        )
        new["cadre.review.order"].create(
            {**of_unit, "rating_ids": [Command.set(cls.person.ids)]}
        )
        new["cadre.review.objection"].create(
            {"rating_id": cls.person.id, "date": date(2022, 11, 1)}
        )
        new["cadre.review.plan"].create(
            {**of_unit, "line_ids": [Command.create({"name": "Còn chậm"})]}
        )

    def _regulate(self, severity):
        """Every rule that a regulation may change, as hard as this in all of them."""
        for regulation in self.env["cadre.review.regulation"].search([]):
            regulation.sudo().rule_ids.unlink()
            self.env["cadre.review.regulation.rule"].create(
                [
                    {
                        "regulation_id": regulation.id,
                        "rule": rule,
                        "severity": severity,
                    }
                    for rule in REGULATED
                ]
            )

    def _found(self):
        """``{code: [(model, move)]}`` of every step of every record."""
        found = {}
        for model in sorted(self.env):
            moves = getattr(self.env[model], "_moves", None)
            if not moves or self.env[model]._abstract:
                continue
            for record in self._records(model):
                for move in moves:
                    for finding in record._blockers(move):
                        found.setdefault(finding.rule, []).append((model, move))
        return found

    def _records(self, model):
        records = self.env[model].sudo().search([])
        return records.filtered(
            lambda r: (r if model == "cadre.review.campaign" else r.campaign_id)
            == self.campaign
        )

    def test_every_step_is_asked_for(self):
        """What the next test rests on: the records have everything wrong."""
        self._regulate("block")
        models = {model for places in self._found().values() for model, _move in places}
        self.assertEqual(
            models,
            {
                f"cadre.review.{name}"
                for name in (
                    *("campaign", "question", "dossier", "paper", "receipt", "request"),
                    *("delay", "conference", "opinion", "report", "session"),
                    *("decision", "order", "objection", "plan", "plan.line"),
                )
            },
        )
        found = {code for code in self._found() if not RULES[code].fixed}
        self.assertLessEqual(set(HEARD.split()), found)

    def test_nothing_is_heard_of_it_at_any_step(self):
        self._regulate("off")
        heard = {
            code: places
            for code, places in self._found().items()
            if not RULES[code].fixed
        }
        self.assertFalse(heard)

    def test_a_publication_has_a_rule_beside_those_of_the_moves(self):
        rating = self.person.with_user(self.user_office)
        self._regulate("block")
        with self.assertRaises(UserError):
            rating._check_publishes()
        self._regulate("off")
        rating._check_publishes()
