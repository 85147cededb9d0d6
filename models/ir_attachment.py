from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

OURS = "cadre.review."
WITHHELD = ("cadre.review.dossier", "cadre.review.paper")


class IrAttachment(models.Model):
    """Files of a dossier: sealed with the hand-in, and withheld until then.

    - a file stays on the record it was given to, and is never public;
    - files of a dossier that was handed in are changed by nobody; the office may
      add files of its own, say to its messages;
    - before the hand-in the office sees that a paper is there, not its content,
      but for what it keyed itself;
    - a secret paper has no file.
    """

    _inherit = "ir.attachment"

    @api.constrains("public", "res_model", "res_id")
    def _check_cadre_review_file(self):
        ours = self.sudo().filtered(
            lambda file: (file.res_model or "").startswith(OURS)
        )
        for file in ours.filtered("public"):
            raise ValidationError(
                self.env._(
                    "%(file)s belongs to a review: it cannot be made public.",
                    file=file.name,
                )
            )
        papers = ours.filtered(lambda file: file.res_model == "cadre.review.paper")
        self.env["cadre.review.paper"].browse(papers.mapped("res_id"))._check_secret()

    def write(self, vals):
        if not self.env.su and vals.keys() & {"res_model", "res_id"}:
            self._check_stays(vals)
        return super().write(vals)

    def _check_stays(self, vals):
        for file in self.sudo():
            model, res_id = (
                vals.get(key, file[key]) for key in ("res_model", "res_id")
            )
            if (
                file.res_id
                and (file.res_model or "").startswith(OURS)
                and (model, res_id) != (file.res_model, file.res_id)
            ):
                raise AccessError(
                    self.env._(
                        "%(file)s stays with the record it was given to; "
                        "add a copy where else it is needed.",
                        file=file.name,
                    )
                )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su:
            return result
        refused = result[0] if result else self.browse()
        withheld = (self - refused)._withheld(operation)
        if not withheld:
            return result

        def error():
            return AccessError(
                self.env._(
                    "These files cannot be read before the dossier is handed in, nor "
                    "changed afterwards: %(files)s. Ask for completion, or unlock the "
                    "dossier.",
                    files=", ".join(withheld.sudo().mapped("name")),
                )
            )

        return refused | withheld, error

    def _withheld(self, operation):
        """Those of the files that the state of their dossier withholds."""
        withheld = self.browse()
        for model, files in self.sudo().grouped("res_model").items():
            if model not in WITHHELD:
                continue
            records = self.env[model].sudo().browse(files.mapped("res_id")).exists()
            hidden = records.filtered_domain(records._withheld_domain(self.env.user))
            sealed = records.browse() if operation == "read" else records._sealed()
            withheld |= files.filtered(
                lambda file, hidden=hidden, sealed=sealed: (
                    file.res_id in (hidden | sealed).ids
                    and file.create_uid not in self._office_and_user()
                )
                or file in sealed.attachment_ids
            )
        return withheld.sudo(False)

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access) and self._searches_as_office():
            for model in WITHHELD:
                records = self.env[model].sudo()
                hidden = records._search(records._withheld_domain(self.env.user))
                domain = Domain(domain) & ~(
                    Domain("res_model", "=", model)
                    & Domain("res_id", "in", hidden)
                    & Domain("create_uid", "not in", self._office_and_user().ids)
                )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _office_and_user(self):
        """Whose files are not withheld from the office: its own."""
        office = self.env.companies.sudo().cadre_review_office_user_ids
        return office | self.env.user

    def _searches_as_office(self):
        return self.env.user.has_group("cadre_review.cadre_review_group_office")
