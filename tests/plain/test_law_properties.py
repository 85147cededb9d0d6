"""What holds for every input of the rules on the law."""

from dataclasses import replace
from datetime import date, timedelta

from cadre_review.rules import (
    caps,
    consistency,
    eligibility,
    formalism,
    points,
    regulations,
    review,
)
from cadre_review.rules.catalogue import RULES, SETTINGS
from cadre_review.rules.findings import Severity
from cadre_review.rules.law import Band, Cap, Severed
from cadre_review.rules.levels import LEVELS, OUTCOMES, is_better
from cadre_review.rules.spans import Span, between, typed
from cadre_review.rules.subjects import (
    Discipline,
    Service,
    Subject,
    Targets,
    Text,
    Unit,
    View,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import ALL, BANDS, HD21, ND48, ND90, POINTS, QD366

numbers = st.integers(0, 3000)
levels = st.sampled_from(LEVELS)
outcomes = st.sampled_from(("", *OUTCOMES))
laws = st.sampled_from(list(ALL.values()))
days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
spans = st.builds(Span, st.integers(0, 12), st.integers(0, 29))
counts = st.builds(caps.Counts, numbers, numbers, numbers, numbers, numbers)
rates = st.integers(0, 1000).map(lambda tenths: tenths / 10)
groups = st.builds(
    caps.Group,
    st.just(1),
    st.just("Nhóm"),
    st.just(HD21),
    st.builds(Cap, rates, base=st.sampled_from(("good", "good_excellent", "total"))),
    counts,
    counts,
    st.booleans(),
)
disciplines = st.builds(
    Discipline,
    st.sampled_from(("reprimand", "warning", "demotion", "dismissal", "")),
    days,
    st.none() | st.booleans(),
    st.none() | st.booleans(),
    st.none() | st.integers(2019, 2026),
    st.text(max_size=5),
    st.booleans(),
)
services = st.builds(
    Service,
    st.none() | spans,
    spans,
    st.booleans(),
    st.lists(disciplines, max_size=3).map(tuple),
    confirmed=st.booleans(),
)
texts = st.builds(
    Text,
    st.integers(1, 2),
    st.just("Tiêu chí"),
    st.text(max_size=200),
    st.text(max_size=50),
    st.none() | st.floats(-5, 120, allow_nan=False),
)
views = st.builds(
    View,
    st.sampled_from(("self", "conference", "party", "unit", "appraisal", "proposal")),
    st.sampled_from(("", *LEVELS)),
    st.booleans(),
    st.booleans(),
    st.lists(texts, max_size=3).map(tuple),
    st.sampled_from(("", "none", "present")),
)


def subjects():
    kind = st.sampled_from(("official", "civil_servant", "collective"))
    return st.builds(
        Subject,
        st.integers(1, 9),
        st.just("Người A"),
        kind,
        laws,
        st.integers(2020, 2026),
        is_head=st.booleans(),
        decided=outcomes,
        service=services,
        views=st.lists(views, max_size=4).map(tuple),
        plain_name=st.just("Nguyễn Văn A"),
    )


units = st.builds(
    Unit,
    st.integers(1, 5),
    st.just("Đơn vị"),
    laws,
    st.lists(subjects(), max_size=4).map(tuple),
    st.builds(Targets, *(st.integers(0, 20) for _ in range(4))),
    st.sampled_from(("", *LEVELS)),
)


def of(law, level, **values):
    return Subject(1, "Người A", law.subject_kind, law, 2024, decided=level, **values)


@given(days, days)
def test_span_grows_with_its_end(one, other):
    first, last = sorted((one, other))
    assert between(first, last) <= between(first, last + timedelta(days=1))
    assert between(first, last) > Span()


@given(st.integers(0, 12))
def test_typed_months_are_whole(months):
    assert typed(months) == typed(f"{months}.0") == Span(months)


@given(spans, spans)
def test_adding_spans_never_shortens(one, other):
    assert one + other >= max(one, other)


@given(services, levels)
def test_no_level_under_six_months(service, level):
    """A1 fires exactly where months are known, short, and no maternity excuses."""
    found = list(eligibility.check_months(of(ND90, level, service=service)))
    short = service.worked is not None and service.worked < Span(6)
    assert bool(found) == (short and not service.maternity)
    assert not service.confirmed or all(f.severity is Severity.BLOCK for f in found)


@given(services, levels)
def test_ceiling_of_absence(service, level):
    found = list(eligibility.check_absence(of(ND90, level, service=service)))
    within = Span(3) <= service.absent < Span(6) and not service.maternity
    assert bool(found) == (within and level in ("excellent", "good"))


@given(services, levels)
def test_discipline_never_touches_the_lowest_level(service, level):
    found = list(eligibility.check_discipline(of(ND48, level, service=service)))
    assert level != "failed" or not found
    blocks = [f for f in found if f.severity is Severity.BLOCK]
    if blocks:
        assert any(
            d.confirmed and (d.counted_in is None or d.counted_in >= 2024)
            for d in service.disciplines
        )


@given(st.lists(disciplines, max_size=4), st.integers(2020, 2026))
def test_a_violation_counts_once(found, year):
    """Counted in the year itself or in an earlier one, never in both."""
    service = Service(disciplines=tuple(found))
    subject = replace(of(ND48, "good", service=service), year=year)
    for discipline in eligibility.counted(subject):
        assert discipline.counted_in is None or discipline.counted_in >= year


@given(outcomes, outcomes)
def test_head_is_never_above(mine, other):
    head = replace(of(ALL["NĐ 335/2025"], mine), is_head=True)
    found = list(consistency.check_head(head, of(QD366, other)))
    assert bool(found) == is_better(mine, other)


@given(groups, st.sampled_from(("good", "good_excellent", "total")))
def test_cap_is_a_floor(group, base):
    number = caps.allowed(group, base)
    over = group.counts.base(base)
    assert 0 <= number <= over
    assert number * 1000 <= round(group.rate * 10) * over < (number + 1) * 1000


@given(groups, numbers)
def test_cap_never_falls_when_more_are_good(group, more):
    larger = replace(group, outside=group.outside + caps.Counts(good=more))
    for base in ("good", "good_excellent", "total"):
        assert caps.allowed(larger, base) >= caps.allowed(group, base)


@given(groups, st.booleans())
def test_cap_blocks_only_what_we_own_and_decide(group, deciding):
    for finding in caps.check(group, deciding):
        if finding.severity is Severity.BLOCK:
            assert deciding and group.is_own and finding.rule == "B1"
            assert all(
                group.counts.excellent > caps.allowed(group, base)
                for base in caps.bases(group)
            )


@given(groups)
def test_cap_kept_is_silent(group):
    number = min(caps.allowed(group, base) for base in caps.bases(group))
    assert group.counts.excellent <= number or list(caps.check(group))


@given(groups)
def test_percentage_is_exact(group):
    for base in caps.bases(group):
        share = caps.percentage(group, base)
        over = group.counts.base(base)
        assert (share is None) == (over == 0)
        if over:
            assert share * over == 100 * group.counts.excellent
            text = caps.printed(share)
            assert 0 <= share - int(text.replace(",", "")) / 10 < 0.1001


@given(st.lists(st.sampled_from((*OUTCOMES, "", None))))
def test_counting_loses_nobody(found):
    total = caps.count(found)
    assert total.rated + total.without == len(found)


@given(st.floats(0, 100, allow_nan=False))
def test_every_total_has_one_band(total):
    holding = [
        b for b in BANDS if b.lower <= total and (b.upper is None or total < b.upper)
    ]
    assert len(holding) == 1
    assert points.band(QD366, total) == holding[0].level


@given(st.floats(0, 30), st.floats(0, 70), levels)
def test_level_above_its_band_blocks(common, results, level):
    view = View("unit", texts=(Text(1, points=common), Text(2, points=results)))
    found = list(points.check_band(of(QD366, level, views=(view,))))
    hint = points.band(QD366, view.points)
    blocked = any(f.severity is Severity.BLOCK for f in found)
    assert blocked == is_better(level, hint)


def test_not_scored_is_never_zero():
    unscored = View("unit", texts=(Text(1, points=30.0), Text(2, points=None)))
    zero = View("unit", texts=(Text(1, points=30.0), Text(2, points=0.0)))
    assert unscored.points is None and zero.points == 30
    assert points.band(QD366, None) is None
    assert points.band(QD366, 0) == "failed"


@given(st.none() | st.floats(0, 100), st.none() | st.floats(0, 100), st.floats(0, 50))
def test_gap_is_symmetric_and_unknown_is_none(one, other, tolerance):
    assert points.gap(one, other, tolerance) == points.gap(other, one, tolerance)
    assert not points.gap(one, one, tolerance)
    assert one is None or not points.gap(None, one, tolerance)


cuts = st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True).map(sorted)


def banded(low, middle, high):
    return replace(
        QD366,
        bands=(
            Band("failed", 0, low),
            Band("completed", low, middle),
            Band("good", middle, high),
            Band("excellent", high),
        ),
    )


@given(cuts)
def test_sound_bands_pass(found):
    assert not list(regulations.check_bands(banded(*found)))


@given(cuts, st.integers(0, 2), st.sampled_from((-0.5, 0.5)))
def test_a_gap_or_an_overlap_is_named(found, index, shift):
    law = banded(*found)
    broken = list(law.bands)
    broken[index] = replace(broken[index], upper=broken[index].upper + shift)
    [finding] = regulations.check_bands(replace(law, bands=tuple(broken)))
    assert finding.rule == "R2"
    assert ("gap" in finding.message) == (shift < 0)
    assert law.label(broken[index].level) in finding.values.values()


@given(st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_points_add_up_or_are_named(given_points):
    criteria = tuple(
        replace(POINTS[0], id=index, max_points=number)
        for index, number in enumerate(given_points, start=1)
    )
    found = list(regulations.check_points(replace(QD366, criteria=criteria)))
    assert bool(found) == (sum(given_points) != 100)


@given(st.floats(-50, 300, allow_nan=False), st.floats(-50, 300, allow_nan=False))
def test_a_rate_is_a_share(rate, exceptional):
    cap = Cap(rate, exceptional)
    found = list(regulations.check_cap(replace(QD366, cap=cap)))
    sound = 0 <= rate <= 100 and (exceptional == 0 or rate <= exceptional <= 100)
    assert bool(found) != sound


@given(st.lists(st.tuples(days, days), min_size=1, max_size=4))
def test_overlaps_are_found(periods):
    found = [
        replace(HD21, name=str(n), date_from=min(p), date_to=max(p))
        for n, p in enumerate(periods)
    ]
    overlapping = any(
        one.date_from <= other.date_to and other.date_from <= one.date_to
        for n, one in enumerate(found)
        for other in found[n + 1 :]
    )
    assert bool(list(regulations.check_overlaps(found))) == overlapping


def test_shipped_laws_are_sound():
    for law in ALL.values():
        assert not list(regulations.check(law)), law.name
    assert not list(regulations.check_overlaps(ALL.values()))


def test_settings_are_read_or_refused():
    for key, setting in SETTINGS.items():
        assert regulations.read_setting(key, str(setting.default)) == setting.default
        assert regulations.read_setting(key, "không rõ") is None
    assert regulations.read_setting("min_months", "5,5") == 5.5
    assert regulations.read_setting("min_months", "-1") is None
    assert regulations.read_setting("discipline_once", "2") is None
    assert regulations.read_setting("nothing", "1") is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share(one, other):
    one, other = formalism.normalised(one), formalism.normalised(other)
    assert 0 <= formalism.likeness(one, other) <= 100
    assert formalism.likeness(one, other) == formalism.likeness(other, one)
    assert formalism.likeness(one, one) == 100


@settings(max_examples=40)
@given(st.lists(units, max_size=3))
def test_nothing_raises_and_everything_says_what_to_do(found):
    """On any data: a finding has a known rule, a message and a remedy that fill in."""
    whole = review.Campaign("Đợt", found)
    for finding in review.campaign(whole):
        assert finding.rule in RULES
        assert finding.record and finding.ref
        assert finding.message % finding.values and finding.remedy % (
            finding.values or {"": ""}
        )


@settings(max_examples=40)
@given(units, st.sets(st.integers(1, 9)))
def test_only_our_own_decision_is_refused(unit, deciding):
    ids = {subject.id for subject in unit.subjects}
    for finding in review.levels(unit, ids, deciding):
        own = finding.ref[1] in deciding
        assert own or finding.severity is not Severity.BLOCK


@settings(max_examples=40)
@given(units)
def test_hardest_first(unit):
    order = [list(Severity).index(f.severity) for f in review.unit(unit)]
    assert order == sorted(order)


@settings(max_examples=40)
@given(units)
def test_a_rule_switched_off_is_silent(unit):
    off = {rule: replace(v, severity=None) for rule, v in _all_rules().items()}

    def silent(law):
        return replace(law, severities=off)

    quiet = replace(
        unit,
        law=silent(unit.law),
        subjects=tuple(replace(s, law=silent(s.law)) for s in unit.subjects),
    )
    assert all(RULES[finding.rule].fixed for finding in review.unit(quiet))


def _all_rules():
    return {rule: Severed(None) for rule in RULES}
