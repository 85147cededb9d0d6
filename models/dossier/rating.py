from odoo import api, fields, models

from ...rules.dossiers import HANDED_IN
from ...rules.names import sort_key
from ...rules.stages import STAGES, WRITTEN
from ..base.kept_link import kept_link
from ..base.levels import LEVELS, OUTCOMES
from ..base.move_mixin import Move
from ..base.stages import each_stage

# those who read every rating from the hand-in on
DECIDING = (
    "cadre_review.cadre_review_group_office,cadre_review.cadre_review_group_standing"
)


class CadreReviewRating(models.Model):
    """The rating of one subject, a collective or a person, in one campaign.

    It keeps the picture of the person's posts at opening. Views of the stages
    are opinions, rows of their own with readers of their own; the level in
    force is that of the last decision issued.

    - the unit reads its ratings, a party body those of the people it serves,
      a person their own; the level shows to them once it is notified;
    - the office appraises and records decisions, the authority reads.
    """

    _name = "cadre.review.rating"
    _description = "Rating"
    _inherit = ["cadre.review.move.mixin"]
    # the latest campaign first, then as its dossiers; of columns that one index holds
    _order = (
        "year desc, campaign_id.id desc, sequence, dossier_id.id, post_sequence,"
        " sort_key, id"
    )
    _check_company_auto = True

    _moves = {
        "review": Move(("draft",), "reviewed"),
        "reopen": Move(("reviewed",), "draft"),
        "propose": Move(("reviewed",), "proposed"),
        "retract": Move(("proposed",), "reviewed"),
        # another authority's decision is a fact at whatever stage we are
        "decide": Move(
            ("draft", "reviewed", "proposed", "decided", "notified"), "decided"
        ),
        "notify": Move(
            ("decided",),
            "notified",
            ("office",),
            then=("_tell_result", "_seal_notified"),
        ),
        # by an order; the level in force is left until it is superseded
        "again": Move(
            ("draft", "reviewed", "proposed", "decided", "notified"), "draft"
        ),
    }
    _role_paths = {
        "officer": "unit_id.officer_user_ids",
        "head": "unit_id.head_user_ids",
        "party": "party_body_id.party_user_ids",
        "person": "user_id",
        "office": "company_id.cadre_review_office_user_ids",
    }

    dossier_id = fields.Many2one(
        "cadre.review.dossier",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    # not precomputed: records in the making would stay in campaign.rating_ids
    campaign_id = kept_link("dossier_id.campaign_id", precompute=False)
    owner_id = kept_link("dossier_id.campaign_id.owner_id", string="Opened By")
    company_id = kept_link("dossier_id.company_id")
    unit_id = kept_link("dossier_id.unit_id")
    unit_name = fields.Char(related="dossier_id.unit_name", related_sudo=True)
    campaign_name = fields.Char(related="campaign_id.name", string="Campaign Name")
    year = fields.Integer(
        related="dossier_id.campaign_id.year",
        store=True,
        precompute=True,
        aggregator=None,
    )
    sequence = fields.Integer(
        related="dossier_id.sequence", store=True, precompute=True
    )
    # kept for the record rule of the authority
    dossier_state = fields.Selection(
        related="dossier_id.state",
        string="State of the Dossier",
        store=True,
        precompute=True,
    )
    is_handed_in = fields.Boolean(
        string="Handed In",
        compute="_compute_is_handed_in",
        search="_search_is_handed_in",
    )
    state = fields.Selection(
        [
            ("draft", "Not reviewed"),
            ("reviewed", "Reviewed"),
            ("proposed", "Appraised"),
            ("decided", "Decided"),
            ("notified", "Notified"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )

    # the subject, as it was at opening
    cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        help="Empty for the collective.",
    )
    user_id = kept_link("cadre_id.user_id", index="btree_not_null")
    post_id = fields.Many2one(
        "cadre.review.post",
        string="Main Post",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
    )
    name = fields.Char(required=True, gated=True)
    sort_key = fields.Char(compute="_compute_sort_key", store=True, precompute=True)
    subject_kind = fields.Selection(
        [
            ("collective", "Collective"),
            ("official", "Cadre"),
            ("civil_servant", "Civil servant"),
            ("public_employee", "Public employee"),
        ],
        required=True,
        gated=True,
        help="Decides the form and the procedure: NĐ 90/2020/NĐ-CP Điều 17 (cadres), "
        "18 (civil servants), 19 (public employees).",
    )
    title = fields.Char(gated=True, help="Main post at opening.")
    other_titles = fields.Char(
        string="Concurrent Posts", gated=True, help="At opening."
    )
    party_title = fields.Char(gated=True)
    birth_date = fields.Date(gated=True)
    is_head = fields.Boolean(
        gated=True,
        help="NĐ 90/2020/NĐ-CP Điều 2 khoản 2: assessed with the result of the unit "
        "that is led.",
    )
    post_sequence = fields.Integer(gated=True)
    duties = fields.Text(string="Fields and Units in Charge", gated=True)
    group_id = fields.Many2one(
        "cadre.review.post.group",
        string="Comparable Subjects",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
    )
    scope = fields.Selection(
        [("rated", "Rated here"), ("reviewed", "Reviewed here, rated elsewhere")],
        required=True,
        default="rated",
        gated=True,
    )
    has_left = fields.Boolean(string="Left the Campaign", gated=True, copy=False)
    left_reason = fields.Char(gated=True, copy=False)
    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    authority_id = fields.Many2one(
        "cadre.review.authority",
        string="Decided By",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        help="NĐ 90/2020/NĐ-CP Điều 16: the level that manages the person.",
    )
    is_own_authority = fields.Boolean(related="authority_id.is_own")
    party_body_id = fields.Many2one(
        "cadre.review.party.body",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
    )

    # what was said and decided
    opinion_ids = fields.One2many(
        "cadre.review.opinion", "rating_id", string="Opinions"
    )
    vars().update(
        each_stage(
            "{}_level",
            lambda stage: fields.Selection(
                LEVELS,
                string=stage.level_label,
                compute="_compute_stage_levels",
                help=stage.source,
            ),
        )
    )
    level = fields.Selection(
        OUTCOMES,
        string="Level in Force",
        gated=True,
        index="btree_not_null",
        copy=False,
        groups=DECIDING,
        help="NĐ 90/2020/NĐ-CP Điều 17 khoản 4: decided by the authority; of several "
        "decisions the last one issued holds.",
    )
    decision_line_id = fields.Many2one(
        "cadre.review.decision.line",
        string="Decision in Force",
        gated=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=DECIDING,
    )
    notified_level = fields.Selection(
        OUTCOMES,
        string="Level Notified",
        gated=True,
        copy=False,
        help="NĐ 90/2020/NĐ-CP Điều 17 khoản 5: notified in writing.",
    )
    notified_text = fields.Char(
        string="Decision",
        gated=True,
        copy=False,
        help="Kind, number, date and authority of the decision notified.",
    )
    date_notified = fields.Date(string="Notified On", gated=True, copy=False)
    can_notify = fields.Boolean(compute="_compute_can")
    vars().update(
        each_stage(
            "can_{}",
            lambda stage: fields.Boolean(compute="_compute_can_stages"),
            WRITTEN,
        )
    )

    _collective_uniq = models.UniqueIndex(
        "(dossier_id) WHERE cadre_id IS NULL",
        "The collective already has a rating in this dossier.",
    )
    _person_uniq = models.UniqueIndex(
        "(campaign_id, cadre_id) WHERE cadre_id IS NOT NULL AND NOT has_left",
        "This person already has a rating in the campaign.",
    )

    _in_order = models.Index(
        "(year DESC, campaign_id DESC, sequence, dossier_id, post_sequence, sort_key,"
        " id)"
    )

    @api.depends("dossier_state")
    def _compute_is_handed_in(self):
        """As the dossier's, from the rating's own row: one hop less for lists."""
        for rating in self:
            rating.is_handed_in = rating.dossier_state in HANDED_IN

    @api.model
    def _search_is_handed_in(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("dossier_state", "in", HANDED_IN)]

    @api.depends("name")
    def _compute_sort_key(self):
        for rating in self:
            rating.sort_key = sort_key(rating.name)

    @api.depends("name", "title")
    def _compute_display_name(self):
        for rating in self:
            rating.display_name = (
                f"{rating.name} ({rating.title})" if rating.title else rating.name
            )

    @api.depends("opinion_ids.proposed_level")
    @api.depends_context("uid")
    def _compute_stage_levels(self):
        """Levels of the stages the user may read; the others stay empty."""
        levels = self._readable_levels()
        for rating in self:
            for stage in STAGES:
                rating[f"{stage}_level"] = levels.get((rating.id, stage), False)

    def _readable_levels(self):
        """``{(rating_id, stage): level}`` of the opinions that the user may read."""
        opinions = self.env["cadre.review.opinion"].search_fetch(
            [("rating_id", "in", self.ids)], ["rating_id", "stage", "proposed_level"]
        )
        return {(o.rating_id.id, o.stage): o.proposed_level for o in opinions}

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_stages(self):
        """Which stages' opinions the user may write now; drives the buttons."""
        Opinion = self.env["cadre.review.opinion"]
        for stage in WRITTEN:
            writable = Opinion._writable_ratings(self, stage)
            for rating in self:
                rating[f"can_{stage}"] = rating in writable

    # ------------------------------------------------------------------
    # OPENING
    # ------------------------------------------------------------------

    @api.model
    def _prepare_collective_values(self, dossier, regulation):
        unit = dossier.unit_id
        return {
            "dossier_id": dossier.id,
            "name": dossier.unit_name,
            "subject_kind": "collective",
            "post_sequence": 0,  # before its people
            "group_id": unit.group_id.id,
            "regulation_id": regulation.id,
            "authority_id": unit.authority_id.id,
            "party_body_id": unit.party_body_id.id,
        }

    @api.model
    def _prepare_person_values(self, dossier, post, concurrent, regulation):
        """Values of a person's rating, with the picture of their posts now."""
        cadre = post.cadre_id
        body = cadre.party_body_id or post.unit_id.party_body_id
        outcome = "elsewhere" if post.scope == "reviewed" else False
        return {
            "dossier_id": dossier.id,
            "cadre_id": cadre.id,
            "post_id": post.id,
            "name": cadre.name,
            "subject_kind": post.kind,
            "title": post.title,
            "other_titles": "; ".join(concurrent.mapped("title")),
            "party_title": cadre.party_title,
            "birth_date": cadre.birth_date,
            "is_head": post.is_head,
            "post_sequence": post.sequence,
            "duties": post.duties,
            "group_id": post.group_id.id,
            "scope": post.scope,
            "level": outcome,
            "notified_level": outcome,
            "regulation_id": regulation.id,
            "authority_id": post.authority_id.id,
            "party_body_id": body.id,
        }

    def _same_subjects(self):
        """Domain of the ratings, in whichever campaign, of the same people and of the
        collectives of the same units."""
        return [
            "|",
            ("cadre_id", "in", self.cadre_id.ids),
            "&",
            ("cadre_id", "=", False),
            ("unit_id", "in", self.unit_id.ids),
        ]

    def _in_lawful_order(self):
        """The collective, the head, then deputies and members by precedence."""
        return self.sorted(
            lambda r: (bool(r.cadre_id), not r.is_head, r.post_sequence, r.sort_key)
        )

    def _leave(self, reason):
        """Mark people who left the campaign; their rows stay visible."""
        self.write({"has_left": True, "left_reason": reason})

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_self(self):
        return self._open_opinion("self")

    def action_party(self):
        return self._open_opinion("party")

    def action_unit(self):
        return self._open_opinion("unit")

    def action_appraisal(self):
        return self._open_opinion("appraisal")

    def action_proposal(self):
        return self._open_opinion("proposal")

    def _open_opinion(self, stage):
        """The form of one stage's opinion, created by its writer at first use."""
        self.ensure_one()
        Opinion = self.env["cadre.review.opinion"]
        opinion = Opinion.search([("rating_id", "=", self.id), ("stage", "=", stage)])
        if not opinion:
            opinion = Opinion.create(Opinion._prepare_values(self, stage))
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.opinion",
            "res_id": opinion.id,
            "view_mode": "form",
        }

    def action_accept_proposals(self):
        """Appraise these ratings as the units proposed them, in one go."""
        appraisals = self.env["cadre.review.opinion"]._appraise_as_proposed(self)
        action = appraisals.action_confirm()
        skipped = self - appraisals.rating_id
        if action or not skipped:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Not reviewed yet, or appraised already; left as they are: "
                    "%(names)s.",
                    names=", ".join(skipped.mapped("display_name")),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_draft_decisions(self):
        """Draft decisions for these ratings, one per campaign and authority."""
        return self.env["cadre.review.decision"]._draft_for(self)

    def _laws(self):
        """``{rating: rules.law.Law}``: each by the regulation it rests on."""
        laws = {r: r._law() for r in self.sudo().regulation_id}
        return {rating: laws[rating.sudo().regulation_id] for rating in self}

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _tell_result(self):
        """What the person is told stays as it was told."""
        for rating in self:
            line = rating.decision_line_id
            rating.write(
                {
                    "notified_level": rating.level,
                    "notified_text": line.decision_id._reference(),
                    "notified_comment": line.comment,
                }
            )
