from odoo import api, models
from odoo.exceptions import AccessError


class CadreReviewLawMixin(models.AbstractModel):
    """Regulations and their rows: a version in use is not edited."""

    _name = "cadre.review.law.mixin"
    _description = "Part of a Regulation"
    _inherit = ["cadre.review.gate.mixin"]

    def _check_access(self, operation):
        """Say in words why a version in use cannot be changed."""
        refused = super()._check_access(operation)
        if refused is None or operation == "read":
            return refused
        records, _make_error = refused
        used = records.sudo()._regulation_of().filtered("is_used")
        if not used or not self.browse().has_access(operation):
            return refused
        message = self.env._(
            "%(regulations)s: ratings rest on this version, so it is not changed. "
            "Supersede it by a new version from a later day.",
            regulations=", ".join(used.mapped("name")),
        )
        return records, lambda: AccessError(message)

    def _regulation_of(self):
        return self.regulation_id if "regulation_id" in self._fields else self

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_whole()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._check_whole()
        return result

    def unlink(self):
        alone = "regulation_id" in self._fields and not self.env.context.get(
            "law_whole"
        )
        touched = alone and self.regulation_id
        result = super().unlink()
        if touched:
            touched._check_sound()
        return result

    def _check_whole(self):
        """A row saved alone leaves a sound regulation; saved with its regulation,
        it is checked with the whole."""
        if "regulation_id" in self._fields and not self.env.context.get("law_whole"):
            self.regulation_id._check_sound()
