"""The main job in the browser: by those concerned, and by the clerk from paper."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from ..common import ReviewCase


@tagged("post_install", "-at_install", "tour")
class TestTours(ReviewCase, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)

    def _tour(self, record, action, name, user):
        """Run a tour from the form of a record that the user opened by a menu."""
        url = f"/odoo/action-cadre_review.{action}/{record.id}"
        self.start_tour(url, f"cadre_review_{name}", login=user.login)

    def test_way_of_the_people(self):
        dossier = self.dossier
        rating = self._rating(self.campaign, self.deputy_a)
        self._tour(
            rating,
            "cadre_review_rating_action_person",
            "person_assesses",
            self.user_person_a,
        )
        self.assertEqual(rating.sudo().opinion_ids.create_uid, self.user_person_a)
        self._opinion(
            self._rating(self.campaign, self.chair_a), "self", self.user_officer_a
        )
        own = "cadre_review_dossier_action_own"
        with mute_logger("odoo.http"):  # the refusal that the tour reads
            self._tour(dossier, own, "officer_records_conference", self.user_officer_a)
        self.assertEqual(rating.state, "reviewed")
        self._tour(
            rating,
            "cadre_review_rating_action_party",
            "party_body_comments",
            self.user_party_a,
        )
        self._tour(dossier, own, "head_hands_in", self.user_head_a)
        self.assertEqual(dossier.state, "submitted")
        office = "cadre_review_dossier_action"
        with mute_logger("odoo.http"):  # the refusal that the tour reads
            self._tour(dossier, office, "office_receives", self.user_office)
        self.assertEqual(dossier.state, "received")

    def test_way_of_the_clerk(self):
        self._tour(
            self.dossier,
            "cadre_review_dossier_action",
            "clerk_keys_from_paper",
            self.user_office,
        )
        self.assertEqual(self.dossier.state, "accepted")
        self.assertEqual(
            set(self.dossier.rating_ids.opinion_ids.mapped("source")), {"paper"}
        )
