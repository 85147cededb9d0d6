from odoo import api, models

# letters that neither the web client nor the browser's own menus take
LETTERS = "qwxyvgrtilma"
HOTKEYS = [*LETTERS, *(f"shift+{letter}" for letter in LETTERS)]
FIGURES = "'numeric': true"


class Base(models.AbstractModel):
    """What holds for every screen of ours, so that no view can forget it.

    - dates are written in figures, as papers write them: 30/11/2022;
    - every button of a header has a key of its own.
    """

    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if self._name.startswith("cadre.review."):
            if view_type in ("form", "list", "kanban"):
                self._write_dates_in_figures(arch)
            if view_type in ("form", "list"):
                self._give_keys(arch)
        return arch, view

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
