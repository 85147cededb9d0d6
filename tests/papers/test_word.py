"""Papers as Word files: what stands in them, and who may have them."""

import zipfile
from io import BytesIO
from unittest.mock import patch

import docx
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ...reports import docx_engine
from ..browser import BrowserCase
from ..paper_samples import SAMPLES
from ..word_file import words_of
from .test_papers import PaperCase


class WordCase(PaperCase):
    def _word(self, name):
        """The Word file of a sample, made by its user or else by the office."""
        report = self._reports()[name.partition(":")[0]]
        return self._written(report, SAMPLES[name].make(self))


@tagged("post_install", "-at_install")
class TestWord(WordCase):
    def test_measures(self):
        document = self._word("action_report_campaign_letter")
        [section] = document.sections
        for found, wanted in (
            (section.page_width, 210),
            (section.page_height, 297),
            (section.top_margin, 20),
            (section.bottom_margin, 20),
            (section.left_margin, 30),
            (section.right_margin, 15),
        ):
            self.assertAlmostEqual(found, Mm(wanted), delta=Mm(0.1))
        # numbered from the second page
        self.assertTrue(section.different_first_page_header_footer)
        header = etree.tostring(section.header._element, encoding="unicode")
        self.assertIn("PAGE", header)
        first = section.first_page_header._element
        self.assertNotIn("PAGE", etree.tostring(first, encoding="unicode"))
        fonts = document.styles["Normal"].element.rPr.rFonts
        self.assertEqual(fonts.get(qn("w:ascii")), "Times New Roman")

    def test_looks_of_words(self):
        document = self._word("action_report_campaign_letter")
        runs = {
            run.text: run
            for paragraph in self._paragraphs(document)
            for run in paragraph.runs
        }
        for text, size, bold, italic in (
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, None),
            ("Độc lập - Tự do - Hạnh phúc", 14, True, None),
            ("Nơi nhận:", 12, True, True),
            ("- Lưu: VT.", 11, None, None),
        ):
            with self.subTest(text):
                run = runs[text]
                self.assertEqual(
                    (run.font.size.pt, run.bold, run.italic), (size, bold, italic)
                )
        body = next(p for p in document.paragraphs if p.text.startswith("Đã hoàn"))
        self.assertEqual(str(body.alignment), "JUSTIFY (3)")
        self.assertAlmostEqual(body.paragraph_format.first_line_indent.cm, 1.27, 2)
        self.assertAlmostEqual(body.paragraph_format.space_before.pt, 6, 1)

    def _paragraphs(self, document):
        yield from document.paragraphs
        for table in document.tables:
            for row in table.rows:
                for cell in row.cells:
                    yield from cell.paragraphs

    def test_bad_letters_do_no_harm(self):
        """Markup, control characters and marks that turn the text."""
        self.rating.sudo().name = "<b>Trần</b> & \x0b\x07\u202eTh\u200fị\ufffe Ế"
        text = words_of(self._word("action_report_result_notice"))
        self.assertIn("<b>Trần</b>&ThịẾ", text)

    def test_rights_are_those_of_the_pdf(self):
        report = self._reports()["action_report_result_notice"]
        for user in (self.user_officer_b, self.user_none):
            with (
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule"),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                report.with_user(user)._record_words(self.rating.with_user(user))
        urging = self._reports()["action_report_urging_letter"]
        with self.assertRaises(UserError):
            urging.with_user(self.user_officer_b)._record_words(
                self.dossier_b.with_user(self.user_officer_b)
            )

    def test_without_the_library(self):
        report = self._reports()["action_report_decision"]
        with (
            patch.object(docx_engine, "AVAILABLE", False),
            self.assertRaisesRegex(UserError, "python-docx"),
        ):
            report._word_action(self.decision)

    def test_every_word_paper_stands_in_a_menu(self):
        """An action beside the PDF's, bound to a model, that gives a download."""
        actions = self.env["ir.actions.server"].search(
            [("code", "like", "_word_action(")]
        )
        for name, report in self._reports().items():
            mine = actions.filtered(lambda a, n=name: f'.{n}")' in a.code)
            self.assertEqual(bool(mine), report.has_word, name)
        self.assertTrue(all(actions.mapped("binding_model_id")))
        self.assertTrue(all(actions.mapped("group_ids")))
        offered = self.env.ref("cadre_review.action_word_minutes")
        self.assertEqual(offered.binding_model_id.model, "cadre.review.conference")
        self.assertEqual(
            {xml_id for xml_id in actions.get_external_id().values() if xml_id},
            {
                f"cadre_review.{name.replace('_report_', '_word_', 1)}"
                for name, report in self._reports().items()
                if report.has_word
            },
        )
        action = self.env.ref("cadre_review.action_word_decision")
        found = (
            action.with_user(self.user_office)
            .with_context(
                active_model="cadre.review.decision", active_ids=self.decision.ids
            )
            .run()
        )
        self.assertEqual(found["type"], "ir.actions.act_url")

    def test_minutes_are_those_of_the_conferences_bodies(self):
        """Offered on the conference, made for each body that votes at it."""
        body = SAMPLES["action_report_minutes"].make(self)
        conference = body.conference_id.with_user(self.user_officer_a)
        report = self._reports()["action_report_minutes"]
        found = report._word_action(conference)
        ids = ",".join(map(str, conference.body_ids.ids))
        self.assertEqual(found["url"], f"/cadre_review/word/{report.id}/{ids}")


@tagged("post_install", "-at_install")
class TestWordDownload(WordCase, BrowserCase):
    def test_download(self):
        report = self._reports()["action_report_result_notice"]
        _notice = SAMPLES["action_report_result_notice"].make(self)
        ratings = self.campaign.rating_ids.filtered("date_notified")
        self.authenticate(self.user_office.login, self.user_office.login)
        one = self.url_open(f"/cadre_review/word/{report.id}/{self.rating.id}")
        self.assertEqual(one.status_code, 200)
        docx.Document(BytesIO(one.content))
        ids = ",".join(map(str, ratings.ids))
        many = self.url_open(f"/cadre_review/word/{report.id}/{ids}")
        with zipfile.ZipFile(BytesIO(many.content)) as files:
            self.assertEqual(len(files.namelist()), len(ratings))
        self.authenticate(self.user_officer_b.login, self.user_officer_b.login)
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            other = self.url_open(f"/cadre_review/word/{report.id}/{self.rating.id}")
        self.assertEqual(other.status_code, 403)


@tagged("post_install", "-at_install")
class TestWordPages(BaseCase):
    """Pages that lie across, as tables that are wide have them."""

    STYLE = """<style>
        @page landscape { size: A4 landscape; }
        .wide { page: landscape; width: 252mm; }
        td { border: 0.5pt solid black; }
    </style>"""

    def _sections(self, body):
        html = f"<html><head>{self.STYLE}</head><body>{body}</body></html>"
        document = docx.Document(BytesIO(docx_engine.render(html)))
        return document, [
            section.page_width > section.page_height for section in document.sections
        ]

    def test_a_paper_that_lies_across(self):
        table = "<table><tr><td colspan='2'>A</td></tr><tr><td>B</td><td>C</td></tr>"
        document, wide = self._sections(f"<div class='wide'>{table}</table></div>")
        self.assertEqual(wide, [True])
        [table] = document.tables
        self.assertEqual([cell.text for cell in table.rows[1].cells], ["B", "C"])
        self.assertEqual(table.cell(0, 0)._tc, table.cell(0, 1)._tc)
        widths = [cell.width.mm for cell in table.rows[1].cells]
        self.assertAlmostEqual(sum(widths), 252, delta=1)

    def test_a_part_that_lies_across(self):
        _document, wide = self._sections(
            "<p>Một</p><div class='wide'><p>Hai</p></div><p>Ba</p>"
        )
        self.assertEqual(wide, [False, True, False])
