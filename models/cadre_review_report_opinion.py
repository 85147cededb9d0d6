from odoo import Command, models
from odoo.exceptions import UserError


class CadreReviewReport(models.Model):
    """The completed report is the collective's view of itself on the roll."""

    _inherit = "cadre.review.report"

    def _confirm_opinions(self):
        """Each report's level, texts and points become the collective's confirmed
        self-assessment."""
        Opinion = self.env["cadre.review.opinion"]
        existing = self._self_opinions()
        existing.line_ids.unlink()
        by_rating = existing.grouped("rating_id")
        fresh, lines = [], []
        for report in self.filtered("rating_id"):
            values, answers = report._opinion_values(), report._opinion_lines()
            if opinion := by_rating.get(report.rating_id):
                opinion.write(values)
                lines += [{"opinion_id": opinion.id, **answer} for answer in answers]
            else:
                values["line_ids"] = [Command.create(answer) for answer in answers]
                fresh.append(
                    {"rating_id": report.rating_id.id, "stage": "self", **values}
                )
        self.env["cadre.review.opinion.line"].create(lines)
        Opinion.create(fresh)

    def _draft_opinions(self):
        self._self_opinions().state = "draft"

    def _self_opinions(self):
        return self.env["cadre.review.opinion"].search(
            [("rating_id", "in", self.rating_id.ids), ("stage", "=", "self")]
        )

    def _opinion_values(self):
        return {
            "state": "confirmed",
            "proposed_level": self.proposed_level,
            "source": self.source,
            "source_place": self.source_place,
            "is_on_behalf": self.is_on_behalf,
            "signer": self.signer,
            "signer_capacity": self.signer_capacity,
            "number": self.number,
            "date": self.date,
        }

    def _opinion_lines(self):
        """Values of a line per criterion: the text of the section with its code, the
        points given, and the shortcomings under the first criterion from theirs on."""
        texts = {line.code: line.text for line in self.section_ids}
        scores = {score.criterion_id: score for score in self.score_ids}
        named = "\n".join(self.shortcoming_ids.mapped("name"))
        criteria = self.regulation_id._leaf_criteria()
        about_them = self._criterion_of_shortcomings(criteria)
        return [
            {
                "criterion_id": criterion.id,
                "sequence": criterion.sequence,
                "strengths": texts.get(criterion.code),
                "shortcomings": named if criterion == about_them else False,
                "points": scores[criterion].points if criterion in scores else 0,
                "is_scored": criterion in scores and scores[criterion].is_scored,
            }
            for criterion in criteria
        ]

    def _criterion_of_shortcomings(self, criteria):
        by_code = {criterion.code: criterion for criterion in criteria}
        sections = self.section_ids.mapped("section_id")
        place = sections.filtered(lambda s: s.kind == "shortcomings")[:1].sequence
        after = [s for s in sections if s.sequence >= place and s.code in by_code]
        return by_code[after[0].code] if after else criteria[:1]


class CadreReviewOpinion(models.Model):
    """What the collective says of itself comes from its report alone: nobody
    confirms or reopens it here, as record rules let nobody write it."""

    _inherit = "cadre.review.opinion"

    def _in_role(self, role):
        found = super()._in_role(role)
        return found.filtered(
            lambda o: o.stage != "self" or o.sudo().rating_id.cadre_id
        )


class CadreReviewRating(models.Model):
    """A report begun follows its rating to another regulation, as long as nothing is
    written in it."""

    _inherit = "cadre.review.rating"

    def _override_regulation(self, regulation, reason):
        self._check_administrator()
        reports = self.sudo().report_ids
        written = reports.filtered(
            lambda report: report.state != "draft"
            or any(report.section_ids.mapped("text"))
            or any(report.score_ids.mapped("is_scored"))
        )
        if written:
            raise UserError(
                self.env._(
                    "%(reports)s: the report is written by the form of the regulation "
                    "it has. Empty its texts and points first.",
                    reports=", ".join(written.mapped("display_name")),
                )
            )
        result = super()._override_regulation(regulation, reason)
        reports.section_ids.unlink()
        reports.score_ids.unlink()
        reports._add_parts()
        return result
