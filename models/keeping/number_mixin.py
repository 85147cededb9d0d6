from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models

from ...rules import numbers
from ..base.local_today import local_today


class Series(NamedTuple):
    """Which number of a model is one of a series.

    :param number: field of the number; ``<number>_next`` suggests one, and
        ``<number>_note`` tells of others that bear it
    :param day: field of the paper's date
    :param organ: path to the organ whose series it is
    :param kind: abbreviation of the kind of paper, empty for an official letter
    :param domain: of which records of the model it holds
    :param is_shared: several records of one day may stand on one paper
    """

    number: str
    day: str
    organ: str
    kind: str
    domain: tuple = ()
    is_shared: bool = False


def next_number(label="Next Number"):
    """A field that suggests the next number of the series, to who may write it."""
    return fields.Char(
        string=label,
        compute="_compute_numbers",
        help="After the highest one on record here; the clerk enters what was given.",
    )


def number_note(label="Same Number"):
    """A field that tells which other papers of the series bear the same number."""
    return fields.Char(string=label, compute="_compute_numbers")


class CadreReviewNumberMixin(models.AbstractModel):
    """Numbers of papers: a suggestion while there is none, and a word about one that
    another paper of the series bears. The system allots no number and refuses none.

    A series is one of an organ, a kind of paper and a period: the year, or for Party
    papers the committee's term (NĐ 30/2020/NĐ-CP Điều 15).
    """

    _name = "cadre.review.number.mixin"
    _description = "Numbers of Papers"

    _number_series = ()

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Each number of a form shows the next one of its series."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            numbered = {series.number for series in self._number_series}
            for node in arch.xpath("//field[not(ancestor::field)][not(@widget)]"):
                if node.get("name") in numbered:
                    node.set("widget", "cadre_review_number")
        return arch, view

    @api.depends_context("uid")
    @api.depends(lambda self: self._number_fields())
    def _compute_numbers(self):
        writable = self._number_writable()
        for number in {series.number for series in self._number_series}:
            self[f"{number}_next"] = self[f"{number}_note"] = False
            wanted = {record: record._series_of(number) for record in writable}
            used = self._used_numbers({organ for _s, organ in wanted.values() if organ})
            for record, (series, organ) in wanted.items():
                if organ:
                    following, note = record._hints(
                        series, organ, used[organ], record[number], record[series.day]
                    )
                    record[f"{number}_next"] = following
                    record[f"{number}_note"] = note

    @api.model
    def _number_fields(self):
        return [
            name
            for series in self._number_series
            for name in (
                *(series.number, series.day, series.organ.partition(".")[0]),
                *(field for field, _operator, _value in series.domain),
            )
        ]

    def _number_writable(self):
        """The records whose number the user enters; nobody else hears of others'."""
        kept = self._origin._filtered_access("write")
        return self.filtered(lambda r: not r._origin or r._origin in kept)

    def _series_of(self, number):
        """The series in which the number of this record stands, with its organ, or
        ``(None, None)``."""
        self.ensure_one()
        for series in self._number_series:
            if series.number == number and self.sudo().filtered_domain(series.domain):
                if organ := self.sudo().mapped(series.organ)[:1]._origin:
                    return series, organ
        return None, None

    def _number_hints(self, number, text, day):
        """The next number, and the word about others that bear this one, for a number
        and a day that are about to be written on this record."""
        series, organ = self._series_of(number) if self else (None, None)
        if not organ:
            return False, False
        used = self._used_numbers({organ})[organ]
        return self._hints(series, organ, used, text, day)

    def _hints(self, series, organ, used, text, day):
        kind = self._number_kind(series)
        period = numbers.series_period(*organ._number_reset(day or local_today()))
        mine = [one for one, one_period in used if one_period in ("", period)]
        if not text:
            symbol, is_party = organ._number_symbol(kind), organ._has_party_numbers()
            return numbers.following(mine, kind, symbol, is_party), False
        others = numbers.same(mine, text, self._number_paper(series, day))
        if not others:
            return False, False
        return False, self.env._(
            "The number is that of another paper of this year or term, too: "
            "%(others)s.",
            others="; ".join(one.record.display_name for one in others[:5]),
        )

    def _number_kind(self, series):
        """The kind of paper of this record's number."""
        return series.kind

    def _number_paper(self, series, day):
        """What tells apart the papers on which numbers stand."""
        if series.is_shared:
            return self._name, str(day or "")
        return self._name, self._origin.id, series.number

    @api.model
    def _used_numbers(self, organs):
        """``{organ: [(numbers.Used, period)]}`` of all that is on record, in one query
        per kind of record; the period is empty while the day is open."""
        used = defaultdict(list)
        for model in self._numbered_models():
            for series in model._number_series:
                places = [o.id for o in organs if o._name == model._organ_model(series)]
                if not places:
                    continue
                records = model.search_fetch(
                    [
                        (series.number, "!=", False),
                        (series.organ, "in", places),
                        *series.domain,
                    ],
                    [series.number, series.day],
                )
                for record in records:
                    organ = record.mapped(series.organ)
                    day = record[series.day]
                    period = numbers.series_period(*organ._number_reset(day))
                    one = numbers.Used(
                        record[series.number],
                        record._number_paper(series, day),
                        record._number_kind(series),
                        record,
                    )
                    used[organ].append((one, period if day else ""))
        return used

    @api.model
    def _numbered_models(self):
        """Every model with numbers, as superuser: a series knows no unit's rules."""
        return [
            self.env[name].sudo()
            for name, model in self.env.registry.items()
            if getattr(model, "_number_series", ()) and not model._abstract
        ]

    @api.model
    def _organ_model(self, series):
        model = self
        for name in series.organ.split("."):
            model = model[name]
        return model._name


class CadreReviewAuthority(models.Model):
    _inherit = "cadre.review.authority"

    symbol = fields.Char(
        help="Symbol in the numbers of its papers, as “HĐND”; empty: by the name of "
        "the council."
    )

    def _number_reset(self, day):
        return self.number_reset, day, self.term_start or None

    def _has_party_numbers(self):
        return self.is_party

    def _number_symbol(self, kind):
        """“BC-HĐND”, “HĐND” for an official letter, “BC/TU” of a Party body."""
        if self.is_party:
            return _symbol(kind, self.symbol or numbers.party_symbol(self.name), "/")
        council = self.company_id.name or self.name
        letters = numbers.initials(" ".join(council.split()[:4]))
        return _symbol(kind, self.symbol or letters, "-")


class CadreReviewUnit(models.Model):
    _inherit = "cadre.review.unit"

    def _number_reset(self, day):
        return "year", day, None

    def _has_party_numbers(self):
        return False

    def _number_symbol(self, kind):
        issuer = (self.issuing_body or self.name or "").strip().splitlines()[0]
        return _symbol(kind, self.symbol or numbers.initials(issuer), "-")


class CadreReviewPartyBody(models.Model):
    _inherit = "cadre.review.party.body"

    term_start = fields.Date(
        string="Term Since",
        help="First day of the committee's term that runs: its numbers begin again "
        "then. Empty: all numbers on record are of one term.",
    )

    def _number_reset(self, day):
        # without the first day of the term, everything lies in one
        return "term", day, self.term_start or day and fields.Date.to_date("1930-02-03")

    def _has_party_numbers(self):
        return True

    def _number_symbol(self, kind):
        return _symbol(kind, self.symbol or numbers.party_symbol(self.name), "/")


def _symbol(kind, organ, mark):
    return f"{kind}{mark}{organ}" if kind else organ
