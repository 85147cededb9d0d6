from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import dossiers
from ...rules.dossiers import HANDED_IN, OPEN_TO_UNIT
from ...rules.review import AT_ACCEPTANCE
from ..base.levels import LEVELS
from ..base.move_mixin import Move


class CadreReviewDossier(models.Model):
    """What one unit hands in for one campaign, in numbered rounds.

    - officers of the unit prepare it, its head (or the office, on behalf) hands
      it in; from then on the unit reads only, and the office writes its own part;
    - the office receives, checks, accepts, or asks for completion;
    - the authority reads from the hand-in on.
    """

    _name = "cadre.review.dossier"
    _description = "Dossier"
    _inherit = [
        "mail.thread",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
        "cadre.review.shared.edit.mixin",
    ]
    _order = "campaign_id, sequence, id"
    _rec_names_search = ["unit_name"]
    _check_company_auto = True
    _stops_with_campaign = True

    _moves = {
        "submit": Move(
            OPEN_TO_UNIT,
            "submitted",
            ("head", "office"),
            then=(
                "_date_hand_in",
                "_close_hand_in",
                "_answer_requests",
                "_keep_round",
            ),
        ),
        "unlock": Move(
            ("submitted",),
            "preparing",
            ("office",),
            reason=True,
            then=(
                "_forget_hand_in",
                "_begin_urging",
                "_schedule_hand_in",
            ),
        ),
        "receive": Move(
            ("submitted",), "received", ("office",), then=("_date_receipt",)
        ),
        # by a request for completion (cadre.review.request)
        "return": Move(("received",), "returned", reason=True),
        # by an order to review again (cadre.review.order)
        "reorder": Move(("accepted",), "returned", reason=True),
        "accept": Move(
            ("received",), "accepted", ("office",), then=("_finish_orders",)
        ),
        "exclude": Move(
            ("preparing", "submitted", "received", "returned", "accepted"),
            "excluded",
            ("office",),
            reason=True,
            then=("_exclude_ratings", "_close_hand_in"),
        ),
    }
    # what follows from a new round, in this order
    _round_steps = ("_forget_permission", "_begin_urging", "_schedule_hand_in")

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict", gated=True
    )
    unit_id = fields.Many2one(
        "cadre.review.unit",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    unit_name = fields.Char(
        required=True, gated=True, help="Name of the unit when the campaign opened."
    )
    head_name = fields.Char(
        gated=True, help="Head of the unit when the campaign opened."
    )
    sequence = fields.Integer(gated=True)
    state = fields.Selection(
        [
            ("preparing", "In preparation"),
            ("submitted", "Handed in"),
            ("received", "Received"),
            ("returned", "To be completed"),
            ("accepted", "Accepted"),
            ("excluded", "Excluded"),
        ],
        default="preparing",
        required=True,
        index=True,
        copy=False,
        gated=True,
        tracking=True,
    )
    # asked by record rules, attachments, papers and screens; nobody lists the states
    is_open_to_unit = fields.Boolean(
        string="Open to the Unit",
        compute="_compute_turn",
        search="_search_is_open_to_unit",
        help="The unit works on it.",
    )
    is_handed_in = fields.Boolean(
        string="Handed In",
        compute="_compute_turn",
        search="_search_is_handed_in",
        help="In this round or in one before: what was handed in may be read by office "
        "and authority.",
    )
    round = fields.Integer(
        default=1,
        gated=True,
        copy=False,
        help="Rises each time the office asks for completion.",
    )
    date_due = fields.Date(
        string="Last Day", gated=True, help="Last day on which it is in time."
    )
    date_submitted = fields.Date(string="Handed In On", gated=True, copy=False)
    date_received = fields.Date(string="Received On", gated=True, copy=False)
    date_paper = fields.Date(
        string="Date of the Paper",
        witnessed=True,
        help="When the paper dossier was handed over.",
    )
    incoming_number = fields.Char(
        string="Number of Receipt", help="Number in the register of incoming papers."
    )
    state_reason = fields.Text(
        string="Reason", gated=True, copy=False, help="Of the last return or exclusion."
    )
    note = fields.Text(written_in=OPEN_TO_UNIT)
    date_year_end = fields.Date(
        string="Year-End Meeting",
        written_in=OPEN_TO_UNIT,
        help="Of the unit; the review comes before it.",
    )
    sets_received = fields.Integer(help="Sets of papers counted at receipt.")
    targets_total = fields.Integer(
        string="Targets of the Year",
        written_in=OPEN_TO_UNIT,
        help="0: not entered yet.",
    )
    targets_done = fields.Integer(string="Done", written_in=OPEN_TO_UNIT)
    targets_exceeded = fields.Integer(string="Exceeded", written_in=OPEN_TO_UNIT)
    targets_late = fields.Integer(string="Late", written_in=OPEN_TO_UNIT)
    organ_level = fields.Selection(
        LEVELS,
        string="Level of the Organ",
        written_in=OPEN_TO_UNIT,
        help="Of the organ that the collective leads; empty while unknown.",
    )
    organ_reference = fields.Char(
        string="By",
        written_in=OPEN_TO_UNIT,
        help="Document that gives the organ's level.",
    )
    source = fields.Selection(written_in=OPEN_TO_UNIT)
    source_place = fields.Char(written_in=OPEN_TO_UNIT)
    paper_ids = fields.One2many("cadre.review.paper", "dossier_id", string="Papers")
    rating_ids = fields.One2many("cadre.review.rating", "dossier_id", string="Ratings")
    conference_ids = fields.One2many("cadre.review.conference", "dossier_id")
    paper_count = fields.Integer(
        string="Papers Expected", compute="_compute_paper_counts"
    )
    paper_provided_count = fields.Integer(
        string="Papers Provided", compute="_compute_paper_counts"
    )
    paper_conforming_count = fields.Integer(
        string="Papers Conforming", compute="_compute_paper_counts"
    )
    can_submit = fields.Boolean(compute="_compute_can")
    can_unlock = fields.Boolean(compute="_compute_can")
    can_receive = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_exclude = fields.Boolean(compute="_compute_can")
    can_prepare = fields.Boolean(compute="_compute_can_prepare")

    _targets = models.Constraint(
        "CHECK (LEAST(targets_total, targets_done, targets_exceeded, targets_late) >= 0"
        " AND GREATEST(targets_done, targets_late) <= targets_total"
        " AND targets_exceeded <= targets_done)",
        "The targets done, exceeded or late do not fit those of the year.",
    )
    _unit_uniq = models.UniqueIndex(
        "(campaign_id, unit_id) WHERE state != 'excluded'",
        "This unit already has a dossier in the campaign.",
    )

    @api.depends("unit_name", "campaign_id.name")
    def _compute_display_name(self):
        for dossier in self:
            dossier.display_name = dossier.unit_name

    @api.depends("state")
    def _compute_turn(self):
        for dossier in self:
            dossier.is_open_to_unit = dossier.state in OPEN_TO_UNIT
            dossier.is_handed_in = dossier.state in HANDED_IN

    @api.model
    def _search_is_open_to_unit(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", OPEN_TO_UNIT)]

    @api.model
    def _search_is_handed_in(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", HANDED_IN)]

    @api.depends("paper_ids.state")
    def _compute_paper_counts(self):
        counts = self.env["cadre.review.paper"]._read_group(
            [
                ("dossier_id", "in", self.ids),
                "|",
                ("rating_id", "=", False),
                ("rating_id.has_left", "=", False),
            ],
            ["dossier_id", "state"],
            ["__count"],
        )
        for dossier in self:
            mine = {state: n for owner, state, n in counts if owner == dossier}
            dossier.paper_count = sum(mine.values())
            dossier.paper_conforming_count = mine.get("conforming", 0)
            dossier.paper_provided_count = (
                mine.get("provided", 0) + dossier.paper_conforming_count
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_prepare(self):
        """Whether the user may work on the content: officers, and the office."""
        allowed = self._in_running_campaign().filtered("is_open_to_unit")
        allowed = allowed._in_role("officer") | allowed._in_role("office")
        for dossier in self:
            dossier.can_prepare = dossier in allowed

    @api.model
    def _prepare_opening_values(self, campaign, unit, head_name):
        """Values of a new dossier, with the picture of the unit as it is now."""
        return {
            "campaign_id": campaign.id,
            "company_id": campaign.company_id.id,
            "unit_id": unit.id,
            "unit_name": unit.name,
            "head_name": head_name,
            "sequence": unit.sequence,
            "date_due": campaign._last_day("dossier"),
            **self._prepare_urging_values(campaign),
        }

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_submit(self):
        return self._ask("submit")

    def action_unlock(self):
        return self._ask("unlock")

    def action_receive(self):
        return self._ask("receive")

    def action_accept(self):
        return self._ask("accept")

    def action_exclude(self):
        return self._ask("exclude")

    def action_check_papers(self):
        """The office finds all provided papers of these dossiers to conform."""
        papers = self.paper_ids.filtered(lambda paper: paper.state == "provided")
        return papers.action_conform()

    def action_open_conference(self):
        """The dossier's conference; created with its agenda if new."""
        self.ensure_one()
        Conference = self.env["cadre.review.conference"]
        # searched, not read from the field: its cache knows no rights
        mine = [("dossier_id", "=", self.id)]
        conference = Conference.search(mine, limit=1)
        if not conference and Conference.sudo().search_count(mine, limit=1):
            raise UserError(
                self.env._(
                    "%(unit)s is recording its conference on line; it can be read "
                    "from the hand-in on.",
                    unit=self.unit_name,
                )
            )
        conference = conference or Conference.create(
            {"dossier_id": self.id, **self._on_behalf_values()}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.conference",
            "res_id": conference.id,
            "view_mode": "form",
        }

    def action_key_from_paper(self):
        """One screen to key what a unit sent on paper."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.keying",
            "view_mode": "form",
            "target": "current",
            "name": self.env._("Key From Paper: %(unit)s", unit=self.unit_name),
            "context": {"active_model": self._name, "active_id": self.id},
        }

    def _subjects(self):
        """The ratings these dossiers bring to a level: neither those rated
        elsewhere nor those who left."""
        return self.rating_ids.filtered(
            lambda rating: rating.scope == "rated" and not rating.has_left
        )

    @api.model
    def _withheld_domain(self, user):
        """Dossiers whose files the user does not see before the hand-in."""
        return [
            ("is_handed_in", "=", False),
            ("unit_id.reader_user_ids", "not in", user.id),
        ]

    def _sealed(self):
        return self.filtered(lambda dossier: not dossier.is_open_to_unit)

    def _on_behalf_values(self):
        """Source of what the user creates: theirs, or keyed from paper."""
        return {} if self._in_role("officer") == self else {"source": "paper"}

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _is_author(self):
        return self._in_role("head") == self

    def _blockers(self, name):
        if name == "submit":
            return [
                *self._source_findings(),
                *self._hand_in_findings(),
                *self._receipt_findings(),
            ]
        if name == "accept":
            return [
                *dossiers.check_conforming(self._papers_as_values()),
                *self._rule_findings(AT_ACCEPTANCE),
            ]
        return []

    def _papers_as_values(self):
        papers = self.sudo().paper_ids.filtered(lambda p: not p.rating_id.has_left)
        laws = papers._laws()
        return [
            dossiers.Paper(paper.display_name, paper.state, laws[paper])
            for paper in papers
        ]

    def _laws(self):
        """``{dossier: rules.law.Law}``: the law of each one's collective, or else of
        the campaign."""
        collectives = self.sudo().rating_ids.filtered(lambda r: not r.cadre_id)
        laws = collectives._laws()
        found = {rating.dossier_id.id: laws[rating] for rating in collectives}
        return {
            dossier: found.get(dossier.id) or dossier.sudo().campaign_id._law()
            for dossier in self
        }

    def _date_hand_in(self):
        """What the office hands in came on paper, on the day it wrote down; a unit
        does not date its own hand-in."""
        for dossier in self:
            came = not dossier._is_author() and dossier.date_paper
            dossier.date_submitted = came or dossier.campaign_id._today()

    def _forget_hand_in(self):
        """The office gives it back as if it had not been handed in; the picture taken
        remains, and so do the files."""
        self.write({"date_submitted": False, "submitted_at": False})

    def _date_receipt(self):
        for dossier in self:
            dossier.date_received = dossier.campaign_id._today()

    def _open_round(self, move, reason, date_due):
        """Begin the next round of these dossiers: what was handed in stays as it is,
        and the unit may work on it again.

        :param str move: the legal move that causes it, e.g. ``return``
        :param str reason: told to the unit
        :param date_due: last day of the new round
        """
        self._keep_first_delay()
        self._mark(move, reason)
        for dossier in self:
            dossier.write(
                {
                    "round": dossier.round + 1,
                    "date_due": date_due,
                    "date_submitted": False,
                    "date_received": False,
                    "date_paper": False,
                    "sets_received": 0,
                }
            )
        for step in self._round_steps:
            getattr(self, step)()

    def _exclude_ratings(self):
        """Its subjects leave too, and the unit leaves the scope: opening the
        campaign again does not bring it back."""
        for dossier in self:
            present = dossier.rating_ids.filtered(lambda r: not r.has_left)
            present._leave(dossier.state_reason)
        for campaign, dossiers_ in self.grouped("campaign_id").items():
            if campaign.state != "cancelled":
                campaign.unit_ids -= dossiers_.unit_id

    def _mark(self, name, reason=None, passed="", values=None):
        if self._moves[name].reason:
            values = {"state_reason": reason, **(values or {})}
        return super()._mark(name, reason, passed, values)
