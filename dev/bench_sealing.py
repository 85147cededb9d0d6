"""Sealing a campaign: every file and every row once, into one manifest."""

import hashlib
import importlib.util
from collections import namedtuple
from pathlib import Path

FLOOR = "the same files hashed by plain Python"
FILES = 5  # scans in each unit
SIZE = 200_000  # bytes of a scan

Made = namedtuple("Made", "campaign paths")


def setup(env, n):
    opening = load("bench_opening")
    campaign = opening.make_campaign(env, opening.make_units(env, n))
    opening.run(env, opening.Made(campaign, None))
    env.flush_all()
    papers = [dossier.paper_ids[:FILES] for dossier in campaign.dossier_ids]
    files = (
        env["ir.attachment"]
        .sudo()
        .create(
            [
                {
                    "name": f"{paper.id}.pdf",
                    "raw": b"%PDF-1.4\n" + str(paper.id).encode() * (SIZE // 6),
                    "res_model": paper._name,
                    "res_id": paper.id,
                }
                for few in papers
                for paper in few
            ]
        )
    )
    return Made(campaign, [file._full_path(file.store_fname) for file in files])


def run(env, made):
    env["cadre.review.seal"]._seal(made.campaign.sudo())


def floor(env, made):
    for path in made.paths:
        digest = hashlib.sha256()
        with open(path, "rb") as file:
            while piece := file.read(2**20):
                digest.update(piece)
        digest.hexdigest()


def load(name):
    """Another operation's file, whose units serve here as well."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
