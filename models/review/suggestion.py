from odoo import api, fields, models
from odoo.exceptions import UserError

from ..base.kept_link import kept_link

READERS = ",".join(
    f"cadre_review.cadre_review_group_{role}"
    for role in ("person", "officer", "office", "standing")
)


class CadreReviewSuggestion(models.Model):
    """A point the superior suggests for the review (gợi ý kiểm điểm), of a collective
    or of a person; its answer is a row of its own, with readers of its own.

    - the office writes it while the dossier is open to the unit, until it is answered;
    - the unit, the person concerned, office and authority read it from the start.
    """

    _name = "cadre.review.suggestion"
    _description = "Point Suggested"
    _inherit = ["cadre.review.dossier.part.mixin"]
    _order = "dossier_id, rating_id, id"
    _check_company_auto = True

    rating_id = fields.Many2one(
        "cadre.review.rating",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        domain="[('dossier_id', '=', dossier_id), ('cadre_id', '!=', False)]",
        help="Empty: the collective.",
    )
    user_id = kept_link(
        "rating_id.user_id", index="btree_not_null", string="Login of the Person"
    )
    name = fields.Text(string="Point Suggested", required=True)
    suggested_by = fields.Char(help="The organ that suggests it.")
    number = fields.Char(string="Document Number")
    date = fields.Date(string="Document Date")
    answer_ids = fields.One2many("cadre.review.answer", "suggestion_id")
    is_answered = fields.Boolean(
        string="Answered",
        compute="_compute_is_answered",
        store=True,
        help="That there is an answer; what it says is read where it may be read.",
    )

    @api.depends("dossier_id", "rating_id", "name")
    def _compute_display_name(self):
        for suggestion in self.sudo():
            whose = suggestion.rating_id.name or suggestion.dossier_id.unit_name
            words = " ".join((suggestion.name or "").split())
            suggestion.display_name = f"{whose}: {words[:60]}"

    @api.depends("answer_ids.is_given")
    def _compute_is_answered(self):
        for suggestion in self:
            suggestion.is_answered = any(suggestion.answer_ids.mapped("is_given"))

    @api.constrains("dossier_id", "rating_id")
    def _check_same_dossier(self):
        wrong = self.sudo().filtered(
            lambda s: s.rating_id
            and (s.rating_id.dossier_id != s.dossier_id or not s.rating_id.cadre_id)
        )
        if wrong:
            raise UserError(
                self.env._(
                    "%(people)s: not a person of this dossier. Leave the person empty "
                    "for the collective.",
                    people=", ".join(wrong.rating_id.mapped("display_name")),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        suggestions = super().create(vals_list)
        # its writers may only fill it in; nobody keyed it yet
        self.env["cadre.review.answer"].sudo().create(
            [
                {"suggestion_id": suggestion.id, "is_on_behalf": False}
                for suggestion in suggestions
            ]
        )
        return suggestions

    def unlink(self):
        self.check_access("unlink")
        self.sudo().answer_ids.unlink()
        return super().unlink()

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_answer(self):
        """The answer to fill in; the office keys it from the signed paper."""
        self.ensure_one()
        self.check_access("read")
        answer = self.sudo().answer_ids
        answer._begin(self.env.user)
        answer.sudo(False).check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.answer",
            "res_id": answer.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Answer"),
        }

    @api.model
    def _list(self, domain, context):
        """The points as a list, each with its way to the answer."""
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "cadre_review.cadre_review_suggestion_action"
            ),
            "domain": domain,
            "context": context,
        }


class CadreReviewDossier(models.Model):
    """The dossier's way to the points suggested to its unit and people."""

    _inherit = "cadre.review.dossier"

    suggestion_ids = fields.One2many("cadre.review.suggestion", "dossier_id")
    suggestion_count = fields.Integer(compute="_compute_suggestion_count")

    @api.depends("suggestion_ids")
    def _compute_suggestion_count(self):
        for dossier in self:
            dossier.suggestion_count = len(dossier.suggestion_ids)

    def action_view_suggestions(self):
        """What was suggested to the unit and its people, with the answers."""
        self.ensure_one()
        self.check_access("read")
        return self.env["cadre.review.suggestion"]._list(
            [("dossier_id", "=", self.id)], {"default_dossier_id": self.id}
        )

    def action_suggest(self):
        """A window to suggest one point to these units at once."""
        self.env["cadre.review.suggestion"].check_access("create")
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.suggesting",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Suggest a Point"),
            "context": {"default_dossier_ids": self.ids},
        }


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    suggestion_ids = fields.One2many(
        "cadre.review.suggestion", "rating_id", groups=READERS
    )
