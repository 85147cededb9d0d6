from odoo import models

from . import nd30
from .unit_paper import DOTS, LONG, unit_head

# as the paper names where a shortcoming was found
ORIGINS = {
    "conclusion": "Kết luận của cấp có thẩm quyền",
    "comment": "Nhận xét, góp ý",
    "suggestion": "Gợi ý kiểm điểm",
    "self": "Tự nhận",
}


class PlanReport(models.AbstractModel):
    """Kế hoạch khắc phục hạn chế, khuyết điểm (the letter, point 5): NĐ 30/2020/NĐ-CP,
    mẫu 1.4, on landscape pages for its table.
    """

    _name = "report.cadre_review.report_plan"
    _description = "Remediation Plan"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.plan"

    def _paper(self, plan):
        # of the dossier only what every paper of the unit prints
        dossier, rating = plan.sudo().dossier_id, plan.sudo().rating_id
        campaign = dossier.campaign_id
        person = f" của {rating.name}, {rating.title or DOTS}" if rating else ""
        own = [f"TM. {dossier.unit_name}"]
        rows = [self._row(line) for line in plan.line_ids]
        return {
            **unit_head(
                dossier.unit_id,
                dossier.unit_name,
                "KH",
                plan.number,
                plan.date,
                campaign.year,
            ),
            "subject": "Khắc phục hạn chế, khuyết điểm sau kiểm điểm, đánh giá, xếp "
            f"loại chất lượng {campaign._period_in_words()}{person}",
            "unit": dossier.unit_name,
            "rows": rows,
            "is_long": any(len(text) > LONG for row in rows for text in row),
            "capacity": ["Người lập kế hoạch"] if rating else own,
            "signer": plan.signer or rating.name or dossier.head_name,
            "recipients": nd30.listed(
                "\n".join(
                    filter(
                        None,
                        (
                            campaign.owner_id.name,
                            campaign.office_name,
                            "Tập thể, cá nhân có tên tại kế hoạch",
                            "Lưu: VT",
                        ),
                    )
                )
            ),
        }

    def _row(self, line):
        return [
            line.name,
            ORIGINS[line.origin],
            line.cause or "",
            line.remedy or "",
            line._responsible()[1],
            line._monitor()[1],
            line.date_due and f"{line.date_due:%d/%m/%Y}" or "",
            line.product or "",
        ]
