from odoo import fields, models

from ..hand_in.ir_attachment import MOST_MEGABYTES


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cadre_review_max_file_size_mb = fields.Integer(
        string="Largest File (MB)",
        config_parameter="cadre_review.max_file_size_mb",
        default=MOST_MEGABYTES,
        help="Larger files are refused, with the advice to scan at a lower resolution.",
    )
