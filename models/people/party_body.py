from odoo import api, fields, models


class CadreReviewPartyBody(models.Model):
    """A party committee or cell; it serves people of one or several units.

    - every role reads party bodies; administrators keep them.
    """

    _name = "cadre.review.party.body"
    _description = "Party Body"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "name"

    name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False)
    active = fields.Boolean(default=True)
    parent_body = fields.Char(
        string="Letterhead, First Line", help="Superior party body, as printed."
    )
    symbol = fields.Char(help="Symbol in the body's document numbers.")
    place = fields.Char(help="Place name printed before the date.")
    unit_ids = fields.One2many(
        "cadre.review.unit", "party_body_id", string="Units Served"
    )
    member_ids = fields.One2many(
        "cadre.review.member", "party_body_id", string="Members"
    )
    party_user_ids = fields.Many2many(
        "res.users",
        "cadre_review_party_body_user_rel",
        compute="_compute_party_user_ids",
        store=True,
        compute_sudo=True,
    )

    _code_uniq = models.Constraint(
        "unique(code)", "This party body code is already in use."
    )

    @api.depends("member_ids.user_id", "member_ids.is_current")
    def _compute_party_user_ids(self):
        for body in self:
            body.party_user_ids = body.member_ids.filtered("is_current").user_id
