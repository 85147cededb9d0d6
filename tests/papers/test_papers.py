"""Every statutory paper is laid out as Nghị định 30/2020/NĐ-CP wants it: with one line
of text, with thirty pages, and with the longest names.

Papers are found by themselves; what to print of each stands in ``paper_samples``, what
is measured in ``paper_checks``.
"""

import os
from collections import Counter
from io import BytesIO
from unittest.mock import patch

import docx
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...reports import docx_engine, pdf_engine
from ..common import ReviewCase
from ..paper_checks import Checker, pages_of
from ..paper_samples import SAMPLES
from ..word_file import heads_of, squeeze, words_of

LINE = "Đã hoàn thành tốt nhiệm vụ được giao."
PARAGRAPH = (
    "Lãnh đạo, chỉ đạo thực hiện nhiệm vụ chính trị của địa phương được giao; phát huy "
    "quyền làm chủ của Nhân dân; nâng cao chất lượng giám sát, chất vấn, giải trình và "
    "tiếp xúc cử tri; giữ vững kỷ luật, kỷ cương trong hoạt động của cơ quan, đơn vị."
)
# what fills a bit more than thirty pages of 14-point text
MANY = 290
LONGEST = 200


def long_name(beginning):
    """The beginning and more Vietnamese words, 200 characters in all."""
    words = beginning + " Nguyễn Phước Hoàng Khương Trường Nghiệp Thượng Ưởng" * 5
    return words[: LONGEST - 1] + "ữ"


class PaperCase(ReviewCase):
    """A dossier that went all the way, another that did not begin.

    ``text`` and ``paragraphs`` are what people wrote; ``person`` a name.
    """

    text = LINE
    person = "Lê Văn Ánh"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paragraphs = cls.text.splitlines()
        cls._name_them()
        cls.campaign = cls._opened_campaign(**cls._letter_values())
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)
        cls.dossier_b = cls._dossier(cls.campaign, cls.unit_b)
        cls.rating = cls._rating(cls.campaign, cls.deputy_a)
        officer = cls.dossier.with_user(cls.user_officer_a)
        cls.report = cls._opened(officer, officer.action_open_report())
        decisions = cls._decided(cls.dossier)
        decisions.action_notify()
        cls.decision = decisions.filtered("is_own")
        cls.decision.line_ids.invalidate_recordset()
        cls.conference = cls.dossier.conference_ids
        cls.self_opinion = cls.rating.sudo().opinion_ids.filtered(
            lambda opinion: opinion.stage == "self"
        )
        cls.request = cls._request()
        cls.delivery = cls._delivery()

    @classmethod
    def _name_them(cls):
        """Called before the campaign is opened: names are pictured then."""
        cls.unit_a.parent_body = "HỘI ĐỒNG NHÂN DÂN THỊ XÃ THỬ"

    @classmethod
    def _letter_values(cls):
        return {
            "letter_issuer": "HỘI ĐỒNG NHÂN DÂN\nTHỊ XÃ THỬ",
            "letter_place": "Thử",
            "letter_subject": "kiểm điểm, đánh giá, xếp loại\nchất lượng năm 2022",
            "letter_addressees": "Phó Trưởng các Ban HĐND\nThường trực HĐND các xã",
            "letter_recipients": "Như trên\nVăn phòng thị xã\nLưu: VT",
            "letter_capacity": "TM. THƯỜNG TRỰC HĐND\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
            "letter_signer": cls.person,
            "basis_ids": [
                Command.create({"text": f"Căn cứ {number}"})
                for number in (
                    "Hướng dẫn số 21-HD/BTCTW ngày 18/10/2019 của Ban Tổ chức Trung "
                    "ương về kiểm điểm, đánh giá, xếp loại chất lượng",
                    "Nghị định số 90/2020/NĐ-CP ngày 13/8/2020 của Chính phủ",
                )
            ],
        }

    @classmethod
    def _opened(cls, record, action):
        return record.env[action["res_model"]].browse(action["res_id"])

    @classmethod
    def _request(cls):
        """A request for completion that names papers."""
        papers = cls.dossier_b.paper_ids[:2]
        return cls.env["cadre.review.request"].create(
            {
                "dossier_id": cls.dossier_b.id,
                "signer": cls.person,
                "line_ids": [
                    Command.create(
                        {
                            "paper_id": paper.id,
                            "fault_id": cls.env.ref("cadre_review.fault_signature").id,
                            "remark": cls.paragraphs[0],
                        }
                    )
                    for paper in papers
                ],
            }
        )

    @classmethod
    def _delivery(cls):
        return cls.env["cadre.review.delivery"].create(
            {
                "dossier_id": cls.dossier.id,
                "delivered_by": cls.person,
                "delivered_title": "Văn thư",
                "received_by_id": cls.user_office.id,
                "paper_ids": [Command.set(cls.dossier.paper_ids.ids)],
            }
        )

    # ------------------------------------------------------------------

    def _reports(self):
        """``{xml id: report}`` of the statutory papers."""
        reports = self.env["ir.actions.report"].search([("is_statutory", "=", True)])
        names = reports.get_external_id()
        return {names[report.id].split(".")[-1]: report for report in reports}

    def _printed(self, report, record):
        """The PDF of a sample, printed now by its user or else by the office."""
        if record.env.su:
            record = record.with_user(self.user_office)
        pdfs = report.with_env(record.env)._record_pdfs(record)
        self.assertEqual(list(pdfs), record.ids)
        return PdfReader(BytesIO(pdfs[record.id]))

    def _written(self, report, record):
        """The Word file of a sample, made by its user or else by the office."""
        self.env.flush_all()
        if record.env.su:
            record = record.with_user(self.user_office)
        [(file, content)] = report.with_env(record.env)._record_words(record)
        self.assertTrue(file.endswith(".docx"), file)
        return docx.Document(BytesIO(content))

    def _check_papers(self, names, pages=1):
        """Print the samples of these names and hold them to their checks.

        :param int pages: least number of pages
        """
        for name in names:
            with self.subTest(name):
                self._check_paper(name, pages)

    def _check_paper(self, name, pages=1):
        """The record of the sample, its report, and its pages held to their checks."""
        sample, report = SAMPLES[name], self._reports()[name.partition(":")[0]]
        record = sample.make(self)
        self.env.flush_all()
        self.env.invalidate_all()
        pdf = self._printed(report, record)
        self.assertGreaterEqual(len(pdf.pages), pages)
        checker = Checker(pdf, sample)
        if sample.body:
            checker.body(PARAGRAPH)
        faults = "\n".join(checker.check())
        self.assertFalse(faults, f"\n{faults}")
        return record, report, checker.pages


@tagged("post_install", "-at_install")
class TestPapers(PaperCase):
    def test_every_paper_has_a_sample(self):
        sampled = {name.partition(":")[0] for name in SAMPLES}
        self.assertEqual(set(self._reports()), sampled)

    def test_one_line(self):
        """Printed, and as Word: there nothing is lost and nothing else is said, in the
        same order but for cells."""
        as_word = set()
        for name in SAMPLES:
            with self.subTest(name):
                record, report, pages = self._check_paper(name)
                if report.has_word:
                    as_word.add(name)
                    self._check_words(self._written(report, record), pages)
        self.assertGreater(len(as_word), 5)

    def _check_words(self, document, pages):
        printed = Counter(
            squeeze("".join(line.text for page in pages for line in page.lines))
        )
        there = Counter(words_of(document))
        self.assertFalse(there - printed)
        again = Counter(heads_of(document) * (len(pages) - 1))
        self.assertFalse(printed - there - again)

    def test_head_of_a_committee_has_two_lines(self):
        """A Ban stands under its council, in bold under plain capitals."""
        self.unit_a.write(
            {"parent_body": "HĐND thị xã Thử", "issuing_body": "Ban Pháp chế"}
        )
        sample = SAMPLES["action_report_rating_form"]
        report = self._reports()["action_report_rating_form"]
        checker = Checker(self._printed(report, sample.make(self)), sample)
        self.assertEqual(
            [(line.text, line.style) for line in checker.head_of_issuer()],
            [("HĐND THỊ XÃ THỬ", ""), ("BAN PHÁP CHẾ", "Bold")],
        )

    def test_the_administrator_sees_what_the_server_lacks(self):
        campaign = self.campaign.with_user(self.user_admin)
        self.assertFalse(campaign.printing_problems)
        for broken, told in (
            (patch.object(pdf_engine, "AVAILABLE", False), "WeasyPrint"),
            (patch.object(pdf_engine, "font", lambda: "DejaVu-Serif"), "DejaVu-Serif"),
            (patch.object(docx_engine, "AVAILABLE", False), "python-docx"),
        ):
            with self.subTest(told), broken:
                campaign.invalidate_recordset()
                self.assertIn(told, campaign.printing_problems)
                form = campaign.get_view(view_type="form")["arch"]
                self.assertIn("printing_problems", form)
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.user_office).read(["printing_problems"])

    def test_nothing_is_fetched_while_printing(self):
        """Neither over the network nor from the disk, whatever people wrote."""
        record = SAMPLES["action_report_campaign_letter"].make(self)
        record.letter_body = (
            '<p>Một<img src="http://127.0.0.1:1/x.png"/></p>'
            '<p style="background: url(file:///etc/passwd)">Hai</p><p>Hết</p>'
        )
        report = self._reports()["action_report_campaign_letter"]
        with (
            patch("socket.socket.connect", side_effect=AssertionError("network")),
            mute_logger("weasyprint"),
        ):
            pdf = self._printed(report, record)
        text = "".join(line.text for page in pages_of(pdf) for line in page.lines)
        for word in ("Một", "Hai", "Hết./."):
            self.assertIn(word, text)
        self.assertFalse(any(page.images for page in pdf.pages))

    def test_bad_letters_in_every_paper(self):
        """Markup, control characters, marks that turn text, a missing signer and
        20,000 characters in a cell: it prints, and shows what was written."""
        word = "<b>Trần</b>\x0b\x07\u202e & Thị\u200f"
        self.campaign.sudo().write({"letter_signer": False, "letter_capacity": False})
        self.request.sudo().signer = False
        self.decision.sudo().signer = False
        self.request.sudo().line_ids.remark = word + "Chữ " * 5000
        self.decision.sudo().line_ids.reason = word + "Chữ " * 5000
        self.rating.sudo().name = word
        for name in (
            "action_report_request",
            "action_report_decision",
            "action_report_result_notice",
            "action_report_rating_form",
        ):
            with self.subTest(name):
                record = {
                    "action_report_request": self.request,
                    "action_report_decision": self.decision,
                }.get(name, self.rating.with_user(self.user_office))
                self.env.flush_all()
                pdf = self._printed(self._reports()[name], record)
                pages = pages_of(pdf)
                text = "".join(line.text for page in pages for line in page.lines)
                self.assertIn("<b>Trần</b>&Thị", "".join(text.split()))
                for mark in ("\u202e", "\u200f", "\x07"):
                    self.assertNotIn(mark, text)
                checker = Checker(pdf, SAMPLES[name])
                checker.margins()
                checker.overlaps()
                self.assertFalse(checker.faults, "\n".join(checker.faults))

    def test_a_fault_is_found(self):
        """The checks see what is wrong, or they would show nothing."""
        sample = SAMPLES["action_report_urging_letter"]
        report = self._reports()["action_report_urging_letter"]
        record = sample.make(self)
        render = pdf_engine.render
        for found, right, wrong in (
            ("stands in the margin", "20mm 30mm;", "20mm 25mm;"),
            ("is numbered", "content: none", "content: counter(page)"),
            ("no rule under the motto", "<hr>", ""),
            # stands beside Tinos in the package that brings it
            ("prints in", '"Times New Roman"', '"Arimo"'),
            ("“./.” stands 0 times", "./.", "."),
        ):
            with (
                self.subTest(found),
                patch.object(
                    pdf_engine,
                    "render",
                    lambda html, a=right, b=wrong: render(html.replace(a, b)),
                ),
            ):
                pdf = self._printed(report, record)
                self.assertIn(found, "\n".join(Checker(pdf, sample).check()))


@tagged("post_install", "-at_install")
class TestThirtyPages(PaperCase):
    text = "\n".join([PARAGRAPH] * MANY)

    def test_thirty_pages(self):
        """One of each skeleton, or every paper that can be long."""
        long = {
            (sample.head, sample.wide, sample.body, sample.recipients): name
            for name, sample in reversed(SAMPLES.items())
            if sample.long
        }.values()
        if os.environ.get("CADRE_REVIEW_HEAVY"):
            long = [name for name, sample in SAMPLES.items() if sample.long]
        self.assertGreater(len(long), 5)
        self._check_papers(long, pages=30)


@tagged("post_install", "-at_install")
class TestLongestNames(PaperCase):
    person = long_name("Công Tằng Tôn Nữ")

    @classmethod
    def _name_them(cls):
        cls.unit_a.write(
            {
                "name": long_name("Thường trực HĐND phường A"),
                "parent_body": long_name("Hội đồng nhân dân").upper(),
                "issuing_body": long_name("Ban Kinh tế").upper(),
                "place": long_name("Phường A"),
            }
        )
        cls.unit_b.write(
            {
                "name": long_name("Thường trực HĐND xã B"),
                "place": long_name("Xã B"),
            }
        )
        cls.own.name = long_name("Thường trực HĐND thị xã Thử")
        for body in (cls.body_a, cls.body_b):
            body.name = long_name("Đảng ủy")
        for cadre in (cls.chair_a, cls.deputy_a, cls.chair_b, cls.deputy_b):
            cadre.name = long_name(cadre.name)
            cadre.post_ids.title = long_name("Phó Chủ tịch HĐND")
        cls.user_office.name = long_name("Văn thư")

    @classmethod
    def _letter_values(cls):
        return {
            **super()._letter_values(),
            "name": long_name("Đánh giá năm 2022"),
            "letter_issuer": long_name("HỘI ĐỒNG NHÂN DÂN").upper(),
            "letter_place": long_name("Thử"),
            "letter_subject": long_name("kiểm điểm, đánh giá"),
            "letter_addressees": long_name("Thường trực HĐND"),
            "office_name": long_name("Văn phòng"),
            "superior_name": long_name("Ban Thường vụ"),
        }

    def test_longest_names(self):
        self._check_papers(SAMPLES)
