# Run by `odoo shell` after the upgrade: everything that $FACTS names is still there,
# and the closed campaign is as it was.
import json
import os

with open(os.environ["FACTS"], encoding="utf-8") as file:
    facts = json.load(file)
for name, rows in facts["rows"].items():
    now = env[name].sudo().with_context(active_test=False).search_count([])
    assert now >= rows, f"{name}: {rows} rows before the upgrade, {now} after it"


def law(rating):
    regulation = rating.regulation_id
    return [
        regulation.code,
        regulation.name,
        regulation.criterion_ids.mapped("name"),
        regulation.label_ids.mapped("name"),
    ]


campaign = env["cadre.review.campaign"].browse(facts["campaign"])
assert campaign.state == "closed", f"the campaign was closed and is {campaign.state}"
results = [
    [rating.name, rating.state, rating.level, rating.notified_text, law(rating)]
    for rating in campaign.rating_ids.sorted("id")
]
assert results == facts["results"], "the results of the closed campaign changed"

# the regulations it rests on were in use during the upgrade: what is new about them
# has come, and nobody edits them
for regulation in campaign.rating_ids.regulation_id:
    assert regulation.is_used and regulation.rule_ids and regulation.cap_rate == 20
    admin = regulation.with_user(env.ref("base.user_admin"))
    assert not admin.has_access("write"), f"{regulation.name} can be edited"
