"""Where words and rules stand on a PDF page, for tests of its layout."""

import re
from typing import NamedTuple

from pypdf.generic import ContentStream

MM = 72 / 25.4


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


def read(page):
    """Runs of text and horizontal rules of a page.

    :return: list of :class:`Run`, and list of rules ``(left, right, y)``
    """
    fonts = {
        name: Font(font.get_object())
        for name, font in page["/Resources"].get("/Font", {}).items()
    }
    runs, rules = [], []
    state, stack = (1, 0, 0, 1, 0, 0), []
    font, size, text_matrix, box = None, 0, state, (0, 0, 0, 0, 0, 0)
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"q":
            stack.append(state)
        elif operator == b"Q":
            state = stack.pop()
        elif operator == b"cm":
            state = _multiply([float(value) for value in operands], state)
        elif operator == b"Tf":
            font, size = fonts[operands[0]], float(operands[1])
        elif operator == b"Tm":
            text_matrix = [float(value) for value in operands]
        elif operator in (b"Tj", b"TJ"):
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
        elif operator == b"re":
            x, y, width, height = (float(value) for value in operands)
            box = _multiply((width, 0, 0, height, x, y), state)
        elif operator in (b"f", b"f*") and abs(box[3]) < 1.5 and box[0] > 5:
            rules.append((box[4], box[4] + box[0], box[5]))
    return runs, rules


def _show(operand, font):
    """Text and width, in thousandths of the size, of a Tj or TJ operand."""
    text, width = "", 0
    for part in operand if isinstance(operand, list) else [operand]:
        if isinstance(part, (int, float)):
            width -= float(part)
            continue
        raw = part.original_bytes
        codes = [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]
        text += "".join(font.letters.get(code, "") for code in codes)
        width += sum(font.widths.get(code, 0) for code in codes)
    return text, width


def is_number(run):
    """Whether it stands in the top margin, where the page numbers are."""
    return run.y > (297 - 20) * MM


def words(pdf):
    """All words in printed order, without page numbers and blanks."""
    runs = [run for page in pdf.pages for run in read(page)[0]]
    return re.sub(r"\s+", "", "".join(r.text for r in runs if not is_number(r)))
