"""What the office's request for completion carries before it is issued.

Article: the letter, point 6 (yêu cầu bổ sung, hoàn thiện hồ sơ).
"""

import datetime
from dataclasses import dataclass

from .deadlines import in_words
from .law import UNREGULATED, Law, UnderLaw
from .texts import _lt


@dataclass(frozen=True)
class Request(UnderLaw):
    """``papers`` are the names of its papers, ``unsaid`` of those without a reason."""

    name: str
    papers: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    reason: str = ""
    due: datetime.date | None = None
    law: Law = UNREGULATED


def check(request, today):
    """D6, W3, W5: all that is missing at once."""
    if not request.papers and not request.reason.strip():
        yield from request.find(
            "W3",
            _lt("It names no paper and gives no reason."),
            _lt("Find papers not to conform, or write what is to be completed."),
        )
    for paper in request.unsaid:
        yield from request.find(
            "D6",
            _lt("%(paper)s: no reason is given."),
            _lt("Choose one from the list of reasons."),
            paper=paper,
        )
    if not request.due or request.due <= today:
        yield from request.find(
            "W5",
            _lt("The new last day is missing or not after today (%(today)s)."),
            _lt("Enter a later day."),
            today=in_words(today),
        )
