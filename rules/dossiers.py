"""Is a dossier complete? Kinds 1-7 of the letter, per unit and per person."""

from dataclasses import dataclass

from .findings import Finding, Severity, _

# states of a dossier in which the unit works on it
OPEN_TO_UNIT = ("preparing", "returned")
# and in which the office has what is to be judged
WITH_OFFICE = ("submitted", "received", "accepted")
# in which the unit has handed something in: while a further round is prepared, what
# it handed in before stays handed in
HANDED_IN = (*WITH_OFFICE, "returned")

_LETTER = "Công văn triển khai, điểm 4 (Hồ sơ gồm)"


@dataclass(frozen=True)
class Paper:
    """One expected paper; ``state`` is missing, provided, conforming or failed."""

    name: str
    state: str


@dataclass(frozen=True)
class Source:
    """Where a keyed value comes from.

    :param bool by_author: entered by the one whose act it is
    :param bool proved: a scan is attached or the place of the paper is named
    """

    name: str
    online: bool
    by_author: bool
    proved: bool


def check_conforming(papers):
    """D1 at acceptance: every expected paper was found to conform."""
    for paper in papers:
        if paper.state != "conforming":
            yield Finding(
                "D1",
                Severity.BLOCK,
                paper.name,
                _("This paper has not been found to conform."),
                _("Check it; mark it as conforming or ask for its completion."),
                _LETTER,
            )


def check_source(source):
    """Every value keyed for somebody else names the signed paper behind it."""
    if source.online and not source.by_author:
        yield Finding(
            "S1",
            Severity.BLOCK,
            source.name,
            _("Entered for somebody else, but the source is “entered on line”."),
            _("Choose the source: paper, Zalo, e-mail, Excel or document system."),
        )
    if not source.online and not source.proved:
        yield Finding(
            "S2",
            Severity.BLOCK,
            source.name,
            _("The signed paper behind it is not recorded."),
            _("Attach the signed scan, or note where the paper copy is kept."),
        )
