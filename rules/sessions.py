"""What a session of the authority records before its conclusions stand.

Article: NĐ 90/2020/NĐ-CP Điều 16 and Điều 17 khoản 4; NĐ 30/2020/NĐ-CP Phụ lục III Mẫu
1.9 (what minutes state). No text fixes quorum or majority: they are custom, and warn.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .findings import Severity
from .law import UNREGULATED, Law, UnderLaw
from .levels import is_level
from .names import fold
from .texts import _lt


@dataclass(frozen=True)
class Line(UnderLaw):
    """One rating before the session.

    ``appraised`` is the level proposed to it, ``outcome`` what it concluded;
    ``is_onward`` that the rating is decided above, so that the conclusion is a
    proposal; ``present`` that the person rated sat in the session, ``recused`` that
    they stepped out; ``votes`` are totals: agreed, disagreed, abstained.
    """

    name: str
    outcome: str
    appraised: str = ""
    reason: str = ""
    postponed: bool = False
    is_onward: bool = False
    state: str = "proposed"
    dossier_accepted: bool = True
    has_party_comment: bool = True
    present: bool = False
    recused: bool = False
    votes: tuple[int, int, int] = (0, 0, 0)
    voters: int = 0
    conferred: datetime.date | None = None
    law: Law = UNREGULATED


@dataclass(frozen=True)
class Session(UnderLaw):
    """``members`` counts the authority's members, ``present`` those who attended."""

    name: str
    date: datetime.date | None
    place: str
    chair: str
    secretary: str
    members: int
    present: int
    lines: Sequence[Line] = ()
    law: Law = UNREGULATED


def check(session, today):
    """All reasons why the session's conclusions cannot stand, or what to note."""
    yield from _check_minutes(session, today)
    for line in session.lines:
        yield from _check_conclusion(line)
        yield from _check_readiness(line)
        yield from _check_people(line)
        if line.conferred and session.date and session.date < line.conferred:
            yield from line.find(
                "C25",
                _lt("The session is dated before the conference of %(day)s."),
                _lt("Correct the date of the session or of the conference."),
                day=f"{line.conferred:%d/%m/%Y}",
            )


def check_agenda(session):
    """W3: a session has ratings before it."""
    if not session.lines:
        yield from session.find(
            "W3",
            _lt("The session has no rating before it."),
            _lt("Take the appraised ratings into it."),
        )


def check_reopening(session, issued):
    """C21: what was decided upon the session's conclusions is superseded, not undone.

    :param issued: names of the decisions that were issued
    """
    for decision in issued:
        yield from session.find(
            "C21",
            _lt("%(decision)s, which puts it in writing, has been issued."),
            _lt("Correct it by a superseding decision with the reason."),
            decision=decision,
        )


def is_oneself(one, other):
    """Whether two names, as people type them, are one."""
    return bool(one) and fold(one) == fold(other)


def _check_minutes(session, today):
    missing = [
        label
        for label, value in (
            (_lt("date"), session.date),
            (_lt("place"), session.place),
            (_lt("chair"), session.chair),
            (_lt("secretary"), session.secretary),
        )
        if not value
    ]
    if missing:
        yield from session.find(
            "C5",
            _lt("The minutes do not state: %(missing)s."),
            _lt("Enter it from the signed minutes."),
            missing=", ".join(missing),
        )
    if session.date and session.date > today:
        yield from session.find(
            "W2",
            _lt("The session is dated in the future."),
            _lt("Correct the date, or record the conclusions after it was held."),
        )
    if not session.present:
        yield from session.find(
            "C5",
            _lt("Nobody is recorded as present."),
            _lt("Enter the attendance from the signed minutes."),
        )
    elif 2 * session.present <= session.members:
        yield from session.find(
            "C6a",
            _lt("%(present)s of %(members)s members were present."),
            _lt("Compare with the authority's rules of work."),
            present=session.present,
            members=session.members,
        )
    yield from check_agenda(session)


def _check_conclusion(line):
    if line.postponed:
        if not line.reason:
            yield from line.find(
                "C26",
                _lt("The conclusion is put off without a reason."),
                _lt("Write why."),
            )
        return
    if not line.outcome:
        yield from line.find(
            "W6",
            _lt("The session's conclusion is missing."),
            _lt("Enter the level concluded, or put the rating off with a reason."),
        )
    elif line.is_onward and not is_level(line.outcome):
        yield from line.find(
            "C8",
            _lt("What is submitted to the authority above is one of the levels."),
            _lt("Choose a level, or put the rating off with a reason."),
        )
    elif not is_level(line.outcome) and not line.reason:
        yield from line.find(
            "A1a",
            _lt("A person without a level needs the reason."),
            _lt("Write why there is no level."),
        )
    elif line.appraised and line.outcome != line.appraised and not line.reason:
        yield from line.find(
            "C26",
            _lt("The conclusion differs from the appraisal without a reason."),
            _lt("Write why the session concluded otherwise."),
        )


def _check_readiness(line):
    if line.postponed:
        return
    if line.state not in ("proposed", "decided", "notified"):
        yield from line.find(
            "C27",
            _lt("The appraisal of this rating has not been confirmed."),
            _lt("Confirm the appraisal first."),
        )
    if not line.dossier_accepted:
        yield from line.find(
            "D7",
            _lt("The dossier has not been accepted."),
            _lt("Check and accept the dossier first."),
        )
    if line.is_onward and not line.has_party_comment:
        # the authority may waive it for its own proposal
        yield from line.find(
            "C13",
            _lt("The party body's comment has not been confirmed."),
            _lt("Ask the party body for it, or key it from the signed paper."),
            Severity.WARN,
        )


def _check_people(line):
    if line.present and not line.recused:
        yield from line.find(
            "C18",
            _lt("This person sat in the session, and is not recorded as stepping out."),
            _lt("Record the recusal on the person's own case."),
        )
    agreed, disagreed, abstained = line.votes
    counted = agreed + disagreed + abstained
    if min(line.votes) < 0 or counted > line.voters:
        yield from line.find(
            "C7a",
            _lt("%(counted)s votes are recorded of %(voters)s who could vote."),
            _lt("Correct the votes, the attendance or the recusals."),
            counted=counted,
            voters=line.voters,
        )
    elif counted and 2 * agreed <= line.voters and not line.postponed:
        yield from line.find(
            "C8b",
            _lt("%(agreed)s of %(voters)s agreed to the conclusion."),
            _lt("Compare with the signed minutes."),
            agreed=agreed,
            voters=line.voters,
        )
