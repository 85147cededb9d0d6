"""The letter and a person's form as PDF: layout, text, and who may print them."""

import json
import re
import unicodedata
from base64 import b64encode
from datetime import date
from io import BytesIO
from unittest.mock import patch

from markupsafe import Markup
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import file_open, file_path, mute_logger

from ...reports import nd30, pdf_engine
from .. import pdf_page
from ..browser import BrowserCase
from ..common import ReviewCase
from ..pdf_page import MM

LETTER = "cadre_review.report_campaign_letter"
FORM = "cadre_review.report_rating_form"
RESULT = "2. Kết quả đánh giá, xếp loại chất lượng:"
# prints as the Print menu does, and looks at what would be downloaded
PRINT_IN_BROWSER = """
const { download } = odoo.loader.modules.get("@web/core/network/download");
download._download = async ({ url, data }) => {
    const body = new FormData();
    Object.entries(data).forEach(([key, value]) => body.append(key, value));
    body.append("token", "t");
    body.append("csrf_token", odoo.csrf_token);
    const answer = await fetch(url, { method: "POST", body });
    const type = answer.headers.get("Content-Type");
    if (answer.status === 200 && type === "application/pdf") {
        console.log("test successful");
    } else {
        console.error("no PDF: " + answer.status + " " + type);
    }
};
odoo.__WOWL_DEBUG__.root.env.services.action.doAction(ACTION, {
    additionalContext: CONTEXT,
});
"""


def squeeze(text):
    """Text without blanks: line ends and gaps do not matter."""
    return re.sub(r"\s+", "", text)


class ReportCase(ReviewCase):
    def _print(self, report, records, user=None):
        """The PDF of the records, printed by the user or the office."""
        reports = self.env["ir.actions.report"].with_user(user or self.user_office)
        reports = reports.with_context(force_report_rendering=True)
        pdf, kind = reports._render_qweb_pdf(report, records.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(BytesIO(pdf))

    def _pages(self, pdf):
        """``[(runs, rules)]`` of the pages."""
        return [pdf_page.read(page) for page in pdf.pages]

    def _text(self, pdf):
        """All words in printed order, without page numbers and blanks."""
        return pdf_page.words(pdf)

    def _run(self, pages, text):
        """The one run that begins with the text."""
        found = [
            run for runs, _rules in pages for run in runs if run.text.startswith(text)
        ]
        self.assertEqual(len(found), 1, text)
        return found[0]

    def _check_layout(self, pdf):
        """Sheet, margins, fonts and page numbers of every statutory paper."""
        for index, (page, (runs, _rules)) in enumerate(
            zip(pdf.pages, self._pages(pdf), strict=True)
        ):
            self.assertAlmostEqual(float(page.mediabox.width), 595.28, delta=1)
            self.assertAlmostEqual(float(page.mediabox.height), 841.89, delta=1)
            numbers = [run for run in runs if pdf_page.is_number(run)]
            self.assertEqual(
                [run.text for run in numbers], [str(index + 1)] if index else []
            )
            for run in numbers:
                self.assertAlmostEqual(run.left + run.right, 595.28, delta=6)
                self.assertEqual((run.font.rsplit("-")[-1], run.size), ("Tinos", 14))
            for run in runs:
                self.assertRegex(run.font, r"^(Tinos|Times|LiberationSerif)")
                self.assertGreaterEqual(run.size, 11)
                self.assertLessEqual(run.size, 14)
                self.assertGreaterEqual(run.left, 30 * MM - 0.1)
                # widths are whole thousandths in the file
                self.assertLessEqual(run.right, (210 - 15) * MM + 1.5)
                self.assertGreaterEqual(run.y, 20 * MM)
                self.assertEqual(run.text, unicodedata.normalize("NFC", run.text))


@tagged("post_install", "-at_install")
class TestLetter(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("cadre_review/tests/letter_2022.txt") as letter:
            cls.lines = letter.read().splitlines()
        bases = [line for line in cls.lines if line.startswith("Căn cứ")]
        first = cls.lines.index(bases[-1]) + 1
        last = cls.lines.index("Nơi nhận:")
        signer = cls.lines.index("TM. THƯỜNG TRỰC HĐND")
        cls.letter = cls._campaign(
            letter_issuer="HỘI ĐỒNG NHÂN DÂN\nTHỊ XÃ ĐỨC PHỔ",
            letter_number="27/HĐND",
            letter_date=date(2022, 11, 8),
            letter_place="Đức Phổ",
            letter_subject="kiểm điểm, đánh giá, xếp loại\nchất lượng đối với tập "
            "thể, cá nhân\ncán bộ HĐND năm 2022",
            letter_addressees="Phó Trưởng các Ban HĐND thị xã\n"
            "Thường trực HĐND các xã, phường",
            basis_ids=[
                Command.create({"text": text, "sequence": index})
                for index, text in enumerate(bases)
            ],
            letter_body=Markup().join(
                Markup("<p>%s</p>") % line for line in cls.lines[first:last]
            ),
            letter_recipients="\n".join(cls.lines[last + 1 : signer]),
            letter_capacity="\n".join(cls.lines[signer:-1]),
            letter_signer=cls.lines[-1],
        )

    def test_text_is_that_of_the_letter(self):
        self.assertEqual(
            self._text(self._print(LETTER, self.letter)), squeeze("".join(self.lines))
        )

    def test_layout(self):
        pdf = self._print(LETTER, self.letter)
        self._check_layout(pdf)
        pages = self._pages(pdf)
        self.assertGreater(len(pages), 1)
        for text, font, sizes in (
            ("CỘNG HÒA XÃ HỘI", "Bold", (12, 13)),
            ("Độc lập - Tự do", "Bold", (13, 14)),
            ("THỊ XÃ ĐỨC PHỔ", "Bold", (12, 13)),
            ("Số: ", "", (13, 13)),
            ("Đức Phổ, ngày 08", "Italic", (13, 14)),
            ("V/v kiểm điểm", "", (12, 13)),
            ("Căn cứ Nghị định", "Italic", (13, 14)),
            ("3. Người đứng đầu", "", (13, 14)),
            ("Kính gửi:", "", (13, 14)),
            ("Nơi nhận:", "Bold-Italic", (12, 12)),
            ("- Lưu VT.", "", (11, 11)),
            ("KT. CHỦ TỊCH", "Bold", (13, 14)),
            ("Nguyễn Thị Kiều", "Bold", (13, 14)),
        ):
            with self.subTest(text):
                run = self._run(pages, text)
                self.assertEqual("-".join(run.font.split("-")[1:]), font)
                self.assertTrue(sizes[0] <= run.size <= sizes[1], run.size)
        number, place = self._run(pages, "Số:"), self._run(pages, "Đức Phổ, ngày")
        self.assertAlmostEqual(number.y, place.y, delta=2)
        self.assertAlmostEqual(
            self._run(pages, "Nơi nhận:").y, self._run(pages, "TM.").y, delta=4
        )
        self.assertAlmostEqual(
            self._run(pages, "3. Người").left, 30 * MM + 36, delta=0.1
        )
        self.assertGreater(
            self._run(pages, "thị xã để được hướng dẫn./.").y,
            self._run(pages, "TM. THƯỜNG TRỰC").y,
        )

    def test_rules_of_the_letterhead(self):
        pages = self._pages(self._print(LETTER, self.letter))
        [issuer_rule, motto_rule] = pages[0][1]
        issuer = self._run(pages, "HỘI ĐỒNG NHÂN DÂN")
        share = (issuer_rule[1] - issuer_rule[0]) / (issuer.right - issuer.left)
        self.assertTrue(1 / 3 <= share <= 1 / 2, share)
        motto = self._run(pages, "Độc lập")
        self.assertAlmostEqual(motto_rule[0], motto.left, delta=2)
        self.assertAlmostEqual(motto_rule[1], motto.right, delta=2)

    def test_open_number_and_date(self):
        self.letter.write({"letter_number": False, "letter_date": False})
        pages = self._pages(self._print(LETTER, self.letter))
        words = "".join(run.text for run in pages[0][0])
        self.assertRegex(words, r"Số:\s{4,}/HĐND")
        self.assertRegex(words, r"Đức Phổ, ngày\s{4,}tháng\s{4,}năm 2022")

    def test_end_mark_is_added(self):
        self.letter.letter_body = "<p>Một.</p><p>Hai <b>ba</b>.</p><p><br/></p>"
        self.assertIn("Haiba./.", self._text(self._print(LETTER, self.letter)))

    def test_foreign_content_does_no_harm(self):
        """Pasted styles lose against the paper's; nothing is fetched."""
        self.letter.letter_body = (
            '<div class="header">Một</div>'
            '<div class="article" data-oe-model="cadre.review.campaign">Hai</div>'
            '<p style="font-family: Courier; font-size: 40pt">Ba <a href="/x">bốn</a>'
            '<img src="/web/image/1"/><img src="file:///etc/hostname"/></p><p>Hết</p>'
        )
        with (
            patch("socket.socket.connect", side_effect=AssertionError("network")),
            mute_logger("weasyprint"),
        ):
            pdf = self._print(LETTER, self.letter)
        self._check_layout(pdf)
        text = self._text(pdf)
        for word in ("Một", "Hai", "Babốn", "Hết./."):
            self.assertEqual(text.count(word), 1, word)

    def test_several_letters(self):
        """Each letter's pages are numbered by themselves."""
        copy = self.letter.copy({"year": 2023})
        one = len(self._print(LETTER, self.letter).pages)
        both = self._print(LETTER, self.letter | copy | self.letter)
        self.assertEqual(len(both.pages), 2 * one)
        numbers = [
            [run.text for run in runs if pdf_page.is_number(run)]
            for runs, _rules in self._pages(both)
        ]
        self.assertEqual(numbers[:one], numbers[one:])
        self.assertEqual(numbers[0], [])

    def test_kept_letter_is_served_again(self):
        """A report set to keep its PDFs does so, as any report of core."""
        action = self.env.ref("cadre_review.action_report_campaign_letter")
        action.write({"attachment": "'letter.pdf'", "attachment_use": True})
        letter, clerk = self.letter.sudo(), self.env.user
        first = self._text(self._print(LETTER, letter, clerk))
        letter.letter_signer = "Someone Else"
        self.assertEqual(self._text(self._print(LETTER, letter, clerk)), first)

    def test_empty_letter(self):
        bare = self._campaign(purpose="bare")
        self.assertIn("CỘNGHÒA", self._text(self._print(LETTER, bare)))


@tagged("post_install", "-at_install")
class TestForm(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.rating = cls._rating(cls.campaign, cls.deputy_a)
        cls.dossier_a = cls._dossier(cls.campaign, cls.unit_a)

    def _result(self, rating, user):
        """What part III says, as printed by the user."""
        text = self._text(self._print(FORM, rating, user))
        return text.split(squeeze(RESULT))[1].split("NGƯỜI")[0]

    def test_empty_form(self):
        pdf = self._print(FORM, self.rating)
        self._check_layout(pdf)
        pages = self._pages(pdf)
        text = self._text(pdf)
        position = 0
        for words in (
            "Mẫu số 01",
            "HỘI ĐỒNG NHÂN DÂN PHƯỜNG A",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÁN BỘ",
            "Năm 2022",
            "Họ và tên: Trần Thị Bình",
            "Chức vụ, chức danh: Phó Chủ tịch HĐND",
            "Cơ quan, tổ chức, đơn vị công tác: Thường trực HĐND phường A",
            "I. KẾT QUẢ TỰ ĐÁNH GIÁ",
            "1. Chính trị tư tưởng:",
            "2. Đạo đức, lối sống:",
            "3. Tác phong, lề lối làm việc:",
            "4. Ý thức tổ chức kỷ luật:",
            "5. Kết quả thực hiện chức trách, nhiệm vụ được giao",
            "6. Kết quả hoạt động của cơ quan, tổ chức, đơn vị",
            "7. Năng lực lãnh đạo, quản lý:",
            "8. Năng lực tập hợp, đoàn kết:",
            "II. TỰ NHẬN XÉT, XẾP LOẠI CHẤT LƯỢNG",
            "1. Tự nhận xét ưu, khuyết điểm:",
            "2. Tự xếp loại chất lượng: (Hoàn thành xuất sắc nhiệm vụ; Hoàn thành "
            "tốt nhiệm vụ; Hoàn thành nhiệm vụ; Không hoàn thành nhiệm vụ)",
            "NGƯỜI TỰ NHẬN XÉT (Ký, ghi rõ họ tên)",
            "III. KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÁN BỘ",
            "(Phần dành cho cấp có thẩm quyền đánh giá)",
            "1. Nhận xét ưu, khuyết điểm:",
            RESULT,
            "NGƯỜI CÓ THẨM QUYỀN ĐÁNH GIÁ (Ký tên, đóng dấu)",
        ):
            found = text.find(squeeze(words), position)
            self.assertGreaterEqual(found, 0, words)
            position = found
        self.assertNotIn("Số:", text)
        code = self._run(pages, "Mẫu số 01")
        self.assertAlmostEqual(code.right, (210 - 15) * MM, delta=1)
        self.assertGreater(code.y, self._run(pages, "CỘNG HÒA").y)

    def test_self_assessment(self):
        self._opinion(
            self.rating,
            "self",
            self.user_person_a,
            level="excellent",
            strengths="Làm việc tốt\nCó sáng kiến",
            shortcomings="Còn nóng tính",
            date=date(2022, 11, 5),
        )
        text = self._text(self._print(FORM, self.rating, self.user_person_a))
        for words in (
            "1. Chính trị tư tưởng: Tốt Hạn chế: Không có",
            "Ưu điểm: Làm việc tốt Có sáng kiến Khuyết điểm: Còn nóng tính",
            "2. Tự xếp loại chất lượng: Hoàn thành xuất sắc nhiệm vụ",
            "Phường A, ngày 05 tháng 11 năm 2022",
        ):
            self.assertIn(squeeze(words), text)

    def test_result_shows_to_those_who_may_know_it(self):
        """Proposals never print; the decision does for those who read it, and for
        everybody once it is notified."""
        decisions = self._decided(self.dossier_a, "good")
        self.rating.sudo().level = "completed"
        everybody = (
            self.user_person_a,
            self.user_officer_a,
            self.user_head_a,
            self.user_party_a,
        )
        for user in everybody:
            with self.subTest(user.name):
                self.assertNotIn("Hoànthành", self._result(self.rating, user))
        for user in (self.user_office, self.user_standing):
            with self.subTest(user.name):
                result = self._result(self.rating, user)
                self.assertTrue(result.startswith("Hoànthànhnhiệmvụ("), result)
        decisions.action_notify()
        for user in everybody:
            with self.subTest(user.name):
                result = self._result(self.rating, user)
                self.assertTrue(result.startswith("Hoànthànhnhiệmvụ("), result)
                self.assertIn("-QĐ/TT", result)

    def test_others_cannot_print_it(self):
        other = self._rating(self.campaign, self.chair_a)
        for rating, user in (
            (other, self.user_person_a),
            (self.rating, self.user_officer_b),
            (self.rating | other, self.user_person_a),
            (self.rating, self.user_none),
        ):
            with (
                self.subTest(user.name),
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule"),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                self._print(FORM, rating, user)
        self.assertTrue(self._print(FORM, self.rating, self.user_person_a).pages)

    def test_several_forms(self):
        """All people of a selection print, one form each; collectives have none."""
        ratings = self.campaign.rating_ids
        people = ratings.filtered("cadre_id")
        pdf = self._print(FORM, ratings)
        text = self._text(pdf)
        self.assertEqual(text.count("Mẫusố01"), len(people))
        for name in people.mapped("name"):
            self.assertIn(squeeze(f"Họ và tên: {name}"), text)
        with self.assertRaises(UserError):
            self._print(FORM, ratings - people)

    def test_queries_do_not_grow_with_forms(self):
        self._units(4)
        units = self.env["cadre.review.unit"].search([("code", "like", "TEST-X")])
        campaign = self._opened_campaign(
            purpose="many", unit_ids=[Command.set(units.ids)]
        )
        people = campaign.rating_ids.filtered("cadre_id")
        model = self.env[f"report.{FORM}"].with_user(self.user_office)

        def queries(ratings):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model._get_report_values(ratings.ids)
            return self.env.cr.sql_log_count - before

        queries(people)
        self.assertEqual(queries(people[:2]), queries(people))

    def test_strange_names(self):
        """Markup, control characters and decomposed letters do not break it."""
        self.rating.sudo().name = unicodedata.normalize(
            "NFD", "<b>Trần</b> & <script>1</script>\x0b\x07 Thị Ế"
        )
        pdf = self._print(FORM, self.rating)
        self._check_layout(pdf)
        self.assertIn("Họvàtên:<b>Trần</b>&<script>1</script>ThịẾ", self._text(pdf))

    def test_without_weasyprint(self):
        """Where WeasyPrint is missing, core prints one record a call."""
        calls = []

        def run(reports, bodies, *args, **kwargs):
            calls.append(bodies)
            return pdf_engine.render(str(bodies[0]))

        people = self.campaign.rating_ids.filtered("cadre_id")
        reports = type(self.env["ir.actions.report"])
        action = self.env.ref("cadre_review.action_report_rating_form")
        with (
            patch.object(pdf_engine, "AVAILABLE", False),
            patch.object(reports, "_run_wkhtmltopdf", run),
            patch.object(reports, "get_wkhtmltopdf_state", lambda self: "ok"),
        ):
            self.env.invalidate_all()
            self.assertFalse(action.prints_in_process)
            self._print(FORM, people)
        self.assertEqual([len(bodies) for bodies in calls], [1] * len(people))

    def test_printing_never_asks_for_a_company_layout(self):
        action = self.env.ref("cadre_review.action_report_rating_form")
        self.env.company.external_report_layout_id = False
        printed = action.with_user(self.env.ref("base.user_admin")).report_action(
            self.rating.ids
        )
        self.assertEqual(printed["type"], "ir.actions.report")
        self.assertTrue(printed["prints_in_process"])


@tagged("post_install", "-at_install")
class TestPrintButton(ReviewCase, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.ratings = cls.campaign.rating_ids.filtered("cadre_id")

    def test_browser_downloads_without_wkhtmltopdf(self):
        """The Print menu ends in a PDF of all records, not in a web page."""
        action = self.env.ref("cadre_review.action_report_rating_form").id
        context = {
            "active_ids": self.ratings.ids,
            "force_report_rendering": True,
        }
        code = PRINT_IN_BROWSER.replace("ACTION", str(action)).replace(
            "CONTEXT", json.dumps(context)
        )
        reports = type(self.env["ir.actions.report"])
        with patch.object(reports, "get_wkhtmltopdf_state", lambda self: "install"):
            self.browser_js(
                "/odoo",
                code,
                "odoo.isReady && odoo.__WOWL_DEBUG__ !== undefined",
                login=self.user_office.login,
            )

    def test_download_is_refused_to_others(self):
        self.authenticate(self.user_officer_b.login, self.user_officer_b.login)
        rating = self._rating(self.campaign, self.deputy_a)
        with mute_logger("odoo.http", "odoo.addons.web.controllers.report"):
            answer = self.url_open(f"/report/html/{FORM}/{rating.id}")
        self.assertEqual(answer.status_code, 403)


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    def test_only_data_addresses_are_read(self):
        path = file_path("base/static/img/logo_white.png")
        with file_open(path, "rb") as image:
            data = b64encode(image.read()).decode()
        for source, images in (
            (f"data:image/png;base64,{data}", 1),
            (f"file://{path}", 0),
            (path, 0),
        ):
            with self.subTest(source[:30]), mute_logger("weasyprint"):
                pdf = pdf_engine.render(f'<img src="{source}"/>')
                page = PdfReader(BytesIO(pdf)).pages[0]
                self.assertEqual(len(page.images), images)


@tagged("post_install", "-at_install")
class TestWording(BaseCase):
    def test_number(self):
        for text, printed in (
            ("27/HĐND", "27/HĐND"),
            ("5/HĐND", "05/HĐND"),
            ("27", "27/TT"),
            ("/HĐND", f"{nd30.GAP}/HĐND"),
            (False, f"{nd30.GAP}/TT"),
        ):
            self.assertEqual(nd30.number(text, "TT"), printed)

    def test_date(self):
        self.assertEqual(
            nd30.place_date("Đức Phổ", date(2022, 2, 3)),
            "Đức Phổ, ngày 03 tháng 02 năm 2022",
        )
        self.assertEqual(
            nd30.place_date("Đức Phổ", date(2022, 3, 13)),
            "Đức Phổ, ngày 13 tháng 3 năm 2022",
        )

    def test_lists(self):
        self.assertEqual(
            nd30.listed("- Như trên;\n\nLưu: VT"), ["Như trên;", "Lưu: VT."]
        )
        self.assertEqual(nd30.listed(False), [])
        self.assertEqual(nd30.clauses(["Theo A", "Theo B."]), ["Theo A;", "Theo B."])
        self.assertEqual(nd30.initials("Hội đồng nhân dân"), "HĐND")
        self.assertEqual(nd30.party_symbol("Đảng ủy phường Phổ Văn"), "ĐU")
        self.assertEqual(nd30.party_symbol("Chi bộ Văn phòng"), "CB")
