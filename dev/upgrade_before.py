# Run by `odoo shell` in the version landed before, the scenario loaded: closes a
# campaign and writes to $FACTS what dev/upgrade_after.py must find again.
import json
import os

from odoo import Command

PLACE = "Tủ hồ sơ 2, Văn phòng"
VOTERS = 6


def press(records, button):
    """Press a button; the window that asks for a reason is answered."""
    action = getattr(records, button)()
    if (
        isinstance(action, dict)
        and action.get("res_model") == "cadre.review.move.reason"
    ):
        window = records.env[action["res_model"]].with_context(**action["context"])
        window.create({"reason": "Theo văn bản đã ký"}).action_confirm()


clerk = env["res.users"].search([("login", "=", "vanphong")])
example = env.ref("cadre_review.scenario_campaign_2022").with_user(clerk)
campaign = example.copy(
    {"purpose": "upgrade", "year": 2022, "scope_date": example.scope_date}
)
campaign.unit_ids = [Command.set(example.unit_ids[:3].ids)]
campaign.action_open()
for dossier in campaign.dossier_ids:
    keying = dossier.env["cadre.review.keying"].create(
        {
            "dossier_id": dossier.id,
            "source_place": PLACE,
            "date_start": "2022-11-18 01:00:00",
            "date_end": "2022-11-18 04:00:00",
            "place": "Hội trường",
            "chair": "Người Chủ Trì",
            "secretary": "Người Ghi Biên Bản",
            "convened": VOTERS,
            "present": VOTERS,
        }
    )
    ballots = dict.fromkeys(("issued", "collected", "valid", "votes_good"), VOTERS)
    keying.line_ids.write({**ballots, "concluded_level": "good", "unit_level": "good"})
    keying.line_ids.filtered("is_person").write(
        {"self_level": "good", "party_level": "good"}
    )
    press(keying, "action_key_and_submit")
dossiers = campaign.dossier_ids
press(dossiers, "action_receive")
press(dossiers, "action_check_papers")
press(dossiers, "action_accept")
ratings = campaign.rating_ids.filtered(lambda rating: rating.scope == "rated")
press(ratings, "action_accept_proposals")
drafted = ratings.action_draft_decisions()
decisions = campaign.env["cadre.review.decision"].search(drafted["domain"])
for number, decision in enumerate(decisions, start=1):
    decision.write(
        {
            "number": f"9{number}-KL/TT",
            "date": "2022-12-02",
            "signer": "Người Ký",
            "source_place": PLACE,
        }
    )
press(decisions, "action_issue")
press(campaign, "action_consolidate")
press(campaign, "action_conclude")
press(decisions, "action_notify")
press(campaign, "action_close")
env.flush_all()


def law(rating):
    regulation = rating.regulation_id
    return [
        regulation.code,
        regulation.name,
        regulation.criterion_ids.mapped("name"),
        regulation.label_ids.mapped("name"),
    ]


# record rules as they may stand in an old database: one changed by hand, one deleted,
# one that no table knows any more
known = env["ir.model.data"].search(
    [("module", "=", "cadre_review"), ("model", "=", "ir.rule")], order="name"
)
changed, deleted = (env["ir.rule"].browse(id_) for id_ in known[:2].mapped("res_id"))
obsolete = changed.copy({"name": "obsolete"})
env["ir.model.data"].create(
    {
        "module": "cadre_review",
        "name": "rule_of_yesterday",
        "model": "ir.rule",
        "res_id": obsolete.id,
        "noupdate": known[0].noupdate,
    }
)
rules = {"obsolete": obsolete.id, "touched": known[:2].mapped("name")}
changed.domain_force = "[(1, '=', 1)]"
deleted.unlink()

rows = {
    name: env[name].sudo().with_context(active_test=False).search_count([])
    for name in sorted(env.registry)
    if name.startswith("cadre.review.")
    and not env[name]._abstract
    and not env[name]._transient
}
results = [
    [rating.name, rating.state, rating.level, rating.notified_text, law(rating)]
    for rating in campaign.sudo().rating_ids.sorted("id")
]
with open(os.environ["FACTS"], "w", encoding="utf-8") as file:
    facts = {"rows": rows, "campaign": campaign.id, "results": results}
    json.dump({**facts, "rules": rules}, file)
env.cr.commit()
