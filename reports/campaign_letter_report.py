from odoo import api, models

from . import nd30


class CampaignLetterReport(models.AbstractModel):
    """The letter (công văn) that opens a campaign: NĐ 30/2020/NĐ-CP, mẫu 1.5."""

    _name = "report.cadre_review.report_campaign_letter"
    _description = "Campaign Letter"

    @api.model
    def _get_report_values(self, docids, data=None):
        campaigns = self.env["cadre.review.campaign"].browse(docids)
        campaigns.check_access("read")
        return {
            "docs": campaigns,
            "papers": {campaign.id: self._paper(campaign) for campaign in campaigns},
        }

    def _paper(self, campaign):
        """What the letter prints; number and date stay open while unknown."""
        issuer = nd30.lines(campaign.letter_issuer or campaign.company_id.name)
        text, last_block = nd30.body(campaign.letter_body)
        return {
            "issuer": issuer,
            "number": nd30.number(campaign.letter_number, nd30.initials(issuer[0])),
            "place_date": nd30.place_date(
                campaign.letter_place, campaign.letter_date, campaign.year
            ),
            "subject": self._subject(campaign),
            "addressees": nd30.listed(campaign.letter_addressees),
            "bases": nd30.clauses(campaign.basis_ids.mapped("text")),
            "text": text,
            "last_block": last_block,
            "recipients": nd30.listed(campaign.letter_recipients),
            "capacity": nd30.lines(campaign.letter_capacity),
            "signer": campaign.letter_signer,
        }

    def _subject(self, campaign):
        subject = nd30.lines(campaign.letter_subject)
        if subject and not subject[0].startswith("V/v"):
            subject[0] = f"V/v {subject[0]}"
        return subject
