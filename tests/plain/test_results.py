"""Sessions, notices, objections, orders, plans (C5-C8, C18-C27, D10, D11, D14)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cadre_review.rules import notices, objections, orders, plans, sessions
from cadre_review.rules.findings import Severity, blocking, warnings
from cadre_review.rules.law import UNREGULATED
from cadre_review.rules.numbers import number_key, series_period

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
        ({"date": TOMORROW}, ["W2"]),
        ({"place": "", "chair": "", "secretary": ""}, ["C5"]),
        ({"present": 0}, ["C5"]),
        ({"lines": []}, ["W3"]),
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
        ({"outcome": ""}, ["W6"]),
        ({"outcome": "", "postponed": True}, ["C26"]),
        ({"outcome": "", "postponed": True, "reason": "Chờ xác minh"}, []),
        ({"outcome": "excellent"}, ["C26"]),
        ({"outcome": "excellent", "reason": "Thành tích nổi bật"}, []),
        ({"outcome": "unrated"}, ["A1a"]),
        ({"outcome": "unrated", "reason": "Công tác 4 tháng"}, []),
        ({"outcome": "unrated", "reason": "x", "is_onward": True}, ["C8"]),
        ({"state": "reviewed"}, ["C27"]),
        ({"dossier_accepted": False}, ["D7"]),
        ({"present": True}, ["C18"]),
        ({"present": True, "recused": True}, []),
        ({"votes": (5, 1, 0)}, ["C7a"]),
        ({"votes": (4, 1, 0)}, []),
        ({"conferred": TODAY + timedelta(days=1)}, ["C25"]),
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
    "day, decided, rules",
    [
        (TODAY, TODAY, []),
        (TODAY, None, []),
        (YESTERDAY, TODAY, ["C19"]),
        (TOMORROW, TODAY, ["W2"]),
        (TOMORROW, TOMORROW + timedelta(days=1), ["W2", "C19"]),
    ],
)
def test_notice_follows_the_decision(day, decided, rules):
    findings = list(notices.check(notices.Notice("N", day, decided), TODAY))
    assert rules_of(blocking(findings)) == rules


def test_publication():
    assert not list(notices.check_publication(UNREGULATED, "N", True))
    assert rules_of(notices.check_publication(UNREGULATED, "N", False)) == ["C19b"]
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
    "changes, rules",
    [
        ({}, []),
        ({"text": " "}, ["W4"]),
        ({"notified": None}, ["C20"]),
        ({"other": "05/12/2022"}, ["C20b"]),
        ({"date": None}, ["W1"]),
        ({"date": TOMORROW}, ["W2"]),
        ({"date": YESTERDAY - timedelta(days=1)}, ["C20"]),
        ({"window": 1}, []),
        ({"notified": TODAY - timedelta(days=10), "window": 9}, ["C20a"]),
        ({"notified": TODAY - timedelta(days=10), "window": 10}, []),
        (
            {"text": "", "notified": None, "other": "x", "date": TOMORROW},
            ["W4", "C20", "C20b", "W2"],
        ),
    ],
)
def test_filing(changes, rules):
    findings = list(objections.check_filing(replace(OBJECTION, **changes), TODAY))
    assert rules_of(blocking(findings)) == rules


@pytest.mark.parametrize(
    "changes, rules",
    [
        ({}, []),
        ({"answer": ""}, ["C20c"]),
        ({"answer_date": None}, ["C20c"]),
        ({"answer_signer": ""}, ["C20c"]),
        ({"answer_date": TOMORROW}, ["W2"]),
        ({"answer_date": YESTERDAY}, ["C20c"]),
        ({"answer_proved": False}, ["C20c"]),
        ({"on_self": True}, ["C18"]),
        (
            {"answer": "", "answer_date": None, "on_self": True},
            ["C20c", "C20c", "C18"],
        ),
    ],
)
def test_answer(changes, rules):
    answered = replace(
        OBJECTION,
        answer="Giữ nguyên",
        answer_date=TODAY,
        answer_signer="Người Ký",
        answer_proved=True,
    )
    findings = list(objections.check_answer(replace(answered, **changes), TODAY))
    assert rules_of(blocking(findings)) == rules


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
    "check, changes, rules",
    [
        (orders.check_report, {}, []),
        (orders.check_report, {"subjects": ()}, ["W3"]),
        (orders.check_report, {"report": ""}, ["D14"]),
        (orders.check_report, {"dossier_accepted": False}, ["D14"]),
        (orders.check_report, {"others": ("Lê Văn Ánh",)}, ["D14"]),
        (orders.check_report, {"report_date": TOMORROW}, ["W2"]),
        (orders.check_order, {}, []),
        (orders.check_order, {"number": "", "signer": "", "due": None}, ["D14"]),
        (orders.check_order, {"date": TOMORROW}, ["W2"]),
        (orders.check_order, {"date": YESTERDAY - timedelta(days=1)}, ["D14"]),
        (orders.check_order, {"due": YESTERDAY}, ["D14"]),
        (orders.check_order, {"dossier_accepted": False}, ["D14"]),
        (orders.check_order, {"on_self": True}, ["C18"]),
    ],
)
def test_order(check, changes, rules):
    findings = list(check(replace(ORDER, **changes), TODAY))
    assert rules_of(blocking(findings)) == rules


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
        ({}, []),
        ({"lines": []}, ["D10"]),
        ({"recorded": frozenset({7, 8})}, ["D10"]),
        ({"recorded": frozenset({7, 8}), "is_person": True}, []),
        ({"lines": [replace(PLAN_LINE, remedy="", due=None)]}, ["D10a"]),
        ({"lines": [replace(PLAN_LINE, monitor=(1, "Trần Thị Bình"))]}, ["D10c"]),
        ({"lines": [replace(PLAN_LINE, monitor=(0, ""))]}, ["D10a"]),
    ],
)
def test_adoption(changes, blocks):
    findings = list(plans.check_adoption(replace(PLAN, **changes)))
    assert rules_of(blocking(findings)) == blocks


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
