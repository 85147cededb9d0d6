"""A copy of a file in which every bad cell is marked and listed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .cells import Styles, clean, workbook
from .lists import Field, list_workbook, write_list
from .package import DAMAGED, Package
from .problems import Unreadable
from .reading import Limits, column_letters, column_number, open_parts
from .sheet_part import SheetPart
from .styles import StylePart
from .values import text_of
from .xml_text import escaped, replaced, tags, with_attributes

_RED = "FFFFC7CE"
_NAME = "Ô cần sửa"
_AUTHOR = "cadre_review"
_FIELDS = (
    Field("Trang tính", 20),
    Field("Dòng", 8, "whole"),
    Field("Cột", 8),
    Field("Giá trị trong tệp", 30),
    Field("Lý do, cách sửa", 70),
)
# what is held in memory to be written again; a larger file gets the list alone
_MARKED = Limits(
    size=8 * 2**20,
    unpacked=30 * 2**20,
    cells=150_000,
    filled=10_000,
    texts=100_000,
    seconds=4,
)
_MOST_MARKS = 2000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# what stands below the drawing of notes in a sheet
_BELOW_NOTES = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls")
_BELOW_NOTES += ("webPublishItems", "tableParts", "extLst")


@dataclass(frozen=True)
class Mark:
    """One bad cell with its reason in the user's words; without a column it is the
    row that is meant."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str

    def as_row(self):
        return (self.sheet, self.row, self.column, self.value, self.reason)

    @property
    def place(self):
        return self.row, column_number(self.column or "A")


def marked_copy(content, marks: Sequence[Mark], sheets=()):
    """The file with its bad cells coloured and noted, and a sheet that lists them;
    where the file cannot be written again, the list alone.

    :param bytes content: a file that :func:`.opening.open_any` could open
    :param sheets: its :class:`.reading.Sheet` values where it is no xlsx file: they
        are written anew
    :return: bytes of an xlsx file
    """
    marked = _new_copy(sheets, marks) if sheets else _marked(content, marks)
    return marked or list_workbook(
        _NAME, _NAME, _FIELDS, (mark.as_row() for mark in marks)
    )


def _marked(content, marks):
    """The marked file, or None where it cannot be written again."""
    try:
        return _Marking(content, marks).made()
    except (Unreadable, *DAMAGED):
        return None


class _Marking:
    """Marks in the text of the sheets; all else stays as it is."""

    def __init__(self, content, marks):
        self._marks = marks
        self._package = Package(content, _MARKED)
        self._book = open_parts(self._package.parts)
        if _MAIN not in self._package.text(self._package.workbook):
            raise ValueError("strict: new parts would be of another kind")
        self._styles_path = self._package.parts.linked("styles")
        text = self._package.text(self._styles_path) if self._styles_path else ""
        self._styles = StylePart(text)

    def made(self):
        by_sheet = {}
        for mark in self._marks[:_MOST_MARKS]:
            if mark.sheet in self._book.sheets:
                by_sheet.setdefault(mark.sheet, {}).setdefault(mark.place, mark.reason)
        for name in self._book.sheets:
            self._mark_sheet(name, by_sheet.get(name, {}))
        if self._styles_path:
            self._package.put(self._styles_path, self._styles.text())
        self._add_list()
        return self._package.save()

    def _mark_sheet(self, name, reasons):
        path = self._book.path(name)
        sheet = SheetPart(self._package.text(path), _MARKED.cells)
        for row, column in reasons if self._styles_path else ():
            style = sheet.style(row, column)
            sheet.set_style(row, column, self._styles.with_fill(style, _RED))
        # two sheets that are chosen would be written in together
        sheet.head = re.sub(r'\btabSelected="[^"]*"', 'tabSelected="0"', sheet.head)
        if reasons:
            self._note(sheet, path, reasons)
        self._package.put(path, sheet.text())

    # -- notes ---------------------------------------------------------

    def _note(self, sheet, path, reasons):
        package = self._package
        known = package.linked(path, "comments")
        if known:
            text = package.text(known[0])
            taken = {t.get("ref") for t in tags(text) if t.name == "comment"}
        else:
            known = [package.free_name("xl/comments{}.xml")]
            text = (
                f'<?xml version="1.0" encoding="UTF-8"?>\n<comments xmlns="{_MAIN}">'
                "<authors></authors><commentList></commentList></comments>"
            )
            taken = set()
        places = {
            f"{column_letters(column)}{row}": (row, column, reason)
            for (row, column), reason in sorted(reasons.items())
        }
        new = {ref: value for ref, value in places.items() if ref not in taken}
        text = self._with_comments(text, new)
        if package.has(known[0]):
            package.put(known[0], text)
        else:
            package.add(known[0], text, f"{_TYPE}.comments+xml")
            package.link(path, "comments", known[0])
        self._draw(sheet, path, [value[:2] for value in new.values()])

    @staticmethod
    def _with_comments(text, new):
        found = list(tags(text))
        authors = next(t for t in found if t.name == "authors" and t.is_end)
        number = sum(t.name == "author" and not t.is_end for t in found)
        end = next(t for t in found if t.name == "commentList" and t.is_end)
        p = end.prefix
        lines = "".join(
            f'<{p}comment ref="{ref}" authorId="{number}"><{p}text><{p}t '
            f'xml:space="preserve">{escaped(clean(reason))}</{p}t></{p}text></{p}comment>'
            for ref, (_row, _column, reason) in new.items()
        )
        author = f"<{p}author>{_AUTHOR}</{p}author>"
        return replaced(
            text,
            [(authors.start, authors.start, author), (end.start, end.start, lines)],
        )

    def _draw(self, sheet, path, places):
        """The boxes of the notes."""
        package = self._package
        known = package.linked(path, "vmlDrawing")
        kept = [one for one in known if "ClientData" in package.text(one)]
        shapes = "".join(_shape(row, column) for row, column in places)
        if kept:
            text = package.text(kept[0])
            place = text.rindex("</xml>")
            package.put(kept[0], text[:place] + shapes + text[place:])
            return
        name = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.know_extension(
            "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"
        )
        package.put(name, f"{_VML}{shapes}</xml>")
        link = package.link(path, "vmlDrawing", name)
        below = (*_BELOW_NOTES, "worksheet")
        place = next(t.start for t in tags(sheet.tail) if t.name in below)
        line = f'<{sheet.prefix}legacyDrawing xmlns:r="{_LINKS}" r:id="{link}"/>'
        sheet.tail = sheet.tail[:place] + line + sheet.tail[place:]

    # -- the list ------------------------------------------------------

    def _add_list(self):
        package = self._package
        path = package.workbook
        name, number = _NAME, 2
        while name in self._book.sheets:
            name, number = f"{_NAME} ({number})", number + 1
        folder = path.rpartition("/")[0]
        part = package.free_name(f"{folder}/worksheets/sheet{{}}.xml")
        package.add(part, self._list_text(), f"{_TYPE}.worksheet+xml")
        link = package.link(path, "worksheet", part)
        text, edits = package.text(path), []
        found = list(tags(text))
        numbers = [int(t.get("sheetId", 0)) for t in found if t.name == "sheet"]
        opened = next(t for t in found if t.name == "sheets" and not t.is_end)
        first = next(t for t in found if t.name == "sheet")
        # the id's prefix is the file's own
        prefix = re.search(r"([\w.\-]+):id\s*=", first.attributes)[1]
        line = (
            f'<{first.prefix}sheet name="{name}" sheetId="{max(numbers) + 1}" '
            f'xmlns:{prefix}="{_LINKS}" {prefix}:id="{link}"/>'
        )
        edits.append((opened.end, opened.end, line))
        for tag in found:
            if tag.is_end:
                continue
            changes = {}
            if tag.name == "definedName" and tag.get("localSheetId"):
                changes = {"localSheetId": int(tag.get("localSheetId")) + 1}
            elif tag.name == "workbookView":
                changes = {"activeTab": "0", "firstSheet": "0"}
            if changes:
                attributes = with_attributes(tag.attributes, changes)
                close = "/>" if tag.is_empty else ">"
                new = f"<{tag.prefix}{tag.name}{attributes}{close}"
                edits.append((tag.start, tag.end, new))
        package.put(path, replaced(text, edits))

    def _list_text(self):
        sheet = SheetPart(f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>', 10**6)
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{field.width}" customWidth="1"/>'
            for n, field in enumerate(_FIELDS, 1)
        )
        views = (
            '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews>"
        )
        place = sheet.head.index("<sheetData>")
        sheet.head = f"{sheet.head[:place]}{views}<cols>{widths}</cols><sheetData>"
        lines = [[field.label for field in _FIELDS], *(m.as_row() for m in self._marks)]
        for row, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                sheet.put(row, column, value)
        return sheet.text()


_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype>"
)


def _shape(row, column):
    anchor = f"{column}, 15, {max(row - 2, 0)}, 2, {column + 3}, 15, {row + 3}, 4"
    return (
        f'<v:shape id="_x0000_s{row % 1000:03}{column:03}{row}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _new_copy(sheets, marks):
    """The values of a file of another kind on new sheets, or None where there are too
    many."""
    count = sum(len(row.cells) for sheet in sheets for row in sheet.rows)
    if count > _MARKED.cells:
        return None
    reasons = {(m.sheet, *m.place): m.reason for m in reversed(marks[:_MOST_MARKS])}
    with workbook(_NAME) as (book, file):
        styles = Styles(book)
        write_list(book, styles, _NAME, _FIELDS, (mark.as_row() for mark in marks))
        bad = book.add_format({"bg_color": "#FFC7CE"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in sheets:
            made = book.add_worksheet(sheet.name[:31])
            for row in sheet.rows:
                for column, value in row.cells.items():
                    place = row.number - 1, column - 1
                    is_bad = (sheet.name, row.number, column) in reasons
                    _write(made, *place, value, bad if is_bad else None, day)
            for (name, row, column), reason in reasons.items():
                if name == sheet.name:
                    made.write_comment(row - 1, column - 1, clean(reason))
    return file.getvalue()


def _write(sheet, row, column, value, style, day):
    if isinstance(value, bool) or not isinstance(value, int | float):
        if hasattr(value, "year") and value.year >= 1900 and not style:
            sheet.write_datetime(row, column, value, day)
        else:
            sheet.write_string(row, column, text_of(value), style)
    else:
        sheet.write_number(row, column, value, style)
