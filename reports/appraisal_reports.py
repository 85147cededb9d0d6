from odoo import models

from ..models.campaign.campaign import RATED_HERE
from .office_paper import recipients


class CampaignAppraisalReport(models.AbstractModel):
    """Báo cáo thẩm định: what the office found and proposes on a whole campaign, with
    every stage of every rating as its annex; NĐ 30/2020/NĐ-CP, mẫu 1.4.
    """

    _name = "report.cadre_review.report_campaign_appraisal"
    _description = "Appraisal Report of a Campaign"
    _inherit = ["cadre.review.office.paper"]
    _of = "cadre.review.campaign"

    def _paper(self, campaign):
        ratings = self.env["cadre.review.rating"].search(
            [("campaign_id", "=", campaign.id), *RATED_HERE]
        )
        return {
            **self._office_head(campaign, "BC"),
            **self._consolidated(campaign, campaign.dossier_ids, ratings),
            "of": "các cơ quan, đơn vị",
            "recipients": recipients(campaign.owner_id.name, campaign.advisory_name),
        }


class DossierAppraisalReport(models.AbstractModel):
    """The same on one unit; units chosen together print one after the other."""

    _name = "report.cadre_review.report_dossier_appraisal"
    _description = "Appraisal Report of a Unit"
    _inherit = ["cadre.review.office.paper"]
    _of = "cadre.review.dossier"

    def _paper(self, dossier):
        campaign = dossier.campaign_id
        ratings = dossier.rating_ids.filtered_domain(RATED_HERE)
        return {
            **self._office_head(campaign, "BC"),
            **self._consolidated(campaign, dossier, ratings._in_lawful_order()),
            "of": dossier.unit_name,
            "recipients": recipients(campaign.owner_id.name, campaign.advisory_name),
        }
