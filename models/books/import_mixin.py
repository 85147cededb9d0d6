from odoo import api, models

from ...workbooks import matching, plans
from ...workbooks.problems import _


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
        return matching.Index(
            matching.Candidate(row["id"], row["name"], row["code"]) for row in rows
        )

    @api.model
    def _people(self, rows):
        """Index of people: ``(key, name, code, birth date, unit)`` each."""
        return matching.Index(matching.Candidate(*row) for row in rows)

    @api.model
    def _body(self, plan, line, code, index):
        """The body that the line names, or None; one that is not known is bad."""
        text = line.get(code)
        if not text:
            return None
        found = index.body(text)
        if found is None:
            plan.bad.append(
                line.bad(
                    code,
                    _(
                        "Not known here, or not certain. Write the code or the full "
                        "name as in the configuration."
                    ),
                )
            )
        return found

    @api.model
    def _ask(self, plan, line, match, options, may_be_new=False):
        """The key the user chose for a doubtful line, or None when it is asked."""
        answer = options["answers"].get(line.row)
        if answer in [candidate.key for candidate in match.doubtful]:
            return answer
        if answer == "new" and may_be_new:
            return "new"
        plan.questions.append(
            plans.Question(
                line.row,
                " – ".join(
                    filter(
                        None,
                        (line.texts.get(c) for c in ("name", "birth_date", "title")),
                    )
                ),
                [candidate.key for candidate in match.doubtful],
                may_be_new,
            )
        )
        return None

    @api.model
    def _twice(self, plan, seen, key, line):
        """Whether another line has spoken of the same: then this one is bad."""
        if key in seen:
            plan.bad.append(
                line.bad("name", _("The same as row %(row)s."), row=seen[key])
            )
            return True
        seen[key] = line.row
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
