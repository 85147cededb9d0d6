from odoo import fields, models

from ..base.kept_link import kept_link


class CadreReviewReportShortcoming(models.Model):
    """A shortcoming of the year as the collective itself names it; the plan of
    remedies follows from it. Its rights are those of the report.
    """

    _name = "cadre.review.report.shortcoming"
    _description = "Shortcoming of the Year"
    _inherit = ["cadre.review.said.mixin"]
    _said_with = "report_id"
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


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    report_ids = fields.One2many("cadre.review.report", "rating_id")
