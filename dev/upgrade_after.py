# Run by `odoo shell` after the upgrade: everything that $FACTS names is still there,
# and the closed campaign is as it was.
import json
import os

with open(os.environ["FACTS"], encoding="utf-8") as file:
    facts = json.load(file)
for name, rows in facts["rows"].items():
    now = env[name].sudo().with_context(active_test=False).search_count([])
    assert now >= rows, f"{name}: {rows} rows before the upgrade, {now} after it"
campaign = env["cadre.review.campaign"].browse(facts["campaign"])
assert campaign.state == "closed", f"the campaign was closed and is {campaign.state}"
results = [
    [rating.name, rating.state, rating.level, rating.notified_text]
    for rating in campaign.rating_ids.sorted("id")
]
assert results == facts["results"], "the results of the closed campaign changed"
