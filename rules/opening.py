"""What opening a campaign creates: dossiers, ratings and expected papers.

Article: the letter 27/HĐND point 4 (seven kinds of paper: four per unit, three
per person rated there); PRACTICE: one rating per person, not per post.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .findings import Finding
from .law import UNREGULATED, Law, UnderLaw
from .texts import _lt

RATED_SCOPES = ("rated", "reviewed")  # people who get a rating


@dataclass(frozen=True)
class Unit(UnderLaw):
    """One unit in scope; ``exists`` tells so of the day of scope."""

    id: int
    name: str
    exists: bool = True
    has_authority: bool = True
    has_regulation: bool = True
    law: Law = UNREGULATED


@dataclass(frozen=True)
class Post(UnderLaw):
    """One post in force on the campaign's day of scope.

    ``scope`` is ``rated``, ``reviewed`` (rated elsewhere), ``opinion`` or ``none``.
    """

    id: int
    person_id: int
    name: str
    unit_id: int
    is_main: bool = True
    is_head: bool = False
    scope: str = "rated"
    has_authority: bool = True
    has_regulation: bool = True
    law: Law = UNREGULATED


@dataclass(frozen=True)
class Existing:
    """What the campaign holds already.

    ``people`` maps a person in the campaign to the unit whose dossier holds the
    rating.
    """

    units: frozenset[int] = frozenset()
    people: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """New dossiers (unit ids), new ratings (posts), those who left, findings.

    ``moved_people`` have their main post in another unit than before: their rating
    there is left, a new one is among ``posts``.
    """

    units: tuple[int, ...]
    posts: tuple[Post, ...]
    moved_people: tuple[int, ...]
    left_people: tuple[int, ...]
    left_units: tuple[int, ...]
    findings: tuple[Finding, ...]

    def count_papers(self, per_unit, per_person):
        """How many papers will be expected anew."""
        rated = sum(post.scope == "rated" for post in self.posts)
        return len(self.units) * per_unit + rated * per_person


@dataclass(frozen=True)
class Campaign(UnderLaw):
    """What is opened, with the law that holds for its collectives."""

    name: str
    law: Law = UNREGULATED


def plan(campaign, units, posts, idle_people, existing=None):
    """Plan the opening, or the refreshing, of a campaign.

    :param campaign: :class:`Campaign`
    :param units: :class:`Unit` in scope
    :param posts: :class:`Post` in force in those units
    :param idle_people: ``{person_id: name}`` of people of those units who have
        no post in force
    :param existing: what was created before; nothing of it is created again
    :rtype: Plan
    """
    existing = existing or Existing()
    in_scope = {unit.id: unit for unit in units}
    mains = {post.person_id: post for post in posts if post.is_main}
    subjects = [
        post
        for post in mains.values()
        if post.unit_id in in_scope and post.scope in RATED_SCOPES
    ]
    new_posts = tuple(
        p for p in subjects if existing.people.get(p.person_id) != p.unit_id
    )
    subject_ids = {post.person_id for post in subjects}
    return Plan(
        units=tuple(u.id for u in units if u.id not in existing.units),
        posts=new_posts,
        moved_people=tuple(
            p.person_id for p in new_posts if p.person_id in existing.people
        ),
        left_people=tuple(p for p in existing.people if p not in subject_ids),
        left_units=tuple(u for u in existing.units if u not in in_scope),
        findings=(
            *_check_scope(campaign, units),
            *_check_people(campaign, posts, mains, idle_people, existing),
            *_check_subjects(subjects),
            *_check_units(units, posts),
        ),
    )


def _check_scope(campaign, units):
    if not units:
        yield from campaign.find(
            "F1",
            _lt("No unit is in the scope of the campaign."),
            _lt("Add the units that have to hand in a dossier."),
        )


def _check_people(campaign, posts, mains, idle_people, existing):
    rated = {post.person_id: post for post in posts if post.scope in RATED_SCOPES}
    for person_id, name in idle_people.items():
        if person_id not in existing.people:
            yield from campaign.law.find(
                "F4",
                (),
                name,
                _lt("has no post in force on the day of scope."),
                _lt("Add the post or its new end date, or archive the person."),
            )
    for person_id, post in rated.items():
        if person_id not in mains:
            yield from post.find(
                "F5",
                _lt("has no main post in force on the day of scope."),
                _lt("Mark the post on which the person is rated as the main post."),
            )
    for person_id, count in Counter(p.person_id for p in posts if p.is_main).items():
        if count > 1:
            yield from mains[person_id].find(
                "F5",
                _lt("has %(count)s main posts in force on the day of scope."),
                _lt("Keep one main post; the others are concurrent posts."),
                count=count,
            )


def _check_subjects(subjects):
    for post in subjects:
        if not post.has_regulation:
            yield from post.find(
                "A0",
                _lt("No regulation applies to this kind of post in the period."),
                _lt("Choose the regulation on the campaign, or correct the post."),
            )
        if post.scope == "rated" and not post.has_authority:
            yield from post.find(
                "C24",
                _lt("The authority that decides the rating is not known."),
                _lt("Fill in the deciding authority on the main post."),
            )


def _check_units(units, posts):
    heads = {post.unit_id for post in posts if post.is_head}
    for unit in units:
        if not unit.exists:
            yield from unit.find(
                "F3",
                _lt("The unit does not exist on the day of scope."),
                _lt("Replace it by its successor, or correct its dates."),
            )
        if not unit.has_authority:
            yield from unit.find(
                "C24",
                _lt("The authority that decides the collective's rating is not known."),
                _lt("Fill in the deciding authority on the unit."),
            )
        if not unit.has_regulation:
            yield from unit.find(
                "A0",
                _lt("No regulation applies to collectives in the period."),
                _lt("Choose the regulation for collectives on the campaign."),
            )
        if unit.id not in heads:
            yield from unit.find(
                "F2",
                _lt("The unit has no head on the day of scope."),
                _lt("Record who is in charge, or note why the post is vacant."),
            )
