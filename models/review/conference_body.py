from odoo import api, fields, models
from odoo.exceptions import UserError

from ..base.kept_link import kept_link
from .tally import TOTALS


class CadreReviewConferenceBody(models.Model):
    """A body that meets and votes at a conference, with minutes of its own.

    The unit's own body is always there; the party body may meet at the same time
    and have minutes, or an extract, under its own letterhead.

    - rights are the conference's.
    """

    _name = "cadre.review.conference.body"
    _description = "Body at a Conference"
    _inherit = ["cadre.review.said.mixin"]
    _said_with = "conference_id"
    _order = "sequence, id"
    _pictured_states = ("adopted",)

    conference_id = fields.Many2one(
        "cadre.review.conference",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("conference_id.dossier_id")
    campaign_id = kept_link("conference_id.campaign_id")
    company_id = kept_link("conference_id.company_id")
    unit_id = kept_link("conference_id.unit_id")
    state = fields.Selection(related="conference_id.state")
    is_on_behalf = fields.Boolean(related="conference_id.is_on_behalf")
    name = fields.Char(required=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True, precompute=True)
    kind = fields.Selection(
        [
            ("unit", "The unit's own"),
            ("party", "Party body"),
            ("other", "Another body"),
        ],
        required=True,
        default="other",
        fixed=True,
    )
    party_body_id = fields.Many2one(
        "cadre.review.party.body", index="btree_not_null", ondelete="restrict"
    )
    present = fields.Integer(
        string="Members Present", help="0: all who are present have a vote."
    )
    paper_form = fields.Selection(
        [("minutes", "Minutes"), ("extract", "Extract of the minutes")],
        required=True,
        default="minutes",
    )
    minutes_number = fields.Char(help="Filled in after signing.")
    minutes_date = fields.Date(help="Filled in after signing.")
    tally_ids = fields.One2many("cadre.review.tally", "body_id", string="Tallies")

    _own_uniq = models.UniqueIndex(
        "(conference_id) WHERE kind = 'unit'", "The unit's own body is there already."
    )

    @api.depends("kind")
    def _compute_sequence(self):
        kinds = [kind for kind, _label in self._fields["kind"].selection]
        for body in self:
            body.sequence = kinds.index(body.kind)

    @api.depends("name", "conference_id")
    def _compute_display_name(self):
        for body in self:
            body.display_name = self.env._("Minutes of %(body)s", body=body.name or "")

    @api.model_create_multi
    def create(self, vals_list):
        bodies = super().create(vals_list)
        bodies._add_tallies()
        return bodies

    def unlink(self):
        self.check_access("unlink")
        self.sudo().tally_ids.unlink()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own(self):
        if not self.env.su and self.filtered(lambda body: body.kind == "unit"):
            raise UserError(self.env._("The unit's own body always votes."))

    def _add_tallies(self):
        """One tally without ballots per subject of the conference."""
        self.env["cadre.review.tally"].create(
            [
                {"body_id": body.id, "subject_id": subject.id}
                for body in self
                for subject in body.conference_id.subject_ids
            ]
        )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_tallies(self):
        """The list of this body's ballots, in the order of the agenda."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.tally",
            "view_mode": "list",
            "name": self.env._("Ballots of %(body)s", body=self.name),
            "domain": [("body_id", "=", self.id)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------------
    # MINUTES
    # ------------------------------------------------------------------

    def _take_minutes(self):
        self.env["cadre.review.picture"]._take(
            self,
            "minutes",
            {body.id: body._content() for body in self},
            "cadre_review.action_report_minutes",
        )

    def _content(self):
        """What the minutes of this body say, as plain values."""
        self.ensure_one()
        conference = self.conference_id
        return {
            "campaign": conference.campaign_id.name,
            "unit": conference.dossier_id.unit_name,
            "unit_code": conference.unit_id.code,
            "body": self.name,
            "kind": self.kind,
            "form": self.paper_form,
            "version": conference.version,
            "round": conference.dossier_id.round,
            "number": self._number(),
            "start": conference._local(conference.date_start),
            "end": conference._local(conference.date_end),
            "place": conference.place,
            "chair": conference.chair,
            "secretary": conference.secretary,
            "adopted": conference.date_adopted or None,
            "convened": conference.convened,
            "present": conference.present,
            "absent": conference.absent,
            "absence_reasons": conference.absence_reasons,
            "members_present": self.present or conference.present,
            "attendance": [
                {
                    "name": attendee.name,
                    "title": attendee.title or "",
                    "kind": attendee.kind,
                    "status": attendee.status,
                    "reason": attendee.reason or "",
                }
                for attendee in conference.attendance_ids
            ],
            "ballot_mode": conference.ballot_mode,
            "proceedings": conference.proceedings or "",
            "subjects": [self._subject_content(tally) for tally in self._tallies()],
            "source": conference.source,
            "source_place": conference.source_place or "",
        }

    def _subject_content(self, tally):
        subject, rating = tally.subject_id, tally.rating_id
        return {
            "name": rating.name,
            "code": rating.cadre_id.code or "",
            "title": rating.title or "",
            "agenda_no": subject.agenda_no,
            "opinions": subject.opinions or "",
            "conclusion": subject.conclusion or "",
            "level": subject.concluded_level or "",
            "departure_reason": subject.departure_reason or "",
            "ballots": {name: tally[name] for name in TOTALS},
        }

    def _tallies(self):
        """In the order of the agenda."""
        return self.tally_ids.sorted(lambda t: (t.subject_id.agenda_no, t.id))

    def _number(self):
        own = self.kind == "unit" and self.conference_id.minutes_number
        return self.minutes_number or own or ""
