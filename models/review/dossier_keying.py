from odoo import models
from odoo.exceptions import UserError

from ...rules.findings import warnings
from ...rules.review import AT_CONFERENCE
from ...rules.stages import WITH_CRITERIA


class CadreReviewDossier(models.Model):
    """Keying on behalf: a whole dossier from the papers a unit sent."""

    _inherit = "cadre.review.dossier"

    def _key_from_paper(self, source, meeting, subjects, papers=None):
        """Record a unit's conference, opinions and papers as its papers state.

        Everything goes through the same moves as when the unit enters it itself;
        one refusal leaves nothing behind.

        :param dict source: ``source``, ``source_place``, ``attachment_ids``
            (commands), put on every keyed record
        :param dict meeting: values of the conference; None: it is not spoken of
        :param list subjects: per rating ``{"rating": record, "conference": values,
            "levels": {"self" | "party" | "unit": level}}``
        :param papers: those that came with it; None: all that were missing
        """
        self.ensure_one()
        self._refuse_what_the_unit_began(meeting, subjects)
        ratings = self.rating_ids.browse([s["rating"].id for s in subjects])
        opinions = self._key_opinions(source, subjects)
        conference = self.env["cadre.review.conference"]
        if meeting is not None:
            conference = self._key_conference(source, meeting, subjects)
        if papers is None:
            papers = self.paper_ids.filtered(
                lambda paper: paper.state in ("missing", "failed")
                and (not paper.rating_id or paper.rating_id in ratings)
            )
        papers.write(source)
        on_opinions = opinions._blockers("confirm")
        self._refuse_on(
            [
                *on_opinions,
                *conference._source_findings(),
                *self._rule_findings({"C4a", *(AT_CONFERENCE if conference else ())}),
                *papers._blockers("provide"),
            ]
        )
        opinions._check_may("confirm")
        opinions._carry_out("confirm", warnings(on_opinions))
        if conference.state == "draft":
            conference._move("hold")
        conference._move("adopt")
        papers._move("provide")
        self.write(source)

    def _refuse_what_the_unit_began(self, meeting, subjects):
        """Before the hand-in it is withheld from whoever keys, and must not be there
        twice. That a stage has spoken is no secret: what is confirmed is kept."""
        wanted = {
            (subject["rating"].id, stage)
            for subject in subjects
            for stage, level in subject["levels"].items()
            if level
        }
        theirs = self._withheld("cadre.review.opinion", [("state", "=", "draft")])
        theirs = theirs.filtered(lambda o: (o.rating_id.id, o.stage) in wanted)
        if meeting is not None:
            theirs = [*theirs, *self._withheld("cadre.review.conference", [])]
        if theirs:
            names = "\n".join(f"- {record.display_name}" for record in theirs)
            raise UserError(
                self.env._(
                    "The unit has begun these here itself:\n%(names)s\nAsk it to "
                    "confirm them, or to delete its draft; then key the rest.",
                    names=names,
                )
            )

    def _withheld(self, model, domain):
        """Records of the dossier that are there and that the user does not find."""
        domain = [("dossier_id", "=", self.id), *domain]
        found = self.env[model].search(domain)
        return self.env[model].sudo().search([*domain, ("id", "not in", found.ids)])

    def _key_opinions(self, source, subjects):
        Opinion = self.env["cadre.review.opinion"]
        wanted = {
            (subject["rating"].id, stage): level
            for subject in subjects
            for stage, level in subject["levels"].items()
            if level
        }
        drafts = Opinion.search(
            [
                ("dossier_id", "=", self.id),
                ("stage", "in", WITH_CRITERIA),
                ("state", "=", "draft"),
            ]
        ).filtered(lambda o: (o.rating_id.id, o.stage) in wanted)
        for opinion in drafts:
            level = wanted.pop((opinion.rating_id.id, opinion.stage))
            opinion.write({"proposed_level": level, **source})
        confirmed = Opinion.sudo().search(
            [("dossier_id", "=", self.id), ("state", "=", "confirmed")]
        )
        kept = {(o.rating_id.id, o.stage) for o in confirmed}
        fresh = Opinion.create(
            [
                {
                    "rating_id": rating_id,
                    "stage": stage,
                    "proposed_level": level,
                    **source,
                }
                for (rating_id, stage), level in wanted.items()
                if (rating_id, stage) not in kept
            ]
        )
        return drafts | fresh

    def _key_conference(self, source, meeting, subjects):
        conference = self.conference_ids or self.env["cadre.review.conference"].create(
            {"dossier_id": self.id, **source}
        )
        conference.write({**meeting, **source})
        on_agenda = conference.subject_ids.grouped("rating_id")
        for subject in subjects:
            on_agenda[subject["rating"]].write(subject["conference"])
        return conference
