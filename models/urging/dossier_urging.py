from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...rules import deadlines, urging
from ..base.move_mixin import RUNNING

ACTIVITY = "cadre_review.mail_activity_type_hand_in"


class CadreReviewDossier(models.Model):
    """Urging a dossier: since when, by which day, what is missing, what was done."""

    _name = "cadre.review.dossier"
    _inherit = ["cadre.review.dossier", "mail.activity.mixin"]

    opened_on = fields.Date(
        gated=True, copy=False, help="The unit is told of the opening from this day."
    )
    urged_since = fields.Date(
        gated=True,
        copy=False,
        help="Opening, last request, unlocking or extension: what fell due before "
        "that day is not urged.",
    )
    first_days_late = fields.Integer(
        string="Days Late at First", gated=True, copy=False, aggregator=None
    )
    reminder_line_ids = fields.One2many(
        "cadre.review.reminder.line",
        "dossier_id",
        string="Urging",
        groups="cadre_review.cadre_review_group_office",
    )
    missing_count = fields.Integer(compute="_compute_missing_count", compute_sudo=True)
    last_urged_on = fields.Date(compute="_compute_urged", compute_sudo=True)
    urge_count = fields.Integer(
        string="Times Urged", compute="_compute_urged", compute_sudo=True
    )
    is_reached = fields.Boolean(
        string="Reached",
        compute="_compute_urged",
        compute_sudo=True,
        search="_search_is_reached",
        help="In this round a mail has left, or somebody was spoken to.",
    )
    has_failed_mail = fields.Boolean(
        string="Mail Failed",
        compute="_compute_urged",
        compute_sudo=True,
        search="_search_has_failed_mail",
        help="In this round a mail was refused or found no server.",
    )
    urging_problem = fields.Char(
        string="Address", compute="_compute_urging_problem", compute_sudo=True
    )
    urging_text = fields.Text(
        string="Text to Copy",
        compute="_compute_urging_text",
        compute_sudo=True,
        help="For Zalo, or to read out on the telephone.",
    )

    def _kept_by_paper(self):
        """The day on which papers kept the dossier's deadline, or False where they do
        not, or have not come. A number without a day is not held against the unit."""
        self.ensure_one()
        [*stops] = {
            deadline._stop()
            for deadline in self.campaign_id.sudo().deadline_ids
            if deadline.kind == "dossier"
        }
        if stops == ["paper_date"]:
            return self.date_paper
        if stops == ["received"] and self.incoming_number and self.state != "returned":
            return self.date_paper or self.date_received or self.date_due
        return False

    @api.depends("paper_ids.state")
    def _compute_missing_count(self):
        counts = {
            dossier: n
            for dossier, n in self.env["cadre.review.paper"]._read_group(
                [
                    ("dossier_id", "in", self.ids),
                    ("state", "in", ("missing", "failed")),
                ],
                ["dossier_id"],
                ["__count"],
            )
        }
        for dossier in self:
            dossier.missing_count = counts.get(dossier, 0)

    @api.depends("reminder_line_ids", "round")
    def _compute_urged(self):
        lines = self.env["cadre.review.reminder.line"].search(
            [("dossier_id", "in", self.ids)]
        )
        by_dossier = lines.grouped("dossier_id")
        for dossier in self:
            mine = by_dossier.get(dossier, lines.browse())
            mine = mine.filtered(lambda line, d=dossier: line.round == d.round)
            # one mail may carry several lines, and go to several addresses; one that
            # tells what happened urges nobody
            urged = mine.filtered(lambda line: line.kind in (False, "urge"))
            dossier.urge_count = len({(line.date, line.channel) for line in urged})
            dossier.last_urged_on = max(urged.mapped("date"), default=False)
            dossier.is_reached = any(line._has_reached() for line in mine)
            dossier.has_failed_mail = "failed" in mine.mapped("delivery")

    def _search_is_reached(self, operator, value):
        return self._search_lines(
            operator,
            "(line.channel = 'mail' AND mail.state = 'sent'"
            " OR line.channel != 'mail' AND line.is_reached)",
        )

    def _search_has_failed_mail(self, operator, value):
        return self._search_lines(operator, "mail.state = 'exception'")

    def _search_lines(self, operator, condition):
        """Dossiers with such a line in their present round."""
        if operator not in ("in", "not in"):
            return NotImplemented
        self.env["cadre.review.reminder.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT line.dossier_id FROM cadre_review_reminder_line line"
                " JOIN cadre_review_dossier dossier ON dossier.id = line.dossier_id"
                " AND dossier.round = line.round"
                " LEFT JOIN cadre_review_reminder reminder"
                " ON reminder.id = line.reminder_id"
                " LEFT JOIN mail_mail mail ON mail.id = reminder.mail_id WHERE %s",
                SQL(condition),
            )
        )
        return [("id", operator, [row[0] for row in rows])]

    @api.depends("unit_id.email", "unit_id.officer_user_ids")
    def _compute_urging_problem(self):
        units = self.unit_id
        by_unit = {
            unit_id: problem
            for audience in ("head", "unit")
            for unit_id, (_good, problem) in units._urging_addresses(audience).items()
            if problem
        }
        for dossier in self:
            dossier.urging_problem = by_unit.get(dossier.unit_id.id)

    @api.depends("state", "date_due", "paper_ids.state")
    def _compute_urging_text(self):
        facts = self._urging_facts()
        for dossier in self:
            dossier.urging_text = urging.spoken(facts[dossier.id])

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    @api.model
    def _prepare_urging_values(self, campaign):
        today = campaign._today()
        return {"opened_on": today, "urged_since": today}

    @api.model_create_multi
    def create(self, vals_list):
        dossiers = super().create(vals_list)
        dossiers._schedule_hand_in()
        return dossiers

    def write(self, vals):
        """What stops the urging is not for those who are urged to enter."""
        receipt = self._fields.keys() & vals.keys() & {"date_paper", "incoming_number"}
        if receipt and not self.env.su and self - self._in_role("office"):
            raise AccessError(
                self.env._(
                    "%(units)s: only the office enters when papers came, and their "
                    "number.",
                    units=", ".join(self.mapped("unit_name")),
                )
            )
        return super().write(vals)

    def _begin_urging(self):
        """From today on by the dossier's present last day."""
        for campaign, dossiers in self.grouped("campaign_id").items():
            dossiers.urged_since = campaign._today()
        self._reschedule_hand_in()

    def _keep_first_delay(self):
        """How late the first hand-in was remains known."""
        for dossier in self:
            if dossier.round == 1:
                dossier.first_days_late = dossier.days_late

    def _usual_day_of_completion(self):
        """The day that a request made today gives, unless it says another."""
        self.ensure_one()
        campaign = self.campaign_id
        working_days = self.env["cadre.review.holiday"]._working_days()
        day = working_days.add(campaign._today(), campaign.completion_days)
        return max(self.date_due or day, day)

    # ------------------------------------------------------------------
    # ACTIVITIES
    # ------------------------------------------------------------------

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        # opening gives activities in bulk: nobody becomes a follower by it
        if self.env.context.get("mail_create_nosubscribe"):
            return True
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _schedule_hand_in(self):
        """Something to do for one officer of each unit that works on line."""
        kind = self.env.ref(ACTIVITY, raise_if_not_found=False)
        model = self.env["ir.model"]._get(self._name)
        values = []
        for dossier in self.sudo().filtered("is_open_to_unit"):
            users = dossier._who_hands_in()
            if kind and users:
                values.append(
                    {
                        "activity_type_id": kind.id,
                        "res_model_id": model.id,
                        "res_id": dossier.id,
                        "user_id": users[0].id,
                        "date_deadline": dossier.date_due
                        or dossier.campaign_id._today(),
                        "automated": True,
                    }
                )
        self.env["mail.activity"].sudo().with_context(
            mail_activity_quick_update=True, mail_create_nosubscribe=True
        ).create(values)

    def _who_hands_in(self):
        """Users of the unit, those first who prepare and do not head it."""
        unit = self.unit_id.acting_unit_id or self.unit_id
        return unit.officer_user_ids - unit.head_user_ids or unit.officer_user_ids

    def _hand_over_hand_in(self):
        """To somebody who acts for the unit, where who had it does no more."""
        activities = self._hand_in_activities()
        with_one = self.browse(activities.mapped("res_id"))
        for activity, dossier in zip(activities, with_one, strict=True):
            users = dossier._who_hands_in()
            if not users:
                activity.unlink()
            elif activity.user_id not in dossier.unit_id.officer_user_ids:
                activity.with_context(mail_activity_quick_update=True).user_id = users[
                    0
                ]
        (self - with_one)._schedule_hand_in()

    def _hand_in_activities(self):
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
                ]
            )
        )

    def _reschedule_hand_in(self):
        by_dossier = {dossier.id: dossier for dossier in self}
        for activity in self._hand_in_activities():
            due = by_dossier[activity.res_id].date_due
            if due and activity.date_deadline != due:
                activity.with_context(
                    mail_activity_quick_update=True
                ).date_deadline = due

    def _close_hand_in(self):
        self._hand_in_activities().action_done()

    @api.model
    def get_unusual_days(self, date_from, date_to=None):
        """The calendar of Odoo greys days of rest, and asks for them by this name."""
        return self.env["cadre.review.holiday"]._unusual_days(date_from, date_to)

    # ------------------------------------------------------------------
    # WHAT IS MISSING
    # ------------------------------------------------------------------

    def _last_days(self, deadline, but=None):
        """Last day each of these dossiers has for a deadline of the campaign.

        :param but: an extension that does not count yet
        :return: {dossier id: date}
        """
        if deadline.kind == "dossier" and not but:
            return {d.id: d.date_due or deadline.last_day for d in self}
        granted = (
            self.env["cadre.review.extension"]
            .sudo()
            .search(
                [
                    ("deadline_id", "=", deadline.id),
                    ("dossier_ids", "in", self.ids),
                    ("id", "not in", but.ids if but else []),
                ]
            )
        )
        days = {
            d.id: (d.date_due if deadline.kind == "dossier" else None)
            or deadline.last_day
            for d in self
        }
        for extension in granted:
            for dossier in extension.dossier_ids & self:
                days[dossier.id] = max(days[dossier.id], extension.date)
        return days

    def _review_last_days(self):
        """Last day each of these dossiers has for its review.

        :return: {dossier id: date}, without those that have none
        """
        days = {}
        for campaign, dossiers in self.grouped("campaign_id").items():
            deadlines_ = campaign.deadline_ids.filtered(lambda d: d.kind == "review")
            for deadline in deadlines_[:1]:
                days |= dossiers._last_days(deadline)
        return days

    def _urging_facts(self):
        """What each dossier lacks, as mails, papers and texts tell it.

        Nothing of levels, and nothing of secret papers: not even that there are any.

        :return: {dossier id: rules.urging.Facts}
        """
        self = self.sudo()
        missing = self._missing_papers()
        open_deadlines = defaultdict(list)
        for campaign, dossiers in self.grouped("campaign_id").items():
            today = campaign._today()
            for deadline in campaign.deadline_ids.filtered("last_day"):
                if deadline.kind == "conclusion":
                    continue  # the office's own
                pending = deadline._pending(dossiers)
                for dossier_id, last_day in pending._last_days(deadline).items():
                    moved = last_day != deadlines.last_day(deadline.date, deadline.mode)
                    open_deadlines[dossier_id].append(
                        urging.OpenDeadline(
                            name=deadline.name,
                            ordered="" if moved else deadline.printed,
                            last_day=last_day,
                            days_left=(last_day - today).days,
                        )
                    )
        return {
            dossier.id: urging.Facts(
                unit=dossier.unit_name,
                campaign=dossier.campaign_id.name,
                deadlines=open_deadlines[dossier.id],
                missing=missing[dossier.id],
                returned=dossier.state == "returned",
                round=dossier.round,
                urls=[dossier._urging_url()],
            )
            for dossier in self
        }

    def _missing_papers(self):
        """:return: {dossier id: [(kind of paper, [persons])]}"""
        papers = self.env["cadre.review.paper"].search(
            [
                ("dossier_id", "in", self.ids),
                ("state", "in", ("missing", "failed")),
                ("is_secret", "=", False),
                "|",
                ("rating_id", "=", False),
                ("rating_id.has_left", "=", False),
            ]
        )
        missing = defaultdict(lambda: defaultdict(list))
        for paper in papers:
            people = missing[paper.dossier_id.id][paper.kind_id.short_name]
            if paper.rating_id:
                people.append(paper.rating_id.name)
        return {d.id: [*missing[d.id].items()] for d in self}

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def _check_urgeable(self):
        """Refuse, naming each, unless these can be urged by the user."""
        self.check_access("read")
        self.sudo().campaign_id.with_env(self.env)._check_office()
        problems = [
            self.env._(
                "%(unit)s: there is nothing to urge, the dossier is “%(state)s”.",
                unit=dossier.unit_name,
                state=dossier._state_label(),
            )
            for dossier in self
            if not dossier.is_open_to_unit
        ] + [
            self.env._(
                "%(unit)s: the campaign is “%(state)s”.",
                unit=dossier.unit_name,
                state=dossier.campaign_id._state_label(),
            )
            for dossier in self
            if dossier.campaign_id.state not in RUNNING
        ]
        if problems:
            raise UserError("\n".join(problems))

    def action_urge_now(self):
        """A mail today to the addresses of these dossiers that have had none today."""
        self._check_urgeable()
        told = []
        for campaign, dossiers in self.sudo().grouped("campaign_id").items():
            told += campaign._in_local_terms()._urge_now(dossiers, self.env.user)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Urging"),
                "message": "\n".join(told),
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_extend(self):
        """More time for these units."""
        self._check_urgeable()
        if len(self.campaign_id) > 1:
            raise UserError(self.env._("Choose dossiers of one campaign."))
        return self.campaign_id._extension_window(self)

    def action_log_call(self):
        """Note a call, with the text to read out or to copy into Zalo."""
        self.ensure_one()
        self._check_urgeable()
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.reminder.line",
            "view_mode": "form",
            "views": [
                (self.env.ref("cadre_review.cadre_review_call_view_form").id, "form")
            ],
            "target": "new",
            "name": self.env._("Telephone, Zalo: %(unit)s", unit=self.unit_name),
            "context": {
                "default_dossier_id": self.id,
                "default_spoke_with": self.head_name,
            },
        }

    def action_print_urging(self):
        """The urging letter to these units; it counts in the history of urging."""
        self._check_urgeable()
        self.env["cadre.review.reminder.line"].create(
            [
                {"dossier_id": dossier.id, "channel": "letter", "is_reached": False}
                for dossier in self
            ]
        )
        return self.env.ref("cadre_review.action_report_urging_letter").report_action(
            self
        )
