from odoo import models
from odoo.exceptions import UserError

from ..rules import self_reviews
from ..rules.formalism import says_nothing
from . import nd30, review_rows
from .unit_paper import DEGRADATION, DOTS, party_head, signs


class SelfReviewReport(models.AbstractModel):
    """Bản kiểm điểm cá nhân under the Party's letterhead: HD 21-HD/BTCTW Mẫu 02, HD
    43-HD/BTCTW Mẫu 2A.

    It prints the self-assessment, the answers to points suggested and what became of
    earlier shortcomings, as far as the user may read them; nothing of other stages.
    """

    _name = "report.cadre_review.report_self_review"
    _description = "Personal Review"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.rating"

    def _papers(self, records):
        people = records.filtered("cadre_id")
        if not people:
            raise UserError(
                self.env._(
                    "%(names)s: the personal review is that of a person; the "
                    "collective has a report. Choose at least one person.",
                    names=", ".join(records.mapped("display_name")),
                )
            )
        opinions = self._opinions(people, ["self"])
        theirs = [("rating_id", "in", people.ids)]
        answers = self._readable("cadre.review.answer", theirs)
        earlier = self._readable("cadre.review.shortcoming", theirs)
        return {
            rating.id: self._review(
                rating,
                opinions.get((rating.id, "self"), self.env["cadre.review.opinion"]),
                answers.filtered(lambda line, r=rating: line.rating_id == r),
                earlier.filtered(lambda line, r=rating: line.rating_id == r),
            )
            for rating in people
        }

    def _review(self, rating, opinion, answers, earlier):
        regulation, campaign = rating.regulation_id, rating.campaign_id
        form = self_reviews.form_for(campaign.scope_date, regulation.form_code)
        codes = {section.code for section in form.sections}
        body = rating.sudo().party_body_id
        contents = {
            "strengths": ("text", self._strengths(rating, opinion, codes), []),
            "shortcomings": ("text", self._shortcomings(opinion, codes), []),
            "earlier": self._listed("earlier", review_rows.earlier_rows(earlier)),
            "suggestions": self._listed(
                "suggestions", review_rows.answer_rows(answers)
            ),
            "points": ("points", [], self._points(rating, opinion)),
            "rating": (
                "rating",
                [],
                review_rows.level_rows(regulation, opinion.proposed_level),
            ),
            "blank": ("text", [], []),
            "heading": ("heading", [], []),
        }
        return {
            **party_head(body),
            "place_date": nd30.place_date(
                rating.unit_id.place, opinion.date, campaign.year
            ),
            "code": form.code,
            "title": form.title,
            "period": nd30.sentence(campaign._period_in_words()),
            "person": [
                ("Họ và tên", rating.name),
                (
                    "Ngày sinh",
                    rating.birth_date and f"{rating.birth_date:%d/%m/%Y}" or DOTS,
                ),
                ("Chức vụ Đảng", rating.party_title or DOTS),
                (
                    "Chức vụ chính quyền",
                    "; ".join(filter(None, (rating.title, rating.other_titles)))
                    or DOTS,
                ),
                ("Chức vụ đoàn thể", DOTS),
                ("Đơn vị công tác", rating.unit_name),
                ("Chi bộ", DOTS),
            ],
            "sections": [
                self._section(section, opinion, *contents[section.kind])
                for section in form.sections
            ],
        }

    def _section(self, section, opinion, kind, text, rows):
        """As ``report_collective_section`` prints it. What the regulation asks under a
        criterion of the same number stands before what is collected for it."""
        own = opinion.line_ids.filtered(
            lambda line: line.criterion_id.code == section.code
        )
        written = nd30.lines(own.strengths)
        if not written or not says_nothing(own.shortcomings):
            written += nd30.lines(own.shortcomings)
        return {
            "heading": f"{section.number}. {section.title}",
            "depth": section.depth,
            "kind": kind,
            "text": written or text,
            "rows": rows,
        }

    def _listed(self, kind, rows):
        """A list, or lines to write on: none that is read here is not none at all."""
        return (kind if rows else "text", [], rows)

    def _strengths(self, rating, opinion, codes):
        """A line per criterion answered in words, then what was said of all; criteria
        that are sections of the form stand there."""
        criteria = rating.regulation_id._leaf_criteria().filtered(
            lambda criterion: not criterion.max_points and criterion.code not in codes
        )
        said = {line.criterion_id: line.strengths for line in opinion.line_ids}
        found = []
        for number, criterion in enumerate(criteria, 1):
            first, *rest = nd30.lines(said.get(criterion)) or [DOTS]
            found += [f"{number}. {criterion.name.rstrip(': ')}: {first}", *rest]
        scored = opinion.line_ids.filtered("max_points")
        for text in (*scored.mapped("strengths"), opinion.strengths):
            found += nd30.lines(text)
        return found

    def _shortcomings(self, opinion, codes):
        """What is named at the criteria and of all, and on signs of degradation."""
        lines = opinion.line_ids.filtered(
            lambda line: line.criterion_id.code not in codes
        )
        found = [
            f"{line.name.rstrip(': ')}: {text}"
            for line in lines
            if not says_nothing(line.shortcomings)
            for text in nd30.lines(line.shortcomings)
        ]
        found += nd30.lines(opinion.shortcomings)
        if not found and any(lines.mapped("shortcomings")):
            found.append("Không có.")
        if opinion.degradation:
            found.append(DEGRADATION + signs(opinion))
        return found

    def _points(self, rating, opinion):
        criteria = rating.regulation_id._leaf_criteria().filtered("max_points")
        total = opinion.points if opinion.is_scored else None
        return review_rows.points_rows(criteria, opinion.line_ids, total)
