from odoo import api, fields, models

from ..rules import deadlines


class CadreReviewDeadline(models.Model):
    """A date by which, or before which, something of a campaign is done.

    - rights are those of the campaign.
    """

    _name = "cadre.review.deadline"
    _description = "Deadline"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "date, id"

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    name = fields.Char(string="What Falls Due", required=True)
    kind = fields.Selection(
        [
            ("review", "Review conference"),
            ("dossier", "Dossier"),
            ("conclusion", "Appraisal and conclusion"),
            ("remediation", "Remediation plan"),
            ("other", "Other"),
        ],
        required=True,
    )
    date = fields.Date(required=True)
    mode = fields.Selection(
        [
            ("by", "At the latest on (day included)"),
            ("before", "Before (day excluded)"),
        ],
        required=True,
        default="by",
    )
    stop_event = fields.Selection(
        [
            ("adopted", "Minutes adopted"),
            ("submitted", "Dossier handed in"),
            ("paper_date", "Date of the paper"),
            ("received", "Number of receipt"),
            ("decided", "Decision issued"),
        ],
        string="Kept When",
    )
    last_day = fields.Date(compute="_compute_last_day", store=True)
    last_day_text = fields.Char(string="Last Day in Words", compute="_compute_texts")
    printed = fields.Char(string="As Ordered", compute="_compute_texts")

    _one_per_kind = models.UniqueIndex(
        "(campaign_id, kind) WHERE kind != 'other'",
        "A campaign has one deadline of each kind.",
    )

    @api.depends("date", "mode")
    def _compute_last_day(self):
        for deadline in self:
            deadline.last_day = deadline.date and deadlines.last_day(
                deadline.date, deadline.mode
            )

    @api.depends("date", "mode", "last_day")
    def _compute_texts(self):
        for deadline in self:
            if deadline.date:
                deadline.printed = deadlines.printed(deadline.date, deadline.mode)
                deadline.last_day_text = deadlines.in_words(deadline.last_day)
            else:
                deadline.printed = deadline.last_day_text = False
