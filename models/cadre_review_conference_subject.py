from odoo import api, fields, models
from odoo.exceptions import UserError

from .kept_link import kept_link
from .levels import LEVELS


class CadreReviewConferenceSubject(models.Model):
    """A subject on the agenda: what was said of it and what was concluded.

    - rights are the conference's.
    """

    _name = "cadre.review.conference.subject"
    _description = "Subject of a Conference"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "conference_id, agenda_no, id"

    conference_id = fields.Many2one(
        "cadre.review.conference",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    conference_state = fields.Selection(related="conference_id.state")
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
    opinions = fields.Text(
        string="Opinions Noted", help="What was said, as the minutes note it."
    )
    conclusion = fields.Text()
    tally_ids = fields.One2many("cadre.review.tally", "subject_id", string="Tallies")
    tally_id = fields.Many2one(
        "cadre.review.tally",
        string="Ballots of the Unit",
        compute="_compute_tally_id",
        search="_search_tally_id",
        help="Of the unit's own body.",
    )
    issued = fields.Integer(related="tally_id.issued", readonly=False)
    collected = fields.Integer(related="tally_id.collected", readonly=False)
    valid = fields.Integer(related="tally_id.valid", readonly=False)
    invalid = fields.Integer(related="tally_id.invalid", readonly=False)
    votes_excellent = fields.Integer(related="tally_id.votes_excellent", readonly=False)
    votes_good = fields.Integer(related="tally_id.votes_good", readonly=False)
    votes_completed = fields.Integer(related="tally_id.votes_completed", readonly=False)
    votes_failed = fields.Integer(related="tally_id.votes_failed", readonly=False)
    leading_level = fields.Selection(related="tally_id.leading_level")
    concluded_level = fields.Selection(LEVELS, string="Level Concluded")
    departure_reason = fields.Char(
        string="Why Otherwise",
        help="Why the chair concludes another level than the ballots led to.",
    )

    _subject_uniq = models.Constraint(
        "unique(conference_id, rating_id)", "This subject is on the agenda already."
    )

    @api.depends("rating_id")
    def _compute_display_name(self):
        for subject in self:
            subject.display_name = subject.sudo().rating_id.display_name

    @api.depends("tally_ids.kind")
    def _compute_tally_id(self):
        for subject in self:
            own = subject.tally_ids.filtered(lambda tally: tally.kind == "unit")
            subject.tally_id = own[:1]

    def _search_tally_id(self, operator, value):
        own = [("id", operator, value), ("body_id.kind", "=", "unit")]
        return [("tally_ids", "any", own)]

    @api.constrains("concluded_level", "rating_id")
    def _check_level_exists(self):
        self.rating_id._check_levels_exist(
            [(subject.rating_id, subject.concluded_level) for subject in self]
        )

    @api.constrains("conference_id", "rating_id")
    def _check_same_dossier(self):
        strangers = self.sudo().filtered(
            lambda s: s.rating_id.dossier_id != s.conference_id.dossier_id
        )
        if strangers:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(subject)s is not a subject of this conference.",
                        subject=subject.rating_id.display_name,
                    )
                    for subject in strangers
                )
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open(self):
        """The window for what was said of one subject."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.display_name,
        }
