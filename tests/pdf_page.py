"""Where words and rules stand on a PDF page, for tests of its layout."""

import re
from typing import NamedTuple
from weakref import WeakKeyDictionary

MM = 72 / 25.4
# what a content stream of WeasyPrint is made of; pypdf reads it letter by letter
_TOKEN = re.compile(
    rb"\s*(?:\[(?P<array>[^\]]*)\]|(?P<string><[0-9A-Fa-f]*>)|/(?P<name>[^\s/<>\[\]()]+)"
    rb"|(?P<number>[+-]?\d*\.?\d+\.?)|(?P<operator>[A-Za-z]+\d?\*?))"
)
_PART = re.compile(rb"<([0-9A-Fa-f]*)>|([+-]?[\d.]+)")


class Run(NamedTuple):
    """Words printed in one go, in points from the lower left corner."""

    text: str
    font: str
    size: float
    left: float
    right: float
    y: float


class Font:
    """Names, widths and letters of one font of a page, as WeasyPrint writes it."""

    def __init__(self, resource):
        self.name = resource["/BaseFont"].split("+")[-1]
        mapping = resource["/ToUnicode"].get_object().get_data().decode()
        self.letters = {
            int(code, 16): bytes.fromhex(letters).decode("utf-16-be")
            for code, letters in re.findall(
                r"^<(\w+)>\s+<(\w+)>$", mapping, flags=re.MULTILINE
            )
        }
        descendant = resource["/DescendantFonts"][0].get_object()
        self.widths = {}
        items = list(descendant["/W"])
        while items:
            first, widths = items[0], items[1].get_object()
            for offset, width in enumerate(widths):
                self.widths[int(first) + offset] = float(width)
            items = items[2:]


def _multiply(inner, outer):
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


_fonts = WeakKeyDictionary()


def _fonts_of(page):
    """``{name: Font}``, read once per file: all its pages share them."""
    known = _fonts.setdefault(page.pdf, {})
    found = {}
    for name, reference in page["/Resources"].get("/Font", {}).items():
        if reference.idnum not in known:
            known[reference.idnum] = Font(reference.get_object())
        found[name.removeprefix("/")] = known[reference.idnum]
    return found


def _operations(content):
    """Each operator with its operands: numbers, names, and texts as they stand."""
    position, end, operands = 0, len(content.rstrip()), []
    while position < end:
        token = _TOKEN.match(content, position)
        if not token:
            raise ValueError(f"not read: {content[position : position + 40]!r}")
        position, kind = token.end(), token.lastgroup
        if kind == "operator":
            yield token[kind].decode(), operands
            operands = []
        elif kind == "number":
            operands.append(float(token[kind]))
        elif kind == "name":
            operands.append(token[kind].decode())
        else:
            operands.append(token[kind])


def read(page):
    """Runs of text and horizontal rules of a page.

    :return: list of :class:`Run`, and list of rules ``(left, right, y)``
    """
    fonts = _fonts_of(page)
    runs, rules = [], []
    state, stack = (1, 0, 0, 1, 0, 0), []
    font, size, text_matrix, box = None, 0, state, (0, 0, 0, 0, 0, 0)
    for operator, operands in _operations(page.get_contents().get_data()):
        if operator == "q":
            stack.append(state)
        elif operator == "Q":
            state = stack.pop()
        elif operator == "cm":
            state = _multiply(operands, state)
        elif operator == "Tf":
            font, size = fonts[operands[0]], operands[1]
        elif operator == "Tm":
            text_matrix = operands
        elif operator in ("Tj", "TJ"):
            matrix = _multiply(text_matrix, state)
            text, width = _show(operands[0], font)
            scale = size * matrix[0]
            left = matrix[4]
            runs.append(
                Run(
                    text,
                    font.name,
                    round(abs(size * matrix[3]), 2),
                    left,
                    left + width * scale / 1000,
                    matrix[5],
                )
            )
        elif operator == "re":
            x, y, width, height = operands
            box = _multiply((width, 0, 0, height, x, y), state)
        elif operator in ("f", "f*") and abs(box[3]) < 1.5 and box[0] > 5:
            rules.append((box[4], box[4] + box[0], box[5]))
    return runs, rules


def _show(operand, font):
    """Text and width, in thousandths of the size, of a Tj or TJ operand."""
    letters, width = [], 0
    for codes, back in _PART.findall(operand):
        if back:
            width -= float(back)
            continue
        for at in range(0, len(codes), 4):
            code = int(codes[at : at + 4], 16)
            letters.append(font.letters.get(code, ""))
            width += font.widths.get(code, 0)
    return "".join(letters), width


def is_number(run):
    """Whether it stands in the top margin, where the page numbers are."""
    return run.y > (297 - 20) * MM


def words(pdf):
    """All words in printed order, without page numbers and blanks."""
    runs = [run for page in pdf.pages for run in read(page)[0]]
    return re.sub(r"\s+", "", "".join(r.text for r in runs if not is_number(r)))
