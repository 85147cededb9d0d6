"""Deadlines: the last day they leave, as printed, and their order (E1, E2, E4)."""

from datetime import date, timedelta

import pytest
from cadre_review.rules import deadlines
from cadre_review.rules.deadlines import ORDER, Deadline
from cadre_review.rules.findings import Severity
from cadre_review.rules.law import UNREGULATED
from hypothesis import given
from hypothesis import strategies as st

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
modes = st.sampled_from(["by", "before"])


@pytest.mark.parametrize(
    "day, mode, last, printed, in_words",
    [  # the letter 27/HĐND, DOMAIN section 8
        (
            date(2022, 11, 25),
            "by",
            date(2022, 11, 25),
            "chậm nhất ngày 25/11/2022",
            "25/11/2022 (Thứ Sáu)",
        ),
        (
            date(2022, 12, 1),
            "before",
            date(2022, 11, 30),
            "trước ngày 01/12/2022",
            "30/11/2022 (Thứ Tư)",
        ),
        (  # a Sunday is shown, never shifted
            date(2022, 12, 5),
            "before",
            date(2022, 12, 4),
            "trước ngày 05/12/2022",
            "04/12/2022 (Chủ nhật)",
        ),
    ],
)
def test_the_letter(day, mode, last, printed, in_words):
    assert deadlines.last_day(day, mode) == last
    assert deadlines.printed(day, mode) == printed
    assert deadlines.in_words(last) == in_words


@given(days, modes)
def test_last_day_is_kept_and_the_next_is_late(day, mode):
    last = deadlines.last_day(day, mode)
    assert (last == day) == (mode == "by")
    assert deadlines.days_late(last, last) == 0
    assert deadlines.days_late(last, last + timedelta(days=1)) == 1
    if mode == "before":
        assert deadlines.days_late(last, day) == 1


@given(days, st.integers(-400, 400))
def test_days_late_is_never_negative(last, shift):
    assert deadlines.days_late(last, last + timedelta(days=shift)) == max(shift, 0)


ordered = {
    "review": (date(2022, 11, 25), "by"),
    "dossier": (date(2022, 12, 1), "before"),
    "conclusion": (date(2022, 12, 5), "before"),
}


@pytest.mark.parametrize(
    "changed, expected",
    [
        ({}, []),
        # the same last day is in order: by the 30th and before the 1st
        ({"review": (date(2022, 11, 30), "by")}, []),
        ({"review": (date(2022, 12, 1), "by")}, [("dossier", "review")]),
        ({"dossier": (date(2022, 11, 25), "before")}, [("dossier", "review")]),
        ({"conclusion": (date(2022, 11, 1), "by")}, [("conclusion", "dossier")]),
        ({"remediation": (date(2022, 12, 31), "by")}, []),
        # what is not part of the order is not compared
        ({"other": (date(2021, 1, 1), "by")}, []),
        (
            {
                "review": (date(2022, 12, 24), "by"),
                "conclusion": (date(2022, 11, 1), "by"),
            },
            [("dossier", "review"), ("conclusion", "dossier")],
        ),
    ],
)
def test_order(changed, expected):
    campaign = [
        Deadline(kind, kind, day, mode)
        for kind, (day, mode) in {**ordered, **changed}.items()
    ]
    findings = list(deadlines.check_order("Đợt 2022", campaign, UNREGULATED))
    assert [(f.values["later"], f.values["earlier"]) for f in findings] == expected
    for finding in findings:
        assert finding.severity is Severity.BLOCK
        assert finding.record == "Đợt 2022"
        assert finding.message % finding.values
        assert finding.article


@given(
    st.lists(st.tuples(days, modes), min_size=4, max_size=4),
    st.permutations(range(4)),
)
def test_order_holds_exactly_when_the_last_days_rise(dates, places):
    campaign = [
        Deadline(kind, kind, day, mode)
        for kind, (day, mode) in zip(ORDER, dates, strict=True)
    ]
    last = [deadlines.last_day(day, mode) for day, mode in dates]
    shuffled = [campaign[place] for place in places]
    assert bool(list(deadlines.check_order("", shuffled, UNREGULATED))) == (
        last != sorted(last)
    )
