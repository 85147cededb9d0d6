"""Which paper of the register a file is, as far as its name tells."""

import re
import unicodedata
from dataclasses import dataclass

# words of a file's name, without marks, that speak for a kind; the first that fits
_WORDS = (
    ("2", ("bien ban", "bbhn")),
    ("7", ("tong hop", "bieu tong hop", "danh sach")),
    ("6", ("cap uy", "chi bo", "dang uy", "nhan xet cua dang")),
    ("5", ("nhan xet",)),
    ("3", ("tu danh gia", "tap the", "mau 01")),
    ("4", ("phieu", "mau 02", "kiem diem ca nhan")),
    ("1", ("bao cao", "bc")),
)
_NUMBERED = re.compile(r"^([1-7]) ")


@dataclass(frozen=True)
class Line:
    """A line of the register: ``kind`` is the code of its kind, ``person`` a name, or
    empty for a paper of the whole unit."""

    id: int
    kind: str
    person: str = ""


def suggest(name, lines):
    """Id of the one line that the file's name fits, or None.

    :param str name: of the file
    :param lines: iterable of :class:`Line`
    """
    words = _plain(name.rpartition(".")[0] or name)
    people = {_plain(line.person) for line in lines if line.person}
    person = next(
        (who for who in sorted(people, key=len, reverse=True) if who in words), ""
    )
    kind = _kind(words.replace(person, " ") if person else words)
    fitting = [
        line
        for line in lines
        if (not kind or line.kind == kind)
        and (not person or _plain(line.person) == person)
    ]
    if not (kind or person) or len(fitting) != 1:
        return None
    return fitting[0].id


def _kind(words):
    for code, signs in _WORDS:
        if any(f" {sign} " in f" {words} " for sign in signs):
            return code
    numbered = _NUMBERED.match(f"{words} ")
    return numbered[1] if numbered else ""


def _plain(text):
    """Lower case, without marks, words parted by single spaces."""
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())
