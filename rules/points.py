"""Points: what they add up to, which level they hint at, where stages differ.

Article: QĐ 366-QĐ/TW Điều 11; NĐ 335/2025/NĐ-CP; NĐ 233/2026/NĐ-CP Điều 12. Points
hint at a band; a person types the level, and both are kept. Not scored is never zero.
"""

from fractions import Fraction
from itertools import pairwise

from .findings import Severity
from .levels import is_better, is_level
from .stages import STAGES
from .texts import _lt


def check(subject):
    """A11, P1, P2, P3 and the quarters, on one subject."""
    if subject.law.has_points:
        yield from check_scores(subject)
        yield from check_band(subject)
        yield from check_gaps(subject)
    yield from check_quarters(subject)


def band(law, points):
    """The level whose band holds the points, or ``None`` (not scored: no band)."""
    if points is None:
        return None
    return next(
        (
            b.level
            for b in law.bands
            if b.lower <= points and (b.upper is None or points < b.upper)
        ),
        None,
    )


def latest_points(subject):
    """Points of the latest stage that scored every criterion, or ``None``."""
    return next(
        (v.points for v in reversed(subject.confirmed) if v.points is not None), None
    )


def check_scores(subject):
    """P1, P2: each score within its criterion, and no criterion left out."""
    most = {c.id: c.max_points for c in subject.law.criteria}
    for view in subject.confirmed:
        wrong = [
            text.criterion
            for text in view.texts
            if text.points is not None
            and not 0 <= text.points <= most.get(text.criterion_id, 0)
        ]
        if wrong:
            yield from subject.find(
                "P1",
                _lt("Points below zero or above the maximum: %(criteria)s."),
                _lt("Correct the points of these criteria."),
                criteria="; ".join(wrong),
            )
        missing = [
            text.criterion for text in view.texts if text.counts and text.points is None
        ]
        if missing and not view.on_paper:
            yield from subject.find(
                "P2",
                _lt("Not scored: %(criteria)s."),
                _lt("Score them; nothing scored is not the same as zero."),
                criteria="; ".join(missing),
            )


def check_band(subject):
    """A11: the level is not above the band of the points; below it is a note.

    Article: QĐ 366-QĐ/TW Điều 11; NĐ 335/2025/NĐ-CP; NĐ 233/2026/NĐ-CP Điều 12.
    """
    points = latest_points(subject)
    hint = band(subject.law, points)
    if hint is None or not is_level(subject.level) or hint == subject.level:
        return
    above = is_better(subject.level, hint)
    yield from subject.find(
        "A11",
        _lt("%(points)s points are the band of “%(hint)s”; the level is “%(level)s”."),
        _lt("Correct the points or the level.")
        if above
        else _lt("Check that the reason for the lower level is written."),
        Severity.BLOCK if above else Severity.INFO,
        points=printed(points),
        hint=subject.law.label(hint),
        level=subject.law.label(subject.level),
    )


def check_gaps(subject):
    """P3 between each stage that scored and the next."""
    scored = [view for view in subject.confirmed if view.points is not None]
    for before, after in pairwise(scored):
        yield from check_gap(
            subject,
            (before.points, after.points),
            after.gap_reason,
        )


def check_gap(subject, totals, reason):
    """P3: a gap between one stage and the next beyond the tolerance is explained.

    :param subject: what the law holds for, the opinion or whom it is about
    :param totals: points of the earlier stage and of the later one
    """
    before, after = totals
    if gap(before, after, subject.law.setting("points_tolerance")) and not reason:
        yield from subject.find(
            "P3",
            _lt("%(after)s points after %(before)s at the stage before."),
            _lt("Write at the later stage why the points differ."),
            after=printed(after),
            before=printed(before),
        )


def gap(earlier, later, tolerance):
    """Whether two totals differ by more than the tolerance; unknown ones do not."""
    if earlier is None or later is None:
        return False
    difference = abs(Fraction(str(later)) - Fraction(str(earlier)))
    return difference > Fraction(str(tolerance))


def yearly(quarters):
    """Mean of the quarters that have points, or ``None``; a hint for the year."""
    given = [Fraction(str(q.points)) for q in quarters if q.points is not None]
    return float(sum(given) / len(given)) if given else None


def check_quarters(subject):
    """Q1, Q2, Q3: what the quarters say of the year.

    Local rules seen in 2025-2026 under KL 198-KL/TW and QĐ 366-QĐ/TW: warnings only.
    """
    quarters = sorted(subject.quarters, key=lambda q: q.quarter)
    failed = [q.quarter for q in quarters if q.level == "failed"]
    if failed and subject.level == "excellent":
        yield from subject.find(
            "Q1",
            _lt("is rated “%(level)s”, though quarter %(quarters)s was not completed."),
            _lt("Lower the level, or write why it stands."),
            Severity.WARN,
            level=subject.law.label(subject.level),
            quarters=", ".join(map(str, failed)),
        )
    if any(later - earlier == 1 for earlier, later in pairwise(failed)):
        yield from subject.find(
            "Q2",
            _lt("Quarters %(quarters)s running were not completed."),
            _lt("Report it to the authority that manages the post."),
            Severity.WARN,
            quarters=", ".join(map(str, failed)),
        )
    mean, points = yearly(quarters), latest_points(subject)
    if gap(mean, points, subject.law.setting("points_tolerance")):
        yield from subject.find(
            "Q3",
            _lt("%(points)s points for the year, %(mean)s on average of its quarters."),
            _lt("Write why the year differs from its quarters."),
            Severity.WARN,
            points=printed(points),
            mean=printed(mean),
        )


def stage_before(stage, scored):
    """The nearest earlier stage among those that scored, or ``None``."""
    earlier = STAGES[: STAGES.index(stage)]
    return next((s for s in reversed(earlier) if s in scored), None)


def printed(value):
    """Points as they are written, two decimals at most; nothing where not scored."""
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
