"""May this person have a level at all, and which at most?

Article: NĐ 90/2020/NĐ-CP Điều 2 khoản 3 (months, absence, maternity), Điều 7, 11, 15
and NĐ 48/2023/NĐ-CP Điều 1 (khoản 5 of Điều 2) on discipline. Months, absence and
discipline are typed and confirmed; while they are not confirmed no rule blocks.
"""

from .findings import Severity
from .levels import is_better, is_level
from .spans import Span, typed
from .texts import _lt

_CONFIRM = _lt("Correct the level; or correct the dated facts of the person.")


def check(subject):
    """A1 to A4 on one person's level under consideration."""
    yield from check_months(subject)
    yield from check_absence(subject)
    yield from check_maternity(subject)
    yield from check_discipline(subject)


def has_no_level(subject):
    """Whether the law gives this person no level for the year (A1)."""
    least = typed(subject.law.setting("min_months"))
    service = subject.service
    return (
        subject.is_person
        and subject.law.severity("A1") is not None
        and service.worked is not None
        and not service.maternity
        and service.worked < least
    )


def check_months(subject):
    """A1: under six months of work in the year, no level; the review is still made.

    Article: NĐ 90/2020/NĐ-CP Điều 2 khoản 3.
    """
    if has_no_level(subject) and is_level(subject.level):
        yield from subject.find(
            "A1",
            _lt("worked %(worked)s in the year, but is rated “%(level)s”."),
            _lt("Choose “not rated by law”; the review itself is kept."),
            _unsure(subject.service),
            worked=subject.service.worked,
            level=subject.law.label(subject.level),
        )


def check_absence(subject):
    """A2: lawfully absent from three to under six months, at most “completed”.

    Article: NĐ 90/2020/NĐ-CP Điều 2 khoản 3.
    """
    law, absent = subject.law, subject.service.absent
    first, last = typed(law.setting("absence_from")), typed(law.setting("absence_to"))
    if first == Span() or subject.service.maternity or not first <= absent < last:
        return
    if is_better(subject.level, "completed"):
        yield from subject.find(
            "A2",
            _lt("was absent %(absent)s, but is rated “%(level)s”."),
            _CONFIRM,
            _unsure(subject.service),
            absent=absent,
            level=law.label(subject.level),
        )


def check_maternity(subject):
    """A3: on maternity leave neither A1 nor A2 holds; the time worked counts.

    Article: NĐ 90/2020/NĐ-CP Điều 2 khoản 3.
    """
    if subject.service.maternity:
        yield from subject.find(
            "A3",
            _lt("was on maternity leave: the level is that of the time worked."),
            _lt("State the time actually worked on the form."),
        )


def check_discipline(subject):
    """A4: disciplined in the year, “not completed”; each violation in one year only.

    Article: NĐ 90/2020/NĐ-CP Điều 7, 11, 15; from 15/9/2023 NĐ 48/2023/NĐ-CP (Điều 2
    khoản 5 of NĐ 90). Before that day only a violation in carrying out duties blocks.
    """
    law = subject.law
    if not is_better(subject.level, "failed"):
        return
    for discipline in counted(subject):
        sure = discipline.confirmed and (
            law.setting("discipline_scope") == "any" or discipline.in_duty
        )
        yield from subject.find(
            "A4",
            _lt(
                "was disciplined on %(day)s (%(reference)s), but is rated “%(level)s”."
            ),
            _lt(
                "Choose “not completed”; or record in which earlier rating the same "
                "violation was counted, or that it does not concern the duties."
            ),
            Severity.BLOCK if sure else Severity.WARN,
            day=f"{discipline.date:%d/%m/%Y}",
            reference=discipline.reference,
            level=law.label(subject.level),
        )


def counted(subject):
    """The disciplinary decisions of the year that count in it.

    Not counted: a violation that an earlier year's rating counted, where the law has
    it count once and the earlier record is named; one at the former unit, where the
    law counts it there.
    """
    law = subject.law
    return [
        d
        for d in subject.service.disciplines
        if not (
            law.setting("discipline_once")
            and d.counted_in is not None
            and d.counted_in < subject.year
        )
        and not (law.setting("discipline_old_organ") and d.elsewhere)
    ]


def _unsure(service):
    return Severity.BLOCK if service.confirmed else Severity.WARN
