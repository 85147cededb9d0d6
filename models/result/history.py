from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from odoo import models

from ...rules.stages import STAGES
from ..dossier.rating import DECIDING

# records whose warnings speak of several subjects
SHARED = (
    "cadre.review.dossier",
    "cadre.review.conference",
    "cadre.review.session",
    "cadre.review.decision",
)


# what follows a name where a warning begins with it
END_OF_NAME = (":", " (", " –")


@dataclass(frozen=True)
class Passed:
    """A warning that was passed: on what, when, by whom, why."""

    step: str
    day: date
    who: str
    reason: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One rating of a subject, as far as the reader may see it.

    ``stages`` are ``(label, level, state, signer, date)``, ``decisions``
    ``(reference, level, standing, reason)``, ``objections`` ``(date, text, state,
    answer)``.
    """

    campaign: str
    year: int
    unit: str
    title: str
    law: str
    criteria: int
    stages: tuple
    ballots: str
    level: str
    notified: str
    date_notified: date | None
    decisions: tuple = ()
    objections: tuple = ()
    passed: tuple[Passed, ...] = field(default_factory=tuple)


class CadreReviewRating(models.Model):
    """The history of a subject across campaigns and mergers, read as the user."""

    _inherit = "cadre.review.rating"

    def _pages(self):
        """These ratings as pages of a sheet, the latest year first; queries do not
        grow with them.

        :rtype: list[Page]
        """
        deciding = self.env.user.has_groups(DECIDING)
        opinions = self.env["cadre.review.opinion"].search(
            [("rating_id", "in", self.ids)]
        )
        by_rating = opinions.grouped("rating_id")
        passed = self._passed_warnings(opinions) if deciding else {}
        return [
            rating._page(
                by_rating.get(rating, opinions.browse()),
                deciding,
                passed.get(rating, ()),
            )
            for rating in self._latest_first()
        ]

    def _latest_first(self):
        return self.sorted(lambda r: (-r.campaign_id.year, r.campaign_id.period_no))

    def _page(self, opinions, deciding, passed):
        self.ensure_one()
        campaign, regulation = self.campaign_id, self.regulation_id
        level = self.level if deciding else self.notified_level
        return Page(
            campaign=campaign.name,
            year=campaign.year,
            unit=self.unit_name,
            title=self.title or "",
            law=regulation.name,
            criteria=len(regulation._leaf_criteria()),
            stages=tuple(
                (
                    opinion._stage_label(),
                    regulation._label(opinion.proposed_level) or "",
                    opinion._state_label(),
                    opinion.signer or "",
                    opinion.date or None,
                )
                for opinion in opinions.sorted(lambda o: STAGES.index(o.stage))
            ),
            ballots=self.tally_text or "",
            level=regulation._label(level) or "",
            notified=self.notified_text or "",
            date_notified=self.date_notified or None,
            decisions=self._decision_rows() if deciding else (),
            objections=tuple(
                (o.date or None, o.text or "", o._state_label(), o.answer or "")
                for o in self.objection_ids
            ),
            passed=tuple(passed),
        )

    def _decision_rows(self):
        standings = dict(
            self.env["cadre.review.decision.line"]
            ._fields["standing"]
            ._description_selection(self.env)
        )
        issued = self.decision_line_ids.filtered(lambda x: x.standing != "draft")
        return tuple(
            (
                line.decision_id._reference(),
                self.regulation_id._label(line.level) or "",
                standings[line.standing],
                line.reason or "",
            )
            for line in issued.sorted(lambda x: (x.decision_id.date, x.id))
        )

    def _passed_warnings(self, opinions):
        """``{rating: [Passed]}`` of what stands in the history of these ratings, their
        opinions, and the records that speak of several subjects."""
        lines = self.decision_line_ids
        owners = defaultdict(list)
        for rating in self:
            owners[rating._name, rating.id].append(rating)
            owners["cadre.review.dossier", rating.dossier_id.id].append(rating)
            for conference in rating.dossier_id.conference_ids:
                owners[conference._name, conference.id].append(rating)
            for session in rating.sudo().session_line_ids.session_id:
                owners[session._name, session.id].append(rating)
        for opinion in opinions:
            owners[opinion._name, opinion.id].append(opinion.rating_id)
        for line in lines:
            owners["cadre.review.decision", line.decision_id.id].append(line.rating_id)
        events = self.env["cadre.review.event"].search(
            [
                ("res_model", "in", list({model for model, _id in owners})),
                ("res_id", "in", list({id_ for _model, id_ in owners})),
                ("warnings", "not in", (False, "")),
            ],
            order="id",
        )
        found = defaultdict(list)
        for event in events:
            for rating in owners.get((event.res_model, event.res_id), ()):
                said = rating._warnings_about(event)
                if said:
                    found[rating].append(
                        Passed(
                            step=f"{event.record_name}: {event.state_to_label}",
                            day=event.create_date.date(),
                            who=event.user_id.name,
                            reason=event.reason or "",
                            warnings=said,
                        )
                    )
        return found

    def _warnings_about(self, event):
        """The lines of an event's warnings that concern this rating."""
        lines = tuple(
            line.removeprefix("• ") for line in event.warnings.splitlines() if line
        )
        if event.res_model not in SHARED:
            return lines
        about = (self.name, event.record_name)
        return tuple(
            line
            for line in lines
            if line.startswith(tuple(f"{n}{end}" for n in about for end in END_OF_NAME))
        )

    def _show_history(self, name):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "list,form",
            "name": self.env._("History: %(name)s", name=name),
            "domain": [("id", "in", self.ids)],
        }


class CadreReviewOpinion(models.Model):
    _inherit = "cadre.review.opinion"

    def _stage_label(self):
        labels = dict(self._fields["stage"]._description_selection(self.env))
        return labels[self.stage]


class CadreReviewCadre(models.Model):
    _inherit = "cadre.review.cadre"

    def action_history(self):
        """The person's ratings in every campaign, as the user may read them."""
        self.ensure_one()
        self.check_access("read")
        return self._history()._show_history(self.name)

    def _history(self):
        """The person's ratings, wherever they were."""
        return self.env["cadre.review.rating"].search(
            [("cadre_id", "in", self.ids), ("has_left", "=", False)]
        )


class CadreReviewUnit(models.Model):
    _inherit = "cadre.review.unit"

    def action_history(self):
        """Ratings of the collective, before and after mergers."""
        self.ensure_one()
        self.check_access("read")
        self.env["cadre.review.rating"].check_access("read")
        return self._history()._show_history(self.name)

    def _history(self):
        """Ratings of the collective and of those it succeeded, however long ago."""
        units = step = self
        while step := step.predecessor_ids - units:
            units |= step
        return self.env["cadre.review.rating"].search(
            [("cadre_id", "=", False), ("unit_id", "in", units.ids)]
        )
