from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

BATCH = 500


def migrate(cr, version):
    """Describe the files that papers have; what was handed in stays from now on.

    Receipts are expected in campaigns that still run; in a closed one nobody would
    confirm them any more.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    papers = env["cadre.review.paper"].search([("attachment_ids", "!=", False)])
    for ids in split_every(BATCH, papers.ids):
        batch = papers.browse(ids)
        rows = batch._describe_files(strictly=False)
        rows.filtered(
            lambda file: file.paper_id.dossier_id.state
            not in ("preparing", "returned", "excluded")
        ).is_handed_in = True
        env.flush_all()
        env.invalidate_all()
    ratings = env["cadre.review.rating"].search(
        [
            ("campaign_id.state", "in", ("open", "consolidated")),
            ("has_left", "=", False),
            ("dossier_id.state", "!=", "excluded"),
        ]
    )
    env["cadre.review.receipt"]._open_for(ratings)
