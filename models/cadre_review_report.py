from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import reports
from .cadre_review_dossier import OPEN_TO_UNIT
from .cadre_review_move_mixin import Move
from .cadre_review_regulation_section import WRITTEN
from .kept_link import kept_link
from .levels import LEVELS


class CadreReviewReport(models.Model):
    """The report in which a collective reviews and rates itself.

    Its sections are those of the regulation. It is sent to those who take part, then
    revised after the individuals' part of the conference; both versions are kept as
    pictures. Completed, its level is the collective's self-assessment.

    - officers of the unit write it while the dossier is open to the unit, the office
      on their behalf; completed, it is reopened with a reason before it changes;
    - the office and the authority read it from the hand-in on.
    """

    _name = "cadre.review.report"
    _description = "Report of the Collective"
    _inherit = [
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
        "cadre.review.shared.edit.mixin",
    ]
    _order = "dossier_id, id desc"
    _check_company_auto = True
    _stops_with_campaign = True
    _pictured_states = ("final",)

    _moves = {
        "send": Move(("draft",), "sent", ("officer", "office"), stages=OPEN_TO_UNIT),
        "complete": Move(
            ("draft", "sent"), "final", ("officer", "office"), stages=OPEN_TO_UNIT
        ),
        "reopen": Move(
            ("final",),
            "sent",
            ("officer", "office"),
            reason=True,
            stages=OPEN_TO_UNIT,
        ),
    }

    dossier_id = fields.Many2one(
        "cadre.review.dossier",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    campaign_id = kept_link("dossier_id.campaign_id")
    company_id = kept_link("dossier_id.company_id")
    unit_id = kept_link("dossier_id.unit_id")
    # not precomputed: records in the making would stay in rating.report_ids
    rating_id = fields.Many2one(
        "cadre.review.rating",
        string="Rating of the Collective",
        compute="_compute_rating_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    regulation_id = kept_link(
        "rating_id.regulation_id", index="btree_not_null", precompute=False
    )
    scale = fields.Selection(related="regulation_id.scale")
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Draft sent"), ("final", "Final version")],
        default="draft",
        required=True,
        copy=False,
        gated=True,
    )
    date_sent = fields.Date(
        string="Draft Sent On",
        copy=False,
        help="When those who take part got the draft. Filled in by itself when it is "
        "sent from here.",
    )
    date_completed = fields.Datetime(string="Completed On", copy=False, gated=True)
    proposed_level = fields.Selection(LEVELS, string="Level the Collective Proposes")
    number = fields.Char(help="Filled in after signing.")
    date = fields.Date(help="Filled in after signing.")
    signer = fields.Char(help="Who signed the paper, as written there.")
    signer_capacity = fields.Char()
    section_ids = fields.One2many(
        "cadre.review.report.section", "report_id", string="Sections"
    )
    picture_ids = fields.One2many(
        "cadre.review.picture",
        "res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        string="Versions",
        readonly=True,
    )
    can_send = fields.Boolean(compute="_compute_can")
    can_complete = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can_edit")

    _dossier_uniq = models.Constraint(
        "unique(dossier_id)", "The dossier already has its report."
    )

    @api.depends("dossier_id")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Report of %(unit)s", unit=report.sudo().dossier_id.unit_name
            )

    @api.depends("dossier_id")
    def _compute_rating_id(self):
        """The rating of the collective, which the dossier has from its opening."""
        ratings = self.env["cadre.review.rating"].search(
            [("dossier_id", "in", self.dossier_id.ids), ("cadre_id", "=", False)]
        )
        by_dossier = {rating.dossier_id: rating for rating in ratings}
        for report in self:
            report.rating_id = by_dossier.get(report.dossier_id._origin)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        writable = self._filtered_access("write")
        for report in self:
            report.can_edit = report in writable

    @api.constrains("proposed_level", "dossier_id")
    def _check_level_exists(self):
        self.rating_id._check_levels_exist(
            [(report.rating_id, report.proposed_level) for report in self]
        )

    @api.model_create_multi
    def create(self, vals_list):
        reports_ = super().create(vals_list)
        reports_.sudo()._add_parts()
        return reports_

    def _add_parts(self):
        """What the form of the regulation asks for, in one batch."""
        self.env["cadre.review.report.section"].create(
            [
                {"report_id": report.id, "section_id": section.id}
                for report in self
                for section in report.regulation_id.section_ids
                if section.kind != "heading"
            ]
        )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_send(self):
        """Send the draft to those who take part, and say who has no address."""
        return self._ask("send") or self._sent_notice()

    def action_complete(self):
        return self._ask("complete")

    def action_reopen(self):
        return self._ask("reopen")

    def action_view_conference(self):
        """The conference at which the report was discussed."""
        return self.dossier_id.action_open_conference()

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _blockers(self, name):
        if name == "reopen":
            return []
        findings = self._source_findings()
        for report in self:
            law = report.sudo().regulation_id
            found = reports.check_draft(report._as_values(), name == "complete")
            findings += law._law().regulated(found) if law else found
        return findings

    def _as_values(self):
        self.ensure_one()
        empty = self.section_ids.filtered(
            lambda line: line.kind in WRITTEN and not line._says_something()
        )
        return reports.Draft(
            name=self.display_name,
            on_paper=self.source != "online",
            empty=tuple(empty.mapped("name")),
            level=self.proposed_level or "",
        )

    def _after_send(self):
        """What came on paper was sent on the day that is written down; nobody dates
        what is sent from here."""
        for report in self:
            on_paper = report.source != "online" and report.date_sent
            report.date_sent = on_paper or report.campaign_id._today()
        conferences = self.dossier_id.conference_ids.filtered(
            lambda c: not c.date_draft_sent and c.state != "adopted"
        )
        days = {report.dossier_id: report.date_sent for report in self}
        for conference in conferences:
            conference.date_draft_sent = days[conference.dossier_id]
        pictures = self._take_pictures()
        self._mail_draft(pictures)

    def _after_complete(self):
        self.date_completed = fields.Datetime.now()
        self._confirm_opinions()
        self._take_pictures()

    def _after_reopen(self):
        self.date_completed = False
        self._draft_opinions()

    def _take_pictures(self):
        return self.env["cadre.review.picture"]._take(
            self,
            "report",
            {report.id: report._picture_content() for report in self},
            report="cadre_review.action_report_collective_report",
        )

    def _picture_content(self):
        """Everything the report says, as plain values."""
        self.ensure_one()
        return {
            "unit": self.dossier_id.unit_name,
            "regulation": self.regulation_id.code or "",
            "state": self.state,
            "date_sent": self.date_sent or None,
            "date_completed": self.date_completed or None,
            "number": self.number or "",
            "date": self.date or None,
            "signer": self.signer or "",
            "source": self.source,
            "source_place": self.source_place or "",
            "proposed_level": self.proposed_level or "",
            "sections": [
                {"code": line.code, "title": line.name, "text": line.text or ""}
                for line in self.section_ids
            ],
        }


class CadreReviewReportSection(models.Model):
    """What the report says under one title; its rights are those of the report."""

    _name = "cadre.review.report.section"
    _description = "Section of a Report"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "report_id, sequence, id"

    report_id = fields.Many2one(
        "cadre.review.report",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("report_id.dossier_id")
    campaign_id = kept_link("report_id.campaign_id")
    company_id = kept_link("report_id.company_id")
    unit_id = kept_link("report_id.unit_id")
    section_id = fields.Many2one(
        "cadre.review.regulation.section",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    sequence = fields.Integer(related="section_id.sequence", store=True)
    code = fields.Char(related="section_id.code", string="No.")
    name = fields.Char(related="section_id.name", string="Heading")
    guidance = fields.Text(related="section_id.guidance")
    kind = fields.Selection(related="section_id.kind", string="Content")
    text = fields.Text()

    _section_uniq = models.Constraint(
        "unique(report_id, section_id)", "This section already has its text."
    )

    def _says_something(self):
        """Whether something stands under the title, in words or in a list."""
        self.ensure_one()
        return bool((self.text or "").strip()) or (
            self.kind == "targets" and bool(self.report_id.target_ids)
        )


class CadreReviewDossier(models.Model):
    """The dossier's way to the report of its collective."""

    _inherit = "cadre.review.dossier"

    report_ids = fields.One2many("cadre.review.report", "dossier_id")

    def action_open_report(self):
        """The collective's report; created with the sections of its form if new."""
        self.ensure_one()
        Report = self.env["cadre.review.report"]
        # searched, not read from the field: its cache knows no rights
        mine = [("dossier_id", "=", self.id)]
        report = Report.search(mine, limit=1)
        if not report and Report.sudo().search_count(mine, limit=1):
            raise UserError(
                self.env._(
                    "%(unit)s is writing its report on line; it can be read from the "
                    "hand-in on.",
                    unit=self.unit_name,
                )
            )
        report = report or Report.create(
            {"dossier_id": self.id, **self._on_behalf_values()}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.report",
            "res_id": report.id,
            "view_mode": "form",
        }
