"""The office's board: where every unit of a campaign stands, as the office opens it."""

from collections import namedtuple

from benchmark import load

FLOOR = "the searches and grouped queries it needs, as the same user, put to no use"
PEOPLE = 11  # in each unit; with the collective, 2,040 ratings in 170 units

# what a campaign looks like in December: papers and receipts at every state
PAPERS = """
    UPDATE cadre_review_paper
    SET state = (ARRAY['missing', 'provided', 'conforming', 'failed'])[1 + id %% 4]
    WHERE campaign_id = %s
"""
DOSSIERS = """
    UPDATE cadre_review_dossier
    SET state = (ARRAY['preparing', 'submitted', 'received', 'accepted'])[1 + id %% 4],
        date_submitted = CASE WHEN id %% 4 > 0 THEN date_due END, sets_received = 1
    WHERE campaign_id = %s
"""
RECEIPTS = """
    UPDATE cadre_review_receipt
    SET state = CASE WHEN id %% 3 = 0 THEN 'confirmed' ELSE 'expected' END
    WHERE campaign_id = %s
"""
DELIVERIES = """
    INSERT INTO cadre_review_delivery (dossier_id, campaign_id, company_id, unit_id,
        state, round, date, sets, delivered_by, received_by_id, owed_sets, owed_until)
    SELECT id, campaign_id, company_id, unit_id, 'valid', round, date_due, 1, 'Bearer',
        %s, 1, date_due
    FROM cadre_review_dossier WHERE campaign_id = %s AND id %% 5 = 0
"""

Made = namedtuple("Made", "campaign board")


def setup(env, n):
    opening = load("bench_opening")
    opening.PEOPLE = PEOPLE
    campaign = opening.make_campaign(env, opening.make_units(env, n))
    opening.run(env, opening.Made(campaign, None))
    user = make_clerk(env, campaign)
    env.flush_all()
    for statement in (PAPERS, DOSSIERS, RECEIPTS):
        env.cr.execute(statement, [campaign.id])
    env.cr.execute(DELIVERIES, [user.id, campaign.id])
    env.invalidate_all()
    return Made(campaign.id, env["cadre.review.board"].with_user(user))


def make_clerk(env, campaign):
    """A user of the office, whose record rules the board passes through."""
    user = env["res.users"].create(
        {
            "name": "Người của Văn phòng",
            "login": "bench.vanphong",
            "company_id": campaign.company_id.id,
            "company_ids": campaign.company_id.ids,
        }
    )
    env["cadre.review.member"].create(
        {"user_id": user.id, "role": "office", "company_id": campaign.company_id.id}
    )
    return user


def run(_env, made):
    made.board.action_read(made.campaign)


def floor(_env, made):
    env = made.board.env
    env["cadre.review.campaign"].search_fetch([], ["name", "state", "sets"])
    mine = [("campaign_id", "=", made.campaign)]
    env["cadre.review.dossier"].search_fetch(
        mine, ["unit_name", "state", "round", "date_due", "date_submitted"]
    )
    for model, groups in (
        ("cadre.review.paper", ["dossier_id", "kind_id", "state"]),
        ("cadre.review.receipt", ["dossier_id", "state"]),
        ("cadre.review.request.line", ["dossier_id", "paper_id"]),
        ("cadre.review.delivery", ["dossier_id", "owed_sets"]),
    ):
        env[model]._read_group(mine, groups, ["__count"])
