"""Finding all provided papers of a campaign to conform, from a list."""

import importlib.util
from collections import namedtuple
from pathlib import Path

FLOOR = "one UPDATE of the papers and one INSERT of their events"

Made = namedtuple("Made", "papers")


def setup(env, n):
    opening = load("bench_opening")
    campaign = opening.make_campaign(env, opening.make_units(env, n))
    opening.run(env, opening.Made(campaign, None))
    campaign = campaign.sudo()
    campaign.dossier_ids.state = "received"
    papers = campaign.dossier_ids.paper_ids
    papers.state = "provided"
    env.flush_all()
    return Made(papers.browse(papers.ids))


def run(env, made):
    made.papers._move("conform")


def floor(env, made):
    env.cr.execute(
        "UPDATE cadre_review_paper SET state = 'conforming', checked_by_id = 1,"
        " checked_on = current_date WHERE id = ANY(%s)",
        [made.papers.ids],
    )
    env.cr.execute(
        "INSERT INTO cadre_review_event (res_model, res_id, user_id, move, state_from,"
        " state_to, company_id, campaign_id, unit_id)"
        " SELECT 'cadre.review.paper', id, 1, 'conform', 'provided', 'conforming',"
        " company_id, campaign_id, unit_id FROM cadre_review_paper WHERE id = ANY(%s)",
        [made.papers.ids],
    )


def load(name):
    """Another operation's file, whose units serve here as well."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
