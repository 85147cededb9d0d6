"""Lengths of time in calendar months and days, as decrees count them.

Article: NĐ 90/2020/NĐ-CP Điều 2 khoản 3 speaks of "chưa đủ 06 tháng" and of "từ 03
tháng đến dưới 06 tháng"; a month runs to the day before the same number of the next.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

# a day's part of a month when lengths are added; only full months decide
_DAYS = 30


@dataclass(frozen=True, order=True)
class Span:
    """A length of ``months`` and ``days``; ordered as people order them."""

    months: int = 0
    days: int = 0

    def __add__(self, other):
        days = self.days + other.days
        return Span(self.months + other.months + days // _DAYS, days % _DAYS)

    def __str__(self):
        parts = [f"{self.months} tháng"] if self.months or not self.days else []
        if self.days:
            parts.append(f"{self.days} ngày")
        return " ".join(parts)


def between(first, last):
    """Length from ``first`` to ``last``, both days included.

    01/01 to 30/06 are six months; 02/07 to 31/12 are five months and 30 days.
    """
    if last < first:
        return Span()
    end = last + timedelta(days=1)
    months = (end.year - first.year) * 12 + end.month - first.month
    if _shift(first, months) > end:
        months -= 1
    return Span(months, (end - _shift(first, months)).days)


def typed(months):
    """A length typed as a number of months: 5.5 is five months and 15 days."""
    number = Fraction(str(months))
    whole = int(number)
    return Span(whole, int((number - whole) * _DAYS))


def within_year(first, last, year):
    """Length of the part of a period that lies in the year; ``last`` may be open."""
    return between(
        max(first, date(year, 1, 1)),
        min(last or date(year, 12, 31), date(year, 12, 31)),
    )


def _shift(day, months):
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
