"""Asset declarations and CV supplements: they go to other organs, which give a receipt.

Article: Luật Phòng, chống tham nhũng 2018 Điều 37; the letter, point 4 (Lưu ý).
"""

import datetime
from dataclasses import dataclass

from .law import UNREGULATED, Law, UnderLaw
from .texts import _lt


@dataclass(frozen=True)
class Receipt(UnderLaw):
    name: str
    date: datetime.date | None = None
    receiver: str = ""
    law: Law = UNREGULATED
    ref: tuple[str, int] | tuple[()] = ()


def check(receipt, today):
    """D8a, W2: what is confirmed names the day and who took the paper in."""
    if not (receipt.date and receipt.receiver):
        yield from receipt.find(
            "D8a",
            _lt("The day or the receiving organ is not entered."),
            _lt("Enter them from the receipt that was given."),
        )
    if receipt.date and receipt.date > today:
        yield from receipt.find(
            "W2",
            _lt("The day is still to come."),
            _lt("Enter them from the receipt that was given."),
        )


def check_expected(receipt):
    """D8: at the hand-in a receipt that is still awaited."""
    yield from receipt.find(
        "D8",
        _lt("Its receipt is not confirmed."),
        _lt("Note the receipt, or pass this with the reason."),
    )
