from odoo import fields, models


class CadreReviewRegulationSupersede(models.TransientModel):
    """From which day a new version of a regulation is in force."""

    _name = "cadre.review.regulation.supersede"
    _description = "New Version of a Regulation"

    regulation_id = fields.Many2one("cadre.review.regulation", required=True)
    date_from = fields.Date(string="In Force From", required=True)
    code = fields.Char(required=True)

    def action_supersede(self):
        self.ensure_one()
        self.regulation_id.browse().check_access("create")
        fresh = self.regulation_id._supersede(self.date_from, self.code)
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.regulation",
            "res_id": fresh.id,
            "view_mode": "form",
        }
