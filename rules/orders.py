"""A rating done again: the office reports, the authority orders.

Article: the letter, point 6 (“báo cáo Thường trực HĐND chỉ đạo đánh giá, xếp loại lại
đối với tập thể, cá nhân kiểm điểm chưa đạt yêu cầu, không đúng quy định”).
"""

import datetime
from dataclasses import dataclass

from .law import UNREGULATED, Law, UnderLaw
from .texts import _lt


@dataclass(frozen=True)
class Order(UnderLaw):
    """``others`` names open orders on the same ratings."""

    name: str
    subjects: tuple[str, ...] = ()
    report: str = ""
    report_date: datetime.date | None = None
    number: str = ""
    date: datetime.date | None = None
    signer: str = ""
    due: datetime.date | None = None
    dossier_accepted: bool = True
    others: tuple[str, ...] = ()
    on_self: bool = False
    law: Law = UNREGULATED


def check_report(order, today):
    """What the office's report to the authority lacks."""
    if not order.subjects:
        yield from order.find(
            "W3",
            _lt("The report names no rating."),
            _lt("Name the collective or the people to be rated again."),
        )
    if not order.report.strip():
        yield from order.find(
            "D14",
            _lt("The report does not say what is wrong."),
            _lt("Write what does not meet the requirements, or the regulations."),
        )
    if not order.dossier_accepted:
        yield from order.find(
            "D14",
            _lt("The dossier has not been accepted."),
            _lt("While it is being checked, ask the unit for completion instead."),
        )
    if order.others:
        yield from order.find(
            "D14",
            _lt("Ordered or reported already: %(others)s."),
            _lt("Leave them out, or wait for that order to be carried out."),
            others="; ".join(order.others),
        )
    if order.report_date and order.report_date > today:
        yield from order.find(
            "W2", _lt("The report is dated in the future."), _lt("Correct it.")
        )


def check_order(order, today):
    """What the order itself lacks; recorded from the signed paper."""
    missing = [
        label
        for label, value in (
            (_lt("number"), order.number),
            (_lt("date"), order.date),
            (_lt("signer"), order.signer),
            (_lt("day by which it is done"), order.due),
        )
        if not value
    ]
    if missing:
        yield from order.find(
            "D14",
            _lt("The order lacks: %(missing)s."),
            _lt("Enter it from the signed order."),
            missing=", ".join(missing),
        )
    if order.date and order.date > today:
        yield from order.find(
            "W2", _lt("The order is dated in the future."), _lt("Correct it.")
        )
    if order.date and order.report_date and order.date < order.report_date:
        yield from order.find(
            "D14",
            _lt("The order is dated before the office's report."),
            _lt("Correct the date: the authority orders upon the report."),
        )
    if order.date and order.due and order.due < order.date:
        yield from order.find(
            "D14",
            _lt("The last day lies before the order."),
            _lt("Correct the day by which it is done."),
        )
    if not order.dossier_accepted:
        yield from order.find(
            "D14",
            _lt("The dossier is not accepted any more."),
            _lt("Wait until its round is through."),
        )
    if order.on_self:
        yield from order.find(
            "C18",
            _lt("Nobody orders or refuses the re-evaluation of themselves."),
            _lt("Let somebody else sign and record the order."),
        )
