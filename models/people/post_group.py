from odoo import fields, models


class CadreReviewPostGroup(models.Model):
    """Posts of similar duties, or collectives of one kind, across units.

    The share of excellent is counted among them: a Standing Committee of four people
    alone would be allowed nobody.

    - every role reads groups; administrators keep them.
    """

    _name = "cadre.review.post.group"
    _description = "Comparable Posts or Units"
    _order = "sequence, name"

    name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("unique(code)", "This group code is already in use.")
