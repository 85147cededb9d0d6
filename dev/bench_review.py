"""Evaluating a whole campaign: what was recorded becomes findings, in one pass."""

from collections import namedtuple

from benchmark import load

FLOOR = "the pure engine on the same data, read before"
PEOPLE = 11  # in each unit; with the collective, 2,040 ratings in 170 units

# a confirmed comment of the unit on everybody, criterion by criterion, as rows
OPINIONS = """
    INSERT INTO cadre_review_opinion (
        rating_id, dossier_id, campaign_id, company_id, unit_id, party_body_id, stage,
        stage_order, state, source, degradation, proposed_level
    )
    SELECT id, dossier_id, campaign_id, company_id, unit_id, party_body_id, 'unit',
        4, 'confirmed', 'online', 'none',
        CASE WHEN id %% 9 = 0 THEN 'excellent' ELSE 'good' END
    FROM cadre_review_rating WHERE campaign_id = %s
"""
LINES = """
    INSERT INTO cadre_review_opinion_line (
        opinion_id, company_id, unit_id, party_body_id, stage, criterion_id, sequence,
        strengths, shortcomings
    )
    SELECT o.id, o.company_id, o.unit_id, o.party_body_id, o.stage, c.id, c.sequence,
        (SELECT string_agg(md5(o.id || '-' || c.id || '-' || word), ' ')
         FROM generate_series(1, 12) word),
        CASE WHEN c.sequence %% 20 = 0 THEN 'Không có' ELSE 'Còn chậm ' || o.id END
    FROM cadre_review_opinion o
    JOIN cadre_review_rating r ON r.id = o.rating_id
    JOIN cadre_review_criterion c ON c.regulation_id = r.regulation_id
    WHERE o.campaign_id = %s
"""

Made = namedtuple("Made", "campaign whole")


def setup(env, n):
    opening = load("bench_opening")
    opening.PEOPLE = PEOPLE
    campaign = opening.make_campaign(env, opening.make_units(env, n))
    opening.run(env, opening.Made(campaign, None))
    env.flush_all()
    for statement in (OPINIONS, LINES):
        env.cr.execute(statement, [campaign.id])
    env.invalidate_all()
    return Made(campaign, campaign._as_values())


def run(env, made):
    """Rà soát as the office asks for it, but for the list that shows it."""
    engine().campaign(made.campaign._as_values())


def floor(env, made):
    engine().campaign(made.whole)


def engine():
    from odoo.addons.cadre_review.rules import review

    return review
