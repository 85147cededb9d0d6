from collections import Counter, defaultdict
from zoneinfo import available_timezones

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ...rules import deadlines
from ...rules.law import UNREGULATED
from ...rules.texts import _lt
from ..base.local_today import DEFAULT_TZ, local_today
from ..base.move_mixin import Move

# ratings that a campaign has to bring to an end
RATED_HERE = [
    ("scope", "=", "rated"),
    ("has_left", "=", False),
    ("dossier_id.state", "!=", "excluded"),
]
QUARTERS = ("", "I", "II", "III", "IV")


class CadreReviewCampaign(models.Model):
    """A campaign of review, evaluation and rating, with the letter that opens it.

    - the office prepares, opens, consolidates, concludes and closes it;
    - every role reads campaigns that are no draft.
    """

    _name = "cadre.review.campaign"
    _description = "Campaign"
    _inherit = ["mail.thread", "cadre.review.move.mixin"]
    _order = "year desc, id desc"
    _check_company_auto = True
    _parts = ("deadline_ids", "basis_ids")

    _moves = {
        "open": Move(("draft",), "open", ("office",)),
        "start": Move(("draft",), "opening", ("office",)),
        "finish": Move(("opening",), "open"),
        "consolidate": Move(("open",), "consolidated", ("office",)),
        "resume": Move(("consolidated",), "open", ("office",), reason=True),
        "conclude": Move(("consolidated",), "concluded", ("office",)),
        "close": Move(("concluded",), "closed", ("office",), then=("_seal_closed",)),
        "cancel": Move(
            ("draft", "open"),
            "cancelled",
            ("office",),
            reason=True,
            then=("_exclude_dossiers",),
        ),
    }

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        string="Council",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
        fixed=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("opening", "Being opened"),
            ("open", "Open"),
            ("consolidated", "Consolidated"),
            ("concluded", "Concluded"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
        tracking=True,
    )

    # period and organs
    period_kind = fields.Selection(
        [("year", "Year"), ("quarter", "Quarter"), ("term", "Term")],
        required=True,
        default="year",
    )
    year = fields.Integer(required=True, aggregator=None)
    period_no = fields.Integer(
        string="Period Number",
        default=0,  # unset would be no value to the unique index
        required=True,
        help="1 to 4 for a quarter, else 0.",
        aggregator=None,
    )
    purpose = fields.Char(
        required=True,
        default=lambda self: self.env._("review"),
        help="Tells apart campaigns of one owner for the same period.",
    )
    owner_id = fields.Many2one(
        "cadre.review.authority",
        string="Opened By",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_own', '=', True)]",
        check_company=True,
        written_in=("draft",),
        witnessed=True,
    )
    office_name = fields.Char(
        string="Receiving Organ", help="Organ that urges, receives and consolidates."
    )
    advisory_name = fields.Char(
        string="Advisory Organ", help="Organ that cooperates in the appraisal."
    )
    superior_name = fields.Char(
        string="Higher Authority", help="Body to which ratings are submitted."
    )
    tz = fields.Char(string="Time Zone", default=DEFAULT_TZ, required=True)
    scope_date = fields.Date(
        string="Day of Scope",
        required=True,
        default=lambda self: local_today(),
        help="Posts in force on this day decide who is in the campaign.",
    )
    sets = fields.Integer(
        string="Sets of Papers", default=2, help="How many sets a dossier is made in."
    )
    unit_ids = fields.Many2many("cadre.review.unit", string="Units in Scope")
    regulation_ids = fields.Many2many(
        "cadre.review.regulation",
        string="Regulations",
        help="Rules of the period; each subject gets the one of its kind.",
    )
    paper_kind_ids = fields.Many2many(
        "cadre.review.paper.kind", string="Kinds of Paper"
    )
    deadline_ids = fields.One2many(
        "cadre.review.deadline", "campaign_id", string="Deadlines", copy=False
    )
    basis_ids = fields.One2many(
        "cadre.review.legal.basis", "campaign_id", string="Legal Bases", copy=True
    )

    # the letter
    letter_issuer = fields.Text(
        string="Letterhead", help="Issuing body, one printed line a line."
    )
    letter_number = fields.Char(help="Filled in after signing.")
    letter_date = fields.Date(help="Filled in after signing.")
    letter_place = fields.Char(string="Place")
    letter_subject = fields.Text(help="After “V/v”.")
    letter_addressees = fields.Text(
        string="Addressed To", help="Text, apart from the units in scope; one a line."
    )
    letter_body = fields.Html(string="Body", sanitize_style=True)
    letter_recipients = fields.Text(string="Copies To", help="“Nơi nhận”, one a line.")
    letter_capacity = fields.Text(
        string="Signing Capacity",
        help="Lines above the signature, e.g. “TM. THƯỜNG TRỰC HĐND”; one a line.",
    )
    letter_signer = fields.Char(string="Signed By")

    # what it holds
    dossier_ids = fields.One2many(
        "cadre.review.dossier", "campaign_id", string="Dossiers"
    )
    rating_ids = fields.One2many("cadre.review.rating", "campaign_id", string="Ratings")
    dossier_count = fields.Integer(compute="_compute_counts")
    accepted_count = fields.Integer(
        string="Dossiers Accepted", compute="_compute_counts"
    )
    rating_count = fields.Integer(compute="_compute_counts")
    decided_count = fields.Integer(string="Ratings Decided", compute="_compute_counts")
    decision_count = fields.Integer(compute="_compute_counts")
    can_open = fields.Boolean(compute="_compute_can")
    can_consolidate = fields.Boolean(compute="_compute_can")
    can_resume = fields.Boolean(compute="_compute_can")
    can_conclude = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _period_uniq = models.UniqueIndex(
        "(owner_id, period_kind, year, period_no, purpose) WHERE state != 'cancelled'",
        "There is already a campaign of this owner for the same period and purpose.",
    )
    _period = models.Constraint(
        "CHECK (period_no BETWEEN 0 AND 4 "
        "AND (period_kind = 'quarter') = (period_no > 0))",
        "A quarter has a number from 1 to 4; a year and a term have none.",
    )
    _year = models.Constraint(
        "CHECK (year BETWEEN 1990 AND 2100)", "The year is not plausible."
    )
    _sets = models.Constraint(
        "CHECK (sets BETWEEN 0 AND 20)", "A dossier is made in at most 20 sets."
    )

    @api.constrains("tz")
    def _check_tz(self):
        for campaign in self:
            if campaign.tz not in available_timezones():
                raise ValidationError(
                    self.env._(
                        "“%(tz)s” is no time zone. In Vietnam it is %(default)s.",
                        tz=campaign.tz,
                        default=DEFAULT_TZ,
                    )
                )

    @api.depends_context("uid")
    def _compute_counts(self):
        dossiers = self._count_by_state(
            "cadre.review.dossier", [("state", "!=", "excluded")]
        )
        ratings = self._count_by_state("cadre.review.rating", RATED_HERE)
        decisions = self._count_by_state("cadre.review.decision", [])
        for campaign in self:
            campaign.dossier_count = dossiers[campaign].total()
            campaign.accepted_count = dossiers[campaign]["accepted"]
            campaign.rating_count = ratings[campaign].total()
            campaign.decided_count = (
                ratings[campaign]["decided"] + ratings[campaign]["notified"]
            )
            campaign.decision_count = decisions[campaign].total()

    def _count_by_state(self, model, domain):
        """``{campaign: Counter({state: n})}`` of what the user may read."""
        counts = defaultdict(Counter)
        if self.env[model].has_access("read"):
            for campaign, state, count in self.env[model]._read_group(
                [("campaign_id", "in", self.ids), *domain],
                ["campaign_id", "state"],
                ["__count"],
            ):
                counts[campaign][state] = count
        return counts

    def copy_data(self, default=None):
        """Next year's campaign: everything but dates, numbers and what it holds."""
        return [
            {
                **vals,
                "name": self.env._("%(name)s (copy)", name=campaign.name),
                "year": campaign.year + 1,
                "letter_number": False,
                "letter_date": False,
                "scope_date": local_today(campaign.tz),
                "deadline_ids": [
                    Command.create(
                        {
                            "name": deadline.name,
                            "kind": deadline.kind,
                            "paper_kind_id": deadline.paper_kind_id.id,
                            "mode": deadline.mode,
                            "stop_event": deadline.stop_event,
                            "date": fields.Date.add(deadline.date, years=1),
                        }
                    )
                    for deadline in campaign.deadline_ids
                ],
                **(default or {}),
            }
            for campaign, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_consolidate(self):
        return self._ask("consolidate")

    def action_resume(self):
        return self._ask("resume")

    def action_conclude(self):
        return self._ask("conclude")

    def action_close(self):
        return self._ask("close")

    def action_cancel(self):
        return self._ask("cancel")

    def action_view_dossiers(self):
        return self._view("cadre_review.cadre_review_dossier_action")

    def action_view_ratings(self):
        return self._view("cadre_review.cadre_review_rating_action")

    def action_view_decisions(self):
        action = self._view("cadre_review.cadre_review_decision_action")
        return {**action, "context": {"default_campaign_id": self.id}}

    def _view(self, action):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(action),
            "domain": [("campaign_id", "=", self.id)],
            "context": {},
        }

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _today(self):
        """Today where the council sits; scheduled jobs run in UTC."""
        self.ensure_one()
        return local_today(self.tz)

    def _period_in_words(self):
        """As papers print it: “năm 2022”, “quý I năm 2026”."""
        self.ensure_one()
        if self.period_kind == "quarter":
            return f"quý {QUARTERS[self.period_no]} năm {self.year}"
        return f"năm {self.year}"

    def _last_day(self, kind):
        """Last day of the deadline of this kind, or False."""
        self.ensure_one()
        return self.deadline_ids.filtered(lambda d: d.kind == kind)[:1].last_day

    def _regulation(self, subject_kind):
        """The regulation for a kind of subject on the day of scope: the campaign's
        own choice if it made one, else the one in force; or none."""
        self.ensure_one()
        chosen = self.regulation_ids._applicable(subject_kind, self.scope_date)
        return chosen or self.env["cadre.review.regulation"].search(
            [("subject_kind", "=", subject_kind)]
        )._applicable(subject_kind, self.scope_date)

    def _blockers(self, name):
        checks = {
            "open": ("_opening_findings",),
            "start": ("_opening_findings",),
            "consolidate": ("_unaccepted_dossiers",),
            "conclude": ("_undecided_ratings",),
            "close": ("_unnotified_ratings", "_missing_plans"),
        }
        return [f for check in checks.get(name, ()) for f in getattr(self, check)()]

    def _law(self, subject_kind="collective"):
        """The law that holds for a kind of subject, and with that of its collectives
        for the campaign itself; the catalogue alone where no regulation applies.

        :rtype: rules.law.Law
        """
        regulation = self._regulation(subject_kind)
        return regulation._law() if regulation else UNREGULATED

    def _deadline_findings(self):
        """E4 on these campaigns."""
        return [
            finding
            for campaign in self
            for finding in deadlines.check_order(
                campaign.name, campaign._deadlines_as_values(), campaign._law()
            )
        ]

    def _deadlines_as_values(self):
        return [
            deadlines.Deadline(d.kind, d.name, d.date, d.mode)
            for d in self.deadline_ids
        ]

    def _unaccepted_dossiers(self):
        """D7: consolidation covers every unit in scope."""
        return self._open_work(
            "cadre.review.dossier",
            [("state", "not in", ("accepted", "excluded"))],
            "D7",
            _lt("The dossier has not been accepted."),
            _lt("Receive, check and accept it, or exclude the unit with a reason."),
        )

    def _undecided_ratings(self):
        """C28: every rating in scope has been decided."""
        return self._open_work(
            "cadre.review.rating",
            [*RATED_HERE, ("state", "not in", ("decided", "notified"))],
            "C28",
            _lt("The rating has not been decided."),
            _lt("Record the decision of the authority."),
        )

    def _unnotified_ratings(self):
        """C19a: every result has been notified."""
        return self._open_work(
            "cadre.review.rating",
            [*RATED_HERE, ("state", "!=", "notified")],
            "C19a",
            _lt("The result has not been notified."),
            _lt("Notify the result in writing and record it."),
        )

    def _open_work(self, model, domain, rule, message, remedy):
        """One finding per record that is not finished yet."""
        records = (
            self.env[model].sudo().search([("campaign_id", "in", self.ids), *domain])
        )
        laws = records._laws()
        return [
            finding
            for record in records
            for finding in laws[record].find(
                rule, (), record.display_name, message, remedy
            )
        ]

    def _exclude_dossiers(self):
        """A cancelled campaign takes nothing more in."""
        self.dossier_ids.filtered(lambda d: d.state != "excluded")._mark(
            "exclude", self.env._("The campaign was cancelled.")
        )
