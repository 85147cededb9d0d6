from odoo import fields, models

from ..base.kept_link import kept_link


class CadreReviewReportScore(models.Model):
    """Points the collective gives itself on one criterion, where its regulation has
    points. Its rights are those of the report.
    """

    _name = "cadre.review.report.score"
    _description = "Points of a Report"
    _inherit = ["cadre.review.said.mixin", "cadre.review.score.mixin"]
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
    sequence = fields.Integer(related="criterion_id.sequence", store=True)

    _criterion_uniq = models.Constraint(
        "unique(report_id, criterion_id)", "This criterion already has its points."
    )
