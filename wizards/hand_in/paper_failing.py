from odoo import api, fields, models


class CadreReviewPaperFailing(models.TransientModel):
    """Why papers do not conform: a reason of the list, and a remark for the unit."""

    _name = "cadre.review.paper.failing"
    _description = "Papers That Do Not Conform"

    paper_ids = fields.Many2many(
        "cadre.review.paper", "cadre_review_paper_failing_rel", string="Papers"
    )
    fault_id = fields.Many2one(
        "cadre.review.fault", string="Reason", required=True, ondelete="cascade"
    )
    remark = fields.Text(
        help="What exactly is to be put right. Empty: the words of the reason."
    )
    warnings = fields.Text(compute="_compute_warnings")

    @api.depends("paper_ids")
    def _compute_warnings(self):
        for window in self:
            papers = window.paper_ids
            window.warnings = papers._explain(papers._blockers("fail"))

    def action_confirm(self):
        self.ensure_one()
        remark = (self.remark or "").strip() or self.fault_id.name
        return self.paper_ids._move("fail", remark, {"fault_id": self.fault_id.id})
