from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError

from ...rules.dossiers import WITH_OFFICE
from ...rules.levels import LEVELS
from ..base.move_mixin import RUNNING
from ..dossier.rating import DECIDING

# of a paper, in the order in which a cell counts them; "requested" are those that a
# request for completion names and that have not come again
CELL = ("missing", "provided", "conforming", "failed", "requested")
# of a dossier, fetched with the search: further reads would come one by one
READ = [
    *("campaign_id", "unit_name", "state", "round", "date_due", "date_submitted"),
    *("permitted_until", "first_days_late", "date_paper", "incoming_number"),
    *("date_received", "sets_received", "checker_id", "company_id", "unit_id"),
]


class CadreReviewBoard(models.AbstractModel):
    """The board of a campaign: one line for each unit, as plain values.

    - the office reads it, and the authority as far as dossiers were handed in; each
      with their own rights.
    """

    _name = "cadre.review.board"
    _description = "Board of a Campaign"

    @api.model
    def action_read(self, campaign_id=False):
        """Where every unit of a campaign stands.

        :param int campaign_id: empty: the one that is running
        :return: ``campaigns``: ``{id, name, state, label}``, those to choose from;
            ``campaign``: one of these with ``progress``, or False; ``kinds``: ``{id,
            code, name, short}``, the columns; ``units``: lines as :meth:`_unit` gives
            them; ``only_handed_in``: whether the others are withheld
        :raise AccessError: the user is neither of the office nor of the authority, or
            may not read this campaign
        """
        self._check_reader()
        campaigns = self.env["cadre.review.campaign"].search(
            [("state", "!=", "cancelled")]
        )
        campaign = self._chosen(campaigns, campaign_id)
        board = {
            "campaigns": [self._campaign(one) for one in campaigns],
            "campaign": False,
            "kinds": [],
            "units": [],
            "only_handed_in": not self.env.user.has_group(
                "cadre_review.cadre_review_group_office"
            ),
        }
        if not campaign:
            return board
        dossiers = self.env["cadre.review.dossier"].search_fetch(
            [("campaign_id", "=", campaign.id), ("state", "!=", "excluded")], READ
        )
        left = self.env["cadre.review.rating"].search(
            [("campaign_id", "=", campaign.id), ("has_left", "=", True)]
        )
        cells = self._cells(dossiers, left)
        papers = self._papers_of_units(cells)
        states = dict(dossiers._fields["state"]._description_selection(self.env))
        debts = self._debts(campaign)
        receipts = self._receipts(dossiers, left)
        today = campaign._today()
        units = [
            self._unit(
                dossier,
                states,
                today,
                papers=papers[dossier.id],
                receipts=receipts[dossier.id],
                owed=debts.get(dossier.id, ("", False)),
            )
            for dossier in dossiers
        ]
        kinds = self.env["cadre.review.paper.kind"].browse({key[1] for key in cells})
        return {
            **board,
            "campaign": {
                **self._campaign(campaign),
                "sets": campaign.sets,
                "progress": self._progress(campaign, units),
            },
            "kinds": [
                {"id": k.id, "code": k.code, "name": k.name, "short": k.short_name}
                for k in kinds.sorted(lambda k: (k.sequence, k.code))
            ],
            "units": units,
        }

    @api.model
    def action_read_levels(self, campaign_id):
        """Levels given so far beside the caps, as the caps board counts them.

        :return: lines ``{id, name, scope, is_capped, counts, without, allowed, share,
            base, verdict, label}``; ``counts`` are ``[(label of the level, number)]``
        :raise AccessError: the user may not read levels, or this campaign
        """
        self._check_reader()
        campaign = self.env["cadre.review.campaign"].browse(campaign_id)
        campaign.check_access("read")
        lines = self.env["cadre.review.cap"].search([("campaign_id", "=", campaign.id)])
        levels = dict(
            self.env["cadre.review.rating"]
            ._fields["notified_level"]
            ._description_selection(self.env)
        )
        verdicts = dict(lines._fields["verdict"]._description_selection(self.env))
        return [
            {
                "id": line.id,
                "name": line.display_name,
                "scope": line.scope,
                "is_capped": line.is_capped,
                "counts": [(levels[level], line[f"{level}_count"]) for level in LEVELS],
                "without": line.without_count,
                "allowed": line.allowed_text or "",
                "share": line.share_text or "",
                "base": line.base_text or "",
                "verdict": line.verdict,
                "label": verdicts[line.verdict],
            }
            for line in lines
            if line.scope == "authority" or line.is_capped
        ]

    # ------------------------------------------------------------------
    # WHO READS WHAT
    # ------------------------------------------------------------------

    def _check_reader(self):
        if not self.env.user.has_groups(DECIDING):
            raise AccessError(
                self.env._("The board is for the office and for the authority.")
            )

    @api.model
    def _chosen(self, campaigns, campaign_id):
        """The campaign asked for, else the latest that runs, else the latest."""
        if campaign_id:
            asked = campaigns.browse(campaign_id)
            asked.check_access("read")
            return asked
        running = campaigns.filtered(lambda campaign: campaign.state in RUNNING)
        return (running or campaigns)[:1]

    # ------------------------------------------------------------------
    # GROUPED
    # ------------------------------------------------------------------

    @api.model
    def _cells(self, dossiers, left):
        """``{(dossier id, kind id): [numbers in the order of CELL]}``"""
        cells = defaultdict(lambda: [0] * len(CELL))
        for dossier, kind, state, count in self.env[
            "cadre.review.campaign"
        ]._paper_counts(dossiers, left):
            cells[dossier.id, kind.id][CELL.index(state)] = count
        issued = self.env["cadre.review.request"].search(
            [("dossier_id", "in", dossiers.ids), ("state", "=", "issued")]
        )
        for paper in issued.line_ids.paper_id:
            if paper.state in ("missing", "failed") and paper.rating_id not in left:
                cell = cells[paper.dossier_id.id, paper.kind_id.id]
                cell[CELL.index("requested")] += 1
        return cells

    @api.model
    def _papers_of_units(self, cells):
        """``{dossier id: {kind id: cell}}``; keys are texts, as JSON has them."""
        papers = defaultdict(dict)
        for (dossier_id, kind_id), cell in cells.items():
            papers[dossier_id][str(kind_id)] = cell
        return papers

    @api.model
    def _receipts(self, dossiers, left):
        """``{dossier id: [confirmed, due]}`` of asset declarations and CVs."""
        receipts = defaultdict(lambda: [0, 0])
        for dossier, state, count in self.env["cadre.review.receipt"]._read_group(
            [
                ("dossier_id", "in", dossiers.ids),
                ("state", "!=", "waived"),
                ("rating_id", "not in", left.ids),
            ],
            ["dossier_id", "state"],
            ["__count"],
        ):
            receipts[dossier.id][1] += count
            if state == "confirmed":
                receipts[dossier.id][0] += count
        return receipts

    @api.model
    def _debts(self, campaign):
        """``{dossier id: (hard copies owed, whether their day is past)}``"""
        owing = self.env["cadre.review.delivery"].search(
            [
                ("campaign_id", "=", campaign.id),
                ("state", "=", "valid"),
                "|",
                ("owed_sets", ">", 0),
                ("owed_paper_ids", "!=", False),
            ]
        )
        return {
            dossier.id: (dossier.owed_text or "", dossier.is_owed_overdue)
            for dossier in owing.dossier_id
        }

    # ------------------------------------------------------------------
    # VALUES
    # ------------------------------------------------------------------

    @api.model
    def _campaign(self, campaign):
        return {
            "id": campaign.id,
            "name": campaign.name,
            "state": campaign.state,
            "label": campaign._state_label(),
        }

    @api.model
    def _unit(self, dossier, states, today, papers, receipts, owed):
        """One line.

        :return: ``{id, name, state, label, round, due, days_left, days_late,
            timeliness, submitted, checker, papers, lacking, is_requested, is_begun,
            receipts, sets, owed, is_owed_overdue, is_late, was_late}``; days are ISO or
            False, ``days_left`` False where no day is set, ``papers`` as
            :meth:`_papers_of_units`, ``receipts`` ``[confirmed, due]``
        """
        due = dossier._due_day()
        sums = [sum(column) for column in zip(*papers.values(), strict=True)]
        missing, provided, conforming, failed, requested = sums or [0] * len(CELL)
        return {
            "id": dossier.id,
            "name": dossier.unit_name,
            "state": dossier.state,
            "label": states[dossier.state],
            "round": dossier.round,
            "due": due.isoformat() if due else False,
            "days_left": (due - today).days if due else False,
            "days_late": dossier.days_late,
            "timeliness": dossier.timeliness,
            "submitted": dossier.date_submitted and dossier.date_submitted.isoformat(),
            "checker": dossier.checker_id.name or "",
            "papers": papers,
            "lacking": missing + failed,
            "is_requested": bool(requested) or dossier.state == "returned",
            "is_begun": dossier.state != "preparing"
            or dossier.round > 1
            or provided + conforming + failed > 0,
            "receipts": receipts,
            "sets": dossier.sets_received,
            "owed": owed[0],
            "is_owed_overdue": owed[1],
            "is_late": bool(
                dossier.days_late
                and not (dossier.date_submitted or dossier._kept_by_paper())
            ),
            "was_late": bool(dossier.days_late or dossier.first_days_late),
        }

    @api.model
    def _progress(self, campaign, units):
        """``{units, handed_in, accepted, late, papers_there, papers, on_time_rate}``;
        the rate is False while no unit's day has come."""
        cells = [cell for unit in units for cell in unit["papers"].values()]
        rate = campaign.on_time_rate
        return {
            "units": len(units),
            "handed_in": sum(unit["state"] in WITH_OFFICE for unit in units),
            "accepted": sum(unit["state"] == "accepted" for unit in units),
            "late": sum(unit["is_late"] for unit in units),
            "papers_there": sum(cell[1] + cell[2] for cell in cells),
            "papers": sum(sum(cell[:4]) for cell in cells),
            # 0 % says that all were late, never that nothing is known
            "on_time_rate": rate
            if rate or any(unit["was_late"] for unit in units)
            else False,
        }
