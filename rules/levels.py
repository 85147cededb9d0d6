"""The levels of quality and the outcomes that are no level.

Source: NĐ 90/2020/NĐ-CP Điều 4-15 (four levels) and Điều 2 khoản 3 (not rated).
Labels belong to the regulation; these keys are what is stored.
"""

LEVELS = ("excellent", "good", "completed", "failed")  # best first
NON_LEVELS = ("unrated", "pending", "elsewhere")
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
