"""Forms before and after they are filled: part by part, and read back."""

import io
import random
import re
import shutil
import subprocess
import time
import zipfile
from datetime import date

import openpyxl
import pytest
from books import FILES, book, with_part
from cadre_review.workbooks import forms, kinds, tables
from cadre_review.workbooks.problems import Unreadable
from cadre_review.workbooks.reading import open_book
from openpyxl.chart import BarChart, Reference

CASES = FILES / "cases"
UNITS = (
    *("Thường trực HĐND phường Phổ Hòa", "Thường trực HĐND phường Phổ Quang"),
    "Thường trực HĐND xã Phổ An",
)
GOOD = "Hoàn thành tốt nhiệm vụ"


def case(name):
    return (CASES / f"form-{name}.xlsx").read_bytes()


def people(each=3, units=UNITS):
    return [
        forms.Entry(
            {
                "name": f"Người {number} {unit}",
                "unit": unit,
                "title": "Ủy viên",
                "birth_date": date(1980, 2, 3),
                "decided": GOOD,
                "votes_excellent": 2,
                "votes_good": number,
            }
        )
        for unit in units
        for number in range(1, each + 1)
    ]


def collectives():
    values = ({"name": unit, "unit": unit, "decided": GOOD} for unit in UNITS)
    return [forms.Entry(one, is_collective=True) for one in values]


def fill(content, entries, **heads):
    looked = forms.look_at(content)
    name, layout = next((n, one) for n, one in looked.items() if one)
    columns = {number: code for code, number in layout.columns.items()}
    filling = forms.Filling(name, layout.first, layout.last, columns, entries, heads)
    return forms.fill(content, filling)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def sheet_of(content, name="xl/worksheets/sheet1.xml"):
    return parts(content)[name].decode()


def around(text):
    """What of a sheet is not its cells."""
    return re.sub(r"<sheetData>.*</sheetData>", "", text, flags=re.DOTALL)


def rows_of(content, first, width=2):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    lines = sheet.iter_rows(min_row=first, max_col=width, values_only=True)
    return [line for line in lines if any(value is not None for value in line)]


# ----------------------------------------------------------------------
# Part by part
# ----------------------------------------------------------------------


def test_what_stands_below_moves_and_all_else_stays():
    """Six lines more: rules, lists of values, links, breaks, notes, pictures, names."""
    before = case("totals-picture-rules")
    after = fill(before, people(), unit=UNITS[0], year=2022)
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {
        *("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/comments1.xml"),
        *("xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml"),
    }
    expected = around(old["xl/worksheets/sheet1.xml"].decode())
    for one, other in (
        ('dimension ref="A1:J23"', 'dimension ref="A1:J29"'),
        ('mergeCell ref="A11:D11"', 'mergeCell ref="A17:D17"'),
        ('mergeCell ref="E13:H13"', 'mergeCell ref="E19:H19"'),
        ('mergeCell ref="A14:C14"', 'mergeCell ref="A20:C20"'),
        ('mergeCell ref="E14:H14"', 'mergeCell ref="E20:H20"'),
        ('sqref="A8:H10"', 'sqref="A8:H16"'),
        ("$E8&gt;$E$11/2", "$E8&gt;$E$17/2"),
        ('sqref="E8:G10"', 'sqref="E8:G16"'),
        ("<formula>$E$11</formula>", "<formula>$E$17</formula>"),
        ('sqref="H8:H10"', 'sqref="H8:H16"'),
        ("$J$21:$J$23", "$J$27:$J$29"),
        ('hyperlink ref="A19"', 'hyperlink ref="A25"'),
        ('brk id="14"', 'brk id="20"'),
        ('sqref="A1:H30"', 'sqref="A1:H36"'),
    ):
        assert one in expected
        expected = expected.replace(one, other)
    assert around(new["xl/worksheets/sheet1.xml"].decode()) == expected
    names = new["xl/workbook.xml"].decode()
    for name in ("$A$8:$H$16", "$A$1:$H$20", "$6:$7", "$E$17"):
        assert f"'Biểu 1'!{name}<" in names
    assert b'ref="E20"' in new["xl/comments1.xml"]
    drawing = new["xl/drawings/drawing1.xml"].decode()
    # the logo above stays, the seal below moves
    assert re.findall(r"<xdr:row>(\d+)", drawing) == ["0", "4", "20", "24"]


def test_formulas_have_their_values():
    after = fill(case("totals-picture-rules"), people())
    sheet = openpyxl.load_workbook(io.BytesIO(after), data_only=True).active
    assert [sheet.cell(17, column).value for column in range(5, 9)] == [18, 18, 0, 9]


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_libreoffice_opens_it_as_it_is(tmp_path):
    """What it prints: nine people, totals that are values, the signatures below."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(fill(case("totals-picture-rules"), people()))
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile"),
            *("--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"),
            *("--outdir", tmp_path, path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    lines = path.with_suffix(".csv").read_text().splitlines()
    assert lines[7].startswith(f"1,Người 1 {UNITS[0]},03/02/1980,Ủy viên,2,1,,{GOOD}")
    assert lines[16].startswith("Tổng cộng,,,,18,18,0,9")
    assert lines[19].startswith("NGƯỜI LẬP BIỂU,,,,TRƯỞNG BAN")


def test_nothing_is_put_in_where_there_is_room():
    before = case("totals-picture-rules")
    after = fill(before, people(1))
    old, new = parts(before), parts(after)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"xl/worksheets/sheet1.xml"}
    assert around(sheet_of(before)) == around(sheet_of(after))
    # packed bytes of the others are the same, too
    for name in ("xl/media/image1.png", "xl/theme/theme1.xml"):
        with zipfile.ZipFile(io.BytesIO(before)) as file:
            one = file.getinfo(name)
        with zipfile.ZipFile(io.BytesIO(after)) as file:
            other = file.getinfo(name)
        assert (one.CRC, one.compress_size) == (other.CRC, other.compress_size)


def test_spreadsheet_table_grows_with_its_filter_and_what_counts_over_it():
    after = fill(case("table"), people())
    table = parts(after)["xl/tables/table1.xml"].decode()
    assert re.findall(r' ref="([^"]*)"', table) == ["A3:E12", "A3:E12"]
    sheet = openpyxl.load_workbook(io.BytesIO(after), data_only=True).active
    assert sheet["A14"].value.startswith("Ghi chú")
    assert sheet["B15"].value == 9


def test_newer_rules_and_sparklines_are_kept_and_moved():
    before = case("newer-rules")
    after = fill(before, people())
    text = sheet_of(after)
    assert "<xm:sqref>D3:D11</xm:sqref>" in text
    assert "<xm:sqref>F3:F11</xm:sqref>" in text
    assert "<xm:f>DS!D3:E3</xm:f><xm:sqref>H3</xm:sqref>" in text
    assert text.count("<ext ") == sheet_of(before).count("<ext ")


def test_cell_at_the_end_of_the_sheet():
    start = time.thread_time()
    after = fill(case("stray-last-row"), people(100))
    assert time.thread_time() - start < 2
    assert max(map(int, re.findall(r'<row [^>]*?r="(\d+)"', sheet_of(after)))) == 303
    text = case("stray-last-row")
    held = with_part(
        text,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(
            b'<c r="D1048576" s="1"/>', b'<c r="D1048576"><v>1</v></c>'
        ),
    )
    with pytest.raises(Unreadable, match="1048576"):
        fill(held, people(3))


# ----------------------------------------------------------------------
# Who goes where
# ----------------------------------------------------------------------


def test_captions_in_two_cells():
    after = fill(case("caption-in-two-cells"), [*collectives(), *people(1)])
    assert rows_of(after, 4) == [
        ("I", "TẬP THỂ"),
        *((number, unit) for number, unit in enumerate(UNITS, 1)),
        ("II", "CÁ NHÂN"),
        *((number, f"Người 1 {unit}") for number, unit in enumerate(UNITS, 1)),
        ("Tổng cộng", None),
    ]


def test_everybody_under_the_own_unit():
    after = fill(case("unit-sections"), people())
    captions = ("I. Phường Phổ Hòa", "II. Phường Phổ Quang", "III. Xã Phổ An")
    wanted = []
    for caption, unit in zip(captions, UNITS, strict=True):
        wanted += [(None, caption)]
        wanted += [(n, f"Người {n} {unit}") for n in (1, 2, 3)]
    assert rows_of(after, 4) == wanted


def test_who_has_no_part_is_named_and_nothing_written():
    with pytest.raises(Unreadable, match="Người 1 Ban Pháp chế"):
        fill(case("unit-sections"), people(1, units=("Ban Pháp chế",)))


def test_line_with_a_name_already_is_completed():
    def frame(_made, sheet):
        sheet["B3"] = "NGƯỜI 2 X"

    head = ("STT", "Họ và tên", "Mức xếp loại")
    content = book([head, (1,), (2,), ("Tổng cộng",)], frame)
    after = fill(content, people(2, units=("X",)))
    names = [(row[1], row[2]) for row in rows_of(after, 2, 3)]
    assert names == [("Người 1 X", GOOD), ("Người 2 X", GOOD), (None, None)]


@pytest.mark.parametrize(
    "name",
    [
        *("totals-picture-rules", "table", "newer-rules", "stray-last-row"),
        *("caption-in-two-cells", "unit-sections"),
    ],
)
def test_what_we_fill_we_read_back(name):
    entries = people()
    if name.startswith("caption"):
        entries = [*collectives(), *entries]
    after = fill(case(name), entries)
    read = open_book(after)
    sheet = read.sheet(next(iter(read.sheets)))
    layout = forms.find_layout(sheet, kinds.HISTORY)
    table = tables.read_table(sheet, layout, kinds.HISTORY)
    assert not table.bad
    assert [line.get("name") for line in table.lines] == [
        entry.values["name"] for entry in entries
    ]
    assert {line.get("level") for line in table.lines} == {"good"}


# ----------------------------------------------------------------------
# What cannot be moved
# ----------------------------------------------------------------------

HEAD = ("STT", "Họ và tên", "Mức xếp loại")


def test_array_formula_over_the_lines_is_refused_by_name():
    def spoil(_made, sheet):
        formula = openpyxl.worksheet.formula.ArrayFormula("E2:E6", "=C2:C6")
        sheet["E2"] = formula

    content = book([HEAD, (1,), (2,), ("Tổng cộng",)], spoil)
    with pytest.raises(Unreadable, match="E2, an array formula"):
        fill(content, people())


def test_indirect_that_names_moving_cells_is_refused_by_name():
    def spoil(_made, sheet):
        sheet["C4"] = '=SUM(INDIRECT("C4:C9"))'

    content = book([HEAD, (1,), (2,), ("Tổng cộng",)], spoil)
    with pytest.raises(Unreadable, match="INDIRECT"):
        fill(content, people())
    fill(content, people(2, units=("X",)))  # nothing has to be put in


def test_formulas_kept_once_for_many_cells_are_written_out():
    shared = (
        b'<c r="D2"><f t="shared" ref="D2:D6" si="0">C2&amp;D$4</f></c>',
        b'<c r="D3"><f t="shared" si="0"/></c>',
    )

    def share(part):
        for number, cell in enumerate(shared, 2):
            pattern = rb'<c r="D%d"[^>]*?(/>|>.*?</c>)' % number
            part = re.sub(pattern, cell, part, flags=re.DOTALL)
        return part

    content = book([HEAD, (1, None, None, "x"), (2, None, None, "x"), ("Cộng",)])
    content = with_part(content, "xl/worksheets/sheet1.xml", share)
    sheet = openpyxl.load_workbook(io.BytesIO(fill(content, people()))).active
    assert sheet["D2"].value == "=C2&D$11"
    assert sheet["D3"].value == "=C3&D$11"
    assert sheet["D10"].value == "=C10&D$11"


def test_line_that_sums_itself_does_not_grow():
    rows = [HEAD, (1, None, None, 1, 2, "=SUM(D2:E2)"), ("Cộng",)]
    sheet = openpyxl.load_workbook(io.BytesIO(fill(book(rows), people()))).active
    assert sheet["F2"].value == "=SUM(D2:E2)"
    assert sheet["F10"].value == "=SUM(D10:E10)"


def test_fonts_inside_a_text_stay():
    rich = (
        "<si><r><rPr><b/></rPr><t>Đơn vị: </t></r>"
        "<r><rPr><i/></rPr><t>......</t></r></si>"
    )

    def embolden(part):
        text = part.decode()
        changed = re.sub("<si><t[^>]*>Đơn vị: …+</t></si>", rich, text)
        assert changed != text
        return changed.encode()

    content = with_part(case("totals-picture-rules"), "xl/sharedStrings.xml", embolden)
    after = fill(content, people(1), unit="Phường A")
    assert "<r><rPr><b/></rPr>" in sheet_of(after)
    assert re.search(r"<rPr><i/></rPr><t> ?Phường A</t>", sheet_of(after))


# ----------------------------------------------------------------------
# Damaged ones
# ----------------------------------------------------------------------

_NASTY = (b"-1", b"0", b"99999999", b"NaN", b"", b"XFE1", b"zzz", b"A0", b"1:2:3")


def test_damaged_forms_are_filled_or_refused_in_words():
    entries = people(4)
    names = ("totals-picture-rules", "table", "newer-rules", "unit-sections")
    outcomes = {"filled": 0, "refused": 0}
    for index in range(160):
        chance = random.Random(index)
        base = case(names[index % len(names)])
        part = chance.choice(
            [n for n in parts(base) if n.endswith((".xml", ".rels", ".vml"))]
        )
        value = chance.choice(_NASTY)

        def spoil(text, chance=chance, value=value):
            found = list(re.finditer(rb'="([^"]*)"', text))
            place = chance.choice(found) if found else None
            if not place:
                return text
            return text[: place.start(1)] + value + text[place.end(1) :]

        try:
            fill(with_part(base, part, spoil), entries)
            outcomes["filled"] += 1
        except Unreadable:
            outcomes["refused"] += 1
        except StopIteration:  # no heading is left
            continue
    assert min(outcomes.values()) > 10


def with_chart(content):
    """The same form with a chart of its totals below it, and one on a sheet beside."""
    whole = openpyxl.load_workbook(io.BytesIO(content))
    form = whole.active
    beside = whole.create_sheet("Biểu đồ")
    for sheet in (form, beside):
        chart = BarChart()
        chart.add_data(
            Reference(form, min_col=5, max_col=7, min_row=11), from_rows=True
        )
        sheet.add_chart(chart, "A40")
    form.protection.sheet = True
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def test_charts_move_and_show_the_same_figures():
    """Six lines more: the chart under the list goes down, both read row 17."""
    before = with_chart(case("totals-picture-rules"))
    old, new = parts(before), parts(fill(before, people()))
    charts = [name for name in old if "/charts/chart" in name]
    assert len(charts) == 2
    for name in charts:
        assert "$E$11:$G$11" in old[name].decode()
        assert "$E$17:$G$17" in new[name].decode()
        assert "$11" not in new[name].decode()
    drawings = {name: text for name, text in old.items() if "/drawings/drawing" in name}
    assert [b"<row>39</row>" in text for text in drawings.values()] == [True, True]
    moved = [b"<row>45</row>" in new[name] for name in drawings]
    assert sorted(moved) == [False, True]  # the sheet beside has no more lines
