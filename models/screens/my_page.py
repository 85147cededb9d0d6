from odoo import api, models
from odoo.exceptions import AccessError

from ..base.move_mixin import RUNNING
from .desk import button, task

ROLES = "cadre_review.cadre_review_group_person,cadre_review.cadre_review_group_party"


class CadreReviewMyPage(models.AbstractModel):
    """The page of a person: their self-assessment, notice, objection and history; and
    whom the members of a party body still have to comment on.

    - those assessed and members of party bodies read it, each with their own rights.
    """

    _name = "cadre.review.my.page"
    _description = "My Page"

    @api.model
    def action_read(self):
        """What concerns the user in person.

        :return: ``name``; ``cadres``, ids of the user's own records; ``tasks`` as
            :func:`.cadre_review_desk.task` gives them; ``years``, the latest first, as
            :meth:`_year` gives them
        :raise AccessError: the user is neither assessed nor in a party body
        """
        if not self.env.user.has_groups(ROLES):
            raise AccessError(
                self.env._(
                    "This page is for those who are assessed and for members of party "
                    "bodies. Your administrator links your login to your record."
                )
            )
        own = [("user_id", "=", self.env.uid)]
        cadres = self.env["cadre.review.cadre"].search(own)
        ratings = self.env["cadre.review.rating"].search(
            [*own, ("has_left", "=", False)]
        )
        ratings = ratings._latest_first()
        return {
            "name": self.env.user.name,
            "cadres": cadres.ids,
            "tasks": [
                *self._assessing(ratings),
                *self._declaring(ratings),
                *self._remedying(cadres),
                *self._commenting(),
            ],
            "years": [
                self._year(rating, page)
                for rating, page in zip(ratings, ratings._pages(), strict=True)
            ],
        }

    # ------------------------------------------------------------------
    # TASKS
    # ------------------------------------------------------------------

    @api.model
    def _assessing(self, ratings):
        for rating in ratings:
            own = rating.opinion_ids.filtered(lambda o: o.stage == "self")
            if rating.can_self and own.state != "confirmed":
                yield task(
                    "self",
                    self.env._("Confirm your self-assessment")
                    if own
                    else self.env._("Write your self-assessment"),
                    self._review_day(rating),
                    rating.campaign_id._today(),
                    detail=f"{rating.campaign_name} – {rating.unit_name}",
                    buttons=[
                        button(self.env._("Assess Oneself"), rating, "action_self")
                    ],
                )
            draft = rating.objection_ids.filtered(lambda o: o.state == "draft")
            if draft:
                yield task(
                    "objection",
                    self.env._("File your objection, or withdraw it"),
                    rating._objection_last_day(),
                    rating.campaign_id._today(),
                    detail=rating.campaign_name,
                    buttons=[button(self.env._("Objection"), rating, "action_object")],
                )

    @api.model
    def _review_day(self, rating):
        """The last day for the review of the person's unit, or None."""
        dossier = rating.sudo().dossier_id
        return dossier._review_last_days().get(dossier.id)

    @api.model
    def _declaring(self, ratings):
        """Declarations that other organs take in and whose receipt is not known."""
        running = ratings.filtered(lambda rating: rating.campaign_id.state in RUNNING)
        for receipt in running.receipt_ids.filtered(lambda r: r.state == "expected"):
            campaign = receipt.campaign_id
            organ = {"asset": campaign.asset_receiver, "cv": campaign.cv_receiver}
            yield task(
                "declaration",
                self.env._(
                    "Hand in: %(what)s",
                    what=dict(receipt._fields["kind"]._description_selection(self.env))[
                        receipt.kind
                    ],
                ),
                detail=organ[receipt.kind] or "",
            )

    @api.model
    def _remedying(self, cadres):
        if not cadres:
            return
        lines = self.env["cadre.review.plan.line"].search(
            [
                ("responsible_cadre_id", "in", cadres.ids),
                ("state", "!=", "fixed"),
                ("plan_id.state", "=", "running"),
            ],
            order="date_due, id",
        )
        for line in lines:
            yield task(
                "plan",
                self.env._("Remedy: %(what)s", what=line.name),
                line.date_due or None,
                self.env["cadre.review.campaign"]._day_here(),
                detail=line.remedy or "",
            )

    @api.model
    def _commenting(self):
        """A task for each dossier whose people the user's party body comments on."""
        ratings = self.env["cadre.review.rating"].search(
            [
                ("party_body_id.party_user_ids", "in", self.env.uid),
                ("cadre_id", "!=", False),
                ("scope", "=", "rated"),
                ("has_left", "=", False),
                ("campaign_id.state", "in", RUNNING),
            ]
        )
        ratings = ratings.filtered(
            lambda rating: rating.can_party
            and not rating.opinion_ids.filtered(
                lambda o: o.stage == "party" and o.state == "confirmed"
            )
        )
        for dossier, group in ratings.grouped(lambda r: r.sudo().dossier_id).items():
            yield task(
                "party",
                self.env._(
                    "Comment on the people of %(unit)s: %(count)s",
                    unit=dossier.unit_name,
                    count=len(group),
                ),
                dossier._due_day(),
                dossier.campaign_id._today(),
                detail=dossier.campaign_id.name,
                items=[
                    {
                        "name": rating.name,
                        "detail": rating.title or "",
                        "kind": "person",
                        "button": button(self.env._("Comment"), rating, "action_party"),
                    }
                    for rating in group._in_lawful_order()
                ],
            )

    # ------------------------------------------------------------------
    # YEARS
    # ------------------------------------------------------------------

    @api.model
    def _year(self, rating, page):
        """One campaign of the person.

        :param page: the same as :class:`.cadre_review_history.Page`
        :return: ``{id, campaign, unit, title, state, label, is_running, can_self,
            stages, level, notified, date_notified, number, comment, can_object,
            object_until, objections}``; ``stages`` are ``{name, level, state}``,
            ``objections`` ``{date, text, state, answer}``, days ISO or False
        """
        until = rating._objection_last_day()
        return {
            "id": rating.id,
            "campaign": page.campaign,
            "unit": page.unit,
            "title": page.title,
            "state": rating.state,
            "label": rating._state_label(),
            "is_running": rating.campaign_id.state in RUNNING,
            "can_self": rating.can_self,
            "stages": [
                {"name": name, "level": level, "state": state}
                for name, level, state, _signer, _date in page.stages
            ],
            "level": rating.regulation_id._label(rating.notified_level) or "",
            "notified": page.notified,
            "date_notified": _iso(page.date_notified),
            "number": rating.notice_number or "",
            "comment": rating.notified_comment or "",
            "can_object": rating.can_object,
            "object_until": _iso(until),
            "objections": [
                {"date": _iso(date), "text": text, "state": state, "answer": answer}
                for date, text, state, answer in page.objections
            ],
        }


def _iso(day):
    return day.isoformat() if day else False
