"""The HTML of a paper to an editable Word file, by python-docx.

From the same HTML that is printed: blocks become paragraphs, tables become tables,
measures are those of the paper's own style sheet.
"""

import io
import re
import unicodedata

import lxml.html
from reportlab.pdfbase.pdfmetrics import stringWidth

try:
    import docx
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.enum.text import (
        WD_ALIGN_PARAGRAPH,
        WD_BREAK,
        WD_LINE_SPACING,
        WD_TAB_ALIGNMENT,
        WD_TAB_LEADER,
    )
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    from .paper_css import Styles, points, share
except ImportError:  # python-docx is missing, or what WeasyPrint brings
    docx = None

AVAILABLE = docx is not None
MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
TOP, RIGHT, BOTTOM, LEFT = 20 * MM, 15 * MM, 20 * MM, 30 * MM
FONT = "Times New Roman"
# allowed in neither XML nor a Word file; marks that would turn or hide what follows
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufffe\uffff]"
)
_BLOCKS = {
    *("address", "article", "blockquote", "div", "dl", "dd", "dt", "figure", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre"),
    *("section", "table", "ul", "svg"),
}


def render(html):
    """Make a Word file of one HTML document.

    :param str html: complete document with its style sheet, as the PDF engine takes it
    :rtype: bytes
    """
    root = lxml.html.fromstring(html)
    writer = _Writer(Styles(root))
    writer.blocks(root.find("body"))
    file = io.BytesIO()
    writer.document.save(file)
    return file.getvalue()


class _Writer:
    """Writes blocks into one document; ``self.place`` is the body or a cell."""

    def __init__(self, styles):
        self.styles = styles
        self.document = docx.Document()
        self.place, self.width = self.document, PAGE[0] - LEFT - RIGHT
        self.together = False
        self.breaks = False
        normal = self.document.styles["Normal"]
        _set_font(normal.element.get_or_add_rPr())
        normal.font.size = Pt(14)
        normal.paragraph_format.space_after = Pt(0)
        self._sheet(self.document.sections[0], wide=False)
        self._number_pages()

    # -- sheets --------------------------------------------------------

    def _sheet(self, section, wide):
        width, height = PAGE[::-1] if wide else PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Pt(width), Pt(height)
        section.top_margin, section.bottom_margin = Pt(TOP), Pt(BOTTOM)
        section.left_margin, section.right_margin = Pt(LEFT), Pt(RIGHT)
        section.header_distance = Pt(7.5 * MM)
        self.width = width - LEFT - RIGHT

    def _number_pages(self):
        """Centred at the top of the sheet, none on the first page."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        # in the middle of the sheet, not of the text
        paragraph.paragraph_format.right_indent = Pt(LEFT - RIGHT)
        for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
            run = paragraph.add_run()
            run.font.size = Pt(14)
            if text:
                part = OxmlElement("w:instrText")
                part.text = text
            else:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
            run._r.append(part)

    def _turned(self, element, wide):
        """A new section, across or upright again."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        self._sheet(section, wide)

    # -- blocks --------------------------------------------------------

    def blocks(self, element):
        """What stands inside an element: blocks, and words between them."""
        words = _Words(element, element.text)
        for child in element:
            if not isinstance(child.tag, str):
                words.text(child.tail)
            elif child.tag in _BLOCKS:
                self._paragraph_of(words)
                self._block(child)
                words = _Words(element, child.tail)
            elif child.tag not in ("style", "script", "head"):
                words.inline(child)
        self._paragraph_of(words)

    def _paragraph_of(self, words):
        """A paragraph of words that stand loose in a block."""
        if words.pieces and any(text.strip() for text, _element in words.pieces):
            self._write(words)

    def _block(self, element):
        style = self.styles[element]
        if style["page"] == "landscape" and self.place is self.document:
            self._turned(element, wide=True)
            self._inside(element)
            if element.getnext() is not None:
                self._turned(element, wide=False)
            return
        if "always" in (style["page-break-before"], style["break-before"]) or (
            style["break-before"] == "page"
        ):
            self.breaks = True
        together = self.together
        # what stands in a table's cell is kept by its row
        if style["page-break-inside"] == "avoid" and element.tag == "div":
            self.together = True
        self._inside(element)
        self.together = together

    def _inside(self, element):
        if element.tag == "table":
            self._table(element)
        elif element.tag == "hr":
            self._rule(element)
        elif element.tag == "svg":
            self._dots()
        elif element.tag in ("ul", "ol"):
            self._list(element)
        elif len(element) or (element.text or "").strip():
            self.blocks(element)
        elif room := points(self.styles[element]["height"]):
            self._room(room)
        elif element.tag == "p":
            self._new_paragraph(self.styles[element])

    def _list(self, element):
        number = 0
        for item in element:
            if item.tag != "li":
                continue
            number += 1
            mark = "" if "none" in self.styles[element]["list-style"] else "– "
            if element.tag == "ol":
                mark = f"{number}. "
            item.text = f"{mark}{(item.text or '').lstrip()}"
            self.blocks(item)

    def _new_paragraph(self, style):
        paragraph = self._next_paragraph()
        form = paragraph.paragraph_format
        form.alignment = {
            "center": WD_ALIGN_PARAGRAPH.CENTER,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
            "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
        }.get(style["text-align"], WD_ALIGN_PARAGRAPH.LEFT)
        indent = points(style["text-indent"])
        form.first_line_indent = Pt(indent) if indent else None
        form.space_before = Pt(points(style["margin-top"]))
        form.space_after = Pt(points(style["margin-bottom"]))
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        form.keep_with_next = self.together or style["break-after"] == "avoid"
        form.widow_control = True
        if self.breaks:
            form.page_break_before, self.breaks = True, False
        return paragraph

    def _next_paragraph(self):
        """A cell begins with an empty paragraph: that one is taken first."""
        if self.place is not self.document:
            first = self.place.paragraphs[0]
            if (
                len(self.place.paragraphs) == 1
                and not first.runs
                and not (first.paragraph_format.line_spacing)
            ):
                return first
        return self.place.add_paragraph()

    def _write(self, words):
        element = words.element
        style = self.styles[element]
        paragraph = self._new_paragraph(self._in_block(element, style))
        left = self._left_of(element)
        if left:
            paragraph.paragraph_format.left_indent = Pt(left)
        for text, owner in words.clean():
            run = paragraph.add_run()
            self._dress(run, owner)
            for index, part in enumerate(text.split("\n")):
                if index:
                    run.add_break(WD_BREAK.LINE)
                run.add_text(self._cased(part, owner))

    def _in_block(self, element, style):
        """Of several paragraphs in one block only the first has its distance, and a
        block's distance is that of the blocks around it that begin with it."""
        above, child = points(style["margin-top"]), element
        while (
            child.getparent() is not None
            and child.getparent().tag in ("div", "li")
            and child.getprevious() is None
        ):
            child = child.getparent()
            above = max(above, points(self.styles[child]["margin-top"]))
        return {**style, "margin-top": f"{above}pt"}

    def _left_of(self, element):
        """Indent by the padding of the blocks around, up to the cell."""
        left = 0
        while element is not None and element.tag not in ("td", "th", "body"):
            left += points(self.styles[element]["padding-left"])
            element = element.getparent()
        return left

    def _cased(self, text, element):
        upper = self.styles[element]["text-transform"] == "uppercase"
        return text.upper() if upper else text

    def _dress(self, run, element):
        style = self.styles[element]
        run.font.size = Pt(points(style["font-size"], 14))
        run.bold = style["font-weight"] in ("bold", "bolder", "700") or None
        run.italic = style["font-style"] == "italic" or None
        run.underline = "underline" in style["text-decoration"] or None
        if element.tag == "span" and "solid" in style["border"]:
            border = OxmlElement("w:bdr")
            _set(border, val="single", sz=6, space=0, color="000000")
            run._r.get_or_add_rPr().append(border)

    # -- rules, dots, room ---------------------------------------------

    def _rule(self, element):
        """A line as long as the words above it, or the share of them that the style
        says, as the upper border of a low paragraph."""
        block = element.getparent()
        words = max(
            (self._width_of(line, block) for line in _lines_above(element)),
            default=self.width,
        )
        part = share(self.styles[element]["width"])
        length = min(words, self.width) * (part or 1)
        paragraph = self._low_paragraph(points(self.styles[element]["margin-top"]), 4)
        side = max(0, (self.width - length) / 2)
        paragraph.paragraph_format.left_indent = Pt(side)
        paragraph.paragraph_format.right_indent = Pt(side)
        borders = OxmlElement("w:pBdr")
        top = OxmlElement("w:top")
        _set(top, val="single", sz=6, space=0, color="000000")
        borders.append(top)
        paragraph._p.get_or_add_pPr().append(borders)

    def _width_of(self, text, element):
        style = self.styles[element]
        bold = style["font-weight"] == "bold"
        plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        plain = plain.encode("latin-1", "replace").decode("latin-1")
        return stringWidth(
            plain,
            "Times-Bold" if bold else "Times-Roman",
            points(style["font-size"], 14),
        )

    def _low_paragraph(self, before, height):
        paragraph = self._next_paragraph()
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(height)
        form.keep_with_next = self.together
        return paragraph

    def _room(self, height):
        self._low_paragraph(0, height)

    def _dots(self):
        paragraph = self._next_paragraph()
        form = paragraph.paragraph_format
        form.tab_stops.add_tab_stop(
            Pt(self.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        form.space_before, form.keep_with_next = Pt(6), self.together
        paragraph.add_run("\t")

    # -- tables --------------------------------------------------------

    def _table(self, element):
        rows = list(element.iter("tr"))
        grid, spans = _grid(rows)
        if not grid:
            return
        columns = max(len(row) for row in grid)
        table = self.place.add_table(len(grid), columns)
        table.autofit = False
        widths = self._widths(rows, columns)
        self._frame(table)
        for no, row in enumerate(rows):
            self._mark_row(table.rows[no], row)
        for (no, at), (cell, down, across) in spans.items():
            target = table.cell(no, at)
            if down > 1 or across > 1:
                target = target.merge(table.cell(no + down - 1, at + across - 1))
            self._cell(target, cell, sum(widths[at : at + across]))
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=False):
                if cell._tc.grid_span == 1:
                    cell.width = Pt(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        # Word joins tables that touch, and wants a paragraph after one in a cell
        self._low_paragraph(0, 1)

    def _frame(self, table):
        properties = table._tbl.tblPr
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margin = OxmlElement(f"w:{side}")
            _set(margin, w=0, type="dxa")
            margins.append(margin)
        properties.append(margins)

    def _mark_row(self, row, element):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if element.getparent().tag == "thead":
            properties.append(OxmlElement("w:tblHeader"))

    def _widths(self, rows, columns):
        """Of the columns, in points: as the first cells of each say, else what is
        left in equal parts."""
        known = {}
        _grid_rows, spans = _grid(rows)
        for (_no, at), (cell, _down, across) in sorted(spans.items()):
            value = self.styles[cell]["width"]
            part = share(value)
            width = part * self.width if part else points(value)
            if across == 1 and width and at not in known:
                known[at] = width
        left = max(0, self.width - sum(known.values()))
        open_ = columns - len(known)
        widths = [known.get(at, left / open_ if open_ else 0) for at in range(columns)]
        factor = self.width / (sum(widths) or 1)
        return [width * factor for width in widths]

    def _cell(self, target, element, width):
        style = self.styles[element]
        outer = self.place, self.width, self.together
        has_border = "solid" in style["border"]
        if has_border:
            _border(target)
        target.width = Pt(width)
        self.place = target
        self.width = width - (8 if has_border else 0)
        self.together = outer[2] or _is_kept(element, self.styles)
        self.blocks(element)
        if style["padding-top"] not in ("0", "2pt"):
            form = target.paragraphs[0].paragraph_format
            form.space_before = Pt(points(style["padding-top"]))
        self.place, self.width, self.together = outer


class _Words:
    """Words in the course of a block: pairs of a text and the element it is of."""

    def __init__(self, element, text):
        self.element = element
        self.pieces = []
        self.text(text)

    def text(self, text, element=None):
        if text:
            self.pieces.append((text, self.element if element is None else element))

    def inline(self, child, parent=None):
        if child.tag == "br":
            self.pieces.append(("\v", child))
        else:
            self.text(child.text, child)
            for inner in child:
                if isinstance(inner.tag, str):
                    self.inline(inner, child)
                else:
                    self.text(inner.tail, child)
        self.text(child.tail, parent)

    def clean(self):
        """The pieces as they print: blanks as HTML takes them, nothing unprintable."""
        found, blank = [], True
        for text, element in self.pieces:
            if text == "\v":
                found.append(["\n", element])
                blank = True
                continue
            text = re.sub(r"[ \t\r\n\f]+", " ", _UNPRINTABLE.sub("", text))
            if blank:
                text = text.lstrip(" ")
            if text:
                blank = text.endswith(" ")
                found.append([text, element])
        if found:
            found[-1][0] = found[-1][0].rstrip(" ")
        return found


def _lines_above(rule):
    """The texts of the blocks that stand before a rule in its block."""
    block = rule.getparent()
    own = (block.text or "").strip()
    texts = [own] if own else []
    for child in block:
        if child is rule:
            break
        text = " ".join(child.text_content().split())
        tail = (child.tail or "").strip()
        if child.tag in _BLOCKS:
            texts += [text]
        else:
            texts = [" ".join(filter(None, (*texts, text, tail)))]
    upper = "paper_upper" in rule.getparent().xpath("string(.//div[1]/@class)")
    return [text.upper() if upper else text for text in texts if text]


def _grid(rows):
    """Which cells a table has: the taken places row by row, and ``{(row, column):
    (cell, rows, columns)}``."""
    taken, spans = {}, {}
    for no, row in enumerate(rows):
        at = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (no, at) in taken:
                at += 1
            across = _count(cell.get("colspan"))
            down = min(_count(cell.get("rowspan")), len(rows) - no)
            spans[no, at] = (cell, down, across)
            for y in range(no, no + down):
                for x in range(at, at + across):
                    taken[y, x] = True
            at += across
    columns = max((x for _y, x in taken), default=-1) + 1
    return [[None] * columns for _row in rows] if columns else [], spans


def _count(text):
    return max(1, int(text)) if (text or "").isdigit() else 1


def _is_kept(cell, styles):
    table = next(cell.iterancestors("table"))
    return styles[table]["page-break-inside"] == "avoid"


def _border(cell):
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        _set(line, val="single", sz=4, space=0, color="000000")
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        _set(margin, w=60, type="dxa")
        margins.append(margin)
    cell._tc.get_or_add_tcPr().append(margins)


def _set(element, **values):
    for name, value in values.items():
        element.set(qn(f"w:{name}"), str(value))


def _set_font(properties):
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
