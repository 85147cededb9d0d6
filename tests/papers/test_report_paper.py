"""The collective's report as PDF: layout, one line and long texts, who may print."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_reports import ReportCase, squeeze

REPORT = "cadre_review.report_collective_report"
LONG = "Lãnh đạo, chỉ đạo thực hiện nhiệm vụ chính trị của địa phương được giao. " * 12


@tagged("post_install", "-at_install")
class TestCollectivePaper(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        dossier = cls._dossier(cls.campaign, cls.unit_a).with_user(cls.user_officer_a)
        action = dossier.action_open_report()
        cls.report = dossier.env["cadre.review.report"].browse(action["res_id"])
        cls.collective = dossier.rating_ids.filtered(lambda r: not r.cadre_id)

    def _fill_in(self, text, rows):
        self.report.section_ids.text = text
        self.report.write(
            {
                "proposed_level": "good",
                "signer": "Lê Văn Ánh",
                "signer_capacity": "TM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH",
                "target_ids": [
                    Command.create(
                        {
                            "name": f"Chỉ tiêu {n}: {text[:120]}",
                            "measure": "cuộc",
                            "plan": "4",
                            "result": "5",
                            "status": "exceeded",
                        }
                    )
                    for n in range(rows)
                ],
                "shortcoming_ids": [
                    Command.create(
                        {
                            "name": text,
                            "cause": "Thiếu người",
                            "responsible": "Thường trực HĐND",
                            "remedy": "Giám sát mỗi quý một lần",
                            "date_due": date(2023, 6, 30),
                        }
                    )
                    for _n in range(rows)
                ],
            }
        )

    def test_words_in_order(self):
        """Frame of NĐ 30 and titles of the form, as its structure has them."""
        self.env["cadre.review.shortcoming"].create(
            {
                "rating_id": self.collective.id,
                "name": "Còn nợ báo cáo",
                "status": "fixed",
            }
        )
        suggestion = self.env["cadre.review.suggestion"].create(
            {"dossier_id": self.report.dossier_id.id, "name": "Giải trình việc chậm"}
        )
        suggestion.answer_ids.text = "Đã khắc phục trong quý IV"
        self._fill_in("Đã làm", 1)
        pdf = self._print(REPORT, self.report, self.user_officer_a)
        self._check_layout(pdf)
        text, position = self._text(pdf), 0
        for words in (
            "Mẫu 01",
            "HỘI ĐỒNG NHÂN DÂN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "/BC-HĐND",
            "Phường A, ngày",
            "BÁO CÁO TỰ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CỦA TẬP THỂ",
            "của Thường trực HĐND phường A",
            "Năm 2022",
            "(Dự thảo)",
            "I. Ưu điểm, kết quả đạt được",
            "1. Việc chấp hành nguyên tắc",
            "2. Kết quả thực hiện nhiệm vụ chính trị",
            "STT",
            "Chỉ tiêu 0: Đã làm",
            "Vượt",
            "II. Hạn chế, khuyết điểm",
            "- Đã làm",
            "Nguyên nhân: Thiếu người",
            "Biện pháp khắc phục: Giám sát mỗi quý một lần",
            "Thời hạn: 30/06/2023",
            "IV. Kết quả khắc phục",
            "- Còn nợ báo cáo",
            "Kết quả: đã được khắc phục",
            "V. Giải trình những vấn đề được gợi ý kiểm điểm",
            "- Giải trình việc chậm",
            "Giải trình: Đã khắc phục trong quý IV",
            "VIII. Tự đánh giá, xếp loại chất lượng",
            "Hoàn thành xuất sắc nhiệm vụ",
            "x",
            "Hoàn thành tốt nhiệm vụ",
            "TM. THƯỜNG TRỰC HĐND",
            "Lê Văn Ánh",
        ):
            found = text.find(squeeze(words), position)
            self.assertGreaterEqual(found, 0, words)
            position = found + 1

    def test_nothing_written_leaves_lines_to_write_on(self):
        pdf = self._print(REPORT, self.report, self.user_officer_a)
        self._check_layout(pdf)
        self.assertIn(squeeze("Không có."), self._text(pdf))

    def test_long_texts_run_over_pages(self):
        self._fill_in(LONG, 30)
        pdf = self._print(REPORT, self.report, self.user_officer_a)
        self._check_layout(pdf)
        self.assertGreater(len(pdf.pages), 8)
        text = self._text(pdf)
        self.assertEqual(text.count(squeeze("Nguyên nhân: Thiếu người")), 30)
        # the head of the grid stands on each of its pages
        self.assertGreater(text.count("STT"), 1)
        # level and signature stay together on the last page
        last = squeeze("".join(run.text for run in self._pages(pdf)[-1][0]))
        self.assertIn(squeeze("VIII. Tự đánh giá"), last)
        self.assertIn(squeeze("Lê Văn Ánh"), last)

    def test_points_print_where_the_form_has_them(self):
        regulation = self.env.ref("cadre_review.qd366_2025_collective")
        admin = self.collective.with_env(self.env(user=self.user_admin, su=True))
        admin._override_regulation(regulation, "Theo văn bản")
        self.report.score_ids[0].points = 28.5
        self.report.score_ids[1].points = 60
        text = self._text(self._print(REPORT, self.report, self.user_officer_a))
        for words in (
            "A. NỘI DUNG KIỂM ĐIỂM",
            "B. NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI",
            "1. Nhóm tiêu chí chung: 28,5/30 điểm",
            "Tổng điểm: 88,5/100 điểm",
        ):
            self.assertIn(squeeze(words), text)

    def test_draft_is_marked_until_it_is_completed(self):
        self._fill_in("Đã làm", 1)
        self.report.action_complete()
        text = self._text(self._print(REPORT, self.report, self.user_officer_a))
        self.assertNotIn("Dựthảo", text)

    def test_strange_letters(self):
        self._fill_in("<script>alert(1)</script> & \x0b Ánh", 1)
        pdf = self._print(REPORT, self.report, self.user_officer_a)
        self.assertIn("<script>alert(1)</script>&", self._text(pdf))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_others_cannot_print_it(self):
        for user in (
            self.user_officer_b,
            self.user_person_a,
            self.user_party_a,
            self.user_office,
            self.user_standing,
            self.user_none,
        ):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self._print(REPORT, self.report, user)

    def test_queries_do_not_grow_with_papers(self):
        units = self._units(6)
        campaign = self._opened_campaign(
            unit_ids=[Command.set(units.ids)], purpose="nhiều"
        )
        reports = self.env["cadre.review.report"].create(
            [{"dossier_id": dossier.id} for dossier in campaign.dossier_ids]
        )
        model = self.env[f"report.{REPORT}"]

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model._get_report_values(some.ids)
            return self.env.cr.sql_log_count - before

        queries(reports)
        self.assertEqual(queries(reports[:1]), queries(reports))
