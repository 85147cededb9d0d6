from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CadreReviewUnit(models.Model):
    """A body that reviews itself: a Ban, or the Standing Committee of a commune.

    Identified by its code; names repeat and change across mergers.

    - every role reads units; administrators keep them.
    """

    _name = "cadre.review.unit"
    _description = "Unit"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, copy=False, help="Unique and lasting code.")
    name = fields.Char(required=True, help="The collective's name as papers write it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("committee", "Committee of the council"),
            ("ward", "Ward"),
            ("commune", "Commune"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    parent_body = fields.Char(
        string="Letterhead, First Line",
        help="Superior body as the letterhead prints it; empty for a People's Council.",
    )
    issuing_body = fields.Text(
        string="Letterhead, Issuer",
        help="Issuing body as the letterhead prints it, one printed line a line.",
    )
    place = fields.Char(help="Place name printed before the date.")
    symbol = fields.Char(help="Symbol in the unit's document numbers.")
    email = fields.Char(string="E-mail")
    phone = fields.Char(string="Telephone")
    valid_from = fields.Date()
    valid_to = fields.Date()
    predecessor_ids = fields.Many2many(
        "cadre.review.unit",
        "cadre_review_unit_succession_rel",
        "successor_id",
        "predecessor_id",
        witnessed=True,
    )
    successor_ids = fields.Many2many(
        "cadre.review.unit",
        "cadre_review_unit_succession_rel",
        "predecessor_id",
        "successor_id",
        witnessed=True,
    )
    authority_id = fields.Many2one(
        "cadre.review.authority",
        string="Decided By",
        ondelete="restrict",
        index=True,
        help="Authority that decides the rating of the collective.",
    )
    party_body_id = fields.Many2one(
        "cadre.review.party.body",
        ondelete="restrict",
        index="btree_not_null",
        witnessed=True,
        help="NĐ 90/2020/NĐ-CP Điều 17 khoản 3: it comments in writing on the people "
        "of the unit.",
    )
    group_id = fields.Many2one(
        "cadre.review.post.group",
        string="Comparable Units",
        ondelete="restrict",
        index="btree_not_null",
        help="Collectives among which the cap is counted.",
    )
    post_ids = fields.One2many("cadre.review.post", "unit_id", string="Posts")
    member_ids = fields.One2many("cadre.review.member", "unit_id", string="Members")
    officer_user_ids = fields.Many2many(
        "res.users",
        "cadre_review_unit_officer_rel",
        recursive=True,
        compute="_compute_member_users",
        store=True,
        compute_sudo=True,
        help="Officers and heads in office.",
    )
    head_user_ids = fields.Many2many(
        "res.users",
        "cadre_review_unit_head_rel",
        recursive=True,
        compute="_compute_member_users",
        store=True,
        compute_sudo=True,
    )
    reader_user_ids = fields.Many2many(
        "res.users",
        "cadre_review_unit_reader_rel",
        recursive=True,
        compute="_compute_reader_user_ids",
        store=True,
        compute_sudo=True,
        help="Those who may read the unit's dossiers, successors' members included.",
    )
    acting_unit_id = fields.Many2one(
        "cadre.review.unit",
        string="Open Work Done By",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
        help="Successor that finishes the dossiers left open.",
    )

    _code_uniq = models.Constraint("unique(code)", "This unit code is already in use.")

    @api.depends(
        "member_ids.user_id",
        "member_ids.role",
        "member_ids.is_current",
        "acting_unit_id.officer_user_ids",
        "acting_unit_id.head_user_ids",
    )
    def _compute_member_users(self):
        """Who acts for the unit; once its work is handed over, the successor too."""
        for unit in self:
            current = unit.member_ids.filtered("is_current")
            heads = current.filtered(lambda member: member.role == "head")
            acting = unit.acting_unit_id
            unit.officer_user_ids = current.user_id | acting.officer_user_ids
            unit.head_user_ids = heads.user_id | acting.head_user_ids

    @api.depends("officer_user_ids", "successor_ids.reader_user_ids")
    def _compute_reader_user_ids(self):
        for unit in self:
            unit.reader_user_ids = (
                unit.officer_user_ids | unit.successor_ids.reader_user_ids
            )

    @api.constrains("successor_ids", "predecessor_ids")
    def _check_succession(self):
        if self._has_cycle("successor_ids"):
            raise ValidationError(self.env._("A unit cannot succeed itself."))

    def _is_valid_on(self, day):
        """Whether the unit exists on ``day``."""
        self.ensure_one()
        return (not self.valid_from or self.valid_from <= day) and (
            not self.valid_to or day <= self.valid_to
        )
