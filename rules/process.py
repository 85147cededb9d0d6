"""Order of the conference, attendance, times, former units, who may sign.

Article: HD 21-HD/BTCTW (2019), QĐ 366-QĐ/TW Điều 7, HD 43-HD/BTCTW; NĐ 90/2020/NĐ-CP
Điều 16 and 20; the letter, points 1 and 4. Customs (quorum) cite no article.
"""

from datetime import timedelta

from .deadlines import WEEKENDS, last_day
from .findings import Severity
from .names import fold
from .spans import typed
from .texts import _lt


def check(unit, calendar=WEEKENDS):
    """What the conference, the papers and the hand-in of one unit show."""
    if unit.gathering:
        yield from check_agenda(unit)
        yield from check_attendance(unit)
        yield from check_times(unit, calendar)
        yield from check_study(unit)
    yield from check_hand_in(unit)
    yield from check_sheets(unit)
    for person in unit.people:
        yield from check_transfers(person)
        yield from check_signers(person)


def check_agenda(unit):
    """C1, C2: the collective first, then the head, then deputies and members.

    Article: HD 21-HD/BTCTW (2019); QĐ 366-QĐ/TW Điều 7. One session may hold both:
    the order on its agenda decides. Without an agenda nothing is said.
    """
    places = unit.gathering.agenda
    collective = unit.collective
    own = collective and places.get(collective.id)
    heads = [places[p.id] for p in unit.people if p.is_head and p.id in places]
    for person in unit.people:
        place = places.get(person.id)
        if place is None:
            continue
        if own is not None and place < own:
            yield from person.find(
                "C1",
                _lt("stands on the agenda before the collective."),
                _lt("Review the collective first; correct the order of the agenda."),
            )
        if not person.is_head and heads and place < min(heads):
            yield from person.find(
                "C2",
                _lt("stands on the agenda before the head of the unit."),
                _lt("The head comes first, then deputies and members."),
            )


def check_attendance(unit):
    """C6: attendance under the share that custom or local rules expect."""
    meeting = unit.gathering.meeting
    quorum = unit.law.share("quorum")
    if (
        quorum
        and 0 < meeting.convened
        and (100 * meeting.present < quorum * meeting.convened)
    ):
        yield from unit.find(
            "C6",
            _lt("%(present)s of %(convened)s convened were present."),
            _lt("Note why the conference was held all the same."),
            Severity.WARN,
            present=meeting.present,
            convened=meeting.convened,
        )


def check_times(unit, calendar=WEEKENDS):
    """C11, C12, C22, C23: draft report in time, length, before the year-end meeting,
    by the last day of the review; planned or held.

    Article: HD 43-HD/BTCTW (three working days, one day); the letter, points 1 and 4.
    """
    meeting = unit.gathering.meeting
    start, end = meeting.start, meeting.end
    day = start.date() if start else meeting.planned
    if day:
        yield from check_day(unit, day)
    if not start:
        return
    wanted, sent = unit.law.setting("draft_days"), unit.gathering.draft_sent
    if wanted and (not sent or working_days(sent, start.date(), calendar) < wanted):
        yield from unit.find(
            "C11",
            _lt("The draft report went out less than %(days)s working days before."),
            _lt("Record the day it was sent, or why it was later."),
            Severity.WARN,
            days=f"{wanted:g}",
        )
    days = unit.law.setting("review_days")
    if days and end and (end.date() - start.date()).days + 1 < days:
        yield from unit.find(
            "C12",
            _lt("The review took less than the %(days)s days planned for it."),
            _lt("For the record only."),
            Severity.INFO,
            days=f"{days:g}",
        )


def check_day(unit, day):
    """C22, C23: the day of the review, planned or held, against those it must keep."""
    if unit.year_end and day > unit.year_end:
        yield from unit.find(
            "C22",
            _lt(
                "The review of %(day)s comes after the year-end meeting of %(meeting)s."
            ),
            _lt("Note why; the review belongs before the year-end meeting."),
            day=f"{day:%d/%m/%Y}",
            meeting=f"{unit.year_end:%d/%m/%Y}",
        )
    if unit.review_due and day > unit.review_due:
        yield from unit.find(
            "C23",
            _lt("The review of %(day)s comes after its last day, %(due)s."),
            _lt("Hold it by the last day, or note why it is later."),
            day=f"{day:%d/%m/%Y}",
            due=f"{unit.review_due:%d/%m/%Y}",
        )


def check_study(unit):
    """L5: the unit has studied what the campaign rests on before it reviews itself.

    Article: the letter, point 1.
    """
    if not unit.gathering.meeting.studied:
        yield from unit.find(
            "L5",
            _lt("Nobody has confirmed that the campaign's documents were studied."),
            _lt("Record the day and the manner on the conference."),
            Severity.WARN,
        )


def working_days(first, last, calendar=WEEKENDS):
    """Whole working days between the day of sending and the day of the meeting."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days))
    return sum(not calendar.rest(day) for day in days)


def check_hand_in(unit):
    """D2, D5: the number of sets, and a hand-in after the last day."""
    if unit.sets_received and unit.sets_received != unit.sets_expected:
        yield from unit.find(
            "D2",
            _lt("%(received)s sets received, %(expected)s ordered."),
            _lt("Ask for the missing set, or note why the number differs."),
            received=unit.sets_received,
            expected=unit.sets_expected,
        )
    if unit.days_late:
        yield from unit.find(
            "D5",
            _lt("%(days)s days late."),
            _lt("Note the reason; a late dossier is still taken in."),
            days=unit.days_late,
        )


def check_sheets(unit):
    """D3: a paper that carries a number has number, date and signer.

    Article: NĐ 30/2020/NĐ-CP Điều 8.
    """
    for sheet in unit.sheets:
        if sheet.has_number and not (sheet.number and sheet.dated and sheet.signer):
            yield from unit.find(
                "D3",
                _lt("%(paper)s: number, date or signer is not recorded."),
                _lt("Fill them in from the signed paper."),
                paper=sheet.name,
            )


def check_transfers(person):
    """C16: six months or more at a former unit, its comment belongs to the file,
    unless that unit no longer exists.

    Article: NĐ 90/2020/NĐ-CP Điều 20.
    """
    least = typed(person.law.setting("min_months") or 6)
    for transfer in person.service.transfers:
        if (
            transfer.span >= least
            and transfer.comment != "received"
            and not transfer.dissolved
        ):
            yield from person.find(
                "C16",
                _lt("The comment of %(unit)s is asked for, not received.")
                if transfer.comment == "asked"
                else _lt("The comment of %(unit)s (%(span)s there) is missing."),
                _lt("Ask the former unit for it and record the request."),
                unit=transfer.unit,
                span=transfer.span,
            )


def check_signers(person):
    """C18: nobody signs a comment, an appraisal or a proposal on themselves."""
    own = fold(person.plain_name)
    for view in person.confirmed:
        if view.stage != "self" and own and fold(view.signer) == own:
            yield from person.find(
                "C18",
                _lt("signed the comment on themselves."),
                _lt("Let another member of the body sign it."),
            )
            return


def check_last_days(campaign, law, deadlines, calendar=WEEKENDS):
    """E3: a last day on a weekend or a holiday is shown with its neighbours, and
    never shifted silently."""
    for deadline in deadlines:
        day = last_day(deadline.date, deadline.mode)
        if not calendar.rest(day):
            continue
        yield from law.find(
            "E3",
            (),
            campaign,
            _lt(
                "“%(label)s” ends on %(day)s, no working day; the nearest are "
                "%(before)s and %(after)s."
            ),
            _lt("Nothing is shifted; tell the units which day is meant."),
            {
                "label": deadline.label,
                "day": f"{day:%d/%m/%Y}",
                "before": f"{calendar.nearest(day, -1):%d/%m/%Y}",
                "after": f"{calendar.nearest(day, 1):%d/%m/%Y}",
            },
        )
