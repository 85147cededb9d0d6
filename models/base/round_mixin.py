from odoo import SUPERUSER_ID, api, fields, models


class CadreReviewSaidMixin(models.AbstractModel):
    """A record, or a line of one, that says something in a dossier's rounds.

    What is written while a dossier is to be completed is held back with its record.
    """

    _name = "cadre.review.said.mixin"
    _description = "Said in Rounds"
    _inherit = ["cadre.review.gate.mixin"]

    # link to the record whose line this is; none: the record itself
    _said_with = None

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._hold_back()
        return records

    def write(self, vals):
        result = super().write(vals)
        if any(self._is_content(name) for name in vals):
            self._hold_back()
        return result

    def unlink(self):
        if self._said_with:
            self._hold_back()
        return super().unlink()

    @api.model
    def _is_content(self, name):
        """Whether the field says something; what a step writes alone says nothing."""
        field = self._fields.get(name)
        return field and not getattr(field, "gated", False)

    def _hold_back(self):
        # the system itself adds nothing to what a unit says
        if self.env.uid == SUPERUSER_ID:
            return
        said = self.sudo()
        if self._said_with:
            said = said[self._said_with]
        said.filtered(
            lambda record: (
                record.dossier_id.state == "returned" and not record.is_held_back
            )
        ).is_held_back = True


class CadreReviewRoundMixin(models.AbstractModel):
    """What a unit says in rounds: office and authority read it as it was handed in.

    In a later round what is new, or said anew, is read by those who read it before the
    first hand-in, and by nobody else, until it is handed in; what had been read of it
    stands in the picture of the round before.
    """

    _name = "cadre.review.round.mixin"
    _description = "Handed In in Rounds"
    _inherit = ["cadre.review.said.mixin"]

    is_held_back = fields.Boolean(
        string="Held Back Until the Hand-In",
        gated=True,
        copy=False,
        help="New in this round, or changed in it, and not handed in yet.",
    )
    is_handed_in = fields.Boolean(
        string="Handed In",
        compute="_compute_is_handed_in",
        search="_search_is_handed_in",
    )

    @api.depends("is_held_back", "dossier_id.is_handed_in")
    def _compute_is_handed_in(self):
        for record in self:
            handed_in = record.sudo().dossier_id.is_handed_in
            record.is_handed_in = handed_in and not record.is_held_back

    @api.model
    def _search_is_handed_in(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("dossier_id.is_handed_in", "=", True), ("is_held_back", "!=", True)]
