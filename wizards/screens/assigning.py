from odoo import fields, models
from odoo.exceptions import UserError


class CadreReviewAssigning(models.TransientModel):
    """Who is in charge of units in the office, or who finishes a dissolved unit's
    work: with the reason."""

    _name = "cadre.review.assigning"
    _description = "Handing Over of Work"

    dossier_ids = fields.Many2many(
        "cadre.review.dossier", "cadre_review_assigning_rel", string="Dossiers"
    )
    what = fields.Selection(
        [("checker", "Officer in charge"), ("unit", "Successor")],
        required=True,
        default="checker",
    )
    checker_id = fields.Many2one(
        "res.users",
        string="Officer in Charge",
        domain="[('cadre_review_member_ids.role', '=', 'office')]",
        ondelete="cascade",
    )
    successor_id = fields.Many2one("cadre.review.unit", ondelete="cascade")
    reason = fields.Text()

    def action_confirm(self):
        self.ensure_one()
        dossiers = self.dossier_ids
        if self.what == "checker":
            if not self.checker_id:
                raise UserError(self.env._("Choose the officer in charge."))
            return dossiers._assign(self.checker_id, self.reason)
        dossiers._check_of_office()
        if not self.successor_id or not (self.reason or "").strip():
            raise UserError(self.env._("Choose the successor and say why."))
        return dossiers.unit_id.sudo()._hand_over(self.successor_id.sudo(), self.reason)
