from odoo import api, fields, models

from ...models.base.local_today import local_today


class CadreReviewNotifying(models.TransientModel):
    """Number and date of the notice by which results were made known."""

    _name = "cadre.review.notifying"
    _description = "Notice of Results"

    rating_ids = fields.Many2many("cadre.review.rating", required=True)
    number = fields.Char(help="Filled in after signing.")
    number_next = fields.Char(string="Next Number", compute="_compute_number")
    number_note = fields.Char(string="Same Number", compute="_compute_number")
    date = fields.Date(required=True, default=lambda self: local_today())

    @api.depends("number", "date", "rating_ids")
    def _compute_number(self):
        """As on the ratings, which get the number with the notice."""
        for notifying in self:
            rating = notifying.rating_ids[:1].sudo()
            notifying.number_next, notifying.number_note = rating._number_hints(
                "notice_number", notifying.number, notifying.date
            )

    def action_confirm(self):
        self.ensure_one()
        self.rating_ids._notify(self.number, self.date)
        return {"type": "ir.actions.act_window_close"}
