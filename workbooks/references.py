"""References in formulas, and where they lead once lines have been put in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .reading import MAX_COLUMN, MAX_ROW, column_letters, column_number

_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    r"\"(?:[^\"]|\"\")*\""
    # the sheet, or the sheets, that a reference is on
    r"|(?P<sheet>(?:'(?:[^']|'')*'|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)?"
    rf"(?P<area>{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}"
    r"|\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![\w(.!\[])"
    # columns of tables, other files
    r"|\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:[\w.]+![\w$:]+)?"
    r"|'(?:[^']|'')*'!?|[^\W\d][\w.]*!?|\d[\w.]*|.",
    re.DOTALL,
)
_END = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)\Z")


@dataclass(frozen=True)
class Insertion:
    """``count`` lines put in below the row ``after``.

    :param first: where the run of lines begins that is lengthened
    """

    after: int
    count: int
    first: int


class Shift:
    """Where the rows of a sheet are once lines have been put in."""

    def __init__(self, insertions: Sequence[Insertion]):
        self.insertions = sorted(insertions, key=lambda one: one.after)
        self._ends = {one.after: one for one in self.insertions}

    def __bool__(self):
        return bool(self.insertions)

    @property
    def total(self):
        return sum(one.count for one in self.insertions)

    def row(self, number):
        """The row's number afterwards; no sheet has more rows than the format."""
        more = sum(one.count for one in self.insertions if one.after < number)
        return min(number + more, MAX_ROW)

    def area(self, first, last):
        """An area of a rule: lines that are put in are like the one above them."""
        one = self._ends.get(last)
        grows = one and (first < last or one.first <= one.after)
        more = one.count if grows else 0
        return self.row(first), min(self.row(last) + more, MAX_ROW)

    def span(self, first, last, own=None):
        """A range in a formula on row ``own``: it grows when it ends with the lines."""
        one = self._ends.get(last)
        grows = one and (first < last or one.first == last and own != last)
        more = one.count if grows else 0
        return self.row(first), min(self.row(last) + more, MAX_ROW)


def formula_moved(formula, shift, title, own_title, own_row=None):
    """The formula as it reads once lines were put into the sheet ``title``.

    :param own_title: the sheet that the formula stands on, or None
    """

    def move(found):
        area = found["area"]
        if not area or not _is_on(found["sheet"], title, own_title):
            return found[0]
        own = own_row if own_title == title else None
        return (found["sheet"] or "") + _area_moved(area, shift.span, own)

    return _TOKEN.sub(move, formula)


def areas_moved(written, shift):
    """``sqref`` and ``ref`` of rules: areas with blanks between them."""
    return " ".join(_area_moved(area, shift.area) for area in written.split())


def _area_moved(area, moved, *args):
    first, colon, last = area.partition(":")
    top, bottom = _END.match(first), _END.match(last or first)
    if not top or not bottom or not top[4] or not bottom[4]:
        return area
    rows = moved(int(top[4]), int(bottom[4]), *args)
    begin = f"{top[1]}{top[2]}{top[3]}{rows[0]}"
    if not colon and rows[0] == rows[1]:
        return begin
    if not colon:
        # a single cell of a formula stays what it is
        return begin if args else f"{begin}:{top[1]}{top[2]}{top[3]}{rows[1]}"
    return f"{begin}:{bottom[1]}{bottom[2]}{bottom[3]}{rows[1]}"


def translated(formula, rows, columns):
    """The formula as it reads in a cell so many rows below and columns beside."""

    def move(found):
        area = found["area"]
        if not area:
            return found[0]
        ends = (_relative(end, rows, columns) for end in area.split(":"))
        return (found["sheet"] or "") + ":".join(ends)

    return _TOKEN.sub(move, formula)


def _relative(end, rows, columns):
    held_column, letters, held_row, number = _END.match(end).groups()
    if letters and not held_column:
        moved = column_number(letters.upper()) + columns
        if not 0 < moved <= MAX_COLUMN:
            return "#REF!"
        letters = column_letters(moved)
    if number and not held_row:
        number = int(number) + rows
        if not 0 < number <= MAX_ROW:
            return "#REF!"
    return f"{held_column}{letters}{held_row}{number}"


def _is_on(sheet, title, own_title):
    if not sheet:
        return own_title == title
    return title_of(sheet).casefold() == title.casefold()


def title_of(sheet):
    """``'Biểu 1'!`` is the sheet Biểu 1."""
    name = sheet.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def leads_to(formula, title, own_title):
    """Whether the formula refers to cells of the sheet."""
    return any(
        found["area"] and _is_on(found["sheet"], title, own_title)
        for found in _TOKEN.finditer(formula)
    )


_BY_TEXT = re.compile(r"\bINDIRECT\s*\(\s*(\"(?:[^\"]|\"\")*\")", re.IGNORECASE)


def refers_by_text(formula, shift, title, own_title):
    """Whether a text names cells that move: nobody could correct it."""
    for found in _BY_TEXT.finditer(formula):
        text = found[1][1:-1].replace('""', '"')
        if formula_moved(text, shift, title, own_title) != text:
            return True
    return False


@lru_cache(10_000)
def corners(area):
    """``(first row, first column, last row, last column)`` of ``B2:C3``; whole
    columns and rows reach as far as the sheet."""
    first, _colon, last = area.partition(":")
    top, bottom = _END.match(first), _END.match(last or first)
    if not top or not bottom:
        return None
    rows = sorted((int(top[4] or 1), int(bottom[4] or MAX_ROW)))
    columns = sorted(
        (
            column_number(top[2].upper()) if top[2] else 1,
            column_number(bottom[2].upper()) if bottom[2] else MAX_COLUMN,
        )
    )
    return rows[0], columns[0], rows[1], columns[1]
