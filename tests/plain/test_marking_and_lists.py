"""Marked copies, long lists and forms, opened again."""

import io
from datetime import date, datetime

import openpyxl
from books import book
from cadre_review.workbooks import forms
from cadre_review.workbooks.lists import Field, list_workbook
from cadre_review.workbooks.marking import Mark, marked_copy
from openpyxl.styles import Alignment


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_marked_copy_marks_and_lists():
    content = book([("STT", "Họ và tên"), (1, "=1+1")])
    mark = Mark("Danh sách", 2, "B", "=1+1", "=Không phải tên")
    marked = opened(marked_copy(content, [mark]))
    assert marked.sheetnames == ["Ô cần sửa", "Danh sách"]
    cell = marked["Danh sách"]["B2"]
    assert cell.comment.text == "=Không phải tên"
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    row = marked["Ô cần sửa"][2]
    assert [c.value for c in row] == ["Danh sách", 2, "B", "=1+1", "=Không phải tên"]
    assert row[3].data_type == row[4].data_type == "s"


def test_list_alone_where_the_file_cannot_be_written():
    marked = opened(marked_copy(b"no workbook", [Mark("S", 1, "A", "x", "y")]))
    assert [c.value for c in marked.active[2]] == ["S", 1, "A", "x", "y"]


def test_list_keeps_what_cells_are():
    fields = [Field("=A"), Field("N", 8, "whole"), Field("D", 8, "day")]
    rows = [("=1+1", 7, date(2022, 1, 2)), ("http://x.example", None, None)]
    sheet = opened(list_workbook("T", "Trang", fields, rows)).active
    assert sheet["A1"].value == "=A"
    assert sheet["A2"].data_type == "s" and sheet["A2"].value == "=1+1"
    assert sheet["B2"].value == 7
    assert sheet["C2"].value == datetime(2022, 1, 2)
    assert sheet["A3"].hyperlink is None
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"


def test_rows_of_a_list_are_as_high_as_their_texts():
    rows = [("Thường trực HĐND phường Phổ Văn",), ("Một\nHai",), ("Ngắn",)]
    sheet = opened(list_workbook("T", "Trang", [Field("Đơn vị", 30)], rows)).active
    assert [sheet.row_dimensions[n].height for n in (2, 3, 4)] == [31, 31, None]


def form(lines, change=None):
    head = ("STT", "Họ và tên", "Mức xếp loại", "Ghi chú")
    return book([("BIỂU",), (), head, *lines], change)


def codes(layout):
    return {number: code for code, number in layout.columns.items()}


def filled(content, names, **options):
    layout = forms.look_at(content)["Danh sách"]
    entries = [forms.Entry({"name": name, "decided": "Tốt"}) for name in names]
    filling = forms.Filling(
        *("Danh sách", layout.first, layout.last, codes(layout), entries), **options
    )
    return opened(forms.fill(content, filling))["Danh sách"]


def test_lines_are_as_high_as_their_texts_and_dates_day_first():
    def wrap(_made, sheet):
        for cell in sheet[4]:
            cell.alignment = Alignment(wrap_text=True)
        sheet.merge_cells("C4:D4")
        sheet["A4"].number_format = "@"
        sheet["E4"].number_format = "mm/yyyy"

    content = book([("BIỂU",), (), ("Ngày", "Tên", "Mức", "", "Ngày"), ("",) * 5], wrap)
    codes = {1: "birth_date", 2: "name", 3: "decided", 5: "birth_date"}
    days = {"birth_date": date(1980, 2, 3)}
    entries = [
        forms.Entry({**days, "decided": "Hoàn thành tốt", "name": "Một"}),
        forms.Entry({**days, "name": "Phó Chủ tịch Hội đồng nhân dân"}),
    ]
    filling = forms.Filling("Danh sách", 3, 3, codes, entries)
    sheet = opened(forms.fill(content, filling))["Danh sách"]
    # two columns are wide enough for what one is not
    assert sheet.row_dimensions[4].height is None
    assert sheet.row_dimensions[5].height > 40
    for row in (4, 5):
        formats = [sheet.cell(row, column).number_format for column in (1, 5)]
        assert formats == ["dd/mm/yyyy", "mm/yyyy"]


def test_sections_of_a_form():
    content = form(
        [(None, "I. Tập thể"), (), (None, "II. Cá nhân"), (), ("Tổng cộng",)]
    )
    layout = forms.look_at(content)["Danh sách"]
    entries = [
        forms.Entry({"name": "Thường trực"}, is_collective=True),
        forms.Entry({"name": "Một"}),
        forms.Entry({"name": "Hai"}),
    ]
    filling = forms.Filling(
        "Danh sách", layout.first, layout.last, codes(layout), entries
    )
    sheet = opened(forms.fill(content, filling))["Danh sách"]
    rows = [row[:2] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert rows == [
        (None, "I. Tập thể"),
        (1, "Thường trực"),
        (None, "II. Cá nhân"),
        (1, "Một"),
        (2, "Hai"),
        ("Tổng cộng", None),
    ]


def test_formulas_below_and_elsewhere_follow():
    def count(made, sheet):
        sheet["C5"] = '=COUNTIF(C4:C4,"Tốt")'
        sheet["D5"] = "=C5/3"
        made.create_sheet("Khác")["A1"] = "='Danh sách'!C5"

    content = form([(1, None, None, "=A4*2"), ("Tổng cộng",)], count)
    sheet = filled(content, ["Một", "Hai", "Ba"])
    assert sheet["C7"].value == '=COUNTIF(C4:C6,"Tốt")'
    assert sheet["D7"].value == "=C7/3"
    assert sheet["D6"].value == "=A6*2"
    assert sheet.parent["Khác"]["A1"].value == "='Danh sách'!C7"


def test_lines_too_many_stay_empty():
    sheet = filled(form([(), (), (), ("Tổng cộng",)]), ["Một"])
    assert sheet["B4"].value == "Một"
    assert "Tổng cộng" in [cell.value for cell in sheet["A"]]
