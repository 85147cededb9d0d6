"""Deadlines exactly as ordered, and the last day they leave.

``by`` is "chậm nhất ngày X" and includes X; ``before`` is "trước ngày X" and
excludes it. A last day on a day of rest is shown, and moved only where the campaign
says so: BLDS 2015 Điều 148 khoản 5 speaks of terms counted in days, not of dates.
Article: the letter 27/HĐND point 4; no law defines "trước ngày", so each
deadline states which of the two it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from .texts import _lt

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
class Calendar:
    """Which days are worked: Monday to Friday, but for what is entered.

    :param holidays: day → name of the holiday
    :param yearly: (month, day) → name, for those of every year
    :param worked: days worked although they would be days of rest (làm bù)
    """

    holidays: Mapping[date, str] = field(default_factory=dict)
    yearly: Mapping[tuple, str] = field(default_factory=dict)
    worked: frozenset = frozenset()

    def rest(self, day):
        """Why ``day`` is not worked, in words, or an empty text."""
        if day in self.worked:
            return ""
        holiday = self.holidays.get(day) or self.yearly.get((day.month, day.day))
        if holiday:
            return holiday
        return _WEEKDAYS[day.weekday()] if day.weekday() >= 5 else ""

    def nearest(self, day, direction):
        """``day`` if it is worked, else the nearest one before (-1) or after (1);
        none within a year: the calendar is wrong, and the day stands."""
        for days in range(366):
            other = day + timedelta(days=days * direction)
            if not self.rest(other):
                return other
        return day


# while no holiday is entered
WEEKENDS = Calendar()


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


def shifted(day, policy, calendar):
    """The last day by the campaign's policy: ``no_shift``, ``shift_forward`` to the
    next working day, ``shift_back`` to the one before."""
    if policy == "no_shift":
        return day
    return calendar.nearest(day, 1 if policy == "shift_forward" else -1)


def rest_note(day, calendar):
    """E3: what the screen says of a last day that is not worked, or nothing."""
    why = calendar.rest(day)
    if not why:
        return ""
    before, after = calendar.nearest(day, -1), calendar.nearest(day, 1)
    return (
        f"Hạn cuối rơi vào {why}; ngày làm việc gần nhất trước: "
        f"{in_words(before)}, sau: {in_words(after)}"
    )


def printed(day, mode):
    """The deadline as the letter prints it: ``trước ngày 01/12/2022``."""
    return f"{_PRINTED[mode]} {day:%d/%m/%Y}"


def in_words(day):
    """A day as the screen shows it: ``30/11/2022 (Thứ Tư)``."""
    return f"{day:%d/%m/%Y} ({_WEEKDAYS[day.weekday()]})"


def days_late(last, done):
    """Whole days by which ``done`` exceeds ``last``; 0 when on time."""
    return max((done - last).days, 0)


def check_order(campaign, deadlines, law):
    """E4: review ≤ dossier ≤ conclusion ≤ remediation plan, by their last days.

    :param str campaign: name shown in the findings
    :param deadlines: iterable of :class:`Deadline`
    """
    ordered = sorted(
        (d for d in deadlines if d.kind in ORDER), key=lambda d: ORDER.index(d.kind)
    )
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        ends, next_ends = (last_day(d.date, d.mode) for d in (earlier, later))
        if ends > next_ends:
            yield from law.find(
                "E4",
                (),
                campaign,
                _lt(
                    "“%(later)s” ends on %(later_day)s, before "
                    "“%(earlier)s”, which ends on %(earlier_day)s."
                ),
                _lt("Correct one of the two dates."),
                {
                    "later": later.label,
                    "earlier": earlier.label,
                    "later_day": in_words(next_ends),
                    "earlier_day": in_words(ends),
                },
            )


def check_later(subject, asked, last, law):
    """W5: a later day that is asked for lies after the last day there is.

    :param str subject: name shown in the findings
    """
    if last and asked <= last:
        yield from law.find(
            "W5",
            (),
            subject,
            _lt("The last day is %(day)s already."),
            _lt("Refuse it, or let the unit ask for a later day."),
            {"day": in_words(last)},
        )
