from odoo import api, fields, models

from ...models.base.local_today import local_today

# what is counted: field -> (model, domain)
COUNTED = {
    "authority_count": ("cadre.review.authority", [("is_own", "=", True)]),
    "unit_count": ("cadre.review.unit", []),
    "party_body_count": ("cadre.review.party.body", []),
    "person_count": ("cadre.review.cadre", [("unit_id", "!=", False)]),
    "clerk_count": (
        "cadre.review.member",
        [("role", "=", "office"), ("is_current", "=", True)],
    ),
    "campaign_count": ("cadre.review.campaign", [("state", "!=", "cancelled")]),
    "open_count": (
        "cadre.review.campaign",
        [("state", "not in", ("draft", "opening", "cancelled"))],
    ),
}


class CadreReviewFirstSteps(models.TransientModel):
    """The way from an empty database to an open campaign, with what is done of it."""

    _name = "cadre.review.first.steps"
    _description = "First Steps"

    authority_count = fields.Integer(compute="_compute_counts")
    unit_count = fields.Integer(compute="_compute_counts")
    party_body_count = fields.Integer(compute="_compute_counts")
    person_count = fields.Integer(compute="_compute_counts")
    clerk_count = fields.Integer(compute="_compute_counts")
    campaign_count = fields.Integer(compute="_compute_counts")
    open_count = fields.Integer(compute="_compute_counts")
    regulation_count = fields.Integer(
        string="Regulations in Force",
        compute="_compute_counts",
        help="They come with the product; today.",
    )

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("First Steps")

    @api.depends_context("uid")
    def _compute_counts(self):
        """Of what the user may read."""
        for steps in self:
            for name, (model, domain) in COUNTED.items():
                rows = self.env[model]
                steps[name] = rows.has_access("read") and rows.search_count(domain)
            steps.regulation_count = self.env["cadre.review.regulation"].search_count(
                [
                    ("date_from", "<=", local_today()),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", local_today()),
                ]
            )
