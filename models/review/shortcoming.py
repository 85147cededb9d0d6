from odoo import api, fields, models

from ...rules.formalism import says_nothing
from ..base.kept_link import kept_link

STATES = [
    ("fixed", "Remedied"),
    ("fixing", "Being remedied"),
    ("open", "Not remedied"),
]


class CadreReviewShortcoming(models.Model):
    """A shortcoming of an earlier review, and what became of it.

    Carried over from the last yearly rating of the same subject; “excellent” asks
    that every one is remedied (QĐ 366-QĐ/TW Điều 11).

    - the unit's officers state it while the dossier is open to the unit; so does the
      office, until the unit takes it over, where it brought it in itself; nobody
      deletes it;
    - office and authority read it from the hand-in on, and what the office keys.
    """

    _name = "cadre.review.shortcoming"
    _description = "Earlier Shortcoming"
    _inherit = ["cadre.review.round.mixin", "cadre.review.shared.edit.mixin"]
    _order = "rating_id, id"

    rating_id = fields.Many2one(
        "cadre.review.rating",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dossier_id = kept_link("rating_id.dossier_id")
    campaign_id = kept_link("rating_id.campaign_id")
    company_id = kept_link("rating_id.company_id")
    unit_id = kept_link("rating_id.unit_id")
    name = fields.Text(string="Shortcoming", required=True)
    origin_id = fields.Many2one(
        "cadre.review.rating",
        string="Found In",
        index="btree_not_null",
        ondelete="restrict",
        help="Earlier rating that named it.",
    )
    status = fields.Selection(
        STATES,
        help="QĐ 366-QĐ/TW Điều 11: “excellent” only where every earlier shortcoming "
        "is remedied.",
    )
    progress = fields.Text(help="How far it is, what is in the way, who answers.")
    evidence = fields.Char(help="Document that shows it.")
    is_on_behalf = fields.Boolean(
        string="Keyed by the Office",
        default=lambda self: self.env.user.has_group(
            "cadre_review.cadre_review_group_office"
        ),
        gated=True,
        copy=False,
        help="Before the hand-in the office reads and writes what it brought in.",
    )
    # in the report
    report_id = fields.Many2one(
        "cadre.review.report",
        compute="_compute_report_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    def write(self, vals):
        """Whoever answers for the unit takes it back from the office's keying."""
        result = super().write(vals)
        if not self.env.su:
            units = self.filtered(
                lambda s: s.is_on_behalf
                and self.env.user in s.sudo().unit_id.officer_user_ids
            )
            units.sudo().is_on_behalf = False
        return result

    # ------------------------------------------------------------------
    # IN THE REPORT
    # ------------------------------------------------------------------

    @api.depends("rating_id.report_ids")
    def _compute_report_id(self):
        for shortcoming in self:
            shortcoming.report_id = shortcoming.rating_id.report_ids


class CadreReviewRating(models.Model):
    """The thread from one year's shortcomings to the next year's rating."""

    _inherit = "cadre.review.rating"

    shortcoming_ids = fields.One2many(
        "cadre.review.shortcoming", "rating_id", string="Earlier Shortcomings"
    )
    can_carry_over = fields.Boolean(compute="_compute_can_carry_over")

    @api.depends("dossier_id.state")
    @api.depends_context("uid")
    def _compute_can_carry_over(self):
        """While the dossier is the user's to write."""
        writable = self.dossier_id._filtered_access("write")
        for rating in self:
            rating.can_carry_over = rating.dossier_id in writable

    def action_carry_over(self):
        """Take over what the last yearly review of these subjects found wanting."""
        self.dossier_id.check_access("write")
        self.sudo()._carry_over()
        return True

    def action_view_shortcomings(self):
        """The list in which unit and office state what became of each."""
        self.ensure_one()
        self.check_access("read")
        self.env["cadre.review.shortcoming"].check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "cadre_review.cadre_review_shortcoming_action"
            ),
            "domain": [("rating_id", "=", self.id)],
            "context": {"default_rating_id": self.id},
        }

    def _carry_over(self):
        """One line per shortcoming of a year before, none twice: from its remediation
        plan, with what became of it; else as the unit named it."""
        past = self._last_year_ratings()
        earlier = self.browse(r.id for r in past.values())
        planned = earlier._planned_shortcomings()
        lines = self.env["cadre.review.opinion.line"].search(
            [
                ("opinion_id.rating_id", "in", earlier.ids),
                ("stage", "=", "unit"),
                ("opinion_id.state", "=", "confirmed"),
                ("shortcomings", "!=", False),
            ]
        )
        by_rating = lines.grouped(lambda line: line.opinion_id.rating_id)
        fresh = []
        for rating in self:
            before = past.get(rating)
            if not before or rating.shortcoming_ids:
                continue
            found = planned.get(before) or [
                {"name": line.shortcomings}
                for line in by_rating.get(before, ())
                if not says_nothing(line.shortcomings)
            ]
            fresh += [
                {"rating_id": rating.id, "origin_id": before.id, **values}
                for values in found
            ]
        self.env["cadre.review.shortcoming"].create(fresh)

    def _planned_shortcomings(self):
        """``{rating: [values]}`` of the lines of these subjects' plans."""
        lines = self.env["cadre.review.plan.line"].search(
            [
                ("plan_state", "!=", "draft"),
                "|",
                ("rating_id", "in", self.ids),
                "&",
                ("rating_id", "=", False),
                (
                    "dossier_id",
                    "in",
                    self.filtered(lambda r: not r.cadre_id).dossier_id.ids,
                ),
            ]
        )
        collectives = {r.dossier_id: r for r in self if not r.cadre_id}
        found = {}
        for line in lines:
            subject = line.rating_id or collectives[line.dossier_id]
            found.setdefault(subject, []).append(
                {
                    "name": line.name,
                    "plan_line_id": line.id,
                    **line._as_shortcoming(),
                }
            )
        return found

    def _last_year_ratings(self):
        """``{rating: the same subject's rating a year before}``."""
        found = {}
        for campaign, ratings in self.grouped("campaign_id").items():
            earlier = self.search(
                [
                    ("company_id", "=", campaign.company_id.id),
                    ("campaign_id.year", "=", campaign.year - 1),
                    ("campaign_id.period_kind", "=", "year"),
                    ("campaign_id.state", "!=", "cancelled"),
                    ("has_left", "=", False),
                    *ratings._same_subjects(),
                ]
            )
            by_subject = {r.cadre_id or r.unit_id: r for r in earlier}
            for rating in ratings:
                if before := by_subject.get(rating.cadre_id or rating.unit_id):
                    found[rating] = before
        return found
