"""The superior level's form: mapped once, filled in, and left as it is."""

import base64
import io

import openpyxl
from openpyxl.styles import Border, Side

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...workbooks.summary import MEDIA_TYPE
from ..browser import BrowserCase
from ..common import ReviewCase

GOOD = "Hoàn thành tốt nhiệm vụ"


def sent_form(decided="Mức xếp loại"):
    """A form as it comes: heading over two lines, two lines to fill, a count."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    line = Side(style="thin")
    frame = Border(left=line, right=line, top=line, bottom=line)
    sheet["A1"] = "TỔNG HỢP XẾP LOẠI NĂM ……"
    sheet.merge_cells("A1:H1")
    sheet["A2"] = "Đơn vị: …………"
    heads = ["STT", "Họ và tên", "Chức vụ", decided, "Phiếu", None, None, "Ghi chú"]
    for column, text in enumerate(heads, 1):
        sheet.cell(4, column, text)
    for column, text in enumerate(("Phát ra", "XS", "T"), 5):
        sheet.cell(5, column, text)
    for letter in "ABCDH":
        sheet.merge_cells(f"{letter}4:{letter}5")
    sheet.merge_cells("E4:G4")
    for row in range(4, 9):
        for column in range(1, 9):
            sheet.cell(row, column).border = frame
    sheet["B8"] = "Tổng cộng"
    sheet["G8"] = "=SUM(G6:G7)"
    sheet["H10"] = "=G8*2"
    sheet["F12"] = "CHỦ TỊCH"
    sheet.merge_cells("F12:H12")
    sheet.print_area = "A1:H12"
    sheet.print_title_rows = "4:5"
    sheet.page_setup.orientation = "landscape"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class FormCase(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._submitted(cls._dossier(cls.campaign, cls.unit_a))
        cls.form = cls._form(cls.campaign, sent_form())

    @classmethod
    def _form(cls, campaign, content):
        return (
            cls.env["cadre.review.form"]
            .with_user(cls.user_office)
            .create({"campaign_id": campaign.id, "file": base64.b64encode(content)})
        )

    def _targets(self, form):
        return {c.letters: c.target for c in form.column_ids if c.target}

    def _filled(self, place, user=None):
        form = self.form.with_user(user or self.user_office)
        _name, content = form._file_for(place.with_user(form.env.user))
        return openpyxl.load_workbook(io.BytesIO(content))["Biểu 1"]


@tagged("post_install", "-at_install")
class TestForm(FormCase):
    def test_columns_are_guessed(self):
        self.assertEqual(
            self._targets(self.form),
            {
                "A": "no",
                "B": "name",
                "C": "title",
                "D": "decided",
                "E": "issued",
                "F": "votes_excellent",
                "G": "votes_good",
                "H": "note",
            },
        )

    def test_correction_is_remembered_next_year(self):
        column = self.form.column_ids.filtered(lambda c: c.letters == "D")
        column.target = "unit_level"
        later = self._opened_campaign(year=2023)
        form = self._form(later, sent_form())
        self.assertEqual(self._targets(form)["D"], "unit_level")
        other = self._form(later, sent_form(decided="Kết quả xếp loại"))
        self.assertEqual(self._targets(other)["D"], "decided")

    def test_filled_per_unit(self):
        column = self.form.column_ids.filtered(lambda c: c.letters == "D")
        column.target = "unit_level"
        sheet = self._filled(self.dossier)
        self.assertEqual(sheet["A1"].value, "TỔNG HỢP XẾP LOẠI NĂM 2022")
        self.assertEqual(sheet["A2"].value, "Đơn vị: Thường trực HĐND phường A")
        names = [sheet.cell(row, 2).value for row in range(6, 9)]
        self.assertEqual(
            names, ["Thường trực HĐND phường A", "Lê Văn Ánh", "Trần Thị Bình"]
        )
        self.assertEqual(sheet["D7"].value, GOOD)
        self.assertEqual(sheet["G7"].value, 6)
        # one line was put in: what stands below has moved, what counts has grown
        self.assertEqual(sheet["B9"].value, "Tổng cộng")
        self.assertEqual(sheet["G9"].value, "=SUM(G6:G8)")
        self.assertEqual(sheet["H11"].value, "=G9*2")
        merged = {str(r) for r in sheet.merged_cells.ranges}
        self.assertIn("F13:H13", merged)
        self.assertIn("E4:G4", merged)
        self.assertEqual(sheet["B8"].border.left.style, "thin")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(sheet.print_title_rows, "$4:$5")
        self.assertTrue(sheet.print_area.endswith("$A$1:$H$13"))

    def test_two_columns_may_ask_for_the_same(self):
        for column in self.form.column_ids:
            if column.letters in "DH":
                column.target = "unit_level"
        sheet = self._filled(self.dossier)
        self.assertEqual((sheet["D7"].value, sheet["H7"].value), (GOOD, GOOD))

    def test_filled_overall_with_what_the_reader_sees(self):
        column = self.form.column_ids.filtered(lambda c: c.letters == "D")
        column.target = "unit_level"
        sheet = self._filled(self.campaign)
        names = [row[1] for row in sheet.iter_rows(min_row=6, values_only=True)]
        self.assertIn("Phạm Quốc Ân", names)
        sheet = self._filled(self.dossier, user=self.user_head_a)
        self.assertEqual(sheet["D7"].value, GOOD)
        with self.assertRaises(AccessError):
            self._filled(self.dossier, user=self.user_head_b)

    def test_names_never_become_formulas(self):
        self.dossier.sudo().rating_ids[-1:].name = "=1+1"
        sheet = self._filled(self.dossier)
        [cell] = [c for row in sheet.iter_rows() for c in row if c.value == "=1+1"]
        self.assertEqual(cell.data_type, "s")

    def test_what_is_no_form_is_refused(self):
        for content in (b"no", sent_form()[:500]):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._form(self.campaign, content)


@tagged("post_install", "-at_install")
class TestWorkbookAddresses(FormCase, BrowserCase):
    def setUp(self):
        super().setUp()
        self.env.flush_all()

    def _get(self, user, address):
        self.authenticate(user.login, user.login)
        return self.url_open(address)

    @mute_logger("odoo.http")
    def test_form_and_template(self):
        address = f"/cadre_review/form/{self.form.id}/dossier/{self.dossier.id}"
        answer = self._get(self.user_head_a, address)
        self.assertEqual(answer.headers["Content-Type"], MEDIA_TYPE)
        self.assertEqual(self._get(self.user_head_b, address).status_code, 404)
        address = f"/cadre_review/template/dossier/{self.dossier.id}"
        self.assertEqual(self._get(self.user_head_a, address).status_code, 200)
        self.assertEqual(self._get(self.user_head_b, address).status_code, 404)
        address = "/cadre_review/template/roster"
        self.assertEqual(self._get(self.user_office, address).status_code, 200)
        self.assertEqual(self._get(self.user_head_a, address).status_code, 403)

    @mute_logger("odoo.http")
    def test_selection(self):
        ratings = self.dossier.rating_ids.with_user(self.user_office)[:2]
        address = ratings.action_export_list()["url"]
        self.env.flush_all()
        answer = self._get(self.user_office, address)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        self.assertEqual(sheet.max_row, 3)
        self.assertEqual(self._get(self.user_standing, address).status_code, 404)

    @mute_logger("odoo.http")
    def test_scripts_with_a_key(self):
        # a lasting key: the clock of the database is not the tests' clock
        keys = self.env["res.users.apikeys"].with_user(self.user_office).sudo()
        key = keys._generate("rpc", "kịch bản", None)
        self.env.flush_all()
        for path, status in (
            (f"summary/campaign/{self.campaign.id}", 200),
            (f"results/{self.campaign.id}", 200),
            (f"register/{self.campaign.id}", 200),
            (f"form/{self.form.id}/campaign/{self.campaign.id}", 200),
            ("people", 200),
            ("results/0", 404),
        ):
            headers = {"Authorization": f"Bearer {key}"}
            answer = self.url_open(f"/cadre_review/api/{path}", headers=headers)
            self.assertEqual(answer.status_code, status, path)
        answer = self.url_open(
            f"/cadre_review/api/results/{self.campaign.id}",
            headers={"Authorization": "Bearer no"},
        )
        self.assertEqual(answer.status_code, 401)
