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
    - ``hand="unit"``: of two hands that write one record in turn, this one alone
      writes the field (:meth:`_of_hand`);
    - ``kept_by="group"``: users of this group alone write the field;
    - ``witnessed=True``: rules rest on it; each change leaves an event with the old
      and the new value;
    - stored computed fields follow from others; rules rest on them.
    """

    _name = "cadre.review.gate.mixin"
    _description = "Gated Values"

    # the field that ``written_in`` looks at
    _written_by = "state"
    # rows that rules rest on: each value is witnessed, their coming and going too
    _witnessed_rows = False

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.su:
            for record, vals in zip(records, vals_list, strict=True):
                # a new form sends its empty fields as well
                given = {name for name in vals if vals[name]}
                record._check_written_in(given)
                record._check_hands(given)
        self.env["cadre.review.event"]._note_rows(records._witnessed(), "create")
        return records

    def write(self, vals):
        if not self.env.su:
            self._check_written_in(vals)
            self._check_hands(vals)
            for name in vals:
                field = self._fields.get(name)
                if field and (
                    getattr(field, "fixed", False)
                    or (field.store and field.compute and field.readonly)
                ):
                    raise self._gate_error(field)
        before = self._witnessed_values(vals)
        result = super().write(vals)
        self.env["cadre.review.event"]._note_changes(before)
        return result

    def unlink(self):
        self.check_access("unlink")
        self.env["cadre.review.event"]._note_rows(self._witnessed(), "delete")
        return super().unlink()

    def _check_written_in(self, names):
        for name in names:
            field = self._fields.get(name)
            # a field that shows another record's is that record's to judge
            states = not getattr(field, "related", None) and getattr(
                field, "written_in", None
            )
            if states and any(
                record[self._written_by] not in states for record in self.sudo()
            ):
                raise self._gate_error(field)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """What is not written in a state is shown as such."""
        arch, view = super()._get_view(view_id, view_type, **options)
        state = self._written_by
        if arch.xpath(f"/*/descendant-or-self::field[@name='{state}']"):
            for node in arch.iter("field"):
                field = self._fields.get(node.get("name"))
                states = getattr(field, "written_in", None)
                within = next(node.iterancestors("field"), None)
                shown = states and not field.related and within is None
                if shown and not node.get("readonly"):
                    node.set("readonly", f"{state} not in {tuple(states)!r}")
        return arch, view

    def _check_hands(self, names):
        for name in names:
            field = self._fields.get(name)
            hand = getattr(field, "hand", None)
            if hand and not field.related and self - self._of_hand(hand):
                raise self._gate_error(field)

    def _of_hand(self, hand):
        """The records on which the user writes as this hand: by default a role."""
        return self._in_role(hand)

    def _witnessed(self):
        """The rows whose coming and going is told."""
        return self if self._witnessed_rows else self.browse()

    def _witnessed_values(self, names):
        """``{record: {field: value}}`` of what is going to be written."""
        names = [name for name in names if self._is_witnessed(name)]
        return {
            record: {name: record[name] for name in names}
            for record in (self.sudo() if names else ())
        }

    @api.model
    def _is_witnessed(self, name):
        field = self._fields.get(name)
        if not field or field.related:
            return False
        return getattr(field, "witnessed", False) or bool(
            self._witnessed_rows
            and field.store
            and not field.compute
            and field.type != "one2many"
            and name not in models.MAGIC_COLUMNS
        )

    def _valid_field_parameter(self, field, name):
        return name in (
            "gated",
            "fixed",
            "written_in",
            "hand",
            "kept_by",
            "witnessed",
        ) or super()._valid_field_parameter(field, name)

    def _has_field_access(self, field, operation):
        if operation == "write" and self._is_closed(field):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _is_closed(self, field):
        """Whether the user writes the field on no record at all."""
        if self.env.su:
            return False
        keepers = getattr(field, "kept_by", None)
        return getattr(field, "gated", False) or bool(
            keepers and not self.env.user.has_group(keepers)
        )

    @api.model
    def _check_field_access(self, field, operation):
        if operation == "write" and self._is_closed(field):
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
