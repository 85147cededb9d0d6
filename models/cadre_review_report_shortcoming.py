from odoo import api, fields, models

from .kept_link import kept_link


class CadreReviewReportShortcoming(models.Model):
    """A shortcoming of the year as the collective itself names it; the plan of
    remedies follows from it. Its rights are those of the report.
    """

    _name = "cadre.review.report.shortcoming"
    _description = "Shortcoming of the Year"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "report_id, sequence, id"

    report_id = fields.Many2one(
        "cadre.review.report",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("report_id.dossier_id")
    campaign_id = kept_link("report_id.campaign_id")
    company_id = kept_link("report_id.company_id")
    unit_id = kept_link("report_id.unit_id")
    sequence = fields.Integer(default=10)
    name = fields.Text(string="Shortcoming", required=True)
    cause = fields.Text()
    responsible = fields.Char(string="Who Answers")
    remedy = fields.Text()
    date_due = fields.Date(string="Remedied By")


class CadreReviewShortcoming(models.Model):
    """What became of earlier shortcomings of the collective, told in its report."""

    _inherit = "cadre.review.shortcoming"

    report_id = fields.Many2one(
        "cadre.review.report",
        compute="_compute_report_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.depends("rating_id.report_ids")
    def _compute_report_id(self):
        for shortcoming in self:
            shortcoming.report_id = shortcoming.rating_id.report_ids


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    report_ids = fields.One2many("cadre.review.report", "rating_id")


class CadreReviewReport(models.Model):
    _inherit = "cadre.review.report"

    shortcoming_ids = fields.One2many(
        "cadre.review.report.shortcoming", "report_id", string="Shortcomings"
    )
    earlier_ids = fields.One2many(
        "cadre.review.shortcoming", "report_id", string="Earlier Shortcomings"
    )

    def action_carry_over(self):
        """Take over what the last yearly review found wanting."""
        self.rating_id.action_carry_over()

    def _picture_content(self):
        return {
            **super()._picture_content(),
            "shortcomings": [
                {
                    "name": line.name,
                    "cause": line.cause or "",
                    "responsible": line.responsible or "",
                    "remedy": line.remedy or "",
                    "date_due": line.date_due or None,
                }
                for line in self.shortcoming_ids
            ],
            "earlier": [
                {
                    "name": line.name,
                    "status": line.status or "",
                    "progress": line.progress or "",
                    "evidence": line.evidence or "",
                }
                for line in self.earlier_ids
            ],
        }
