"""Who may decide which rating, and what a decision must carry.

Article: NĐ 90/2020/NĐ-CP Điều 16 and Điều 17 khoản 4-5; NĐ 30/2020/NĐ-CP Điều 13 (who
signs for whom) and Điều 15 (numbers). What another authority decided is a fact: it is
recorded with its findings, never refused.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .findings import Finding, Severity, _
from .levels import is_level
from .names import fold

_AUTHORITY = "NĐ 90/2020/NĐ-CP Điều 16"
_ORDER = "NĐ 90/2020/NĐ-CP Điều 17 khoản 2-4"
# how a paper is signed: for the collective, for its head, acting, by order, by mandate
CAPACITIES = ("tm", "kt", "q", "tl", "tuq")
# a collective's conclusion is signed on its behalf by its head or a deputy
_COLLECTIVE = ("tm", "kt", "q")


@dataclass(frozen=True)
class Line:
    """One rating in a decision.

    ``state`` is the rating's state; ``supersedes`` tells that the line replaces
    the one in force, ``astray`` that it names one that was not issued or is not in
    force; ``outcome`` may also be one of the non-levels; ``person`` is the name of the
    person rated, ``on_self`` that they are who records it, ``on_member`` that they are
    a member of the authority. ``conferred`` is the day of the unit's conference.
    """

    subject: str
    outcome: str
    authority: str
    state: str
    dossier_accepted: bool = True
    in_force: bool = False
    supersedes: bool = False
    reason: str = ""
    person: str = ""
    on_self: bool = False
    on_member: bool = False
    astray: bool = False
    conferred: datetime.date | None = None


@dataclass(frozen=True)
class Decision:
    """A document with its lines.

    ``capacity`` is one of :data:`CAPACITIES` or empty; ``same_number`` names other
    documents of the same series with this number; ``concluded`` is the day of the
    session it puts in writing.
    """

    name: str
    authority: str
    is_own: bool
    number: str
    date: datetime.date | None
    signer: str
    lines: Sequence[Line]
    capacity: str = ""
    is_party: bool = False
    same_number: Sequence[str] = ()
    concluded: datetime.date | None = None


def check(decision, today):
    """All reasons why the decision cannot be issued, or what to note about it."""
    yield from _check_document(decision, today)
    for line in decision.lines:
        yield from _check_line(decision, line)


def _check_document(decision, today):
    def block(message, remedy):
        return Finding(
            "D3",
            Severity.BLOCK,
            decision.name,
            message,
            remedy,
            "NĐ 30/2020/NĐ-CP Điều 15",
        )

    if not decision.number:
        yield block(
            _("The decision has no number."),
            _("Enter the number given after signing."),
        )
    if not decision.date:
        yield block(
            _("The decision has no date."),
            _("Enter the date given after signing."),
        )
    elif decision.date > today:
        yield block(
            _("The decision is dated in the future."),
            _("Correct the date."),
        )
    if not decision.signer:
        yield block(_("The signer is missing."), _("Enter who signed."))
    if not decision.lines:
        yield block(
            _("The decision names no rating."),
            _("Add the ratings it decides."),
        )
    yield from _check_number(decision)
    yield from _check_capacity(decision)
    if decision.date and decision.concluded and decision.date < decision.concluded:
        yield Finding(
            "C18",
            Severity.BLOCK if decision.is_own else Severity.WARN,
            decision.name,
            _("The decision is dated before the session of %(day)s that concluded it."),
            _("Correct the date."),
            _ORDER,
            {"day": f"{decision.concluded:%d/%m/%Y}"},
        )


def _check_number(decision):
    """A number is used once in our own series; of another authority we only see a
    part, and Party numbers run per term: a duplicate there is a hint."""
    if decision.same_number:
        yield Finding(
            "D3",
            Severity.BLOCK if decision.is_own else Severity.WARN,
            decision.name,
            _("The number is that of another document: %(others)s."),
            _("Look the number up in the register and correct it."),
            "NĐ 30/2020/NĐ-CP Điều 15",
            {"others": "; ".join(decision.same_number)},
        )


def _check_capacity(decision):
    if decision.is_own and decision.capacity not in ("", *_COLLECTIVE):
        yield Finding(
            "D3",
            Severity.WARN,
            decision.name,
            _(
                "A body that works as a collective does not conclude by order or "
                "mandate."
            ),
            _("Have it signed on behalf of the collective (TM.)."),
            "NĐ 30/2020/NĐ-CP Điều 13 khoản 2",
        )
    if decision.is_party and decision.capacity == "kt":
        yield Finding(
            "D3",
            Severity.INFO,
            decision.name,
            _("Papers of the Party are not signed with KT."),
            _("Compare with the signed paper."),
            "",
        )


def _check_line(decision, line):
    yield from _check_outcome(decision, line)
    yield from _check_competence(decision, line)
    yield from _check_succession(decision, line)
    yield from _check_order(decision, line)


def _check_outcome(decision, line):
    severity = Severity.BLOCK if decision.is_own else Severity.WARN
    if not line.outcome:
        yield Finding(
            "C18",
            Severity.BLOCK,
            line.subject,
            _("The decided level is missing."),
            _("Enter the level that was decided."),
            "NĐ 90/2020/NĐ-CP Điều 17 khoản 4",
        )
    elif not is_level(line.outcome) and not line.reason:
        yield Finding(
            "A1",
            severity,
            line.subject,
            _("A person without a level needs the reason."),
            _("Write why there is no level."),
            "NĐ 90/2020/NĐ-CP Điều 2 khoản 3",
        )


def _check_competence(decision, line):
    severity = Severity.BLOCK if decision.is_own else Severity.WARN
    if line.authority != decision.authority:
        yield Finding(
            "C18",
            severity,
            line.subject,
            _("This rating is decided by %(authority)s."),
            _("Remove the line, or correct the deciding authority."),
            _AUTHORITY,
            {"authority": line.authority},
        )
    signed = line.person and fold(line.person) == fold(decision.signer)
    if line.on_self or signed:
        yield Finding(
            "C18",
            severity,
            line.subject,
            _("Nobody decides on themselves."),
            _("Let somebody else sign and record the decision on this person."),
            _AUTHORITY,
        )
    elif line.on_member:
        yield Finding(
            "C18",
            severity,
            line.subject,
            _("A member of the authority is not decided on by the authority itself."),
            _("Submit the rating to the authority above, and correct who decides it."),
            _AUTHORITY,
        )


def _check_succession(decision, line):
    severity = Severity.BLOCK if decision.is_own else Severity.WARN
    if line.astray:
        yield Finding(
            "C21",
            Severity.BLOCK,
            line.subject,
            _("What the line supersedes was not issued, or is no longer in force."),
            _("Choose the line in force, or leave it empty."),
            "NĐ 90/2020/NĐ-CP Điều 17",
        )
    elif line.in_force and not line.supersedes:
        yield Finding(
            "C21",
            severity,
            line.subject,
            _("The rating has been decided already."),
            _("Correct it by a superseding decision with the reason."),
            "NĐ 90/2020/NĐ-CP Điều 17",
        )
    elif line.in_force and not line.reason:
        yield Finding(
            "C21",
            severity,
            line.subject,
            _("The line supersedes an earlier one without a reason."),
            _("Write why the earlier result is replaced."),
            "NĐ 90/2020/NĐ-CP Điều 17",
        )


def _check_order(decision, line):
    severity = Severity.BLOCK if decision.is_own else Severity.WARN
    # after an order the rating has come back to the start, whatever is in force
    appraised = ("proposed", "decided", "notified") if line.in_force else ("proposed",)
    if line.state not in appraised:
        yield Finding(
            "C18",
            severity,
            line.subject,
            _("The appraisal of this rating has not been confirmed."),
            _("Confirm the appraisal first."),
            "NĐ 90/2020/NĐ-CP Điều 17 khoản 4",
        )
    if not line.dossier_accepted:
        yield Finding(
            "D7",
            severity,
            line.subject,
            _("The dossier has not been accepted."),
            _("Check and accept the dossier first."),
            "Công văn triển khai, điểm 6",
        )
    if line.conferred and decision.date and decision.date < line.conferred:
        yield Finding(
            "C18",
            severity,
            line.subject,
            _("The decision is dated before the conference of %(day)s."),
            _("Correct the date of the decision or of the conference."),
            _ORDER,
            {"day": f"{line.conferred:%d/%m/%Y}"},
        )
