from odoo import fields, models


class CadreReviewPaperKind(models.Model):
    """One of the kinds of paper a dossier is made of.

    - every role reads kinds; administrators keep them.
    """

    _name = "cadre.review.paper.kind"
    _description = "Kind of Paper"
    _order = "sequence, code"

    name = fields.Char(required=True)
    short_name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    per_person = fields.Boolean(help="One for each person rated in the unit.")
    has_number = fields.Boolean(
        default=True, help="The paper carries a number and a date."
    )
    is_party = fields.Boolean(
        string="Party Paper", help="Issued by a party body under its letterhead."
    )

    _code_uniq = models.Constraint("unique(code)", "This code is already in use.")
