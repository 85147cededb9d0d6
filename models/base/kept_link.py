from odoo import fields


def kept_link(path, **options):
    """A link that follows a parent's, kept on the row itself: record rules read it
    in one hop, however deep the row hangs.

    :param str path: the parent's link, e.g. ``dossier_id.unit_id``
    """
    settings = {"store": True, "index": True, "precompute": True, **options}
    return fields.Many2one(related=path, ondelete="restrict", **settings)
