"""The result in writing to whom it concerns, and its publication in the unit.

Article: NĐ 90/2020/NĐ-CP Điều 17 khoản 5: notice in writing, publication in the organ.
What the Party decides is published only where its own guidance says so.
"""

import datetime
from dataclasses import dataclass

from .law import UNREGULATED, Law, UnderLaw
from .texts import _lt


@dataclass(frozen=True)
class Notice(UnderLaw):
    name: str
    date: datetime.date
    decided: datetime.date | None = None
    law: Law = UNREGULATED


def check(notice, today):
    """C19, W2: a notice follows the decision, and is not dated ahead."""
    if notice.date > today:
        yield from notice.find(
            "W2", _lt("The notice is dated in the future."), _lt("Correct the date.")
        )
    if notice.decided and notice.date < notice.decided:
        yield from notice.find(
            "C19",
            _lt("The notice is dated before the decision of %(day)s."),
            _lt("Correct the date."),
            day=f"{notice.decided:%d/%m/%Y}",
        )


def check_publication(law, subject, is_notified):
    """C19b: nothing is published before the person has the notice."""
    if not is_notified:
        yield from law.find(
            "C19b",
            (),
            subject,
            _lt("The result is not published before it is notified."),
            _lt("Record the notice first."),
        )


def is_published(by_party, party_too):
    """Whether a result is published at all.

    :param bool by_party: the Party decided it
    :param bool party_too: the campaign says that those are published as well
    """
    return party_too or not by_party
