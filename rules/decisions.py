"""Who may decide which rating, and what a decision must carry.

Article: NĐ 90/2020/NĐ-CP Điều 16 and Điều 17 khoản 4-5. What another authority
decided is a fact: it is recorded with its findings, never refused.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .findings import Finding, Severity, _
from .levels import is_level
from .names import fold

_AUTHORITY = "NĐ 90/2020/NĐ-CP Điều 16"


@dataclass(frozen=True)
class Line:
    """One rating in a decision.

    ``state`` is the rating's state; ``supersedes`` tells that the line replaces
    the one in force; ``outcome`` may also be one of the non-levels; ``person`` is
    the name of the person rated, ``on_self`` that they are who records it.
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


@dataclass(frozen=True)
class Decision:
    name: str
    authority: str
    is_own: bool
    number: str
    date: datetime.date | None
    signer: str
    lines: Sequence[Line]


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


def _check_line(decision, line):
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
    if line.in_force and not line.supersedes:
        yield Finding(
            "C21",
            Severity.BLOCK,
            line.subject,
            _("The rating has been decided already."),
            _("Correct it by a superseding decision with the reason."),
            "NĐ 90/2020/NĐ-CP Điều 17",
        )
    elif line.in_force and not line.reason:
        yield Finding(
            "C21",
            Severity.BLOCK,
            line.subject,
            _("The line supersedes an earlier one without a reason."),
            _("Write why the earlier result is replaced."),
            "NĐ 90/2020/NĐ-CP Điều 17",
        )
    if not line.in_force and line.state != "proposed":
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
