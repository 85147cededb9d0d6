from collections import defaultdict

from odoo import models

from ...rules import urging
from .urging_run import Letter
from .urging_words import Happened

TEMPLATE = "cadre_review.mail_template_urging_overdue"


class CadreReviewCampaign(models.Model):
    """Remedies that are overdue: to who answers for them, who watches, and the unit.

    They live on when the campaign is closed.
    """

    _inherit = "cadre.review.campaign"

    def _letters_about_overdue(self):
        overdue = self.env["cadre.review.plan.line"].search(
            [
                ("campaign_id", "=", self.id),
                ("plan_state", "=", "running"),
                ("state", "!=", "fixed"),
                ("date_due", "<", self._today()),
            ]
        )
        told = {
            (line.plan_line_id.id, line.date_due, line.address)
            for line in self.env["cadre.review.reminder.line"].search_fetch(
                [("plan_line_id", "in", overdue.ids)],
                ["plan_line_id", "date_due", "address"],
            )
        }
        of_units = {
            audience: overdue.unit_id.sudo()._urging_addresses(audience)
            for audience in ("unit", "head")
        }
        lines = defaultdict(list)
        for remedy in overdue:
            unit = remedy.unit_id.id
            users = remedy.responsible_cadre_id.sudo().user_id | (
                remedy.sudo().monitor_user_id
            )
            addresses = {
                **dict.fromkeys(self._addresses_of_users(users), True),
                **dict.fromkeys(of_units["unit"][unit][0], False),
                **dict.fromkeys(of_units["head"][unit][0], False),
            }
            for address, is_personal in addresses.items():
                if (remedy.id, remedy.date_due, address) not in told:
                    lines[address].append(
                        {
                            "dossier_id": remedy.dossier_id.id,
                            "address": address,
                            "plan_line_id": remedy.id,
                            "date_due": remedy.date_due,
                            "is_personal": is_personal,
                        }
                    )
        template = self.env.ref(TEMPLATE)
        return [
            Letter("overdue", address, template.id, about)
            for address, about in lines.items()
        ]

    def _overdue_told(self, lines):
        """The day, and how late; the shortcoming itself is read on the record."""
        told = {}
        for line in lines.filtered("plan_line_id"):
            days_left = (line.date_due - self._today()).days
            deadline = urging.OpenDeadline(
                "Nội dung khắc phục", "", line.date_due, days_left
            )
            told[line] = Happened(
                line.plan_line_id if line.is_personal else line.plan_line_id.plan_id,
                f"{deadline.in_words()} – {deadline.how_far()}",
                True,
            )
        return told
