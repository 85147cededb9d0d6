from contextlib import contextmanager

from odoo import api, fields, models

from ...rules import deadlines
from ...rules.dossiers import OPEN_TO_UNIT

KINDS = [
    ("review", "Review conference"),
    ("dossier", "Dossier"),
    ("conclusion", "Appraisal and conclusion"),
    ("remediation", "Remediation plan"),
    ("paper", "One kind of paper"),
    ("other", "Other"),
]
# what keeps a deadline of each kind, where nothing else is said
USUAL_STOP = {
    "review": "adopted",
    "dossier": "submitted",
    "conclusion": "decided",
    "remediation": "planned",
    "paper": "provided",
}
# dossiers that have not kept the deadline yet, by what keeps it; of the papers of one
# kind it depends on the kind
NOT_YET = {
    "adopted": [
        ("is_open_to_unit", "=", True),
        ("conference_ids", "not any", [("state", "=", "adopted")]),
    ],
    "submitted": [("is_open_to_unit", "=", True)],
    "paper_date": [
        ("is_open_to_unit", "=", True),
        ("date_paper", "=", False),
    ],
    "received": [
        ("state", "in", (*OPEN_TO_UNIT, "submitted")),
        "|",
        ("incoming_number", "=", False),
        # the number is that of the round before
        ("state", "=", "returned"),
    ],
    "decided": [
        ("state", "!=", "excluded"),
        (
            "rating_ids",
            "any",
            [
                ("scope", "=", "rated"),
                ("has_left", "=", False),
                ("state", "not in", ("decided", "notified")),
            ],
        ),
    ],
    # the unit's own plan
    "planned": [
        ("state", "!=", "excluded"),
        ("plan_ids", "not any", [("rating_id", "=", False), ("state", "!=", "draft")]),
    ],
    # nothing tells: it is called to mind, and never urged after the day
    False: [("state", "!=", "excluded")],
}


class CadreReviewDeadline(models.Model):
    """A date by which, or before which, something of a campaign is done.

    It prints as ordered. The last day it leaves stands beside it: moved off days of
    rest only by the campaign's policy, and by extensions.

    - rights are those of the campaign.
    """

    _name = "cadre.review.deadline"
    _description = "Deadline"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "date, id"

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    name = fields.Char(string="What Falls Due", required=True)
    kind = fields.Selection(
        KINDS,
        required=True,
        help="NĐ 90/2020/NĐ-CP Điều 20: reviewed and rated before 15 December; the "
        "letter sets the days.",
    )
    date = fields.Date(required=True)
    mode = fields.Selection(
        [
            ("by", "At the latest on (day included)"),
            ("before", "Before (day excluded)"),
        ],
        required=True,
        default="by",
        help="As the letter says: “chậm nhất ngày” includes the day, “trước ngày” "
        "does not.",
    )
    stop_event = fields.Selection(
        [
            ("adopted", "Minutes adopted"),
            ("submitted", "Dossier handed in"),
            ("paper_date", "Date of the paper"),
            ("received", "Number of receipt"),
            ("decided", "Decision issued"),
            ("planned", "Remediation plan adopted"),
            ("provided", "Papers of the kind provided"),
        ],
        string="Kept When",
    )
    paper_kind_id = fields.Many2one(
        "cadre.review.paper.kind",
        string="Kind of Paper",
        index="btree_not_null",
        ondelete="restrict",
        help="Whose own deadline it is.",
    )
    extended_to = fields.Date(
        gated=True, copy=False, help="Last day of the latest extension for all units."
    )
    last_day = fields.Date(compute="_compute_last_day", store=True)
    last_day_text = fields.Char(string="Last Day in Words", compute="_compute_texts")
    printed = fields.Char(string="As Ordered", compute="_compute_texts")
    rest_note = fields.Char(string="Day of Rest", compute="_compute_texts")

    _one_per_kind = models.UniqueIndex(
        "(campaign_id, kind) WHERE kind NOT IN ('other', 'paper')",
        "A campaign has one deadline of each kind.",
    )
    _one_per_paper = models.UniqueIndex(
        "(campaign_id, paper_kind_id) WHERE kind = 'paper'",
        "A kind of paper has one deadline of its own in a campaign.",
    )
    _of_a_paper = models.Constraint(
        "CHECK ((kind = 'paper') = (paper_kind_id IS NOT NULL)"
        " AND (kind = 'paper' OR stop_event IS DISTINCT FROM 'provided'))",
        "The deadline of one kind of paper names the kind, and no other deadline does.",
    )

    @api.depends("date", "mode", "extended_to", "campaign_id.shift_policy")
    def _compute_last_day(self):
        calendar = None
        for deadline in self:
            day = deadline.date and deadlines.last_day(deadline.date, deadline.mode)
            policy = deadline.campaign_id.shift_policy or "no_shift"
            if day and policy != "no_shift":
                calendar = calendar or self.env["cadre.review.holiday"]._calendar()
                day = deadlines.shifted(day, policy, calendar)
            deadline.last_day = deadline.extended_to or day

    @api.depends("date", "mode", "last_day")
    def _compute_texts(self):
        calendar = self.env["cadre.review.holiday"]._calendar()
        for deadline in self:
            if deadline.date:
                deadline.printed = deadlines.printed(deadline.date, deadline.mode)
                deadline.last_day_text = deadlines.in_words(deadline.last_day)
                deadline.rest_note = deadlines.rest_note(deadline.last_day, calendar)
            else:
                deadline.printed = deadline.last_day_text = deadline.rest_note = False

    @api.depends("name", "campaign_id.name")
    def _compute_display_name(self):
        for deadline in self:
            deadline.display_name = deadline.name

    def write(self, vals):
        with self._carrying_last_days():
            return super().write(vals)

    @api.model
    def get_unusual_days(self, date_from, date_to=None):
        """The calendar of Odoo greys days of rest, and asks for them by this name."""
        return self.env["cadre.review.holiday"]._unusual_days(date_from, date_to)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _stop(self):
        """What keeps this deadline, or False."""
        self.ensure_one()
        return self.stop_event or USUAL_STOP.get(self.kind, False)

    def _not_yet(self):
        """Domain of the dossiers that have not kept this deadline yet."""
        stop = self._stop()
        if stop != "provided":
            return NOT_YET[stop]
        missing = [
            ("kind_id", "=", self.paper_kind_id.id),
            ("state", "in", ("missing", "failed")),
            *("|", ("rating_id", "=", False), ("rating_id.has_left", "=", False)),
        ]
        return [("is_open_to_unit", "=", True), ("paper_ids", "any", missing)]

    def _pending(self, dossiers=None):
        """The dossiers of the campaign that have not kept this deadline yet.

        :param dossiers: ask about these only
        """
        self.ensure_one()
        domain = [("campaign_id", "=", self.campaign_id.id), *self._not_yet()]
        if dossiers is not None:
            domain.append(("id", "in", dossiers.ids))
        return self.env["cadre.review.dossier"].search(domain, order="id")

    @contextmanager
    def _carrying_last_days(self):
        """Around whatever moves last days: dossiers in their first round that stand
        on the old day follow to the new one; extensions of their own remain."""
        moving = self.sudo() or self.sudo().search(
            [("campaign_id.state", "not in", ("closed", "cancelled"))]
        )
        before = {deadline: deadline.last_day for deadline in moving}
        yield
        if not self:
            self.env.add_to_compute(self._fields["last_day"], moving)
        for deadline, day in before.items():
            if deadline.last_day != day:
                deadline._carry_last_day(day)

    def _carry_last_day(self, before):
        self.ensure_one()
        if self.kind == "dossier":
            self.env["cadre.review.dossier"].sudo().search(
                [
                    ("campaign_id", "=", self.campaign_id.id),
                    ("date_due", "=", before),
                    ("round", "=", 1),
                    ("state", "!=", "excluded"),
                ]
            ).date_due = self.last_day
