"""Manifests of seals are kept in the database: without the files, each missing one is
still named."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    files = env["ir.attachment"].search(
        [("res_model", "=", "cadre.review.seal"), ("res_field", "=", "manifest")]
    )
    for file in files:
        env["cadre.review.seal"].browse(file.res_id).manifest = file.datas
    files.unlink()
