from odoo import models

from ..models.base.levels import LEVELS
from ..models.review.tally import VOTED
from . import nd30
from .unit_paper import DOTS, GAP, party_head, unit_head

TITLES = {
    "secret": ("BIÊN BẢN KIỂM PHIẾU", "phiếu"),
    "open": ("BIÊN BẢN KẾT QUẢ BIỂU QUYẾT", "biểu quyết"),
}


class CountingReport(models.AbstractModel):
    """Biên bản kiểm phiếu of one body at a conference: NĐ 30/2020/NĐ-CP, mẫu 1.9, or
    under the Party's letterhead. It has the totals of the tallies and nothing else;
    whoever may not read them prints nothing.
    """

    _name = "report.cadre_review.report_counting"
    _description = "Counting Minutes"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.conference.body"

    def _papers(self, records):
        records.tally_ids.check_access("read")
        return super()._papers(records)

    def _paper(self, body):
        conference, dossier = body.conference_id, body.sudo().dossier_id
        campaign = dossier.campaign_id
        title, votes = TITLES.get(conference.ballot_mode, TITLES["secret"])
        rows = [self._row(tally) for tally in body._tallies()]
        regulation = dossier.rating_ids[:1].regulation_id
        return {
            **self._head(body, dossier.unit_id),
            "place_date": None,
            "title": title,
            "subject": "Đề xuất mức xếp loại chất lượng tập thể, cá nhân "
            + campaign._period_in_words(),
            "votes": votes,
            "frame": [
                (
                    "Thời gian bắt đầu",
                    nd30.moment(conference._local(conference.date_start)),
                ),
                ("Địa điểm", conference.place or DOTS),
                (
                    f"Thành phần của {body.name}",
                    self._composition(conference, body),
                ),
                ("Chủ trì", conference.chair or DOTS),
                ("Tổ trưởng tổ kiểm phiếu", DOTS),
                ("Thành viên tổ kiểm phiếu", DOTS),
            ],
            "levels": [regulation._label(level) or name for level, name in LEVELS],
            "groups": self._groups(rows),
            "end": nd30.moment(conference._local(conference.date_end)),
            "chair": conference.chair,
        }

    def _head(self, body, unit):
        if body.kind == "party":
            party = body.sudo().party_body_id
            return party_head(party, "BB") | {"issuer": nd30.lines(body.name)}
        return unit_head(unit, body.name, "BB")

    def _composition(self, conference, body):
        if not (conference.convened or conference.present):
            return f"triệu tập {GAP} người; có mặt {GAP} người; vắng {GAP} người"
        said = (
            f"triệu tập {conference.convened} người; có mặt {conference.present} "
            f"người; vắng {conference.absent} người"
        )
        return f"{said}; có quyền bỏ phiếu {body.present or conference.present} người"

    def _row(self, tally):
        """A subject with its totals; those not counted yet are written by hand."""
        rating = tally.sudo().rating_id
        counted = bool(tally.issued or tally.collected or tally.valid)
        votes = [tally[f"votes_{level}"] for level in VOTED]
        return {
            "name": rating.name,
            "title": rating.title or "",
            "authority": rating.authority_id.name or "",
            "ballots": [
                number if counted else ""
                for number in (
                    tally.issued,
                    tally.collected,
                    tally.valid,
                    tally.invalid,
                )
            ],
            "votes": [
                f"{number} ({100 * number / tally.valid:.1f}%)".replace(".", ",")
                if counted and tally.valid
                else ""
                for number in votes
            ],
        }

    def _groups(self, rows):
        """By the authority that decides, in the order of the agenda."""
        names = dict.fromkeys(row["authority"] for row in rows)
        return [
            (name, [row for row in rows if row["authority"] == name]) for name in names
        ]
