from collections import defaultdict, namedtuple
from datetime import date, datetime
from itertools import starmap
from typing import NamedTuple

from odoo import api, models

from ...rules import dossiers as registers
from ...rules import meetings, spans, subjects
from ...rules.stages import STAGES
from ..dossier.rating import DECIDING
from ..review.tally import TOTALS, VOTED

# of a rating, fetched with the search: further reads would come by the thousand
READ = [
    *("dossier_id", "cadre_id", "name", "title", "subject_kind", "is_head", "unit_id"),
    *("authority_id", "group_id", "regulation_id", "notified_level", "campaign_id"),
]
NO_LEVEL = ("pending", "elsewhere")  # not yet, or not here: nothing to hold a rule to


class OpinionRow(NamedTuple):
    id: int
    rating_id: int
    stage: str
    proposed_level: str
    state: str
    source: str
    degradation: str
    gap_reason: str
    conclusion: str
    signer: str


class SpokenRow(NamedTuple):
    rating_id: int
    stage: str


class LineRow(NamedTuple):
    opinion_id: int
    criterion_id: int
    strengths: str
    shortcomings: str
    points: float
    is_scored: bool


class FactRow(NamedTuple):
    id: int
    cadre_id: int
    kind: str
    date_from: date
    date_to: date
    months: float
    is_confirmed: bool
    degree: str
    in_duty: str
    place_of_act: str
    counted_year: int
    counted_fact_id: int
    reference: str
    former_unit_id: int
    former_unit_name: str
    comment_state: str


class SubjectRow(NamedTuple):
    conference_id: int
    rating_id: int
    agenda_no: int
    concluded_level: str
    conclusion: str
    departure_reason: str


TallyRow = namedtuple("TallyRow", ("conference_id", "body_id", "rating_id", *TOTALS))


class ReportRow(NamedTuple):
    dossier_id: int
    date_sent: date
    date_completed: datetime


class SuggestionRow(NamedTuple):
    dossier_id: int
    name: str
    rating_id: int
    is_answered: bool


class PaperFileRow(NamedTuple):
    paper_id: int
    attachment_id: int
    name: str
    kind: str
    sha256: str
    signatures: str
    is_misnamed: bool


class PaperRow(NamedTuple):
    id: int
    dossier_id: int
    kind_id: int
    rating_id: int
    state: str
    source: str
    number: str
    date: date
    signer: str


class CadreReviewRuleValues(models.AbstractModel):
    """Feeds the rules: dossiers become :class:`rules.subjects.Unit`.

    Reads as the user, so that nobody is told of what they may not read; a move reads
    as the superuser. The number of queries does not depend on that of the ratings:
    rows of texts come as tuples, not as records.
    """

    _name = "cadre.review.rule.values"
    _description = "Values for the Rules"

    @api.model
    def _units(self, dossiers, levels=None):
        """These dossiers with their subjects, as the rules see them.

        :param dict levels: ``{rating_id: outcome}`` to be considered instead of what
            is in force, e.g. the levels a decision would give
        :return: ``{dossier_id: rules.subjects.Unit}``
        """
        ratings = dossiers.env["cadre.review.rating"].search_fetch(
            [
                ("dossier_id", "in", dossiers.ids),
                ("scope", "=", "rated"),
                ("has_left", "=", False),
            ],
            [*READ, "level"] if self._deciding(dossiers.env) else READ,
        )
        source = _Source(self.with_env(dossiers.env), dossiers, ratings, levels or {})
        by_dossier = ratings.grouped("dossier_id")
        return {
            dossier.id: source.unit(dossier, by_dossier.get(dossier, ()))
            for dossier in dossiers
        }

    @api.model
    def _deciding(self, env):
        """Whether the level in force may be read."""
        return env.su or env.user.has_groups(DECIDING)

    @api.model
    def _rows(self, row, model, domain):
        """The rows of a model as tuples, under the user's rights."""
        model = self.env[model]
        query = model._search(domain)
        columns = [model._field_to_sql(query.table, f, query) for f in row._fields]
        rows = self.env.execute_query(query.select(*columns))
        return starmap(row, rows)

    @api.model
    def _rows_by(self, row, model, domain, key):
        """``{value of key: [rows]}``."""
        found = defaultdict(list)
        for line in self._rows(row, model, domain):
            found[getattr(line, key)].append(line)
        return found


class _Source:
    """What was read for some dossiers, and how it becomes values."""

    def __init__(self, values, dossiers, ratings, levels):
        self.values, self.env = values, values.env
        self.levels = levels
        self.deciding = values._deciding(self.env)
        regulations = ratings.regulation_id
        self.laws = {r: r._law() for r in regulations}
        self.criteria = {c.id: c.name for c in regulations.criterion_ids}
        inside = [("dossier_id", "in", dossiers.ids)]
        self.opinions = self._read(OpinionRow, "opinion", inside, "rating_id")
        self.lines = self._lines([("opinion_id.dossier_id", "in", dossiers.ids)])
        self.stages = dict(
            self.env["cadre.review.opinion"]
            ._fields["stage"]
            ._description_selection(self.env)
        )
        self._read_progress(inside)
        self.facts = self._read(
            FactRow, "fact", [("cadre_id", "in", ratings.cadre_id.ids)], "cadre_id"
        )
        self.former_units = self.env["cadre.review.unit"].browse(
            {row.former_unit_id for rows in self.facts.values() for row in rows}
            - {None}
        )
        self.former_units = {unit.id: unit for unit in self.former_units}
        self.shortcomings = ratings.env["cadre.review.shortcoming"].search(
            [("rating_id", "in", ratings.ids)]
        )
        self.shortcomings = self.shortcomings.grouped("rating_id")
        self.conferences = ratings.env["cadre.review.conference"].search(inside)
        self.conferences = {c.dossier_id.id: c for c in self.conferences}
        at_conference = [("conference_id.dossier_id", "in", dossiers.ids)]
        self.agenda = self._read(
            SubjectRow, "conference.subject", at_conference, "conference_id"
        )
        self.tallies = self._read(TallyRow, "tally", at_conference, "conference_id")
        self.review_days = dossiers.sudo()._review_last_days()
        self.reports = self._read(ReportRow, "report", inside, "dossier_id")
        present = [
            *inside,
            "|",
            ("rating_id", "=", False),
            ("rating_id.has_left", "=", False),
        ]
        self.suggestions = self._read(
            SuggestionRow, "suggestion", present, "dossier_id"
        )
        self.papers = self._read(
            PaperRow,
            "paper",
            present,
            "dossier_id",
        )
        self.files = self._read(
            PaperFileRow,
            "paper.file",
            [*inside, ("is_current", "=", True)],
            "paper_id",
        )
        self.owners = {rating.id: rating.name for rating in ratings}
        self.kinds = self.env["cadre.review.paper.kind"].search_fetch([], [])
        self.kinds = {kind.id: kind for kind in self.kinds}
        self._read_past(dossiers.campaign_id, ratings)

    def _read(self, row, model, domain, key):
        model = f"cadre.review.{model}"
        if not self.env[model].has_access("read"):
            return {}
        return self.values._rows_by(row, model, domain, key)

    def _lines(self, domain):
        return self._read(LineRow, "opinion.line", domain, "opinion_id")

    def _read_progress(self, inside):
        """Who has spoken and where minutes are adopted: how far a unit is, which is
        shown to whoever sees the dossier, not what was said."""
        self.spoken = self.values.sudo()._rows_by(
            SpokenRow,
            "cadre.review.opinion",
            [*inside, ("state", "=", "confirmed")],
            "rating_id",
        )
        adopted = self.env["cadre.review.conference"].sudo()
        adopted = adopted.search_fetch(
            [*inside, ("state", "=", "adopted")], ["dossier_id"]
        )
        self.adopted = set(adopted.dossier_id.ids)

    # ------------------------------------------------------------------
    # EARLIER RATINGS
    # ------------------------------------------------------------------

    def _read_past(self, campaigns, ratings):
        """Last year's ratings and this year's quarters of the same subjects."""
        self.last_year, self.quarters = {}, defaultdict(list)
        years = {
            year
            for campaign in campaigns
            for year in (campaign.year - 1, campaign.year)
            if campaign.period_kind == "year"
        }
        past = self.env["cadre.review.rating"].search(
            [
                ("campaign_id.year", "in", list(years)),
                ("campaign_id", "not in", campaigns.ids),
                ("campaign_id.state", "!=", "cancelled"),
                ("campaign_id.period_kind", "in", ("year", "quarter")),
                ("company_id", "in", campaigns.company_id.ids),
                ("has_left", "=", False),
                *ratings._same_subjects(),
            ]
        )
        opinions = self._read(
            OpinionRow,
            "opinion",
            [("rating_id", "in", past.ids), ("state", "=", "confirmed")],
            "rating_id",
        )
        lines = self._lines(
            [
                ("opinion_id.rating_id", "in", past.ids),
                ("opinion_id.state", "=", "confirmed"),
            ]
        )
        for rating in past:
            key = (rating.cadre_id.id, not rating.cadre_id and rating.unit_id.id)
            campaign = rating.campaign_id
            done = self._past(rating, campaign, opinions.get(rating.id, ()), lines)
            if campaign.period_kind == "quarter":
                self.quarters[key, campaign.year].append(done)
            else:
                self.last_year[key, campaign.year] = done

    def _past(self, rating, campaign, opinions, lines):
        law = self.laws.get(rating.regulation_id)
        if law is None:
            law = self.laws[rating.regulation_id] = rating.regulation_id._law()
        views = [self._view(row, lines, law, rating.name) for row in opinions]
        views.sort(key=lambda view: STAGES.index(view.stage))
        scored = [view.points for view in views if view.points is not None]
        return subjects.Past(
            year=campaign.year,
            quarter=campaign.period_no,
            level=(rating.level if self.deciding else rating.notified_level) or "",
            points=scored[-1] if scored else None,
            texts=tuple(text for view in views for text in view.texts),
        )

    # ------------------------------------------------------------------
    # SUBJECTS
    # ------------------------------------------------------------------

    def unit(self, dossier, ratings):
        found = tuple(self._subject(rating, dossier) for rating in ratings)
        laws = [s.law for s in found if not s.is_person] or [s.law for s in found]
        if not laws:
            laws = [dossier.campaign_id._law()]
        return subjects.Unit(
            id=dossier.id,
            name=dossier.unit_name,
            law=laws[0],
            subjects=found,
            targets=subjects.Targets(
                dossier.targets_total,
                dossier.targets_done,
                dossier.targets_exceeded,
                dossier.targets_late,
            ),
            organ_level=dossier.organ_level or "",
            gathering=self._gathering(dossier, found),
            has_adopted=dossier.id in self.adopted,
            is_handed_in=dossier.is_handed_in,
            is_accepted=dossier.state == "accepted",
            year_end=dossier.date_year_end or None,
            review_due=self.review_days.get(dossier.id) or None,
            sets_expected=dossier.campaign_id.sets,
            sets_received=dossier.sets_received,
            days_late=dossier.days_late,
            papers=tuple(self._papers(dossier)),
            sheets=tuple(self._sheets(dossier)),
            report=self._report(dossier),
            suggestions=tuple(
                subjects.Suggestion(row.name, row.rating_id or 0, bool(row.is_answered))
                for row in self.suggestions.get(dossier.id, ())
            ),
            register=tuple(self._register(dossier)),
            latest_day=dossier.date_submitted or dossier.campaign_id._today(),
        )

    def _subject(self, rating, dossier):
        law = self.laws[rating.regulation_id]
        campaign = dossier.campaign_id
        key = (rating.cadre_id.id, not rating.cadre_id and rating.unit_id.id)
        return subjects.Subject(
            id=rating.id,
            name=rating.display_name,
            plain_name=rating.name,
            kind=rating.subject_kind,
            law=law,
            year=campaign.year,
            unit_id=dossier.unit_id.id,
            authority_id=rating.authority_id.id,
            group_id=rating.group_id.id,
            is_own=rating.authority_id.is_own,
            is_head=rating.is_head,
            decided=self._decided(rating),
            service=self._service(rating.cadre_id.id, campaign.year),
            views=tuple(
                self._view(row, self.lines, law, rating.name)
                for row in self.opinions.get(rating.id, ())
            ),
            spoken=frozenset(row.stage for row in self.spoken.get(rating.id, ())),
            shortcomings=tuple(
                subjects.Shortcoming(s.name, s.status or "")
                for s in self.shortcomings.get(rating, ())
            ),
            last_year=self.last_year.get((key, campaign.year - 1)),
            quarters=tuple(self.quarters.get((key, campaign.year), ())),
        )

    def _decided(self, rating):
        if rating.id in self.levels:
            return self.levels[rating.id] or ""
        level = rating.level if self.deciding else rating.notified_level
        return level if level and level not in NO_LEVEL else ""

    def _view(self, row, lines, law, name):
        scored = law.has_points
        counted = {c.id for c in law.criteria if c.max_points}
        return subjects.View(
            stage=row.stage,
            level=row.proposed_level or "",
            name=f"{name} – {self.stages[row.stage]}",
            confirmed=row.state == "confirmed",
            on_paper=row.source != "online",
            texts=tuple(
                subjects.Text(
                    line.criterion_id,
                    self.criteria.get(line.criterion_id, ""),
                    line.strengths or "",
                    line.shortcomings or "",
                    line.points or 0 if scored and line.is_scored else None,
                    counts=line.criterion_id in counted,
                )
                for line in lines.get(row.id, ())
            ),
            degradation=row.degradation or "",
            gap_reason=row.gap_reason or "",
            conclusion=row.conclusion or "",
            signer=row.signer or "",
        )

    # ------------------------------------------------------------------
    # DATED FACTS
    # ------------------------------------------------------------------

    def _service(self, cadre_id, year):
        rows = [
            row
            for row in self.facts.get(cadre_id, ())
            if row.date_from.year <= year
            and (row.date_to is None or row.date_to.year >= year)
            and (row.kind != "discipline" or row.date_from.year == year)
        ]

        def total(kind):
            lengths = [_length(row, year) for row in rows if row.kind == kind]
            return sum(lengths[1:], lengths[0]) if lengths else None

        timed = [row for row in rows if row.kind in ("months", "absence")]
        return subjects.Service(
            worked=total("months"),
            absent=total("absence") or spans.Span(),
            maternity=any(row.kind == "maternity" for row in rows),
            confirmed=all(row.is_confirmed for row in timed),
            disciplines=tuple(
                self._discipline(row, cadre_id)
                for row in rows
                if row.kind == "discipline"
            ),
            transfers=tuple(
                self._transfer(row, year) for row in rows if row.kind == "transfer"
            ),
        )

    def _discipline(self, row, cadre_id):
        counted = row.counted_year or None
        if not counted and row.counted_fact_id:
            earlier = [f for f in self.facts[cadre_id] if f.id == row.counted_fact_id]
            counted = earlier[0].date_from.year if earlier else None
        return subjects.Discipline(
            degree=row.degree or "",
            date=row.date_from,
            in_duty={"yes": True, "no": False}.get(row.in_duty),
            elsewhere={"elsewhere": True, "here": False}.get(row.place_of_act),
            counted_in=counted,
            reference=row.reference or "",
            confirmed=bool(row.is_confirmed),
        )

    def _transfer(self, row, year):
        former = self.former_units.get(row.former_unit_id)
        return subjects.Transfer(
            unit=(former.name if former else row.former_unit_name) or "",
            span=_length(row, year),
            comment=row.comment_state or "missing",
            dissolved=bool(former and former.valid_to),
        )

    # ------------------------------------------------------------------
    # CONFERENCE AND PAPERS
    # ------------------------------------------------------------------

    def _gathering(self, dossier, found):
        conference = self.conferences.get(dossier.id)
        if not conference:
            return None
        rows = self.agenda.get(conference.id, ())
        names = {subject.id: subject.name for subject in found}
        bodies = {body.id: body for body in conference.body_ids}
        own, further = {}, []
        for row in self.tallies.get(conference.id, ()):
            body, name = bodies[row.body_id], names.get(row.rating_id, "")
            if body.kind == "unit":
                own[row.rating_id] = _tally(row, name)
            else:
                tally = _tally(row, f"{name} – {body.name}")
                further.append((tally, body.present))
        report = self._report(dossier)
        return subjects.Gathering(
            meeting=conference._as_values(),
            minutes=(conference.minutes_number or "", conference.minutes_date or None),
            draft_sent=conference.date_draft_sent or (report and report.sent),
            agenda={row.rating_id: row.agenda_no for row in rows if row.agenda_no},
            tallies=own,
            further=tuple(further),
            concluded={row.rating_id: row.concluded_level for row in rows},
            conclusions={row.rating_id: row.conclusion for row in rows},
            departures={row.rating_id: row.departure_reason for row in rows},
        )

    def _report(self, dossier):
        for row in self.reports.get(dossier.id, ()):
            return subjects.Report(row.date_sent, row.date_completed)
        return None

    def _papers(self, dossier):
        """The register, each paper under the name it has there."""
        for row in self.papers.get(dossier.id, ()):
            owner = self.owners.get(row.rating_id, dossier.unit_name)
            kind = self.kinds[row.kind_id]
            yield registers.Paper(f"{kind.short_name} – {owner}", row.state)

    def _sheets(self, dossier):
        """The papers that came as files; one kept on paper says itself who signed."""
        for row in self.papers.get(dossier.id, ()):
            kind = self.kinds[row.kind_id]
            if row.source == "online" and row.state in ("provided", "conforming"):
                yield subjects.Sheet(
                    name=kind.short_name,
                    has_number=kind.has_number,
                    number=row.number or "",
                    dated=row.date,
                    signer=row.signer or "",
                )

    def _register(self, dossier):
        """What was provided, line by line, with what its files show."""
        for row in self.papers.get(dossier.id, ()):
            if row.state == "missing":
                continue
            kind = self.kinds[row.kind_id]
            person = self.owners.get(row.rating_id, "")
            yield subjects.Entry(
                id=row.id,
                name=f"{kind.short_name} – {person or dossier.unit_name}",
                kind=kind.code,
                role=kind.role or "",
                after_conference=kind.after_conference,
                number=row.number or "",
                dated=row.date or None,
                signer=row.signer or "",
                person=person,
                files=tuple(
                    subjects.FileMark(
                        name=file.name,
                        kind=file.kind,
                        sha256=file.sha256,
                        signers=tuple((file.signatures or "").splitlines()),
                        is_misnamed=file.is_misnamed,
                    )
                    for file in self.files.get(row.id, ())
                ),
            )


def _tally(row, name):
    """Ballots nobody has entered yet are none in the database."""
    return meetings.Tally(
        name,
        row.issued or 0,
        row.collected or 0,
        row.valid or 0,
        row.invalid or 0,
        {level: getattr(row, f"votes_{level}") or 0 for level in VOTED},
    )


def _length(row, year):
    """Length of a fact in the year: as typed, else from its dates."""
    if row.months:
        return spans.typed(row.months)
    return spans.within_year(row.date_from, row.date_to, year)
