"""The rows of a table as values of ours, with every cell that is none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..rules.texts import _lt
from . import values as understood
from .problems import BadCell, Problem
from .reading import column_letters
from .words import plain

KINDS = {"official": ("can bo",), "civil_servant": ("cong chuc",)}
KINDS["public_employee"] = ("vien chuc",)
SCOPES = {
    "rated": ("danh gia tai day", "xep loai tai day", "danh gia", "tai day"),
    "reviewed": (
        "kiem diem tai day noi khac xep loai",
        "kiem diem tai day xep loai noi khac",
        "xep loai noi khac",
        "noi khac xep loai",
        "kiem diem tai day",
    ),
    "opinion": ("chi cho y kien", "cho y kien"),
    "none": ("khong thuoc doi tuong", "khong"),
}
DECLARED = {
    "asset": (
        "ke khai tai san thu nhap",
        "ke khai tai san",
        "tai san thu nhap",
        "tai san",
        "ban ke khai tai san thu nhap",
    ),
    "cv": (
        "bo sung ly lich",
        "ban khai bo sung ly lich",
        "ly lich",
        "phieu bo sung ly lich",
        "bo sung ho so",
    ),
}
_CAPTION = re.compile(r"\(?([IVX]+|[A-Z])\s*[.)/\-:]\s*\S")
_CAPTIONS = {"tap the", "ca nhan"}
# what stands below a table
_END = re.compile(
    r"((tong cong|tong so|cong)( \d.*)?|nguoi lap bieu|nguoi lap|lap bieu|noi nhan.*"
    r"|ghi chu.*|(tm|kt|tl) .*|.* ngay thang nam)\Z"
)


@dataclass(frozen=True)
class Line:
    """One row of the table.

    :param values: ``{code: value}``, cells that are empty left out
    :param caption: the line above that heads a part of the table
    """

    sheet: str
    row: int
    values: Mapping[str, object]
    texts: Mapping[str, str]
    columns: Mapping[str, int]
    caption: str = ""

    def get(self, code, default=None):
        return self.values.get(code, default)

    def bad(self, code, message, **values):
        """The cell of this line that is wrong."""
        column = self.columns.get(code)
        return BadCell(
            self.sheet,
            self.row,
            column_letters(column) if column else "",
            self.texts.get(code, ""),
            Problem(message, values),
        )


@dataclass
class Table:
    """:param skipped: rows left out since they are hidden
    :param int end: row at which the table ends, or 0
    """

    lines: Sequence[Line] = field(default_factory=list)
    bad: Sequence[BadCell] = field(default_factory=list)
    skipped: Sequence[int] = field(default_factory=list)
    end: int = 0


def _parsers(labels):
    return {
        "text": understood.as_text,
        "name": understood.as_name,
        "whole": understood.as_whole,
        "year": understood.as_year,
        "day": understood.as_day,
        "flag": understood.as_flag,
        "email": understood.as_email,
        "level": lambda value: understood.as_level(value, labels),
        "declaration": lambda value: understood.as_choice(value, DECLARED),
        "moment": understood.as_moment,
        "kind": lambda value: understood.as_choice(value, KINDS),
        "scope": lambda value: understood.as_choice(value, SCOPES),
    }


def read_table(sheet, layout, columns, labels=None, with_hidden=False):
    """Read all lines of a table; nothing stops at the first bad cell.

    :param layout: a :class:`.columns.Layout`
    :param labels: ``{outcome: label}`` of the regulations concerned
    """
    parsers = _parsers(labels)
    table = Table()
    merged = _merged_down(sheet, layout)
    mapped = [(c, layout.columns[c.code]) for c in columns if c.code in layout.columns]
    caption = ""
    for row in sheet.rows:
        if row.number <= layout.last:
            continue
        cells = {**merged.get(row.number, {}), **row.cells}
        texts = {c.code: t for c, n in mapped if (t := _text(cells.get(n)))}
        first = plain(next(_texts_of(row), ""))
        if _END.match(first) and "level" not in texts:
            table.end = row.number
            break
        if row.hidden and not with_hidden:
            table.skipped.append(row.number)
            continue
        if not texts or set(texts) <= {"no"}:
            caption = _caption(row, texts) or caption
            continue
        if title := _caption(row, texts):
            caption = title
            continue
        found, bad = {}, []
        line = Line(sheet.name, row.number, found, texts, layout.columns, caption)
        for column, number in mapped:
            if column.code not in texts:
                if column.required:
                    bad.append(line.bad(column.code, _lt("Nothing is written here.")))
                continue
            value = cells[number]
            problem = understood.usable(value)
            value = problem or parsers[column.kind](value)
            if isinstance(value, Problem):
                bad.append(line.bad(column.code, value.message, **value.values))
            else:
                found[column.code] = value
        table.bad += bad
        # a line with a bad cell is still looked at: all its faults show at once
        table.lines.append(line)
    return table


def read_pairs(sheet, columns):
    """A sheet of two columns, what and value: ``({code: value}, bad cells)``."""
    parsers = _parsers(None)
    found, bad = {}, []
    for row in sheet.rows:
        label = plain(_text(row.cells.get(1)))
        column = next((c for c in columns if label in c.names), None)
        text = _text(row.cells.get(2))
        if not column or not text:
            continue
        value = row.cells[2]
        value = understood.usable(value) or parsers[column.kind](value)
        if isinstance(value, Problem):
            bad.append(BadCell(sheet.name, row.number, "B", text, value))
        else:
            found[column.code] = value
    return found, bad


def _text(value):
    text = understood.text_of(value).strip() if value is not None else ""
    return "" if text in ("-", "–", "—", "…", "...", "/") else text


def _texts_of(row):
    return filter(None, (_text(row.cells[number]) for number in sorted(row.cells)))


def _caption(row, texts):
    """The text of a line that heads what follows, or nothing."""
    if len(texts) - ("no" in texts) > 1:
        return ""
    written = list(_texts_of(row))
    if len(written) > 2:
        return ""
    text = " ".join(written)
    if len(written) == 1 and (_CAPTION.match(text) or plain(text) in _CAPTIONS):
        return text
    if len(written) == 2 and re.fullmatch(r"[IVX]+|[A-Z]", written[0]):
        return text
    return ""


def _merged_down(sheet, layout):
    """``{row: {column: value}}`` of cells merged over several lines of the table."""
    rows = {row.number: row for row in sheet.rows}
    filled = {}
    for first, left, last, right in sheet.merges:
        if first > layout.last and last > first and left == right and first in rows:
            value = rows[first].cells.get(left)
            for number in range(first + 1, last + 1):
                if value is not None and number in rows:
                    filled.setdefault(number, {})[left] = value
    return filled
