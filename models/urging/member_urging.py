from odoo import api, models

from ..base.move_mixin import RUNNING


class CadreReviewMember(models.Model):
    """Who hands in changes with who acts for the unit."""

    _inherit = "cadre.review.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._hand_over(members.unit_id)
        return members

    def write(self, vals):
        units = self.unit_id
        result = super().write(vals)
        self._hand_over(units | self.unit_id)
        return result

    def unlink(self):
        units = self.unit_id
        result = super().unlink()
        self._hand_over(units)
        return result

    @api.model
    def _hand_over(self, units=None):
        """Open dossiers stand with somebody who acts for their unit now.

        :param units: of these only; none means all
        """
        domain = [
            ("is_open_to_unit", "=", True),
            ("campaign_id.state", "in", RUNNING),
        ]
        if units is not None:
            domain.append(("unit_id", "in", units.ids))
        self.env["cadre.review.dossier"].sudo().search(domain)._hand_over_hand_in()
