from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...rules import deadlines, urging

# addresses named in one row; the rest is a number
NAMED = 200


class CadreReviewUrgingPreview(models.TransientModel):
    """Who got what, and who gets what and when, if nobody hands in anything more; and
    a test mail."""

    _name = "cadre.review.urging.preview"
    _description = "Preview of Urging"

    campaign_id = fields.Many2one("cadre.review.campaign", required=True)
    line_ids = fields.One2many(
        "cadre.review.urging.preview.line",
        "preview_id",
        compute="_compute_line_ids",
        store=True,
        compute_sudo=False,
    )
    problems = fields.Text(string="Not Reached", compute="_compute_problems")
    step_id = fields.Many2one(
        "cadre.review.step",
        string="Test Mail of the Step",
        domain="[('campaign_id', '=', campaign_id)]",
    )
    address = fields.Char(
        string="To", default=lambda self: self.env.user.email, readonly=True
    )

    @api.depends("campaign_id")
    def _compute_line_ids(self):
        for preview in self:
            campaign = preview.campaign_id
            campaign._check_office()
            calendar = self.env["cadre.review.holiday"]._calendar()
            rows = [(*row, True) for row in campaign._urging_done()]
            rows += [(*row, False) for row in campaign._urging_plan()]
            preview.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "day": day,
                        "is_sent": is_sent,
                        "day_text": deadlines.in_words(day),
                        "deadline": deadline.name,
                        "rest_note": deadline.last_day
                        and deadlines.rest_note(deadline.last_day, calendar),
                        "step_id": step.id,
                        "mails": len(found),
                        "addresses": self._named(found),
                    }
                )
                for day, deadline, step, found, is_sent in rows
            ]

    def _named(self, found):
        named = "; ".join(found[:NAMED])
        if len(found) > NAMED:
            named += self.env._(" … and %(count)s more", count=len(found) - NAMED)
        return named

    @api.depends("campaign_id")
    def _compute_problems(self):
        for preview in self:
            campaign = preview.campaign_id
            campaign._check_office()
            preview.problems = "\n".join(campaign._problems_of_addresses())

    def action_send_test(self):
        """The step's mail about one dossier, to the user alone; nothing is noted."""
        self.ensure_one()
        self.campaign_id._check_office()
        if not self.step_id:
            raise UserError(self.env._("Choose the step whose mail you want to see."))
        good, _bad = urging.addresses(self.env.user.email)
        if not good:
            raise UserError(
                self.env._("You have no valid e-mail address yourself; enter one.")
            )
        subject = self.campaign_id._send_test(self.step_id, good[0])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Test mail"),
                "message": self.env._(
                    "“%(subject)s” is on its way to %(address)s.",
                    subject=subject,
                    address=good[0],
                ),
            },
        }


class CadreReviewUrgingPreviewLine(models.TransientModel):
    """One step on one day."""

    _name = "cadre.review.urging.preview.line"
    _description = "Day of the Preview"
    _order = "day, id"

    preview_id = fields.Many2one(
        "cadre.review.urging.preview", required=True, ondelete="cascade"
    )
    day = fields.Date()
    day_text = fields.Char(string="When")
    is_sent = fields.Boolean(string="Sent", help="It has gone out already.")
    deadline = fields.Char()
    rest_note = fields.Char(string="Day of Rest")
    step_id = fields.Many2one("cadre.review.step")
    audience = fields.Selection(
        related="step_id.audience", related_sudo=False, string="To Whom"
    )
    template_id = fields.Many2one(
        related="step_id.template_id", related_sudo=False, string="Mail"
    )
    mails = fields.Integer(string="Addresses", aggregator=None)
    addresses = fields.Text(string="Which")
