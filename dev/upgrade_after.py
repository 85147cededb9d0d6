# Run by `odoo shell` after the upgrade: everything that $FACTS names is still there,
# and the closed campaign is as it was.
import json
import os

from odoo.addons.cadre_review.tests.security.tables import differences

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


# what was done to the record rules by hand is undone, and there are no others than
# after a first installation
for name in facts["rules"]["touched"]:
    assert env.ref(f"cadre_review.{name}"), f"{name} is in no table any more"
assert not env["ir.rule"].browse(facts["rules"]["obsolete"]).exists()
assert not (found := differences(env)), "\n".join(found)

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
