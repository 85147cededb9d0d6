import logging
from collections import defaultdict
from datetime import date, time, timedelta
from typing import NamedTuple

import psycopg2
import psycopg2.errors
from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models
from odoo.tools import split_every

from ...rules import urging
from ..base.local_today import local_now
from ..base.move_mixin import RUNNING
from .reminder import DAILY

_logger = logging.getLogger(__name__)

# mails queued in one transaction
BATCH = 200
# how often a run looks again because another one was faster
LOOKS = 50
# what happened longer ago is told by nobody any more
EVENT_DAYS = 14
# a mail that found no server is overtaken by the next step after so many days
RETRY_DAYS = 3
LANG = "vi_VN"


class Told(NamedTuple):
    """What is told when something happened.

    :param kind: of the reminder
    :param state: in which the record still is; what was undone is not told
    :param audiences: of the dossier's unit (``unit``, ``head``) or of the campaign
        (``office``, ``owner``)
    :param template: xml id
    :param users: paths from the record to users it concerns by name; their link opens
        the record itself
    :param dossier: path from the record to its dossier
    :param note: path to a text of the record that is told too, unless it names a level
    :param opens_record: whether everybody's link opens the record, not the dossier
    """

    kind: str
    state: str
    audiences: tuple
    template: str
    users: tuple = ()
    dossier: str = "dossier_id"
    note: str = ""
    opens_record: bool = False


# (model, move) of the history → what is told. Further moves join by one line here.
TOLD = {
    ("cadre.review.dossier", "return"): Told(
        "request",
        "returned",
        ("unit", "head"),
        "mail_template_urging_request",
        dossier="",
        note="state_reason",
    ),
    ("cadre.review.dossier", "accept"): Told(
        "acceptance",
        "accepted",
        ("unit",),
        "mail_template_urging_acceptance",
        dossier="",
    ),
    ("cadre.review.rating", "notify"): Told(
        "notice",
        "notified",
        ("unit",),
        "mail_template_urging_notice",
        users=("user_id",),
        note="notified_text",
    ),
    ("cadre.review.order", "order"): Told(
        "order",
        "ordered",
        ("unit", "head"),
        "mail_template_urging_order",
        note="instruction",
        opens_record=True,
    ),
    ("cadre.review.objection", "file"): Told(
        "objection",
        "filed",
        ("office",),
        "mail_template_urging_objection",
        users=("objector_user_ids",),
        opens_record=True,
    ),
    ("cadre.review.objection", "grant"): Told(
        "answer",
        "granted",
        (),
        "mail_template_urging_answer",
        users=("objector_user_ids",),
    ),
    ("cadre.review.objection", "reject"): Told(
        "answer",
        "rejected",
        (),
        "mail_template_urging_answer",
        users=("objector_user_ids",),
    ),
    ("cadre.review.plan", "adopt"): Told(
        "plan",
        "running",
        ("unit",),
        "mail_template_urging_plan",
        users=("line_ids.responsible_cadre_id.user_id", "line_ids.monitor_user_id"),
        opens_record=True,
    ),
}
OPENING = "mail_template_urging_opening"


class Letter(NamedTuple):
    """One mail to be: its address, and the values of its lines."""

    kind: str
    address: str
    template_id: int
    lines: list
    # the mail of the day that has told it already: only the lines are added
    reminder_id: int | None = None


class Falling(NamedTuple):
    """A step that falls due for one address."""

    kind: str
    address: str
    dossier_id: int | None
    round: int
    deadline_id: int | None
    date_due: date | None
    due: urging.Due

    def key(self):
        """What the ledger knows it by."""
        return (
            *(self.dossier_id, self.round, self.due.step.id, self.deadline_id),
            *(self.date_due, self.due.day, self.address),
        )

    def line(self):
        return {
            "dossier_id": self.dossier_id,
            "address": self.address,
            "step_id": self.due.step.id,
            "deadline_id": self.deadline_id,
            "date_due": self.date_due,
            "date_step": self.due.day,
        }


class CadreReviewCampaign(models.Model):
    """The job that urges.

    Nothing tells it what was done but the ledger: each time it asks what should have
    gone out by now, and sends what is not there yet. So it may be killed anywhere, run
    twice at once, or not run for a week.
    """

    _inherit = "cadre.review.campaign"

    @api.model
    def _cron_urge(self):
        """Queue all mails that fall due, campaign by campaign, batch by batch."""
        Cron = self.env["ir.cron"]
        # closing ends the steps; what happens to results afterwards is still told
        campaigns = self.search(
            [("state", "in", (*RUNNING, "closed")), ("is_urging", "=", True)]
        )
        Cron._commit_progress(remaining=len(campaigns))
        for campaign in campaigns:
            if not campaign._in_local_terms()._urge_by_itself():
                return
            if not Cron._commit_progress(1):
                return

    def _in_local_terms(self):
        """In Vietnamese and in the campaign's time zone: a job has neither."""
        self.ensure_one()
        lang = LANG if self.env["res.lang"]._get_data(code=LANG) else "en_US"
        return self.with_context(lang=lang, tz=self.tz)

    def _urge_by_itself(self):
        """One good run of this campaign.

        :return: whether there is time left for others
        """
        problems, done = [], False
        _retried, problem = self._attempt(self._retry_mails)
        problems.append(problem)
        for _look in range(LOOKS):
            letters, problem = self._attempt(self._letters_due)
            problems.append(problem)
            done = not problem
            self.env["ir.cron"]._commit_progress()
            taken = False
            for batch in split_every(BATCH, letters or (), list):
                taken, refused = self._send(batch)
                problems += refused
                if not self.env["ir.cron"]._commit_progress():
                    return False
                if taken:  # another runner was faster: look again at what is left
                    break
            if not taken:
                break
        self._note_run(done, [problem for problem in problems if problem])
        self._wake_mail_queue()
        return True

    def _wake_mail_queue(self):
        """So that mails leave now, not at the queue's next turn."""
        queue = self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()
        if (
            self.env["mail.mail"]
            .sudo()
            .search_count([("state", "=", "outgoing")], limit=1)
        ):
            queue._trigger()

    def _attempt(self, work, *args):
        """Do the work, or nothing of it.

        :return: (its result, None) or (None, what went wrong)
        """
        try:
            with self.env.cr.savepoint():
                return work(*args), None
        except TransactionRollbackError:
            return None, None  # somebody else is at it: the next run looks again
        except (psycopg2.OperationalError, MemoryError):
            raise
        except Exception as error:
            _logger.warning("%s: %s", self.name, error, exc_info=True)
            return None, f"{type(error).__name__}: {error}"

    def _note_run(self, done, problems):
        """A run with broken templates is a good run; they are told beside it."""
        values = {"urging_error": "\n".join(dict.fromkeys(problems)) or False}
        if done:
            values["urging_ran_at"] = fields.Datetime.now()
        self._attempt(self._write_run, values)

    def _write_run(self, values):
        self.with_context(mail_notrack=True).write(values)
        self.flush_recordset()

    def _retry_mails(self):
        since = self._today() - timedelta(days=RETRY_DAYS)
        return self.env["cadre.review.reminder"]._retry(self, since)

    # ------------------------------------------------------------------
    # WHAT IS DUE
    # ------------------------------------------------------------------

    def _letters_due(self):
        """:rtype: list[Letter], in the order of their addresses"""
        letters = [*self._letters_about_events(), *self._letters_about_opening()]
        if self._is_time():
            if self.state in RUNNING:
                letters += self._letters_of_steps()
            letters += self._letters_about_overdue()
        return sorted(letters, key=lambda letter: letter[:3])

    def _is_time(self):
        """Whether it is a working day, and late enough in it: what was slept through
        waits as well. Events do not wait."""
        now = local_now(self.tz)
        return now.time() >= time(self.urge_hour) and not (
            self.env["cadre.review.holiday"]._calendar().rest(now.date())
        )

    def _letters_of_steps(self):
        """One letter an address and kind, about all that its dossiers lack, whether it
        falls due today or not."""
        falling, open_work = self._steps_falling_due()
        falling = self._not_in_ledger(falling)
        by_letter = defaultdict(list)
        for item in falling:
            by_letter[item.kind, item.address].append(item)
        got = self._mails_of_today({address for _kind, address in by_letter})
        templates = {step.id: step.template_id.id for step in self.step_ids}
        letters = []
        for (kind, address), items in by_letter.items():
            lines = [item.line() for item in items]
            if (kind, address) in got:
                # a dossier the mail of today did not tell of waits for tomorrow
                reminder_id, told = got[kind, address]
                lines = [line for line in lines if line["dossier_id"] in told]
                if lines:
                    letters.append(Letter(kind, address, 0, lines, reminder_id))
                continue
            told = {item.dossier_id for item in items}
            others = open_work[address] - told if kind == "urge" else ()
            lines += [
                {"dossier_id": dossier_id, "address": address}
                for dossier_id in sorted(others)
            ]
            pressing = max(items, key=lambda item: (item.due.step.days, item.due.day))
            letters.append(
                Letter(kind, address, templates[pressing.due.step.id], lines)
            )
        return letters

    def _steps_falling_due(self):
        """:return: (list of Falling, {address: ids of dossiers with something open})"""
        today, steps = self._today(), self.step_ids._as_values()
        working_days = self.env["cadre.review.holiday"]._working_days()
        began = self._begins()
        falling, open_work, is_open = [], defaultdict(set), False
        addresses = {
            audience: self._addresses_by_unit(audience) for audience in ("unit", "head")
        }
        for deadline in self.deadline_ids.filtered("last_day"):
            stops = bool(deadline._stop())
            mine = [s for s in steps if urging.applies(s, deadline.kind, stops)]
            pending = deadline._pending() if mine or stops else ()
            is_open = is_open or bool(stops and pending)
            if not pending:
                continue
            last_days = pending._last_days(deadline)
            for audience, by_unit in addresses.items():
                wanted = [step for step in mine if step.audience == audience]
                for dossier in pending if wanted else ():
                    last_day = last_days[dossier.id]
                    due = urging.due(
                        wanted, last_day, today, working_days, dossier.urged_since
                    )
                    for address in by_unit.get(dossier.unit_id.id, ()):
                        open_work[address].add(dossier.id)
                        if due:
                            falling.append(
                                Falling(
                                    *("urge", address, dossier.id, dossier.round),
                                    *(deadline.id, last_day, due),
                                )
                            )
            for audience in ("office", "owner"):
                wanted = [step for step in mine if step.audience == audience]
                last_day = deadline.last_day
                if due := urging.due(wanted, last_day, today, working_days, began):
                    falling += [
                        Falling("office", address, None, 0, deadline.id, last_day, due)
                        for address in self._addresses(audience)[0]
                    ]
        # a digest tells how far it has got; there is an end to that
        for step in steps if is_open else ():
            day = step.weekday is not None and working_days.weekly(step, today)
            if day and day > began:
                falling += [
                    Falling(
                        "digest", address, None, 0, None, None, urging.Due(step, day)
                    )
                    for address in self._addresses(step.audience)[0]
                ]
        return falling, open_work

    def _addresses_by_unit(self, audience):
        """:return: {unit id: addresses}"""
        units = self.dossier_ids.unit_id.sudo()
        return {
            unit_id: good
            for unit_id, (good, _problem) in units._urging_addresses(audience).items()
        }

    def _not_in_ledger(self, falling):
        Line = self.env["cadre.review.reminder.line"]
        lines = Line.search_fetch(
            [
                ("campaign_id", "=", self.id),
                ("step_id", "!=", False),
                ("date_step", "in", [*{item.due.day for item in falling}]),
            ],
            [
                *("dossier_id", "round", "step_id", "deadline_id"),
                *("date_due", "date_step", "address"),
            ],
        )
        done = {
            (
                *(line.dossier_id.id or None, line.round, line.step_id.id),
                *(line.deadline_id.id or None, line.date_due or None),
                *(line.date_step, line.address),
            )
            for line in lines
        }
        return [item for item in falling if item.key() not in done]

    def _mails_of_today(self, addresses):
        """:return: {(kind, address): (reminder id, ids of the dossiers it tells of)}"""
        reminders = self.env["cadre.review.reminder"].search(
            [
                ("campaign_id", "=", self.id),
                ("date", "=", self._today()),
                ("kind", "in", DAILY),
                ("address", "in", [*addresses]),
            ]
        )
        return {
            (r.kind, r.address): (
                r.id,
                {line.dossier_id.id or None for line in r.line_ids},
            )
            for r in reminders
        }

    def _letters_about_events(self):
        """What happened lately and was not told to everybody concerned; all that one
        address is to know of one kind comes in one mail."""
        happened = self.env["cadre.review.event"].search(
            [
                ("campaign_id", "=", self.id),
                ("create_date", ">=", fields.Datetime.now() - timedelta(EVENT_DAYS)),
                ("res_model", "in", [model for model, _move in TOLD]),
                ("move", "in", [move for _model, move in TOLD]),
            ],
            order="id",
        )
        told = {
            (line.event_id.id, line.address)
            for line in self.env["cadre.review.reminder.line"].search_fetch(
                [("event_id", "in", happened.ids)], ["event_id", "address"]
            )
        }
        lines = defaultdict(list)
        for event, what, record in self._still_so(happened):
            dossier = record.mapped(what.dossier) if what.dossier else record
            addresses = {
                **{address: True for address in self._of_users(what, record)},
                **{address: False for address in self._of_audiences(what, dossier)},
            }
            for address, is_personal in addresses.items():
                if (event.id, address) not in told:
                    lines[what, address].append(
                        {
                            "dossier_id": dossier.id,
                            "address": address,
                            "event_id": event.id,
                            "is_personal": is_personal,
                        }
                    )
        # asked once each: env.ref() looks in the database whether the record is there
        templates = {
            what.template: self.env.ref(f"cadre_review.{what.template}").id
            for what in {what for what, _address in lines}
        }
        return [
            Letter(what.kind, address, templates[what.template], about)
            for (what, address), about in lines.items()
        ]

    @api.model
    def _still_so(self, events):
        """Events that are told and whose record is still in the state they led to.

        :return: iterator of (event, Told, record)
        """
        for (model, move), group in events.grouped(
            lambda event: (event.res_model, event.move)
        ).items():
            what = TOLD.get((model, move))
            if not what:
                continue
            records = self.env[model].browse(group.mapped("res_id")).exists()
            by_id = {record.id: record for record in records}
            for event in group:
                record = by_id.get(event.res_id)
                if record and record.state == what.state:
                    yield event, what, record

    @api.model
    def _of_users(self, what, record):
        """Addresses of those the record concerns by name."""
        users = self.env["res.users"].sudo()
        return self._addresses_of_users(
            users.union(*(record.sudo().mapped(path) for path in what.users))
        )

    def _of_audiences(self, what, dossier):
        """Addresses of the unit, the office or the owner."""
        unit = dossier.unit_id.sudo()
        for audience in what.audiences:
            if audience in ("office", "owner"):
                yield from self._addresses(audience)[0]
            elif unit:
                yield from unit._urging_addresses(audience)[unit.id][0]

    def _letters_about_opening(self):
        """The letter goes to every unit once, to those added later too."""
        fresh = self.dossier_ids.filtered(
            lambda dossier: dossier.opened_on
            and dossier.opened_on >= self._today() - timedelta(EVENT_DAYS)
            and dossier.state != "excluded"
        )
        if not fresh or self.state not in RUNNING:
            return []
        told = {
            (line.dossier_id.id, line.address)
            for line in self.env["cadre.review.reminder.line"].search_fetch(
                [("kind", "=", "opening"), ("dossier_id", "in", fresh.ids)],
                ["dossier_id", "address"],
            )
        }
        by_unit = self._addresses_by_unit("unit")
        lines = defaultdict(list)
        for dossier in fresh:
            for address in by_unit.get(dossier.unit_id.id, ()):
                if (dossier.id, address) not in told:
                    lines[address].append(
                        {"dossier_id": dossier.id, "address": address}
                    )
        template = self.env.ref(f"cadre_review.{OPENING}")
        return [
            Letter("opening", address, template.id, about)
            for address, about in lines.items()
        ]

    # ------------------------------------------------------------------
    # SENDING
    # ------------------------------------------------------------------

    def _send(self, letters):
        """Claim these letters and queue their mails.

        :return: (whether another runner has taken some, problems)
        """
        try:
            with self.env.cr.savepoint():
                self._claim(letters)
            return False, []
        except (psycopg2.errors.UniqueViolation, TransactionRollbackError):
            return True, []
        except (psycopg2.OperationalError, MemoryError):
            raise
        except Exception as error:
            if len(letters) == 1:
                [letter] = letters
                _logger.warning("%s: %s", letter.address, error, exc_info=True)
                return False, [f"{letter.address}: {error}"]
        taken, problems = False, []
        for letter in letters:
            one_taken, refused = self._send([letter])
            taken, problems = taken or one_taken, problems + refused
        return taken, problems

    def _claim(self, letters):
        """Rows of the ledger first, in the order of their addresses; then the mails,
        in the same transaction.

        :raise Exception: a row is taken, or a template cannot be rendered
        """
        today, fresh = self._today(), [x for x in letters if not x.reminder_id]
        Reminder = self.env["cadre.review.reminder"]
        reminders = Reminder.create(
            [
                {
                    "campaign_id": self.id,
                    "address": letter.address,
                    "kind": letter.kind,
                    "date": today,
                    "template_id": letter.template_id,
                }
                for letter in fresh
            ]
        )
        homes = {id(letter): r.id for letter, r in zip(fresh, reminders, strict=True)}
        self.env["cadre.review.reminder.line"].create(
            [
                {
                    **line,
                    "reminder_id": letter.reminder_id or homes[id(letter)],
                    "channel": "mail",
                    "date": today,
                }
                for letter in letters
                for line in letter.lines
            ]
        )
        self.env.flush_all()
        for (kind, template), group in reminders.grouped(
            lambda reminder: (reminder.kind, reminder.template_id)
        ).items():
            files = self._letter_pdf() if kind == "opening" else None
            group._queue(template, files)
        return reminders

    def _letter_pdf(self):
        """The letter as it stands, as a file of the campaign."""
        report = "cadre_review.report_campaign_letter"
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(report, self.ids)
        file = self.letter_attachment_id
        if not file or file.raw != content:
            name = (self.letter_number or self.name).replace("/", "-")
            file = self.env["ir.attachment"].create(
                {
                    "name": f"{name}.{kind}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
            self.letter_attachment_id = file
        return file
