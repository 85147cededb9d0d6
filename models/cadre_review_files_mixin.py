from odoo import api, fields, models


class CadreReviewFilesMixin(models.AbstractModel):
    """Files kept as ordinary attachments, under the rights of their record."""

    _name = "cadre.review.files.mixin"
    _description = "Files of a Record"

    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._claim_attachments()
        return records

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._claim_attachments()
        return result

    def _claim_attachments(self):
        """Tie freshly uploaded files to their record: its rights then hold."""
        for record in self:
            loose = record.attachment_ids.filtered(lambda file: not file.res_id)
            if loose:
                loose.write({"res_model": record._name, "res_id": record.id})
