from odoo import api, fields, models

from ...rules import meetings
from ..base.kept_link import kept_link


class CadreReviewAttendance(models.Model):
    """Somebody convened to a conference, or invited, and whether they came.

    That somebody was there says nothing of how they voted.

    - rights are the conference's.
    """

    _name = "cadre.review.attendance"
    _description = "Attendance"
    _inherit = ["cadre.review.said.mixin"]
    _said_with = "conference_id"
    _order = "sequence, id"

    conference_id = fields.Many2one(
        "cadre.review.conference",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("conference_id.company_id")
    unit_id = kept_link("conference_id.unit_id")
    sequence = fields.Integer(default=10)
    cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for people who are not kept here.",
    )
    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, precompute=True
    )
    title = fields.Char(string="Post")
    kind = fields.Selection(
        [("member", "Convened"), ("guest", "Invited, serving")],
        required=True,
        default="member",
    )
    status = fields.Selection(
        [("present", "Present"), ("absent", "Absent")],
        required=True,
        default="present",
    )
    reason = fields.Char(string="Reason for Absence")

    @api.depends("cadre_id")
    def _compute_name(self):
        for attendee in self:
            attendee.name = attendee.cadre_id.name or attendee.name

    def _as_values(self):
        self.ensure_one()
        return meetings.Attendee(
            name=self.name or "",
            is_present=self.status == "present",
            is_convened=self.kind == "member",
            reason=self.reason or "",
        )
