"""Recording a session's conclusions on every rating of the campaign at once."""

import importlib.util
from collections import namedtuple
from pathlib import Path

FLOOR = (
    "one untracked write() a level of the same rows, and one create() of their events"
)
PEOPLE = 11  # in each unit; with the collective, 2,040 ratings in 170 units
LEVELS = ("excellent", "good", "good", "good", "completed")

Made = namedtuple("Made", "session conclusions office")


def setup(env, n):
    opening = load("bench_opening")
    opening.PEOPLE = PEOPLE
    campaign = opening.make_campaign(env, opening.make_units(env, n))
    opening.run(env, opening.Made(campaign, None))
    office = env["res.users"].search([("login", "=", "bench")])
    session = env["cadre.review.session"].with_user(office)
    session = session.create({"campaign_id": campaign.id, "source_place": "Bench"})
    ratings = campaign.rating_ids.with_user(office)
    session._add_ratings(ratings)
    return Made(
        session,
        {
            rating.id: {"level": LEVELS[number % len(LEVELS)]}
            for number, rating in enumerate(ratings)
        },
        office,
    )


def run(env, made):
    """As the import of the filled-in list calls it, as the clerk."""
    made.session._record_conclusions(made.conclusions)


def floor(env, made):
    lines = made.session.sudo().line_ids
    for level in set(LEVELS):
        wanted = lines.filtered(
            lambda line, level=level: made.conclusions[line.rating_id.id]["level"]
            == level
        )
        wanted.write({"level": level})
    env["cadre.review.event"].sudo().create(
        [
            {
                "res_model": "cadre.review.rating",
                "res_id": line.rating_id.id,
                "record_name": line.rating_id.display_name,
                "company_id": line.company_id.id,
                "campaign_id": line.campaign_id.id,
                "unit_id": line.rating_id.unit_id.id,
                "user_id": made.office.id,
                "move": "record",
                "state_from": line.rating_id.state,
                "state_to": line.rating_id.state,
                "reason": "N",
                "warnings": "",
            }
            for line in lines
        ]
    )


def load(name):
    """Another operation's file, whose units serve here as well."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
