"""What a comment must contain before it is confirmed (C8, C14)."""

import pytest
from cadre_review.rules.findings import Severity
from cadre_review.rules.levels import LEVELS, NON_LEVELS
from cadre_review.rules.opinions import Line, Opinion, check
from hypothesis import given
from hypothesis import strategies as st

FULL = Line("Đạo đức, lối sống", "Gương mẫu", "Không có")
WEAK = Line("Kết quả", "", "")
PRAISE = Line("Tác phong", "Tốt", "")


@pytest.mark.parametrize(
    "opinion, rules",
    [
        (Opinion("", "good", [FULL]), []),
        (Opinion("", "good", []), []),
        (Opinion("", "", [FULL]), ["C8"]),
        (Opinion("", "pending", [FULL]), ["C8"]),
        (Opinion("", "", [FULL], level_expected=False), []),
        # a self-assessment names results, a comment shortcomings as well
        (Opinion("", "good", [FULL, PRAISE]), []),
        (Opinion("", "good", [FULL, PRAISE], needs_comment=True), ["C14"]),
        (Opinion("", "good", [FULL, WEAK]), ["C14"]),
        # the signed paper holds the text, but not the level keyed from it
        (Opinion("", "good", [WEAK], on_paper=True, needs_comment=True), []),
        (Opinion("", "", [WEAK], on_paper=True), ["C8"]),
        (Opinion("", "", [WEAK, PRAISE], needs_comment=True), ["C8", "C14"]),
    ],
)
def test_opinion(opinion, rules):
    findings = list(check(opinion))
    assert [finding.rule for finding in findings] == rules
    assert all(finding.severity is Severity.BLOCK for finding in findings)


texts = st.sampled_from(["", "Tốt"])
lines = st.lists(st.builds(Line, st.text("abc", min_size=1), texts, texts), max_size=8)


@given(lines, st.booleans())
def test_every_empty_criterion_is_named_at_once(lines, needs_comment):
    findings = list(check(Opinion("", "good", lines, needs_comment=needs_comment)))
    empty = [
        line.criterion
        for line in lines
        if not line.strengths or (needs_comment and not line.shortcomings)
    ]
    assert [f.values["criteria"] for f in findings] == (
        ["; ".join(empty)] if empty else []
    )


@given(st.sampled_from([*LEVELS, *NON_LEVELS, "", "best"]))
def test_only_the_four_levels_are_proposed(level):
    assert bool(list(check(Opinion("", level)))) == (level not in LEVELS)
