from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CadreReviewScoreMixin(models.AbstractModel):
    """Points on one criterion: not scored is not zero, and each within its range."""

    _name = "cadre.review.score.mixin"
    _description = "Points on a Criterion"
    _inherit = ["cadre.review.gate.mixin"]

    criterion_id = fields.Many2one(
        "cadre.review.criterion",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
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

    _scored = models.Constraint(
        "CHECK (is_scored OR COALESCE(points, 0) = 0)",
        "Points are given, so the criterion is scored.",
    )

    @api.depends("points")
    def _compute_is_scored(self):
        for line in self:
            line.is_scored = line.is_scored or bool(line.points)

    @api.constrains("points", "criterion_id")
    def _check_points(self):
        """P1: each score lies within its criterion."""
        wrong = self.filtered(lambda line: not 0 <= line.points <= line.max_points)
        if wrong:
            raise ValidationError(
                "\n".join(
                    self.env._(
                        "%(criterion)s: %(points)s points, where 0 to %(most)s can be "
                        "given. Correct the points.",
                        criterion=line.name,
                        points=f"{line.points:g}",
                        most=f"{line.max_points:g}",
                    )
                    for line in wrong
                )
            )
