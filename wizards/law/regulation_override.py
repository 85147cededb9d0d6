from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.law.regulation import SUBJECT_KINDS


class CadreReviewRegulationOverride(models.TransientModel):
    """Rest ratings of a campaign on another regulation than their kind and its day
    give, with the reason.

    The ratings are named by kind, unit and person: an administrator sees none.
    """

    _name = "cadre.review.regulation.override"
    _description = "Other Regulation for Ratings"

    campaign_id = fields.Many2one("cadre.review.campaign", required=True)
    subject_kind = fields.Selection(SUBJECT_KINDS, required=True, default="official")
    unit_ids = fields.Many2many(
        "cadre.review.unit", string="Units", help="Empty: all units of the campaign."
    )
    cadre_ids = fields.Many2many(
        "cadre.review.cadre", string="People", help="Empty: everybody of this kind."
    )
    rating_count = fields.Integer(
        string="Ratings Concerned", compute="_compute_rating_count"
    )
    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        domain="[('subject_kind', '=', subject_kind)]",
    )
    reason = fields.Text(required=True)

    @api.depends("campaign_id", "subject_kind", "unit_ids", "cadre_ids")
    def _compute_rating_count(self):
        for window in self:
            window.rating_count = len(window._ratings())

    def _ratings(self):
        self.campaign_id.check_access("read")
        domain = [
            ("campaign_id", "=", self.campaign_id.id),
            ("subject_kind", "=", self.subject_kind),
            ("has_left", "=", False),
        ]
        if self.unit_ids:
            domain.append(("unit_id", "in", self.unit_ids.ids))
        if self.cadre_ids and self.subject_kind != "collective":
            domain.append(("cadre_id", "in", self.cadre_ids.ids))
        return self.env["cadre.review.rating"].sudo().search(domain)

    def action_override(self):
        self.ensure_one()
        ratings = self._ratings()
        if not ratings:
            raise UserError(
                self.env._(
                    "%(campaign)s: no rating is of this kind in these units. Choose "
                    "other units or people.",
                    campaign=self.campaign_id.name,
                )
            )
        return ratings._override_regulation(self.regulation_id, self.reason)
