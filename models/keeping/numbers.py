"""Which papers of which records bear a number, and in whose series it runs.

A decision's number is its own: in our own series it is used once
(``cadre_review_decision.py``).
"""

from odoo import api, models

from .number_mixin import Series, next_number, number_note

OWNER = "campaign_id.owner_id"
DECISIONS = {"decision": "QĐ", "conclusion": "KL", "notice": "TB"}


class CadreReviewCampaign(models.Model):
    _name = "cadre.review.campaign"
    _inherit = ["cadre.review.campaign", "cadre.review.number.mixin"]

    _number_series = (Series("letter_number", "letter_date", "owner_id", ""),)

    letter_number_next = next_number()
    letter_number_note = number_note()


class CadreReviewRequest(models.Model):
    _name = "cadre.review.request"
    _inherit = ["cadre.review.request", "cadre.review.number.mixin"]

    _number_series = (Series("number", "date", OWNER, ""),)

    number_next = next_number()
    number_note = number_note()


class CadreReviewOrder(models.Model):
    _name = "cadre.review.order"
    _inherit = ["cadre.review.order", "cadre.review.number.mixin"]

    _number_series = (
        Series("report_number", "report_date", OWNER, "BC"),
        Series("number", "date", "authority_id", ""),
    )

    report_number_next = next_number("Next Number of the Report")
    report_number_note = number_note("Same Number as the Report")
    number_next = next_number()
    number_note = number_note()


class CadreReviewSession(models.Model):
    _name = "cadre.review.session"
    _inherit = ["cadre.review.session", "cadre.review.number.mixin"]

    _number_series = (Series("minutes_number", "minutes_date", "authority_id", "BB"),)

    minutes_number_next = next_number()
    minutes_number_note = number_note()


class CadreReviewDecision(models.Model):
    _name = "cadre.review.decision"
    _inherit = ["cadre.review.decision", "cadre.review.number.mixin"]

    # of another authority we see a part of the series only
    _number_series = (
        Series("number", "date", "authority_id", "QĐ", (("is_own", "=", True),)),
    )

    number_next = next_number()
    number_note = number_note()

    @api.model
    def _number_fields(self):
        return [*super()._number_fields(), "kind"]

    def _number_kind(self, series):
        return DECISIONS[self.kind]


class CadreReviewRating(models.Model):
    _name = "cadre.review.rating"
    _inherit = ["cadre.review.rating", "cadre.review.number.mixin"]

    # one notice may tell of several results
    _number_series = (
        Series("notice_number", "date_notified", OWNER, "TB", is_shared=True),
    )

    notice_number_next = next_number()
    notice_number_note = number_note()


class CadreReviewObjection(models.Model):
    _name = "cadre.review.objection"
    _inherit = ["cadre.review.objection", "cadre.review.number.mixin"]

    _number_series = (Series("answer_number", "answer_date", OWNER, ""),)

    answer_number_next = next_number()
    answer_number_note = number_note()


class CadreReviewDelivery(models.Model):
    _name = "cadre.review.delivery"
    _inherit = ["cadre.review.delivery", "cadre.review.number.mixin"]

    _number_series = (Series("number", "date", OWNER, "GN"),)

    number_next = next_number()
    number_note = number_note()


class CadreReviewReport(models.Model):
    _name = "cadre.review.report"
    _inherit = ["cadre.review.report", "cadre.review.number.mixin"]

    _number_series = (Series("number", "date", "unit_id", "BC"),)

    number_next = next_number()
    number_note = number_note()


class CadreReviewPlan(models.Model):
    _name = "cadre.review.plan"
    _inherit = ["cadre.review.plan", "cadre.review.number.mixin"]

    _number_series = (Series("number", "date", "unit_id", "KH"),)

    number_next = next_number()
    number_note = number_note()


class CadreReviewConference(models.Model):
    _name = "cadre.review.conference"
    _inherit = ["cadre.review.conference", "cadre.review.number.mixin"]

    # a new version keeps the number of the one it corrects
    _number_series = (
        Series("minutes_number", "minutes_date", "unit_id", "BB", is_shared=True),
    )

    minutes_number_next = next_number()
    minutes_number_note = number_note()


class CadreReviewConferenceBody(models.Model):
    _name = "cadre.review.conference.body"
    _inherit = ["cadre.review.conference.body", "cadre.review.number.mixin"]

    # the unit's own body has the conference's
    _number_series = (
        Series(
            "minutes_number",
            "minutes_date",
            "party_body_id",
            "BB",
            (("kind", "=", "party"),),
            is_shared=True,
        ),
    )

    minutes_number_next = next_number()
    minutes_number_note = number_note()


class CadreReviewOpinion(models.Model):
    _name = "cadre.review.opinion"
    _inherit = ["cadre.review.opinion", "cadre.review.number.mixin"]

    # one paper may serve several people (the letter, kinds 5 and 6)
    _number_series = (
        Series(
            "number",
            "date",
            "unit_id",
            "NX",
            (("stage", "=", "unit"),),
            is_shared=True,
        ),
        Series(
            "number",
            "date",
            "party_body_id",
            "NX",
            (("stage", "=", "party"),),
            is_shared=True,
        ),
    )

    number_next = next_number()
    number_note = number_note()
