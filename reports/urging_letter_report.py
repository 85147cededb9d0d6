from odoo import api, models

from . import nd30


class UrgingLetterReport(models.AbstractModel):
    """The urging letter (công văn đôn đốc) to one unit: NĐ 30/2020/NĐ-CP, mẫu 1.5.

    With the head of the campaign's letter; number and date are filled in after signing.
    """

    _name = "report.cadre_review.report_urging_letter"
    _description = "Urging Letter"

    @api.model
    def _get_report_values(self, docids, data=None):
        dossiers = self.env["cadre.review.dossier"].browse(docids)
        dossiers.check_access("read")
        dossiers.sudo().campaign_id.with_env(self.env)._check_office()
        facts = dossiers._urging_facts()
        return {
            "docs": dossiers,
            "papers": {d.id: self._paper(d, facts[d.id]) for d in dossiers},
        }

    def _paper(self, dossier, facts):
        campaign = dossier.campaign_id
        issuer = nd30.lines(campaign.letter_issuer or campaign.company_id.name)
        symbol = nd30.initials(issuer[0])
        return {
            "issuer": issuer,
            "number": nd30.number("", symbol),
            "place_date": nd30.place_date(campaign.letter_place, None, campaign.year),
            "subject": [f"V/v đôn đốc {campaign.letter_subject or campaign.name}"],
            "addressees": nd30.listed(dossier.unit_name),
            "reference": self._reference(campaign),
            "owner": campaign.owner_id.name,
            "facts": facts,
            "recipients": nd30.listed(
                "\n".join(
                    filter(
                        None,
                        (
                            "Như trên",
                            campaign.owner_id.name,
                            campaign.office_name,
                            "Lưu: VT",
                        ),
                    )
                )
            ),
            "capacity": nd30.lines(campaign.letter_capacity),
            "signer": campaign.letter_signer,
        }

    def _reference(self, campaign):
        """“Công văn số 27/HĐND ngày 08/11/2022”, as far as it is known."""
        if not campaign.letter_number:
            return ""
        day = campaign.letter_date
        dated = f" ngày {day:%d/%m/%Y}" if day else ""
        return f"Công văn số {campaign.letter_number}{dated}"
