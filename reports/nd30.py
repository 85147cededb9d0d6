"""Wording and punctuation of papers by Nghị định 30/2020/NĐ-CP, Phụ lục I."""

import re
from copy import deepcopy

import lxml.html
from markupsafe import Markup

from odoo.tools import html_sanitize

from ..rules.numbers import initials as initials
from ..rules.numbers import party_symbol as party_symbol

# room to write by hand what is not known yet; never broken at a line's end
GAP = "\u00a0" * 6
END = "./."
# “75-KH/TU”, “90/2020/NĐ-CP”, “28/10/2022”
DOCUMENT_NUMBER = re.compile(r"(\d[\w/-]*[/-][\w/-]*\w)")


def lines(text):
    """Lines of a text, without blank ones.

    :rtype: list[str]
    """
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def listed(text):
    """Lines of a text as list items: ``;`` after each, ``.`` after the last.

    Dashes and punctuation that the text already has are not doubled.
    """
    items = [line.lstrip("-–+• ").rstrip(" ;.") for line in lines(text)]
    return [f"{item};" for item in items[:-1]] + [f"{item}." for item in items[-1:]]


def clauses(texts):
    """Legal bases as printed: as written, closed by ``;`` where left open."""
    clean = [" ".join(text.split()) for text in texts if text and text.strip()]
    return [text if text[-1] in ";.,:" else f"{text};" for text in clean]


def sentence(text):
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def number(text, symbol):
    """Number and symbol, with room for the number while it is open.

    :param text: “27/HĐND”, “27”, “/HĐND” or empty
    :param symbol: symbol where the text has none
    """
    before, _slash, after = (text or "").partition("/")
    before = before.strip()
    if before.isdigit():
        before = before.zfill(2)
    return f"{before or GAP}/{after.strip() or symbol}"


def place_date(place, day, year=None):
    """Place and date line; what is unknown stays open.

    :param day: date, or empty
    :param year: printed while the date is open
    """
    place = place or "……………"
    if not day:
        return f"{place}, ngày{GAP}tháng{GAP}năm {year or GAP}"
    month = f"{day.month:02}" if day.month < 3 else day.month
    return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"


def moment(when):
    """“08 giờ 00, ngày 18 tháng 11 năm 2022”, or room to write it.

    :param when: datetime as the clock shows it, or empty
    """
    if not when:
        return f"{GAP}giờ{GAP}, ngày{GAP}tháng{GAP}năm{GAP}"
    month = f"{when.month:02}" if when.month < 3 else when.month
    return (
        f"{when.hour:02} giờ {when.minute:02}, ngày {when.day:02} "
        f"tháng {month} năm {when.year}"
    )


def body(html):
    """Body of a paper, closed by ``./.`` and cut before its last block, which is
    to stay on one page with the signature.

    :param html: text of an HTML field
    :return: all but the last block, and the last block
    :rtype: tuple[Markup, Markup]
    """
    clean = html_sanitize(html or "", strip_classes=True)
    root = lxml.html.fragment_fromstring(str(clean) or "<p/>", create_parent="div")
    while len(root) == 1 and root[0].tag == "div" and not (root.text or "").strip():
        root = root[0]
    while len(root) and _is_blank(root[-1]):
        root.remove(root[-1])
    if not len(root):
        _close(root)
        return Markup(), _markup(root)
    _close(root)
    last = deepcopy(root[-1])
    root.remove(root[-1])
    return _markup(root), _markup(last)


def keep_numbers(root):
    """Keep numbers of documents and dates on one line; changes the tree in place.

    :param root: lxml element
    """
    for text in root.xpath(".//text()"):
        before, *pieces = DOCUMENT_NUMBER.split(text)
        if not pieces:
            continue
        spans = []
        for found, after in zip(pieces[::2], pieces[1::2], strict=True):
            span = lxml.html.Element("span", {"class": "paper_number"})
            span.text, span.tail = found, after
            spans.append(span)
        parent = text.getparent()
        if text.is_tail:
            parent.tail = before
            place = parent.getparent().index(parent) + 1
            parent.getparent()[place:place] = spans
        else:
            parent.text = before
            parent[0:0] = spans


def _is_blank(block):
    shown = block.text_content() + (block.tail or "")
    return not shown.strip() and not block.xpath(".//img | .//table")


def _close(block):
    """End the block's last words with ``./.``."""
    texts = block.xpath(".//text()[normalize-space()]")
    if not texts:
        return
    last = texts[-1]
    if last.rstrip().endswith(END):
        return
    closed = last.rstrip().rstrip(".;") + END
    if last.is_tail:
        last.getparent().tail = closed
    else:
        last.getparent().text = closed


def _markup(element):
    return Markup(lxml.html.tostring(element, encoding="unicode"))
