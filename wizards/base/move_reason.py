from odoo import fields, models
from odoo.exceptions import AccessError


class CadreReviewMoveReason(models.TransientModel):
    """Ask for the reason of a move, and show the warnings it passes."""

    _name = "cadre.review.move.reason"
    _description = "Reason of a Step"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    move = fields.Char(required=True)
    warnings = fields.Text(readonly=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        self.ensure_one()
        records = self.env[self.res_model].browse(self.res_ids)
        if self.move not in getattr(records, "_moves", {}):
            raise AccessError(self.env._("There is no such step."))
        return records._move(self.move, self.reason)
