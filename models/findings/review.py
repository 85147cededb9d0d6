from odoo import models

from ...rules import review
from ...rules.findings import by_severity


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    def action_show_findings(self):
        """Rà soát: what the rules find about these dossiers."""
        self.check_access("read")
        units = self.env["cadre.review.rule.values"]._units(self)
        calendar = self.env["cadre.review.holiday"]._calendar()
        found = [f for unit in units.values() for f in review.unit(unit, calendar)]
        return self.env["cadre.review.finding"]._show(
            by_severity(found),
            self.env._(
                "Findings: %(units)s", units=", ".join(self.mapped("unit_name"))
            ),
            self.campaign_id[:1],
            units.values(),
        )

    def _rule_findings(self, rules):
        """The findings of these rules on these dossiers, for a move."""
        calendar = self.env["cadre.review.holiday"]._calendar()
        return [
            finding
            for unit in self._units_in_full()
            for finding in review.unit(unit, calendar)
            if finding.rule in rules
        ]

    def _hand_in_findings(self):
        calendar = self.env["cadre.review.holiday"]._calendar()
        return [
            finding
            for unit in self._units_in_full()
            for finding in review.at_hand_in(unit, calendar)
        ]

    def _units_in_full(self):
        """As the superuser reads them: a move is checked against everything."""
        return self.env["cadre.review.rule.values"]._units(self.sudo()).values()


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    def action_show_findings(self):
        """Rà soát: what the rules find about these ratings."""
        self.check_access("read")
        units = self.env["cadre.review.rule.values"]._units(self.dossier_id)
        calendar = self.env["cadre.review.holiday"]._calendar()
        found = [
            finding
            for unit in units.values()
            for finding in review.unit(unit, calendar)
            if finding.ref and finding.ref[0] == "rating" and finding.ref[1] in self.ids
        ]
        return self.env["cadre.review.finding"]._show(
            by_severity(found),
            self.env._("Findings: %(names)s", names=", ".join(self.mapped("name"))),
            self.campaign_id[:1],
            units.values(),
        )

    def _level_findings(self, levels, deciding):
        """What the rules say of giving these levels to these ratings.

        :param dict levels: ``{rating_id: outcome}``
        :param deciding: ids of the ratings that our own authority or office settles;
            only there may a finding refuse
        """
        units = self.env["cadre.review.rule.values"]._units(
            self.sudo().dossier_id, levels
        )
        return [
            finding
            for unit in units.values()
            for finding in review.levels(unit, frozenset(self.ids), deciding)
        ]

    def _has_no_level(self):
        """Those of these people to whom the law gives no level for the year (A1)."""
        people = self.filtered("cadre_id")
        typed = [("cadre_id", "in", people.cadre_id.ids), ("kind", "=", "months")]
        if not self.env["cadre.review.fact"].sudo().search_count(typed, limit=1):
            return people.browse()
        units = self.env["cadre.review.rule.values"]._units(people.sudo().dossier_id)
        without = review.without_level(units.values())
        return people.filtered(lambda rating: rating.id in without)


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    def action_show_findings(self):
        """Rà soát: everything the rules find about the campaign, in one pass."""
        self.ensure_one()
        self.check_access("read")
        self.env["cadre.review.cap"].check_access("read")  # office and authority
        whole = self._as_values()
        return self.env["cadre.review.finding"]._show(
            review.campaign(whole),
            self.env._("Findings: %(campaign)s", campaign=self.name),
            self,
            whole.units,
        )

    def _as_values(self):
        """The whole campaign as the rules see it.

        :rtype: rules.review.Campaign
        """
        self.ensure_one()
        dossiers = self.env["cadre.review.dossier"].search(
            [("campaign_id", "=", self.id), ("state", "!=", "excluded")]
        )
        units = tuple(self.env["cadre.review.rule.values"]._units(dossiers).values())
        return review.Campaign(
            name=self.name,
            units=units,
            groups=self.env["cadre.review.cap"]._groups(self, units),
            deadlines=self._deadlines_as_values(),
            law=units[0].law if units else self._law(),
            calendar=self.env["cadre.review.holiday"]._calendar(),
        )
