from textwrap import shorten
from typing import NamedTuple

from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_datetime, groupby, html2plaintext

# keys beside the fields in the values of a save
SEEN = "_seen"  # {id of the record: {field: value shown before it was changed}}
OVER = "_over"  # fields in which the user has read the other's value, and keeps theirs

TEXTS = ("char", "text", "html")
COMPARED = (
    *TEXTS,
    *("boolean", "integer", "float", "monetary", "selection"),
    *("date", "datetime", "many2one"),
)


class Typed(NamedTuple):
    """What the user changed on one stored row.

    :param root: the record that is saved; the row itself, or what it is a line of
    :param values: ``None`` where the row is deleted
    :param path: ``[[x2many field, id], …]`` from the root to the row
    """

    root: models.BaseModel
    record: models.BaseModel
    values: dict
    seen: dict
    over: list
    path: list


class CadreReviewSharedEditMixin(models.AbstractModel):
    """Two people at one record do not overwrite each other without knowing.

    The web client sends, with what it saves, the values it had shown of the fields
    that were changed, of the record and of the lines in its form. A field that
    somebody changed to another value meanwhile stops the save: nothing is written,
    and the answer says who, when and what. A save that sends none goes as ever.
    """

    _name = "cadre.review.shared.edit.mixin"
    _description = "Editing by Several People"

    def web_save(self, vals, specification, next_id=None):
        vals, typed = self._take_seen(self, vals)
        self._check_seen(typed)
        return super().web_save(vals, specification, next_id=next_id)

    def web_save_multi(self, vals_list, specification):
        pairs = [
            self._take_seen(record, vals)
            for record, vals in zip(self, vals_list, strict=True)
        ]
        self._check_seen([row for _vals, rows in pairs for row in rows])
        return super().web_save_multi([vals for vals, _rows in pairs], specification)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Our web client sends what was seen: it comes with the model."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in ("form", "list") and not arch.get("js_class"):
            arch.set("js_class", f"cadre_review_shared_{view_type}")
        return arch, view

    # ------------------------------------------------------------------
    # WHAT WAS SEEN
    # ------------------------------------------------------------------

    @api.model
    def _take_seen(self, records, vals, root=None, path=()):
        """Part the values to write from what was seen.

        :return: ``(values, [Typed])``
        """
        vals = dict(vals)
        seen, over = vals.pop(SEEN, {}), vals.pop(OVER, [])
        typed = [
            Typed(root or record, record, vals, seen[key], over, list(path))
            for record in records
            if (key := str(record.id)) in seen
        ]
        for name, commands in vals.items():
            field = records._fields.get(name)
            if not field or field.type not in ("one2many", "many2many") or not commands:
                continue
            ids = [command[1] for command in commands if self._is_marked(command)]
            lines = {line.id: line for line in self.env[field.comodel_name].browse(ids)}
            vals[name] = []
            for command in commands:
                if self._is_marked(command):
                    line = lines[command[1]]
                    place = (root or records[:1], [*path, [name, line.id]])
                    values, rows = self._take_seen(line, command[2], *place)
                    if command[0] == Command.DELETE:
                        rows = [row._replace(values=None) for row in rows]
                        values = 0
                    command = (command[0], line.id, values)
                    typed += rows
                vals[name].append(command)
        return vals, typed

    @api.model
    def _is_marked(self, command):
        return (
            command[0] in (Command.UPDATE, Command.DELETE)
            and len(command) > 2
            and isinstance(command[2], dict)
        )

    @api.model
    def _check_seen(self, typed):
        """Refuse where somebody changed meanwhile what the user changes; keep in
        the history what they write over knowingly.

        :raise UserError: with every such field in its ``context``
        """
        there = self._lock_typed(typed)
        self._check_open([row for row in typed if row.record in there])
        gone, changed, overwritten = [], [], []
        for row in typed:
            if row.record not in there:
                gone.append(row)
                continue
            for name in self._compared_names(row):
                state = self._state_of(row, row.record._fields[name])
                if state == "changed":
                    changed.append((row, name))
                elif state == "overwritten":
                    overwritten.append((row, name))
        if gone or changed:
            message = self.env._(
                "Somebody else changed this while you were writing. Nothing was saved, "
                "and your text is kept."
            )
            self._check_readable([row for row, _name in changed])
            raise self._edit_error(
                UserError,
                message,
                [
                    *(self._prepare_gone(row) for row in gone),
                    *(self._prepare_conflict(row, name) for row, name in changed),
                ],
            )
        for root, pairs in groupby(overwritten, lambda pair: pair[0].root):
            root._history()._record_overwritten(
                [self._describe(row, name) for row, name in pairs]
            )

    @api.model
    def _lock_typed(self, typed):
        """Two saves at one instant do not both pass: the second waits for the first,
        and is then begun anew.

        :return: the records that are still there
        """
        there = self._lock_rows([row.record for row in typed])
        elsewhere = {
            self._row_of(row.record, name)
            for row in typed
            if row.record in there
            for name in row.seen
        }
        self._lock_rows([record for record in elsewhere - there if record])
        return there

    @api.model
    def _lock_rows(self, records):
        there = set()
        for model, rows in sorted(groupby(records, lambda record: record._name)):
            # nobody holds up rows that they do not even read
            known = self.env[model].union(*rows).exists()
            known.check_access("read")
            found = self.env.execute_query(
                SQL(
                    "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                    SQL.identifier(self.env[model]._table),
                    tuple({row.id for row in rows}),
                )
            )
            there.update(self.env[model].browse([id_ for (id_,) in found]))
        return there

    @api.model
    def _row_of(self, record, name):
        """The record on whose row the field is written: another one where the model
        shows the other's field as its own (``_field_row``)."""
        return record._field_row(name) if hasattr(record, "_field_row") else record

    @api.model
    def _check_open(self, typed):
        """Refuse with the user's text where a step has closed the record to them."""
        closed = set()
        for _model, rows in groupby(typed, lambda row: row.record._name):
            records = rows[0].record.union(*(row.record for row in rows))
            closed.update(records - records._filtered_access("write"))
        typed = [row for row in typed if row.record in closed]
        if not typed:
            return
        self._check_readable(typed)
        roots = typed[0].root.union(*(row.root for row in typed))
        message = self.env._(
            "%(records)s: not open to your changes any more. Nothing was saved, and "
            "your text is kept: copy it.",
            records=", ".join(roots.mapped("display_name")),
        )
        if step := roots._last_step():
            message += " " + self.env._(
                "The last step: %(record)s – %(state)s, by %(user)s on %(date)s.",
                record=step.record_name,
                state=step.state_to_label,
                user=step.user_id.name,
                date=format_datetime(self.env, step.create_date),
            )
        conflicts = [
            self._prepare_conflict(row, name, "closed", self.env._("not saved"))
            for row in typed
            for name in self._compared_names(row)
        ]
        raise self._edit_error(AccessError, message, conflicts)

    @api.model
    def _check_readable(self, typed):
        """The cache also holds what the rules alone have read: ask them."""
        for _model, rows in groupby(typed, lambda row: row.record._name):
            rows[0].record.union(*(row.record for row in rows)).check_access("read")

    @api.model
    def _compared_names(self, row):
        """Fields of the row that the user changes; all that people fill in where
        they delete it."""
        fields = row.record._fields
        return [
            name
            for name in row.seen
            if name in fields
            and fields[name].type in COMPARED
            and (
                name in row.values
                if row.values is not None
                else fields[name].store
                and not (fields[name].compute and fields[name].readonly)
            )
        ]

    @api.model
    def _state_of(self, row, field):
        """``changed`` by somebody else, knowingly ``overwritten``, or neither."""

        def read(value):
            cached = field.convert_to_cache(value, row.record)
            value = field.convert_to_record(cached, row.record)
            value = field.convert_to_read(value, row.record, use_display_name=False)
            return (value or False) if field.type in TEXTS else value

        now = read(row.record[field.name])
        if row.values is not None and read(row.values[field.name]) == now:
            return None
        if read(row.seen[field.name]) != now:
            return "changed"
        return "overwritten" if field.name in row.over else None

    # ------------------------------------------------------------------
    # WHAT THE USER IS TOLD
    # ------------------------------------------------------------------

    @api.model
    def _edit_error(self, error_class, message, conflicts):
        """A refusal that the web client shows beside the user's own text. Its message
        names, but does not quote: messages of errors go into the log."""
        lines = dict.fromkeys(
            f"• {conflict['title']}: {conflict['change']}" for conflict in conflicts
        )
        error = error_class("\n".join([message, *lines]))
        error.context = {"shared_edit": {"message": message, "conflicts": conflicts}}
        return error

    @api.model
    def _prepare_conflict(self, row, name, kind=None, change=None):
        """One field for the window: who changed it, what it reads, what they typed."""
        record, field = row.record, row.record._fields[name]
        now = record[name]
        deletes = row.values is None
        mine = self.env._("(deleted)") if deletes else row.values[name]
        return {
            "kind": kind or ("delete" if deletes else "change"),
            "path": row.path,
            "id": record.id,
            "field": name,
            "title": self._title(row, name),
            "change": change or self._last_change(self._row_of(record, name)),
            "now": (now and {"id": now.id, "display_name": self._name_of(now)})
            if field.type == "many2one"
            else field.convert_to_read(now, record),
            "now_text": self._as_text(record, field, now),
            "mine_text": mine if deletes else self._as_text(record, field, mine),
        }

    @api.model
    def _prepare_gone(self, row):
        """A row that somebody deleted meanwhile, with all that was typed on it."""
        record, values = row.record, row.values or {}
        typed = [
            f"{field._description_string(self.env)}: "
            f"{self._as_text(record, field, value)}"
            for name, value in values.items()
            if (field := record._fields.get(name)) and field.type in COMPARED
        ]
        name = self.env["ir.model"]._get(record._name).name
        return {
            "kind": "gone",
            "path": row.path,
            "id": record.id,
            "field": False,
            "title": f"{row.root.display_name} › {name}" if row.path else name,
            "change": self.env._("deleted by somebody else"),
            "now": False,
            "now_text": self.env._("(deleted)"),
            "mine_text": "\n".join(typed),
        }

    def _last_step(self):
        """The last event of what may have locked the record."""
        about = [self._history().sudo()]
        about += [
            about[0][name]
            for name in ("dossier_id", "campaign_id")
            if name in about[0]._fields
        ]
        return (
            self.env["cadre.review.event"]
            .sudo()
            .search(
                Domain.OR(
                    Domain("res_model", "=", records._name)
                    & Domain("res_id", "in", records.ids)
                    for records in about
                )
                & Domain("move", "!=", "overwrite"),
                limit=1,
            )
        )

    @api.model
    def _title(self, row, name):
        label = row.record._fields[name]._description_string(self.env)
        names = [row.root.display_name]
        if row.path:
            names.append(shorten(row.record.display_name or "", 80, placeholder="…"))
        return f"{' › '.join(names)} – {label}"

    @api.model
    def _last_change(self, record):
        writer = record.sudo().write_uid
        values = {
            "user": writer.name,
            "date": format_datetime(self.env, record.write_date),
        }
        if writer == self.env.user:
            return self.env._("changed by yourself elsewhere, on %(date)s", **values)
        return self.env._("changed by %(user)s on %(date)s", **values)

    @api.model
    def _name_of(self, linked):
        """As far as the user may read it: the id may be one that they made up."""
        return linked._filtered_access("read").display_name or ""

    @api.model
    def _as_text(self, record, field, value):
        """A value, as stored or as typed, as plain text in the user's language."""
        cached = field.convert_to_cache(value, record, validate=False)
        value = field.convert_to_record(cached, record)
        if field.type == "many2one":
            return self._name_of(value)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type in ("float", "monetary"):
            return f"{value:g}"
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return format_datetime(self.env, value) if value else ""
        if field.type == "html":
            return html2plaintext(value or "")
        return str(value) if field.type == "integer" else value or ""

    # ------------------------------------------------------------------
    # HISTORY
    # ------------------------------------------------------------------

    def _history(self):
        """Where it is kept that somebody wrote over another's text."""
        return self if "event_ids" in self._fields else self.dossier_id

    @api.model
    def _describe(self, row, name):
        change = self._last_change(self._row_of(row.record, name))
        return f"{self._title(row, name)}: {change}"

    def _record_overwritten(self, texts):
        """Who wrote over whose text in which field; what it said is not kept."""
        message = self.env._("Knowingly written over:")
        self.env["cadre.review.event"]._record(
            self, "overwrite", "\n".join([message, *texts])
        )
