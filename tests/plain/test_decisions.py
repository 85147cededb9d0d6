"""Who decides what, and what a decision carries (A1a, C18, C21, C24-C27, D3, D7)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cadre_review.rules.decisions import Decision, Line, check
from cadre_review.rules.findings import blocking, warnings
from cadre_review.rules.levels import OUTCOMES
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2022, 12, 2)
LINE = Line("Lê Văn Ánh", "good", "Thường trực HĐND", "proposed")
DECISION = Decision(
    name="Kết luận 05",
    authority="Thường trực HĐND",
    is_own=True,
    number="05-KL/TT",
    date=TODAY,
    signer="Nguyễn Thị Ký",
    lines=[LINE],
)


def rules_of(findings):
    return [finding.rule for finding in findings]


@pytest.mark.parametrize(
    "changes, rules",
    [
        ({}, []),
        ({"number": ""}, ["D3a"]),
        ({"date": None}, ["W1"]),
        ({"date": TODAY + timedelta(days=1)}, ["W2"]),
        ({"signer": ""}, ["D3a"]),
        ({"lines": []}, ["W3"]),
        (
            {"number": "", "date": None, "signer": "", "lines": []},
            ["D3a", "W1", "D3a", "W3"],
        ),
    ],
)
def test_document(changes, rules):
    for is_own in (True, False):
        findings = list(check(replace(DECISION, is_own=is_own, **changes), TODAY))
        assert rules_of(findings) == rules
        assert blocking(findings) == findings


@pytest.mark.parametrize(
    "changes, rules",
    [
        ({}, []),
        ({"outcome": ""}, ["W6"]),
        ({"outcome": "unrated"}, ["A1a"]),
        ({"outcome": "unrated", "reason": "Công tác 4 tháng"}, []),
        ({"authority": "Ban Thường vụ"}, ["C24"]),
        ({"authority": ""}, ["C24"]),
        ({"state": "reviewed"}, ["C27"]),
        ({"state": "draft"}, ["C27"]),
        ({"dossier_accepted": False}, ["D7"]),
        ({"on_self": True}, ["C18"]),
        ({"person": "nguyễn  thị ký"}, ["C18"]),
        ({"person": "Lê Văn Ánh"}, []),
        ({"on_member": True}, ["C18"]),
        ({"conferred": TODAY + timedelta(days=1)}, ["C25"]),
        ({"conferred": TODAY}, []),
        ({"astray": True}, ["W3"]),
        # after an order the rating begins again, whatever is in force
        (
            {
                "state": "reviewed",
                "in_force": True,
                "supersedes": True,
                "reason": "Đánh giá lại",
            },
            ["C27"],
        ),
        ({"state": "decided", "in_force": True}, ["C21"]),
        ({"state": "decided", "in_force": True, "supersedes": True}, ["C21"]),
        (
            {
                "state": "notified",
                "in_force": True,
                "supersedes": True,
                "reason": "Kiến nghị được chấp nhận",
            },
            [],
        ),
        (
            {
                "outcome": "",
                "authority": "Ban Thường vụ",
                "state": "draft",
                "dossier_accepted": False,
            },
            ["W6", "C24", "C27", "D7"],
        ),
    ],
)
def test_line_of_our_own_authority(changes, rules):
    decision = replace(DECISION, lines=[replace(LINE, **changes)])
    findings = list(check(decision, TODAY))
    assert rules_of(findings) == rules
    assert blocking(findings) == findings


lines = st.builds(
    Line,
    name=st.just("Lê Văn Ánh"),
    outcome=st.sampled_from(OUTCOMES),
    authority=st.sampled_from(["Thường trực HĐND", "Ban Thường vụ", ""]),
    state=st.sampled_from(["draft", "reviewed", "proposed"]),
    dossier_accepted=st.booleans(),
    reason=st.sampled_from(["", "Công tác 4 tháng"]),
    person=st.sampled_from(["Lê Văn Ánh", "Nguyễn Thị Ký"]),
    on_self=st.booleans(),
)


@given(st.lists(lines, min_size=1, max_size=5))
def test_what_another_authority_decided_is_a_fact(lines):
    """It is recorded with the findings that would refuse our own decision."""
    own = list(check(replace(DECISION, lines=lines), TODAY))
    other = list(check(replace(DECISION, lines=lines, is_own=False), TODAY))
    assert not blocking(other)
    assert rules_of(warnings(other)) == rules_of(own)


@given(st.lists(lines, max_size=5), st.lists(lines, max_size=5))
def test_lines_are_judged_one_by_one(some, others):
    def found(lines):
        findings = check(replace(DECISION, lines=lines), TODAY)
        return [
            finding
            for finding in findings
            if finding.rule not in ("D3a", "W1", "W2", "W3")
        ]

    assert found([*some, *others]) == found(some) + found(others)


@pytest.mark.parametrize(
    "changes, severities",
    [
        ({"same_number": ["Kết luận 5"]}, ["block"]),
        ({"same_number": ["Kết luận 5"], "is_own": False}, ["warn"]),
        ({"concluded": TODAY + timedelta(days=1)}, ["block"]),
        ({"concluded": TODAY}, []),
        ({"capacity": "tl"}, ["warn"]),
        ({"capacity": "tm"}, []),
        ({"capacity": "kt", "is_own": False, "is_party": True}, ["info"]),
    ],
)
def test_number_capacity_and_session(changes, severities):
    decision = replace(DECISION, **changes)
    findings = [f for f in check(decision, TODAY) if f.record == DECISION.name]
    assert [finding.severity.value for finding in findings] == severities
