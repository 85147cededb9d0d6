from odoo import api, fields, models

from ...rules.findings import Severity


class CadreReviewFinding(models.TransientModel):
    """One finding as a line of Rà soát: what, how hard, by which article, what to do.

    - each user sees those of their own look; they are found with the user's rights.
    """

    _name = "cadre.review.finding"
    _description = "Finding"
    _order = "severity, unit_name, rule, id"

    severity = fields.Selection(
        [
            ("1", "Refuses"),
            ("2", "Warns"),
            ("3", "For information"),
        ],
        required=True,
    )
    rule = fields.Char(required=True)
    record_name = fields.Text(string="Concerns", required=True)
    unit_name = fields.Char(string="Unit")
    message = fields.Text(string="Finding", required=True)
    remedy = fields.Text(string="What to Do")
    article = fields.Text()
    campaign_id = fields.Many2one("cadre.review.campaign")
    dossier_id = fields.Many2one("cadre.review.dossier")
    rating_id = fields.Many2one("cadre.review.rating")

    @api.model
    def _show(self, findings, title, campaign, units=()):
        """A window with the findings, grouped by how hard they are."""
        places = {s.id: unit for unit in units for s in unit.subjects}
        by_id = {unit.id: unit for unit in units}
        order = {Severity.BLOCK: "1", Severity.WARN: "2", Severity.INFO: "3"}
        lines = []
        for finding in findings:
            kind, id_ = finding.ref or (None, None)
            unit = places.get(id_) if kind == "rating" else None
            unit = by_id.get(id_) if kind == "unit" else unit
            lines.append(
                {
                    "severity": order[finding.severity],
                    "rule": finding.rule,
                    "record_name": finding.record,
                    "unit_name": unit.name if unit else False,
                    "message": self._translated(finding.message, finding.values),
                    "remedy": self._translated(finding.remedy, finding.values),
                    "article": finding.article,
                    "campaign_id": campaign.id,
                    "dossier_id": unit.id if unit else False,
                    "rating_id": id_ if kind == "rating" else False,
                }
            )
        found = self.create(lines)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "name": title,
            "view_mode": "list",
            "domain": [("id", "in", found.ids)],
            "context": {"search_default_group_by_severity": 1, "create": False},
            "help": self.env._(
                "<p class='o_view_nocontent_smiling_face'>Nothing found</p>"
                "<p>The rules have nothing to say about what you may read here.</p>"
            ),
        }

    @api.model
    def _translated(self, text, values):
        return self.env._(text, **values)

    def action_open(self):
        """The record that the finding concerns."""
        self.ensure_one()
        record = self.rating_id or self.dossier_id or self.campaign_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }
