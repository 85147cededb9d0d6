from odoo import api, fields, models


class CadreReviewAuthority(models.Model):
    """A body that decides ratings: our own Standing Committee, or another.

    What another authority decides is a fact here, recorded and never refused.

    - every role reads authorities; administrators keep them.
    """

    _name = "cadre.review.authority"
    _description = "Authority"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "sequence, name"

    name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Council",
        ondelete="restrict",
        index="btree_not_null",
        help="Set for a council's own authority; empty for another body.",
    )
    is_own = fields.Boolean(
        string="Own Authority", compute="_compute_is_own", store=True
    )
    member_ids = fields.One2many(
        "cadre.review.member", "authority_id", string="Members"
    )
    decider_user_ids = fields.Many2many(
        "res.users",
        "cadre_review_authority_decider_rel",
        compute="_compute_decider_user_ids",
        store=True,
        compute_sudo=True,
    )

    _code_uniq = models.Constraint(
        "unique(code)", "This authority code is already in use."
    )

    @api.depends("company_id")
    def _compute_is_own(self):
        for authority in self:
            authority.is_own = bool(authority.company_id)

    @api.depends("member_ids.user_id", "member_ids.is_current")
    def _compute_decider_user_ids(self):
        for authority in self:
            authority.decider_user_ids = authority.member_ids.filtered(
                "is_current"
            ).user_id
