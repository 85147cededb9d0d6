"""Lists of ratings as each role opens them, the ratings of many years being kept.

With 3,321 units that is 398,520 ratings: ten years of the country.
"""

from collections import namedtuple

from benchmark import load

from odoo.tools import SQL

FLOOR = "the same page read by the superuser, whom no record rule restricts"
PARTS = ("office", "standing", "officer", "party")
# three people and the collective in each unit, in thirty campaigns; that is as many
# rows as eleven people in ten years, and quicker to make
CAMPAIGNS = 30
PAGE = 80
COUNTED = 10_001  # how far the web client counts
SHOWN = {
    name: {}
    for name in ("name", "title", "unit_name", "campaign_name", "subject_kind", "state")
}

Made = namedtuple("Made", "users")


def setup(env, n):
    opening = load("bench_opening")
    campaign = opening.make_campaign(env, opening.make_units(env, n))
    opening.run(env, opening.Made(campaign, None))
    env.flush_all()
    env.cr.execute("UPDATE cadre_review_dossier SET state = 'accepted'")
    env.cr.execute("UPDATE cadre_review_rating SET dossier_state = 'accepted'")
    repeat(env, campaign)
    unit = campaign.unit_ids[:1]
    users = make_users(
        env,
        ("office", "company_id", campaign.company_id),
        ("standing", "authority_id", campaign.owner_id),
        ("officer", "unit_id", unit),
        ("party", "party_body_id", unit.party_body_id),
    )
    env.cr.execute("ANALYZE")  # as it is in a database that has been kept for years
    env.invalidate_all()
    return Made(users)


def make_users(env, *places):
    """``{role: user}``"""
    users = env["res.users"].create(
        [
            {"name": role, "login": f"bench.list.{role}", "company_id": env.company.id}
            for role, _field, _record in places
        ]
    )
    env["cadre.review.member"].create(
        [
            {"user_id": user.id, "role": role, field: record.id}
            for user, (role, field, record) in zip(users, places, strict=True)
        ]
    )
    return {role: user for user, (role, *_) in zip(users, places, strict=True)}


def repeat(env, campaign):
    """The same campaign in earlier years, row by row in the database."""
    years = SQL("generate_series(1, %s) AS year_before", CAMPAIGNS - 1)
    copy(
        env,
        "cadre_review_campaign",
        {"year": SQL("source.year - year_before")},
        SQL("%s WHERE source.id = %s", SQL(", %s", years), campaign.id),
    )
    others = SQL(
        "JOIN cadre_review_campaign other ON other.owner_id = %s AND other.id != %s",
        campaign.owner_id.id,
        campaign.id,
    )
    copy(
        env,
        "cadre_review_dossier",
        {"campaign_id": SQL("other.id")},
        SQL("%s WHERE source.campaign_id = %s", others, campaign.id),
    )
    copy(
        env,
        "cadre_review_rating",
        {"campaign_id": SQL("other.campaign_id"), "dossier_id": SQL("other.id")},
        SQL(
            "JOIN cadre_review_dossier other ON other.unit_id = source.unit_id"
            " AND other.campaign_id != source.campaign_id"
            " WHERE source.campaign_id = %s",
            campaign.id,
        ),
    )


def copy(env, table, changed, where):
    """Insert the rows of a table again, with other values in some columns."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND column_name != 'id'",
        [table],
    )
    columns = [name for (name,) in env.cr.fetchall()]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s source %s",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(
                changed.get(name) or SQL.identifier("source", name) for name in columns
            ),
            SQL.identifier(table),
            where,
        )
    )


def run(env, made, role):
    read(env["cadre.review.rating"].with_user(made.users[role]))


def floor(env, _made, _role):
    read(env["cadre.review.rating"])


def read(ratings):
    """As the web client opens the list: a page, and the count beside it."""
    ratings.web_search_read([], SHOWN, limit=PAGE, count_limit=COUNTED)
