from odoo import api, models
from odoo.exceptions import UserError

from . import nd30

LANGUAGE = "vi_VN"
TITLES = {
    "decision": ("QUYẾT ĐỊNH", "QĐ"),
    "conclusion": ("KẾT LUẬN", "KL"),
    "notice": ("THÔNG BÁO", "TB"),
}


class DecisionReport(models.AbstractModel):
    """The document of our own authority, with its lines: NĐ 30/2020/NĐ-CP."""

    _name = "report.cadre_review.report_decision"
    _description = "Decision"

    @api.model
    def _get_report_values(self, docids, data=None):
        Decision = self.env["cadre.review.decision"]
        if self.env["res.lang"]._get_data(code=LANGUAGE):
            Decision = Decision.with_context(lang=LANGUAGE)
        decisions = Decision.browse(docids)
        decisions.check_access("read")
        if foreign := decisions.filtered(lambda decision: not decision.is_own):
            raise UserError(
                self.env._(
                    "%(decisions)s: a paper of another authority is not printed here; "
                    "open its scan.",
                    decisions=", ".join(foreign.mapped("display_name")),
                )
            )
        return {
            "docs": decisions,
            "papers": {decision.id: self._paper(decision) for decision in decisions},
        }

    def _paper(self, decision):
        campaign, authority = decision.campaign_id, decision.authority_id
        issuer = nd30.lines(campaign.letter_issuer or campaign.company_id.name)
        title, symbol = TITLES[decision.kind]
        return {
            "issuer": issuer,
            "number": nd30.number(
                decision.number, f"{symbol}-{nd30.initials(issuer[0])}"
            ),
            "place_date": nd30.place_date(
                campaign.letter_place, decision.date, campaign.year
            ),
            "title": title,
            "subject": "Về đánh giá, xếp loại chất lượng tập thể, cá nhân "
            + campaign._period_in_words(),
            "bases": nd30.clauses(campaign.basis_ids.mapped("text")),
            "authority": authority.name,
            "session": decision.session_id._day() if decision.session_id else None,
            "lines": [self._line(line) for line in decision.line_ids],
            "recipients": nd30.listed(
                "\n".join(
                    filter(
                        None,
                        (
                            "Các tập thể, cá nhân có tên tại danh sách (trích)",
                            campaign.superior_name,
                            campaign.office_name,
                            "Lưu: VT",
                        ),
                    )
                )
            ),
            "capacity": nd30.lines(decision.signer_capacity)
            or nd30.lines(f"TM. {authority.name}" if decision.capacity else ""),
            "signer": decision.signer,
        }

    def _line(self, line):
        rating, superseded = line.rating_id, line.superseded_line_id
        note = [line.reason or ""]
        if superseded:
            note.append(f"Thay thế kết quả tại {superseded.decision_id._reference()}")
        return {
            "name": rating.name,
            "title": "; ".join(
                filter(None, (rating.title, rating.cadre_id and rating.unit_name))
            ),
            "level": rating.regulation_id._label(line.level) or "",
            "note": ". ".join(filter(None, note)),
        }


class ResultNoticeReport(models.AbstractModel):
    """The notice of one result, an extract of its decision: whoever reads the rating
    prints it, once the result is notified.
    """

    _name = "report.cadre_review.report_result_notice"
    _description = "Notice of a Result"

    @api.model
    def _get_report_values(self, docids, data=None):
        ratings = self.env["cadre.review.rating"].browse(docids)
        ratings.check_access("read")
        if early := ratings.filtered(lambda rating: not rating.date_notified):
            raise UserError(
                self.env._(
                    "%(names)s: the result has not been notified.",
                    names=", ".join(early.mapped("display_name")),
                )
            )
        return {
            "docs": ratings,
            # of the campaign and the regulation only what every notice prints
            "papers": {rating.id: self._paper(rating.sudo()) for rating in ratings},
        }

    def _paper(self, rating):
        campaign = rating.campaign_id
        issuer = nd30.lines(campaign.letter_issuer or campaign.company_id.name)
        return {
            "issuer": issuer,
            "number": nd30.number(
                rating.notice_number, f"TB-{nd30.initials(issuer[0])}"
            ),
            "place_date": nd30.place_date(
                campaign.letter_place, rating.date_notified, campaign.year
            ),
            "period": campaign._period_in_words(),
            "owner": campaign.owner_id.name,
            "addressees": nd30.listed(
                "\n".join(
                    filter(
                        None,
                        (
                            f"Ông (bà) {rating.name}, {rating.title or ''}".rstrip(", ")
                            if rating.cadre_id
                            else "",
                            rating.dossier_id.unit_name,
                        ),
                    )
                )
            ),
            "level": rating.regulation_id._label(rating.notified_level) or "",
            "objection_until": rating._objection_last_day(),
            "recipients": nd30.listed(
                "\n".join(filter(None, ("Như trên", campaign.office_name, "Lưu: VT")))
            ),
            "capacity": nd30.lines(campaign.letter_capacity),
        }
