from odoo import api, fields, models


class CadreReviewDocument(models.Model):
    """A document a campaign rests on; its file is there for the units to study.

    Identified by number, date and issuer together: numbers are used again.

    - every role reads documents; the office and administrators keep them.
    """

    _name = "cadre.review.document"
    _description = "Legal Document"
    _inherit = ["cadre.review.files.mixin"]
    _order = "date, number"
    _rec_name = "number"
    _rec_names_search = ["number", "name"]

    number = fields.Char(required=True)
    date = fields.Date(required=True)
    issuer = fields.Char(required=True)
    name = fields.Char(string="Document Title", required=True)
    short_name = fields.Char(help="What it is called after “sau đây viết tắt là”.")

    _identity = models.Constraint(
        "unique(number, date, issuer)",
        "This document (number, date and issuer) is already recorded.",
    )

    @api.depends("number", "date")
    def _compute_display_name(self):
        for document in self:
            document.display_name = (
                f"{document.number} ({document.date:%d/%m/%Y})"
                if document.date
                else document.number
            )
