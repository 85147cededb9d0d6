"""Sessions, notices, objections, orders, plans (C5-C8, C18-C21, D6, D10, D11)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules import notices, objections, orders, plans, sessions
from rules.findings import Severity, blocking, warnings
from rules.numbers import number_key, series_period

TODAY = date(2022, 12, 5)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def rules_of(findings):
    return [finding.rule for finding in findings]


# ----------------------------------------------------------------------
# NUMBERS
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("05-KL/TT", "5-kl/tt", True),
        (" 5 - KL / TT ", "005-KL/TT", True),
        ("15-KL/TT", "5-KL/TT", False),
        ("50-KL/TT", "5-KL/TT", False),
        ("5-QĐ/TU", "5-QĐ/TU", True),
    ],
)
def test_numbers_are_compared_as_a_register_does(one, other, same):
    assert (number_key(one) == number_key(other)) is same


def test_no_number_is_equal_to_none():
    assert number_key("") == number_key(None) == number_key("  ") == ""


@pytest.mark.parametrize(
    "reset, one, other, same",
    [
        ("year", date(2022, 12, 31), date(2023, 1, 1), False),
        ("year", date(2022, 1, 1), date(2022, 12, 31), True),
        ("term", date(2022, 12, 31), date(2023, 1, 1), True),
        ("term", date(2020, 6, 30), date(2022, 1, 1), False),
    ],
)
def test_series_begin_again(reset, one, other, same):
    term = date(2020, 7, 1)
    periods = [series_period(reset, day, term) for day in (one, other)]
    assert (periods[0] == periods[1]) is same
    assert series_period(reset, None, term) == ""


# ----------------------------------------------------------------------
# SESSION
# ----------------------------------------------------------------------

LINE = sessions.Line("Lê Văn Ánh", "good", appraised="good", voters=5)
SESSION = sessions.Session(
    name="Phiên họp",
    date=TODAY,
    place="Phòng họp",
    chair="Người Chủ Trì",
    secretary="Người Ghi",
    members=5,
    present=5,
    lines=[LINE],
)


def test_a_sound_session_finds_nothing():
    assert not list(sessions.check(SESSION, TODAY))


@pytest.mark.parametrize(
    "changes, rules",
    [
        ({"date": None}, ["C5"]),
        ({"date": TOMORROW}, ["C5"]),
        ({"place": "", "chair": "", "secretary": ""}, ["C5"]),
        ({"present": 0}, ["C5"]),
        ({"lines": []}, ["C18"]),
    ],
)
def test_what_minutes_must_state(changes, rules):
    findings = list(sessions.check(replace(SESSION, **changes), TODAY))
    assert rules_of(findings) == rules
    assert blocking(findings) == findings


def test_quorum_and_majority_are_custom():
    few = list(sessions.check(replace(SESSION, members=10), TODAY))
    assert [(f.severity, f.article) for f in few] == [(Severity.WARN, "thông lệ")]
    narrow = replace(SESSION, lines=[replace(LINE, votes=(2, 3, 0))])
    found = list(sessions.check(narrow, TODAY))
    assert [(f.severity, f.article) for f in found] == [(Severity.WARN, "thông lệ")]


@pytest.mark.parametrize(
    "changes, rules",
    [
        ({"outcome": ""}, ["C18"]),
        ({"outcome": "", "postponed": True}, ["C18"]),
        ({"outcome": "", "postponed": True, "reason": "Chờ xác minh"}, []),
        ({"outcome": "excellent"}, ["C18"]),
        ({"outcome": "excellent", "reason": "Thành tích nổi bật"}, []),
        ({"outcome": "unrated"}, ["A1"]),
        ({"outcome": "unrated", "reason": "Công tác 4 tháng"}, []),
        ({"outcome": "unrated", "reason": "x", "is_onward": True}, ["C8"]),
        ({"state": "reviewed"}, ["C18"]),
        ({"dossier_accepted": False}, ["D7"]),
        ({"present": True}, ["C18"]),
        ({"present": True, "recused": True}, []),
        ({"votes": (5, 1, 0)}, ["C7"]),
        ({"votes": (4, 1, 0)}, []),
        ({"conferred": TODAY + timedelta(days=1)}, ["C18"]),
    ],
)
def test_line_of_a_session(changes, rules):
    session = replace(SESSION, lines=[replace(LINE, **changes)])
    findings = list(sessions.check(session, TODAY))
    assert rules_of(findings) == rules
    assert blocking(findings) == findings


def test_party_comment_may_be_waived_by_the_session():
    line = replace(LINE, is_onward=True, has_party_comment=False)
    findings = list(sessions.check(replace(SESSION, lines=[line]), TODAY))
    assert rules_of(findings) == ["C13"]
    assert warnings(findings) == findings


def test_all_reasons_come_at_once():
    bad = replace(LINE, outcome="", present=True, votes=(9, 0, 0), state="draft")
    session = replace(SESSION, date=TOMORROW, place="", present=0, lines=[bad, bad])
    findings = list(sessions.check(session, TODAY))
    assert len(findings) == 3 + 2 * 4


# ----------------------------------------------------------------------
# NOTICE
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "day, decided, number",
    [
        (TODAY, TODAY, 0),
        (TODAY, None, 0),
        (YESTERDAY, TODAY, 1),
        (TOMORROW, TODAY, 1),
        (TOMORROW, TOMORROW + timedelta(days=1), 2),
    ],
)
def test_notice_follows_the_decision(day, decided, number):
    findings = list(notices.check(notices.Notice("N", day, decided), TODAY))
    assert rules_of(blocking(findings)) == ["C19"] * number


def test_publication():
    assert not list(notices.check_publication("N", True))
    assert rules_of(notices.check_publication("N", False)) == ["C19"]
    assert notices.is_published(by_party=False, party_too=False)
    assert not notices.is_published(by_party=True, party_too=False)
    assert notices.is_published(by_party=True, party_too=True)


# ----------------------------------------------------------------------
# OBJECTION
# ----------------------------------------------------------------------

OBJECTION = objections.Objection(
    "Kiến nghị", text="Đề nghị xem lại", date=TODAY, notified=YESTERDAY
)


@pytest.mark.parametrize(
    "changes, number",
    [
        ({}, 0),
        ({"text": " "}, 1),
        ({"notified": None}, 1),
        ({"other": "05/12/2022"}, 1),
        ({"date": None}, 1),
        ({"date": TOMORROW}, 1),
        ({"date": YESTERDAY - timedelta(days=1)}, 1),
        ({"window": 1}, 0),
        ({"notified": TODAY - timedelta(days=10), "window": 9}, 1),
        ({"notified": TODAY - timedelta(days=10), "window": 10}, 0),
        ({"text": "", "notified": None, "other": "x", "date": TOMORROW}, 4),
    ],
)
def test_filing(changes, number):
    findings = list(objections.check_filing(replace(OBJECTION, **changes), TODAY))
    assert rules_of(blocking(findings)) == ["C20"] * number


@pytest.mark.parametrize(
    "changes, number",
    [
        ({}, 0),
        ({"answer": ""}, 1),
        ({"answer_date": None}, 1),
        ({"answer_signer": ""}, 1),
        ({"answer_date": TOMORROW}, 1),
        ({"answer_date": YESTERDAY}, 1),
        ({"answer_proved": False}, 1),
        ({"on_self": True}, 1),
        ({"answer": "", "answer_date": None, "on_self": True}, 3),
    ],
)
def test_answer(changes, number):
    answered = replace(
        OBJECTION,
        answer="Giữ nguyên",
        answer_date=TODAY,
        answer_signer="Người Ký",
        answer_proved=True,
    )
    findings = list(objections.check_answer(replace(answered, **changes), TODAY))
    assert rules_of(blocking(findings)) == ["C20"] * number


# ----------------------------------------------------------------------
# ORDER
# ----------------------------------------------------------------------

ORDER = orders.Order(
    "Đánh giá lại",
    subjects=("Lê Văn Ánh",),
    report="Kiểm điểm chưa đạt yêu cầu",
    report_date=YESTERDAY,
    number="31/HĐND",
    date=TODAY,
    signer="Người Ký",
    due=TOMORROW,
)


@pytest.mark.parametrize(
    "check, changes, number",
    [
        (orders.check_report, {}, 0),
        (orders.check_report, {"subjects": ()}, 1),
        (orders.check_report, {"report": ""}, 1),
        (orders.check_report, {"dossier_accepted": False}, 1),
        (orders.check_report, {"others": ("Lê Văn Ánh",)}, 1),
        (orders.check_report, {"report_date": TOMORROW}, 1),
        (orders.check_order, {}, 0),
        (orders.check_order, {"number": "", "signer": "", "due": None}, 1),
        (orders.check_order, {"date": TOMORROW}, 1),
        (orders.check_order, {"date": YESTERDAY - timedelta(days=1)}, 1),
        (orders.check_order, {"due": YESTERDAY}, 1),
        (orders.check_order, {"dossier_accepted": False}, 1),
        (orders.check_order, {"on_self": True}, 1),
    ],
)
def test_order(check, changes, number):
    findings = list(check(replace(ORDER, **changes), TODAY))
    assert rules_of(blocking(findings)) == ["D6"] * number


# ----------------------------------------------------------------------
# PLAN
# ----------------------------------------------------------------------

PLAN_LINE = plans.Line(
    "Còn chậm",
    remedy="Họp hằng tháng",
    responsible=(1, "Trần Thị Bình"),
    monitor=(0, "Ban Pháp chế"),
    due=TOMORROW,
)
PLAN = plans.Plan(
    "Kế hoạch", lines=[PLAN_LINE], recorded=frozenset({7}), planned=frozenset({7})
)


@pytest.mark.parametrize(
    "responsible, monitor, same",
    [
        ((1, "Trần Thị Bình"), (1, "T. T. Bình"), True),
        ((1, "Trần Thị Bình"), (2, "Trần Thị Bình"), False),
        ((1, "Trần Thị Bình"), (0, "trần  thị bình"), True),
        ((0, "Đảng ủy"), (0, "Ban Pháp chế"), False),
        ((0, ""), (0, ""), False),
    ],
)
def test_nobody_watches_over_themselves(responsible, monitor, same):
    assert plans.same(responsible, monitor) is same


@pytest.mark.parametrize(
    "changes, blocks",
    [
        ({}, 0),
        ({"lines": []}, 1),
        ({"recorded": frozenset({7, 8})}, 1),
        ({"recorded": frozenset({7, 8}), "is_person": True}, 0),
        ({"lines": [replace(PLAN_LINE, remedy="", due=None)]}, 1),
        ({"lines": [replace(PLAN_LINE, monitor=(1, "Trần Thị Bình"))]}, 1),
        ({"lines": [replace(PLAN_LINE, monitor=(0, ""))]}, 1),
    ],
)
def test_adoption(changes, blocks):
    findings = list(plans.check_adoption(replace(PLAN, **changes)))
    assert rules_of(blocking(findings)) == ["D10"] * blocks


@pytest.mark.parametrize(
    "evidence, confirmed, refused",
    [(False, False, True), (True, False, False), (False, True, False)],
)
def test_remedied_rests_on_something(evidence, confirmed, refused):
    line = replace(PLAN_LINE, has_evidence=evidence, is_confirmed=confirmed)
    assert bool(blocking(plans.check_fixed(line))) is refused


@pytest.mark.parametrize(
    "level, concluded, required",
    [
        ("excellent", False, False),
        ("good", False, False),
        ("good", True, True),
        ("completed", False, True),
        ("failed", False, True),
        ("", False, False),
    ],
)
def test_who_needs_a_plan(level, concluded, required):
    assert plans.is_required(level, concluded) is required
