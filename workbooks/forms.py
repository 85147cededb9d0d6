"""Fills the form that a superior level sends each year, and leaves it as it is.

Its words, styles, merged cells, widths, print settings and formulas are kept; where it
has fewer lines than there are subjects, lines like its last one are put in, and the
formulas that count over them grow with them.
"""

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date

import openpyxl
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator
from openpyxl.styles.numbers import is_date_format
from openpyxl.worksheet.cell_range import CellRange

from ..rules.texts import _lt
from .columns import Column, find_layout
from .heights import Heights
from .kinds import SUMMARY
from .levels import WRITTEN
from .marking import put
from .problems import Unreadable
from .reading import Limits, column_letters, open_book
from .stages import NAMED
from .tables import _CAPTION, _END
from .values import text_of
from .words import plain

# openpyxl holds a whole form in memory
FORM = Limits(
    size=5 * 2**20, unpacked=30 * 2**20, cells=200_000, filled=5_000, columns=120
)
_PLACEHOLDER = re.compile(r"[\d\s.…,_()/\-–:;]*\Z")
_DOTS = re.compile(r"[.…_]{2,}")


def _level(code, names):
    return Column(code, "level", names)


def _ticks(*names):
    """Headings of a column in which one level is ticked, alone or under another."""
    above = ("ket qua xep loai", "muc xep loai", "xep loai", "muc xep loai chat luong")
    above += ("ket qua danh gia xep loai", "ket qua", "muc do hoan thanh nhiem vu")
    alone = [name for name in names if " " in name]
    return (*alone, *(f"{group} {name}" for group in above for name in names))


# what a form may ask for: a summary's columns, the later stages, and level by level
FIELDS = (
    *(column for column in SUMMARY if column.code != "note"),
    Column(
        "party_title",
        "text",
        ("chuc vu dang", "chuc danh dang", "chuc vu trong dang"),
    ),
    Column(
        "share",
        "share",
        ("muc ket luan", "ty le", "ty le phieu", "ty le %"),
    ),
    _level("appraisal", ("tham dinh", "co quan tham dinh", "de xuat")),
    _level(
        "proposal",
        ("cap co tham quyen de xuat", "thuong truc de xuat", "de xuat cua thuong truc"),
    ),
    _level(
        "decided",
        (
            *("muc xep loai", "ket qua xep loai", "cap co tham quyen quyet dinh"),
            *("xep loai", "muc xep loai chat luong", "quyet dinh xep loai"),
            *("ket qua danh gia xep loai", "ket qua"),
        ),
    ),
    Column(
        "decision",
        "text",
        ("so quyet dinh", "so ngay quyet dinh", "quyet dinh", "so ngay van ban"),
    ),
    Column("note", "text", ("ghi chu", "ghi chu ly do")),
    *(
        Column(f"tick_{level}", "tick", _ticks(*written.ticked))
        for level, written in WRITTEN.items()
    ),
)


@dataclass(frozen=True)
class Entry:
    """What is written on one line of the form.

    :param values: ``{code: value}`` after :data:`FIELDS`
    """

    values: Mapping[str, object]
    is_collective: bool = False


@dataclass(frozen=True)
class Filling:
    """What is written into a form.

    :param columns: ``{column number: code}``; several columns may ask for the same
    :param first, last: rows of the heading
    :param heads: ``{"unit": …, "year": …}`` for the lines above the heading
    """

    sheet: str
    first: int
    last: int
    columns: Mapping[int, str]
    entries: Sequence[Entry]
    heads: Mapping[str, object] = field(default_factory=dict)


def look_at(content, remembered=None):
    """The sheets of a form with the layout guessed for each.

    :return: ``{sheet name: Layout or None}``, hidden sheets left out unless all are
    :raise Unreadable:
    """
    book = open_book(content, FORM)
    visible = [name for name, hidden in book.sheets.items() if not hidden]
    return {
        name: find_layout(book.sheet(name), FIELDS, remembered)
        for name in visible or book.sheets
    }


def fill(content, filling):
    """The form with its lines filled in, as bytes.

    :raise Unreadable: no xlsx file, or one that cannot be written again
    """
    open_book(content, FORM).sheet(filling.sheet)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _filled(content, filling)
    except Exception as error:  # whatever openpyxl meets in a foreign file
        raise Unreadable(
            _lt(
                "The form cannot be written again. Save it anew as .xlsx and upload it."
            )
        ) from error


def _filled(content, filling):
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[filling.sheet]
    _fill_heads(sheet, filling)
    # from below, so that what is put in moves nothing that is still to be filled
    for section in reversed(_sections(sheet, filling)):
        _fill_section(book, sheet, filling, section)
    if book.calculation:
        book.calculation.fullCalcOnLoad = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# ----------------------------------------------------------------------
# Where
# ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Section:
    """Lines ``first`` to ``last`` of the form, and what goes into them."""

    first: int
    last: int
    entries: Sequence[Entry]


def _row_text(sheet, row):
    texts = (text_of(cell.value).strip() for cell in sheet[row])
    return [text for text in texts if text and not text.startswith("=")]


def _sections(sheet, filling):
    """The runs of empty lines between heading, captions and what stands below."""
    captions, end = [], 0
    named = [column for column, code in filling.columns.items() if code == "name"]
    name = min(named or filling.columns, default=1)
    border = _is_framed(sheet.cell(filling.last + 1, name))
    for row in range(filling.last + 1, sheet.max_row + 2):
        texts = _row_text(sheet, row)
        words = [text for text in texts if not _PLACEHOLDER.match(text)]
        title = plain(" ".join(words))
        if words and (_END.match(plain(words[0])) or not _heads_lines(words, texts)):
            break
        framed = _is_framed(sheet.cell(row, name))
        if not words and (framed != border and border) or row > sheet.max_row:
            break
        if words:
            captions.append((row, title))
        end = row
    # a form without frames: one line to begin with
    end = max(end if border or captions else filling.last + 1, filling.last + 1)
    collective = [entry for entry in filling.entries if entry.is_collective]
    people = [entry for entry in filling.entries if not entry.is_collective]
    if not captions:
        return [_Section(filling.last + 1, end, [*collective, *people])]
    sections, rest = [], {"tap the": collective, "ca nhan": people}
    for number, (row, title) in enumerate(captions):
        below = captions[number + 1][0] - 1 if number + 1 < len(captions) else end
        kind = next((word for word in rest if word in title), None)
        if kind:
            sections.append(_Section(row + 1, below, rest.pop(kind)))
    left = [entry for entries in rest.values() for entry in entries]
    if left and not sections:
        sections.append(_Section(captions[-1][0] + 1, end, left))
    return sections


def _heads_lines(words, texts):
    title = plain(" ".join(words))
    return len(words) == 1 and (
        bool(_CAPTION.match(" ".join(texts)))
        or any(word in title for word in ("tap the", "ca nhan"))
    )


def _is_framed(cell):
    border = cell.border
    return bool(border and (border.left.style or border.bottom.style))


def _fill_heads(sheet, filling):
    """“Đơn vị: …” and “Năm …” above the table."""
    unit, year = filling.heads.get("unit"), filling.heads.get("year")
    for row in sheet.iter_rows(max_row=max(filling.first - 1, 1)):
        for cell in row:
            text = cell.value
            if not isinstance(text, str) or text.startswith("="):
                continue
            label, colon, rest = text.partition(":")
            named = plain(label) in (
                *(
                    "don vi",
                    "co quan don vi",
                    "ten don vi",
                    "co quan",
                    "don vi bao cao",
                ),
            )
            if unit and colon and named and _PLACEHOLDER.match(rest):
                put(cell, f"{label}: {unit}")
            elif year and re.search(r"(?i)năm\s*[.…_]{2,}", text):
                put(cell, re.sub(r"(?i)(năm\s*)[.…_]{2,}", rf"\g<1>{year}", text))


# ----------------------------------------------------------------------
# Lines
# ----------------------------------------------------------------------


def _fill_section(book, sheet, filling, section):
    more = len(section.entries) - (section.last - section.first + 1)
    if more > 0:
        _insert_below(book, sheet, section.last, more, max(section.first, 1))
    heights = Heights(sheet)
    for number, entry in enumerate(section.entries, 1):
        row = section.first + number - 1
        for column, code in filling.columns.items():
            cell = sheet.cell(row, column)
            if isinstance(cell, openpyxl.cell.MergedCell):
                continue
            value = number if code == "no" else entry.values.get(code)
            keeps = isinstance(cell.value, str) and cell.value.startswith("=")
            if keeps and value in (None, ""):
                continue  # the form computes it
            own = cell.number_format
            put(cell, value if value != "" else None)
            # openpyxl writes dates year first unless the form says how
            if isinstance(value, date) and not is_date_format(own):
                cell.number_format = "dd/mm/yyyy"
            if isinstance(value, float) and own == "General":
                cell.number_format = "0.0%"
        heights.fit(row)


def _insert_below(book, sheet, row, more, first):
    """Put ``more`` lines like ``row`` in below it; all that stands lower moves.

    openpyxl moves cells alone, so merged cells, heights, ranges and formulas are
    moved here.
    """
    shift = _Shift(sheet.title, row, more, first)
    _move_formulas(book, sheet, shift)
    # heights, merges and rules go by row number
    merges = [CellRange(r.coord) for r in sheet.merged_cells.ranges]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(merged.coord)
    sheet.insert_rows(row + 1, more)
    dimensions = sorted(sheet.row_dimensions.items(), reverse=True)
    for number, dimension in dimensions:
        if number > row:
            del sheet.row_dimensions[number]
            dimension.index = number + more
            sheet.row_dimensions[number + more] = dimension
    for merged in merges:
        if merged.min_row > row:
            merged.shift(row_shift=more)
        elif merged.max_row > row:
            merged.expand(down=more)
        sheet.merge_cells(merged.coord)
    _like(sheet, row, more, merges)
    _move_ranges(sheet, shift)


def _like(sheet, row, more, merges):
    """The new lines get the style, height, merges and formulas of ``row``."""
    height = sheet.row_dimensions[row].height
    for column in range(1, sheet.max_column + 1):
        model = sheet.cell(row, column)
        for number in range(row + 1, row + more + 1):
            cell = sheet.cell(number, column)
            if isinstance(cell, openpyxl.cell.MergedCell):
                continue
            if model.has_style:
                cell._style = copy(model._style)
            if isinstance(model.value, str) and model.value.startswith("="):
                moved = Translator(model.value, model.coordinate)
                cell.value = moved.translate_formula(cell.coordinate)
    for number in range(row + 1, row + more + 1):
        sheet.row_dimensions[number].height = height
        for merged in merges:
            if merged.min_row == merged.max_row == row:
                sheet.merge_cells(
                    start_row=number,
                    end_row=number,
                    start_column=merged.min_col,
                    end_column=merged.max_col,
                )


def _move_formulas(book, sheet, shift):
    for other in book.worksheets:
        for line in other.iter_rows():
            for cell in line:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = shift.formula(cell.value, other.title)
    for names in (book.defined_names, *(s.defined_names for s in book.worksheets)):
        for defined in names.values():
            if defined.attr_text:
                moved = shift.formula(f"={defined.attr_text}", None)
                defined.attr_text = moved[1:]


def _move_ranges(sheet, shift):
    if sheet.print_area:
        area = sheet.print_area
        areas = area if isinstance(area, list) else area.split(",")
        sheet.print_area = ",".join(
            shift.reference(part.rpartition("!")[2]) for part in areas
        )
    for validation in sheet.data_validations.dataValidation:
        moved = " ".join(shift.reference(str(r)) for r in validation.sqref.ranges)
        validation.sqref = type(validation.sqref)(moved)
    rules = list(sheet.conditional_formatting)
    sheet.conditional_formatting = type(sheet.conditional_formatting)()
    for ranges in rules:
        moved = " ".join(shift.reference(str(r)) for r in ranges.sqref.ranges)
        for rule in ranges.rules:
            sheet.conditional_formatting.add(moved, rule)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = shift.reference(sheet.auto_filter.ref)


class _Shift:
    """Moves references past lines that were put in below ``row`` of a sheet.

    A range that reaches from the lines of the table to their last one grows.
    """

    _PART = re.compile(r"(\$?[A-Za-z]{0,3})(\$?)(\d*)\Z")

    def __init__(self, title, row, more, first):
        self._title, self._row, self._more, self._first = title, row, more, first

    def formula(self, formula, own_title):
        """The formula as it reads afterwards; ``own_title`` is the sheet it is on."""
        try:
            tokens = Tokenizer(formula)
        except Exception:  # a formula that openpyxl cannot read
            return formula
        for token in tokens.items:
            if token.type != Token.OPERAND or token.subtype != Token.RANGE:
                continue
            sheet, mark, reference = token.value.rpartition("!")
            title = sheet.strip("'").replace("''", "'") if mark else own_title
            if title == self._title:
                token.value = f"{sheet}{mark}{self.reference(reference)}"
        return tokens.render()

    def reference(self, reference):
        first, colon, last = reference.partition(":")
        if not colon:
            return self._moved(first, self._row)
        # the end of a range over the table moves with its last line
        ends_there = self._number(last) == self._row
        begins_inside = self._number(first) <= self._row
        if ends_there and begins_inside and self._number(first) >= self._first - 1:
            return f"{first}:{self._moved(last, self._row - 1)}"
        return f"{self._moved(first, self._row)}:{self._moved(last, self._row)}"

    def _number(self, part):
        found = self._PART.match(part)
        return int(found[3]) if found and found[3] else 0

    def _moved(self, part, after):
        found = self._PART.match(part)
        if not found or not found[3] or int(found[3]) <= after:
            return part
        return f"{found[1]}{found[2]}{int(found[3]) + self._more}"


def entry_of(subject):
    """A :class:`.figures.Subject` as one line of a form."""
    ballots = subject.ballots
    values = {
        "name": subject.name,
        "birth_date": subject.birth_date,
        "unit": subject.unit,
        "title": subject.title,
        "party_title": subject.party_title,
        "authority": subject.authority,
        "unit_level": subject.label("unit"),
        "concluded": subject.concluded_label,
        "decision": subject.decision,
        "note": subject.note,
        **{
            stage: subject.label(stage)
            for stage in NAMED
            if stage not in ("conference", "unit")  # columns of a summary
        },
        f"tick_{subject.furthest}": "x",
    }
    if ballots:
        values |= {"present": ballots.present, "share": ballots.share}
        values |= {f"votes_{level}": n for level, n in ballots.votes.items()}
    return Entry(values, subject.is_collective)


def describe(layout):
    """Each column of a layout as ``(number, letters, heading, code or "")``."""
    codes = {number: code for code, number in layout.columns.items()}
    return [
        (number, column_letters(number), heading, codes.get(number, ""))
        for number, heading in sorted(layout.headings.items())
    ]
