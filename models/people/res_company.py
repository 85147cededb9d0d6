from odoo import api, fields, models


class ResCompany(models.Model):
    """A superior council; its office runs the campaigns of this council only.

    A clerk may belong to another council too, as somebody it assesses or as an
    officer of one of its units: that gives no office rights there.
    """

    _inherit = "res.company"

    cadre_review_member_ids = fields.One2many(
        "cadre.review.member", "company_id", string="Office of the Council"
    )
    cadre_review_office_user_ids = fields.Many2many(
        "res.users",
        "cadre_review_company_office_rel",
        compute="_compute_cadre_review_office_user_ids",
        store=True,
        compute_sudo=True,
    )

    @api.depends(
        "cadre_review_member_ids.user_id", "cadre_review_member_ids.is_current"
    )
    def _compute_cadre_review_office_user_ids(self):
        for company in self:
            company.cadre_review_office_user_ids = (
                company.cadre_review_member_ids.filtered("is_current").user_id
            )
