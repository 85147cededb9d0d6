from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...rules import objections
from ..base.kept_link import kept_link
from ..base.local_today import local_today
from ..base.move_mixin import Move
from ..dossier.rating import DECIDING

OPEN = ("filed",)
# against one result stands one objection, whatever its answer
COUNTED = ("filed", "granted", "rejected")


class CadreReviewObjection(models.Model):
    """What somebody objects to a result that was notified, and the answer.

    Answered by the authority that decided; granted, it drafts the decision that
    supersedes. It goes on after the campaign is closed.

    - the person objects to their own result, the head to that of the unit; the office
      keys what came on paper;
    - the office records the answer; the authority reads.
    """

    _name = "cadre.review.objection"
    _description = "Objection"
    _inherit = ["cadre.review.move.mixin", "cadre.review.source.mixin"]
    _order = "date desc, id desc"

    _moves = {
        "file": Move(
            ("draft",), "filed", ("objector", "office"), then=("_name_decision",)
        ),
        "withdraw": Move(
            ("draft", "filed"),
            "withdrawn",
            ("objector", "office"),
            reason=True,
            then=("_seal_answered",),
        ),
        "grant": Move(
            ("filed",),
            "granted",
            ("office",),
            then=("_draft_outcome", "_seal_answered"),
        ),
        "reject": Move(("filed",), "rejected", ("office",), then=("_seal_answered",)),
    }
    _role_paths = {
        "objector": "objector_user_ids",
        "office": "company_id.cadre_review_office_user_ids",
    }

    rating_id = fields.Many2one(
        "cadre.review.rating",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("rating_id.dossier_id")
    campaign_id = kept_link("rating_id.campaign_id")
    company_id = kept_link("rating_id.company_id")
    unit_id = kept_link("rating_id.unit_id")
    user_id = kept_link("rating_id.user_id", index="btree_not_null", string="Login")
    objector_user_ids = fields.Many2many(
        "res.users", compute="_compute_objector_user_ids", compute_sudo=True
    )
    is_collective = fields.Boolean(
        compute="_compute_is_collective", store=True, precompute=True
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("filed", "Under consideration"),
            ("granted", "Granted"),
            ("rejected", "Not granted"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )
    text = fields.Text(
        string="Objection", written_in=("draft",), help="To what, and why."
    )
    date = fields.Date(
        string="Dated",
        default=lambda self: local_today(),
        written_in=("draft",),
        help="Of the letter, where it came on paper.",
    )
    source = fields.Selection(written_in=("draft",))
    source_place = fields.Char(written_in=("draft",))
    incoming_number = fields.Char(string="Number of Receipt")
    last_day = fields.Date(
        compute="_compute_last_day", help="By the window that the campaign sets."
    )
    # the result objected to, as it was
    notified_level = fields.Selection(related="rating_id.notified_level")
    notified_text = fields.Char(related="rating_id.notified_text")
    date_notified = fields.Date(related="rating_id.date_notified")
    decision_line_id = fields.Many2one(
        "cadre.review.decision.line",
        string="Result Objected To",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
        groups=DECIDING,
    )
    authority_id = fields.Many2one(
        "cadre.review.authority",
        string="Answered By",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
        help="The authority that decided.",
    )
    # the answer
    answer = fields.Text(
        written_in=("filed",),
        help="NĐ 90/2020/NĐ-CP: the one who rated resolves it; no text fixes a time "
        "limit.",
    )
    answer_number = fields.Char(string="Number of the Answer", written_in=("filed",))
    answer_date = fields.Date(string="Date of the Answer", written_in=("filed",))
    answer_signer = fields.Char(string="Signer of the Answer", written_in=("filed",))
    answer_place = fields.Char(
        string="Signed Answer Kept At",
        written_in=("filed",),
        help="Where there is no scan.",
    )
    outcome_line_id = fields.Many2one(
        "cadre.review.decision.line",
        string="Superseding Line",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
        groups=DECIDING,
    )
    can_file = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_grant = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")

    _result_uniq = models.UniqueIndex(
        "(rating_id, decision_line_id) WHERE state IN ('filed', 'granted', 'rejected')",
        "There is an objection to this result already.",
    )

    @api.depends("rating_id")
    def _compute_display_name(self):
        for objection in self:
            objection.display_name = self.env._(
                "Objection: %(subject)s",
                subject=objection.sudo().rating_id.display_name,
            )

    @api.depends("rating_id.cadre_id")
    def _compute_is_collective(self):
        for objection in self:
            objection.is_collective = not objection.rating_id.cadre_id

    @api.depends("rating_id")
    def _compute_objector_user_ids(self):
        for objection in self:
            objection.objector_user_ids = objection.rating_id._objectors()

    @api.depends("rating_id.date_notified", "campaign_id.objection_days")
    def _compute_last_day(self):
        for objection in self:
            objection.last_day = objection.rating_id._objection_last_day()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda objection: objection.state != "draft"):
            raise UserError(self.env._("An objection that was filed is never deleted."))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_file(self):
        return self._ask("file")

    def action_withdraw(self):
        return self._ask("withdraw")

    def action_grant(self):
        return self._ask("grant")

    def action_reject(self):
        return self._ask("reject")

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _is_author(self):
        return self._in_role("objector") == self

    def _blockers(self, name):
        findings = self._source_findings() if name == "file" else []
        check = {
            "file": objections.check_filing,
            "grant": objections.check_answer,
            "reject": objections.check_answer,
        }.get(name)
        for objection in self if check else ():
            today = objection.sudo().campaign_id._today()
            findings += check(objection._as_values(), today)
        return findings

    def _as_values(self):
        self.ensure_one()
        rating = self.rating_id.sudo()
        others = rating.objection_ids.filtered(
            lambda other: other != self.sudo()
            and other.state in COUNTED
            and other.decision_line_id == rating.decision_line_id
        )
        return objections.Objection(
            name=self.display_name,
            # a letter kept on paper need not be typed again
            text=self.text or self.source_place or "",
            date=self.date or None,
            notified=(rating.state == "notified" and rating.date_notified) or None,
            window=rating.campaign_id.objection_days,
            other=", ".join(f"{other.date:%d/%m/%Y}" for other in others if other.date),
            answer=self.answer or "",
            answer_date=self.answer_date or None,
            answer_signer=self.answer_signer or "",
            answer_proved=bool(self.answer_place or self._answer_files()),
            on_self=self.env.user in rating._objectors(),
            law=rating._laws()[rating],
        )

    def _answer_files(self):
        """Files that the office added."""
        office = self.sudo().company_id.cadre_review_office_user_ids
        return self.sudo().attachment_ids.filtered(lambda f: f.create_uid in office)

    def _name_decision(self):
        """The line in force is what is objected to."""
        for objection in self:
            line = objection.rating_id.decision_line_id
            objection.write(
                {
                    "decision_line_id": line.id,
                    "authority_id": line.decision_id.authority_id.id,
                }
            )

    def _draft_outcome(self):
        """The decision that supersedes is drafted; the level is the authority's to
        give."""
        for objection in self:
            reason = self.env._(
                "The objection of %(date)s was granted: %(answer)s",
                date=f"{objection.date:%d/%m/%Y}",
                answer=objection.answer,
            )
            drafts = objection.rating_id.decision_line_id._draft_correction(reason)
            objection.outcome_line_id = drafts.line_ids[:1]


class CadreReviewRating(models.Model):
    """The label a result bears while somebody objects to it."""

    _inherit = "cadre.review.rating"

    objection_ids = fields.One2many(
        "cadre.review.objection", "rating_id", string="Objections"
    )
    is_objected = fields.Boolean(
        string="Objection Under Consideration",
        compute="_compute_is_objected",
        search="_search_is_objected",
        help="As far as the user may know that there is one.",
    )
    can_object = fields.Boolean(compute="_compute_can_object")

    @api.depends("objection_ids.state")
    @api.depends_context("uid")
    def _compute_is_objected(self):
        objected = self._objected([("rating_id", "in", self.ids)])
        for rating in self:
            rating.is_objected = rating in objected

    @api.model
    def _objected(self, domain):
        """Ratings with an open objection that the user may read."""
        objections_ = self.env["cadre.review.objection"]
        if not objections_.has_access("read"):
            return self.browse()
        found = objections_.search([("state", "in", OPEN), *domain])
        return found.sudo().rating_id.sudo(False)

    def _search_is_objected(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", self._objected([]).ids)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_object(self):
        office = self._in_role("office")
        for rating in self:
            mine = self.env.user in rating.sudo()._objectors() or rating in office
            rating.can_object = mine and rating.state == "notified"

    def _objection_last_day(self):
        """Last day on which one may object, or None where no window is set."""
        self.ensure_one()
        return objections.last_day(
            self.date_notified, self.sudo().campaign_id.objection_days
        )

    def _objectors(self):
        """Users who may object: the person rated; for a collective, its head."""
        self.ensure_one()
        return self.user_id if self.cadre_id else self.unit_id.head_user_ids

    def action_object(self):
        """The form of an objection to this result, the draft if there is one."""
        self.ensure_one()
        self.check_access("read")
        Objection = self.env["cadre.review.objection"]
        objection = Objection.search(
            [("rating_id", "=", self.id), ("state", "in", ("draft", *OPEN))], limit=1
        )
        if not objection:
            own = self.env.user in self.sudo()._objectors()
            objection = Objection.create(
                {"rating_id": self.id, "source": "online" if own else "paper"}
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": Objection._name,
            "res_id": objection.id,
            "view_mode": "form",
        }


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    objection_days = fields.Integer(
        string="Days to Object",
        help="From the notice, the last day included; 0: no window is set. No text of "
        "law fixes one.",
    )

    _objection_days = models.Constraint(
        "CHECK (objection_days >= 0)", "The number of days to object is negative."
    )
