from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...rules import plans
from ...rules.findings import blocking
from ...rules.formalism import says_nothing
from ..base.kept_link import kept_link
from ..base.local_today import local_today
from ..base.move_mixin import Move
from ..review.shortcoming import STATES


class CadreReviewPlan(models.Model):
    """How a unit, or a person, remedies what the review found wanting.

    It lives through the year, also after the campaign is closed; open lines never
    keep a campaign from closing.

    - the unit's officers and the office write it, the head or the office adopts it;
    - the person reads their own; office and authority read all.
    """

    _name = "cadre.review.plan"
    _description = "Remediation Plan"
    _inherit = [
        "cadre.review.dossier.part.mixin",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
    ]
    _order = "campaign_id, unit_id, rating_id, id"
    _parts = ("line_ids",)

    _moves = {
        "adopt": Move(("draft",), "running", ("head", "office")),
        "reopen": Move(("running",), "draft", ("office",), reason=True),
        "finish": Move(("running",), "done", ("head", "office"), then=("_seal_done",)),
        "resume": Move(("done",), "running", ("office",), reason=True),
    }

    rating_id = fields.Many2one(
        "cadre.review.rating",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        help="Empty for the plan of the unit.",
    )
    user_id = kept_link("rating_id.user_id", index="btree_not_null", string="Login")
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Being carried out"), ("done", "Done")],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )
    number = fields.Char(copy=False, help="Filled in after signing.")
    date = fields.Date(copy=False, help="Filled in after signing.")
    signer = fields.Char()
    line_ids = fields.One2many(
        "cadre.review.plan.line", "plan_id", string="Shortcomings"
    )
    line_count = fields.Integer(compute="_compute_counts")
    fixed_count = fields.Integer(string="Remedied", compute="_compute_counts")
    late_count = fields.Integer(string="Overdue", compute="_compute_counts")
    can_adopt = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_finish = fields.Boolean(compute="_compute_can")
    can_resume = fields.Boolean(compute="_compute_can")

    _unit_uniq = models.UniqueIndex(
        "(dossier_id) WHERE rating_id IS NULL", "The unit already has its plan."
    )
    _person_uniq = models.UniqueIndex(
        "(rating_id) WHERE rating_id IS NOT NULL", "The person already has a plan."
    )

    @api.depends("dossier_id", "rating_id")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = self.env._(
                "Remediation plan: %(owner)s",
                owner=plan.sudo().rating_id.display_name
                or plan.sudo().dossier_id.unit_name,
            )

    @api.depends("line_ids.state", "line_ids.date_due")
    def _compute_counts(self):
        for plan in self:
            plan.line_count = len(plan.line_ids)
            plan.fixed_count = len(plan.line_ids.filtered(lambda x: x.state == "fixed"))
            plan.late_count = len(plan.line_ids.filtered("is_late"))

    @api.constrains("dossier_id", "rating_id")
    def _check_same_dossier(self):
        for plan in self.sudo():
            if plan.rating_id and plan.rating_id.dossier_id != plan.dossier_id:
                raise UserError(
                    self.env._(
                        "%(subject)s is not a subject of this dossier.",
                        subject=plan.rating_id.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda plan: plan.state != "draft"):
            raise UserError(self.env._("A plan that was adopted is never deleted."))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_take_over(self):
        """Add a line for each recorded shortcoming that has none yet."""
        self.check_access("write")
        for plan in self:
            plan._take_over()
        return True

    def action_adopt(self):
        return self._ask("adopt")

    def action_reopen(self):
        return self._ask("reopen")

    def action_finish(self):
        return self._ask("finish")

    def action_resume(self):
        return self._ask("resume")

    # ------------------------------------------------------------------
    # WHAT WAS RECORDED
    # ------------------------------------------------------------------

    def _subject(self):
        """The rating the plan is about: the person's, or the collective's."""
        self.ensure_one()
        dossier = self.sudo().dossier_id
        return self.sudo().rating_id or dossier.rating_ids.filtered(
            lambda rating: not rating.cadre_id
        )

    def _take_over(self):
        self.ensure_one()
        recorded = self._subject()._recorded_shortcomings()
        Line = self.env["cadre.review.plan.line"]
        Line.create(
            [
                {
                    "plan_id": self.id,
                    "name": text,
                    "origin": origin,
                    "opinion_line_id": line.id,
                    "responsible": self.sudo().rating_id.name
                    or self.sudo().dossier_id.head_name,
                    "responsible_cadre_id": self.sudo().rating_id.cadre_id.id,
                }
                for line, text, origin in recorded
                if line not in self.line_ids.sudo().opinion_line_id
            ]
        )

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _is_author(self):
        return self._in_role("head") == self or self._in_role("officer") == self

    def _blockers(self, name):
        check = {"adopt": plans.check_adoption, "finish": plans.check_end}.get(name)
        findings = self._source_findings() if name == "adopt" else []
        for plan in self if check else ():
            findings += check(plan._as_values())
        return findings

    def _law(self):
        """The law of the person, or of the unit, whose plan it is."""
        self.ensure_one()
        whose = (self.rating_id or self.dossier_id).sudo()
        return whose._laws()[whose]

    def _as_values(self):
        self.ensure_one()
        recorded = self._subject()._recorded_shortcomings()
        law = self._law()
        return plans.Plan(
            name=self.display_name,
            law=law,
            lines=[line._as_values(law) for line in self.line_ids],
            recorded=frozenset(line.id for line, _text, _origin in recorded),
            planned=frozenset(self.line_ids.sudo().opinion_line_id.ids),
            is_person=bool(self.rating_id),
        )


class CadreReviewPlanLine(models.Model):
    """One shortcoming: remedy, who answers, who watches, by when, how far.

    - written with the plan while that is a draft; then its progress and evidence by
      the unit's officers, or by the office in a plan that it keys for the unit; what
      the office found at its check is its own;
    - remedied by evidence, or once who watches over it has confirmed.
    """

    _name = "cadre.review.plan.line"
    _description = "Shortcoming to Remedy"
    _inherit = ["cadre.review.move.mixin", "cadre.review.files.mixin"]
    _order = "plan_id, sequence, id"

    _moves = {
        "begin": Move(("open",), "fixing", ("officer", "head", "office")),
        "check": Move(("open", "fixing"), "fixing", ("monitor", "office"), reason=True),
        "confirm": Move(
            ("open", "fixing"), "fixed", ("monitor", "office"), reason=True
        ),
        "fix": Move(("open", "fixing"), "fixed", ("officer", "head", "office")),
        "reopen": Move(("fixed",), "fixing", ("monitor", "office"), reason=True),
    }
    _role_paths = {
        "officer": "unit_id.officer_user_ids",
        "head": "unit_id.head_user_ids",
        "monitor": "monitor_user_id",
        "office": "company_id.cadre_review_office_user_ids",
    }

    _written_by = "plan_state"

    plan_id = fields.Many2one(
        "cadre.review.plan",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("plan_id.dossier_id")
    campaign_id = kept_link("plan_id.campaign_id")
    company_id = kept_link("plan_id.company_id")
    unit_id = kept_link("plan_id.unit_id")
    rating_id = kept_link("plan_id.rating_id", index="btree_not_null")
    user_id = kept_link("plan_id.user_id", index="btree_not_null", string="Login")
    plan_state = fields.Selection(
        related="plan_id.state", string="State of the Plan", store=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Text(string="Shortcoming", required=True, written_in=("draft",))
    origin = fields.Selection(
        [
            ("conclusion", "Concluded by the authority"),
            ("comment", "Comment of the unit"),
            ("suggestion", "Suggested from above"),
            ("self", "Named by oneself"),
        ],
        string="Named In",
        default="conclusion",
        required=True,
        written_in=("draft",),
    )
    opinion_line_id = fields.Many2one(
        "cadre.review.opinion.line",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        copy=False,
    )
    cause = fields.Text(written_in=("draft",))
    remedy = fields.Text(written_in=("draft",))
    responsible = fields.Char(
        written_in=("draft",), help="The body or person who answers for it."
    )
    responsible_cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person Responsible",
        written_in=("draft",),
        index="btree_not_null",
        ondelete="restrict",
    )
    monitor = fields.Char(
        written_in=("draft",),
        help="The body, or another person, that watches over it.",
    )
    monitor_cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person Monitoring",
        written_in=("draft",),
        index="btree_not_null",
        ondelete="restrict",
    )
    monitor_user_id = kept_link(
        "monitor_cadre_id.user_id",
        index="btree_not_null",
        string="Login of the Monitor",
    )
    date_due = fields.Date(
        string="Due On",
        written_in=("draft",),
        help="The letter, point 5: every shortcoming has its remedy, its monitor and "
        "its day.",
    )
    product = fields.Text(written_in=("draft",), help="What shows that it is done.")
    state = fields.Selection(
        STATES, default="open", required=True, index=True, copy=False, gated=True
    )
    progress = fields.Integer(string="Progress (%)", aggregator=None, hand="remedying")
    progress_text = fields.Text(string="How Far It Is", hand="remedying")
    evidence = fields.Char(hand="remedying", help="Document that shows it.")
    date_checked = fields.Date(string="Last Checked", gated=True, copy=False)
    check_note = fields.Text(string="Found at the Check", gated=True, copy=False)
    is_confirmed = fields.Boolean(
        string="Confirmed by the Monitor", gated=True, copy=False
    )
    is_late = fields.Boolean(
        string="Overdue", compute="_compute_is_late", search="_search_is_late"
    )
    shortcoming_ids = fields.One2many(
        "cadre.review.shortcoming", "plan_line_id", string="At the Next Review"
    )
    can_begin = fields.Boolean(compute="_compute_can")
    can_check = fields.Boolean(compute="_compute_can")
    can_confirm = fields.Boolean(compute="_compute_can")
    can_fix = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _progress = models.Constraint(
        "CHECK (progress BETWEEN 0 AND 100)", "Progress is between 0 and 100 per cent."
    )
    _opinion_line_uniq = models.UniqueIndex(
        "(plan_id, opinion_line_id) WHERE opinion_line_id IS NOT NULL",
        "This shortcoming is in the plan already.",
    )

    @api.depends("name")
    def _compute_display_name(self):
        for line in self:
            text = " ".join((line.name or "").split())
            line.display_name = text if len(text) <= 80 else f"{text[:79]}…"

    @api.depends("date_due", "state")
    def _compute_is_late(self):
        today = local_today()
        for line in self:
            line.is_late = (
                line.state != "fixed" and bool(line.date_due) and line.date_due < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "!=", "fixed"), ("date_due", "<", local_today())]

    @api.constrains(
        "responsible", "responsible_cadre_id", "monitor", "monitor_cadre_id"
    )
    def _check_monitor(self):
        """D10c, all lines at once: nobody watches over themselves."""
        found = [
            finding
            for line in self
            for finding in plans.check_monitor(line._as_values(line.plan_id._law()))
        ]
        if wrong := blocking(found):
            raise ValidationError(self._explain(wrong))

    @api.onchange("responsible_cadre_id")
    def _onchange_responsible_cadre_id(self):
        if self.responsible_cadre_id:
            self.responsible = self.responsible_cadre_id.name

    @api.onchange("monitor_cadre_id")
    def _onchange_monitor_cadre_id(self):
        if self.monitor_cadre_id:
            self.monitor = self.monitor_cadre_id.name

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_begin(self):
        return self._ask("begin")

    def action_check(self):
        return self._ask("check")

    def action_confirm(self):
        return self._ask("confirm")

    def action_fix(self):
        return self._ask("fix")

    def action_reopen(self):
        return self._ask("reopen")

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _of_hand(self, hand):
        keyed = self.filtered(lambda line: line.plan_id.sudo().is_on_behalf)
        return self._in_role("officer") | keyed._in_role("office")

    def _at_stage(self, move):
        """Its progress begins when the plan is adopted."""
        return self.filtered(lambda line: line.sudo().plan_state == "running")

    def _blockers(self, name):
        if name != "fix":
            return []
        return [
            finding
            for line in self
            for finding in plans.check_fixed(line._as_values(line.plan_id._law()))
        ]

    def _responsible(self):
        cadre = self.responsible_cadre_id.sudo()
        return cadre.id or 0, self.responsible or cadre.name or ""

    def _monitor(self):
        cadre = self.monitor_cadre_id.sudo()
        return cadre.id or 0, self.monitor or cadre.name or ""

    def _as_values(self, law):
        self.ensure_one()
        return plans.Line(
            name=self.display_name,
            law=law,
            remedy=self.remedy or "",
            responsible=self._responsible(),
            monitor=self._monitor(),
            due=self.date_due or None,
            state=self.state,
            has_evidence=bool(self.evidence or self.sudo().attachment_ids),
            is_confirmed=self.is_confirmed,
        )

    def _mark(self, name, reason=None, passed="", values=None):
        today = local_today()
        more = {
            "check": {"date_checked": today, "check_note": reason},
            "confirm": {
                "date_checked": today,
                "check_note": reason,
                "is_confirmed": True,
                "progress": 100,
            },
            "fix": {"progress": 100},
            "reopen": {"is_confirmed": False},
        }.get(name, {})
        result = super()._mark(name, reason, passed, {**more, **(values or {})})
        self._tell_next_year()
        return result

    def _tell_next_year(self):
        """Next year's section III shows what became of it, until it is accepted."""
        for line in self.sudo():
            line.shortcoming_ids.filtered(
                lambda s: s.dossier_id.state != "accepted"
            ).write(line._as_shortcoming())

    def _as_shortcoming(self):
        self.ensure_one()
        return {
            "status": self.state,
            "progress": self.progress_text or self.check_note,
            "evidence": self.evidence,
        }


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    plan_ids = fields.One2many(
        "cadre.review.plan", "dossier_id", string="Remediation Plans"
    )

    def action_draft_plans(self):
        """Draft the unit's plan, and those of the people who need one."""
        self.check_access("read")
        Plan = self.env["cadre.review.plan"]
        for dossier in self:
            have = dossier.sudo().plan_ids
            people = dossier.rating_ids.sudo().filtered(
                lambda rating: rating.cadre_id and rating._needs_plan()
            )
            wanted = people - have.rating_id
            fresh = Plan.create(
                [
                    *(
                        [{"dossier_id": dossier.id, **dossier._on_behalf_values()}]
                        if not have.filtered(lambda plan: not plan.rating_id)
                        else []
                    ),
                    *(
                        {
                            "dossier_id": dossier.id,
                            "rating_id": rating.id,
                            **dossier._on_behalf_values(),
                        }
                        for rating in wanted
                    ),
                ]
            )
            for plan in fresh:
                plan._take_over()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "cadre_review.cadre_review_plan_action"
            ),
            "domain": [("dossier_id", "in", self.ids)],
        }


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    plan_ids = fields.One2many("cadre.review.plan", "rating_id", string="Plans")

    def _needs_plan(self):
        """By level, or where the authority concluded shortcomings (PRACTICE: persons
        only then)."""
        self.ensure_one()
        return plans.is_required(
            self.notified_level or self.level,
            not says_nothing(self.sudo().decision_line_id.comment),
        )

    def _recorded_shortcomings(self):
        """``(opinion line, text, origin)`` of what the unit's confirmed comment names;
        for the collective and for the person alike."""
        lines = (
            self.env["cadre.review.opinion.line"]
            .sudo()
            .search(
                [
                    ("opinion_id.rating_id", "in", self.ids),
                    ("stage", "=", "unit"),
                    ("opinion_id.state", "=", "confirmed"),
                    ("shortcomings", "!=", False),
                ]
            )
        )
        return [
            (line, line.shortcomings, "comment")
            for line in lines
            if not says_nothing(line.shortcomings)
        ]


class CadreReviewShortcoming(models.Model):
    """Carried over from the plan, where there is one, with what became of it."""

    _inherit = "cadre.review.shortcoming"

    plan_line_id = fields.Many2one(
        "cadre.review.plan.line",
        string="Followed In",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
    )


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    plan_count = fields.Integer(compute="_compute_plan_count")

    @api.depends_context("uid")
    def _compute_plan_count(self):
        counts = self._count_by_state("cadre.review.plan", [])
        for campaign in self:
            campaign.plan_count = counts[campaign].total()

    def action_view_plans(self):
        return self._view("cadre_review.cadre_review_plan_action")

    def _missing_plans(self):
        """D10b: a plan per unit after the conclusion; open lines keep nothing back."""
        dossiers = (
            self.env["cadre.review.dossier"]
            .sudo()
            .search(
                [
                    ("campaign_id", "in", self.ids),
                    ("is_handed_in", "=", True),
                    ("plan_ids", "not any", [("rating_id", "=", False)]),
                ]
            )
        )
        collectives = dossiers.rating_ids.filtered(lambda r: not r.cadre_id)
        recorded = collectives._recorded_shortcomings()
        wanting = {line.opinion_id.rating_id.dossier_id for line, *_rest in recorded}
        laws = dossiers._laws()
        return [
            finding
            for dossier in dossiers
            if dossier in wanting
            for finding in plans.check_missing(laws[dossier], dossier.display_name)
        ]
