"""Urging in the browser: looking ahead, urging, noting a call, changing words."""

from odoo.tests import freeze_time, tagged

from ..browser import BrowserCase
from .test_urging import MAILBOX_A, UrgingCase


@tagged("post_install", "-at_install", "tour")
class TestUrgingTours(UrgingCase, BrowserCase):
    def _tour(self, url, name):
        self.start_tour(
            f"/odoo/{url}", f"cadre_review_{name}", login=self.user_office.login
        )

    def test_office_looks_ahead(self):
        self._tour(
            f"action-cadre_review.cadre_review_campaign_action/{self.campaign.id}",
            "office_looks_ahead",
        )
        mail = self.env["mail.mail"].search([("email_to", "=", self.user_office.email)])
        self.assertTrue(mail.subject.startswith("[Thử] [Đôn đốc]"))

    def test_office_urges(self):
        self._run(self._at(self.today, 9))
        with freeze_time("2022-11-23 03:00:00"):
            self._tour(
                "action-cadre_review.cadre_review_dossier_action_urging", "office_urges"
            )
        mails = self.dossier_a.reminder_line_ids.filtered(
            lambda line: line.kind == "urge" and not line.step_id
        )
        self.assertEqual(mails.mapped("address"), [MAILBOX_A])
        call = self.dossier_b.reminder_line_ids.filtered(lambda x: x.channel == "zalo")
        self.assertEqual(call.note, "Hẹn chiều mai")
        self.assertTrue(self.dossier_b.is_reached)

    def test_office_changes_words(self):
        """Every user may try; the office succeeds."""
        template = self.env.ref("cadre_review.mail_template_urging_before")
        self._tour(
            f"action-mail.action_email_template_tree_all/{template.id}",
            "office_changes_words",
        )
        self.assertEqual(template.subject, "Nhắc: {{ object.headline }}")
