"""When a person may object to a result, and what an answer must carry.

Article: NĐ 90/2020/NĐ-CP: one objects after the notice, the authority that rated
answers. No text fixes how long one may object: the window is the campaign's.
"""

import datetime
from dataclasses import dataclass

from .law import UNREGULATED, Law, UnderLaw
from .texts import _lt


@dataclass(frozen=True)
class Objection(UnderLaw):
    """``window`` in days from the notice, 0: none set; ``other`` names the objection
    that stands against the same result already."""

    name: str
    text: str = ""
    date: datetime.date | None = None
    notified: datetime.date | None = None
    window: int = 0
    other: str = ""
    answer: str = ""
    answer_date: datetime.date | None = None
    answer_signer: str = ""
    answer_proved: bool = False
    on_self: bool = False
    law: Law = UNREGULATED


def last_day(notified, window):
    """Last day on which one may object, or None where no window is set."""
    if not (notified and window):
        return None
    return notified + datetime.timedelta(days=window)


def check_filing(objection, today):
    """All reasons why it cannot be filed."""
    if not objection.text.strip():
        yield from objection.find(
            "W4",
            _lt("The objection says nothing."),
            _lt("Write what is objected to and why, or where the letter is kept."),
        )
    if not objection.notified:
        yield from objection.find(
            "C20",
            _lt("The result has not been notified."),
            _lt("Wait for the notice: it is what one objects to."),
        )
    if objection.other:
        yield from objection.find(
            "C20b",
            _lt("There is an objection to this result already: %(other)s."),
            _lt("Add to it while it is open; its answer is followed by a new result."),
            other=objection.other,
        )
    if not objection.date:
        yield from objection.find(
            "W1", _lt("The date is missing."), _lt("Enter the date of the letter.")
        )
        return
    if objection.date > today:
        yield from objection.find(
            "W2", _lt("The objection is dated in the future."), _lt("Correct the date.")
        )
    if objection.notified and objection.date < objection.notified:
        yield from objection.find(
            "C20",
            _lt("The objection is dated before the notice of %(day)s."),
            _lt("Correct the date."),
            day=f"{objection.notified:%d/%m/%Y}",
        )
    until = last_day(objection.notified, objection.window)
    if until and objection.date > until:
        yield from objection.find(
            "C20a",
            _lt("The objection came after the last day, %(day)s."),
            _lt("The campaign's setting gives %(window)s days from the notice."),
            day=f"{until:%d/%m/%Y}",
            window=objection.window,
        )


def check_answer(objection, today):
    """C20c, C18: what its answer carries, and who gives it."""
    answered = objection.answer_date
    if not objection.answer.strip():
        yield from objection.find(
            "C20c",
            _lt("The text of the answer is missing."),
            _lt("Enter what the authority answered."),
        )
    if not answered or not objection.answer_signer.strip():
        yield from objection.find(
            "C20c",
            _lt("The date or the signer of the answer is missing."),
            _lt("Enter them from the signed answer."),
        )
    if not objection.answer_proved:
        yield from objection.find(
            "C20c",
            _lt("The signed answer is not recorded."),
            _lt("Attach its scan, or note where it is kept."),
        )
    if answered and answered > today:
        yield from objection.find(
            "W2", _lt("The answer is dated in the future."), _lt("Correct the date.")
        )
    if answered and objection.date and answered < objection.date:
        yield from objection.find(
            "C20c",
            _lt("The answer is dated before the objection."),
            _lt("Correct the date."),
        )
    if objection.on_self:
        yield from objection.find(
            "C18",
            _lt("Nobody answers an objection of their own."),
            _lt("Let somebody else record the answer."),
        )
