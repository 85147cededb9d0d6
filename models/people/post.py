from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CadreReviewPost(models.Model):
    """A post a person holds in a unit; a person may hold several at once.

    The main post decides unit, form and authority of the yearly rating.

    - rights are those of the person; where it is and from when, on which the rights of
      units rest, changes with an event.
    """

    _name = "cadre.review.post"
    _description = "Post"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "sequence, id"
    _rec_name = "title"

    cadre_id = fields.Many2one(
        "cadre.review.cadre",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    unit_id = fields.Many2one(
        "cadre.review.unit",
        required=True,
        index=True,
        ondelete="restrict",
        witnessed=True,
    )
    sequence = fields.Integer(default=10, help="Order of precedence in the unit.")
    title = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("official", "Cadre"),
            ("civil_servant", "Civil servant"),
            ("public_employee", "Public employee"),
        ],
        required=True,
        default="official",
        help="Decides which regulation and which form apply.",
    )
    is_head = fields.Boolean(
        string="Head of the Unit",
        help="Heads, acting heads and those in charge while the post is vacant.",
    )
    is_main = fields.Boolean(string="Main Post", default=True, witnessed=True)
    scope = fields.Selection(
        [
            ("rated", "Rated here"),
            ("reviewed", "Reviewed here, rated elsewhere"),
            ("opinion", "Gives an opinion only"),
            ("none", "Not concerned"),
        ],
        required=True,
        default="rated",
        help="NĐ 90/2020/NĐ-CP Điều 16: who is decided elsewhere may still be reviewed "
        "here.",
    )
    authority_id = fields.Many2one(
        "cadre.review.authority",
        string="Decided By",
        ondelete="restrict",
        index="btree_not_null",
        help="Authority that decides the rating: the level that manages the post.",
    )
    group_id = fields.Many2one(
        "cadre.review.post.group",
        string="Comparable Posts",
        ondelete="restrict",
        index="btree_not_null",
        help="Posts of similar duties across units; the cap is counted among them.",
    )
    duties = fields.Text(
        string="Fields and Units in Charge",
        help="What the person leads, against which the result is judged.",
    )
    date_from = fields.Date(string="From", witnessed=True)
    date_to = fields.Date(string="To")

    _dates = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A post ends before it begins.",
    )

    @api.constrains("cadre_id", "is_main", "date_from", "date_to")
    def _check_one_main(self):
        problems = []
        for cadre in self.cadre_id:
            mains = cadre.post_ids.filtered("is_main")
            for index, post in enumerate(mains):
                for other in mains[index + 1 :]:
                    if post._overlaps(other):
                        problems.append(
                            self.env._(
                                "%(person)s: “%(one)s” and “%(other)s” are both the "
                                "main post at the same time; keep one and end or "
                                "unmark the other.",
                                person=cadre.name,
                                one=post.title,
                                other=other.title,
                            )
                        )
        if problems:
            raise ValidationError("\n".join(problems))

    def _overlaps(self, other):
        return not (
            (self.date_to and other.date_from and self.date_to < other.date_from)
            or (other.date_to and self.date_from and other.date_to < self.date_from)
        )

    @api.model
    def _in_force_domain(self, day):
        return [
            "|",
            ("date_from", "=", False),
            ("date_from", "<=", day),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", day),
        ]
