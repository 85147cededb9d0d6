"""Urging units that are all late: rows of the ledger, and mails in the queue."""

from collections import namedtuple
from datetime import timedelta
from unittest.mock import patch

import bench_opening

FLOOR = "core's send_mail_batch of the same mails, on rows that are there already"

Made = namedtuple("Made", "campaign rows")


def setup(env, n):
    env["res.lang"]._activate_lang("vi_VN")
    campaign = make_campaign(env, n)
    here = campaign._in_local_terms()
    # what the run will write, of a day before: no obstacle to it
    letters = here._letters_due()
    rows = here.env["cadre.review.reminder"].create(
        [
            {
                "campaign_id": campaign.id,
                "address": letter.address,
                "kind": letter.kind,
                "date": here._today() - timedelta(days=1),
                "template_id": letter.template_id,
            }
            for letter in letters
        ]
    )
    here.env["cadre.review.reminder.line"].create(
        [
            {
                "dossier_id": line["dossier_id"],
                "reminder_id": row.id,
                "channel": "mail",
                "address": line["address"],
            }
            for letter, row in zip(letters, rows, strict=True)
            for line in letter.lines
        ]
    )
    return Made(campaign, rows)


def run(env, made):
    commit_nothing = bench_opening.commit_nothing
    with patch.object(type(env["ir.cron"]), "_commit_progress", commit_nothing):
        made.campaign._in_local_terms()._urge_by_itself()


def floor(env, made):
    rows = made.rows.with_env(made.campaign._in_local_terms().env)
    for template, group in rows.grouped("template_id").items():
        template.send_mail_batch(group.ids)


def make_campaign(env, n):
    """A campaign of 2022 with ``n`` units, none of which has handed anything in."""
    units = bench_opening.make_units(env, n)
    for unit in units:
        unit.email = f"{unit.code.lower()}@bench.example"
    campaign = bench_opening.make_campaign(env, units)
    bench_opening.run(env, bench_opening.Made(campaign, None))
    campaign = campaign.with_env(env).sudo()
    campaign.urge_hour = 0
    campaign.dossier_ids.write({"opened_on": False, "urged_since": False})
    return campaign
