"""Is a dossier complete? Kinds 1-7 of the letter, per unit and per person."""

from dataclasses import dataclass

from .law import UNREGULATED, Law, UnderLaw
from .texts import _lt

# states of a dossier in which the unit works on it
OPEN_TO_UNIT = ("preparing", "returned")
# and in which the office has what is to be judged
WITH_OFFICE = ("submitted", "received", "accepted")
# in which the unit has handed something in: while a further round is prepared, what
# it handed in before stays handed in
HANDED_IN = (*WITH_OFFICE, "returned")


@dataclass(frozen=True)
class Paper(UnderLaw):
    """One expected paper; ``state`` is missing, provided, conforming or failed."""

    name: str
    state: str
    law: Law = UNREGULATED


@dataclass(frozen=True)
class Source(UnderLaw):
    """Where a keyed value comes from.

    :param bool by_author: entered by the one whose act it is
    :param bool proved: a scan is attached or the place of the paper is named
    """

    name: str
    online: bool
    by_author: bool
    proved: bool
    law: Law = UNREGULATED


def check_conforming(papers):
    """D1a at acceptance: every expected paper was found to conform."""
    for paper in papers:
        if paper.state != "conforming":
            yield from paper.find(
                "D1a",
                _lt("This paper has not been found to conform."),
                _lt("Check it; mark it as conforming or ask for its completion."),
            )


def check_provided(empty):
    """D1b: what is marked as provided is a file, or is kept somewhere.

    :param empty: :class:`Paper` that is neither
    """
    yield from empty.find(
        "D1b",
        _lt("There is neither a file nor a place where the paper is kept."),
        _lt("Attach the file, or note where the signed paper is kept."),
    )


def check_source(source):
    """S1, S2: every value keyed for somebody else names the signed paper behind it."""
    if source.online and not source.by_author:
        yield from source.find(
            "S1",
            _lt("Entered for somebody else, but the source is “entered on line”."),
            _lt("Choose the source: paper, Zalo, e-mail, Excel or document system."),
        )
    if not source.online and not source.proved:
        yield from source.find(
            "S2",
            _lt("The signed paper behind it is not recorded."),
            _lt("Attach the signed scan, or note where the paper copy is kept."),
        )
