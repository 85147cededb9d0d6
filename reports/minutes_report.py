from odoo import api, models

from ..models.base.levels import LEVELS
from ..models.base.vietnamese import in_vietnamese
from ..models.review.tally import VOTED
from . import nd30


class MinutesReport(models.AbstractModel):
    """Minutes of the conference, one paper per body: NĐ 30/2020/NĐ-CP, mẫu 1.9.

    A party body's go under the Party's letterhead. Of ballots they print totals.
    """

    _name = "report.cadre_review.report_minutes"
    _description = "Minutes of the Conference"

    @api.model
    def _get_report_values(self, docids, data=None):
        bodies = in_vietnamese(self.env["cadre.review.conference.body"].browse(docids))
        bodies.check_access("read")
        return {
            "docs": bodies,
            "papers": {body.id: self._paper(body) for body in bodies},
        }

    def _paper(self, body):
        conference, dossier = body.conference_id, body.sudo().dossier_id
        subjects = [self._subject(tally) for tally in body._tallies()]
        period = dossier.campaign_id._period_in_words()
        return {
            **self._head(body, dossier.unit_id),
            "title": "TRÍCH BIÊN BẢN" if body.paper_form == "extract" else "BIÊN BẢN",
            "subject": f"Hội nghị kiểm điểm, nhận xét, đánh giá {period}",
            "is_extract": body.paper_form == "extract",
            "start": nd30.moment(conference._local(conference.date_start)),
            "end": nd30.moment(conference._local(conference.date_end)),
            "attendance": self._attendance(conference),
            "voting": body.present,
            "collective": [s for s in subjects if not s["is_person"]],
            "people": [s for s in subjects if s["is_person"]],
            "subjects": subjects,
            "levels": [
                dossier.rating_ids[:1].regulation_id._label(level) or name
                for level, name in LEVELS
            ],
            "ballots": {"secret": "bỏ phiếu kín", "open": "biểu quyết"}.get(
                conference.ballot_mode, ""
            ),
        }

    def _head(self, body, unit):
        party = body.sudo().party_body_id
        issuer = nd30.lines(unit.issuing_body or body.name)
        number = body._number()
        if body.kind == "party":
            issuer = nd30.lines(body.name)
            number = number or f"{nd30.GAP}-BB/{nd30.party_symbol(body.name)}"
        return {
            "is_party": body.kind == "party",
            "superior": nd30.lines(
                party.parent_body if body.kind == "party" else unit.parent_body
            ),
            "issuer": issuer,
            "number": number or f"{nd30.GAP}/BB-{nd30.initials(' '.join(issuer))}",
        }

    def _attendance(self, conference):
        """Lines of names: those who came, those who did not, those invited."""

        def names(kind, status):
            rows = conference.attendance_ids.filtered(
                lambda a: a.kind == kind and a.status == status
            )
            return [
                ", ".join(filter(None, (row.name, row.title, row.reason)))
                for row in rows
            ]

        away = names("member", "absent") or nd30.lines(conference.absence_reasons)
        return {
            "present": names("member", "present"),
            "absent": away,
            "guests": names("guest", "present"),
        }

    def _subject(self, tally):
        subject, rating = tally.subject_id, tally.sudo().rating_id
        label = rating.regulation_id._label
        return {
            "name": rating.name,
            "title": rating.title or "",
            "is_person": bool(rating.cadre_id),
            "opinions": nd30.lines(subject.opinions),
            "conclusion": nd30.lines(subject.conclusion),
            "level": label(subject.concluded_level) if subject.concluded_level else "",
            "departure": subject.departure_reason or "",
            "ballots": [tally.issued, tally.collected, tally.valid, tally.invalid],
            "votes": [tally[f"votes_{level}"] for level in VOTED],
        }
