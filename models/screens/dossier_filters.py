from odoo import api, fields, models
from odoo.tools import SQL

from ..base.local_today import local_now
from ..campaign.deadline import USUAL_STOP


class CadreReviewDossier(models.Model):
    """What people look for in the list of dossiers."""

    _inherit = "cadre.review.dossier"

    is_late = fields.Boolean(
        string="Late Hand-In",
        compute="_compute_is_late",
        search="_search_is_late",
        help="Not handed in by its last day, or after it without permission.",
    )
    is_owing = fields.Boolean(
        string="Owes Hard Copies",
        compute="_compute_is_owing",
        search="_search_is_owing",
        compute_sudo=True,
        help="The office let it owe papers or sets, and they have not come yet.",
    )

    @api.depends("timeliness")
    def _compute_is_late(self):
        for dossier in self:
            dossier.is_late = dossier.timeliness == "late"

    @api.model
    def _search_is_late(self, operator, value):
        """The same as ``_compute_timeliness``, for all dossiers at once."""
        if operator != "in":
            return NotImplemented
        for model in (self._name, "cadre.review.deadline", "cadre.review.campaign"):
            self.env[model].flush_model()
        late = SQL(
            """(
            SELECT dossier.id
              FROM cadre_review_dossier dossier
              JOIN cadre_review_campaign campaign
                ON campaign.id = dossier.campaign_id
              LEFT JOIN LATERAL (
                SELECT CASE WHEN count(DISTINCT stop) = 1 THEN min(stop) END AS stop
                  FROM (
                    SELECT COALESCE(deadline.stop_event, %(usual)s) AS stop
                      FROM cadre_review_deadline deadline
                     WHERE deadline.campaign_id = dossier.campaign_id
                       AND deadline.kind = 'dossier'
                  ) of_deadline
              ) kept ON TRUE
             WHERE dossier.date_due IS NOT NULL
               AND dossier.state != 'excluded'
               AND COALESCE(
                    CASE
                    WHEN kept.stop = 'paper_date' THEN dossier.date_paper
                    WHEN kept.stop = 'received' AND dossier.state != 'returned'
                     AND COALESCE(dossier.incoming_number, '') != ''
                    THEN COALESCE(
                        dossier.date_paper, dossier.date_received, dossier.date_due
                    )
                    END,
                    dossier.date_submitted,
                    (%(now)s AT TIME ZONE campaign.tz)::date
                ) > GREATEST(dossier.date_due, dossier.permitted_until)
            )""",
            usual=USUAL_STOP["dossier"],
            now=local_now(),
        )
        return [("id", "in", late)]

    @api.depends("delivery_ids.state")
    def _compute_is_owing(self):
        for dossier in self:
            dossier.is_owing = any(dossier.delivery_ids.mapped("owed_left"))

    @api.model
    def _search_is_owing(self, operator, value):
        if operator != "in":
            return NotImplemented
        deliveries = (
            self.env["cadre.review.delivery"]
            .sudo()
            .search(
                [
                    ("state", "!=", "cancelled"),
                    "|",
                    ("owed_paper_ids", "!=", False),
                    ("owed_sets", ">", 0),
                ]
            )
        )
        return [("id", "in", deliveries.filtered("owed_left").dossier_id.ids)]
