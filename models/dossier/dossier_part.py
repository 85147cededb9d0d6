from odoo import fields, models

from ..base.kept_link import kept_link


class CadreReviewDossierPartMixin(models.AbstractModel):
    """What hangs on a dossier: given to it once and for all, and of its campaign,
    council and unit, which record rules read on the row itself."""

    _name = "cadre.review.dossier.part.mixin"
    _description = "Part of a Dossier"
    _inherit = ["cadre.review.gate.mixin"]

    dossier_id = fields.Many2one(
        "cadre.review.dossier",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    campaign_id = kept_link("dossier_id.campaign_id")
    company_id = kept_link("dossier_id.company_id")
    unit_id = kept_link("dossier_id.unit_id")
