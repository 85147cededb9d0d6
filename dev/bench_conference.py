"""One conference of two bodies: opened, saved with its ballots, held and adopted.

The size is the number of subjects; a real conference has about 30. The PDF is left
out on both sides: how fast paper prints is another operation's matter.
"""

from collections import namedtuple
from unittest.mock import patch

from benchmark import load

from odoo import Command

FLOOR = "the same rows created with their last values, one create() a model"
BALLOTS = {"issued": 9, "collected": 9, "valid": 9, "votes_good": 9}
FRAME = {
    "date_start": "2022-11-18 01:00:00",
    "date_end": "2022-11-18 04:00:00",
    "place": "Hội trường",
    "chair": "A",
    "secretary": "B",
    "convened": 9,
    "present": 9,
    "source_place": "Tủ 2",
}
SELF_ASSESSED = """
    INSERT INTO cadre_review_opinion (
        rating_id, dossier_id, campaign_id, company_id, unit_id, party_body_id, stage,
        stage_order, state, source, degradation, proposed_level
    )
    SELECT id, dossier_id, campaign_id, company_id, unit_id, party_body_id, 'self',
        1, 'confirmed', 'paper', 'none', 'good'
    FROM cadre_review_rating WHERE dossier_id = %s AND cadre_id IS NOT NULL
"""

Made = namedtuple("Made", "dossier")


def setup(env, n):
    opening = load("bench_opening")
    opening.PEOPLE = n
    campaign = opening.make_campaign(env, opening.make_units(env, 2))
    opening.run(env, opening.Made(campaign, None))
    dossier = campaign.dossier_ids[:1]
    env.flush_all()
    env.cr.execute(SELF_ASSESSED, [dossier.id])
    env.invalidate_all()
    return Made(dossier)


def run(env, made):
    """As the office keys it: open, the party body joins, save, hold, adopt."""
    made.dossier.action_open_conference()
    conference = made.dossier.conference_ids
    conference.action_join_party_body()
    conference.body_ids[1].tally_ids.write(BALLOTS)
    lines = [
        Command.update(subject.id, {**BALLOTS, "concluded_level": "good"})
        for subject in conference.subject_ids
    ]
    conference.web_save({**FRAME, "subject_ids": lines}, {"subject_ids": {}})
    conference._move("hold")
    with patch.object(
        type(env["ir.actions.report"]), "_record_pdfs", lambda *_args: {}
    ):
        conference._move("adopt")


def floor(env, made):
    dossier = made.dossier.sudo()
    ratings = dossier._subjects()
    body = dossier.unit_id.party_body_id
    conference = env["cadre.review.conference"].create(
        {
            **FRAME,
            "dossier_id": dossier.id,
            "source": "paper",
            "state": "adopted",
            "subject_ids": [
                Command.create(
                    {"rating_id": r.id, "agenda_no": n, "concluded_level": "good"}
                )
                for n, r in enumerate(ratings, 1)
            ],
        }
    )
    env["cadre.review.conference.body"].create(
        {
            "conference_id": conference.id,
            "name": body.name,
            "kind": "party",
            "party_body_id": body.id,
        }
    )
    conference.tally_ids.write(BALLOTS)
    env["cadre.review.opinion"].create(
        [
            {
                "rating_id": rating.id,
                "stage": "conference",
                "state": "confirmed",
                "proposed_level": "good",
            }
            for rating in ratings
        ]
    )
    ratings.write({"state": "reviewed"})
