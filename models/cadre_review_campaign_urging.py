from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules import deadlines, urging
from .cadre_review_move_mixin import RUNNING
from .cadre_review_rating import DECIDING
from .local_today import DEFAULT_TZ, local_today

# a board that was right yesterday: a day, and two hours for a slow night
STALE_HOURS = 26
# how far the preview looks past the last day
PREVIEW_WORKING_DAYS = 10


class CadreReviewCampaign(models.Model):
    """Urging: the steps of a campaign, its holidays, and how far it has got."""

    _inherit = "cadre.review.campaign"
    _parts = ("deadline_ids", "basis_ids", "step_ids")

    is_urging = fields.Boolean(
        string="Urge by Itself",
        default=True,
        help="Mails of the steps below go out by themselves; mails about what happens "
        "(opening, requests, acceptance) too.",
    )
    urge_hour = fields.Integer(
        string="From This Hour",
        default=7,
        aggregator=None,
        help="Local hour before which no step goes out.",
    )
    shift_policy = fields.Selection(
        [
            ("no_shift", "Stays where it is"),
            ("shift_forward", "To the next working day"),
            ("shift_back", "To the working day before"),
        ],
        string="A Last Day of Rest",
        default="no_shift",
        required=True,
        help="What becomes of a last day on a weekend or a holiday. The letter prints "
        "the day as ordered in any case.",
    )
    completion_days = fields.Integer(
        string="Days for Completion",
        default=5,
        aggregator=None,
        help="Working days a unit has after a request for completion.",
    )
    step_ids = fields.One2many(
        "cadre.review.step",
        "campaign_id",
        string="Steps",
        copy=True,
        default=lambda self: [
            Command.create(values)
            for values in self.env["cadre.review.step"]._usual_values()
        ],
    )
    extension_ids = fields.One2many(
        "cadre.review.extension", "campaign_id", string="Extensions"
    )
    urging_ran_at = fields.Datetime(
        string="Last Good Run", gated=True, copy=False, index=False
    )
    urging_error = fields.Text(
        string="What Did Not Go Out",
        gated=True,
        copy=False,
        groups="cadre_review.cadre_review_group_office",
        help="Names addresses of units: the office's alone.",
    )
    urging_is_stale = fields.Boolean(compute="_compute_urging_is_stale")
    letter_attachment_id = fields.Many2one(
        "ir.attachment", gated=True, copy=False, ondelete="set null"
    )
    late_count = fields.Integer(
        string="Units Late",
        compute="_compute_on_time",
        compute_sudo=True,
        groups=DECIDING,
    )
    on_time_rate = fields.Integer(
        string="In Time (%)",
        compute="_compute_on_time",
        compute_sudo=True,
        aggregator=None,
        groups=DECIDING,
        help="Of the units whose last day has come or that have handed in.",
    )

    _urge_hour = models.Constraint(
        "CHECK (urge_hour BETWEEN 0 AND 23 AND completion_days BETWEEN 0 AND 366)",
        "The hour is between 0 and 23, the days for completion within a year.",
    )

    @api.depends("urging_ran_at", "state", "is_urging")
    def _compute_urging_is_stale(self):
        limit = fields.Datetime.now() - timedelta(hours=STALE_HOURS)
        for campaign in self:
            waiting_since = campaign.urging_ran_at or campaign.create_date
            campaign.urging_is_stale = bool(
                campaign.is_urging
                and campaign.state in RUNNING
                and waiting_since
                and waiting_since < limit
            )

    @api.depends("dossier_ids.state", "dossier_ids.date_due", "dossier_ids.round")
    def _compute_on_time(self):
        """By the first hand-in: what came later was asked for."""
        for campaign in self:
            in_time = late = 0
            today = local_today(campaign.tz)
            dossiers = campaign.dossier_ids.filtered(
                lambda d: d.state != "excluded" and d.date_due
            )
            for dossier in dossiers:
                first = dossier.round == 1
                done = dossier.date_submitted or not first
                days = dossier.days_late if first else dossier.first_days_late
                if days:
                    late += 1
                elif done or dossier.date_due < today:
                    in_time += 1
            campaign.on_time_rate = urging.on_time_rate(in_time, late) or 0
            campaign.late_count = len(
                dossiers.filtered(lambda d: not d.date_submitted and d.days_late)
            )

    def write(self, vals):
        if "shift_policy" not in vals:
            return super().write(vals)
        with self.deadline_ids._carrying_last_days():
            return super().write(vals)

    @api.model
    def _day_here(self):
        """Today where the councils sit, for what belongs to no campaign yet."""
        return local_today(DEFAULT_TZ)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def _check_office(self):
        """Refuse unless the user is of the office of these campaigns."""
        self.check_access("read")
        # with all rights, too: windows compute with them
        if not self.env.user._is_superuser() and self - self._in_role("office"):
            raise AccessError(self.env._("Only the office urges."))

    def action_open_urging(self):
        """The office's board: whom to urge, what they got, what did not arrive."""
        self.ensure_one()
        self._check_office()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cadre_review.cadre_review_dossier_action_urging"
        )
        return {
            **action,
            "domain": [("campaign_id", "=", self.id), ("state", "!=", "excluded")],
            "context": {"search_default_pending": 1},
        }

    def action_view_reminders(self):
        self.ensure_one()
        self._check_office()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cadre_review.cadre_review_reminder_action"
        )
        return {**action, "domain": [("campaign_id", "=", self.id)], "context": {}}

    def action_preview_urging(self):
        """Who gets what, and when."""
        self.ensure_one()
        self._check_office()
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.urging.preview",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Who Gets What, When"),
            "context": {"default_campaign_id": self.id},
        }

    def action_extend(self):
        """More time for all units."""
        self.ensure_one()
        self._check_office()
        return self._extension_window(self.env["cadre.review.dossier"])

    def _extension_window(self, dossiers):
        deadline = self.deadline_ids.filtered(lambda d: d.kind == "dossier")[:1]
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.extension",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Extend"),
            "context": {
                "default_deadline_id": deadline.id,
                "default_dossier_ids": dossiers.ids,
                "campaign_id": self.id,
            },
        }

    def action_add_usual_steps(self):
        """The steps a new campaign begins with, for one that has none."""
        self._check_office()
        for campaign in self:
            if campaign.step_ids:
                raise UserError(
                    self.env._(
                        "%(campaign)s has steps already.", campaign=campaign.name
                    )
                )
            campaign.step_ids = [
                Command.create(values)
                for values in self.env["cadre.review.step"]._usual_values()
            ]

    # ------------------------------------------------------------------
    # PREVIEW
    # ------------------------------------------------------------------

    def _urging_plan(self):
        """What would go out if nobody handed anything in.

        :return: list of (day, deadline, step, {address: dossiers})
        """
        self.ensure_one()
        working_days = self.env["cadre.review.holiday"]._working_days()
        last_days = [d.last_day for d in self.deadline_ids if d.last_day]
        if not last_days:
            return []
        rows = urging.plan(
            self.step_ids._as_values(),
            [(d.id, d.kind, d.last_day, bool(d._stop())) for d in self.deadline_ids],
            working_days.add(max(last_days), PREVIEW_WORKING_DAYS),
            working_days,
            since=self._begins(),
        )
        reached = {
            audience: self._addresses(audience)[0]
            for audience in {step.audience for _day, _deadline, step in rows}
        }
        Deadline, Step = (
            self.env["cadre.review.deadline"],
            self.env["cadre.review.step"],
        )
        return [
            (
                day,
                Deadline.browse(deadline),
                Step.browse(step.id),
                reached[step.audience],
            )
            for day, deadline, step in rows
        ]

    def _begins(self):
        """The day before the first on which a step may fall due."""
        self.ensure_one()
        starts = self.dossier_ids.filtered("urged_since").mapped("urged_since")
        return min(starts, default=local_today(self.tz))

    def _addresses(self, audience):
        """Whom to write to: units of the campaign, or the office, or the owner.

        :return: ({address: ids of units, none for office and owner}, {name: problem})
        """
        self.ensure_one()
        if audience == "office":
            users = self.company_id.sudo().cadre_review_office_user_ids
            return self._addresses_of_users(users), {}
        if audience == "owner":
            return self._addresses_of_users(self.owner_id.sudo().decider_user_ids), {}
        units = (self.dossier_ids.unit_id or self.unit_ids).sudo()
        found, problems = {}, {}
        by_unit = units._urging_addresses(audience)
        for unit in units:
            good, problem = by_unit[unit.id]
            for address in good:
                found.setdefault(address, []).append(unit.id)
            if problem:
                problems[unit.name] = problem
        return found, problems

    def _addresses_of_users(self, users):
        return {
            address: []
            for user in users.filtered("active")
            for address in urging.addresses(user.email)[0]
        }

    def _urging_lines(self):
        """What the units have to keep, one line a deadline."""
        return [
            (deadline.name, deadline.printed, deadlines.in_words(deadline.last_day))
            for deadline in self.deadline_ids
            # the office's own is no business of the units
            if deadline.last_day and deadline.kind != "conclusion"
        ]
