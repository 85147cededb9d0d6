"""The cells of a sheet as they are written, to change some and leave the others."""

from dataclasses import dataclass, field
from datetime import date, datetime

from openpyxl.utils.datetime import WINDOWS_EPOCH, to_excel

from ..rules.texts import _lt
from .cells import clean
from .problems import Unreadable
from .reading import column_letters, column_number
from .references import translated
from .xml_text import attributes_of, escaped, tags, unescaped, with_attributes

_DAMAGED = _lt("The file is damaged: its rows are not as they must be.")
_LONGEST_TAG = 4_000
_LONGEST_FORMULA = 16_000  # twice what spreadsheet programs take


@dataclass(slots=True)
class CellText:
    """:param inner: what stands between the tags; None where the tag is empty"""

    attributes: str
    inner: str | None = None
    lead: str = ""


@dataclass(slots=True)
class RowText:
    attributes: str = ""
    cells: dict[int, CellText] = field(default_factory=dict)
    lead: str = ""
    rest: str = ""


class SheetPart:
    """A sheet's text: ``head``, ``rows`` by number, ``tail``.

    :param int most: cells that may be held
    """

    def __init__(self, text, most):
        self._most, self._count = most, 0
        opened = next((t for t in tags(text) if t.name == "sheetData"), None)
        if opened is None:
            raise Unreadable(_DAMAGED)
        self.prefix = opened.prefix
        self.rows = {}
        if opened.is_empty:
            begin, end = (f"<{opened.prefix}sheetData>", f"</{opened.prefix}sheetData>")
            self.head = text[: opened.start] + begin
            self.tail = end + text[opened.end :]
            return
        self.head = text[: opened.end]
        self.tail = text[self._read(text, opened.end) :]

    def _read(self, text, place):
        """Read rows from ``place`` on; return where they end."""
        number, row, column, cell, depth = 0, None, 0, None, 0
        for tag in tags(text, place):
            name = tag.name
            if cell is not None:  # inside a cell everything is its own
                if name == "c" and tag.is_end:
                    cell.inner = text[depth : tag.start]
                    cell, place = None, tag.end
            elif name == "c" and not tag.is_end and row is not None:
                column = _column_of(tag) or column + 1
                made = CellText(tag.attributes, lead=text[place : tag.start])
                self._add(row, column, made)
                place, depth = tag.end, tag.end
                if not tag.is_empty:
                    cell = made
            elif name == "row" and not tag.is_end:
                number, column = int(tag.get("r") or number + 1), 0
                row = RowText(tag.attributes, lead=text[place : tag.start])
                if number in self.rows or len(tag.attributes) > _LONGEST_TAG:
                    raise Unreadable(_DAMAGED)
                self.rows[number] = row
                place = tag.end
                if tag.is_empty:
                    row = None
            elif name == "row":
                row.rest, row, place = text[place : tag.start], None, tag.end
            elif name == "sheetData":
                return place
        raise Unreadable(_DAMAGED)

    def _add(self, row, column, cell):
        self._count += 1
        if len(cell.attributes) > _LONGEST_TAG:
            raise Unreadable(_DAMAGED)
        if self._count > self._most:
            raise Unreadable(
                _lt(
                    "A sheet has more than %(most)s cells. Delete the empty rows and "
                    "columns below and beside the list."
                ),
                most=self._most,
            )
        row.cells[column] = cell

    def text(self):
        """The sheet anew."""
        pieces, prefix = [self.head], self.prefix
        for number, row in sorted(self.rows.items()):
            attributes = with_attributes(row.attributes, {"r": number})
            pieces.append(f"{row.lead}<{prefix}row{_spaced(attributes)}>")
            for column, cell in sorted(row.cells.items()):
                place = f"{column_letters(column)}{number}"
                attributes = _spaced(with_attributes(cell.attributes, {"r": place}))
                pieces.append(
                    f"{cell.lead}<{prefix}c{attributes}/>"
                    if cell.inner is None
                    else f"{cell.lead}<{prefix}c{attributes}>{cell.inner}</{prefix}c>"
                )
            pieces.append(f"{row.rest}</{prefix}row>")
        pieces.append(self.tail)
        return "".join(pieces)

    # ------------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------------

    def cell(self, row, column):
        """The cell, made where there is none."""
        cells = self.rows.setdefault(row, RowText()).cells
        return cells.setdefault(column, CellText(""))

    def style(self, row, column):
        """Number of the cell's style; its row's where there is no such cell."""
        line = self.rows.get(row)
        if line and column in line.cells:
            found = _attribute(line.cells[column].attributes, "s")
        else:
            found = line and _attribute(line.attributes, "s")
        return int(found or 0)

    def has_style(self, row, column):
        cell = self.rows[row].cells[column]
        return _attribute(cell.attributes, "s") is not None

    def set_style(self, row, column, style):
        cell = self.cell(row, column)
        cell.attributes = with_attributes(cell.attributes, {"s": style})

    def formula(self, row, column):
        """The cell's formula, or nothing."""
        line = self.rows.get(row)
        cell = line and line.cells.get(column)
        return formula_of(cell)[0] if cell else ""

    def is_computed(self, row, column):
        """Whether the cell has a formula, perhaps one that it shares with others."""
        line = self.rows.get(row)
        cell = line and line.cells.get(column)
        return bool(cell) and any(formula_of(cell))

    def shared_formulas(self):
        """Formulas kept once for many cells: ``({index: (row, column, formula)},
        {index: [(row, column, cell)]})``, who has it and who shares it."""
        masters, members = {}, {}
        for number, row in self.rows.items():
            for column, cell in row.cells.items():
                if "shared" not in (cell.inner or ""):
                    continue
                formula, attributes = formula_of(cell)
                own = attributes_of(attributes)
                if own.get("t") == "shared":
                    index = own.get("si")
                    members.setdefault(index, []).append((number, column, cell))
                    if formula:
                        masters[index] = number, column, formula
        if members.keys() - masters.keys():
            raise Unreadable(_DAMAGED)
        return masters, members

    def write_out(self, master, cells):
        """Give each of the cells the formula that was kept once for all."""
        top, left, formula = master
        for row, column, cell in cells:
            own = translated(formula, row - top, column - left)
            with_formula(cell, own, "", self.prefix)

    def put(self, row, column, value, epoch=WINDOWS_EPOCH):
        """Write a value; text stays text, a day is a number, None empties the cell."""
        cell = self.cell(row, column)
        kind, written = _written(value, self.prefix, epoch)
        changes = {"t": kind, "cm": None, "vm": None}
        cell.attributes = with_attributes(cell.attributes, changes)
        cell.inner = written

    def put_rich(self, row, column, inner):
        """Write the inside of a shared text, with its fonts, into the cell itself."""
        cell = self.cell(row, column)
        changes = {"t": "inlineStr", "cm": None, "vm": None}
        cell.attributes = with_attributes(cell.attributes, changes)
        cell.inner = f"<{self.prefix}is>{inner}</{self.prefix}is>"

    def set_height(self, row, points):
        line = self.rows.setdefault(row, RowText())
        line.attributes = with_attributes(
            line.attributes, {"ht": f"{points:g}", "customHeight": "1"}
        )

    def height(self, row):
        line = self.rows.get(row)
        found = line and _attribute(line.attributes, "ht")
        return float(found) if found else None


def formula_of(cell):
    """``(formula, attributes of its tag)`` of a cell; both empty where it has none."""
    if not cell.inner or "f" not in cell.inner:
        return "", ""
    found = list(tags(cell.inner))
    for number, tag in enumerate(found):
        if tag.name == "f" and not tag.is_end:
            if tag.is_empty:
                return "", tag.attributes or " "
            text = unescaped(cell.inner[tag.end : found[number + 1].start])
            if len(text) > _LONGEST_FORMULA:
                raise Unreadable(_DAMAGED)
            return text, tag.attributes or " "
    return "", ""


def with_formula(cell, formula, attributes, prefix):
    """Let the cell have this formula; its value stays as it is."""
    found = list(tags(cell.inner))
    start = next(tag for tag in found if tag.name == "f")
    end = start
    if not start.is_empty:
        end = next(tag for tag in found if tag.name == "f" and tag.is_end)
    attributes = _spaced(attributes.strip())
    written = f"<{prefix}f{attributes}"
    written += f">{escaped(formula)}</{prefix}f>" if formula else "/>"
    cell.inner = cell.inner[: start.start] + written + cell.inner[end.end :]


def set_value(cell, value, prefix):
    """Give a formula its value; None takes the one it has away."""
    kept = "".join(cell.inner[a:b] for a, b in _outside(cell.inner, "v"))
    kind, written = None, ""
    if isinstance(value, bool):
        kind, written = "b", str(int(value))
    elif isinstance(value, int | float):
        written = repr(value)
    elif value is not None:
        kind, written = "str", escaped(clean(value))
    cell.attributes = with_attributes(cell.attributes, {"t": kind})
    is_given = value is not None
    cell.inner = kept + (f"<{prefix}v>{written}</{prefix}v>" if is_given else "")


def _outside(text, name):
    """The pieces of a text around the elements of this name."""
    place = 0
    for tag in tags(text):
        if tag.name == name:
            if not tag.is_end:
                yield place, tag.start
            place = tag.end
    yield place, len(text)


def _written(value, prefix, epoch):
    """``(type, inside of the cell)`` of a value."""
    if value is None or value == "":
        return None, None
    if isinstance(value, bool):
        return "b", f"<{prefix}v>{int(value)}</{prefix}v>"
    if isinstance(value, int | float):
        return None, f"<{prefix}v>{value!r}</{prefix}v>"
    if isinstance(value, date | datetime):
        number = to_excel(value, epoch)
        number = int(number) if number == int(number) else number
        return None, f"<{prefix}v>{number!r}</{prefix}v>"
    text = escaped(clean(value))
    inside = f'<{prefix}t xml:space="preserve">{text}</{prefix}t>'
    return "inlineStr", f"<{prefix}is>{inside}</{prefix}is>"


def _column_of(tag):
    letters = tag.get("r", "").rstrip("0123456789")
    return column_number(letters) if letters.isascii() and letters.isalpha() else 0


def _attribute(written, name):
    return attributes_of(written).get(name)


def _spaced(attributes):
    attributes = attributes.strip()
    return f" {attributes}" if attributes else ""
