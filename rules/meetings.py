"""The conference: its frame and the arithmetic of its ballots.

Totals only: no structure here can tie a person to a vote.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .findings import Finding, Severity, _
from .levels import LEVELS
from .names import fold

_ORDER_ARTICLE = "NĐ 30/2020/NĐ-CP Phụ lục III Mẫu 1.9"
_BALLOT_ARTICLE = "NĐ 90/2020/NĐ-CP Điều 17 khoản 2"


@dataclass(frozen=True)
class Meeting:
    """A conference; ``convened``, ``present`` and ``absent`` count people."""

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


@dataclass(frozen=True)
class Tally:
    """Ballots on one subject; ``votes`` maps a level to its number of votes."""

    subject: str
    issued: int
    collected: int
    valid: int
    invalid: int
    votes: Mapping[str, int]


def check_meeting(meeting):
    """C5: what minutes must state, and that the attendance adds up."""
    found = []

    def block(message, remedy, **values):
        found.append(
            Finding(
                "C5",
                Severity.BLOCK,
                meeting.name,
                message,
                remedy,
                _ORDER_ARTICLE,
                values,
            )
        )

    if not meeting.start or not meeting.end:
        block(
            _("The start or the end of the conference is missing."),
            _("Fill in both, as the minutes state them."),
        )
    elif meeting.start >= meeting.end:
        block(
            _("The conference ends before it starts."),
            _("Correct the start or the end."),
        )
    if not meeting.place:
        block(_("The place is missing."), _("Fill in where the conference was held."))
    if not meeting.chair or not meeting.secretary:
        block(
            _("The chair or the secretary is missing."),
            _("Fill in who chaired and who took the minutes."),
        )
    elif fold(meeting.chair) == fold(meeting.secretary):
        block(
            _("The chair and the secretary are the same person."),
            _("Name another secretary."),
        )
    if min(meeting.convened, meeting.present, meeting.absent) < 0:
        block(
            _("A number of participants is negative."),
            _("Correct the attendance."),
        )
    elif meeting.convened != meeting.present + meeting.absent:
        block(
            _("%(convened)s convened, but %(present)s present + %(absent)s absent."),
            _("Correct the attendance so that it adds up."),
            convened=meeting.convened,
            present=meeting.present,
            absent=meeting.absent,
        )
    elif not meeting.present:
        block(_("Nobody was present."), _("Fill in the attendance."))
    if meeting.absent > 0 and not meeting.absence_reasons:
        block(
            _("The reasons of those absent are missing."),
            _("Name each absent person with the reason."),
        )
    return found


def check_tally(tally, present):
    """C7: issued ≤ present, collected ≤ issued, valid + invalid = collected,
    the levels' votes add up to the valid ballots."""
    found = []

    def block(message, remedy, **values):
        found.append(
            Finding(
                "C7",
                Severity.BLOCK,
                tally.subject,
                message,
                remedy,
                _BALLOT_ARTICLE,
                values,
            )
        )

    numbers = (tally.issued, tally.collected, tally.valid, tally.invalid)
    if min(*numbers, *tally.votes.values()) < 0:
        block(
            _("A number of ballots is negative."),
            _("Correct it from the counting minutes."),
        )
        return found
    if tally.issued > present:
        block(
            _("%(issued)s ballots issued to %(present)s people present."),
            _("Correct it from the counting minutes."),
            issued=tally.issued,
            present=present,
        )
    if tally.collected > tally.issued:
        block(
            _("%(collected)s ballots collected of %(issued)s issued."),
            _("Correct it from the counting minutes."),
            collected=tally.collected,
            issued=tally.issued,
        )
    if tally.valid + tally.invalid != tally.collected:
        block(
            _(
                "%(valid)s valid and %(invalid)s invalid ballots are not the "
                "%(collected)s collected."
            ),
            _("Correct it from the counting minutes."),
            valid=tally.valid,
            invalid=tally.invalid,
            collected=tally.collected,
        )
    total = sum(tally.votes.values())
    if total != tally.valid:
        block(
            _("The votes on the levels add up to %(total)s, not to %(valid)s valid."),
            _("Correct it from the counting minutes."),
            total=total,
            valid=tally.valid,
        )
    return found


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
