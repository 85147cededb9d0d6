"""A copy of a file in which every bad cell is marked and listed."""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from .cells import clean
from .lists import Field, list_workbook

_MARK = PatternFill("solid", fgColor="FFFFC7CE")
_NAME = "Ô cần sửa"
_FIELDS = (
    Field("Trang tính", 20),
    Field("Dòng", 8, "whole"),
    Field("Cột", 8),
    Field("Giá trị trong tệp", 30),
    Field("Lý do, cách sửa", 70),
)
# openpyxl holds a whole file in memory: a larger one gets the list alone
_LARGEST = 3 * 2**20
_MOST_MARKS = 2000


@dataclass(frozen=True)
class Mark:
    """One bad cell with its reason in the user's words; without a column it is the
    row that is meant."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str

    def as_row(self):
        return (self.sheet, self.row, self.column, self.value, self.reason)


def marked_copy(content, marks: Sequence[Mark]):
    """The file with its bad cells coloured and commented, and a sheet that lists
    them; where the file cannot be written again, the list alone.

    :param bytes content: a file that :func:`.reading.open_book` could open
    :return: bytes of an xlsx file
    """
    marked = _marked(content, marks) if len(content) <= _LARGEST else None
    return marked or list_workbook(
        _NAME, _NAME, _FIELDS, (mark.as_row() for mark in marks)
    )


def _marked(content, marks):
    """The marked file, or None where openpyxl cannot write it again."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _mark(content, marks)
    except Exception:  # whatever openpyxl meets in a foreign file
        return None


def _mark(content, marks):
    book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    for mark in marks[:_MOST_MARKS]:
        if mark.sheet in book.sheetnames:
            cell = book[mark.sheet][f"{mark.column or 'A'}{mark.row}"]
            if isinstance(cell, openpyxl.cell.MergedCell):
                continue
            cell.fill = _MARK
            cell.comment = Comment(clean(mark.reason), "cadre_review")
    sheet = book.create_sheet(_NAME, 0)
    for number, row in enumerate(
        [[f.label for f in _FIELDS], *(mark.as_row() for mark in marks)], 1
    ):
        for column, value in enumerate(row, 1):
            put(sheet.cell(number, column), value)
    for cell, field in zip(sheet[1], _FIELDS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = field.width
    for cell in sheet["E"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    for other in book:
        other.sheet_view.tabSelected = other is sheet
    book.active = sheet
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def put(cell, value):
    """Give a cell of openpyxl a value that stays what it is: never a formula."""
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
    else:
        cell.value = value
