from odoo import api, models
from odoo.exceptions import AccessError


class CadreReviewGateMixin(models.AbstractModel):
    """Values that users do not write, however the write comes in.

    - ``gated=True``: the superuser alone writes the field, that is, a step that
      has been checked as the user; on ``create()`` and ``write()`` alike;
    - ``fixed=True``: given at creation, never changed: rules look at a row as it
      was, so moving it to another parent would carry it past them;
    - ``written_in=(state, …)``: users write the field in these states only, where a
      record rule, which knows no fields, lets several hands write one record;
    - stored computed fields follow from others; rules rest on them.
    """

    _name = "cadre.review.gate.mixin"
    _description = "Gated Values"

    # the field that ``written_in`` looks at
    _written_by = "state"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.su:
            for record, vals in zip(records, vals_list, strict=True):
                # a new form sends its empty fields as well
                record._check_written_in({name for name in vals if vals[name]})
        return records

    def write(self, vals):
        if not self.env.su:
            self._check_written_in(vals)
            for name in vals:
                field = self._fields.get(name)
                if field and (
                    getattr(field, "fixed", False)
                    or (field.store and field.compute and field.readonly)
                ):
                    raise self._gate_error(field)
        return super().write(vals)

    def _check_written_in(self, names):
        for name in names:
            field = self._fields.get(name)
            states = getattr(field, "written_in", None)
            if states and any(
                record[self._written_by] not in states for record in self.sudo()
            ):
                raise self._gate_error(field)

    def _valid_field_parameter(self, field, name):
        return name in (
            "gated",
            "fixed",
            "written_in",
        ) or super()._valid_field_parameter(field, name)

    def _has_field_access(self, field, operation):
        if operation == "write" and getattr(field, "gated", False) and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _check_field_access(self, field, operation):
        if getattr(field, "gated", False) and not self._has_field_access(
            field, operation
        ):
            raise self._gate_error(field)
        return super()._check_field_access(field, operation)

    def _gate_error(self, field):
        return AccessError(
            self.env._(
                "“%(field)s” of %(model)s is not entered directly: it follows from "
                "the steps of the work. Use the buttons of the record.",
                field=field._description_string(self.env),
                model=self.env["ir.model"]._get(self._name).name,
            )
        )
