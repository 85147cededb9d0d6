# Run by `odoo shell` after the upgrade: everything that $FACTS names is still there.
import json
import os

with open(os.environ["FACTS"], encoding="utf-8") as file:
    facts = json.load(file)
for name, rows in facts["rows"].items():
    now = env[name].sudo().with_context(active_test=False).search_count([])
    assert now >= rows, f"{name}: {rows} rows before the upgrade, {now} after it"
