"""Cells that stay what they are: text is text, numbers are numbers, days are days."""

import io
import re
import unicodedata
from contextlib import contextmanager
from datetime import date

import xlsxwriter

MAX_TEXT = 32767  # characters a cell of an xlsx file can hold
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_GRID = {"border": 1, "text_wrap": True}


LINE = 15.5  # height of one line, in points
_LETTERS = 0.95  # letters to a unit of a column's width; capitals are wide
_HIGHEST = 26  # lines: a row can be 409 points high


def room_of(width):
    """Letters that are sure to find room on a line of a column of this width."""
    return max(int(width * _LETTERS), 1)


def lines_of(text, width):
    """Lines that a wrapped text takes in a column of this width."""
    room = room_of(width)
    if len(text) <= room and "\n" not in text:
        return 1
    lines = sum(max(-(-len(line) // room), 1) for line in text.split("\n"))
    return min(lines, _HIGHEST)


def clean(text):
    """Text as a cell can hold it: composed, without control characters."""
    if type(text) is str and len(text) <= MAX_TEXT and text.isprintable():
        return unicodedata.normalize("NFC", text)  # the most of them
    text = str(text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text))[:MAX_TEXT]


@contextmanager
def workbook(title):
    """A book to fill: yields ``(book, file)``; afterwards the file holds it."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": _FONT,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": clean(title)})
        yield book, file


class Styles(dict):
    """The formats of a book, each made at its first use."""

    KINDS = {
        "plain": {},
        "centre": {"align": "center"},
        "bold": {"bold": True, "align": "center"},
        "italic": {"italic": True, "align": "center"},
        "title": {"bold": True, "align": "center", "font_size": 14},
        "header": {**_GRID, "bold": True, "align": "center"},
        "text": _GRID,
        "text_bold": {**_GRID, "bold": True},
        "number": {**_GRID, "align": "center", "num_format": "0"},
        "number_bold": {**_GRID, "align": "center", "num_format": "0", "bold": True},
        "share": {**_GRID, "align": "center", "num_format": "0.0%"},
        "share_bold": {**_GRID, "align": "center", "num_format": "0.0%", "bold": True},
        "day": {**_GRID, "align": "center", "num_format": "dd/mm/yyyy"},
    }

    def __init__(self, book):
        super().__init__()
        self._book = book

    def __missing__(self, kind):
        self[kind] = self._book.add_format({**_FONT, **self.KINDS[kind]})
        return self[kind]


class Sheet:
    """A sheet on landscape A4 whose cells are written by what they mean."""

    def __init__(self, book, styles, name, widths):
        self.sheet = book.add_worksheet(name)
        self._styles = styles
        self._widths, self._lines = list(widths), {}
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, styles["plain"])
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        # NĐ 30/2020/NĐ-CP Phụ lục I: top, bottom 20 mm, left 30, right 15; in inches
        self.sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
        self.sheet.set_header('&C&"Times New Roman,Regular"&13&P')
        self.sheet.fit_to_pages(1, 0)

    def put(self, row, column, value, style=""):
        """Write one value; ``None`` and empty text leave a framed, empty cell.

        :param value: text, number or day
        :param str style: suffix of the style, e.g. ``_bold``
        """
        sheet, styles = self.sheet, self._styles
        if isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(row, column, value, styles["day"])
        elif isinstance(value, float):
            sheet.write_number(row, column, value, styles[f"share{style}"])
        elif isinstance(value, int):
            sheet.write_number(row, column, value, styles[f"number{style}"])
        elif value:
            text = clean(value)
            self._make_room(row, text, column, column)
            sheet.write_string(row, column, text, styles[f"text{style}"])
        else:
            sheet.write_blank(row, column, None, styles[f"text{style}"])

    def put_all(self, row, values, style="", start=0):
        for column, value in enumerate(values, start):
            self.put(row, column, value, style)

    def label(self, row, first, last, text, kind="plain", last_row=None):
        """Write text across columns, and down to ``last_row``."""
        style = self._styles[kind]
        last_row = row if last_row is None else last_row
        if (row, first) != (last_row, last):
            # merged empty, since merging guesses at the type of a value
            self.sheet.merge_range(row, first, last_row, last, "", style)
        text = clean(text)
        if last_row == row and kind not in ("plain", "italic", "bold", "title"):
            self._make_room(row, text, first, last)
        self.sheet.write_string(row, first, text, style)

    def _make_room(self, row, text, first, last):
        """Rows are as high as their longest cell: not every program sees to it."""
        width = sum(self._widths[first : last + 1])
        lines = lines_of(text, width)
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.sheet.set_row(row, LINE * lines)

    def lines(self, row, first, last, lines):
        """Write lines below each other, each ``(text, kind)``; return the next row."""
        for text, kind in lines:
            self.label(row, first, last, text, kind)
            row += 1
        return row
