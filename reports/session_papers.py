from collections import defaultdict
from typing import NamedTuple

from odoo import models

from ..models.base.local_today import local_moment
from ..rules import deadlines
from . import nd30
from .hand_in_reports import STATES as PAPER_STATES
from .office_paper import recipients

DOTS = "……………"
RECEIPTS = {
    "asset": "Bản kê khai tài sản, thu nhập",
    "cv": "Bản khai bổ sung lý lịch",
}


class Part(NamedTuple):
    """A paper of a session: as its contents name it, and how it lies on the sheet."""

    name: str
    is_wide: bool = False


# the pack, in the order in which the members use it
PACK = {
    "consolidated": Part(
        "Báo cáo tổng hợp kết quả kiểm điểm, đánh giá, xếp loại chất lượng"
    ),
    "table": Part("Bảng tổng hợp mức xếp loại qua các bước và kết quả thẩm định", True),
    "people": Part("Phiếu tóm tắt từng tập thể, cá nhân"),
    "ballot": Part("Phiếu lấy ý kiến"),
    "counting": Part("Biên bản kiểm phiếu"),
    "lists": Part(
        "Danh sách hồ sơ nộp chậm, chưa đạt yêu cầu, đề nghị đánh giá, xếp loại lại"
    ),
    "conclusion": Part("Dự thảo thông báo kết luận"),
}
# what goes up to the authority that decides the others
SUBMISSION = {
    "proposal": Part("Tờ trình"),
    "onward": Part("Danh sách trích ngang và mức đề nghị xếp loại", True),
    "comments": Part("Nhận xét, đánh giá đối với từng tập thể, cá nhân"),
    "sets": Part("Mục lục hồ sơ kèm theo"),
}
PARTS = {**PACK, **SUBMISSION}


class SessionPapers(models.AbstractModel):
    """Papers before a session and after it, alone or as one pack: of votes they print
    totals, and what is not known yet leaves room to write.

    ``_parts`` names those that one report prints, each ready in ``_values_<part>``.
    """

    _name = "cadre.review.session.papers"
    _description = "Papers of a Session"
    _inherit = ["cadre.review.office.paper"]
    _of = "cadre.review.session"
    _parts = ()
    # title of the cover, or empty where there is none
    _cover = ""

    def _get_report_values(self, docids, data=None):
        values = super()._get_report_values(docids, data)
        parts = [(code, PARTS[code]) for code in self._parts]
        return {**values, "parts": parts, "cover": self._cover}

    def _paper(self, session):
        campaign = session.campaign_id
        lines = self._lines(session)
        onward = [line for line in lines if line["is_onward"]]
        ratings = session.line_ids.rating_id.sorted()
        day = session._day()
        paper = {
            "session": session,
            "campaign": campaign,
            "period": campaign._period_in_words(),
            "owner": session.authority_id.name,
            "office": campaign.office_name or "Cơ quan thẩm định",
            "superiors": list(
                dict.fromkeys(line["authority"] for line in onward if line["authority"])
            )
            or [campaign.superior_name or DOTS],
            "sets": campaign.sets,
            "bases": nd30.clauses(campaign.basis_ids.mapped("text")),
            "is_concluded": session.state == "concluded",
            "day": deadlines.in_words(day) if day else DOTS,
            "place": session.place or DOTS,
            "attendance": self._attendance(session),
            "lines": lines,
            "onward": onward,
            "here": [line for line in lines if not line["is_onward"]],
            "head": self._authority_head(campaign, "TB"),
        }
        paper["parts"] = {
            code: method(session, ratings, paper)
            for code in self._parts
            if (method := getattr(self, f"_values_{code}", None))
        }
        return paper

    def _lines(self, session):
        """What lies before the session, in the order of the units, as values."""
        lines = session.line_ids
        by_rating = {line.rating_id: line for line in lines}
        ratings = lines.rating_id.sorted()
        rows = self._rows(ratings, self._serious(ratings))
        appraised = lines._appraised()
        values = []
        for rating in ratings:
            line, row = by_rating[rating], rows[rating.id]
            label = row["subject"].labels.get
            votes = (line.agreed, line.disagreed, line.abstained)
            values.append(
                {
                    **row,
                    "rating": rating,
                    "birth_date": rating.birth_date
                    and f"{rating.birth_date:%d/%m/%Y}"
                    or "",
                    "party_title": rating.party_title or "",
                    "post": "; ".join(
                        filter(None, (rating.title, rating.other_titles))
                    ),
                    "is_onward": line.is_onward,
                    "authority": rating.authority_id.name or "",
                    "appraised": label(appraised.get(rating.id), ""),
                    "concluded": label(line.level, ""),
                    "is_postponed": line.is_postponed,
                    "reason": line.reason or "",
                    "comment": nd30.lines(line.comment),
                    "votes": votes if any(votes) else ("", "", ""),
                    "recused": line.recused_ids.mapped("name"),
                }
            )
        return values

    def _attendance(self, session):
        """Lines of names: who came, who did not, who was invited."""

        def names(kind, present):
            return [
                ", ".join(filter(None, (row.name, row.title, row.reason)))
                for row in session.attendance_ids
                if row.kind == kind and row.is_present == present
            ]

        return {
            "members": len(
                session.attendance_ids.filtered(lambda row: row.kind == "member")
            ),
            "present": names("member", True),
            "absent": names("member", False),
            "invited": names("invited", True),
        }

    # ------------------------------------------------------------------
    # THE PACK
    # ------------------------------------------------------------------

    def _values_consolidated(self, session, ratings, paper):
        campaign = session.campaign_id
        return {
            **self._office_head(campaign, "BC"),
            **self._consolidated(campaign, campaign.dossier_ids, ratings),
            "recipients": recipients(campaign.owner_id.name, campaign.advisory_name),
        }

    def _values_people(self, session, ratings, paper):
        """``{rating_id: values}`` of one page each."""
        Opinion = self.env["cadre.review.opinion"]
        opinions = Opinion.search([("rating_id", "in", ratings.ids)])
        by_rating = opinions.grouped("rating_id")
        stages = dict(Opinion._fields["stage"]._description_selection(self.env))
        noted = self.env["cadre.review.conference.subject"].search(
            [("rating_id", "in", ratings.ids), ("conference_id.state", "=", "adopted")]
        )
        noted = noted.grouped("rating_id")
        earlier = self._earlier(ratings)
        pages = {}
        for rating in ratings:
            pages[rating.id] = {
                "duties": nd30.lines(rating.duties),
                "stages": [
                    self._stage(rating, opinion, stages, noted.get(rating))
                    for opinion in by_rating.get(rating, ())
                ],
                "earlier": earlier[rating.id],
            }
        return pages

    def _stage(self, rating, opinion, stages, noted):
        """What one stage says, of the conference also what its minutes note."""
        day = opinion.date and f"ngày {opinion.date:%d/%m/%Y}"
        # the form of the person lies in the dossier: here is its sum
        texts = dict(self._opinion_parts(opinion, opinion.stage != "self"))
        strengths = nd30.lines(texts.pop("Ưu điểm:", ""))
        rest = [
            line
            for label, text in texts.items()
            for line in nd30.lines(f"{label} {text}")
        ]
        if opinion.stage == "conference" and noted:
            strengths += nd30.lines(noted.opinions)
            rest += nd30.lines(noted.conclusion)
        return {
            "name": stages[opinion.stage],
            "level": rating.regulation_id._label(opinion.proposed_level) or "",
            "signed": ", ".join(filter(None, (opinion.signer, day))),
            "strengths": strengths,
            "rest": rest,
        }

    def _earlier(self, ratings):
        """``{rating_id: ["2021: Hoàn thành tốt nhiệm vụ"]}``, latest year first."""
        found = defaultdict(list)
        before = ratings.search(
            [
                *ratings._same_subjects(),
                ("campaign_id", "not in", ratings.campaign_id.ids),
                ("level", "!=", False),
            ]
        )
        for rating in before:
            year = rating.campaign_id.year
            key = rating.cadre_id or rating.unit_id
            found[key].append((year, rating.regulation_id._label(rating.level)))
        past = self.env["cadre.review.past.result"].search(
            [
                "|",
                ("cadre_id", "in", ratings.cadre_id.ids),
                "&",
                ("cadre_id", "=", False),
                ("unit_id", "in", ratings.unit_id.ids),
            ]
        )
        labels = dict(past._fields["level"]._description_selection(self.env))
        for result in past:
            key = result.cadre_id or result.unit_id
            found[key].append((result.year, labels[result.level]))
        return {
            rating.id: [
                f"năm {year}: {label}"
                for year, label in sorted(
                    found[rating.cadre_id or rating.unit_id],
                    key=lambda one: one[0],
                    reverse=True,
                )
            ]
            for rating in ratings
        }

    def _values_ballot(self, session, ratings, paper):
        """One ballot for each who votes; in a pack a single one lies open."""
        alone = len(self._parts) == 1
        return {"copies": max(1, len(session._present())) if alone else 1}

    def _values_counting(self, session, ratings, paper):
        head = self._authority_head(session.campaign_id, "BB")
        return {
            **head,
            "start": self._moment(session, session.date_start),
            "end": self._moment(session, session.date_end),
        }

    def _moment(self, session, moment):
        return nd30.moment(moment and local_moment(moment, session.campaign_id.tz))

    def _values_lists(self, session, ratings, paper):
        dossiers = session.campaign_id.dossier_ids
        return {
            **self._office_head(session.campaign_id, "BC"),
            **self._hand_in(dossiers),
            "reported": self._reported(session.order_ids),
        }

    def _values_conclusion(self, session, ratings, paper):
        campaign = session.campaign_id
        own = session.decision_ids.filtered(lambda d: d.is_own)[:1]
        return {
            **self._authority_head(campaign, "TB", own.number, own.date or None),
            "put_off": [line for line in paper["lines"] if line["is_postponed"]],
            "here": [line for line in paper["here"] if not line["is_postponed"]],
            "onward": [line for line in paper["onward"] if not line["is_postponed"]],
            "recipients": recipients(
                *(campaign.superior_name and f"{campaign.superior_name} (báo cáo)",),
                paper["owner"],
                campaign.office_name,
                campaign.advisory_name,
                "Các cơ quan, đơn vị có liên quan",
            ),
        }

    # ------------------------------------------------------------------
    # TO THE HIGHER AUTHORITY
    # ------------------------------------------------------------------

    def _values_proposal(self, session, ratings, paper):
        campaign = session.campaign_id
        lines = [line for line in paper["onward"] if not line["is_postponed"]]
        totals = defaultdict(int)
        for line in lines:
            totals[line["concluded"] or DOTS] += 1
        return {
            **self._authority_head(campaign, "TTr"),
            "addressees": nd30.listed("\n".join(paper["superiors"])),
            "totals": list(totals.items()),
            "count": len(lines),
            "recipients": recipients("Như trên", campaign.office_name),
        }

    def _values_comments(self, session, ratings, paper):
        """``[(line, what the authority says, what its proposal says)]``."""
        proposals = self.env["cadre.review.opinion"].search(
            [("rating_id", "in", ratings.ids), ("stage", "=", "proposal")]
        )
        by_rating = proposals.grouped("rating_id")
        said = []
        for line in paper["onward"]:
            opinion = by_rating.get(line["rating"], proposals.browse())
            parts = self._opinion_parts(opinion) if opinion else []
            spoken = [text for _label, text in parts]
            comment = "\n".join(line["comment"])
            if comment and comment not in spoken:
                parts = [("", comment), *parts]
            said.append((line, parts))
        return {**self._authority_head(session.campaign_id, "NX"), "said": said}

    def _values_sets(self, session, ratings, paper):
        """Papers of the dossiers that go along, and the receipts of declarations."""
        onward = ratings.browse(line["rating"].id for line in paper["onward"])
        papers = onward.dossier_id.paper_ids.filtered(
            lambda p: not p.rating_id or p.rating_id in onward
        )
        receipts = self.env["cadre.review.receipt"].search(
            [("rating_id", "in", onward.ids)]
        )
        return {
            **self._authority_head(session.campaign_id, "TTr"),
            "units": [
                (dossier.unit_name, [self._set_row(paper) for paper in group])
                for dossier, group in papers.grouped("dossier_id").items()
            ],
            "receipts": [
                (
                    receipt.rating_id.name,
                    RECEIPTS[receipt.kind],
                    receipt.receiver or "",
                    receipt.date and f"{receipt.date:%d/%m/%Y}" or "",
                    receipt.reference or "",
                )
                for receipt in receipts
            ],
        }

    def _set_row(self, paper):
        """One line of the index; of a secret paper only that it is there."""
        row = {
            "name": paper.kind_id.short_name,
            "person": paper.rating_id.name or "",
            "state": PAPER_STATES[paper.state],
        }
        if paper.is_secret:
            return {**row, "number": "Mật", "signer": "", "pages": ""}
        dated = f" ngày {paper.date:%d/%m/%Y}" if paper.date else ""
        return {
            **row,
            "number": f"{paper.number or ''}{dated}".strip(),
            "signer": paper.signer or "",
            "pages": paper.pages or "",
        }


class SessionPack(models.AbstractModel):
    """Cặp họp: all papers of the session behind a cover with contents."""

    _name = "report.cadre_review.report_session_pack"
    _description = "Session Pack"
    _inherit = ["cadre.review.session.papers"]
    _parts = tuple(PACK)
    _cover = "TÀI LIỆU PHIÊN HỌP"


class SessionConsolidated(models.AbstractModel):
    _name = "report.cadre_review.report_session_consolidated"
    _description = "Consolidated Report"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("consolidated",)


class SessionTable(models.AbstractModel):
    _name = "report.cadre_review.report_session_table"
    _description = "Table of All Stages"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("table",)


class SessionPeople(models.AbstractModel):
    _name = "report.cadre_review.report_session_people"
    _description = "Pages of the Subjects"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("people",)


class SessionBallot(models.AbstractModel):
    _name = "report.cadre_review.report_session_ballot"
    _description = "Ballot Papers"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("ballot",)


class SessionCounting(models.AbstractModel):
    _name = "report.cadre_review.report_session_counting"
    _description = "Counting Minutes"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("counting",)


class SessionLists(models.AbstractModel):
    _name = "report.cadre_review.report_session_lists"
    _description = "Lists of What Is Late, Incomplete or to Be Done Again"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("lists",)


class SessionConclusion(models.AbstractModel):
    _name = "report.cadre_review.report_session_conclusion"
    _description = "Draft Notice of Conclusion"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("conclusion",)


class SessionSubmission(models.AbstractModel):
    """What goes up to the authority that decides the others, as one set."""

    _name = "report.cadre_review.report_session_submission"
    _description = "Submission"
    _inherit = ["cadre.review.session.papers"]
    _parts = tuple(SUBMISSION)


class SessionProposal(models.AbstractModel):
    _name = "report.cadre_review.report_session_proposal"
    _description = "Submission Letter"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("proposal",)


class SessionOnward(models.AbstractModel):
    _name = "report.cadre_review.report_session_onward"
    _description = "List of Those Submitted"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("onward",)


class SessionComments(models.AbstractModel):
    _name = "report.cadre_review.report_session_comments"
    _description = "Comments of the Authority"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("comments",)


class SessionSets(models.AbstractModel):
    _name = "report.cadre_review.report_session_sets"
    _description = "Index of the Sets Submitted"
    _inherit = ["cadre.review.session.papers"]
    _parts = ("sets",)
