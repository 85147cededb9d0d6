"""The same roster beside the bare load() that Odoo's own import ends in."""

from datetime import datetime

from benchmark import load

FLOOR = (
    "load() of the same rows in one call, once they are read from the file; here less"
    " is more"
)


def setup(env, n):
    return load("bench_roster_import").setup(env, n)


def run(env, made):
    load("bench_roster_import").run(env, made)


def floor(env, made):
    window, _theirs, rows = made
    roster = load("bench_roster_import")
    fields = [field for field in roster.COLUMNS.values() if field]
    days = [n for n, field in enumerate(fields) if "date" in field]
    data = [list(row[1:]) for row in rows]
    for row in data:
        for place in days:
            row[place] = f"{datetime.strptime(row[place], roster.FORMAT):%Y-%m-%d}"
    done = window.env["cadre.review.cadre"].load(fields, data)
    assert not done["messages"] and len(done["ids"]) == len(rows), done["messages"]
