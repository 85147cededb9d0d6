from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import dossiers
from ...rules.dossiers import OPEN_TO_UNIT
from ..base.move_mixin import Move


class CadreReviewPaper(models.Model):
    """One expected paper of a dossier: a line of the register.

    - the unit's officers provide it while the dossier is open to the unit, the
      office on their behalf;
    - the office finds it to conform, or not, once the dossier is received.
    """

    _name = "cadre.review.paper"
    _description = "Paper"
    _inherit = [
        "cadre.review.dossier.part.mixin",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
        "cadre.review.shared.edit.mixin",
    ]
    _order = "dossier_id, sequence, id"
    _stops_with_campaign = True

    _moves = {
        "provide": Move(
            ("missing", "failed"),
            "provided",
            ("officer", "office"),
            stages=OPEN_TO_UNIT,
        ),
        "withdraw": Move(
            ("provided",), "missing", ("officer", "office"), stages=OPEN_TO_UNIT
        ),
        "conform": Move(
            ("provided", "failed"), "conforming", ("office",), stages=("received",)
        ),
        "fail": Move(
            ("provided", "conforming"),
            "failed",
            ("office",),
            reason=True,
            stages=("received",),
        ),
    }

    # set by the opening alone
    dossier_id = fields.Many2one(fixed=False, gated=True)
    rating_id = fields.Many2one(
        "cadre.review.rating",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
    )
    kind_id = fields.Many2one(
        "cadre.review.paper.kind",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    sequence = fields.Integer(gated=True)
    state = fields.Selection(
        [
            ("missing", "Missing"),
            ("provided", "Provided"),
            ("conforming", "Conforming"),
            ("failed", "Not conforming"),
        ],
        default="missing",
        required=True,
        index=True,
        gated=True,
        copy=False,
    )
    number = fields.Char()
    date = fields.Date()
    signer = fields.Char()
    signer_capacity = fields.Char()
    pages = fields.Integer()
    incoming_number = fields.Char(string="Number of Receipt")
    incoming_date = fields.Date(string="Date of Receipt")
    outside_reference = fields.Char(
        help="Of the paper in the office's document system or on the trunk line.",
    )
    is_secret = fields.Boolean(
        string="Secret",
        help="A secret paper has only this line: no file is kept here.",
    )
    remark = fields.Text(gated=True, help="Why it was found not to conform.")
    dossier_state = fields.Selection(
        related="dossier_id.state", string="State of the Dossier"
    )
    can_provide = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_conform = fields.Boolean(compute="_compute_can")
    can_fail = fields.Boolean(compute="_compute_can")

    _unit_paper_uniq = models.UniqueIndex(
        "(dossier_id, kind_id) WHERE rating_id IS NULL",
        "This paper is already expected in the dossier.",
    )
    _person_paper_uniq = models.UniqueIndex(
        "(rating_id, kind_id) WHERE rating_id IS NOT NULL",
        "This paper is already expected for the person.",
    )

    @api.depends("kind_id", "rating_id", "dossier_id")
    def _compute_display_name(self):
        for paper in self:
            owner = (
                paper.rating_id.name if paper.rating_id else paper.dossier_id.unit_name
            )
            paper.display_name = f"{paper.kind_id.short_name} – {owner}"

    @api.constrains("is_secret", "attachment_ids")
    def _check_secret(self):
        secret = self.sudo().filtered("is_secret")
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", secret.ids)])
        )
        with_files = secret.filtered(
            lambda paper: paper.attachment_ids or paper.id in files.mapped("res_id")
        )
        if with_files:
            raise ValidationError(
                "\n".join(
                    self.env._(
                        "%(paper)s: a secret paper may not be kept on a networked "
                        "computer (Luật 117/2025/QH15 Điều 5 khoản 2). Remove the "
                        "file; the line in the register remains.",
                        paper=paper.display_name,
                    )
                    for paper in with_files
                )
            )

    @api.model
    def _prepare_expected_values(self, dossier, kind, rating=None):
        """Values of an expected paper, per unit or per person."""
        return {
            "dossier_id": dossier.id,
            "kind_id": kind.id,
            "rating_id": rating.id if rating else False,
            "sequence": kind.sequence,
        }

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_provide(self):
        return self._ask("provide")

    def action_withdraw(self):
        return self._ask("withdraw")

    def action_conform(self):
        return self._ask("conform")

    @api.model
    def _withheld_domain(self, user):
        """Papers whose files the user does not see before the hand-in."""
        return [
            ("dossier_id.is_handed_in", "=", False),
            ("unit_id.reader_user_ids", "not in", user.id),
        ]

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _blockers(self, name):
        if name in ("conform", "fail"):
            return self._other_checks({"conform": "failed"}.get(name, "conforming"))
        if name != "provide":
            return []
        online = self.filtered(lambda paper: paper.source == "online")
        findings = (self - online)._source_findings()
        empty = online.filtered(
            lambda paper: not paper.is_secret
            and not (paper.source_place or paper.sudo().attachment_ids)
        )
        for paper, law in empty._laws().items():
            findings += dossiers.check_provided(
                dossiers.Paper(paper.display_name, paper.state, law)
            )
        return findings

    def _laws(self):
        """``{paper: rules.law.Law}``: that of the person it is about, or the unit's."""
        of_people, of_units = self.rating_id._laws(), self.dossier_id._laws()
        return {
            paper: of_people[paper.rating_id]
            if paper.rating_id
            else of_units[paper.dossier_id]
            for paper in self
        }

    def _mark(self, name, reason=None, passed="", values=None):
        values = {
            "remark": reason if name == "fail" else False,
            **self._prepare_check_values(name),
            **(values or {}),
        }
        return super()._mark(name, reason, passed, values)
