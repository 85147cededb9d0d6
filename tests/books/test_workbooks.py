"""Summaries as xlsx: what each role finds in them, and how they are delivered."""

import io
from datetime import date, datetime

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...workbooks.summary import MEDIA_TYPE
from ..browser import BrowserCase
from ..common import ReviewCase

GOOD = "Hoàn thành tốt nhiệm vụ"


class SummaryCase(ReviewCase):
    def _sheet(self, record, name="Tổng hợp", user=None):
        record = record.with_user(user or record.env.user)
        self.env.invalidate_all()
        _name, content = record._summary_file()
        return openpyxl.load_workbook(io.BytesIO(content))[name]

    def _row(self, sheet, text, column=2):
        for row in sheet.iter_rows(values_only=True):
            if row[column - 1] == text:
                return list(row)
        raise AssertionError(f"{text} is not on the sheet.")


@tagged("post_install", "-at_install")
class TestSummary(SummaryCase):
    """What is in a summary depends on who reads it."""

    def test_unit_paper(self):
        campaign = self._opened_campaign()
        dossier = self._submitted(self._dossier(campaign, self.unit_a))
        sheet = self._sheet(dossier, user=self.user_head_a)
        self.assertEqual(
            self._row(sheet, "Lê Văn Ánh"),
            [
                1,
                "Lê Văn Ánh",
                datetime(1975, 4, 30),
                "Chủ tịch HĐND",
                "Ban Thường vụ Thị ủy Thử",
                GOOD,
                *(9, 2, 6, 0, 0, 6 / 9, GOOD),
                GOOD,
                GOOD,
                None,
                None,
                None,
            ],
        )
        collective = self._row(sheet, "Thường trực HĐND phường A")
        self.assertEqual(collective[0], 1)
        self.assertEqual(collective[12:15], [GOOD, None, GOOD])
        texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        for text in (
            "PHƯỜNG A",
            "NĂM 2022",
            "TM. THƯỜNG TRỰC HĐND PHƯỜNG A",
            "CHỦ TỊCH HĐND",
        ):
            self.assertIn(text, texts)
        self.assertNotIn("Võ Minh Đạt", texts)

    def test_only_what_is_confirmed(self):
        """Drafts and minutes not adopted are not on the paper."""
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        rating = self._rating(campaign, self.deputy_a)
        action = rating.with_user(self.user_officer_a)._open_opinion("unit")
        opinion = rating.env["cadre.review.opinion"].browse(action["res_id"])
        opinion.with_user(self.user_officer_a).proposed_level = "excellent"
        self._held_conference(dossier)
        row = self._row(self._sheet(dossier, user=self.user_officer_a), "Trần Thị Bình")
        self.assertFalse(any(row[5:]))

    def test_party_comment_shows_to_the_unit_once_confirmed(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        rating = self._rating(campaign, self.deputy_a)
        action = rating.with_user(self.user_party_a)._open_opinion("party")
        opinion = rating.env["cadre.review.opinion"].browse(action["res_id"])
        opinion = opinion.with_user(self.user_party_a)
        opinion.proposed_level = "excellent"
        row = self._row(self._sheet(dossier, user=self.user_head_a), "Trần Thị Bình")
        self.assertFalse(row[13])
        opinion.line_ids.write({"strengths": "Tốt", "shortcomings": "Không có"})
        opinion.action_confirm()
        row = self._row(self._sheet(dossier, user=self.user_head_a), "Trần Thị Bình")
        self.assertEqual(row[13], "Hoàn thành xuất sắc nhiệm vụ")

    def test_decision_shows_to_the_unit_once_notified(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        decisions = self._decided(dossier)
        chair = "Lê Văn Ánh"
        office = self._row(self._sheet(dossier, user=self.user_office), chair)
        standing = self._row(self._sheet(dossier, user=self.user_standing), chair)
        self.assertEqual(office[15], GOOD)
        self.assertIn("QĐ/TT ngày 21/11/2022", office[16])
        self.assertEqual(standing[15:17], office[15:17])
        for user in (self.user_head_a, self.user_officer_a):
            unit = self._row(self._sheet(dossier, user=user), chair)
            self.assertEqual(unit[15:17], [None, None])
        decisions.action_notify()
        unit = self._row(self._sheet(dossier, user=self.user_head_a), chair)
        self.assertEqual(unit[15], GOOD)
        self.assertIn("QĐ/TT", unit[16])

    def test_office_reads_content_from_the_hand_in_on(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        self._adopted_conference(dossier)
        # the person's own self-assessment, entered on line
        row = self._row(self._sheet(dossier, user=self.user_office), "Trần Thị Bình")
        self.assertFalse(any(row[5:12]))
        self._commented(dossier)
        self._provided(dossier)
        self._click(dossier.with_user(self.user_head_a), "action_submit")
        row = self._row(self._sheet(dossier, user=self.user_office), "Trần Thị Bình")
        self.assertEqual(row[5], GOOD)

    def test_left_and_elsewhere_are_noted(self):
        campaign = self._opened_campaign()
        self.deputy_a.post_ids.date_to = date(2022, 10, 31)
        campaign.action_open()
        sheet = self._sheet(self._dossier(campaign, self.unit_a))
        note = self._row(sheet, "Trần Thị Bình")[17]
        self.assertIn("08/11/2022", note)
        self.assertEqual(
            self._row(sheet, "Cá nhân – đơn vị đề xuất")[6], 1, "The chair alone."
        )
        sheet = self._sheet(self._dossier(campaign, self.unit_b))
        self.assertIn("xếp loại nơi khác", self._row(sheet, "Hồ Thị Ý")[17])

    def test_campaign_book(self):
        campaign = self._opened_campaign()
        self._decided(self._dossier(campaign, self.unit_a))
        sheet = self._sheet(campaign)
        unit_a = self._row(sheet, "Thường trực HĐND phường A")
        self.assertEqual(unit_a[2:4], ["Đạt yêu cầu", datetime(2022, 11, 21)])
        self.assertEqual(unit_a[7:20], [2, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0])
        unit_b = self._row(sheet, "Thường trực HĐND xã B")
        self.assertEqual(unit_b[2], "Đang chuẩn bị")
        self.assertEqual(unit_b[7:13], [1, 0, 0, 0, 0, 1])
        flat = self._sheet(campaign, "Chi tiết")
        self.assertEqual(flat.max_row, 1 + 6)
        header = [cell.value for cell in flat[1]]
        chair = dict(zip(header, self._row(flat, "Lê Văn Ánh", 4), strict=True))
        self.assertEqual(chair["Cơ quan, đơn vị"], "Thường trực HĐND phường A")
        self.assertEqual(chair["Thẩm định đề xuất"], GOOD)
        self.assertEqual(chair["Cấp có thẩm quyền quyết định"], GOOD)

    def test_authority_reads_units_from_the_hand_in_on(self):
        campaign = self._opened_campaign()
        self._submitted(self._dossier(campaign, self.unit_a))
        flat = self._sheet(campaign, "Chi tiết", user=self.user_standing)
        self.assertEqual(flat.max_row, 1 + 3)

    def test_text_stays_text(self):
        formula = '=HYPERLINK("http://x.example";"x")'
        person = self._person(formula, self.unit_a, title="@SUM(A1)\x0b")
        person.birth_date = False
        campaign = self._opened_campaign()
        for sheet in (
            self._sheet(self._dossier(campaign, self.unit_a)),
            self._sheet(campaign, "Chi tiết"),
        ):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            self.assertFalse([c for c in cells if c.data_type == "f" or c.hyperlink])
            [cell] = [c for c in cells if c.value == formula]
            self.assertEqual(cell.data_type, "s")
            self.assertIn("@SUM(A1)", [c.value for c in cells])

    # ------------------------------------------------------------------
    # WHO
    # ------------------------------------------------------------------

    def test_who_exports_a_dossier(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        for user in (self.user_officer_a, self.user_head_a, self.user_office):
            action = dossier.with_user(user).action_export_summary()
            self.assertEqual(
                action["url"], f"/cadre_review/summary/dossier/{dossier.id}"
            )
        for user in (
            self.user_head_b,
            self.user_party_a,
            self.user_person_a,
            self.user_admin,
            self.user_standing,  # not handed in yet
            self.user_none,
        ):
            self.env.invalidate_all()
            for method in ("action_export_summary", "_summary_file"):
                with self.assertRaises(AccessError), mute_logger("odoo.models.unlink"):
                    getattr(dossier.with_user(user), method)()

    def test_who_exports_a_campaign(self):
        campaign = self._opened_campaign()
        for user in (self.user_office, self.user_standing):
            campaign.with_user(user).action_export_summary()
        for user in (
            self.user_head_a,
            self.user_party_a,
            self.user_person_a,
            self.user_admin,
            self.user_none,
        ):
            self.env.invalidate_all()
            for method in ("action_export_summary", "_summary_file"):
                with self.assertRaises(AccessError):
                    getattr(campaign.with_user(user), method)()

    # ------------------------------------------------------------------
    # SIZE
    # ------------------------------------------------------------------

    def _export_queries(self, number):
        units = self._units(number)
        campaign = self._opened_campaign(
            purpose=f"size {number}", unit_ids=[Command.set(units.ids)]
        )
        dossier = campaign.dossier_ids[0]
        queries = []
        for record in (campaign, dossier):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record._summary_file()
            queries.append(self.env.cr.sql_log_count - before)
        return queries

    def test_queries_do_not_grow(self):
        self._export_queries(1)  # warms the caches
        self.assertEqual(self._export_queries(3), self._export_queries(30))


@tagged("post_install", "-at_install")
class TestSummaryDownload(SummaryCase, BrowserCase):
    """The file over HTTP, with the user's rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)
        cls.env.flush_all()

    def _get(self, user, word, record_id):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/cadre_review/summary/{word}/{record_id}")

    def test_download(self):
        answer = self._get(self.user_head_a, "dossier", self.dossier.id)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], MEDIA_TYPE)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("2022", answer.headers["Content-Disposition"])
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        self.assertTrue(self._row(book["Tổng hợp"], "Lê Văn Ánh"))

    def test_download_of_the_campaign(self):
        answer = self._get(self.user_office, "campaign", self.campaign.id)
        self.assertEqual(answer.status_code, 200)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        self.assertEqual(
            book.sheetnames, ["Tổng hợp", "Theo đơn vị", "Thống kê", "Chi tiết"]
        )

    @mute_logger("odoo.http")
    def test_refused(self):
        dossier, campaign = self.dossier.id, self.campaign.id
        for user, word, record_id, status in (
            (self.user_head_b, "dossier", dossier, 404),
            (self.user_party_a, "dossier", dossier, 404),
            (self.user_none, "dossier", dossier, 404),
            (self.user_head_a, "dossier", 0, 404),
            (self.user_head_a, "dossier", 10**9, 404),
            (self.user_head_a, "rating", 1, 404),
            (self.user_head_a, "campaign", campaign, 403),
            (self.user_none, "campaign", campaign, 404),
        ):
            with self.subTest(user=user.login, word=word, record_id=record_id):
                answer = self._get(user, word, record_id)
                self.assertEqual(answer.status_code, status)
                self.assertNotEqual(answer.headers["Content-Type"], MEDIA_TYPE)

    def test_needs_a_login(self):
        answer = self.url_open(f"/cadre_review/summary/dossier/{self.dossier.id}")
        self.assertIn("/web/login", answer.url)
