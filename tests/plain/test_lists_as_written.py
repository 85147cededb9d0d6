"""Lists as people write them: what rows are, who is meant, what cells say."""

import contextlib
import io
import random
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from books import FILES, book
from cadre_review.workbooks import columns, kinds, legacy, rows, tables, values
from cadre_review.workbooks.formulas import Calculator, Formula, Unknown
from cadre_review.workbooks.marking import Mark, marked_copy
from cadre_review.workbooks.matching import Bodies, Candidate, Index
from cadre_review.workbooks.opening import open_any
from cadre_review.workbooks.problems import Problem, Unreadable
from cadre_review.workbooks.reading import Row, Sheet
from cadre_review.workbooks.templates import roster_template

COLUMNS = {"no": 1, "name": 2, "birth_date": 3, "title": 4, "unit": 5}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({1: "1", 2: "Lê Văn A", 4: "CT"}, rows.LINE),
        ({1: "1", 2: "Lê Văn A"}, rows.LINE),
        ({1: "Cộng tác viên", 2: "Lê Văn A", 4: "CT"}, rows.LINE),
        ({1: "Ghi chú", 2: "Lê Văn A", 4: "CT"}, rows.LINE),
        ({1: "1", 2: "Tống Văn Cộng"}, rows.LINE),
        ({1: "2", 2: "Đoàn Thị Hội", 5: "A"}, rows.LINE),
        ({1: "2", 2: "Trương Văn Phòng"}, rows.LINE),
        ({1: "2"}, rows.BLANK),
        ({1: "…", 2: "........"}, rows.BLANK),
        ({1: "I", 2: "Phường Phổ Hòa"}, rows.CAPTION),
        ({2: "II. CÁ NHÂN"}, rows.CAPTION),
        ({1: "1", 2: "Phường Phổ Hòa"}, rows.CAPTION),
        ({2: "THƯỜNG TRỰC HĐND PHƯỜNG PHỔ HÒA"}, rows.CAPTION),
        ({1: "Cộng"}, rows.TOTAL),
        ({1: "Cộng: 02 người"}, rows.TOTAL),
        ({2: "Tổng cộng", 3: "12"}, rows.TOTAL),
        ({2: "Tổng số phường Phổ Hòa", 4: "5"}, rows.TOTAL),
        ({1: "(1)", 2: "(2)", 3: "(3)", 4: "(4)"}, rows.HEADING),
        ({2: "Danh sách này có 03 người./."}, rows.REMARK),
        ({1: "Ghi chú: gửi trước ngày 05/12"}, rows.REMARK),
        ({1: "NGƯỜI LẬP BIỂU", 5: "CHỦ TỊCH"}, rows.BELOW),
        ({4: "Đức Phổ, ngày … tháng … năm 2022"}, rows.BELOW),
    ],
)
def test_what_a_row_is(cells, kind):
    assert rows.meaning(cells, COLUMNS).kind == kind


def test_heading_said_again_on_the_next_page():
    headings = {1: "STT", 2: "Họ và tên", 4: "Chức vụ"}
    again = {1: "STT", 2: "Họ và tên", 4: "Chức vụ"}
    assert rows.meaning(again, COLUMNS, headings).kind == rows.HEADING


def test_parts_in_either_order():
    parts = rows.Parts()
    said = []
    for text, part in (
        *(("Tập thể", rows.COLLECTIVE), ("Cá nhân", rows.PEOPLE)),
        *(("Phường A", ""), ("Phường B", "")),
    ):
        parts.enter(rows.Meaning(rows.CAPTION, text, part))
        said.append((parts.part, parts.unit))
    assert said[1:] == [("people", ""), ("people", "Phường A"), ("people", "Phường B")]


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("HT tốt NV", "good"),
        ("1. Hoàn thành tốt nhiệm vụ", "good"),
        ("HTXSNV (95 điểm)", "excellent"),
        ("Không HTNV", "failed"),
        ("Chưa hoàn thành nhiệm vụ", "failed"),
        ("HTNV nhưng còn hạn chế về năng lực", "completed"),
        ("Đạt hoàn thành nhiệm vụ", "completed"),
        ("\u200bXS\u200b", "excellent"),
    ],
)
def test_levels(written, level):
    assert values.as_level(written) == level


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Đ/c Lê Văn Biên", "Lê Văn Biên"),
        ("Ông Võ Văn Dấu", "Võ Văn Dấu"),
        ("PGS.TS. Lê Thị Hoa", "Lê Thị Hoa"),
        ("3. Bà Trần Thị Ba", "Trần Thị Ba"),
        ("Bà Triệu", "Bà Triệu"),
        ("Anh Thư", "Anh Thư"),
        ("Lê\u200b Văn\ufeff Ba", "Lê Văn Ba"),
    ],
)
def test_names(written, name):
    assert values.as_name(written) == name


def test_family_that_is_a_form_of_address():
    index = Index([Candidate(1, "Ông Cao Thắng"), Candidate(2, "Lê Văn Ba")])
    assert index.find("Ông Cao Thắng").key == 1
    assert index.find("Ông Lê Văn Ba").key == 2


@pytest.mark.parametrize(
    ("written", "year"),
    [(datetime(2077, 3, 15), "1977"), (datetime(1905, 5, 31), "1978")],
)
def test_births_that_cannot_be(written, year):
    answer = values.as_birth(written, date(2022, 11, 21))
    assert isinstance(answer, Problem)
    assert year in str(answer)


def test_codes_stay_codes():
    assert values.text_of(12345678.0) == "12345678"
    assert values.text_of(0.1) == "0.1"
    assert isinstance(values.as_reference(datetime(2022, 12, 15)), Problem)


@pytest.mark.parametrize(
    "written",
    [
        "15-QĐ/TU, ngày 20 tháng 12 năm 2022",
        "15-QĐ/TU ngày 20/12/2022",
        "Quyết định số: 15-QĐ/TU (ngày 20/12/2022)",
        "15-QĐ/TU, 20.12.2022",
    ],
)
def test_number_and_day(written):
    assert values.split_reference(written) == ("15-QĐ/TU", date(2022, 12, 20))


# ----------------------------------------------------------------------
# Who
# ----------------------------------------------------------------------

PEOPLE = (
    Candidate(1, "Lê Văn Ba", "A1", date(1980, 1, 1), "hoa"),
    Candidate(2, "Lê Văn Ba", "A2", date(1985, 2, 2), "quang"),
    Candidate(3, "Trần Thị Tư", "A3", date(1979, 3, 3), "hoa"),
)


@pytest.mark.parametrize(
    ("wanted", "key", "asked"),
    [
        ({"name": "Lê Văn Ba", "code": "a1"}, 1, []),
        ({"name": "Lê Văn Ba", "birth_date": date(1985, 2, 2)}, 2, []),
        ({"name": "Lê Văn Ba", "unit": "quang"}, 2, []),
        ({"name": "Lê Văn Ba"}, None, [1, 2]),
        ({"name": "Trần Thị Tư", "unit": "quang"}, None, [3]),
        ({"name": "Trần Thị Tư", "birth_date": date(1990, 1, 1)}, None, [3]),
        ({"name": "Trần Thị Tư", "code": "A1"}, None, [1, 3]),
        ({"name": "Trần Thị Tư", "code": "A9"}, None, [3]),
        ({"name": "Tran Thi Tu"}, None, [3]),
        ({"name": "Ai Đó"}, None, []),
    ],
)
def test_one_matching(wanted, key, asked):
    match = Index(PEOPLE).find(**wanted)
    assert match.key == key
    assert [candidate.key for candidate in match.doubtful] == asked


@pytest.mark.parametrize(
    "text", ["P. Phổ Hòa", "UBND phường Phổ Hòa", "Phổ Hòa", "TT HĐND P.Phổ Hòa"]
)
def test_units_in_short(text):
    bodies = Bodies(
        [
            Candidate(1, "Thường trực HĐND phường Phổ Hòa"),
            Candidate(2, "Thường trực HĐND xã Phổ An"),
        ]
    )
    assert bodies.body(text) is None
    assert [candidate.key for candidate in bodies.likely(text)] == [1]
    assert not bodies.likely("Xã Phổ Hòa")


# ----------------------------------------------------------------------
# What earlier files taught
# ----------------------------------------------------------------------


def test_one_file_spoils_no_other():
    poison = [("STT", "no"), ("Họ và tên", "name"), ("Họ và tên", "")]
    learnt = columns.Learnt([poison])
    headings = {1: "STT", 2: "Họ và tên", 3: "Ghi chú"}
    assert 2 not in learnt.of(headings, {"no", "name", "note"})
    same = {1: "STT", 2: "Họ và tên", 3: "Họ và tên"}
    assert learnt.of(same, {"no", "name"}) == {1: "no", 2: "name", 3: ""}


def test_files_that_disagree_teach_nothing():
    learnt = columns.Learnt([[("Kết quả", "level")], [("Kết quả", "note"), ("A", "")]])
    assert learnt.of({1: "Kết quả", 2: "B"}, {"level", "note"}) == {}
    assert learnt.of({1: "Kết quả"}, {"level", "note"}) == {1: "level"}


# ----------------------------------------------------------------------
# Columns
# ----------------------------------------------------------------------


def looked(lines, kind):
    sheet = Sheet(
        "S",
        tuple(
            Row(n, {c: v for c, v in enumerate(line, 1) if v is not None})
            for n, line in enumerate(lines, 1)
        ),
    )
    layout = columns.find_layout(sheet, kinds.KINDS[kind])
    manner = tables.Manner(ticked=kinds.TICKED.get(kind, ""), today=date(2022, 11, 21))
    return layout, tables.read_table(sheet, layout, kinds.KINDS[kind], manner)


def test_votes_that_are_ticks():
    head = ("STT", "Họ và tên", "XS", "T", "HT", "K")
    _layout, table = looked([head, (1, "Lê Văn Ba", None, "x")], "summary")
    assert table.lines[0].get("unit_level") == "good"
    _layout, table = looked([head, (1, "Lê Văn Ba", 1, 8, 0, 0)], "summary")
    assert table.lines[0].get("votes_good") == 8
    _layout, table = looked([head, (1, "Lê Văn Ba", "x", "x")], "summary")
    assert [bad.column for bad in table.bad] == ["D"]


def test_birth_by_sex():
    lines = [
        ("STT", "Họ và tên", "Ngày sinh", None, "Chức vụ"),
        (None, None, "Nam", "Nữ", None),
        (1, "Lê Văn Ba", "01/02/1980", None, "CT"),
        (2, "Trần Thị Tư", None, "03/04/1985", "PCT"),
    ]
    sheet = book(lines, lambda _made, sheet: sheet.merge_cells("C1:D1"))
    read = open_any(sheet).sheet("Danh sách")
    layout = columns.find_layout(read, kinds.ROSTER)
    table = tables.read_table(read, layout, kinds.ROSTER)
    assert [line.get("birth_date") for line in table.lines] == [
        *(date(1980, 2, 1), date(1985, 4, 3)),
    ]


def test_years_as_columns():
    lines = [("STT", "Họ và tên", "Năm 2020", "2021"), (1, "Lê Văn Ba", "XS", "T")]
    _layout, table = looked(lines, "history")
    assert [(line.get("year"), line.get("level")) for line in table.lines] == [
        *((2020, "excellent"), (2021, "good")),
    ]


# ----------------------------------------------------------------------
# Old fonts
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "font", "text"),
    [
        ("NguyÔn ThÞ Thñy", "tcvn3", "Nguyễn Thị Thủy"),
        ("Chñ tÞch H§ND ph\xadêng", "tcvn3", "Chủ tịch HĐND phường"),
        ("Nguyeãn Thò Thuûy", "vni", "Nguyễn Thị Thủy"),
        ("Phöôøng Phoå Hoøa", "vni", "Phường Phổ Hòa"),
        ("Nguyễn Thị Hòa", "", ""),
        ("Y Bhăm Êban", "", ""),
        ("Müller", "", ""),
    ],
)
def test_old_fonts(written, font, text):
    assert legacy.font_of(written) == font
    if font:
        assert legacy.converted_text(written, font) == text


def test_old_text_is_never_taken_as_it_stands():
    head = ("STT", "Họ và tên", "Chức vụ", "Đơn vị")
    _layout, table = looked([head, (1, "NguyÔn ThÞ Thñy", "CT", "A")], "roster")
    [bad] = table.bad
    assert "TCVN3" in str(bad.problem) and "Nguyễn Thị Thủy" in str(bad.problem)
    assert not table.lines[0].get("name")


# ----------------------------------------------------------------------
# Other kinds of file
# ----------------------------------------------------------------------

TEXT = "STT;Họ và tên;Ngày sinh\n1;Lê Văn Ấn;20/02/1989\n2;Trần Thị Tư;01/01/1980\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_with_separators(encoding, separator):
    opened = open_any(TEXT.replace(";", separator).encode(encoding))
    sheet = opened.sheet("CSV")
    assert opened.note == "csv"
    assert [row.cells[2] for row in sheet.rows][1:] == ["Lê Văn Ấn", "Trần Thị Tư"]


@pytest.mark.parametrize("name", ["list.xls", "list.ods"])
def test_old_spreadsheets(name):
    pytest.importorskip("python_calamine")
    opened = open_any((FILES / name).read_bytes())
    sheet = opened.sheet("Phổ Hòa")
    layout = columns.find_layout(sheet, kinds.ROSTER)
    table = tables.read_table(sheet, layout, kinds.ROSTER)
    assert opened.note == "old"
    assert list(opened.sheets.items())[2] == ("Ẩn", True)
    assert [line.get("birth_date") for line in table.lines] == [
        *(date(1989, 2, 20), date(1976, 7, 3), date(1985, 9, 5)),
    ]


@pytest.mark.parametrize("name", ["list.xls", "list.ods"])
def test_damaged_old_spreadsheets_are_read_or_refused(name):
    """Bytes changed, cut off, and a list of parts that says what is not true."""
    pytest.importorskip("python_calamine")
    whole, chance = (FILES / name).read_bytes(), random.Random(name)
    kept = 0
    for number in range(12):
        damaged = bytearray(whole)
        for _time in range(1 + 3 * number):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if number % 4 == 3:
            del damaged[chance.randrange(len(damaged)) :]
        with contextlib.suppress(Unreadable):
            kept += len(open_any(bytes(damaged)).sheets)
    assert kept  # some damage does not matter


@pytest.mark.parametrize("method", [1, 99])
def test_an_ods_packed_in_another_way_is_refused_in_words(method):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    content = bytearray(file.getvalue())
    content[8] = content[content.index(b"PK\x01\x02") + 10] = method
    with pytest.raises(Unreadable):
        open_any(bytes(content))


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0" + bytes(2000), b"", b"hello", bytes(range(256)) * 9]
)
def test_what_is_no_list_is_refused_in_words(content):
    with pytest.raises(Unreadable):
        open_any(content)


# ----------------------------------------------------------------------
# Formulas
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(A1:A3)", 6),
        ("SUM(A1,A2)*2-1", 5),
        ('COUNTIF(B1:B3,"*tốt*")', 2),
        ('COUNTIF(A1:A3,">=2")', 2),
        ('COUNTIFS(A1:A3,">1",B1:B3,"*tốt*")', 1),
        ("COUNTA(B1:B9)", 3),
        ("ROUND(A3/A2,1)", 1.5),
        ('IF(A1=1,"có","không")', "có"),
        ('A1&"/"&A3', "1/3"),
        ("-A1^2", 1),
        ("10%*A2", 0.2),
        ("VLOOKUP(2,A1:B3,2,FALSE)", "Tốt lắm"),
        ("SUM(Khác!A1:A2)", 30),
        ("SUM(Tên)", 6),
    ],
)
def test_values_of_formulas(formula, value):
    sheets = {
        "S": {
            **{(n, 1): n for n in (1, 2, 3)},
            **{(n, 2): t for n, t in ((1, "tốt"), (2, "Tốt lắm"), (3, "khá"))},
            (9, 9): Formula(formula),
        },
        "Khác": {(1, 1): 10, (2, 1): 20},
    }
    assert Calculator(sheets, {"Tên": "S!$A$1:$A$3"}).value("S", 9, 9) == value


@pytest.mark.parametrize(
    "formula", ["TODAY()", "A1/0", "B1*2", "I9+1", "OFFSET(A1,1,1)"]
)
def test_what_is_not_computed_has_no_value(formula):
    sheets = {"S": {(1, 1): 1, (1, 2): "x", (9, 9): Formula(formula)}}
    with pytest.raises(Unknown):
        Calculator(sheets).value("S", 9, 9)


def test_blank_roster_offers_words_and_takes_days():
    content = roster_template(["Đơn vị A"], ["Cấp B"], [])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Danh sách"]
    offered = {
        str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation
    }
    assert offered["E4:E63"] == "'Từ dùng'!$A$2:$A$2"
    assert offered["I4:I63"] == '"x"'
    assert sheet["D4"].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == "D4"
    read = open_any(content).sheet("Danh sách")
    layout = columns.find_layout(read, kinds.ROSTER)
    assert len(layout.columns) == len(layout.headings) == 17
    assert not tables.read_table(read, layout, kinds.ROSTER).lines


def test_marked_copy_keeps_what_the_file_has():
    content = (FILES / "cases" / "form-totals-picture-rules.xlsx").read_bytes()
    marked = marked_copy(content, [Mark("Biểu 1", 8, "B", "", "vì sao")])
    with zipfile.ZipFile(io.BytesIO(marked)) as new:
        assert "xl/media/image1.png" in new.namelist()
        assert b"DanhSach" in new.read("xl/workbook.xml")
    made = openpyxl.load_workbook(io.BytesIO(marked))
    assert made.sheetnames == ["Ô cần sửa", "Biểu 1"]
    assert made["Biểu 1"]["B8"].comment.text == "vì sao"
    assert made["Biểu 1"]["E14"].comment  # its own note
    assert made["Biểu 1"].print_title_rows == "$6:$7"
