from odoo import models


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
        self._refuse_on(
            [
                *opinions._blockers("confirm"),
                *conference._blockers("hold"),
                *self._rule_findings({"C4a"}),
                *papers._blockers("provide"),
            ]
        )
        opinions._move("confirm")
        if conference.state == "draft":
            conference._move("hold")
        conference._move("adopt")
        papers._move("provide")
        self.write(source)

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
                ("stage", "in", ("self", "party", "unit")),
                ("state", "=", "draft"),
            ]
        ).filtered(lambda o: (o.rating_id.id, o.stage) in wanted)
        for opinion in drafts:
            level = wanted.pop((opinion.rating_id.id, opinion.stage))
            opinion.write({"proposed_level": level, **source})
        confirmed = Opinion.search(
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
