from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .levels import OUTCOMES

SUBJECT_KINDS = [
    ("official", "Cadre"),
    ("civil_servant", "Civil servant"),
    ("public_employee", "Public employee"),
    ("collective", "Collective"),
]


class CadreReviewRegulation(models.Model):
    """A dated set of rules for one kind of subject: criteria, labels, form.

    Shipped versions are never edited; a correction is a new version.

    - every role reads regulations; administrators keep them.
    """

    _name = "cadre.review.regulation"
    _description = "Regulation"
    _order = "subject_kind, date_from desc"

    name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False)
    active = fields.Boolean(default=True)
    subject_kind = fields.Selection(SUBJECT_KINDS, required=True)
    date_from = fields.Date(string="In Force From", required=True)
    date_to = fields.Date(string="In Force To")
    legal_bases = fields.Text(help="Instruments it rests on, one a line.")
    form_code = fields.Char(help="Code of the form, as printed on it.")
    form_title = fields.Char(help="Title of the form, as printed on it.")
    label_ids = fields.One2many(
        "cadre.review.level.label", "regulation_id", string="Levels", copy=True
    )
    criterion_ids = fields.One2many(
        "cadre.review.criterion", "regulation_id", string="Criteria", copy=True
    )

    _code_uniq = models.Constraint(
        "unique(code)", "This regulation code is already in use."
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "A regulation ends before it begins.",
    )

    @api.constrains("label_ids")
    def _check_labels(self):
        for regulation in self:
            keys = regulation.label_ids.mapped("level")
            if len(keys) != len(set(keys)):
                raise ValidationError(
                    self.env._(
                        "%(regulation)s: a level has two labels; keep one.",
                        regulation=regulation.name,
                    )
                )

    def _applicable(self, subject_kind, day):
        """The newest of these regulations in force on ``day`` for the kind."""
        return self.filtered(
            lambda r: r.subject_kind == subject_kind
            and r.date_from <= day
            and (not r.date_to or day <= r.date_to)
        ).sorted("date_from")[-1:]

    def _label(self, level):
        """The level's name under this regulation, as papers print it."""
        label = self.label_ids.filtered(lambda line: line.level == level)
        return label.name or ""


class CadreReviewLevelLabel(models.Model):
    _name = "cadre.review.level.label"
    _description = "Level Label"
    _order = "sequence, id"

    regulation_id = fields.Many2one(
        "cadre.review.regulation", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(default=10)
    level = fields.Selection(OUTCOMES, required=True)
    name = fields.Char(string="Label", required=True)
    short_name = fields.Char()


class CadreReviewCriterion(models.Model):
    _name = "cadre.review.criterion"
    _description = "Criterion"
    _order = "sequence, id"

    regulation_id = fields.Many2one(
        "cadre.review.regulation", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    guidance = fields.Text(help="What the criterion asks for, with its article.")
