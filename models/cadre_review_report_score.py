from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import points
from .kept_link import kept_link
from .levels import LEVELS


class CadreReviewReportScore(models.Model):
    """Points the collective gives itself on one criterion, where its regulation has
    points. Its rights are those of the report.
    """

    _name = "cadre.review.report.score"
    _description = "Points of a Report"
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
    criterion_id = fields.Many2one(
        "cadre.review.criterion",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    name = fields.Char(related="criterion_id.name", string="Criterion Text")
    max_points = fields.Float(related="criterion_id.max_points", string="Out Of")
    points = fields.Float()
    is_scored = fields.Boolean(
        string="Scored",
        compute="_compute_is_scored",
        store=True,
        readonly=False,
        help="Tick it where the points are zero: not scored is not zero.",
    )

    _criterion_uniq = models.Constraint(
        "unique(report_id, criterion_id)", "This criterion already has its points."
    )
    _scored = models.Constraint(
        "CHECK (is_scored OR COALESCE(points, 0) = 0)",
        "Points are given, so the criterion is scored.",
    )

    @api.depends("points")
    def _compute_is_scored(self):
        for score in self:
            score.is_scored = score.is_scored or bool(score.points)

    @api.constrains("points", "criterion_id")
    def _check_points(self):
        """P1: each score lies within its criterion."""
        wrong = self.filtered(lambda score: not 0 <= score.points <= score.max_points)
        if wrong:
            raise ValidationError(
                "\n".join(
                    self.env._(
                        "%(criterion)s: %(points)s points, where 0 to %(most)s can be "
                        "given. Correct the points.",
                        criterion=score.name,
                        points=f"{score.points:g}",
                        most=f"{score.max_points:g}",
                    )
                    for score in wrong
                )
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
