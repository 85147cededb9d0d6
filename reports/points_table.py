"""The table of points of one rating: criteria, most, and what each stage gave."""

from ..rules import points

STAGES = ("self", "party", "unit")
HEADINGS = {
    "party": "Điểm do cấp ủy chấm",
    "unit": "Điểm do cơ quan, đơn vị chấm",
}


def table(rating, opinions, level, label):
    """Rows of the regulation's scored criteria, a group with the sum of its own.

    The self-assessment and the deciding authority always have a column, the latter
    to be filled in by hand; another stage has one where it confirmed its points.

    :param opinions: ``{stage: opinion}`` that the reader may know; ``self`` is there,
        perhaps empty
    :param level: outcome that the reader may know
    :param label: prints a level of the rating
    :return: ``headings`` of the columns of points; ``rows`` of number, criterion,
        most, points, and whether it is a group; ``total`` as most and points; the
        ``levels`` of the columns
    """
    shown = {
        stage: opinion
        for stage, opinion in opinions.items()
        if stage == "self" or (opinion.state == "confirmed" and opinion.is_scored)
    }
    criteria = rating.regulation_id.criterion_ids.filtered("max_points")
    leaves = criteria - criteria.parent_id
    rows = []
    for criterion in criteria:
        members = leaves.filtered(lambda leaf, c=criterion: c in (leaf, leaf.parent_id))
        given = [_given(opinion, members) for opinion in shown.values()]
        rows.append(
            (
                criterion.code.rpartition(".")[2],
                criterion.name,
                points.printed(criterion.max_points),
                [*given, ""],
                criterion not in leaves,
            )
        )
    own = f"Điểm do {'cá nhân' if rating.cadre_id else 'tập thể'} tự chấm"
    return {
        "headings": [
            *(HEADINGS.get(stage, own) for stage in shown),
            "Điểm của cấp có thẩm quyền",
        ],
        "rows": rows,
        "total": (
            points.printed(sum(leaves.mapped("max_points"))),
            [*(_total(opinion) for opinion in shown.values()), ""],
        ),
        "levels": [
            *(label(rating, opinion.proposed_level) for opinion in shown.values()),
            label(rating, level),
        ],
    }


def _given(opinion, criteria):
    """Points on all of these criteria, or nothing where one of them has none."""
    lines = opinion.line_ids.filtered(lambda line: line.criterion_id in criteria)
    if not lines or not all(lines.mapped("is_scored")):
        return ""
    return points.printed(sum(lines.mapped("points")))


def _total(opinion):
    return points.printed(opinion.points) if opinion.is_scored else ""
