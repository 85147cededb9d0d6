"""A rule switched off is silent wherever it stands, also outside a unit's dossier."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cadre_review.rules import (
    deadlines,
    decisions,
    dossiers,
    notices,
    objections,
    opening,
    opinions,
    orders,
    plans,
    receipts,
    reports,
    requests,
    sessions,
)
from cadre_review.rules.catalogue import REGULATED, RULES
from cadre_review.rules.findings import Severity
from cadre_review.rules.law import UNREGULATED, Severed

TODAY = date(2022, 12, 5)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
BLOCK = replace(
    UNREGULATED, severities={rule: Severed(Severity.BLOCK) for rule in REGULATED}
)
OFF = replace(UNREGULATED, severities={rule: Severed(None) for rule in REGULATED})
KEPT = [
    deadlines.Deadline("review", "Kiểm điểm", TOMORROW, "by"),
    deadlines.Deadline("dossier", "Hồ sơ", TODAY, "by"),
]


def session(law):
    """Sessions in which everything is wrong that can be, as their lines allow."""
    lines = [
        sessions.Line("A", "", state="draft", dossier_accepted=False, present=True),
        sessions.Line("B", "", postponed=True),
        sessions.Line("C", "unrated", is_onward=True, has_party_comment=False),
        sessions.Line("D", "unrated", votes=(9, 0, 0), voters=5),
        sessions.Line("E", "good", "excellent", votes=(1, 3, 0), voters=5),
        sessions.Line("F", "good", conferred=TOMORROW),
    ]
    lines = [replace(line, law=law) for line in lines]
    few = sessions.Session("P", TODAY, "", "", "", 9, 1, lines, law)
    yield from sessions.check(few, TODAY)
    yield from sessions.check(replace(few, date=None, present=0), TODAY)
    yield from sessions.check_reopening(few, ["QĐ 1"])


def decision(law):
    lines = [
        decisions.Line("A", "", "X", "draft", dossier_accepted=False),
        decisions.Line("B", "unrated", "Y", "draft", on_self=True, conferred=TOMORROW),
        decisions.Line("C", "good", "Y", "decided", in_force=True, on_member=True),
        decisions.Line("D", "good", "Y", "decided", in_force=True, supersedes=True),
    ]
    lines = [replace(line, law=law) for line in lines]
    ours = decisions.Decision("QĐ", "Y", True, "", TODAY, "", lines, "tl", law=law)
    yield from decisions.check(replace(ours, concluded=TOMORROW), TODAY)
    yield from decisions.check(replace(ours, is_party=True, capacity="kt"), TODAY)


def result(law):
    yield from notices.check(notices.Notice("N", TODAY, TOMORROW, law), TODAY)
    yield from notices.check_publication(law, "N", False)
    late = objections.Objection(
        "K",
        date=TODAY,
        notified=TODAY - timedelta(days=9),
        window=2,
        other="K",
        law=law,
    )
    yield from objections.check_filing(late, TODAY)
    yield from objections.check_filing(replace(late, notified=TOMORROW), TODAY)
    yield from objections.check_answer(replace(late, on_self=True), TODAY)
    order = orders.Order("L", dossier_accepted=False, others=("A",), law=law)
    yield from orders.check_report(order, TODAY)
    yield from orders.check_order(order, TODAY)


def plan(law):
    line = plans.Line("H", responsible=(1, "A"), monitor=(1, "A"), law=law)
    yield from plans.check_adoption(plans.Plan("K", [line], frozenset({7}), law=law))
    yield from plans.check_end(plans.Plan("K", [line], law=law))
    yield from plans.check_fixed(line)
    yield from plans.check_missing(law, "A")


def dossier(law):
    paper = dossiers.Paper("P", "missing", law)
    yield from dossiers.check_conforming([paper])
    yield from dossiers.check_provided(paper)
    yield from requests.check(requests.Request("Y", ("P",), ("P",), law=law), TODAY)
    receipt = receipts.Receipt("R", law=law)
    yield from receipts.check(receipt, TODAY)
    yield from receipts.check_expected(receipt)
    opinion = opinions.Opinion("O", "", [opinions.Line("I", "", "")], law=law)
    yield from opinions.check(opinion)
    yield from opinions.check_party(opinion, is_final=True)
    yield from opinions.check_party(opinion, is_final=False)
    apart = replace(opinion, proposed_level="good")
    yield from opinions.check_difference(apart, "excellent", has_reason=False)
    yield from reports.check_draft(reports.Draft("B", empty=("I",), law=law), True)


def campaign(law):
    whole = opening.Campaign("Đ", law)
    unit = opening.Unit(1, "A", exists=False, has_authority=False, law=law)
    post = opening.Post(11, 101, "B", 1, is_main=False, has_authority=False, law=law)
    yield from opening.plan(whole, [unit], [post], {9: "C"}).findings
    yield from opening.plan(whole, [], [], {}).findings
    yield from deadlines.check_order("Đ", KEPT, law)


FOUND = {
    session: "C5 C6a C7a C8 C8b C13 C18 C21 C25 C26 C27 D7 A1a",
    decision: "A1a C18 C21 C24 C25 C27 D3a D3c D3d D7",
    result: "C18 C19 C19b C20 C20a C20b C20c D14",
    plan: "D10 D10a D10b D10c D11 D11a",
    dossier: "C8 C13 C13a C14 C26 D1a D1b D6 D8 D8a L7 L8",
    campaign: "C24 E4 F1 F2 F3 F4 F5",
}


@pytest.mark.parametrize("checks", FOUND, ids=lambda checks: checks.__name__)
def test_a_rule_switched_off_is_silent(checks):
    def regulated(law):
        return {f.rule for f in checks(law) if not RULES[f.rule].fixed}

    assert regulated(BLOCK) == set(FOUND[checks].split())
    assert not regulated(OFF)


@pytest.mark.parametrize("checks", FOUND, ids=lambda checks: checks.__name__)
def test_a_regulation_gives_its_article(checks):
    cited = {rule: Severed(Severity.INFO, "Điều riêng") for rule in REGULATED}
    for finding in checks(replace(UNREGULATED, severities=cited)):
        if not RULES[finding.rule].fixed:
            assert (finding.severity, finding.article) == (Severity.INFO, "Điều riêng")
