"""What is still missing, or does not add up, before a dossier can move on.

Article: NĐ 90/2020/NĐ-CP Điều 17 (khoản 1 to 3); the letter, point 4. That a stage has
spoken is no secret, what it said may be: :attr:`.subjects.Subject.spoken`.
"""

from . import meetings, opinions
from .eligibility import has_no_level
from .levels import is_level
from .stages import BY_CODE, COMMENTS
from .texts import _lt


def check(unit):
    """All rules on what one unit has still to bring."""
    yield from check_papers(unit)
    yield from check_minutes(unit)
    for subject in unit.subjects:
        yield from check_conclusion(subject, unit.gathering)
        yield from check_departure(subject, unit.gathering)
        yield from check_self(subject)
        yield from check_comments(subject)
        yield from check_drafts(subject)


def check_papers(unit):
    """D1: every expected paper is there, and none was found not to conform.

    Article: the letter, point 4 (Hồ sơ gồm).
    """
    for paper in unit.papers:
        if paper.state in ("missing", "failed"):
            yield from unit.law.find(
                "D1",
                unit.ref,
                paper.name,
                _lt("This paper is missing or was found not to conform."),
                _lt("Provide the file, or note where the signed paper is kept."),
            )


def check_minutes(unit):
    """C4, C5, C7: the minutes state what they must, the ballots add up, and the
    conference has adopted them.

    Article: NĐ 90/2020/NĐ-CP Điều 17 khoản 2; NĐ 30/2020/NĐ-CP Phụ lục III Mẫu 1.9.
    """
    if not unit.has_adopted:
        yield from unit.find(
            "C4",
            _lt("The minutes of the conference have not been adopted."),
            _lt("Record the conference and adopt its minutes."),
        )
    if not unit.gathering:
        return
    gathering, everybody = unit.gathering, unit.gathering.meeting.present
    counted = [
        *(
            (gathering.tallies[subject.id], gathering.voting)
            for subject in unit.subjects
            if subject.id in gathering.tallies
        ),
        *((tally, present or everybody) for tally, present in gathering.further),
    ]
    yield from meetings.check_meeting(gathering.meeting, unit.law, unit.ref)
    for tally, present in counted:
        yield from meetings.check_tally(tally, present, unit.law, unit.ref)


def check_conclusion(subject, gathering):
    """C4a: the conference concludes on everybody whom the law gives a level.

    Article: NĐ 90/2020/NĐ-CP Điều 17 khoản 2.
    """
    if not gathering or has_no_level(subject):
        return
    if not is_level(gathering.concluded.get(subject.id)):
        yield from subject.find(
            "C4a",
            _lt("The conference's conclusion is missing."),
            _lt("Enter the level the conference concluded."),
        )


def check_departure(subject, gathering):
    """C8a: a conclusion that is not what the ballots led to gives its reason.

    A custom, no rule of law: the ballots propose, the chair concludes.
    """
    concluded = gathering and gathering.concluded.get(subject.id)
    if not is_level(concluded):
        return
    leading = gathering.leading(subject.law, subject.id)
    if leading and leading != concluded and not gathering.departures.get(subject.id):
        yield from subject.find(
            "C8a",
            _lt("Concluded “%(concluded)s”, the ballots lead to “%(leading)s”."),
            _lt("Write why the chair concludes otherwise, or correct the level."),
            concluded=subject.law.label(concluded),
            leading=subject.law.label(leading),
        )


def check_self(subject):
    """C3: a person's self-assessment is confirmed before the conference adopts.

    Article: NĐ 90/2020/NĐ-CP Điều 17 khoản 1.
    """
    if subject.is_person and not subject.has_spoken("self"):
        yield from subject.find(
            "C3",
            _lt("The self-assessment has not been confirmed."),
            _lt("The person confirms it, or it is keyed from the signed paper."),
        )


def check_comments(subject):
    """C13: the comments of the unit and, on a person, of the party body are there.

    Article: NĐ 90/2020/NĐ-CP Điều 17 khoản 3.
    """
    missing = {
        "party": _lt("The party body's comment has not been confirmed."),
        "unit": _lt("The unit's comment has not been confirmed."),
    }
    for stage in COMMENTS:
        concerned = subject.is_person or BY_CODE[stage].on_collectives
        if concerned and not subject.has_spoken(stage):
            yield from subject.find(
                "C13",
                missing[stage],
                _lt("Write and confirm it, or key it from the signed paper."),
            )


def check_drafts(subject):
    """C8, C14: what an opinion begun still needs before it can be confirmed."""
    for view in subject.views:
        if view.confirmed or view.stage == "conference":
            continue
        draft = opinions.Opinion(
            name=view.name or subject.name,
            proposed_level=view.level,
            lines=[
                opinions.Line(text.criterion, text.strengths, text.shortcomings)
                for text in view.texts
            ],
            on_paper=view.on_paper,
            needs_comment=view.stage in COMMENTS,
            level_expected=not has_no_level(subject),
            law=subject.law,
            ref=subject.ref,
        )
        yield from opinions.check(draft)
