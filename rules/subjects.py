"""What the rules know of a unit and of the subjects it brings to a rating."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from .dossiers import Paper
from .law import Law, UnderLaw
from .levels import is_level
from .meetings import Meeting, Tally, led_to
from .spans import Span
from .stages import STAGES

DEGREES = ("reprimand", "warning", "demotion", "dismissal")


@dataclass(frozen=True)
class Discipline:
    """A disciplinary decision that takes effect in the year.

    ``in_duty`` and ``elsewhere`` are None while nobody has said so. ``counted_in``
    is the earlier year whose rating counted the same violation, with its record.
    """

    degree: str
    date: date
    in_duty: bool | None = None
    elsewhere: bool | None = None
    counted_in: int | None = None
    reference: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class Transfer:
    """Work at a former unit in the year, and what became of its comment."""

    unit: str
    span: Span
    comment: str = "missing"  # missing, asked, received
    dissolved: bool = False


@dataclass(frozen=True)
class Service:
    """Dated facts of a person's year; ``worked`` None: not typed, never zero."""

    worked: Span | None = None
    absent: Span = Span()
    maternity: bool = False
    disciplines: tuple[Discipline, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True)
class Targets:
    """Targets of the unit's year; ``total`` 0: not entered, never none."""

    total: int = 0
    done: int = 0
    exceeded: int = 0
    late: int = 0

    def share(self, number):
        """Per cent of all targets, exact enough to print."""
        return 100 * number / self.total


@dataclass(frozen=True)
class Shortcoming:
    """A shortcoming named at the last review; ``state`` fixed, fixing, open or ''."""

    text: str
    state: str = ""


@dataclass(frozen=True)
class Text:
    """What one view says on one criterion; ``points`` None: not scored.

    ``counts`` is False for a criterion that is answered by text alone.
    """

    criterion_id: int
    criterion: str = ""
    strengths: str = ""
    shortcomings: str = ""
    points: float | None = None
    counts: bool = True


@dataclass(frozen=True)
class View:
    """One stage's opinion on a subject."""

    stage: str
    level: str = ""
    confirmed: bool = True
    on_paper: bool = False
    texts: tuple[Text, ...] = ()
    degradation: str = ""  # none, present
    gap_reason: str = ""
    conclusion: str = ""
    signer: str = ""
    name: str = ""

    @property
    def points(self):
        """Sum of the points, or None while a criterion is not scored."""
        given = [text.points for text in self.texts if text.counts]
        return sum(given) if given and None not in given else None


@dataclass(frozen=True)
class Past:
    """An earlier rating of the same subject: last year's, or a quarter's."""

    year: int
    quarter: int = 0
    level: str = ""
    points: float | None = None
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Subject(UnderLaw):
    """A collective or a person in one campaign.

    ``decided`` is the level in force or, while a decision is being made, the level
    it would give; empty before. ``group_id`` is the group of comparable posts.
    ``spoken`` names the stages that have confirmed their view, also those whose view
    the reader may not see.
    """

    id: int
    name: str
    kind: str
    law: Law
    year: int
    unit_id: int = 0
    authority_id: int = 0
    group_id: int = 0
    is_own: bool = True
    is_head: bool = False
    is_leader: bool = True
    decided: str = ""
    service: Service = Service()
    views: tuple[View, ...] = ()
    spoken: frozenset[str] = frozenset()
    shortcomings: tuple[Shortcoming, ...] = ()
    last_year: Past | None = None
    quarters: tuple[Past, ...] = ()
    plain_name: str = ""

    @property
    def is_person(self):
        return self.kind != "collective"

    @property
    def level(self):
        """The level under consideration: decided, else the latest one confirmed."""
        if self.decided:
            return self.decided
        return next((v.level for v in reversed(self.confirmed) if v.level), "")

    @property
    def is_rated(self):
        return is_level(self.level)

    @property
    def confirmed(self):
        """Confirmed views in the order in which they arise."""
        views = [view for view in self.views if view.confirmed]
        return sorted(views, key=lambda view: STAGES.index(view.stage))

    def view(self, stage):
        return next((v for v in self.confirmed if v.stage == stage), None)

    def has_spoken(self, stage):
        return stage in self.spoken or self.view(stage) is not None

    @property
    def ref(self):
        return "rating", self.id


@dataclass(frozen=True)
class Gathering:
    """The conference with what its minutes say of order, attendance and ballots.

    ``agenda`` maps a subject's id to its place; subjects without one are left out.
    ``tallies`` are the ballots of the unit's own body, ``further`` those of the other
    bodies at the same meeting, each with how many of the body were present.
    ``departures`` are the reasons why a conclusion is not what the ballots led to.
    """

    meeting: Meeting
    # number and day as the conference records them
    minutes: tuple[str, date | None] | None = None
    draft_sent: date | None = None
    agenda: Mapping[int, int] = field(default_factory=dict)
    tallies: Mapping[int, Tally] = field(default_factory=dict)
    concluded: Mapping[int, str] = field(default_factory=dict)
    conclusions: Mapping[int, str] = field(default_factory=dict)
    departures: Mapping[int, str] = field(default_factory=dict)
    further: Sequence[tuple[Tally, int]] = ()

    @property
    def voting(self):
        """How many of the unit's own body were present."""
        bodies = self.meeting.bodies
        return (bodies[0].present if bodies else 0) or self.meeting.present

    def leading(self, law, id_):
        """The level that the ballots on a subject lead to, or None."""
        tally = self.tallies.get(id_)
        return tally and led_to(
            law,
            tally.votes,
            {
                "valid": tally.valid,
                "present": self.voting,
                "convened": self.meeting.convened,
            },
        )


@dataclass(frozen=True)
class Sheet:
    """A paper of the register that was provided."""

    name: str
    has_number: bool = True
    number: str = ""
    dated: date | None = None
    signer: str = ""


@dataclass(frozen=True)
class Report:
    """The collective's report as it is kept; None: not sent, not completed."""

    sent: date | None = None
    completed: datetime | None = None


@dataclass(frozen=True)
class Suggestion:
    """A point that the superior suggested; ``subject_id`` 0: to the collective."""

    text: str
    subject_id: int = 0
    answered: bool = False


@dataclass(frozen=True)
class FileMark:
    """A file of a paper; ``signers`` are lines “name, time” of its signatures."""

    name: str
    kind: str
    sha256: str
    signers: tuple[str, ...] = ()
    is_misnamed: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of the register that was provided, with its files.

    ``kind`` is the code of its kind, ``role`` what the kind is to the rules, ``person``
    the plain name of whom it is about. What reports the conference
    (``after_conference``) cannot be older than it.
    """

    id: int
    name: str
    kind: str
    number: str = ""
    dated: date | None = None
    signer: str = ""
    person: str = ""
    role: str = ""
    after_conference: bool = False
    files: tuple[FileMark, ...] = ()


@dataclass(frozen=True)
class Unit(UnderLaw):
    """A unit's dossier: its collective, its people and what it handed in.

    ``organ_level`` is the level of the organ the collective leads, ``""`` while it
    is not known here. ``gathering`` is None also where the reader may not see it;
    that its minutes are adopted is no secret.
    """

    id: int
    name: str
    law: Law
    subjects: tuple[Subject, ...] = ()
    targets: Targets = Targets()
    organ_level: str = ""
    gathering: Gathering | None = None
    has_adopted: bool = False
    is_handed_in: bool = False
    is_accepted: bool = False
    year_end: date | None = None
    review_due: date | None = None
    sets_expected: int = 0
    sets_received: int = 0
    days_late: int = 0
    papers: tuple[Paper, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    report: Report | None = None
    suggestions: tuple[Suggestion, ...] = ()
    register: tuple[Entry, ...] = ()
    # day of the hand-in, or today
    latest_day: date | None = None

    @property
    def collective(self):
        return next((s for s in self.subjects if not s.is_person), None)

    @property
    def people(self):
        return tuple(s for s in self.subjects if s.is_person)

    @property
    def ref(self):
        return "unit", self.id
