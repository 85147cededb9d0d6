from collections import defaultdict

from odoo import api, fields, models

# more units than this are shown by the list, which can be searched
MOST_UNITS = 200
PAPER_COLOURS = {
    "missing": "text-bg-secondary",
    "provided": "text-bg-info",
    "conforming": "text-bg-success",
    "failed": "text-bg-danger",
}


class CadreReviewDossier(models.Model):
    """The register as a grid: person × kind, for the unit."""

    _inherit = "cadre.review.dossier"

    register_grid = fields.Html(compute="_compute_register_grid", sanitize=False)

    @api.depends("paper_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_register_grid(self):
        for dossier in self:
            dossier.register_grid = self.env["ir.qweb"]._render(
                "cadre_review.register_grid_of_unit", dossier._register_rows()
            )

    def _register_rows(self):
        """Columns are the kinds; the first row is the unit's, then its people.

        :return: ``{"kinds": records, "rows": [(name, {kind: paper})]}``
        """
        papers = self.paper_ids.filtered(lambda p: not p.rating_id.has_left)
        kinds = papers.kind_id.sorted(lambda k: (k.sequence, k.code))
        rows = []
        if general := papers.filtered(lambda p: not p.rating_id):
            rows.append((self.unit_name, {p.kind_id: p for p in general}))
        by_person = (papers - general).grouped("rating_id")
        people = self.env["cadre.review.rating"].union(*by_person)
        for rating in people._in_lawful_order():
            rows.append((rating.name, {p.kind_id: p for p in by_person[rating]}))
        states = papers._fields["state"]._description_selection(self.env)
        return {
            "kinds": kinds,
            "rows": rows,
            "states": dict(states),
            "colours": PAPER_COLOURS,
        }


class CadreReviewCampaign(models.Model):
    """The register as a grid: unit × kind, for the office."""

    _inherit = "cadre.review.campaign"

    register_grid = fields.Html(
        compute="_compute_register_grid",
        sanitize=False,
        groups="cadre_review.cadre_review_group_office,"
        "cadre_review.cadre_review_group_standing",
    )

    @api.depends("dossier_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_register_grid(self):
        for campaign in self:
            campaign.register_grid = self.env["ir.qweb"]._render(
                "cadre_review.register_grid_of_campaign", campaign._register_rows()
            )

    def _register_rows(self):
        """Counts by unit and kind, those with most lacking first.

        :return: ``{"kinds": records, "rows": [(dossier, lacking, {kind: counts})],
            "left_out": number}``; counts are ``{state: n}``
        """
        self.ensure_one()
        ours = [("campaign_id", "in", self.ids)]  # none while it is being made
        dossiers = self.env["cadre.review.dossier"].search(
            [*ours, ("state", "!=", "excluded")]
        )
        left = self.env["cadre.review.rating"].search([*ours, ("has_left", "=", True)])
        cells = defaultdict(lambda: defaultdict(dict))
        for dossier, kind, state, count in self._paper_counts(dossiers, left):
            cells[dossier][kind][state] = count
        kinds = self.env["cadre.review.paper.kind"].union(
            *(kind for row in cells.values() for kind in row)
        )
        rows = [
            (
                dossier,
                sum(
                    counts.get("missing", 0) + counts.get("failed", 0)
                    for counts in row.values()
                ),
                row,
            )
            for dossier, row in cells.items()
        ]
        rows.sort(key=lambda row: (-row[1], row[0].sequence, row[0].id))
        states = dict(
            self.env["cadre.review.dossier"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        return {
            "kinds": kinds.sorted(lambda k: (k.sequence, k.code)),
            "rows": rows[:MOST_UNITS],
            "left_out": max(len(rows) - MOST_UNITS, 0),
            "states": states,
            "cell": self._register_cell,
        }

    @api.model
    def _paper_counts(self, dossiers, left):
        """``[(dossier, kind, state, number)]`` of these dossiers' papers.

        :param left: ratings of those who left; named, because the database plans a
            condition on many ratings badly
        """
        return self.env["cadre.review.paper"]._read_group(
            [("dossier_id", "in", dossiers.ids), ("rating_id", "not in", left.ids)],
            ["dossier_id", "kind_id", "state"],
            ["__count"],
        )

    @api.model
    def _register_cell(self, counts):
        """A unit's papers of one kind: how many are there, of how many, and a colour.

        :param dict counts: ``{state: n}``
        """
        total = sum(counts.values())
        there = counts.get("provided", 0) + counts.get("conforming", 0)
        if counts.get("failed"):
            state = "failed"
        elif total == counts.get("conforming"):
            state = "conforming"
        elif total == there:
            state = "provided"
        else:
            state = "missing"
        return there, total, PAPER_COLOURS[state]
