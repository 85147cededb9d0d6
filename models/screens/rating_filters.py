from odoo import api, fields, models
from odoo.fields import Domain

from ..base.levels import LEVELS
from ..dossier.rating import DECIDING


class CadreReviewRating(models.Model):
    """What people look for in the roll of ratings."""

    _inherit = "cadre.review.rating"

    is_changed = fields.Boolean(
        string="Other Than the Unit Proposed",
        compute="_compute_is_changed",
        search="_search_is_changed",
        groups=DECIDING,
        help="Decided, or as yet appraised, at another level than the unit proposed.",
    )

    @api.depends("level", "appraisal_level", "unit_level")
    def _compute_is_changed(self):
        for rating in self:
            given = rating.level or rating.appraisal_level
            proposed = rating.unit_level
            rating.is_changed = bool(given and proposed) and given != proposed

    @api.model
    def _search_is_changed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("opinion_ids", "any", self._confirmed("unit", level))
            & (
                Domain("level", "not in", (level, False))
                | Domain("level", "=", False)
                & Domain(
                    "opinion_ids",
                    "any",
                    self._confirmed("appraisal")
                    & Domain("proposed_level", "not in", (level, False)),
                )
            )
            for level, _label in LEVELS
        )

    @api.model
    def _confirmed(self, stage, level=None):
        confirmed = Domain("stage", "=", stage) & Domain("state", "=", "confirmed")
        return confirmed & Domain("proposed_level", "=", level) if level else confirmed
