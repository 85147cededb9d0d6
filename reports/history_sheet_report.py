from odoo import api, models

from ..models.base.vietnamese import in_vietnamese


class HistorySheet(models.AbstractModel):
    """Every rating of a subject on one sheet: the law in force, the stages, the
    ballots, warnings passed by whom and why, decisions and what superseded them; as
    far as the reader may see it.
    """

    _name = "report.cadre_review.report_history_sheet"
    _description = "History Sheet"
    _subjects = "cadre.review.cadre"

    @api.model
    def _get_report_values(self, docids, data=None):
        subjects = in_vietnamese(self.env[self._subjects].browse(docids))
        subjects.check_access("read")
        return {
            "docs": subjects,
            "sheets": {subject.id: self._sheet(subject) for subject in subjects},
        }

    def _sheet(self, subject):
        return {
            "name": subject.name,
            "code": subject.code,
            "earlier": [],
            "pages": subject._history()._pages(),
        }


class UnitHistorySheet(models.AbstractModel):
    """The same for a collective, with the units it succeeded."""

    _name = "report.cadre_review.report_unit_history_sheet"
    _description = "History Sheet of a Unit"
    _inherit = ["report.cadre_review.report_history_sheet"]
    _subjects = "cadre.review.unit"

    def _sheet(self, subject):
        sheet = super()._sheet(subject)
        return {**sheet, "earlier": subject.predecessor_ids.mapped("name")}
