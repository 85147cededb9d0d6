"""Values of formulas, so that a filled form shows its totals in every program.

What a form counts with is computed here; a formula with anything else has no value
(:class:`Unknown`), and the spreadsheet program that opens the file computes it.
"""

import fnmatch
import math
import re
from datetime import date, datetime

from .reading import MAX_COLUMN, MAX_ROW, ErrorValue, Uncomputed
from .references import corners, title_of

_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<area>(?:(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)?"
    r"(?:\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7}))(?![\w(.!\[])"
    r"|(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<call>[^\W\d][\w.]*)\("
    r"|(?P<column>[^\W\d][\w.]*\[[^\[\]#]*\])"
    r"|(?P<name>[^\W\d][\w.]*)"
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>%(),;]))"
)
_DEEPEST = 60
_MOST = 2_000_000  # cells looked at for one file


class Unknown(Exception):
    """The formula needs something that is not computed here."""


class Area:
    """A rectangle of cells."""

    def __init__(self, sheet, first, left, last, right):
        self.sheet, self.first, self.left = sheet, first, left
        self.last, self.right = last, right


class Calculator:
    """Computes the formulas of a file.

    :param sheets: ``{title: {(row, column): value}}``; a formula is ``"=…"`` wrapped
        in :class:`Formula`
    :param names: ``{name: formula text}``
    :param tables: ``{name: (title, first row of data, last, {column name: number})}``
    """

    def __init__(self, sheets, names=None, tables=None):
        self._sheets, self._names, self._tables = sheets, names or {}, tables or {}
        self._values, self._running, self._looked = {}, set(), 0
        self._titles = {title.casefold(): title for title in sheets}
        self._ends = {
            title: (
                max((row for row, _column in cells), default=0),
                max((column for _row, column in cells), default=0),
            )
            for title, cells in sheets.items()
        }

    def value(self, title, row, column):
        """The value of a cell; :raise Unknown: it cannot be computed."""
        value = self._sheets[title].get((row, column))
        if not isinstance(value, Formula):
            if isinstance(value, Uncomputed):
                raise Unknown
            return value
        key = title, row, column
        if key in self._values:
            known = self._values[key]
            if known is Unknown:
                raise Unknown
            return known
        if key in self._running or len(self._running) > _DEEPEST:
            raise Unknown
        self._running.add(key)
        try:
            value = _Reader(self, title, row, column, value.text).value()
            self._values[key] = value
        except (Unknown, ValueError, TypeError, OverflowError, RecursionError):
            self._values[key] = Unknown
            raise Unknown from None
        finally:
            self._running.discard(key)
        return value

    def area(self, written, own_title):
        sheet, _mark, place = written.rpartition("!")
        title = self._titles.get(title_of(sheet).casefold()) if sheet else own_title
        found = corners(place.replace("$", ""))
        if not title or not found:
            raise Unknown
        return self._within(Area(title, *found))

    def _within(self, area):
        row, column = self._ends[area.sheet]
        if area.last == MAX_ROW:
            area.last = max(row, area.first)
        if area.right == MAX_COLUMN:
            area.right = max(column, area.left)
        return area

    def named(self, name, own_title):
        for known, text in self._names.items():
            if known.casefold() == name.casefold():
                if re.fullmatch(r"('[^']*'|[\w.]+)!\$?\w+\$?\d*(:\$?\w+\$?\d*)?", text):
                    return self.area(text, own_title)
        raise Unknown

    def column(self, written):
        name, _mark, column = written.partition("[")
        table = self._tables.get(name.casefold())
        number = table and table[3].get(column.rstrip("]").casefold())
        if not number:
            raise Unknown
        return Area(table[0], table[1], number, table[2], number)

    def cells(self, area):
        """All values of an area, row by row."""
        count = (area.last - area.first + 1) * (area.right - area.left + 1)
        self._looked += count
        if self._looked > _MOST:
            raise Unknown
        return [
            self.value(area.sheet, row, column)
            for row in range(area.first, area.last + 1)
            for column in range(area.left, area.right + 1)
        ]


class Formula:
    """A cell's formula, without its equals sign."""

    def __init__(self, text):
        self.text = text


class _Reader:
    """Reads one formula and computes it on the way."""

    def __init__(self, calculator, title, row, column, text):
        self._calculator, self._title = calculator, title
        self._row, self._column = row, column
        self._tokens, place = [], 0
        while place < len(text):
            found = _TOKEN.match(text, place)
            if not found:
                if text[place:].strip():
                    raise Unknown
                break
            self._tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()
        self._place = self._depth = 0

    def value(self):
        value = self._single(self._compared())
        if self._place != len(self._tokens):
            raise Unknown
        return 0 if value is None else value

    def _single(self, value):
        if isinstance(value, Area):
            if (value.first, value.left) != (value.last, value.right):
                raise Unknown
            return self._calculator.value(value.sheet, value.first, value.left)
        return value

    def _next(self, *signs):
        if self._place < len(self._tokens):
            kind, text = self._tokens[self._place]
            if kind == "sign" and text in signs:
                self._place += 1
                return text
        return ""

    def _compared(self):
        left = self._joined()
        while sign := self._next("=", "<>", "<=", ">=", "<", ">"):
            one, other = self._single(left), self._single(self._joined())
            left = _compare(one, other, sign)
        return left

    def _joined(self):
        left = self._sum()
        while self._next("&"):
            left = _text(self._single(left)) + _text(self._single(self._sum()))
        return left

    def _sum(self):
        left = self._product()
        while sign := self._next("+", "-"):
            one, other = self._number(left), self._number(self._product())
            left = one + other if sign == "+" else one - other
        return left

    def _product(self):
        left = self._power()
        while sign := self._next("*", "/"):
            one, other = self._number(left), self._number(self._power())
            if sign == "/" and not other:
                raise Unknown  # an error is for the program to show
            left = one * other if sign == "*" else one / other
        return left

    def _power(self):
        left = self._signed()
        while self._next("^"):
            left = self._number(left) ** self._number(self._signed())
        return left

    def _signed(self):
        if sign := self._next("-", "+"):
            value = self._number(self._signed())
            return -value if sign == "-" else value
        value = self._atom()
        while self._next("%"):
            value = self._number(value) / 100
        return value

    def _atom(self):
        if self._place >= len(self._tokens) or self._depth > _DEEPEST:
            raise Unknown
        kind, text = self._tokens[self._place]
        self._place += 1
        if kind == "number":
            number = float(text)
            return int(number) if number.is_integer() else number
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "area":
            return self._calculator.area(text, self._title)
        if kind == "column":
            return self._calculator.column(text)
        if kind == "name":
            if text.upper() in ("TRUE", "FALSE"):
                return text.upper() == "TRUE"
            return self._calculator.named(text, self._title)
        if kind == "call":
            return self._call(text.upper())
        if text == "(":
            self._depth += 1
            value = self._compared()
            self._depth -= 1
            if self._next(")"):
                return value
        raise Unknown

    def _call(self, name):
        self._depth += 1
        given = []
        if not self._next(")"):
            while True:
                given.append(self._compared())
                if self._next(")"):
                    break
                if not self._next(",", ";"):
                    raise Unknown
        self._depth -= 1
        function = getattr(self, f"_f_{name.replace('.', '_').lower()}", None)
        if not function:
            raise Unknown
        return function(*given)

    def _number(self, value):
        value = self._single(value)
        if isinstance(value, date):
            raise Unknown
        if isinstance(value, str):
            return float(value) if value.strip() else _unknown()
        if isinstance(value, ErrorValue):
            raise Unknown
        return value or 0

    def _all(self, given):
        """All values of the arguments, those of areas and those written."""
        values = []
        for one in given:
            values += self._calculator.cells(one) if isinstance(one, Area) else [one]
        if any(isinstance(value, ErrorValue) for value in values):
            raise Unknown
        return values

    def _numbers(self, given):
        return [
            value
            for value in self._all(given)
            if isinstance(value, int | float) and not isinstance(value, bool)
        ]

    # -- functions -----------------------------------------------------

    def _f_sum(self, *given):
        return sum(self._numbers(given))

    def _f_count(self, *given):
        return len(self._numbers(given))

    def _f_counta(self, *given):
        return sum(value is not None for value in self._all(given))

    def _f_countblank(self, area):
        return sum(value in (None, "") for value in self._all([area]))

    def _f_average(self, *given):
        numbers = self._numbers(given)
        return sum(numbers) / len(numbers) if numbers else _unknown()

    def _f_max(self, *given):
        return max(self._numbers(given), default=0)

    def _f_min(self, *given):
        return min(self._numbers(given), default=0)

    def _f_countif(self, area, wanted):
        return self._f_countifs(area, wanted)

    def _f_countifs(self, *given):
        return sum(self._met(given))

    def _f_sumif(self, area, wanted, summed=None):
        return self._f_sumifs(summed or area, area, wanted)

    def _f_sumifs(self, summed, *given):
        met, values = self._met(given), self._calculator.cells(summed)
        if len(met) != len(values):
            raise Unknown
        return sum(
            value
            for value, is_met in zip(values, met, strict=True)
            if is_met and isinstance(value, int | float)
        )

    def _met(self, given):
        areas, wishes = given[::2], given[1::2]
        if len(areas) != len(wishes) or not all(isinstance(a, Area) for a in areas):
            raise Unknown
        rows = [
            [
                _meets(value, self._single(wish))
                for value in self._calculator.cells(area)
            ]
            for area, wish in zip(areas, wishes, strict=True)
        ]
        return [all(row) for row in zip(*rows, strict=True)]

    def _f_subtotal(self, kind, *given):
        kinds = {1: "average", 2: "count", 3: "counta", 4: "max", 5: "min", 9: "sum"}
        name = kinds.get(int(self._number(kind)) % 100)
        return getattr(self, f"_f_{name}")(*given) if name else _unknown()

    def _f_if(self, asked, then, otherwise=False):
        return then if self._single(asked) else otherwise

    def _f_iferror(self, value, _otherwise):
        return self._single(value)

    def _f_and(self, *given):
        return all(self._all(given))

    def _f_or(self, *given):
        return any(self._all(given))

    def _f_not(self, value):
        return not self._single(value)

    def _f_round(self, value, digits=0):
        factor = 10 ** int(self._number(digits))
        number = self._number(value) * factor
        rounded = math.floor(abs(number) + 0.5 + 1e-9) / factor
        rounded = math.copysign(rounded, number)
        return int(rounded) if rounded.is_integer() else rounded

    def _f_int(self, value):
        return math.floor(self._number(value))

    def _f_abs(self, value):
        return abs(self._number(value))

    def _f_row(self, area=None):
        return area.first if area else self._row

    def _f_column(self, area=None):
        return area.left if area else self._column

    def _f_rows(self, area):
        return area.last - area.first + 1

    def _f_isblank(self, value):
        return self._single(value) is None

    def _f_len(self, value):
        return len(_text(self._single(value)))

    def _f_trim(self, value):
        return " ".join(_text(self._single(value)).split())

    def _f_upper(self, value):
        return _text(self._single(value)).upper()

    def _f_lower(self, value):
        return _text(self._single(value)).lower()

    def _f_concatenate(self, *given):
        return "".join(_text(self._single(value)) for value in given)

    def _f_vlookup(self, wanted, area, column, near=True):
        if self._single(near) or not isinstance(area, Area):
            raise Unknown
        wanted, number = self._single(wanted), int(self._number(column))
        for row in range(area.first, area.last + 1):
            known = self._calculator.value(area.sheet, row, area.left)
            if _compare(known, wanted, "="):
                return self._calculator.value(area.sheet, row, area.left + number - 1)
        raise Unknown


def _unknown():
    raise Unknown


def _text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    if isinstance(value, str):
        return value
    raise Unknown


def _compare(one, other, sign):
    if isinstance(one, ErrorValue) or isinstance(other, ErrorValue):
        raise Unknown
    if one is None:
        one = "" if isinstance(other, str) else 0
    if other is None:
        other = "" if isinstance(one, str) else 0
    if isinstance(one, date) != isinstance(other, date):
        raise Unknown
    if isinstance(one, str) and isinstance(other, str):
        one, other = one.casefold(), other.casefold()
    elif isinstance(one, str) != isinstance(other, str):
        # a text is more than any number
        one, other = isinstance(one, str), isinstance(other, str)
    return {
        "=": one == other,
        "<>": one != other,
        "<": one < other,
        ">": one > other,
        "<=": one <= other,
        ">=": one >= other,
    }[sign]


def _meets(value, wish):
    """Whether a cell meets what COUNTIF and its like ask for."""
    if isinstance(value, ErrorValue | datetime):
        raise Unknown
    if not isinstance(wish, str):
        return value == wish if wish is not None else value in (None, "", 0)
    found = re.match(r"(<>|<=|>=|<|>|=)?(.*)\Z", wish, re.DOTALL)
    sign, text = found[1] or "=", found[2]
    try:
        number = float(text)
    except ValueError:
        number = None
    if number is not None:
        if sign == "<>":
            return value != number
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        is_number = is_number or sign == "=" and value == text
        return is_number and (value == text or _compare(value, number, sign))
    if sign not in ("=", "<>"):
        raise Unknown
    if not text:
        is_met = value in (None, "")
    else:
        pattern = text.casefold().replace("[", "[[]")
        known = value.casefold() if isinstance(value, str) else None
        is_met = known is not None and fnmatch.fnmatchcase(known, pattern)
    return is_met == (sign == "=")
