"""How many may be excellent in a group of comparable subjects.

Article: HD 21-HD/BTCTW (2019); NĐ 48/2023/NĐ-CP (Điều 2 khoản 6 of NĐ 90); QĐ
366-QĐ/TW Điều 11; NĐ 335/2025/NĐ-CP; NĐ 233/2026/NĐ-CP Điều 12. The texts take the
share of different bases: both are shown until the local guidance is recorded.
"""

import math
from collections import namedtuple
from dataclasses import dataclass, replace
from fractions import Fraction

from .findings import Severity
from .law import Cap, Law, UnderLaw
from .levels import LEVELS
from .texts import _lt

# what the share is taken of, side by side while no guidance settles it
BOTH = ("good", "good_excellent")


_Counts = namedtuple("_Counts", (*LEVELS, "without"), defaults=[0] * (len(LEVELS) + 1))


class Counts(_Counts):
    """Subjects per level; those without a level are in ``without`` only."""

    __slots__ = ()

    def __add__(self, other):
        return Counts(*map(sum, zip(self, other, strict=True)))

    @property
    def rated(self):
        return sum(self) - self.without

    def base(self, base):
        """Number the share is taken of."""
        return {
            "good": self.good,
            "good_excellent": self.good + self.excellent,
            "total": self.rated,
        }[base]


@dataclass(frozen=True)
class Group(UnderLaw):
    """Comparable subjects of one authority, with figures from outside the campaign.

    ``is_own`` tells that one of our authorities decides on the whole group;
    ``exceptional`` and ``excess`` name the decisions that allow the higher rate and
    more than the cap.
    """

    id: int
    name: str
    law: Law
    cap: Cap
    inside: Counts = Counts()
    outside: Counts = Counts()
    is_own: bool = False
    exceptional: str = ""
    excess: str = ""

    @property
    def counts(self):
        return self.inside + self.outside

    @property
    def rate(self):
        if self.exceptional and self.cap.exceptional_rate:
            return self.cap.exceptional_rate
        return self.cap.rate

    @property
    def ref(self):
        return "group", self.id

    def find(self, *args, **values):
        """Where the rule names no article, that of the cap."""
        for finding in super().find(*args, **values):
            yield replace(finding, article=finding.article or self.cap.source)


def count(outcomes):
    """Counts of these outcomes; anything that is no level counts as without."""
    outcomes = list(outcomes)
    levels = {level: outcomes.count(level) for level in LEVELS}
    return Counts(**levels, without=len(outcomes) - sum(levels.values()))


def allowed(group, base):
    """How many may be excellent under this base. Never rounded up unless the
    regulation says so; in a small group one may be, where the law says so.

    Article: see the module; NĐ 233/2026/NĐ-CP for groups under five.
    """
    exact = Fraction(str(group.rate)) * group.counts.base(base) / 100
    number = {
        "floor": math.floor(exact),
        "half": math.floor(exact + Fraction(1, 2)),
        "ceiling": math.ceil(exact),
    }[group.cap.rounding]
    if 0 < group.counts.rated < group.cap.small_group:
        return 1
    return number


def bases(group):
    """The bases in question: one when the guidance is recorded, else both."""
    if group.cap.guidance or group.cap.base not in BOTH:
        return (group.cap.base,)
    return BOTH


def percentage(group, base):
    """Share of excellent in per cent of the base, exact; None over nothing."""
    over = group.counts.base(base)
    return Fraction(100 * group.counts.excellent, over) if over else None


def printed(share):
    """A share with one decimal, cut and not rounded up: 20,04 % prints 20,0."""
    if share is None:
        return "–"
    tenths = math.floor(share * 10)
    return f"{tenths // 10},{tenths % 10}"


def check(group, deciding=False):
    """B1, B2, B4 on one group.

    :param deciding: our authority is about to decide: only then may B1 block, only
        where it owns the whole group, and only if the cap is passed even when all who
        have no level yet are rated good
    """
    excellent = group.counts.excellent
    numbers = {base: allowed(group, base) for base in bases(group)}
    most, least = max(numbers.values()), min(numbers.values())
    if excellent > most:
        yield from _excess(group, numbers, deciding)
    elif excellent > least:
        yield from group.find(
            "B2",
            _lt(
                "%(excellent)s excellent: within the cap of %(most)s over “tốt” and "
                "“xuất sắc”, above the cap of %(least)s over “tốt” alone."
            ),
            _lt("Record the local guidance that settles the base, with its number."),
            excellent=excellent,
            most=most,
            least=least,
        )
    if not most and group.counts.rated and not deciding:
        yield from group.find(
            "B4",
            _lt("The cap of this group of %(number)s allows nobody to be excellent."),
            _lt(
                "Add the comparable subjects outside this campaign, or record the "
                "guidance on small groups."
            ),
            number=group.counts.rated,
        )


def _best_case(group):
    """The group if everybody who has no level yet were rated good."""
    return replace(group, inside=group.inside + Counts(good=group.counts.without))


def _excess(group, numbers, deciding):
    base = max(numbers, key=lambda b: (numbers[b], group.counts.base(b)))
    said = {
        "excellent": group.counts.excellent,
        "allowed": numbers[base],
        "rate": f"{float(group.rate):g}",
        "over": group.counts.base(base),
        "share": printed(percentage(group, base)),
    }
    if group.excess:
        yield from group.find(
            "B1",
            _lt(
                "%(excellent)s excellent where the cap allows %(allowed)s "
                "(%(share)s %%), by %(decision)s."
            ),
            _lt("Nothing to do: the excess names its decision."),
            Severity.INFO,
            decision=group.excess,
            **said,
        )
        return
    best = _best_case(group)
    surely = group.counts.excellent > max(allowed(best, b) for b in bases(best))
    refuses = deciding and group.is_own and surely
    hardest = Severity.BLOCK if refuses else Severity.WARN
    yield from group.find(
        "B1",
        _lt(
            "%(excellent)s excellent, the cap allows %(allowed)s: %(rate)s %% of "
            "%(over)s; the share is %(share)s %%."
        ),
        _lt("Lower the number, or record the decision that allows the excess."),
        hardest,
        **said,
    )
