"""Shortcomings followed until they are remedied.

Article: the letter, point 5 (“xây dựng kế hoạch, xác định rõ những giải pháp khắc
phục … Phân công cụ thể việc theo dõi, tổ chức kiểm tra, giám sát”); HD 43-HD/BTCTW,
Mẫu 01 phần III, VI (remedied, being remedied, not remedied).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .findings import Severity
from .law import UNREGULATED, Law, UnderLaw
from .names import fold
from .texts import _lt

# levels with which a person has a plan of their own, whatever was found wanting
OWN_PLAN = ("completed", "failed")


@dataclass(frozen=True)
class Line(UnderLaw):
    """One shortcoming. ``responsible`` and ``monitor`` are ``(id, name)``, the id that
    of a person or 0 where only a name is given."""

    name: str
    remedy: str = ""
    responsible: tuple[int, str] = (0, "")
    monitor: tuple[int, str] = (0, "")
    due: datetime.date | None = None
    state: str = "open"
    has_evidence: bool = False
    is_confirmed: bool = False
    law: Law = UNREGULATED


@dataclass(frozen=True)
class Plan(UnderLaw):
    """``recorded`` are the shortcomings that the review named, ``planned`` those of
    them that have a line."""

    name: str
    lines: Sequence[Line] = ()
    recorded: frozenset = frozenset()
    planned: frozenset = frozenset()
    is_person: bool = False
    law: Law = UNREGULATED


def is_required(level, concluded):
    """Whether a person needs a plan: by level, or where shortcomings were concluded."""
    return level in OWN_PLAN or concluded


def same(responsible, monitor):
    """Whether who answers is who watches: the same person, or the same name."""
    if responsible[0] and monitor[0]:
        return responsible[0] == monitor[0]
    return bool(fold(responsible[1])) and fold(responsible[1]) == fold(monitor[1])


def check_adoption(plan):
    """D10, D10a, D10c: before the plan runs."""
    if not plan.lines:
        yield from plan.find(
            "D10",
            _lt("The plan has no line."),
            _lt("Add a line for each shortcoming that was recorded."),
        )
    if missing := len(plan.recorded - plan.planned):
        yield from plan.find(
            "D10",
            _lt("%(missing)s recorded shortcomings have no line."),
            _lt("Take them over from the review."),
            Severity.WARN if plan.is_person else Severity.BLOCK,
            missing=missing,
        )
    for line in plan.lines:
        yield from check_line(line)


def check_line(line):
    """D10a: what a line names: remedy, who answers, who watches, by when."""
    missing = [
        label
        for label, value in (
            (_lt("remedy"), line.remedy.strip()),
            (_lt("responsible"), line.responsible[1].strip()),
            (_lt("monitor"), line.monitor[1].strip()),
            (_lt("due date"), line.due),
        )
        if not value
    ]
    if missing:
        yield from line.find(
            "D10a",
            _lt("The line lacks: %(missing)s."),
            _lt("Fill it in."),
            missing=", ".join(missing),
        )
    yield from check_monitor(line)


def check_monitor(line):
    """D10c: who watches is not who answers."""
    if same(line.responsible, line.monitor):
        yield from line.find(
            "D10c",
            _lt("Who monitors is who is responsible."),
            _lt("Name another person, or a body, to monitor it."),
        )


def check_fixed(line):
    """D11: “đã khắc phục” rests on evidence, or on who monitors."""
    if not (line.has_evidence or line.is_confirmed):
        yield from line.find(
            "D11",
            _lt("There is neither evidence nor the monitor's confirmation."),
            _lt(
                "Name or attach the document that shows it, or let the monitor confirm."
            ),
        )


def check_end(plan):
    """D11a: what is not remedied when the plan ends."""
    for line in plan.lines:
        if line.state != "fixed":
            yield from line.find(
                "D11a",
                _lt("The shortcoming has not been remedied."),
                _lt("It is carried over to the next review."),
            )


def check_missing(law, unit):
    """D10b: a unit, by its name, with recorded shortcomings and no plan."""
    yield from law.find(
        "D10b",
        (),
        unit,
        _lt("Shortcomings were recorded, but there is no remediation plan."),
        _lt("Draft the plan, or write why there is none."),
    )
