"""What a comment on a subject must contain before it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass

from .findings import Finding, Severity, _
from .levels import is_level

_LETTER = "Công văn triển khai, điểm 4 (Lưu ý)"


@dataclass(frozen=True)
class Line:
    """One criterion with the two texts on it."""

    criterion: str
    strengths: str
    shortcomings: str


@dataclass(frozen=True)
class Opinion:
    """One stage's view of one subject.

    ``on_paper`` tells that a signed paper holds the text, so that the text need
    not be typed again; ``needs_comment`` that this stage is a comment (unit's or
    party body's), which must name strengths and shortcomings per criterion.
    """

    name: str
    proposed_level: str
    lines: Sequence[Line] = ()
    on_paper: bool = False
    needs_comment: bool = False
    level_expected: bool = True


def check(opinion):
    """C14: strengths and shortcomings for every criterion, “không có” counts;
    and a proposed level."""
    if opinion.level_expected and not is_level(opinion.proposed_level):
        yield Finding(
            "C8",
            Severity.BLOCK,
            opinion.name,
            _("The proposed level is missing."),
            _("Choose one of the four levels."),
            "NĐ 90/2020/NĐ-CP Điều 17",
        )
    if opinion.on_paper:
        return
    empty = [
        line.criterion
        for line in opinion.lines
        if not line.strengths or (opinion.needs_comment and not line.shortcomings)
    ]
    if empty:
        yield Finding(
            "C14",
            Severity.BLOCK,
            opinion.name,
            _("Text is missing for: %(criteria)s."),
            _(
                "Write strengths and shortcomings for each criterion; "
                "“không có” is an answer."
            ),
            _LETTER,
            {"criteria": "; ".join(empty)},
        )
