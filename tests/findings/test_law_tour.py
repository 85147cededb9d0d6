"""The office prepares the session in the browser, and meets the cap."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from ..common import PLACE
from .test_law import LawCase


@tagged("post_install", "-at_install", "tour")
class TestCapTour(LawCase, BrowserCase):
    def test_office_meets_the_cap(self):
        group = self.env["cadre.review.post.group"].create(
            {"name": "Phó Chủ tịch thử", "code": "TEST-PCT"}
        )
        units = self._units(5, people=2)
        units.post_ids.filtered(lambda post: not post.is_head).group_id = group
        self.env.ref("cadre_review.nd90_2020_official_rule_b1").severity = "block"
        campaign = self._opened_campaign(unit_ids=[Command.set(units.ids)])
        ratings = campaign.sudo().rating_ids
        ratings.dossier_id.state = "accepted"
        ratings.state = "proposed"
        deputies = ratings.filtered(lambda rating: rating.group_id == group)
        self.env["cadre.review.opinion"].create(
            [
                {
                    "rating_id": rating.id,
                    "stage": "appraisal",
                    "proposed_level": "excellent" if rating in deputies[:2] else "good",
                    "state": "confirmed",
                    "source": "paper",
                }
                for rating in ratings
            ]
        )
        url = "/odoo/action-cadre_review.cadre_review_campaign_action"
        with mute_logger("odoo.http"):  # the refusal that the tour reads
            self.start_tour(
                f"{url}/{campaign.id}",
                "cadre_review_office_prepares_session",
                login=self.user_office.login,
            )
        decision = self.env["cadre.review.decision"].search(
            [("campaign_id", "=", campaign.id)]
        )
        self.assertEqual((decision.state, decision.number), ("draft", "15-KL/TT"))
        board = self.env["cadre.review.cap"].search(
            [("campaign_id", "=", campaign.id), ("group_id", "=", group.id)]
        )
        board.with_user(self.user_office).outside_good = 10
        decision.source_place = PLACE
        url = "/odoo/action-cadre_review.cadre_review_decision_action"
        self.start_tour(
            f"{url}/{decision.id}",
            "cadre_review_office_issues_within_cap",
            login=self.user_office.login,
        )
        self.assertEqual(decision.state, "issued")
        self.assertEqual(deputies.mapped("level").count("excellent"), 2)
