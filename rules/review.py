"""One entry: everything the rules find about a subject, a unit, a campaign.

Models only feed this with :mod:`.subjects` and show what comes back. One pass over
each unit; nothing here looks anything up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import caps, consistency, eligibility, formalism, points, process
from .caps import Group
from .findings import Severity, by_severity, softened
from .law import Law
from .subjects import Unit

# rules on the level itself, as opposed to papers, order and texts
ON_LEVEL = frozenset(
    {"A1", "A2", "A4", "A6", "A7", "A8", "A9a", "A9b", "A9c", "A10", "A11", "A12"}
    | {"A14", "L3", "Q1"}
)


@dataclass(frozen=True)
class Campaign:
    """What is reviewed in one go; ``last_days`` are ``(day, label)`` pairs."""

    name: str
    units: Sequence[Unit] = ()
    groups: Sequence[Group] = ()
    last_days: Sequence[tuple[date, str]] = ()
    law: Law | None = None
    holidays: frozenset[date] = frozenset()


def campaign(whole):
    """All findings about a campaign, hardest first."""
    found = []
    for unit in whole.units:
        found += _unit(unit, whole.holidays)
    found += formalism.check_copies(whole.units)
    for group in whole.groups:
        found += caps.check(group)
    if whole.law:
        found += process.check_last_days(
            whole.name, whole.law, whole.last_days, whole.holidays
        )
    return by_severity(found)


def unit(one, holidays=frozenset()):
    """All findings about one unit's dossier and its subjects, hardest first."""
    return by_severity([*_unit(one, holidays), *formalism.check_copies([one])])


def subject(one, id_):
    """Those of the findings about a unit that concern one of its subjects."""
    return [finding for finding in unit(one) if finding.ref == ("rating", id_)]


def level(one, id_, deciding=False):
    """Findings on the level one subject has or would be given.

    What another authority decides is a fact and what is only proposed can still be
    changed: then nothing blocks.

    :param deciding: the level is being decided, or appraised by our office
    """
    found = [f for f in _unit(one, ()) if f.rule in ON_LEVEL and _concerns(f, id_)]
    return by_severity(found if deciding else softened(found, Severity.WARN))


def _concerns(finding, id_):
    return finding.ref == ("rating", id_)


def _unit(one, holidays):
    found = []
    for subject_ in one.subjects:
        if subject_.is_person:
            found += eligibility.check(subject_)
        found += points.check(subject_)
    found += consistency.check(one)
    found += process.check(one, holidays)
    found += formalism.check(one)
    return found
