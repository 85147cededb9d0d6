from collections import defaultdict

from odoo import api, fields, models

from ...rules import review
from ...rules.findings import Severity, by_severity
from ...rules.stages import BY_CODE
from ..campaign.campaign import RATED_HERE
from ..dossier.rating import DECIDING
from ..review.tally import VOTED
from .cap import RatingRow, _keys


class CadreReviewRating(models.Model):
    """The roll: every stage, the ballots, the findings and the cap side by side.

    Read as the user; the number of queries does not grow with the ratings.
    """

    _inherit = "cadre.review.rating"

    tally_text = fields.Char(
        string="Ballots",
        compute="_compute_tally_text",
        help="Excellent / good / completed / not completed, of the valid ballots.",
    )
    finding_severity = fields.Selection(
        [("block", "Refuses"), ("warn", "Warns"), ("info", "Notes")],
        string="Findings",
        compute="_compute_findings",
        groups=DECIDING,
    )
    finding_text = fields.Text(
        string="What the Rules Find", compute="_compute_findings", groups=DECIDING
    )
    cap_text = fields.Char(string="Cap", compute="_compute_cap_text", groups=DECIDING)
    differs = fields.Boolean(
        string="Stages Differ",
        compute="_compute_differs",
        help="Conference, party body and unit do not propose the same level.",
    )

    @api.depends_context("uid")
    def _compute_tally_text(self):
        tallies = self.env["cadre.review.tally"]
        if tallies.has_access("read"):
            tallies = tallies.search([("rating_id", "in", self.ids)])
        by_rating = tallies.filtered("valid").grouped("rating_id")
        for rating in self:
            rating.tally_text = "; ".join(
                tally._in_figures() for tally in by_rating.get(rating, ())
            )

    @api.depends_context("uid", "lang")
    def _compute_findings(self):
        found = self._findings_by_rating()
        for rating in self:
            mine = by_severity(found.get(rating.id, ()))
            rating.finding_severity = mine[0].severity.value if mine else False
            rating.finding_text = self.env["cadre.review.dossier"]._explain(mine)

    @api.depends_context("uid", "lang")
    def _compute_cap_text(self):
        """Excellent of those allowed, at each place where the regulation caps."""
        lines = self.env["cadre.review.cap"].search(
            [("campaign_id", "in", self.campaign_id.ids)]
        )
        by_key = {(line.campaign_id, line._key()): line for line in lines}
        verdicts = dict(lines._fields["verdict"]._description_selection(self.env))
        for rating in self:
            row = RatingRow(
                rating.id,
                rating.authority_id.id,
                rating.regulation_id.id,
                rating.unit_id.id,
                rating.group_id.id,
                "",
            )
            mine = [by_key.get((rating.campaign_id, key)) for key in _keys(row)]
            rating.cap_text = "; ".join(
                f"{line.excellent_count} / {line.allowed_text} – "
                f"{verdicts[line.verdict]}"
                for line in mine
                if line and line.is_capped
            )

    @api.depends("conference_level", "party_level", "unit_level")
    def _compute_differs(self):
        for rating in self:
            levels = {rating.conference_level, rating.party_level, rating.unit_level}
            rating.differs = len(levels - {False}) > 1

    def _findings_by_rating(self):
        """``{rating id: [findings]}``, as the user may read."""
        units = self.env["cadre.review.rule.values"]._units(self.dossier_id)
        calendar = self.env["cadre.review.holiday"]._calendar()
        found = defaultdict(list)
        for unit in units.values():
            for finding in review.unit(unit, calendar):
                if finding.ref and finding.ref[0] == "rating":
                    found[finding.ref[1]].append(finding)
        return found

    def action_accept_clean(self):
        """Appraise as proposed those on which the rules find nothing but notes; the
        others stay to be looked at one by one."""
        self.check_access("read")
        if strange := self - self._in_role("office"):
            raise self._role_error(strange)
        found = self._findings_by_rating()
        waiting = self.env["cadre.review.opinion"]._writable_ratings(self, "appraisal")
        waiting = waiting.filtered(lambda rating: rating.state == "reviewed")
        proposals = self.env["cadre.review.opinion"]._latest_levels(
            waiting, BY_CODE["appraisal"].follows
        )
        clean = waiting.filtered(
            lambda rating: rating.id in proposals
            and not any(
                finding.severity in (Severity.BLOCK, Severity.WARN)
                for finding in found.get(rating.id, ())
            )
        )
        if clean:
            action = clean.action_accept_proposals()
            if isinstance(action, dict) and "context" in action:
                return action  # what only the appraisal itself meets
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if clean else "warning",
                "message": self.env._(
                    "Appraised as proposed: %(done)s. Left to be looked at: %(left)s.",
                    done=len(clean),
                    left=len(waiting - clean),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class CadreReviewTally(models.Model):
    _inherit = "cadre.review.tally"

    def _in_figures(self):
        """Votes from the best level down, and the valid ballots they are of."""
        self.ensure_one()
        votes = " / ".join(str(self[f"votes_{level}"]) for level in VOTED)
        return f"{votes} ({self.valid})"


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    def action_roll(self):
        """The roll of the campaign, for the appraisal and the session."""
        self.ensure_one()
        self.check_access("read")
        self.env["cadre.review.cap"].check_access("read")  # office and authority
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "cadre_review.cadre_review_rating_action_roll"
            ),
            "domain": [("campaign_id", "=", self.id), *RATED_HERE],
        }
