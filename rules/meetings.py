"""The conference: its frame, those who attend and the arithmetic of its ballots.

Totals only: no structure here can tie a person to a vote.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .levels import LEVELS
from .names import fold
from .texts import _lt


@dataclass(frozen=True)
class Attendee:
    """Somebody on the list of those convened, or invited."""

    name: str
    is_present: bool = True
    is_convened: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Body:
    """A body that votes at the conference; ``present`` 0: all who are present."""

    name: str
    present: int = 0


@dataclass(frozen=True)
class Meeting:
    """A conference; ``convened``, ``present`` and ``absent`` count people.

    ``attendees`` is empty where only the numbers are kept. ``bodies`` are those that
    vote, the unit's own first. ``planned``, ``studied`` and ``adopted`` are days.
    """

    name: str
    start: datetime | None
    end: datetime | None
    place: str
    chair: str
    secretary: str
    convened: int
    present: int
    absent: int
    absence_reasons: str = ""
    attendees: Sequence[Attendee] = ()
    bodies: Sequence[Body] = ()
    planned: date | None = None
    studied: date | None = None
    adopted: date | None = None


@dataclass(frozen=True)
class Tally:
    """Ballots on one subject; ``votes`` maps a level to its number of votes."""

    subject: str
    issued: int
    collected: int
    valid: int
    invalid: int
    votes: Mapping[str, int]


def check_meeting(meeting, law, ref=()):
    """C5: what minutes must state, and that the attendance adds up."""
    for check in (_check_frame, _check_numbers, _check_list):
        for message, remedy, values in check(meeting):
            yield from law.find("C5", ref, meeting.name, message, remedy, values)


def _check_frame(meeting):
    if not meeting.start or not meeting.end:
        yield _fault(
            _lt("The start or the end of the conference is missing."),
            _lt("Fill in both, as the minutes state them."),
        )
    elif meeting.start >= meeting.end:
        yield _fault(
            _lt("The conference ends before it starts."),
            _lt("Correct the start or the end."),
        )
    if not meeting.place:
        yield _fault(
            _lt("The place is missing."), _lt("Fill in where the conference was held.")
        )
    if not meeting.chair or not meeting.secretary:
        yield _fault(
            _lt("The chair or the secretary is missing."),
            _lt("Fill in who chaired and who took the minutes."),
        )
    elif fold(meeting.chair) == fold(meeting.secretary):
        yield _fault(
            _lt("The chair and the secretary are the same person."),
            _lt("Name another secretary."),
        )
    if meeting.adopted and meeting.start and meeting.adopted < meeting.start.date():
        yield _fault(
            _lt("The minutes were adopted on %(day)s, before the conference."),
            _lt("Correct the day of adoption."),
            day=f"{meeting.adopted:%d/%m/%Y}",
        )


def _check_numbers(meeting):
    if min(meeting.convened, meeting.present, meeting.absent) < 0:
        yield _fault(
            _lt("A number of participants is negative."),
            _lt("Correct the attendance."),
        )
    elif meeting.convened != meeting.present + meeting.absent:
        yield _fault(
            _lt("%(convened)s convened, but %(present)s present + %(absent)s absent."),
            _lt("Correct the attendance so that it adds up."),
            convened=meeting.convened,
            present=meeting.present,
            absent=meeting.absent,
        )
    elif not meeting.present:
        yield _fault(_lt("Nobody was present."), _lt("Fill in the attendance."))
    if meeting.absent > 0 and not meeting.absence_reasons:
        yield _fault(
            _lt("The reasons of those absent are missing."),
            _lt("Name each absent person with the reason."),
        )
    for body in meeting.bodies:
        if not 0 <= body.present <= max(meeting.present, 0):
            yield _fault(
                _lt("%(body)s: %(members)s members present, of %(present)s in all."),
                _lt("Correct how many members of the body were present."),
                body=body.name,
                members=body.present,
                present=meeting.present,
            )


def _check_list(meeting):
    """The list of names, where one is kept, agrees with the numbers."""
    counted = Counter(fold(attendee.name) for attendee in meeting.attendees)
    for attendee in meeting.attendees:
        if counted.pop(fold(attendee.name), 0) > 1:
            yield _fault(
                _lt("%(name)s stands twice on the list of those present."),
                _lt("Remove one of the lines."),
                name=attendee.name,
            )
        if attendee.is_convened and not (attendee.is_present or attendee.reason):
            yield _fault(
                _lt("%(name)s was absent; the reason is missing."),
                _lt("Fill in the reason."),
                name=attendee.name,
            )
    convened = [attendee for attendee in meeting.attendees if attendee.is_convened]
    present = sum(attendee.is_present for attendee in convened)
    if convened and (len(convened), present) != (meeting.convened, meeting.present):
        yield _fault(
            _lt(
                "The list has %(listed)s convened and %(there)s present, the numbers "
                "say %(convened)s and %(present)s."
            ),
            _lt("Correct the list or the numbers."),
            listed=len(convened),
            there=present,
            convened=meeting.convened,
            present=meeting.present,
        )


def check_tally(tally, present, law, ref=()):
    """C7: issued ≤ present, collected ≤ issued, valid + invalid = collected,
    the levels' votes add up to the valid ballots.

    :param int present: those present who have a vote
    """
    for message, remedy, values in _check_ballots(tally, present):
        yield from law.find("C7", ref, tally.subject, message, remedy, values)


def _check_ballots(tally, present):
    numbers = (tally.issued, tally.collected, tally.valid, tally.invalid)
    if min(*numbers, *tally.votes.values()) < 0:
        yield _fault(
            _lt("A number of ballots is negative."),
            _lt("Correct it from the counting minutes."),
        )
        return
    if tally.issued > present:
        yield _fault(
            _lt("%(issued)s ballots issued to %(present)s people present."),
            _lt("Correct it from the counting minutes."),
            issued=tally.issued,
            present=present,
        )
    if tally.collected > tally.issued:
        yield _fault(
            _lt("%(collected)s ballots collected of %(issued)s issued."),
            _lt("Correct it from the counting minutes."),
            collected=tally.collected,
            issued=tally.issued,
        )
    if tally.valid + tally.invalid != tally.collected:
        yield _fault(
            _lt(
                "%(valid)s valid and %(invalid)s invalid ballots are not the "
                "%(collected)s collected."
            ),
            _lt("Correct it from the counting minutes."),
            valid=tally.valid,
            invalid=tally.invalid,
            collected=tally.collected,
        )
    total = sum(tally.votes.values())
    if total != tally.valid:
        yield _fault(
            _lt("The votes on the levels add up to %(total)s, not to %(valid)s valid."),
            _lt("Correct it from the counting minutes."),
            total=total,
            valid=tally.valid,
        )


def led_to(law, votes, counted):
    """The level that the ballots propose by the share and the base of the regulation.

    :param votes: ``{level: votes}``
    :param counted: number of people or ballots per base a regulation may name
    """
    base = counted[law.setting("vote_base")]
    return leading_level(votes, base, law.setting("vote_threshold"))


def leading_level(votes, base, threshold=50):
    """The level that the ballots propose, or ``None`` without ballots.

    The first level whose votes, added from the best level downwards, exceed
    ``threshold`` per cent of ``base``. A custom of practice, not a rule of law:
    the chair may conclude otherwise.

    :param votes: ``{level: votes}``
    :param int base: ballots the percentage is taken of
    """
    if base <= 0:
        return None
    reached = 0
    for level in LEVELS:
        reached += votes.get(level, 0)
        if reached * 100 > threshold * base:
            return level
    return None


def _fault(message, remedy, **values):
    return message, remedy, values
