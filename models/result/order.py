from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import orders
from ...rules.names import fold
from ..base.kept_link import kept_link
from ..base.move_mixin import Move

OPEN = ("reported", "ordered")


class CadreReviewOrder(models.Model):
    """The order to rate some subjects of a dossier again.

    The office reports what is wrong, the authority orders; the dossier goes back in a
    new round, and only the ratings named begin again. What was decided stays in force
    until another decision supersedes it.

    - the office reports, and records what the authority signed;
    - the authority reads reports and orders; the unit reads what is ordered of it.
    """

    _name = "cadre.review.order"
    _description = "Re-evaluation Order"
    _inherit = [
        "cadre.review.dossier.part.mixin",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
    ]
    _order = "id desc"
    _stops_with_campaign = True

    _moves = {
        "report": Move(("draft",), "reported", ("office",)),
        "order": Move(("reported",), "ordered", ("office",), then=("_order_again",)),
        "decline": Move(("reported",), "declined", ("office",), reason=True),
        "finish": Move(("ordered",), "done"),
    }

    authority_id = kept_link("campaign_id.owner_id", string="Ordered By")
    rating_ids = fields.Many2many(
        "cadre.review.rating",
        "cadre_review_order_rating_rel",
        string="Rated Again",
        domain="[('dossier_id', '=', dossier_id), ('scope', '=', 'rated'),"
        " ('has_left', '=', False)]",
        written_in=("draft",),
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("reported", "Reported to the authority"),
            ("ordered", "Ordered"),
            ("declined", "Not ordered"),
            ("done", "Carried out"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )
    # the office's report
    fault = fields.Selection(
        [
            ("requirements", "Does not meet the requirements"),
            ("regulations", "Against the regulations"),
        ],
        required=True,
        default="requirements",
        written_in=("draft",),
    )
    report = fields.Text(string="What Is Wrong", written_in=("draft",))
    report_number = fields.Char(help="Filled in after signing.")
    report_date = fields.Date(help="Filled in after signing.")
    # the authority's order
    number = fields.Char(string="Number of the Order", copy=False)
    date = fields.Date(string="Date of the Order", copy=False)
    signer = fields.Char(string="Signer of the Order")
    instruction = fields.Text(string="What Is Ordered")
    date_due = fields.Date(string="Done By", help="Last day, included.")
    round = fields.Integer(
        gated=True, copy=False, help="Round of the dossier that it opened."
    )
    can_report = fields.Boolean(compute="_compute_can")
    can_order = fields.Boolean(compute="_compute_can")
    can_decline = fields.Boolean(compute="_compute_can")

    @api.depends("dossier_id", "number")
    def _compute_display_name(self):
        for order in self:
            order.display_name = self.env._(
                "Re-evaluation%(number)s: %(unit)s",
                number=f" {order.number}" if order.number else "",
                unit=order.sudo().dossier_id.unit_name,
            )

    @api.constrains("rating_ids", "dossier_id")
    def _check_same_dossier(self):
        for order in self.sudo():
            strange = order.rating_ids.filtered(
                lambda rating, order=order: rating.dossier_id != order.dossier_id
                or rating.scope != "rated"
                or rating.has_left
            )
            if strange:
                raise UserError(
                    self.env._(
                        "%(order)s: not rated in this dossier: %(names)s.",
                        order=order.display_name,
                        names=", ".join(strange.mapped("display_name")),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda order: order.state != "draft"):
            raise UserError(self.env._("A report to the authority is never deleted."))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_report(self):
        return self._ask("report")

    def action_order(self):
        return self._ask("order")

    def action_decline(self):
        return self._ask("decline")

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _default_source(self):
        return "paper"

    def _is_author(self):
        return self._in_role("office") == self

    def _blockers(self, name):
        if name == "report":
            check, findings = orders.check_report, []
        elif name == "order":
            check, findings = orders.check_order, self._source_findings()
        else:
            return []
        for order in self:
            findings += check(order._as_values(), order.sudo().campaign_id._today())
        return findings

    def _as_values(self):
        self.ensure_one()
        ratings, dossier = self.rating_ids.sudo(), self.sudo().dossier_id
        others = self.sudo().search(
            [
                ("rating_ids", "in", ratings.ids),
                ("state", "in", OPEN),
                ("id", "!=", self.id),
            ]
        )
        people = ratings.cadre_id
        return orders.Order(
            name=self.display_name,
            subjects=tuple(ratings.mapped("display_name")),
            report=self.report or "",
            report_date=self.report_date or None,
            number=self.number or "",
            date=self.date or None,
            signer=self.signer or "",
            due=self.date_due or None,
            dossier_accepted=dossier.state == "accepted",
            others=tuple((others.rating_ids & ratings).mapped("display_name")),
            on_self=self.env.user in people.user_id
            or fold(self.signer) in {fold(name) for name in people.mapped("name")},
            law=dossier._laws()[dossier],
        )

    def _order_again(self):
        """A new round, in which only the ratings named are done again."""
        for order in self:
            reason = order.instruction or order.report
            order.rating_ids._begin_again(reason)
            order.dossier_id._open_round("reorder", reason, order.date_due)
            order.round = order.dossier_id.round


class CadreReviewDossier(models.Model):
    """Back to the unit by order, and on to the roll when it is accepted again."""

    _inherit = "cadre.review.dossier"

    order_ids = fields.One2many(
        "cadre.review.order", "dossier_id", string="Re-evaluation Orders"
    )

    def action_report_again(self):
        """Draft the office's report on ratings to be done again."""
        self.ensure_one()
        self.check_access("read")
        order = self.env["cadre.review.order"].create({"dossier_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": order._name,
            "res_id": order.id,
            "view_mode": "form",
        }

    def _finish_orders(self):
        """The round that an order opened is through."""
        self.sudo().order_ids.filtered(lambda o: o.state == "ordered")._mark("finish")


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    order_ids = fields.Many2many(
        "cadre.review.order",
        "cadre_review_order_rating_rel",
        string="Re-evaluation Orders",
        groups="cadre_review.cadre_review_group_office,"
        "cadre_review.cadre_review_group_standing",
    )

    def _begin_again(self, reason):
        """These ratings alone are reviewed, commented on and appraised anew; their
        opinions open again with what they said, their papers are asked for again."""
        self._mark("again", reason)
        opinions = self.opinion_ids.filtered(lambda o: o.state == "confirmed")
        self.env["cadre.review.event"]._record(opinions, "reopen", reason)
        opinions.write({"state": "draft"})
        papers = self.env["cadre.review.paper"].search(
            [("rating_id", "in", self.ids), ("state", "=", "conforming")]
        )
        self.env["cadre.review.event"]._record(papers, "fail", reason)
        papers.write({"state": "failed", "remark": reason})
