from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules.dossiers import HANDED_IN
from ..base.move_mixin import Move

# paper may come first, or what is owed long after
TAKES_PAPER = ("preparing", *HANDED_IN)


class CadreReviewDelivery(models.Model):
    """Hard copies handed over (phiếu giao nhận): how many sets, of which papers, when,
    by whom, and what is still owed until when.

    - the office enters them and may cancel one with a reason; nothing else changes;
    - the unit and the authority read.
    """

    _name = "cadre.review.delivery"
    _description = "Hard Copies Received"
    _inherit = [
        "cadre.review.dossier.part.mixin",
        "cadre.review.move.mixin",
        "cadre.review.files.mixin",
    ]
    _order = "date desc, id desc"
    _stops_with_campaign = True

    _moves = {
        "cancel": Move(
            ("valid",),
            "cancelled",
            ("office",),
            reason=True,
            then=("_note_on_dossiers",),
        ),
    }

    state = fields.Selection(
        [("valid", "Valid"), ("cancelled", "Cancelled")],
        default="valid",
        required=True,
        copy=False,
        gated=True,
    )
    round = fields.Integer(gated=True, copy=False, aggregator=None)
    date = fields.Date(
        string="Received On",
        required=True,
        default=lambda self: self._default_date(),
        fixed=True,
    )
    number = fields.Char(string="Number of the Receipt", fixed=True)
    incoming_number = fields.Char(
        fixed=True,
        help="In the register of incoming papers.",
    )
    sets = fields.Integer(
        required=True,
        default=lambda self: self._default_sets(),
        fixed=True,
        help="Full or partial sets handed over this time.",
    )
    delivered_by = fields.Char(required=True, fixed=True, help="Name of the bearer.")
    delivered_title = fields.Char(string="Title of the Bearer", fixed=True)
    received_by_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        gated=True,
    )
    paper_ids = fields.Many2many(
        "cadre.review.paper",
        "cadre_review_delivery_paper_rel",
        string="Papers Handed Over",
        default=lambda self: self._default_paper_ids(),
        fixed=True,
    )
    owed_paper_ids = fields.Many2many(
        "cadre.review.paper",
        "cadre_review_delivery_owed_rel",
        string="Papers Owed",
        fixed=True,
    )
    owed_sets = fields.Integer(
        string="Sets Owed", fixed=True, help="Whole sets that are to follow."
    )
    owed_until = fields.Date(fixed=True, help="Last day for what is owed.")
    note = fields.Text()
    owed_left = fields.Char(
        string="Still Owed",
        compute="_compute_owed_left",
        help="What no later delivery has brought.",
    )
    is_overdue = fields.Boolean(compute="_compute_owed_left")
    can_cancel = fields.Boolean(compute="_compute_can")

    _sets = models.Constraint(
        "CHECK (sets >= 0 AND owed_sets >= 0)", "The number of sets is negative."
    )

    def _default_dossier(self):
        return self.env["cadre.review.dossier"].browse(
            self.env.context.get("default_dossier_id")
        )

    def _default_date(self):
        return self.env["cadre.review.campaign"]._day_here()

    def _default_sets(self):
        return self._default_dossier().campaign_id.sets

    def _default_paper_ids(self):
        return self._default_dossier().paper_ids.filtered(
            lambda paper: not paper.rating_id.has_left
        )

    @api.depends("date", "dossier_id.unit_name")
    def _compute_display_name(self):
        for delivery in self:
            delivery.display_name = self.env._(
                "%(unit)s, %(day)s",
                unit=delivery.dossier_id.unit_name,
                day=f"{delivery.date:%d/%m/%Y}" if delivery.date else "…",
            )

    @api.depends("state", "owed_paper_ids", "owed_sets")
    def _compute_owed_left(self):
        """What is owed is settled by the deliveries that came after it."""
        others = self.dossier_id.delivery_ids.filtered(lambda d: d.state == "valid")
        by_dossier = others.grouped("dossier_id")
        for delivery in self:
            later = by_dossier.get(delivery.dossier_id, others.browse()).filtered(
                lambda d, since=delivery: d.id > since.id or not since.id
            )
            papers = delivery.owed_paper_ids - later.paper_ids
            sets = max(delivery.owed_sets - sum(later.mapped("sets")), 0)
            parts = []
            if delivery.state == "valid":
                if sets:
                    parts.append(self.env._("%(sets)s sets", sets=sets))
                parts += papers.mapped("display_name")
            delivery.owed_left = "; ".join(parts)
            delivery.is_overdue = bool(
                parts
                and delivery.owed_until
                and delivery.owed_until < delivery.campaign_id._today()
            )

    @api.constrains("paper_ids", "owed_paper_ids", "owed_sets", "owed_until", "sets")
    def _check_content(self):
        problems = []
        for delivery in self.sudo():
            name = delivery.display_name
            foreign = (delivery.paper_ids | delivery.owed_paper_ids).filtered(
                lambda p, d=delivery: p.dossier_id != d.dossier_id
            )
            if foreign:
                problems.append(
                    self.env._(
                        "%(delivery)s: of another dossier: %(papers)s.",
                        delivery=name,
                        papers=", ".join(foreign.mapped("display_name")),
                    )
                )
            if both := delivery.paper_ids & delivery.owed_paper_ids:
                problems.append(
                    self.env._(
                        "%(delivery)s: handed over and owed at once: %(papers)s.",
                        delivery=name,
                        papers=", ".join(both.mapped("display_name")),
                    )
                )
            owed = delivery.owed_paper_ids or delivery.owed_sets
            if owed and not delivery.owed_until:
                problems.append(
                    self.env._(
                        "%(delivery)s: enter until when the rest may be owed.",
                        delivery=name,
                    )
                )
            if not delivery.sets and not delivery.paper_ids:
                problems.append(
                    self.env._("%(delivery)s: nothing was handed over.", delivery=name)
                )
        if problems:
            raise ValidationError("\n".join(problems))

    @api.model_create_multi
    def create(self, vals_list):
        deliveries = super().create(vals_list)
        for delivery in deliveries.sudo():
            delivery.round = delivery.dossier_id.round
        deliveries.sudo()._note_on_dossiers()
        self.env["cadre.review.event"]._record(deliveries, "deliver")
        return deliveries

    def _note_on_dossiers(self):
        """The dossier shows the sets of its round and the first day of its papers."""
        for dossier in self.dossier_id:
            mine = dossier.delivery_ids.filtered(
                lambda d, round_=dossier.round: d.state == "valid" and d.round == round_
            )
            numbers = [d.incoming_number for d in mine if d.incoming_number]
            dossier.write(
                {
                    "sets_received": sum(mine.mapped("sets")),
                    "date_paper": min(mine.mapped("date"), default=False),
                    "incoming_number": numbers[-1] if numbers else False,
                }
            )

    def action_cancel(self):
        return self._ask("cancel")

    def action_print(self):
        """The phiếu giao nhận, to be signed by both."""
        self.check_access("read")
        return self.env.ref("cadre_review.action_report_delivery").report_action(self)


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    delivery_ids = fields.One2many(
        "cadre.review.delivery", "dossier_id", string="Hard Copies"
    )
    owed_text = fields.Char(
        string="Hard Copies Owed", compute="_compute_owed", compute_sudo=True
    )
    is_owed_overdue = fields.Boolean(compute="_compute_owed", compute_sudo=True)
    can_deliver = fields.Boolean(compute="_compute_can_deliver")

    @api.depends("delivery_ids.state")
    def _compute_owed(self):
        for dossier in self:
            latest = dossier.delivery_ids.filtered("owed_left")
            dossier.owed_text = "; ".join(
                self.env._(
                    "%(what)s, until %(day)s",
                    what=delivery.owed_left,
                    day=f"{delivery.owed_until:%d/%m/%Y}",
                )
                for delivery in latest
            )
            dossier.is_owed_overdue = any(latest.mapped("is_overdue"))

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_deliver(self):
        allowed = self._in_running_campaign()._in_role("office")
        for dossier in self:
            dossier.can_deliver = dossier in allowed and dossier.state in TAKES_PAPER

    def action_deliver(self):
        """A new phiếu giao nhận for what comes to the counter."""
        self.ensure_one()
        self._check_of_office()
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.delivery",
            "view_mode": "form",
            "target": "current",
            "name": self.env._("Hard Copies: %(unit)s", unit=self.unit_name),
            "context": {"default_dossier_id": self.id},
        }
