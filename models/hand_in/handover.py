from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..base.move_mixin import RUNNING


class CadreReviewUnit(models.Model):
    """Reorganisation: whoever took over a unit finishes its open work.

    The dossiers stay those of the unit that reviewed itself; the successor's officers
    and heads act in its place, through the same stored users that the record rules
    read.
    """

    _inherit = "cadre.review.unit"

    def _hand_over(self, successor, reason):
        """Let a successor finish the open dossiers of these units, in whichever
        council: that it is the successor, the administrator has recorded."""
        problems = []
        for unit in self:
            if successor not in unit.successor_ids:
                problems.append(
                    self.env._(
                        "%(successor)s is not recorded as a successor of %(unit)s.",
                        successor=successor.name,
                        unit=unit.name,
                    )
                )
            if not unit.valid_to:
                problems.append(
                    self.env._(
                        "%(unit)s: the day on which it ended is not recorded.",
                        unit=unit.name,
                    )
                )
        if problems:
            raise UserError("\n".join(problems))
        dossiers = self.env["cadre.review.dossier"].search(
            [
                ("unit_id", "in", self.ids),
                ("state", "!=", "excluded"),
                ("campaign_id.state", "in", RUNNING),
            ]
        )
        self.acting_unit_id = successor
        self.env["cadre.review.event"]._record(
            dossiers, "hand_over", f"{successor.name}: {reason}"
        )
        dossiers._reassign_hand_in()


class CadreReviewDossier(models.Model):
    """The officer in charge of each unit in the office, and what is handed over."""

    _inherit = "cadre.review.dossier"

    checker_id = fields.Many2one(
        "res.users",
        string="Officer in Charge",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
        tracking=True,
        help="Of the office, for this unit.",
    )
    acting_unit_id = fields.Many2one(
        related="unit_id.acting_unit_id", string="Open Work Done By"
    )
    unit_has_ended = fields.Boolean(compute="_compute_unit_has_ended")

    @api.depends("unit_id.valid_to")
    def _compute_unit_has_ended(self):
        for dossier in self:
            dossier.unit_has_ended = bool(dossier.unit_id.valid_to)

    def action_assign(self):
        """Choose the officer in charge of these units."""
        self._check_of_office()
        return self._assigning_window(self.env._("Officer in Charge"), "checker")

    def action_hand_over(self):
        """Let the successor of a dissolved unit finish what is open."""
        self._check_of_office()
        return self._assigning_window(self.env._("Hand Over Open Work"), "unit")

    def _assigning_window(self, title, what):
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.assigning",
            "view_mode": "form",
            "target": "new",
            "name": title,
            "context": {"default_dossier_ids": self.ids, "default_what": what},
        }

    def _check_of_office(self):
        self.check_access("read")
        if refused := self - self._in_role("office"):
            raise AccessError(
                self.env._(
                    "Only the office hands work over: %(units)s.",
                    units=", ".join(refused.mapped("unit_name")),
                )
            )

    def _assign(self, user, reason):
        """Put an officer of the office in charge.

        :param reason: needed where another one was in charge
        """
        self._check_of_office()
        office = self.company_id.sudo().cadre_review_office_user_ids
        if user not in office:
            raise UserError(
                self.env._("%(user)s is not of the office.", user=user.name)
            )
        taken = self.sudo().filtered(lambda d: d.checker_id and d.checker_id != user)
        if taken and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why the work is handed over: %(units)s.",
                    units=", ".join(taken.mapped("unit_name")),
                )
            )
        changed = self.sudo().filtered(lambda d: d.checker_id != user)
        self.env["cadre.review.event"]._record(changed, "assign", reason)
        changed.checker_id = user

    def _reassign_hand_in(self):
        """What is to be done goes to those who act now."""
        waiting = self.sudo().filtered("is_open_to_unit")
        waiting._close_hand_in()
        waiting._schedule_hand_in()
