from odoo import api, fields, models

from ..rules import points
from .kept_link import kept_link
from .levels import LEVELS


class CadreReviewReportScore(models.Model):
    """Points the collective gives itself on one criterion, where its regulation has
    points. Its rights are those of the report.
    """

    _name = "cadre.review.report.score"
    _description = "Points of a Report"
    _inherit = ["cadre.review.score.mixin"]
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


class CadreReviewReport(models.Model):
    _inherit = "cadre.review.report"

    score_ids = fields.One2many(
        "cadre.review.report.score", "report_id", string="Points"
    )
    points = fields.Float(string="Points in All", compute="_compute_points")
    is_scored = fields.Boolean(string="All Scored", compute="_compute_points")
    hinted_level = fields.Selection(
        LEVELS,
        string="Level by Points",
        compute="_compute_points",
        help="Band in which the points lie: a hint; a person types the level.",
    )

    @api.depends("score_ids.points", "score_ids.is_scored")
    def _compute_points(self):
        """The sum, only where every criterion is scored: not scored is not zero."""
        laws = {}
        for report in self:
            regulation, scores = report.sudo().regulation_id, report.score_ids
            report.is_scored = bool(scores) and all(scores.mapped("is_scored"))
            report.points = report.is_scored and sum(scores.mapped("points"))
            if report.is_scored and regulation not in laws:
                laws[regulation] = regulation._law()
            report.hinted_level = report.is_scored and points.band(
                laws[regulation], report.points
            )

    def _add_parts(self):
        result = super()._add_parts()
        self.env["cadre.review.report.score"].create(
            [
                {"report_id": report.id, "criterion_id": criterion.id}
                for report in self
                for criterion in report.regulation_id._leaf_criteria()
                if criterion.max_points
            ]
        )
        return result

    def _picture_content(self):
        return {
            **super()._picture_content(),
            "points": [
                {
                    "criterion": score.name,
                    "points": score.points if score.is_scored else None,
                    "most": score.max_points,
                }
                for score in self.score_ids
            ],
        }
