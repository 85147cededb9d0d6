from odoo import api, fields, models

from ...rules.findings import blocking


class CadreReviewCampaignOpening(models.TransientModel):
    """Show what opening a campaign creates, before it does."""

    _name = "cadre.review.campaign.opening"
    _description = "Opening of a Campaign"

    campaign_id = fields.Many2one("cadre.review.campaign", required=True)
    dossier_count = fields.Integer(string="New Dossiers", compute="_compute_plan")
    rating_count = fields.Integer(string="New Ratings", compute="_compute_plan")
    paper_count = fields.Integer(string="New Expected Papers", compute="_compute_plan")
    left_count = fields.Integer(string="Left the Scope", compute="_compute_plan")
    unit_names = fields.Text(string="Units Added", compute="_compute_plan")
    people_names = fields.Text(string="People Added", compute="_compute_plan")
    left_names = fields.Text(string="Units and People Left", compute="_compute_plan")
    findings = fields.Text(compute="_compute_plan")
    is_blocked = fields.Boolean(compute="_compute_plan")

    @api.depends("campaign_id")
    def _compute_plan(self):
        for wizard in self:
            campaign = wizard.campaign_id
            plan = campaign._opening_plan()
            found = campaign._findings_of(plan)
            per_person = len(campaign.paper_kind_ids.filtered("per_person"))
            units = self.env["cadre.review.unit"].browse(plan.units)
            left_units = self.env["cadre.review.unit"].browse(plan.left_units)
            left_people = self.env["cadre.review.cadre"].browse(
                [*plan.left_people, *plan.moved_people]
            )
            wizard.dossier_count = len(plan.units)
            wizard.rating_count = len(plan.units) + len(plan.posts)
            wizard.paper_count = plan.count_papers(
                len(campaign.paper_kind_ids) - per_person, per_person
            )
            wizard.left_count = len(left_units) + len(left_people)
            wizard.unit_names = "\n".join(units.mapped("name"))
            wizard.people_names = "\n".join(post.name for post in plan.posts)
            wizard.left_names = "\n".join(
                [*left_units.mapped("name"), *left_people.mapped("name")]
            )
            wizard.findings = campaign._explain(found)
            wizard.is_blocked = bool(blocking(found))

    def action_open(self):
        return self.campaign_id.action_open()
