from odoo import api, models

from ..rules import deadlines
from . import nd30

STATES = {
    "missing": "Chưa có",
    "provided": "Đã nộp",
    "conforming": "Đạt yêu cầu",
    "failed": "Chưa đạt yêu cầu",
}


def office_head(campaign):
    """The head of papers that the office of a campaign sends."""
    issuer = nd30.lines(campaign.letter_issuer or campaign.company_id.name)
    return {"issuer": issuer, "symbol": nd30.initials(issuer[0])}


def unit_head(unit):
    """The head of papers that a unit hands in."""
    return {
        "superior": nd30.lines(unit.parent_body),
        "issuer": nd30.lines(unit.issuing_body or unit.name),
    }


class RoundReport(models.AbstractModel):
    """Mục lục hồ sơ: what a dossier consists of as it is handed in, file by file."""

    _name = "report.cadre_review.report_round"
    _description = "List of the Dossier"

    @api.model
    def _get_report_values(self, docids, data=None):
        dossiers = self.env["cadre.review.dossier"].browse(docids)
        dossiers.check_access("read")
        return {"docs": dossiers, "papers": {d.id: self._paper(d) for d in dossiers}}

    def _paper(self, dossier):
        unit, campaign = dossier.unit_id, dossier.campaign_id
        day = dossier.date_submitted or None
        return {
            **unit_head(unit),
            "place_date": nd30.place_date(unit.place, day, campaign.year),
            "campaign": campaign.name,
            "owner": campaign.owner_id.name,
            "rows": [
                self._row(paper)
                for paper in dossier.paper_ids
                if not paper.rating_id.has_left
            ],
        }

    def _row(self, paper):
        files = paper.file_ids.filtered("is_current").sorted("version")
        if paper.is_secret:
            where = ""
        else:
            names = [f"{file.name} ({file.sha256[:8]})" for file in files]
            where = "; ".join([*names, paper.source_place or ""]).strip("; ")
        dated = f" ngày {paper.date:%d/%m/%Y}" if paper.date else ""
        return {
            "name": paper.kind_id.short_name,
            "person": paper.rating_id.name or "",
            "number": f"{paper.number or ''}{dated}".strip(),
            "signer": paper.signer or "",
            "pages": paper.pages or "",
            "where": where,
            "state": STATES[paper.state],
        }


class DeliveryReport(models.AbstractModel):
    """Phiếu giao nhận hồ sơ, signed by who brings and who takes the sets."""

    _name = "report.cadre_review.report_delivery"
    _description = "Receipt of Hard Copies"

    @api.model
    def _get_report_values(self, docids, data=None):
        deliveries = self.env["cadre.review.delivery"].browse(docids)
        deliveries.check_access("read")
        return {
            "docs": deliveries,
            "papers": {d.id: self._paper(d) for d in deliveries},
        }

    def _paper(self, delivery):
        campaign = delivery.campaign_id
        head = office_head(campaign)
        issuer = nd30.lines(campaign.office_name) or head["issuer"]
        return {
            "issuer": issuer,
            "number": nd30.number(delivery.number, f"GN-{nd30.initials(issuer[0])}"),
            "place_date": nd30.place_date(campaign.letter_place, delivery.date),
            "campaign": campaign.name,
            "unit": delivery.dossier_id.unit_name,
            "rows": [
                (paper.kind_id.short_name, paper.rating_id.name or "")
                for paper in delivery.paper_ids
            ],
            "owed": [paper.display_name for paper in delivery.owed_paper_ids],
            "owed_until": delivery.owed_until
            and deadlines.in_words(delivery.owed_until),
        }


class RequestReport(models.AbstractModel):
    """Công văn yêu cầu bổ sung, hoàn thiện hồ sơ: NĐ 30/2020/NĐ-CP, mẫu 1.5."""

    _name = "report.cadre_review.report_request"
    _description = "Letter Asking for Completion"

    @api.model
    def _get_report_values(self, docids, data=None):
        requests = self.env["cadre.review.request"].browse(docids)
        requests.check_access("read")
        return {"docs": requests, "papers": {r.id: self._paper(r) for r in requests}}

    def _paper(self, request):
        campaign = request.campaign_id
        head = office_head(campaign)
        return {
            "issuer": head["issuer"],
            "number": nd30.number(request.number, head["symbol"]),
            "place_date": nd30.place_date(
                campaign.letter_place, request.date or None, campaign.year
            ),
            "subject": [f"V/v bổ sung, hoàn thiện hồ sơ {campaign.name.lower()}"],
            "addressees": nd30.listed(request.dossier_id.unit_name),
            "unit": request.dossier_id.unit_name,
            "owner": campaign.owner_id.name,
            "round": request.round or request.dossier_id.round,
            "reason": nd30.lines(request.reason),
            "rows": [
                (
                    line.paper_id.display_name,
                    line.fault_id.name or "",
                    line.remark if line.remark != line.fault_id.name else "",
                )
                for line in request.line_ids
                if not line.paper_id.is_secret
            ],
            "date_due": request.date_due and f"{request.date_due:%d/%m/%Y}",
            "recipients": nd30.listed(
                "\n".join(
                    filter(
                        None,
                        ("Như trên", campaign.owner_id.name, campaign.office_name)
                        + ("Lưu: VT",),
                    )
                )
            ),
            "capacity": nd30.lines(campaign.letter_capacity),
            "signer": request.signer or campaign.letter_signer,
        }
