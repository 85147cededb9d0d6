from odoo import api, fields, models

from ...rules import receipts
from ..base.kept_link import kept_link
from ..base.move_mixin import Move

KINDS = [
    ("asset", "Asset and income declaration"),
    ("cv", "Yearly supplement to the CV"),
]


class CadreReviewReceipt(models.Model):
    """That a person handed in the asset declaration or the CV supplement where the
    Party's organs take them: date, receiver and reference, never the content.

    Expected of everybody whose level an authority other than ours decides (the letter,
    point 4, Lưu ý). No file is kept with it.

    - the office confirms, from the receiving organ's list or by hand;
    - the unit reads those of its people, a person their own, the authority all.
    """

    _name = "cadre.review.receipt"
    _description = "Receipt of a Declaration"
    _inherit = ["cadre.review.move.mixin"]
    _order = "dossier_id, rating_id, kind"
    _stops_with_campaign = True

    _moves = {
        "confirm": Move(("expected",), "confirmed", ("office",)),
        "waive": Move(("expected",), "waived", ("office",), reason=True),
        "reset": Move(
            ("confirmed", "waived"),
            "expected",
            ("office",),
            reason=True,
            then=("_forget_receipt",),
        ),
    }

    rating_id = fields.Many2one(
        "cadre.review.rating",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    dossier_id = kept_link("rating_id.dossier_id")
    campaign_id = kept_link("rating_id.campaign_id")
    company_id = kept_link("rating_id.company_id")
    unit_id = kept_link("rating_id.unit_id")
    cadre_id = kept_link("rating_id.cadre_id", string="Person's Record")
    user_id = kept_link("rating_id.user_id", index="btree_not_null")
    kind = fields.Selection(
        KINDS,
        required=True,
        gated=True,
        help="Luật Phòng, chống tham nhũng 2018 Điều 37; NĐ 90/2020/NĐ-CP Điều 3 "
        "khoản 4 điểm c.",
    )
    state = fields.Selection(
        [
            ("expected", "Expected"),
            ("confirmed", "Confirmed"),
            ("waived", "Not due"),
        ],
        default="expected",
        required=True,
        index=True,
        copy=False,
        gated=True,
    )
    date = fields.Date(string="Handed In On", copy=False)
    receiver = fields.Char(string="Receiving Organ", copy=False)
    reference = fields.Char(copy=False, help="Number in the register of the receiver.")
    clerk = fields.Char(string="Taken In By", copy=False)
    via = fields.Selection(
        [("list", "List of the receiving organ"), ("hand", "By hand")],
        string="Confirmed From",
        gated=True,
        copy=False,
    )
    can_confirm = fields.Boolean(compute="_compute_can")

    _person_kind_uniq = models.UniqueIndex(
        "(rating_id, kind)", "This receipt is already expected of the person."
    )

    @api.depends("kind", "rating_id.name")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for receipt in self:
            receipt.display_name = (
                f"{labels.get(receipt.kind)} – {receipt.sudo().rating_id.name}"
            )

    @api.model
    def _open_for(self, ratings):
        """Expect both of everybody among these whom another authority decides on."""
        people = ratings.filtered(
            lambda r: r.cadre_id and r.authority_id and not r.is_own_authority
        )
        known = {(r.rating_id.id, r.kind) for r in people.receipt_ids}
        self.create(
            [
                {"rating_id": rating.id, "kind": kind}
                for rating in people
                for kind, _label in KINDS
                if (rating.id, kind) not in known
            ]
        )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_confirm(self):
        return self._move("confirm", values={"via": "hand"})

    def action_waive(self):
        return self._ask("waive")

    def action_reset(self):
        return self._ask("reset")

    def _confirm_from_list(self, rows):
        """Confirm these receipts as the receiving organ's list states them.

        :param rows: ``{receipt: values}``
        """
        for receipt, values in rows.items():
            receipt.write(values)
        receipts = self.browse([receipt.id for receipt in rows])
        receipts._move("confirm", values={"via": "list"})

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _blockers(self, name):
        if name != "confirm":
            return []
        found = []
        for receipt, values in self._as_values().items():
            found += receipts.check(values, receipt.campaign_id._today())
        return found

    def _as_values(self):
        """``{receipt: rules.receipts.Receipt}``"""
        laws = self.rating_id._laws()
        return {
            receipt: receipts.Receipt(
                receipt.display_name,
                receipt.date or None,
                receipt.receiver or "",
                laws[receipt.rating_id],
                ("rating", receipt.rating_id.id),
            )
            for receipt in self
        }

    def _forget_receipt(self):
        self.write(
            {
                "date": False,
                "receiver": False,
                "reference": False,
                "clerk": False,
                "via": False,
            }
        )


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    receipt_ids = fields.One2many(
        "cadre.review.receipt", "rating_id", string="Receipts"
    )


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    asset_receiver = fields.Char(
        string="Asset Declarations Go To", help="Organ that takes them in."
    )
    cv_receiver = fields.Char(
        string="CV Supplements Go To", help="Organ that takes them in."
    )


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    receipt_ids = fields.One2many(
        "cadre.review.receipt", "dossier_id", string="Receipts"
    )

    def _receipt_findings(self):
        """D8 warns at the hand-in: the papers go to other organs."""
        found = []
        expected = self.sudo().receipt_ids.filtered(
            lambda r: r.state == "expected" and not r.rating_id.has_left
        )
        for values in expected._as_values().values():
            found += receipts.check_expected(values)
        return found
