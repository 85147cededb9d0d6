"""Which urging falls due on which day, and to whom.

A step hangs on a last day: so many days before it, on it, or so many working days
after it, once or again and again. Nothing is urged on a day of rest: a step up to the
last day moves to the working day before. A run asks for the one occurrence that is the
latest; those it slept through are covered by it, so that nobody gets them in a heap.
Article: the letter 27/HĐND point 6 ("theo dõi, đôn đốc, hướng dẫn").
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from .deadlines import in_words

# those who can keep the deadline, before those who only watch it
AUDIENCES = ("unit", "head", "office", "owner")
_LONGEST = 366 * 3  # days after the last day in which a step still repeats
# as strict as mail servers are; what passes may still not exist
_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@"
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
)


@dataclass(frozen=True)
class Step:
    """One step of urging.

    :param days: to the last day: negative before it, 0 on it, positive working days
        after it
    :param every: repeat every so many working days; 0: once
    :param kind: kind of deadline it is for; empty: all that its audience can keep
    :param weekday: for a weekly digest, 0 (Monday) to 6; it hangs on no last day
    """

    id: int
    audience: str
    days: int = 0
    every: int = 0
    kind: str = ""
    weekday: int | None = None


class Due(NamedTuple):
    """A step that is to be carried out, and the day on which it fell due."""

    step: Step
    day: date


# What a campaign begins with: ten, five and two days before, the day itself, then
# every second working day; the head from the first day late; the owner every Monday;
# the office its own deadline.
USUAL = (
    Step(1, "unit", days=-10),
    Step(2, "unit", days=-5),
    Step(3, "unit", days=-2),
    Step(4, "unit", days=0),
    Step(5, "unit", days=2, every=2),
    Step(6, "head", days=1, every=2),
    Step(7, "office", days=-2, kind="conclusion"),
    Step(8, "office", days=0, kind="conclusion"),
    Step(9, "owner", weekday=0),
)


class WorkingDays:
    """A calendar with memory: the same last days come back for thousands of units."""

    def __init__(self, calendar):
        self.calendar = calendar
        self.after = lru_cache(maxsize=None)(self._after)
        self.latest = lru_cache(maxsize=None)(self._latest)

    def _after(self, day):
        return self.calendar.nearest(day + timedelta(days=1), 1)

    def add(self, day, working_days):
        """The day so many working days after ``day``."""
        for _n in range(working_days):
            day = self.after(day)
        return day

    def occurrences(self, step, last_day, until):
        """Days up to ``until`` on which the step falls due, in order."""
        if step.days <= 0:
            day = self.calendar.nearest(last_day + timedelta(days=step.days), -1)
            if day <= until:
                yield day
            return
        until = min(until, last_day + timedelta(days=_LONGEST))
        day = self.add(last_day, step.days)
        while day <= until:
            yield day
            if not step.every:
                return
            day = self.add(day, step.every)

    def _latest(self, step, last_day, today):
        return max(self.occurrences(step, last_day, today), default=None)

    def weekly(self, step, today):
        """Day on which the digest of this week, or of the last, fell due; on a day of
        rest it waits for the next working day."""
        for weeks in (0, 7):
            back = (today.weekday() - step.weekday) % 7 + weeks
            day = self.calendar.nearest(today - timedelta(days=back), 1)
            if day <= today:
                return day
        return None


def due(steps, last_day, today, working_days, since=None):
    """The step to carry out, or none: of all occurrences up to today the latest.

    :param steps: steps of one audience for one deadline
    :param since: the day on which the work began (opening, request, extension);
        what fell due up to then is no omission
    :rtype: Due | None
    """
    found = [
        (day, step.days, step)
        for step in steps
        for day in [working_days.latest(step, last_day, today)]
        if day and (not since or day > since)
    ]
    if not found:
        return None
    day, _days, step = max(found, key=lambda item: item[:2])
    return Due(step, day)


def applies(step, kind, stops):
    """Whether a step urges for a deadline of this kind.

    :param stops: whether something tells that the deadline was kept; without it
        nobody is reproached after the day
    """
    if step.weekday is not None or (step.kind and step.kind != kind):
        return False
    if not step.kind and (kind == "conclusion") != (step.audience == "office"):
        return False
    return stops or step.days <= 0


def addresses(text):
    """Addresses in what somebody typed, and the pieces that are none.

    :rtype: tuple[list[str], list[str]]
    """
    good, bad = [], []
    for piece in re.split(r"[,;\s]+", (text or "").strip()):
        piece = piece.strip("<>").lower()
        if not piece:
            continue
        name, _at, host = piece.partition("@")
        valid = (
            _ADDRESS.fullmatch(piece)
            and ".." not in piece
            and len(name) <= 64
            and len(host) <= 253
            and not name.startswith(".")
            and not name.endswith(".")
        )
        target = good if valid else bad
        if piece not in target:
            target.append(piece)
    return good, bad


def plan(steps, deadlines, until, working_days, since=None):
    """Every occurrence of a campaign's steps, for the preview.

    :param deadlines: iterable of (key, kind, last_day, stops)
    :return: sorted list of (day, key, step)
    """
    rows = []
    for key, kind, last_day, stops in deadlines:
        for step in steps:
            if applies(step, kind, stops):
                rows += [
                    (day, key, step)
                    for day in working_days.occurrences(step, last_day, until)
                    if not since or day > since
                ]
    for step in steps:
        if step.weekday is None or not since:
            continue
        day = since
        while day <= until:
            if day > since and working_days.weekly(step, day) == day:
                rows.append((day, None, step))
            day += timedelta(days=1)
    return sorted(rows, key=lambda row: (row[0], row[2].id))


def on_time_rate(in_time, late):
    """Percentage of units in time among those whose day has come, or None."""
    return round(100 * in_time / (in_time + late)) if in_time + late else None


def is_temporary(reason):
    """Whether a mail server's answer means: try again later (RFC 5321, 4yz)."""
    return bool(re.search(r"(?<!\d)4[2-5]\d(?!\d)", reason or ""))


def mentions(text, labels):
    """Whether a free text names one of these levels, in full or as people shorten it:
    “Hoàn thành tốt nhiệm vụ” is “hoàn thành tốt”, but “hoàn thành” alone is a word."""
    plain = _folded(text)
    for label in map(_folded, labels):
        short = label.removesuffix(" nhiệm vụ")
        if label and (label in plain or (short.count(" ") > 1 and short in plain)):
            return True
    return "xuất sắc" in plain


def _folded(text):
    return " ".join(unicodedata.normalize("NFC", text or "").casefold().split())


@dataclass(frozen=True)
class OpenDeadline:
    """A deadline not kept yet.

    :param ordered: as the letter prints it; empty once the day was moved
    :param days_left: to the last day; negative when it is past
    """

    name: str
    ordered: str
    last_day: date
    days_left: int

    def in_words(self):
        last = in_words(self.last_day)
        if self.ordered:
            return f"{self.name}: {self.ordered}, hạn cuối {last}"
        return f"{self.name}: hạn cuối {last}"

    def how_far(self):
        return how_far(self.days_left)


@dataclass(frozen=True)
class Facts:
    """What one dossier lacks; nothing of levels and nothing of secret papers.

    :param missing: list of (kind of paper, names of people or none)
    :param urls: links that open what is told for somebody who may see it
    :param notes: of what has happened, in the words of those who did it
    """

    unit: str
    campaign: str
    deadlines: list
    missing: list
    returned: bool = False
    round: int = 1
    urls: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def papers(self):
        """The missing papers, one line a kind."""
        return [
            f"{kind}: {', '.join(people)}" if people else kind
            for kind, people in self.missing
        ]

    def days_left(self):
        """Of the deadline that presses most, or None."""
        return min((d.days_left for d in self.deadlines), default=None)


def how_far(days_left):
    """``còn 5 ngày``, ``hôm nay là hạn cuối``, ``quá hạn 3 ngày``."""
    if days_left > 0:
        return f"còn {days_left} ngày"
    if not days_left:
        return "hôm nay là hạn cuối"
    return f"quá hạn {-days_left} ngày"


def headline(facts):
    """Subject of a mail about these dossiers: the one that presses most."""
    facts = list(facts)
    pressing = [
        (deadline.days_left, deadline.name, one)
        for one in facts
        for deadline in one.deadlines
    ]
    if not pressing:
        return "hồ sơ chưa hoàn thành"
    days_left, name, one = min(pressing, key=lambda item: item[:2])
    units = one.unit if len(facts) == 1 else f"{len(facts)} đơn vị"
    return f"{name} – {how_far(days_left)} ({units})"


def spoken(facts):
    """The same as plain text, to be read out or copied into Zalo."""
    lines = [f"Kính gửi {facts.unit}.", f"Về {facts.campaign}:"]
    lines += [f"- {d.in_words()}: {d.how_far()}." for d in facts.deadlines]
    if facts.returned:
        lines.append("Hồ sơ đã được yêu cầu bổ sung, hoàn thiện.")
    if facts.missing:
        lines.append("Thành phần hồ sơ còn thiếu:")
        lines += [f"+ {paper}" for paper in facts.papers()]
    lines.append("Đề nghị đơn vị khẩn trương hoàn thành, gửi về đúng hạn.")
    return "\n".join(lines)
