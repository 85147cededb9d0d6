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
        witnessed=True,
        index="btree_not_null",
        help="Set for a council's own authority; empty for another body.",
    )
    is_own = fields.Boolean(
        string="Own Authority", compute="_compute_is_own", store=True
    )
    is_party = fields.Boolean(
        string="Party Body",
        help="Its papers are the Party's: numbered per term, and what it decides is "
        "not published in the unit unless the campaign says so.",
    )
    number_reset = fields.Selection(
        [("year", "Every year"), ("term", "Every term")],
        string="Numbers Begin Again",
        required=True,
        default="year",
        help="NĐ 30/2020/NĐ-CP Điều 15: every year. Numbers of Party bodies run per "
        "term of their committee.",
    )
    term_start = fields.Date(
        string="Term Since", help="First day of the term that runs."
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

    _term = models.Constraint(
        "CHECK (number_reset != 'term' OR term_start IS NOT NULL)",
        "Numbers that run per term need the first day of the term.",
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
