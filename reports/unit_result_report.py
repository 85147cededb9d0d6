from odoo import models

from ..workbooks import summary
from ..workbooks.figures import people
from . import nd30
from .summary_report import cell
from .unit_paper import DOTS, GAP, unit_head

# code of the kind of paper in the register
RESULT = "result"  # role of the kind of paper
STAGES = (
    ("Tự xếp loại", "self"),
    ("Hội nghị kết luận", "conference"),
    ("Đơn vị đề nghị", "unit"),
    ("Cấp có thẩm quyền quyết định", "decided"),
)


class UnitResultReport(models.AbstractModel):
    """Báo cáo kết quả kiểm điểm, đánh giá, xếp loại, the letter's first paper: NĐ
    30/2020/NĐ-CP, mẫu 1.4. Its figures are those of the summary; what the user may
    not read prints as lines to write on.
    """

    _name = "report.cadre_review.report_unit_result"
    _description = "Report of the Results"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.dossier"

    def _papers(self, records):
        of_unit = [("rating_id", "=", False)]
        papers = self._by_dossier(
            "cadre.review.paper", records, [("kind_id.role", "=", RESULT), *of_unit]
        )
        conferences = self._by_dossier("cadre.review.conference", records, [])
        plans = self._by_dossier("cadre.review.plan", records, of_unit)
        reports = self._by_dossier("cadre.review.report", records, [])
        return {
            dossier.id: {
                **self._frame(dossier, papers[dossier]),
                "carried_out": self._carried_out(conferences[dossier]),
                **self._results(dossier, unit),
                **self._shortcomings(plans[dossier], reports[dossier]),
            }
            for dossier, unit in records._unit_summaries().items()
        }

    def _by_dossier(self, model, dossiers, domain):
        found = self._readable(model, [("dossier_id", "in", dossiers.ids), *domain])
        groups = found.grouped("dossier_id")
        return {dossier: groups.get(dossier, found.browse()) for dossier in dossiers}

    def _frame(self, dossier, paper):
        """Head, the letter it answers, and who signs: as the register has them."""
        campaign = dossier.campaign_id
        letter = " ".join(
            filter(
                None,
                (
                    f"Công văn số {nd30.number(campaign.letter_number, DOTS)}",
                    campaign.letter_date and f"ngày {campaign.letter_date:%d/%m/%Y}",
                ),
            )
        )
        head = dossier.rating_ids.filtered("is_head")[:1]
        return {
            **unit_head(
                dossier.unit_id,
                dossier.unit_name,
                "BC",
                paper.number,
                paper.date,
                campaign.year,
            ),
            "subject": "Kết quả thực hiện kiểm điểm, đánh giá, xếp loại chất lượng tập "
            f"thể và cán bộ, công chức {campaign._period_in_words()}",
            "addressees": nd30.listed(campaign.owner_id.name),
            "letter": f"{letter} của {campaign.owner_id.name}",
            "capacity": nd30.lines(paper.signer_capacity)
            or [f"TM. {dossier.unit_name}", *filter(None, [head.title])],
            "signer": paper.signer or dossier.head_name,
            "recipients": nd30.listed(
                "\n".join(filter(None, ("Như trên", campaign.office_name, "Lưu: VT")))
            ),
        }

    def _carried_out(self, conference):
        """Sentences on how the review was prepared and held; what is not known is
        left open."""

        def day(value):
            return f"{value:%d/%m/%Y}" if value else DOTS

        start = conference and conference._local(conference.date_start)
        return [
            "1. Việc quán triệt, phổ biến các văn bản chỉ đạo: ngày "
            f"{day(conference.date_studied)}, {conference.study_note or DOTS}.",
            f"2. Hội nghị kiểm điểm: tổ chức ngày {day(start)} tại "
            f"{conference.place or DOTS}; triệu tập {conference.convened or GAP} "
            f"người, có mặt {conference.present or GAP} người; chủ trì: "
            f"{conference.chair or DOTS}; biên bản thông qua ngày "
            f"{day(conference.date_adopted)}.",
        ]

    def _results(self, dossier, unit):
        return {
            "targets": (
                [
                    dossier.targets_total,
                    dossier.targets_done,
                    dossier.targets_exceeded,
                    dossier.targets_late,
                ]
                if dossier.targets_total
                else [GAP] * 4
            ),
            "collective": [
                (name, self._said(subject, stage))
                for subject in unit.subjects
                if subject.is_collective
                for name, stage in STAGES
            ],
            "here": len([s for s in people(unit.subjects) if s.is_counted]),
            "elsewhere": len(
                [
                    s
                    for s in people(unit.subjects)
                    if not s.is_rated_here and not s.left_reason
                ]
            ),
            "people": [
                [
                    subject.name,
                    subject.title,
                    *(self._said(subject, stage, "") for _name, stage in STAGES),
                    subject.note,
                ]
                for subject in people(unit.subjects)
            ],
            "stages": [name for name, _stage in STAGES],
            "totals": summary.TOTALS,
            "total_rows": [
                (caption, [cell(value) for value in row])
                for caption, row in summary.total_rows(unit.subjects)
            ],
            "caps": [summary.cap_line(cap) for cap in unit.caps],
        }

    def _said(self, subject, stage, unknown=DOTS):
        if stage == "conference":
            return subject.concluded_label or unknown
        return subject.label(stage) or unknown

    def _shortcomings(self, plan, report):
        """The lines of the plan, or what the collective's report names."""
        planned = [
            (
                line.name,
                [
                    ("Giải pháp:", line.remedy),
                    ("Chịu trách nhiệm:", line._responsible()[1]),
                    ("Theo dõi, kiểm tra:", line._monitor()[1]),
                    ("Thời hạn:", line.date_due and f"{line.date_due:%d/%m/%Y}"),
                ],
            )
            for line in plan.line_ids
        ]
        named = [
            (
                line.name,
                [
                    ("Giải pháp:", line.remedy),
                    ("Chịu trách nhiệm:", line.responsible),
                    ("Thời hạn:", line.date_due and f"{line.date_due:%d/%m/%Y}"),
                ],
            )
            for line in report.shortcoming_ids
        ]
        return {
            "shortcomings": [
                (text, [part for part in parts if part[1]])
                for text, parts in planned or named
            ],
            "plan": len(plan.line_ids),
        }
