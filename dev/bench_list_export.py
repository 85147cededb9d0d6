"""The results of a campaign as a list, beside Odoo's own export of the same rows."""

import importlib.util
from pathlib import Path
from unittest.mock import patch

FLOOR = "Odoo's own export to xlsx of the same ratings and columns"
PEOPLE = 11  # in each unit; with the collective 12 rows, 39,852 for the country
COLUMNS = (
    *("unit_name", "subject_kind", "name", "birth_date", "party_title", "title"),
    *("group_id", "authority_id", "self_level", "conference_level", "party_level"),
    *("unit_level", "appraisal_level", "proposal_level", "level", "notified_text"),
    *("is_head", "scope", "left_reason", "date_notified"),
)


def setup(env, n):
    review = load("bench_review")
    made = review.setup(env, n)
    return env["cadre.review.rating"].search([("campaign_id", "=", made.campaign.id)])


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


def load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
