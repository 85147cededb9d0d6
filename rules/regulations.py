"""Is a regulation sound? What is wrong with it is refused when it is saved.

Nothing here is law: it is what makes a regulation usable. Each finding names the row.
"""

from itertools import pairwise

from .catalogue import REGULATED, SETTINGS
from .law import known_outcome
from .levels import LEVELS
from .texts import _lt


def check(law):
    """Everything wrong with one regulation."""
    yield from check_bands(law)
    yield from check_points(law)
    yield from check_cap(law)
    yield from check_rules(law)


def check_overlaps(laws):
    """R1: at most one regulation for one kind of subject on any day."""
    ordered = sorted(laws, key=lambda law: (law.subject_kind, law.date_from))
    for earlier, later in pairwise(ordered):
        if earlier.subject_kind == later.subject_kind and earlier.in_force(
            later.date_from
        ):
            yield from _find(
                "R1",
                later,
                _lt("is in force from %(day)s, when “%(other)s” still is."),
                _lt("End the earlier one on the day before."),
                day=f"{later.date_from:%d/%m/%Y}",
                other=earlier.name,
            )


def check_bands(law):
    """R2: the bands cover all points from 0 to the total, each point once, and the
    better level has the higher band."""
    if not law.bands:
        if law.total_points:
            yield from _find(
                "R2",
                law,
                _lt("has points, but no bands."),
                _lt("Add a band for each level."),
            )
        return
    for band in law.bands:
        if not known_outcome(law, band.level) or band.level not in LEVELS:
            yield from _find(
                "R5",
                law,
                _lt("The band from %(lower)s has a level that does not exist there."),
                _lt("Choose one of the regulation's own levels."),
                lower=f"{band.lower:g}",
            )
    ordered = sorted(law.bands, key=lambda band: band.lower)
    for low, high in pairwise(ordered):
        if low.upper != high.lower:
            top = law.total_points if low.upper is None else low.upper
            yield from _find(
                "R2",
                law,
                _lt(
                    "“%(low)s” ends at %(top)s, “%(high)s” begins at %(lower)s: "
                    "an overlap."
                )
                if top > high.lower
                else _lt(
                    "“%(low)s” ends at %(top)s, “%(high)s” begins at %(lower)s: a gap."
                ),
                _lt("Let each band begin where the one below ends."),
                low=law.label(low.level),
                high=law.label(high.level),
                top=f"{top:g}",
                lower=f"{high.lower:g}",
            )
    first, last = ordered[0], ordered[-1]
    if first.lower != 0 or last.upper not in (None, law.total_points):
        yield from _find(
            "R2",
            law,
            _lt("The bands do not run from 0 to %(total)s points."),
            _lt("Let the lowest begin at 0 and the highest reach the total."),
            total=f"{law.total_points:g}",
        )
    levels = [band.level for band in ordered if band.level in LEVELS]
    if levels != sorted(set(levels), key=LEVELS.index, reverse=True):
        yield from _find(
            "R2",
            law,
            _lt("The bands do not rise with the levels, or a level has two."),
            _lt("Give each level one band, the better level the higher one."),
        )


def check_points(law):
    """R3: the points of a group add up to its own, those of all to the total."""
    if not law.total_points:
        wrong = [c.name for c in law.criteria if c.max_points]
        if wrong:
            yield from _find(
                "R3",
                law,
                _lt("has no total, but points on: %(criteria)s."),
                _lt("Enter the total, or remove the points."),
                criteria="; ".join(wrong),
            )
        return
    for criterion in law.criteria:
        if criterion.max_points < 0:
            yield from _find(
                "R3",
                law,
                _lt("“%(criterion)s” has negative points."),
                _lt("Correct its points."),
                criterion=criterion.name,
            )
    parents = {None: law.total_points}
    parents |= {c.id: c.max_points for c in law.criteria}
    names = {None: law.name} | {c.id: c.name for c in law.criteria}
    sums = {}
    for criterion in law.criteria:
        key = criterion.parent_id
        sums[key] = sums.get(key, 0) + criterion.max_points
    sums.setdefault(None, 0)
    for key, total in sums.items():
        if round(total - parents.get(key, 0), 6):
            yield from _find(
                "R3",
                law,
                _lt(
                    "The points under “%(group)s” add up to %(sum)s, not to %(points)s."
                ),
                _lt("Correct the points of the criteria or of the group."),
                group=names.get(key, ""),
                sum=f"{total:g}",
                points=f"{parents.get(key, 0):g}",
            )


def check_cap(law):
    """R4: rates between 0 and 100 %, the exceptional one not below the ordinary."""
    cap = law.cap
    if not cap:
        return
    if not (0 <= cap.rate <= 100 and 0 <= cap.exceptional_rate <= 100):
        yield from _find(
            "R4",
            law,
            _lt("A cap of %(rate)s %% (exceptional: %(exceptional)s %%) is no share."),
            _lt("Enter shares between 0 and 100 %%."),
            rate=f"{cap.rate:g}",
            exceptional=f"{cap.exceptional_rate:g}",
        )
    elif cap.exceptional_rate and cap.exceptional_rate < cap.rate:
        yield from _find(
            "R4",
            law,
            _lt(
                "The exceptional cap (%(exceptional)s %%) is below the cap "
                "(%(rate)s %%)."
            ),
            _lt("Correct one of the two, or leave the exceptional one at 0."),
            rate=f"{cap.rate:g}",
            exceptional=f"{cap.exceptional_rate:g}",
        )


def check_rules(law):
    """R6: only rules and settings that exist, with values that can be read."""
    for rule in law.severities:
        if rule not in REGULATED:
            yield from _find(
                "R6",
                law,
                _lt("There is no rule “%(key)s”."),
                _lt("Choose one of the rules."),
                key=rule,
            )
    for key, value in law.settings.items():
        setting = SETTINGS.get(key)
        if setting is None or value is None:
            yield from _find(
                "R6",
                law,
                _lt("The setting “%(key)s” cannot be read."),
                _lt("Enter a number, or one of: %(choices)s."),
                key=key,
                choices=", ".join(setting.choices if setting else SETTINGS),
            )


def read_setting(key, text):
    """Value of a setting written as text; None when it cannot be read."""
    setting = SETTINGS.get(key)
    text = (text or "").strip()
    if setting is None:
        return None
    if setting.kind == "choice":
        return text if text in setting.choices else None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    if setting.kind == "flag":
        return int(number) if number in (0, 1) else None
    return number if 0 <= number < float("inf") else None


def _find(rule, law, message, remedy, **values):
    return law.find(rule, (), law.name, message, remedy, values)
