"""The report and the points suggested in the browser, by those concerned."""

from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import ReviewCase


@tagged("post_install", "-at_install", "tour")
class TestReportTour(ReviewCase, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)

    def _tour(self, address, name, user):
        self.start_tour(
            f"/odoo/action-cadre_review.{address}",
            f"cadre_review_{name}",
            login=user.login,
        )

    def test_office_suggests_officer_reports_person_answers(self):
        self._tour("cadre_review_dossier_action", "office_suggests", self.user_office)
        suggestions = self.dossier.suggestion_ids
        self.assertEqual(len(suggestions), 1)
        deputy = self._rating(self.campaign, self.deputy_a)
        to_person = suggestions.create(
            {
                "dossier_id": self.dossier.id,
                "rating_id": deputy.id,
                "name": "Làm rõ việc tiếp công dân",
            }
        )
        self._tour(
            f"cadre_review_dossier_action_own/{self.dossier.id}",
            "officer_writes_report",
            self.user_officer_a,
        )
        report = self.dossier.sudo().report_ids
        self.assertEqual((report.state, report.proposed_level), ("final", "good"))
        self.assertTrue(suggestions.is_answered)
        self.assertEqual(self.dossier.targets_total, 1)
        self.assertEqual(report.create_uid, self.user_officer_a)
        self._tour(
            f"cadre_review_rating_action_person/{deputy.id}",
            "person_answers",
            self.user_person_a,
        )
        self.assertTrue(to_person.is_answered)
