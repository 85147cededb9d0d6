"""Numbers of papers: read as offices write them, compared, and the next one suggested.

Article: NĐ 30/2020/NĐ-CP Điều 15 (from 01 on 1 January, by organ); numbers of Party
papers run per kind and per term of the committee. A number is given by the clerk after
signing: nothing is allotted here. Local habits are kept: “27/HĐND”, “05-NX/ĐU”, “27a”.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(
    r"\s*(\d{1,6})\s*([a-zđ]?)\s*(?:([/-])\s*(.*\S))?\s*", re.IGNORECASE
)
# abbreviations of kinds that stand first in a symbol (NĐ 30/2020/NĐ-CP Phụ lục III);
# an official letter has none
_KINDS = frozenset(
    "nq qđ ct qc qyđ tc tb hd ctr kh pa đa da bc bb ttr hđ cđ bgn btt giq gm ggt gnp "
    "pg pc pb kl nx".split()
)


@dataclass(frozen=True)
class Number:
    """“27a/HĐND” is 27, a, /, HĐND; a number alone has neither mark nor symbol."""

    figure: int
    letter: str = ""
    mark: str = ""
    symbol: str = ""

    @property
    def kind(self):
        """The abbreviation of the kind of paper, in small letters; empty for an
        official letter, whose symbol begins with the organ."""
        first = re.split(r"[-/,.\s]", _folded(self.symbol), maxsplit=1)[0]
        return first if first in _KINDS else ""


@dataclass(frozen=True)
class Used:
    """A number on record. ``kind`` is that of its paper, which a bare “12” does not
    tell; ``paper`` tells which paper it stands on, ``record`` where that is kept."""

    text: str
    paper: object
    kind: str = ""
    record: object = None


def _folded(text):
    return unicodedata.normalize("NFC", text or "").casefold().strip()


def read(text):
    """A number as written.

    :rtype: Number | None
    """
    found = _NUMBER.fullmatch(unicodedata.normalize("NFC", text or ""))
    if not found:
        return None
    figure, letter, mark, symbol = found.groups("")
    return Number(int(figure), letter.lower(), mark, symbol)


def number_key(number):
    """A number as its series compares it: “ 05 - KL/TT” and “5-kl/tt” are one.

    :rtype: str
    """
    return "".join(_folded(number).split()).lstrip("0")


def series_period(reset, day, term_start=None):
    """The period within which a series of numbers does not repeat.

    :param str reset: ``year`` or ``term``
    :param day: date of the document, or None while it is open
    :param term_start: first day of the term that runs, where numbers run per term
    :return: text that is equal within one period; empty while the date is open
    """
    if not day:
        return ""
    if reset == "term" and term_start:
        return str(term_start) if day >= term_start else f"<{term_start}"
    return str(day.year)


def following(used: Sequence[Used], kind, symbol, is_party=False):
    """The number after the highest of one kind, written as that one is.

    :param used: numbers of one organ within one period
    :param kind: abbreviation of the kind of paper; empty for an official letter
    :param symbol: symbol of the first paper of its series, as “BC-HĐND”
    """
    last = max(
        (number for one in used if (number := _of_kind(one, kind))),
        key=lambda number: number.figure,
        default=Number(0),
    )
    mark = last.mark or ("-" if is_party else "/")
    return f"{last.figure + 1:02}{mark}{last.symbol or symbol}"


def same(used: Sequence[Used], number, paper):
    """Those on other papers that are this number.

    :param used: numbers of one organ within one period
    :param paper: the paper that bears the number
    """
    key = number_key(number)
    return [
        one
        for one in used
        if key and number_key(one.text) == key and one.paper != paper
    ]


def _of_kind(one, kind):
    number = read(one.text)
    if not number:
        return None
    mine = number.kind if number.symbol else _folded(one.kind)
    return number if mine == _folded(kind) else None


def initials(text):
    """Abbreviation of a body: “HỘI ĐỒNG NHÂN DÂN” gives “HĐND”."""
    return "".join(word[0] for word in (text or "").split()).upper()


def party_symbol(text):
    """Symbol of a party body, by its first two words: “Đảng ủy phường …” gives “ĐU”."""
    marked = unicodedata.normalize("NFD", initials(" ".join((text or "").split()[:2])))
    return "".join(char for char in marked if not unicodedata.combining(char))
