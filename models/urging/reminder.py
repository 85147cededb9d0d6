from odoo import Command, api, fields, models
from odoo.tools import SQL

from ...rules import urging
from ..base.kept_link import kept_link

# mails of which an address gets one a day
DAILY = ("urge", "office", "digest")
DELIVERY = [
    ("waiting", "Waiting"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("removed", "Cancelled or removed"),
]
OF_MAIL = {"outgoing": "waiting", "sent": "sent", "exception": "failed"}


class CadreReviewReminder(models.Model):
    """The ledger: one row, one mail, to one address.

    The row is written before its mail, in one transaction with it, and the database
    refuses a second one of the same day: whatever is interrupted or runs twice, there
    is one ``mail.mail`` to each row, and none without.

    - the office reads it; only the job and the buttons write it.
    """

    _name = "cadre.review.reminder"
    _description = "Reminder"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "id desc"
    _rec_name = "address"

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    company_id = kept_link("campaign_id.company_id")
    address = fields.Char(required=True, gated=True)
    kind = fields.Selection(
        [
            ("urge", "Urging"),
            ("office", "The office's own deadline"),
            ("digest", "Weekly digest"),
            ("opening", "Opening"),
            ("request", "Request for completion"),
            ("acceptance", "Acceptance"),
            ("notice", "Notice of the result"),
            ("order", "Re-evaluation order"),
            ("objection", "Objection received"),
            ("answer", "Objection answered"),
            ("plan", "Remediation plan adopted"),
            ("overdue", "Remedy overdue"),
        ],
        required=True,
        gated=True,
    )
    date = fields.Date(required=True, gated=True, help="Where the council sits.")
    template_id = fields.Many2one(
        "mail.template",
        string="Words",
        index="btree_not_null",
        ondelete="set null",
        gated=True,
    )
    mail_id = fields.Many2one(
        "mail.mail", index="btree_not_null", ondelete="set null", gated=True
    )
    line_ids = fields.One2many(
        "cadre.review.reminder.line", "reminder_id", string="About"
    )
    units = fields.Char(string="Dossiers", compute="_compute_units")
    delivery = fields.Selection(
        DELIVERY, compute="_compute_delivery", search="_search_delivery"
    )
    failure = fields.Text(string="Why It Failed", compute="_compute_delivery")
    retries = fields.Integer(gated=True)
    mail_subject = fields.Char(string="Subject Sent", compute="_compute_mail")
    mail_body = fields.Html(string="Mail Sent", compute="_compute_mail")

    # what the words of a template may refer to
    headline = fields.Char(string="Subject", compute="_compute_content")
    content = fields.Html(compute="_compute_content", sanitize=False)
    campaign_name = fields.Char(related="campaign_id.name", string="Campaign Name")
    owner_name = fields.Char(related="campaign_id.owner_id.name", string="Owner")
    office_name = fields.Char(related="campaign_id.office_name")
    sender = fields.Char(string="Sent From", compute="_compute_sender")

    _one_a_day = models.UniqueIndex(
        "(campaign_id, address, kind, date) WHERE kind IN ('urge', 'office', 'digest')",
        "This address has got its mail of the day.",
    )
    _one_mail = models.UniqueIndex("(mail_id) WHERE mail_id IS NOT NULL")

    @api.depends("line_ids.dossier_id")
    def _compute_units(self):
        for reminder in self:
            reminder.units = ", ".join(reminder.line_ids.dossier_id.mapped("unit_name"))

    @api.depends("mail_id.state")
    def _compute_delivery(self):
        # the office reads the ledger, not everybody's mails
        for reminder, sudo in zip(self, self.sudo(), strict=True):
            reminder.delivery = OF_MAIL.get(sudo.mail_id.state, "removed")
            reminder.failure = (
                reminder.delivery == "failed" and sudo.mail_id.failure_reason
            )

    @api.depends("mail_id")
    def _compute_mail(self):
        for reminder, sudo in zip(self, self.sudo(), strict=True):
            reminder.mail_subject = sudo.mail_id.subject
            reminder.mail_body = sudo.mail_id.body_html

    def _search_delivery(self, operator, value):
        if operator != "in":
            return NotImplemented
        states = [state for state, delivery in OF_MAIL.items() if delivery in value]
        mails = SQL(
            "(SELECT reminder.id FROM cadre_review_reminder reminder"
            " LEFT JOIN mail_mail mail ON mail.id = reminder.mail_id"
            " WHERE mail.state = ANY(%s)%s)",
            states,
            SQL(" OR mail.state IS NULL OR mail.state NOT IN %s", tuple(OF_MAIL))
            if "removed" in value
            else SQL(),
        )
        return [("id", "in", mails)]

    def _compute_sender(self):
        for company, reminders in self.grouped("company_id").items():
            reminders.sender = company.sudo().email_formatted

    @api.depends("line_ids", "kind")
    def _compute_content(self):
        """What the mail tells: rendered here, so that a template can only frame it."""
        for campaign, reminders in self.grouped("campaign_id").items():
            campaign._fill_in_reminders(reminders)

    def _queue(self, template, files=None):
        """One mail to each of these rows, in the queue of Odoo.

        :param files: attachments of every mail
        :raise Exception: the template cannot be rendered
        """
        values = {"attachment_ids": [Command.set(files.ids)]} if files else None
        mails = template.send_mail_batch(self.ids, email_values=values)
        self.env["mail.mail"].flush_model()
        self.env.execute_query(
            SQL(
                "UPDATE cadre_review_reminder SET mail_id = pair.mail FROM"
                " (SELECT unnest(%s) AS id, unnest(%s) AS mail) pair"
                " WHERE cadre_review_reminder.id = pair.id RETURNING pair.id",
                self.ids,
                mails.ids,
            )
        )
        self.invalidate_recordset(["mail_id"], flush=False)
        return mails

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_view_mail(self):
        """The mail as it went out."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.reminder",
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (
                    self.env.ref("cadre_review.cadre_review_reminder_view_mail").id,
                    "form",
                )
            ],
            "target": "new",
            "name": self.address,
        }

    # ------------------------------------------------------------------
    # DELIVERY
    # ------------------------------------------------------------------

    @api.model
    def _retry(self, campaign, since):
        """Queue again what found no server, or one that was busy; refused for good
        stays refused, and shows. The mail keeps its Message-ID.

        :param since: day; older mails have been overtaken by newer ones
        """
        failed = self.search(
            [
                ("campaign_id", "=", campaign.id),
                ("date", ">=", since),
                ("retries", "<", 48),
                ("delivery", "in", ["failed"]),
            ]
        )
        again = failed.filtered(
            lambda r: not r.mail_id.failure_type
            or r.mail_id.failure_type == "mail_smtp"
            or urging.is_temporary(r.mail_id.failure_reason)
        )
        if again:
            again.mail_id.mark_outgoing()
            for retries, group in again.grouped("retries").items():
                group.retries = retries + 1
        return again


class CadreReviewReminderLine(models.Model):
    """One dossier urged once: by a mail of the ledger, by telephone, Zalo or letter.

    - the office reads all lines and adds those of what it did by telephone, Zalo or
      letter; lines of mails are written with their mail.
    """

    _name = "cadre.review.reminder.line"
    _description = "Urging"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "date desc, id desc"
    _rec_name = "dossier_id"

    dossier_id = fields.Many2one(
        "cadre.review.dossier",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        help="Empty in what goes to the office and the owner.",
    )
    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        compute="_compute_campaign_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = kept_link("campaign_id.company_id")
    unit_id = kept_link("dossier_id.unit_id", index="btree_not_null")
    reminder_id = fields.Many2one(
        "cadre.review.reminder", index="btree_not_null", ondelete="restrict", gated=True
    )
    channel = fields.Selection(
        [
            ("mail", "E-mail"),
            ("phone", "Telephone"),
            ("zalo", "Zalo"),
            ("letter", "Letter"),
            ("other", "Other"),
        ],
        required=True,
        default="phone",
        fixed=True,
    )
    date = fields.Date(
        required=True, default=lambda self: self._default_date(), fixed=True
    )
    round = fields.Integer(
        compute="_compute_round",
        store=True,
        precompute=True,
        aggregator=None,
        help="Of the dossier when it was urged.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        ondelete="restrict",
        default=lambda self: self.env.user,
        gated=True,
    )

    # a mail
    address = fields.Char(gated=True)
    step_id = fields.Many2one(
        "cadre.review.step", index="btree_not_null", ondelete="restrict", gated=True
    )
    deadline_id = fields.Many2one(
        "cadre.review.deadline", index="btree_not_null", ondelete="restrict", gated=True
    )
    date_due = fields.Date(string="Last Day", gated=True)
    date_step = fields.Date(string="Fell Due On", gated=True)
    event_id = fields.Many2one(
        "cadre.review.event", index="btree_not_null", ondelete="restrict", gated=True
    )
    is_personal = fields.Boolean(
        gated=True, help="It went to the person whom the event concerns by name."
    )
    kind = fields.Selection(related="reminder_id.kind", store=True, precompute=True)
    delivery = fields.Selection(related="reminder_id.delivery")

    # a call
    spoke_with = fields.Char(help="Who answered, or received it.")
    is_reached = fields.Boolean(string="Reached", default=True)
    note = fields.Text(string="What Was Said")
    unit_phone = fields.Char(related="unit_id.phone", string="Telephone Number")
    urging_text = fields.Text(related="dossier_id.urging_text")
    # plans
    plan_line_id = fields.Many2one(
        "cadre.review.plan.line",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
    )
    _overdue_once = models.UniqueIndex(
        "(plan_line_id, date_due, address) WHERE plan_line_id IS NOT NULL",
        "This address has been told already that the remedy is overdue.",
    )

    _step_once = models.UniqueIndex(
        "(campaign_id, COALESCE(dossier_id, 0), COALESCE(round, 0), step_id,"
        " COALESCE(deadline_id, 0), COALESCE(date_due, date_step), date_step, address)"
        " WHERE step_id IS NOT NULL",
        "This step has been carried out already.",
    )
    _event_once = models.UniqueIndex(
        "(event_id, address) WHERE event_id IS NOT NULL",
        "This address has been told already.",
    )
    _opening_once = models.UniqueIndex(
        "(dossier_id, address) WHERE kind = 'opening'",
        "This address has got the letter already.",
    )
    _steps_done = models.Index("(campaign_id, date_step) WHERE step_id IS NOT NULL")
    _mail_is_of_the_job = models.Constraint(
        "CHECK ((channel = 'mail') = (reminder_id IS NOT NULL)"
        " AND (reminder_id IS NOT NULL OR dossier_id IS NOT NULL))",
        "A line about a mail comes with the mail; any other names its dossier.",
    )

    def _default_date(self):
        return self.env["cadre.review.campaign"]._day_here()

    @api.depends("dossier_id", "reminder_id")
    def _compute_campaign_id(self):
        for line in self:
            line.campaign_id = line.dossier_id.campaign_id or (
                line.reminder_id.campaign_id
            )

    @api.depends("dossier_id")
    def _compute_round(self):
        """As it is when the line is written: the dossier's later rounds are new."""
        for line in self:
            line.round = line.dossier_id.round

    def _has_reached(self):
        """Whether somebody must have got it."""
        self.ensure_one()
        if self.channel == "mail":
            return self.delivery == "sent"
        return self.is_reached
