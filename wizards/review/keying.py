from odoo import Command, api, fields, models

from ...models.base.levels import SHORT_LEVELS, each_level
from ...models.base.source_mixin import SOURCES
from ...models.review.tally import TOTALS
from ...rules.stages import CATALOGUE, WITH_CRITERIA

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
CONFERENCE = (*TOTALS, "concluded_level", "departure_reason")
ON_COLLECTIVES = ("concluded", *(s.code for s in CATALOGUE if s.on_collectives))
# as it was keyed before, as far as the user may read it
OF_MEETING = {
    "compute": "_compute_meeting",
    "store": True,
    "compute_sudo": False,
    "readonly": False,
}
# asked once, and kept for the next unit
KEPT = ("source", "source_place")


class CadreReviewKeying(models.TransientModel):
    """One screen on which the office keys what a unit sent on paper.

    It shows what was keyed before, and goes on to the next unit of the campaign.
    """

    _name = "cadre.review.keying"
    _description = "Keying From Paper"
    _inherit = ["cadre.review.scans.mixin"]
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
    queue_text = fields.Char(string="In Turn", compute="_compute_queue_text")
    progress_text = fields.Char(string="Keyed", compute="_compute_progress_text")
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
    is_adopted = fields.Boolean(
        string="Minutes Adopted",
        compute="_compute_is_adopted",
        help="The meeting is keyed; opinions that are missing may still be.",
    )
    date_start = fields.Datetime(string="Start", **OF_MEETING)
    date_end = fields.Datetime(string="End", **OF_MEETING)
    place = fields.Char(string="Venue", **OF_MEETING)
    chair = fields.Char(**OF_MEETING)
    secretary = fields.Char(**OF_MEETING)
    convened = fields.Integer(**OF_MEETING)
    present = fields.Integer(**OF_MEETING)
    absent = fields.Integer(
        compute="_compute_absent",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    absence_reasons = fields.Text(
        compute="_compute_meeting", store=True, compute_sudo=False, readonly=False
    )
    minutes_number = fields.Char(**OF_MEETING)
    minutes_date = fields.Date(**OF_MEETING)
    date_adopted = fields.Date(
        string="Minutes Adopted On",
        **OF_MEETING,
        help="Empty: the day on which the meeting ended.",
    )
    ballot_mode = fields.Selection(
        [("secret", "Secret ballot"), ("open", "Show of hands")],
        compute="_compute_ballot_mode",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    line_ids = fields.One2many(
        "cadre.review.keying.line",
        "keying_id",
        compute="_compute_line_ids",
        store=True,
        compute_sudo=False,
        readonly=False,
    )

    @api.depends("dossier_id")
    @api.depends_context("uid")
    def _compute_queue_text(self):
        for keying in self:
            waiting = keying._queue()
            place = waiting.ids.index(keying.dossier_id.id) + 1 if waiting else 0
            keying.queue_text = self.env._(
                "unit %(place)s of the %(waiting)s not handed in yet",
                place=place,
                waiting=len(waiting),
            )

    @api.depends("line_ids.is_complete")
    def _compute_progress_text(self):
        for keying in self:
            keying.progress_text = self.env._(
                "%(done)s of %(all)s subjects complete",
                done=len(keying.line_ids.filtered("is_complete")),
                all=len(keying.line_ids),
            )

    def _scanned_papers(self):
        return {keying: keying.dossier_id.paper_ids for keying in self}

    def _conference(self):
        """As far as the user may read it; a field's cache knows no rights."""
        return self.env["cadre.review.conference"].search(
            [("dossier_id", "=", self.dossier_id.id)], limit=1
        )

    @api.depends("dossier_id")
    @api.depends_context("uid")
    def _compute_is_adopted(self):
        for keying in self:
            keying.is_adopted = keying._conference().state == "adopted"

    @api.depends("dossier_id")
    def _compute_meeting(self):
        """What was keyed of the meeting before."""
        for keying in self:
            conference = keying._conference()
            for name in MEETING:
                if name not in ("absent", "ballot_mode"):
                    keying[name] = conference[name]

    @api.depends("dossier_id")
    def _compute_ballot_mode(self):
        for keying in self:
            conference = keying._conference()
            keying.ballot_mode = conference.ballot_mode or "secret"

    @api.depends("convened", "present")
    def _compute_absent(self):
        for keying in self:
            keying.absent = max(keying.convened - keying.present, 0)

    @api.depends("dossier_id")
    def _compute_line_ids(self):
        for keying in self:
            keying.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in keying._prepare_lines()),
            ]

    @api.constrains("dossier_id")
    def _check_dossier(self):
        # constraints run as superuser
        self.dossier_id.sudo(False).check_access("write")

    def _prepare_lines(self):
        """A line a subject, with what was keyed of it before."""
        dossier = self.dossier_id
        subjects = self._conference().subject_ids.grouped("rating_id")
        opinions = self.env["cadre.review.opinion"].search(
            [("dossier_id", "=", dossier.id), ("stage", "in", WITH_CRITERIA)]
        )
        said = opinions.grouped(lambda opinion: (opinion.rating_id, opinion.stage))
        for rating in dossier._subjects():
            values = {"rating_id": rating.id}
            if rating in subjects:
                values |= {name: subjects[rating][name] for name in CONFERENCE}
            for stage in WITH_CRITERIA:
                if opinion := said.get((rating, stage)):
                    values[f"{stage}_level"] = opinion.proposed_level
                    values[f"{stage}_kept"] = opinion.state == "confirmed"
            yield values

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_key(self):
        """Record everything; the dossier stays open for corrections."""
        self.ensure_one()
        self.dossier_id._key_from_paper(
            {
                "source": self.source,
                "source_place": self.source_place,
                "attachment_ids": [Command.set(self.attachment_ids.ids)],
            },
            None if self.is_adopted else {name: self[name] for name in MEETING},
            [line._as_subject() for line in self.line_ids],
        )
        receipt = ("date_paper", "incoming_number")
        self.dossier_id.write({name: self[name] for name in receipt if self[name]})
        return self.action_view_dossier()

    def action_key_and_next(self):
        """Record everything, and go on to the next unit."""
        self.action_key()
        return self._open(1)

    def action_key_and_submit(self):
        """Record everything and hand the dossier in on the unit's behalf."""
        action = self.action_key()
        return self.dossier_id.action_submit() or action

    def action_next(self):
        """Leave this unit as it is, and go on to the next one."""
        return self._open(1)

    def action_previous(self):
        return self._open(-1)

    def action_view_dossier(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.dossier",
            "res_id": self.dossier_id.id,
            "view_mode": "form",
        }

    def _queue(self):
        """This dossier, and all of the campaign that are not handed in yet."""
        return self.env["cadre.review.dossier"].search(
            [
                ("campaign_id", "=", self.dossier_id.campaign_id.id),
                "|",
                ("id", "=", self.dossier_id.id),
                ("is_open_to_unit", "=", True),
            ]
        )

    def _open(self, step):
        """The keying of the dossier so many steps on in the queue, which is a ring."""
        self.ensure_one()
        queue = self._queue()
        place = queue.ids.index(self.dossier_id.id) + step
        action = queue[place % len(queue)].action_key_from_paper()
        kept = {f"default_{name}": self[name] for name in KEPT}
        # a crumb a unit would push the path off the screen
        return {**action, "target": "main", "context": {**action["context"], **kept}}


class CadreReviewKeyingLine(models.TransientModel):
    _name = "cadre.review.keying.line"
    _description = "Keying of One Subject"

    keying_id = fields.Many2one("cadre.review.keying", ondelete="cascade")
    rating_id = fields.Many2one("cadre.review.rating", string="Subject", required=True)
    is_person = fields.Boolean(compute="_compute_is_person")
    self_kept = fields.Boolean(help="Confirmed before, and left as it is.")
    party_kept = fields.Boolean(help="Confirmed before, and left as it is.")
    unit_kept = fields.Boolean(help="Confirmed before, and left as it is.")
    self_level = fields.Selection(SHORT_LEVELS, string="Self-Assessment")
    issued = fields.Integer(string="Ballots Issued")
    collected = fields.Integer(string="Ballots Collected")
    valid = fields.Integer(string="Valid Ballots")
    invalid = fields.Integer(string="Invalid Ballots")
    vars().update(each_level("votes_{}", fields.Integer))
    concluded_level = fields.Selection(SHORT_LEVELS, string="Conference's Level")
    departure_reason = fields.Char(string="Why Otherwise")
    party_level = fields.Selection(SHORT_LEVELS, string="Party Body's Level")
    unit_level = fields.Selection(SHORT_LEVELS, string="Unit's Level")
    is_complete = fields.Boolean(compute="_compute_lacking")
    lacking = fields.Char(compute="_compute_lacking", help="What is not keyed yet.")

    @api.depends("rating_id")
    def _compute_is_person(self):
        for line in self:
            line.is_person = bool(line.rating_id.cadre_id)

    @api.depends(
        "rating_id", "concluded_level", *(f"{stage}_level" for stage in WITH_CRITERIA)
    )
    def _compute_lacking(self):
        levels = {
            "self": self.env._("self-assessment"),
            "concluded": self.env._("conference"),
            "party": self.env._("party body"),
            "unit": self.env._("unit"),
        }
        for line in self:
            lacking = [
                label
                for stage, label in levels.items()
                if not line[f"{stage}_level"]
                and (line.rating_id.cadre_id or stage in ON_COLLECTIVES)
            ]
            line.is_complete = not lacking
            line.lacking = ", ".join(lacking) or self.env._("nothing")

    def _as_subject(self):
        self.ensure_one()
        return {
            "rating": self.rating_id,
            "conference": {name: self[name] for name in CONFERENCE},
            "levels": {
                stage: self[f"{stage}_level"]
                for stage in WITH_CRITERIA
                if self.is_person or stage in ON_COLLECTIVES
            },
        }
