"""Do collective and people, figures and levels, last year and this year agree?

Article: the letter, point 2; Luật Cán bộ, công chức Điều 56; HD 21-HD/BTCTW (2019);
QĐ 366-QĐ/TW Điều 11. The authority decides: figures hint, they never compute a level.
"""

from .eligibility import counted
from .findings import Severity
from .levels import is_better
from .stages import COMMENTS
from .subjects import DEGREES
from .texts import _lt

_LEVEL_OR_FIGURES = _lt("Correct the level or the figures, or write why it stands.")


def check(unit):
    """All rules that look at a unit and its subjects together."""
    yield from check_targets(unit)
    yield from check_figures(unit)
    yield from check_organ(unit)
    yield from check_members(unit)
    yield from check_weak_collective(unit)
    for subject in unit.subjects:
        yield from check_head(subject, unit.collective)
        yield from check_shortcomings(subject)
        yield from check_degradation(subject)


def check_head(subject, collective):
    """A6, A7: a head's level is not above that of the unit led.

    Article: Luật Cán bộ, công chức Điều 56; Luật Viên chức Điều 41 khoản 2; NĐ
    233/2026/NĐ-CP Điều 12 khoản 7. For elected cadres no state text says so: A7.
    """
    if not (subject.is_head and subject.is_person and collective):
        return
    if is_better(subject.level, collective.level):
        yield from subject.find(
            "A7" if subject.kind == "official" else "A6",
            _lt("heads the unit and is rated “%(level)s”, the collective “%(other)s”."),
            _lt(
                "Bring the head's level to that of the collective, or reconsider both."
            ),
            level=subject.law.label(subject.level),
            other=collective.law.label(collective.level),
        )


def check_organ(unit):
    """A8: the collective's level is not above that of the organ it leads.

    Article: HD 21-HD/BTCTW (2019). A note only while the organ's level is unknown.
    """
    collective = unit.collective
    if not collective or not collective.is_rated:
        return
    if not unit.organ_level:
        yield from collective.find(
            "A8",
            _lt("The level of the organ it leads is not known here."),
            _lt("Record the organ's level with its document, if there is one."),
            Severity.INFO,
        )
    elif is_better(collective.level, unit.organ_level):
        yield from collective.find(
            "A8",
            _lt("is rated “%(level)s”, the organ it leads “%(other)s”."),
            _lt("Bring the collective's level to that of its organ."),
            level=collective.law.label(collective.level),
            other=collective.law.label(unit.organ_level),
        )


def check_members(unit):
    """A9a, A9b, A9c: what a member's discipline means for the collective.

    Article: HD 21-HD/BTCTW (2019): a member warned or worse, the collective has not
    completed, one violation counted once. QĐ 366-QĐ/TW Điều 11: any discipline, not
    excellent; for duty, not completed, unless the act was elsewhere or the authority
    decides otherwise and answers for it.
    """
    collective = unit.collective
    if not collective or not is_better(collective.level, "failed"):
        return
    for member in unit.people:
        for discipline in counted(member):
            yield from _member_disciplined(collective, member, discipline)


def _member_disciplined(collective, member, discipline):
    said = {
        "member": member.plain_name or member.name,
        "reference": discipline.reference,
        "level": collective.law.label(collective.level),
    }
    here = discipline.elsewhere is False and discipline.confirmed
    if discipline.degree in DEGREES[1:] and not discipline.elsewhere:
        yield from collective.find(
            "A9a",
            _lt(
                "is rated “%(level)s”, though %(member)s was disciplined with a "
                "warning or worse (%(reference)s)."
            ),
            _lt(
                "Choose “not completed”; or record that the violation was counted "
                "before, or took place elsewhere."
            ),
            Severity.BLOCK if here else Severity.WARN,
            **said,
        )
    if collective.level == "excellent":
        yield from collective.find(
            "A9b",
            _lt(
                "is rated “%(level)s”, though %(member)s was disciplined "
                "(%(reference)s)."
            ),
            _lt("An excellent collective has no disciplined member: lower the level."),
            Severity.BLOCK if discipline.confirmed else Severity.WARN,
            **said,
        )
    if discipline.in_duty and not discipline.elsewhere:
        yield from collective.find(
            "A9c",
            _lt(
                "is rated “%(level)s”, though %(member)s was disciplined for duty "
                "(%(reference)s)."
            ),
            _lt(
                "Choose “not completed”, or write why the authority decides otherwise."
            ),
            Severity.WARN,
            **said,
        )


def check_targets(unit):
    """L1: the unit's targets stand beside its ratings, and add up.

    Article: the letter, point 2; QĐ 366-QĐ/TW Điều 11.
    """
    targets = unit.targets
    if not targets.total:
        yield from unit.find(
            "L1",
            _lt("The unit's targets (done, exceeded, late) are not entered."),
            _lt(
                "Enter them from the unit's report; the ratings are read against them."
            ),
            Severity.INFO,
        )
    elif min(targets.done, targets.exceeded, targets.late) < 0 or (
        max(targets.done, targets.late) > targets.total
        or targets.exceeded > targets.done
    ):
        yield from unit.find(
            "L1",
            _lt(
                "Of %(total)s targets %(done)s are done, %(exceeded)s exceeded and "
                "%(late)s late: this does not add up."
            ),
            _lt("Correct the figures from the unit's report."),
            total=targets.total,
            done=targets.done,
            exceeded=targets.exceeded,
            late=targets.late,
        )


def check_figures(unit):
    """A10: the unit's figures against the levels of the collective and of its head.

    Article: NĐ 90/2020/NĐ-CP Điều 4-15; QĐ 366-QĐ/TW Điều 11; the shares are settings
    of the regulation.
    """
    if not unit.targets.total:
        return
    for subject in unit.subjects:
        if subject.is_person and not subject.is_head:
            continue
        for expected, share, actual in _failed_conditions(subject, unit.targets):
            yield from subject.find(
                "A10",
                _lt(
                    "is rated “%(level)s”, which asks for %(expected)s %(share)s %% of "
                    "the unit's targets; the figures give %(actual)s %%."
                ),
                _LEVEL_OR_FIGURES,
                level=subject.law.label(subject.level),
                expected=expected,
                share=_percent(share),
                actual=_percent(actual),
            )


def _failed_conditions(subject, targets):
    """Each condition of the level that the figures miss: what, share asked, share."""
    law = subject.law
    done = targets.share(targets.done)
    exceeded = targets.share(targets.exceeded)
    late = targets.share(targets.late)
    on_time = targets.share(min(targets.done, targets.total - targets.late))
    least = {
        "excellent": (
            ("hoàn thành ≥", "excellent_done", done),
            ("vượt ≥", "excellent_exceeded", exceeded),
        ),
        "good": (
            ("hoàn thành ≥", "good_done", done),
            ("đúng tiến độ ≥", "good_on_time", on_time),
        ),
        "completed": (("hoàn thành ≥", "completed_done", done),),
    }.get(subject.level, ())
    for expected, key, actual in least:
        if actual < law.share(key):
            yield expected, law.share(key), actual
    most = law.share("completed_late")
    if subject.level == "completed" and most and late > most:
        yield "chậm ≤", most, late
    failed = law.share("failed_done")
    if (
        is_better(subject.level, "failed")
        and done < failed
        and not _named(law, subject)
    ):
        yield "hoàn thành ≥", failed, done


def _named(law, subject):
    """Whether the level names a share of its own, so that it is not said twice."""
    own = {"excellent": "excellent_done", "good": "good_done"}
    return law.share(own.get(subject.level, "completed_done"))


def _percent(number):
    text = f"{float(number):.1f}"
    return text.removesuffix(".0").replace(".", ",")


def check_weak_collective(unit):
    """A14: a collective far under its targets has no excellent deputy.

    Local rules seen in 2025-2026, not a national text: a setting, never a block.
    """
    collective, targets = unit.collective, unit.targets
    if not collective or not targets.total:
        return
    least = collective.law.share("weak_collective_done")
    if not least or targets.share(targets.done) >= least:
        return
    for person in unit.people:
        ceiling = "failed" if person.is_head else "good"
        if is_better(person.level, ceiling):
            yield from person.find(
                "A14",
                _lt(
                    "is rated “%(level)s” while the unit did %(share)s %% of its "
                    "targets."
                ),
                _LEVEL_OR_FIGURES,
                Severity.WARN,
                level=person.law.label(person.level),
                share=_percent(targets.share(targets.done)),
            )


def check_shortcomings(subject):
    """A12, A13: “excellent” only when every shortcoming of last year is remedied.

    Article: QĐ 366-QĐ/TW Điều 11 (from 30/8/2025); before, a warning.
    """
    unsaid = [s.text for s in subject.shortcomings if not s.state]
    left = [s.text for s in subject.shortcomings if s.state and s.state != "fixed"]
    if subject.level == "excellent" and (left or unsaid):
        yield from subject.find(
            "A12",
            _lt("is rated “%(level)s”, but not remedied are: %(shortcomings)s."),
            _lt("Record that they were remedied, with the proof, or lower the level."),
            level=subject.law.label(subject.level),
            shortcomings="; ".join([*left, *unsaid]),
        )
    elif unsaid and subject.view("unit"):
        yield from subject.find(
            "A13",
            _lt("Nothing is said of earlier shortcomings: %(shortcomings)s."),
            _lt("State for each: remedied, being remedied, or not."),
            shortcomings="; ".join(unsaid),
        )


def check_degradation(subject):
    """L2, L3: a line on signs of degradation per subject, and what it means.

    Article: the letter, point 2; NĐ 90/2020/NĐ-CP Điều 7, 11, 15 (the authority
    judges).
    """
    views = [v for v in subject.confirmed if v.stage in COMMENTS]
    said = [view.degradation for view in views if view.degradation]
    if "present" in said and is_better(subject.level, "failed"):
        yield from subject.find(
            "L3",
            _lt("Signs of degradation are noted; the level is “%(level)s”."),
            _lt("Let the authority judge them, and write its conclusion."),
            level=subject.law.label(subject.level),
        )
    if views and not said and not all(view.on_paper for view in views):
        yield from subject.find(
            "L2",
            _lt("The line on signs of degradation is not filled in."),
            _lt("Fill it in: none found, or which and how they are remedied."),
        )
