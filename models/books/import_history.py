from odoo import api, models

from ...rules.texts import _lt
from ...workbooks import plans
from ...workbooks.rows import COLLECTIVE


class CadreReviewImportHistory(models.AbstractModel):
    """Results of earlier years, of people and collectives, as history."""

    _name = "cadre.review.import.history"
    _description = "Import of Earlier Results"
    _inherit = ["cadre.review.import.mixin"]

    # ------------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------------

    @api.model
    def _plan(self, lines, options):
        self.env["cadre.review.past.result"].check_access("create")
        plan, seen = plans.Plan(), {}
        units = self._bodies("cadre.review.unit")
        names = ["name", "code", "birth_date", "unit_id", "title"]
        rows = self._all_rows("cadre.review.cadre", names)
        unit_of = {row["id"]: row["unit_id"] for row in rows}
        people = self._people(
            (
                *(r["id"], r["name"], r["code"], r["birth_date"] or None, r["unit_id"]),
                r["title"] or "",
            )
            for r in rows
        )
        options = {**options, "has_codes": self._own_codes(lines)}
        known = self._known()
        for line in lines:
            subject = self._subject(plan, line, units, people, unit_of, options)
            year = line.get("year") or options.get("year")
            if not year:
                plan.bad.append(line.bad("year", _lt("The year is not given.")))
            elif subject and line.get("level"):
                cadre_id, unit_id = subject
                key = (cadre_id, not cadre_id and unit_id, year)
                if not self._twice(plan, seen, key, line):
                    self._add_change(plan, line, subject, year, known.get(key))
        return plan

    @api.model
    def _known(self):
        return {
            (row["cadre_id"], not row["cadre_id"] and row["unit_id"], row["year"]): row
            for row in self._all_rows(
                "cadre.review.past.result",
                ["cadre_id", "unit_id", "year", "level", "reference", "authority_name"],
            )
        }

    @api.model
    def _subject(self, plan, line, units, people, unit_of, options):
        """``(person or False, unit)`` of the line, or None."""
        name = line.get("name")
        if not name:
            return None
        unit_id = self._unit_hint(plan, line, units, options)
        if line.get("unit") and not unit_id:
            return None
        if line.part == COLLECTIVE or units.body(name):
            collective = units.body(name)
            if collective:
                return False, collective
        match = self._find(line, people, unit_id, options["has_codes"])
        key = match.key
        if match.doubtful:
            key = self._ask(plan, line, match, options)
            if not key:
                return None
        if not key:
            plan.bad.append(
                line.bad(
                    "name",
                    _lt(
                        "Nobody of this name is known. Correct it, or take the roster "
                        "over first."
                    ),
                )
            )
            return None
        unit_id = unit_id or unit_of[key]
        if not unit_id:
            plan.bad.append(line.bad("unit", _lt("The unit is not given.")))
            return None
        return key, unit_id

    @api.model
    def _add_change(self, plan, line, subject, year, known):
        cadre_id, unit_id = subject
        wanted = {
            "level": line.get("level"),
            "reference": line.get("number"),
            "authority_name": line.get("authority"),
        }
        differing = plans.differing(wanted, known or {})
        codes = {"reference": "number", "authority_name": "authority"}
        effect = plans.KEEP
        if differing:
            effect = plans.CHANGE if known else plans.CREATE
        plan.changes.append(
            plans.Change(
                line.place,
                effect,
                f"{line.get('name')} – {year}",
                [
                    (
                        codes.get(code, code),
                        (known or {}).get(code) or "",
                        line.texts.get(codes.get(code, code), value),
                    )
                    for code, value in differing.items()
                ],
                {
                    "id": known and known["id"],
                    "values": differing,
                    "new": {"cadre_id": cadre_id, "unit_id": unit_id, "year": year},
                },
            )
        )

    # ------------------------------------------------------------------
    # CARRYING OUT
    # ------------------------------------------------------------------

    @api.model
    def _carry_out(self, plan, record, options):
        Result = self.env["cadre.review.past.result"]
        todo = [c for c in plan.changes if c.effect != plans.KEEP]
        fresh = [c for c in todo if not c.payload["id"]]
        created = Result.create(
            [{**c.payload["new"], **c.payload["values"]} for c in fresh]
        )
        done = dict(zip(map(id, fresh), created, strict=True))
        for change in todo:
            if result_id := change.payload["id"]:
                done[id(change)] = Result.browse(result_id)
                done[id(change)].write(change.payload["values"])
        results = Result.browse([result.id for result in done.values()])
        results.sudo().import_id = record
        return self._told(todo, [done[id(change)] for change in todo])
