from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import meetings
from ..rules.review import AT_ADOPTION, AT_CONFERENCE
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
    _inherit = [
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
        "cadre.review.shared.edit.mixin",
    ]
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
    date_draft_sent = fields.Date(
        string="Draft Report Sent", help="When those convened got the draft report."
    )
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
        rules = AT_ADOPTION if name == "adopt" else AT_CONFERENCE
        return [*self._source_findings(), *self.dossier_id._rule_findings(rules)]

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
    _rec_name = "rating_id"
    _order = "conference_id, agenda_no, id"

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
    agenda_no = fields.Integer(
        string="No.",
        aggregator=None,
        help="Place on the agenda: the collective, the head, then the others.",
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

    @api.depends(
        *(f"votes_{level}" for level in VOTED),
        *("valid", "conference_id.present", "conference_id.convened", "rating_id"),
    )
    def _compute_leading_level(self):
        """By the share and the base that the subject's regulation sets."""
        laws = {}
        for tally in self:
            regulation = tally.sudo().rating_id.regulation_id
            if regulation not in laws:
                laws[regulation] = regulation and regulation._law()
            law = laws[regulation]
            if not law:
                tally.leading_level = False
                continue
            tally.leading_level = meetings.led_to(
                law,
                tally._votes(),
                {
                    "valid": tally.valid,
                    "present": tally.conference_id.present,
                    "convened": tally.conference_id.convened,
                },
            )

    @api.constrains("concluded_level", "rating_id")
    def _check_level_exists(self):
        self.rating_id._check_levels_exist(
            [(tally.rating_id, tally.concluded_level) for tally in self]
        )

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
