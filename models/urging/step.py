from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import urging
from ..campaign.deadline import KINDS

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
]
# template of a new step, by its audience, before and after the last day
TEMPLATES = {
    "unit": ("mail_template_urging_before", "mail_template_urging_late"),
    "head": ("mail_template_urging_head", "mail_template_urging_head"),
    "office": ("mail_template_urging_office", "mail_template_urging_office"),
    "owner": ("mail_template_urging_digest", "mail_template_urging_digest"),
}


class CadreReviewStep(models.Model):
    """One step of urging: when it falls due, who is written to, in which words.

    - rights are those of the campaign.
    """

    _name = "cadre.review.step"
    _description = "Step of Urging"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "campaign_id, timing desc, days, id"

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    active = fields.Boolean(default=True)
    audience = fields.Selection(
        [
            ("unit", "Unit: its mailbox and officers"),
            ("head", "Head of the unit"),
            ("office", "Office"),
            ("owner", "Members of the owner"),
        ],
        required=True,
        default="unit",
    )
    timing = fields.Selection(
        [("deadline", "Around the last day"), ("weekly", "Weekly digest")],
        required=True,
        default="deadline",
    )
    days = fields.Integer(
        help="-5: five days before the last day; 0: on it; 2: two working days after.",
        aggregator=None,
    )
    every = fields.Integer(
        string="Repeat Every",
        help="Working days after which it is repeated; 0: it is not.",
        aggregator=None,
    )
    weekday = fields.Selection(WEEKDAYS, default="0")
    kind = fields.Selection(
        KINDS,
        string="Deadline",
        help="Empty: every deadline that these people can keep.",
    )
    template_id = fields.Many2one(
        "mail.template",
        string="Mail",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_template_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('model', '=', 'cadre.review.reminder')]",
    )

    _plausible = models.Constraint(
        "CHECK (days BETWEEN -366 AND 366 AND every BETWEEN 0 AND 366"
        " AND (every = 0 OR days > 0))",
        "Days are counted within a year, and only a step after the last day repeats.",
    )
    # it names the units that are late: no business of the others
    _digest_stays_inside = models.Constraint(
        "CHECK (timing != 'weekly' OR audience IN ('office', 'owner'))",
        "A weekly digest goes to the office or to the owner.",
    )
    _weekday = models.Constraint(
        "CHECK (timing != 'weekly' OR weekday IS NOT NULL)",
        "A weekly digest needs its day.",
    )

    @api.depends("timing", "audience", "days", "every", "weekday")
    @api.depends_context("lang")
    def _compute_display_name(self):
        weekdays = dict(self._fields["weekday"]._description_selection(self.env))
        for step in self:
            if step.timing == "weekly":
                name = self.env._("every %(day)s", day=weekdays.get(step.weekday))
            elif step.days < 0:
                name = self.env._("%(days)s days before", days=-step.days)
            elif not step.days:
                name = self.env._("on the last day")
            elif step.every:
                name = self.env._(
                    "%(days)s working days late, then every %(every)s",
                    days=step.days,
                    every=step.every,
                )
            else:
                name = self.env._("%(days)s working days late", days=step.days)
            step.display_name = name

    @api.depends("audience", "days")
    def _compute_template_id(self):
        for step in self:
            before, after = TEMPLATES[step.audience or "unit"]
            name = after if step.days > 0 else before
            step.template_id = self.env.ref(
                f"cadre_review.{name}", raise_if_not_found=False
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        """The ledger names the step of each mail."""
        done = (
            self.env["cadre.review.reminder.line"]
            .sudo()
            ._read_group([("step_id", "in", self.ids)], ["step_id"])
        )
        if done:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(step)s: mails of this step have gone out already; archive "
                        "it instead.",
                        step=step.display_name,
                    )
                    for [step] in done
                )
            )

    @api.model
    def _usual_values(self):
        """Values of the steps a campaign begins with."""
        return [
            {
                "audience": step.audience,
                "timing": "deadline" if step.weekday is None else "weekly",
                "days": step.days,
                "every": step.every,
                "kind": step.kind or False,
                "weekday": str(step.weekday or 0),
            }
            for step in urging.USUAL
        ]

    def _as_values(self):
        """:rtype: list[rules.urging.Step]"""
        return [
            urging.Step(
                id=step.id,
                audience=step.audience,
                days=step.days,
                every=step.every,
                kind=step.kind or "",
                weekday=int(step.weekday) if step.timing == "weekly" else None,
            )
            for step in self
        ]
