"""Opening a campaign: the roll of units and posts becomes dossiers, ratings, papers."""

from collections import namedtuple
from unittest.mock import patch

from odoo import Command

FLOOR = (
    "one bare create() a model of the same rows and fields, with the features of mail"
    " switched off"
)
PEOPLE = 3  # in each unit
FIELDS = {
    "cadre.review.dossier": (
        *("campaign_id", "company_id", "unit_id", "unit_name", "head_name"),
        *("sequence", "date_due"),
    ),
    "cadre.review.rating": (
        *("dossier_id", "cadre_id", "post_id", "name", "subject_kind", "title"),
        *("other_titles", "party_title", "birth_date", "is_head", "post_sequence"),
        *("duties", "scope", "regulation_id", "authority_id", "party_body_id"),
        *("level", "notified_level"),
    ),
    "cadre.review.paper": ("dossier_id", "kind_id", "rating_id", "sequence"),
}

Made = namedtuple("Made", "campaign rows")


def setup(env, n):
    campaign = make_campaign(env, make_units(env, n))
    return Made(campaign, rows_of(env, campaign))


def run(env, made):
    """As the office does it; above the size of a batch, as the scheduled job does."""
    made.campaign.action_open()
    if made.campaign.state == "opening":
        with patch.object(type(env["ir.cron"]), "_commit_progress", commit_nothing):
            env["cadre.review.campaign"]._cron_open()


def floor(env, made):
    quiet = {
        "tracking_disable": True,
        "mail_create_nolog": True,
        "mail_create_nosubscribe": True,
        "mail_notrack": True,
    }
    env = env(context={**env.context, **quiet})
    dossiers = env["cadre.review.dossier"].create(made.rows["cadre.review.dossier"])
    ratings = env["cadre.review.rating"].create(
        [
            {**row, "dossier_id": dossiers[row["dossier_id"]].id}
            for row in made.rows["cadre.review.rating"]
        ]
    )
    env["cadre.review.paper"].create(
        [
            {
                **row,
                "dossier_id": dossiers[row["dossier_id"]].id,
                "rating_id": row["rating_id"] is not False
                and ratings[row["rating_id"]].id,
            }
            for row in made.rows["cadre.review.paper"]
        ]
    )


def commit_nothing(cron, *_args, **_kwargs):
    """What a commit does to the ORM, without ending the transaction."""
    cron.env.flush_all()
    cron.env.invalidate_all()
    return float("inf")


def make_units(env, n):
    """``n`` units, each with a head and two deputies, one of whom is also in the
    next unit."""
    own = env["cadre.review.authority"].create(
        {"name": "Bench", "code": "BENCH", "company_id": env.company.id}
    )
    bodies = env["cadre.review.party.body"].create(
        [{"name": f"Body {i}", "code": f"BENCH-{i}"} for i in range(n)]
    )
    units = env["cadre.review.unit"].create(
        [
            {
                "name": f"Unit {i}",
                "code": f"BENCH-{i}",
                "authority_id": own.id,
                "party_body_id": body.id,
            }
            for i, body in enumerate(bodies)
        ]
    )
    people = env["cadre.review.cadre"].create(
        [
            {"name": f"Nguyễn Văn {place}", "code": f"BENCH-{i}-{place}"}
            for i in range(n)
            for place in range(PEOPLE)
        ]
    )
    post = {"title": "Deputy", "authority_id": own.id, "date_from": "2021-07-01"}
    env["cadre.review.post"].create(
        [
            {
                **post,
                "cadre_id": person.id,
                "unit_id": units[i // PEOPLE].id,
                "is_head": i % PEOPLE == 0,
                "sequence": i % PEOPLE,
            }
            for i, person in enumerate(people)
        ]
        + [
            {
                **post,
                "cadre_id": person.id,
                "unit_id": units[(i + 1) % n].id,
                "is_main": False,
            }
            for i, person in enumerate(people[::PEOPLE])
        ]
    )
    return units


def make_campaign(env, units):
    office = env["res.users"].create({"name": "Bench", "login": "bench"})
    env["cadre.review.member"].create(
        {"user_id": office.id, "role": "office", "company_id": env.company.id}
    )
    regulations = env.ref("cadre_review.nd90_2020_official") | env.ref(
        "cadre_review.hd21_2019_collective"
    )
    kinds = env["cadre.review.paper.kind"].search([])
    campaign = env["cadre.review.campaign"].create(
        {
            "name": "Bench",
            "year": 2022,
            "owner_id": units[:1].authority_id.id,
            "scope_date": "2022-11-08",
            "unit_ids": [Command.set(units.ids)],
            "regulation_ids": [Command.set(regulations.ids)],
            "paper_kind_ids": [Command.set(kinds.ids)],
            "deadline_ids": [
                Command.create(
                    {
                        "name": "Dossier",
                        "kind": "dossier",
                        "date": "2022-12-01",
                        "mode": "before",
                    }
                )
            ],
        }
    )
    return campaign.with_user(office)


def rows_of(env, campaign):
    """Values of the rows that opening creates; ids of new rows as their places."""
    env.flush_all()
    env.invalidate_all()
    with env.cr.savepoint(flush=False) as savepoint:
        run(env, Made(campaign, None))
        env.flush_all()
        rows, places = {}, {}
        for model, names in FIELDS.items():
            records = env[model].search([("campaign_id", "=", campaign.id)], order="id")
            places[model] = {id_: place for place, id_ in enumerate(records.ids)}
            rows[model] = []
            for values in records.read(names, load=None):
                del values["id"]
                for name, value in values.items():
                    comodel = env[model]._fields[name].comodel_name
                    if comodel in FIELDS and value:
                        values[name] = places[comodel][value]
                rows[model].append(values)
        savepoint.rollback()
        env.invalidate_all(flush=False)
    return rows
