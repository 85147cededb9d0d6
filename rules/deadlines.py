"""Deadlines exactly as ordered, and the last day they leave.

``by`` is "chậm nhất ngày X" and includes X; ``before`` is "trước ngày X" and
excludes it. Nothing is ever shifted for weekends (DESIGN: shown, never shifted).
Article: the letter 27/HĐND point 4; no law defines "trước ngày", so each
deadline states which of the two it is.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .findings import Finding, Severity, _

_PRINTED = {"by": "chậm nhất ngày", "before": "trước ngày"}
_WEEKDAYS = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
)
# the order in which the work of a campaign falls due
ORDER = ("review", "dossier", "conclusion", "remediation")


@dataclass(frozen=True)
class Deadline:
    """One deadline of a campaign; ``kind`` is one of ORDER or ``other``."""

    kind: str
    label: str
    date: date
    mode: str


def last_day(day, mode):
    """Last day on which the deadline is still kept."""
    return day - timedelta(days=1) if mode == "before" else day


def printed(day, mode):
    """The deadline as the letter prints it: ``trước ngày 01/12/2022``."""
    return f"{_PRINTED[mode]} {day:%d/%m/%Y}"


def in_words(day):
    """A day as the screen shows it: ``30/11/2022 (Thứ Tư)``."""
    return f"{day:%d/%m/%Y} ({_WEEKDAYS[day.weekday()]})"


def days_late(last, done):
    """Whole days by which ``done`` exceeds ``last``; 0 when on time."""
    return max((done - last).days, 0)


def check_order(campaign, deadlines):
    """E4: review ≤ dossier ≤ conclusion ≤ remediation plan, by their last days.

    :param str campaign: name shown in the findings
    :param deadlines: iterable of :class:`Deadline`
    """
    ordered = sorted(
        (d for d in deadlines if d.kind in ORDER), key=lambda d: ORDER.index(d.kind)
    )
    findings = []
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if last_day(earlier.date, earlier.mode) > last_day(later.date, later.mode):
            findings.append(
                Finding(
                    "E4",
                    Severity.BLOCK,
                    campaign,
                    _(
                        "“%(later)s” ends on %(later_day)s, before "
                        "“%(earlier)s”, which ends on %(earlier_day)s."
                    ),
                    _("Correct one of the two dates."),
                    "Công văn triển khai, điểm 4",
                    {
                        "later": later.label,
                        "earlier": earlier.label,
                        "later_day": in_words(last_day(later.date, later.mode)),
                        "earlier_day": in_words(last_day(earlier.date, earlier.mode)),
                    },
                )
            )
    return findings
