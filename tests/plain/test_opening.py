"""What opening a campaign creates, and what stands in its way (F1-F5, A0, C24)."""

from dataclasses import replace

import pytest
from cadre_review.rules.findings import Severity, blocking
from cadre_review.rules.opening import (
    RATED_SCOPES,
    Campaign,
    Existing,
    Post,
    Unit,
    plan,
)
from hypothesis import given
from hypothesis import strategies as st

A, B = Unit(1, "Ban A"), Unit(2, "Xã B")
HEAD_A = Post(11, 101, "Lê Văn Ánh", 1, is_head=True)
DEPUTY_A = Post(12, 102, "Trần Thị Bình", 1)
HEAD_B = Post(21, 201, "Phạm Quốc Ân", 2, is_head=True)
ALL = [HEAD_A, DEPUTY_A, HEAD_B]
YEAR = Campaign("2022")


def found(opened):
    return [(f.rule, f.record, f.severity) for f in opened.findings]


def test_plain_opening():
    opened = plan(YEAR, [A, B], ALL, {})
    assert opened.units == (1, 2)
    assert opened.posts == tuple(ALL)
    assert not opened.findings
    assert opened.count_papers(4, 3) == 2 * 4 + 3 * 3


def test_one_rating_per_person_with_concurrent_posts():
    concurrent = replace(HEAD_B, id=13, unit_id=1, is_main=False, is_head=False)
    opened = plan(YEAR, [A, B], [*ALL, concurrent], {})
    assert opened.posts == tuple(ALL)
    assert not opened.findings


@pytest.mark.parametrize(
    "scope, rated, papers",
    [("rated", 1, 7), ("reviewed", 1, 4), ("opinion", 0, 4), ("none", 0, 4)],
)
def test_scopes(scope, rated, papers):
    opened = plan(YEAR, [A], [replace(HEAD_A, scope=scope)], {})
    assert len(opened.posts) == rated
    assert opened.count_papers(4, 3) == papers


def test_main_post_outside_the_scope():
    """Someone with a mere second post here is rated elsewhere, or not at all."""
    second = replace(HEAD_B, id=13, unit_id=1, is_main=False, is_head=False)
    opened = plan(YEAR, [A], [HEAD_A, HEAD_B, second], {})
    assert opened.posts == (HEAD_A,)
    assert not opened.findings


@pytest.mark.parametrize(
    "units, posts, idle, expected",
    [
        ([], [], {}, ("F1", "2022", Severity.BLOCK)),
        ([A], [HEAD_A], {9: "Võ Rỗi"}, ("F4", "Võ Rỗi", Severity.BLOCK)),
        (
            [A],
            [HEAD_A, replace(DEPUTY_A, is_main=False)],
            {},
            ("F5", "Trần Thị Bình", Severity.BLOCK),
        ),
        (
            [A],
            [HEAD_A, DEPUTY_A, replace(DEPUTY_A, id=13)],
            {},
            ("F5", "Trần Thị Bình", Severity.BLOCK),
        ),
        (
            [A],
            [replace(HEAD_A, has_regulation=False)],
            {},
            ("A0", "Lê Văn Ánh", Severity.BLOCK),
        ),
        (
            [A],
            [replace(HEAD_A, has_authority=False)],
            {},
            ("C24", "Lê Văn Ánh", Severity.BLOCK),
        ),
        (
            [replace(A, has_authority=False)],
            [HEAD_A],
            {},
            ("C24", "Ban A", Severity.BLOCK),
        ),
        (
            [replace(A, has_regulation=False)],
            [HEAD_A],
            {},
            ("A0", "Ban A", Severity.BLOCK),
        ),
        ([replace(A, exists=False)], [HEAD_A], {}, ("F3", "Ban A", Severity.BLOCK)),
        ([A], [DEPUTY_A], {}, ("F2", "Ban A", Severity.WARN)),
    ],
)
def test_findings(units, posts, idle, expected):
    opened = plan(YEAR, units, posts, idle)
    assert found(opened) == [expected]
    for finding in opened.findings:
        assert finding.message % finding.values
        assert finding.remedy


def test_no_finding_on_those_who_are_not_rated():
    """No authority is needed for whom others decide, no main post for guests."""
    elsewhere = replace(DEPUTY_A, scope="reviewed", has_authority=False)
    guest = Post(14, 104, "Võ Minh Đạt", 1, is_main=False, scope="opinion")
    assert not plan(YEAR, [A], [HEAD_A, elsewhere, guest], {}).findings


def test_all_findings_at_once():
    opened = plan(
        YEAR,
        [replace(A, has_authority=False), B],
        [replace(DEPUTY_A, is_main=False)],
        {9: "Võ Rỗi"},
    )
    assert len(blocking(opened.findings)) == 3
    assert len(opened.findings) == 5  # and two units without a head


EXISTING = Existing(frozenset({1, 2}), {101: 1, 102: 1, 201: 2})


def test_refresh():
    newcomer = Post(15, 105, "Bùi Tân", 2)
    third = Unit(3, "Xã C")
    opened = plan(YEAR, [A, third], [HEAD_A, newcomer, HEAD_B], {}, EXISTING)
    assert opened.units == (3,)
    assert opened.left_units == (2,)
    assert opened.left_people == (102, 201)
    assert opened.posts == opened.moved_people == ()
    opened = plan(YEAR, [A, B], [*ALL, newcomer], {}, EXISTING)
    assert opened.posts == (newcomer,)
    assert opened.units == opened.left_people == opened.left_units == ()


def test_move_to_another_unit():
    moved = replace(DEPUTY_A, unit_id=2)
    opened = plan(YEAR, [A, B], [HEAD_A, moved, HEAD_B], {}, EXISTING)
    assert opened.posts == (moved,)
    assert opened.moved_people == (102,)
    assert opened.left_people == ()


def test_idle_person_in_the_campaign_has_left():
    opened = plan(YEAR, [A, B], [HEAD_A, HEAD_B], {102: "Trần Thị Bình"}, EXISTING)
    assert opened.left_people == (102,)
    assert not opened.findings


ids = st.integers(1, 6)
units = st.lists(st.builds(Unit, ids, st.just("Xã")), unique_by=lambda u: u.id)
posts = st.lists(
    st.builds(
        Post,
        id=st.integers(1, 10**6),
        person_id=st.integers(101, 112),
        name=st.just("Lê Văn Ánh"),
        unit_id=ids,
        is_main=st.booleans(),
        is_head=st.booleans(),
        scope=st.sampled_from([*RATED_SCOPES, "opinion", "none"]),
    ),
    unique_by=lambda post: post.id,
)
existing = st.builds(
    Existing,
    st.frozensets(ids),
    st.dictionaries(st.integers(101, 112), ids),
)


def after(existing, opened):
    """What the campaign holds once the plan has been carried out."""
    gone = {*opened.left_people, *opened.moved_people}
    kept = {p: u for p, u in existing.people.items() if p not in gone}
    return Existing(
        (existing.units - {*opened.left_units}) | {*opened.units},
        kept | {post.person_id: post.unit_id for post in opened.posts},
    )


@given(units, posts, existing)
def test_opening_again_creates_nothing(units, posts, existing):
    once = plan(YEAR, units, posts, {}, existing)
    again = plan(YEAR, units, posts, {}, after(existing, once))
    assert again.units == again.posts == again.moved_people == ()
    assert again.left_people == again.left_units == ()
    assert again.count_papers(4, 3) == 0


@given(units, posts, existing)
def test_everybody_in_scope_once_and_nobody_else(units, posts, existing):
    held = after(existing, plan(YEAR, units, posts, {}, existing))
    assert held.units == {unit.id for unit in units}
    mains = {post.person_id: post for post in posts if post.is_main}
    assert held.people == {
        person: post.unit_id
        for person, post in mains.items()
        if post.unit_id in held.units and post.scope in RATED_SCOPES
    }


@given(units, posts)
def test_order_of_units_does_not_matter(units, posts):
    one, other = plan(YEAR, units, posts, {}), plan(YEAR, units[::-1], posts, {})
    assert set(one.units) == set(other.units)
    assert one.posts == other.posts
