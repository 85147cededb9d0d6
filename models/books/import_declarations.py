from odoo import api, models
from odoo.exceptions import UserError

from ...rules.texts import _lt
from ...workbooks import plans
from ...workbooks.matching import Candidate, Index, Match
from ...workbooks.problems import Problem
from ...workbooks.values import text_of
from ..base.move_mixin import RUNNING

VALUES = ("date", "receiver", "reference", "clerk")


class CadreReviewImportDeclarations(models.AbstractModel):
    """The list of the organ that takes asset declarations and CV supplements in.

    Who stands on it with a day has handed in, and the receipt is confirmed by the
    office's own move. Such a list names people of many places: those of whom nothing
    is awaited here are left out and named, never refused.
    """

    _name = "cadre.review.import.declarations"
    _description = "Import of the Receiving Organ's List"
    _inherit = ["cadre.review.import.mixin"]

    # ------------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------------

    @api.model
    def _plan(self, lines, options):
        plan, seen = plans.Plan(), {}
        receipts = self.env["cadre.review.receipt"].search(
            [("campaign_id", "=", options["campaign"].id), ("state", "!=", "waived")]
        )
        receipts.rating_id.fetch(["name", "birth_date", "unit_id"])
        of_person = {(r.rating_id.id, r.kind): r for r in receipts}
        people = {
            rating.id: Candidate(
                *(rating.id, rating.name, rating.cadre_id.code or ""),
                *(rating.birth_date or None, rating.unit_id.id, rating.title or ""),
            )
            for rating in receipts.rating_id
        }
        index = Index(people.values())
        units = self._bodies("cadre.review.unit")
        options = {**options, "has_codes": self._own_codes(lines)}
        others, without = [], []
        for line in lines:
            if not line.get("name"):
                continue
            if not line.get("date"):
                # on the list, but nothing handed in yet
                if not line.texts.get("date"):
                    without.append(line.get("name"))
                continue
            kind = line.get("kind") or options["declared"]
            rating_id = self._subject(plan, line, people, index, units, options)
            receipt = of_person.get((rating_id, kind))
            if line.get("date") > options["campaign"]._today():
                plan.bad.append(line.bad("date", _lt("The day is still to come.")))
            elif rating_id and receipt:
                if not self._twice(plan, seen, receipt.id, line):
                    self._add_change(plan, line, receipt, options)
            elif rating_id is not None:
                others.append(line.get("name"))
        for names, message in (
            (others, _lt("Not awaited in this campaign, and left out: %(names)s.")),
            (without, _lt("On the list without a day, and left out: %(names)s.")),
        ):
            if names:
                named = {"names": ", ".join(dict.fromkeys(names))}
                plan.notices.append(Problem(message, named))
        return plan

    @api.model
    def _subject(self, plan, line, people, index, units, options):
        """Id of the rating of the person; False for nobody of ours, None when it is
        asked."""
        place = line.get("unit")
        unit_id = self._unit_hint(plans.Plan(), line, units, options)
        match = self._find(line, index, unit_id, options["has_codes"])
        found = people.get(match.key)
        birth = line.get("birth_date")
        if found and place and unit_id != found.unit and birth != found.birth_date:
            # somebody of this name, but perhaps of another place
            match = Match(doubtful=[found])
        if match.doubtful:
            answer = self._ask(plan, line, match, options, True)
            return False if answer == "new" else answer
        return match.key or False

    @api.model
    def _add_change(self, plan, line, receipt, options):
        wanted = {code: line.get(code) for code in VALUES}
        wanted["receiver"] = wanted["receiver"] or options["receiver"]
        known = {code: receipt[code] for code in VALUES}
        differing = plans.differing(wanted, known)
        is_confirmed = receipt.state == "confirmed"
        if is_confirmed and differing:
            code = next(iter(differing))
            plan.bad.append(
                line.bad(
                    code,
                    _lt(
                        "%(receipt)s is confirmed with “%(value)s”. Correct the cell, "
                        "or reset the receipt with a reason first."
                    ),
                    receipt=receipt.display_name,
                    value=text_of(known[code] or "–"),
                )
            )
            return
        plan.changes.append(
            plans.Change(
                line.place,
                plans.KEEP if is_confirmed else plans.CHANGE,
                receipt.display_name,
                [
                    (code, text_of(known[code] or ""), text_of(value))
                    for code, value in differing.items()
                ],
                {"receipt": receipt, "values": differing},
            )
        )

    # ------------------------------------------------------------------
    # CARRYING OUT
    # ------------------------------------------------------------------

    @api.model
    def _carry_out(self, plan, record, options):
        todo = [change for change in plan.changes if change.effect != plans.KEEP]
        receipts = [change.payload["receipt"] for change in todo]
        self.env["cadre.review.receipt"]._confirm_from_list(
            {c.payload["receipt"]: c.payload["values"] for c in todo}
        )
        return self._told(todo, receipts)


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    def action_import_receipts(self):
        """The list of the receiving organ, as a workbook."""
        self.ensure_one()
        self._check_takes_receipts()
        return self.env["cadre.review.importing"]._open(
            "declarations", campaign_id=self.id
        )

    def _check_takes_receipts(self):
        """Refuse unless the user is of the office and the campaign runs."""
        self._check_office()
        if self.state not in RUNNING:
            raise UserError(
                self.env._(
                    "%(campaign)s: lists are imported while the campaign runs.",
                    campaign=self.name,
                )
            )
