"""What the lines of the register say against each other, and against the conference.

Marks for the officer who checks: whether a paper conforms is for a person to say.
Article: the letter, point 6 (kiểm điểm chưa đạt yêu cầu, không đúng quy định).
"""

from .names import fold
from .texts import _lt

# roles of kinds of paper
MINUTES = "minutes"
COMMENTS = ("unit_comment", "party_comment")


def check(unit):
    """All contradictions the register of one unit shows."""
    for entry in unit.register:
        yield from check_minutes(unit, entry)
        yield from check_dates(unit, entry)
        yield from check_signer(unit, entry)
        yield from check_files(unit, entry)
    yield from check_twins(unit)


def check_minutes(unit, entry):
    """H1: the minutes in the register are those that the conference recorded.

    Article: NĐ 90/2020/NĐ-CP Điều 17 khoản 2.
    """
    minutes = unit.gathering and unit.gathering.minutes
    if entry.role != MINUTES or not minutes:
        return
    number, day = minutes
    if (number and entry.number and fold(number) != fold(entry.number)) or (
        day and entry.dated and day != entry.dated
    ):
        yield from _find(
            unit,
            "H1",
            entry,
            _lt(
                "Number or date differs from the minutes recorded: %(number)s, %(day)s."
            ),
            _lt("Compare it with the signed minutes."),
            number=number or "…",
            day=f"{day:%d/%m/%Y}" if day else "…",
        )


def check_dates(unit, entry):
    """H2, H3: dated before the conference it reports, or after it was handed in."""
    if not entry.dated:
        return
    meeting = unit.gathering and unit.gathering.meeting.start
    if meeting and entry.after_conference and entry.dated < meeting.date():
        yield from _find(
            unit,
            "H2",
            entry,
            _lt("Dated %(day)s, before the conference of %(meeting)s."),
            _lt("Compare the date with the signed paper."),
            day=f"{entry.dated:%d/%m/%Y}",
            meeting=f"{meeting:%d/%m/%Y}",
        )
    if unit.latest_day and entry.dated > unit.latest_day:
        yield from _find(
            unit,
            "H3",
            entry,
            _lt("Dated %(day)s, after the hand-in of %(latest)s."),
            _lt("Compare the date with the signed paper."),
            day=f"{entry.dated:%d/%m/%Y}",
            latest=f"{unit.latest_day:%d/%m/%Y}",
        )


def check_signer(unit, entry):
    """H5: nobody signs the comment on themselves.

    Article: NĐ 90/2020/NĐ-CP Điều 16.
    """
    if entry.role in COMMENTS and entry.person and entry.signer:
        if fold(entry.signer) == fold(entry.person):
            yield from _find(
                unit,
                "H5",
                entry,
                _lt("Signed by %(signer)s, whom it is about."),
                _lt("Let another member of the body sign it."),
                signer=entry.signer,
            )


def check_files(unit, entry):
    """H6: the file is not what the line says."""
    for file in entry.files:
        if file.is_misnamed:
            yield from _find(
                unit,
                "H6",
                entry,
                _lt("“%(file)s” is a %(kind)s file: the name says otherwise."),
                _lt("Open it and see that it is the paper meant."),
                file=file.name,
                kind=file.kind.upper(),
            )
        signers = [fold(line.partition(",")[0]) for line in file.signers]
        if entry.signer and signers and not _among(entry.signer, signers):
            yield from _find(
                unit,
                "H6",
                entry,
                _lt("Signed digitally by %(signers)s, the line says %(signer)s."),
                _lt("Compare signer and capacity with the paper."),
                signers="; ".join(file.signers),
                signer=entry.signer,
            )


def check_twins(unit):
    """H4: one number and date, or one file, on lines of different kinds. One paper
    may comment on several people."""
    for key, what in (
        (lambda e: e.number and e.dated and (fold(e.number), e.dated), "number"),
        (lambda e: e.files and frozenset(f.sha256 for f in e.files), "file"),
    ):
        groups = {}
        for entry in unit.register:
            if value := key(entry):
                groups.setdefault(value, []).append(entry)
        for entries in groups.values():
            first = entries[0]
            for entry in entries[1:]:
                if entry.kind != first.kind:
                    yield from _find(
                        unit,
                        "H4",
                        entry,
                        _lt("The same number and date as “%(other)s”.")
                        if what == "number"
                        else _lt("The same file as “%(other)s”."),
                        _lt("See which of the two it is."),
                        other=first.name,
                    )


def _among(signer, signers):
    """A certificate may carry the name of the body, or a name among other words."""
    name = fold(signer)
    return any(name in other or other in name for other in signers if other)


def _find(unit, rule, entry, message, remedy, **values):
    return unit.law.find(rule, ("paper", entry.id), entry.name, message, remedy, values)
