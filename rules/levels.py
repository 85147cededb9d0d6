"""The levels of quality and the outcomes that are no level.

Source: NĐ 90/2020/NĐ-CP Điều 4-15 (four levels) and Điều 2 khoản 3 (not rated).
Labels on paper belong to the regulation; these codes are what is stored, and these
labels what screens show. What else a level is written as in lists and forms stands in
``workbooks/levels.py``.
"""

from typing import NamedTuple


class Level(NamedTuple):
    """A level, or an outcome that is none, as screens show it; ``short`` where the
    columns are narrow."""

    code: str
    label: str
    short: str = ""


# best first: the one list of them; fields, columns and counts follow
CATALOGUE = (
    Level("excellent", "Excellent completion of duties", "Excellent"),
    Level("good", "Good completion of duties", "Good"),
    Level("completed", "Completion of duties", "Completed"),
    Level("failed", "Failure to complete duties", "Not Completed"),
)
NO_LEVEL = (
    Level("unrated", "Not rated by law"),
    Level("pending", "Not rated yet"),
    Level("elsewhere", "Rated elsewhere"),
)
LEVELS = tuple(level.code for level in CATALOGUE)
NON_LEVELS = tuple(outcome.code for outcome in NO_LEVEL)
OUTCOMES = LEVELS + NON_LEVELS


def is_level(outcome):
    return outcome in LEVELS


def is_better(level, other):
    """Whether ``level`` is higher than ``other``; False unless both are levels."""
    return (
        is_level(level)
        and is_level(other)
        and LEVELS.index(level) < LEVELS.index(other)
    )
