"""The hand-in: register, files, rounds, requests, hard copies, dates, receipts."""

import base64
import io
import json
from datetime import date
from unittest.mock import patch

from PIL import Image
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import Request
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...scans import kinds
from ..browser import BrowserCase
from ..common import PDF, PLACE, ReviewCase

PROGRAM = b"MZ\x90\x00" + bytes(100)


def photograph(colour, kind="JPEG"):
    file = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(file, kind)
    return file.getvalue()


class HandInCase(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)
        cls.dossier_b = cls._dossier(cls.campaign, cls.unit_b)
        cls.minutes = cls._paper("2")
        cls.forms = cls.dossier.paper_ids.filtered(lambda p: p.kind_id.code == "4")

    @classmethod
    def _paper(cls, code):
        return cls.dossier.paper_ids.filtered(lambda p: p.kind_id.code == code)

    def _give(self, paper, name, content, user=None):
        """A user puts a file on a paper, as the form does; the attachment."""
        paper = paper.with_user(user or self.user_officer_a)
        file = paper.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "res_model": paper._name,
                "res_id": paper.id,
            }
        )
        paper.attachment_ids = [Command.link(file.id)]
        return file

    def _received(self):
        self._submitted(self.dossier)
        self._click(self.dossier, "action_receive")
        return self.dossier


@tagged("post_install", "-at_install")
class TestRegister(HandInCase):
    def test_file_is_described_by_its_bytes(self):
        self._give(self.minutes, "bien_ban.pdf", photograph("red"))
        [row] = self.minutes.file_ids.with_user(self.user_officer_a)
        self.assertRecordValues(
            row,
            [
                {
                    "name": "bien_ban.pdf",
                    "kind": "jpeg",
                    "version": 1,
                    "round": 1,
                    "is_misnamed": True,
                    "is_current": True,
                    "is_handed_in": False,
                    "origin": "scan",
                }
            ],
        )

    def test_replaced_file_stays_as_a_version(self):
        first = self._give(self.minutes, "lan_1.pdf", PDF)
        paper = self.minutes.with_user(self.user_officer_a)
        paper.attachment_ids = [Command.clear()]
        self._give(self.minutes, "lan_2.pdf", PDF + b"2")
        rows = self.minutes.file_ids.sorted("version")
        self.assertEqual(rows.mapped("version"), [1, 2])
        self.assertEqual(rows.mapped("is_current"), [False, True])
        self.assertEqual(rows[0].attachment_id, first)

    def test_refusals_name_the_file_and_leave_nothing(self):
        before = self.env["ir.attachment"].search_count([])
        for name, content, said in (
            ("bao_cao.pdf", PROGRAM, "judged by the content"),
            ("bao_cao.pdf", b"", "is empty"),
            ("trang.html", b"<html></html>", "judged by the content"),
        ):
            with self.assertRaisesRegex(ValidationError, said) as refused:
                self._give(self.minutes, name, content)
            self.assertIn(name, str(refused.exception))
        self.env["ir.config_parameter"].set_param("cadre_review.max_file_size_mb", "1")
        with self.assertRaisesRegex(ValidationError, "at most 1 MB"):
            self._give(self.minutes, "lon.pdf", PDF + bytes(2**20))
        with self.assertRaisesRegex(ValidationError, "N: the file itself is kept"):
            self.env["ir.attachment"].with_user(self.user_officer_a).create(
                {
                    "name": "N",
                    "type": "url",
                    "url": "http://example.com",
                    "res_model": self.minutes._name,
                    "res_id": self.minutes.id,
                }
            )
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_names_are_cleaned(self):
        file = self._give(self.minutes, "..\\..\\Biên\x00 bản\r\n.pdf", PDF)
        self.assertEqual(file.name, "Biên bản.pdf")
        file.with_user(self.user_officer_a).name = "../khac.pdf"
        self.assertEqual(file.name, "khac.pdf")

    def test_program_does_not_replace_a_file(self):
        file = self._give(self.minutes, "bien_ban.pdf", PDF)
        for values in ({"raw": PROGRAM}, {"datas": base64.b64encode(PROGRAM)}):
            with self.assertRaisesRegex(ValidationError, "judged by the content"):
                file.with_user(self.user_officer_a).write(values)
        self.assertEqual(file.raw, PDF)

    def test_photographs_become_one_pdf_and_stay(self):
        shots = {f"trang_{n}.jpg": photograph(c) for n, c in ((2, "red"), (1, "blue"))}
        for name, content in shots.items():
            self._give(self.minutes, name, content)
        paper = self.minutes.with_user(self.user_officer_a)
        paper.action_combine_photographs()
        self.assertEqual(
            {f.name: f.raw for f in paper.attachment_ids if f.name in shots}, shots
        )
        combined = paper.file_ids.filtered(lambda f: f.origin == "combined")
        self.assertEqual(combined.kind, "pdf")
        self.assertEqual(combined.made_from, "trang_1.jpg\ntrang_2.jpg")
        with self.assertRaisesRegex(UserError, "fewer than two"):
            self._paper("1").with_user(self.user_officer_a).action_combine_photographs()

    def test_many_files_are_placed_in_one_screen(self):
        dossier = self.dossier.with_user(self.user_officer_a)
        action = dossier.action_place_files()
        window = dossier.env[action["res_model"]].browse(action["res_id"])
        given = {
            f"Phiếu đánh giá {self.deputy_a.name}.pdf": PDF,
            "Biên bản hội nghị.pdf": PDF + b"2",
            "IMG_1.jpg": photograph("red"),
            "IMG_2.jpg": photograph("blue"),
        }
        files = dossier.env["ir.attachment"].create(
            [
                {"name": name, "raw": raw, "res_model": window._name, "res_id": 0}
                for name, raw in given.items()
            ]
        )
        window.attachment_ids = files
        lines = {line.attachment_id.name: line for line in window.line_ids}
        form = self.forms.filtered(lambda p: p.rating_id.cadre_id == self.deputy_a)
        self.assertEqual(lines[files[0].name].paper_ids, form)
        self.assertEqual(lines["Biên bản hội nghị.pdf"].paper_ids, self.minutes)
        self.assertFalse(lines["IMG_1.jpg"].paper_ids)
        with self.assertRaisesRegex(UserError, "IMG_1.jpg, IMG_2.jpg"):
            window.action_place()
        report = self._paper("1")
        comments = self.dossier.paper_ids.filtered(lambda p: p.kind_id.code == "5")
        lines["IMG_1.jpg"].paper_ids = report
        lines["IMG_2.jpg"].paper_ids = report
        # one comment on two people
        lines[files[0].name].paper_ids = comments
        window.action_place()
        self.assertEqual(comments.attachment_ids, files[0])
        self.assertEqual(set(comments.mapped("state")), {"provided"})
        self.assertEqual(len(report.attachment_ids), 3)
        self.assertIn("combined", report.file_ids.mapped("origin"))
        self.assertEqual(report.attachment_ids.mapped("res_model"), [report._name] * 3)
        with self.assertRaises(AccessError):
            self.dossier.with_user(self.user_officer_b).action_place_files()

    def test_grid_follows_roll_and_scope(self):
        grid = self.dossier.with_user(self.user_officer_a).register_grid
        self.assertIn(self.chair_a.name, grid)
        self.assertNotIn(self.opinion_a.name, grid)
        self.assertIn(f"/odoo/review-papers/{self.minutes.id}", grid)
        self._rating(self.campaign, self.deputy_a).sudo()._leave("N")
        self.dossier.invalidate_recordset()
        self.assertNotIn(self.deputy_a.name, self.dossier.register_grid)
        whole = self.campaign.with_user(self.user_office).register_grid
        self.assertIn(self.unit_a.name, whole)
        self.assertIn("0/1", whole)

    def test_grid_costs_no_more_for_more_units(self):
        def queries(campaign):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(campaign.register_grid)
            return self.env.cr.sql_log_count - before

        few = queries(self.campaign)
        more = self._opened_campaign(
            purpose="N", unit_ids=[Command.set(self._units(20).ids)]
        )
        self.assertLessEqual(queries(more), few + 2)


@tagged("post_install", "-at_install")
class TestUpload(HandInCase, BrowserCase):
    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.http")
    def test_upload_says_what_is_wrong(self):
        def upload(user, name, content):
            self.authenticate(user.login, user.login)
            answer = self.url_open(
                "/web/binary/upload_attachment",
                data={
                    "model": self.minutes._name,
                    "id": self.minutes.id,
                    "csrf_token": "t",
                },
                files={"ufile": (name, content)},
            )
            return json.loads(answer.text)

        with self._csrf_off():
            [refused] = upload(self.user_officer_a, "bao_cao.pdf", PROGRAM)
            self.assertIn("bao_cao.pdf", refused["error"])
            [taken] = upload(self.user_officer_a, "bao_cao.pdf", PDF)
            self.assertEqual(taken["mimetype"], "application/pdf")
            [foreign] = upload(self.user_officer_b, "bao_cao.pdf", PDF)
            self.assertIn("error", foreign)
            self._submitted(self.dossier)
            self.env.flush_all()
            [late] = upload(self.user_officer_a, "bao_cao.pdf", PDF)
            self.assertIn("error", late)
        mine = self.env["ir.attachment"].search(
            [("res_model", "=", self.minutes._name), ("res_id", "=", self.minutes.id)]
        )
        self.assertEqual(mine.ids, [taken["id"]])

    def test_a_file_is_judged_once_in_a_request(self):
        """The upload judges it, and whoever stores and describes it asks no more."""
        self.authenticate(self.user_officer_a.login, self.user_officer_a.login)
        model, paper = self.minutes._name, self.minutes.id

        def upload():
            data = {"model": model, "id": 0, "csrf_token": "t"}
            files = {"ufile": ("bien_ban.pdf", PDF)}
            url = "/web/binary/upload_attachment"
            [answer] = json.loads(self.url_open(url, data=data, files=files).text)
            uploaded.append(answer["id"])

        def save(*commands):
            values = {"attachment_ids": commands}
            self.make_jsonrpc_request(
                "/web/dataset/call_kw",
                {
                    "model": model,
                    "method": "web_save",
                    "args": [[paper], values],
                    "kwargs": {"specification": {}},
                },
            )

        uploaded = []
        both_at_once = {"name": "phu_luc.pdf", "raw": PDF.decode() + "x"}
        with self._csrf_off():
            for request in (
                upload,
                lambda: save(Command.link(uploaded[0])),
                lambda: save(Command.create(both_at_once)),
            ):
                with (
                    patch.object(kinds, "judge", wraps=kinds.judge) as judged,
                    patch.object(kinds, "look", wraps=kinds.look) as parsed,
                ):
                    request()
                self.assertEqual((judged.call_count, parsed.call_count), (1, 1))
        self.env.invalidate_all()
        self.assertEqual(len(self.minutes.sudo().file_ids), 2)

    def _csrf_off(self):
        return patch.object(Request, "validate_csrf", lambda *_args: True)


@tagged("post_install", "-at_install")
class TestRounds(HandInCase):
    def test_each_round_keeps_its_picture(self):
        file = self._give(self.minutes, "lan_1.pdf", PDF)
        dossier = self._received()
        [first] = dossier.picture_ids
        content = first._content()
        self.assertEqual((content["unit"], content["round"]), (self.unit_a.name, 1))
        [kept] = [p for p in content["papers"] if p["id"] == self.minutes.id]
        self.assertEqual(kept["files"][0]["name"], "lan_1.pdf")
        self.assertTrue(first._pdf_bytes().startswith(b"%PDF"))
        self.assertTrue(dossier.submitted_at)
        before = (first.content_sha256, first.pdf_sha256)

        self._click(self.minutes, "action_fail", "Thiếu trang 2")
        self._returned(dossier)
        paper = self.minutes.with_user(self.user_officer_a)
        # what was handed in can be replaced on the line, not changed nor deleted
        for attempt in (
            lambda: file.with_user(self.user_officer_a).write({"raw": PDF + b"x"}),
            lambda: file.with_user(self.user_officer_a).write({"name": "x.pdf"}),
            file.with_user(self.user_officer_a).unlink,
        ):
            with self.assertRaises(AccessError):
                attempt()
        paper.attachment_ids = [Command.clear()]
        self._give(self.minutes, "lan_2.pdf", PDF + b"2")
        paper.action_provide()
        self._click(dossier.with_user(self.user_head_a), "action_submit")

        self.assertEqual(file.raw, PDF)
        second, again = dossier.picture_ids.sorted("version", reverse=True)
        self.assertEqual(again, first)
        self.assertEqual((again.content_sha256, again.pdf_sha256), before)
        self.assertFalse((first | second)._altered())
        self.assertEqual(second._content()["round"], 2)
        self.assertEqual(
            self.minutes.file_ids.sorted("version").mapped("round"), [1, 2]
        )

    def test_secret_paper_shows_its_line_only(self):
        self.minutes.with_user(self.user_officer_a).write(
            {"is_secret": True, "source_place": PLACE}
        )
        with self.assertRaisesRegex(ValidationError, "Luật 117/2025"):
            self._give(self.minutes, "mat.pdf", PDF)

    def test_submitting_costs_by_batch(self):
        def submit(units):
            campaign = self._opened_campaign(
                purpose=f"{len(units)}", unit_ids=[Command.set(units.ids)]
            )
            dossiers = campaign.sudo().dossier_ids
            dossiers.paper_ids.state = "provided"
            self.env.flush_all()
            self.env.invalidate_all()
            dossiers = dossiers.browse(dossiers.ids)  # as a call from outside
            before = self.env.cr.sql_log_count
            dossiers._mark("submit")
            self.env.flush_all()
            self.assertEqual(len(dossiers.picture_ids), len(units))
            return self.env.cr.sql_log_count - before

        few, many = submit(self._units(2)), submit(self._units(20))
        self.assertLess(many, few + 18 * 2)


@tagged("post_install", "-at_install")
class TestCheck(HandInCase):
    def test_failing_takes_a_coded_reason(self):
        self._received()
        paper = self.minutes
        with self.assertRaisesRegex(UserError, "list of reasons"):
            paper._move("fail", "Thiếu chữ ký")
        action = paper.action_fail()
        window = paper.env[action["res_model"]].with_context(**action["context"])
        fault = self.env.ref("cadre_review.fault_number")
        window.create({"fault_id": fault.id}).action_confirm()
        self.assertRecordValues(
            paper,
            [
                {
                    "state": "failed",
                    "fault_id": fault.id,
                    "remark": fault.name,
                    "checked_by_id": self.user_office.id,
                    "checked_on": self.today,
                }
            ],
        )
        paper.action_conform()
        self.assertFalse(paper.fault_id)

    def test_two_officers_on_one_paper(self):
        """The second learns what the first found, and says why it is changed."""
        self._received()
        other = self._user("office_2", "office", company_id=self.company)
        self._click(self.minutes, "action_fail", "Thiếu chữ ký")
        action = self.minutes.with_user(other).action_conform()
        self.assertEqual(action["res_model"], "cadre.review.move.reason")
        warning = action["context"]["default_warnings"]
        self.assertIn(self.user_office.name, warning)
        self.assertIn("Thiếu chữ ký", warning)
        self.assertEqual(self.minutes.state, "failed")
        self._click(self.minutes.with_user(other), "action_conform", "Đã có chữ ký số")
        self.assertEqual(self.minutes.state, "conforming")
        event = self.minutes.event_ids[:1]
        self.assertEqual((event.user_id, event.reason), (other, "Đã có chữ ký số"))

    def test_contradictions_are_marked(self):
        conference = self._held_conference(self.dossier)
        conference.write({"minutes_number": "05/BB", "minutes_date": "2022-11-18"})
        papers = self.dossier.paper_ids.with_user(self.user_officer_a)
        self._self_assessed(self.dossier)
        self._click(conference, "action_adopt")
        papers.write({"source_place": PLACE, "number": "9/BC", "date": "2022-11-10"})
        self._click(papers, "action_provide")
        self._click(self.dossier.with_user(self.user_head_a), "action_submit")
        self.env.invalidate_all()
        minutes = self.minutes.with_user(self.user_office)
        self.assertTrue(minutes.has_contradiction)
        self.assertIn("05/BB", minutes.check_note)
        self.assertIn("before the conference", minutes.check_note)

    def test_checking_costs_by_batch(self):
        def check(units):
            campaign = self._opened_campaign(
                purpose=f"{len(units)}", unit_ids=[Command.set(units.ids)]
            )
            dossiers = campaign.sudo().dossier_ids
            dossiers.write({"state": "received"})
            dossiers.paper_ids.state = "provided"
            self.env.flush_all()
            self.env.invalidate_all()
            papers = dossiers.paper_ids.with_user(self.user_office)
            papers = papers.browse(papers.ids)  # as a call from outside has them
            before = self.env.cr.sql_log_count
            papers.action_conform()
            self.env.flush_all()
            self.assertEqual(set(papers.mapped("state")), {"conforming"})
            return self.env.cr.sql_log_count - before

        few, many = check(self._units(3)), check(self._units(30))
        # events are inserted by the hundred
        self.assertLessEqual(many, few + 8)


@tagged("post_install", "-at_install")
class TestRequests(HandInCase):
    def _draft(self):
        action = self.dossier.action_request()
        return self.dossier.env[action["res_model"]].browse(action["res_id"])

    def test_request_is_made_from_what_failed(self):
        self._received()
        self._click(self.minutes, "action_fail", "Thiếu chữ ký")
        request = self._draft()
        self.assertEqual(request.line_ids.paper_id, self.minutes)
        self.assertEqual(request.line_ids.remark, "Thiếu chữ ký")
        self.assertEqual(request.date_due, date(2022, 11, 30))
        # a paper found to fail afterwards joins the draft
        self._click(self._paper("1"), "action_fail", "Sai mẫu")
        self.assertEqual(self._draft(), request)
        self.assertEqual(len(request.line_ids), 2)
        self.assertEqual(self.dossier.round, 1)
        self.assertFalse(
            request.with_user(self.user_officer_a)._filtered_access("read")
        )
        request.date_due = date(2022, 12, 7)
        request.action_issue()
        self.assertRecordValues(
            self.dossier,
            [
                {
                    "state": "returned",
                    "round": 2,
                    "date_due": date(2022, 12, 7),
                    "date_submitted": False,
                }
            ],
        )
        self.assertRecordValues(
            request, [{"state": "issued", "round": 1, "issued_on": self.today}]
        )
        self.assertIn("Thiếu chữ ký", self.dossier.state_reason)
        self.assertTrue(request.with_user(self.user_officer_a).line_ids.read())

    def test_request_without_reason_or_day_is_refused_at_once(self):
        self._received()
        request = self._draft()
        request.date_due = self.today
        with self.assertRaises(UserError) as refused:
            request.action_issue()
        self.assertIn("gives no reason", str(refused.exception))
        self.assertIn("new last day", str(refused.exception))
        self.assertEqual(self.dossier.state, "received")
        request.write({"line_ids": [Command.create({"paper_id": self.minutes.id})]})
        with self.assertRaisesRegex(UserError, "no reason is given"):
            request.action_issue()

    def test_issued_request_changes_no_more(self):
        self._received()
        request = self._returned(self.dossier)
        for values in (
            {"reason": "Khác"},
            {"date_due": "2022-12-20"},
            {"line_ids": [Command.create({"paper_id": self.minutes.id})]},
        ):
            with self.assertRaises(AccessError):
                request.write(values)
        with self.assertRaises(AccessError):
            request.unlink()
        request.write({"number": "31/HĐND", "date": "2022-11-22"})
        for paper in self.dossier.paper_ids.filtered(lambda p: p.state == "failed"):
            paper.action_provide()
        self._click(self.dossier.with_user(self.user_head_a), "action_submit")
        self.assertEqual(request.state, "answered")

    def test_only_the_office_asks_and_only_while_received(self):
        self._submitted(self.dossier)
        for user in (self.user_office, self.user_head_a, self.user_standing):
            with self.assertRaises(AccessError):
                self.dossier.with_user(user).action_request()
        self._click(self.dossier, "action_receive")
        with self.assertRaises(AccessError):
            self.dossier.with_user(self.user_head_a).action_request()
        request = self._draft()
        request.reason = "Bổ sung"
        self.dossier.sudo().state = "accepted"
        with self.assertRaisesRegex(UserError, "not possible while the dossier"):
            request.action_issue()


@tagged("post_install", "-at_install")
class TestDeliveries(HandInCase):
    def _deliver(self, dossier=None, **values):
        dossier = dossier or self.dossier
        Delivery = dossier.env["cadre.review.delivery"].with_context(
            default_dossier_id=dossier.id
        )
        return Delivery.create({"delivered_by": "Ngô Thị Thư", **values})

    def test_partial_sets_and_what_is_owed(self):
        owed = self._paper("7")
        first = self._deliver(
            sets=1,
            paper_ids=[Command.set((self.dossier.paper_ids - owed).ids)],
            owed_paper_ids=[Command.set(owed.ids)],
            owed_sets=1,
            owed_until="2022-11-25",
            incoming_number="120",
        )
        self.assertEqual(first.received_by_id, self.user_office)
        self.assertRecordValues(
            self.dossier,
            [
                {
                    "sets_received": 1,
                    "date_paper": self.today,
                    "date_submitted": False,
                    "incoming_number": "120",
                }
            ],
        )
        self.assertIn("1 sets", self.dossier.owed_text)
        self.assertIn(owed.display_name, self.dossier.owed_text)
        with freeze_time("2022-11-26 03:00:00"):
            self.env.invalidate_all()
            self.assertTrue(self.dossier.is_owed_overdue)
            self._deliver(sets=1, paper_ids=[Command.set(owed.ids)])
            self.dossier.invalidate_recordset()
            first.invalidate_recordset()
            self.assertFalse(self.dossier.owed_text)
        self.assertEqual(self.dossier.sets_received, 2)
        self.assertEqual(self.dossier.date_paper, self.today)

    def test_refusals_name_everything(self):
        foreign = self.dossier_b.paper_ids[:1]
        with self.assertRaises(ValidationError) as refused:
            self._deliver(
                sets=1,
                paper_ids=[Command.set(foreign.ids)],
                owed_sets=1,
            )
        self.assertIn(foreign.display_name, str(refused.exception))
        self.assertIn("until when", str(refused.exception))

    def test_cancelled_delivery_counts_no_more(self):
        delivery = self._deliver(sets=2)
        with self.assertRaises(AccessError):
            delivery.sets = 3
        self._click(delivery, "action_cancel", "Ghi nhầm đơn vị")
        self.assertEqual(self.dossier.sets_received, 0)
        self.assertFalse(self.dossier.date_paper)
        with self.assertRaises(AccessError):
            self._deliver(self.dossier.with_user(self.user_officer_a))


@tagged("post_install", "-at_install")
class TestTimeliness(HandInCase):
    def _ask(self, day="2022-12-03"):
        Delay = self.dossier.with_user(self.user_officer_a).env["cadre.review.delay"]
        return Delay.create(
            {"dossier_id": self.dossier.id, "date": day, "reason": "Bão số 5"}
        )

    def test_permission_before_the_day(self):
        delay = self._ask()
        with self.assertRaises(AccessError):
            delay.action_grant()
        delay.with_user(self.user_office).action_grant()
        self.assertEqual(self.dossier.date_due, date(2022, 12, 3))
        with freeze_time("2022-12-02 03:00:00"):
            self._submitted(self.dossier)
            self.assertEqual(self.dossier.days_late, 0)
            self.assertEqual(self.dossier.timeliness, "permitted")
            # the other unit has nothing and is late
            self.assertEqual(self.campaign.sudo().on_time_rate, 50)

    def test_permission_afterwards(self):
        with freeze_time("2022-12-02 03:00:00"):
            self._submitted(self.dossier)
            self.assertEqual(self.dossier.timeliness, "late")
            self.assertEqual(self.dossier.days_late, 2)
            delay = self._ask("2022-12-02").with_user(self.user_office)
        with freeze_time("2022-12-05 03:00:00"):
            delay.action_grant()
            self.dossier.invalidate_recordset()
            self.assertEqual(self.dossier.timeliness, "permitted")
            self.assertEqual(self.dossier.days_late, 0)

    def test_refused_with_a_reason(self):
        delay = self._ask().with_user(self.user_office)
        self._click(delay, "action_refuse", "Đã gia hạn một lần")
        self.assertEqual(
            delay.with_user(self.user_officer_a).answer, "Đã gia hạn một lần"
        )
        self.assertEqual(self.dossier.date_due, date(2022, 11, 30))

    def test_clock_stops_by_what_the_deadline_says(self):
        deadline = self.campaign.deadline_ids.filtered(lambda d: d.kind == "dossier")
        self._submitted(self.dossier)
        self.assertEqual(self.dossier.timeliness, "in_time")
        deadline.stop_event = "paper_date"
        self.env["cadre.review.delivery"].with_user(self.user_office).create(
            {
                "dossier_id": self.dossier.id,
                "delivered_by": "N",
                "sets": 2,
                "date": "2022-12-03",
            }
        )
        self.dossier.invalidate_recordset()
        # the paper came three days after the last day, the hand-in here was in time
        self.assertEqual(self.dossier.timeliness, "late")
        self.assertEqual(self.dossier.days_late, 3)
        self.assertEqual(self.dossier.date_submitted, self.today)
        deadline.stop_event = "submitted"
        self.dossier.invalidate_recordset()
        self.assertEqual(self.dossier.timeliness, "in_time")


@tagged("post_install", "-at_install")
class TestReceipts(HandInCase):
    def _receipts(self, kind="asset"):
        return self.campaign.env["cadre.review.receipt"].search(
            [("campaign_id", "=", self.campaign.id), ("kind", "=", kind)]
        )

    def test_expected_of_those_decided_by_the_party(self):
        names = {self.chair_a.name, self.chair_b.name}
        for kind in ("asset", "cv"):
            self.assertEqual(set(self._receipts(kind).rating_id.mapped("name")), names)

    def test_hand_in_warns_acceptance_of_receipts_by_hand(self):
        self._adopted_conference(self.dossier)
        self._commented(self.dossier)
        self._provided(self.dossier)
        head = self.dossier.with_user(self.user_head_a)
        warning = head.action_submit()["context"]["default_warnings"]
        self.assertIn(self.chair_a.name, warning)
        mine = self.dossier.receipt_ids
        with self.assertRaisesRegex(UserError, "not entered"):
            mine.action_confirm()
        mine.write({"date": self.today, "receiver": "UBKT Thị ủy", "reference": "7"})
        mine.action_confirm()
        self.assertEqual(set(mine.mapped("via")), {"hand"})
        self.assertFalse([f for f in head._hand_in_findings() if f.rule == "D8"])
        with self.assertRaises(AccessError):
            mine.reference = "8"
        with self.assertRaises(AccessError):
            mine.with_user(self.user_officer_a).action_reset()

    def test_never_the_content(self):
        fields = self.env["cadre.review.receipt"]._fields
        self.assertFalse([f for f in fields.values() if f.type in ("binary", "html")])
        self.assertNotIn("attachment_ids", fields)


@tagged("post_install", "-at_install")
class TestSeals(HandInCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        paper = cls.minutes.with_user(cls.user_officer_a)
        cls.file = paper.env["ir.attachment"].create(
            {
                "name": "bien_ban.pdf",
                "raw": PDF,
                "res_model": paper._name,
                "res_id": paper.id,
            }
        )
        paper.attachment_ids = [Command.link(cls.file.id)]
        cls._submitted(cls.dossier)
        cls.campaign.sudo().state = "concluded"
        cls.campaign.sudo().dossier_ids.state = "accepted"
        cls.campaign.sudo()._mark("close")
        cls.seal = cls.campaign.sudo().seal_ids.with_user(cls.user_office)

    def _verified(self):
        self.env.invalidate_all()
        self.seal.action_verify()
        return (self.seal.is_intact, self.seal.result or "")

    def test_intact(self):
        self.assertEqual(self._verified(), (True, ""))
        self.assertGreater(self.seal.file_count, 1)
        self.assertGreater(self.seal.line_count, self.seal.file_count)

    def test_one_byte_of_a_file(self):
        path = self.file._full_path(self.file.store_fname)
        content = PDF[:-1] + b" "
        with open(path, "wb") as file:
            file.write(content)
        self.addCleanup(self._restore, path)
        intact, result = self._verified()
        self.assertFalse(intact)
        self.assertIn("bien_ban.pdf", result)

    def _restore(self, path):
        with open(path, "wb") as file:
            file.write(PDF)

    def test_one_value_of_a_row(self):
        opinions = self.dossier.sudo().rating_ids.opinion_ids
        for record, column, value in (
            (opinions.line_ids[:1], "strengths", "Khác"),
            (self.minutes, "number", "99"),
            (self.dossier.sudo().conference_ids.tally_ids[:1], "votes_good", 0),
        ):
            self.env.cr.execute(
                f"UPDATE {record._table} SET {column} = %s WHERE id = %s",
                [value, record.id],
            )
        intact, result = self._verified()
        self.assertFalse(intact)
        self.assertIn(self.minutes.display_name, result)
        self.assertEqual(len(result.splitlines()), 3)

    def test_what_comes_later_breaks_nothing(self):
        self.campaign.sudo().basis_ids = [Command.create({"text": "Căn cứ thêm"})]
        intact, result = self._verified()
        self.assertTrue(intact)
        self.assertIn("Added since", result)
        self.campaign.action_seal()
        self.assertEqual(len(self.campaign.seal_ids), 2)

    def test_who_verifies(self):
        with self.assertRaises(AccessError):
            self.seal.with_user(self.user_officer_a).action_verify()
        self.seal.with_user(self.user_standing).read(["result"])
        with self.assertRaises(AccessError):
            self.seal.with_user(self.user_standing).action_verify()
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.user_standing).action_seal()

    def test_sealing_costs_by_batch(self):
        def seal(units):
            campaign = self._opened_campaign(
                purpose=f"{len(units)}", unit_ids=[Command.set(units.ids)]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["cadre.review.seal"]._seal(campaign.sudo())
            return self.env.cr.sql_log_count - before

        few, many = seal(self._units(2)), seal(self._units(20))
        self.assertLessEqual(many, few + 2)


@tagged("post_install", "-at_install")
class TestGuidance(HandInCase):
    def test_question_answer_and_all(self):
        Question = self.env["cadre.review.question"].with_user(self.user_officer_a)
        question = Question.create(
            {"campaign_id": self.campaign.id, "name": "Ai ký?", "question": "N"}
        )
        self.assertEqual(question.unit_id, self.unit_a)
        with self.assertRaises(AccessError):
            question.answer = "Tự trả lời"
        office = question.with_user(self.user_office)
        with self.assertRaisesRegex(UserError, "no answer"):
            office.action_answer()
        office.answer = "Chủ tịch ký."
        office.action_answer()
        foreign = question.with_user(self.user_officer_b)
        self.assertFalse(foreign._filtered_access("read"))
        with self.assertRaises(AccessError):
            question.action_share()
        office.action_share()
        self.assertEqual(foreign.answer, "Chủ tịch ký.")
        self.assertTrue(question.with_user(self.user_person_a).read(["answer"]))
        with self.assertRaises(AccessError):
            office.answer = "Khác"
        self._click(office, "action_reopen", "Nêu rõ hơn")
        self.assertFalse(foreign._filtered_access("read"))

    def test_nobody_asks_for_another_unit(self):
        with self.assertRaises(AccessError):
            self.env["cadre.review.question"].with_user(self.user_officer_a).create(
                {
                    "campaign_id": self.campaign.id,
                    "unit_id": self.unit_b.id,
                    "name": "N",
                }
            )


@tagged("post_install", "-at_install")
class TestHandover(HandInCase):
    def _window(self, **values):
        return self.dossier.env["cadre.review.assigning"].create(
            {"dossier_ids": self.dossier.ids, **values}
        )

    def test_successor_finishes_open_work(self):
        officer_b = self.user_officer_b
        with self.assertRaises(AccessError):
            self.minutes.with_user(officer_b).number = "1"
        with self.assertRaises(UserError) as refused:
            self._window(
                what="unit", successor_id=self.unit_b.id, reason="Sáp nhập"
            ).action_confirm()
        self.assertIn("successor", str(refused.exception))
        self.assertIn("ended", str(refused.exception))
        self.unit_a.write(
            {"valid_to": "2022-11-20", "successor_ids": [Command.link(self.unit_b.id)]}
        )
        self.env.flush_all()
        # a successor reads; it writes when the work is handed over
        self.assertTrue(self.minutes.with_user(officer_b).read(["number"]))
        with self.assertRaises(AccessError):
            self.minutes.with_user(officer_b).number = "1"
        with self.assertRaisesRegex(UserError, "say why"):
            self._window(what="unit", successor_id=self.unit_b.id).action_confirm()
        self._window(
            what="unit", successor_id=self.unit_b.id, reason="Sáp nhập từ 20/11"
        ).action_confirm()
        self.minutes.with_user(officer_b).number = "1"
        self.assertEqual(self.dossier.unit_id, self.unit_a)
        self.assertIn("Sáp nhập từ 20/11", self.dossier.event_ids[:1].reason)
        self.assertEqual(self.dossier.sudo().activity_ids.user_id, officer_b)
        # whoever joins the successor later acts as well
        later = self._user("officer_b2", "officer", unit_id=self.unit_b)
        self.minutes.with_user(later).number = "2"

    def test_officer_in_charge(self):
        other = self._user("office_2", "office", company_id=self.company)
        self._window(checker_id=self.user_office.id).action_confirm()
        self.assertEqual(self.dossier.checker_id, self.user_office)
        with self.assertRaisesRegex(UserError, "Say why"):
            self._window(checker_id=other.id).action_confirm()
        self._window(checker_id=other.id, reason="Chuyển công tác").action_confirm()
        self.assertEqual(self.dossier.checker_id, other)
        with self.assertRaisesRegex(UserError, "not of the office"):
            self._window(checker_id=self.user_head_a.id, reason="N").action_confirm()
        with self.assertRaises(AccessError):
            self.dossier.with_user(self.user_head_a).action_assign()
        with self.assertRaises(AccessError):
            self.dossier.checker_id = self.user_office


@tagged("post_install", "-at_install")
class TestHandInPapers(HandInCase):
    """The papers of the hand-in as PDF, by what they say."""

    def _text(self, report, record):
        reports = self.env["ir.actions.report"].with_user(self.user_office)
        reports = reports.with_context(force_report_rendering=True)
        pdf, _kind = reports._render_qweb_pdf(f"cadre_review.{report}", record.ids)
        pages = PdfReader(io.BytesIO(pdf)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def test_letter_asking_for_completion(self):
        self._received()
        self._click(self.minutes, "action_fail", "Chủ trì chưa ký trang 3")
        request = self._returned(self.dossier, "Rà soát lại số liệu.")
        request.write({"number": "31", "date": "2022-11-22"})
        text = self._text("action_report_request", request)
        for words in (
            "V/v bổ sung, hoàn thiện hồ sơ",
            f"Kính gửi: {self.unit_a.name}",
            "nộp lần 1",
            "Rà soát lại số liệu.",
            "Chủ trì chưa ký trang 3",
            "chậm nhất ngày 30/11/2022./.",
            "ngày 22 tháng 11 năm 2022",
        ):
            self.assertIn(words, text)

    def test_receipt_of_hard_copies(self):
        owed = self._paper("7")
        delivery = self.dossier.env["cadre.review.delivery"].create(
            {
                "dossier_id": self.dossier.id,
                "delivered_by": "Ngô Thị Thư",
                "sets": 1,
                "paper_ids": [Command.set((self.dossier.paper_ids - owed).ids)],
                "owed_paper_ids": [Command.set(owed.ids)],
                "owed_sets": 1,
                "owed_until": "2022-11-25",
            }
        )
        text = self._text("action_report_delivery", delivery)
        for words in (
            "PHIẾU GIAO NHẬN HỒ SƠ",
            "01 bộ",
            "cho nợ đến ngày 25/11/2022 (Thứ Sáu)",
            owed.display_name,
            "Ngô Thị Thư",
        ):
            self.assertIn(words, text)

    def test_list_of_the_dossier(self):
        file = self._give(self.minutes, "bien_ban.pdf", PDF)
        self._submitted(self.dossier)
        text = self._text("action_report_round", self.dossier)
        sha = self.minutes.file_ids.sha256[:8]
        for words in ("MỤC LỤC THÀNH PHẦN HỒ SƠ", "nộp lần 1", sha, file.name):
            self.assertIn(words, text)
