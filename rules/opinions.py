"""What a comment on a subject must contain before it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass

from .law import UNREGULATED, Law, UnderLaw
from .levels import is_level
from .texts import _lt


@dataclass(frozen=True)
class Line:
    """One criterion with the two texts on it."""

    criterion: str
    strengths: str
    shortcomings: str


@dataclass(frozen=True)
class Opinion(UnderLaw):
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
    law: Law = UNREGULATED
    ref: tuple[str, int] | tuple[()] = ()


def check(opinion):
    """C14: strengths and shortcomings for every criterion, “không có” counts;
    and a proposed level."""
    if opinion.level_expected and not is_level(opinion.proposed_level):
        yield from opinion.find(
            "C8",
            _lt("The proposed level is missing."),
            _lt("Choose one of the four levels."),
        )
    if opinion.on_paper:
        return
    empty = [
        line.criterion
        for line in opinion.lines
        if not line.strengths or (opinion.needs_comment and not line.shortcomings)
    ]
    if empty:
        yield from opinion.find(
            "C14",
            _lt("Text is missing for: %(criteria)s."),
            _lt(
                "Write strengths and shortcomings for each criterion; "
                "“không có” is an answer."
            ),
            criteria="; ".join(empty),
        )


def check_party(opinion, is_final):
    """C13, C13a: the party body's comment comes before the office's own view, and
    above all before the final proposal.

    :param opinion: the office's, where the party body has not spoken
    """
    yield from opinion.find(
        "C13a" if is_final else "C13",
        _lt("The party body's comment has not been confirmed."),
        _lt("Ask the party body for it, or key it from the signed paper."),
    )


def check_difference(opinion, before, has_reason):
    """C26: who leaves the level proposed before says why.

    :param str before: that level, or nothing
    """
    if before and opinion.proposed_level not in (before, "") and not has_reason:
        yield from opinion.find(
            "C26",
            _lt("The level differs from “%(before)s”, proposed before."),
            _lt("Write why the level differs."),
            before=opinion.law.label(before),
        )
