from odoo import fields, models


class CadreReviewFault(models.Model):
    """Why a paper does not conform, as a code with its words.

    - every role reads them; administrators keep them.
    """

    _name = "cadre.review.fault"
    _description = "Fault of a Paper"
    _order = "sequence, code"

    name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    nature = fields.Selection(
        [
            ("unsatisfactory", "Not up to the requirements"),
            ("irregular", "Not by the rules"),
        ],
        required=True,
        default="unsatisfactory",
    )

    _code_uniq = models.Constraint("unique(code)", "This code is already in use.")
