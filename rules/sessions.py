"""What a session of the authority records before its conclusions stand.

Article: NĐ 90/2020/NĐ-CP Điều 16 and Điều 17 khoản 4; NĐ 30/2020/NĐ-CP Phụ lục III Mẫu
1.9 (what minutes state). No text fixes quorum or majority: they are custom, and warn.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .findings import Finding, Severity, _
from .levels import is_level
from .names import fold

_MINUTES = "NĐ 30/2020/NĐ-CP Phụ lục III Mẫu 1.9"
_DECIDES = "NĐ 90/2020/NĐ-CP Điều 17 khoản 4"
_AUTHORITY = "NĐ 90/2020/NĐ-CP Điều 16"
_CUSTOM = "thông lệ"


@dataclass(frozen=True)
class Line:
    """One rating before the session.

    ``appraised`` is the level proposed to it, ``outcome`` what it concluded;
    ``is_onward`` that the rating is decided above, so that the conclusion is a
    proposal; ``present`` that the person rated sat in the session, ``recused`` that
    they stepped out; ``votes`` are totals: agreed, disagreed, abstained.
    """

    subject: str
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


@dataclass(frozen=True)
class Session:
    """``members`` counts the authority's members, ``present`` those who attended."""

    name: str
    date: datetime.date | None
    place: str
    chair: str
    secretary: str
    members: int
    present: int
    lines: Sequence[Line] = ()


def check(session, today):
    """All reasons why the session's conclusions cannot stand, or what to note."""
    yield from _check_minutes(session, today)
    for line in session.lines:
        yield from _check_conclusion(line)
        yield from _check_readiness(line)
        yield from _check_people(line)
        if line.conferred and session.date and session.date < line.conferred:
            yield Finding(
                "C18",
                Severity.BLOCK,
                line.subject,
                _("The session is dated before the conference of %(day)s."),
                _("Correct the date of the session or of the conference."),
                "NĐ 90/2020/NĐ-CP Điều 17 khoản 2-4",
                {"day": f"{line.conferred:%d/%m/%Y}"},
            )


def is_oneself(one, other):
    """Whether two names, as people type them, are one."""
    return bool(one) and fold(one) == fold(other)


def _check_minutes(session, today):
    missing = [
        label
        for label, value in (
            (_("date"), session.date),
            (_("place"), session.place),
            (_("chair"), session.chair),
            (_("secretary"), session.secretary),
        )
        if not value
    ]
    if missing:
        yield Finding(
            "C5",
            Severity.BLOCK,
            session.name,
            _("The minutes do not state: %(missing)s."),
            _("Enter it from the signed minutes."),
            _MINUTES,
            {"missing": ", ".join(missing)},
        )
    if session.date and session.date > today:
        yield Finding(
            "C5",
            Severity.BLOCK,
            session.name,
            _("The session is dated in the future."),
            _("Correct the date, or record the conclusions after it was held."),
            _MINUTES,
        )
    if not session.present:
        yield Finding(
            "C5",
            Severity.BLOCK,
            session.name,
            _("Nobody is recorded as present."),
            _("Enter the attendance from the signed minutes."),
            _MINUTES,
        )
    elif 2 * session.present <= session.members:
        yield Finding(
            "C6",
            Severity.WARN,
            session.name,
            _("%(present)s of %(members)s members were present."),
            _("Compare with the authority's rules of work."),
            _CUSTOM,
            {"present": session.present, "members": session.members},
        )
    if not session.lines:
        yield Finding(
            "C18",
            Severity.BLOCK,
            session.name,
            _("The session has no rating before it."),
            _("Take the appraised ratings into it."),
            _DECIDES,
        )


def _check_conclusion(line):
    if line.postponed:
        if not line.reason:
            yield Finding(
                "C18",
                Severity.BLOCK,
                line.subject,
                _("The conclusion is put off without a reason."),
                _("Write why."),
                _DECIDES,
            )
        return
    if not line.outcome:
        yield Finding(
            "C18",
            Severity.BLOCK,
            line.subject,
            _("The session's conclusion is missing."),
            _("Enter the level concluded, or put the rating off with a reason."),
            _DECIDES,
        )
    elif line.is_onward and not is_level(line.outcome):
        yield Finding(
            "C8",
            Severity.BLOCK,
            line.subject,
            _("What is submitted to the authority above is one of the levels."),
            _("Choose a level, or put the rating off with a reason."),
            _DECIDES,
        )
    elif not is_level(line.outcome) and not line.reason:
        yield Finding(
            "A1",
            Severity.BLOCK,
            line.subject,
            _("A person without a level needs the reason."),
            _("Write why there is no level."),
            "NĐ 90/2020/NĐ-CP Điều 2 khoản 3",
        )
    elif line.appraised and line.outcome != line.appraised and not line.reason:
        yield Finding(
            "C18",
            Severity.BLOCK,
            line.subject,
            _("The conclusion differs from the appraisal without a reason."),
            _("Write why the session concluded otherwise."),
            _DECIDES,
        )


def _check_readiness(line):
    if line.postponed:
        return
    if line.state not in ("proposed", "decided", "notified"):
        yield Finding(
            "C18",
            Severity.BLOCK,
            line.subject,
            _("The appraisal of this rating has not been confirmed."),
            _("Confirm the appraisal first."),
            _DECIDES,
        )
    if not line.dossier_accepted:
        yield Finding(
            "D7",
            Severity.BLOCK,
            line.subject,
            _("The dossier has not been accepted."),
            _("Check and accept the dossier first."),
            "Công văn triển khai, điểm 6",
        )
    if line.is_onward and not line.has_party_comment:
        # the authority may waive it for its own proposal
        yield Finding(
            "C13",
            Severity.WARN,
            line.subject,
            _("The party body's comment has not been confirmed."),
            _("Ask the party body for it, or key it from the signed paper."),
            "NĐ 90/2020/NĐ-CP Điều 17 khoản 3",
        )


def _check_people(line):
    if line.present and not line.recused:
        yield Finding(
            "C18",
            Severity.BLOCK,
            line.subject,
            _("This person sat in the session, and is not recorded as stepping out."),
            _("Record the recusal on the person's own case."),
            _AUTHORITY,
        )
    agreed, disagreed, abstained = line.votes
    counted = agreed + disagreed + abstained
    if min(line.votes) < 0 or counted > line.voters:
        yield Finding(
            "C7",
            Severity.BLOCK,
            line.subject,
            _("%(counted)s votes are recorded of %(voters)s who could vote."),
            _("Correct the votes, the attendance or the recusals."),
            _MINUTES,
            {"counted": counted, "voters": line.voters},
        )
    elif counted and 2 * agreed <= line.voters and not line.postponed:
        yield Finding(
            "C8",
            Severity.WARN,
            line.subject,
            _("%(agreed)s of %(voters)s agreed to the conclusion."),
            _("Compare with the signed minutes."),
            _CUSTOM,
            {"agreed": agreed, "voters": line.voters},
        )
