"""Handing in all dossiers of a campaign: the step, the picture, its PDF."""

import importlib.util
from collections import namedtuple
from pathlib import Path

FLOOR = "the PDFs alone"

Made = namedtuple("Made", "dossiers")


def setup(env, n):
    opening = load("bench_opening")
    campaign = opening.make_campaign(env, opening.make_units(env, n))
    opening.run(env, opening.Made(campaign, None))
    dossiers = campaign.sudo().dossier_ids
    dossiers.paper_ids.state = "provided"
    env.flush_all()
    return Made(dossiers.browse(dossiers.ids))


def run(env, made):
    made.dossiers._mark("submit")


def floor(env, made):
    env.ref("cadre_review.action_report_round")._record_pdfs(made.dossiers)


def load(name):
    """Another operation's file, whose units serve here as well."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
