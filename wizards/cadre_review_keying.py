from odoo import Command, api, fields, models

from ..models.cadre_review_source_mixin import SOURCES
from ..models.levels import SHORT_LEVELS

MEETING = (
    "date_start",
    "date_end",
    "place",
    "chair",
    "secretary",
    "convened",
    "present",
    "absent",
    "absence_reasons",
    "minutes_number",
    "minutes_date",
    "date_adopted",
    "ballot_mode",
)
CONFERENCE = (
    "issued",
    "collected",
    "valid",
    "invalid",
    "votes_excellent",
    "votes_good",
    "votes_completed",
    "votes_failed",
    "concluded_level",
    "departure_reason",
)


class CadreReviewKeying(models.TransientModel):
    """One screen on which the office keys what a unit sent on paper."""

    _name = "cadre.review.keying"
    _description = "Keying From Paper"
    _rec_name = "unit_name"

    def _default_dossier_id(self):
        if self.env.context.get("active_model") == "cadre.review.dossier":
            return self.env.context.get("active_id")
        return False

    dossier_id = fields.Many2one(
        "cadre.review.dossier",
        required=True,
        default=lambda self: self._default_dossier_id(),
    )
    unit_name = fields.Char(related="dossier_id.unit_name", related_sudo=False)
    source = fields.Selection(
        [source for source in SOURCES if source[0] != "online"],
        required=True,
        default="paper",
    )
    source_place = fields.Char(string="Paper Kept At")
    attachment_ids = fields.Many2many("ir.attachment", string="Signed Scans")
    date_paper = fields.Date(
        string="Date of the Paper", help="When the paper dossier was handed over."
    )
    incoming_number = fields.Char(
        string="Number of Receipt", help="Number in the register of incoming papers."
    )
    date_start = fields.Datetime(string="Start")
    date_end = fields.Datetime(string="End")
    place = fields.Char(string="Venue")
    chair = fields.Char()
    secretary = fields.Char()
    convened = fields.Integer()
    present = fields.Integer()
    absent = fields.Integer(compute="_compute_absent", store=True, readonly=False)
    absence_reasons = fields.Text()
    minutes_number = fields.Char()
    minutes_date = fields.Date()
    date_adopted = fields.Date(
        string="Minutes Adopted On", help="Empty: the day on which the meeting ended."
    )
    ballot_mode = fields.Selection(
        [("secret", "Secret ballot"), ("open", "Show of hands")], default="secret"
    )
    line_ids = fields.One2many(
        "cadre.review.keying.line",
        "keying_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("convened", "present")
    def _compute_absent(self):
        for keying in self:
            keying.absent = max(keying.convened - keying.present, 0)

    @api.depends("dossier_id")
    def _compute_line_ids(self):
        for keying in self:
            keying.line_ids = [
                Command.clear(),
                *(
                    Command.create({"rating_id": rating.id})
                    for rating in keying.dossier_id._subjects()
                ),
            ]

    @api.constrains("dossier_id")
    def _check_dossier(self):
        # constraints run as superuser
        self.dossier_id.sudo(False).check_access("write")

    def action_key(self):
        """Record everything; the dossier stays open for corrections."""
        self.ensure_one()
        self.dossier_id._key_from_paper(
            {
                "source": self.source,
                "source_place": self.source_place,
                "attachment_ids": [Command.set(self.attachment_ids.ids)],
            },
            {name: self[name] for name in MEETING},
            [line._as_subject() for line in self.line_ids],
        )
        receipt = ("date_paper", "incoming_number")
        self.dossier_id.write({name: self[name] for name in receipt if self[name]})
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.dossier",
            "res_id": self.dossier_id.id,
            "view_mode": "form",
        }

    def action_key_and_submit(self):
        """Record everything and hand the dossier in on the unit's behalf."""
        action = self.action_key()
        return self.dossier_id.action_submit() or action


class CadreReviewKeyingLine(models.TransientModel):
    _name = "cadre.review.keying.line"
    _description = "Keying of One Subject"

    keying_id = fields.Many2one("cadre.review.keying", ondelete="cascade")
    rating_id = fields.Many2one("cadre.review.rating", string="Subject", required=True)
    is_person = fields.Boolean(compute="_compute_is_person")
    self_level = fields.Selection(SHORT_LEVELS, string="Self-Assessment")
    issued = fields.Integer(string="Ballots Issued")
    collected = fields.Integer(string="Ballots Collected")
    valid = fields.Integer(string="Valid Ballots")
    invalid = fields.Integer(string="Invalid Ballots")
    votes_excellent = fields.Integer(string="Excellent")
    votes_good = fields.Integer(string="Good")
    votes_completed = fields.Integer(string="Completed")
    votes_failed = fields.Integer(string="Not Completed")
    concluded_level = fields.Selection(SHORT_LEVELS, string="Conference's Level")
    departure_reason = fields.Char(string="Why Otherwise")
    party_level = fields.Selection(SHORT_LEVELS, string="Party Body's Level")
    unit_level = fields.Selection(SHORT_LEVELS, string="Unit's Level")

    @api.depends("rating_id")
    def _compute_is_person(self):
        for line in self:
            line.is_person = bool(line.rating_id.cadre_id)

    def _as_subject(self):
        self.ensure_one()
        return {
            "rating": self.rating_id,
            "conference": {name: self[name] for name in CONFERENCE},
            "levels": {
                stage: self[f"{stage}_level"]
                for stage in ("self", "party", "unit")
                if self.is_person or stage == "unit"
            },
        }
