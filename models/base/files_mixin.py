from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class CadreReviewFilesMixin(models.AbstractModel):
    """Files kept as ordinary attachments, under the rights of their record.

    One scan may prove several records of a dossier: it is kept on the first and
    linked from the others. A file that hangs on anything else is refused, for
    it would stay open to change there.
    """

    _name = "cadre.review.files.mixin"
    _description = "Files of a Record"

    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._claim_attachments()
        return records

    def write(self, vals):
        if "attachment_ids" not in vals:
            return super().write(vals)
        self._check_not_sealed()
        before = self.sudo().attachment_ids
        result = super().write(vals)
        self._claim_attachments()
        self._check_not_taken_away(before - self.sudo().attachment_ids)
        return result

    def _check_not_taken_away(self, gone):
        """A file that is no longer among those of the record is as good as gone."""
        if not self.env.su and gone.sudo(False)._of_another_hand():
            raise AccessError(
                self.env._("Who brought a file takes it away, and nobody else.")
            )

    def _claim_attachments(self):
        """Tie freshly uploaded files to their record: its rights then hold."""
        for record in self:
            loose = record.attachment_ids.filtered(lambda file: not file.res_id)
            if loose:
                # document systems (OCA dms) take note of files by this word
                loose.with_context(attaching_to_record=True).write(
                    {"res_model": record._name, "res_id": record.id}
                )
            record._check_attachments_ours()

    def _check_attachments_ours(self):
        self.ensure_one()
        for file in self.sudo().attachment_ids:
            home = self.env.get(file.res_model)
            if file.res_model == self._name and file.res_id == self.id:
                continue
            if (
                home is None
                or "attachment_ids" not in home._fields
                or home.sudo().browse(file.res_id)._files_scope() != self._files_scope()
            ):
                raise UserError(
                    self.env._(
                        "%(file)s hangs on another record. Upload it to %(record)s.",
                        file=file.name,
                        record=self.display_name,
                    )
                )

    def _files_scope(self):
        """What one file may serve: the records of one dossier, or this record."""
        return self.sudo().dossier_id if "dossier_id" in self._fields else self

    def _sealed(self):
        """The records whose files nobody changes any more, whatever their rights."""
        return self.browse()

    def _check_not_sealed(self):
        if not self.env.su and (sealed := self._sealed()):
            raise AccessError(
                self.env._(
                    "The files of a dossier that was handed in are not changed: "
                    "%(records)s. Ask for completion, or unlock it.",
                    records=", ".join(sealed.mapped("display_name")),
                )
            )
