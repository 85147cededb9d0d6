"""The law of one period for one kind of subject, as the rules read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .catalogue import RULES, SETTINGS
from .findings import Finding, Severity
from .levels import LEVELS, OUTCOMES

CAP_BASES = ("good", "good_excellent", "total")
ROUNDINGS = ("floor", "half", "ceiling")
GROUPINGS = ("group", "unit", "unit_group", "authority")


@dataclass(frozen=True)
class Severed:
    """What a regulation says of a rule; ``severity`` None switches it off."""

    severity: Severity | None
    article: str = ""


@dataclass(frozen=True)
class Criterion:
    """A criterion, or a group of them; ``max_points`` 0 where none are given."""

    id: int
    code: str
    name: str
    parent_id: int | None = None
    max_points: float = 0


@dataclass(frozen=True)
class Band:
    """Points from ``lower`` (included) to ``upper`` (excluded; None: to the top)."""

    level: str
    lower: float
    upper: float | None = None


@dataclass(frozen=True)
class Cap:
    """How many may be excellent. Rates in per cent.

    ``small_group``: in a group of fewer subjects one may be excellent (0: no such
    rule). ``source`` is the text the cap rests on, ``guidance`` the local document
    that settles the base, if recorded.
    """

    rate: float
    exceptional_rate: float = 0
    base: str = "good"
    rounding: str = "floor"
    grouping: str = "group"
    small_group: int = 0
    source: str = ""
    guidance: str = ""


@dataclass(frozen=True)
class Law:
    """A regulation version.

    ``severities`` maps a rule's code to :class:`Severed`, ``settings`` a key to its
    value; what they leave out is as in the catalogue.
    """

    name: str
    subject_kind: str
    date_from: date
    date_to: date | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    total_points: float = 0
    bands: tuple[Band, ...] = ()
    cap: Cap | None = None
    severities: Mapping[str, Severed] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    id: int = 0

    @property
    def levels(self):
        """The levels of that year, best first."""
        return tuple(level for level in LEVELS if level in self.labels) or LEVELS

    @property
    def has_points(self):
        return bool(self.total_points)

    def in_force(self, day):
        return self.date_from <= day and (self.date_to is None or day <= self.date_to)

    def label(self, outcome):
        return self.labels.get(outcome) or outcome

    def setting(self, key):
        return self.settings.get(key, SETTINGS[key].default)

    def share(self, key):
        """A setting in per cent, exact."""
        return Fraction(str(self.setting(key)))

    def severity(self, rule):
        """How hard the rule stands; None: it is switched off."""
        given = self._given(rule)
        return given.severity if given else RULES[rule].severity

    def article(self, rule):
        given = self._given(rule)
        return (given and given.article) or RULES[rule].article

    def _given(self, rule):
        return None if RULES[rule].fixed else self.severities.get(rule)

    def leaves(self):
        """The criteria that are answered: those that are no group."""
        groups = {criterion.parent_id for criterion in self.criteria}
        return tuple(c for c in self.criteria if c.id not in groups)

    def find(
        self, rule, ref, record, message, remedy, values=None, at_most=Severity.BLOCK
    ):
        """Yield the finding, unless the rule is switched off under this law. No
        finding is made anywhere else.

        :param at_most: how hard it may be where facts are missing or unsure, or where
            another authority decides
        """
        severity = self.severity(rule)
        if severity is None:
            return
        if severity.harder_than(at_most):
            severity = at_most
        yield Finding(
            rule,
            severity,
            record,
            message,
            remedy,
            self.article(rule),
            values or {},
            ref,
        )


# where no regulation applies: every rule stands as the catalogue has it
UNREGULATED = Law("", "", date.min)


class UnderLaw:
    """Something with a ``name`` for which a ``law`` holds: what is found about it is
    found under that law. ``ref`` is that of :class:`~.findings.Finding`."""

    ref = ()

    def find(self, rule, message, remedy, at_most=Severity.BLOCK, **values):
        return self.law.find(
            rule, self.ref, self.name, message, remedy, values, at_most
        )


def known_outcome(law, outcome):
    """Whether the outcome exists under the law; without labels all do."""
    return outcome in (law.labels or OUTCOMES)
