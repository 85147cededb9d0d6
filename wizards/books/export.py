from odoo import api, fields, models
from odoo.exceptions import UserError

# whose selections can be downloaded
MODELS = ("cadre.review.rating", "cadre.review.post", "cadre.review.paper")


class CadreReviewExport(models.TransientModel):
    """A selection of records that is about to be downloaded; one's own."""

    _name = "cadre.review.export"
    _description = "Download of a Selection"

    res_model = fields.Char(required=True, readonly=True)
    res_ids = fields.Json(required=True, readonly=True)

    @api.model
    def _of(self, records):
        """Download these records as a list."""
        if not records:
            raise UserError(self.env._("Choose the rows of the list first."))
        records.check_access("read")
        chosen = self.create({"res_model": records._name, "res_ids": records.ids})
        return {
            "type": "ir.actions.act_url",
            "url": f"/cadre_review/list/{chosen.id}",
            "target": "download",
        }

    def _list_file(self):
        self.ensure_one()
        self.check_access("read")
        if self.res_model not in MODELS:
            raise UserError(self.env._("This list is not one to be downloaded."))
        return self.env[self.res_model].browse(self.res_ids).exists()._list_file()
