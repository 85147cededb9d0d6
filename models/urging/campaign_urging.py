from collections import defaultdict
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules import deadlines, urging
from ..base.local_today import DEFAULT_TZ, local_today
from ..base.move_mixin import RUNNING
from ..dossier.rating import DECIDING

# a board that was right yesterday: a day, and two hours for a slow night
STALE_HOURS = 26
# how far the preview looks past the last day
PREVIEW_WORKING_DAYS = 10
# problems shown on the campaign; the rest is a number
NAMED = 100


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
    urging_problems = fields.Text(
        string="Not Reached by Mail",
        compute="_compute_urging_problems",
        compute_sudo=True,
        groups="cadre_review.cadre_review_group_office",
        help="Addresses that are missing or malformed, and what else is not set up.",
    )
    urging_is_stale = fields.Boolean(
        compute="_compute_urging_is_stale", search="_search_urging_is_stale"
    )
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

    @api.depends_context("lang")
    def _compute_urging_problems(self):
        for campaign in self:
            problems = campaign._problems_of_addresses()
            if len(problems) > NAMED:
                more = self.env._("… and %(count)s more", count=len(problems) - NAMED)
                problems = [*problems[:NAMED], more]
            campaign.urging_problems = "\n".join(problems)

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

    def _search_urging_is_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        limit = fields.Datetime.now() - timedelta(hours=STALE_HOURS)
        return [
            *("&", ("is_urging", "=", True), ("state", "in", RUNNING), "|"),
            *("&", ("urging_ran_at", "=", False), ("create_date", "<", limit)),
            ("urging_ran_at", "<", limit),
        ]

    @api.depends(
        *("dossier_ids.state", "dossier_ids.date_due", "dossier_ids.round"),
        *("dossier_ids.date_paper", "dossier_ids.incoming_number"),
        "deadline_ids.stop_event",
    )
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
                done = dossier.date_submitted or not first or dossier._kept_by_paper()
                days = dossier.days_late if first else dossier.first_days_late
                if days:
                    late += 1
                elif done or dossier.date_due < today:
                    in_time += 1
            campaign.on_time_rate = urging.on_time_rate(in_time, late) or 0
            campaign.late_count = len(
                dossiers.filtered(
                    lambda d: (
                        d.days_late and not (d.date_submitted or d._kept_by_paper())
                    )
                )
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
        """What would go out from now on if nobody handed in anything more: each unit
        by its own last day, and not where it has kept the deadline already.

        :return: list of (day, deadline, step, addresses), in the order of the days
        """
        self.ensure_one()
        working_days = self.env["cadre.review.holiday"]._working_days()
        steps, yesterday = self.step_ids._as_values(), self._today() - timedelta(days=1)
        threads = self._urging_threads()
        last_days = [last_day for _deadline, last_day, _since, _whom in threads]
        until = last_days and working_days.add(max(last_days), PREVIEW_WORKING_DAYS)
        rows = defaultdict(set)
        for deadline, last_day, since, whom in threads:
            mine = [step for step in steps if step.audience in whom]
            for day, key, step in urging.plan(
                mine,
                [(deadline.id, deadline.kind, last_day, bool(deadline._stop()))],
                *(until, working_days, max(since or yesterday, yesterday)),
            ):
                about = deadline if key else deadline.browse()
                # a digest hangs on no deadline, and ends with the last that can be kept
                if key or deadline._stop():
                    rows[day, about, step].update(whom[step.audience])
        Step = self.env["cadre.review.step"]
        return [
            (day, deadline, Step.browse(step.id), sorted(addresses))
            for (day, deadline, step), addresses in sorted(
                rows.items(), key=lambda row: (row[0][0], row[0][2].id, row[0][1].id)
            )
        ]

    def _urging_threads(self):
        """What is still urged: one for those who share a last day, and one a deadline
        for office and owner.

        :return: list of (deadline, last day, urged since, {audience: addresses})
        """
        scope = (self.dossier_ids.unit_id | self.unit_ids).sudo()
        units = {
            audience: scope._urging_addresses(audience) for audience in ("unit", "head")
        }
        others = {
            audience: [*self._addresses(audience)[0]]
            for audience in ("office", "owner")
        }
        pending = self._pending_by_day()
        threads = [
            (
                *(deadline, last_day, since),
                {
                    audience: [a for unit_id in unit_ids for a in of[unit_id][0]]
                    for audience, of in units.items()
                },
            )
            for (deadline, last_day, since), unit_ids in pending.items()
        ]
        for deadline in dict.fromkeys(deadline for deadline, *_when in pending):
            threads.append((deadline, deadline.last_day, self._begins(), others))
        return threads

    def _urging_done(self):
        """The same of what has gone out by now, from the ledger."""
        self.ensure_one()
        rows = self.env["cadre.review.reminder.line"]._read_group(
            [("campaign_id", "in", self.ids), ("step_id", "!=", False)],
            ["date:day", "deadline_id", "step_id"],
            ["address:array_agg_distinct"],
            order="date:day, step_id",
        )
        return [
            (day, deadline, step, sorted(addresses))
            for day, deadline, step, addresses in rows
        ]

    def _pending_by_day(self):
        """Who has not kept which deadline; of a draft, all units in scope.

        :return: {(deadline, last day, urged since): ids of units}
        """
        pending = defaultdict(list)
        for deadline in self.deadline_ids.filtered("last_day"):
            if self.state in ("draft", "opening"):
                pending[deadline, deadline.last_day, None] = self.unit_ids.ids
                continue
            dossiers = deadline._pending()
            last_days = dossiers._last_days(deadline)
            for dossier in dossiers:
                key = deadline, last_days[dossier.id], dossier.urged_since
                pending[key].append(dossier.unit_id.id)
        return pending

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
        if audience in ("office", "owner"):
            users = (
                self.company_id.sudo().cadre_review_office_user_ids
                if audience == "office"
                else self.owner_id.sudo().decider_user_ids
            ).filtered("active")
            problems = {
                user.name: self.env._("no valid address: “%(text)s”", text=user.email)
                if user.email
                else self.env._("no address")
                for user in users
                if not urging.addresses(user.email)[0]
            }
            return self._addresses_of_users(users), problems
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

    def _problems_of_addresses(self):
        """Whom no mail would reach, and why, one line each."""
        texts = [
            f"{name}: {problem}"
            for audience in urging.AUDIENCES
            for name, problem in self._addresses(audience)[1].items()
        ]
        if not urging.addresses(self.company_id.sudo().email)[0]:
            texts.append(
                self.env._(
                    "%(council)s has no e-mail address to send from.",
                    council=self.company_id.sudo().name,
                )
            )
        if not self.deadline_ids:
            texts.append(self.env._("The campaign has no deadlines."))
        if not self.step_ids:
            texts.append(self.env._("The campaign has no steps."))
        return [*dict.fromkeys(texts)]

    def _urging_lines(self):
        """What the units have to keep, one line a deadline."""
        return [
            (deadline.name, deadline.printed, deadlines.in_words(deadline.last_day))
            for deadline in self.deadline_ids
            # the office's own is no business of the units
            if deadline.last_day and deadline.kind != "conclusion"
        ]
