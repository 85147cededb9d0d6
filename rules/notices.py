"""The result in writing to whom it concerns, and its publication in the unit.

Article: NĐ 90/2020/NĐ-CP Điều 17 khoản 5: notice in writing, publication in the organ.
What the Party decides is published only where its own guidance says so.
"""

import datetime
from dataclasses import dataclass

from .findings import Finding, Severity, _

ARTICLE = "NĐ 90/2020/NĐ-CP Điều 17 khoản 5"


@dataclass(frozen=True)
class Notice:
    name: str
    date: datetime.date
    decided: datetime.date | None = None


def check(notice, today):
    """C19: a notice follows the decision, and is not dated ahead."""

    def block(message, remedy, **values):
        return Finding(
            "C19", Severity.BLOCK, notice.name, message, remedy, ARTICLE, values
        )

    if notice.date > today:
        yield block(_("The notice is dated in the future."), _("Correct the date."))
    if notice.decided and notice.date < notice.decided:
        yield block(
            _("The notice is dated before the decision of %(day)s."),
            _("Correct the date."),
            day=f"{notice.decided:%d/%m/%Y}",
        )


def check_publication(name, is_notified):
    """C19: nothing is published before the person has the notice."""
    if not is_notified:
        yield Finding(
            "C19",
            Severity.BLOCK,
            name,
            _("The result is not published before it is notified."),
            _("Record the notice first."),
            ARTICLE,
        )


def is_published(by_party, party_too):
    """Whether a result is published at all.

    :param bool by_party: the Party decided it
    :param bool party_too: the campaign says that those are published as well
    """
    return party_too or not by_party
