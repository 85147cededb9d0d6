from odoo import models
from odoo.exceptions import UserError

from ..workbooks.levels import LEVELS
from . import nd30
from .unit_paper import DOTS, LONG, in_words, party_head, signs, unit_head


class CommentReport(models.AbstractModel):
    """Văn bản nhận xét, đánh giá on people: strengths and shortcomings of each content
    of the review, the vote, the level proposed (the letter, point 4).

    One paper serves all people chosen who have the same unit, or the same party body.
    Its content is what the user may read of the stage; else there are lines to write
    on.
    """

    _name = "report.cadre_review.comment"
    _description = "Comment"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.rating"
    _stage = ""
    _role = ""  # of the kind of paper in the register

    def _papers(self, records):
        people = records.filtered(lambda r: r.cadre_id and r.scope == "rated")
        if not people:
            raise UserError(
                self.env._(
                    "%(names)s: the comment is on people who are rated here. Choose "
                    "at least one of them.",
                    names=", ".join(records.mapped("display_name")),
                )
            )
        contents = self._contents(people)
        return {
            group[0].id: self._joint(group, contents) for group in self._groups(people)
        }

    def _groups(self, people):
        """The people of each paper: by whoever comments on them."""
        by = {}
        for rating in people:
            by.setdefault(self._author(rating), people.browse())
            by[self._author(rating)] |= rating
        # sums lose the prefetch group
        return [group.with_prefetch(people._prefetch_ids) for group in by.values()]

    def _contents(self, people):
        """``{rating: what is printed of the person}``, read for all at once."""
        opinions = self._opinions(people, [self._stage])
        ballots = {}
        if self.env["cadre.review.conference.subject"].has_access("read"):
            ballots = people._summary_ballots()
        nobody = self.env["cadre.review.opinion"]
        registered = self._readable(
            "cadre.review.paper",
            [("rating_id", "in", people.ids), ("kind_id.role", "=", self._role)],
        )
        papers = registered.grouped("rating_id")
        return {
            rating: {
                **self._content(
                    rating,
                    opinions.get((rating.id, self._stage), nobody),
                    ballots.get(rating.id),
                ),
                "paper": papers.get(rating, registered.browse()),
            }
            for rating in people
        }

    def _content(self, rating, opinion, ballots):
        lines = [
            (line.name, line.strengths, line.shortcomings) for line in opinion.line_ids
        ] or [(c.name, "", "") for c in rating.regulation_id._leaf_criteria()]
        return {
            "opinion": opinion,
            "name": rating.name,
            "person": [
                ("Họ và tên", rating.name),
                (
                    "Ngày sinh",
                    rating.birth_date and f"{rating.birth_date:%d/%m/%Y}" or DOTS,
                ),
                ("Chức vụ, chức danh", in_words(rating) or DOTS),
                ("Cơ quan, đơn vị công tác", rating.unit_name),
            ],
            "lines": [
                (name.rstrip(": "), nd30.lines(good) or [""], nd30.lines(bad) or [""])
                for name, good, bad in lines
            ],
            "is_long": any(
                len(text or "") > LONG for line in lines for text in line[1:]
            ),
            "general": [
                (label, text)
                for label, text in (
                    ("Ưu điểm chung:", opinion.strengths),
                    ("Hạn chế, khuyết điểm chung:", opinion.shortcomings),
                    (
                        "Biểu hiện suy thoái, “tự diễn biến”, “tự chuyển hóa”:",
                        opinion.degradation and signs(opinion),
                    ),
                    ("Nhận xét chung:", opinion.conclusion),
                )
                if text
            ],
            "vote": self._vote(rating, ballots),
            "level": self._label(rating, opinion.proposed_level) or DOTS,
        }

    def _vote(self, rating, ballots):
        """The totals of the adopted conference, where the user may read them."""
        if not ballots:
            return ""
        label = rating.regulation_id._label
        votes = "; ".join(
            f"{label(level) or level} {ballots.votes[level]} phiếu" for level in LEVELS
        )
        return f"có mặt {ballots.present} người; {votes}"

    def _joint(self, people, contents):
        """The paper on these people; number, day and signer are those of their
        opinions, or of the register, where they are the same."""
        first = next(iter(people))  # an index would lose the prefetch group
        campaign = first.campaign_id
        parts = [contents[rating] for rating in people]

        def common(name):
            values = {part["opinion"][name] or part["paper"][name] for part in parts}
            return values.pop() if len(values) == 1 else None

        head = self._head(first, common("number"), common("date"), campaign.year)
        return {
            **head,
            "title": "NHẬN XÉT, ĐÁNH GIÁ",
            "subject": "đối với cán bộ, công chức lãnh đạo, quản lý "
            + campaign._period_in_words(),
            "people": parts,
            "capacity": nd30.lines(common("signer_capacity")) or self._capacity(first),
            "signer": common("signer") or self._signer(people),
            "recipients": nd30.listed(
                "\n".join(
                    filter(None, (campaign.owner_id.name, "Cá nhân có tên", self._kept))
                )
            ),
        }

    def _signer(self, people):
        return ""


class UnitCommentReport(models.AbstractModel):
    """The unit's comment: NĐ 30/2020/NĐ-CP, mẫu 1.4."""

    _name = "report.cadre_review.report_unit_comment"
    _description = "Comment of the Unit"
    _inherit = ["report.cadre_review.comment"]
    _stage = "unit"
    _role = "unit_comment"
    _kept = "Lưu: VT"

    def _author(self, rating):
        return rating.dossier_id.id

    def _head(self, rating, number, day, year):
        return {
            **unit_head(rating.unit_id, rating.unit_name, "NX", number, day, year),
            "author": rating.unit_name,
            "voters": "Kết quả bỏ phiếu tại hội nghị",
        }

    def _capacity(self, rating):
        return [f"TM. {rating.unit_name}"]

    def _signer(self, people):
        """The head, unless the paper is on the head as well."""
        return "" if any(people.mapped("is_head")) else people.dossier_id.head_name


class PartyCommentReport(models.AbstractModel):
    """The party body's comment, under the Party's letterhead; it knows no KT."""

    _name = "report.cadre_review.report_party_comment"
    _description = "Comment of the Party Body"
    _inherit = ["report.cadre_review.comment"]
    _stage = "party"
    _role = "party_comment"
    _kept = "Lưu: Văn phòng cấp ủy"

    def _papers(self, records):
        alone = records.filtered(lambda r: r.cadre_id and not r.party_body_id)
        if alone:
            raise UserError(
                self.env._(
                    "%(names)s: no party body is known. Name it at the person or the "
                    "unit.",
                    names=", ".join(alone.mapped("display_name")),
                )
            )
        return super()._papers(records)

    def _author(self, rating):
        return rating.campaign_id.id, rating.party_body_id.id

    def _head(self, rating, number, day, year):
        body = rating.sudo().party_body_id
        return {
            **party_head(body, "NX", number, day, year),
            "author": body.name,
            "voters": "Kết quả bỏ phiếu tại hội nghị của cơ quan, đơn vị",
        }

    def _capacity(self, rating):
        name = rating.sudo().party_body_id.name
        collective = "CHI ỦY" if name.lower().startswith("chi bộ") else name
        return [f"T/M {collective}"]


class DossierCommentReport(models.AbstractModel):
    """One comment of the unit on all people of a dossier."""

    _name = "report.cadre_review.report_dossier_unit_comment"
    _description = "Comment of the Unit on All People"
    _inherit = ["report.cadre_review.unit_paper"]
    _prints = "cadre.review.dossier"
    _comment = "report.cadre_review.report_unit_comment"

    def _papers(self, records):
        people = records._subjects().filtered("cadre_id")
        people = people._filtered_access("read")._in_lawful_order()
        empty = records - people.dossier_id
        if empty:
            raise UserError(
                self.env._(
                    "%(names)s: nobody is rated here, so there is no comment to print.",
                    names=", ".join(empty.mapped("display_name")),
                )
            )
        papers = self.env[self._comment]._papers(people)
        by_dossier = {}
        for rating in people.browse(papers):
            by_dossier.setdefault(rating.dossier_id, []).append(papers[rating.id])
        self._refuse_several(by_dossier)
        return {dossier.id: paper for dossier, [paper] in by_dossier.items()}

    def _refuse_several(self, by_dossier):
        several = [d.display_name for d, papers in by_dossier.items() if papers[1:]]
        if several:
            raise UserError(
                self.env._(
                    "%(names)s: its people belong to several party bodies, each with a "
                    "paper of its own. Print them from the list of ratings.",
                    names=", ".join(several),
                )
            )


class DossierPartyCommentReport(models.AbstractModel):
    """One comment of the party body on all people of a dossier."""

    _name = "report.cadre_review.report_dossier_party_comment"
    _description = "Comment of the Party Body on All People"
    _inherit = ["report.cadre_review.report_dossier_unit_comment"]
    _comment = "report.cadre_review.report_party_comment"
