from odoo import fields, models
from odoo.exceptions import UserError


class CadreReviewSuggesting(models.TransientModel):
    """Suggest one point to many units at once."""

    _name = "cadre.review.suggesting"
    _description = "Suggest a Point"

    dossier_ids = fields.Many2many("cadre.review.dossier", string="Units")
    name = fields.Text(string="Point Suggested", required=True)
    suggested_by = fields.Char(help="The organ that suggests it.")
    number = fields.Char(string="Document Number")
    date = fields.Date(string="Document Date")

    def action_suggest(self):
        """One row for each unit, with the place of its answer."""
        self.ensure_one()
        if not self.dossier_ids:
            raise UserError(self.env._("Choose at least one unit."))
        suggestions = self.env["cadre.review.suggestion"].create(
            [
                {
                    "dossier_id": dossier.id,
                    "name": self.name,
                    "suggested_by": self.suggested_by,
                    "number": self.number,
                    "date": self.date,
                }
                for dossier in self.dossier_ids
            ]
        )
        return suggestions._list([("id", "in", suggestions.ids)], {})
