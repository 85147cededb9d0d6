from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...rules.names import sort_key


class CadreReviewCadre(models.Model):
    """A person who is assessed. Logins are optional.

    - the office and administrators keep people, the authority reads them;
    - who logs in as whom is the administrator's alone, and nobody's own: what is said
      for somebody, and what is barred to oneself, rests on it;
    - a unit reads those whose main post is in the unit, a party body those it
      serves, a person their own record.
    """

    _name = "cadre.review.cadre"
    _description = "Assessed Person"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "sort_key, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, copy=False, help="Unique and lasting code.")
    name = fields.Char(string="Full Name", required=True)
    sort_key = fields.Char(compute="_compute_sort_key", store=True, index=True)
    active = fields.Boolean(default=True)
    birth_date = fields.Date()
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        ondelete="restrict",
        index="btree_not_null",
        kept_by="cadre_review.cadre_review_group_admin",
        witnessed=True,
        help="Empty when the person does not log in.",
    )
    email = fields.Char(string="E-mail")
    party_title = fields.Char(help="Post held in the Party.")
    party_body_id = fields.Many2one(
        "cadre.review.party.body",
        ondelete="restrict",
        index="btree_not_null",
        witnessed=True,
        help="Party body where the person works; empty: that of the unit.",
    )
    post_ids = fields.One2many("cadre.review.post", "cadre_id", string="Posts")
    fact_ids = fields.One2many("cadre.review.fact", "cadre_id", string="Dated Facts")
    unit_id = fields.Many2one(
        "cadre.review.unit",
        compute="_compute_main_post",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Unit of the latest main post.",
    )
    title = fields.Char(compute="_compute_main_post", store=True)

    _code_uniq = models.Constraint(
        "unique(code)", "This person code is already in use."
    )
    _user_uniq = models.Constraint(
        "unique(user_id)", "This login already belongs to another person."
    )

    @api.depends("name")
    def _compute_sort_key(self):
        for cadre in self:
            cadre.sort_key = sort_key(cadre.name)

    @api.depends(
        "post_ids.unit_id", "post_ids.title", "post_ids.is_main", "post_ids.date_from"
    )
    def _compute_main_post(self):
        for cadre in self:
            mains = cadre.post_ids.filtered("is_main").sorted(
                lambda post: (post.date_from or fields.Date.from_string("1900-01-01"))
            )
            cadre.unit_id = mains[-1:].unit_id
            cadre.title = mains[-1:].title

    @api.model_create_multi
    def create(self, vals_list):
        cadres = super().create(vals_list)
        self._check_not_own_login(cadres.user_id)
        cadres.user_id._sync_review_groups()
        return cadres

    def write(self, vals):
        users = self.user_id
        result = super().write(vals)
        if "user_id" in vals:
            self._check_not_own_login((users | self.user_id) - (users & self.user_id))
            (users | self.user_id)._sync_review_groups()
        return result

    def _check_not_own_login(self, changed):
        if not self.env.su and self.env.user in changed:
            raise AccessError(
                self.env._(
                    "Nobody links a person to their own login, nor takes it away: "
                    "another administrator does."
                )
            )
