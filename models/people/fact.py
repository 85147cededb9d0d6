from odoo import api, fields, models
from odoo.exceptions import UserError

from ..base.kept_link import kept_link


class CadreReviewFact(models.Model):
    """Something dated about a person that bears on the level.

    Months of work are typed and confirmed, never computed from posts: someone
    elected in September after eight months elsewhere is rated.
    Source: NĐ 90/2020/NĐ-CP Điều 2 khoản 3.

    - rights are those of the person; once confirmed it is not deleted, and each change
      of it is an event.
    """

    _name = "cadre.review.fact"
    _description = "Dated Fact"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "kind"
    _witnessed_rows = True

    cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    unit_id = kept_link("cadre_id.unit_id", index="btree_not_null", precompute=False)
    kind = fields.Selection(
        [
            ("months", "Months worked in the year"),
            ("absence", "Lawful absence"),
            ("maternity", "Maternity leave"),
            ("discipline", "Discipline"),
            ("transfer", "Work at a former unit"),
        ],
        required=True,
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To")
    months = fields.Float(
        digits=(4, 1),
        help="NĐ 90/2020/NĐ-CP Điều 2 khoản 3: under six months of work in the year, "
        "no level; absent three to under six months, “completed” at most.",
    )
    reference = fields.Char(
        string="Proving Paper", help="Number and date of the paper that proves it."
    )
    note = fields.Text()
    is_confirmed = fields.Boolean(string="Confirmed")

    # discipline
    degree = fields.Selection(
        [
            ("reprimand", "Reprimand"),
            ("warning", "Warning"),
            ("demotion", "Demotion or removal from post"),
            ("dismissal", "Dismissal or expulsion"),
        ],
        string="Measure",
        help="Of the disciplinary decision, of the Party or of the State.",
    )
    in_duty = fields.Selection(
        [("yes", "In carrying out duties"), ("no", "Other")],
        string="Violation",
        help="NĐ 90/2020/NĐ-CP Điều 2 khoản 5, added by NĐ 48/2023/NĐ-CP: a violation "
        "in carrying out duties weighs otherwise than another.",
    )
    place_of_act = fields.Selection(
        [("here", "At this unit"), ("elsewhere", "At another unit")]
    )
    counted_year = fields.Integer(
        string="Counted in",
        aggregator=None,
        help="Earlier year whose rating already counted the same violation.",
    )
    counted_fact_id = fields.Many2one(
        "cadre.review.fact",
        string="Counted With",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('cadre_id', '=', cadre_id), ('kind', '=', 'discipline')]",
        help="The earlier decision on the same act, e.g. the Party's.",
    )
    counted_reference = fields.Char(
        string="Counted By", help="Document of the earlier rating, if not kept here."
    )

    # work at a former unit
    former_unit_id = fields.Many2one(
        "cadre.review.unit",
        index="btree_not_null",
        ondelete="restrict",
        help="NĐ 90/2020/NĐ-CP Điều 20: after six months or more at the former unit, "
        "its comment is needed.",
    )
    former_unit_name = fields.Char(help="If it is not among the units kept here.")
    comment_state = fields.Selection(
        [
            ("missing", "Not asked for"),
            ("asked", "Asked for"),
            ("received", "Received"),
        ],
        string="Its Comment",
        default="missing",
    )

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "A dated fact ends before it begins.",
    )
    _months_range = models.Constraint(
        "CHECK (months >= 0 AND months <= 12)",
        "Months in a year are between 0 and 12.",
    )
    _degree = models.Constraint(
        "CHECK (kind != 'discipline' OR degree IS NOT NULL)",
        "A disciplinary decision needs its measure.",
    )
    _counted = models.Constraint(
        "CHECK (COALESCE(counted_year, 0) = 0 OR counted_fact_id IS NOT NULL"
        " OR counted_reference IS NOT NULL)",
        "A violation counted in an earlier year needs the record that counted it.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if confirmed := self.filtered("is_confirmed"):
            raise UserError(
                self.env._(
                    "Confirmed facts are not deleted: %(facts)s. Levels rest on them; "
                    "take the confirmation back first, which the history keeps.",
                    facts=", ".join(
                        f"{fact.cadre_id.name} – {fact.display_name}"
                        for fact in confirmed
                    ),
                )
            )

    def _witnessed(self):
        return self.filtered("is_confirmed")

    def _witnessed_values(self, names):
        """Until it is confirmed nothing rests on it."""
        noted = self if "is_confirmed" in names else self.filtered("is_confirmed")
        return super(CadreReviewFact, noted)._witnessed_values(names)
