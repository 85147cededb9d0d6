"""Many papers from the Print menu, in the browser."""

from unittest.mock import patch

from odoo.tests import tagged

from ...wizards.keeping import printing as printing_module
from ..browser import BrowserCase
from ..common import ReviewCase


@tagged("post_install", "-at_install", "tour")
class TestPrintingTour(ReviewCase, BrowserCase):
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

    def _job(self, user):
        return self.env["cadre.review.printing"].with_user(user).search([])

    def test_few_come_at_once(self):
        self._tour(
            f"cadre_review_dossier_action_own/{self.dossier.id}",
            "officer_prints_forms",
            self.user_officer_a,
        )
        job = self._job(self.user_officer_a)
        self.assertEqual((job.kind, job.state), ("forms", "done"))
        self.assertTrue(job.attachment_id)

    def test_many_wait_and_are_told(self):
        with patch.dict(printing_module.AT_ONCE, forms=0):
            self._tour(
                f"cadre_review_campaign_action/{self.campaign.id}",
                "office_prints_many",
                self.user_office,
            )
        job = self._job(self.user_office)
        self.assertEqual(job.state, "waiting")
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kw: 60
        ):
            job._cron_print()
        self.assertEqual(job.state, "done")
        self._tour("cadre_review_printing_action", "office_downloads", self.user_office)
