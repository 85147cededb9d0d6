"""Reading foreign workbooks: every kind of bad file, within its limits."""

import io
import time
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from books import FILES, book, with_part
from cadre_review.workbooks import columns, kinds, tables
from cadre_review.workbooks.problems import Unreadable
from cadre_review.workbooks.reading import ErrorValue, Limits, Uncomputed, open_book

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ")
SHEET = "xl/worksheets/sheet1.xml"


def read(content, kind="roster", **options):
    opened = open_book(content)
    sheet = opened.sheet(next(iter(opened.sheets)))
    layout = columns.find_layout(sheet, kinds.KINDS[kind])
    manner = tables.Manner(ticked=kinds.TICKED.get(kind, ""), **options)
    return layout, tables.read_table(sheet, layout, kinds.KINDS[kind], manner)


def refusal(content, limits=Limits()):  # noqa: B008
    with pytest.raises(Unreadable) as caught:
        opened = open_book(content, limits)
        for name in opened.sheets:
            opened.sheet(name)
    return str(caught.value)


# ----------------------------------------------------------------------
# Files
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a whole .xlsx"),
        (b"STT,Ten\n1,A", "not a whole .xlsx"),
        (book([HEAD])[:400], "not a whole .xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(512), ".xls"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (with_part(book([HEAD]), SHEET, lambda part: part[:-30]), "damaged"),
        (
            with_part(
                book([HEAD]),
                SHEET,
                lambda part: b'<?xml version="1.0" encoding="zzz"?>' + part,
            ),
            "damaged",
        ),
        (
            with_part(
                book([HEAD]),
                SHEET,
                lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part,
            ),
            "not a whole .xlsx",
        ),
    ],
)
def test_what_is_no_workbook(content, said):
    assert said in refusal(content)


def test_other_zips_are_no_workbooks():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as other:
        other.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        other.writestr("content.xml", "<x/>")
    assert "not a whole .xlsx" in refusal(file.getvalue())


def test_zip_bomb_stops_early():
    content = with_part(
        book([HEAD]),
        SHEET,
        lambda part: part.replace(
            b"</sheetData>", b"<row><c t='str'><v>" + b"x" * (300 * 2**20)
        ),
    )
    assert len(content) < 2**20
    start = time.monotonic()
    assert "larger" in refusal(content)
    assert time.monotonic() - start < 10


def test_a_million_empty_rows_are_read_over():
    rows = b"".join(b'<row r="%d" ht="15"/>' % n for n in range(3, 1_048_577))
    content = with_part(
        book([HEAD, ("1", "Lê Văn Ánh", None, "A", "Ủy viên")]),
        SHEET,
        lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    start = time.monotonic()
    _layout, table = read(content)
    assert [line.get("name") for line in table.lines] == ["Lê Văn Ánh"]
    assert time.monotonic() - start < 15


@pytest.mark.parametrize(
    "limits", [Limits(cells=5), Limits(filled=1), Limits(size=100), Limits(parts=2)]
)
def test_limits(limits):
    assert refusal(book([HEAD, HEAD]), limits)


def test_macros_and_hidden_sheets_are_named():
    def hide(made, _sheet):
        made.create_sheet("Ẩn").sheet_state = "veryHidden"

    opened = open_book(book([HEAD], hide))
    assert opened.sheets == {"Danh sách": False, "Ẩn": True}
    assert not opened.has_macros


# ----------------------------------------------------------------------
# Cells
# ----------------------------------------------------------------------


def cells_of(content):
    opened = open_book(content)
    sheet = opened.sheet(next(iter(opened.sheets)))
    return [dict(row.cells) for row in sheet.rows]


def test_values_are_what_they_are():
    day = datetime(1975, 4, 30)
    [row] = cells_of(book([("a", 1, 1.5, True, day, "=1+1", None, "#REF!")]))
    assert (
        row[1:7]
        if False
        else row
        == {
            1: "a",
            2: 1,
            3: 1.5,
            4: True,
            5: day,
            6: Uncomputed("=1+1"),
            8: ErrorValue("#REF!"),
        }
    )


def test_both_epochs():
    def from_1904(made, _sheet):
        made.epoch = openpyxl.utils.datetime.MAC_EPOCH

    for change in (None, from_1904):
        [row] = cells_of(book([(datetime(1975, 4, 30),)], change))
        assert row[1] == datetime(1975, 4, 30)


def test_formula_counts_as_what_was_stored():
    content = with_part(
        book([("=1+1",)]),
        SHEET,
        lambda part: part.replace(b"<v></v>", b"<v>2</v>")
        if b"<v></v>" in part
        else part.replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>"),
    )
    assert cells_of(content) == [{1: 2}]


def test_numbers_that_are_none():
    for text in (b"1e999", b"NaN", b"-inf", b"x"):
        content = with_part(
            book([(1,)]),
            SHEET,
            lambda part, text=text: part.replace(b"<v>1<", b"<v>" + text + b"<"),
        )
        assert isinstance(cells_of(content)[0][1], ErrorValue)


# ----------------------------------------------------------------------
# Tables
# ----------------------------------------------------------------------


def test_titles_numbering_captions_and_totals_are_no_lines():
    layout, table = read(
        book(
            [
                ("ỦY BAN",),
                ("DANH SÁCH CÁN BỘ",),
                (),
                HEAD,
                ("(1)", "(2)", "(3)", "(4)", "(5)"),
                (None, "I. TẬP THỂ"),
                (1, "Thường trực", None, "A", "x"),
                (None, "II. CÁ NHÂN"),
                (1, "Lê Văn Ánh", "30/4/1975", "A", "Chủ tịch"),
                (),
                (None, "Tổng cộng", 2),
                (None, "Người lập biểu"),
            ]
        )
    )
    assert (layout.first, layout.last) == (4, 5)
    assert [(line.row, line.caption) for line in table.lines] == [
        (7, "TẬP THỂ"),
        (9, "CÁ NHÂN"),
    ]
    assert table.lines[1].get("birth_date") == date(1975, 4, 30)
    assert not table.bad
    assert [(p.row, p.kind) for p in table.passed] == [(11, "total"), (12, "below")]


def test_headings_over_two_rows_and_merged():
    def merge(_made, sheet):
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:B2")
        sheet.merge_cells("C1:D1")

    layout, table = read(
        book(
            [
                ("TT", "HO VA TEN", "Hội nghị", None),
                (None, None, "XS", "Kết luận"),
                (1, "Lê Văn Ánh", 3, "T"),
            ],
            merge,
        ),
        "summary",
    )
    assert layout.columns == {"no": 1, "name": 2, "votes_excellent": 3, "concluded": 4}
    assert table.lines[0].values == {
        "no": "1",
        "name": "Lê Văn Ánh",
        "votes_excellent": 3,
        "concluded": "good",
    }


def test_merged_data_cells_count_for_each_line():
    def merge(_made, sheet):
        sheet.merge_cells("D2:D3")

    _layout, table = read(
        book(
            [HEAD, (1, "Một", None, "Đơn vị A", "x"), (2, "Hai", None, None, "y")],
            merge,
        )
    )
    assert [line.get("unit") for line in table.lines] == ["Đơn vị A", "Đơn vị A"]


def test_every_bad_cell_at_once():
    _layout, table = read(
        book(
            [
                HEAD,
                (1, "Một", "30/13/1975", "A", "x"),
                (2, None, "1975", "A", "x"),
                (3, "Ba", "=TODAY()", "#N/A", "x"),
            ]
        )
    )
    assert [(bad.row, bad.column, bad.value) for bad in table.bad] == [
        (2, "C", "30/13/1975"),
        (3, "B", ""),
        (3, "C", "1975"),
        (4, "C", "=TODAY()"),
        (4, "D", "#N/A"),
    ]


def test_hidden_rows_are_left_out_and_named():
    def hide(_made, sheet):
        sheet.row_dimensions[2].hidden = True

    content = book([HEAD, (1, "Một", None, "A", "x"), (2, "Hai", None, "A", "x")], hide)
    _layout, table = read(content)
    assert [line.get("name") for line in table.lines] == ["Hai"]
    assert [(p.row, p.text) for p in table.hidden] == [(2, "1 Một A x")]
    _layout, table = read(content, with_hidden=True)
    assert len(table.lines) == 2


def test_what_was_chosen_before_goes_first():
    opened = open_book(book([("STT", "Danh tính", "Chức vụ"), (1, "A", "x")]))
    sheet = opened.sheet("Danh sách")
    file = [("STT", "no"), ("DANH TÍNH", "name"), ("Chức vụ", "")]
    layout = columns.find_layout(sheet, kinds.ROSTER, columns.Learnt([file]))
    assert layout.columns == {"no": 1, "name": 2}


def test_list_of_the_receiving_organ():
    _layout, table = read(
        book(
            [
                ("STT", "Họ và tên", "Loại", "Ngày nộp", "Người nhận", "Số biên nhận"),
                (1, "Lê Văn Ánh", "Kê khai tài sản, thu nhập", "1/12/2022", "A", "07"),
                (2, "Trần Thị Bình", "Bổ sung lý lịch", None, None, None),
                (3, "Ai Đó", "Khác", datetime(2022, 12, 1), None, 12.0),
                (4, "Ai Khác", "Tài sản", "hôm qua", None, None),
                (None, "Tổng cộng: 4", None, None, None, None),
            ]
        ),
        "declarations",
    )
    assert table.lines[0].values == {
        "no": "1",
        "name": "Lê Văn Ánh",
        "kind": "asset",
        "date": date(2022, 12, 1),
        "clerk": "A",
        "reference": "07",
    }
    assert table.lines[1].get("kind") == "cv"
    assert table.lines[2].get("reference") == "12"
    # who has handed nothing in yet stands there without a day
    assert [(bad.row, bad.column) for bad in table.bad] == [(4, "C"), (5, "D")]
    assert [(p.row, p.kind) for p in table.passed] == [(6, "total")]


# ----------------------------------------------------------------------
# Written by LibreOffice
# ----------------------------------------------------------------------


def test_blank_summary_filled_in_with_libreoffice():
    """Our blank summary, filled in and saved by LibreOffice Calc 7.4."""
    content = (FILES / "libreoffice-summary.xlsx").read_bytes()
    layout, table = read(content, "summary")
    assert not table.bad
    assert [line.get("name") for line in table.lines] == [
        "Thường trực HĐND phường Phổ Thử",
        "Lê Văn Giả Định",
        "Trần Thị Ví Dụ",
        "Phạm Quốc Mẫu Thử",
    ]
    chair = table.lines[1]
    assert chair.get("birth_date") == date(1975, 4, 30)
    assert chair.get("self") == "excellent"
    assert [chair.get(vote) for vote in kinds.VOTES] == [1, 8, 0, 0]
    # a formula that LibreOffice has computed
    assert chair.get("unit_level") == "good"
    meeting, bad = tables.read_pairs(
        open_book(content).sheet("Hội nghị"), kinds.MEETING
    )
    assert not bad
    assert meeting == {
        "date_start": datetime(2022, 11, 18, 8, 0),
        "date_end": datetime(2022, 11, 18, 11, 0),
    }
