from odoo import Command, api, fields, models
from odoo.exceptions import AccessError

from ...rules import requests
from ..base.kept_link import kept_link
from ..base.move_mixin import Move

# what văn thư fills in after signing, when the request has long been issued
AFTER_ISSUE = {"number", "date", "signer", "attachment_ids", "source_place"}


class CadreReviewRequest(models.Model):
    """The office's request for completion: which papers, why, by when.

    Issued, it ends the round of the dossier and begins the next one; what was handed
    in stays readable as it was.

    - the office drafts, issues and, later, enters number and signed copy;
    - the unit reads what was issued; the authority reads.
    """

    _name = "cadre.review.request"
    _description = "Request for Completion"
    _inherit = [
        "cadre.review.dossier.part.mixin",
        "cadre.review.move.mixin",
        "cadre.review.files.mixin",
    ]
    _order = "id desc"
    _stops_with_campaign = True
    _parts = ("line_ids",)

    _moves = {
        "issue": Move(("draft",), "issued", ("office",), stages=("received",)),
        "answer": Move(("issued",), "answered"),
    }

    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued"), ("answered", "Answered")],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )
    round = fields.Integer(
        string="Round Ended", gated=True, copy=False, aggregator=None
    )
    reason = fields.Text(help="What the unit is to complete, beside the papers named.")
    date_due = fields.Date(
        string="New Last Day",
        help="The unit completes its dossier by this day, included.",
    )
    number = fields.Char(help="Filled in after signing.")
    date = fields.Date(string="Dated", help="Filled in after signing.")
    signer = fields.Char(string="Signed By")
    source_place = fields.Char(
        string="Paper Kept At", help="Where the signed paper copy is kept."
    )
    issued_on = fields.Date(gated=True, copy=False)
    line_ids = fields.One2many(
        "cadre.review.request.line", "request_id", string="Papers", copy=False
    )
    can_issue = fields.Boolean(compute="_compute_can")

    _one_draft = models.UniqueIndex(
        "(dossier_id) WHERE state = 'draft'",
        "There is already a draft request for this dossier.",
    )

    @api.depends("dossier_id.unit_name", "round")
    def _compute_display_name(self):
        for request in self:
            request.display_name = self.env._(
                "Request to %(unit)s, round %(round)s",
                unit=request.dossier_id.unit_name,
                round=request.round or request.dossier_id.round,
            )

    def write(self, vals):
        if not self.env.su and (late := set(vals) - AFTER_ISSUE):
            self._check_draft(late)
        return super().write(vals)

    def _check_draft(self, names):
        if issued := self.filtered(lambda request: request.state != "draft"):
            raise AccessError(
                self.env._(
                    "%(requests)s: issued, and not changed any more (%(fields)s). "
                    "Number, date, signer and the signed copy are entered later.",
                    requests=", ".join(issued.mapped("display_name")),
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in sorted(names)
                    ),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        if not self.env.su:
            self._check_draft(["state"])

    def action_issue(self):
        return self._ask("issue")

    def action_print(self):
        """The letter, to be signed and numbered."""
        self.check_access("read")
        return self.env.ref("cadre_review.action_report_request").report_action(self)

    def _take_failed_papers(self):
        """Papers found since to fail join the draft."""
        self.ensure_one()
        known = self.line_ids.paper_id.ids
        self.line_ids = [
            Command.create(values)
            for values in self.dossier_id._failed_papers()
            if values["paper_id"] not in known
        ]

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _blockers(self, name):
        if name != "issue":
            return []
        requested, found = self.sudo(), []
        laws = requested.dossier_id._laws()
        for request in requested:
            found += requests.check(
                request._as_values(laws[request.dossier_id]),
                request.campaign_id._today(),
            )
        return found

    def _as_values(self, law):
        self.ensure_one()
        unsaid = self.line_ids.filtered(lambda line: not line.fault_id)
        return requests.Request(
            name=self.display_name,
            papers=tuple(self.line_ids.paper_id.mapped("display_name")),
            unsaid=tuple(unsaid.paper_id.mapped("display_name")),
            reason=self.reason or "",
            due=self.date_due or None,
            law=law,
        )

    def _mark(self, name, reason=None, passed="", values=None):
        if name != "issue":
            return super()._mark(name, reason, passed, values)
        for request in self:
            dossier = request.dossier_id
            super(CadreReviewRequest, request)._mark(
                name,
                reason,
                passed,
                {"round": dossier.round, "issued_on": request.campaign_id._today()},
            )
            dossier._open_round("return", request._in_words(), request.date_due)
        return None

    def _in_words(self):
        """What the unit is to complete, as the history and the mail tell it."""
        self.ensure_one()
        lines = [(self.reason or "").strip()]
        lines += [
            f"- {line.paper_id.display_name}: {line.remark or line.fault_id.name}"
            for line in self.line_ids
            if not line.paper_id.is_secret
        ]
        return "\n".join(filter(None, lines)) or self.env._("See the request.")


class CadreReviewRequestLine(models.Model):
    """One paper to be completed, with the reason found at the check.

    - rights are those of the request.
    """

    _name = "cadre.review.request.line"
    _description = "Paper of a Request for Completion"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "request_id, sequence, id"

    request_id = fields.Many2one(
        "cadre.review.request",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("request_id.dossier_id")
    campaign_id = kept_link("request_id.campaign_id")
    company_id = kept_link("request_id.company_id")
    unit_id = kept_link("request_id.unit_id")
    paper_id = fields.Many2one(
        "cadre.review.paper",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('dossier_id', '=', dossier_id)]",
    )
    sequence = fields.Integer(related="paper_id.sequence", store=True, precompute=True)
    fault_id = fields.Many2one(
        "cadre.review.fault", string="Reason", index=True, ondelete="restrict"
    )
    remark = fields.Text()

    _paper_uniq = models.UniqueIndex(
        "(request_id, paper_id)", "This paper is already in the request."
    )

    @api.constrains("paper_id", "request_id")
    def _check_same_dossier(self):
        for line in self.sudo():
            if line.paper_id.dossier_id != line.dossier_id:
                raise AccessError(
                    self.env._(
                        "%(paper)s is of another dossier.",
                        paper=line.paper_id.display_name,
                    )
                )


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    request_ids = fields.One2many(
        "cadre.review.request", "dossier_id", string="Requests for Completion"
    )
    can_request = fields.Boolean(compute="_compute_can_request")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_request(self):
        asked = self._in_running_campaign()._in_role("office")
        for dossier in self:
            dossier.can_request = dossier.state == "received" and dossier in asked

    def action_request(self):
        """The draft request to this unit, made from the papers that failed."""
        self.ensure_one()
        if not self.can_request:
            raise AccessError(
                self.env._(
                    "%(unit)s: completion is asked for by the office, while the "
                    "dossier is received and the campaign runs.",
                    unit=self.unit_name,
                )
            )
        Request = self.env["cadre.review.request"]
        request = Request.search(
            [("dossier_id", "=", self.id), ("state", "=", "draft")]
        )
        if request:
            request._take_failed_papers()
        else:
            request = Request.create(
                {
                    "dossier_id": self.id,
                    "date_due": self._usual_day_of_completion(),
                    "line_ids": [
                        Command.create(values) for values in self._failed_papers()
                    ],
                }
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.request",
            "res_id": request.id,
            "view_mode": "form",
        }

    def _failed_papers(self):
        return [
            {
                "paper_id": paper.id,
                "fault_id": paper.fault_id.id,
                "remark": paper.remark,
            }
            for paper in self.paper_ids
            if paper.state == "failed" and not paper.rating_id.has_left
        ]

    def _answer_requests(self):
        """Handing in again answers what was asked for."""
        self.request_ids.filtered(lambda r: r.state == "issued")._mark("answer")
