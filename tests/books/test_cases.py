"""Lists as offices make them, each with what must come of it."""

import base64
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_imports import ROSTER_HEAD, ImportCase

CASES = Path(__file__).parents[1] / "plain" / "files" / "cases"
HOA = "Thường trực HĐND phường Phổ Hòa"
QUANG = "Thường trực HĐND phường Phổ Quang"


class CaseTest(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit_a.name, cls.unit_b.name = HOA, QUANG
        people = (
            ("Lê Văn Biên Bản", cls.unit_a, "DP-001", date(1989, 2, 20)),
            ("Phạm Thị Phụ Lục", cls.unit_a, "DP-002", date(1976, 7, 3)),
            ("Võ Văn Dấu Phẩy", cls.unit_a, "DP-003", date(1983, 12, 14)),
            ("Nguyễn Thị Thủy Tiên", cls.unit_a, "DP-004", date(1985, 9, 5)),
            ("Dương Văn Trích Dẫn", cls.unit_b, "DP-017", date(1981, 6, 4)),
            ("Lý Thị Số Liệu", cls.unit_b, "DP-018", date(1979, 8, 9)),
        )
        cls.people = {}
        for name, unit, code, born in people:
            cls.people[name] = cls._person(name, unit, code, title="Ủy viên HĐND")
            cls.people[name].birth_date = born

    def _case(self, name):
        return (CASES / f"{name}.xlsx").read_bytes()

    def _look(self, name, kind="roster", **values):
        return self._previewed(self.user_office, kind, self._case(name), **values)

    def _names(self, window):
        """Names of the rows of a preview, the post left out."""
        return [change.name.partition(" – ")[0] for change in window.change_ids]

    def _said(self, window):
        return window.problem_ids.mapped("reason")


@tagged("post_install", "-at_install")
class TestRosterCases(CaseTest):
    def test_section_line_names_the_unit(self):
        window = self._look("unit-only-in-section-lines")
        self.assertFalse(self._said(window))
        self.assertFalse(window.question_ids)
        self.assertEqual(
            sorted(self._names(window)),
            ["Dương Văn Trích Dẫn", "Lê Văn Biên Bản", "Phạm Thị Phụ Lục"],
        )
        window.action_import()
        post = self.people["Dương Văn Trích Dẫn"].post_ids.filtered(
            lambda post: post.title == "Chủ tịch HĐND phường"
        )
        self.assertEqual(post.unit_id, self.unit_b)

    def test_sub_totals_are_passed_over_and_named(self):
        window = self._look("subtotals-inside")
        self.assertFalse(self._said(window))
        self.assertEqual(len(window.change_ids), 3)
        self.assertIn("11, 14, 15", window.notices)
        window.action_import()
        self.assertEqual(window.state, "done")
        self.assertEqual(window.created_count + window.changed_count, 3)
        self.assertIn("11, 14, 15", window.import_id.left_out)

    def test_closing_sentence_is_no_row(self):
        window = self._look("footer-counts-people")
        self.assertFalse(self._said(window))
        self.assertEqual(len(window.change_ids), 3)
        self.assertIn("Danh sách này có 03 người", window.notices)

    def test_birth_in_1905_is_doubted_with_the_likely_year(self):
        window = self._look("year-typed-into-date-cell")
        self.assertEqual(self._cells(window), {(2, "C"), (3, "C")})
        self.assertIn("1977", self._said(window)[0])
        self.assertIn("1980", self._said(window)[1])

    def test_old_font_is_named_and_converted_only_on_request(self):
        content = self._case("names-in-tcvn3")
        window = self._window(self.user_office, "roster", content)
        self.assertEqual(window.font, "tcvn3")
        self.assertIn("TCVN3", window.notices)
        window.action_preview()
        self.assertTrue(all("TCVN3" in said for said in self._said(window)))
        window.action_import()
        self.assertEqual(window.state, "preview", "Nothing is stored.")
        window.convert_font = True
        window.action_preview()
        self.assertFalse(self._said(window))
        self.assertEqual(
            sorted(self._names(window)), ["Lê Văn Biên Bản", "Nguyễn Thị Thủy"]
        )

    def test_forms_of_address_are_no_part_of_the_name(self):
        window = self._look("names-with-forms-of-address")
        self.assertFalse(self._said(window))
        self.assertFalse(window.question_ids)
        window.action_import()
        known = self.env["cadre.review.cadre"].search([("name", "ilike", "Dấu Phẩy")])
        self.assertEqual(known, self.people["Võ Văn Dấu Phẩy"])
        Cadre = self.env["cadre.review.cadre"]
        self.assertTrue(Cadre.search([("name", "=", "Nguyễn Văn Mới")]))

    def test_units_in_short_are_asked_with_the_likely_one(self):
        window = self._look("units-abbreviated")
        self.assertFalse(self._said(window))
        asked = window.question_ids
        self.assertEqual(
            asked.mapped("name"),
            [
                "P. Phổ Hòa",
                "UBND phường Phổ Hòa",
                "Phường Phổ Hòa",
                "TT HĐND P.Phổ Hòa",
            ],
        )
        self.assertEqual(asked.unit_id, self.unit_a)
        window.action_preview()
        self.assertFalse(window.question_ids)
        self.assertEqual(len(window.change_ids), 4)

    def test_every_namesake_is_asked_also_the_third(self):
        window = self._look("namesakes")
        self.assertTrue({4} <= set(window.question_ids.mapped("row")))
        third = window.question_ids.filtered(lambda question: question.row == 4)
        self.assertIn("01/01/1980", third.likely)
        window.question_ids.filtered(lambda q: q.row == 3).is_new = True
        third.same_row = 2
        window.action_preview()
        self.assertFalse(window.question_ids)
        window.action_import()
        self.assertEqual(window.state, "done", "Answers outlive their questions.")
        people = self.env["cadre.review.cadre"].search(
            [("name", "=", "Nguyễn Văn Trùng")], order="birth_date"
        )
        self.assertEqual([len(person.post_ids) for person in people], [2, 1])

    def test_namesake_answered_with_a_row_of_the_file(self):
        head = ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị")
        name = "Nguyễn Văn Trùng"
        content = self._book(
            [
                head,
                (1, name, "01/01/1980", "Ủy viên", HOA),
                (2, name, None, "Trưởng Ban", QUANG),
            ]
        )
        window = self._previewed(self.user_office, "roster", content)
        window.question_ids.same_row = 2
        window.action_import()
        self.assertEqual(window.state, "done")
        person = self.env["cadre.review.cadre"].search([("name", "=", name)])
        self.assertEqual(len(person.post_ids), 2)

    def test_every_sheet_is_offered(self):
        window = self._window(self.user_office, "roster", self._case("sheet-per-unit"))
        self.assertEqual(
            [(o.name, o.line_count, o.is_taken) for o in window.table_ids],
            [("Phổ Hòa", 3, True), ("Phổ Quang", 1, True)],
        )
        self.assertIn("Ẩn", window.notices)
        window.action_preview()
        self.assertIn("Dương Văn Trích Dẫn", self._names(window))
        window.table_ids.filtered(lambda o: o.name == "Phổ Quang").is_taken = False
        window.action_preview()
        self.assertNotIn("Dương Văn Trích Dẫn", self._names(window))
        self.assertIn("Phổ Quang (1)", window.notices)

    def test_name_in_two_columns_is_one_name(self):
        for case, names in (
            ("name-in-two-columns", ["Lê Văn Biên Bản"]),
            ("name-heading-over-two-columns", ["Lê Văn Biên Bản", "Trần Thị Mới"]),
        ):
            window = self._look(case)
            self.assertFalse(self._said(window))
            self.assertEqual(sorted(self._names(window)), names)

    def test_what_was_learnt_spoils_no_later_list(self):
        self._look("name-heading-over-two-columns").action_import()
        window = self._look("footer-counts-people")
        self.assertFalse(self._said(window))
        self.assertEqual(len(window.change_ids), 3)

    def test_what_was_learnt_can_be_unlearnt(self):
        rows = [ROSTER_HEAD, ("", "Cao Thị Một", None, HOA, "Ủy viên", "TEST-OWN")]
        content = self._book(rows)
        window = self._window(self.user_office, "roster", content)
        wrong = window.column_ids.filtered(lambda column: column.code == "authority")
        wrong.option_id = False
        window.action_preview()
        window.action_import()
        again = self._window(self.user_office, "roster", content)
        self.assertNotIn("authority", again.column_ids.mapped("code"))
        again.is_learnt = False
        again.action_look_again()
        self.assertIn("authority", again.column_ids.mapped("code"))
        window.import_id.with_user(self.user_office).action_forget_headings()
        again = self._window(self.user_office, "roster", content)
        self.assertIn("authority", again.column_ids.mapped("code"))

    def test_first_column_with_notes_ends_nothing(self):
        head = ("Ghi chú", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị")
        rows = [
            (note, name, "01/01/1980", "Ủy viên", HOA)
            for note, name in (
                ("Cộng tác viên HĐND", "Tống Văn Cộng"),
                ("Ghi chú: mới về", "Đoàn Thị Tổng"),
                ("", "Trương Văn Ban"),
            )
        ]
        window = self._previewed(self.user_office, "roster", self._book([head, *rows]))
        self.assertFalse(self._said(window))
        self.assertEqual(len(window.change_ids), 3)

    def test_right_name_and_another_unit_is_asked(self):
        head = ("STT", "Họ và tên", "Chức vụ", "Đơn vị")
        content = self._book([head, (1, "Lê Văn Biên Bản", "Ủy viên", QUANG)])
        window = self._previewed(self.user_office, "roster", content)
        self.assertEqual(window.question_ids.cadre_ids, self.people["Lê Văn Biên Bản"])

    def test_legacy_formats(self):
        """A list saved as text with separators is read alike."""
        lines = ["STT;Họ và tên;Ngày sinh;Chức vụ;Đơn vị"]
        lines.append(f"1;Đinh Thị Mới;01/02/1980;Ủy viên;{HOA}")
        for encoding in ("utf-8", "utf-16"):
            content = "\n".join(lines).encode(encoding)
            window = self._previewed(self.user_office, "roster", content)
            self.assertFalse(self._said(window))
            self.assertEqual(window.created_count, 1)

    def test_too_many_strings_are_refused_at_once(self):
        path = CASES.parent / "libreoffice-summary.xlsx"
        source = io.BytesIO(path.read_bytes())
        target = io.BytesIO()
        with (
            zipfile.ZipFile(source) as old,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                part = old.read(name)
                if name == "xl/sharedStrings.xml":
                    part = part.replace(
                        b"</sst>", b"<si><t/></si>" * 5_200_000 + b"</sst>"
                    )
                new.writestr(name, part)
        with self.assertRaisesRegex(UserError, "larger than what can be read"):
            self._window(self.user_office, "roster", target.getvalue())


@tagged("post_install", "-at_install")
class TestResultCases(CaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)

    def _summary(self, name):
        return self._look(name, "summary", dossier_id=self.dossier.id, confirm=False)

    def test_ticked_column_gives_the_level(self):
        window = self._summary("level-by-tick")
        self.assertFalse(self._said(window))
        window.action_import()
        levels = [
            self._rating(self.campaign, self.people[name])
            .opinion_ids.filtered(lambda o: o.stage == "unit")
            .proposed_level
            for name in ("Lê Văn Biên Bản", "Phạm Thị Phụ Lục", "Võ Văn Dấu Phẩy")
        ]
        self.assertEqual(levels, ["excellent", "good", "completed"])

    def test_every_usual_way_to_write_a_level(self):
        window = self._summary("levels-in-words")
        self.assertFalse(self._said(window))
        self.assertEqual(window.created_count, 3)

    def test_code_of_one_and_name_of_another_is_asked_in_every_list(self):
        wanted = self.chair_a | self.chair_b
        rows = {
            "roster": ("Chức vụ", "Ủy viên"),
            "decisions": ("Mức xếp loại", "T"),
            "history": ("Xếp loại", "T"),
            "declarations": ("Ngày nộp", date(2022, 11, 1)),
        }
        for kind, (head, value) in rows.items():
            place = {"campaign_id": self.campaign.id} if kind[:3] == "dec" else {}
            content = self._book(
                [
                    ("STT", "Mã cán bộ", "Họ và tên", "Đơn vị", head),
                    (1, self.chair_b.code, self.chair_a.name, HOA, value),
                ]
            )
            window = self._previewed(
                self.user_office, kind, content, year=2020, **place
            )
            with self.subTest(kind=kind):
                asked = window.question_ids
                found = asked.cadre_ids | asked.rating_ids.cadre_id
                self.assertEqual(found, wanted, kind)
        # of another unit: nobody of the dossier has the code
        window = self._summary("code-of-another")
        self.assertEqual(
            window.question_ids.rating_ids.cadre_id, self.people["Lê Văn Biên Bản"]
        )

    def test_decisions_with_sub_totals(self):
        window = self._look(
            "decisions-with-subtotals",
            "decisions",
            campaign_id=self.campaign.id,
            confirm=False,
        )
        self.assertFalse(self._said(window))
        self.assertFalse(window.question_ids)
        self.assertEqual(len(window.change_ids), 2)
        window.action_import()
        self.assertEqual(window.state, "done")

    def test_one_document_however_its_number_and_day_are_written(self):
        head = ("STT", "Họ và tên", "Mức xếp loại", "Số quyết định")
        content = self._book(
            [
                head,
                (
                    1,
                    "Lê Văn Biên Bản",
                    "HT tốt NV",
                    "15-QĐ/TU, ngày 20 tháng 12 năm 2022",
                ),
                (
                    2,
                    "Phạm Thị Phụ Lục",
                    "1. Hoàn thành tốt nhiệm vụ",
                    "15-QĐ/TU ngày 20/12/2022",
                ),
                (3, "Võ Văn Dấu Phẩy", "HTNV", datetime(2022, 12, 15)),
            ]
        )
        window = self._previewed(
            self.user_office,
            "decisions",
            content,
            campaign_id=self.campaign.id,
            confirm=False,
        )
        self.assertEqual(self._cells(window), {(4, "D")})
        changes = window.change_ids.filtered(lambda change: change.row < 4)
        numbers = {change.details.splitlines()[-1] for change in changes}
        self.assertEqual(len(numbers), 1)

    def test_years_beside_each_other(self):
        content = self._book(
            [
                ("STT", "Họ và tên", "Năm 2020", "Năm 2021"),
                (1, "Lê Văn Biên Bản", "HTXSNV", "HTTNV"),
                (2, "Phạm Thị Phụ Lục", "HTTNV", None),
            ]
        )
        window = self._taken(self.user_office, "history", content)
        self.assertEqual(window.created_count, 3)

    def test_filled_form_comes_back(self):
        """What we write into a form we read as a summary of the same unit."""
        form = self.env["cadre.review.form"].with_user(self.user_office)
        content = (CASES / "form-totals-picture-rules.xlsx").read_bytes()
        form = form.create(
            {"campaign_id": self.campaign.id, "file": base64.b64encode(content)}
        )
        _name, filled = form._file_for(self.dossier)
        window = self._previewed(
            self.user_office, "summary", filled, dossier_id=self.dossier.id
        )
        self.assertFalse(self._said(window))
        self.assertFalse(window.question_ids)
