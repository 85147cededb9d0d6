"""The list that a receiving organ sends: who handed in, when, under which reference.

Its columns are found by their headings; what else stands in it is not read.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

# field → beginnings of its heading, in lower case
HEADINGS = {
    "code": ("mã",),
    "name": ("họ và tên", "họ, tên", "họ tên"),
    "birth_date": ("ngày sinh", "ngày, tháng, năm sinh"),
    "handed_in": ("ngày nộp", "ngày nhận", "ngày, tháng nộp"),
    "reference": ("số tham chiếu", "số biên nhận", "số vào sổ", "số đến"),
    "clerk": ("người nhận", "cán bộ tiếp nhận"),
}
NEEDED = ("name", "handed_in")
# rows at the top that may hold a title
HEAD = 15
MOST_ROWS = 20000


@dataclass(frozen=True)
class Line:
    """One row; ``row`` is its number in the sheet. Dates are None where empty."""

    row: int
    name: str
    code: str = ""
    birth_date: date | None = None
    handed_in: date | None = None
    reference: str = ""
    clerk: str = ""


class BadList(ValueError):
    """``problems`` are pairs (cell, what is wrong), all there are."""

    def __init__(self, problems):
        super().__init__(problems)
        self.problems = problems


def read(content):
    """The lines of a list.

    :param bytes content: an xlsx file
    :rtype: list[Line]
    :raise BadList: with every bad cell
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError):
        raise BadList([("", "file")]) from None
    rows = list(book.worksheets[0].iter_rows(max_row=MOST_ROWS, values_only=True))
    head, places = _heading(rows)
    missing = [name for name in NEEDED if name not in places]
    if missing:
        raise BadList([("", name) for name in missing])
    lines, problems = [], []
    for number, cells in enumerate(rows[head + 1 :], start=head + 2):
        line = _line(number, cells, places, problems)
        if line:
            lines.append(line)
    if problems:
        raise BadList(problems)
    return lines


def _heading(rows):
    """Index of the row of headings, and where each field stands."""
    for index, cells in enumerate(rows[:HEAD]):
        places = {}
        for column, cell in enumerate(cells):
            words = " ".join(str(cell or "").lower().split())
            for field, beginnings in HEADINGS.items():
                if field not in places and words.startswith(beginnings):
                    places[field] = column
        if all(name in places for name in NEEDED):
            return index, places
    return 0, {}


def _line(number, cells: Sequence, places, problems):
    def cell(field):
        column = places.get(field)
        return None if column is None or column >= len(cells) else cells[column]

    def text(field):
        value = cell(field)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value if value is not None else "").split())

    def day(field):
        value = _day(cell(field))
        if value is False:
            problems.append((f"{_letter(places[field])}{number}", field))
        return value or None

    name = text("name")
    if not name or name.lower().startswith(("tổng", "cộng")):
        return None
    handed = day("handed_in")
    if handed is None and _day(cell("handed_in")) is None:
        return None  # named, but has not handed in yet
    return Line(
        row=number,
        name=name,
        code=text("code"),
        birth_date=day("birth_date"),
        handed_in=handed,
        reference=text("reference"),
        clerk=text("clerk"),
    )


def _day(value):
    """A day, None where there is none, False where it is no day."""
    if value is None or not str(value).strip():
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(str(value).strip(), form).date()
        except ValueError:
            continue
    return False


def _letter(column):
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
