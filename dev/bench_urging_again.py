"""The second run of the day: it finds everything in the ledger."""

from collections import namedtuple

import bench_urging

FLOOR = "the first run of the day, over as many other units"

Made = namedtuple("Made", "done fresh")


def setup(env, n):
    env["res.lang"]._activate_lang("vi_VN")
    done = bench_urging.make_campaign(env, n)
    bench_urging.run(env, bench_urging.Made(done, None))
    # the other campaign has codes and a purpose of its own
    done.write({"purpose": "done", "year": 2021})
    for model in ("cadre.review.unit", "cadre.review.cadre", "cadre.review.party.body"):
        for record in env[model].search([("code", "like", "BENCH-%")]):
            record.code = f"DONE-{record.code}"
    env["cadre.review.authority"].search([("code", "=", "BENCH")]).code = "DONE"
    env["res.users"].search([("login", "=", "bench")]).login = "done"
    env.flush_all()
    return Made(done, bench_urging.make_campaign(env, n))


def run(env, made):
    bench_urging.run(env, bench_urging.Made(made.done, None))


def floor(env, made):
    bench_urging.run(env, bench_urging.Made(made.fresh, None))
