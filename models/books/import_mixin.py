from odoo import api, models

from ...rules.texts import _lt
from ...workbooks import matching, plans
from ...workbooks.words import plain

NOT_KNOWN = _lt(
    "Not known here, or not certain. Write the code or the full name as in the "
    "configuration."
)


class CadreReviewImportMixin(models.AbstractModel):
    """What every kind of import shares: people and bodies found by what is written.

    A kind plans first (:meth:`_plan` reads, and names every bad cell), and carries
    out the plan afterwards as the user (:meth:`_carry_out`): record rules hold.
    """

    _name = "cadre.review.import.mixin"
    _description = "Kind of Import"

    @api.model
    def _plan(self, lines, options):
        """:param lines: of :class:`workbooks.tables.Line`
        :param options: what the user chose in the window
        :rtype: workbooks.plans.Plan
        """
        raise NotImplementedError

    @api.model
    def _carry_out(self, plan, record, options):
        """:param record: the ``cadre.review.import`` that keeps the file
        :return: ``(change, record, details)`` of what was created and changed"""
        raise NotImplementedError

    @api.model
    def _all_rows(self, model, names):
        """All that the user may read, as dicts, in one query: a list may name any."""
        records = self.env[model].search_fetch([], names, order="id")
        return records.read(names, load=None)

    @api.model
    def _bodies(self, model):
        """Index of units, authorities … by code and by name."""
        rows = self._all_rows(model, ["code", "name"])
        return matching.Bodies(
            matching.Candidate(row["id"], row["name"], row["code"]) for row in rows
        )

    @api.model
    def _people(self, rows):
        """Index of people: ``(key, name, code, birth date, unit, title)`` each."""
        return matching.Index(matching.Candidate(*row) for row in rows)

    @api.model
    def _body(self, plan, line, code, index):
        """The body that the line names, or None; one that is not known is bad."""
        text = line.get(code)
        if not text:
            return None
        found = index.body(text)
        if found is None:
            plan.bad.append(line.bad(code, NOT_KNOWN))
        return found

    @api.model
    def _unit(self, plan, line, index, options):
        """The unit that the line or the section it stands in names, or None.

        A short or another name is asked about, once for all lines that use it.
        """
        text = line.get("unit") or line.unit
        if not text:
            return None
        found = index.body(text) or options["units"].get(plain(text))
        if found:
            return found
        likely = index.likely(text)
        if not likely:
            plan.bad.append(line.bad("unit", NOT_KNOWN))
        elif plain(text) not in plan.asked_units:
            plan.asked_units.add(plain(text))
            plan.questions.append(
                plans.Question(line.place, text, likely, of_unit=True)
            )
        return None

    @api.model
    def _unit_hint(self, plan, line, index, options):
        """The unit, where it only helps to find the person.

        What a section is headed with is no fault; what stands in the line is.
        """
        if line.get("unit"):
            return self._unit(plan, line, index, options)
        likely = index.likely(line.unit) if line.unit else ()
        found = index.body(line.unit) if line.unit else None
        return found or (likely[0].key if len(likely) == 1 else None)

    @api.model
    def _own_codes(self, lines):
        """Whether the codes of a list are ours: another system has its own.

        They may be those of people whom the list cannot mean.
        """
        codes = [code for line in lines if (code := line.get("code"))]
        people = self.env["cadre.review.cadre"].sudo()
        people = people.with_context(active_test=False)
        return bool(codes) and bool(
            people.search_count([("code", "in", codes)], limit=1)
        )

    @api.model
    def _find(self, line, index, unit_id, has_codes=True):
        """Who is meant by a line: the one matching for all kinds of list."""
        return index.find(
            line.get("name"),
            line.get("birth_date"),
            unit_id,
            line.get("code") if has_codes else None,
            line.get("title"),
        )

    @api.model
    def _ask(self, plan, line, match, options, may_be_new=False):
        """The key the user chose for a doubtful line, or None when it is asked."""
        answer = options["answers"].get(line.place)
        if answer in [candidate.key for candidate in match.doubtful]:
            return answer
        if answer == "new" and may_be_new:
            return "new"
        said = ("code", "name", "birth_date", "title", "unit")
        plan.questions.append(
            plans.Question(
                line.place,
                " – ".join(filter(None, (line.texts.get(code) for code in said))),
                match.doubtful,
                may_be_new,
            )
        )
        return None

    @api.model
    def _twice(self, plan, seen, key, line):
        """Whether another line has spoken of the same: then this one is bad."""
        if key in seen:
            other = seen[key]
            where = (
                other.row if other.sheet == line.sheet else "!".join(map(str, other))
            )
            plan.bad.append(
                line.bad("name", _lt("The same as row %(row)s."), row=where)
            )
            return True
        seen[key] = line.place
        return False

    @api.model
    def _texts_of(self, changes):
        """Details of the changes as the user reads them, in their order."""
        labels = self.env["cadre.review.importing"]._labels()
        return [
            "\n".join(
                f"{labels.get(code, code)}: {before or '–'} → {after}"
                for code, before, after in change.details
            )
            for change in changes
        ]

    @api.model
    def _told(self, changes, records):
        """``(change, record, details)`` of what was carried out.

        :param records: the record of each change, in the same order
        """
        return list(zip(changes, records, self._texts_of(changes), strict=True))
