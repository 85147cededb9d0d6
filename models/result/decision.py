from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...rules import caps, decisions, numbers
from ...rules.pictures import fingerprint
from ..base.kept_link import kept_link
from ..base.levels import OUTCOMES
from ..base.local_today import local_day
from ..base.move_mixin import Move
from ..base.vietnamese import in_vietnamese
from ..dossier.rating import DECIDING

REPORT = "cadre_review.action_report_decision"


class CadreReviewDecision(models.Model):
    """A document by which an authority decides ratings; issued, never edited.

    A correction is another document, whose lines supersede those in force.

    - the office records it, the authority reads it; units and people get number,
      date and their own extract with the notice.
    """

    _name = "cadre.review.decision"
    _description = "Decision"
    _inherit = [
        "mail.thread",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True
    _parts = ("line_ids",)

    _moves = {
        "issue": Move(
            ("draft",),
            "issued",
            ("office",),
            then=(
                "_come_into_force",
                "_withdraw_publications",
                "_keep_document",
                "_seal_issued",
            ),
        )
    }

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        fixed=True,
    )
    company_id = kept_link("campaign_id.company_id")
    authority_id = fields.Many2one(
        "cadre.review.authority", required=True, index=True, ondelete="restrict"
    )
    is_own = fields.Boolean(related="authority_id.is_own", store=True, precompute=True)
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued")],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
        tracking=True,
    )
    kind = fields.Selection(
        [
            ("decision", "Rating decision"),
            ("conclusion", "Conclusion"),
            ("notice", "Notice"),
        ],
        required=True,
        default="decision",
    )
    number = fields.Char(
        copy=False,
        help="Filled in after signing. NĐ 30/2020/NĐ-CP Điều 15.",
    )
    date = fields.Date(copy=False, help="Filled in after signing.")
    signer = fields.Char()
    capacity = fields.Selection(
        [
            ("tm", "TM. (on behalf of the collective)"),
            ("kt", "KT. (for the head)"),
            ("q", "Q. (acting head)"),
            ("tl", "TL. (by order)"),
            ("tuq", "TUQ. (by mandate)"),
        ],
        string="Signed In the Capacity",
        help="NĐ 30/2020/NĐ-CP Điều 13; empty where the head signs for themselves.",
    )
    signer_capacity = fields.Text(
        string="Signing Capacity", help="Lines above the signature, one a line."
    )
    number_key = fields.Char(compute="_compute_series", store=True, precompute=True)
    number_period = fields.Char(
        compute="_compute_series",
        store=True,
        precompute=True,
        help="Within it a number of our own series is used once.",
    )
    note = fields.Text()
    line_ids = fields.One2many(
        "cadre.review.decision.line", "decision_id", string="Ratings"
    )
    superseded_count = fields.Integer(
        string="Ratings Decided Anew", compute="_compute_superseded_count"
    )
    can_issue = fields.Boolean(compute="_compute_can")
    # sessions
    session_id = fields.Many2one(
        "cadre.review.session",
        string="Concluded In",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
    )
    # picture
    _pictured_states = ("issued",)

    # of another authority we see a part of the series only: there it is a warning
    _own_number_uniq = models.UniqueIndex(
        "(authority_id, kind, number_key, number_period)"
        " WHERE is_own AND number_key != ''",
        "The number is that of another document of this kind and authority in the same "
        "period (NĐ 30/2020/NĐ-CP Điều 15). Look it up in the register and correct it.",
    )
    # what the warning looks for
    _number = models.Index("(authority_id, kind, number_key)")

    @api.depends("kind", "number", "date")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for decision in self:
            decision.display_name = " ".join(
                filter(None, (kinds.get(decision.kind), decision.number))
            )

    @api.depends("number", "date", "authority_id")
    def _compute_series(self):
        """Not by the authority's setting: a document keeps the period it was given."""
        for decision in self:
            authority = decision.authority_id
            decision.number_key = numbers.number_key(decision.number)
            decision.number_period = numbers.series_period(
                authority.number_reset, decision.date, authority.term_start
            )

    @api.depends("line_ids.standing")
    def _compute_superseded_count(self):
        for decision in self:
            decision.superseded_count = len(
                decision.line_ids.filtered(lambda line: line.standing == "superseded")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda decision: decision.state != "draft"):
            raise UserError(self.env._("An issued decision is never deleted."))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_issue(self):
        return self._ask("issue")

    def action_correct(self):
        """Draft the document that supersedes what of these is still in force."""
        self.check_access("read")
        self.env["cadre.review.decision"].check_access("create")
        lines = self.line_ids.filtered(lambda line: line.standing == "in_force")
        if not lines:
            raise UserError(
                self.env._(
                    "%(decisions)s: nothing of it is in force. Only what was issued "
                    "and is in force is superseded.",
                    decisions=", ".join(self.mapped("display_name")),
                )
            )
        return self._open(lines._draft_correction())

    def action_notify(self):
        """Notify all results in force of these decisions."""
        lines = self.line_ids.filtered(
            lambda line: line.rating_id.decision_line_id == line
        )
        due = lines.rating_id.filtered(lambda rating: rating.state == "decided")
        if not due:
            raise UserError(
                self.env._("All results of these decisions have been notified already.")
            )
        return due.action_notify()

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _default_source(self):
        return "paper"

    def _is_author(self):
        return False

    def _blockers(self, name):
        findings = self._source_findings()
        for decision in self:
            findings += decisions.check(
                decision._as_values(), decision.campaign_id._today()
            )
            findings += decision._level_findings()
        return findings

    def _level_findings(self):
        """What the law says of the levels and of the share of excellent: it refuses
        only where our own authority decides."""
        self.ensure_one()
        levels = {line.rating_id.id: line.level for line in self.line_ids if line.level}
        if not levels:
            return []
        ratings = self.line_ids.rating_id.filtered(lambda r: r.id in levels)
        found = ratings._level_findings(
            levels, frozenset(levels) if self.is_own else frozenset()
        )
        groups = self.env["cadre.review.cap"]._groups(
            self.campaign_id.sudo(), levels=levels
        )
        for group in groups:
            found += caps.check(group, deciding=self.is_own)
        return found

    def _same_numbers(self):
        """``{decision: [other documents of the series with its number]}``."""
        numbered = self.filtered("number_key")
        others = self.sudo().search(
            [
                ("authority_id", "in", numbered.authority_id.ids),
                ("number_key", "in", numbered.mapped("number_key")),
            ]
        )
        by_number = others.grouped(
            lambda d: (d.authority_id, d.kind, d.number_key, d.number_period)
        )
        found = {}
        for decision in numbered:
            key = (
                decision.authority_id,
                decision.kind,
                decision.number_key,
                decision.number_period,
            )
            same = by_number.get(key, others.browse()) - decision
            found[decision] = same.mapped("display_name")
        return found

    def _as_values(self):
        self.ensure_one()
        session = self.sudo().session_id
        laws = self.line_ids.rating_id._laws()
        return decisions.Decision(
            name=self.display_name,
            authority=self.authority_id.name,
            is_own=self.is_own,
            number=self.number or "",
            date=self.date or None,
            signer=self.signer or "",
            capacity=self.capacity or "",
            is_party=self.authority_id.is_party,
            same_number=self._same_numbers().get(self, ()),
            lines=[line._as_values(laws[line.rating_id]) for line in self.line_ids],
            concluded=session and session._day() or None,
            law=self.campaign_id._law(),
        )

    def _come_into_force(self):
        """The lines come into force: they set the level of their ratings."""
        # whoever issues at the same time waits here, and then finds it done
        self.flush_recordset(["state"])
        for line in self.line_ids.filtered(lambda line: not line.superseded_line_id):
            line.superseded_line_id = line.rating_id.decision_line_id
        self.line_ids.rating_id._mark("decide")
        for line in self.line_ids:
            line.rating_id.write({"level": line.level, "decision_line_id": line.id})

    def _withdraw_publications(self):
        """What was published of these ratings is no longer the result."""
        self.line_ids.rating_id._withdraw_publications()

    def _reference(self):
        """Kind, number, date and authority, as papers cite them: in Vietnamese."""
        self.ensure_one()
        self = in_vietnamese(self)
        return self.env._(
            "%(decision)s of %(date)s, %(authority)s",
            decision=self.display_name,
            date=self.date.strftime("%d/%m/%Y"),
            authority=self.authority_id.name,
        )

    # ------------------------------------------------------------------
    # DRAFTING
    # ------------------------------------------------------------------

    @api.model
    def _draft_for(self, ratings):
        """Draft one decision per campaign and authority for these ratings, with
        the last confirmed proposal as the level to be corrected by the clerk."""
        proposed = self.env["cadre.review.opinion"]._latest_levels(
            ratings, ("proposal", "appraisal", "unit", "conference")
        )
        drafts = self.create(
            self._prepare_drafts(
                {
                    rating: {
                        "level": proposed.get(rating.id),
                        "superseded_line_id": rating.decision_line_id.id,
                    }
                    for rating in ratings
                }
            )
        )
        return self._open(drafts)

    @api.model
    def _prepare_drafts(self, lines, **values):
        """Values of one draft per campaign and authority.

        :param dict lines: ``{rating: values of its line}``
        """
        ratings = self.env["cadre.review.rating"].browse(r.id for r in lines)
        return [
            {
                "campaign_id": campaign.id,
                "authority_id": authority.id,
                "kind": "conclusion" if authority.is_own else "decision",
                "capacity": "tm" if authority.is_own else False,
                **values,
                "line_ids": [
                    Command.create({"rating_id": rating.id, **lines[rating]})
                    for rating in group
                ],
            }
            for (campaign, authority), group in ratings.grouped(
                lambda rating: (rating.campaign_id, rating.authority_id)
            ).items()
        ]

    def _open(self, drafts):
        """The list of these documents, or the form of a single one."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cadre_review.cadre_review_decision_action"
        )
        return {**action, "domain": [("id", "in", drafts.ids)]}

    # ------------------------------------------------------------------
    # PICTURE
    # ------------------------------------------------------------------

    def _keep_document(self):
        Picture = self.env["cadre.review.picture"]
        contents = {decision.id: decision._content() for decision in self}
        own = self.filtered("is_own")
        if own:
            Picture._take(own, "decision", contents, REPORT)
        if self - own:
            Picture._take(self - own, "decision", contents)

    def _content(self):
        """The whole document as plain values."""
        self.ensure_one()
        session = self.session_id
        return {
            "campaign": self.campaign_id.name,
            "authority": self.authority_id.name,
            "authority_code": self.authority_id.code,
            "kind": self.kind,
            "number": self.number,
            "date": self.date,
            "signer": self.signer,
            "capacity": self.capacity or "",
            "signer_capacity": self.signer_capacity or "",
            "session": (session and session._day()) or None,
            "source": self.source,
            "source_place": self.source_place or "",
            "files": [
                {"name": file.name, "sha256": fingerprint(file.raw or b"")}
                for file in self.attachment_ids
            ],
            "lines": [line._content() for line in self.line_ids],
        }


class CadreReviewDecisionLine(models.Model):
    """One rating in a decision; immutable once issued."""

    _name = "cadre.review.decision.line"
    _description = "Decision on a Rating"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "decision_id, id"
    _rec_name = "rating_id"

    decision_id = fields.Many2one(
        "cadre.review.decision",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("decision_id.company_id")
    campaign_id = kept_link("decision_id.campaign_id")
    rating_id = fields.Many2one(
        "cadre.review.rating",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('campaign_id', '=', campaign_id)]",
    )
    level = fields.Selection(OUTCOMES)
    reason = fields.Text()
    comment = fields.Text(
        help="Strengths and shortcomings as the authority states them.",
    )
    superseded_line_id = fields.Many2one(
        "cadre.review.decision.line",
        string="Supersedes",
        index="btree_not_null",
        ondelete="restrict",
    )

    standing = fields.Selection(
        [
            ("draft", "Draft"),
            ("in_force", "In force"),
            ("superseded", "Superseded"),
        ],
        compute="_compute_standing",
    )

    _rating_uniq = models.Constraint(
        "unique(decision_id, rating_id)", "This rating is already in the decision."
    )

    @api.depends("decision_id.state", "rating_id.decision_line_id")
    def _compute_standing(self):
        for line in self:
            if line.decision_id.state != "issued":
                line.standing = "draft"
            elif line.rating_id.sudo().decision_line_id == line:
                line.standing = "in_force"
            else:
                line.standing = "superseded"

    @api.constrains("level", "rating_id")
    def _check_level_exists(self):
        self.rating_id._check_levels_exist(
            [(line.rating_id, line.level) for line in self]
        )

    def _as_values(self, law):
        self.ensure_one()
        rating = self.rating_id.sudo()
        in_force, superseded = rating.decision_line_id, self.sudo().superseded_line_id
        authority = self.sudo().decision_id.authority_id
        return decisions.Line(
            name=rating.display_name,
            law=law,
            outcome=self.level or "",
            authority=rating.authority_id.name or "",
            state=rating.state,
            dossier_accepted=rating.dossier_id.state == "accepted",
            in_force=bool(in_force),
            supersedes=bool(superseded),
            astray=bool(superseded) and superseded != in_force,
            reason=self.reason or "",
            person=rating.cadre_id.name or "",
            on_self=self.env.user == rating.user_id,
            on_member=bool(rating.user_id & authority.decider_user_ids),
            conferred=rating._conferred_on(),
        )

    def _draft_correction(self, reason=None):
        """Drafts whose lines supersede these, at the level that was given."""
        return self.env["cadre.review.decision"].create(
            self.env["cadre.review.decision"]._prepare_drafts(
                {
                    line.rating_id: {
                        "level": line.level,
                        "comment": line.comment,
                        "reason": reason,
                        "superseded_line_id": line.id,
                    }
                    for line in self
                }
            )
        )

    # ------------------------------------------------------------------
    # PICTURE
    # ------------------------------------------------------------------

    def _content(self):
        self.ensure_one()
        rating, superseded = self.rating_id, self.superseded_line_id
        return {
            "subject": rating.name,
            "code": rating.cadre_id.code or rating.unit_id.code,
            "title": rating.title or "",
            "unit": rating.dossier_id.unit_name,
            "regulation": rating.regulation_id.code,
            "level": self.level,
            "level_label": rating.regulation_id._label(self.level) or self.level,
            "reason": self.reason or "",
            "comment": self.comment or "",
            "supersedes": superseded.decision_id.display_name if superseded else "",
        }


class CadreReviewRating(models.Model):
    """What was decided on a rating, one document after the other."""

    _inherit = "cadre.review.rating"

    decision_line_ids = fields.One2many(
        "cadre.review.decision.line", "rating_id", string="Decisions", groups=DECIDING
    )

    def _conferred_on(self):
        """Day of the unit's conference on this rating, or None."""
        conference = self.sudo().dossier_id.conference_ids[:1]
        if not conference.date_start:
            return None
        return local_day(conference.date_start, self.campaign_id.tz)
