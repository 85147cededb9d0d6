from odoo import fields, models


class CadreReviewLegalBasis(models.Model):
    """One “Căn cứ” clause of a campaign's letter; it may cite several documents.

    - rights are those of the campaign.
    """

    _name = "cadre.review.legal.basis"
    _description = "Legal Basis"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "sequence, id"
    _rec_name = "text"

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    sequence = fields.Integer(default=10)
    text = fields.Text(required=True, help="The clause as the letter prints it.")
    document_ids = fields.Many2many("cadre.review.document", string="Documents")
