from odoo import fields, models

from .kept_link import kept_link


class CadreReviewFact(models.Model):
    """Something dated about a person that bears on the level.

    Months of work are typed and confirmed, never computed from posts: someone
    elected in September after eight months elsewhere is rated.
    Source: NĐ 90/2020/NĐ-CP Điều 2 khoản 3.

    - rights are those of the person.
    """

    _name = "cadre.review.fact"
    _description = "Dated Fact"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "kind"

    cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
    )
    unit_id = kept_link("cadre_id.unit_id", index="btree_not_null", precompute=False)
    kind = fields.Selection(
        [
            ("months", "Months worked in the year"),
            ("absence", "Lawful absence"),
            ("maternity", "Maternity leave"),
            ("discipline", "Discipline"),
        ],
        required=True,
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To")
    months = fields.Float(digits=(4, 1))
    reference = fields.Char(
        string="Proving Paper", help="Number and date of the paper that proves it."
    )
    note = fields.Text()
    is_confirmed = fields.Boolean(string="Confirmed")

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "A dated fact ends before it begins.",
    )
    _months_range = models.Constraint(
        "CHECK (months >= 0 AND months <= 12)",
        "Months in a year are between 0 and 12.",
    )
