from odoo import api, models
from odoo.exceptions import UserError

from ..models.base.vietnamese import in_vietnamese
from . import nd30
from .office_paper import recipients

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
        decisions = in_vietnamese(self.env["cadre.review.decision"].browse(docids))
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
        lines = [self._line(line) for line in decision.line_ids]
        again = any(line["superseded"] for line in lines)
        return {
            "issuer": issuer,
            "number": nd30.number(
                decision.number, f"{symbol}-{nd30.initials(issuer[0])}"
            ),
            "place_date": nd30.place_date(
                campaign.letter_place, decision.date, campaign.year
            ),
            "title": title,
            "subject": f"Về đánh giá, xếp loại {'lại ' if again else ''}chất lượng "
            f"tập thể, cá nhân {campaign._period_in_words()}",
            "again": again,
            "bases": nd30.clauses(
                [*campaign.basis_ids.mapped("text"), *self._orders(decision)]
            ),
            "authority": authority.name,
            "session": decision.session_id._day() if decision.session_id else None,
            "lines": lines,
            "office": campaign.office_name or "Văn phòng",
            "recipients": recipients(
                "Các tập thể, cá nhân có tên tại danh sách (trích)",
                campaign.superior_name,
                campaign.office_name,
            ),
            "capacity": nd30.lines(decision.signer_capacity)
            or nd30.lines(f"TM. {authority.name}" if decision.capacity else ""),
            "signer": decision.signer,
        }

    def _line(self, line):
        rating, superseded = line.rating_id, line.superseded_line_id
        label = rating.regulation_id._label
        return {
            "name": rating.name,
            "title": "; ".join(
                filter(None, (rating.title, rating.cadre_id and rating.unit_name))
            ),
            "level": label(line.level) or "",
            "reason": line.reason or "",
            "superseded": superseded
            and f"{label(superseded.level)} ({superseded.decision_id._reference()})"
            or "",
            "comment": nd30.lines(line.comment),
        }

    def _orders(self, decision):
        """The orders to rate again that the decision carries out, as its bases."""
        orders = self.env["cadre.review.order"].search(
            [
                ("rating_ids", "in", decision.line_ids.rating_id.ids),
                ("state", "in", ("ordered", "done")),
            ]
        )
        return [
            "Căn cứ chỉ đạo đánh giá, xếp loại lại"
            + (f" số {order.number}" if order.number else "")
            + (f" ngày {order.date:%d/%m/%Y}" if order.date else "")
            + f" của {order.authority_id.name}"
            for order in orders.sorted("id")
        ]


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
            "recipients": recipients("Như trên", campaign.office_name),
            "capacity": nd30.lines(campaign.letter_capacity),
            "signer": campaign.letter_signer,
        }


class PublicationReport(models.AbstractModel):
    """The results published in one unit, as they were notified: what is current, for
    whoever reads the publications; a result withdrawn is not on it.
    """

    _name = "report.cadre_review.report_publication"
    _description = "Publication of Results"

    @api.model
    def _get_report_values(self, docids, data=None):
        dossiers = self.env["cadre.review.dossier"].browse(docids)
        dossiers.check_access("read")
        published = self.env["cadre.review.publication"].search(
            [("dossier_id", "in", dossiers.ids), ("is_current", "=", True)]
        )
        by_dossier = published.grouped("dossier_id")
        without = dossiers.filtered(lambda dossier: dossier not in by_dossier)
        if without:
            raise UserError(
                self.env._(
                    "%(names)s: no result is published. Publish the notified results "
                    "first.",
                    names=", ".join(without.mapped("display_name")),
                )
            )
        return {
            "docs": dossiers,
            "papers": {d.id: self._paper(d, by_dossier[d]) for d in dossiers},
        }

    def _paper(self, dossier, published):
        campaign = dossier.campaign_id
        issuer = nd30.lines(campaign.letter_issuer or campaign.company_id.name)
        return {
            "issuer": issuer,
            "number": nd30.number("", f"TB-{nd30.initials(issuer[0])}"),
            "place_date": nd30.place_date(campaign.letter_place, None, campaign.year),
            "subject": "Công khai kết quả đánh giá, xếp loại chất lượng "
            + campaign._period_in_words(),
            "owner": campaign.owner_id.name,
            "rows": [
                (
                    row.name,
                    row.title or "",
                    row.rating_id.regulation_id._label(row.level) or "",
                    row.decision or "",
                    "Đang xem xét kiến nghị" if row.is_objected else "",
                )
                for row in published.sorted(lambda row: row.rating_id.post_sequence)
            ],
            "recipients": recipients(dossier.unit_name, campaign.office_name),
            "capacity": nd30.lines(campaign.letter_capacity),
            "signer": campaign.letter_signer,
        }
