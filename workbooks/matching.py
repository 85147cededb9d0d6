"""Finds the person a line of a list means; a doubt is asked about, never guessed."""

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from ..rules.names import fold
from .values import bare_name
from .words import name_key, plain


@dataclass(frozen=True)
class Candidate:
    """A person or a body of ours.

    :param unit: key of the unit; a person may have several candidates
    """

    key: Hashable
    name: str
    code: str = ""
    birth_date: date | None = None
    unit: Hashable = None
    title: str = ""


@dataclass(frozen=True)
class Match:
    """``key`` where there is no doubt; else those it may be, the likeliest first, or
    none at all."""

    key: Hashable = None
    doubtful: Sequence[Candidate] = ()


class Index:
    """Looks up names, however they are written."""

    def __init__(self, candidates):
        self._by_code, self._by_name = {}, defaultdict(list)
        self._by_plain = defaultdict(list)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate):
        if candidate.code:
            self._by_code[fold(candidate.code)] = candidate
        self._by_name[name_key(candidate.name)].append(candidate)
        self._by_plain[plain(candidate.name)].append(candidate)

    def by_code(self, code):
        return self._by_code.get(fold(code)) if code else None

    def find(self, name, birth_date=None, unit=None, code=None, title=None):
        """The one whom a line means.

        One thing that differs makes the match doubtful, for either side may be wrong:
        the code of one and the name of another, another birth date, another unit.
        """
        coded, named = self.by_code(code), self._named(name)
        if coded and plain(coded.name) in (plain(name), plain(bare_name(name or ""))):
            return Match(coded.key)
        wanted = Candidate(None, name, code or "", birth_date, unit, title or "")
        if coded:
            others = [c for c in named if c.key != coded.key]
            return Match(doubtful=[coded, *_distinct(others, wanted)])
        if named:
            return _judged(_distinct(named, wanted), wanted)
        # written without accents, or with other ones
        alike = self._by_plain.get(plain(name)) or ()
        alike = alike or self._by_plain.get(plain(bare_name(name or "")), ())
        return Match(doubtful=_distinct(alike, wanted))

    def _named(self, name):
        """Those with this name; with the form of address where it is one's name."""
        found = self._by_name.get(name_key(name or ""))
        return found or self._by_name.get(name_key(bare_name(name or "")), [])

    def body(self, text):
        """The body with this code or name, or None where it is not certain."""
        if found := self.by_code(text):
            return found.key
        keys = {c.key for c in self._by_name.get(name_key(text or ""), ())}
        if not keys:
            # accents of a body's name tell nothing apart
            keys = {c.key for c in self._by_plain.get(plain(text), ())}
        return keys.pop() if len(keys) == 1 else None


class Bodies(Index):
    """Units, authorities: what they are called in short, too."""

    def __init__(self, candidates):
        self._by_place, self._places = defaultdict(list), defaultdict(list)
        super().__init__(candidates)

    def add(self, candidate):
        kind, place = place_of(candidate.name)
        self._by_place[kind, place].append(candidate)
        self._places[place].append(candidate)
        return super().add(candidate)

    def likely(self, text):
        """Bodies that a short or another name may mean: “P. Phổ Hòa”, “UBND phường
        Phổ Hòa”, “Phổ Hòa”."""
        kind, place = place_of(text)
        if not place:
            return []
        found = self._by_place.get((kind, place)) or self._places.get(place, ())
        if kind:
            found = [c for c in found if place_of(c.name)[0] in (kind, "")]
        return _distinct(found, Candidate(None, text))


_ORGANS = re.compile(
    r"\b(thuong truc|t truc|ttr|hoi dong nhan dan|hdnd|uy ban nhan dan|ubnd|uy ban"
    r"|dang uy|dang bo|co quan|don vi|ubmttq|mttq|cac|ten|tt(?= ?hdnd| hoi dong))\b"
)
_KINDS = {"p": "phuong", "ph": "phuong", "x": "xa", "tt": "thi tran", "tx": "thi xa"}
_KINDS |= {"h": "huyen", "tp": "thanh pho", "t": "tinh", "q": "quan"}
_PLACE = re.compile(r"(phuong|xa|thi tran|thi xa|huyen|thanh pho|tinh|quan)\b ?(.*)\Z")


def place_of(text):
    """``("phuong", "pho hoa")`` of any organ of the place; the kind may be missing."""
    written = " ".join(_ORGANS.sub(" ", plain(text)).split())
    first, _blank, rest = written.partition(" ")
    if rest and first in _KINDS:
        written = f"{_KINDS[first]} {rest}"
    found = _PLACE.match(written)
    return (found[1], found[2]) if found else ("", written)


def _distinct(candidates, wanted):
    """One candidate a person, the likeliest first."""
    found = {}
    for candidate in sorted(candidates, key=lambda one: _unlike(one, wanted)):
        found.setdefault(candidate.key, candidate)
    return list(found.values())


def _unlike(candidate, wanted):
    """How little a candidate is like what is written; the least first."""
    return (
        _differs(candidate.birth_date, wanted.birth_date),
        _differs(candidate.unit, wanted.unit),
        _differs(plain(candidate.title), plain(wanted.title)),
    )


def _differs(one, other):
    """-1 where both are the same, 1 where they differ, 0 where one is not known."""
    return 0 if not one or not other else -1 if one == other else 1


def _judged(named, wanted):
    """Who of those with the name is meant."""
    same = [c for c in named if _differs(c.birth_date, wanted.birth_date) < 0]
    if len(same) == 1 and not _differs_code(same[0], wanted):
        return Match(same[0].key)
    possible = [c for c in named if _differs(c.birth_date, wanted.birth_date) <= 0]
    here = [c for c in possible if _differs(c.unit, wanted.unit) <= 0]
    is_sure = len(here) == 1 and len(possible) == 1 == len(named)
    # namesakes in other units are told apart by the unit
    is_sure = is_sure or (
        len(here) == 1 and wanted.unit and _differs(here[0].unit, wanted.unit) < 0
    )
    if is_sure and not _differs_code(here[0], wanted):
        return Match(here[0].key)
    return Match(doubtful=named)


def _differs_code(candidate, wanted):
    return bool(wanted.code and candidate.code) and (
        fold(candidate.code) != fold(wanted.code)
    )
