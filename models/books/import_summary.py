from zoneinfo import ZoneInfo

from odoo import Command, api, models
from odoo.exceptions import UserError

from ...rules.texts import _lt
from ...workbooks import plans
from ...workbooks.kinds import BALLOTS, STAGES
from ...workbooks.matching import Bodies, Candidate
from ...workbooks.rows import COLLECTIVE
from ...workbooks.values import text_of
from ...workbooks.words import plain

# column of a list -> stage of opinion
_STAGES = {"self": "self", "party": "party", "unit_level": "unit"}


class CadreReviewImportSummary(models.AbstractModel):
    """A unit's filled-in summary, or the result of its conference alone.

    Everything goes through the moves of the dossier, as when it is keyed from paper.
    What was confirmed or adopted is opened again first, by the office, with the file
    as the reason.
    """

    _name = "cadre.review.import.summary"
    _description = "Import of a Summary"
    _inherit = ["cadre.review.import.mixin"]

    # ------------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------------

    @api.model
    def _plan(self, lines, options):
        dossier = options["dossier"]
        self._check_open(dossier)
        plan, seen = plans.Plan(extra={"subjects": {}, "meeting": {}}), {}
        known = self._known(dossier)
        people = self._people_of(known["ratings"])
        options = {**options, "has_codes": self._own_codes(lines)}
        for line in lines:
            if not line.get("name") or self._is_foreign(plan, line, dossier):
                continue
            rating = self._subject(plan, line, dossier, known, people, options)
            if not rating or self._twice(plan, seen, rating.id, line):
                continue
            levels = self._levels(plan, line, rating, known)
            tally = self._tally(plan, line, rating, dossier, known)
            self._add_change(plan, line, rating, levels, tally, known)
        self._plan_meeting(plan, dossier, known, options)
        return plan

    @api.model
    def _check_open(self, dossier):
        """Nothing of a dossier that was handed in is changed by a file."""
        dossier.check_access("write")
        if not dossier.is_open_to_unit or not dossier.can_prepare:
            raise UserError(
                self.env._(
                    "%(unit)s: the dossier is “%(state)s”; a file changes nothing in "
                    "it. Unlock it, or ask for completion.",
                    unit=dossier.unit_name,
                    state=dossier._state_label(),
                )
            )

    @api.model
    def _known(self, dossier):
        """What there is, as the user may read it; and what there is beside that."""
        Opinion = self.env["cadre.review.opinion"]
        ratings = dossier._subjects()
        domain = [("rating_id", "in", ratings.ids), ("stage", "in", STAGES)]
        opinions = {(o.rating_id.id, o.stage): o for o in Opinion.search(domain)}
        every = Opinion.sudo().search_fetch(domain, ["rating_id", "stage"])
        conference = dossier.conference_ids
        return {
            "ratings": ratings,
            "labels": {
                r: set(r.label_ids.mapped("level")) for r in ratings.regulation_id
            },
            "opinions": opinions,
            "hidden": {(o.rating_id.id, o.stage) for o in every} - set(opinions),
            "writable": {
                stage: Opinion._writable_ratings(ratings, stage) for stage in STAGES
            },
            "conference": conference,
            "conference_hidden": not conference and dossier.sudo().conference_ids,
            "tallies": self._conference_results(conference),
        }

    @api.model
    def _conference_results(self, conference):
        """``{rating_id: {BALLOTS and concluded_level}}``: the one place where an
        import reads what a conference concluded."""
        return {
            subject.rating_id.id: {
                **{name: subject[name] for name in BALLOTS},
                "concluded_level": subject.concluded_level,
            }
            for subject in conference.subject_ids
        }

    @api.model
    def _people_of(self, ratings):
        return self._people(
            (
                *(r.id, r.name, r.sudo().cadre_id.code or "", r.birth_date or None),
                *(None, r.title or ""),
            )
            for r in ratings
            if r.cadre_id
        )

    @api.model
    def _is_foreign(self, plan, line, dossier):
        """Whether the row is of another unit than the dossier's."""
        unit, text = dossier.unit_id, line.get("unit")
        ours = Bodies(
            Candidate(unit.id, name, unit.code)
            for name in (unit.name, dossier.unit_name)
        )
        if not text or ours.body(text) or ours.likely(text):
            return False
        plan.bad.append(
            line.bad(
                "unit",
                _lt("A row of another unit: this file is for %(unit)s."),
                unit=dossier.unit_name,
            )
        )
        return True

    @api.model
    def _subject(self, plan, line, dossier, known, people, options):
        ratings = known["ratings"]
        collective = ratings.filtered(lambda r: not r.cadre_id)
        names = {plain(dossier.unit_name), plain(dossier.unit_id.name)}
        if plain(line.get("name")) in names:
            return collective
        if line.part == COLLECTIVE:
            unit = Bodies([Candidate(collective.id, dossier.unit_name)])
            if unit.likely(line.get("name")):
                return collective
            plan.bad.append(
                line.bad(
                    "name",
                    _lt("Not the collective of this dossier, which is %(unit)s."),
                    unit=dossier.unit_name,
                )
            )
            return None
        match = self._find(line, people, None, options["has_codes"])
        if match.doubtful:
            key = self._ask(plan, line, match, options)
            return key and ratings.browse(key)
        if match.key is None:
            plan.bad.append(
                line.bad(
                    "name",
                    _lt(
                        "Nobody of this name is rated in the dossier of %(unit)s. "
                        "Correct the name, or delete the row."
                    ),
                    unit=dossier.unit_name,
                )
            )
            return None
        return ratings.browse(match.key)

    @api.model
    def _levels(self, plan, line, rating, known):
        """``{stage: level}`` that differ from what there is."""
        levels = {}
        for code, stage in _STAGES.items():
            level = line.get(code)
            if not level or not self._check_level(
                plan, line, code, level, rating, known
            ):
                continue
            opinion = known["opinions"].get((rating.id, stage))
            if opinion and opinion.proposed_level == level:
                continue
            if problem := self._why_not(rating, stage, opinion, known):
                plan.bad.append(line.bad(code, problem))
            else:
                levels[stage] = level
        return levels

    @api.model
    def _check_level(self, plan, line, code, level, rating, known):
        labels = known["labels"][rating.regulation_id]
        if level in ("unrated", "pending", "elsewhere") or (
            labels and level not in labels
        ):
            plan.bad.append(
                line.bad(code, _lt("This level is not one a stage can propose here."))
            )
            return False
        return True

    @api.model
    def _why_not(self, rating, stage, opinion, known):
        """Why this user may not enter this stage, or nothing."""
        if (rating.id, stage) in known["hidden"]:
            return _lt(
                "Its author has entered this on line; it can be read from the hand-in "
                "on."
            )
        if not rating.cadre_id and stage != "unit":
            return _lt("A collective has no level of this stage.")
        if rating not in known["writable"][stage]:
            return _lt("This stage is not yours to enter. Empty the cell.")
        if opinion and opinion.state != "draft" and not opinion._may("reopen"):
            return _lt("It has been confirmed. Ask the office to open it again.")
        return ""

    @api.model
    def _tally(self, plan, line, rating, dossier, known):
        """Values of the subject's tally that differ from what there is."""
        wanted = {name: line.get(name) for name in BALLOTS}
        wanted["concluded_level"] = line.get("concluded")
        before = known["tallies"].get(rating.id, {})
        # a nought says nothing where nothing has been counted
        tally = {
            name: value
            for name, value in wanted.items()
            if value is not None and value != (before.get(name) or (value and None))
        }
        if "present" in line.values:
            self._see_present(plan, line, known)
        if not tally:
            return {}
        first = next(c for c in (*BALLOTS, "concluded") if c in line.values)
        conference = known["conference"]
        problem = ""
        if known["conference_hidden"]:
            problem = _lt("The unit records its conference on line.")
        elif conference and rating.id not in known["tallies"]:
            problem = _lt("The conference has no such subject on its agenda.")
        elif (
            conference
            and conference.state != "draft"
            and not conference._may(conference._move_back())
        ):
            problem = _lt("The conference was held. Ask the office to open it again.")
        elif tally.get("concluded_level") and not self._check_level(
            plan, line, "concluded", tally["concluded_level"], rating, known
        ):
            return {}
        if problem:
            plan.bad.append(line.bad(first, problem))
            return {}
        return tally

    @api.model
    def _see_present(self, plan, line, known):
        """Who was present is one number for the whole conference."""
        number, meeting = line.get("present"), plan.extra["meeting"]
        if meeting.setdefault("present", number) != number:
            plan.bad.append(
                line.bad(
                    "present",
                    _lt(
                        "Other rows say %(number)s were present. It is one conference."
                    ),
                    number=meeting["present"],
                )
            )

    @api.model
    def _add_change(self, plan, line, rating, levels, tally, known):
        before = known["tallies"].get(rating.id, {})
        codes = {stage: code for code, stage in _STAGES.items()}
        details = []
        for stage, level in levels.items():
            opinion = known["opinions"].get((rating.id, stage))
            old = opinion.proposed_level if opinion else ""
            details.append((codes[stage], self._level(rating, old), level))
        for name, value in tally.items():
            code = "concluded" if name == "concluded_level" else name
            old = before.get(name)
            old = self._level(rating, old) if code == "concluded" else text_of(old)
            details.append((code, old if before.get(name) else "", value))
        details = [
            (code, old, self._level(rating, new) if isinstance(new, str) else str(new))
            for code, old, new in details
        ]
        exists = bool(
            tally
            and known["conference"]
            or levels
            and known["opinions"].keys() & {(rating.id, stage) for stage in levels}
        )
        effect = plans.CHANGE if exists else plans.CREATE
        plan.changes.append(
            plans.Change(
                line.place,
                effect if levels or tally else plans.KEEP,
                rating.display_name,
                details,
                {"rating_id": rating.id, "levels": levels, "tally": tally},
            )
        )

    @api.model
    def _level(self, rating, level):
        labels = {label.level: label.name for label in rating.regulation_id.label_ids}
        return labels.get(level, level or "")

    @api.model
    def _plan_meeting(self, plan, dossier, known, options):
        """What the second sheet says of the conference, where it differs."""
        zone = ZoneInfo(dossier.campaign_id.tz)
        wanted = {**plan.extra["meeting"], **(options.get("meeting") or {})}
        for name in ("date_start", "date_end"):
            if moment := wanted.get(name):
                moment = moment.replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))
                wanted[name] = moment.replace(tzinfo=None)
        conference = known["conference"]
        before = {name: conference[name] for name in wanted} if conference else {}
        meeting = plans.differing(wanted, before)
        plan.extra["meeting"] = meeting
        if not meeting or known["conference_hidden"]:
            plan.extra["meeting"] = {}
            return
        plan.changes.append(
            plans.Change(
                None,
                plans.CHANGE if conference else plans.CREATE,
                self.env._("Conference of %(unit)s", unit=dossier.unit_name),
                [
                    (name, text_of(before.get(name) or None), text_of(value))
                    for name, value in meeting.items()
                ],
                {"rating_id": False, "levels": {}, "tally": {}},
            )
        )

    # ------------------------------------------------------------------
    # CARRYING OUT
    # ------------------------------------------------------------------

    @api.model
    def _carry_out(self, plan, record, options):
        dossier, meeting = options["dossier"], plan.extra["meeting"]
        todo = [c for c in plan.changes if c.effect != plans.KEEP]
        if not todo:
            return []
        with_conference = bool(meeting or any(c.payload["tally"] for c in todo))
        reason = self.env._("Taken over from the file %(file)s", file=record.name)
        self._reopen(dossier, todo, with_conference, reason)
        ratings = self.env["cadre.review.rating"]
        subjects = [
            {
                "rating": ratings.browse(c.payload["rating_id"]),
                "conference": c.payload["tally"],
                "levels": c.payload["levels"],
            }
            for c in todo
            if c.payload["rating_id"]
        ]
        source = {
            "source": "excel",
            "source_place": options.get("source_place") or False,
            "attachment_ids": [Command.link(file.id) for file in record.attachment_ids],
        }
        meeting = meeting if with_conference else None
        if options.get("confirm"):
            papers = self.env["cadre.review.paper"]
            dossier._key_from_paper(source, meeting, subjects, papers)
        else:
            dossier._key_opinions(source, subjects)
            if with_conference:
                dossier._key_conference(source, meeting, subjects)
        conference = dossier.conference_ids
        records = [
            ratings.browse(rating_id)
            if (rating_id := c.payload["rating_id"])
            else conference
            for c in todo
        ]
        return self._told(todo, records)

    @api.model
    def _reopen(self, dossier, todo, with_conference, reason):
        """Open again what was confirmed and the file changes."""
        conference = dossier.conference_ids
        if with_conference and conference.state in ("held", "adopted"):
            conference._move(conference._move_back(), reason)
        keys = {
            (change.payload["rating_id"], stage)
            for change in todo
            for stage in change.payload["levels"]
        }
        opinions = self.env["cadre.review.opinion"].search(
            [("dossier_id", "=", dossier.id), ("state", "=", "confirmed")]
        )
        opinions = opinions.filtered(lambda o: (o.rating_id.id, o.stage) in keys)
        if opinions:
            opinions._move("reopen", reason)


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    def action_import_summary(self):
        """Take a filled-in summary or a conference result over for this unit."""
        self.ensure_one()
        self.check_access("write")
        return self.env["cadre.review.importing"]._open("summary", dossier_id=self.id)
