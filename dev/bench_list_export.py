"""Results as a list, beside Odoo's own export of the same rows: 12 a unit, or nearly.

One campaign is opened and repeated in earlier years, which makes as many rows as more
units would and takes a tenth of the time.
"""

from unittest.mock import patch

from benchmark import load

FLOOR = "Odoo's own export to xlsx of the same ratings and columns"
YEARS = 13  # so that 3,321 units are 255 in each year: 39,780 rows
COLUMNS = (
    *("unit_name", "subject_kind", "name", "birth_date", "party_title", "title"),
    *("group_id", "authority_id", "self_level", "conference_level", "party_level"),
    *("unit_level", "appraisal_level", "proposal_level", "level", "notified_text"),
    *("is_head", "scope", "left_reason", "date_notified"),
)


def setup(env, n):
    opening, review = load("bench_opening"), load("bench_review")
    opening.PEOPLE = review.PEOPLE
    campaign = opening.make_campaign(env, opening.make_units(env, max(n // YEARS, 1)))
    opening.run(env, opening.Made(campaign, None))
    env.flush_all()
    lists = load("bench_rating_list")
    lists.CAMPAIGNS = YEARS
    lists.repeat(env, campaign)
    campaigns = env["cadre.review.campaign"].search(
        [("owner_id", "=", campaign.owner_id.id)]
    )
    for each in campaigns:
        env.cr.execute(review.OPINIONS, [each.id])
    env.invalidate_all()
    return env["cadre.review.rating"].search([("campaign_id", "in", campaigns.ids)])


def run(env, ratings):
    ratings.with_env(env)._list_file()


def floor(env, ratings):
    """As the web client's controller does it, from the records to the bytes."""
    from odoo.addons.web.controllers import export

    rows = ratings.with_env(env).export_data(list(COLUMNS))["datas"]
    fields = [{"name": name, "label": name, "type": "char"} for name in COLUMNS]
    with (
        patch.object(export, "request", FakeRequest(env)),
        export.ExportXlsxWriter(fields, [], len(rows)) as book,
    ):
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                book.write_cell(row + 1, column, value)
    return book.value


class FakeRequest:
    """All that the writer asks the request for."""

    def __init__(self, env):
        self.env = env
