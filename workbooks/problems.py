"""What is wrong with a file or with one of its cells, for people to read."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """Why a value is refused, and what to do about it.

    :param message: English source with ``%(name)s`` placeholders from ``values``
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self):
        return self.message % self.values if self.values else self.message


@dataclass(frozen=True)
class BadCell:
    """A cell that cannot be taken over, as the user finds it in the file.

    :param int row: as the spreadsheet program numbers it, from 1
    :param str column: letters of the column; empty where the whole row is meant
    :param str value: what stands there
    """

    sheet: str
    row: int
    column: str
    value: str
    problem: Problem


class Unreadable(Exception):
    """The file as a whole cannot be read; carries its :class:`Problem`."""

    def __init__(self, message, **values):
        self.problem = Problem(message, values)
        super().__init__(str(self.problem))
