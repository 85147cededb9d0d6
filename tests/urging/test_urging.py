"""Urging: who gets what on which day, once, and nobody what is not theirs."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from psycopg2.errors import CheckViolation
from psycopg2.extras import Json

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...models.urging import urging_run
from ...models.urging.reminder import DAILY
from ..browser import BrowserCase
from ..common import ReviewCase
from ..security.test_security_matrix import MUTED

MAILBOX_A = "hdnd.phuonga@test.example"
MAILBOX_B = "hdnd.xab@test.example"
HEAD_A = "chutich.phuonga@test.example"
OWNER = "thuongtruc@test.example"
OFFICE = "vanphong@test.example"
JOB = "odoo.addons.cadre_review.models.urging.urging_run"


class UrgingCase(ReviewCase):
    """The tiny council, with mailboxes; opened on 08/11/2022 at nine o'clock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.unit_a.email = MAILBOX_A
        cls.unit_b.email = MAILBOX_B
        (cls.user_officer_a | cls.user_officer_b | cls.user_head_b).email = False
        cls.user_head_a.email = HEAD_A
        cls.user_standing.email = OWNER
        cls.user_office.email = OFFICE
        cls.company.email = OFFICE
        with freeze_time("2022-11-08 02:00:00"):
            cls.campaign = cls._opened_campaign().sudo()
            cls()._run()
        cls.dossier_a = cls._dossier(cls.campaign, cls.unit_a).sudo()
        cls.dossier_b = cls._dossier(cls.campaign, cls.unit_b).sudo()

    def _run(self, at=None):
        """One run of the job; no transaction is ended in a test."""

        def progress(cron, *_args, **_kwargs):
            cron.env.flush_all()
            cron.env.invalidate_all()
            return float("inf")

        before = self.env["cadre.review.reminder"].search([])
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", progress):
            if at:
                with freeze_time(at):
                    self.env["cadre.review.campaign"]._cron_urge()
            else:
                self.env["cadre.review.campaign"]._cron_urge()
        return self.env["cadre.review.reminder"].search([]) - before

    def _got(self, reminders):
        """{(kind, address)}"""
        return {(reminder.kind, reminder.address) for reminder in reminders}

    def _at(self, day, hour=9):
        """That hour of the day where the council sits, in UTC."""
        return datetime.combine(day, datetime.min.time()) + timedelta(hours=hour - 7)


@tagged("post_install", "-at_install")
class TestUrgingCalendar(UrgingCase):
    def test_the_whole_campaign(self):
        """Every day of the letter's campaign: unit A hands in late, B never does."""
        table = {}
        day, end = date(2022, 11, 8), date(2022, 12, 14)
        while day <= end:
            if day == date(2022, 11, 22):
                with freeze_time(self._at(day)):
                    self._adopted_conference(self.dossier_a)
            if day == date(2022, 12, 6):
                with freeze_time(self._at(day)):
                    self._commented(self.dossier_a)
                    self._provided(self.dossier_a)
                    self._click(
                        self.dossier_a.with_user(self.user_head_a), "action_submit"
                    )
            sent = self._run(self._at(day))
            self.assertFalse(self._run(self._at(day, 15)), "one run a day is enough")
            if sent:
                table[day.strftime("%d/%m")] = self._got(sent)
            day += timedelta(days=1)
        a, b = ("urge", MAILBOX_A), ("urge", MAILBOX_B)
        head_a, owner, office = ("urge", HEAD_A), ("digest", OWNER), ("office", OFFICE)
        self.assertEqual(
            table,
            {
                "14/11": {owner},
                # 10 days before 25/11
                "15/11": {a, b},
                # 10 days before 30/11 and 5 before 25/11 are a Sunday: on Friday
                "18/11": {a, b},
                "21/11": {owner},
                # 2 days before 25/11; A has adopted its minutes on the 22nd
                "23/11": {b},
                # 5 days before 30/11, and the last day of the review
                "25/11": {a, b},
                # 2 days before 30/11; B's head has no address but the mailbox
                "28/11": {a, b, owner},
                # B: the review is two working days late
                "29/11": {b},
                "30/11": {a, b},
                # the head from the first day late; B by its review as well
                "01/12": {head_a, b},
                # two working days late; two days before 04/12, a Sunday
                "02/12": {a, b, office},
                "05/12": {head_a, b, owner},
                # handed in before the job ran: A is urged no more
                "06/12": {b},
                "07/12": {b},
                "08/12": {b},
                "09/12": {b},
                "12/12": {b, owner},
                "13/12": {b},
                "14/12": {b},
            },
        )

    def test_opening_came_with_the_letter(self):
        opening = self.env["cadre.review.reminder"].search([("kind", "=", "opening")])
        self.assertEqual(set(opening.mapped("address")), {MAILBOX_A, MAILBOX_B})
        self.assertEqual(len(opening.mail_id.attachment_ids), 1)
        self.assertEqual(opening.mail_id.attachment_ids.res_id, self.campaign.id)

    def test_nothing_before_the_hour(self):
        self.assertFalse(self._run(self._at(date(2022, 11, 15), 6)))
        self.assertTrue(self._run(self._at(date(2022, 11, 15), 7)))

    def test_a_week_without_the_job(self):
        """What was slept through is covered by one mail, with nothing after it."""
        sent = self._run(self._at(date(2022, 11, 24)))
        self.assertEqual(
            self._got(sent),
            {("urge", MAILBOX_A), ("urge", MAILBOX_B), ("digest", OWNER)},
        )
        mail = sent.filtered(lambda r: r.address == MAILBOX_A)
        self.assertIn("còn 1 ngày", mail.mail_id.body_html)
        self.assertFalse(self._run(self._at(date(2022, 11, 24), 10)))

    def test_nothing_on_a_day_of_rest(self):
        """Not even what was slept through; what happened is told."""
        self.env["cadre.review.holiday"].create(
            {"name": "Nghỉ bù", "date_from": "2022-11-21", "date_to": "2022-11-21"}
        )
        for day in (date(2022, 11, 19), date(2022, 11, 21)):
            self.assertFalse(self._run(self._at(day)))
        self.assertTrue(self.campaign.urging_ran_at)
        self.assertEqual(
            self._got(self._run(self._at(date(2022, 11, 22)))),
            {("urge", MAILBOX_A), ("urge", MAILBOX_B), ("digest", OWNER)},
        )

    def test_digest_has_an_end(self):
        """Nothing is open any more: nobody is told every week that all is well."""
        self.campaign.deadline_ids.filtered(lambda d: d.kind == "conclusion").unlink()
        for dossier in (self.dossier_a, self.dossier_b):
            with freeze_time(self._at(date(2022, 11, 18))):
                self._submitted(dossier)
        self.assertFalse(self._run(self._at(date(2022, 11, 21))))

    def test_preview_is_what_goes_out(self):
        """Whatever the preview says on a day of the campaign, the job then sends: A has
        more time, B handed in, and was asked for completion."""
        with freeze_time(self._at(date(2022, 11, 24))):
            self._submitted(self.dossier_b)
        with freeze_time(self._at(date(2022, 11, 28))):
            self._run()
            dossier = self.dossier_b.with_user(self.user_office)
            self._click(dossier, "action_receive")
            self._returned(dossier)
            self.env["cadre.review.extension"].with_user(self.user_office).create(
                {
                    "deadline_id": self.campaign.deadline_ids[1].id,
                    "reason": "Công văn số 5",
                    "date": date(2022, 12, 8),
                    "dossier_ids": [Command.set(self.dossier_a.ids)],
                }
            )
        Preview = self.env["cadre.review.urging.preview"].with_user(self.user_office)
        with freeze_time(self._at(date(2022, 11, 29), 6)):
            preview = Preview.create({"campaign_id": self.campaign.id})
        told = {
            (line.day, address)
            for line in preview.line_ids
            for address in (line.addresses or "").split("; ")
            if not line.is_sent
        }
        self.assertIn((date(2022, 12, 6), MAILBOX_A), told)
        self.assertNotIn((date(2022, 11, 30), MAILBOX_A), told)
        sent, day = set(), date(2022, 11, 29)
        while day <= max(preview.line_ids.mapped("day")):
            mails = self._run(self._at(day)).filtered(lambda r: r.kind in DAILY)
            sent |= {(reminder.date, reminder.address) for reminder in mails}
            day += timedelta(days=1)
        self.assertEqual(sorted(told), sorted(sent))
        # what has gone out is read from the ledger
        with freeze_time(self._at(day)):
            preview = Preview.create({"campaign_id": self.campaign.id})
        done = {
            (line.day, address)
            for line in preview.line_ids
            for address in line.addresses.split("; ")
            if line.is_sent
        }
        self.assertLessEqual(sent, done)

    def test_clock_that_jumps(self):
        """Forward and back: nobody gets a day's mail twice, nobody is silenced."""
        self._run(self._at(date(2022, 11, 15)))
        self.assertTrue(self._run(self._at(date(2023, 11, 15))))
        self.assertFalse(self._run(self._at(date(2022, 11, 15))))
        self.assertEqual(
            self._got(self._run(self._at(date(2022, 11, 18)))),
            {("urge", MAILBOX_A), ("urge", MAILBOX_B)},
        )

    def test_request_begins_anew(self):
        """Urging stops with the hand-in, starts again for the round asked for, with
        days of its own, and the first round is urged no more."""
        with freeze_time(self._at(date(2022, 11, 24))):
            self._submitted(self.dossier_a)
        self.assertNotIn(
            ("urge", MAILBOX_A), self._got(self._run(self._at(date(2022, 11, 25))))
        )
        with freeze_time(self._at(date(2022, 11, 28))):
            dossier = self.dossier_a.with_user(self.user_office)
            self._click(dossier, "action_receive")
            self._returned(dossier, "Biên bản thiếu; xem lại mức Hoàn thành tốt")
        self.assertEqual(self.dossier_a.date_due, date(2022, 12, 5))
        sent = self._run(self._at(date(2022, 11, 28), 10))
        requests = sent.filtered(lambda r: r.kind == "request")
        self.assertEqual(set(requests.mapped("address")), {MAILBOX_A, HEAD_A})
        # the reason speaks of a level: it stays inside
        self.assertNotIn("Hoàn thành tốt", requests[:1].mail_id.body_html)
        self.assertFalse(self._run(self._at(date(2022, 11, 28), 11)), "told once")
        days = [
            day
            for day in range(29, 36)
            if any(
                r.address == MAILBOX_A and r.kind == "urge"
                for r in self._run(
                    self._at(date(2022, 11, 1) + timedelta(days=day - 1))
                )
            )
        ]
        # five days before 05/12; two before, a Saturday; the day itself
        self.assertEqual(days, [30, 32, 35])
        lines = self.dossier_a.reminder_line_ids.filtered("step_id")
        self.assertEqual(
            set(lines.filtered(lambda x: x.date > date(2022, 11, 28)).mapped("round")),
            {2},
        )

    def test_closed_campaign_is_silent(self):
        self.campaign.state = "closed"
        self.assertFalse(self._run(self._at(date(2022, 11, 30))))

    def test_switched_off(self):
        self.campaign.is_urging = False
        self.assertFalse(self._run(self._at(date(2022, 11, 30))))

    def test_campaign_without_deadlines(self):
        other = self._campaign(purpose="khác", deadline_ids=[]).sudo()
        other.state = "open"
        self._run(self._at(date(2022, 11, 15)))
        self.assertTrue(other.urging_ran_at)
        self.assertFalse(other.urging_error)

    def test_number_of_queries(self):
        """A run costs the same for two late units as for a dozen, but for the mails,
        which are queued by batches."""
        costs = []
        for number in (4, 40):
            here = self._campaign_told_of_its_opening(number)
            with freeze_time(self._at(date(2022, 11, 15))):
                # one is the digest
                costs.append(self._queries_of_a_run(here, number + 1))
        self.assertLessEqual(costs[1] - costs[0], 12, costs)

    def test_number_of_queries_of_events(self):
        """What happened to a dozen units costs what it costs for one."""
        costs = []
        for number in (4, 40):
            here = self._campaign_told_of_its_opening(number)
            here.dossier_ids.state = "accepted"
            self.env["cadre.review.event"]._record(here.dossier_ids, "accept")
            with freeze_time(self._at(date(2022, 11, 12))):  # a Saturday: no steps
                costs.append(self._queries_of_a_run(here, number))
        self.assertLessEqual(costs[1] - costs[0], 12, costs)

    def _campaign_told_of_its_opening(self, number):
        """A campaign of so many units, each with a mailbox."""
        units = self._units(number, people=1)
        for index, unit in enumerate(units):
            unit.email = f"unit{index}.{number}@test.example"
        with freeze_time("2022-11-08 02:00:00"):
            campaign = self._opened_campaign(
                purpose=str(number), unit_ids=[Command.set(units.ids)]
            ).sudo()
            here = campaign._in_local_terms()
            here._send(here._letters_about_opening())
        return here

    def _queries_of_a_run(self, here, letters_expected):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        letters = here._letters_due()
        self.assertEqual(len(letters), letters_expected)
        here._send(letters)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestUrgingMails(UrgingCase):
    def test_content(self):
        """Everything that is missing, the link, and no more."""
        paper = self.dossier_a.paper_ids.filtered(
            lambda p: p.kind_id.code == "6" and p.rating_id.cadre_id == self.deputy_a
        )
        paper.is_secret = True
        self._adopted_conference(self.dossier_a, level="excellent")
        mail = (
            self._run(self._at(date(2022, 11, 25)))
            .filtered(lambda r: r.address == MAILBOX_A)
            .mail_id
        )
        self.assertEqual(mail.email_to, MAILBOX_A)
        body = mail.body_html
        self.assertIn("trước ngày 01/12/2022", body)
        self.assertIn("30/11/2022 (Thứ Tư)", body)
        self.assertIn(
            f"/mail/view?model=cadre.review.dossier&amp;res_id={self.dossier_a.id}",
            body,
        )
        for missing in self.dossier_a.paper_ids - paper:
            self.assertIn(missing.kind_id.short_name, body)
        # the party's comment is told for the chair, not for the secret one
        line = body.partition(paper.kind_id.short_name)[2].partition("</li>")[0]
        self.assertIn(self.chair_a.name, line)
        self.assertNotIn(self.deputy_a.name, line)
        self.assertNotIn(self.unit_b.name, body)
        for level in ("xuất sắc", "Hoàn thành tốt", "excellent"):
            self.assertNotIn(level, body)
        self.assertNotIn("đặc", mail.subject)

    def test_shared_mailbox(self):
        """One mail a day that lists both units."""
        self.unit_b.email = MAILBOX_A
        sent = self._run(self._at(date(2022, 11, 15)))
        mail = sent.filtered(lambda r: r.kind == "urge")
        self.assertEqual(mail.mapped("address"), [MAILBOX_A])
        self.assertIn(self.unit_a.name, mail.mail_id.body_html)
        self.assertIn(self.unit_b.name, mail.mail_id.body_html)
        self.assertEqual(len(mail.line_ids), 2)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_bad_addresses(self):
        """No address, a malformed one, several, an officer without one: the rest
        still goes out, and the office sees what did not."""
        self.unit_a.email = "khong phai dia chi; nua@@sai.example"
        self.unit_b.email = f"{MAILBOX_B.upper()}, hai@test.example"
        sent = self._run(self._at(date(2022, 11, 15)))
        self.assertEqual(
            set(sent.filtered(lambda r: r.kind == "urge").mapped("address")),
            {MAILBOX_B, "hai@test.example"},
        )
        self.assertIn("nua@@sai.example", self.dossier_a.urging_problem)
        self.assertFalse(self.dossier_b.urging_problem)
        self.assertFalse(self.campaign.urging_error)
        dossiers = self.env["cadre.review.dossier"].with_user(self.user_office)
        self.assertEqual(
            dossiers.search([("is_reached", "=", False)]),
            (self.dossier_a | self.dossier_b),
        )
        sent.mail_id.write({"state": "sent"})
        self.env.flush_all()
        self.assertEqual(dossiers.search([("is_reached", "=", False)]), self.dossier_a)
        sent.mail_id.write({"state": "exception", "failure_reason": "550 no"})
        self.env.flush_all()
        self.assertEqual(
            dossiers.search([("has_failed_mail", "=", True)]), self.dossier_b
        )
        self.assertEqual(set(sent.mapped("delivery")), {"failed"})

    def test_head_who_left(self):
        """The mailbox stands in, and the office is told."""
        self.env["cadre.review.member"].search(
            [("user_id", "=", self.user_head_a.id)]
        ).unlink()
        self.assertIn(
            ("urge", MAILBOX_A), self._got(self._run(self._at(date(2022, 12, 1))))
        )
        self.assertTrue(self.dossier_a.urging_problem)

    @mute_logger(JOB, "odoo.addons.mail.models.mail_render_mixin")
    def test_template_with_an_error(self):
        """Its mails wait, all others go; repaired, it goes the next time."""
        late = self.env.ref("cadre_review.mail_template_urging_late")
        good = late.body_html
        # saved before a value was renamed: nobody can save such words now
        self.env.cr.execute(
            "UPDATE mail_template SET body_html = %s WHERE id = %s",
            [Json({"en_US": '<p t-out="object.gone"/>'}), late.id],
        )
        self.env.invalidate_all()
        self.dossier_b.date_due = date(2022, 12, 3)
        sent = self._run(self._at(date(2022, 12, 2)))
        self.assertNotIn(("urge", MAILBOX_A), self._got(sent))
        self.assertIn(("office", OFFICE), self._got(sent))
        self.assertIn(MAILBOX_A, self.campaign.urging_error)
        self.assertTrue(self.campaign.urging_ran_at)
        late.body_html = good
        sent = self._run(self._at(date(2022, 12, 2), 11))
        self.assertIn(("urge", MAILBOX_A), self._got(sent))
        self.assertFalse(self.campaign.urging_error)

    def test_words_reach_nothing_else(self):
        """A template cannot be made to tell a rating, whoever writes it."""
        template = self.env.ref("cadre_review.mail_template_urging_before")
        for bad in (
            "object.line_ids.dossier_id.rating_ids.mapped('level')",
            "object.env['res.users'].search([]).mapped('login')",
            "user.login",
            "object.content.__class__",
            "[x for x in (object,)]",
        ):
            with self.assertRaises(ValidationError, msg=bad):
                template.body_html = f'<p><t t-out="{bad}"/></p>'
            with self.assertRaises(ValidationError, msg=bad):
                template.subject = f"{{{{ {bad} }}}}"
        with self.assertRaises(ValidationError):
            template.body_html = '<p t-set="x" t-value="object"/>'
        template.write(
            {
                "subject": "Nhắc: {{ object.headline or 'hồ sơ' }}",
                "body_html": "<p>Kính gửi <t t-out='object.content'/></p>",
            }
        )

    def test_mail_of_every_kind_is_vietnamese(self):
        """Rendered by the job, which has no language of its own."""
        self._submitted(self.dossier_a)
        dossier = self.dossier_a.with_user(self.user_office)
        self._click(dossier, "action_receive")
        self._click(dossier, "action_check_papers")
        self._click(dossier, "action_accept")
        sent = self._run(self._at(date(2022, 12, 2)))
        self.assertEqual(
            set(sent.mapped("kind")), {"urge", "office", "digest", "acceptance"}
        )
        for reminder in sent:
            self.assertTrue(reminder.mail_id.subject.startswith("["))
            self.assertNotIn("object.", reminder.mail_id.body_html)
            self.assertNotIn("Dossier", reminder.mail_id.body_html)

    def test_notice_tells_no_rating(self):
        self.user_person_a.email = "nguoi@test.example"
        for decision in self._decided(self.dossier_a, "completed"):
            decision.with_user(self.user_office).action_notify()
        sent = self._run().filtered(lambda r: r.kind == "notice")
        # one mail to each, though several results were notified
        self.assertEqual(
            sorted(sent.mapped("address")), [MAILBOX_A, "nguoi@test.example"]
        )
        for body in sent.mail_id.mapped("body_html"):
            self.assertNotIn("hoàn thành nhiệm vụ", body.lower())
        self.assertFalse(self._run(), "told once")
        rating = self._rating(self.campaign, self.deputy_a).sudo()
        unit, person = sent.sorted("address").mail_id.mapped("body_html")
        self.assertIn(rating.notified_text, unit)
        # the link of the person opens what the person may see
        own = f"model=cadre.review.rating&amp;res_id={rating.id}"
        dossier = f"model=cadre.review.dossier&amp;res_id={self.dossier_a.id}"
        self.assertIn(own, person)
        self.assertNotIn(dossier, person)
        self.assertIn(dossier, unit)
        self.assertNotIn(own, unit)
        rating.with_user(self.user_person_a).check_access("read")

    def test_two_requests_in_one_night(self):
        """What happened twice before the job ran is told in one mail, and once."""
        with freeze_time(self._at(date(2022, 11, 24))):
            self._submitted(self.dossier_a)
        dossier = self.dossier_a.with_user(self.user_office)
        with freeze_time(self._at(date(2022, 11, 24), 10)):
            for reason in ("Thiếu biên bản", "Thiếu chữ ký"):
                self._click(dossier, "action_receive")
                self._returned(dossier, reason)
                if reason == "Thiếu biên bản":
                    self._click(
                        self.dossier_a.with_user(self.user_head_a), "action_submit"
                    )
        sent = self._run(self._at(date(2022, 11, 24), 11))
        requests = sent.filtered(lambda r: r.kind == "request")
        self.assertEqual(sorted(requests.mapped("address")), [HEAD_A, MAILBOX_A])
        self.assertIn("Thiếu chữ ký", requests[:1].mail_id.body_html)
        self.assertFalse(self._run(self._at(date(2022, 11, 24), 12)))

    def test_two_runners_within_one_transaction(self):
        """A row that is taken already makes a runner look again, not fail."""
        with freeze_time(self._at(date(2022, 11, 15))):
            here = self.campaign._in_local_terms()
            letters = here._letters_due()
            self.assertEqual(here._send(letters), (False, []))
            with mute_logger("odoo.sql_db"):
                self.assertEqual(here._send(letters), (True, []))
        reminders = self.env["cadre.review.reminder"].search([("kind", "=", "urge")])
        self.assertEqual(len(reminders), 2)
        self.assertEqual(len(reminders.mail_id), 2)


@tagged("post_install", "-at_install")
class TestUrgingLinks(UrgingCase, BrowserCase):
    def test_link_opens_for_those_who_may_see(self):
        path = "/mail" + self.dossier_a._urging_url().partition("/mail")[2]
        for user, opens in (
            (self.user_officer_a, True),
            (self.user_office, True),
            (self.user_officer_b, False),
            (self.user_none, False),
        ):
            self.authenticate(user.login, user.login)
            where = self.url_open(path, allow_redirects=False).headers["Location"]
            self.assertEqual(f"dossier/{self.dossier_a.id}" in where, opens, where)
        self.authenticate(None, None)
        where = self.url_open(path, allow_redirects=False).headers["Location"]
        self.assertIn("/web/login", where)


@tagged("post_install", "-at_install")
class TestUrgingOffice(UrgingCase):
    def test_steps_that_were_carried_out_stay(self):
        self._run(self._at(date(2022, 11, 15)))
        steps = self.campaign.with_user(self.user_office).step_ids
        done = steps.filtered(lambda step: step.days == -10)
        with self.assertRaises(UserError):
            done.unlink()
        carried_out = done | steps.filtered(lambda step: step.timing == "weekly")
        (steps - carried_out).unlink()
        carried_out.active = False
        self.assertFalse(self._run(self._at(date(2022, 11, 30))))
        self.campaign.with_user(self.user_office).action_add_usual_steps()

    def test_draft_is_deleted_with_its_steps(self):
        draft = self._campaign(purpose="nháp")
        self.assertTrue(draft.step_ids)
        draft.unlink()

    def test_each_event_stops_its_deadline(self):
        """Minutes, hand-in on line, date of the paper, number of receipt, decision."""
        by_kind = {d.kind: d for d in self.campaign.deadline_ids}
        review, dossier = by_kind["review"], by_kind["dossier"]
        office = self.dossier_a.with_user(self.user_office)
        both = self.dossier_a | self.dossier_b
        self.assertEqual(review._pending(), both)
        self._adopted_conference(self.dossier_a)
        self.assertEqual(review._pending(), self.dossier_b)
        self.assertEqual(by_kind["conclusion"]._pending(), both)
        # papers that lie in the office, keyed by nobody yet
        for stop, values in (
            ("paper_date", {"date_paper": date(2022, 11, 30)}),
            ("received", {"incoming_number": "215", "date_paper": False}),
        ):
            self.assertEqual(dossier._pending(), both)
            office.write(values)
            self.assertEqual(dossier._pending(), both, "handed in on line counts")
            dossier.stop_event = stop
            self.assertEqual(dossier._pending(), self.dossier_b)
            with freeze_time(self._at(date(2022, 12, 6))):
                self.campaign.invalidate_recordset()
                both.invalidate_recordset()
                self.assertEqual(both.mapped("days_late"), [0, 6])
                self.assertEqual(self.campaign.on_time_rate, 50)
                self.assertEqual(self.campaign.late_count, 1)
            dossier.stop_event = False
        # the number of one round does not keep the next
        self._commented(self.dossier_a)
        self._provided(self.dossier_a)
        self._click(self.dossier_a.with_user(self.user_head_a), "action_submit")
        self._click(office, "action_receive")
        self._returned(office)
        dossier.stop_event = "received"
        self.assertEqual(dossier._pending(), both)

    def test_digest_stays_with_office_and_owner(self):
        """It names who is late: not for the units."""
        step = self.campaign.step_ids.filtered(lambda s: s.timing == "weekly")
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            step.audience = "unit"
            self.env.flush_all()

    def test_office_sees_whom_no_mail_reaches(self):
        """Members of owner and office, the council itself, a user without a unit."""
        campaign = self.campaign.with_user(self.user_office)
        self.assertFalse(campaign.urging_problems)
        self.user_standing.email = "thuong truc"
        self.user_office.email = False
        self.company.email = False
        homeless = self._user(
            "homeless",
            groups="base.group_user,cadre_review.cadre_review_group_officer",
        )
        homeless.email = "khong.don.vi@test.example"
        campaign.invalidate_recordset()
        problems = campaign.urging_problems
        self.assertIn(f"{self.user_standing.name}: no valid address", problems)
        self.assertIn(f"{self.user_office.name}: no address", problems)
        self.assertIn(self.company.name, problems)
        sent = self._run(self._at(date(2022, 11, 15)))
        self.assertEqual(set(sent.mapped("address")), {MAILBOX_A, MAILBOX_B})

    def test_only_urging_counts_as_urging(self):
        """The letter of the opening reached the unit, but urged nobody."""
        self.assertEqual(self.dossier_a.urge_count, 0)
        self._run(self._at(date(2022, 11, 15)))
        self.dossier_a.invalidate_recordset()
        self.assertEqual(self.dossier_a.urge_count, 1)
        self.assertEqual(self.dossier_a.last_urged_on, date(2022, 11, 15))

    def test_office_changes_the_words(self):
        """The office is no editor of Odoo's other templates."""
        template = self.env.ref("cadre_review.mail_template_urging_before")
        template.with_user(self.user_office).subject = "Nhắc: {{ object.headline }}"
        sent = self._run(self._at(date(2022, 11, 15)))
        mail = sent.filtered(lambda r: r.address == MAILBOX_A).mail_id
        self.assertTrue(mail.subject.startswith("Nhắc: review"))
        with self.assertRaises(ValidationError):
            template.with_user(self.user_office).subject = "{{ object.line_ids }}"
        other = self.env["mail.template"].create(
            {"name": "Khác", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        for change in (
            lambda: template.with_user(self.user_officer_a).write({"subject": "Khác"}),
            lambda: other.with_user(self.user_office).write({"subject": "Khác"}),
        ):
            with self.assertRaises(AccessError), mute_logger(*MUTED):
                change()

    def test_hand_in_follows_who_acts_for_the_unit(self):
        activity = self.dossier_a.activity_ids
        self.assertEqual(activity.user_id, self.user_officer_a)
        Member = self.env["cadre.review.member"]
        of_officer = [("user_id", "=", self.user_officer_a.id)]
        Member.search(of_officer).date_to = date(2022, 11, 1)
        self.assertEqual(self.dossier_a.activity_ids.user_id, self.user_head_a)
        Member.search([("user_id", "=", self.user_head_a.id)]).unlink()
        self.assertFalse(self.dossier_a.activity_ids)
        self._user("officer_new", "officer", unit_id=self.unit_a)
        self.assertEqual(self.dossier_a.activity_ids.user_id.name, "officer_new")
        self.assertEqual(len(self.dossier_b.activity_ids), 1)
        # by date, with nobody writing anything that day
        Member.search([("user_id.name", "=", "officer_new")]).date_to = self.today
        self._user("officer_next", "officer", unit_id=self.unit_a)
        with freeze_time(self._at(date(2022, 11, 22))):
            Member._cron_refresh()
        self.assertEqual(self.dossier_a.activity_ids.user_id.name, "officer_next")

    def test_calendar_greys_days_of_rest(self):
        self.env["cadre.review.holiday"].create(
            {"name": "Lễ", "date_from": "2022-11-24", "date_to": "2022-11-24"}
        )
        for model in ("cadre.review.deadline", "cadre.review.dossier"):
            days = (
                self.env[model]
                .with_user(self.user_officer_a)
                .get_unusual_days("2022-11-20 17:00:00", "2022-11-27 17:00:00")
            )
            grey = [day[-2:] for day, is_rest in days.items() if is_rest]
            self.assertEqual(grey, ["20", "24", "26", "27"])

    def test_urge_now_once_a_day(self):
        """It counts as the mail of the day: the job adds none."""
        with freeze_time(self._at(date(2022, 11, 15), 8)):
            dossiers = self.dossier_a.with_user(self.user_office)
            told = dossiers.action_urge_now()["params"]["message"]
            self.assertIn("1 mails", told)
            again = dossiers.action_urge_now()["params"]["message"]
            self.assertIn("0 mails", again)
        sent = self._run(self._at(date(2022, 11, 15)))
        self.assertEqual(self._got(sent), {("urge", MAILBOX_B), ("digest", OWNER)})
        # the step is noted on the mail that told it
        line = self.dossier_a.reminder_line_ids.filtered("step_id")
        self.assertEqual(line.reminder_id.address, MAILBOX_A)
        self.assertFalse(self._run(self._at(date(2022, 11, 16))))

    def test_urge_now_says_who_has_no_address(self):
        self.unit_a.email = False
        message = self.dossier_a.with_user(self.user_office).action_urge_now()[
            "params"
        ]["message"]
        self.assertIn(self.unit_a.name, message)

    @mute_logger(*MUTED)
    def test_units_do_not_read_how_others_do(self):
        campaign = self.campaign.with_user(self.user_officer_a)
        for name in ("urging_error", "late_count", "on_time_rate"):
            with self.assertRaises(AccessError, msg=name):
                campaign.read([name])
        for model in ("cadre.review.reminder", "cadre.review.reminder.line"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.user_head_a).search([])

    @mute_logger(*MUTED)
    def test_only_the_office_urges(self):
        for user in (self.user_officer_a, self.user_head_a, self.user_standing):
            with self.assertRaises(AccessError):
                self.dossier_a.with_user(user).action_urge_now()
            with self.assertRaises(AccessError):
                self.campaign.with_user(user).action_preview_urging()
        self._submitted(self.dossier_a)
        with self.assertRaises(UserError):
            self.dossier_a.with_user(self.user_office).action_urge_now()

    def test_call_counts(self):
        action = self.dossier_a.with_user(self.user_office).action_log_call()
        Line = self.env["cadre.review.reminder.line"].with_user(self.user_office)
        line = Line.with_context(**action["context"]).create(
            {"channel": "zalo", "note": "Hẹn ngày mai"}
        )
        self.assertEqual(line.round, 1)
        self.assertEqual(line.date, self.today)
        self.assertIn("Thường trực HĐND phường A", line.urging_text)
        self.assertIn("trước ngày 01/12/2022", line.urging_text)
        self.assertTrue(self.dossier_a.is_reached)
        self.assertIn(
            self.dossier_a, self.dossier_a.search([("is_reached", "=", True)])
        )
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
        ):
            Line.create({"dossier_id": self.dossier_a.id, "channel": "mail"})

    def test_letter_counts(self):
        dossier = self.dossier_a.with_user(self.user_office)
        dossier.action_print_urging()
        self.assertEqual(self.dossier_a.reminder_line_ids[:1].channel, "letter")
        html = str(
            self.env["ir.actions.report"]
            .with_user(self.user_office)
            ._render_qweb_html("cadre_review.report_urging_letter", dossier.ids)[0],
            "utf-8",
        )
        self.assertIn("V/v đôn đốc", html)
        self.assertIn(self.unit_a.name, html)
        self.assertIn("trước ngày 01/12/2022", html)

    def test_extension_of_one(self):
        Extension = self.env["cadre.review.extension"].with_user(self.user_office)
        deadline = self.campaign.deadline_ids.filtered(lambda d: d.kind == "dossier")
        values = {"deadline_id": deadline.id, "reason": "Công văn số 5"}
        with self.assertRaises(ValidationError):
            Extension.create(
                {
                    **values,
                    "date": date(2022, 11, 30),
                    "dossier_ids": [Command.set(self.dossier_a.ids)],
                }
            )
        extension = Extension.create(
            {
                **values,
                "date": date(2022, 12, 7),
                "dossier_ids": [Command.set(self.dossier_a.ids)],
            }
        )
        self.assertEqual(self.dossier_a.date_due, date(2022, 12, 7))
        self.assertEqual(self.dossier_b.date_due, date(2022, 11, 30))
        self.assertEqual(extension.previous_day, date(2022, 11, 30))
        self.assertIn("07/12/2022", self.dossier_a.urging_text)
        self.assertNotIn("trước ngày 01/12", self.dossier_a.urging_text)
        for write in (
            lambda: extension.write({"date": date(2022, 12, 9)}),
            extension.unlink,
        ):
            with self.assertRaises(AccessError), mute_logger(*MUTED):
                write()

    def test_extension_of_all(self):
        deadline = self.campaign.deadline_ids.filtered(lambda d: d.kind == "dossier")
        self.env["cadre.review.extension"].with_user(self.user_office).create(
            {
                "deadline_id": deadline.id,
                "reason": "Thống nhất của Thường trực",
                "date": date(2022, 12, 3),
            }
        )
        self.assertEqual(deadline.last_day, date(2022, 12, 3))
        self.assertEqual(deadline.printed, "trước ngày 01/12/2022")
        self.assertIn("Thứ Bảy", deadline.rest_note)
        self.assertEqual(
            (self.dossier_a | self.dossier_b).mapped("date_due"),
            [date(2022, 12, 3)] * 2,
        )

    def test_last_days_follow_policy_holidays_and_corrections(self):
        deadline = self.campaign.deadline_ids.filtered(lambda d: d.kind == "dossier")
        self.env["cadre.review.holiday"].with_user(self.user_office).create(
            {"name": "Lễ", "date_from": "2022-11-30", "date_to": "2022-12-02"}
        )
        self.assertEqual(deadline.last_day, date(2022, 11, 30))
        self.assertIn("Lễ", deadline.rest_note)
        self.campaign.shift_policy = "shift_forward"
        self.assertEqual(deadline.last_day, date(2022, 12, 5))
        self.assertEqual(self.dossier_a.date_due, date(2022, 12, 5))
        self.env["cadre.review.holiday"].search([("name", "=", "Lễ")]).unlink()
        self.assertEqual(self.dossier_a.date_due, date(2022, 11, 30))
        deadline.date = date(2022, 12, 2)
        self.assertEqual(self.dossier_a.date_due, date(2022, 12, 1))
        self.assertEqual(deadline.printed, "trước ngày 02/12/2022")

    def test_preview(self):
        preview = (
            self.env["cadre.review.urging.preview"]
            .with_user(self.user_office)
            .create({"campaign_id": self.campaign.id})
        )
        rows = [
            (line.day, line.step_id.audience, line.mails) for line in preview.line_ids
        ]
        self.assertIn((date(2022, 11, 23), "unit", 2), rows)
        self.assertIn((date(2022, 12, 1), "head", 2), rows)
        self.assertEqual(rows, sorted(rows, key=lambda row: row[0]))
        self.assertFalse(preview.problems)
        self.unit_a.email = "sai"
        preview = preview.create({"campaign_id": self.campaign.id})
        self.assertIn(self.unit_a.name, preview.problems)
        with self.assertRaises(UserError):
            preview.action_send_test()

    def test_mail_to_oneself(self):
        """As it would look; the ledger knows nothing of it."""
        Preview = self.env["cadre.review.urging.preview"].with_user(self.user_office)
        before = self.env["cadre.review.reminder"].search_count([])
        for step in self.campaign.step_ids:
            Preview.create(
                {"campaign_id": self.campaign.id, "step_id": step.id}
            ).action_send_test()
        mails = self.env["mail.mail"].search([("email_to", "=", OFFICE)])
        self.assertEqual(len(mails), len(self.campaign.step_ids))
        self.assertTrue(
            any(self.unit_a.name in body for body in mails.mapped("body_html"))
        )
        self.assertEqual(self.env["cadre.review.reminder"].search_count([]), before)

    def test_banner_after_26_hours(self):
        self._run(self._at(date(2022, 11, 20)))
        with freeze_time(self._at(date(2022, 11, 21), 10)):
            self.campaign.invalidate_recordset()
            self.assertFalse(self.campaign.urging_is_stale)
            self.assertFalse(self._stale())
        with freeze_time(self._at(date(2022, 11, 21), 12)):
            self.campaign.invalidate_recordset()
            self.assertTrue(self.campaign.urging_is_stale)
            self.assertEqual(self._stale(), self.campaign)
            self.campaign.is_urging = False
            self.assertFalse(self._stale())

    def _stale(self):
        """What the board asks for."""
        campaigns = self.env["cadre.review.campaign"].with_user(self.user_office)
        return campaigns.search([("urging_is_stale", "=", True)]).sudo()

    @mute_logger(JOB)
    def test_job_that_fails_is_no_good_run_and_does_not_raise(self):
        self._run(self._at(date(2022, 11, 20)))
        ran_at = self.campaign.urging_ran_at
        with patch.object(
            type(self.campaign), "_letters_due", side_effect=ValueError("hỏng")
        ):
            self._run(self._at(date(2022, 11, 21)))
        self.assertEqual(self.campaign.urging_ran_at, ran_at)
        self.assertIn("hỏng", self.campaign.urging_error)

    def test_on_time_rate(self):
        with freeze_time(self._at(date(2022, 11, 24))):
            self._submitted(self.dossier_a)
            self.assertEqual(self.campaign.on_time_rate, 100)
        with freeze_time(self._at(date(2022, 12, 2))):
            self.campaign.invalidate_recordset()
            self.dossier_b.invalidate_recordset()
            self.assertEqual(self.campaign.on_time_rate, 50)
            self.assertEqual(self.campaign.late_count, 1)
            dossier = self.dossier_a.with_user(self.user_office)
            self._click(dossier, "action_receive")
            self._returned(dossier)
            self.campaign.invalidate_recordset()
            self.assertEqual(self.campaign.on_time_rate, 50)

    def test_activity_is_closed_by_doing_it(self):
        activity = self.dossier_a.activity_ids
        self.assertEqual(activity.user_id, self.user_officer_a)
        self.assertEqual(activity.date_deadline, date(2022, 11, 30))
        self._submitted(self.dossier_a)
        self.assertFalse(self.dossier_a.activity_ids)
        dossier = self.dossier_a.with_user(self.user_office)
        self._click(dossier, "action_receive")
        self._returned(dossier)
        self.assertEqual(
            self.dossier_a.activity_ids.date_deadline, self.dossier_a.date_due
        )

    def test_job_is_what_the_cron_calls(self):
        cron = self.env.ref("cadre_review.ir_cron_urge")
        self.assertEqual(cron.code, "model._cron_urge()")
        self.assertEqual(cron.model_id.model, "cadre.review.campaign")
        self.assertLess(urging_run.BATCH, 1000)
