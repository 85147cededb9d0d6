from odoo import models
from odoo.exceptions import UserError

from ..models.base.levels import LEVELS
from ..models.dossier.rating import DECIDING
from . import nd30, points_table, review_rows

KIND_NAMES = {
    "official": "CÁN BỘ",
    "civil_servant": "CÔNG CHỨC",
    "public_employee": "VIÊN CHỨC",
}
# the regulation's own form that is a personal review at the same time
REVIEW = "Mẫu 2A"


class RatingFormReport(models.AbstractModel):
    """A person's form, as the regulation of the year has it.

    - Phiếu đánh giá, xếp loại chất lượng (NĐ 90/2020/NĐ-CP): parts I and II print the
      self-assessment as far as the user may read it, part III the result: once
      notified for everybody, and from the decision in force for those who read it.
      Comments and proposals of other stages never print.
    - A form of points (NĐ 335/2025/NĐ-CP, NĐ 233/2026/NĐ-CP): the same, with the
      points that stages have confirmed and that the user may read.
    - Mẫu 2A of HD 43-HD/BTCTW, where that is the regulation's form.
    """

    _name = "report.cadre_review.report_rating_form"
    _description = "Assessment Form"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.rating"

    def _papers(self, records):
        people = records.filtered("cadre_id")
        if not people:
            raise UserError(
                self.env._(
                    "The form is that of a person; choose at least one person "
                    "besides the collectives."
                )
            )
        reviews = people.filtered(lambda r: r.regulation_id.form_code == REVIEW)
        Review = self.env["report.cadre_review.report_self_review"]
        papers = {
            res_id: {**review, "body": "review"}
            for res_id, review in (Review._papers(reviews) if reviews else {}).items()
        }
        opinions = self._stages(people - reviews, points_table.STAGES)
        deciding = self.env.user.has_groups(DECIDING)
        for rating in people - reviews:
            form = self._form(rating, opinions[rating.id]["self"], deciding)
            if rating.regulation_id.scale == "points":
                form |= self._points(rating, opinions[rating.id], deciding)
            papers[rating.id] = form
        return papers

    def _form(self, rating, opinion, deciding):
        """What the form of one person prints; empty values print as dotted lines."""
        unit = rating.unit_id
        regulation = rating.regulation_id
        labels = [regulation._label(level) for level, _name in LEVELS]
        level, decision = self._result(rating, deciding)
        titles = [rating.title, rating.other_titles, rating.party_title]
        return {
            "body": "text",
            "superior": nd30.lines(unit.parent_body),
            "issuer": nd30.lines(unit.issuing_body or rating.unit_name),
            "code": regulation.form_code,
            "title": regulation.form_title,
            "period": nd30.sentence(rating.campaign_id._period_in_words()),
            "titles": "; ".join(filter(None, titles)),
            "criteria": self._criteria(rating, opinion),
            "self_comment": [
                ("Ưu điểm:", opinion.strengths),
                ("Khuyết điểm:", opinion.shortcomings),
            ],
            "choices": "; ".join(filter(None, labels)),
            "self_level": self._label(rating, opinion.proposed_level),
            "self_date": nd30.place_date(
                unit.place, opinion.date, rating.campaign_id.year
            ),
            "kind": KIND_NAMES.get(rating.subject_kind, ""),
            "level": self._label(rating, level),
            "decision": decision,
            "result_date": nd30.place_date(None, None),
        }

    def _points(self, rating, opinions, deciding):
        """What a form of points has besides."""
        opinion, regulation = opinions["self"], rating.regulation_id
        level, _decision = self._result(rating, deciding)
        return {
            "body": "points",
            "table": points_table.table(rating, opinions, level, self._label),
            "work": [(line.name + ":", line.strengths) for line in opinion.line_ids],
            "self_boxes": review_rows.level_rows(regulation, opinion.proposed_level),
            "boxes": review_rows.level_rows(regulation, level),
        }

    def _criteria(self, rating, opinion):
        """``[(heading, [(label, text)])]``, of the self-assessment or, where there is
        none to read, of the regulation with nothing filled in."""
        found = [
            (line.name, [(None, line.strengths), ("Hạn chế:", line.shortcomings)])
            for line in opinion.line_ids
        ] or [(criterion.name, []) for criterion in rating.regulation_id.criterion_ids]
        return [
            (f"{index}. {name.rstrip(': ')}:", parts)
            for index, (name, parts) in enumerate(found, start=1)
        ]
