"""What follows a review, in the browser: by the office, the person, the officer."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from .test_results import ResultCase

ACTION = "/odoo/action-cadre_review.cadre_review_%s_action/%s"


@tagged("post_install", "-at_install", "tour")
class TestResultTours(ResultCase, BrowserCase):
    def _tour(self, model, record, name, user, action=ACTION):
        url = action % (model, record.id)
        self.start_tour(url, f"cadre_review_{name}", login=user.login)

    def test_office_records_a_session_of_sixty_ratings(self):
        units = self._units(15, people=3)
        campaign = self._opened_campaign(
            purpose="phiên họp", unit_ids=[Command.set(units.ids)]
        )
        ratings = campaign.sudo().rating_ids
        self.assertEqual(len(ratings), 60)
        ratings.dossier_id.state = "accepted"
        ratings.state = "proposed"
        self.env["cadre.review.opinion"].create(
            [
                {
                    "rating_id": rating.id,
                    "stage": "appraisal",
                    "proposed_level": "good",
                    "state": "confirmed",
                    "source": "paper",
                }
                for rating in ratings
            ]
        )
        self._tour("campaign", campaign, "office_records_session", self.user_office)
        session = self.env["cadre.review.session"].search(
            [("campaign_id", "=", campaign.id)]
        )
        self.assertEqual(session.state, "concluded")
        self.assertEqual(len(session.decision_ids.line_ids), 60)

    def test_a_number_is_suggested_and_told_of(self):
        self._issue(self._drafts(self.deputy), "05-KL/TT")
        draft = self._drafts(self.collective)
        self._tour("decision", draft, "office_takes_number", self.user_office)
        self.assertEqual(draft.number, "07-KL/TT")

    def test_an_objection_granted(self):
        self._notified(self.deputy)
        own = "/odoo/action-cadre_review.cadre_review_%s_action_person/%s"
        self._tour("rating", self.deputy, "person_objects", self.user_person_a, own)
        objection = self.deputy.sudo().objection_ids
        self.assertTrue(self.deputy.is_objected)
        self._tour("objection", objection, "office_grants_objection", self.user_office)
        draft = objection.outcome_line_id
        self.assertEqual(draft.superseded_line_id, self.deputy.sudo().decision_line_id)

    def test_a_shortcoming_of_2022_meets_its_owner_in_2023(self):
        line = self._plan().line_ids
        self._click(line, "action_begin")
        self.campaign.sudo().state = "closed"
        following = self._opened_campaign(year=2023)
        rating = following.rating_ids.filtered(
            lambda r: not r.cadre_id and r.unit_id == self.unit_a
        )
        self._tour("rating", rating, "shortcoming_meets_its_owner", self.user_officer_a)
        shortcoming = rating.sudo().shortcoming_ids
        self.assertEqual(shortcoming.status, "fixing")
        with mute_logger("odoo.http"):  # the refusal that the tour reads
            self._tour("plan_line", line, "officer_remedies", self.user_officer_a)
        self.assertEqual(shortcoming.status, "fixed")
