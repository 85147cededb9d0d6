from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..base.local_today import local_today

# role -> (field that names the place, group the user needs for it)
ROLES = {
    "officer": ("unit_id", "cadre_review.cadre_review_group_officer"),
    "head": ("unit_id", "cadre_review.cadre_review_group_head"),
    "party": ("party_body_id", "cadre_review.cadre_review_group_party"),
    "standing": ("authority_id", "cadre_review.cadre_review_group_standing"),
    "office": ("company_id", "cadre_review.cadre_review_group_office"),
}
PLACES = ("unit_id", "party_body_id", "authority_id", "company_id")


class CadreReviewMember(models.Model):
    """Who acts where, from when to when.

    One user may be head of one unit and party secretary of another; each record
    rule reads the users of its own kind of place. Memberships give the groups.

    - administrators keep them, themselves included; each change is an event, which
      every office and administrator reads;
    - everybody reads their own.
    """

    _name = "cadre.review.member"
    _description = "Membership"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "role, user_id"
    _rec_name = "user_id"
    _witnessed_rows = True

    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(
        [
            ("officer", "Unit officer"),
            ("head", "Unit head"),
            ("party", "Party body member"),
            ("standing", "Member of the authority"),
            ("office", "Office"),
        ],
        required=True,
    )
    unit_id = fields.Many2one(
        "cadre.review.unit", index="btree_not_null", ondelete="restrict"
    )
    party_body_id = fields.Many2one(
        "cadre.review.party.body", index="btree_not_null", ondelete="restrict"
    )
    authority_id = fields.Many2one(
        "cadre.review.authority", index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        string="Council",
        index="btree_not_null",
        ondelete="restrict",
        help="For the office: the council whose campaigns it runs.",
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    is_current = fields.Boolean(compute="_compute_is_current", store=True)

    _dates = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A membership ends before it begins.",
    )
    _one_place = models.Constraint(
        "CHECK (num_nonnulls(unit_id, party_body_id, authority_id, company_id) = 1)",
        "A membership belongs to exactly one unit, party body, authority or council.",
    )

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = local_today()
        for member in self:
            member.is_current = (
                not member.date_from or member.date_from <= today
            ) and (not member.date_to or today <= member.date_to)

    @api.constrains("role", *PLACES)
    def _check_place(self):
        for member in self:
            place, _group = ROLES[member.role]
            if not member[place]:
                raise ValidationError(
                    self.env._(
                        "%(user)s: the role “%(role)s” needs “%(place)s”.",
                        user=member.user_id.name,
                        role=dict(
                            self._fields["role"]._description_selection(self.env)
                        )[member.role],
                        place=self._fields[place]._description_string(self.env),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members.user_id._sync_review_groups()
        return members

    def write(self, vals):
        users = self.user_id
        result = super().write(vals)
        (users | self.user_id)._sync_review_groups()
        return result

    def unlink(self):
        users = self.user_id
        result = super().unlink()
        users._sync_review_groups()
        return result

    @api.model
    def _cron_refresh(self):
        """Memberships that begin or end today take and lose their effect."""
        today = local_today()
        stale = self.search(
            [
                "|",
                "&",
                ("is_current", "=", True),
                "|",
                ("date_to", "<", today),
                ("date_from", ">", today),
                "&",
                "&",
                ("is_current", "=", False),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", today),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ]
        )
        # what follows from it is marked as well: who acts for a unit
        stale.modified(["date_from"])
        stale.user_id._sync_review_groups()
        self._hand_over()
