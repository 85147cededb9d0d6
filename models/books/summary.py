from odoo import models
from odoo.exceptions import AccessError

from ...rules import caps
from ...workbooks import summary, templates
from ...workbooks.figures import Ballots, CapLine, Subject
from ...workbooks.levels import LEVELS
from ..dossier.rating import DECIDING

# as papers print them
SUBJECT_KINDS = {
    "collective": "Tập thể",
    "official": "Cán bộ",
    "civil_servant": "Công chức",
    "public_employee": "Viên chức",
}


class CadreReviewRating(models.Model):
    """Ratings as the summaries show them, read as the user.

    - a unit sees what it may read: its own ratings, the party body's comment once
      confirmed, a level once it is notified;
    - the office and the authority see the appraisal and the level in force, too.
    """

    _inherit = "cadre.review.rating"

    def _summary_subjects(self):
        """These ratings as ``{rating: workbooks.figures.Subject}``, in a number of
        queries that does not grow with them."""
        deciding = self.env.user.has_groups(DECIDING)
        levels = self._summary_levels(deciding)
        ballots = self._summary_ballots()
        labels = {
            regulation: {label.level: label.name for label in regulation.label_ids}
            for regulation in self.regulation_id
        }
        return {
            rating: Subject(
                name=rating.name,
                unit=rating.dossier_id.unit_name,
                is_collective=not rating.cadre_id,
                is_rated_here=rating.scope == "rated",
                birth_date=rating.birth_date or None,
                title="; ".join(
                    filter(
                        None, (rating.party_title, rating.title, rating.other_titles)
                    )
                ),
                authority=rating.authority_id.name or "",
                levels=levels[rating.id],
                labels=labels[rating.regulation_id],
                ballots=ballots.get(rating.id),
                party_title=rating.party_title or "",
                kind=SUBJECT_KINDS[rating.subject_kind],
                group=rating.group_id.name or "",
                left_reason=rating.left_reason or "" if rating.has_left else "",
                **rating._summary_decision(deciding),
            )
            for rating in self
        }

    def _summary_caps(self, subjects):
        """The share of excellent among these subjects beside the cap of their
        regulation, as far as the reader sees levels; nothing where there is no cap.

        :param subjects: ``{rating: workbooks.figures.Subject}``
        """
        lines = []
        for regulation, ratings in self.grouped("regulation_id").items():
            law = regulation._law()
            if not law.cap:
                continue
            outcomes = [
                subjects[rating].furthest
                for rating in ratings
                if subjects[rating].is_counted
            ]
            name = SUBJECT_KINDS[regulation.subject_kind]
            group = caps.Group(0, name, law, law.cap, caps.count(outcomes))
            base = caps.bases(group)[-1]
            lines.append(
                CapLine(
                    name=name,
                    excellent=group.counts.excellent,
                    over=group.counts.base(base),
                    allowed=caps.allowed(group, base),
                    rate=float(group.rate),
                    source=law.cap.source,
                )
            )
        return lines

    def _summary_levels(self, deciding):
        """``{rating_id: {stage: outcome}}``: confirmed opinions and the decision."""
        decided = "level" if deciding else "notified_level"
        levels = {
            rating.id: {"decided": rating[decided]} if rating[decided] else {}
            for rating in self
        }
        opinions = self.env["cadre.review.opinion"].search_fetch(
            [("rating_id", "in", self.ids), ("state", "=", "confirmed")],
            ["rating_id", "stage", "proposed_level"],
        )
        for opinion in opinions:
            levels[opinion.rating_id.id][opinion.stage] = opinion.proposed_level
        return levels

    def _summary_ballots(self):
        """``{rating_id: workbooks.figures.Ballots}`` of adopted conferences, of the
        unit's own body."""
        subjects = self.env["cadre.review.conference.subject"].search(
            [
                ("rating_id", "in", self.ids),
                ("conference_id.state", "=", "adopted"),
            ]
        )
        return {
            subject.rating_id.id: Ballots(
                present=subject.tally_id.body_id.present
                or subject.conference_id.present,
                votes={level: subject[f"votes_{level}"] for level in LEVELS},
                concluded=subject.concluded_level or "",
            )
            for subject in subjects
        }

    def _summary_decision(self, deciding):
        """Number and date of the decision, and why there is no level."""
        if not deciding:
            return {"decision": self.notified_text or ""}
        line = self.decision_line_id
        decision = line.decision_id
        date = decision.date and f"ngày {decision.date:%d/%m/%Y}"
        return {
            "decision": " ".join(filter(None, (decision.number, date))),
            "reason": line.reason or "",
        }


class CadreReviewDossier(models.Model):
    """The unit's summary, the letter's seventh paper.

    - whoever reads the dossier may export it.
    """

    _inherit = "cadre.review.dossier"

    def action_export_summary(self):
        """Download the unit's summary as an xlsx file."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/cadre_review/summary/dossier/{self.id}",
            "target": "download",
        }

    def _summary_file(self):
        """Name and bytes of the unit's summary, read as the user."""
        self.ensure_one()
        [unit] = self._unit_summaries().values()
        content = summary.unit_workbook(unit)
        name = f"Tổng hợp xếp loại {self.campaign_id.year} - {self.unit_name}.xlsx"
        return name, content

    def _unit_summaries(self):
        """``{dossier: workbooks.summary.UnitSummary}``, read as the user: what the
        sheet, the paper and the unit's report show alike."""
        self.check_access("read")
        subjects = self.rating_ids._summary_subjects()
        return {
            dossier: dossier._unit_summary(
                {rating: subjects[rating] for rating in dossier.rating_ids}
            )
            for dossier in self
        }

    def _unit_summary(self, subjects):
        unit = self.unit_id
        head = self.rating_ids.filtered("is_head")[:1]
        return summary.UnitSummary(
            unit=self.unit_name,
            period=self.campaign_id._summary_period(),
            subjects=list(subjects.values()),
            issuer=list(filter(None, (unit.parent_body, unit.issuing_body))),
            place=unit.place or "",
            capacity=list(
                filter(
                    None,
                    (f"TM. {self.unit_name.upper()}", (head.title or "").upper()),
                )
            ),
            signer=self.head_name or "",
            caps=self.rating_ids._summary_caps(subjects),
        )

    def action_export_template(self):
        """Download the unit's blank summary, to be filled in and sent back."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/cadre_review/template/dossier/{self.id}",
            "target": "download",
        }

    def _template_file(self):
        """Name and bytes of the unit's blank summary."""
        self.ensure_one()
        self.check_access("read")
        subjects = self._subjects()._in_lawful_order()._summary_subjects()
        content = templates.summary_template(
            self.unit_name, self.campaign_id._summary_period(), list(subjects.values())
        )
        return f"Biểu tổng hợp {self.campaign_id.year} - {self.unit_name}.xlsx", content

    def _summary_line(self, subjects):
        """The dossier as one line of the campaign's summary."""
        self.ensure_one()
        excluded = self.state == "excluded"
        return summary.UnitLine(
            name=self.unit_name,
            state=self.state,
            subjects=subjects,
            submitted=self.date_submitted or None,
            days_late=self.days_late,
            note=self.state_reason or "" if excluded else "",
        )


class CadreReviewCampaign(models.Model):
    """The campaign's summary: all units that the user may read.

    - the office and the authority may export it.
    """

    _inherit = "cadre.review.campaign"

    def action_export_summary(self):
        """Download the campaign's summary as an xlsx file."""
        self.ensure_one()
        self._check_summary_access()
        return {
            "type": "ir.actions.act_url",
            "url": f"/cadre_review/summary/campaign/{self.id}",
            "target": "download",
        }

    def _check_summary_access(self):
        self.check_access("read")
        if not self.env.user.has_groups(DECIDING):
            raise AccessError(
                self.env._(
                    "%(campaign)s: the summary of all units is for the office and "
                    "the deciding authority. Export the summary of your own dossier.",
                    campaign=self.name,
                )
            )

    def _summary_file(self):
        """Name and bytes of the campaign's summary, read as the user."""
        self.ensure_one()
        self._check_summary_access()
        ratings = self.env["cadre.review.rating"]
        ratings = ratings.search([("campaign_id", "=", self.id)])
        subjects = ratings._summary_subjects()
        by_dossier = {}
        for rating, subject in subjects.items():
            by_dossier.setdefault(rating.dossier_id, []).append(subject)
        content = summary.campaign_workbook(
            summary.CampaignSummary(
                name=self.name,
                period=self._summary_period(),
                units=[
                    dossier._summary_line(by_dossier.get(dossier, []))
                    for dossier in self.dossier_ids
                ],
                issuer=list(filter(None, [self.letter_issuer])),
                caps=ratings._summary_caps(subjects),
            )
        )
        return f"Tổng hợp xếp loại {self.year} - {self.name}.xlsx", content

    def _summary_period(self):
        return summary.period(self.period_kind, self.year, self.period_no)
