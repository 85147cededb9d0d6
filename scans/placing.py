"""Which paper of the register a file is, as far as its name tells."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its code, and the words of a file's name that speak for it."""

    code: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of the register: ``kind`` is the code of its kind, ``person`` a name, or
    empty for a paper of the whole unit."""

    id: int
    kind: str
    person: str = ""


def words_of(text):
    """Words as people list them, parted by semicolons, as file names are read."""
    return tuple(filter(None, map(_plain, (text or "").split(";"))))


def suggest(name, lines, kinds):
    """Id of the one line that the file's name fits, or None.

    :param str name: of the file
    :param kinds: list of :class:`Kind`; the first whose words fit is meant
    :param lines: iterable of :class:`Line`
    """
    words = _plain(name.rpartition(".")[0] or name)
    people = {_plain(line.person) for line in lines if line.person}
    person = next(
        (who for who in sorted(people, key=len, reverse=True) if who in words), ""
    )
    kind = _kind(words.replace(person, " ") if person else words, kinds)
    fitting = [
        line
        for line in lines
        if (not kind or line.kind == kind)
        and (not person or _plain(line.person) == person)
    ]
    if not (kind or person) or len(fitting) != 1:
        return None
    return fitting[0].id


def _kind(words, kinds):
    for kind in kinds:
        if any(f" {sign} " in f" {words} " for sign in kind.words):
            return kind.code
    first = words.partition(" ")[0]
    return first if first in {kind.code for kind in kinds} else ""


def _plain(text):
    """Lower case, without marks, words parted by single spaces."""
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())
