from odoo import api, fields, models

from ..base.levels import OUTCOMES


class CadreReviewPastResult(models.Model):
    """A result of a year before the campaigns kept here: history, not a rating.

    - rights are those of the person, for a collective those of the unit.
    """

    _name = "cadre.review.past.result"
    _description = "Result of an Earlier Year"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "year desc, id desc"
    _rec_name = "year"

    cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        help="Empty for a collective.",
    )
    unit_id = fields.Many2one(
        "cadre.review.unit",
        required=True,
        index=True,
        ondelete="restrict",
        witnessed=True,
        help="Of the collective, or where the person was rated.",
    )
    year = fields.Integer(required=True, aggregator=None)
    level = fields.Selection(OUTCOMES, required=True)
    reference = fields.Char(string="Decision", help="Number and date.")
    authority_name = fields.Char(string="Decided By")
    import_id = fields.Many2one(
        "cadre.review.import",
        string="Source",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
    )

    _person_year_uniq = models.UniqueIndex(
        "(cadre_id, year) WHERE cadre_id IS NOT NULL",
        "This person already has a result of that year.",
    )
    _unit_year_uniq = models.UniqueIndex(
        "(unit_id, year) WHERE cadre_id IS NULL",
        "This collective already has a result of that year.",
    )
    _year = models.Constraint(
        "CHECK (year BETWEEN 1990 AND 2100)", "The year is not plausible."
    )

    @api.depends("year", "level", "cadre_id", "unit_id")
    def _compute_display_name(self):
        for result in self:
            name = result.cadre_id.name or result.unit_id.name
            result.display_name = f"{name} – {result.year}"


class CadreReviewCadre(models.Model):
    _inherit = "cadre.review.cadre"

    past_result_ids = fields.One2many(
        "cadre.review.past.result", "cadre_id", string="Earlier Results"
    )
