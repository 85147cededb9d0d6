"""Lists that the collective's report and the personal review print alike."""

from ..models.base.levels import LEVELS
from ..rules import points

# the paper is Vietnamese whatever language the user has
STATUSES = {
    "fixed": "đã được khắc phục",
    "fixing": "đang khắc phục",
    "open": "chưa được khắc phục",
}


def earlier_rows(shortcomings):
    """Each with what became of it: ``(text, [(label, text)])``."""
    return [
        (
            line.name,
            [
                part
                for part in (
                    ("Kết quả:", STATUSES.get(line.status)),
                    ("Mức độ, khó khăn, trách nhiệm:", line.progress),
                    ("Minh chứng:", line.evidence),
                )
                if part[1]
            ],
        )
        for line in shortcomings
    ]


def answer_rows(answers):
    return [(answer.suggestion, [("Giải trình:", answer.text)]) for answer in answers]


def points_rows(criteria, lines, total):
    """``(criterion, points or None, most)``, and the sum.

    :param lines: lines of points on these criteria, as far as there are any
    :param total: their sum, or None where one of them is not scored
    """
    given = {line.criterion_id: line.points for line in lines if line.is_scored}
    rows = [
        (
            criterion.name,
            points.printed(given.get(criterion)) or None,
            points.printed(criterion.max_points),
        )
        for criterion in criteria
    ]
    if rows:
        most = points.printed(sum(criteria.mapped("max_points")))
        rows.append(("Tổng điểm", points.printed(total) or None, most))
    return rows


def level_rows(regulation, level):
    """``(label, chosen)`` of the levels of the regulation."""
    labels = [(regulation._label(key), key == level) for key, _name in LEVELS]
    return [(label, chosen) for label, chosen in labels if label]
