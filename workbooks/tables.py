"""The rows of a table as values of ours, with every cell that is none."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..rules.texts import _lt
from . import legacy, rows
from . import values as understood
from .columns import YEAR_LEVEL, base_code
from .plans import Place
from .problems import BadCell, Problem, Unreadable
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
_MOST_MERGED = 300_000  # cells of lines that lie under a merged one


@dataclass(frozen=True)
class Line:
    """One row of the table.

    :param values: ``{code: value}``, cells that are empty left out
    :param caption: the line above that heads a part of the table
    :param unit: the line above that names a unit, an authority
    :param part: COLLECTIVE or PEOPLE of :mod:`.rows`, where a line above says it
    """

    sheet: str
    row: int
    values: Mapping[str, object]
    texts: Mapping[str, str]
    columns: Mapping[str, int]
    caption: str = ""
    unit: str = ""
    part: str = ""

    @property
    def place(self):
        return Place(self.sheet, self.row)

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


@dataclass(frozen=True)
class Passed:
    """A row that is no line: why, and what stands there."""

    sheet: str
    row: int
    kind: str
    text: str


@dataclass
class Table:
    """:param hidden: rows left out since they are hidden
    :param passed: rows that are no lines: sub-totals, remarks, what stands below
    """

    lines: Sequence[Line] = field(default_factory=list)
    bad: Sequence[BadCell] = field(default_factory=list)
    hidden: Sequence[Passed] = field(default_factory=list)
    passed: Sequence[Passed] = field(default_factory=list)

    def __iadd__(self, other):
        """The lines of another sheet as well."""
        for name in ("lines", "bad", "hidden", "passed"):
            setattr(self, name, [*getattr(self, name), *getattr(other, name)])
        return self


@dataclass(frozen=True)
class Manner:
    """How cells are understood.

    :param labels: ``{outcome: label}`` of the regulations concerned
    :param ticked: code of the value that a tick stands for
    :param today: the day ages are counted to
    """

    labels: Mapping[str, str] | None = None
    ticked: str = ""
    today: date | None = None
    with_hidden: bool = False


def _parsers(manner):
    return {
        "text": understood.as_text,
        "name": understood.as_name,
        "reference": understood.as_reference,
        "whole": understood.as_whole,
        "year": understood.as_year,
        "day": understood.as_day,
        "birth": lambda value: understood.as_birth(value, manner.today),
        "flag": understood.as_flag,
        "tick": understood.as_tick,
        "email": understood.as_email,
        "level": lambda value: understood.as_level(value, manner.labels),
        "declaration": lambda value: understood.as_choice(value, DECLARED),
        "moment": understood.as_moment,
        "kind": lambda value: understood.as_choice(value, KINDS),
        "scope": lambda value: understood.as_choice(value, SCOPES),
    }


def read_table(sheet, layout, columns, manner=Manner()):  # noqa: B008 (frozen)
    """Read all lines of a table; nothing stops at the first bad cell.

    :param layout: a :class:`.columns.Layout`
    """
    return _Reader(sheet, layout, columns, manner).table()


class _Reader:
    def __init__(self, sheet, layout, columns, manner):
        self._sheet, self._layout, self._manner = sheet, layout, manner
        self._parsers = _parsers(manner)
        kinds = {column.code: column for column in columns}
        self._mapped = [
            (code, number, kinds[base_code(code)])
            for code, number in layout.columns.items()
            if base_code(code) in kinds
        ]
        self._merged = _merged_down(sheet, layout)
        self._parts = rows.Parts()
        self._table = Table()
        self._below = 0

    def table(self):
        for row in self._sheet.rows:
            if row.number > self._layout.last:
                self._read(row)
        return self._table

    def _read(self, row):
        own = {n: text for n, v in row.cells.items() if (text := _text(v))}
        layout, parts = self._layout, self._parts
        meant = rows.meaning(own, layout.columns, layout.headings, parts.part)
        if meant.kind in (rows.BLANK, rows.HEADING):
            return
        if row.hidden and not self._manner.with_hidden:
            self._table.hidden.append(self._passed(row, meant.kind, own))
        elif meant.kind == rows.CAPTION:
            self._parts.enter(meant)
            self._below = 0
        elif meant.kind != rows.LINE or self._is_aside(own):
            # values that a line must have below this row
            least = {rows.TOTAL: 1, rows.BELOW: 2}.get(meant.kind, 0)
            self._below = max(self._below, least)
            self._table.passed.append(self._passed(row, meant.kind, own))
        else:
            self._below = 0
            self._add(row)

    def _is_aside(self, texts):
        """Whether what looks like a line below the totals or the signatures is none:
        a line has its number, or says something of who is named."""
        if not self._below or "name" not in self._layout.columns:
            return False
        own = {number: code for code, number, _column in self._mapped}
        codes = {own[number] for number in texts if number in own}
        values = codes - {"no", *rows.NAMES}
        is_line = "name" in codes and ("no" in codes or len(values) >= self._below)
        return not is_line

    def _passed(self, row, kind, texts):
        text = " ".join(texts[number] for number in sorted(texts))
        return Passed(self._sheet.name, row.number, kind, " ".join(text.split())[:200])

    def _add(self, row):
        cells = {**self._merged.get(row.number, {}), **row.cells}
        texts = {code: t for code, n, _c in self._mapped if (t := _text(cells.get(n)))}
        found, bad = {}, []
        parts = self._parts
        line = Line(
            *(self._sheet.name, row.number, found, texts, self._layout.columns),
            *(parts.caption, parts.unit, parts.part),
        )
        for code, number, column in self._mapped:
            if code in texts:
                value = self._value(cells[number], column.kind)
                if isinstance(value, Problem):
                    bad.append(line.bad(code, value.message, **value.values))
                else:
                    found[code] = value
            elif column.required:
                bad.append(line.bad(code, _lt("Nothing is written here.")))
        bad += self._join(line, found, texts)
        self._table.bad += bad
        # a line with a bad cell is still looked at: all its faults show at once
        self._table.lines += self._by_year(line)

    def _value(self, value, kind):
        font = legacy.font_of(value)
        if font:
            return Problem(
                _lt("Typed in the font %(font)s, which reads “%(text)s”: convert it."),
                {
                    "font": legacy.NAMES[font],
                    "text": legacy.converted_text(value, font)[:60],
                },
            )
        return understood.usable(value) or self._parsers[kind](value)

    def _join(self, line, found, texts):
        """Values that stand in several columns; yields bad cells."""
        if found.get("name") and texts.get("given_name"):
            found["name"] = understood.bare_name(
                f"{found['name']} {found.pop('given_name')}"
            )
            texts["name"] = f"{texts['name']} {texts['given_name']}"
        for code in ("birth_date_man", "birth_date_woman"):
            if code in found and "birth_date" not in found:
                found["birth_date"] = found[code]
                texts["birth_date"] = texts[code]
        ticked, wanted = self._manner.ticked, self._layout.columns
        given = [code for code in found if code.startswith("tick_") and found[code]]
        if len(given) > 1:
            yield line.bad(given[1], _lt("Two levels are ticked. Leave one."))
        elif given and ticked and ticked not in found:
            found[ticked] = given[0].removeprefix("tick_")
            texts[ticked] = texts[given[0]]
        elif ticked == "level" and not given and ticked not in texts:
            ticks = next((code for code in wanted if code.startswith("tick_")), None)
            if ticks and ticked not in wanted:
                yield line.bad(ticks, _lt("No level is ticked."))

    def _by_year(self, line):
        """The line, or one for each year that has a level in a column of its own."""
        years = [code for code in line.texts if base_code(code) == YEAR_LEVEL]
        if not years:
            return [line]
        return [
            Line(
                *(line.sheet, line.row),
                {
                    **line.values,
                    "year": int(code.partition(":")[2]),
                    **({"level": line.values[code]} if code in line.values else {}),
                },
                {**line.texts, "level": line.texts[code]},
                {**line.columns, "level": line.columns[code]},
                *(line.caption, line.unit, line.part),
            )
            for code in years
        ]


def read_pairs(sheet, columns):
    """A sheet of two columns, what and value: ``({code: value}, bad cells)``."""
    parsers = _parsers(Manner())
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


def _merged_down(sheet, layout):
    """``{row: {column: value}}`` of cells merged over several lines of the table."""
    numbers = [row.number for row in sheet.rows]
    cells = {row.number: row.cells for row in sheet.rows}
    filled, left_over = {}, _MOST_MERGED
    for first, left, last, right in sheet.merges:
        value = cells.get(first, {}).get(left)
        if first <= layout.last or last == first or left != right or value is None:
            continue
        inside = numbers[bisect_right(numbers, first) : bisect_right(numbers, last)]
        left_over -= len(inside)
        if left_over < 0:
            raise Unreadable(
                _lt("The merged cells of a sheet lie over each other. Unmerge them.")
            )
        for number in inside:
            filled.setdefault(number, {})[left] = value
    return filled
