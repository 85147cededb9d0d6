"""Papers of the office and of the authority: what they say, who prints them, how they
lie on the sheet, and what they cost."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...reports.session_papers import PACK, PARTS, SUBMISSION
from ..paper_checks import Checker
from ..paper_samples import Sample
from ..result.test_results import ResultCase
from .test_reports import ReportCase, squeeze

LONG = "Còn để xảy ra chậm trễ trong việc ban hành kết luận giám sát chuyên đề. " * 9


class OfficePaperCase(ReportCase, ResultCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.write(
            {
                "letter_issuer": "HỘI ĐỒNG NHÂN DÂN\nTHỊ XÃ THỬ",
                "letter_number": "27/HĐND",
                "letter_date": date(2022, 11, 8),
                "letter_place": "Thị xã Thử",
                "letter_capacity": "TM. THƯỜNG TRỰC HĐND\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
                "letter_signer": "Nguyễn Thị Ký",
                "office_name": "Văn phòng thị xã",
                "advisory_name": "Cơ quan Tổ chức - Nội vụ thị xã",
                "superior_name": "Ban Thường vụ Thị ủy Thử",
            }
        )
        cls.own.symbol = "HĐND"

    @classmethod
    def _concluded(cls, **values):
        session = cls._session()
        session.attendance_ids.unlink()
        session.attendance_ids = [
            Command.create({"name": name, "title": "Ủy viên"})
            for name in ("Nguyễn Thị Ký", "Đinh Văn Hai", "Bùi Thị Ba")
        ]
        cls._click(session, "action_prepare")
        session.action_conclude_as_appraised()
        session.line_ids.write({"agreed": 3, **values})
        cls._click(session, "action_conclude")
        return session

    def _part(self, code, session, user=None):
        return self._print(f"cadre_review.report_session_{code}", session, user)

    def _check_sheets(self, pdf):
        """Sheets that stand or lie, margins, fonts, sizes and page numbers."""
        wide = any(page.mediabox.width > page.mediabox.height for page in pdf.pages)
        checker = Checker(pdf, Sample(None, wide=wide))
        for check in ("sheet", "margins", "page_numbers", "fonts", "letters"):
            getattr(checker, check)()
        self.assertFalse(checker.faults, "\n".join(checker.faults))

    def _check_words(self, pdf, *words):
        """Words that stand in the paper in this order."""
        text, position = self._text(pdf), 0
        for word in words:
            found = text.find(squeeze(word), position)
            self.assertGreaterEqual(found, 0, word)
            position = found + 1


@tagged("post_install", "-at_install")
class TestSessionPack(OfficePaperCase):
    def test_pack_before_the_session(self):
        """Everything behind a cover; levels and votes leave room to write."""
        session = self._session()
        pdf = self._part("pack", session)
        self._check_sheets(pdf)
        self._check_words(
            pdf,
            "TÀI LIỆU PHIÊN HỌP",
            "MỤC LỤC",
            *(PACK[code].name for code in PACK),
            "BÁO CÁO Tổng hợp kết quả",
            "I. VIỆC NỘP, TIẾP NHẬN VÀ THẨM ĐỊNH HỒ SƠ",
            "II. MỨC XẾP LOẠI QUA CÁC BƯỚC",
            "III. TỶ LỆ XUẤT SẮC SO VỚI GIỚI HẠN",
            "V. ĐỀ XUẤT, KIẾN NGHỊ",
            "kết luận mức xếp loại đối với 2 tập thể, cá nhân",
            "đề nghị Ban Thường vụ Thị ủy Thử xem xét, quyết định đối với 1",
            "BẢNG TỔNG HỢP",
            "2/6/0/0 (9)",
            "PHIẾU TÓM TẮT ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG",
            "Có việc còn chậm",
            "PHIẾU LẤY Ý KIẾN",
            "BIÊN BẢN KIỂM PHIẾU",
            "Hồ sơ nộp chậm",
            "Chưa nộp hồ sơ",
            "(Dự thảo)",
            "Nơi nhận:",
        )

    def test_contents_name_the_pages(self):
        pdf = self._part("pack", self._session())
        pages = self._pages(pdf)
        cover = squeeze("".join(run.text for run in pages[0][0]))
        for title in ("BIÊN BẢN KIỂM PHIẾU", "PHIẾU LẤY Ý KIẾN", "BẢNG TỔNG HỢP"):
            [place] = [
                number
                for number, (runs, _rules) in enumerate(pages, 1)
                if any(run.text.strip() == title for run in runs)
            ]
            code = {"BIÊN": "counting", "PHIẾ": "ballot", "BẢNG": "table"}[title[:4]]
            self.assertIn(squeeze(PACK[code].name) + str(place), cover)
        self.assertEqual(
            [mark.title for mark in pdf.outline], [part.name for part in PACK.values()]
        )

    def test_tables_lie_on_landscape_sheets(self):
        session = self._session()
        for code in PARTS:
            pdf = self._part(code, session)
            self._check_sheets(pdf)
            wide = {
                float(p.mediabox.width) > float(p.mediabox.height) for p in pdf.pages
            }
            self.assertEqual(wide, {PARTS[code].is_wide}, code)

    def test_long_texts_and_many_people(self):
        ratings = self.ratings.sudo()
        ratings.opinion_ids.write({"shortcomings": LONG, "strengths": LONG})
        ratings.name = "Nguyễn Hoàng Thị Phương Khánh Quỳnh Trâm Anh Nguyệt Minh " * 2
        session = self._concluded(comment=LONG, reason=LONG)
        for code in ("pack", "submission"):
            pdf = self._part(code, session)
            self._check_sheets(pdf)
        self.assertIn(squeeze(LONG), self._text(pdf))

    def test_totals_after_the_session_only(self):
        session = self._session()
        before = self._text(self._part("counting", session))
        self.assertIn(squeeze("Trần Thị Bình"), before)
        session.line_ids.agreed = 0
        self.env.invalidate_all()
        with freeze_time("2022-11-22 03:00:00"):
            session = self._concluded()
        after = self._text(self._part("counting", session))
        row = squeeze("Trần Thị Bình, Thường trực HĐND phường A")
        label = squeeze("Hoàn thành tốt nhiệm vụ")
        self.assertIn(row + label + "300", after)
        self.assertNotIn(row + label + "300", before)
        self.assertIn(squeeze("có mặt: 3 người"), after)

    def test_a_ballot_for_each_who_votes(self):
        session = self._concluded()
        self.assertEqual(len(self._part("ballot", session).pages), 3)
        text = self._text(self._part("ballot", session))
        self.assertEqual(text.count(squeeze("PHIẾU LẤY Ý KIẾN")), 3)
        self.assertNotIn(squeeze("Nguyễn Thị Ký"), text)

    def test_conclusion_is_drafted(self):
        session = self._session()
        self.assertIn("……………", self._text(self._part("conclusion", session)))
        self._check_words(
            self._part("conclusion", self._concluded()),
            "/TB-HĐND",
            "THÔNG BÁO Kết luận của Thường trực HĐND thị xã Thử",
            "1. Mức xếp loại chất lượng",
            "Hoàn thành tốt nhiệm vụ",
            "2. Nhận xét và mức đề nghị Ban Thường vụ Thị ủy Thử",
            "Lê Văn Ánh",
            "3. Tổ chức thực hiện",
            "./.",
            "TM. THƯỜNG TRỰC HĐND",
        )

    def test_lists_of_what_is_late_or_again(self):
        order = self.env["cadre.review.order"].browse(
            self.dossier.action_report_again()["res_id"]
        )
        order = order.with_user(self.user_office)
        order.write(
            {"rating_ids": self.deputy.ids, "report": "Biên bản và phiếu không khớp"}
        )
        self._click(order, "action_report")
        session = self._session()
        with freeze_time("2022-12-09 03:00:00"):
            self.env.invalidate_all()
            pdf = self._part("lists", session)
        self._check_words(
            pdf,
            "I. Hồ sơ nộp chậm",
            "Thường trực HĐND xã B",
            "30/11/2022",
            "chưa nộp",
            "9",
            "II. Hồ sơ chưa đạt yêu cầu",
            "Thường trực HĐND xã B",
            "III. Đề nghị chỉ đạo đánh giá, xếp loại lại",
            "Trần Thị Bình",
            "Biên bản và phiếu không khớp",
        )

    def test_earlier_results_stand_on_the_page(self):
        self.env["cadre.review.past.result"].create(
            {
                "cadre_id": self.deputy_a.id,
                "unit_id": self.unit_a.id,
                "year": 2021,
                "level": "completed",
            }
        )
        self._check_words(
            self._part("people", self._session()), "TRẦN THỊ BÌNH", "năm 2021:"
        )

    def test_queries_do_not_grow_with_the_people(self):
        counts = []
        for number in (2, 12):
            units = self._units(1, people=number)
            campaign = self._opened_campaign(
                purpose=f"{number}", unit_ids=[Command.set(units.ids)]
            )
            session = (
                self.env["cadre.review.session"]
                .with_user(self.user_office)
                .create({"campaign_id": campaign.id})
            )
            session._add_ratings(campaign.rating_ids)
            self.assertEqual(len(session.line_ids), number + 1)
            for report in ("pack", "submission"):
                self.env.invalidate_all()
                self.env.flush_all()
                model = self.env[f"report.cadre_review.report_session_{report}"]
                model = model.with_user(self.user_office)
                model._get_report_values(session.ids)
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                model._get_report_values(session.ids)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[:2], counts[2:])

    def test_nobody_else_prints(self):
        session = self._session()
        for code in (*PARTS, "pack", "submission"):
            for user in (
                self.user_head_a,
                self.user_officer_a,
                self.user_party_a,
                self.user_person_a,
                self.user_admin,
                self.user_none,
            ):
                with self.assertRaises(AccessError), mute_logger("odoo.http"):
                    self._part(code, session, user)
        # a draft is the clerk's; the members read what was prepared
        with self.assertRaises(AccessError):
            self._part("pack", session, self.user_standing)
        self._click(session, "action_prepare")
        self._part("pack", session, self.user_standing)


@tagged("post_install", "-at_install")
class TestSubmission(OfficePaperCase):
    def test_what_goes_up(self):
        session = self._concluded(comment="Ưu điểm: nắm chắc công việc")
        pdf = self._part("submission", session)
        self._check_sheets(pdf)
        self._check_words(
            pdf,
            "/TTr-HĐND",
            "TỜ TRÌNH",
            "Kính gửi: Ban Thường vụ Thị ủy Thử",
            "đối với 1 tập thể, cá nhân",
            "- Hoàn thành tốt nhiệm vụ: 1",
            "02 bộ",
            "./.",
            "DANH SÁCH TRÍCH NGANG",
            "Lê Văn Ánh",
            "30/04/1975",
            "Chủ tịch HĐND",
            "Hoàn thành tốt nhiệm vụ",
            "NHẬN XÉT, ĐÁNH GIÁ",
            "Ưu điểm: nắm chắc công việc",
            "MỤC LỤC HỒ SƠ",
            "05/HĐND ngày 21/11/2022",
            "Bản kê khai tài sản, thu nhập",
        )
        # the deputy is decided here, and stays here
        self.assertNotIn(squeeze("Trần Thị Bình"), self._text(pdf))
        self.assertEqual(tuple(SUBMISSION)[0], "proposal")

    def test_nothing_known_yet(self):
        session = (
            self.env["cadre.review.session"]
            .with_user(self.user_office)
            .create({"campaign_id": self.campaign.id})
        )
        for code in ("pack", "submission"):
            pdf = self._part(code, session)
            self._check_sheets(pdf)
            self.assertIn("……………", self._text(pdf))

    def test_secret_papers_are_named_only(self):
        paper = self.dossier.sudo().paper_ids.filtered(
            lambda p: p.rating_id == self.chair
        )[:1]
        paper.write({"is_secret": True, "signer": "Không In Ra"})
        text = self._text(self._part("sets", self._concluded()))
        self.assertIn(squeeze("Mật"), text)
        self.assertNotIn(squeeze("Không In Ra"), text)


@tagged("post_install", "-at_install")
class TestAppraisalReport(OfficePaperCase):
    def test_campaign_and_unit(self):
        appraisal = self.deputy.opinion_ids.filtered(lambda o: o.stage == "appraisal")
        appraisal.sudo().write(
            {"conclusion": "Hồ sơ đầy đủ", "level_reason": "Chỉ tiêu còn chậm"}
        )
        for report, record, of in (
            ("campaign", self.campaign, "các cơ quan, đơn vị"),
            ("dossier", self.dossier, "Thường trực HĐND phường A"),
        ):
            with self.subTest(report):
                pdf = self._print(f"cadre_review.report_{report}_appraisal", record)
                self._check_sheets(pdf)
                self._check_words(
                    pdf,
                    "VĂN PHÒNG THỊ XÃ",
                    "/BC-VP",
                    f"xếp loại chất lượng năm 2022 của {of}",
                    "Công văn số 27/HĐND ngày 08/11/2022",
                    "Thành phần hồ sơ đạt yêu cầu",
                    "1. Tập thể: 1" if report == "dossier" else "1. Tập thể: 2",
                    "Mức thẩm định khác mức đơn vị đề xuất",
                    "Chỉ tiêu còn chậm",
                    "Phụ lục I",
                    "2/6/0/0 (9)",
                    "Phụ lục II",
                    "Kết luận: Hồ sơ đầy đủ",
                )

    def test_nobody_else_prints(self):
        for report, record in (
            ("campaign", self.campaign),
            ("dossier", self.dossier),
        ):
            name = f"cadre_review.report_{report}_appraisal"
            for user in (self.user_head_a, self.user_party_a, self.user_person_a):
                with self.assertRaises(AccessError):
                    self._print(name, record, user)
            self._print(name, record, self.user_standing)


@tagged("post_install", "-at_install")
class TestDecisionPaper(OfficePaperCase):
    def test_conclusion_with_comments(self):
        draft = self._drafts(self.deputy)
        draft.line_ids.comment = "Ưu điểm: tận tụy\nHạn chế: còn chậm"
        self._issue(draft, "05-KL/TT")
        pdf = self._print("cadre_review.report_decision", draft)
        self._check_layout(pdf)
        self._check_words(
            pdf,
            "05-KL/TT",
            "KẾT LUẬN",
            "Trần Thị Bình",
            "Hoàn thành tốt nhiệm vụ",
            "Nhận xét, đánh giá đối với Trần Thị Bình",
            "Hạn chế: còn chậm",
            "./.",
            "Nguyễn Thị Ký",
        )

    def test_rated_again_with_reason_and_what_it_supersedes(self):
        first = self._issue(self._drafts(self.deputy), "05-KL/TT")
        action = first.action_correct()
        draft = first.search(action["domain"])
        draft.kind = "decision"
        draft.line_ids.write({"level": "completed", "reason": "Số liệu không đúng"})
        pdf = self._print("cadre_review.report_decision", draft)
        self._check_layout(pdf)
        self._check_words(
            pdf,
            "QUYẾT ĐỊNH",
            "xếp loại lại chất lượng",
            "Điều 1.",
            "Thay thế kết quả đã xếp loại",
            "Hoàn thành nhiệm vụ",
            "05-KL/TT",
            "Số liệu không đúng",
            "Điều 2.",
            "không còn hiệu lực",
            "Điều 3.",
        )

    def test_publication_prints_what_is_current(self):
        self._notified(self.deputy)
        with self.assertRaisesRegex(UserError, "no result is published"):
            self._print("cadre_review.report_publication", self.dossier)
        self.deputy.action_publish()
        pdf = self._print(
            "cadre_review.report_publication", self.dossier, self.user_officer_a
        )
        self._check_layout(pdf)
        self._check_words(pdf, "Công khai kết quả", "Trần Thị Bình", "-KL/TT")
        self.assertNotIn(squeeze("Lê Văn Ánh"), self._text(pdf))
        with self.assertRaises(AccessError):
            self._print(
                "cadre_review.report_publication", self.dossier, self.user_head_b
            )


@tagged("post_install", "-at_install")
class TestNumbers(OfficePaperCase):
    """Suggested, never given: the clerk enters what was given after signing."""

    def _request(self):
        action = self._dossier(self.campaign, self.unit_b).sudo()
        return (
            self.env["cadre.review.request"]
            .sudo()
            .create({"dossier_id": action.id})
            .with_user(self.user_office)
        )

    def test_next_of_the_series(self):
        """One series for all official letters of the organ, as it writes them."""
        request = self._request()
        self.assertEqual(request.number_next, "28/HĐND")
        self.assertFalse(request.number)
        self.campaign.letter_number = "105-CV/HĐND"
        request.invalidate_recordset()
        self.assertEqual(request.number_next, "106-CV/HĐND")

    def test_series_begins_again_with_the_year(self):
        request = self._request()
        request.date = date(2023, 1, 5)
        self.assertEqual(request.number_next, "01/HĐND")

    def test_kinds_have_series_of_their_own(self):
        draft = self._drafts(self.deputy)
        self.assertEqual(draft.number_next, "01/KL-HĐND")
        self._issue(draft, "05-KL/TT")
        order = self.env["cadre.review.order"].browse(
            self.dossier.action_report_again()["res_id"]
        )
        order = order.with_user(self.user_office)
        self.assertEqual(order.report_number_next, "01/BC-HĐND")
        self.assertEqual(order.number_next, "28/HĐND")
        again = draft.search(draft.action_correct()["domain"])
        self.assertEqual(again.number_next, "06-KL/TT")

    def test_every_form_shows_the_next_one(self):
        """Wherever a number of a series stands in a form, a window included."""
        numbers = {
            model._name: {series.number for series in model._number_series}
            for model in self.campaign._numbered_models()
        }
        numbers["cadre.review.notifying"] = {"number"}
        shown = []
        for view in self.env["ir.ui.view"].search(
            [("model", "in", list(numbers)), ("type", "=", "form")]
        ):
            arch, _view = self.env[view.model]._get_view(view.id, "form")
            for node in arch.xpath("//field[not(ancestor::field)]"):
                if node.get("name") in numbers[view.model]:
                    self.assertEqual(
                        node.get("widget"), "cadre_review_number", view.name
                    )
                    shown.append((view.model, node.get("name")))
        self.assertGreaterEqual(len(set(shown)), 13)

    def test_one_more_of_a_number_is_told_not_refused(self):
        request = self._request()
        request.number = " 027 / hđnd"
        self.assertIn(self.campaign.name, request.number_note)
        request.number = "27a/HĐND"
        self.assertFalse(request.number_note)

    def test_units_and_party_bodies_have_their_own(self):
        """05-NX/ĐU: by the Party's own way of writing, per term; one paper may serve
        several people."""
        dossier = self._dossier(self.campaign, self.unit_b)
        self._self_assessed(dossier)
        chair, collective = self._subjects(dossier).sorted("cadre_id")
        if not chair.cadre_id:
            chair, collective = collective, chair
        action = chair.with_user(self.user_party_b)._open_opinion("party")
        opinion = self.env["cadre.review.opinion"].browse(action["res_id"])
        opinion = opinion.with_user(self.user_party_b)
        self.assertEqual(opinion.number_next, "01-NX/ĐU")
        opinion.write({"number": "05-NX/ĐU", "date": date(2022, 11, 20)})
        self.assertFalse(opinion.number_note)
        other = self._rating(self.campaign, self.chair_a).sudo()
        theirs = other.opinion_ids.filtered(lambda o: o.stage == "party")
        self.assertEqual(theirs.number_next, "01-NX/ĐU")
        self.body_b.term_start = date(2020, 6, 1)
        opinion.write({"number": False, "date": date(2022, 11, 21)})
        self.assertEqual(opinion.number_next, "01-NX/ĐU")

    def test_numbers_of_others_are_told_to_nobody_else(self):
        self.assertFalse(
            self.campaign.with_user(self.user_officer_a).letter_number_next
        )
        request = self._request()
        request.number = "27/HĐND"
        request.invalidate_recordset()
        self.assertFalse(request.with_user(self.user_standing).number_note)

    def test_notice_in_the_window(self):
        self._issue(self._drafts(self.deputy | self.collective), "05-KL/TT")
        window = (
            self.env["cadre.review.notifying"]
            .with_user(self.user_office)
            .create({"rating_ids": [Command.set(self.deputy.ids)]})
        )
        self.assertEqual(window.number_next, "01/TB-HĐND")
        window.number = "09/TB-HĐND"
        window.action_confirm()
        other = window.copy({"rating_ids": [Command.set(self.collective.ids)]})
        self.assertFalse(other.number_note)  # one notice of both, on one day
        other.date = date(2022, 11, 22)
        self.assertTrue(other.number_note)
        other.number = False
        self.assertEqual(other.number_next, "10/TB-HĐND")

    def test_queries_do_not_grow_with_the_records(self):
        one = self._request()
        many = one | one.sudo().create(
            [{"dossier_id": self.dossier.id, "state": "issued"} for _n in range(10)]
        ).with_user(self.user_office)
        counts = []
        for requests in (one, one, many):  # once to fill what the server keeps
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(set(requests.mapped("number_next")), {"28/HĐND"})
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
