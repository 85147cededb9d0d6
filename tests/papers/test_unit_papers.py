"""The papers of a unit as PDF: words, heads, long texts, and who may print them."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..pdf_page import MM
from .test_reports import FORM, ReportCase, squeeze

REVIEW = "cadre_review.report_self_review"
GRADING = "cadre_review.report_grading_sheet"
COUNTING = "cadre_review.report_counting"
UNIT_COMMENT = "cadre_review.report_unit_comment"
PARTY_COMMENT = "cadre_review.report_party_comment"
ALL_UNIT_COMMENTS = "cadre_review.report_dossier_unit_comment"
ALL_PARTY_COMMENTS = "cadre_review.report_dossier_party_comment"
SUMMARY = "cadre_review.report_summary"
RESULT = "cadre_review.report_unit_result"
PLAN = "cadre_review.report_plan"
OF_DOSSIER = (ALL_UNIT_COMMENTS, ALL_PARTY_COMMENTS, SUMMARY, RESULT)
LONG_NAME = "Công Tằng Tôn Nữ Thị Thanh Nhàn Phương Thảo Nguyên " * 2
LONG = "Chấp hành nghiêm đường lối, chủ trương của Đảng, pháp luật của Nhà nước. " * 12
MUTED = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


class UnitPaperCase(ReportCase):
    def _in_order(self, pdf, words):
        """The words stand in the paper in this order; the text, squeezed."""
        text, position = self._text(pdf), 0
        for part in words:
            found = text.find(squeeze(part), position)
            self.assertGreaterEqual(found, 0, f"{part!r} after {text[:position][-80:]}")
            position = found + 1
        return text

    def _check_landscape(self, pdf):
        """Sheet, margins and page numbers of a landscape paper."""
        for index, (page, (runs, _rules)) in enumerate(
            zip(pdf.pages, self._pages(pdf), strict=True)
        ):
            self.assertAlmostEqual(float(page.mediabox.width), 841.89, delta=1)
            self.assertAlmostEqual(float(page.mediabox.height), 595.28, delta=1)
            numbers = [run for run in runs if run.y > (210 - 20) * MM]
            self.assertEqual(
                [run.text for run in numbers], [str(index + 1)] if index else []
            )
            for run in numbers:
                self.assertAlmostEqual(run.left + run.right, 841.89, delta=6)
            for run in runs:
                self.assertRegex(run.font, r"^(Tinos|Times|LiberationSerif)")
                self.assertGreaterEqual(run.left, 30 * MM - 0.1)
                self.assertLessEqual(run.right, (297 - 15) * MM + 2.5)
                self.assertGreaterEqual(run.y, 20 * MM)

    def _refuses(self, report, records, *users):
        for user in users:
            with (
                self.subTest(f"{report} by {user.name}"),
                self.assertRaises(AccessError),
                mute_logger(*MUTED),
            ):
                self._print(report, records, user)

    def _queries(self, report, records, user):
        """Number of SQL queries of reading what the papers print."""
        model = self.env[f"report.{report}"].with_user(user)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        model._get_report_values(records.ids)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestUnitPapers(UnitPaperCase):
    """The papers of 2022, with nothing written and with everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body_a.write({"parent_body": "ĐẢNG BỘ THỊ XÃ THỬ", "place": "Phường A"})
        cls.campaign = cls._opened_campaign(
            letter_number="27/HĐND", letter_date=date(2022, 11, 8)
        )
        cls.dossier_a = cls._dossier(cls.campaign, cls.unit_a)
        cls.chair = cls._rating(cls.campaign, cls.chair_a)
        cls.deputy = cls._rating(cls.campaign, cls.deputy_a)
        cls.collective = cls.dossier_a.rating_ids.filtered(lambda r: not r.cadre_id)
        cls.people = cls.chair | cls.deputy

    def _conference(self):
        return self.env["cadre.review.conference"].search(
            [("dossier_id", "=", self.dossier_a.id)]
        )

    def _long_names(self):
        self.people.sudo().write({"name": LONG_NAME, "title": LONG_NAME})

    # ------------------------------------------------------------------
    # BẢN KIỂM ĐIỂM
    # ------------------------------------------------------------------

    def test_personal_review_with_nothing_written(self):
        pdf = self._print(REVIEW, self.deputy, self.user_officer_a)
        self._check_layout(pdf)
        text = self._in_order(
            pdf,
            (
                "Mẫu 02",
                "ĐẢNG BỘ THỊ XÃ THỬ",
                "ĐẢNG ỦY PHƯỜNG A",
                "ĐẢNG CỘNG SẢN VIỆT NAM",
                "Phường A, ngày",
                "BẢN KIỂM ĐIỂM CÁ NHÂN",
                "Năm 2022",
                "Họ và tên: Trần Thị Bình",
                "Ngày sinh: 30/04/1975",
                "I. Ưu điểm, kết quả đạt được",
                "1. Chính trị tư tưởng: ……",
                "8. Năng lực tập hợp, đoàn kết: ……",
                "II. Hạn chế, khuyết điểm",
                "VI. Phương hướng",
                "VII. Tự nhận mức xếp loại",
                "Hoàn thành xuất sắc nhiệm vụ",
                "NGƯỜI TỰ KIỂM ĐIỂM",
                "Trần Thị Bình",
            ),
        )
        self.assertNotIn("Số", text)
        self.assertNotIn("CỘNGHÒA", text)

    def test_personal_review_says_what_the_person_wrote(self):
        self.env["cadre.review.shortcoming"].create(
            {"rating_id": self.deputy.id, "name": "Còn nợ báo cáo", "status": "fixed"}
        )
        suggestion = self.env["cadre.review.suggestion"].create(
            {
                "dossier_id": self.dossier_a.id,
                "rating_id": self.deputy.id,
                "name": "Giải trình việc chậm",
            }
        )
        suggestion.answer_ids.text = "Đã khắc phục"
        self._opinion(
            self.deputy,
            "self",
            self.user_person_a,
            level="good",
            strengths="Có sáng kiến",
            shortcomings="Còn nóng tính",
            date=date(2022, 11, 5),
        )
        pdf = self._print(REVIEW, self.deputy, self.user_officer_a)
        text = self._in_order(
            pdf,
            (
                "Phường A, ngày 05 tháng 11 năm 2022",
                "1. Chính trị tư tưởng: Tốt",
                "Có sáng kiến",
                "II. Hạn chế",
                "Năng lực tập hợp, đoàn kết: Có việc còn chậm",
                "Còn nóng tính",
                "Biểu hiện suy thoái, “tự diễn biến”, “tự chuyển hóa”: không có.",
                "III.",
                "- Còn nợ báo cáo",
                "Kết quả: đã được khắc phục",
                "IV.",
                "- Giải trình việc chậm",
                "Giải trình: Đã khắc phục",
                "x",
                "Hoàn thành tốt nhiệm vụ",
            ),
        )
        self.assertNotIn("Chínhtrịtưtưởng:Khôngcó", text)
        # what the person may not read there is left open, not said to be none
        own = self._text(self._print(REVIEW, self.deputy, self.user_person_a))
        self.assertNotIn("Cònnợ", own)
        self.assertNotIn("Khôngcó.", own)

    def test_personal_review_is_nothing_to_others(self):
        other = self.chair
        self._refuses(REVIEW, other, self.user_person_a, self.user_officer_b)
        self._refuses(REVIEW, self.deputy, self.user_none, self.user_party_b)
        # a draft is not the party body's, nor the office's, to read yet
        opinion = self.deputy.with_user(self.user_person_a)._open_opinion("self")
        opinion = self.env["cadre.review.opinion"].browse(opinion["res_id"])
        opinion.strengths = "Bản nháp"
        for user in (self.user_office, self.user_party_a):
            with self.subTest(user.name):
                text = self._text(self._print(REVIEW, self.deputy, user))
                self.assertNotIn("Bảnnháp", text)
        with self.assertRaisesRegex(UserError, "that of a person"):
            self._print(REVIEW, self.collective, self.user_officer_a)

    # ------------------------------------------------------------------
    # PHIẾU CỦA TẬP THỂ
    # ------------------------------------------------------------------

    def test_grading_sheet_of_the_collective(self):
        pdf = self._print(GRADING, self.collective, self.user_officer_a)
        self._check_layout(pdf)
        text = self._in_order(
            pdf,
            (
                "Mẫu 04-HD KĐ.ĐG 2019",
                "PHIẾU PHÂN TÍCH CHẤT LƯỢNG VÀ ĐÁNH GIÁ, XẾP LOẠI",
                "TẬP THỂ LÃNH ĐẠO, QUẢN LÝ",
                "Chủ thể tham gia: Thường trực HĐND phường A",
                "Cấp độ thực hiện",
                "Xuất sắc",
                "Kém",
                "I. Về xây dựng tập thể",
                "II. Về kết quả thực hiện nhiệm vụ",
                "Kết quả thực hiện nhiệm vụ chính trị",
                "Đề xuất xếp loại mức chất lượng",
            ),
        )
        crosses = text.count("x")
        opinion = self._opinion(
            self.collective, "unit", self.user_officer_a, self.user_head_a
        )
        opinion.sudo().line_ids.grade = "good"
        text = self._text(self._print(GRADING, self.collective, self.user_officer_a))
        # one a criterion, and the level
        self.assertEqual(text.count("x") - crosses, 5)

    def test_grading_sheet_where_there_is_none(self):
        with self.assertRaisesRegex(UserError, "Trần Thị Bình.*assessment form"):
            self._print(GRADING, self.deputy, self.user_officer_a)
        self._refuses(GRADING, self.collective, self.user_officer_b, self.user_person_a)

    # ------------------------------------------------------------------
    # KIỂM PHIẾU
    # ------------------------------------------------------------------

    def test_counting_minutes(self):
        self._self_assessed(self.dossier_a)
        conference = self._held_conference(self.dossier_a)
        conference.action_join_party_body()
        pdf = self._print(COUNTING, conference.body_ids[0], self.user_officer_a)
        self._check_layout(pdf)
        text = self._in_order(
            pdf,
            (
                "HỘI ĐỒNG NHÂN DÂN PHƯỜNG A",
                "CỘNG HÒA XÃ HỘI",
                "/BB-",
                "BIÊN BẢN KIỂM PHIẾU",
                "08 giờ 00, ngày 18 tháng 11 năm 2022",
                "triệu tập 10 người; có mặt 9 người; vắng 1 người",
                "Tổ trưởng tổ kiểm phiếu: ……",
                "KẾT QUẢ KIỂM PHIẾU",
                "Thẩm quyền quyết định: Thường trực HĐND thị xã Thử",
                "Trần Thị Bình",
                "9981",
                "2(25,0%)6(75,0%)0(0,0%)0(0,0%)",
                "Thẩm quyền quyết định: Ban Thường vụ Thị ủy Thử",
                "Lê Văn Ánh",
                "./.",
                "TỔ KIỂM PHIẾU",
                "CHỦ TRÌ",
                "Lê Văn Ánh",
                "Nơi nhận:",
            ),
        )
        self.assertNotIn("PhườngA,ngày", text)
        party = self._print(COUNTING, conference.body_ids[1:], self.user_officer_a)
        text = self._in_order(
            party, ("ĐẢNG ỦY PHƯỜNG A", "ĐẢNG CỘNG SẢN VIỆT NAM", "-BB/ĐU")
        )
        # nothing was counted there: to be filled in by hand
        self.assertNotIn("%)", text)

    def test_counting_minutes_are_for_those_who_read_tallies(self):
        self._self_assessed(self.dossier_a)
        bodies = self._held_conference(self.dossier_a).body_ids
        self._refuses(
            COUNTING,
            bodies,
            self.user_office,  # before the hand-in
            self.user_standing,
            self.user_party_a,
            self.user_person_a,
            self.user_officer_b,
            self.user_none,
        )

    # ------------------------------------------------------------------
    # NHẬN XÉT
    # ------------------------------------------------------------------

    def test_comments_with_nothing_written(self):
        for report, user, words in (
            (UNIT_COMMENT, self.user_officer_a, ("Số:", "/NX-HĐND", "CỘNG HÒA")),
            (
                PARTY_COMMENT,
                self.user_party_a,
                ("ĐẢNG ỦY PHƯỜNG A", "*", "Số", "-NX/ĐU", "T/M ĐẢNG ỦY PHƯỜNG A"),
            ),
        ):
            with self.subTest(report):
                pdf = self._print(report, self.deputy, user)
                self._check_layout(pdf)
                text = self._text(pdf)
                for part in (
                    *words,
                    "NHẬN XÉT, ĐÁNH GIÁ",
                    "Họ và tên: Trần Thị Bình",
                    "1Chính trị tư tưởng",
                    "Nhận xét chung:",
                    "Đề nghị xếp loại chất lượng: ……",
                    "./.",
                    "- Lưu:",
                ):
                    self.assertIn(squeeze(part), text)
                self.assertNotIn("KT.", text)

    def test_one_comment_serves_several_people(self):
        self._adopted_conference(self.dossier_a)
        self._commented(self.dossier_a)
        pdf = self._print(UNIT_COMMENT, self.people, self.user_officer_a)
        self._check_layout(pdf)
        text = self._in_order(
            pdf,
            (
                "HỘI ĐỒNG NHÂN DÂN PHƯỜNG A",
                "Số:",
                "NHẬN XÉT, ĐÁNH GIÁ",
                "1. Lê Văn Ánh",
                "Ưu điểm",
                "Tốt",
                "Có việc còn chậm",
                "Kết quả bỏ phiếu tại hội nghị: có mặt 9 người; Hoàn thành xuất sắc "
                "nhiệm vụ 2 phiếu",
                "Đề nghị xếp loại chất lượng: Hoàn thành tốt nhiệm vụ.",
                "2. Trần Thị Bình",
                "Đề nghị xếp loại chất lượng: Hoàn thành tốt nhiệm vụ./.",
                "Nơi nhận:",
                "TM. THƯỜNG TRỰC HĐND PHƯỜNG A",
            ),
        )
        self.assertEqual(text.count("CỘNGHÒA"), 1)
        # the head is one of them, so the head's name is not put under it
        self.assertFalse(text.endswith("LêVănÁnh"))
        # all of the dossier is the same paper
        whole = self._print(ALL_UNIT_COMMENTS, self.dossier_a, self.user_officer_a)
        self.assertEqual(self._text(whole), text)
        alone = self._text(self._print(UNIT_COMMENT, self.deputy, self.user_officer_a))
        self.assertNotIn("1.TrầnThịBình", alone)
        self.assertIn("LêVănÁnh", alone)  # the head signs on the deputy

    def test_comment_has_the_number_of_the_register(self):
        self._adopted_conference(self.dossier_a)
        self._provided(self.dossier_a)
        text = self._text(self._print(UNIT_COMMENT, self.deputy, self.user_officer_a))
        self.assertIn(squeeze("Số: 05/HĐND Phường A, ngày 21 tháng 11 năm 2022"), text)
        # one signs for all of them, so nobody else's name is put there
        self.assertTrue(text.endswith("LêVănÁnh"))
        paper = self.deputy.sudo().dossier_id.paper_ids.filtered(
            lambda p: p.rating_id == self.chair and p.kind_id.code == "5"
        )
        paper.number = "06/HĐND"
        text = self._text(self._print(UNIT_COMMENT, self.people, self.user_officer_a))
        self.assertIn("Số:/NX-HĐND", text)

    def test_comments_of_several_units_are_several_papers(self):
        ratings = self.campaign.rating_ids.filtered(lambda r: r.scope == "rated")
        pdf = self._print(PARTY_COMMENT, ratings, self.user_office)
        text = self._text(pdf)
        self.assertEqual(text.count("ĐẢNGCỘNGSẢN"), 2)
        for name in ("ĐẢNGỦYPHƯỜNGA", "ĐẢNGỦYXÃB"):
            self.assertIn(name, text)

    def test_comments_show_no_stage_that_is_not_the_readers(self):
        self._adopted_conference(self.dossier_a)
        officer, head = self.user_officer_a, self.user_head_a
        self._opinion(self.deputy, "unit", officer, head, conclusion="Ý đơn vị")
        action = self.deputy.with_user(self.user_party_a)._open_opinion("party")
        draft = self.env["cadre.review.opinion"].browse(action["res_id"])
        draft.write({"conclusion": "Ý cấp ủy", "proposed_level": "failed"})
        for report, secret, blind, sighted in (
            (
                UNIT_COMMENT,
                "Ýđơnvị",
                (self.user_person_a, self.user_party_a, self.user_office),
                (officer, head),
            ),
            (
                PARTY_COMMENT,
                "Ýcấpủy",
                (self.user_person_a, officer, head, self.user_office),
                (self.user_party_a,),
            ),
        ):
            for user in blind:
                with self.subTest(f"{report} by {user.name}"):
                    text = self._text(self._print(report, self.deputy, user))
                    self.assertNotIn(secret, text)
                    self.assertIn(squeeze("Đề nghị xếp loại chất lượng: ……"), text)
            for user in sighted:
                with self.subTest(f"{report} by {user.name}"):
                    text = self._text(self._print(report, self.deputy, user))
                    self.assertIn(secret, text)
        # ballots are not the person's, nor the party body's, to read
        for user in (self.user_person_a, self.user_party_a):
            text = self._text(self._print(UNIT_COMMENT, self.deputy, user))
            self.assertNotIn("phiếu", text)
        self._refuses(UNIT_COMMENT, self.chair, self.user_person_a)
        self._refuses(PARTY_COMMENT, self.deputy, self.user_officer_b)
        with self.assertRaisesRegex(UserError, "people who are rated here"):
            self._print(UNIT_COMMENT, self.collective, officer)

    def test_party_comment_without_a_party_body(self):
        self.deputy.sudo().party_body_id = False
        with self.assertRaisesRegex(UserError, "Trần Thị Bình.*no party body"):
            self._print(PARTY_COMMENT, self.deputy)

    def test_people_of_several_party_bodies(self):
        self.deputy.sudo().party_body_id = self.body_b
        with self.assertRaisesRegex(UserError, "several party bodies.*list of ratings"):
            self._print(ALL_PARTY_COMMENTS, self.dossier_a)

    # ------------------------------------------------------------------
    # TỔNG HỢP, BÁO CÁO
    # ------------------------------------------------------------------

    def test_papers_of_the_dossier_with_nothing_written(self):
        for report, words in (
            (SUMMARY, ("TỔNG HỢP KẾT QUẢ", "NĂM 2022", "Trần Thị Bình")),
            (
                RESULT,
                (
                    "/BC-",
                    "BÁO CÁO",
                    "Kính gửi: Thường trực HĐND thị xã Thử.",
                    "Công văn số 27/HĐND ngày 08/11/2022",
                    "tại ……",
                    "Tự xếp loại: ……",
                    "tại đơn vị: 2",
                    "./.",
                ),
            ),
        ):
            with self.subTest(report):
                pdf = self._print(report, self.dossier_a, self.user_officer_a)
                check = (
                    self._check_landscape if report == SUMMARY else self._check_layout
                )
                check(pdf)
                self._in_order(pdf, words)

    def test_summary_and_report_have_the_figures_of_the_workbook(self):
        self._submitted(self.dossier_a)
        row = ("Hoàn thành tốt nhiệm vụ", "9", "2", "6", "0", "0", "66,7%")
        pdf = self._print(SUMMARY, self.dossier_a, self.user_officer_a)
        self._check_landscape(pdf)
        self._in_order(
            pdf,
            (
                "Hội nghị",
                "% mức kết luận",
                "I. TẬP THỂ",
                "II. CÁ NHÂN",
                "Lê Văn Ánh",
                "30/04/1975",
                "Ban Thường vụ Thị ủy Thử",
                "".join(row),
                "Tổng cộng",
                "Cá nhân – đơn vị đề xuất",
                "20200",
                "NGƯỜI LẬP BIỂU",
            ),
        )
        pdf = self._print(RESULT, self.dossier_a, self.user_officer_a)
        self._check_layout(pdf)
        self._in_order(
            pdf,
            (
                "Số: 05/HĐND",
                "Phường A, ngày 21 tháng 11 năm 2022",
                "tổ chức ngày 18/11/2022 tại Hội trường",
                "Đơn vị đề nghị: Hoàn thành tốt nhiệm vụ",
                "Trần Thị Bình",
                "Cá nhân – đơn vị đề xuất",
                "20200",
                "Lê Văn Ánh",
            ),
        )

    def test_head_of_the_summary_stands_on_each_page(self):
        units = self._units(1, people=40)
        campaign = self._opened_campaign(
            unit_ids=[Command.set(units.ids)], purpose="nhiều"
        )
        campaign.rating_ids.sudo().write({"title": LONG_NAME})
        pdf = self._print(SUMMARY, campaign.dossier_ids)
        self._check_landscape(pdf)
        self.assertGreater(len(pdf.pages), 2)
        self.assertEqual(self._text(pdf).count("Ngàysinh"), len(pdf.pages) - 1)

    def test_papers_of_the_dossier_are_nothing_to_others(self):
        for report in (*OF_DOSSIER, "cadre_review.report_round"):
            self._refuses(
                report,
                self.dossier_a,
                self.user_officer_b,
                self.user_person_a,
                self.user_party_a,
                self.user_standing,
                self.user_none,
            )

    def test_report_leaks_nothing_before_the_hand_in(self):
        """The office reads the dossier, but not yet what the unit writes in it."""
        self._adopted_conference(self.dossier_a, "excellent")
        self._commented(self.dossier_a, "excellent")
        for report in (SUMMARY, RESULT):
            with self.subTest(report):
                text = self._text(self._print(report, self.dossier_a))
                self.assertNotIn("Hoànthànhxuấtsắc", text)
                self.assertNotIn("Hộitrường", text)
                self.assertNotIn("66,7%", text)

    # ------------------------------------------------------------------
    # KẾ HOẠCH
    # ------------------------------------------------------------------

    def _plan(self, lines, rating=None):
        return self.env["cadre.review.plan"].create(
            {
                "dossier_id": self.dossier_a.id,
                "rating_id": rating and rating.id,
                "line_ids": [
                    Command.create(
                        {
                            "name": f"Hạn chế {number}: {LONG[:90]}",
                            "origin": "comment",
                            "cause": "Thiếu người",
                            "remedy": LONG,
                            "responsible": "Thường trực HĐND",
                            "monitor": "Ban Pháp chế",
                            "date_due": date(2023, 6, 30),
                            "product": "Báo cáo",
                        }
                    )
                    for number in range(lines)
                ],
            }
        )

    def test_plan(self):
        plan = self._plan(0)
        pdf = self._print(PLAN, plan, self.user_officer_a)
        self._check_landscape(pdf)
        self._in_order(pdf, ("/KH-", "KẾ HOẠCH", "Nguyên nhân", "./.", "Nơi nhận:"))
        plan.unlink()
        pdf = self._print(PLAN, self._plan(12), self.user_officer_a)
        self._check_landscape(pdf)
        text = self._in_order(
            pdf,
            (
                "Hạn chế 0:",
                "Nhận xét, góp ý",
                "Thường trực HĐND",
                "Ban Pháp chế",
                "30/06/2023",
                "Báo cáo",
                "Hạn chế 11:",
                "TM. THƯỜNG TRỰC HĐND PHƯỜNG A",
            ),
        )
        self.assertGreater(text.count("Nguyênnhân"), 1)

    def test_plan_is_nothing_to_others(self):
        plan = self._plan(1, self.deputy)
        self._refuses(
            PLAN,
            plan,
            self.user_officer_b,
            self.user_person_a,  # a draft
            self.user_party_a,
            self.user_standing,
            self.user_none,
        )

    # ------------------------------------------------------------------
    # ALL
    # ------------------------------------------------------------------

    def test_longest_names(self):
        self._self_assessed(self.dossier_a)
        bodies = self._held_conference(self.dossier_a).body_ids
        self._long_names()
        self.dossier_a.sudo().head_name = LONG_NAME
        for report, records in (
            (REVIEW, self.deputy),
            (COUNTING, bodies),
            (UNIT_COMMENT, self.people),
            (RESULT, self.dossier_a),
            (FORM, self.deputy),
        ):
            with self.subTest(report):
                self._check_layout(self._print(report, records, self.user_officer_a))
        for report, records in ((SUMMARY, self.dossier_a), (PLAN, self._plan(1))):
            with self.subTest(report):
                self._check_landscape(self._print(report, records, self.user_officer_a))

    def test_strange_letters(self):
        strange = "<script>1</script> & \x0b\u202e Ánh"
        opinion = self._opinion(
            self.deputy, "unit", self.user_officer_a, self.user_head_a
        )
        opinion.sudo().write({"conclusion": strange, "signer": strange})
        opinion.sudo().line_ids.strengths = strange
        text = self._text(self._print(UNIT_COMMENT, self.deputy, self.user_officer_a))
        self.assertIn("<script>1</script>&", text)

    def test_queries_do_not_grow_with_papers(self):
        units = self._units(6)
        campaign = self._opened_campaign(
            unit_ids=[Command.set(units.ids)], purpose="nhiều"
        )
        dossiers = campaign.dossier_ids
        people = campaign.rating_ids.filtered("cadre_id")
        collectives = campaign.rating_ids - people
        for report, records in (
            (FORM, people),
            (REVIEW, people),
            (GRADING, collectives),
            (UNIT_COMMENT, people),
            (PARTY_COMMENT, people),
            (ALL_UNIT_COMMENTS, dossiers),
            (SUMMARY, dossiers),
            (RESULT, dossiers),
        ):
            with self.subTest(report):
                self._queries(report, records, self.user_office)
                few = self._queries(report, records[:2], self.user_office)
                many = self._queries(report, records, self.user_office)
                self.assertEqual(few, many)


@tagged("post_install", "-at_install")
class TestPointsPapers(UnitPaperCase):
    """The forms of points of 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chair_a.post_ids.filtered("is_main").kind = "official"
        cls.deputy_a.post_ids.filtered("is_main").kind = "civil_servant"
        cls.chair_b.post_ids.filtered("is_main").kind = "public_employee"
        cls.startClassPatcher(freeze_time("2026-11-20 03:00:00"))
        cls.campaign = cls._opened_campaign(
            year=2026,
            scope_date=date(2026, 11, 8),
            regulation_ids=False,
            deadline_ids=[
                cls._deadline("review", date(2026, 11, 25), "by"),
                cls._deadline("dossier", date(2026, 12, 1), "before"),
            ],
        )
        cls.official = cls._rating(cls.campaign, cls.chair_a)
        cls.servant = cls._rating(cls.campaign, cls.deputy_a)
        cls.employee = cls._rating(cls.campaign, cls.chair_b)
        dossier = cls._dossier(cls.campaign, cls.unit_a)
        cls.collective = dossier.rating_ids.filtered(lambda r: not r.cadre_id)

    def _score(self, rating, stage, writer, confirmer, points):
        action = rating.with_user(writer)._open_opinion(stage)
        opinion = self.env["cadre.review.opinion"].browse(action["res_id"])
        lines = opinion.line_ids.filtered("max_points")
        for line, given in zip(lines, points, strict=True):
            line.write({"points": given, "is_scored": True})
        opinion.line_ids.write({"strengths": "Tốt", "shortcomings": "Không có"})
        opinion.write({"proposed_level": "good", "source_place": "Tủ 2"})
        if confirmer:
            self._click(opinion.with_user(confirmer), "action_confirm")
        return opinion

    def test_empty_form_of_a_civil_servant(self):
        pdf = self._print(FORM, self.servant, self.user_officer_a)
        self._check_layout(pdf)
        text = self._in_order(
            pdf,
            (
                "Mẫu 01",
                "PHIẾU THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC",
                "Năm 2026",
                "I. KẾT QUẢ CHẤM ĐIỂM",
                "Tiêu chí chấm điểm",
                "Điểm tối đa",
                "Điểm do cá nhân tự chấm",
                "Điểm của cấp có thẩm quyền",
                "INhóm tiêu chí chung30",
                "1Tiêu chí chung thứ nhất10",
                "IIKết quả thực hiện nhiệm vụ70",
                "Tổng điểm100",
                "II. TỰ NHẬN XÉT",
                "3. Tự xếp loại chất lượng",
                "III. KẾT QUẢ ĐÁNH GIÁ",
                "IV. Ý KIẾN",
                "NGƯỜI TỰ ĐÁNH GIÁ",
                "NGƯỜI CÓ THẨM QUYỀN ĐÁNH GIÁ",
            ),
        )
        self.assertNotIn("đơnvịchấm", text)
        self.assertNotIn("Số:", text)

    def test_points_of_each_stage(self):
        officer, head = self.user_officer_a, self.user_head_a
        self._score(
            self.servant,
            "self",
            self.user_person_a,
            self.user_person_a,
            (9, 8.5, 0, 60),
        )
        self._score(self.servant, "unit", officer, head, (9, 8, 0, 61))
        self._score(self.servant, "party", self.user_party_a, None, (1, 1, 1, 1))
        pdf = self._print(FORM, self.servant, officer)
        self._check_layout(pdf)
        text = self._in_order(
            pdf,
            (
                "Điểm do cá nhân tự chấm",
                "Điểm do cơ quan, đơn vị chấm",
                "Điểm của cấp có thẩm quyền",
                "Nhóm tiêu chí chung 30 17,5 17",
                "Tiêu chí chung thứ hai 10 8,5 8",
                "Tiêu chí chung thứ ba 10 0 0",
                "Tổng điểm 100 77,5 78",
                "Mức xếp loại chất lượng Hoàn thành tốt nhiệm vụ Hoàn thành tốt",
            ),
        )
        self.assertNotIn("cấpủychấm", text)  # a draft
        # the person reads neither the unit's points nor the party body's
        own = self._text(self._print(FORM, self.servant, self.user_person_a))
        self.assertIn(squeeze("Tổng điểm 100 77,5"), own)
        self.assertNotIn("đơnvịchấm", own)
        self.assertNotIn("7778", own)

    def test_public_employee_and_cadre_have_their_own(self):
        text = self._text(self._print(FORM, self.employee, self.user_officer_b))
        self.assertIn(squeeze("PHIẾU XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC"), text)
        self._score(
            self.official, "self", self.user_officer_a, self.user_officer_a, (28, 60)
        )
        for report in (FORM, REVIEW):
            with self.subTest(report):
                pdf = self._print(report, self.official, self.user_officer_a)
                self._check_layout(pdf)
                self._in_order(
                    pdf,
                    (
                        "Mẫu 2A",
                        "ĐẢNG CỘNG SẢN VIỆT NAM",
                        "BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN",
                        "A. NỘI DUNG KIỂM ĐIỂM",
                        "I. Ưu điểm",
                        "Tốt",
                        "VI. Phương hướng",
                        "B. NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI",
                        "1. Nhóm tiêu chí chung: 28/30 điểm",
                        "2. Nhóm tiêu chí về kết quả thực hiện nhiệm vụ: 60/70 điểm",
                        "Tổng điểm: 88/100 điểm",
                        "II. Đề xuất xếp loại",
                    ),
                )

    def test_annex_of_points(self):
        self._score(
            self.official, "self", self.user_officer_a, self.user_officer_a, (28, 60)
        )
        pdf = self._print(GRADING, self.official, self.user_officer_a)
        self._check_layout(pdf)
        self._in_order(
            pdf,
            (
                "PHỤ LỤC CHẤM ĐIỂM",
                "(Kèm theo Bản kiểm điểm, tự đánh giá",
                "1 Nhóm tiêu chí chung 30 28",
                "Tổng điểm 100 88",
            ),
        )
        text = self._text(self._print(GRADING, self.collective, self.user_officer_a))
        self.assertIn(squeeze("Điểm do tập thể tự chấm"), text)
        self.assertIn(squeeze("Tổng điểm 100"), text)
        with self.assertRaisesRegex(UserError, "Trần Thị Bình.*assessment form"):
            self._print(GRADING, self.servant, self.user_officer_a)
