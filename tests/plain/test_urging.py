"""Urging: which step on which day, for whom; addresses; words."""

from datetime import date, timedelta

import pytest
from cadre_review.rules import deadlines, urging
from cadre_review.rules.deadlines import Calendar
from cadre_review.rules.urging import USUAL, Facts, OpenDeadline, Step, WorkingDays
from hypothesis import given
from hypothesis import strategies as st

LAST = date(2022, 11, 30)  # a Wednesday
EVERY_DAY = WorkingDays(Calendar())
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
holidays = st.dictionaries(days, st.just("Lễ"), max_size=12)
steps_before = st.integers(-60, 0)


def d(text):
    """“25/11” of 2022."""
    day, month = map(int, text.split("/"))
    return date(2022, month, day)


# ----------------------------------------------------------------------
# THE CALENDAR
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "day, why",
    [
        (date(2022, 11, 30), ""),
        (date(2022, 12, 4), "Chủ nhật"),
        (date(2022, 12, 3), "Thứ Bảy"),
        (date(2022, 9, 2), "Quốc khánh"),
        (date(2023, 1, 23), "Tết"),
        (date(2022, 11, 26), ""),  # worked in exchange
    ],
)
def test_days_of_rest(day, why):
    calendar = Calendar(
        {date(2023, 1, 23): "Tết"},
        {(9, 2): "Quốc khánh"},
        frozenset({date(2022, 11, 26)}),
    )
    assert calendar.rest(day) == why


def test_rest_note_of_the_letter():
    """DOMAIN section 8: before 05/12/2022 ends on a Sunday."""
    last = deadlines.last_day(date(2022, 12, 5), "before")
    assert deadlines.rest_note(last, Calendar()) == (
        "Hạn cuối rơi vào Chủ nhật; ngày làm việc gần nhất trước: "
        "02/12/2022 (Thứ Sáu), sau: 05/12/2022 (Thứ Hai)"
    )
    assert not deadlines.rest_note(LAST, Calendar())


@pytest.mark.parametrize(
    "policy, expected",
    [
        ("no_shift", date(2022, 12, 4)),
        ("shift_forward", date(2022, 12, 5)),
        ("shift_back", date(2022, 12, 2)),
    ],
)
def test_shift_policy(policy, expected):
    assert deadlines.shifted(date(2022, 12, 4), policy, Calendar()) == expected
    assert deadlines.shifted(LAST, policy, Calendar()) == LAST


@given(days, holidays, st.sampled_from(["shift_forward", "shift_back"]))
def test_shifted_is_the_nearest_working_day(day, rest, policy):
    calendar = Calendar(rest)
    moved = deadlines.shifted(day, policy, calendar)
    assert not calendar.rest(moved)
    assert (moved >= day) == (policy == "shift_forward" or moved == day)
    between = range(1, abs((moved - day).days))
    direction = 1 if moved > day else -1
    assert all(calendar.rest(day + timedelta(days=n * direction)) for n in between)


def test_calendar_without_a_working_day():
    """Somebody entered a year of holidays: the day stands, nothing hangs."""
    year = {date(2022, 1, 1) + timedelta(days=n): "Lễ" for n in range(800)}
    assert Calendar(year).nearest(date(2022, 6, 1), 1) == date(2022, 6, 1)


# ----------------------------------------------------------------------
# STEPS
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "step, falls",
    [
        (Step(1, "unit", days=-10), ["18/11"]),  # the 20th is a Sunday
        (Step(2, "unit", days=-5), ["25/11"]),
        (Step(3, "unit", days=-2), ["28/11"]),
        (Step(4, "unit", days=0), ["30/11"]),
        (Step(5, "unit", days=2, every=2), ["02/12", "06/12", "08/12", "12/12"]),
        (Step(6, "head", days=1, every=2), ["01/12", "05/12", "07/12", "09/12"]),
        (Step(7, "unit", days=3), ["05/12"]),
    ],
)
def test_occurrences(step, falls):
    found = [*EVERY_DAY.occurrences(step, LAST, d("12/12"))]
    assert found == [d(day) for day in falls]


@given(days, st.integers(-60, 60), st.integers(0, 5), holidays)
def test_occurrences_are_working_days_in_order(last, offset, every, rest):
    working = WorkingDays(Calendar(rest))
    step = Step(1, "unit", days=offset, every=every if offset > 0 else 0)
    found = [*working.occurrences(step, last, last + timedelta(days=90))]
    assert found == sorted(set(found))
    assert not any(working.calendar.rest(day) for day in found)
    if offset > 0:
        assert all(day > last for day in found)
    else:
        assert found and found[0] <= last + timedelta(days=offset)


@given(days, steps_before, st.integers(-30, 30), holidays)
def test_latest_is_the_last_occurrence(last, offset, shift, rest):
    working = WorkingDays(Calendar(rest))
    today = last + timedelta(days=shift)
    for step in (Step(1, "unit", days=offset), Step(2, "unit", days=2, every=2)):
        found = [*working.occurrences(step, last, today)]
        assert working.latest(step, last, today) == (found[-1] if found else None)


UNIT = [step for step in USUAL if step.audience == "unit"]


@pytest.mark.parametrize(
    "today, since, expected",
    [
        ("17/11", None, None),
        ("18/11", None, (-10, "18/11")),
        ("24/11", None, (-10, "18/11")),  # slept through, and not overtaken yet
        ("25/11", None, (-5, "25/11")),
        ("29/11", None, (-2, "28/11")),  # overtakes the two before it
        ("30/11", None, (0, "30/11")),
        ("02/12", None, (2, "02/12")),
        ("07/12", None, (2, "06/12")),
        # opened, asked for or extended in between
        ("25/11", "24/11", (-5, "25/11")),
        ("25/11", "25/11", None),
        ("27/11", "26/11", None),
    ],
)
def test_due(today, since, expected):
    found = urging.due(UNIT, LAST, d(today), EVERY_DAY, since and d(since))
    assert (found and (found.step.days, found.day)) == (
        expected and (expected[0], d(expected[1]))
    )


@given(days, st.lists(st.integers(0, 40), min_size=1, max_size=15), holidays)
def test_whenever_the_job_runs_nothing_falls_due_twice(last, runs, rest):
    """However it runs, an occurrence is asked for until it is noted, then never."""
    working, noted = WorkingDays(Calendar(rest)), set()
    for shift in sorted(runs):
        today = last + timedelta(days=shift - 20)
        found = urging.due(UNIT, last, today, working)
        if found and found not in noted:
            assert found.day <= today
            noted.add(found)
        again = urging.due(UNIT, last, today, working)
        assert again is None or again in noted


@given(days, holidays)
def test_daily_runs_miss_nothing(last, rest):
    """A job that runs every day carries out every day on which something falls due."""
    working = WorkingDays(Calendar(rest))
    start, end = last - timedelta(days=80), last + timedelta(days=20)
    expected = {
        day
        for step in UNIT
        for day in working.occurrences(step, last, end)
        if day >= start
    }
    found = set()
    for shift in range((end - start).days + 1):
        due = urging.due(UNIT, last, start + timedelta(days=shift), working)
        if due and due.day >= start:
            found.add(due.day)
    assert found == expected


@pytest.mark.parametrize(
    "step, kind, stops, expected",
    [
        (Step(1, "unit", days=-2), "dossier", True, True),
        (Step(1, "unit", days=-2), "conclusion", True, False),
        (Step(1, "office", days=-2), "dossier", True, False),
        (Step(1, "office", days=-2), "conclusion", True, True),
        (Step(1, "office", days=-2, kind="dossier"), "dossier", True, True),
        (Step(1, "unit", days=-2, kind="review"), "dossier", True, False),
        # nothing tells that it was kept: nobody is reproached
        (Step(1, "unit", days=0), "other", False, True),
        (Step(1, "unit", days=1), "other", False, False),
        (Step(1, "owner", weekday=0), "dossier", True, False),
    ],
)
def test_applies(step, kind, stops, expected):
    assert urging.applies(step, kind, stops) is expected


@pytest.mark.parametrize(
    "today, expected",
    [
        ("21/11", "21/11"),
        ("25/11", "21/11"),
        ("27/11", "21/11"),
        ("28/11", "28/11"),
    ],
)
def test_weekly(today, expected):
    assert EVERY_DAY.weekly(Step(1, "owner", weekday=0), d(today)) == d(expected)


def test_weekly_waits_for_a_working_day():
    working = WorkingDays(Calendar({d("28/11"): "Lễ"}))
    step = Step(1, "owner", weekday=0)
    assert working.weekly(step, d("28/11")) == d("21/11")
    assert working.weekly(step, d("29/11")) == d("29/11")


def test_plan_of_the_letter():
    """The preview says what the daily questions will find."""
    until = d("08/12")
    plan = urging.plan(
        USUAL, [("hs", "dossier", LAST, True)], until, EVERY_DAY, since=d("08/11")
    )
    unit = [day for day, _key, step in plan if step.audience == "unit"]
    assert unit == [
        *(d(day) for day in ("18/11", "25/11", "28/11", "30/11")),
        *(d(day) for day in ("02/12", "06/12", "08/12")),
    ]
    owner = [day for day, _key, step in plan if step.audience == "owner"]
    assert owner == [d(day) for day in ("14/11", "21/11", "28/11", "05/12")]
    assert not [step for _day, _key, step in plan if step.audience == "office"]


# ----------------------------------------------------------------------
# ADDRESSES
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, good, bad",
    [
        (None, [], []),
        ("  ", [], []),
        ("A@B.vn", ["a@b.vn"], []),
        ("a@b.vn; c@d.vn, a@b.vn", ["a@b.vn", "c@d.vn"], []),
        ("<a@b.vn>", ["a@b.vn"], []),
        ("a@b", [], ["a@b"]),
        ("a@@b.vn", [], ["a@@b.vn"]),
        ("a..b@c.vn", [], ["a..b@c.vn"]),
        (".a@c.vn", [], [".a@c.vn"]),
        ("ủy@ban.vn", [], ["ủy@ban.vn"]),
        ("a@b.vn\nBcc: x@y.vn", ["a@b.vn", "x@y.vn"], ["bcc:"]),
        ("chưa có", [], ["chưa", "có"]),
    ],
)
def test_addresses(text, good, bad):
    assert urging.addresses(text) == (good, bad)


@given(st.text(max_size=60))
def test_addresses_never_carry_a_header(text):
    good, _bad = urging.addresses(text)
    for address in good:
        assert address.count("@") == 1
        assert not set(address) & set("\r\n\t ,;<>")
        assert address.isascii()


@pytest.mark.parametrize(
    "reason, expected",
    [
        ("{'a@b.vn': (450, b'4.2.0 Greylisted')}", True),
        ("(421, b'too many connections')", True),
        ("{'a@b.vn': (550, b'5.1.1 No such user')}", False),
        ("", False),
        (None, False),
        ("port 14500", False),
    ],
)
def test_is_temporary(reason, expected):
    assert urging.is_temporary(reason) is expected


# ----------------------------------------------------------------------
# WORDS
# ----------------------------------------------------------------------

LABELS = [
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Thiếu biên bản, đề nghị hoàn thành trước ngày 05/12", False),
        ("đề nghị xem lại mức HOÀN THÀNH  TỐT", True),
        ("đồng chí A Hoàn thành xuất sắc nhiệm vụ", True),
        ("chưa rõ căn cứ xuất sắc", True),
        ("không hoàn thành đúng hạn", True),  # better one too many
        ("hoàn thành nhiệm vụ", True),
        ("", False),
        (None, False),
    ],
)
def test_mentions(text, expected):
    assert urging.mentions(text, LABELS) is expected


def test_words():
    facts = Facts(
        unit="Thường trực HĐND xã B",
        campaign="Đánh giá năm 2022",
        deadlines=[
            OpenDeadline("Kiểm điểm", "chậm nhất ngày 25/11/2022", d("25/11"), 3),
            OpenDeadline("Nộp hồ sơ", "", d("30/11"), 8),
        ],
        missing=[("Biên bản", []), ("Phiếu", ["Lê Văn Ánh", "Trần Thị Bình"])],
    )
    assert urging.headline([facts]) == "Kiểm điểm – còn 3 ngày (Thường trực HĐND xã B)"
    assert urging.headline([facts, facts]) == "Kiểm điểm – còn 3 ngày (2 đơn vị)"
    text = urging.spoken(facts)
    assert (
        "Kiểm điểm: chậm nhất ngày 25/11/2022, hạn cuối 25/11/2022 (Thứ Sáu): còn"
        in text
    )
    assert "Nộp hồ sơ: hạn cuối 30/11/2022 (Thứ Tư): còn 8 ngày." in text
    assert "+ Phiếu: Lê Văn Ánh, Trần Thị Bình" in text


@pytest.mark.parametrize(
    "days_left, words",
    [(2, "còn 2 ngày"), (0, "hôm nay là hạn cuối"), (-3, "quá hạn 3 ngày")],
)
def test_how_far(days_left, words):
    assert urging.how_far(days_left) == words


@pytest.mark.parametrize(
    "in_time, late, rate", [(0, 0, None), (17, 0, 100), (15, 2, 88), (0, 3, 0)]
)
def test_on_time_rate(in_time, late, rate):
    assert urging.on_time_rate(in_time, late) == rate
