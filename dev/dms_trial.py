# Run by `odoo shell`, in a database with OCA's dms: whoever reads a paper finds its
# files in the document system, and nobody else does; what is withheld there stays
# withheld.
import base64

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

PDF = b"%PDF-1.4\n%%EOF\n"
company = env.company
authority = env["cadre.review.authority"].create(
    {"name": "Thường trực", "code": "DMS", "company_id": company.id}
)
units = env["cadre.review.unit"].create(
    [
        {"name": f"Xã {code}", "code": code, "authority_id": authority.id}
        for code in ("DMS-A", "DMS-B")
    ]
)
env["cadre.review.cadre"].create(
    [
        {
            "name": f"Người {unit.code}",
            "code": f"{unit.code}-1",
            "post_ids": [
                Command.create(
                    {
                        "unit_id": unit.id,
                        "title": "Chủ tịch",
                        "is_head": True,
                        "authority_id": authority.id,
                    }
                )
            ],
        }
        for unit in units
    ]
)
groups = "base.group_user,dms.group_dms_user"
users = {
    name: new_test_user(env, f"dms_{name}", groups, name=name)
    for name in ("officer_a", "officer_b", "office", "standing", "nobody")
}
places = {
    "officer_a": ("officer", {"unit_id": units[0].id}),
    "officer_b": ("officer", {"unit_id": units[1].id}),
    "office": ("office", {"company_id": company.id}),
    "standing": ("standing", {"authority_id": authority.id}),
}
env["cadre.review.member"].create(
    [
        {"user_id": users[name].id, "role": role, **place}
        for name, (role, place) in places.items()
    ]
)
models = env["ir.model"].search(
    [("model", "in", ("cadre.review.dossier", "cadre.review.paper"))]
)
storage = env["dms.storage"].create(
    {
        "name": "Hồ sơ",
        "save_type": "attachment",
        "inherit_access_from_parent_record": True,
        "include_message_attachments": True,
        "model_ids": [Command.set(models.ids)],
    }
)
env["dms.directory"].create(
    [
        {
            "name": model.name,
            "is_root_directory": True,
            "storage_id": storage.id,
            "model_id": model.id,
            "res_model": model.model,
        }
        for model in models
    ]
)
campaign = (
    env["cadre.review.campaign"]
    .with_user(users["office"])
    .create(
        {
            "name": "Năm 2022",
            "year": 2022,
            "owner_id": authority.id,
            "scope_date": "2022-11-08",
            "unit_ids": [Command.set(units.ids)],
            "paper_kind_ids": [
                Command.set(env["cadre.review.paper.kind"].search([]).ids)
            ],
        }
    )
)
campaign.action_open()
dossier = campaign.sudo().dossier_ids.filtered(lambda d: d.unit_id == units[0])
paper = dossier.paper_ids[0].with_user(users["officer_a"])
for res_id in (paper.id, 0):  # uploaded to the record, and claimed by it
    file = paper.env["ir.attachment"].create(
        {
            "name": f"bien_ban_{res_id}.pdf",
            "raw": PDF,
            "res_model": paper._name,
            "res_id": res_id,
        }
    )
    paper.attachment_ids = [Command.link(file.id)]
env.flush_all()
names = {file.name for file in paper.sudo().attachment_ids}


def shown(name):
    """Names and readable contents of the dossier's files in the document system."""
    env.invalidate_all()
    files = env["dms.file"].with_user(users[name]).search([("name", "in", [*names])])
    contents = set()
    for file in files:
        try:
            if base64.b64decode(file.content or b"") == PDF:
                contents.add(file.name)
        except AccessError:
            pass
    return set(files.mapped("name")), contents


found = env["dms.file"].search([("name", "in", [*names])])
assert set(found.mapped("name")) == names, f"in dms: {found.mapped('name')}"
for state, readers in (
    ("preparing", {"officer_a"}),
    ("submitted", {"officer_a", "office", "standing"}),
):
    dossier.state = state
    env.flush_all()
    for name in users:
        listed, read = shown(name)
        expected = names if name in readers else set()
        assert read == expected, f"{state}, {name} reads {read}"
        # before the hand-in the office sees that a paper is there
        if name != "office":
            assert listed == expected, f"{state}, {name} sees {listed}"
print("dms: a dossier's files show to exactly those who may read them")
