"""The Vietnamese catalogue: complete, faithful to placeholders, and in effect."""

import ast
import io
import re
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open
from odoo.tools.translate import trans_export

from ...rules.findings import Finding, Severity

ADDON = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"%\((\w+)\)\w|%[sd]")


def placeholders(text):
    return sorted(match.group() for match in PLACEHOLDER.finditer(text))


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("cadre_review/i18n/vi.po") as file:
            cls.catalogue = polib.pofile(file.read())
        cls.env["res.lang"]._activate_lang("vi_VN")

    def _exported(self):
        export = io.BytesIO()
        trans_export(False, ["cadre_review"], export, "po", self.env)
        return polib.pofile(export.getvalue().decode())

    def test_every_text_that_is_marked_is_exported(self):
        """Odoo's extractor finds the marker of the plain rooms."""
        marked = {
            node.args[0].value
            for room in ("rules", "workbooks", "models")
            for path in (ADDON / room).rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_lt"
        }
        self.assertGreater(len(marked), 300)
        self.assertFalse(marked - {entry.msgid for entry in self._exported()})

    def test_every_text_of_the_addon_is_translated(self):
        translated = {
            entry.msgid
            for entry in self.catalogue
            if entry.msgstr and not entry.fuzzy and not entry.obsolete
        }
        missing = [
            entry.msgid for entry in self._exported() if entry.msgid not in translated
        ]
        self.assertFalse(missing, "run dev/i18n and translate these in i18n/vi.po")

    def test_translations_keep_the_placeholders(self):
        for entry in self.catalogue:
            with self.subTest(entry.msgid):
                self.assertEqual(placeholders(entry.msgid), placeholders(entry.msgstr))

    def test_findings_are_explained_in_vietnamese(self):
        """The rules only mark their texts: the models translate them when shown."""
        texts = [
            entry
            for entry in self.catalogue
            if any("/rules/" in place for place, _line in entry.occurrences)
        ]
        self.assertTrue(texts)
        campaigns = self.env["cadre.review.campaign"].with_context(lang="vi_VN")
        for entry in texts:
            names = [m.group(1) for m in PLACEHOLDER.finditer(entry.msgid)]
            values = dict.fromkeys(names, "1")
            finding = Finding("X", Severity.BLOCK, "A", entry.msgid, "", "", values)
            with self.subTest(entry.msgid):
                self.assertIn(
                    entry.msgstr % values if values else entry.msgstr,
                    campaigns._explain([finding]),
                )

    def test_levels_have_their_statutory_names(self):
        self.env["ir.module.module"].search(
            [("name", "=", "cadre_review")]
        )._update_translations(["vi_VN"])
        levels = self.env["cadre.review.rating"]._fields["level"]
        env = self.env(context={"lang": "vi_VN"})
        self.assertEqual(
            [label for _level, label in levels._description_selection(env)],
            [
                "Hoàn thành xuất sắc nhiệm vụ",
                "Hoàn thành tốt nhiệm vụ",
                "Hoàn thành nhiệm vụ",
                "Không hoàn thành nhiệm vụ",
                "Không xếp loại",
                "Chưa xếp loại",
                "Xếp loại nơi khác",
            ],
        )
