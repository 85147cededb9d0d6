from odoo import api, fields, models

from ...rules import deadlines
from ..base.move_mixin import Move


class CadreReviewDelay(models.Model):
    """A unit asks to hand in later: until when, why, and what the office says.

    Granted before the day, it becomes an extension; granted afterwards, the hand-in
    counts as late with permission.

    - the unit's officers ask, the office on their behalf from paper;
    - the office grants or refuses; the authority reads.
    """

    _name = "cadre.review.delay"
    _description = "Request to Hand In Later"
    _inherit = [
        "cadre.review.dossier.part.mixin",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
    ]
    _order = "id desc"
    _stops_with_campaign = True

    _moves = {
        "grant": Move(("asked",), "granted", ("office",), then=("_extend_deadline",)),
        "refuse": Move(("asked",), "refused", ("office",), reason=True),
    }

    state = fields.Selection(
        [("asked", "Asked"), ("granted", "Granted"), ("refused", "Refused")],
        default="asked",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )
    round = fields.Integer(gated=True, copy=False, aggregator=None)
    asked_on = fields.Date(
        required=True,
        default=lambda self: self.env["cadre.review.campaign"]._day_here(),
    )
    date = fields.Date(string="Until", required=True)
    reason = fields.Text(required=True)
    answer = fields.Text(gated=True, copy=False)
    answered_on = fields.Date(gated=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", ondelete="restrict", gated=True, copy=False
    )
    can_grant = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")

    _one_asked = models.UniqueIndex(
        "(dossier_id) WHERE state = 'asked'",
        "The unit has already asked, and has no answer yet.",
    )

    @api.depends("dossier_id.unit_name", "date")
    def _compute_display_name(self):
        for delay in self:
            delay.display_name = self.env._(
                "%(unit)s, until %(day)s",
                unit=delay.dossier_id.unit_name,
                day=f"{delay.date:%d/%m/%Y}" if delay.date else "…",
            )

    @api.model_create_multi
    def create(self, vals_list):
        delays = super().create(vals_list)
        self._refuse_on(delays._source_findings())
        for delay in delays.sudo():
            delay.round = delay.dossier_id.round
        self.env["cadre.review.event"]._record(delays, "ask")
        return delays

    def action_grant(self):
        return self._ask("grant")

    def action_refuse(self):
        return self._ask("refuse")

    def _blockers(self, name):
        if name != "grant":
            return []
        delays = self.sudo()
        laws = delays.dossier_id._laws()
        return [
            finding
            for delay in delays
            for finding in deadlines.check_later(
                delay.display_name,
                delay.date,
                delay.dossier_id.date_due or None,
                laws[delay.dossier_id],
            )
        ]

    def _mark(self, name, reason=None, passed="", values=None):
        answered = {
            "answer": reason,
            "answered_on": self[:1].campaign_id._today(),
            "answered_by_id": self.env.uid,
        }
        return super()._mark(name, reason, passed, {**answered, **(values or {})})

    def _extend_deadline(self):
        """More time as an extension where the day is still to come; the permission
        stands in any case."""
        for delay in self:
            dossier, campaign = delay.dossier_id, delay.campaign_id
            deadline = campaign.deadline_ids.filtered(lambda d: d.kind == "dossier")
            if deadline and delay.date >= campaign._today():
                self.env["cadre.review.extension"].create(
                    {
                        "deadline_id": deadline.id,
                        "dossier_ids": dossier.ids,
                        "date": delay.date,
                        "reason": delay.reason,
                    }
                )
            dossier.permitted_until = delay.date


class CadreReviewDossier(models.Model):
    """In time, late, or late with permission: by what the deadline says stops it."""

    _inherit = "cadre.review.dossier"

    permitted_until = fields.Date(
        gated=True, copy=False, help="Asked for by the unit and granted."
    )
    delay_ids = fields.One2many(
        "cadre.review.delay", "dossier_id", string="Requests to Hand In Later"
    )
    days_late = fields.Integer(compute="_compute_timeliness")
    timeliness = fields.Selection(
        [
            ("awaited", "Awaited"),
            ("in_time", "In time"),
            ("permitted", "Late with permission"),
            ("late", "Late"),
        ],
        compute="_compute_timeliness",
        help="Of the present round.",
    )

    @api.depends(
        *("state", "date_due", "date_submitted", "permitted_until"),
        *("date_paper", "date_received", "incoming_number"),
        "campaign_id.deadline_ids.stop_event",
    )
    def _compute_timeliness(self):
        """Days after the last day that holds for the dossier, permission included, by
        what keeps the campaign's deadline."""
        of_campaigns = self.grouped(lambda dossier: dossier.sudo().campaign_id)
        for campaign, dossiers in of_campaigns.items():
            ordered, today = campaign._last_day("dossier"), campaign._today()
            for dossier in dossiers:
                dossier._set_timeliness(ordered, today)

    def _set_timeliness(self, ordered, today):
        last = self._due_day()
        done = self._kept_by_paper() or self.date_submitted
        if not self.date_due or self.state == "excluded":
            self.days_late, self.timeliness = 0, False
            return
        self.days_late = deadlines.days_late(last, done or today)
        ordered = ordered if self.round == 1 and ordered else self.date_due
        if self.days_late:
            self.timeliness = "late"
        elif not done:
            self.timeliness = "awaited"
        elif deadlines.days_late(ordered, done):
            self.timeliness = "permitted"
        else:
            self.timeliness = "in_time"

    def _due_day(self):
        """The last day that holds for the dossier, permission included, or None."""
        self.ensure_one()
        return max(filter(None, (self.date_due, self.permitted_until)), default=None)

    def _forget_permission(self):
        """It was for the round that is over."""
        self.permitted_until = False

    def action_ask_delay(self):
        """Ask the office for a later day."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.delay",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Ask for a Later Day: %(unit)s", unit=self.unit_name),
            "context": {"default_dossier_id": self.id, **self._delay_defaults()},
        }

    def _delay_defaults(self):
        source = self._on_behalf_values().get("source")
        return {"default_source": source} if source else {}
