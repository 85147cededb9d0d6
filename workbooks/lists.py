"""Flat lists, long ones too: one heading, one row a record, written as they come."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from .cells import _FONT, LINE, Styles, clean, lines_of, room_of

_HEAD = "header"


@dataclass(frozen=True)
class Field:
    """A column: ``kind`` is text, whole, share or day."""

    label: str
    width: float = 16
    kind: str = "text"


def list_workbook(title, sheet_name, fields: Sequence[Field], rows: Iterable[Sequence]):
    """One sheet on landscape A4, to be filtered, sorted and printed.

    Rows are written out as they come, so memory does not grow with them.

    :param rows: values in the order of the fields; None leaves a cell empty
    :return: bytes of an xlsx file
    """
    file = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": _FONT,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": clean(title)})
        write_list(book, Styles(book), sheet_name, fields, rows)
    return file.getvalue()


def write_list(book, styles, name, fields, rows):
    """A sheet of such a list in a book."""
    sheet = book.add_worksheet(name)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, field.width, styles["plain"])
    _on_paper(sheet)
    sheet.set_row(0, LINE * max(lines_of(f.label, f.width) for f in fields))
    for column, field in enumerate(fields):
        sheet.write_string(0, column, clean(field.label), styles[_HEAD])
    writers = [_writer(sheet, styles, field.kind) for field in fields]
    texts = [
        (column, field.width, room_of(field.width))
        for column, field in enumerate(fields)
        if field.kind == "text"
    ]
    last = 0
    for last, row in enumerate(rows, 1):
        long = [
            lines_of(value, width)
            for column, width, room in texts
            if (value := row[column]) and (len(value) > room or "\n" in value)
        ]
        if long:
            sheet.set_row(last, LINE * max(long))
        for column, value in enumerate(row):
            writers[column](last, column, value)
    sheet.autofilter(0, 0, last, len(fields) - 1)


def _on_paper(sheet):
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer("&C&P/&N")


def _writer(sheet, styles, kind):
    """What writes a cell of this kind: chosen once a column, not once a cell."""
    style = styles["number" if kind == "whole" else kind]
    text, blank = styles["text"], sheet.write_blank
    as_text, as_number = sheet.write_string, sheet.write_number

    def write_text(row, column, value):
        if value:
            as_text(row, column, clean(value), text)
        else:
            blank(row, column, None, text)

    def write_number(row, column, value):
        if isinstance(value, int | float):
            as_number(row, column, value, style)
        else:
            write_text(row, column, value)

    def write_day(row, column, value):
        if isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(row, column, value, style)
        else:
            write_text(row, column, value)

    return {"day": write_day, "text": write_text}.get(kind, write_number)
