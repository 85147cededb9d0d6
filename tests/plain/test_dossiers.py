"""Completeness of a dossier and the source of what is keyed (D1, S1, S2)."""

import pytest
from cadre_review.rules.dossiers import Paper, Source, check_conforming, check_source
from cadre_review.rules.findings import blocking

STATES = ["missing", "provided", "conforming", "failed"]
PAPERS = [Paper(state, state) for state in STATES]


def test_papers_at_acceptance():
    findings = list(check_conforming(PAPERS))
    assert [f.record for f in findings] == ["missing", "provided", "failed"]
    assert blocking(findings) == findings


@pytest.mark.parametrize(
    "online, by_author, proved, rules",
    [
        (True, True, False, []),
        (True, True, True, []),
        (True, False, False, ["S1"]),
        (True, False, True, ["S1"]),
        (False, True, False, ["S2"]),
        (False, False, False, ["S2"]),
        (False, True, True, []),
        (False, False, True, []),
    ],
)
def test_source(online, by_author, proved, rules):
    findings = list(check_source(Source("Nhận xét", online, by_author, proved)))
    assert [finding.rule for finding in findings] == rules
    assert blocking(findings) == findings
