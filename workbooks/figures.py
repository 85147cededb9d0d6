"""What summaries count: subjects per level, and the share of the best level."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .levels import LEVELS
from .stages import NAMED

# what they say is taken up by the unit
EARLY = ("self", "conference", "party")


@dataclass(frozen=True)
class Ballots:
    """Totals of a conference's ballots on one subject.

    :param votes: ``{level: votes}``
    :param concluded: the level the conference concluded
    """

    present: int
    votes: Mapping[str, int]
    concluded: str = ""

    @property
    def share(self):
        """Share of those present who voted for the level concluded, or None."""
        if not self.present or not self.concluded:
            return None
        return self.votes.get(self.concluded, 0) / self.present


@dataclass(frozen=True)
class Subject:
    """One collective or person, as far as the reader may see the ratings.

    :param kind: collective, cadre, civil servant or public employee, as printed
    :param group: the comparable posts it is counted with
    :param levels: ``{stage: outcome}`` for ``self``, ``party``, ``unit``,
        ``appraisal``, ``proposal`` and ``decided``; stages not known are left out
    :param labels: ``{outcome: label}`` as the regulation prints them
    :param authority: who decides the rating
    :param decision: number and date of the decision
    :param reason: why there is no level, as the decision says
    :param left_reason: why the subject is no longer in the campaign
    """

    name: str
    unit: str = ""
    is_collective: bool = False
    is_rated_here: bool = True
    birth_date: date | None = None
    title: str = ""
    authority: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    ballots: Ballots | None = None
    decision: str = ""
    reason: str = ""
    left_reason: str = ""
    party_title: str = ""
    kind: str = ""
    group: str = ""

    @property
    def is_counted(self):
        return self.is_rated_here and not self.left_reason

    def label(self, stage):
        """The level of a stage as printed; the conference's is that of its minutes."""
        if stage == "conference":
            return self.concluded_label
        return self.labels.get(self.levels.get(stage, ""), "")

    @property
    def concluded_label(self):
        concluded = self.ballots.concluded if self.ballots else ""
        return self.labels.get(concluded, "")

    @property
    def furthest(self):
        """The outcome of the last stage that has spoken, decided before all."""
        stages = reversed(NAMED)
        known = (self.levels.get(s, "") for s in stages if s not in EARLY)
        return next(filter(None, known), "")

    @property
    def note(self):
        left = self.left_reason and f"Đã rời đợt đánh giá: {self.left_reason}"
        elsewhere = not self.is_rated_here and "Kiểm điểm tại đây, xếp loại nơi khác"
        return "; ".join(filter(None, (left, elsewhere, self.reason)))


@dataclass(frozen=True)
class Figures:
    """Counts at one stage; ``levels`` in the order of LEVELS."""

    total: int
    levels: tuple[int, ...]

    @property
    def others(self):
        """Those without a level: not rated, not yet, or elsewhere."""
        return self.total - sum(self.levels)

    @property
    def share(self):
        """Share of the best level among those with a level, or None."""
        rated = sum(self.levels)
        return self.levels[0] / rated if rated else None


def count(subjects, stage):
    """Count the subjects rated here by their level at one stage."""
    outcomes = Counter(s.levels.get(stage) for s in subjects if s.is_counted)
    return Figures(outcomes.total(), tuple(outcomes[level] for level in LEVELS))


@dataclass(frozen=True)
class CapLine:
    """The share of the best level in a group, beside its cap.

    :param over: number the share is taken of; ``allowed`` of it may be excellent
    """

    name: str
    excellent: int
    over: int
    allowed: int
    rate: float
    source: str = ""

    @property
    def is_exceeded(self):
        return self.excellent > self.allowed


def by(subjects, key):
    """``{key: [subjects]}``, in the order in which they come."""
    groups = {}
    for subject in subjects:
        groups.setdefault(key(subject), []).append(subject)
    return groups


def people(subjects):
    return [subject for subject in subjects if not subject.is_collective]


def collectives(subjects):
    return [subject for subject in subjects if subject.is_collective]
