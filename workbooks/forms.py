"""Fills the form that a superior level sends each year, and leaves it as it is.

Only the cells that are filled are changed in the text of its sheet. Where the form has
fewer lines than there are subjects, lines like its own are put in, and all that refers
to what stands below moves along (:mod:`.shifting`). All other parts of the file stay
byte for byte: a library that reads a file and writes it anew drops what it does not
know. What its formulas count is computed (:mod:`.formulas`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..rules.texts import _lt
from . import rows
from .columns import Column, find_layout
from .computing import Computing
from .heights import Heights
from .kinds import SUMMARY, TICKS
from .matching import Bodies, Candidate
from .package import DAMAGED, Package
from .problems import Unreadable
from .reading import TOO_LARGE, Limits, column_letters, open_book, open_parts
from .references import Insertion, Shift
from .sheet_part import SheetPart
from .shifting import Shifting
from .stages import NAMED
from .styles import StylePart
from .values import text_of
from .words import name_key, plain
from .xml_text import escaped, replaced, tags, unescaped

FORM = Limits(
    size=5 * 2**20,
    unpacked=40 * 2**20,
    cells=100_000,
    filled=5_000,
    columns=120,
    texts=100_000,
    merges=20_000,
    seconds=5,
)
# lines that are put in at most
_MOST_LINES = 20_000
_MOST_FORMULAS = 20_000
_FORMULA = re.compile(r"<(?:\w+:)?f[\s/>]")
_DAY, _SHARE = "dd/mm/yyyy", "0.0%"


def _level(code, names):
    return Column(code, "level", names)


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
    *(column for column in TICKS if column not in SUMMARY),
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


def look_at(content, learnt=None):
    """The sheets of a form with the layout guessed for each.

    :param learnt: a :class:`.columns.Learnt`
    :return: ``{sheet name: Layout or None}``, hidden sheets left out unless all are
    :raise Unreadable:
    """
    book = open_book(content, FORM)
    visible = [name for name, hidden in book.sheets.items() if not hidden]
    return {
        name: find_layout(book.sheet(name), FIELDS, learnt)
        for name in visible or book.sheets
    }


def fill(content, filling):
    """The form with its lines filled in, as bytes.

    :raise Unreadable: no xlsx file, one that is damaged, or one in which something
        cannot be moved or has no place
    """
    try:
        return _Form(content, filling).filled()
    except Unreadable:
        raise
    except DAMAGED as error:
        raise Unreadable(
            _lt("The form cannot be filled. Save it anew as .xlsx and upload it.")
        ) from error


# ----------------------------------------------------------------------
# Where
# ----------------------------------------------------------------------


@dataclass
class _Section:
    """A run of lines that belong together.

    :param first, last: rows; ``last`` is before ``first`` where there are none
    :param part, unit: what the caption above says, see :class:`.rows.Parts`
    :param named: ``{row: name}`` of lines that have a name already
    :param is_divided: other captions follow at once
    """

    first: int
    last: int
    caption: str = ""
    part: str = ""
    unit: str = ""
    named: dict[int, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    is_divided: bool = False
    entries: list = field(default_factory=list)

    @property
    def free(self):
        lines = range(self.first, self.last + 1)
        return [n for n in lines if n not in self.named and n not in self.hidden]


class _Form:
    """One form while it is filled."""

    def __init__(self, content, filling):
        self._filling = filling
        self._package = Package(content, FORM)
        self._book = open_parts(self._package.parts)
        if filling.sheet not in self._book.sheets:
            raise Unreadable(_lt("The form has no sheet of this name any more."))
        self._path = self._book.path(filling.sheet)
        self._sheet = self._book.sheet(filling.sheet)
        text = self._package.text(self._path)
        if sum(1 for _found in _FORMULA.finditer(text)) > _MOST_FORMULAS:
            raise Unreadable(TOO_LARGE)
        self._part = SheetPart(text, FORM.cells)
        styles = self._package.parts.linked("styles")
        self._styles_path = styles
        self._styles = StylePart(self._package.text(styles) if styles else "")
        self._values = {row.number: row for row in self._sheet.rows}
        named = {}
        for column, code in filling.columns.items():
            named.setdefault(code, column)
        self._columns = named
        self._name = named.get("name", min(filling.columns, default=1))
        self._heights = Heights(self._part.head, self._sheet.merges)
        self._touched, self._is_broken, self._merges = set(), False, {}

    def filled(self):
        sections = self._sections()
        self._place(sections)
        shift, models = self._insertions(sections)
        self._fill_heads()
        self._write_out_shared()
        if shift:
            sheets = {name: self._book.path(name) for name in self._book.sheets}
            shifting = Shifting(self._package, self._filling.sheet, sheets, shift)
            shifting.move(self._part, models)
        for section in sections:
            self._fill_section(section, shift, models)
        self._package.put(self._path, self._part.text())
        if self._styles_path:
            self._package.put(self._styles_path, self._styles.text())
        self._compute(bool(shift))
        return self._package.save()

    def _write_out_shared(self):
        """A formula kept in a cell that is filled would be lost to who shares it."""
        masters, members = self._part.shared_formulas()
        for index, master in masters.items():
            row, column, _formula = master
            if row > self._filling.last and column in self._filling.columns:
                self._part.write_out(master, members[index])

    def _compute(self, is_moved):
        computing = Computing(self._package, self._book, FORM.cells)
        computing.refresh(self._filling.sheet, self._touched)
        if is_moved or self._is_broken:
            # it lists the cells with formulas, and is made anew by who opens the file
            for path in self._package.linked(self._package.workbook, "calcChain"):
                self._package.drop(path, self._package.workbook)

    # -- sections ------------------------------------------------------

    def _texts(self, number):
        row = self._values.get(number)
        cells = row.cells.items() if row else ()
        texts = {column: text_of(value).strip() for column, value in cells}
        for column in list(texts):
            if self._part.is_computed(number, column) or not texts[column]:
                del texts[column]
        return texts

    def _is_framed(self, number):
        return self._styles.look(self._part.style(number, self._name)).is_framed

    def _sections(self):
        """The runs of lines between heading, captions and what stands below."""
        start = self._filling.last + 1
        numbers = sorted(
            number for number in {*self._part.rows, *self._values} if number >= start
        )
        is_framed = self._begins_framed(numbers)
        end = self._table_end()
        sections, parts = [_Section(start, start - 1)], rows.Parts()
        for number in numbers:
            section = sections[-1]
            meant = self._meaning(number, parts)
            if meant.kind == rows.CAPTION:
                self._close(section, number, is_framed, True)
                parts.enter(meant)
                sections.append(self._begun(number, meant, parts))
            elif meant.kind in (rows.BLANK, rows.LINE):
                if is_framed and not self._is_framed(number) or 0 < end < number:
                    break
                self._add_line(section, number, meant, is_framed)
            elif meant.kind == rows.TOTAL:
                self._close(section, number, is_framed, True)
            elif meant.kind in (rows.REMARK, rows.BELOW):
                self._close(section, number, is_framed, len(sections) > 1)
                break
        return self._sound(sections, start, end)

    def _begins_framed(self, numbers):
        empty = rows.Parts()
        for number in numbers[:20]:
            if self._meaning(number, empty).kind in (rows.BLANK, rows.LINE):
                return self._is_framed(number)
        return False

    def _meaning(self, number, parts):
        return rows.meaning(self._texts(number), self._columns, part=parts.part)

    @staticmethod
    def _begun(number, meant, parts):
        return _Section(number + 1, number, meant.text, parts.part, parts.unit)

    def _add_line(self, section, number, meant, is_framed):
        if not is_framed and meant.kind == rows.BLANK:
            return  # a row without a frame may lie anywhere
        row = self._values.get(number)
        if row and row.hidden:
            section.hidden.add(number)
        if meant.kind == rows.LINE:
            section.named[number] = self._texts(number).get(self._name, "")
        section.last = max(section.last, number)

    @staticmethod
    def _close(section, number, is_framed, has_end):
        """Rows without frames are lines as far as the next caption or total."""
        if not is_framed and has_end and number - section.first < _MOST_LINES:
            section.last = max(section.last, number - 1)

    def _table_end(self):
        """Last line of the spreadsheet program's own table below this heading."""
        for path in self._package.linked(self._path, "table"):
            for tag in tags(self._package.text(path)):
                if tag.name == "table" and not tag.is_end:
                    first, _colon, last = tag.get("ref", "").partition(":")
                    rows_ = [int(re.sub(r"\D", "", end) or 0) for end in (first, last)]
                    if rows_[0] == self._filling.last:
                        return rows_[1] - int(tag.get("totalsRowCount", 0))
        return 0

    def _sound(self, sections, start, end):
        if len(sections) > 1 and sections[0].last < sections[0].first:
            del sections[0]
        if end >= start and len(sections) == 1:
            sections[0].last = max(sections[0].last, end)
        if len(sections) == 1 and not sections[0].caption:
            # a form without frames: one line to begin with
            sections[0].last = max(sections[0].last, start)
        for one, following in zip(sections, sections[1:], strict=False):
            is_empty = one.last < one.first
            one.is_divided = is_empty and following.unit and not one.unit
        return sections

    # -- who goes where ------------------------------------------------

    def _place(self, sections):
        entries = self._filling.entries
        names = {
            str(entry.values.get(code))
            for entry in entries
            for code in ("unit", "authority")
            if entry.values.get(code)
        }
        bodies = Bodies(Candidate(name, name) for name in sorted(names))
        meant = [_meant(section.unit, bodies) for section in sections]
        missing = []
        for entry in entries:
            if not self._place_one(entry, sections, meant):
                missing.append(str(entry.values.get("name", "")))
        if missing:
            raise Unreadable(
                _lt(
                    "The form is divided, and none of its parts (%(parts)s) is that "
                    "of: %(names)s. Add a part, or leave them out."
                ),
                parts="; ".join(s.caption for s in sections if s.caption),
                names=", ".join(missing[:10]),
            )

    def _place_one(self, entry, sections, meant):
        name = name_key(str(entry.values.get("name", "")))
        wanted = rows.COLLECTIVE if entry.is_collective else rows.PEOPLE
        best, score = None, 0
        for section, body in zip(sections, meant, strict=True):
            if any(name_key(text) == name for text in section.named.values()):
                section.entries.append(entry)
                return True
            if section.part not in ("", wanted) or section.is_divided:
                continue
            mine = {entry.values.get("unit"), entry.values.get("authority")}
            if section.unit and body not in mine and not _is_alone(section, sections):
                continue
            fits = 1 + 2 * bool(section.part) + bool(section.unit)
            if fits > score:
                best, score = section, fits
        if best:
            best.entries.append(entry)
        return bool(best)

    def _insertions(self, sections):
        """``(shift, {row after which lines are put in: row they are like})``."""
        insertions, models = [], {}
        lines = [n for section in sections for n in section.free]
        for section in sections:
            known = {name_key(text) for text in section.named.values()}
            new = [
                entry
                for entry in section.entries
                if name_key(str(entry.values.get("name", ""))) not in known
            ]
            more = len(new) - len(section.free)
            if more <= 0:
                continue
            after = max(section.last, section.first - 1)
            insertions.append(Insertion(after, more, section.first))
            own = section.free or list(section.named) or lines
            models[after] = own[-1] if own else after
        if sum(one.count for one in insertions) > _MOST_LINES:
            raise Unreadable(_lt("The form would get too many lines."))
        return Shift(insertions), models

    # -- filling -------------------------------------------------------

    def _fill_section(self, section, shift, models):
        after = max(section.last, section.first - 1)
        # new row -> the row it was, or is like
        free = {shift.row(number): number for number in section.free}
        count = next((i.count for i in shift.insertions if i.after == after), 0)
        first = shift.row(after) + 1
        free |= {number: models[after] for number in range(first, first + count)}
        named = {name_key(text): n for n, text in section.named.items()}
        places = iter(free.items())
        for number, entry in enumerate(section.entries, 1):
            own = named.get(name_key(str(entry.values.get("name", ""))))
            if own:
                self._fill_line(shift.row(own), own, entry, number)
            else:
                self._fill_line(*next(places), entry, number)

    def _fill_line(self, row, like, entry, number):
        needed = 0
        for column, code in self._filling.columns.items():
            if self._is_covered(like, column):
                continue
            value = number if code == "no" else entry.values.get(code)
            value = None if value == "" else value
            is_counted = self._part.is_computed(row, column)
            if is_counted and value is None:
                continue  # the form computes it
            self._is_broken = self._is_broken or is_counted
            self._put(row, column, value)
            look = self._styles.look(self._part.style(row, column))
            needed = max(needed, self._heights.needed(like, column, value, look))
        if needed > (self._part.height(row) or self._heights.default):
            self._part.set_height(row, needed)

    def _put(self, row, column, value):
        if value is None and column not in self._cells(row):
            return
        style = self._part.style(row, column)
        look, made = self._styles.look(style), style
        # a number is no day unless the cell says so
        if isinstance(value, date) and not look.is_date:
            made = self._styles.with_format(style, _DAY)
        if isinstance(value, float) and look.number_format == "General":
            made = self._styles.with_format(style, _SHARE)
        self._part.put(row, column, value, self._book.epoch)
        if made != style or made and not self._part.has_style(row, column):
            self._part.set_style(row, column, made)
        self._touched.add((row, column))

    def _cells(self, row):
        line = self._part.rows.get(row)
        return line.cells if line else ()

    def _is_covered(self, row, column):
        """Whether the cell lies under another one that it is merged with."""
        return any(
            left <= column <= right and (first, left) != (row, column)
            for first, left, _last, right in self._merges_on(row)
        )

    def _merges_on(self, row):
        if row not in self._merges:
            self._merges[row] = [m for m in self._sheet.merges if m[0] <= row <= m[2]]
        return self._merges[row]

    # -- above the table -----------------------------------------------

    def _fill_heads(self):
        """“Đơn vị: …” and “Năm …” above the table."""
        for row in self._sheet.rows:
            if row.number >= self._filling.first:
                break
            for column, text in row.cells.items():
                computed = self._part.is_computed(row.number, column)
                if isinstance(text, str) and not computed:
                    self._fill_head(row.number, column, text)

    def _fill_head(self, row, column, text):
        unit, year = self._filling.heads.get("unit"), self._filling.heads.get("year")
        label, colon, rest = text.partition(":")
        if unit and colon and plain(label) in _UNIT_HEADS and rows.is_placeholder(rest):
            self._put_head(row, column, f"{label}: {unit}", f" {unit}")
        elif year and _YEAR_HEAD.search(text):
            new = _YEAR_HEAD.sub(rf"\g<1>{year}", text)
            self._put_head(row, column, new, str(year))

    def _put_head(self, row, column, text, value):
        self._touched.add((row, column))
        inner = self._rich_text(row, column)
        if inner:
            for number, tag in enumerate(found := list(tags(inner))):
                if tag.name != "t" or tag.is_end or tag.is_empty:
                    continue
                end = found[number + 1].start
                written = unescaped(inner[tag.end : end])
                place = _DOTS.search(written)
                if place:
                    before = written[: place.start()]
                    before = before.rstrip() if value[0] == " " else before
                    new = before + value + written[place.end() :]
                    inner = replaced(inner, [(tag.end, end, escaped(new))])
                    self._part.put_rich(row, column, inner)
                    return
        self._part.put(row, column, text)

    def _rich_text(self, row, column):
        """The inside of a shared text that has fonts of its own, or nothing."""
        cell = self._part.cell(row, column)
        path = self._package.parts.linked("sharedStrings")
        if 't="s"' not in cell.attributes or not path:
            return ""
        wanted = int(re.sub(r"<[^>]*>", "", cell.inner))
        text, number, start = self._package.text(path), -1, 0
        for tag in tags(text):
            if tag.name == "si" and not tag.is_end:
                number, start = number + 1, tag.end
            elif tag.name == "si" and number == wanted:
                inner = text[start : tag.start]
                return inner if "rPr" in inner else ""
        return ""


_UNIT_HEADS = {"don vi", "co quan don vi", "ten don vi", "co quan", "don vi bao cao"}
_YEAR_HEAD = re.compile(r"(?i)(năm\s*)(?:[.…_]{2,}|…)")
_DOTS = re.compile(r"[.…_]{2,}|…")


def _meant(text, bodies):
    """The body that a caption names, or nothing."""
    if not text:
        return ""
    found = bodies.body(text)
    if found:
        return found
    likely = bodies.likely(text)
    return likely[0].key if len(likely) == 1 else ""


def _is_alone(section, sections):
    """Whether the form has no other part where somebody could be."""
    return sum(other.part == section.part for other in sections) == 1 and (
        len(sections) == 1
    )


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
