from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from odoo import api, fields, models

from ...rules import caps
from ...rules.levels import LEVELS
from ...rules.stages import COUNTED
from ..base.kept_link import kept_link
from ..base.levels import each_level
from ..law.regulation import CAP_BASES

OUTSIDE = tuple(f"outside_{level}" for level in LEVELS)
SCOPES = {
    "group": ("group",),
    "unit": ("unit",),
    "unit_group": ("unit", "group"),
    "authority": ("authority",),
}


class RatingRow(NamedTuple):
    id: int
    authority_id: int
    regulation_id: int
    unit_id: int
    group_id: int
    level: str


class ProposalRow(NamedTuple):
    rating_id: int
    stage: str
    proposed_level: str


class Key(NamedTuple):
    """What is counted together; ``place`` is a unit or a group, 0 for the rest."""

    scope: str
    authority_id: int
    regulation_id: int
    place: int


class CadreReviewCap(models.Model):
    """A line of the caps board: how many are excellent, and how many may be.

    Counted live over decisions and, before them, the latest confirmed proposals of
    dossiers handed in. Both bases stand side by side until the campaign records the
    local guidance that settles it.

    - the office opens the board, adds figures from outside and names decisions;
    - the authority reads it.
    """

    _name = "cadre.review.cap"
    _description = "Line of the Caps Board"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "campaign_id, authority_id, regulation_id, scope, unit_id, group_id, id"

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("campaign_id.company_id")
    authority_id = fields.Many2one(
        "cadre.review.authority",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    subject_kind = fields.Selection(related="regulation_id.subject_kind")
    scope = fields.Selection(
        [
            ("authority", "Authority"),
            ("group", "Comparable posts or units"),
            ("unit", "Unit"),
        ],
        required=True,
        fixed=True,
    )
    unit_id = fields.Many2one(
        "cadre.review.unit", index="btree_not_null", ondelete="restrict", fixed=True
    )
    group_id = fields.Many2one(
        "cadre.review.post.group",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
    )
    is_capped = fields.Boolean(
        compute="_compute_is_capped", help="The regulation caps at this place."
    )

    # figures from outside this campaign
    vars().update(each_level("outside_{}", fields.Integer, "Outside: {}"))
    outside_source = fields.Char(help="Document that gives the figures from outside.")
    is_shared = fields.Boolean(
        string="Shared",
        help="Another authority decides on part of the group: an excess only warns.",
    )
    exceptional_decision = fields.Char(
        help="Number and date of the decision on an outstanding organ: the "
        "exceptional cap then holds."
    )
    excess_decision = fields.Char(
        help="Number and date of the decision that allows more than the cap."
    )

    # live
    vars().update(
        each_level("{}_count", partial(fields.Integer, compute="_compute_counts"))
    )
    rated_count = fields.Integer(string="Rated", compute="_compute_counts")
    without_count = fields.Integer(string="No Level Yet", compute="_compute_counts")
    allowed_good = fields.Integer(string="Allowed of Good", compute="_compute_counts")
    allowed_good_excellent = fields.Integer(
        string="Allowed of Good and Excellent", compute="_compute_counts"
    )
    base_text = fields.Char(
        string="Share Taken Of",
        compute="_compute_counts",
        help="Both bases, until the campaign records the guidance that settles it.",
    )
    allowed_text = fields.Char(
        string="Allowed", compute="_compute_counts", help="Of each base, in turn."
    )
    share_text = fields.Char(
        string="Share (%)", compute="_compute_counts", help="Of each base, in turn."
    )
    verdict = fields.Selection(
        [
            ("free", "Not capped here"),
            ("within", "Within the cap"),
            ("unsettled", "Base to be settled"),
            ("named", "Excess by decision"),
            ("over", "Above the cap"),
        ],
        compute="_compute_counts",
    )

    _key_uniq = models.UniqueIndex(
        "(campaign_id, authority_id, regulation_id, scope, COALESCE(unit_id, 0),"
        " COALESCE(group_id, 0))",
        "This line is already on the board.",
    )
    _outside = models.Constraint(
        f"CHECK (LEAST({', '.join(OUTSIDE)}) >= 0)",
        "A figure from outside is negative.",
    )

    @api.depends("authority_id", "scope", "unit_id", "group_id", "subject_kind")
    def _compute_display_name(self):
        kinds = dict(
            self.env["cadre.review.regulation"]
            ._fields["subject_kind"]
            ._description_selection(self.env)
        )
        for cap in self:
            place = cap.unit_id.name or cap.group_id.name
            if not place and cap.scope == "group":
                place = self.env._("In no group")
            place = place or cap.authority_id.name
            cap.display_name = f"{place} – {kinds.get(cap.subject_kind, '')}"

    @api.depends("scope", "regulation_id")
    def _compute_is_capped(self):
        for cap in self:
            regulation = cap.regulation_id
            cap.is_capped = (
                regulation.has_cap and cap.scope in SCOPES[regulation.cap_grouping]
            )

    @api.depends(
        *OUTSIDE,
        *("is_shared", "exceptional_decision", "excess_decision"),
        *("campaign_id.cap_base", "campaign_id.cap_guidance"),
    )
    def _compute_counts(self):
        for campaign, lines in self.grouped("campaign_id").items():
            groups = {g.id: g for g in lines._groups(campaign, capped=False)}
            for line in lines:
                group = groups.get(line.id) or line._empty_group()
                counts = group.counts
                for level in LEVELS:
                    line[f"{level}_count"] = getattr(counts, level)
                line.rated_count = counts.rated
                line.without_count = counts.without
                line._show_allowed(group)

    def _show_allowed(self, group):
        capped = self.is_capped
        self.allowed_good = capped and caps.allowed(group, "good")
        self.allowed_good_excellent = capped and caps.allowed(group, "good_excellent")
        bases = caps.bases(group)
        labels = dict(
            self.env["cadre.review.regulation"]
            ._fields["cap_base"]
            ._description_selection(self.env)
        )
        self.base_text = " / ".join(labels[base] for base in bases)
        self.allowed_text = capped and " / ".join(
            str(caps.allowed(group, base)) for base in bases
        )
        self.share_text = " / ".join(
            caps.printed(caps.percentage(group, base)) for base in bases
        )
        found = {(f.rule, f.severity.value) for f in caps.check(group)}
        self.verdict = (
            "free"
            if not capped
            else "named"
            if ("B1", "info") in found
            else "over"
            if any(rule == "B1" for rule, _severity in found)
            else "unsettled"
            if any(rule == "B2" for rule, _severity in found)
            else "within"
        )

    # ------------------------------------------------------------------
    # GROUPS
    # ------------------------------------------------------------------

    @api.model
    def _open_board(self, campaign, ratings=None):
        """Add the lines that the campaign's ratings, or these of them, call for; none
        twice."""
        have = {
            line._key() for line in self.search([("campaign_id", "=", campaign.id)])
        }
        rows = self._rating_rows(campaign, ratings)
        keys = {key for row in rows for key in _keys(row)} - have
        self.create(
            [
                {
                    "campaign_id": campaign.id,
                    "authority_id": key.authority_id,
                    "regulation_id": key.regulation_id,
                    "scope": key.scope,
                    "unit_id": key.scope == "unit" and key.place,
                    "group_id": key.scope == "group" and key.place,
                }
                for key in sorted(keys)
            ]
        )

    def _key(self):
        return Key(
            self.scope,
            self.authority_id.id,
            self.regulation_id.id,
            self.unit_id.id or self.group_id.id or 0,
        )

    @api.model
    def _rating_rows(self, campaign, ratings=None):
        """Every rating that will have a level here, or those among these; totals
        only, so as superuser."""
        chosen = [("id", "in", ratings.ids)] if ratings is not None else []
        domain = [
            *chosen,
            ("campaign_id", "=", campaign.id),
            ("scope", "=", "rated"),
            ("has_left", "=", False),
            ("authority_id", "!=", False),
            ("dossier_id.state", "!=", "excluded"),
        ]
        values = self.env["cadre.review.rule.values"].sudo()
        return list(values._rows(RatingRow, "cadre.review.rating", domain))

    @api.model
    def _considered(self, campaign, rows):
        """``{rating_id: level}``: in force, else the latest one proposed."""
        domain = [
            ("campaign_id", "=", campaign.id),
            ("state", "=", "confirmed"),
            ("stage", "in", COUNTED),
            ("dossier_id.is_handed_in", "=", True),
        ]
        values = self.env["cadre.review.rule.values"].sudo()
        latest = {}
        for row in values._rows(ProposalRow, "cadre.review.opinion", domain):
            rank = COUNTED.index(row.stage)
            if row.proposed_level and rank < latest.get(row.rating_id, (9, ""))[0]:
                latest[row.rating_id] = rank, row.proposed_level
        return {
            row.id: row.level
            if row.level and row.level != "pending"
            else latest.get(row.id, (9, ""))[1]
            for row in rows
        }

    @api.model
    def _groups(self, campaign, units=None, levels=None, capped=True):
        """The groups of the board with their figures, as the rules see them.

        :param levels: ``{rating_id: outcome}`` that a decision would give
        :param capped: only groups in which the regulation caps
        :return: list of :class:`rules.caps.Group`; with ``levels`` only those that
            hold one of these ratings
        """
        rows = self._rating_rows(campaign)
        considered = {**self._considered(campaign, rows), **(levels or {})}
        lines = {
            line._key(): line
            for line in self.sudo().search([("campaign_id", "=", campaign.id)])
        }
        inside, deciders, touched = defaultdict(list), defaultdict(set), set()
        for row in rows:
            for key in _keys(row):
                inside[key].append(considered[row.id])
                deciders[key._replace(authority_id=0)].add(row.authority_id)
                if levels and row.id in levels:
                    touched.add(key)
        regulations = {
            r.id: r
            for r in self.env["cadre.review.regulation"].browse(
                {key.regulation_id for key in inside}
            )
        }
        laws = {id_: regulation._law() for id_, regulation in regulations.items()}
        return [
            self._group(campaign, key, outcomes, lines.get(key), laws, deciders)
            for key, outcomes in inside.items()
            if (not levels or key in touched)
            and (
                not capped
                or (
                    laws[key.regulation_id].cap
                    and key.scope in SCOPES[laws[key.regulation_id].cap.grouping]
                )
            )
        ]

    def _group(self, campaign, key, outcomes, line, laws, deciders):
        law = laws[key.regulation_id]
        authority = self.env["cadre.review.authority"].sudo().browse(key.authority_id)
        line = line or self.sudo().new(
            {
                "campaign_id": campaign.id,
                "authority_id": key.authority_id,
                "regulation_id": key.regulation_id,
                "scope": key.scope,
                "unit_id": key.scope == "unit" and key.place,
                "group_id": key.scope == "group" and key.place,
            }
        )
        alone = len(deciders[key._replace(authority_id=0)]) == 1
        return caps.Group(
            id=line._origin.id or 0,
            name=line.display_name,
            law=law,
            cap=line._cap(law.cap),
            inside=caps.count(outcomes),
            outside=line._outside_counts(),
            is_own=authority.is_own and alone and not line.is_shared,
            exceptional=line.exceptional_decision or "",
            excess=line.excess_decision or "",
        )

    def _empty_group(self):
        law = self.regulation_id._law()
        return caps.Group(
            self.id, self.display_name, law, self._cap(law.cap), caps.Counts()
        )

    def _cap(self, cap):
        """The regulation's cap, with the base that the local guidance settles."""
        cap = cap or caps.Cap(0)
        campaign = self.campaign_id
        if campaign.cap_base and campaign.cap_guidance:
            return replace(cap, base=campaign.cap_base, guidance=campaign.cap_guidance)
        return cap

    def _outside_counts(self):
        return caps.Counts(**{level: self[f"outside_{level}"] for level in LEVELS})


def _keys(row):
    """The places on the board at which a rating is counted."""
    yield Key("authority", row.authority_id, row.regulation_id, 0)
    yield Key("unit", row.authority_id, row.regulation_id, row.unit_id)
    yield Key("group", row.authority_id, row.regulation_id, row.group_id or 0)


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    cap_base = fields.Selection(
        CAP_BASES,
        string="Share of Excellent Taken Of",
        help="As the local guidance settles it; empty: both bases are shown.",
    )
    cap_guidance = fields.Char(
        string="Local Guidance", help="Number and date of the document that says so."
    )

    _cap_guidance = models.Constraint(
        "CHECK (cap_base IS NULL OR cap_guidance IS NOT NULL)",
        "The base of the cap needs the number of the guidance that settles it.",
    )

    def action_caps(self):
        """The caps board; the office completes it with a line for each group."""
        self.ensure_one()
        self.check_access("read")
        Cap = self.env["cadre.review.cap"]
        Cap.check_access("read")
        if self._in_role("office"):
            Cap.sudo()._open_board(self.sudo())
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "cadre_review.cadre_review_cap_action"
            ),
            "domain": [("campaign_id", "=", self.id)],
        }
