from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..base.kept_link import kept_link
from ..base.move_mixin import RUNNING


class CadreReviewAnswer(models.Model):
    """The answer to one point suggested, made with it.

    - the unit's officers fill it in while the dossier is open to the unit, the person
      concerned theirs, or the office from the signed paper;
    - the unit reads it, the person theirs; office and authority from the hand-in on,
      the office what it keyed itself before.
    """

    _name = "cadre.review.answer"
    _description = "Answer to a Point Suggested"
    _inherit = [
        "cadre.review.round.mixin",
        "cadre.review.source.mixin",
        "cadre.review.shared.edit.mixin",
    ]
    _order = "suggestion_id"
    _check_company_auto = True

    suggestion_id = fields.Many2one(
        "cadre.review.suggestion",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("suggestion_id.dossier_id")
    campaign_id = kept_link("suggestion_id.campaign_id")
    company_id = kept_link("suggestion_id.company_id")
    unit_id = kept_link("suggestion_id.unit_id")
    rating_id = kept_link(
        "suggestion_id.rating_id", index="btree_not_null", string="Person"
    )
    user_id = kept_link(
        "suggestion_id.user_id", index="btree_not_null", string="Login of the Person"
    )
    report_id = fields.Many2one(
        "cadre.review.report",
        compute="_compute_report_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        help="In which the collective answers; empty for what concerns a person.",
    )
    suggestion = fields.Text(related="suggestion_id.name", string="Point Suggested")
    suggested_by = fields.Char(related="suggestion_id.suggested_by")
    number = fields.Char(related="suggestion_id.number", string="Document Number")
    date = fields.Date(related="suggestion_id.date", string="Document Date")
    text = fields.Text(string="Answer")
    is_given = fields.Boolean(
        string="Answered", compute="_compute_is_given", store=True
    )
    can_edit = fields.Boolean(compute="_compute_can_edit")

    _suggestion_uniq = models.Constraint(
        "unique(suggestion_id)", "This point already has its answer."
    )

    @api.depends("suggestion_id")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = answer.sudo().suggestion_id.display_name

    @api.depends("dossier_id.report_ids", "rating_id")
    def _compute_report_id(self):
        for answer in self:
            own = not answer.rating_id
            answer.report_id = own and answer.dossier_id.report_ids

    @api.depends("text", "source", "source_place", "attachment_ids")
    def _compute_is_given(self):
        """In words, or on a signed paper that is recorded."""
        for answer in self:
            on_paper = answer.source != "online" and (
                answer.source_place or answer.attachment_ids
            )
            answer.is_given = bool((answer.text or "").strip() or on_paper)

    @api.depends_context("uid")
    def _compute_can_edit(self):
        writable = self._filtered_access("write")
        for answer in self:
            answer.can_edit = answer in writable

    def write(self, vals):
        """Whoever answers for the unit takes it back from the office's keying."""
        result = super().write(vals)
        if "text" in vals and not self.env.su:
            keyed = self.filtered("is_on_behalf")
            keyed = keyed.filtered(lambda a: not a._is_keyed_by(self.env.user))
            keyed.sudo().is_on_behalf = False
        return result

    # ------------------------------------------------------------------
    # KEYING
    # ------------------------------------------------------------------

    def _begin(self, user):
        """Let the office key an answer that nobody has given; called as superuser.

        :raise AccessError: the unit is answering on line
        """
        self.ensure_one()
        if (
            self.is_on_behalf
            or not self._is_keyed_by(user)
            or not self.dossier_id.is_open_to_unit
            or self.campaign_id.state not in RUNNING
        ):
            return
        if self.is_given:
            raise AccessError(
                self.env._(
                    "%(answer)s: answered on line; it can be read from the hand-in on.",
                    answer=self.display_name,
                )
            )
        self.write({"is_on_behalf": True, "source": "paper"})

    def _is_keyed_by(self, user):
        """Whether the user is of the office and not of the unit."""
        answer = self.sudo()
        return (
            user in answer.company_id.cadre_review_office_user_ids
            and user not in answer.unit_id.officer_user_ids
            and user != answer.user_id
        )
