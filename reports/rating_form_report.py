from odoo import api, models
from odoo.exceptions import UserError

from ..models.cadre_review_rating import DECIDING
from ..models.levels import LEVELS
from . import nd30

LANGUAGE = "vi_VN"
KIND_NAMES = {
    "official": "CÁN BỘ",
    "civil_servant": "CÔNG CHỨC",
    "public_employee": "VIÊN CHỨC",
}


class RatingFormReport(models.AbstractModel):
    """A person's form (Phiếu đánh giá, xếp loại chất lượng), NĐ 90/2020/NĐ-CP.

    Parts I and II print the self-assessment as far as the user may read it, part
    III the result: once notified for everybody, and from the decision in force
    for those who read it. Comments and proposals of other stages never print.
    """

    _name = "report.cadre_review.report_rating_form"
    _description = "Assessment Form"

    @api.model
    def _get_report_values(self, docids, data=None):
        Rating = self.env["cadre.review.rating"]
        if self.env["res.lang"]._get_data(code=LANGUAGE):
            Rating = Rating.with_context(lang=LANGUAGE)
        ratings = Rating.browse(docids)
        ratings.check_access("read")
        people = ratings.filtered("cadre_id")
        if not people:
            raise UserError(
                self.env._(
                    "The form is that of a person; choose at least one person "
                    "besides the collectives."
                )
            )
        opinions = people.env["cadre.review.opinion"].search(
            [("rating_id", "in", people.ids), ("stage", "=", "self")]
        )
        by_rating = {opinion.rating_id: opinion for opinion in opinions}
        deciding = self.env.user.has_groups(DECIDING)
        return {
            "docs": people,
            "forms": {
                rating.id: self._form(
                    rating, by_rating.get(rating, opinions.browse()), deciding
                )
                for rating in people
            },
        }

    def _form(self, rating, opinion, deciding):
        """What the form of one person prints; empty values print as dotted lines."""
        unit = rating.unit_id
        regulation = rating.regulation_id
        labels = [regulation._label(level) for level, _name in LEVELS]
        level, decision = self._result(rating, deciding)
        titles = [rating.title, rating.other_titles, rating.party_title]
        return {
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

    def _result(self, rating, deciding):
        """Level and decision the user may know, or nothing."""
        if deciding and rating.decision_line_id:
            # those who read the level in force also learn where it stands
            line = rating.decision_line_id.sudo()
            return rating.level, line.decision_id._reference()
        return rating.notified_level, rating.notified_text

    def _label(self, rating, level):
        if not level:
            return ""
        names = rating._fields["notified_level"]._description_selection(rating.env)
        return rating.regulation_id._label(level) or dict(names)[level]
