"""What taking a list over would do, before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .problems import BadCell, Problem

CREATE, CHANGE, KEEP = "create", "change", "keep"


class Place(NamedTuple):
    """A row of a file."""

    sheet: str
    row: int


@dataclass(frozen=True)
class Change:
    """What one line does to one record.

    :param place: the line; None for what no single line says
    :param effect: CREATE, CHANGE or KEEP
    :param details: ``(code of the value, before, after)`` as people read them
    :param payload: what the one who made the plan needs to carry it out
    """

    place: Place | None
    effect: str
    name: str
    details: Sequence[tuple[str, str, str]] = ()
    payload: object = None

    @property
    def row(self):
        return self.place.row if self.place else 0

    @property
    def sheet(self):
        return self.place.sheet if self.place else ""


@dataclass(frozen=True)
class Question:
    """A line that may mean one of several people, or nobody we know; or a text that
    may mean a unit.

    :param candidates: those it may mean, of :class:`.matching.Candidate`, the likeliest
        first; the key of somebody who is new with this file is ``("new", place)``
    :param may_be_new: a person we do not know yet is an answer, too
    :param of_unit: a unit is asked for; the text is what the answer holds for
    """

    place: Place
    text: str
    candidates: Sequence[object]
    may_be_new: bool = False
    of_unit: bool = False


@dataclass
class Plan:
    """:param notices: what the user should know, though nothing is wrong"""

    changes: Sequence[Change] = field(default_factory=list)
    bad: Sequence[BadCell] = field(default_factory=list)
    questions: Sequence[Question] = field(default_factory=list)
    notices: Sequence[Problem] = field(default_factory=list)
    extra: Mapping[str, object] = field(default_factory=dict)
    asked_units: set[str] = field(default_factory=set)

    def counted(self, effect):
        return sum(change.effect == effect for change in self.changes)

    @property
    def is_ready(self):
        return not self.bad and not self.questions


def differing(wanted, known):
    """Those of the wanted values that differ from the known ones; one that is
    missing or empty in the file never wipes out what is there."""
    return {
        code: value
        for code, value in wanted.items()
        if value not in (None, "") and value != (known.get(code) or None)
        if not (value is False and not known.get(code))
    }
