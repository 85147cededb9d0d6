"""Contradictions of the register."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from cadre_review.rules import papers
from cadre_review.rules.meetings import Meeting
from cadre_review.rules.subjects import Entry, FileMark, Gathering, Unit
from laws import HD21

MEETING = Meeting(
    "Hội nghị", datetime(2022, 11, 18, 8), None, "Hội trường", "A", "B", 9, 9, 0
)
GATHERING = Gathering(MEETING, minutes=("05/BB-HĐND", date(2022, 11, 18)))
PAPER = Entry(
    1,
    "Báo cáo kết quả",
    "1",
    "06/BC-HĐND",
    date(2022, 11, 21),
    "Lê Văn Ánh",
    role="result",
    after_conference=True,
)
FILE = FileMark("a.pdf", "pdf", "aa")


def found(*entries):
    unit = Unit(
        id=1,
        name="A",
        law=HD21,
        gathering=GATHERING,
        register=entries,
        latest_day=date(2022, 11, 30),
    )
    return [finding.rule for finding in papers.check(unit)]


def test_nothing_to_say():
    minutes = Entry(
        2, "Biên bản", "2", "05/bb-hđnd", date(2022, 11, 18), "B", role="minutes"
    )
    comment = Entry(
        3,
        "Nhận xét",
        "5",
        "07/NX",
        date(2022, 11, 22),
        "Lê Văn Ánh",
        "Trần Thị Bình",
        "unit_comment",
        files=(FILE,),
    )
    twin = replace(comment, id=4, person="Võ Minh Đạt")
    assert found(PAPER, minutes, comment, twin) == []


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"role": "minutes"}, ["H1"]),
        ({"dated": date(2022, 11, 17)}, ["H2"]),
        ({"dated": date(2022, 11, 17), "after_conference": False}, []),
        ({"dated": date(2022, 12, 1)}, ["H3"]),
        ({"role": "unit_comment", "person": "LÊ VĂN ÁNH"}, ["H5"]),
        ({"files": (replace(FILE, is_misnamed=True),)}, ["H6"]),
        ({"files": (replace(FILE, signers=("Ai Khác, 21/11/2022",)),)}, ["H6"]),
        ({"files": (replace(FILE, signers=("Lê Văn Ánh, 21/11/2022",)),)}, []),
    ],
)
def test_each_contradiction(change, rules):
    assert found(replace(PAPER, **change)) == rules


def test_one_paper_on_two_lines():
    other = replace(PAPER, id=2, kind="3", number="06/bc-hđnd")
    assert found(PAPER, other) == ["H4"]
    other = replace(PAPER, id=2, kind="7", number="", files=(FILE,))
    assert found(replace(PAPER, files=(FILE,)), other) == ["H4"]
