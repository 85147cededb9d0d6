from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import caps, sessions
from ...rules.stages import STAGES
from ..base.kept_link import kept_link
from ..base.levels import LEVELS, OUTCOMES
from ..base.local_today import local_day
from ..base.move_mixin import Move
from ..base.stages import each_stage
from ..campaign.campaign import RATED_HERE
from ..dossier.rating import DECIDING
from .order import OPEN

RECORDED = (
    *("level", "reason", "comment", "is_postponed"),
    *("agreed", "disagreed", "abstained"),
)


class CadreReviewSession(models.Model):
    """The authority in session: who attended, what it concluded on each rating.

    Individuals do not decide: the clerk records, the signed paper proves. Of a
    session that is concluded, ratings in its authority become a draft decision, the
    others go onward as the owner's proposal.

    - the office prepares it and records it until it is concluded;
    - the members of the authority read it once it is prepared.
    """

    _name = "cadre.review.session"
    _description = "Session of the Authority"
    _inherit = ["cadre.review.move.mixin", "cadre.review.source.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _stops_with_campaign = True
    _parts = ("line_ids", "attendance_ids")

    _moves = {
        "prepare": Move(("draft",), "prepared", ("office",)),
        "conclude": Move(
            ("prepared",), "concluded", ("office",), then=("_carry_conclusions",)
        ),
        "reopen": Move(
            ("prepared", "concluded"),
            "draft",
            ("office",),
            reason=True,
            then=("_undo_conclusions",),
        ),
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
        "cadre.review.authority",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_authority_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("prepared", "Prepared"),
            ("concluded", "Concluded"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )
    date_start = fields.Datetime(string="Start")
    date_end = fields.Datetime(string="End")
    place = fields.Char(string="Venue")
    chair = fields.Char()
    secretary = fields.Char()
    minutes_number = fields.Char(help="Filled in after signing.")
    minutes_date = fields.Date(help="Filled in after signing.")
    proceedings = fields.Html(help="Opinions noted and conclusions, as in the minutes.")
    attendance_ids = fields.One2many("cadre.review.session.attendance", "session_id")
    line_ids = fields.One2many(
        "cadre.review.session.line", "session_id", string="Ratings"
    )
    decision_ids = fields.One2many(
        "cadre.review.decision", "session_id", string="Decisions"
    )
    decision_count = fields.Integer(compute="_compute_counts")
    present_count = fields.Integer(string="Present", compute="_compute_counts")
    line_count = fields.Integer(string="Ratings Before It", compute="_compute_counts")
    concluded_count = fields.Integer(
        string="Ratings Concluded", compute="_compute_counts"
    )
    late_dossier_ids = fields.Many2many(
        "cadre.review.dossier", string="Late", compute="_compute_pack"
    )
    incomplete_dossier_ids = fields.Many2many(
        "cadre.review.dossier", string="Not Accepted", compute="_compute_pack"
    )
    can_prepare = fields.Boolean(compute="_compute_can")
    can_conclude = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_record = fields.Boolean(compute="_compute_can_record")
    # orders
    order_ids = fields.Many2many(
        "cadre.review.order",
        string="Reported for Re-evaluation",
        compute="_compute_order_ids",
    )

    @api.depends("campaign_id")
    def _compute_authority_id(self):
        for session in self:
            session.authority_id = session.authority_id or session.campaign_id.owner_id

    @api.depends("authority_id", "date_start")
    def _compute_display_name(self):
        for session in self:
            day = session._day()
            session.display_name = self.env._(
                "Session of %(authority)s%(day)s",
                authority=session.authority_id.name or "",
                day=f" – {day:%d/%m/%Y}" if day else "",
            )

    @api.depends("attendance_ids.is_present", "line_ids.level", "line_ids.is_postponed")
    def _compute_counts(self):
        for session in self:
            session.decision_count = len(session.decision_ids)
            session.present_count = len(session._present())
            session.line_count = len(session.line_ids)
            session.concluded_count = len(
                session.line_ids.filtered(lambda line: line.level or line.is_postponed)
            )

    @api.depends("campaign_id")
    def _compute_pack(self):
        """What lies before the members beside the ratings."""
        for session in self:
            dossiers = self.env["cadre.review.dossier"].search(
                [
                    ("campaign_id", "=", session.campaign_id.id),
                    ("state", "!=", "excluded"),
                ]
            )
            session.late_dossier_ids = dossiers.filtered(lambda d: d.days_late > 0)
            session.incomplete_dossier_ids = dossiers.filtered(
                lambda d: d.state != "accepted"
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_record(self):
        allowed = self._in_running_campaign()._in_role("office")
        for session in self:
            session.can_record = session.state != "concluded" and session in allowed

    @api.model_create_multi
    def create(self, vals_list):
        sessions_ = super().create(vals_list)
        sessions_.filtered(lambda s: not s.attendance_ids)._add_members()
        return sessions_

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda session: session.state != "draft"):
            raise UserError(self.env._("A session that was prepared is never deleted."))

    def _add_members(self):
        """The members of the authority in office, present until somebody says not."""
        users = self.authority_id.sudo().decider_user_ids
        cadres = (
            self.env["cadre.review.cadre"].sudo().search([("user_id", "in", users.ids)])
        )
        by_user = {cadre.user_id: cadre for cadre in cadres}
        rows = []
        for session in self:
            for user in session.authority_id.sudo().decider_user_ids:
                cadre = by_user.get(user, cadres.browse())
                rows.append(
                    {
                        "session_id": session.id,
                        "name": cadre.name or user.name,
                        "title": cadre.title,
                        "cadre_id": cadre.id,
                    }
                )
        self.env["cadre.review.session.attendance"].create(rows)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_gather(self):
        """Take the appraised ratings that wait for a conclusion into the session."""
        self._check_records()
        for session in self:
            waiting = self.env["cadre.review.rating"].search(
                [
                    ("campaign_id", "=", session.campaign_id.id),
                    *RATED_HERE,
                    ("state", "=", "proposed"),
                    ("dossier_id.state", "=", "accepted"),
                ]
            )
            session._add_ratings(waiting - session.line_ids.rating_id)
        return True

    def action_conclude_as_appraised(self):
        """Enter the appraised level where nothing has been entered yet."""
        self._check_records()
        for session in self:
            blank = session.line_ids.filtered(
                lambda line: not line.level and not line.is_postponed
            )
            appraised = blank._appraised()
            session._record_conclusions(
                {
                    line.rating_id.id: {"level": appraised[line.rating_id.id]}
                    for line in blank
                    if appraised.get(line.rating_id.id)
                }
            )
        return True

    def action_prepare(self):
        return self._ask("prepare")

    def action_conclude(self):
        return self._ask("conclude")

    def action_reopen(self):
        return self._ask("reopen")

    def action_view_decisions(self):
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "cadre_review.cadre_review_decision_action"
            ),
            "domain": [("session_id", "=", self.id)],
        }

    def action_view_lines(self):
        """The ratings before the session on a screen of their own."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "cadre_review.cadre_review_session_line_action"
            ),
            "domain": [("session_id", "=", self.id)],
            "context": {"default_session_id": self.id},
        }

    # ------------------------------------------------------------------
    # RECORDING
    # ------------------------------------------------------------------

    def _check_records(self):
        """Refuse who does not record these sessions, and what is concluded."""
        self.check_access("write")
        done = self.filtered(lambda session: not session.can_record)
        if done:
            raise UserError(
                self.env._(
                    "%(sessions)s: nothing is recorded any more; reopen it with a "
                    "reason.",
                    sessions=", ".join(done.mapped("display_name")),
                )
            )

    def _add_ratings(self, ratings):
        self.ensure_one()
        return self.env["cadre.review.session.line"].create(
            [{"session_id": self.id, "rating_id": rating.id} for rating in ratings]
        )

    def _record_conclusions(self, conclusions):
        """Record conclusions on many ratings at once, all or none.

        Ratings that are not before the session yet are taken into it. Checked as the
        user; what each level was before stands in the rating's history.

        :param dict conclusions: ``{rating_id: values}`` with keys of ``RECORDED``
        :raise UserError: naming every rating that is not one of the campaign's, and
            every value that is not recorded this way
        """
        self.ensure_one()
        self._check_records()
        strange = {key for values in conclusions.values() for key in values}
        strange -= set(RECORDED)
        ratings = self.env["cadre.review.rating"].browse(conclusions)
        known = ratings.search(
            [
                ("id", "in", list(conclusions)),
                ("campaign_id", "=", self.campaign_id.id),
                *RATED_HERE,
            ]
        )
        if strange or len(known) < len(conclusions):
            raise UserError(
                self.env._(
                    "%(session)s: these are not ratings of the campaign, or not values "
                    "that a session records: %(what)s.",
                    session=self.display_name,
                    what=", ".join(
                        [*map(str, (ratings - known).ids), *sorted(strange)]
                    ),
                )
            )
        self._add_ratings(known - self.line_ids.rating_id)
        by_rating = {line.rating_id.id: line for line in self.line_ids}
        same = defaultdict(list)
        for rating_id, values in conclusions.items():
            same[tuple(sorted(values.items()))].append(by_rating[rating_id].id)
        lines = self.env["cadre.review.session.line"].browse(
            line_id for ids in same.values() for line_id in ids
        )
        lines.check_access("write")
        with lines.sudo()._logging_levels():
            for values, ids in same.items():
                lines.sudo().browse(ids).write(dict(values))
        return lines

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _default_source(self):
        return "paper"

    def _is_author(self):
        return False

    def _blockers(self, name):
        if name == "reopen":
            return self._issued_findings()
        findings = [] if name == "prepare" else self._source_findings()
        for session in self:
            values = session._as_values()
            if name == "prepare":
                findings += sessions.check_agenda(values)
            else:
                findings += sessions.check(values, session.campaign_id._today())
                findings += session._level_findings()
        return findings

    def _issued_findings(self):
        findings = []
        for session in self:
            issued = session.sudo().decision_ids.filtered(lambda d: d.state == "issued")
            findings += sessions.check_reopening(
                session._as_values(), issued.mapped("display_name")
            )
        return findings

    def _level_findings(self):
        """The law on the levels, and the caps: they refuse what we ourselves decide."""
        self.ensure_one()
        lines = self.line_ids.filtered(
            lambda line: line.level and not line.is_postponed
        )
        levels = {line.rating_id.id: line.level for line in lines}
        if not levels:
            return []
        own = lines.filtered(lambda line: not line.is_onward).rating_id
        found = lines.rating_id._level_findings(
            levels, frozenset(own.ids) if self.authority_id.is_own else frozenset()
        )
        for group in self.env["cadre.review.cap"]._groups(
            self.campaign_id.sudo(), levels=levels
        ):
            found += caps.check(group, deciding=True)
        return found

    def _day(self):
        self.ensure_one()
        return self.date_start and local_day(self.date_start, self.campaign_id.tz)

    def _present(self):
        """Members of the authority who attended; the invited do not vote."""
        return self.attendance_ids.filtered(
            lambda person: person.is_present and person.kind == "member"
        )

    def _as_values(self):
        self.ensure_one()
        members = self.attendance_ids.filtered(lambda person: person.kind == "member")
        present = self._present()
        appraised = self.line_ids._appraised()
        ratings = self.line_ids.rating_id
        commented = self.env["cadre.review.opinion"]._commented_by_party(ratings)
        laws = ratings._laws()
        return sessions.Session(
            name=self.display_name,
            law=self.campaign_id._law(),
            date=self._day() or None,
            place=self.place or "",
            chair=self.chair or "",
            secretary=self.secretary or "",
            members=len(members),
            present=len(present),
            lines=[
                line._as_values(
                    laws[line.rating_id],
                    present,
                    appraised.get(line.rating_id.id) or "",
                    commented,
                )
                for line in self.line_ids
            ],
        )

    def _carry_conclusions(self):
        """Proposals to the authority above, and drafts of our own decisions."""
        # whoever concludes at the same time waits here, and then finds it done
        self.flush_recordset(["state"])
        for session in self:
            lines = session.line_ids.filtered(lambda line: not line.is_postponed)
            onward = lines.filtered("is_onward")
            onward._propose()
            session._draft_decisions(lines - onward)

    def _draft_decisions(self, lines):
        self.ensure_one()
        Decision = self.env["cadre.review.decision"]
        Decision.create(
            Decision._prepare_drafts(
                {
                    line.rating_id: {
                        "level": line.level,
                        "reason": line.reason,
                        "comment": line.comment,
                        "superseded_line_id": line.rating_id.decision_line_id.id,
                    }
                    for line in lines
                },
                session_id=self.id,
            )
        )

    def _undo_conclusions(self):
        """Nothing of what followed from the conclusions stays behind."""
        self.decision_ids.filtered(lambda d: d.state == "draft").unlink()
        self.env["cadre.review.opinion"].search(
            [
                ("session_id", "in", self.ids),
                ("stage", "=", "proposal"),
                ("state", "=", "confirmed"),
            ]
        ).write({"state": "draft"})

    # ------------------------------------------------------------------
    # ORDERS
    # ------------------------------------------------------------------

    @api.depends("campaign_id.state")
    def _compute_order_ids(self):
        """Part of the pack: what the office asks the authority to order."""
        for session in self:
            session.order_ids = self.env["cadre.review.order"].search(
                [("campaign_id", "=", session.campaign_id.id), ("state", "in", OPEN)]
            )


class CadreReviewSessionAttendance(models.Model):
    """Somebody at a session; its rights are those of the session."""

    _name = "cadre.review.session.attendance"
    _description = "Attendance at a Session"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "session_id, kind desc, sequence, id"

    session_id = fields.Many2one(
        "cadre.review.session",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("session_id.company_id")
    campaign_id = kept_link("session_id.campaign_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    title = fields.Char()
    cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        help="Where the person is rated as well: nobody sits on their own case.",
    )
    kind = fields.Selection(
        [("member", "Member"), ("invited", "Invited")], required=True, default="member"
    )
    is_present = fields.Boolean(string="Present", default=True)
    reason = fields.Char(string="Reason of Absence")


class CadreReviewSessionLine(models.Model):
    """What a session concluded on one rating: totals of votes, no voter's name."""

    _name = "cadre.review.session.line"
    _description = "Conclusion of a Session"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "session_id, id"
    _rec_name = "rating_id"

    session_id = fields.Many2one(
        "cadre.review.session",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("session_id.company_id")
    campaign_id = kept_link("session_id.campaign_id")
    state = fields.Selection(related="session_id.state", string="State of the Session")
    rating_id = fields.Many2one(
        "cadre.review.rating",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        domain="[('campaign_id', '=', campaign_id)]",
    )
    unit_name = fields.Char(related="rating_id.unit_name")
    authority_id = fields.Many2one(related="rating_id.authority_id")
    is_onward = fields.Boolean(
        string="Goes Onward",
        compute="_compute_is_onward",
        help="Decided by another authority: the conclusion is a proposal to it.",
    )
    vars().update(
        each_stage(
            "{}_level",
            lambda stage: fields.Selection(
                LEVELS, string=stage.level_label, compute="_compute_stage_levels"
            ),
        )
    )
    level = fields.Selection(OUTCOMES, string="Concluded")
    reason = fields.Text(help="Why it differs from the appraisal, or is put off.")
    comment = fields.Text(
        string="The Authority's Comment",
        help="Strengths and shortcomings as the session states them.",
    )
    is_postponed = fields.Boolean(string="Put Off")
    agreed = fields.Integer(help="Votes for the conclusion: a total.")
    disagreed = fields.Integer()
    abstained = fields.Integer()
    recused_ids = fields.Many2many(
        "cadre.review.session.attendance",
        "cadre_review_session_recusal_rel",
        string="Stepped Out",
        domain="[('session_id', '=', session_id)]",
        help="Who left the room for this case.",
    )

    _rating_uniq = models.Constraint(
        "unique(session_id, rating_id)", "This rating is before the session already."
    )
    _not_negative = models.Constraint(
        "CHECK (LEAST(agreed, disagreed, abstained) >= 0)",
        "A number of votes is negative.",
    )

    @api.depends("rating_id", "session_id.authority_id")
    def _compute_is_onward(self):
        for line in self:
            line.is_onward = (
                line.rating_id.sudo().authority_id != line.session_id.authority_id
            )

    @api.depends("rating_id.opinion_ids.proposed_level")
    @api.depends_context("uid")
    def _compute_stage_levels(self):
        """Of the stages that the user may read: the session is prepared while some
        dossiers are still with their units."""
        levels = self.sudo().rating_id.sudo(False)._readable_levels()
        for line in self:
            for stage in STAGES:
                line[f"{stage}_level"] = levels.get((line.rating_id.id, stage), False)

    @api.constrains("level", "rating_id")
    def _check_level_exists(self):
        self.rating_id._check_levels_exist(
            [(line.rating_id, line.level) for line in self]
        )

    @api.constrains("rating_id", "session_id", "recused_ids")
    def _check_belongs(self):
        for line in self.sudo():
            if line.rating_id.campaign_id != line.session_id.campaign_id:
                raise UserError(
                    self.env._(
                        "%(subject)s is not rated in this campaign.",
                        subject=line.rating_id.display_name,
                    )
                )
            if line.recused_ids.session_id - line.session_id:
                raise UserError(
                    self.env._(
                        "%(subject)s: who steps out attends this very session.",
                        subject=line.rating_id.display_name,
                    )
                )

    def write(self, vals):
        # who records many at once, checked before, keeps the history of all in one go
        if "level" not in vals or self.env.su:
            return super().write(vals)
        with self._logging_levels():
            return super().write(vals)

    def _logging_levels(self):
        return LevelLog(self)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _appraised(self):
        """``{rating_id: level}`` that the office proposes to the session."""
        return self.env["cadre.review.opinion"]._latest_levels(
            self.rating_id, ("appraisal", "unit", "conference")
        )

    def _as_values(self, law, present, appraised, commented):
        self.ensure_one()
        rating = self.rating_id.sudo()
        seated = present.filtered(
            lambda person: rating.cadre_id
            and (
                person.cadre_id == rating.cadre_id
                if person.cadre_id
                else sessions.is_oneself(person.name, rating.name)
            )
        )
        return sessions.Line(
            name=rating.display_name,
            law=law,
            outcome=self.level or "",
            appraised=appraised,
            reason=self.reason or "",
            postponed=self.is_postponed,
            is_onward=self.is_onward,
            state=rating.state,
            dossier_accepted=rating.dossier_id.state == "accepted",
            has_party_comment=not rating.cadre_id or rating in commented,
            present=bool(seated),
            recused=not seated - self.recused_ids,
            votes=(self.agreed, self.disagreed, self.abstained),
            voters=len(present - self.recused_ids),
            conferred=rating._conferred_on(),
        )

    def _propose(self):
        """The session's conclusions as the owner's proposals to the authority above."""
        Opinion = self.env["cadre.review.opinion"]
        drafts = Opinion.search(
            [("rating_id", "in", self.rating_id.ids), ("stage", "=", "proposal")]
        ).grouped("rating_id")
        fresh = []
        for line in self:
            session = line.session_id
            values = {
                "proposed_level": line.level,
                "conclusion": line.comment,
                "level_reason": line.reason,
                "number": session.minutes_number,
                "date": session.minutes_date or session._day(),
                "signer": session.chair,
                "source": session.source,
                "source_place": session.source_place,
                "session_id": session.id,
                "state": "confirmed",
            }
            if opinion := drafts.get(line.rating_id):
                opinion.write(values)
            else:
                fresh.append(
                    {"rating_id": line.rating_id.id, "stage": "proposal", **values}
                )
        Opinion.create(fresh)


class LevelLog:
    """Around a write on lines: each rating's history gets what its level was and
    became, and in whose name, so that of two clerks neither's entry is lost."""

    def __init__(self, lines):
        self.lines = lines

    def __enter__(self):
        self.before = {line: line.level for line in self.lines}

    def __exit__(self, kind, *_error):
        if kind:
            return
        labels = dict(
            self.lines._fields["level"]._description_selection(self.lines.env)
        )
        changes = defaultdict(list)
        for line, old in self.before.items():
            if line.level != old:
                changes[old, line.level].append(line.rating_id.id)
        ratings = self.lines.env["cadre.review.rating"]
        for (old, new), ids in changes.items():
            self.lines.env["cadre.review.event"]._record(
                ratings.browse(ids),
                "record",
                f"{labels.get(old, '–')} → {labels.get(new, '–')}",
            )


class CadreReviewOpinion(models.Model):
    _inherit = "cadre.review.opinion"

    session_id = fields.Many2one(
        "cadre.review.session",
        string="Concluded In",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
    )


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    session_line_ids = fields.One2many(
        "cadre.review.session.line", "rating_id", string="Sessions", groups=DECIDING
    )


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    session_ids = fields.One2many(
        "cadre.review.session", "campaign_id", string="Sessions"
    )

    def action_view_sessions(self):
        self.check_access("read")
        action = self._view("cadre_review.cadre_review_session_action")
        return {**action, "context": {"default_campaign_id": self.id}}
