from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import opinions, points
from ...rules.stages import BY_CODE, COMMENTS, SETTLING, STAGES, WITH_CRITERIA
from ..base.kept_link import kept_link
from ..base.levels import LEVELS
from ..base.move_mixin import RUNNING, Move
from ..base.stages import LABELLED
from .suggestion import READERS


class CadreReviewOpinion(models.Model):
    """One stage's view of one rating, with a line per criterion.

    ======== ===================== ========================= ====================
    stage    written by            confirmed by              read besides by
    ======== ===================== ========================= ====================
    self     the person, officers  the person, officers      unit, party body
    party    the party body        the party body            unit once confirmed
    unit     officers              the head                  –
    the rest the office            the office                –
    ======== ===================== ========================= ====================

    The office may key the first three from paper while the dossier is open; it
    and the authority read them from the hand-in on. Nobody writes or confirms
    an opinion on themselves but their own self-assessment.
    """

    _name = "cadre.review.opinion"
    _description = "Opinion"
    _inherit = [
        "cadre.review.round.mixin",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
        "cadre.review.shared.edit.mixin",
        "cadre.review.scans.mixin",
    ]
    _order = "rating_id, stage_order"
    _check_company_auto = True
    _stops_with_campaign = True

    _moves = {
        "confirm": Move(
            ("draft",), "confirmed", ("confirmer",), then=("_propose_appraised",)
        ),
        "reopen": Move(
            ("confirmed",),
            "draft",
            ("office",),
            reason=True,
            then=("_retract_appraised",),
        ),
    }
    _role_paths = {
        "officer": "unit_id.officer_user_ids",
        "head": "unit_id.head_user_ids",
        "party": "party_body_id.party_user_ids",
        "person": "user_id",
        "office": "company_id.cadre_review_office_user_ids",
    }

    rating_id = fields.Many2one(
        "cadre.review.rating",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    stage = fields.Selection(LABELLED, required=True, fixed=True)
    stage_order = fields.Integer(
        compute="_compute_stage_order", store=True, precompute=True
    )
    dossier_id = kept_link("rating_id.dossier_id")
    campaign_id = kept_link("rating_id.campaign_id")
    company_id = kept_link("rating_id.company_id")
    unit_id = kept_link("rating_id.unit_id")
    party_body_id = kept_link("rating_id.party_body_id", index="btree_not_null")
    user_id = kept_link(
        "rating_id.user_id", index="btree_not_null", string="Login of the Person"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")],
        default="draft",
        required=True,
        copy=False,
        gated=True,
    )
    line_ids = fields.One2many(
        "cadre.review.opinion.line", "opinion_id", string="Criteria"
    )
    strengths = fields.Text(
        help="The letter, point 4: for each criterion; “không có” where there is "
        "nothing to say.",
    )
    shortcomings = fields.Text(
        help="The letter, point 4: for each criterion; “không có” where there is none.",
    )
    degradation = fields.Selection(
        [("none", "None found"), ("present", "Signs found")],
        string="Signs of Degradation",
        help="Signs of degradation, “self-evolution”, “self-transformation” "
        "(the letter, point 2).",
    )
    degradation_text = fields.Text(string="Signs and Remedy")
    conclusion = fields.Text()
    proposed_level = fields.Selection(
        LEVELS,
        help="The four levels of NĐ 90/2020/NĐ-CP Điều 4–15; criteria of Điều 3.",
    )
    scale = fields.Selection(related="rating_id.regulation_id.scale")
    points = fields.Float(
        string="Points in All", compute="_compute_points", help="Of all criteria."
    )
    is_scored = fields.Boolean(
        string="All Scored",
        compute="_compute_points",
        help="Every criterion has its points; until then there is no sum.",
    )
    hinted_level = fields.Selection(
        LEVELS,
        string="Level by Points",
        compute="_compute_points",
        help="Band in which the points lie: a hint; a person types the level.",
    )
    gap_reason = fields.Text(
        string="Why the Points Differ", help="From those of the stage before."
    )
    level_reason = fields.Text(
        string="Why the Level Differs",
        help="From the level that the stage before proposed.",
    )
    signer = fields.Char(help="Who signed the paper, as written there.")
    signer_capacity = fields.Char()
    number = fields.Char(help="Filled in after signing.")
    date = fields.Date(help="Filled in after signing.")
    can_confirm = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can_edit")
    # points suggested
    suggestion_count = fields.Integer(compute="_compute_suggestion_count")
    # keying
    can_go_on = fields.Boolean(
        compute="_compute_can_go_on",
        help="The office keys it, and may go on to the next person of the dossier.",
    )

    _stage_uniq = models.Constraint(
        "unique(rating_id, stage)", "This stage already has an opinion on the rating."
    )

    @api.depends("stage")
    def _compute_stage_order(self):
        for opinion in self:
            opinion.stage_order = STAGES.index(opinion.stage) + 1

    @api.depends("rating_id", "stage")
    def _compute_display_name(self):
        stages = dict(self._fields["stage"]._description_selection(self.env))
        for opinion in self:
            opinion.display_name = (
                f"{opinion.sudo().rating_id.name} – {stages.get(opinion.stage, '')}"
            )

    @api.depends("line_ids.points", "line_ids.is_scored", "rating_id")
    def _compute_points(self):
        """The sum, only where every criterion is scored: not scored is not zero."""
        laws = {}
        for opinion in self:
            regulation = opinion.sudo().rating_id.regulation_id
            lines = opinion.line_ids.filtered("max_points")
            opinion.is_scored = bool(lines) and all(lines.mapped("is_scored"))
            opinion.points = opinion.is_scored and sum(lines.mapped("points"))
            if opinion.is_scored and regulation not in laws:
                laws[regulation] = regulation._law()
            opinion.hinted_level = opinion.is_scored and points.band(
                laws[regulation], opinion.points
            )

    @api.constrains("proposed_level")
    def _check_level_exists(self):
        self.rating_id._check_levels_exist(
            [(opinion.rating_id, opinion.proposed_level) for opinion in self]
        )

    @api.depends("state", "stage")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for opinion in self:
            writable = self._writable_ratings(opinion.rating_id, opinion.stage)
            opinion.can_edit = opinion.state == "draft" and bool(writable)

    @api.model_create_multi
    def create(self, vals_list):
        opinions_ = super().create(vals_list)
        opinions_.filtered(lambda o: not o.line_ids)._add_lines()
        return opinions_

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if self.filtered(lambda opinion: opinion.state != "draft"):
            raise UserError(self.env._("A confirmed opinion is never deleted."))

    def _add_lines(self):
        """One line per criterion of the rating's regulation."""
        commented = self.filtered(lambda o: o.stage in WITH_CRITERIA)
        self.env["cadre.review.opinion.line"].create(
            [
                {
                    "opinion_id": opinion.id,
                    "criterion_id": criterion.id,
                    "sequence": criterion.sequence,
                }
                for opinion in commented
                for criterion in opinion.sudo().rating_id.regulation_id._leaf_criteria()
            ]
        )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_confirm(self):
        return self._ask("confirm")

    def action_reopen(self):
        return self._ask("reopen")

    # ------------------------------------------------------------------
    # WHO WRITES
    # ------------------------------------------------------------------

    @api.model
    def _writable_ratings(self, ratings, stage):
        """Those of the ratings whose opinion of this stage the user may write."""
        what = BY_CODE[stage]
        ratings = ratings.filtered(
            lambda rating: rating.scope == "rated"
            and rating.sudo().campaign_id.state in RUNNING
            and rating.sudo().dossier_id.state in what.open_in
            and (what.on_collectives or rating.cadre_id)
        )
        allowed = ratings.browse()
        for role in what.writers:
            allowed |= ratings._in_role(role)
        if stage != "self":
            allowed = allowed.filtered(lambda r: r.user_id != self.env.user)
        return allowed

    @api.model
    def _prepare_values(self, rating, stage):
        """Values of a new opinion; what others say of themselves is keyed."""
        author = BY_CODE[stage].author
        writers = ("officer",) if author == "head" else (author,)
        own = any(rating._in_role(role) for role in writers)
        return {
            "rating_id": rating.id,
            "stage": stage,
            "source": "online" if own else "paper",
        }

    def _in_role(self, role):
        if role == "confirmer":
            return self.browse().union(
                *(
                    opinion._in_role(confirmer)
                    for opinion in self
                    if opinion.stage == "self" or opinion.user_id != self.env.user
                    for confirmer in BY_CODE[opinion.stage].confirmers
                )
            )
        # the collective's view of itself comes from its report alone
        return (
            super()
            ._in_role(role)
            .filtered(lambda o: o.stage != "self" or o.sudo().rating_id.cadre_id)
        )

    def _at_stage(self, move):
        return self.filtered(
            lambda o: o.sudo().dossier_id.state in BY_CODE[o.stage].open_in
        )

    def _is_author(self):
        return all(o._in_role(BY_CODE[o.stage].author) for o in self)

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _blockers(self, name):
        if name != "confirm":
            return []
        findings = self._source_findings()
        without = self.rating_id._has_no_level()
        laws = self.rating_id._laws()
        commented = self._commented_by_party(self.rating_id)
        for opinion in self:
            rating = opinion.rating_id
            values = opinion._as_values(laws[rating], rating in without)
            findings += opinions.check(values)
            if opinion.stage in SETTLING:
                if rating.sudo().cadre_id and rating not in commented:
                    is_final = opinion.stage == "proposal"
                    findings += opinions.check_party(values, is_final)
                findings += opinion._difference_findings(values)
            findings += opinion._gap_findings(values)
        return findings + self._level_findings()

    def _gap_findings(self, values):
        """P3 against the stage before, as far as its points may be read."""
        if not self.is_scored:
            return []
        scored = {
            opinion.stage: opinion.points
            for opinion in self.search(
                [("rating_id", "=", self.rating_id.id), ("state", "=", "confirmed")]
            )
            if opinion.is_scored
        }
        before = scored.get(points.stage_before(self.stage, scored))
        return points.check_gap(values, (before, self.points), self.gap_reason)

    def _level_findings(self):
        """What the law says of the level that the office appraises or proposes."""
        settled = self.filtered(lambda o: o.stage in SETTLING)
        levels = {o.rating_id.id: o.proposed_level for o in settled if o.proposed_level}
        if not levels:
            return []
        ratings = settled.rating_id.filtered(lambda rating: rating.id in levels)
        return ratings._level_findings(levels, frozenset(levels))

    def _as_values(self, law, no_level=False):
        """:param no_level: the law gives the subject no level for the year"""
        self.ensure_one()
        return opinions.Opinion(
            name=self.display_name,
            proposed_level=self.proposed_level or "",
            lines=[
                opinions.Line(line.name, line.strengths or "", line.shortcomings or "")
                for line in self.line_ids
            ],
            on_paper=self.source != "online",
            needs_comment=self.stage in COMMENTS,
            level_expected=not no_level,
            law=law,
        )

    def _difference_findings(self, values):
        follows = BY_CODE[self.stage].follows
        before = self._latest_levels(self.rating_id, follows).get(self.rating_id.id)
        return opinions.check_difference(
            values, before, bool((self.level_reason or "").strip())
        )

    @api.model
    def _commented_by_party(self, ratings):
        """Those of these people on whom the party body has confirmed its comment."""
        found = self.sudo().search(
            [
                ("rating_id", "in", ratings.ids),
                ("stage", "=", "party"),
                ("state", "=", "confirmed"),
            ]
        )
        return found.rating_id

    def _propose_appraised(self):
        appraised = self.filtered(lambda o: o.stage == "appraisal").rating_id
        appraised.filtered(lambda r: r.state == "reviewed")._mark("propose")

    def _retract_appraised(self):
        appraised = self.filtered(lambda o: o.stage == "appraisal").rating_id
        appraised.filtered(lambda r: r.state == "proposed")._mark("retract")

    @api.model
    def _appraise_as_proposed(self, ratings):
        """Draft, as the user, appraisals that follow the unit's proposal; ratings
        that cannot be appraised now are left out.

        :return: the appraisals, not confirmed yet
        :raise UserError: naming every rating without a confirmed proposal
        """
        ratings = self._writable_ratings(ratings, "appraisal").filtered(
            lambda rating: rating.state == "reviewed"
        )
        proposals = self._latest_levels(ratings, BY_CODE["appraisal"].follows)
        without = ratings.filtered(lambda rating: rating.id not in proposals)
        if not ratings or without:
            raise UserError(
                self.env._(
                    "Only reviewed ratings of accepted dossiers with a confirmed "
                    "proposal of the unit can be appraised this way. %(names)s",
                    names=", ".join(without.mapped("display_name")),
                )
            )
        drafts = self.search(
            [("rating_id", "in", ratings.ids), ("stage", "=", "appraisal")]
        )
        for opinion in drafts:
            opinion.proposed_level = proposals[opinion.rating_id.id]
        return drafts | self.create(
            [
                {
                    **self._prepare_values(rating, "appraisal"),
                    "proposed_level": proposals[rating.id],
                }
                for rating in ratings - drafts.rating_id
            ]
        )

    @api.model
    def _latest_levels(self, ratings, stages):
        """``{rating_id: level}`` of the first of the stages that is confirmed."""
        found = self.search_fetch(
            [
                ("rating_id", "in", ratings.ids),
                ("stage", "in", stages),
                ("state", "=", "confirmed"),
                ("proposed_level", "!=", False),
            ],
            ["rating_id", "stage", "proposed_level"],
        )
        by_stage = {(o.rating_id.id, o.stage): o.proposed_level for o in found}
        return {
            rating_id: level
            for stage in reversed(stages)
            for (rating_id, of_stage), level in by_stage.items()
            if of_stage == stage
        }

    # ------------------------------------------------------------------
    # POINTS SUGGESTED
    # ------------------------------------------------------------------

    @api.depends("rating_id")
    @api.depends_context("uid")
    def _compute_suggestion_count(self):
        """None for those who do not read points at all, the party body say."""
        counts = {}
        if self.env.user.has_groups(READERS):
            counts = dict(
                self.env["cadre.review.suggestion"]._read_group(
                    [("rating_id", "in", self.rating_id.ids)],
                    ["rating_id"],
                    ["__count"],
                )
            )
        for opinion in self:
            opinion.suggestion_count = counts.get(opinion.rating_id, 0)

    def action_view_suggestions(self):
        self.ensure_one()
        self.check_access("read")
        return self.env["cadre.review.suggestion"]._list(
            [("rating_id", "=", self.rating_id.id)],
            {
                "default_dossier_id": self.dossier_id.id,
                "default_rating_id": self.rating_id.id,
            },
        )

    # ------------------------------------------------------------------
    # KEYING
    # ------------------------------------------------------------------

    @api.depends("state", "is_on_behalf")
    @api.depends_context("uid")
    def _compute_can_go_on(self):
        for opinion in self:
            opinion.can_go_on = opinion.is_on_behalf and opinion.can_confirm

    def _scanned_papers(self):
        Paper = self.env["cadre.review.paper"]
        papers = Paper.search([("rating_id", "in", self.rating_id.ids)])
        by_rating = papers.grouped("rating_id")
        return {opinion: by_rating.get(opinion.rating_id, Paper) for opinion in self}

    def action_confirm_and_next(self):
        """Confirm, and key the same of the next person in the dossier, from the same
        source, until nobody is left."""
        self.ensure_one()
        return self.action_confirm() or self._open_next()

    def _open_next(self):
        done = self.search(
            [
                ("dossier_id", "=", self.dossier_id.id),
                ("stage", "=", self.stage),
                ("state", "=", "confirmed"),
            ]
        ).rating_id
        people = self.dossier_id._subjects().filtered("cadre_id")
        place = people.ids.index(self.rating_id.id) if self.rating_id in people else -1
        in_turn = people[place + 1 :] + people[: place + 1]
        waiting = self._writable_ratings(in_turn, self.stage) - done
        if not waiting:
            return self.dossier_id.get_formview_action()
        action = waiting[0]._open_opinion(self.stage)
        following = self.browse(action["res_id"])
        if not following.source_place and following.state == "draft":
            following.write({"source": self.source, "source_place": self.source_place})
        return action


class CadreReviewOpinionLine(models.Model):
    """One criterion of an opinion; its rights are those of the opinion."""

    _name = "cadre.review.opinion.line"
    _description = "Opinion on a Criterion"
    _inherit = ["cadre.review.said.mixin", "cadre.review.score.mixin"]
    _said_with = "opinion_id"
    _order = "opinion_id, sequence, id"

    opinion_id = fields.Many2one(
        "cadre.review.opinion",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("opinion_id.company_id")
    unit_id = kept_link("opinion_id.unit_id")
    party_body_id = kept_link("opinion_id.party_body_id", index="btree_not_null")
    user_id = kept_link(
        "opinion_id.user_id", index="btree_not_null", string="Login of the Person"
    )
    stage = fields.Selection(related="opinion_id.stage", store=True, precompute=True)
    guidance = fields.Text(related="criterion_id.guidance")
    sequence = fields.Integer(default=10)
    strengths = fields.Text(string="Result, Strengths")
    shortcomings = fields.Text()
    grade = fields.Selection(
        [
            ("excellent", "Grade: excellent"),
            ("good", "Grade: good"),
            ("average", "Grade: average"),
            ("poor", "Grade: poor"),
        ],
    )

    _criterion_uniq = models.Constraint(
        "unique(opinion_id, criterion_id)", "This criterion already has a line."
    )
