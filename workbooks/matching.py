"""Finds the person a line of a list means; a doubt is asked about, never guessed."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from ..rules.names import fold
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


@dataclass(frozen=True)
class Match:
    """``key`` where there is no doubt; else those it may be, or none at all."""

    key: Hashable = None
    doubtful: Sequence[Candidate] = ()


class Index:
    """Looks up names, however they are written."""

    def __init__(self, candidates):
        self._by_code, self._by_name = {}, defaultdict(list)
        self._by_plain = defaultdict(list)
        for candidate in candidates:
            if candidate.code:
                self._by_code[fold(candidate.code)] = candidate
            self._by_name[name_key(candidate.name)].append(candidate)
            self._by_plain[plain(candidate.name)].append(candidate)

    def by_code(self, code):
        return self._by_code.get(fold(code)) if code else None

    def find(self, name, birth_date=None, unit=None):
        """The one with this name.

        A birth date or a unit that is given tells namesakes apart; one that differs
        makes the match doubtful, for either side may be wrong.
        """
        named = _distinct(self._by_name.get(name_key(name), ()), unit)
        if sure := _told_apart(named, birth_date, unit):
            if _agrees(sure, birth_date):
                return Match(sure.key)
            return Match(doubtful=[sure])
        if named:
            return Match(doubtful=named)
        # written without accents, or with other ones
        return Match(doubtful=_distinct(self._by_plain.get(plain(name), ()), unit))

    def body(self, text):
        """The body with this code or name, or None where it is not certain."""
        if found := self.by_code(text):
            return found.key
        match = self.find(text)
        if match.key is None and len({c.key for c in match.doubtful}) == 1:
            # accents of a body's name tell nothing apart
            return match.doubtful[0].key
        return match.key


def _distinct(candidates, unit):
    """One candidate a person; the one in the unit that is asked for goes first."""
    found = {}
    for candidate in sorted(candidates, key=lambda c: c.unit != unit):
        found.setdefault(candidate.key, candidate)
    return list(found.values())


def _told_apart(named, birth_date, unit):
    for same in (
        lambda c: birth_date and c.birth_date == birth_date,
        lambda c: unit and c.unit == unit,
    ):
        narrowed = [candidate for candidate in named if same(candidate)]
        if narrowed:
            named = narrowed
    return named[0] if len(named) == 1 else None


def _agrees(candidate, birth_date):
    return not (birth_date and candidate.birth_date) or (
        candidate.birth_date == birth_date
    )
