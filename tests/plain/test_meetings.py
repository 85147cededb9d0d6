"""The conference and the arithmetic of its ballots (C5, C7, C8)."""

from dataclasses import replace
from datetime import datetime

import pytest
from cadre_review.rules.findings import Severity
from cadre_review.rules.law import UNREGULATED
from cadre_review.rules.levels import LEVELS
from cadre_review.rules.meetings import (
    Meeting,
    Tally,
    check_meeting,
    check_tally,
    leading_level,
)
from hypothesis import given
from hypothesis import strategies as st

MEETING = Meeting(
    name="Hội nghị",
    start=datetime(2022, 11, 18, 8),
    end=datetime(2022, 11, 18, 11),
    place="Hội trường",
    chair="Lê Văn Ánh",
    secretary="Ngô Thị Thư",
    convened=10,
    present=9,
    absent=1,
    absence_reasons="Đỗ Văn Vắng: nghỉ ốm",
)


@pytest.mark.parametrize(
    "changes, found",
    [
        ({}, 0),
        ({"present": 10, "absent": 0, "absence_reasons": ""}, 0),
        ({"start": None}, 1),
        ({"end": None}, 1),
        ({"end": MEETING.start}, 1),
        ({"end": datetime(2022, 11, 18, 7)}, 1),
        ({"place": ""}, 1),
        ({"chair": ""}, 1),
        ({"secretary": ""}, 1),
        # the same person, however the name is typed
        ({"secretary": " lê  văn a\u0301nh"}, 1),
        ({"convened": 11}, 1),
        ({"convened": 0, "present": -1, "absent": 1}, 1),
        ({"absence_reasons": ""}, 1),
        ({"convened": 1, "present": 0, "absent": 1}, 1),
        # everything at once
        (
            {
                "start": None,
                "place": "",
                "chair": "",
                "convened": 5,
                "absence_reasons": "",
            },
            5,
        ),
    ],
)
def test_meeting(changes, found):
    findings = list(check_meeting(replace(MEETING, **changes), UNREGULATED))
    assert len(findings) == found
    for finding in findings:
        assert finding.severity is Severity.BLOCK
        assert (finding.rule, finding.record) == ("C5", "Hội nghị")
        assert finding.message % finding.values


def tally(issued=9, collected=9, valid=8, invalid=1, **votes):
    return Tally("Lê Văn Ánh", issued, collected, valid, invalid, votes)


@pytest.mark.parametrize(
    "ballots, found",
    [
        (tally(excellent=2, good=6), 0),
        (tally(issued=8, collected=8, valid=8, invalid=0, good=8), 0),
        (tally(0, 0, 0, 0), 0),
        (tally(issued=10, good=8), 1),  # more than present
        (tally(collected=10, valid=9, good=9), 1),  # more than issued
        (tally(invalid=0, good=8), 1),  # valid + invalid ≠ collected
        (tally(good=7), 1),  # votes ≠ valid
        (tally(good=9), 1),
        (tally(invalid=-1, good=8), 1),  # negative: nothing else is said
        (tally(good=9, failed=-1), 1),
        (tally(issued=12, collected=13, valid=8, invalid=1, good=7), 4),
    ],
)
def test_tally(ballots, found):
    findings = list(check_tally(ballots, 9, UNREGULATED))
    assert len(findings) == found
    for finding in findings:
        assert finding.severity is Severity.BLOCK
        assert (finding.rule, finding.record) == ("C7", "Lê Văn Ánh")
        assert finding.message % finding.values


counts = st.integers(0, 60)
votes = st.fixed_dictionaries({level: counts for level in LEVELS})


@given(votes, counts, counts, counts)
def test_honest_tally_passes(votes, invalid, kept, without_ballot):
    """Whatever is counted from real ballots is accepted."""
    valid = sum(votes.values())
    collected = valid + invalid
    issued = collected + kept
    ballots = Tally("", issued, collected, valid, invalid, votes)
    assert not list(check_tally(ballots, issued + without_ballot, UNREGULATED))


@given(votes, st.sampled_from(["issued", "collected", "valid", "invalid"]))
def test_one_wrong_figure_is_found(votes, figure):
    valid = sum(votes.values())
    ballots = Tally("", valid, valid, valid, 0, votes)
    wrong = replace(ballots, **{figure: getattr(ballots, figure) + 1})
    assert list(check_tally(wrong, valid, UNREGULATED))


@pytest.mark.parametrize(
    "votes, base, level",
    [
        ({"excellent": 5, "good": 3}, 8, "excellent"),
        ({"excellent": 4, "good": 4}, 8, "good"),  # half is not more than half
        ({"excellent": 3, "good": 3, "completed": 2}, 8, "good"),
        ({"completed": 5, "failed": 3}, 8, "completed"),
        ({"failed": 8}, 8, "failed"),
        ({"good": 4}, 9, None),  # of those convened, too few voted
        ({}, 0, None),
        ({"good": 3}, 0, None),
    ],
)
def test_leading_level(votes, base, level):
    assert leading_level(votes, base) == level


@given(votes)
def test_leading_level_of_all_valid_ballots(votes):
    """With ballots there is always a leading level, and it got there by votes."""
    valid = sum(votes.values())
    level = leading_level(votes, valid)
    if not valid:
        assert level is None
        return
    best = LEVELS[: LEVELS.index(level) + 1]
    assert 2 * sum(votes[one] for one in best) > valid
    assert 2 * sum(votes[one] for one in best[:-1]) <= valid


@given(votes, st.integers(0, 3), st.integers(0, 3))
def test_a_better_vote_never_lowers_the_level(votes, one, other):
    better, worse = sorted((one, other))
    valid = sum(votes.values())
    if not votes[LEVELS[worse]]:
        return
    moved = dict(votes)
    moved[LEVELS[worse]] -= 1
    moved[LEVELS[better]] += 1
    before, after = leading_level(votes, valid), leading_level(moved, valid)
    assert LEVELS.index(after) <= LEVELS.index(before)
