from collections import defaultdict

from odoo import fields, models

from ..review.tally import TOTALS

REPORT = "cadre_review.action_report_round"


class CadreReviewDossier(models.Model):
    """The picture of each round: what was handed in, by whom, with which files.

    Handing in takes it and closes the files; a later round takes one of its own, so
    that round n stays readable and printable as it was.
    """

    _inherit = "cadre.review.dossier"

    submitted_at = fields.Datetime(
        string="Handed In Here At",
        gated=True,
        copy=False,
        help="When it was handed in on this system; the paper has a date of its own.",
    )
    picture_ids = fields.One2many(
        "cadre.review.picture",
        "res_id",
        string="Rounds Handed In",
        domain=lambda self: [("res_model", "=", self._name), ("kind", "=", "round")],
        readonly=True,
    )

    def _keep_round(self):
        """Take the round's picture and close its files."""
        self.submitted_at = fields.Datetime.now()
        self.paper_ids.file_ids.filtered(
            lambda file: file.is_current and not file.is_handed_in
        ).is_handed_in = True
        self._end_holding_back()
        self.env["cadre.review.picture"]._take(
            self, "round", self._round_contents(), REPORT
        )

    def _end_holding_back(self):
        """What was new in the round is handed in with it."""
        for model in self.env.values():
            if not model._abstract and "is_held_back" in model._fields:
                model.sudo().search(
                    [("dossier_id", "in", self.ids), ("is_held_back", "=", True)]
                ).is_held_back = False
        files = self.env["ir.attachment"].sudo()
        held = files.search([("cadre_review_held_back", "=", True)])._by_dossier()
        for dossier in self:
            held.get(dossier.sudo(), files).cadre_review_held_back = False

    def _round_contents(self):
        """What these dossiers say now, as plain values.

        :return: ``{dossier id: values}``
        """
        self = self.sudo()
        ratings = self._round_ratings()
        meetings = self._round_conferences()
        papers = self._round_papers()
        return {
            dossier.id: {
                "campaign": dossier.campaign_id.name,
                "unit": dossier.unit_name,
                "unit_code": dossier.unit_id.code,
                "head": dossier.head_name or "",
                "round": dossier.round,
                "handed_in_by": self.env.user.name,
                "date_submitted": dossier.date_submitted,
                "date_paper": dossier.date_paper or None,
                "date_due": dossier.date_due or None,
                "source": dossier.source,
                "source_place": dossier.source_place or "",
                "targets": [
                    dossier.targets_total,
                    dossier.targets_done,
                    dossier.targets_exceeded,
                    dossier.targets_late,
                ],
                "papers": papers[dossier.id],
                "conferences": meetings[dossier.id],
                "ratings": ratings[dossier.id],
            }
            for dossier in self
        }

    def _round_papers(self):
        found = defaultdict(list)
        for paper in self.paper_ids.filtered(lambda p: not p.rating_id.has_left):
            files = paper.file_ids.filtered("is_current").sorted("version")
            found[paper.dossier_id.id].append(
                {
                    "id": paper.id,
                    "kind": paper.kind_id.code,
                    "name": paper.kind_id.name,
                    "person": paper.rating_id.name or "",
                    "state": paper.state,
                    "number": paper.number or "",
                    "date": paper.date or None,
                    "signer": paper.signer or "",
                    "signer_capacity": paper.signer_capacity or "",
                    "pages": paper.pages,
                    "is_secret": paper.is_secret,
                    "source": paper.source,
                    "source_place": paper.source_place or "",
                    "files": [
                        {
                            "name": file.name,
                            "version": file.version,
                            "size": file.size,
                            "sha256": file.sha256,
                            "origin": file.origin,
                            "signatures": file.signatures or "",
                        }
                        for file in files
                    ],
                }
            )
        return found

    def _round_ratings(self):
        opinions = self.rating_ids.opinion_ids.filtered(
            lambda o: o.state == "confirmed"
        ).grouped("rating_id")
        found = defaultdict(list)
        for rating in self.rating_ids.filtered(lambda r: not r.has_left):
            found[rating.dossier_id.id].append(
                {
                    "name": rating.name,
                    "person_code": rating.cadre_id.code or "",
                    "title": rating.title or "",
                    "scope": rating.scope,
                    "opinions": [
                        {
                            "stage": opinion.stage,
                            "level": opinion.proposed_level or "",
                            "conclusion": opinion.conclusion or "",
                            "signer": opinion.signer or "",
                            "lines": [
                                {
                                    "criterion": line.criterion_id.name,
                                    "strengths": line.strengths or "",
                                    "shortcomings": line.shortcomings or "",
                                }
                                for line in opinion.line_ids
                            ],
                        }
                        for opinion in opinions.get(rating, ())
                    ],
                }
            )
        return found

    def _round_conferences(self):
        found = defaultdict(list)
        for meeting in self.conference_ids:
            found[meeting.dossier_id.id].append(
                {
                    "state": meeting.state,
                    "start": meeting.date_start or None,
                    "end": meeting.date_end or None,
                    "place": meeting.place or "",
                    "chair": meeting.chair or "",
                    "secretary": meeting.secretary or "",
                    "convened": meeting.convened,
                    "present": meeting.present,
                    "minutes_number": meeting.minutes_number or "",
                    "minutes_date": meeting.minutes_date or None,
                    "version": meeting.version,
                    "concluded": [
                        {
                            "subject": subject.rating_id.name,
                            "level": subject.concluded_level or "",
                            "conclusion": subject.conclusion or "",
                        }
                        for subject in meeting.subject_ids
                    ],
                    "tallies": [
                        {
                            "subject": tally.rating_id.name,
                            "body": tally.body_id.name,
                            **{name: tally[name] for name in TOTALS},
                        }
                        for tally in meeting.tally_ids
                    ],
                }
            )
        return found
