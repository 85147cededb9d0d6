"""Files made to cost as much as they can, by what they are heavy with."""

import io
import zipfile

_NAMES = "http://schemas.openxmlformats.org"
_MAIN = (
    f'xmlns="{_NAMES}/spreadsheetml/2006/main" '
    f'xmlns:r="{_NAMES}/officeDocument/2006/relationships"'
)
_LINK = f"{_NAMES}/officeDocument/2006/relationships"
_LINKS = f'<Relationships xmlns="{_NAMES}/package/2006/relationships">'
_HEAD = "".join(
    f'<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>'
    for column, text in zip(
        "ABCD", ("STT", "Họ và tên", "Chức vụ", "Đơn vị"), strict=True
    )
)
_DATA = f'<sheetData><row r="1">{_HEAD}</row>'
_END = "</sheetData>"


def heavy_book(sheet, strings="", styles='<cellXfs><xf numFmtId="0"/></cellXfs>'):
    """Bytes of a file with this inside of its only sheet."""
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINK}/{kind}" Target="{path}"/>'
        for n, (kind, path) in enumerate(
            (
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            ),
            1,
        )
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_NAMES}/package/2006/content-types"/>',
        "_rels/.rels": (
            f'{_LINKS}<Relationship Id="rId1" Type="{_LINK}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/_rels/workbook.xml.rels": f"{_LINKS}{links}</Relationships>",
        "xl/workbook.xml": (
            f'<workbook {_MAIN}><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ),
        "xl/styles.xml": f"<styleSheet {_MAIN}>{styles}</styleSheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}>{sheet}</worksheet>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return file.getvalue()


def _rows(row, number):
    return _DATA + row * number + _END


def _merged(number, area):
    return f"<mergeCells>{area * number}</mergeCells>"


def _tall():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 40_000)
    )
    areas = "".join(
        f'<mergeCell ref="{column}2:{column}1048576"/>' for column in "ABCDEFGHIJ"
    )
    return _DATA + rows + _END + _merged(5_000, areas)


def _texts(number):
    text = "Nguyễn Văn " * 20
    return "".join(
        f'<row><c/><c t="inlineStr"><is><t>{n} {text}</t></is></c></row>'
        for n in range(number)
    )


def _rules(number):
    return number * (
        '<conditionalFormatting sqref="A1:B2"><cfRule type="expression" priority="1">'
        "<formula>A1&gt;1</formula></cfRule></conditionalFormatting>"
    )


def _attributes(number):
    soup = " ".join(f'a{n}="{n}"' for n in range(number))
    return f'{_DATA}<row r="2" {soup}/>{_END}'


def _formula(number):
    long = "A1+" * number
    return f'{_DATA}<row r="2"><c r="A2"><f>{long}1</f></c></row>{_END}'


# what it is heavy with -> how it is made
HEAVY = {
    "cells": lambda: heavy_book(
        _rows("<row>" + "<c><v>1.5</v></c>" * 30 + "</row>", 59_000)
    ),
    "wide rows": lambda: heavy_book(
        _rows("<row>" + "<c><v>1.5</v></c>" * 99 + "</row>", 20_000)
    ),
    "styled blanks": lambda: heavy_book(
        _rows("<row>" + '<c s="0"/>' * 100 + "</row>", 40_000)
    ),
    "empty shared texts": lambda: heavy_book(_DATA + _END, "<si><t/></si>" * 4_900_000),
    "shared texts": lambda: heavy_book(
        _DATA + _END, "".join(f"<si><t>Nguyễn Văn {n}</t></si>" for n in range(490_000))
    ),
    "one text": lambda: heavy_book(
        f'{_DATA}<row><c t="inlineStr"><is><t>{"ế" * 20_000_000}</t></is></c></row>'
        + _END
    ),
    "texts in cells": lambda: heavy_book(_DATA + _texts(59_000) + _END),
    "merges": lambda: heavy_book(
        _DATA + _END + _merged(900_000, '<mergeCell ref="A2:XFD1048576"/>')
    ),
    "tall merges": lambda: heavy_book(_tall()),
    "styles": lambda: heavy_book(
        _DATA + _END, "", "<cellXfs>" + '<xf numFmtId="14"/>' * 500_000 + "</cellXfs>"
    ),
    "formulas": lambda: heavy_book(
        _rows("<row>" + "<c><f>SUM(A1:Z4999)</f></c>" * 18 + "</row>", 4_900)
    ),
    "rules": lambda: heavy_book(_DATA + _END + _rules(180_000)),
    "attributes": lambda: heavy_book(_attributes(200_000)),
    "one formula": lambda: heavy_book(_formula(2_000_000)),
}
