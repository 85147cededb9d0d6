from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...rules import deadlines
from ..base.kept_link import kept_link
from ..base.local_today import local_today


class CadreReviewExtension(models.Model):
    """More time, for one unit or for all, with its reason; never taken back.

    - the office grants it while the campaign runs, and reads all of them.
    """

    _name = "cadre.review.extension"
    _description = "Extension"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "id desc"

    deadline_id = fields.Many2one(
        "cadre.review.deadline",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    campaign_id = kept_link("deadline_id.campaign_id")
    company_id = kept_link("deadline_id.campaign_id.company_id")
    dossier_ids = fields.Many2many(
        "cadre.review.dossier",
        string="Dossiers",
        domain="[('campaign_id', '=', campaign_id), ('state', '!=', 'excluded')]",
        fixed=True,
        help="Empty: all units.",
    )
    date = fields.Date(string="New Last Day", required=True, fixed=True)
    previous_day = fields.Date(string="Last Day Before", gated=True)
    reason = fields.Text(required=True, fixed=True)
    user_id = fields.Many2one(
        "res.users",
        string="Granted By",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        gated=True,
    )

    @api.depends("deadline_id", "date")
    def _compute_display_name(self):
        for extension in self:
            day = deadlines.in_words(extension.date) if extension.date else ""
            extension.display_name = f"{extension.deadline_id.name} → {day}"

    @api.model_create_multi
    def create(self, vals_list):
        extensions = super().create(vals_list)
        for extension in extensions:
            extension._check_grant()
            extension.sudo()._apply()
        return extensions

    def _check_grant(self):
        self.ensure_one()
        campaign, problems = self.campaign_id.sudo(), []
        dossiers = self.dossier_ids
        if not self.env.su and self.env.user not in (
            self.company_id.sudo().cadre_review_office_user_ids
        ):
            raise AccessError(self.env._("Only the office grants extensions."))
        if campaign.state not in ("open", "consolidated", "concluded"):
            problems.append(
                self.env._(
                    "%(campaign)s: an extension is granted while the campaign runs.",
                    campaign=campaign.name,
                )
            )
        for dossier in dossiers:
            if dossier.campaign_id != campaign:
                problems.append(
                    self.env._(
                        "%(unit)s: the dossier is of another campaign.",
                        unit=dossier.unit_name,
                    )
                )
        for name, day in self._days_before().items():
            if day and self.date <= day:
                problems.append(
                    self.env._(
                        "%(record)s: the last day is %(day)s already; an extension "
                        "ends later.",
                        record=name,
                        day=deadlines.in_words(day),
                    )
                )
        if self.date < local_today(campaign.tz):
            problems.append(
                self.env._("%(day)s is past.", day=deadlines.in_words(self.date))
            )
        if problems:
            raise ValidationError("\n".join(problems))

    def _days_before(self):
        """Name → last day before this extension, of what it extends."""
        deadline = self.deadline_id
        if not self.dossier_ids:
            return {deadline.name: deadline.last_day}
        days = self.dossier_ids._last_days(deadline, but=self)
        return {dossier.unit_name: days[dossier.id] for dossier in self.dossier_ids}

    def _apply(self):
        """Dossiers are urged from here on by the new day."""
        self.ensure_one()
        deadline, dossiers = self.deadline_id, self.dossier_ids
        self.previous_day = max(
            filter(None, self._days_before().values()), default=None
        )
        if not dossiers:
            deadline.extended_to = self.date
            dossiers = self.campaign_id.dossier_ids.filtered("is_open_to_unit")
        if deadline.kind == "dossier":
            dossiers.filtered(
                lambda dossier: not dossier.date_due or dossier.date_due < self.date
            ).date_due = self.date
        dossiers._begin_urging()
