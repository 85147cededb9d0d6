from odoo import api, fields, models


class CadreReviewScansMixin(models.AbstractModel):
    """Signed papers shown beside the record they are keyed into."""

    _name = "cadre.review.scans.mixin"
    _description = "Scans Beside the Fields"

    scan_ids = fields.Many2many(
        "ir.attachment",
        string="Signed Papers",
        compute="_compute_scan_ids",
        help="Files of the papers of this subject that the user may read.",
    )

    def _scanned_papers(self):
        """``{record: papers}`` of which the files are shown beside the record."""
        raise NotImplementedError

    @api.depends_context("uid")
    def _compute_scan_ids(self):
        Paper = self.env["cadre.review.paper"]
        # a person and a party body write opinions, and read no register
        papers = self._scanned_papers() if Paper.has_access("read") else {}
        every = Paper.union(*papers.values())
        files = every.sudo().attachment_ids.sudo(False)._filtered_access("read")
        for record in self:
            mine = papers.get(record, Paper).sudo().attachment_ids
            record.scan_ids = files.filtered(lambda file, of=mine: file in of)
