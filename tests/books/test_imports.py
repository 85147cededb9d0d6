"""Workbooks taken over: what they change, what they may not, and what they keep."""

import base64
import io
import shutil
import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path
from unittest import skipUnless
from unittest.mock import patch

import openpyxl
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from ..common import PLACE, ReviewCase

SOFFICE = shutil.which("soffice")
GOOD, BEST = "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ"


def edited_in_libreoffice(content, edits):
    """The file as LibreOffice Calc writes it, with these cells changed.

    :param edits: ``{(text in the second column, column from 1): new text}``
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tong-hop.xlsx")
        path.write_bytes(content)
        _convert(path, "fods")
        flat = path.with_suffix(".fods")
        tree = etree.parse(flat)
        names = {**tree.getroot().nsmap}
        cell_path = "table:table-cell|table:covered-table-cell"
        repeated = f"{{{names['table']}}}number-columns-repeated"
        for row in tree.iterfind(".//table:table-row", names):
            cells = []
            for cell in row.xpath(cell_path, namespaces=names):
                # an empty tail counts once: nothing is edited there
                cells += [cell] * min(int(cell.get(repeated, 1)), 40)
            texts = ["".join(cell.itertext()).strip() for cell in cells[:2]]
            for (name, column), text in edits.items():
                if texts[1:] == [name]:
                    cells[column - 1].find("text:p", names).text = text
        tree.write(flat, xml_declaration=True, encoding="UTF-8")
        path.unlink()
        _convert(flat, "xlsx")
        return path.read_bytes()


def _convert(path, kind):
    subprocess.run(
        [
            *(SOFFICE, f"-env:UserInstallation={path.parent.as_uri()}/profile"),
            *("--headless", "--convert-to", kind, "--outdir", path.parent, path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


class ImportCase(ReviewCase):
    @classmethod
    def _book(cls, rows, name="Danh sách", change=None):
        """Bytes of a workbook with these rows; ``change`` gets the book as well."""
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = name
        for row in rows:
            sheet.append(row)
        if change:
            change(book, sheet)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    @classmethod
    def _window(cls, user, kind, content, **values):
        window = cls.env["cadre.review.importing"].with_user(user)
        window = window.create(
            {
                "kind": kind,
                "file": base64.b64encode(content),
                "file_name": "danh sách.xlsx",
                **values,
            }
        )
        window.action_read()
        return window

    def _previewed(self, user, kind, content, **values):
        window = self._window(user, kind, content, **values)
        window.action_preview()
        return window

    def _taken(self, user, kind, content, **values):
        """Preview and take over; nothing may be wrong with it."""
        window = self._previewed(user, kind, content, **values)
        self.assertFalse(window.problem_ids.mapped("reason"))
        window.action_import()
        self.assertEqual(window.state, "done")
        return window

    def _cells(self, window):
        """``{(row, column)}`` of the bad cells."""
        return {(problem.row, problem.column) for problem in window.problem_ids}


ROSTER_HEAD = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ", "Diện quản lý")


@tagged("post_install", "-at_install")
class TestRoster(ImportCase):
    def _row(self, name, unit="TEST-A", birth=date(1980, 2, 3), title="Phó Chủ tịch"):
        return ("", name, birth, unit, title, "TEST-OWN")

    def _roster(self, *rows, **options):
        title = ("DANH SÁCH CÁN BỘ NĂM 2022",)
        return self._book([title, (), ROSTER_HEAD, *rows], **options)

    def test_creates_people_and_posts(self):
        content = self._roster(
            self._row("Đinh Thị Mới", title="Trưởng Ban"),
            self._row("Cao Văn Lạ", unit="thường trực hđnd  XÃ B"),
        )
        window = self._taken(self.user_office, "roster", content)
        self.assertEqual(window.created_count, 2)
        person = self.env["cadre.review.cadre"].search([("name", "=", "Đinh Thị Mới")])
        self.assertEqual(person.birth_date, date(1980, 2, 3))
        self.assertEqual(person.unit_id, self.unit_a)
        self.assertEqual(person.post_ids.authority_id, self.own)
        self.assertTrue(person.post_ids.is_main)
        self.assertTrue(person.code.startswith("TEST-A-"))

    def test_same_file_twice_changes_nothing(self):
        content = self._roster(self._row("Đinh Thị Mới"))
        self._taken(self.user_office, "roster", content)
        count = self.env["cadre.review.post"].search_count([])
        again = self._taken(self.user_office, "roster", content)
        self.assertEqual((again.created_count, again.changed_count), (0, 0))
        self.assertEqual(again.kept_count, 1)
        self.assertFalse(again.import_id)
        self.assertEqual(self.env["cadre.review.post"].search_count([]), count)

    def test_keeps_its_file_as_the_source(self):
        content = self._roster(self._row("Đinh Thị Mới"))
        record = self._taken(self.user_office, "roster", content).import_id
        self.assertEqual(record.attachment_ids.raw, content)
        self.assertEqual(record.line_ids.mapped("row"), [4])
        post = self.env["cadre.review.post"].browse(record.line_ids.res_id)
        self.assertEqual(post.cadre_id.name, "Đinh Thị Mới")
        with self.assertRaises(AccessError), mute_logger("odoo.models.unlink"):
            record.with_user(self.user_office).attachment_ids.unlink()

    def test_names_match_whatever_their_unicode_and_case(self):
        self._person("Nguyễn Hoà", self.unit_a)
        # decomposed, upper case, two spaces, the tone mark in its new place
        row = self._row("NGUYỄN  HÒA", birth=None, title="Phó Chủ tịch HĐND")
        window = self._previewed(self.user_office, "roster", self._roster(row))
        self.assertEqual(window.created_count, 0)
        self.assertFalse(window.question_ids)

    def test_doubtful_name_is_asked(self):
        """Two of one name and no birth date: the user says who, or somebody new."""
        one = self._person("Lê Thị Trùng", self.unit_a)
        two = self._person("Lê Thị Trùng", self.unit_a)
        row = self._row("Lê Thị Trùng", birth=None, title="Ủy viên")
        window = self._previewed(self.user_office, "roster", self._roster(row))
        self.assertEqual(window.question_ids.cadre_ids, one | two)
        window.action_import()
        self.assertEqual(window.state, "preview", "Nothing is taken over unasked.")
        window.question_ids.cadre_id = two
        window.action_preview()
        self.assertFalse(window.question_ids)
        self.assertFalse(window.problem_ids)
        window.action_import()
        self.assertEqual(window.state, "done", "The answer outlives its question.")

    def test_answer_is_followed(self):
        self._person("Lê Thị Trùng", self.unit_a)
        two = self._person("Lê Thị Trùng", self.unit_a)
        row = self._row("Lê Thị Trùng", birth=None, title="Ủy viên")
        window = self._previewed(self.user_office, "roster", self._roster(row))
        window.question_ids.cadre_id = two
        window.action_import()
        self.assertEqual(window.state, "done")
        self.assertIn("Ủy viên", two.post_ids.mapped("title"))

    def test_without_accents_is_asked_not_guessed(self):
        row = self._row("Tran Thi Binh", birth=None)
        window = self._previewed(self.user_office, "roster", self._roster(row))
        self.assertEqual(window.question_ids.cadre_ids, self.deputy_a)

    def test_every_bad_cell_in_one_pass(self):
        content = self._roster(
            self._row("Một", unit="Xã không có"),
            self._row("Hai", birth="30/13/1975"),
            self._row(None),
            self._row("=1+1", birth="75"),
            self._row("Năm", title=None),
        )
        window = self._previewed(self.user_office, "roster", content)
        self.assertEqual(
            self._cells(window),
            {(4, "D"), (5, "C"), (6, "B"), (7, "B"), (7, "C"), (8, "E")},
        )
        marked = openpyxl.load_workbook(
            io.BytesIO(base64.b64decode(window.marked_file))
        )
        self.assertEqual(marked.sheetnames, ["Ô cần sửa", "Danh sách"])
        self.assertTrue(marked["Danh sách"]["D4"].comment)
        self.assertFalse(marked["Danh sách"]["D5"].comment)
        self.assertEqual(marked["Ô cần sửa"].max_row, 7)
        before = self.env["cadre.review.cadre"].search_count([])
        window.action_import()
        self.assertEqual(window.state, "preview")
        self.assertEqual(self.env["cadre.review.cadre"].search_count([]), before)

    def test_nothing_is_half_written(self):
        content = self._roster(self._row("Đinh Thị Mới"), self._row("Cao Văn Lạ"))
        window = self._previewed(self.user_office, "roster", content)
        before = self.env["cadre.review.cadre"].search_count([])
        posts = type(self.env["cadre.review.post"])
        with (
            patch.object(posts, "create", side_effect=UserError("no")),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            window.action_import()
        self.env.invalidate_all()
        self.assertEqual(self.env["cadre.review.cadre"].search_count([]), before)
        self.assertFalse(self.env["cadre.review.import"].search([]))

    def test_foreign_unit_in_a_units_file(self):
        content = self._roster(self._row("Đinh Thị Mới", unit="TEST-B"))
        window = self._previewed(
            self.user_office, "roster", content, unit_id=self.unit_a.id
        )
        self.assertEqual(self._cells(window), {(4, "D")})

    def test_second_main_post_is_bad_unless_concurrent(self):
        head = (*ROSTER_HEAD, "Kiêm nhiệm")
        for mark, bad in (("không", {(2, "G")}), ("x", set())):
            born = date(1975, 4, 30)  # the same person, in another unit
            row = ("", "Lê Văn Ánh", born, "TEST-B", "Ủy viên", "TEST-OWN", mark)
            window = self._previewed(
                self.user_office, "roster", self._book([head, row])
            )
            self.assertEqual(self._cells(window), bad)

    def test_invites_only_when_asked_and_only_the_administrator(self):
        head = (*ROSTER_HEAD, "E-mail")
        rows = [head, (*self._row("Đinh Thị Mới"), "Moi@Test.Example")]
        content = self._book(rows)
        window = self._taken(self.user_admin, "roster", content)
        person = self.env["cadre.review.cadre"].search([("name", "=", "Đinh Thị Mới")])
        self.assertEqual(person.email, "moi@test.example")
        self.assertFalse(person.user_id)
        window = self._window(self.user_office, "roster", content, invite=True)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.env["cadre.review.import.roster"].with_user(self.user_office)._invite(
                window._make_plan()[0], {}
            )
        self._taken(self.user_admin, "roster", content, invite=True)
        self.assertEqual(person.user_id.login, "moi@test.example")
        self.assertTrue(
            person.user_id.has_group("cadre_review.cadre_review_group_person")
        )
        self.assertFalse(
            person.user_id.has_group("cadre_review.cadre_review_group_office")
        )

    def test_who_takes_a_roster_over(self):
        content = self._roster(self._row("Đinh Thị Mới"))
        for user in (
            self.user_head_a,
            self.user_party_a,
            self.user_person_a,
            self.user_standing,
            self.user_none,
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._window(user, "roster", content)

    def test_mapping_is_remembered(self):
        """What the user made of a heading once is the guess of next year."""
        head = ("STT", "Danh tính", "Nơi", "Việc làm")
        content = self._book([head, ("1", "Đinh Thị Mới", "TEST-A", "Ủy viên")])
        window = self._window(self.user_office, "roster", content)
        by_heading = {column.heading: column for column in window.column_ids}
        options = {option.code: option for option in window.option_ids}
        if not by_heading:
            window.write({"header_first": 1, "header_last": 1})
            window.action_look_again()
            by_heading = {column.heading: column for column in window.column_ids}
        by_heading["Danh tính"].option_id = options["name"]
        by_heading["Nơi"].option_id = options["unit"]
        by_heading["Việc làm"].option_id = options["title"]
        window.action_preview()
        window.action_import()
        self.assertEqual(window.state, "done")
        again = self._window(self.user_office, "roster", content)
        self.assertEqual(
            {c.heading: c.code for c in again.column_ids if c.code},
            {"STT": "no", "Danh tính": "name", "Nơi": "unit", "Việc làm": "title"},
        )

    def test_exported_list_comes_back_unchanged(self):
        posts = self.env["cadre.review.post"].search([]).with_user(self.user_office)
        _name, content = posts._list_file()
        window = self._previewed(self.user_office, "roster", content)
        self.assertFalse(window.problem_ids.mapped("reason"))
        self.assertEqual((window.created_count, window.changed_count), (0, 0))

    def _queries(self, number):
        rows = [self._row(f"Người Mới {i} {number}") for i in range(number)]
        content = self._roster(*rows)
        self.env.flush_all()
        self.env.invalidate_all()
        window = self._previewed(self.user_office, "roster", content)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        window.action_import()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_grow_by_batch_only(self):
        self._queries(2)  # warms the caches
        self.assertLessEqual(self._queries(60), self._queries(6) + 3)


@tagged("post_install", "-at_install")
class TestSummaryImport(ImportCase):
    """A unit's filled-in summary goes through the dossier's own moves."""

    def _template(self, dossier, rows=None, meeting=None, change=None):
        """The unit's blank summary, filled in: ``{name: {column: value}}``."""
        _name, content = dossier._template_file()
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book["Tổng hợp"]
        heads = {cell.value: cell.column for cell in sheet[5]}
        for row in sheet.iter_rows(min_row=6):
            for column, value in (rows or {}).get(row[1].value, {}).items():
                row[heads[column] - 1].value = value
        for row in book["Hội nghị"].iter_rows(min_row=3):
            if row[0].value in (meeting or {}):
                row[1].value = meeting[row[0].value]
        if change:
            change(book)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    BALLOTS = {
        "Có mặt": 9,
        "Phát ra": 9,
        "Thu vào": 9,
        "Hợp lệ": 9,
        "XS": 1,
        "T": "8",
        "HT": 0,
        "K": 0,
        "Hội nghị kết luận": "T",
        "Đơn vị đề xuất": "HTTNV",
    }
    PERSON = {**BALLOTS, "Cá nhân tự xếp loại": "Hoàn thành tốt", "Cấp ủy đề xuất": "t"}
    MEETING = {
        "Bắt đầu": "18/11/2022 08:00",
        "Kết thúc": datetime(2022, 11, 18, 11, 0),
        "Địa điểm": "Hội trường",
        "Chủ trì": "Lê Văn Ánh",
        "Thư ký": "Ngô Thị Thư",
        "Số người triệu tập": 10,
        "Số người có mặt": 9,
        "Số người vắng mặt": 1,
        "Lý do vắng mặt": "Đỗ Văn Vắng: nghỉ ốm",
    }

    def _filled(self, dossier, **options):
        rows = {
            "Thường trực HĐND phường A": self.BALLOTS,
            "Lê Văn Ánh": self.PERSON,
            "Trần Thị Bình": self.PERSON,
        }
        rows = {**rows, **options.pop("rows", {})}
        return self._template(dossier, rows, self.MEETING, **options)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)

    def _take(self, content, user=None, **values):
        return self._taken(
            user or self.user_office,
            "summary",
            content,
            dossier_id=self.dossier.id,
            source_place=PLACE,
            **values,
        )

    def test_filled_summary_goes_through_the_moves(self):
        content = self._filled(self.dossier)
        window = self._take(content)
        conference = self.dossier.conference_ids
        self.assertEqual(conference.state, "adopted")
        self.assertEqual(conference.date_start, datetime(2022, 11, 18, 1))
        self.assertEqual(conference.source, "excel")
        self.assertEqual(conference.attachment_ids, window.import_id.attachment_ids)
        rating = self._rating(self.campaign, self.deputy_a)
        self.assertEqual(
            {(o.stage, o.state, o.proposed_level) for o in rating.opinion_ids},
            {
                (stage, "confirmed", "good")
                for stage in ("self", "conference", "party", "unit")
            },
        )
        self.assertEqual(rating.state, "reviewed")
        self.assertEqual(
            set(self.dossier.paper_ids.mapped("state")),
            {"missing"},
            "A workbook is not the signed papers.",
        )
        again = self._take(content)
        self.assertEqual((again.created_count, again.changed_count), (0, 0))

    def test_round_trip_only_the_edits_change(self):
        self._take(self._filled(self.dossier))
        _name, content = self.dossier._summary_file()
        same = self._previewed(
            self.user_office, "summary", content, dossier_id=self.dossier.id
        )
        self.assertFalse(same.problem_ids.mapped("reason"))
        self.assertEqual((same.created_count, same.changed_count), (0, 0))
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book["Tổng hợp"]
        [row] = [r for r in sheet.iter_rows() if r[1].value == "Trần Thị Bình"]
        row[5].value = "HTXSNV"  # what the person said
        file = io.BytesIO()
        book.save(file)
        opinions = self.env["cadre.review.opinion"].search(
            [("dossier_id", "=", self.dossier.id)]
        )
        before = {(o.rating_id.name, o.stage): o.proposed_level for o in opinions}
        window = self._take(file.getvalue())
        self.assertEqual((window.created_count, window.changed_count), (0, 1))
        self.env.invalidate_all()
        after = {(o.rating_id.name, o.stage): o.proposed_level for o in opinions}
        self.assertEqual(
            {key: level for key, level in after.items() if before[key] != level},
            {("Trần Thị Bình", "self"): "excellent"},
        )
        self.assertEqual(set(opinions.mapped("state")), {"confirmed"})
        self.assertEqual(self.dossier.conference_ids.state, "adopted")

    @skipUnless(SOFFICE, "LibreOffice (soffice) is not installed")
    def test_round_trip_through_libreoffice(self):
        """Two cells edited in LibreOffice and saved by it: two changes, no more."""
        self._take(self._filled(self.dossier))
        _name, content = self.dossier._summary_file()
        edited = edited_in_libreoffice(
            content,
            {("Trần Thị Bình", 6): "HTXSNV", ("Lê Văn Ánh", 6): "Hoàn thành"},
        )
        window = self._take(edited)
        self.assertEqual((window.created_count, window.changed_count), (0, 2))
        self.env.invalidate_all()
        opinions = self.env["cadre.review.opinion"].search(
            [("dossier_id", "=", self.dossier.id), ("proposed_level", "!=", "good")]
        )
        self.assertEqual(
            {(o.rating_id.name, o.stage, o.proposed_level) for o in opinions},
            {
                ("Trần Thị Bình", "self", "excellent"),
                ("Lê Văn Ánh", "self", "completed"),
            },
        )

    def test_ballots_of_an_adopted_conference_are_opened_again(self):
        self._take(self._filled(self.dossier))
        changed = {**self.PERSON, "XS": 2, "T": 7}
        window = self._take(self._filled(self.dossier, rows={"Lê Văn Ánh": changed}))
        self.assertEqual(window.changed_count, 1)
        tally = self.dossier.conference_ids.tally_ids.filtered(
            lambda t: t.rating_id.name == "Lê Văn Ánh"
        )
        self.assertEqual((tally.votes_excellent, tally.votes_good), (2, 7))
        self.assertEqual(self.dossier.conference_ids.state, "adopted")
        reasons = self.dossier.conference_ids.event_ids.mapped("reason")
        self.assertTrue([r for r in reasons if r and "danh sách.xlsx" in r])

    def test_drafts_where_not_confirmed(self):
        self._take(self._filled(self.dossier), confirm=False)
        self.assertEqual(self.dossier.conference_ids.state, "draft")
        rating = self._rating(self.campaign, self.deputy_a)
        self.assertEqual(set(rating.opinion_ids.mapped("state")), {"draft"})

    def test_refusal_of_the_rules_leaves_nothing(self):
        """The moves refuse what does not add up; then nothing has been written."""
        wrong = {**self.PERSON, "T": 3}
        content = self._filled(self.dossier, rows={"Lê Văn Ánh": wrong})
        window = self._previewed(
            self.user_office, "summary", content, dossier_id=self.dossier.id
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            window.action_import()
        self.env.invalidate_all()
        self.assertFalse(self.dossier.sudo().conference_ids)
        self.assertFalse(self.env["cadre.review.import"].search([]))

    def test_bad_cells(self):
        def spoil(book):
            sheet = book["Tổng hợp"]
            rows = {row[1].value: row[0].row for row in sheet.iter_rows(min_row=6)}
            chair, deputy = rows["Lê Văn Ánh"], rows["Trần Thị Bình"]
            sheet.cell(chair, 5).value = "khá"
            sheet.cell(chair, 11).value = -1
            sheet.cell(deputy, 2).value = "Phạm Quốc Ân"  # of unit B
            sheet.cell(rows["Thường trực HĐND phường A"], 5).value = "T"
            book["Hội nghị"]["B3"].value = "sáng"

        content = self._filled(self.dossier, change=spoil)
        window = self._previewed(
            self.user_office, "summary", content, dossier_id=self.dossier.id
        )
        self.assertEqual(
            {(p.sheet, p.column) for p in window.problem_ids},
            {
                ("Tổng hợp", "E"),
                ("Tổng hợp", "K"),
                ("Tổng hợp", "B"),
                ("Hội nghị", "B"),
            },
        )
        self.assertEqual(window.problem_count, 5)

    def test_foreign_rows_and_levels_in_words(self):
        head = ("STT", "Họ và tên", "Đơn vị", "Cá nhân tự xếp loại")
        content = self._book(
            [
                head,
                (1, "Trần Thị Bình", "Thường trực HĐND phường A", "xs"),
                (2, "Phạm Quốc Ân", "Thường trực HĐND xã B", "Hoàn thành xuất sắc"),
            ]
        )
        window = self._previewed(
            self.user_head_a, "summary", content, dossier_id=self.dossier.id
        )
        self.assertEqual(self._cells(window), {(3, "C")})
        self.assertEqual(window.created_count, 1)

    def test_head_takes_over_the_own_dossier_only(self):
        rows = dict.fromkeys(
            ("Lê Văn Ánh", "Trần Thị Bình"),
            {k: v for k, v in self.PERSON.items() if k != "Cấp ủy đề xuất"},
        )
        content = self._filled(self.dossier, rows=rows)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._window(
                self.user_head_b, "summary", content, dossier_id=self.dossier.id
            )
        self._take(content, user=self.user_head_a)
        self.assertEqual(self.dossier.sudo().conference_ids.state, "adopted")
        self.assertFalse(
            self.env["cadre.review.import"].with_user(self.user_office).search([]),
            "Content of the unit: the office reads it from the hand-in on.",
        )

    def test_party_body_is_not_for_the_unit(self):
        window = self._previewed(
            self.user_head_a,
            "summary",
            self._filled(self.dossier),
            dossier_id=self.dossier.id,
        )
        self.assertEqual({p.column for p in window.problem_ids}, {"P"})

    def test_handed_in_dossier_is_not_touched(self):
        content = self._filled(self.dossier)
        self._submitted(self.dossier)
        for user in (self.user_office, self.user_head_a):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._previewed(user, "summary", content, dossier_id=self.dossier.id)

    def test_on_line_content_stays_its_authors(self):
        """The office cannot overwrite what it may not even read."""
        rating = self._rating(self.campaign, self.deputy_a)
        self._opinion(rating, "self", self.user_person_a, level="excellent")
        window = self._previewed(
            self.user_office,
            "summary",
            self._filled(self.dossier),
            dossier_id=self.dossier.id,
        )
        self.assertEqual(window.problem_count, 1)
        self.assertEqual(window.problem_ids.column, "E")


@tagged("post_install", "-at_install")
class TestDecisionImport(ImportCase):
    HEAD = ("STT", "Họ và tên", "Đơn vị", "Mức xếp loại", "Số/ngày quyết định", "Lý do")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()

    def _take(self, rows, **values):
        values = {"signer": "Nguyễn Thị Ký", "source_place": PLACE, **values}
        content = self._book([self.HEAD, *rows])
        window = self._previewed(
            self.user_office,
            "decisions",
            content,
            campaign_id=self.campaign.id,
            **values,
        )
        return window

    def test_decisions_of_another_authority(self):
        rows = [(1, "Lê Văn Ánh", "TEST-A", "HTXSNV", "12-QĐ/TU ngày 21/11/2022", None)]
        rows += [(2, "Phạm Quốc Ân", "TEST-B", GOOD, "12-QĐ/TU, 21/11/2022", None)]
        window = self._take(rows, reason="Theo quyết định")
        self.assertFalse(window.problem_ids.mapped("reason"))
        window.action_import()
        decision = self.env["cadre.review.decision"].search([])
        self.assertEqual(len(decision), 1)
        self.assertEqual(decision.state, "issued")
        self.assertEqual(decision.number, "12-QĐ/TU")
        self.assertEqual(decision.authority_id, self.superior)
        self.assertEqual(decision.source, "excel")
        self.assertTrue(decision.attachment_ids)
        chair = self._rating(self.campaign, self.chair_a)
        self.assertEqual(chair.level, "excellent")
        again = self._take(rows)
        again.action_import()
        self.assertEqual(again.kept_count, 2)
        self.assertFalse(again.import_id)

    def test_issued_decision_is_never_edited(self):
        row = (1, "Lê Văn Ánh", "TEST-A", "T", "12-QĐ/TU ngày 21/11/2022", None)
        self._take([row], reason="Theo quyết định").action_import()
        other = (*row[:3], "HT", *row[4:])
        window = self._take([other])
        self.assertEqual(self._cells(window), {(2, "D")})
        superseding = (*row[:3], "HT", "15-QĐ/TU ngày 21/11/2022", "Xem xét lại")
        window = self._take([superseding], reason="Thay thế")
        window.action_import()
        chair = self._rating(self.campaign, self.chair_a)
        self.assertEqual(chair.level, "completed")
        self.assertTrue(chair.decision_line_id.superseded_line_id)

    def test_unknown_and_not_of_the_unit(self):
        window = self._take(
            [
                (1, "Người Không Có", "TEST-A", "T", "1", None),
                (2, "Lê Văn Ánh", "TEST-B", "T", "1", None),
                (3, "Trần Thị Bình", "TEST-A", "giỏi", "1", None),
            ]
        )
        self.assertEqual(self._cells(window), {(2, "B"), (4, "D")})
        asked = window.question_ids
        self.assertEqual((asked.row, asked.rating_ids.cadre_id), (3, self.chair_a))

    def test_only_the_office(self):
        content = self._book([self.HEAD])
        for user in (self.user_head_a, self.user_standing, self.user_admin):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._window(user, "decisions", content, campaign_id=self.campaign.id)


@tagged("post_install", "-at_install")
class TestHistoryImport(ImportCase):
    def test_results_of_people_and_collectives(self):
        head = (
            "STT",
            "Họ và tên",
            "Đơn vị",
            "Năm",
            "Kết quả xếp loại",
            "Số quyết định",
        )
        content = self._book(
            [
                head,
                (1, "Lê Văn Ánh", None, 2021, "HTXSNV", "5-QĐ/TU"),
                (2, "Lê Văn Ánh", None, 2020, "HTTNV", None),
                (3, "Thường trực HĐND xã B", None, 2021, "HTNV", None),
            ]
        )
        self._taken(self.user_office, "history", content)
        results = self.env["cadre.review.past.result"].search([])
        self.assertEqual(
            {(r.cadre_id.name, r.unit_id.code, r.year, r.level) for r in results},
            {
                ("Lê Văn Ánh", "TEST-A", 2021, "excellent"),
                ("Lê Văn Ánh", "TEST-A", 2020, "good"),
                (False, "TEST-B", 2021, "completed"),
            },
        )
        self.assertTrue(results.import_id.attachment_ids)
        again = self._taken(self.user_office, "history", content)
        self.assertEqual(again.kept_count, 3)

    def test_year_of_the_window(self):
        content = self._book([("Họ tên", "Xếp loại"), ("Lê Văn Ánh", "T")])
        window = self._previewed(self.user_office, "history", content)
        self.assertEqual(window.problem_count, 1)
        self._taken(self.user_office, "history", content, year=2019)
        self.assertEqual(self.env["cadre.review.past.result"].search([]).year, 2019)


@tagged("post_install", "-at_install")
class TestDeclarationImport(ImportCase):
    """The receiving organ's list confirms receipts, and nothing else of it is taken."""

    HEAD = ("STT", "Họ và tên", "Ngày sinh", "Ngày nộp", "Số biên nhận", "Người nhận")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.campaign.asset_receiver = "Ủy ban Kiểm tra Thị ủy Thử"

    def _receipts(self, kind="asset"):
        """Those of the two chairs, by name."""
        return self.env["cadre.review.receipt"].search(
            [("campaign_id", "=", self.campaign.id), ("kind", "=", kind)],
            order="unit_id",
        )

    def _list(self, *rows, head=HEAD, **values):
        return self._previewed(
            self.user_office,
            "declarations",
            self._book([("DANH SÁCH NỘP BẢN KÊ KHAI",), (), head, *rows]),
            campaign_id=self.campaign.id,
            **values,
        )

    def test_confirms_those_who_handed_in(self):
        window = self._list(
            (1, " Lê Văn  Ánh ", None, "20/11/2022", 12.0, "Hà Thị Nhận"),
            (2, "Người Nơi Khác", None, "20/11/2022", "13", None),
            (3, "Phạm Quốc Ân", None, None, None, None),
        )
        self.assertIn("Người Nơi Khác", window.notices)
        self.assertFalse(window.question_ids)
        window.action_import()
        self.assertRecordValues(
            self._receipts(),
            [
                {
                    "state": "confirmed",
                    "date": date(2022, 11, 20),
                    "reference": "12",
                    "clerk": "Hà Thị Nhận",
                    "receiver": "Ủy ban Kiểm tra Thị ủy Thử",
                    "via": "list",
                },
                {
                    "state": "expected",
                    "date": False,
                    "reference": False,
                    "clerk": False,
                    "receiver": False,
                    "via": False,
                },
            ],
        )
        self.assertEqual(set(self._receipts("cv").mapped("state")), {"expected"})
        self.assertEqual(window.import_id.line_ids.res_id, self._receipts()[0].id)
        self.assertTrue(window.import_id.attachment_ids)
        self.assertEqual(window.import_id.campaign_id, self.campaign)

    def test_same_file_twice_changes_nothing(self):
        row = (1, "Lê Văn Ánh", None, "20/11/2022", "12", None)
        self._list(row).action_import()
        again = self._list(row)
        self.assertEqual((again.changed_count, again.kept_count), (0, 1))
        again.action_import()
        self.assertEqual(again.state, "done")
        self.assertFalse(again.import_id)

    def test_confirmed_receipt_is_not_overwritten(self):
        self._list((1, "Lê Văn Ánh", None, "20/11/2022", "12", None)).action_import()
        window = self._list((1, "Lê Văn Ánh", None, "20/11/2022", "21", None))
        self.assertEqual(self._cells(window), {(4, "E")})
        self.assertIn("12", window.problem_ids.reason)

    def test_bad_list_writes_nothing(self):
        window = self._list(
            (1, "Lê Văn Ánh", None, "20/11/2022", "12", None),
            (2, "Phạm Quốc Ân", None, "20/12/2022", "13", None),  # still to come
            (3, "Phạm Quốc Ân", "32/13/1975", "hôm qua", "13", None),
            (4, "Lê Văn Ánh", None, "20/11/2022", "12", None),
        )
        self.assertEqual(self._cells(window), {(5, "D"), (6, "C"), (6, "D"), (7, "B")})
        window.action_import()
        self.assertEqual(window.state, "preview")
        self.assertEqual(set(self._receipts().mapped("state")), {"expected"})

    def test_kind_by_row_or_by_window(self):
        head = ("Họ và tên", "Loại", "Ngày nộp", "Nơi nhận")
        self._list(
            ("Lê Văn Ánh", "Bổ sung lý lịch", "20/11/2022", "Ban Tổ chức Thị ủy"),
            ("Phạm Quốc Ân", None, "21/11/2022", "Ban Tổ chức Thị ủy"),
            head=head,
            declared="cv",
        ).action_import()
        self.assertRecordValues(
            self._receipts("cv"),
            [
                {"date": date(2022, 11, 20), "receiver": "Ban Tổ chức Thị ủy"},
                {"date": date(2022, 11, 21), "receiver": "Ban Tổ chức Thị ủy"},
            ],
        )

    def test_namesake_of_another_place_is_asked(self):
        head = (*self.HEAD, "Đơn vị")
        row = (1, "Lê Văn Ánh", None, "20/11/2022", "12", None, "Sở Y tế")
        window = self._list(row, head=head)
        self.assertEqual(window.question_ids.rating_ids.name, "Lê Văn Ánh")
        window.question_ids.is_new = True  # none of ours
        window.action_preview()
        self.assertFalse(window.question_ids)
        self.assertEqual(window.changed_count, 0)
        self.assertIn("Lê Văn Ánh", window.notices)
        window = self._list(row, head=head)
        window.question_ids.rating_id = window.question_ids.rating_ids
        window.action_import()
        self.assertEqual(self._receipts()[0].state, "confirmed")
        # where it is their own unit there is nothing to ask
        window = self._list((*row[:-1], "TEST-A"), head=head)
        self.assertFalse(window.question_ids)

    def test_column_of_the_day_is_needed(self):
        content = self._book([("STT", "Họ và tên", "Quê"), (1, "Lê Văn Ánh", "A")])
        window = self._window(
            *(self.user_office, "declarations", content), campaign_id=self.campaign.id
        )
        with self.assertRaises(UserError):
            window.action_preview()

    def test_only_the_office_while_the_campaign_runs(self):
        content = self._book([self.HEAD])
        for user in (self.user_head_a, self.user_standing, self.user_admin):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._window(
                    user, "declarations", content, campaign_id=self.campaign.id
                )
        action = self.campaign.with_user(self.user_office).action_import_receipts()
        self.assertEqual(action["context"]["default_campaign_id"], self.campaign.id)
        self.campaign.sudo().state = "cancelled"
        with self.assertRaises(UserError):
            self.campaign.with_user(self.user_office).action_import_receipts()


@tagged("post_install", "-at_install")
class TestFiles(ImportCase):
    """What cannot be read is refused in words; what can is read with its warts."""

    HEAD = ("STT", "Họ và tên", "Đơn vị", "Chức vụ")
    ROW = ("1", "Đinh Thị Mới", "TEST-A", "Ủy viên")

    def test_files_that_are_none(self):
        for content in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600), b"a b"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._window(self.user_office, "roster", content)

    def test_hidden_sheets_and_rows_are_left_out_and_named(self):
        def hide(book, sheet):
            book.create_sheet("Ẩn").sheet_state = "hidden"
            sheet.row_dimensions[3].hidden = True

        rows = [self.HEAD, self.ROW, ("2", "Hai", "TEST-A", "Ủy viên")]
        window = self._window(self.user_office, "roster", self._book(rows, change=hide))
        self.assertIn("Ẩn", window.notices)
        window.action_preview()
        self.assertIn("3", window.notices)
        self.assertEqual(window.created_count, 1)
        window.with_hidden = True
        window.action_preview()
        self.assertEqual(window.created_count, 2)

    def test_formula_without_a_value_is_named(self):
        row = ("1", '=HYPERLINK("http://x.example")', "TEST-A", "Ủy viên")
        content = self._book([self.HEAD, row])
        window = self._previewed(self.user_office, "roster", content)
        self.assertEqual(self._cells(window), {(2, "B")})

    def test_text_that_looks_like_a_formula_stays_text(self):
        def as_text(book, sheet):
            sheet["D2"].value = "=1+1"
            sheet["D2"].data_type = "s"

        content = self._book([self.HEAD, self.ROW], change=as_text)
        self._taken(self.user_office, "roster", content)
        post = self.env["cadre.review.post"].search([("title", "=", "=1+1")])
        _name, content = post._list_file()
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        self.assertEqual(sheet["F2"].value, "=1+1")
        self.assertEqual(sheet["F2"].data_type, "s")


@tagged("post_install", "-at_install", "tour")
class TestImportTours(ImportCase, BrowserCase):
    """The window in the browser: a roster taken over, bad cells named."""

    def _tour(self, rows, name):
        window = self.env["cadre.review.importing"].with_user(self.user_office)
        content = self._book([ROSTER_HEAD, *rows])
        window = window.create(
            {
                "kind": "roster",
                "file": base64.b64encode(content),
                "file_name": "danh sách.xlsx",
            }
        )
        url = f"/odoo/action-cadre_review.cadre_review_importing_action/{window.id}"
        self.start_tour(url, f"cadre_review_{name}", login=self.user_office.login)
        return window

    def test_clerk_takes_roster_over(self):
        row = (1, "Đinh Thị Mới", "3/2/1980", "TEST-A", "Ủy viên", "TEST-OWN")
        window = self._tour([row], "clerk_takes_roster_over")
        self.assertEqual(window.import_id.created_count, 1)

    def test_clerk_sees_bad_cells(self):
        row = (1, "Đinh Thị Mới", "30/13/1975", "TEST-A", "Ủy viên", "TEST-OWN")
        window = self._tour([row], "clerk_sees_bad_cells")
        self.assertEqual(window.problem_count, 1)
