from odoo import api, fields, models

from ...rules import notices
from ..base.kept_link import kept_link
from ..base.levels import OUTCOMES


class CadreReviewRating(models.Model):
    """The notice of a result to whom it concerns, and its publication in the unit.

    Units and people get number, date and their own extract: what the notice copies
    onto the rating, never the decision with the lines of others.
    """

    _inherit = "cadre.review.rating"

    notice_number = fields.Char(string="Number of the Notice", gated=True, copy=False)
    notified_comment = fields.Text(
        string="Comment Notified",
        gated=True,
        copy=False,
        help="Of the authority, as the decision states it.",
    )
    publication_ids = fields.One2many(
        "cadre.review.publication", "rating_id", string="Publications"
    )
    is_published = fields.Boolean(compute="_compute_is_published", compute_sudo=True)

    @api.depends("publication_ids.is_current")
    def _compute_is_published(self):
        for rating in self:
            rating.is_published = any(rating.publication_ids.mapped("is_current"))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_notify(self):
        """Record that the results were notified in writing today."""
        return self._notify()

    def action_record_notice(self):
        """A window for number and date of the notice."""
        self._check_may("notify")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.notifying",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Notice"),
            "context": {"default_rating_ids": self.ids},
        }

    def action_publish(self):
        """Publish notified results in their units; those the Party decided only where
        the campaign says so, and they are named."""
        self._check_publishes()
        left_out = self.filtered(
            lambda rating: not notices.is_published(
                rating.sudo().authority_id.is_party,
                rating.campaign_id.publishes_party,
            )
        )
        (self - left_out).sudo()._publish()
        if not left_out:
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Decided by the Party, and not published unless the campaign says "
                    "so: %(names)s.",
                    names=", ".join(left_out.mapped("display_name")),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ------------------------------------------------------------------
    # NOTICE
    # ------------------------------------------------------------------

    def _notify(self, number=None, day=None):
        """Record the notice, checked as the user.

        :param day: date of the paper; empty: today
        """
        self._check_may("notify")
        found = []
        laws = self._laws()
        for rating in self.sudo():
            today = rating.campaign_id._today()
            notice = notices.Notice(
                rating.display_name,
                day or today,
                rating.decision_line_id.decision_id.date or None,
                laws[rating],
            )
            found += notices.check(notice, today)
        self._refuse_on(found)
        values = {"notice_number": number}
        if day:
            values["date_notified"] = day
        return self.sudo()._mark("notify", values=values)

    def _mark(self, name, reason=None, passed="", values=None):
        if name == "notify":
            today = self.campaign_id[:1]._today()
            values = {"date_notified": today, **(values or {})}
        return super()._mark(name, reason, passed, values)

    # ------------------------------------------------------------------
    # PUBLICATION
    # ------------------------------------------------------------------

    def _check_publishes(self):
        self.check_access("read")
        strange = self - self._in_role("office")
        if strange:
            raise self._role_error(strange)
        laws = self._laws()
        self._refuse_on(
            [
                finding
                for rating in self
                for finding in notices.check_publication(
                    laws[rating], rating.display_name, rating.state == "notified"
                )
            ]
        )

    def _publish(self):
        """One row per result, as it was notified; none twice."""
        fresh = self.filtered(lambda rating: not rating.is_published)
        self.env["cadre.review.publication"].create(
            [
                {
                    "rating_id": rating.id,
                    "name": rating.name,
                    "title": rating.title,
                    "level": rating.notified_level,
                    "decision": rating.notified_text,
                    "date": rating.campaign_id._today(),
                }
                for rating in fresh
            ]
        )
        self.env["cadre.review.event"]._record(fresh, "publish")

    def _withdraw_publications(self):
        """A result that is decided anew is not left standing in public."""
        published = self.filtered("is_published")
        published.publication_ids.write({"is_current": False})
        self.env["cadre.review.event"]._record(published, "unpublish")


class CadreReviewPublication(models.Model):
    """A result published in its unit, as it was notified.

    - the office publishes; a result decided anew is withdrawn by itself;
    - those who work in the unit read what is current.
    """

    _name = "cadre.review.publication"
    _description = "Published Result"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "campaign_id desc, unit_id, level, rating_id"

    rating_id = fields.Many2one(
        "cadre.review.rating",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    dossier_id = kept_link("rating_id.dossier_id")
    campaign_id = kept_link("rating_id.campaign_id")
    company_id = kept_link("rating_id.company_id")
    unit_id = kept_link("rating_id.unit_id")
    campaign_name = fields.Char(related="campaign_id.name", string="Campaign Name")
    name = fields.Char(required=True, gated=True)
    title = fields.Char(gated=True)
    level = fields.Selection(OUTCOMES, gated=True)
    decision = fields.Char(gated=True)
    date = fields.Date(string="Published On", gated=True)
    is_current = fields.Boolean(default=True, gated=True)
    is_objected = fields.Boolean(
        string="Objection Under Consideration",
        related="rating_id.is_objected",
        related_sudo=False,
    )

    _current_uniq = models.UniqueIndex(
        "(rating_id) WHERE is_current", "This result is published already."
    )


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    publishes_party = fields.Boolean(
        string="Publish Also What the Party Decides",
        help="Off unless the Party's own guidance says so.",
    )
