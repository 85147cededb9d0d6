from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...rules import points

ADMIN = "cadre_review.cadre_review_group_admin"
# who reads the dossier that the figures stand on
OF_DOSSIER = ",".join(
    f"cadre_review.cadre_review_group_{role}"
    for role in ("officer", "office", "standing")
)


class CadreReviewRating(models.Model):
    """The law a rating rests on, and the figures of the year that it asks about."""

    _inherit = "cadre.review.rating"

    targets_total = fields.Integer(
        related="dossier_id.targets_total", groups=OF_DOSSIER
    )
    targets_done = fields.Integer(related="dossier_id.targets_done", groups=OF_DOSSIER)
    targets_exceeded = fields.Integer(
        related="dossier_id.targets_exceeded", groups=OF_DOSSIER
    )
    targets_late = fields.Integer(related="dossier_id.targets_late", groups=OF_DOSSIER)
    quarters_text = fields.Char(
        string="Quarters of the Year",
        compute="_compute_quarters_text",
        help="What the quarters say; a hint for the year.",
    )

    @api.depends("campaign_id", "cadre_id", "unit_id")
    @api.depends_context("uid", "lang")
    def _compute_quarters_text(self):
        """Points and level of each quarter, and the mean of the points."""
        self.quarters_text = False
        quarters = [
            ("period_kind", "=", "quarter"),
            ("year", "in", self.campaign_id.mapped("year")),
        ]
        if not self.env["cadre.review.campaign"].search_count(quarters, limit=1):
            return
        units = self.env["cadre.review.rule.values"]._units(self.dossier_id)
        subjects = {s.id: s for unit in units.values() for s in unit.subjects}
        for rating in self.filtered(lambda r: r.id in subjects):
            rating.quarters_text = rating._quarters_as_text(subjects[rating.id])

    def _quarters_as_text(self, subject):
        said = [
            self.env._(
                "Quarter %(number)s: %(said)s",
                number=past.quarter,
                said=" – ".join(
                    filter(
                        None,
                        [
                            points.printed(past.points),
                            subject.law.label(past.level),
                        ],
                    )
                ),
            )
            for past in sorted(subject.quarters, key=lambda past: past.quarter)
        ]
        mean = points.yearly(subject.quarters)
        if mean is not None:
            said.append(self.env._("mean: %(points)s", points=points.printed(mean)))
        return "; ".join(said)

    def _check_levels_exist(self, levels):
        """Refuse a level that the regulation of its year does not know.

        :param levels: ``(rating, level)`` pairs; an empty level is none
        """
        missing = [
            (rating, level)
            for rating, level in levels
            if level
            and (labels := rating.sudo().regulation_id.label_ids.mapped("level"))
            and level not in labels
        ]
        if missing:
            raise ValidationError(
                "\n".join(
                    self.env._(
                        "%(rating)s: the level “%(level)s” does not exist under "
                        "%(regulation)s. Choose one of its levels.",
                        rating=rating.display_name,
                        level=level,
                        regulation=rating.sudo().regulation_id.name,
                    )
                    for rating, level in missing
                )
            )

    # ------------------------------------------------------------------
    # ANOTHER REGULATION
    # ------------------------------------------------------------------

    def _check_administrator(self):
        if not self.env.user.has_group(ADMIN):
            raise AccessError(
                self.env._(
                    "Only an administrator rests a rating on another regulation."
                )
            )

    def _override_regulation(self, regulation, reason):
        """Rest these ratings on another regulation of their kind, kept with who and
        why. Criteria change with it, so nothing may be written on the old ones.

        :raise UserError: a rating is decided, or an opinion on it says something
        """
        self._check_administrator()
        reports = self.sudo().report_ids
        reports._check_unwritten()
        if not (reason or "").strip():
            raise UserError(self.env._("A written reason is required."))
        wrong = self.filtered(lambda r: r.subject_kind != regulation.subject_kind)
        settled = self.filtered(
            lambda r: r.state in ("decided", "notified")
            or "confirmed" in r.sudo().opinion_ids.mapped("state")
            or r.sudo().opinion_ids.line_ids.filtered("strengths")
        )
        if wrong or settled:
            raise UserError(
                self.env._(
                    "%(names)s: the regulation can be changed only to one of the same "
                    "kind, before anything is written on the criteria of the old one.",
                    names=", ".join((wrong | settled).mapped("display_name")),
                )
            )
        self.env["cadre.review.event"]._record(
            self,
            "override",
            self.env._(
                "%(old)s → %(new)s: %(reason)s",
                old=", ".join(self.regulation_id.mapped("name")),
                new=regulation.name,
                reason=reason,
            ),
        )
        drafts = self.sudo().opinion_ids
        drafts.line_ids.unlink()
        self.sudo().regulation_id = regulation
        drafts._add_lines()
        reports._follow_regulation()
        for campaign, ratings in self.grouped("campaign_id").items():
            self.env["cadre.review.cap"].sudo()._open_board(campaign, ratings)
        return True


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    def action_override_regulation(self):
        """A window in which an administrator chooses whose law is another one."""
        self.ensure_one()
        self.check_access("read")
        self.env["cadre.review.rating"]._check_administrator()
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.regulation.override",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Other Regulation"),
            "context": {"default_campaign_id": self.id},
        }
