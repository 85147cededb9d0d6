"""Gives the formulas of a changed file their values."""

from .formulas import Calculator, Formula, Unknown
from .reading import ErrorValue
from .references import _TOKEN, corners, title_of, translated
from .sheet_part import SheetPart, formula_of, set_value
from .xml_text import attributes_of, tags, unescaped, with_attributes

_MOST = 3_000_000  # cells looked at to find what depends on what


class Computing:
    """:param package: with the sheets as they are now
    :param most: cells of a sheet
    """

    def __init__(self, package, book, most):
        self._package, self._book, self._most = package, book, most
        self._sheets, self._formulas, self._cells = {}, {}, {}
        self._known, self._looked = {}, 0

    def refresh(self, title, touched):
        """Compute what depends on the cells that were touched; a formula that cannot
        be computed loses the value it had, and whoever opens the file computes it.

        :param touched: ``{(row, column)}`` of the sheet ``title``
        """
        texts = [
            self._package.text(self._book.path(name)) for name in self._book.sheets
        ]
        if not any("<f" in text or ":f" in text for text in texts):
            return
        for name in self._book.sheets:
            self._load(name)
        self._touched = {(title, row, column) for row, column in touched}
        self._names, self._tables = self._read_names(), self._read_tables()
        calculator = Calculator(self._cells, self._names, self._tables)
        changed = set()
        for key in self._formulas:
            if self._depends(key, 0):
                changed.add(key[0])
                self._set(calculator, key)
        for name in changed:
            self._package.put(self._book.path(name), self._sheets[name].text())
        self._ask_for_all()

    def _set(self, calculator, key):
        title, row, column = key
        sheet = self._sheets[title]
        try:
            value = None if key in self._arrays else calculator.value(*key)
        except Unknown:
            value = None
        set_value(sheet.rows[row].cells[column], value, sheet.prefix)

    def _load(self, title):
        sheet = SheetPart(self._package.text(self._book.path(title)), self._most)
        self._sheets[title] = sheet
        cells, masters, children = {}, {}, []
        self._arrays = getattr(self, "_arrays", set())
        for number, row in sheet.rows.items():
            for column, cell in row.cells.items():
                if not cell.inner:
                    continue
                formula, attributes = formula_of(cell)
                own = attributes_of(attributes)
                if own.get("t") == "shared" and formula:
                    masters[own.get("si")] = number, column, formula
                elif own.get("t") == "shared":
                    children.append((number, column, own.get("si")))
                    continue
                elif own.get("t") in ("array", "dataTable"):
                    self._arrays.add((title, number, column))
                if formula:
                    cells[number, column] = Formula(formula)
                    self._formulas[title, number, column] = formula
                else:
                    cells[number, column] = self._value(cell)
        for number, column, index in children:
            if index in masters:
                top, left, formula = masters[index]
                formula = translated(formula, number - top, column - left)
                cells[number, column] = Formula(formula)
                self._formulas[title, number, column] = formula
        self._cells[title] = cells

    def _value(self, cell):
        """What a cell without formula holds; days are the numbers they are."""
        kind = attributes_of(cell.attributes).get("t", "n")
        if kind == "inlineStr":
            return unescaped(_inside(cell.inner, "t"))
        written = unescaped(_inside(cell.inner, "v"))
        if kind == "s":
            number = int(written)
            texts = self._book.texts
            return texts[number] if 0 <= number < len(texts) else ErrorValue(written)
        if kind == "b":
            return written.strip() == "1"
        if kind == "e":
            return ErrorValue(written)
        if kind in ("str", "d"):
            return written
        if not written:
            return None
        number = float(written)
        return int(number) if number.is_integer() else number

    def _depends(self, key, depth):
        """Whether a formula counts something that was touched."""
        if key in self._known:
            return self._known[key]
        if depth > 100:
            return True
        self._known[key] = False  # a circle is nobody's
        title = key[0]
        self._known[key] = any(
            self._is_touched(*area, depth)
            for area in self._areas(self._formulas[key], title)
        )
        return self._known[key]

    def _areas(self, formula, own_title):
        """``(title, corners)`` of all that a formula refers to."""
        titles = {title.casefold(): title for title in self._cells}
        for found in _TOKEN.finditer(formula):
            if found["area"]:
                title = title_of(found["sheet"]) if found["sheet"] else own_title
                title, area = (
                    titles.get(title.casefold()),
                    corners(found["area"].replace("$", "")),
                )
                if title and area:
                    yield title, area
            elif text := self._names.get(found[0]):
                yield from self._areas(text, own_title)
            elif table := self._tables.get(found[0].casefold()):
                title, first, last, columns = table
                yield title, (first, min(columns.values()), last, max(columns.values()))

    def _is_touched(self, title, area, depth):
        # counted before it is looked at: many formulas over many are one too many
        self._looked += len(self._places(title))
        if self._looked > _MOST:
            return True
        first, left, last, right = area
        inside = [
            place
            for place in self._places(title)
            if first <= place[0] <= last and left <= place[1] <= right
        ]
        return any(
            (title, *place) in self._touched
            or (title, *place) in self._formulas
            and self._depends((title, *place), depth + 1)
            for place in inside
        )

    def _places(self, title):
        """Cells that were touched or have a formula."""
        if not hasattr(self, "_by_title"):
            self._by_title = {name: set() for name in self._cells}
            for name, row, column in (*self._touched, *self._formulas):
                self._by_title[name].add((row, column))
        return self._by_title[title]

    # ------------------------------------------------------------------
    # Names, tables, the book
    # ------------------------------------------------------------------

    def _read_names(self):
        text = self._package.text(self._package.workbook)
        found, names = list(tags(text)), {}
        for number, tag in enumerate(found):
            if tag.name == "definedName" and not tag.is_end and not tag.is_empty:
                names[tag.get("name")] = unescaped(
                    text[tag.end : found[number + 1].start]
                )
        return names

    def _read_tables(self):
        tables = {}
        for title in self._book.sheets:
            for path in self._package.linked(self._book.path(title), "table"):
                self._read_table(title, self._package.text(path), tables)
        return tables

    @staticmethod
    def _read_table(title, text, tables):
        columns, own = {}, None
        for tag in tags(text):
            if tag.name == "table" and not tag.is_end:
                own, area = tag, corners(tag.get("ref", ""))
            elif tag.name == "tableColumn" and not tag.is_end and area:
                columns[tag.get("name", "").casefold()] = area[1] + len(columns)
        if own is not None and area and columns:
            first = area[0] + int(own.get("headerRowCount", 1))
            last = area[2] - int(own.get("totalsRowCount", 0))
            name = own.get("displayName") or own.get("name", "")
            tables[name.casefold()] = title, first, last, columns

    def _ask_for_all(self):
        """Programs that compute themselves are asked to."""
        path = self._package.workbook
        text = self._package.text(path)
        found = list(tags(text))
        calc = next((t for t in found if t.name == "calcPr" and not t.is_end), None)
        if calc:
            attributes = with_attributes(calc.attributes, {"fullCalcOnLoad": "1"})
            close = "/>" if calc.is_empty else ">"
            new = f"<{calc.prefix}calcPr{attributes}{close}"
            text = text[: calc.start] + new + text[calc.end :]
        else:
            before = ("sheets", "functionGroups", "externalReferences", "definedNames")
            last = [t for t in found if t.name in before and (t.is_end or t.is_empty)][
                -1
            ]
            new = f'<{last.prefix}calcPr fullCalcOnLoad="1"/>'
            text = text[: last.end] + new + text[last.end :]
        self._package.put(path, text)


def _inside(text, name):
    """All text inside the elements of a name."""
    pieces, start = [], None
    for tag in tags(text):
        if tag.name == name:
            if tag.is_end and start is not None:
                pieces.append(text[start : tag.start])
            start = None if tag.is_end or tag.is_empty else tag.end
    return "".join(pieces)
