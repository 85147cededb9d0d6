"""The collective's report and the points suggested (L4, L6-L8)."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from cadre_review.rules import process, reports
from cadre_review.rules.findings import Severity
from cadre_review.rules.law import Severed
from cadre_review.rules.meetings import Meeting
from cadre_review.rules.review import AT_HAND_IN, unit
from cadre_review.rules.subjects import Gathering, Report, Subject, Suggestion, Unit
from laws import HD21, QD366
from tables import cases, said, yes

MEETING = Meeting(
    name="Hội nghị",
    start=datetime(2022, 11, 18, 8),
    end=datetime(2022, 11, 18, 11),
    place="Hội trường",
    chair="A",
    secretary="B",
    convened=5,
    present=5,
    absent=0,
)
PERSON = Subject(7, "Người A", "official", HD21, 2022)
SUBJECTS = {"tập thể": 0, "cá nhân": 7, "cá nhân khác": 8}


def one(**values):
    return Unit(3, "Đơn vị", values.pop("law", HD21), **values)


def rows(column):
    found = [(t, row) for t, row in cases("bao-cao-tap-the") if column in row]
    return pytest.mark.parametrize(
        "row", [row for _t, row in found], ids=[title for title, _row in found]
    )


@rows("Hoàn chỉnh")
def test_completed_after_the_people(row):
    text = row["Hoàn chỉnh"]
    completed = None if text == "–" else datetime.strptime(text, "%d/%m/%Y %H:%M")
    found = reports.check_completed(
        one(
            report=Report(completed=completed) if yes(row["Báo cáo"]) else None,
            gathering=Gathering(MEETING) if yes(row["Hội nghị"]) else None,
        )
    )
    assert said(found) == row["Phát hiện"]


@rows("Đã giải trình")
def test_answers(row):
    suggestion = Suggestion(
        "Nội dung", SUBJECTS[row["Gợi ý cho"]], yes(row["Đã giải trình"])
    )
    found = list(
        reports.check_answers(one(subjects=(PERSON,), suggestions=(suggestion,)))
    )
    places = {("unit", 3): "đơn vị", ("rating", 7): "cá nhân"}
    assert "".join(places[finding.ref] for finding in found) in (
        row["Phát hiện tại"].replace("–", ""),
    )
    assert said(found) == ("L6 cảnh báo" if found else "–")


@pytest.mark.parametrize(
    "draft, completing, expected",
    [
        (reports.Draft("Báo cáo", level="good"), True, "–"),
        (reports.Draft("Báo cáo"), False, "–"),
        (reports.Draft("Báo cáo"), True, "L8 chặn"),
        (reports.Draft("Báo cáo", empty=("Trách nhiệm",)), False, "L7 cảnh báo"),
        (
            reports.Draft("Báo cáo", empty=("Trách nhiệm",)),
            True,
            "L7 cảnh báo, L8 chặn",
        ),
        # the words stand on the signed paper
        (reports.Draft("Báo cáo", True, ("Trách nhiệm",), "good"), True, "–"),
    ],
)
def test_draft(draft, completing, expected):
    assert said(reports.check_draft(draft, completing)) == expected


def test_empty_sections_are_named_together():
    [finding] = reports.check_draft(reports.Draft("B", empty=("I", "II")), False)
    assert finding.values == {"titles": "I; II"}


def test_both_stand_at_the_hand_in_and_a_regulation_may_switch_them_off():
    lacking = one(
        report=Report(), subjects=(PERSON,), suggestions=(Suggestion("Nội dung"),)
    )
    assert {"L4", "L6"} <= AT_HAND_IN
    assert {"L4", "L6"} <= {finding.rule for finding in unit(lacking)}
    off = dict.fromkeys(("L4", "L6"), Severed(None))
    quiet = replace(lacking, law=replace(HD21, severities=off))
    assert not {"L4", "L6"} & {finding.rule for finding in unit(quiet)}


def test_articles_of_the_form_of_2025():
    lacking = one(law=QD366, suggestions=(Suggestion("Nội dung"),))
    [finding] = reports.check_answers(lacking)
    assert finding.article == "HD 43-HD/BTCTW Mẫu 01 mục IV"
    assert finding.severity is Severity.WARN


def test_long_points_are_cut_for_the_list():
    [finding] = reports.check_answers(one(suggestions=(Suggestion("chữ " * 90),)))
    assert len(finding.values["text"]) <= 81


def test_draft_report_sent_in_time():
    """C11: three whole working days between the sending and the meeting."""
    strict = replace(
        HD21,
        settings={"draft_days": 3},
        severities={"C11": Severed(Severity.WARN)},
    )
    for sent, expected in (
        (date(2022, 11, 14), "–"),
        (date(2022, 11, 15), "C11 cảnh báo"),
        (None, "C11 cảnh báo"),
    ):
        gathered = one(law=strict, gathering=Gathering(MEETING, draft_sent=sent))
        assert said(process.check_times(gathered)) == expected
