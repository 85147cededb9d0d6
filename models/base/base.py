import copy
import itertools

from odoo import Command, api, models
from odoo.exceptions import AccessError

from ...rules.levels import LEVELS
from ...rules.stages import CATALOGUE

OURS = "cadre.review."
# letters that neither the web client nor the browser's own menus take
LETTERS = "qwxyvgrtilma"
HOTKEYS = [*LETTERS, *(f"shift+{letter}" for letter in LETTERS)]
FIGURES = "'numeric': true"
GROUP = "cadre_review.cadre_review_group_{}"
EACH_LEVEL = "{'each_level': true}"
EACH_STAGE = "{'each_stage': true}"


class Base(models.AbstractModel):
    """What holds for every record and screen of ours, so that none can forget it.

    - a user links only what that user may read: names of links, and what is computed
      through them, are shown with all rights;

    - dates are written in figures, as papers write them: 30/11/2022;
    - every button of a header has a key of its own;
    - of a field that each level has, a view names that of the best level with the
      option ``each_level``; those of the others follow it;
    - of the levels that the stages propose it names the first with ``each_stage``.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if self._checks_links():
            self._check_links(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if self._checks_links():
            self._check_links([vals], self if len(self) == 1 else None)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self._checks_links():
            self._check_links([values])
        return values

    def onchange(self, values, field_names, fields_spec):
        if self._checks_links():
            self._check_links([values], self)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _checks_links(self):
        return not self.env.su and self._name.startswith(OURS)

    @api.model
    def _check_links(self, vals_list, known=None):
        """Refuse links to records of ours, and to files, that the user may not read.

        :param known: the record that these values are of: what it is linked to already
            is no news
        """
        for field in self._fields.values():
            if not field.relational or not (
                field.comodel_name.startswith(OURS)
                or field.comodel_name == "ir.attachment"
            ):
                continue
            given = [vals[field.name] for vals in vals_list if vals.get(field.name)]
            ids = self._linked_ids(field, given) if given else set()
            if ids and known:
                ids -= set(known.sudo()[field.name].ids)
            linked = self.env[field.comodel_name].browse(ids)
            if linked - linked._filtered_access("read"):
                raise AccessError(
                    self.env._(
                        "“%(field)s” leads to a record that you may not read.",
                        field=field._description_string(self.env),
                    )
                )

    @api.model
    def _linked_ids(self, field, given):
        """Ids of existing records that these values of the field lead to; what they
        write on its lines is checked likewise."""
        if field.type == "many2one":
            return {value for value in given if isinstance(value, int)}
        ids, lines = [], []
        for command in itertools.chain.from_iterable(given):
            if isinstance(command, int):
                ids.append(command)
                continue
            operation, id_, value = (*command, None, None)[:3]
            if operation in (Command.CREATE, Command.UPDATE):
                lines.append(value)
            if operation in (Command.UPDATE, Command.LINK):
                ids.append(id_)
            elif operation == Command.SET:
                ids += value
        self.env[field.comodel_name]._check_links(lines)
        return {id_ for id_ in ids if isinstance(id_, int)}

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if self._name.startswith(OURS):
            if view_type in ("form", "list", "kanban"):
                self._show_each_level(arch)
                self._show_each_stage(arch)
                self._write_dates_in_figures(arch)
            if view_type in ("form", "list"):
                self._give_keys(arch)
        return arch, view

    @api.model
    def _show_each_level(self, arch):
        best, *others = LEVELS
        for node in arch.xpath(f'//field[@options="{EACH_LEVEL}"]'):
            del node.attrib["options"]
            for level in reversed(others):
                other = copy.deepcopy(node)
                other.set("name", node.get("name").replace(best, level))
                node.addnext(other)

    @api.model
    def _show_each_stage(self, arch):
        """Where the view does not say otherwise, as the catalogue of stages has it."""
        for node in arch.xpath(f'//field[@options="{EACH_STAGE}"]'):
            del node.attrib["options"]
            in_list = node.getparent().tag == "list"
            for stage in reversed(CATALOGUE):
                level = copy.deepcopy(node)
                level.set("name", f"{stage.code}_level")
                if stage.readers:
                    level.set("groups", ",".join(map(GROUP.format, stage.readers)))
                if in_list and not node.get("optional"):
                    level.set("optional", "show" if stage.in_lists else "hide")
                elif not in_list and not stage.on_collectives:
                    level.set("invisible", "subject_kind == 'collective'")
                node.addnext(level)
            node.getparent().remove(node)

    def _write_dates_in_figures(self, arch):
        for node in arch.iterchildren("*"):
            field = self._fields.get(node.get("name")) if node.tag == "field" else None
            inside = self.env[field.comodel_name] if field and len(node) else self
            inside._write_dates_in_figures(node)
            if field and field.type in ("date", "datetime") and not node.get("widget"):
                given = node.get("options", "{}").strip("{} ")
                if "numeric" not in given:
                    options = ", ".join(filter(None, (given, FIGURES)))
                    node.set("options", f"{{{options}}}")

    @api.model
    def _give_keys(self, arch):
        buttons = arch.xpath("/*/header//button[@name]")
        taken = {button.get("data-hotkey") for button in buttons}
        free = (key for key in HOTKEYS if key not in taken)
        for button in buttons:
            if not button.get("data-hotkey"):
                button.set("data-hotkey", next(free, ""))
