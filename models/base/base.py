import copy

from odoo import api, models

from ...rules.levels import LEVELS
from ...rules.stages import CATALOGUE

# letters that neither the web client nor the browser's own menus take
LETTERS = "qwxyvgrtilma"
HOTKEYS = [*LETTERS, *(f"shift+{letter}" for letter in LETTERS)]
FIGURES = "'numeric': true"
GROUP = "cadre_review.cadre_review_group_{}"
EACH_LEVEL = "{'each_level': true}"
EACH_STAGE = "{'each_stage': true}"


class Base(models.AbstractModel):
    """What holds for every screen of ours, so that no view can forget it.

    - dates are written in figures, as papers write them: 30/11/2022;
    - every button of a header has a key of its own;
    - of a field that each level has, a view names that of the best level with the
      option ``each_level``; those of the others follow it;
    - of the levels that the stages propose it names the first with ``each_stage``.
    """

    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if self._name.startswith("cadre.review."):
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
