from datetime import date

from odoo import models

from ..workbooks import summary
from .unit_paper import unit_head

# of the columns on paper, in mm: 252 in all
WIDTHS = (9, 23, 19, 21, 20, 16, 9, 7, 7, 7, 7, 13, 16, 16, 16, 16, 17, 13)


def cell(value):
    """A value of the summary as printed."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{100 * value:.1f}%".replace(".", ",")
    return "" if value is None else value


class SummaryReport(models.AbstractModel):
    """Tổng hợp kết quả, the letter's seventh paper: the sheet of the xlsx file, on
    landscape pages and from the same values.
    """

    _name = "report.cadre_review.report_summary"
    _description = "Summary of Results"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.dossier"

    def _papers(self, records):
        return {
            dossier.id: self._summary(dossier, unit)
            for dossier, unit in records._unit_summaries().items()
        }

    def _summary(self, dossier, unit):
        first, last = summary.CONFERENCE
        names = [name for name, _width in summary.UNIT_COLUMNS]
        return {
            **unit_head(dossier.unit_id, dossier.unit_name),
            "place_date": None,
            "title": [f"{summary.TITLE} {unit.period}", unit.unit],
            "before": names[:first],
            "conference": names[first : last + 1],
            "after": names[last + 1 :],
            "widths": [f"width: {width}mm" for width in WIDTHS],
            "groups": [
                (caption, [[cell(value) for value in row] for row in rows])
                for caption, rows in summary.unit_rows(unit.subjects)
            ],
            "totals": summary.TOTALS,
            "total_rows": [
                (caption, [cell(value) for value in row])
                for caption, row in summary.total_rows(unit.subjects)
            ],
            "caps": [summary.cap_line(cap) for cap in unit.caps],
            "date": unit_head(
                dossier.unit_id, dossier.unit_name, year=dossier.campaign_id.year
            )["place_date"],
            "capacity": unit.capacity,
            "signer": unit.signer,
        }
