from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import meetings
from ..rules.findings import Finding, Severity, _
from .cadre_review_dossier import OPEN_TO_UNIT
from .cadre_review_move_mixin import Move
from .kept_link import kept_link
from .levels import LEVELS

VOTED = tuple(dict(LEVELS))


class CadreReviewConference(models.Model):
    """The conference at which a unit reviews itself, with its tallies.

    Ballots are recorded as totals; nothing ties a person to a vote.

    - officers of the unit record it while the dossier is open to the unit, the
      office on their behalf; adopted, it is never changed;
    - the office and the authority read it from the hand-in on.
    """

    _name = "cadre.review.conference"
    _description = "Review Conference"
    _inherit = ["cadre.review.move.mixin", "cadre.review.source.mixin"]
    _order = "dossier_id, id desc"
    _check_company_auto = True
    _stops_with_campaign = True

    _moves = {
        "hold": Move(("draft",), "held", ("officer", "office"), stages=OPEN_TO_UNIT),
        "adopt": Move(("held",), "adopted", ("officer", "office"), stages=OPEN_TO_UNIT),
        "reopen": Move(
            ("held", "adopted"),
            "draft",
            ("office",),
            reason=True,
            stages=OPEN_TO_UNIT,
        ),
    }

    dossier_id = fields.Many2one(
        "cadre.review.dossier",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    campaign_id = kept_link("dossier_id.campaign_id")
    company_id = kept_link("dossier_id.company_id")
    unit_id = kept_link("dossier_id.unit_id")
    state = fields.Selection(
        [("draft", "Draft"), ("held", "Held"), ("adopted", "Minutes adopted")],
        default="draft",
        required=True,
        copy=False,
        gated=True,
    )
    date_start = fields.Datetime(string="Start")
    date_end = fields.Datetime(string="End")
    place = fields.Char(string="Venue")
    chair = fields.Char()
    secretary = fields.Char()
    convened = fields.Integer()
    present = fields.Integer()
    absent = fields.Integer()
    absence_reasons = fields.Text(help="Each absent person with the reason.")
    proceedings = fields.Html(help="Opinions noted and conclusions, as in the minutes.")
    minutes_number = fields.Char(help="Filled in after signing.")
    minutes_date = fields.Date(help="Filled in after signing.")
    ballot_mode = fields.Selection(
        [("secret", "Secret ballot"), ("open", "Show of hands")], default="secret"
    )
    tally_ids = fields.One2many("cadre.review.tally", "conference_id", string="Tallies")
    can_hold = fields.Boolean(compute="_compute_can")
    can_adopt = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _dossier_uniq = models.Constraint(
        "unique(dossier_id)", "The dossier already has its conference."
    )

    @api.depends("dossier_id")
    def _compute_display_name(self):
        for conference in self:
            conference.display_name = self.env._(
                "Conference of %(unit)s", unit=conference.sudo().dossier_id.unit_name
            )

    @api.model_create_multi
    def create(self, vals_list):
        conferences = super().create(vals_list)
        conferences.filtered(lambda c: not c.tally_ids)._add_tallies()
        return conferences

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda conference: conference.state != "draft"):
            raise UserError(self.env._("A conference that was held is never deleted."))

    def _add_tallies(self):
        """One empty tally per subject rated in the dossier."""
        self.env["cadre.review.tally"].create(
            [
                {"conference_id": conference.id, "rating_id": rating.id}
                for conference in self
                for rating in conference.sudo().dossier_id._subjects()
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

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _blockers(self, name):
        if name == "reopen":
            return []
        findings = self._source_findings()
        for conference in self:
            findings += meetings.check_meeting(conference._as_values())
            for tally in conference.tally_ids:
                findings += meetings.check_tally(tally._as_values(), conference.present)
            if name == "adopt":
                findings += conference._unconcluded() + conference._unassessed()
        return findings

    def _as_values(self):
        self.ensure_one()
        return meetings.Meeting(
            name=self.display_name,
            start=self.date_start or None,
            end=self.date_end or None,
            place=self.place or "",
            chair=self.chair or "",
            secretary=self.secretary or "",
            convened=self.convened,
            present=self.present,
            absent=self.absent,
            absence_reasons=self.absence_reasons or "",
        )

    def _unconcluded(self):
        """C4: subjects on which the conference has not concluded."""
        ratings = self.sudo().dossier_id._subjects()
        concluded = self.tally_ids.filtered("concluded_level").rating_id
        return [
            Finding(
                "C4",
                Severity.BLOCK,
                rating.display_name,
                _("The conference's conclusion is missing."),
                _("Enter the level the conference concluded."),
                "NĐ 90/2020/NĐ-CP Điều 17 khoản 2",
            )
            for rating in ratings - concluded.sudo()
        ]

    def _unassessed(self):
        """C3: people whose self-assessment has not been confirmed."""
        people = self.sudo().dossier_id._subjects().filtered("cadre_id")
        confirmed = people.opinion_ids.filtered(
            lambda o: o.stage == "self" and o.state == "confirmed"
        )
        return [
            Finding(
                "C3",
                Severity.BLOCK,
                rating.display_name,
                _("The self-assessment has not been confirmed."),
                _("The person confirms it, or it is keyed from the signed paper."),
                "NĐ 90/2020/NĐ-CP Điều 17 khoản 1",
            )
            for rating in people - confirmed.rating_id
        ]

    def _after_adopt(self):
        """The conclusions become the conference's opinions on the ratings."""
        Opinion = self.env["cadre.review.opinion"]
        tallies = self.tally_ids
        existing = Opinion.search(
            [("rating_id", "in", tallies.rating_id.ids), ("stage", "=", "conference")]
        ).grouped("rating_id")
        fresh = []
        for tally in tallies:
            values = {
                "proposed_level": tally.concluded_level,
                "conclusion": tally.conclusion,
                "state": "confirmed",
                "source": tally.conference_id.source,
                "source_place": tally.conference_id.source_place,
            }
            if opinion := existing.get(tally.rating_id):
                opinion.write(values)
            else:
                fresh.append(
                    {"rating_id": tally.rating_id.id, "stage": "conference", **values}
                )
        Opinion.create(fresh)
        tallies.rating_id.filtered(lambda r: r.state == "draft")._mark("review")

    def _after_reopen(self):
        ratings = self.tally_ids.rating_id
        ratings.filtered(lambda r: r.state == "reviewed")._mark("reopen")
        ratings.opinion_ids.filtered(lambda o: o.stage == "conference").state = "draft"


class CadreReviewTally(models.Model):
    """Totals of the ballots on one subject; its rights are the conference's."""

    _name = "cadre.review.tally"
    _description = "Tally"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "conference_id, id"

    conference_id = fields.Many2one(
        "cadre.review.conference",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("conference_id.company_id")
    unit_id = kept_link("conference_id.unit_id")
    rating_id = fields.Many2one(
        "cadre.review.rating",
        string="Subject",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    issued = fields.Integer(string="Ballots Issued")
    collected = fields.Integer(string="Ballots Collected")
    valid = fields.Integer(string="Valid Ballots")
    invalid = fields.Integer(string="Invalid Ballots")
    votes_excellent = fields.Integer(string="Excellent")
    votes_good = fields.Integer(string="Good")
    votes_completed = fields.Integer(string="Completed")
    votes_failed = fields.Integer(string="Not Completed")
    leading_level = fields.Selection(
        LEVELS,
        compute="_compute_leading_level",
        string="Level by Ballots",
        help="First level with more than half of the valid ballots, added from the "
        "best downwards: a custom, not a rule; the conference concludes.",
    )
    concluded_level = fields.Selection(LEVELS, string="Level Concluded")
    conclusion = fields.Text()

    _subject_uniq = models.Constraint(
        "unique(conference_id, rating_id)", "This subject already has a tally."
    )
    _not_negative = models.Constraint(
        "CHECK (LEAST(issued, collected, valid, invalid, votes_excellent, votes_good,"
        " votes_completed, votes_failed) >= 0)",
        "A number of ballots is negative.",
    )

    @api.depends(*(f"votes_{level}" for level in VOTED), "valid")
    def _compute_leading_level(self):
        for tally in self:
            tally.leading_level = meetings.leading_level(tally._votes(), tally.valid)

    @api.constrains("conference_id", "rating_id")
    def _check_same_dossier(self):
        for tally in self.sudo():
            if tally.rating_id.dossier_id != tally.conference_id.dossier_id:
                raise UserError(
                    self.env._(
                        "%(subject)s is not a subject of this conference.",
                        subject=tally.rating_id.display_name,
                    )
                )

    def _votes(self):
        return {level: self[f"votes_{level}"] for level in VOTED}

    def _as_values(self):
        self.ensure_one()
        return meetings.Tally(
            subject=self.rating_id.display_name,
            issued=self.issued,
            collected=self.collected,
            valid=self.valid,
            invalid=self.invalid,
            votes=self._votes(),
        )
