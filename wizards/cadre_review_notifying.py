from odoo import fields, models

from ..models.local_today import local_today


class CadreReviewNotifying(models.TransientModel):
    """Number and date of the notice by which results were made known."""

    _name = "cadre.review.notifying"
    _description = "Notice of Results"

    rating_ids = fields.Many2many("cadre.review.rating", required=True)
    number = fields.Char(help="Filled in after signing.")
    date = fields.Date(required=True, default=lambda self: local_today())

    def action_confirm(self):
        self.ensure_one()
        self.rating_ids._notify(self.number, self.date)
        return {"type": "ir.actions.act_window_close"}
