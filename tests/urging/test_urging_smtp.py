"""Delivery to a real mail server on loopback: taken, refused, busy, and gone."""

import email
import email.policy
import subprocess
import sys
import tempfile
import unittest
from email.header import decode_header, make_header
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_urging import MAILBOX_A, UrgingCase

REFUSED = "refused@test.example"
BUSY = "busy@test.example"
LOGS = (
    "odoo.addons.mail.models.mail_mail",
    "odoo.addons.base.models.ir_mail_server",
)


@tagged("post_install", "-at_install")
@unittest.skipUnless(find_spec("aiosmtpd"), "aiosmtpd is not installed")
class TestUrgingSmtp(UrgingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # tests of Odoo send nothing unless asked to
        server = type(cls.env["ir.mail_server"])
        cls.startClassPatcher(patch.object(server, "_disable_send", lambda self: False))
        cls.unit_b.email = f"{REFUSED}, {BUSY}"
        cls.user_standing.email = False
        # a corrected address gets the letter too: not here
        cls.campaign.dossier_ids.opened_on = False
        cls.env["mail.mail"].search([]).unlink()

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="cadre_review_smtp_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.server = self._start()

    def _start(self):
        script = Path(__file__).parents[1] / "smtp_server.py"
        process = subprocess.Popen(
            [sys.executable, str(script), str(self.folder)],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(self._stop, process)
        port = int(process.stdout.readline())
        self.env["ir.mail_server"].search([]).unlink()
        self.env["ir.mail_server"].create(
            {
                "name": "Loopback",
                "smtp_host": "127.0.0.1",
                "smtp_port": port,
                "smtp_encryption": "none",
                "from_filter": False,
            }
        )
        return process

    def _stop(self, process):
        process.kill()
        process.wait()
        process.stdout.close()

    def _deliver(self):
        with mute_logger(*LOGS):
            self.env["mail.mail"].process_email_queue()
        self.env.invalidate_all()

    def _received(self):
        """Mails in the order they came."""
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.folder.glob("*.eml"))
        ]

    def test_taken_refused_and_busy(self):
        sent = self._run("2022-11-15 02:00:00")
        of = {reminder.address: reminder for reminder in sent}
        self.assertEqual(set(of), {MAILBOX_A, REFUSED, BUSY})
        self._deliver()
        self.assertEqual(of[MAILBOX_A].delivery, "sent")
        self.assertEqual(of[REFUSED].delivery, "failed")
        self.assertIn("No such mailbox", of[REFUSED].failure)
        self.assertEqual(of[BUSY].delivery, "failed")
        # read back as a mail program reads it
        [mail] = self._received()
        self.assertEqual(mail["X-Recipients"], MAILBOX_A)
        self.assertEqual(mail["Message-Id"], of[MAILBOX_A].mail_id.message_id)
        self.assertTrue(mail["Subject"].startswith("[Đôn đốc] review – còn 10 ngày"))
        html = mail.get_body(("html",)).get_content()
        self.assertIn("trước ngày 01/12/2022", html)
        self.assertIn(f"res_id={self.dossier_a.id}", html)
        self.assertIn("Biên bản", mail.get_body(("plain",)).get_content())
        # the busy one is tried again, with the same Message-ID; the refused one not
        (self.folder / "free").touch()
        self.assertFalse(self._run("2022-11-15 03:00:00"))
        self._deliver()
        self.assertEqual(of[BUSY].delivery, "sent")
        self.assertEqual(of[REFUSED].delivery, "failed")
        self.assertEqual(
            [mail["X-Recipients"] for mail in self._received()], [MAILBOX_A, BUSY]
        )
        self.assertIn(
            self.dossier_b,
            self.env["cadre.review.dossier"].search([("has_failed_mail", "=", True)]),
        )

    def test_long_subject_keeps_its_blanks(self):
        """Python's own folding loses them, so this decodes as mail programs do."""
        self.unit_b.email = False
        self.campaign.deadline_ids.name = (
            "Báo cáo kết quả, gửi hồ sơ kiểm điểm về thị xã"
        )
        sent = self._run("2022-11-15 02:00:00")
        self._deliver()
        [path] = self.folder.glob("*.eml")
        head = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
        subject = str(make_header(decode_header(head["Subject"])))
        self.assertEqual(subject, sent.mail_id.subject)
        self.assertGreater(len(subject), 80)
        self.assertTrue(all(len(line) < 79 for line in head["Subject"].splitlines()))

    def test_server_that_is_down(self):
        """Nothing is lost and nothing is sent twice once it is back."""
        self.unit_b.email = False
        self._stop(self.server)
        sent = self._run("2022-11-15 02:00:00")
        self._deliver()
        self.assertEqual(sent.mapped("delivery"), ["failed"])
        self.assertFalse(self._run("2022-11-15 03:00:00"))
        self._deliver()
        self._start()
        before = sent.mail_id.message_id
        for _hour in range(2):
            self._run("2022-11-15 04:00:00")
            self._deliver()
        self.assertEqual(sent.mapped("delivery"), ["sent"])
        self.assertEqual([mail["Message-Id"] for mail in self._received()], [before])

    def test_failed_mail_is_not_kept_up_for_ever(self):
        self.unit_b.email = False
        self._stop(self.server)
        sent = self._run("2022-11-15 02:00:00")
        self._deliver()
        self._run("2022-11-21 02:00:00")
        self.assertEqual(sent.mail_id.state, "exception")

    def test_letter_is_attached(self):
        """To an address that was entered after the opening, too."""
        self.dossier_a.opened_on = "2022-11-08"
        self.unit_a.email = "moi@test.example"
        sent = self._run("2022-11-09 01:00:00")
        self.assertEqual(sent.mapped("kind"), ["opening"])
        self._deliver()
        [mail] = self._received()
        [part] = mail.iter_attachments()
        self.assertTrue(part.get_filename())
        self.assertTrue(part.get_content())
