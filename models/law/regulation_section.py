from odoo import fields, models

KINDS = [
    ("heading", "Heading"),
    ("text", "Text"),
    ("targets", "Results against targets"),
    ("shortcomings", "Shortcomings and causes"),
    ("earlier", "Earlier shortcomings"),
    ("suggestions", "Answers to points suggested"),
    ("responsibility", "Responsibility"),
    ("remedy", "Direction and remedies"),
    ("points", "Points of the criteria"),
    ("rating", "Level proposed"),
]
# sections in which something is written, besides lists of their own
WRITTEN = ("text", "targets", "responsibility", "remedy")


class CadreReviewRegulationSection(models.Model):
    """A section of the collective's report, as the form of a regulation has it.

    Its code is that of the criterion it answers, where the regulation has one.
    """

    _name = "cadre.review.regulation.section"
    _description = "Section of the Collective's Report"
    _inherit = ["cadre.review.law.mixin"]
    _order = "regulation_id, sequence, id"

    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    sequence = fields.Integer(default=10)
    part = fields.Selection(
        [("A", "A: review"), ("B", "B: self-rating")], required=True, default="A"
    )
    code = fields.Char(required=True, help="Its numbers from the top, e.g. A.I.2.")
    name = fields.Char(string="Heading", required=True, help="As printed on the form.")
    guidance = fields.Text(help="What the section asks for.")
    kind = fields.Selection(
        KINDS, string="Kind of Content", required=True, default="text"
    )
    source_text = fields.Char(
        string="Source", help="Text on which the section rests, and how certain it is."
    )

    _code_uniq = models.Constraint(
        "unique(regulation_id, code)", "This code already has a section."
    )

    def _number(self):
        """The section's own number, as printed before its title."""
        return self.code.rpartition(".")[2]
