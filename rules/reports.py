"""The collective's report, and the points its superior suggested.

Article: HD 21-HD/BTCTW (2019); HD 43-HD/BTCTW Mẫu 01; the letter, point 2: the result
of the collective is the basis for the people's review, theirs completes it.
"""

from dataclasses import dataclass

from .findings import Severity
from .law import UNREGULATED, Law, UnderLaw
from .texts import _lt


@dataclass(frozen=True)
class Draft(UnderLaw):
    """A report about to be sent or completed; ``empty`` are titles of sections."""

    name: str
    on_paper: bool = False
    empty: tuple[str, ...] = ()
    level: str = ""
    law: Law = UNREGULATED


def check(unit):
    """What the report and the answers of one unit still lack."""
    yield from check_completed(unit)
    yield from check_answers(unit)


def check_draft(draft, completing):
    """L7, L8: sections without a word; completed, the report proposes a level.

    Article: HD 21-HD/BTCTW (2019) Mẫu 01. What lies on paper has its words there.
    """
    if draft.empty and not draft.on_paper:
        yield from draft.find(
            "L7",
            _lt("Nothing is written under: %(titles)s."),
            _lt("Write these sections, or note why they stay empty."),
            titles="; ".join(draft.empty),
        )
    if completing and not draft.level:
        yield from draft.find(
            "L8",
            _lt("The level that the collective proposes for itself is missing."),
            _lt("Choose the level."),
        )


def check_completed(unit):
    """L4: a report kept here is revised after the individuals' part of the conference.

    Article: the letter, point 2.
    """
    report = unit.report
    if report is None:
        return
    if report.completed is None:
        yield from unit.find(
            "L4",
            _lt("The collective's report has not been completed."),
            _lt("Revise it by what the people's review showed, and complete it."),
            Severity.WARN,
        )
        return
    end = unit.gathering and unit.gathering.meeting.end
    if end and report.completed < end:
        yield from unit.find(
            "L4",
            _lt("The collective's report was completed before the conference ended."),
            _lt("Reopen it, revise it by the people's review, and complete it again."),
            Severity.WARN,
        )


def check_answers(unit):
    """L6: every point that the superior suggested has its answer.

    Article: HD 21-HD/BTCTW (2019); HD 43-HD/BTCTW Mẫu 01 mục IV.
    """
    subjects = {subject.id: subject for subject in unit.subjects}
    for suggestion in unit.suggestions:
        if suggestion.answered:
            continue
        # who is only reviewed here is no subject of the unit
        concerned = subjects.get(suggestion.subject_id, unit)
        yield from concerned.find(
            "L6",
            _lt("A point suggested by the superior has no answer: %(text)s"),
            _lt("Write the answer, or key it from the signed paper."),
            Severity.WARN,
            text=_begun(suggestion.text),
        )


def _begun(text, length=80):
    """The beginning of a text, as long as a line."""
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[:length].rstrip()}…"
