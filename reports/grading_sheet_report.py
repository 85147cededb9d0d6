from odoo import models
from odoo.exceptions import UserError

from ..models.dossier.rating import DECIDING
from . import nd30, points_table, review_rows
from .unit_paper import DOTS, unit_head

# as the form prints them
GRADES = (
    ("excellent", "Xuất sắc"),
    ("good", "Tốt"),
    ("average", "Trung bình"),
    ("poor", "Kém"),
)
CODES = {"HD21-2019-TT": "Mẫu 04-HD KĐ.ĐG 2019"}
# kinds of sections that say what was done; the rest of a form is not graded
GRADED = ("text", "targets")


class GradingSheetReport(models.AbstractModel):
    """How the criteria were graded, or scored, beside the paper that says it in words.

    - Phiếu phân tích chất lượng và đánh giá, xếp loại tập thể (HD 21-HD/BTCTW, Mẫu
      04): the grades that the unit gave its collective;
    - Phụ lục chấm điểm (HD 43-HD/BTCTW, Mẫu 04, point 4) of a collective or a person:
      points of the stages that confirmed them and that the user may read.
    """

    _name = "report.cadre_review.report_grading_sheet"
    _description = "Grading Sheet"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.rating"

    def _papers(self, records):
        graded = records.filtered(
            lambda r: not r.cadre_id and r.regulation_id.scale == "graded"
        )
        scored = records.filtered(lambda r: self._has_annex(r.regulation_id))
        if not graded | scored:
            raise UserError(
                self.env._(
                    "%(names)s: under their regulation there is no sheet of grades or "
                    "points beside the form. Print the assessment form, or the report "
                    "of the collective.",
                    names=", ".join(records.mapped("display_name")),
                )
            )
        opinions = self._stages(graded | scored, points_table.STAGES)
        deciding = self.env.user.has_groups(DECIDING)
        return {
            rating.id: self._graded(rating, opinions[rating.id])
            if rating in graded
            else self._scored(rating, opinions[rating.id], deciding)
            for rating in graded | scored
        }

    def _has_annex(self, regulation):
        """Points are an annex where the form itself is answered in words."""
        criteria = regulation._leaf_criteria()
        return regulation.scale == "points" and not all(criteria.mapped("max_points"))

    def _sheet(self, rating, opinion):
        campaign, unit = rating.campaign_id, rating.unit_id
        return {
            **unit_head(unit, rating.unit_name, year=campaign.year),
            "place_date": None,
            "period": nd30.sentence(campaign._period_in_words()),
            "boxes": review_rows.level_rows(
                rating.regulation_id, opinion.proposed_level
            ),
            "date": nd30.place_date(unit.place, opinion.date, campaign.year),
        }

    def _graded(self, rating, opinions):
        """The unit's grades, or those of the self-assessment before it gave any."""
        opinion = opinions.get("unit") or opinions["self"]
        regulation = rating.regulation_id
        kinds = {section.code: section.kind for section in regulation.section_ids}
        grades = {line.criterion_id: line.grade for line in opinion.line_ids}
        criteria = regulation._leaf_criteria().filtered(
            lambda c: "." in c.code and kinds.get(c.code, "text") in GRADED
        )
        results = criteria.filtered(lambda c: kinds.get(c.code) == "targets")
        return {
            **self._sheet(rating, opinion),
            "body": "grades",
            "code": CODES.get(regulation.code),
            "title": [
                "PHIẾU PHÂN TÍCH CHẤT LƯỢNG VÀ ĐÁNH GIÁ, XẾP LOẠI",
                "TẬP THỂ LÃNH ĐẠO, QUẢN LÝ",
            ],
            "lines": [
                ("Chủ thể tham gia", rating.unit_name),
                ("Đối tượng", rating.name),
            ],
            "grades": [label for _grade, label in GRADES],
            "groups": [
                (
                    heading,
                    [
                        (c.name, [grades.get(c) == grade for grade, _label in GRADES])
                        for c in group
                    ],
                )
                for heading, group in (
                    ("I. Về xây dựng tập thể, cơ quan, đơn vị", criteria - results),
                    ("II. Về kết quả thực hiện nhiệm vụ", results),
                )
            ],
            "capacity": nd30.lines(opinion.signer_capacity)
            or [f"TM. {rating.unit_name}"],
            "signer": opinion.signer,
        }

    def _scored(self, rating, opinions, deciding):
        opinion, regulation = opinions["self"], rating.regulation_id
        level, _decision = self._result(rating, deciding)
        own = f"TM. {rating.unit_name}"
        return {
            **self._sheet(rating, opinion),
            "body": "points",
            "code": None,
            "title": ["PHỤ LỤC CHẤM ĐIỂM"],
            "annexed": f"(Kèm theo {(regulation.form_title or DOTS).capitalize()})",
            "lines": [
                ("Họ và tên" if rating.cadre_id else "Tập thể", rating.name),
                *([("Chức vụ, chức danh", rating.title)] if rating.title else []),
                *([("Đơn vị công tác", rating.unit_name)] if rating.cadre_id else []),
            ],
            "table": points_table.table(rating, opinions, level, self._label),
            "capacity": ["Người tự chấm điểm"]
            if rating.cadre_id
            else nd30.lines(opinion.signer_capacity) or [own],
            "signer": rating.name if rating.cadre_id else opinion.signer,
        }
