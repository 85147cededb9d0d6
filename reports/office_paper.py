from odoo import api, models
from odoo.exceptions import AccessError

from ..models.base.vietnamese import in_vietnamese
from ..models.dossier.rating import DECIDING
from ..models.result.order import OPEN
from ..rules import caps
from ..rules.findings import Severity, by_severity
from ..rules.formalism import says_nothing
from ..workbooks.figures import collectives, count, people
from ..workbooks.levels import LEGEND, LEVELS, SHORT
from ..workbooks.stages import NAMED
from . import nd30

# what is shown of each rating before the owner speaks
PROPOSED = tuple(stage for stage in NAMED if stage not in ("proposal", "decided"))
STATES = {
    "preparing": "Chưa nộp hồ sơ",
    "submitted": "Đã nộp, chưa tiếp nhận",
    "received": "Đang thẩm định hồ sơ",
    "returned": "Đang bổ sung, hoàn thiện",
    "accepted": "Đã thẩm định, đạt yêu cầu",
}


def recipients(*bodies):
    """Items of “Nơi nhận”; the archive is the last of them."""
    return nd30.listed("\n".join(filter(None, (*bodies, "Lưu: VT"))))


class OfficePaper(models.AbstractModel):
    """What papers of the office and of the authority print: hand-in, stages, ballots,
    findings, caps. Read as the user; the number of queries does not grow with the
    ratings.

    - the office and the authority print them, nobody else.
    """

    _name = "cadre.review.office.paper"
    _description = "Paper of the Office"

    # the model whose records it is printed of
    _of = ""

    @api.model
    def _get_report_values(self, docids, data=None):
        records = in_vietnamese(self.env[self._of].browse(docids))
        records.check_access("read")
        if not self.env.user.has_groups(DECIDING):
            raise AccessError(
                self.env._(
                    "%(names)s: tallies and proposals are for the office and the "
                    "deciding authority; only they print this paper.",
                    names=", ".join(records.mapped("display_name")),
                )
            )
        self = self.with_env(records.env)
        return {
            "docs": records,
            "papers": {record.id: self._paper(record) for record in records},
            "levels": SHORT,
            "legend": LEGEND,
            "stages": [NAMED[stage].full for stage in PROPOSED],
        }

    def _paper(self, record):
        """Values of one paper, by the names its template uses."""
        raise NotImplementedError

    # ------------------------------------------------------------------
    # HEADS
    # ------------------------------------------------------------------

    def _authority_head(self, campaign, symbol, number=None, day=None):
        """Head and signature of what goes out in the authority's name."""
        issuer = nd30.lines(campaign.letter_issuer or campaign.company_id.name)
        return {
            "issuer": issuer,
            "number": nd30.number(number, f"{symbol}-{nd30.initials(issuer[0])}"),
            "place_date": nd30.place_date(campaign.letter_place, day, campaign.year),
            "capacity": nd30.lines(campaign.letter_capacity)
            or [f"TM. {campaign.owner_id.name}"],
            "signer": campaign.letter_signer,
        }

    def _office_head(self, campaign, symbol):
        """Head and signature of what the office reports; signed by its head."""
        issuer = nd30.lines(campaign.office_name or "Cơ quan thẩm định")
        letters = nd30.initials(" ".join(issuer[0].split()[:2]))
        return {
            "issuer": issuer,
            "number": nd30.number("", f"{symbol}-{letters}"),
            "place_date": nd30.place_date(campaign.letter_place, None, campaign.year),
            "capacity": issuer,
            "signer": "",
        }

    # ------------------------------------------------------------------
    # FIGURES
    # ------------------------------------------------------------------

    def _hand_in(self, dossiers):
        """How far the dossiers have come, and those that are late or not accepted."""
        dossiers = dossiers.filtered(lambda d: d.state != "excluded")
        late = dossiers.filtered(lambda d: d.days_late > 0)
        handed_in = dossiers.filtered("is_handed_in")
        return {
            "total": len(dossiers),
            "handed_in": len(handed_in),
            "late_count": len(late & handed_in),
            "accepted": len(dossiers.filtered(lambda d: d.state == "accepted")),
            "returned": len(dossiers.filtered(lambda d: d.state == "returned")),
            "again": len(dossiers.filtered(lambda d: d.round > 1)),
            "late": [
                (
                    d.unit_name,
                    d.date_due and f"{d.date_due:%d/%m/%Y}" or "",
                    d.date_submitted and f"{d.date_submitted:%d/%m/%Y}" or "chưa nộp",
                    d.days_late,
                )
                for d in late
            ],
            "incomplete": [
                (
                    d.unit_name,
                    STATES[d.state],
                    d.paper_count,
                    d.paper_provided_count,
                    d.paper_conforming_count,
                    d.state_reason or "",
                )
                for d in dossiers
                if d.state != "accepted"
            ],
            "papers": sum(dossiers.mapped("paper_count")),
            "conforming": sum(dossiers.mapped("paper_conforming_count")),
        }

    def _reported(self, orders):
        """Re-evaluations that the office asks the authority to order."""
        return [
            (
                order.dossier_id.unit_name,
                ", ".join(order.rating_ids.mapped("name")),
                nd30.lines(order.report),
            )
            for order in orders
        ]

    def _results(self, subjects):
        """``[(heading, [(stage, total, XS, T, HT, K, without, share)])]``; a stage that
        has not spoken on anybody is left out, but for the appraisal."""
        tables = []
        for heading, group in (
            ("Tập thể", collectives(subjects)),
            ("Cá nhân", people(subjects)),
        ):
            rows = []
            for stage, (_full, _narrow, name) in NAMED.items():
                if not name:
                    continue
                figures = count(group, stage)
                if not sum(figures.levels) and stage != "appraisal":
                    continue
                share = figures.share
                rows.append(
                    (
                        name,
                        figures.total,
                        *figures.levels,
                        figures.others,
                        "" if share is None else caps.printed(100 * share),
                    )
                )
            if group:
                tables.append((heading, rows))
        return tables

    def _rows(self, ratings, found):
        """Every stage of each rating, in the order of the units.

        :param found: ``{rating_id: [findings]}``
        """
        subjects = ratings._summary_subjects()
        return {
            rating.id: {
                "subject": subject,
                "name": subject.name,
                "unit": "" if subject.is_collective else subject.unit,
                "title": "" if subject.is_collective else subject.title,
                "levels": [subject.label(stage) for stage in PROPOSED],
                "ballots": self._ballots(subject.ballots),
                "notes": [
                    *filter(None, [subject.note]),
                    *map(self._say, by_severity(found.get(rating.id, ()))),
                ],
            }
            for rating, subject in subjects.items()
        }

    def _ballots(self, ballots):
        if not ballots:
            return ""
        votes = "/".join(str(ballots.votes[level]) for level in LEVELS)
        return f"{votes} ({ballots.present})"

    def _serious(self, ratings):
        """``{rating_id: [findings]}`` that refuse or warn, of what was handed in."""
        handed_in = ratings.filtered("dossier_id.is_handed_in")
        return {
            rating_id: [f for f in findings if f.severity is not Severity.INFO]
            for rating_id, findings in handed_in._findings_by_rating().items()
        }

    def _say(self, finding):
        return self.env._(finding.message, **finding.values)

    # ------------------------------------------------------------------
    # THE REPORT
    # ------------------------------------------------------------------

    def _consolidated(self, campaign, dossiers, ratings):
        """What the office reports on these ratings: figures, caps, what the rules find,
        and what it proposes."""
        found = self._serious(ratings)
        rows = self._rows(ratings, found)
        subjects = {rating: rows[rating.id]["subject"] for rating in ratings}
        orders = self.env["cadre.review.order"].search(
            [("dossier_id", "in", dossiers.ids), ("state", "in", OPEN)]
        )
        own = ratings.filtered("is_own_authority")
        appraisals = self.env["cadre.review.opinion"].search(
            [("rating_id", "in", ratings.ids), ("stage", "=", "appraisal")]
        )
        appraised = appraisals.grouped("rating_id")
        return {
            "period": campaign._period_in_words(),
            "owner": campaign.owner_id.name,
            "advisory": campaign.advisory_name or "",
            "letter": self._letter(campaign),
            "bases": nd30.clauses(campaign.basis_ids.mapped("text")),
            "hand_in": self._hand_in(dossiers),
            "results": self._results(subjects.values()),
            "caps": [
                (line, caps.printed(line.rate))
                for line in ratings._summary_caps(subjects)
            ],
            "rows": list(rows.values()),
            "found": [row for row in rows.values() if row["notes"]],
            "differing": [
                (row, appraised[rating].level_reason)
                for rating in ratings
                if (row := rows[rating.id])
                and rating in appraised
                and (appraised[rating].level_reason or "").strip()
            ],
            "appraised": [
                (row, self._opinion_parts(appraised[rating]))
                for rating in ratings
                if (row := rows[rating.id]) and rating in appraised
            ],
            "reported": self._reported(orders),
            "own": len(own),
            "onward": [
                (authority.name or "……………", len(group))
                for authority, group in (ratings - own).grouped("authority_id").items()
            ],
        }

    def _letter(self, campaign):
        """“Công văn số 27/HĐND ngày 08/11/2022”, as far as it is known."""
        if not campaign.letter_number:
            return ""
        day = campaign.letter_date
        dated = f" ngày {day:%d/%m/%Y}" if day else ""
        return f"Công văn số {campaign.letter_number}{dated}"

    def _opinion_parts(self, opinion, by_criterion=True):
        """Pairs of a label and a text, of what an opinion says in words."""
        signs = {"none": "Không có", "present": opinion.degradation_text or "Có"}
        pairs = (
            ("Ưu điểm:", opinion.strengths),
            (
                "Hạn chế, khuyết điểm:",
                self._shortcomings(opinion) if by_criterion else opinion.shortcomings,
            ),
            (
                "Biểu hiện suy thoái, “tự diễn biến”, “tự chuyển hóa”:",
                signs.get(opinion.degradation),
            ),
            ("Kết luận:", opinion.conclusion),
            ("Lý do khác mức đã đề xuất:", opinion.level_reason),
        )
        return [(label, text) for label, text in pairs if (text or "").strip()]

    def _shortcomings(self, opinion):
        """Of the whole, then of the criteria where something is to be said."""
        lines = [opinion.shortcomings or ""]
        lines += [
            f"{line.name.partition(' (')[0]}: {line.shortcomings.strip()}"
            for line in opinion.line_ids
            if not says_nothing(line.shortcomings or "")
        ]
        return "\n".join(filter(None, lines))
