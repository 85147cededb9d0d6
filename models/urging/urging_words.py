from dataclasses import replace
from typing import NamedTuple

from odoo import Command, api, models
from odoo.exceptions import UserError

from ...rules import deadlines, urging
from .urging_run import TOLD, Letter

# a digest names so many late units; the rest is a number
NAMED = 30


class Happened(NamedTuple):
    """What a line of the ledger tells.

    :param note: in the words of those who did it, or empty
    :param opens: whether the link opens the record, not the dossier
    """

    record: models.Model
    note: str
    opens: bool


class CadreReviewCampaign(models.Model):
    """What the mails tell, and urging at the push of a button."""

    _inherit = "cadre.review.campaign"

    def _fill_in_reminders(self, reminders):
        """Subject and content of these reminders of one campaign."""
        self.ensure_one()
        reminders = reminders.sudo()
        facts = reminders.line_ids.dossier_id._urging_facts()
        told = self._what_is_told(reminders.line_ids)
        of_campaign = {}
        for reminder in reminders:
            if reminder.kind in ("office", "digest"):
                if reminder.kind not in of_campaign:
                    of_campaign[reminder.kind] = self._words_of_campaign(reminder.kind)
                reminder.headline, reminder.content = of_campaign[reminder.kind]
                continue
            about = [
                self._about(facts[dossier.id], lines, told)
                for dossier, lines in reminder.line_ids.grouped("dossier_id").items()
            ]
            reminder.headline = self._headline(reminder.kind, about)
            reminder.content = self._render(
                "urging_content",
                kind=reminder.kind,
                about=about,
                deadlines=self._urging_lines() if reminder.kind == "opening" else [],
            )

    def _render(self, template, **values):
        return self.env["ir.qweb"]._render(f"cadre_review.{template}", values)

    def _headline(self, kind, about):
        units = about[0].unit if len(about) == 1 else f"{len(about)} đơn vị"
        return urging.headline(about) if kind == "urge" else units

    @api.model
    def _about(self, facts, lines, told):
        """What a mail tells of one dossier through these lines of the ledger: whom it
        concerns by name gets a link to the record, others mostly one to the dossier."""
        happened = [told[line] for line in lines if line in told]
        opened = dict.fromkeys(what.record for what in happened if what.opens)
        return replace(
            facts,
            notes=[*dict.fromkeys(what.note for what in happened if what.note)],
            urls=[record._urging_url() for record in opened] or facts.urls,
        )

    def _what_is_told(self, lines):
        """What happened, for the lines of the ledger that tell of it.

        :rtype: dict[cadre.review.reminder.line, Happened]
        """
        labels = self.regulation_ids.label_ids.mapped("name")
        told = self._overdue_told(lines)
        for (model, move), group in (
            lines.filtered("event_id")
            .grouped(lambda line: (line.event_id.res_model, line.event_id.move))
            .items()
        ):
            what = TOLD[model, move]
            records = self.env[model].browse(line.event_id.res_id for line in group)
            for line, record in zip(group, records, strict=True):
                note = (what.note and next(iter(record.mapped(what.note)), "")) or ""
                told[line] = Happened(
                    record,
                    # a text that names a level stays inside
                    "" if urging.mentions(note, labels) else note,
                    line.is_personal or what.opens_record,
                )
        return told

    def _words_of_campaign(self, kind):
        """How the campaign stands: numbers, and the units that are late."""
        dossiers = self.dossier_ids.filtered(lambda d: d.state != "excluded")
        late = dossiers.filtered(
            lambda d: d.is_open_to_unit and d.days_late and not d._kept_by_paper()
        ).sorted(lambda d: (-d.days_late, d.sequence, d.id))
        handed_in = dossiers.filtered("is_handed_in")
        deadlines_ = [
            urging.OpenDeadline(
                name=deadline.name,
                ordered=deadline.printed,
                last_day=deadline.last_day,
                days_left=(deadline.last_day - self._today()).days,
            )
            for deadline in self.deadline_ids.filtered("last_day")
            if kind == "digest" or deadline.kind == "conclusion"
        ]
        content = self._render(
            "urging_digest",
            figures=[
                ("Số đơn vị trong đợt", len(dossiers)),
                ("Đã nộp hồ sơ", len(handed_in - late)),
                (
                    "Đã đạt yêu cầu",
                    len(dossiers.filtered(lambda d: d.state == "accepted")),
                ),
                (
                    "Đang chờ bổ sung",
                    len(dossiers.filtered(lambda d: d.state == "returned")),
                ),
                ("Quá hạn chưa nộp", len(late)),
            ],
            deadlines=deadlines_,
            late=[(d.unit_name, d.days_late) for d in late[:NAMED]],
            more=max(len(late) - NAMED, 0),
            url=self._urging_url(),
        )
        if kind == "office" and deadlines_:
            pressing = min(deadlines_, key=lambda d: d.days_left)
            return f"{pressing.name} – {pressing.how_far()}", content
        return f"{len(handed_in)}/{len(dossiers)} đơn vị đã nộp hồ sơ", content

    # ------------------------------------------------------------------
    # URGING NOW
    # ------------------------------------------------------------------

    def _urge_now(self, dossiers, user):
        """Queue the mails of the day for these dossiers.

        :return: what became of it, one line each
        """
        today = self._today()
        before = self.env.ref("cadre_review.mail_template_urging_before")
        late = self.env.ref("cadre_review.mail_template_urging_late")
        by_address, problems = {}, []
        for dossier in dossiers:
            audiences = ("unit", "head") if dossier.days_late else ("unit",)
            good = {
                address: None
                for audience in audiences
                for address in dossier.unit_id._urging_addresses(audience)[
                    dossier.unit_id.id
                ][0]
            }
            if not good:
                problems.append(dossier.unit_name)
            for address in good:
                by_address.setdefault(address, dossier.browse())
                by_address[address] |= dossier
        got = self._mails_of_today(by_address)
        letters = [
            self._letter(
                address, (late if any(about.mapped("days_late")) else before), about
            )
            for address, about in sorted(by_address.items())
            if ("urge", address) not in got
        ]
        self._claim(letters)
        self._wake_mail_queue()
        # to the user, in their language
        here = self.with_context(lang=user.lang)
        told = [
            here.env._(
                "%(count)s mails are on their way (%(day)s).",
                count=len(letters),
                day=deadlines.in_words(today),
            )
        ]
        if len(letters) < len(by_address):
            told.append(
                here.env._(
                    "%(count)s addresses have had their mail of the day already: "
                    "ring them up.",
                    count=len(by_address) - len(letters),
                )
            )
        if problems:
            told.append(here.env._("No address: %(units)s.", units=", ".join(problems)))
        return told

    @api.model
    def _letter(self, address, template, dossiers):
        return Letter(
            "urge",
            address,
            template.id,
            [{"dossier_id": dossier.id, "address": address} for dossier in dossiers],
        )

    # ------------------------------------------------------------------
    # TEST MAIL
    # ------------------------------------------------------------------

    def _send_test(self, step, address):
        """Mail one example of a step to the user, and nothing of it to the ledger.

        :return: its subject
        :raise UserError: the template cannot be rendered
        """
        self.ensure_one()
        self = self.sudo()._in_local_terms()
        template = step.sudo().template_id.with_env(self.env)
        kind = {"office": "office", "owner": "digest"}.get(step.audience, "urge")
        open_first = self.dossier_ids.sorted(lambda d: not d.is_open_to_unit)
        lines = [{"dossier_id": d.id, "address": address} for d in open_first[:1]]
        savepoint = self.env.cr.savepoint()
        try:
            row = self.env["cadre.review.reminder"].create(
                {
                    "campaign_id": self.id,
                    "address": address,
                    "kind": kind,
                    # a day of its own: the row never meets one of the ledger
                    "date": "1900-01-01",
                    "line_ids": [
                        Command.create({**line, "channel": "mail"})
                        for line in lines
                        if kind == "urge"
                    ],
                }
            )
            values = template._generate_template(
                row.ids, ("subject", "body_html", "email_from", "reply_to")
            )[row.id]
        except Exception as error:
            raise UserError(
                self.env._(
                    "“%(template)s” cannot be filled in: %(error)s",
                    template=template.name,
                    error=error,
                )
            ) from error
        finally:
            savepoint.close(rollback=True)
        subject = self.env._("[Test] %(subject)s", subject=values["subject"])
        self.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": values["body_html"],
                "email_from": values.get("email_from") or self.env.user.email_formatted,
                "email_to": address,
                "auto_delete": True,
            }
        )
        return subject
