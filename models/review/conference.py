from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import meetings
from ...rules.dossiers import OPEN_TO_UNIT
from ...rules.review import AT_ADOPTION, AT_CONFERENCE
from ..base.local_today import local_moment
from ..base.move_mixin import Move


class CadreReviewConference(models.Model):
    """The conference at which a unit reviews itself: before it, the meeting, minutes.

    Its subjects stand on the agenda; one or more bodies vote on them; ballots are
    recorded as totals, and nothing ties a person to a vote.

    - officers of the unit record it while the dossier is open to the unit, the
      office on their behalf;
    - adopted, its minutes are kept as they are; a mistake is corrected by a new
      version, with a reason, and the old one stays;
    - the office and the authority read it from the hand-in on.
    """

    _name = "cadre.review.conference"
    _description = "Review Conference"
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

    _moves = {
        "hold": Move(("draft",), "held", ("officer", "office"), stages=OPEN_TO_UNIT),
        "adopt": Move(
            ("held",),
            "adopted",
            ("officer", "office"),
            stages=OPEN_TO_UNIT,
            then=(
                "_date_adoption",
                "_give_opinions",
                "_review_ratings",
                "_keep_minutes",
            ),
        ),
        "reopen": Move(("held",), "draft", ("officer", "office"), stages=OPEN_TO_UNIT),
        "correct": Move(
            ("adopted",),
            "draft",
            ("officer", "office"),
            reason=True,
            stages=OPEN_TO_UNIT,
            then=("_begin_version",),
        ),
    }
    _parts = ("tally_ids", "subject_ids", "attendance_ids", "body_ids")

    state = fields.Selection(
        [("draft", "Draft"), ("held", "Held"), ("adopted", "Minutes adopted")],
        default="draft",
        required=True,
        copy=False,
        gated=True,
    )
    version = fields.Integer(
        default=1,
        required=True,
        gated=True,
        copy=False,
        help="Rises each time adopted minutes are corrected.",
    )

    # before the meeting
    date_planned = fields.Date(string="Planned For")
    date_review_due = fields.Date(
        string="Last Day of the Review", compute="_compute_date_review_due"
    )
    date_year_end = fields.Date(related="dossier_id.date_year_end", readonly=False)
    date_studied = fields.Date(
        string="Documents Studied On",
        help="When the unit studied what the campaign rests on (the letter, point 1).",
    )
    study_note = fields.Char(
        string="How They Were Studied", help="At which meeting, by whom, with whom."
    )
    basis_ids = fields.One2many(
        related="campaign_id.basis_ids", string="Documents to Study"
    )
    date_draft_sent = fields.Date(
        string="Draft Report Sent", help="When those convened got the draft report."
    )

    # the meeting
    date_start = fields.Datetime(string="Start")
    date_end = fields.Datetime(string="End")
    place = fields.Char(string="Venue")
    chair = fields.Char()
    secretary = fields.Char()
    attendance_ids = fields.One2many("cadre.review.attendance", "conference_id")
    convened = fields.Integer(
        compute="_compute_attendance",
        store=True,
        readonly=False,
        precompute=True,
        help="NĐ 90/2020/NĐ-CP Điều 17 khoản 2: the leadership of the organ where the "
        "person works.",
    )
    present = fields.Integer(
        compute="_compute_attendance", store=True, readonly=False, precompute=True
    )
    absent = fields.Integer(
        compute="_compute_attendance", store=True, readonly=False, precompute=True
    )
    absence_reasons = fields.Text(
        compute="_compute_attendance",
        store=True,
        readonly=False,
        precompute=True,
        help="Each absent person with the reason.",
    )
    body_ids = fields.One2many(
        "cadre.review.conference.body", "conference_id", string="Bodies That Vote"
    )
    subject_ids = fields.One2many(
        "cadre.review.conference.subject", "conference_id", string="Agenda"
    )
    tally_ids = fields.One2many("cadre.review.tally", "conference_id", string="Tallies")
    ballot_mode = fields.Selection(
        [("secret", "Secret ballot"), ("open", "Show of hands")],
        default="secret",
        help="Thông lệ: no text in force fixes it; take what the local guidance says.",
    )
    proceedings = fields.Html(help="Opinions noted and conclusions, as in the minutes.")

    # the minutes
    date_adopted = fields.Date(
        string="Minutes Adopted On", help="Empty: the day on which the meeting ended."
    )
    minutes_number = fields.Char(
        help="Filled in after signing. NĐ 30/2020/NĐ-CP Phụ lục III Mẫu 1.9.",
    )
    minutes_date = fields.Date(help="Filled in after signing.")
    picture_ids = fields.Many2many(
        "cadre.review.picture",
        string="Minutes Adopted",
        compute="_compute_picture_ids",
        help="Each version of each body's minutes, as adopted.",
    )
    can_hold = fields.Boolean(compute="_compute_can")
    can_adopt = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")
    # points suggested
    suggestion_count = fields.Integer(related="dossier_id.suggestion_count")
    has_report = fields.Boolean(compute="_compute_has_report")

    _dossier_uniq = models.Constraint(
        "unique(dossier_id)", "The dossier already has its conference."
    )

    @api.depends("dossier_id")
    def _compute_display_name(self):
        for conference in self:
            conference.display_name = self.env._(
                "Conference of %(unit)s", unit=conference.sudo().dossier_id.unit_name
            )

    @api.depends("campaign_id")
    def _compute_date_review_due(self):
        days = self.sudo().dossier_id._review_last_days()
        for conference in self:
            conference.date_review_due = days.get(conference.dossier_id.id)

    @api.depends(
        "attendance_ids.kind", "attendance_ids.status", "attendance_ids.reason"
    )
    def _compute_attendance(self):
        """Counted from the list of names where there is one, else as typed."""
        for conference in self:
            listed = conference.attendance_ids.filtered(lambda a: a.kind == "member")
            if not listed:
                for name in ("convened", "present", "absent", "absence_reasons"):
                    conference[name] = conference[name]
                continue
            away = listed.filtered(lambda a: a.status == "absent")
            conference.convened = len(listed)
            conference.absent = len(away)
            conference.present = len(listed) - len(away)
            conference.absence_reasons = "\n".join(
                f"{a.name}: {a.reason or ''}" for a in away
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_picture_ids(self):
        bodies = self.body_ids
        pictures = self.env["cadre.review.picture"].search(
            [("res_model", "=", bodies._name), ("res_id", "in", bodies.ids)]
        )
        by_body = pictures.grouped("res_id")
        for conference in self:
            conference.picture_ids = pictures.browse().union(
                *(
                    by_body.get(body.id, pictures.browse())
                    for body in conference.body_ids
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        conferences = super().create(vals_list)
        conferences.filtered(lambda c: not c.subject_ids)._add_subjects()
        conferences.filtered(lambda c: not c.body_ids)._add_own_body()
        return conferences

    def write(self, vals):
        if "subject_ids" in vals:
            # lines are written one by one, each reading what is not there yet
            for lines in (self.subject_ids, self.subject_ids.rating_id, self.tally_ids):
                lines.fetch()
            self.subject_ids.mapped("tally_ids")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda conference: conference.state != "draft"):
            raise UserError(self.env._("A conference that was held is never deleted."))

    def _add_subjects(self):
        """The agenda in its lawful order: whoever is rated in the dossier."""
        self.env["cadre.review.conference.subject"].create(
            [
                {
                    "conference_id": conference.id,
                    "rating_id": rating.id,
                    "agenda_no": number,
                }
                for conference in self
                for number, rating in enumerate(
                    conference.sudo().dossier_id._subjects()._in_lawful_order(), 1
                )
            ]
        )

    def _add_own_body(self):
        self.env["cadre.review.conference.body"].create(
            [
                {
                    "conference_id": conference.id,
                    "name": conference.sudo().dossier_id.unit_name,
                    "kind": "unit",
                }
                for conference in self
            ]
        )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_hold(self):
        return self._ask("hold")

    def action_adopt(self):
        return self._ask("adopt")

    def action_reopen(self):
        return self._ask("reopen")

    def action_correct(self):
        """A new version of adopted minutes; the old one is kept."""
        return self._ask("correct")

    def action_convene(self):
        """Put on the list those of the unit who are not there yet."""
        self.ensure_one()
        self.check_access("write")
        # with all rights: who also has a post here may be of another unit
        self.env["cadre.review.attendance"].sudo().create(
            self._prepare_attendance_values()
        )

    def action_join_party_body(self):
        """The party body meets and votes at the same meeting, with minutes of its
        own."""
        self.check_access("write")
        alone = self.filtered(
            lambda c: "party" not in c.body_ids.mapped("kind") and c._party_body()
        )
        self.env["cadre.review.conference.body"].create(
            [
                {
                    "conference_id": conference.id,
                    "name": conference._party_body().name,
                    "kind": "party",
                    "party_body_id": conference._party_body().id,
                }
                for conference in alone
            ]
        )
        if self - alone:
            raise UserError(
                self.env._(
                    "%(names)s: the unit has no party body, or it is on the list of "
                    "bodies already.",
                    names=", ".join((self - alone).mapped("display_name")),
                )
            )

    def action_print_minutes(self):
        """The minutes of each body that met: as adopted, or as they stand."""
        return self.env.ref("cadre_review.action_report_minutes").report_action(
            self.body_ids
        )

    def action_print_counting(self):
        """The counting minutes of each body that voted, from the totals."""
        return self.env.ref("cadre_review.action_report_counting").report_action(
            self.body_ids
        )

    def _party_body(self):
        return self.sudo().dossier_id.unit_id.party_body_id

    def _prepare_attendance_values(self):
        """Those reviewed in the dossier and those with a post in the unit."""
        self.ensure_one()
        dossier, Post = self.sudo().dossier_id, self.env["cadre.review.post"].sudo()
        people = {
            rating.cadre_id: rating.title
            for rating in dossier.rating_ids._in_lawful_order()
            if rating.cadre_id and not rating.has_left
        }
        posts = Post.search(
            [
                ("unit_id", "=", dossier.unit_id.id),
                *Post._in_force_domain(dossier.campaign_id.scope_date),
            ]
        )
        for post in posts:
            people.setdefault(post.cadre_id, post.title)
        return [
            {
                "conference_id": self.id,
                "cadre_id": cadre.id,
                "name": cadre.name,
                "title": title,
                "sequence": number,
            }
            for number, (cadre, title) in enumerate(people.items(), 1)
            if cadre not in self.attendance_ids.cadre_id
        ]

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _blockers(self, name):
        if name in ("reopen", "correct"):
            return []
        rules = AT_ADOPTION if name == "adopt" else AT_CONFERENCE
        return [*self._source_findings(), *self.dossier_id._rule_findings(rules)]

    def _as_values(self):
        self.ensure_one()
        return meetings.Meeting(
            name=self.display_name,
            start=self._local(self.date_start),
            end=self._local(self.date_end),
            place=self.place or "",
            chair=self.chair or "",
            secretary=self.secretary or "",
            convened=self.convened,
            present=self.present,
            absent=self.absent,
            absence_reasons=self.absence_reasons or "",
            attendees=tuple(a._as_values() for a in self.attendance_ids),
            bodies=tuple(
                meetings.Body(body.name, body.present) for body in self.body_ids
            ),
            planned=self.date_planned or None,
            studied=self.date_studied or None,
            adopted=self.date_adopted or None,
        )

    def _local(self, moment):
        """A moment as the clock showed it where the council sits, or None."""
        return local_moment(moment, self.sudo().campaign_id.tz) if moment else None

    def _date_adoption(self):
        for conference in self.filtered(lambda c: not c.date_adopted):
            conference.date_adopted = conference._local(conference.date_end).date()

    def _review_ratings(self):
        ratings = self.subject_ids.rating_id
        ratings.filtered(lambda r: r.state == "draft")._mark("review")

    def _keep_minutes(self):
        """The minutes of each body, as they were adopted."""
        self.body_ids._take_minutes()

    def _move_back(self):
        """The move that opens a held or adopted conference again."""
        self.ensure_one()
        return "correct" if self.state == "adopted" else "reopen"

    def _give_opinions(self):
        """The conclusions become the conference's opinions on the ratings."""
        Opinion = self.env["cadre.review.opinion"]
        existing = Opinion.search(
            [
                ("rating_id", "in", self.subject_ids.rating_id.ids),
                ("stage", "=", "conference"),
            ]
        ).grouped("rating_id")
        fresh = []
        for subject in self.subject_ids:
            values = {
                "proposed_level": subject.concluded_level,
                "conclusion": subject.conclusion,
                "state": "confirmed",
                "source": subject.conference_id.source,
                "source_place": subject.conference_id.source_place,
            }
            if opinion := existing.get(subject.rating_id):
                opinion.write(values)
            else:
                fresh.append(
                    {"rating_id": subject.rating_id.id, "stage": "conference", **values}
                )
        Opinion.create(fresh)

    def _begin_version(self):
        """What was adopted before opens again with what it says."""
        for conference in self:
            conference.version += 1
        ratings = self.subject_ids.rating_id
        ratings.filtered(lambda r: r.state == "reviewed")._mark("reopen")
        opinions = ratings.opinion_ids.filtered(lambda o: o.stage == "conference")
        opinions.state = "draft"

    # ------------------------------------------------------------------
    # POINTS SUGGESTED
    # ------------------------------------------------------------------

    @api.depends("dossier_id.report_ids", "dossier_id.state")
    @api.depends_context("uid")
    def _compute_has_report(self):
        """One that the user reads, or may begin."""
        for conference in self:
            dossier = conference.dossier_id
            conference.has_report = bool(dossier.can_prepare or dossier.report_ids)

    def action_view_suggestions(self):
        return self.dossier_id.action_view_suggestions()

    def action_open_report(self):
        return self.dossier_id.action_open_report()
