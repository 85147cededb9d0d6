from odoo import api, models
from odoo.exceptions import AccessError

from ...rules import review
from ...rules.dossiers import WITH_OFFICE
from ...rules.findings import Severity
from ..base.move_mixin import RUNNING

SEVERITIES = {Severity.BLOCK: "block", Severity.WARN: "warn", Severity.INFO: "info"}
# findings named on the desk; the rest is a number, and stands in Rà soát
NAMED = 12


class CadreReviewDesk(models.AbstractModel):
    """The desk of a unit: what is to do now, by when, and how far the dossier is.

    - officers and heads read it, each with their own rights.
    """

    _name = "cadre.review.desk"
    _description = "Desk of a Unit"

    @api.model
    def action_read(self, dossier_id=False):
        """One dossier as work to do.

        :param int dossier_id: empty: the one that waits for the unit
        :return: ``dossiers``: ``{id, unit, campaign, label}``, those to choose from;
            ``dossier``: one of these with ``state, round, due, days_left, can_place,
            steps, progress, tasks``, or False. Steps are ``{code,
            name, done, of, state, due}``, ``state`` being done, now or later; tasks as
            :func:`task` gives them; ``progress`` is in per cent
        :raise AccessError: the user works for no unit, or not for this one
        """
        if not self.env.user.has_group("cadre_review.cadre_review_group_officer"):
            raise AccessError(
                self.env._("The desk is for those who work for a unit under review.")
            )
        dossiers = self.env["cadre.review.dossier"].search(
            [
                ("unit_id.reader_user_ids", "in", self.env.uid),
                ("state", "!=", "excluded"),
                ("campaign_id.state", "not in", ("draft", "cancelled")),
            ],
            order="campaign_id desc, sequence, id",
        )
        if dossier_id and dossier_id not in dossiers.ids:
            dossiers.browse(dossier_id).check_access("read")
        dossier = dossiers.filtered(lambda d: d.id == dossier_id) or self._waiting(
            dossiers
        )
        return {
            "dossiers": [self._choice(one) for one in dossiers],
            "dossier": bool(dossier) and self._dossier(dossier),
        }

    @api.model
    def _waiting(self, dossiers):
        """The dossier that waits for the unit, else one that runs, else the latest."""
        running = dossiers.filtered(lambda d: d.campaign_id.state in RUNNING)
        waiting = running.filtered("is_open_to_unit")
        return (waiting or running or dossiers)[:1]

    @api.model
    def _choice(self, dossier):
        return {
            "id": dossier.id,
            "unit": dossier.unit_name,
            "campaign": dossier.campaign_id.name,
            "label": dossier._state_label(),
        }

    @api.model
    def _dossier(self, dossier):
        due = dossier._due_day()
        today = dossier.campaign_id._today()
        work = _Work(dossier)
        steps = work.steps()
        shares = [step["done"] / step["of"] if step["of"] else 1 for step in steps]
        return {
            **self._choice(dossier),
            "state": dossier.state,
            "round": dossier.round,
            "due": due.isoformat() if due else False,
            "days_left": (due - today).days if due else False,
            "can_place": dossier.can_prepare,
            "steps": steps,
            "progress": int(100 * sum(shares) / len(shares)),
            "tasks": work.tasks(),
        }


def button(label, records, method):
    """A button of a task: the public method it calls, checked there."""
    return {
        "label": label,
        "model": records._name,
        "ids": records.ids,
        "method": method,
    }


def task(code, title, day=None, today=None, **more):
    """One thing to do.

    :return: ``{code, title, detail, due, days_left, waits, items, buttons}``; ``due``
        ISO or False, ``waits`` True where others have to act, ``items`` are ``{name,
        detail, kind, button}``
    """
    return {
        "code": code,
        "title": title,
        "detail": "",
        "due": day and day.isoformat() or False,
        "days_left": (day - today).days if day else False,
        "waits": False,
        "items": [],
        "buttons": [],
        **more,
    }


class _Work:
    """What was read of one dossier with the user's rights, and what follows from it."""

    def __init__(self, dossier):
        self.dossier, self.env = dossier, dossier.env
        self.campaign = dossier.campaign_id
        self.today = self.campaign._today()
        self.due = dossier._due_day()
        self.review_day = dossier._review_last_days().get(dossier.id)
        self.subjects = dossier._subjects()._in_lawful_order()
        self.people = self.subjects.filtered("cadre_id")
        opinions = self.env["cadre.review.opinion"].search(
            [("dossier_id", "=", dossier.id), ("state", "=", "confirmed")]
        )
        self.spoken = {(o.rating_id.id, o.stage) for o in opinions}
        self.conference = dossier.conference_ids[:1]
        self.is_open = dossier.can_prepare

    def _lacking(self, ratings, stage):
        return ratings.filtered(lambda rating: (rating.id, stage) not in self.spoken)

    # ------------------------------------------------------------------
    # STEPS
    # ------------------------------------------------------------------

    def steps(self):
        """The way of the dossier; the first that is not done is the present one."""
        dossier, people = self.dossier, self.people
        handed_in = dossier.state in WITH_OFFICE
        notified = self.subjects.filtered(lambda r: r.state == "notified")
        adopted = self.conference.state == "adopted"
        names = {
            "self": self.env._("Self-assessments"),
            "conference": self.env._("Conference"),
            "party": self.env._("Party body"),
            "unit": self.env._("Unit's comment"),
            "papers": self.env._("Papers"),
            "submit": self.env._("Hand-in"),
            "accept": self.env._("Appraisal"),
            "notify": self.env._("Result"),
        }
        rows = [
            ("self", *self._counted(people, "self"), None),
            ("conference", int(adopted), 1, self.review_day),
            ("party", *self._counted(people, "party"), None),
            ("unit", *self._counted(self.subjects, "unit"), None),
            ("papers", dossier.paper_provided_count, dossier.paper_count, None),
            ("submit", int(handed_in), 1, self.due),
            ("accept", int(dossier.state == "accepted"), 1, None),
            ("notify", len(notified), len(self.subjects), None),
        ]
        steps, found = [], False
        for code, done, of, day in rows:
            is_done = done >= of
            state = "done" if is_done else "later" if found else "now"
            found = found or not is_done
            steps.append(
                {
                    "code": code,
                    "name": names[code],
                    "done": done,
                    "of": of,
                    "state": state,
                    "due": day.isoformat() if day else False,
                }
            )
        return steps

    def _counted(self, ratings, stage):
        return len(ratings - self._lacking(ratings, stage)), len(ratings)

    # ------------------------------------------------------------------
    # TASKS
    # ------------------------------------------------------------------

    def tasks(self):
        """What is to do now, in the order in which it is done."""
        if self.is_open:
            found = [
                *self._request(),
                *self._suggestions(),
                *self._self_assessments(),
                *self._report(),
                *self._meeting(),
                *self._party(),
                *self._comments(),
                *self._papers(),
                *self._findings(),
                *self._hand_in(),
            ]
        else:
            found = [*self._office()]
        return [*found, *self._copies(), *self._delay(), *self._plans()]

    def _do(self, code, title, day=None, **more):
        return task(code, title, day, self.today, **more)

    def _by_person(self, ratings, method, can, label):
        """A line for each subject, with a button where the user may act."""
        return [
            {
                "name": rating.name,
                "detail": rating.title or "",
                "kind": "person" if rating.cadre_id else "unit",
                "button": rating[can] and button(label, rating, method),
            }
            for rating in ratings
        ]

    def _request(self):
        dossier = self.dossier
        if dossier.state != "returned":
            return
        issued = dossier.request_ids.filtered(lambda r: r.state == "issued")
        yield self._do(
            "request",
            self.env._("Complete what the office asks for"),
            self.due,
            # the reason of a return names the papers too
            detail=issued[:1].reason or "" if issued else dossier.state_reason or "",
            items=[
                {
                    "name": line.paper_id.display_name,
                    "detail": " – ".join(
                        filter(None, (line.fault_id.name, line.remark))
                    ),
                    "kind": "paper",
                    "button": False,
                }
                for line in issued.line_ids
            ],
        )

    def _suggestions(self):
        open_ = self.dossier.suggestion_ids.filtered(lambda s: not s.is_answered)
        if open_:
            yield self._do(
                "suggestions",
                self.env._("Answer the points suggested: %(count)s", count=len(open_)),
                self.review_day,
                buttons=[
                    button(
                        self.env._("Answer"), self.dossier, "action_view_suggestions"
                    )
                ],
            )

    def _self_assessments(self):
        lacking = self._lacking(self.people, "self")
        if lacking:
            yield self._do(
                "self",
                self.env._(
                    "Self-assessments to confirm: %(count)s", count=len(lacking)
                ),
                self.review_day,
                items=self._by_person(
                    lacking, "action_self", "can_self", self.env._("Assess Oneself")
                ),
            )

    def _report(self):
        """Written here; a unit that provides all its papers wrote it elsewhere."""
        dossier = self.dossier
        done = dossier.report_ids[:1].state == "completed"
        if not done and dossier.paper_provided_count < dossier.paper_count:
            yield self._do(
                "report",
                self.env._("Write and complete the report of the collective"),
                self.review_day,
                buttons=[button(self.env._("Report"), dossier, "action_open_report")],
            )

    def _meeting(self):
        if self.conference.state == "adopted":
            return
        title = {
            "draft": self.env._("Record the conference"),
            "held": self.env._("Adopt the minutes of the conference"),
        }.get(self.conference.state, self.env._("Hold the conference"))
        elsewhere = not self.conference and self.dossier.sudo().conference_ids
        yield self._do(
            "conference",
            title,
            self.review_day,
            waits=bool(elsewhere),
            buttons=[]
            if elsewhere
            else [
                button(self.env._("Conference"), self.dossier, "action_open_conference")
            ],
        )

    def _party(self):
        lacking = self._lacking(self.people, "party")
        if lacking:
            yield self._do(
                "party",
                self.env._(
                    "Comments of the party body not there yet: %(count)s",
                    count=len(lacking),
                ),
                self.due,
                waits=True,
                items=self._by_person(
                    lacking, "action_party", "can_party", self.env._("Comment")
                ),
            )

    def _comments(self):
        lacking = self._lacking(self.subjects, "unit")
        if lacking:
            yield self._do(
                "unit",
                self.env._(
                    "Comments of the unit for the head to confirm: %(count)s",
                    count=len(lacking),
                ),
                self.due,
                items=self._by_person(
                    lacking, "action_unit", "can_unit", self.env._("Comment")
                ),
            )

    def _papers(self):
        missing = self.dossier._missing_papers()[self.dossier.id]
        if missing:
            yield self._do(
                "papers",
                self.env._(
                    "Papers still to provide: %(count)s",
                    count=sum(len(people) or 1 for _kind, people in missing),
                ),
                self.due,
                items=[
                    {
                        "name": kind,
                        "detail": ", ".join(people),
                        "kind": "paper",
                        "button": False,
                    }
                    for kind, people in missing
                ],
                buttons=[
                    button(
                        self.env._("Place Files…"), self.dossier, "action_place_files"
                    )
                ],
            )

    def _findings(self):
        """What Rà soát finds that would stand at the hand-in, as the user may read."""
        units = self.env["cadre.review.rule.values"]._units(self.dossier)
        calendar = self.env["cadre.review.holiday"]._calendar()
        found = [
            finding
            for unit in units.values()
            for finding in review.at_hand_in(unit, calendar)
            if finding.severity is not Severity.INFO
        ]
        if not found:
            return
        yield self._do(
            "findings",
            self.env._("Findings before the hand-in: %(count)s", count=len(found)),
            self.due,
            items=[
                {
                    "name": finding.record,
                    "detail": self._said(finding),
                    "kind": SEVERITIES[finding.severity],
                    "button": False,
                }
                for finding in found[:NAMED]
            ],
            buttons=[
                button(self.env._("Findings"), self.dossier, "action_show_findings")
            ],
        )

    def _said(self, finding):
        """Message and remedy in the user's language, with the article."""
        words = self.dossier._explain([finding])
        return words.removeprefix(f"• {finding.record}: ")

    def _hand_in(self):
        dossier = self.dossier
        yield self._do(
            "submit",
            self.env._("Hand in the dossier"),
            self.due,
            waits=not dossier.can_submit,
            detail=""
            if dossier.can_submit
            else self.env._("The head of the unit hands it in."),
            buttons=[button(self.env._("Hand In"), dossier, "action_submit")]
            if dossier.can_submit
            else [],
        )

    def _office(self):
        words = {
            "submitted": self.env._("The office has the dossier and will receive it."),
            "received": self.env._("The office is checking the papers."),
            "accepted": self.env._("The dossier has been accepted."),
        }
        if self.dossier.state in words:
            yield self._do("office", words[self.dossier.state], waits=True)

    def _copies(self):
        """What is still owed on paper."""
        for delivery in self.dossier.delivery_ids.filtered("owed_left"):
            yield self._do(
                "owed",
                self.env._("Hand over the hard copies still owed"),
                delivery.owed_until,
                detail=delivery.owed_left,
            )

    def _delay(self):
        """A later day asked for, or to be asked for while it presses."""
        dossier = self.dossier
        asked = dossier.delay_ids.filtered(lambda d: d.state == "asked")
        if asked:
            yield self._do(
                "delay",
                self.env._("The office has not answered your request for a later day"),
                asked[:1].date,
                waits=True,
            )
        elif self.is_open and self.due and (self.due - self.today).days <= 3:
            yield self._do(
                "delay",
                self.env._("If it cannot be kept: ask for a later day"),
                waits=True,
                buttons=[
                    button(
                        self.env._("Ask for a Later Day…"), dossier, "action_ask_delay"
                    )
                ],
            )

    def _plans(self):
        """The remediation plan, from the notice on; and lines of it that are late."""
        dossier = self.dossier
        running = self.campaign.state in RUNNING
        notified = self.subjects.filtered(lambda r: r.state == "notified")
        own = dossier.plan_ids.filtered(
            lambda p: not p.rating_id and p.state != "draft"
        )
        if running and notified and not own:
            yield self._do(
                "plan",
                self.env._("Adopt the plan that remedies the shortcomings"),
                self.campaign._last_day("remediation") or None,
                buttons=[
                    button(
                        self.env._("Remediation Plans"), dossier, "action_draft_plans"
                    )
                ],
            )
        late = dossier.plan_ids.line_ids.filtered("is_late")
        if late:
            yield self._do(
                "plan_lines",
                self.env._(
                    "Overdue in the remediation plan: %(count)s", count=len(late)
                ),
                min(late.mapped("date_due")),
                items=[
                    {
                        "name": line.name,
                        "detail": line.responsible or "",
                        "kind": "warn",
                        "button": False,
                    }
                    for line in late[:NAMED]
                ],
                buttons=[
                    button(
                        self.env._("Remediation Plans"), dossier, "action_draft_plans"
                    )
                ],
            )
