from odoo import api, fields, models
from odoo.exceptions import UserError

from ..base.kept_link import kept_link
from ..base.levels import SHORT_LEVELS, each_level
from .tally import TOTALS


def _ballots(string):
    """A total of the unit's own body, shown and typed beside the subject."""
    return fields.Integer(
        string=string, compute="_compute_ballots", inverse="_inverse_ballots"
    )


class CadreReviewConferenceSubject(models.Model):
    """A subject on the agenda: what was said of it and what was concluded.

    - rights are the conference's.
    """

    _name = "cadre.review.conference.subject"
    _description = "Subject of a Conference"
    _inherit = ["cadre.review.said.mixin", "cadre.review.shared.edit.mixin"]
    _said_with = "conference_id"
    _order = "agenda_no, id"

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
        help="Of the unit's own body.",
    )
    issued = _ballots("Ballots Issued")
    collected = _ballots("Ballots Collected")
    valid = _ballots("Valid Ballots")
    invalid = _ballots("Invalid Ballots")
    vars().update(each_level("votes_{}", _ballots))
    leading_level = fields.Selection(
        SHORT_LEVELS, string="Level by Ballots", compute="_compute_ballots"
    )
    concluded_level = fields.Selection(SHORT_LEVELS, string="Level Concluded")
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

    @api.depends(*(f"tally_ids.{name}" for name in (*TOTALS, "leading_level")))
    def _compute_ballots(self):
        for subject in self:
            tally = subject.tally_id
            subject.leading_level = tally.leading_level
            for name in TOTALS:
                subject[name] = tally[name]

    def _inverse_ballots(self):
        for subject in self:
            subject.tally_id.write({name: subject[name] for name in TOTALS})

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

    def _history(self):
        """Who wrote over whom is told by the conference."""
        return self.conference_id

    def _field_row(self, name):
        """Ballots shown here stand on the tally's row."""
        return self.tally_id if name in TOTALS else self

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
