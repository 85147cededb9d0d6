"""One entry: everything the rules find about a subject, a unit, a campaign.

Models only feed this with :mod:`.subjects` and show what comes back. One pass over
each unit; nothing here looks anything up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from . import (
    caps,
    completeness,
    consistency,
    deadlines,
    eligibility,
    formalism,
    papers,
    points,
    process,
    reports,
)
from .caps import Group
from .deadlines import WEEKENDS, Calendar, Deadline
from .findings import by_severity, softened
from .law import UNREGULATED, Law
from .subjects import Unit
from .texts import _lt

# rules on the level itself, as opposed to papers, order and texts
ON_LEVEL = frozenset(
    {"A1", "A2", "A4", "A6", "A7", "A8", "A9a", "A9b", "A9c", "A10", "A11", "A12"}
    | {"A14", "L3", "Q1"}
)
# what stands in the way of holding the conference, and of adopting its minutes
AT_CONFERENCE = frozenset({"C5", "C7", "L5"})
AT_ADOPTION = AT_CONFERENCE | {"C3", "C4a", "C8a"}
# what stands at the hand-in beside the levels: order, papers, lines left out
AT_HAND_IN = ON_LEVEL | {
    *("A13", "C1", "C2", "C4", "C6", "C11", "C13", "C16", "C18", "C22", "C23"),
    *("D1", "D3", "L2", "L4", "L6", "P2", "P3"),
}
# signs of formalism are the office's to look at before it accepts
AT_ACCEPTANCE = frozenset({"K1", "K2", "K3", "K4", "K5"})


@dataclass(frozen=True)
class Campaign:
    """What is reviewed in one go."""

    name: str
    units: Sequence[Unit] = ()
    groups: Sequence[Group] = ()
    deadlines: Sequence[Deadline] = ()
    law: Law = UNREGULATED
    calendar: Calendar = WEEKENDS


def campaign(whole):
    """All findings about a campaign, hardest first.

    Of a dossier that has not come in, only that: what it still lacks is found on
    the dossier itself.
    """
    found = []
    for unit in whole.units:
        found += _unit(unit, whole.calendar)
        found += check_accepted(unit)
        if unit.is_handed_in:
            found += completeness.check(unit)
    found += formalism.check_copies(whole.units)
    for group in whole.groups:
        found += caps.check(group)
    found += process.check_last_days(
        whole.name, whole.law, whole.deadlines, whole.calendar
    )
    found += deadlines.check_order(whole.name, whole.deadlines, whole.law)
    return by_severity(found)


def unit(one, calendar=WEEKENDS):
    """All findings about one unit's dossier and its subjects, hardest first."""
    return by_severity(
        [
            *_unit(one, calendar),
            *completeness.check(one),
            *formalism.check_copies([one]),
        ]
    )


def at_hand_in(one, calendar=WEEKENDS):
    """What stands in the way of handing a dossier in. The levels are only proposed
    there: what is against the law on them warns."""
    found = [finding for finding in unit(one, calendar) if finding.rule in AT_HAND_IN]
    on_level = [finding for finding in found if finding.rule in ON_LEVEL]
    return by_severity(
        [*softened(on_level), *(f for f in found if f.rule not in ON_LEVEL)]
    )


def check_accepted(one):
    """D7: the consolidation covers every unit.

    Article: the letter, point 6.
    """
    if not one.is_accepted:
        yield from one.find(
            "D7",
            _lt("The dossier has not been accepted."),
            _lt("Receive, check and accept it, or exclude the unit with a reason."),
        )


def levels(one, ids, deciding=frozenset()):
    """Findings on the levels that some subjects of a unit have or would be given.

    What another authority decides is a fact and what is only proposed can still be
    changed: then nothing refuses.

    :param ids: the subjects concerned
    :param deciding: those of them whose level we ourselves settle
    """
    found = []
    for finding in _on_levels(one):
        kind, id_ = finding.ref
        if finding.rule in ON_LEVEL and kind == "rating" and id_ in ids:
            found += [finding] if id_ in deciding else softened([finding])
    return by_severity(found)


def without_level(units):
    """Ids of the people to whom the law gives no level for the year."""
    return {
        person.id
        for one in units
        for person in one.people
        if eligibility.has_no_level(person)
    }


def _on_levels(one):
    found = []
    for subject in one.subjects:
        if subject.is_person:
            found += eligibility.check(subject)
        found += points.check(subject)
    found += consistency.check(one)
    return found


def _unit(one, calendar):
    found = _on_levels(one)
    found += process.check(one, calendar)
    found += reports.check(one)
    found += formalism.check(one)
    found += papers.check(one)
    return found
