import base64

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...rules import points, reports
from ...rules.dossiers import OPEN_TO_UNIT
from ..base.kept_link import kept_link
from ..base.levels import LEVELS
from ..base.move_mixin import Move
from ..law.regulation_section import WRITTEN

# part of a version's content -> the report's list that it was taken from
LISTS = {
    "targets": "target_ids",
    "shortcomings": "shortcoming_ids",
    "earlier": "earlier_ids",
    "answers": "answer_ids",
}


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
        "cadre.review.dossier.part.mixin",
        "cadre.review.round.mixin",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
        "cadre.review.shared.edit.mixin",
    ]
    _order = "dossier_id, id desc"
    _check_company_auto = True
    _stops_with_campaign = True
    _pictured_states = ("final",)

    _moves = {
        "send": Move(
            ("draft",),
            "sent",
            ("officer", "office"),
            stages=OPEN_TO_UNIT,
            then=("_date_sending", "_keep_version", "_mail_draft"),
        ),
        "complete": Move(
            ("draft", "sent"),
            "final",
            ("officer", "office"),
            stages=OPEN_TO_UNIT,
            then=("_date_completion", "_confirm_opinions", "_keep_version"),
        ),
        "reopen": Move(
            ("final",),
            "sent",
            ("officer", "office"),
            reason=True,
            stages=OPEN_TO_UNIT,
            then=("_undo_completion",),
        ),
    }

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
    # answers to points suggested
    answer_ids = fields.One2many("cadre.review.answer", "report_id", string="Answers")
    # points
    score_ids = fields.One2many(
        "cadre.review.report.score", "report_id", string="Points"
    )
    points = fields.Float(string="Points in All", compute="_compute_points")
    is_scored = fields.Boolean(string="All Scored", compute="_compute_points")
    hinted_level = fields.Selection(
        LEVELS,
        string="Level by Points",
        compute="_compute_points",
        help="Band in which the points lie: a hint; a person types the level.",
    )
    # sending the draft
    sent_to = fields.Text(
        string="Sent by Mail To", gated=True, copy=False, readonly=True
    )
    not_sent_to = fields.Text(
        string="Without an Address",
        gated=True,
        copy=False,
        readonly=True,
        help="They get the draft on paper.",
    )
    # shortcomings
    shortcoming_ids = fields.One2many(
        "cadre.review.report.shortcoming", "report_id", string="Shortcomings"
    )
    earlier_ids = fields.One2many(
        "cadre.review.shortcoming", "report_id", string="Earlier Shortcomings"
    )
    # versions side by side
    changes = fields.Html(
        compute="_compute_changes",
        help="What the last version says otherwise than the one before.",
    )
    # targets
    target_ids = fields.One2many("cadre.review.target", "report_id", string="Targets")

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
        self.env["cadre.review.report.score"].create(
            [
                {"report_id": report.id, "criterion_id": criterion.id}
                for report in self
                for criterion in report.regulation_id._leaf_criteria()
                if criterion.max_points
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
        laws = self.dossier_id._laws()
        for report in self:
            findings += reports.check_draft(
                report._as_values(laws[report.dossier_id]), name == "complete"
            )
        return findings

    def _as_values(self, law):
        self.ensure_one()
        empty = self.section_ids.filtered(
            lambda line: line.kind in WRITTEN and not line._says_something()
        )
        return reports.Draft(
            name=self.display_name,
            on_paper=self.source != "online",
            empty=tuple(empty.mapped("name")),
            level=self.proposed_level or "",
            law=law,
        )

    def _date_sending(self):
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

    def _date_completion(self):
        self.date_completed = fields.Datetime.now()

    def _undo_completion(self):
        self.date_completed = False
        self._self_opinions().state = "draft"

    def _keep_version(self):
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
            "targets": [
                {
                    "name": target.name,
                    "measure": target.measure or "",
                    "plan": target.plan or "",
                    "result": target.result or "",
                    "status": target.status,
                }
                for target in self.target_ids
            ],
            "points": [
                {
                    "criterion": score.name,
                    "points": score.points if score.is_scored else None,
                    "most": score.max_points,
                }
                for score in self.score_ids
            ],
            "shortcomings": [
                {
                    "name": line.name,
                    "cause": line.cause or "",
                    "responsible": line.responsible or "",
                    "remedy": line.remedy or "",
                    "date_due": line.date_due or None,
                }
                for line in self.shortcoming_ids
            ],
            "earlier": [
                {
                    "name": line.name,
                    "status": line.status or "",
                    "progress": line.progress or "",
                    "evidence": line.evidence or "",
                }
                for line in self.earlier_ids
            ],
            "answers": [
                {
                    "suggestion": answer.suggestion,
                    "suggested_by": answer.suggested_by or "",
                    "answer": answer.text or "",
                }
                for answer in self.answer_ids
            ],
        }

    # ------------------------------------------------------------------
    # WHAT THE REPORT SAYS AS AN OPINION
    # ------------------------------------------------------------------

    def _confirm_opinions(self):
        """Each report's level, texts and points become the collective's confirmed
        self-assessment."""
        Opinion = self.env["cadre.review.opinion"]
        existing = self._self_opinions()
        existing.line_ids.unlink()
        by_rating = existing.grouped("rating_id")
        fresh, lines = [], []
        for report in self.filtered("rating_id"):
            values, answers = report._opinion_values(), report._opinion_lines()
            if opinion := by_rating.get(report.rating_id):
                opinion.write(values)
                lines += [{"opinion_id": opinion.id, **answer} for answer in answers]
            else:
                values["line_ids"] = [Command.create(answer) for answer in answers]
                fresh.append(
                    {"rating_id": report.rating_id.id, "stage": "self", **values}
                )
        self.env["cadre.review.opinion.line"].create(lines)
        Opinion.create(fresh)

    def _self_opinions(self):
        return self.env["cadre.review.opinion"].search(
            [("rating_id", "in", self.rating_id.ids), ("stage", "=", "self")]
        )

    def _opinion_values(self):
        return {
            "state": "confirmed",
            "proposed_level": self.proposed_level,
            "source": self.source,
            "source_place": self.source_place,
            "is_on_behalf": self.is_on_behalf,
            "signer": self.signer,
            "signer_capacity": self.signer_capacity,
            "number": self.number,
            "date": self.date,
        }

    def _opinion_lines(self):
        """Values of a line per criterion: the text of the section with its code, the
        points given, and the shortcomings under the first criterion from theirs on."""
        texts = {line.code: line.text for line in self.section_ids}
        scores = {score.criterion_id: score for score in self.score_ids}
        named = "\n".join(self.shortcoming_ids.mapped("name"))
        criteria = self.regulation_id._leaf_criteria()
        about_them = self._criterion_of_shortcomings(criteria)
        return [
            {
                "criterion_id": criterion.id,
                "sequence": criterion.sequence,
                "strengths": texts.get(criterion.code),
                "shortcomings": named if criterion == about_them else False,
                "points": scores[criterion].points if criterion in scores else 0,
                "is_scored": criterion in scores and scores[criterion].is_scored,
            }
            for criterion in criteria
        ]

    def _criterion_of_shortcomings(self, criteria):
        by_code = {criterion.code: criterion for criterion in criteria}
        sections = self.section_ids.mapped("section_id")
        place = sections.filtered(lambda s: s.kind == "shortcomings")[:1].sequence
        after = [s for s in sections if s.sequence >= place and s.code in by_code]
        return by_code[after[0].code] if after else criteria[:1]

    # ------------------------------------------------------------------
    # ANOTHER REGULATION
    # ------------------------------------------------------------------

    def _check_unwritten(self):
        """Refuse where something is written by the form of the regulation it has."""
        written = self.filtered(
            lambda report: report.state != "draft"
            or any(report.section_ids.mapped("text"))
            or any(report.score_ids.mapped("is_scored"))
        )
        if written:
            raise UserError(
                self.env._(
                    "%(reports)s: the report is written by the form of the regulation "
                    "it has. Empty its texts and points first.",
                    reports=", ".join(written.mapped("display_name")),
                )
            )

    def _follow_regulation(self):
        """A report begun follows its rating to another regulation."""
        self.section_ids.unlink()
        self.score_ids.unlink()
        self._add_parts()

    # ------------------------------------------------------------------
    # POINTS
    # ------------------------------------------------------------------

    @api.depends("score_ids.points", "score_ids.is_scored")
    def _compute_points(self):
        """The sum, only where every criterion is scored: not scored is not zero."""
        laws = {}
        for report in self:
            regulation, scores = report.sudo().regulation_id, report.score_ids
            report.is_scored = bool(scores) and all(scores.mapped("is_scored"))
            report.points = report.is_scored and sum(scores.mapped("points"))
            if report.is_scored and regulation not in laws:
                laws[regulation] = regulation._law()
            report.hinted_level = report.is_scored and points.band(
                laws[regulation], report.points
            )

    # ------------------------------------------------------------------
    # SENDING THE DRAFT
    # ------------------------------------------------------------------

    def _mail_draft(self):
        """One mail with the PDF of the version just kept to each address, queued in
        one batch."""
        online = self.filtered(lambda report: report.source == "online")
        files = online._draft_files()
        mails = []
        # all people at once, not those of one report after another
        online.dossier_id.rating_ids.cadre_id.mapped(
            lambda c: c.email or c.user_id.email
        )
        for report in online:
            reached, unreached = {}, []
            for person in report._participants():
                address = email_normalize(person.email or person.user_id.email)
                if address:
                    reached.setdefault(address, []).append(person.name)
                else:
                    unreached.append(person.name)
            report.sent_to = "\n".join(
                f"{', '.join(names)} <{address}>" for address, names in reached.items()
            )
            report.not_sent_to = "\n".join(unreached)
            if reached:
                words = report._draft_words()
                file = files.get(report.id)
                mails += [
                    {
                        **words,
                        "email_to": address,
                        "attachment_ids": file and [Command.link(file.id)],
                    }
                    for address in reached
                ]
        self.env["mail.mail"].create(mails)

    def _participants(self):
        """The people of the unit whom the conference concerns, by precedence."""
        ratings = self.dossier_id.rating_ids.filtered(
            lambda rating: rating.cadre_id and not rating.has_left
        )
        return ratings._in_lawful_order().cadre_id

    def _draft_files(self):
        """``{report_id: attachment}``, hanging on no record that could be edited."""
        versions = self.picture_ids.grouped("res_id").values()
        latest = self.env["cadre.review.picture"].union(
            *(pictures.sorted("version")[-1:] for pictures in versions)
        )
        printed = latest.filtered("pdf_sha256")
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": picture.pdf_name,
                    "datas": base64.b64encode(picture._pdf_bytes()),
                    "mimetype": "application/pdf",
                    "res_model": "mail.mail",
                }
                for picture in printed
            ]
        )
        return dict(zip(printed.mapped("res_id"), files, strict=True))

    def _draft_words(self):
        """Sender, subject and text of the mail; Vietnamese at the source."""
        self.ensure_one()
        unit = self.dossier_id.unit_name
        values = {"report": self, "unit": unit, "campaign": self.campaign_id.name}
        body = self.env["ir.qweb"]._render("cadre_review.report_draft_mail", values)
        return {
            "subject": f"Dự thảo báo cáo kiểm điểm của tập thể: {unit}",
            "body_html": body,
            "email_from": self.company_id.email_formatted,
            "reply_to": self.unit_id.email or self.company_id.email_formatted,
        }

    def _sent_notice(self):
        """Who got the draft and who has to be given it on paper."""
        told = [
            self.env._(
                "%(report)s: sent by mail to %(count)s address(es). Without an "
                "address: %(names)s.",
                report=report.display_name,
                count=len((report.sent_to or "").splitlines()),
                names="; ".join((report.not_sent_to or "–").splitlines()),
            )
            for report in self
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if any(self.mapped("not_sent_to")) else "success",
                "sticky": True,
                "message": "\n".join(told),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ------------------------------------------------------------------
    # SHORTCOMINGS
    # ------------------------------------------------------------------

    def action_carry_over(self):
        """Take over what the last yearly review found wanting."""
        self.rating_id.action_carry_over()

    # ------------------------------------------------------------------
    # VERSIONS SIDE BY SIDE
    # ------------------------------------------------------------------

    @api.depends("state")
    def _compute_changes(self):
        """The texts that differ between the last two versions, side by side."""
        for report in self:
            versions = report.picture_ids.sorted("version")[-2:]
            pairs = []
            if len(versions) == 2:
                before, after = (
                    report._texts_of(version._content()) for version in versions
                )
                pairs = [
                    (title, before.get(title, ""), after.get(title, ""))
                    for title in {**before, **after}
                    if before.get(title, "") != after.get(title, "")
                ]
            report.changes = len(versions) == 2 and self.env["ir.qweb"]._render(
                "cadre_review.report_changes", {"versions": versions, "pairs": pairs}
            )

    @api.model
    def _texts_of(self, content):
        """``{title: text}`` of a version, its lists with one row a line."""
        texts = {
            f"{section['code']}. {section['title']}": section["text"]
            for section in content.get("sections", ())
        }
        for key, name in LISTS.items():
            title = self._fields[name]._description_string(self.env)
            rows = content.get(key, ())
            texts[title] = "\n".join(self._row_text(name, row) for row in rows)
        level = self._fields["proposed_level"]
        texts[level._description_string(self.env)] = dict(
            level._description_selection(self.env)
        ).get(content.get("proposed_level"), "")
        return texts

    def _row_text(self, name, row):
        """One row of a list, its status in words."""
        status = self.env[self._fields[name].comodel_name]._fields.get("status")
        labels = status and dict(status._description_selection(self.env))
        return " – ".join(
            labels.get(value, value) if key == "status" else str(value)
            for key, value in row.items()
            if value
        )


class CadreReviewReportSection(models.Model):
    """What the report says under one title; its rights are those of the report."""

    _name = "cadre.review.report.section"
    _description = "Section of a Report"
    _inherit = ["cadre.review.said.mixin"]
    _said_with = "report_id"
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


class CadreReviewPicture(models.Model):
    _inherit = "cadre.review.picture"

    report_state = fields.Selection(
        [("sent", "As sent to those who take part"), ("final", "As completed")],
        string="Taken When",
        compute="_compute_report_state",
    )

    @api.depends("kind", "content")
    def _compute_report_state(self):
        for picture in self:
            picture.report_state = picture.kind == "report" and picture._content().get(
                "state"
            )
