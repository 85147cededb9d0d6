"""What the papers of a unit share: how they are read, their heads, who signs."""

from odoo import api, models

from ..models.base.vietnamese import in_vietnamese
from . import nd30

# where words are to be written by hand, or a number
DOTS = "……………………"
GAP = "……"
# letters of a cell from which on its row may break over pages
LONG = 800
DEGRADATION = "Biểu hiện suy thoái, “tự diễn biến”, “tự chuyển hóa”: "


def unit_head(unit, name="", kind="", number="", day=None, year=None):
    """Head of a unit's paper by Nghị định 30/2020/NĐ-CP.

    :param name: the unit's name at opening, where it has no issuing body
    :param kind: abbreviation of the kind of paper, ``BC``; empty: it has no number
    """
    issuer = nd30.lines(unit.issuing_body or name or unit.name)
    symbol = unit.symbol or nd30.initials(issuer[0])
    return {
        "is_party": False,
        "superior": nd30.lines(unit.parent_body),
        "issuer": issuer,
        "number": kind and nd30.number(number, f"{kind}-{symbol}"),
        "place_date": nd30.place_date(unit.place, day, year),
    }


def party_head(body, kind="", number="", day=None, year=None):
    """Head of a Party paper, which is not one of NĐ 30: no colon after “Số”, and
    the kind follows a dash (HD 36-HD/VPTW)."""
    symbol = body.symbol or nd30.party_symbol(body.name)
    return {
        "is_party": True,
        "superior": nd30.lines(body.parent_body),
        "issuer": nd30.lines(body.name) or [DOTS],
        "number": kind and (number or f"{nd30.GAP}-{kind}/{symbol}"),
        "place_date": nd30.place_date(body.place, day, year),
    }


def in_words(rating):
    """The post and concurrent ones of a subject, as one text."""
    titles = (rating.party_title, rating.title, rating.other_titles)
    return "; ".join(filter(None, titles))


def signs(opinion):
    """What an opinion says of signs of degradation (the letter, point 2)."""
    if opinion.degradation == "none":
        return "không có."
    return " ".join(nd30.lines(opinion.degradation_text)) or DOTS


class UnitPaper(models.AbstractModel):
    """A paper per record, read as the user and in Vietnamese."""

    _name = "report.cadre_review.unit_paper"
    _description = "Paper of a Unit"
    _prints = ""  # model of the records

    @api.model
    def _get_report_values(self, docids, data=None):
        records = in_vietnamese(self.env[self._prints].browse(docids))
        records.check_access("read")
        papers = self._papers(records)
        return {
            "docs": records.filtered(lambda record: record.id in papers),
            "papers": papers,
        }

    def _papers(self, records):
        """``{record id: values}``; a record left out has no paper of its own."""
        return {record.id: self._paper(record) for record in records}

    def _readable(self, model, domain):
        """Those of the records that the user may read; none where the model is not
        theirs to read."""
        Model = in_vietnamese(self.env[model])
        return Model.search(domain) if Model.has_access("read") else Model.browse()

    def _opinions(self, ratings, stages):
        """``{(rating id, stage): opinion}`` that the user may read."""
        opinions = self._readable(
            "cadre.review.opinion",
            [("rating_id", "in", ratings.ids), ("stage", "in", stages)],
        )
        return {(opinion.rating_id.id, opinion.stage): opinion for opinion in opinions}

    def _stages(self, ratings, stages):
        """``{rating id: {stage: opinion}}`` in the order of the stages; that of
        ``self`` is there for each, perhaps empty."""
        found = self._opinions(ratings, stages)
        nobody = in_vietnamese(self.env["cadre.review.opinion"])
        return {
            rating.id: {
                stage: found.get((rating.id, stage), nobody)
                for stage in stages
                if stage == "self" or (rating.id, stage) in found
            }
            for rating in ratings
        }

    def _result(self, rating, deciding):
        """Level and decision the user may know, or nothing.

        :param deciding: whether the user reads levels in force
        """
        if deciding and rating.decision_line_id:
            # those who read the level in force also learn where it stands
            line = rating.decision_line_id.sudo()
            return rating.level, line.decision_id._reference()
        return rating.notified_level, rating.notified_text

    def _label(self, rating, level):
        """The level as the regulation of the year prints it."""
        if not level:
            return ""
        names = rating._fields["notified_level"]._description_selection(rating.env)
        return rating.regulation_id._label(level) or dict(names)[level]
