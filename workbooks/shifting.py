"""Puts lines into a sheet, and moves along with them all that refers to its rows.

Spreadsheet programs know where a sheet's rows are named: merged cells, rules, lists of
values, tables, links, breaks, pictures, notes, charts, names, formulas of all sheets.
Each is moved here in the text it stands in; what cannot be moved is refused by name.
"""

import re
from collections.abc import Mapping

from ..rules.texts import _lt
from .problems import Problem, Unreadable
from .reading import MAX_ROW, TOO_LARGE, column_letters
from .references import (
    Shift,
    areas_moved,
    corners,
    formula_moved,
    leads_to,
    refers_by_text,
    translated,
)
from .sheet_part import CellText, RowText, SheetPart, formula_of, with_formula
from .xml_text import (
    attributes_of,
    escaped,
    replaced,
    tags,
    unescaped,
    with_attributes,
)

_LONGEST = 6_000_000  # letters of a text that is moved
_AREAS = ("ref", "sqref", "topLeftCell", "activeCell", "sourceRef")
_LINKS = ("location", "fmlaLink", "fmlaRange", "fmlaTxbx", "textlink")
# what is moved, but never grows
_WHOLE = ("pane", "selection", "sheetView", "hyperlink", "comment", "threadedComment")
_WHOLE += ("location",)
_FORMULAS = {"formula", "formula1", "formula2", "f", "calculatedColumnFormula"}
_FORMULAS |= {"totalsRowFormula", "FmlaLink", "FmlaRange", "FmlaMacro", "FmlaTxbx"}


class Shifting:
    """The moving of one file's references.

    :param package: a :class:`.package.Package`
    :param title: the sheet that gets lines
    :param sheets: ``{title: path}`` of all sheets
    """

    def __init__(self, package, title, sheets: Mapping[str, str], shift: Shift):
        self._package, self._title = package, title
        self._most = package.parts.limits.cells
        self._sheets, self._shift = sheets, shift

    def move(self, sheet: SheetPart, models: Mapping[int, int]):
        """Move everything; the sheet itself is given as its cells.

        :param models: ``{row after which lines are put in: row they are like}``
        :raise Unreadable: something cannot be moved
        """
        path = self._sheets[self._title]
        for other, other_path in self._sheets.items():
            if other != self._title:
                self._move_other(other, other_path)
        self._move_parts_of(path)
        self._move_charts()
        self._move_names()
        self._move_cells(sheet, set(models.values()))
        sheet.head = self._moved(sheet.head, self._title)
        sheet.tail = self._moved(sheet.tail, self._title, models)
        self._put_lines(sheet, models)

    # ------------------------------------------------------------------
    # The sheet's own rows
    # ------------------------------------------------------------------

    def _move_cells(self, sheet, models):
        self._unshare(sheet, models)
        for number, row in sheet.rows.items():
            for column, cell in row.cells.items():
                formula, attributes = formula_of(cell)
                if formula or attributes:
                    place = number, column
                    self._move_formula(cell, formula, attributes, place, sheet.prefix)
        moved = {}
        for number, row in sorted(sheet.rows.items()):
            if number + self._gone(number) > MAX_ROW:
                self._see_empty(number, row)
            else:
                moved[self._shift.row(number)] = row
        sheet.rows = moved

    def _gone(self, number):
        return sum(i.count for i in self._shift.insertions if i.after < number)

    def _see_empty(self, number, row):
        """A row that is pushed off the end of the sheet may hold styles alone."""
        if any(cell.inner for cell in row.cells.values()):
            raise Unreadable(
                _lt(
                    "Row %(row)s stands at the end of the sheet: no lines can be put "
                    "in above it. Delete it."
                ),
                row=number,
            )

    def _move_formula(self, cell, formula, attributes, place, prefix):
        own = attributes_of(attributes)
        row, column = place
        where = f"{column_letters(column)}{row}"
        if own.get("t") == "dataTable":
            self._refuse(where, _lt("a table of what-if values"))
        if own.get("t") == "array" and own.get("ref"):
            first, _left, last, _right = corners(own["ref"]) or (row, 0, row, 0)
            for one in self._shift.insertions:
                if first <= one.after < last:
                    self._refuse(where, _lt("an array formula over several rows"))
            attributes = with_attributes(attributes, {"ref": self._block(own["ref"])})
        elif own.get("ref"):
            attributes = with_attributes(attributes, {"ref": self._block(own["ref"])})
        self._see_texts(formula, self._title, where)
        moved = formula_moved(formula, self._shift, self._title, self._title, row)
        if moved != formula or attributes_of(attributes) != own:
            with_formula(cell, moved, attributes, prefix)

    def _block(self, area):
        """An area that moves as a whole and never grows."""
        first, colon, last = area.partition(":")
        ends = [formula_moved(e, self._shift, "", "") for e in (first, last) if e]
        return ":".join(ends)

    def _see_texts(self, formula, title, where):
        if "INDIRECT" in formula.upper() and refers_by_text(
            formula, self._shift, self._title, title
        ):
            self._refuse(f"{title}!{where}", _lt("INDIRECT names cells by a text"))

    def _refuse(self, where, what):
        raise Unreadable(
            _lt(
                "The form has fewer lines than are needed, and none can be put in: "
                "%(where)s, %(what)s. Put in empty lines yourself, or change this."
            ),
            where=where,
            what=Problem(what),
        )

    def _unshare(self, sheet, models):
        """Write formulas out that were kept once for many cells, where their parts
        move apart."""
        masters, members = sheet.shared_formulas()
        for index, cells in members.items():
            is_copied = any(row in models for row, _column, _cell in cells)
            if is_copied or not self._stays_shared(masters[index], cells):
                sheet.write_out(masters[index], cells)

    def _stays_shared(self, master, cells):
        top, left, formula = master
        new_top = self._shift.row(top)
        moved = formula_moved(formula, self._shift, self._title, self._title, top)
        for row, column, _cell in cells:
            own = translated(formula, row - top, column - left)
            own = formula_moved(own, self._shift, self._title, self._title, row)
            new = translated(moved, self._shift.row(row) - new_top, column - left)
            if own != new or self._shift.row(row) - row != new_top - top:
                return False
        return True

    def _put_lines(self, sheet, models):
        """The new lines: styles, height and formulas of the row they are like."""
        for one in self._shift.insertions:
            model = self._shift.row(models[one.after])
            like = sheet.rows.get(model, RowText())
            first = self._shift.row(one.after) + 1
            for number in range(first, first + one.count):
                sheet.rows[number] = self._like(like, number - model, sheet.prefix)

    @staticmethod
    def _like(row, down, prefix):
        cells = {}
        for column, cell in row.cells.items():
            attributes = with_attributes(cell.attributes, {"t": None, "cm": None})
            cells[column] = made = CellText(attributes, lead=cell.lead)
            formula, own = formula_of(cell)
            kind = attributes_of(own).get("t", "normal")
            if formula and kind in ("normal", "array"):
                made.inner = f"<{prefix}f></{prefix}f>"
                written = translated(formula, down, 0)
                with_formula(made, written, "", prefix)
        attributes = with_attributes(row.attributes, {"hidden": None})
        return RowText(attributes, cells, row.lead)

    # ------------------------------------------------------------------
    # Around the cells
    # ------------------------------------------------------------------

    def _moved(self, text, title, models=None):
        """A text around the cells, or a part, with all that it says of our rows.

        :param title: the sheet it is of
        """
        if len(text) > _LONGEST:
            raise Unreadable(TOO_LARGE)
        is_own = title == self._title
        edits, breaks = [], False
        found = list(tags(text))
        for number, tag in enumerate(found):
            if tag.name in ("rowBreaks", "colBreaks"):
                breaks = tag.name == "rowBreaks" and not tag.is_end
            if tag.is_end:
                continue
            if tag.name == "brk":
                edits += self._break_edit(tag) if breaks and is_own else []
                continue
            if tag.name in _FORMULAS and not tag.is_empty:
                edits += self._formula_edit(text, tag, found[number + 1], title)
            elif tag.name == "sqref" and is_own and not tag.is_empty:
                end = found[number + 1].start
                moved = areas_moved(unescaped(text[tag.end : end]), self._shift)
                edits.append((tag.end, end, moved))
            changes = self._attribute_changes(tag, title)
            if changes:
                edits.append(_retagged(tag, changes))
        if models and is_own:
            edits += self._merge_edits(text, found, models)
        return replaced(text, edits)

    def _formula_edit(self, text, tag, end, title):
        formula = unescaped(text[tag.end : end.start])
        self._see_texts(formula, title, tag.name)
        moved = formula_moved(formula, self._shift, self._title, title)
        return [(tag.end, end.start, escaped(moved))] if moved != formula else []

    def _attribute_changes(self, tag, title):
        """``{attribute: value}`` that move with the rows."""
        own = attributes_of(tag.attributes) if tag.attributes else {}
        changes = {
            name: formula_moved(own[name], self._shift, self._title, title)
            for name in _LINKS
            if name in own
        }
        if title != self._title:
            return _differing(changes, own)
        if tag.name in ("cellWatch", "inputCells") and "r" in own:
            changes["r"] = areas_moved(own["r"], self._shift)
        elif tag.name not in ("dataRef", "worksheetSource"):
            for name in _AREAS:
                if name in own:
                    changes[name] = self._place(tag.name, own[name])
        return _differing(changes, own)

    def _place(self, name, area):
        if name == "mergeCell":
            first, _left, last, _right = corners(area) or (0, 0, 1, 0)
            return (
                self._block(area) if first == last else areas_moved(area, self._shift)
            )
        if name in _WHOLE:
            return " ".join(self._block(one) for one in area.split())
        return areas_moved(area, self._shift)

    def _break_edit(self, tag):
        """A page's break stands below the row of its number."""
        number = int(tag.get("id", 0))
        moved = self._shift.area(number, number)[1]
        return [_retagged(tag, {"id": moved})] if moved != number else []

    def _merge_edits(self, text, found, models):
        """Lines that are put in are merged like the row they are like."""
        merged = [t for t in found if t.name == "mergeCell" and not t.is_end]
        if not merged:
            return []
        new, last = [], merged[-1]
        for tag in merged:
            area = corners(tag.get("ref", ""))
            if not area or area[0] != area[2]:
                continue
            for one in self._shift.insertions:
                if models[one.after] == area[0]:
                    first = self._shift.row(one.after) + 1
                    for row in range(first, first + one.count):
                        ref = (
                            f"{column_letters(area[1])}{row}:"
                            f"{column_letters(area[3])}{row}"
                        )
                        new.append(f'<{tag.prefix}mergeCell ref="{ref}"/>')
        if not new:
            return []
        around = next(t for t in found if t.name == "mergeCells" and not t.is_end)
        count = len(merged) + len(new)
        place = last.end
        if not last.is_empty:
            ends = (t.end for t in found if t.is_end and t.name == "mergeCell")
            place = max(ends)
        return [
            _retagged(around, {"count": count}),
            (place, place, "".join(new)),
        ]

    # ------------------------------------------------------------------
    # Other parts
    # ------------------------------------------------------------------

    def _move_other(self, title, path):
        """Another sheet's formulas and rules that speak of ours."""
        package = self._package
        text = package.text(path)
        named = unescaped(text).replace("''", "'").casefold()
        if self._title.casefold() in named:
            self._move_shared_of(title, path)
            package.put(path, self._moved(package.text(path), title))
        for kind, part in package.links(path).values():
            if kind in ("table", "ctrlProp", "drawing") and package.has(part):
                package.put(part, self._moved(package.text(part), title))

    def _move_shared_of(self, title, path):
        """A formula kept once for many cells, of which some speak of our rows."""
        text = self._package.text(path)
        if "shared" not in text:
            return
        sheet = SheetPart(text, self._most)
        masters, members = sheet.shared_formulas()
        for index, master in masters.items():
            if leads_to(master[2], self._title, title):
                sheet.write_out(master, members[index])
        self._package.put(path, sheet.text())

    def _move_parts_of(self, path):
        """Tables, notes, pictures and controls on our sheet."""
        package = self._package
        for kind, part in package.links(path).values():
            if not package.has(part):
                continue
            if kind == "drawing":
                package.put(part, self._drawing(package.text(part)))
            elif kind == "vmlDrawing":
                package.put(part, self._vml(package.text(part)))
            elif kind == "pivotTable":
                self._see_pivot(package.text(part))
                package.put(part, self._moved(package.text(part), self._title))
            elif kind in ("table", "comments", "threadedComment", "ctrlProp"):
                package.put(part, self._moved(package.text(part), self._title))

    def _see_pivot(self, text):
        for tag in tags(text):
            area = corners(tag.get("ref", "")) if tag.name == "location" else None
            for one in self._shift.insertions:
                if area and area[0] <= one.after < area[2]:
                    self._refuse(tag.get("ref"), _lt("a pivot table"))

    def _move_charts(self):
        """Charts wherever they are, and what pivot tables are made of."""
        package = self._package
        for name in package.names():
            if re.search(r"/charts/[^/]*\.xml\Z", name):
                package.put(name, self._moved(package.text(name), None))
            elif re.search(r"/pivotCacheDefinition\d*\.xml\Z", name):
                package.put(name, self._pivot_source(package.text(name)))

    def _pivot_source(self, text):
        edits = [
            _retagged(tag, {"ref": areas_moved(tag.get("ref"), self._shift)})
            for tag in tags(text)
            if tag.name == "worksheetSource" and tag.get("ref")
            if tag.get("sheet") == self._title
        ]
        return replaced(text, edits)

    def _move_names(self):
        path = self._package.workbook
        text = self._package.text(path)
        edits = []
        found = list(tags(text))
        for number, tag in enumerate(found):
            if tag.name == "definedName" and not tag.is_end and not tag.is_empty:
                edits += self._formula_edit(text, tag, found[number + 1], None)
        self._package.put(path, replaced(text, edits))

    def _drawing(self, text):
        """Pictures, charts and boxes: where they begin and end, in rows from 0."""
        edits, anchor, inside, rows = [], None, "", {}
        found = list(tags(text))
        for number, tag in enumerate(found):
            if tag.name in ("twoCellAnchor", "oneCellAnchor"):
                if tag.is_end:
                    edits += self._anchor_edits(anchor, rows)
                anchor, rows = (None if tag.is_end else tag), {}
            elif tag.name in ("from", "to"):
                inside = "" if tag.is_end else tag.name
            elif tag.name == "row" and inside and anchor and not tag.is_end:
                end = found[number + 1].start
                rows[inside] = (tag.end, end, int(text[tag.end : end]))
            elif not tag.is_end and "textlink" in tag.attributes:
                # a box that shows what a cell says
                if changes := self._attribute_changes(tag, self._title):
                    edits.append(_retagged(tag, changes))
        return replaced(text, edits)

    def _anchor_edits(self, anchor, rows):
        how = anchor.get("editAs", "twoCell") if anchor else "absolute"
        if how == "absolute" or "from" not in rows:
            return []
        start, end, top = rows["from"]
        more = self._shift.row(top + 1) - (top + 1)
        edits = [(start, end, str(min(top + more, MAX_ROW - 1)))]
        if "to" in rows:
            start, end, bottom = rows["to"]
            if how == "twoCell":
                more = self._shift.row(bottom + 1) - (bottom + 1)
            edits.append((start, end, str(min(bottom + more, MAX_ROW - 1))))
        return edits

    def _vml(self, text):
        """Notes and controls, drawn in a language that is not quite XML."""

        def move(found):
            numbers = found[2].split(",")
            if len(numbers) == 8:
                top = int(numbers[2])
                more = self._shift.row(top + 1) - (top + 1)
                for place in (2, 6):
                    numbers[place] = f" {int(numbers[place]) + more}"
            return found[1] + ",".join(numbers) + found[3]

        def move_row(found):
            row = int(found[2]) + 1
            return f"{found[1]}{self._shift.row(row) - 1}{found[3]}"

        def move_formula(found):
            formula = unescaped(found[2])
            moved = formula_moved(formula, self._shift, self._title, self._title)
            return f"{found[1]}{escaped(moved)}{found[3]}"

        text = re.sub(r"(<x:Anchor>)([\d,\s]*)(</x:Anchor>)", move, text)
        text = re.sub(r"(<x:Row>)\s*(\d+)\s*(</x:Row>)", move_row, text)
        return re.sub(r"(<x:Fmla\w+>)([^<]*)(</x:Fmla\w+>)", move_formula, text)


def _retagged(tag, changes):
    """The edit that changes attributes of a tag."""
    attributes = with_attributes(tag.attributes, changes)
    close = "/>" if tag.is_empty else ">"
    return tag.start, tag.end, f"<{tag.prefix}{tag.name}{attributes}{close}"


def _differing(changes, own):
    return {name: value for name, value in changes.items() if str(value) != own[name]}
