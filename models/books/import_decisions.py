from odoo import Command, api, models

from ...rules.texts import _lt
from ...workbooks import plans
from ...workbooks.matching import Bodies, Candidate, Match
from ...workbooks.rows import COLLECTIVE
from ...workbooks.values import split_reference, text_of
from ...workbooks.words import plain


class CadreReviewImportDecisions(models.AbstractModel):
    """Decisions of an authority from a list: one document for each number and day.

    They are drafted with their lines and, if asked, issued by the office's own move;
    what another authority decided is a fact, recorded with its findings.
    """

    _name = "cadre.review.import.decisions"
    _description = "Import of Decisions"
    _inherit = ["cadre.review.import.mixin"]

    # ------------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------------

    @api.model
    def _plan(self, lines, options):
        campaign = options["campaign"]
        self.env["cadre.review.decision"].check_access("create")
        plan, seen = plans.Plan(extra={"documents": {}}), {}
        ratings = self.env["cadre.review.rating"].search(
            [("campaign_id", "=", campaign.id), ("has_left", "=", False)]
        )
        index = self._people(
            (
                *(r.id, r.name, r.cadre_id.code or "", r.birth_date or None),
                *(r.unit_id.id, r.title or ""),
            )
            for r in ratings
        )
        collectives = Bodies(
            Candidate(r.id, r.name, unit=r.unit_id.id)
            for r in ratings
            if not r.cadre_id
        )
        options = {
            **options,
            "has_codes": self._own_codes(lines),
            "collectives": collectives,
        }
        units = self._bodies("cadre.review.unit")
        authorities = self._bodies("cadre.review.authority")
        documents = self._documents(campaign)
        for line in lines:
            rating = self._subject(plan, line, ratings, index, units, options)
            if not rating or self._twice(plan, seen, rating.id, line):
                continue
            document = self._document(plan, line, rating, authorities, options)
            if document and line.get("level"):
                self._add_change(plan, line, rating, document, documents)
        return plan

    @api.model
    def _documents(self, campaign):
        """``{(authority, number, day): decision}`` of the campaign."""
        decisions = self.env["cadre.review.decision"].search(
            [("campaign_id", "=", campaign.id)], order="id desc"
        )
        decisions.line_ids.fetch(["rating_id", "level", "reason"])
        return {
            (d.authority_id.id, plain(d.number), d.date or None): d
            for d in reversed(decisions)
        }

    @api.model
    def _subject(self, plan, line, ratings, index, units, options):
        if not line.get("name"):
            return None
        unit_id = self._unit_hint(plan, line, units, options)
        match = self._find(line, index, unit_id, options["has_codes"])
        if line.part == COLLECTIVE and not match.key:
            likely = options["collectives"].likely(line.get("name"))
            match = Match(doubtful=likely) if likely else match
        if match.doubtful:
            # who answers has seen the unit
            key = self._ask(plan, line, match, options)
            return key and ratings.browse(key)
        if match.key is None:
            message = _lt("Nobody of this name is rated in %(campaign)s.")
            campaign = options["campaign"].name
            plan.bad.append(line.bad("name", message, campaign=campaign))
            return None
        rating = ratings.browse(match.key)
        if line.get("unit") and unit_id and rating.unit_id.id != unit_id:
            message = _lt("%(name)s is rated in %(unit)s, not in this unit.")
            unit = rating.dossier_id.unit_name
            plan.bad.append(line.bad("unit", message, name=rating.name, unit=unit))
            return None
        return rating

    @api.model
    def _document(self, plan, line, rating, authorities, options):
        """``(authority, number, day, signer)`` of the line, or None."""
        number, day = split_reference(line.get("number"))
        number = number or options.get("number") or ""
        day = line.get("date") or day or options.get("date") or None
        authority_id = self._body(plan, line, "authority", authorities)
        if line.get("authority") and not authority_id:
            return None
        authority_id = (
            authority_id or options.get("authority_id") or rating.authority_id.id
        )
        if not authority_id:
            plan.bad.append(
                line.bad("authority", _lt("It is not known who decides this rating."))
            )
            return None
        signer = line.get("signer") or options.get("signer") or ""
        return authority_id, number, day, signer

    @api.model
    def _add_change(self, plan, line, rating, document, documents):
        authority_id, number, day, signer = document
        level, reason = line.get("level"), line.get("reason") or ""
        decision = documents.get((authority_id, plain(number), day))
        lines = decision.line_ids if decision else ()
        known = next((row for row in lines if row.rating_id == rating), None)
        labels = {label.level: label.name for label in rating.regulation_id.label_ids}
        if (
            labels
            and level not in labels
            and level not in (*("unrated", "pending", "elsewhere"),)
        ):
            message = _lt(
                "This level does not exist under the regulation of the person."
            )
            plan.bad.append(line.bad("level", message))
            return
        differs = not known or known.level != level
        differs = differs or bool(reason) and known.reason != reason
        if differs and decision and decision.state != "draft":
            plan.bad.append(
                line.bad(
                    "level",
                    _lt(
                        "%(decision)s has been issued and is never edited. Give the "
                        "number of the document that supersedes it."
                    ),
                    decision=decision.display_name,
                )
            )
            return
        effect = plans.KEEP
        if differs:
            effect = plans.CHANGE if known else plans.CREATE
        old = known.level if known else rating.level
        plan.changes.append(
            plans.Change(
                line.place,
                effect,
                rating.display_name,
                [
                    ("level", labels.get(old, old or ""), labels.get(level, level)),
                    ("number", "", f"{number} {text_of(day)}".strip()),
                ],
                {
                    "rating": rating,
                    "decision": decision,
                    "known": known,
                    "key": (authority_id, number, day),
                    "signer": signer,
                    "values": {
                        "level": level,
                        **({"reason": reason} if reason else {}),
                    },
                },
            )
        )

    # ------------------------------------------------------------------
    # CARRYING OUT
    # ------------------------------------------------------------------

    @api.model
    def _carry_out(self, plan, record, options):
        todo = [c for c in plan.changes if c.effect != plans.KEEP]
        fresh, existing = {}, self.env["cadre.review.decision"]
        for change in todo:
            payload = change.payload
            if payload["decision"]:
                existing |= payload["decision"]
                self._write_line(payload)
            else:
                fresh.setdefault(payload["key"], []).append(payload)
        source = {
            "source": "excel",
            "source_place": options.get("source_place") or False,
            "import_id": record.id,
        }
        decisions = self._create_documents(fresh, options["campaign"], source)
        touched = decisions | existing
        if options.get("confirm") and touched:
            touched._move("issue", options.get("reason"))
        of_rating = {line.rating_id: line.decision_id for line in touched.line_ids}
        return self._told(todo, [of_rating[c.payload["rating"]] for c in todo])

    @api.model
    def _write_line(self, payload):
        if payload["known"]:
            payload["known"].write(payload["values"])
        else:
            payload["decision"].write({"line_ids": [self._line(payload)]})

    @api.model
    def _line(self, payload):
        rating = payload["rating"]
        return Command.create(
            {
                "rating_id": rating.id,
                "superseded_line_id": rating.decision_line_id.id,
                **payload["values"],
            }
        )

    @api.model
    def _create_documents(self, fresh, campaign, source):
        authorities = self.env["cadre.review.authority"]
        import_id = source.pop("import_id")
        decisions = self.env["cadre.review.decision"].create(
            [
                {
                    "campaign_id": campaign.id,
                    "authority_id": authority_id,
                    "kind": "conclusion"
                    if authorities.browse(authority_id).is_own
                    else "decision",
                    "number": number or False,
                    "date": day,
                    "signer": next(filter(None, (p["signer"] for p in lines)), False),
                    "line_ids": [self._line(payload) for payload in lines],
                    **source,
                }
                for (authority_id, number, day), lines in fresh.items()
            ]
        )
        self._attach_copies(
            decisions, self.env["cadre.review.import"].browse(import_id)
        )
        return decisions

    @api.model
    def _attach_copies(self, decisions, record):
        """The file hangs on each decision: it is the source of its lines."""
        file = record.sudo().attachment_ids
        for decision in decisions:
            decision.attachment_ids = self.env["ir.attachment"].create(
                {
                    "name": file.name,
                    "raw": file.raw,
                    "res_model": decision._name,
                    "res_id": decision.id,
                }
            )


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    def action_import_decisions(self):
        """Take decisions of an authority over for this campaign."""
        self.ensure_one()
        self.check_access("read")
        self.env["cadre.review.decision"].check_access("create")
        return self.env["cadre.review.importing"]._open(
            "decisions", campaign_id=self.id
        )
