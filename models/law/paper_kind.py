from odoo import fields, models

# what the rules and the papers know a kind by, whatever its code is
ROLES = [
    ("result", "Report on the result"),
    ("minutes", "Minutes of the conference"),
    ("self_report", "Report of the collective"),
    ("form", "Assessment form"),
    ("unit_comment", "Comment of the unit"),
    ("party_comment", "Comment of the party body"),
    ("summary", "Summary"),
]


class CadreReviewPaperKind(models.Model):
    """One of the kinds of paper a dossier is made of, with all that belongs to it: a
    further kind is a row. Its own deadline is a campaign's, which names the kind.

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
    role = fields.Selection(
        ROLES, help="What it is to the rules; empty: they ask nothing of it."
    )
    after_conference = fields.Boolean(
        help="It reports the conference, so it cannot be dated before it."
    )
    print_action_id = fields.Many2one(
        "ir.actions.report",
        string="Printed By",
        ondelete="set null",
        help="Prints it from what was entered, where no file was given.",
    )
    placing_words = fields.Char(
        help="A file is taken for it when its name holds one of these words, written "
        "without accents and parted by semicolons."
    )
    placing_turn = fields.Integer(
        default=50, help="Of several kinds whose words fit, the lowest is meant."
    )

    _code_uniq = models.Constraint("unique(code)", "This code is already in use.")
