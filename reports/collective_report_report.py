from odoo import api, models

from ..models.base.vietnamese import in_vietnamese
from . import nd30, review_rows

QUARTERS = ("", "I", "II", "III", "IV")
# the paper is Vietnamese whatever language the user has
TARGET_STATUSES = {
    "exceeded": "Vượt",
    "done": "Đạt",
    "late": "Đạt, chậm tiến độ",
    "missed": "Không đạt",
}


class CollectiveReportReport(models.AbstractModel):
    """Báo cáo kiểm điểm, tự đánh giá, xếp loại chất lượng của tập thể.

    Sections and titles are those of the regulation's form (Mẫu 01 of HD 21-HD/BTCTW,
    of HD 43-HD/BTCTW), the frame that of NĐ 30/2020/NĐ-CP, mẫu 1.4. What is not written
    prints as dotted lines; number and date are filled in after signing.
    """

    _name = "report.cadre_review.report_collective_report"
    _description = "Report of the Collective"

    @api.model
    def _get_report_values(self, docids, data=None):
        reports = in_vietnamese(self.env["cadre.review.report"].browse(docids))
        reports.check_access("read")
        return {
            "docs": reports,
            "papers": {report.id: self._paper(report) for report in reports},
        }

    def _paper(self, report):
        dossier, unit = report.dossier_id, report.unit_id
        regulation, campaign = report.regulation_id, report.campaign_id
        issuer = nd30.lines(unit.issuing_body or dossier.unit_name)
        return {
            "code": regulation.form_code,
            "superior": nd30.lines(unit.parent_body),
            "issuer": issuer,
            "number": nd30.number(report.number, f"BC-{nd30.initials(issuer[0])}"),
            "place_date": nd30.place_date(unit.place, report.date, campaign.year),
            "title": regulation.form_title,
            "of": f"của {dossier.unit_name}",
            "period": self._period(campaign),
            "is_draft": report.state != "final",
            "sections": [
                self._section(report, section) for section in regulation.section_ids
            ],
            "capacity": nd30.lines(report.signer_capacity)
            or [f"TM. {dossier.unit_name}"],
            "signer": report.signer or "",
            "recipients": nd30.listed(
                "\n".join(filter(None, (campaign.owner_id.name, "Lưu: VT")))
            ),
        }

    def _period(self, campaign):
        if campaign.period_kind == "quarter":
            return f"Quý {QUARTERS[campaign.period_no]} năm {campaign.year}"
        return f"Năm {campaign.year}"

    def _section(self, report, section):
        """One section as printed: heading, depth from 0, text, and its list."""
        line = report.section_ids.filtered(lambda s: s.section_id == section)
        return {
            "heading": f"{section._number()}. {section.name}",
            "depth": self._depth(section),
            "kind": section.kind,
            "text": nd30.lines(line.text),
            "rows": getattr(self, f"_rows_{section.kind}", lambda _report: [])(report),
        }

    def _depth(self, section):
        """0 for a part (A, B), 1 for a Roman number, 2 for what stands under it."""
        parts = section.code.split(".")
        return len(parts) - (parts[0] in ("A", "B"))

    def _rows_targets(self, report):
        return [
            (
                target.name,
                target.measure or "",
                target.plan or "",
                target.result or "",
                TARGET_STATUSES[target.status],
            )
            for target in report.target_ids
        ]

    def _rows_shortcomings(self, report):
        """Each with what is known of it: ``(text, [(label, text)])``."""
        return [
            (
                line.name,
                [
                    part
                    for part in (
                        ("Nguyên nhân:", line.cause),
                        ("Trách nhiệm:", line.responsible),
                        ("Biện pháp khắc phục:", line.remedy),
                        (
                            "Thời hạn:",
                            line.date_due and f"{line.date_due:%d/%m/%Y}",
                        ),
                    )
                    if part[1]
                ],
            )
            for line in report.shortcoming_ids
        ]

    def _rows_earlier(self, report):
        return review_rows.earlier_rows(report.rating_id.shortcoming_ids)

    def _rows_suggestions(self, report):
        return review_rows.answer_rows(report.answer_ids)

    def _rows_points(self, report):
        scores = report.score_ids
        total = report.points if report.is_scored else None
        return review_rows.points_rows(scores.criterion_id, scores, total)

    def _rows_rating(self, report):
        return review_rows.level_rows(report.regulation_id, report.proposed_level)
