from odoo import api, fields, models

from ...rules.law import UNREGULATED
from ...rules.texts import _lt
from ..base.kept_link import kept_link
from ..base.move_mixin import Move


class CadreReviewQuestion(models.Model):
    """Guidance: what a unit asks, what the office answers, and whether all may read it.

    - the unit's officers ask, and read their own and what is shared;
    - the office answers, shares, and writes guidance of its own accord;
    - every role reads what is shared.
    """

    _name = "cadre.review.question"
    _description = "Question and Answer"
    _inherit = ["cadre.review.move.mixin", "cadre.review.files.mixin"]
    _order = "is_shared desc, id desc"
    _rec_name = "name"
    _stops_with_campaign = True

    _moves = {
        "answer": Move(
            ("asked",), "answered", ("office",), then=("_note_who_answered",)
        ),
        "reopen": Move(
            ("answered",), "asked", ("office",), reason=True, then=("_unshare",)
        ),
    }

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', 'in', ('open', 'consolidated', 'concluded'))]",
        fixed=True,
    )
    company_id = kept_link("campaign_id.company_id")
    unit_id = fields.Many2one(
        "cadre.review.unit",
        string="Asked By",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        default=lambda self: self._default_unit_id(),
        help="Empty: guidance of the office's own accord.",
    )
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered")],
        default="asked",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )
    name = fields.Char(string="Subject", required=True, hand="asker")
    question = fields.Text(hand="asker")
    answer = fields.Text(copy=False, hand="office")
    is_shared = fields.Boolean(
        string="For All Units", gated=True, index=True, copy=False
    )
    answered_by_id = fields.Many2one(
        "res.users", ondelete="restrict", gated=True, copy=False
    )
    answered_on = fields.Date(gated=True, copy=False)
    can_answer = fields.Boolean(compute="_compute_can")
    can_share = fields.Boolean(compute="_compute_can_share")

    def _default_unit_id(self):
        units = self.env["cadre.review.unit"].search(
            [("officer_user_ids", "in", self.env.uid)], limit=2
        )
        return units if len(units) == 1 else False

    @api.depends("state", "is_shared")
    @api.depends_context("uid")
    def _compute_can_share(self):
        ours = self._in_role("office")
        for question in self:
            question.can_share = question in ours and question.state == "answered"

    def _of_hand(self, hand):
        """A unit asks; the office where it gives guidance of its own accord, or keys
        what was asked by telephone."""
        if hand != "asker":
            return super()._of_hand(hand)
        keyed = self.filtered(lambda q: not q.unit_id or q.create_uid == self.env.user)
        return self._in_role("officer") | keyed._in_role("office")

    def action_answer(self):
        return self._ask("answer")

    def action_reopen(self):
        return self._ask("reopen")

    def action_share(self):
        """Show the answer to all units, or no longer."""
        self._check_share()
        for question in self.sudo():
            question.is_shared = not question.is_shared
            self.env["cadre.review.event"]._record(
                question, "share" if question.is_shared else "unshare"
            )

    def _check_share(self):
        self.check_access("read")
        self._check_may("reopen")

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _blockers(self, name):
        return [
            finding
            for question in self
            if name == "answer" and not (question.answer or "").strip()
            for finding in UNREGULATED.find(
                "W4",
                (),
                question.name,
                _lt("There is no answer yet."),
                _lt("Write the answer first."),
            )
        ]

    def _note_who_answered(self):
        for question in self:
            question.write(
                {
                    "answered_by_id": self.env.uid,
                    "answered_on": question.campaign_id._today(),
                }
            )

    def _unshare(self):
        """An answer that is being changed is shown to nobody."""
        self.is_shared = False
