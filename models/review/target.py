from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..base.kept_link import kept_link

COUNTERS = ("targets_total", "targets_done", "targets_exceeded", "targets_late")
# what a status counts as, besides one of all targets
COUNTS_AS = {
    "exceeded": ("targets_done", "targets_exceeded"),
    "done": ("targets_done",),
    "late": ("targets_done", "targets_late"),
    "missed": (),
}


class CadreReviewTarget(models.Model):
    """A target of the unit's year and its result, as a line of the report.

    Its rights are those of the report.
    """

    _name = "cadre.review.target"
    _description = "Target of the Year"
    _inherit = ["cadre.review.said.mixin"]
    _said_with = "report_id"
    _order = "report_id, sequence, id"

    report_id = fields.Many2one(
        "cadre.review.report",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("report_id.dossier_id")
    campaign_id = kept_link("report_id.campaign_id")
    company_id = kept_link("report_id.company_id")
    unit_id = kept_link("report_id.unit_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Target", required=True)
    measure = fields.Char(string="Unit of Measure")
    plan = fields.Char()
    result = fields.Char()
    status = fields.Selection(
        [
            ("exceeded", "Exceeded"),
            ("done", "Met"),
            ("late", "Met late"),
            ("missed", "Not met"),
        ],
        required=True,
        default="done",
    )


class CadreReviewDossier(models.Model):
    """The targets counted: from the report's lines, or as typed where it has none."""

    _inherit = "cadre.review.dossier"

    target_ids = fields.One2many("cadre.review.target", "dossier_id", string="Targets")
    targets_total = fields.Integer(
        compute="_compute_targets", store=True, readonly=False
    )
    targets_done = fields.Integer(
        compute="_compute_targets", store=True, readonly=False
    )
    targets_exceeded = fields.Integer(
        compute="_compute_targets", store=True, readonly=False
    )
    targets_late = fields.Integer(
        compute="_compute_targets", store=True, readonly=False
    )

    @api.depends("target_ids.status")
    def _compute_targets(self):
        counted = self._counted_targets()
        for dossier in self:
            for name in COUNTERS:
                dossier[name] = counted.get(dossier.id, dossier)[name]

    @api.constrains(*COUNTERS)
    def _check_targets_counted(self):
        counted = self._counted_targets()
        wrong = self.filtered(
            lambda dossier: any(
                counted.get(dossier.id, dossier)[name] != dossier[name]
                for name in COUNTERS
            )
        )
        if wrong:
            raise ValidationError(
                self.env._(
                    "%(units)s: the targets are counted from the lines of the report. "
                    "Correct them there.",
                    units=", ".join(wrong.mapped("unit_name")),
                )
            )

    def _counted_targets(self):
        """``{dossier_id: {counter: number}}`` of those whose report has targets."""
        found = {}
        groups = self.env["cadre.review.target"]._read_group(
            [("dossier_id", "in", self.ids)], ["dossier_id", "status"], ["__count"]
        )
        for dossier, status, number in groups:
            counters = found.setdefault(dossier.id, dict.fromkeys(COUNTERS, 0))
            for name in ("targets_total", *COUNTS_AS[status]):
                counters[name] += number
        return found
