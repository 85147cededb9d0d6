from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import meetings
from ..base.kept_link import kept_link
from ..base.levels import LEVELS, each_level

VOTED = tuple(dict(LEVELS))
TOTALS = (
    *("issued", "collected", "valid", "invalid"),
    *(f"votes_{level}" for level in VOTED),
)


class CadreReviewTally(models.Model):
    """Totals of one body's ballots on one subject, and nothing else.

    No voter, no single ballot, no tracking: what is written are the totals of the
    counting minutes. They are corrected by a new version of the minutes.

    - rights are the conference's.
    """

    _name = "cadre.review.tally"
    _description = "Tally"
    _inherit = ["cadre.review.said.mixin", "cadre.review.shared.edit.mixin"]
    _said_with = "conference_id"
    _rec_name = "rating_id"
    _order = "id"

    subject_id = fields.Many2one(
        "cadre.review.conference.subject",
        string="Item of the Agenda",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    body_id = fields.Many2one(
        "cadre.review.conference.body",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    kind = fields.Selection(related="body_id.kind")
    # not precomputed: records in the making would stay in conference.tally_ids
    conference_id = kept_link("subject_id.conference_id", precompute=False)
    company_id = kept_link("subject_id.company_id")
    unit_id = kept_link("subject_id.unit_id")
    rating_id = kept_link("subject_id.rating_id", string="Subject")
    agenda_no = fields.Integer(related="subject_id.agenda_no")
    issued = fields.Integer(
        string="Ballots Issued",
        help="NĐ 90/2020/NĐ-CP Điều 17 khoản 2: totals as in the minutes; nothing is "
        "kept of who voted how.",
    )
    collected = fields.Integer(string="Ballots Collected")
    valid = fields.Integer(string="Valid Ballots")
    invalid = fields.Integer(string="Invalid Ballots")
    vars().update(each_level("votes_{}", fields.Integer))
    leading_level = fields.Selection(
        LEVELS,
        compute="_compute_leading_level",
        string="Level by Ballots",
        help="First level with more than half of the valid ballots, added from the "
        "best downwards: a custom, not a rule; the conference concludes.",
    )

    _body_uniq = models.Constraint(
        "unique(subject_id, body_id)", "This body already has its tally on the subject."
    )

    @api.depends(
        *(f"votes_{level}" for level in VOTED),
        *("valid", "body_id.present", "conference_id.present"),
        *("conference_id.convened", "rating_id"),
    )
    def _compute_leading_level(self):
        """By the share and the base that the subject's regulation sets."""
        laws = {}
        for tally in self:
            regulation = tally.sudo().rating_id.regulation_id
            if regulation not in laws:
                laws[regulation] = regulation and regulation._law()
            law, conference = laws[regulation], tally.conference_id
            tally.leading_level = law and meetings.led_to(
                law,
                {level: tally[f"votes_{level}"] for level in VOTED},
                {
                    "valid": tally.valid,
                    "present": tally.body_id.present or conference.present,
                    "convened": conference.convened,
                },
            )

    def _history(self):
        """Who wrote over whom is told by the conference."""
        return self.conference_id

    @api.constrains("subject_id", "body_id")
    def _check_same_conference(self):
        strangers = self.sudo().filtered(
            lambda tally: tally.body_id.conference_id != tally.subject_id.conference_id
        )
        if strangers:
            raise UserError(
                self.env._(
                    "%(bodies)s: another conference's body.",
                    bodies=", ".join(strangers.body_id.mapped("name")),
                )
            )
