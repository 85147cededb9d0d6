"""What a rule has to say: one finding, with its article and its remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum


class Severity(Enum):
    BLOCK = "block"  # the move is refused
    WARN = "warn"  # passed only with a written reason
    INFO = "info"  # shown

    def harder_than(self, other):
        order = list(Severity)
        return order.index(self) < order.index(other)


@dataclass(frozen=True)
class Finding:
    """One thing a rule found.

    :param rule: code of the rule, e.g. ``C7``
    :param severity: how hard the rule stands
    :param record: name of the record concerned, as a person would say it
    :param message: English source with ``%(name)s`` placeholders from ``values``
    :param remedy: what to do about it, same placeholders
    :param article: the article the rule rests on, in Vietnamese, verbatim
    :param ref: ``(kind, id)`` of the record concerned, kind being ``rating``,
        ``unit`` (a unit's dossier) or ``group`` (a group of the caps board); empty
        where the caller knows the record anyway
    """

    rule: str
    severity: Severity
    record: str
    message: str
    remedy: str
    article: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    ref: tuple[str, int] | tuple[()] = ()


def softened(findings, hardest=Severity.WARN):
    """The findings, none harder than ``hardest``: for another authority's decision,
    which is a fact, and for what is only proposed."""
    return [
        replace(f, severity=hardest) if f.severity.harder_than(hardest) else f
        for f in findings
    ]


def by_severity(findings):
    """Hardest first; the order within a severity stays."""
    order = list(Severity)
    return sorted(findings, key=lambda f: order.index(f.severity))


def blocking(findings):
    """The findings that refuse the move, in the order given."""
    return [f for f in findings if f.severity is Severity.BLOCK]


def warnings(findings):
    """The findings that pass with a written reason, in the order given."""
    return [f for f in findings if f.severity is Severity.WARN]
