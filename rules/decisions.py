"""Who may decide which rating, and what a decision must carry.

Article: NĐ 90/2020/NĐ-CP Điều 16 and Điều 17 khoản 4-5; NĐ 30/2020/NĐ-CP Điều 13 (who
signs for whom) and Điều 15 (numbers). What another authority decided is a fact: it is
recorded with its findings, never refused.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .findings import Severity
from .law import UNREGULATED, Law, UnderLaw
from .levels import is_level
from .names import fold
from .texts import _lt

# how a paper is signed: for the collective, for its head, acting, by order, by mandate
CAPACITIES = ("tm", "kt", "q", "tl", "tuq")
# a collective's conclusion is signed on its behalf by its head or a deputy
_COLLECTIVE = ("tm", "kt", "q")


@dataclass(frozen=True)
class Line(UnderLaw):
    """One rating in a decision.

    ``state`` is the rating's state; ``supersedes`` tells that the line replaces
    the one in force, ``astray`` that it names one that was not issued or is not in
    force; ``outcome`` may also be one of the non-levels; ``person`` is the name of the
    person rated, ``on_self`` that they are who records it, ``on_member`` that they are
    a member of the authority. ``conferred`` is the day of the unit's conference.
    """

    name: str
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
    law: Law = UNREGULATED


@dataclass(frozen=True)
class Decision(UnderLaw):
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
    law: Law = UNREGULATED

    @property
    def hardest(self):
        """What another authority decided is recorded, never refused."""
        return Severity.BLOCK if self.is_own else Severity.WARN


def check(decision, today):
    """All reasons why the decision cannot be issued, or what to note about it."""
    yield from _check_document(decision, today)
    for line in decision.lines:
        yield from _check_line(decision, line)


def _check_document(decision, today):
    if not decision.number:
        yield from decision.find(
            "D3a",
            _lt("The decision has no number."),
            _lt("Enter the number given after signing."),
        )
    if not decision.date:
        yield from decision.find(
            "W1",
            _lt("The decision has no date."),
            _lt("Enter the date given after signing."),
        )
    elif decision.date > today:
        yield from decision.find(
            "W2", _lt("The decision is dated in the future."), _lt("Correct the date.")
        )
    if not decision.signer:
        yield from decision.find(
            "D3a", _lt("The signer is missing."), _lt("Enter who signed.")
        )
    if not decision.lines:
        yield from decision.find(
            "W3",
            _lt("The decision names no rating."),
            _lt("Add the ratings it decides."),
        )
    yield from _check_number(decision)
    yield from _check_capacity(decision)
    if decision.date and decision.concluded and decision.date < decision.concluded:
        yield from decision.find(
            "C25",
            _lt(
                "The decision is dated before the session of %(day)s that concluded it."
            ),
            _lt("Correct the date."),
            decision.hardest,
            day=f"{decision.concluded:%d/%m/%Y}",
        )


def _check_number(decision):
    """A number is used once in our own series; of another authority we only see a
    part, and Party numbers run per term: a duplicate there is a hint."""
    if decision.same_number:
        yield from decision.find(
            "D3b",
            _lt("The number is that of another document: %(others)s."),
            _lt("Look the number up in the register and correct it."),
            decision.hardest,
            others="; ".join(decision.same_number),
        )


def _check_capacity(decision):
    if decision.is_own and decision.capacity not in ("", *_COLLECTIVE):
        yield from decision.find(
            "D3c",
            _lt(
                "A body that works as a collective does not conclude by order or "
                "mandate."
            ),
            _lt("Have it signed on behalf of the collective (TM.)."),
        )
    if decision.is_party and decision.capacity == "kt":
        yield from decision.find(
            "D3d",
            _lt("Papers of the Party are not signed with KT."),
            _lt("Compare with the signed paper."),
        )


def _check_line(decision, line):
    yield from _check_outcome(decision, line)
    yield from _check_competence(decision, line)
    yield from _check_succession(decision, line)
    yield from _check_order(decision, line)


def _check_outcome(decision, line):
    if not line.outcome:
        yield from line.find(
            "W6",
            _lt("The decided level is missing."),
            _lt("Enter the level that was decided."),
        )
    elif not is_level(line.outcome) and not line.reason:
        yield from line.find(
            "A1a",
            _lt("A person without a level needs the reason."),
            _lt("Write why there is no level."),
            decision.hardest,
        )


def _check_competence(decision, line):
    if line.authority != decision.authority:
        yield from line.find(
            "C24",
            _lt("This rating is decided by %(authority)s."),
            _lt("Remove the line, or correct the deciding authority."),
            decision.hardest,
            authority=line.authority,
        )
    signed = line.person and fold(line.person) == fold(decision.signer)
    if line.on_self or signed:
        yield from line.find(
            "C18",
            _lt("Nobody decides on themselves."),
            _lt("Let somebody else sign and record the decision on this person."),
            decision.hardest,
        )
    elif line.on_member:
        yield from line.find(
            "C18",
            _lt("A member of the authority is not decided on by the authority itself."),
            _lt(
                "Submit the rating to the authority above, and correct who decides it."
            ),
            decision.hardest,
        )


def _check_succession(decision, line):
    if line.astray:
        yield from line.find(
            "W3",
            _lt("What the line supersedes was not issued, or is no longer in force."),
            _lt("Choose the line in force, or leave it empty."),
        )
    elif line.in_force and not line.supersedes:
        yield from line.find(
            "C21",
            _lt("The rating has been decided already."),
            _lt("Correct it by a superseding decision with the reason."),
            decision.hardest,
        )
    elif line.in_force and not line.reason:
        yield from line.find(
            "C21",
            _lt("The line supersedes an earlier one without a reason."),
            _lt("Write why the earlier result is replaced."),
            decision.hardest,
        )


def _check_order(decision, line):
    # after an order the rating has come back to the start, whatever is in force
    appraised = ("proposed", "decided", "notified") if line.in_force else ("proposed",)
    if line.state not in appraised:
        yield from line.find(
            "C27",
            _lt("The appraisal of this rating has not been confirmed."),
            _lt("Confirm the appraisal first."),
            decision.hardest,
        )
    if not line.dossier_accepted:
        yield from line.find(
            "D7",
            _lt("The dossier has not been accepted."),
            _lt("Check and accept the dossier first."),
            decision.hardest,
        )
    if line.conferred and decision.date and decision.date < line.conferred:
        yield from line.find(
            "C25",
            _lt("The decision is dated before the conference of %(day)s."),
            _lt("Correct the date of the decision or of the conference."),
            decision.hardest,
            day=f"{line.conferred:%d/%m/%Y}",
        )
