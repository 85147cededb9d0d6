from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..rules import caps, decisions
from .cadre_review_move_mixin import Move
from .kept_link import kept_link
from .levels import OUTCOMES


class CadreReviewDecision(models.Model):
    """A document by which an authority decides ratings; issued, never edited.

    - the office records it, the authority reads it; units and people get number,
      date and their own extract with the notice.
    """

    _name = "cadre.review.decision"
    _description = "Decision"
    _inherit = [
        "mail.thread",
        "cadre.review.move.mixin",
        "cadre.review.source.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True
    _parts = ("line_ids",)

    _moves = {"issue": Move(("draft",), "issued", ("office",))}

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = kept_link("campaign_id.company_id")
    authority_id = fields.Many2one(
        "cadre.review.authority", required=True, index=True, ondelete="restrict"
    )
    is_own = fields.Boolean(related="authority_id.is_own")
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued")],
        default="draft",
        required=True,
        index=True,
        copy=False,
        gated=True,
        tracking=True,
    )
    kind = fields.Selection(
        [
            ("decision", "Rating decision"),
            ("conclusion", "Conclusion"),
            ("notice", "Notice"),
        ],
        required=True,
        default="decision",
    )
    number = fields.Char(copy=False, help="Filled in after signing.")
    date = fields.Date(copy=False, help="Filled in after signing.")
    signer = fields.Char()
    signer_capacity = fields.Char(help="Lines above the signature.")
    note = fields.Text()
    line_ids = fields.One2many(
        "cadre.review.decision.line", "decision_id", string="Ratings"
    )
    can_issue = fields.Boolean(compute="_compute_can")

    _own_number_uniq = models.UniqueIndex(
        "(company_id, authority_id, kind, number, date_part('year', date))"
        " WHERE number IS NOT NULL",
        "This authority already has a document of this kind and number in the year.",
    )

    @api.depends("kind", "number", "date")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for decision in self:
            decision.display_name = " ".join(
                filter(None, (kinds.get(decision.kind), decision.number))
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda decision: decision.state != "draft"):
            raise UserError(self.env._("An issued decision is never deleted."))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_issue(self):
        return self._ask("issue")

    def action_notify(self):
        """Notify all results in force of these decisions."""
        lines = self.line_ids.filtered(
            lambda line: line.rating_id.decision_line_id == line
        )
        return lines.rating_id.filtered(lambda r: r.state == "decided").action_notify()

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _default_source(self):
        return "paper"

    def _is_author(self):
        return False

    def _blockers(self, name):
        findings = self._source_findings()
        for decision in self:
            findings += decisions.check(
                decision._as_values(), decision.campaign_id._today()
            )
            findings += decision._level_findings()
        return findings

    def _level_findings(self):
        """What the law says of the levels and of the share of excellent: it refuses
        only where our own authority decides."""
        self.ensure_one()
        levels = {line.rating_id.id: line.level for line in self.line_ids if line.level}
        if not levels:
            return []
        ratings = self.line_ids.rating_id.filtered(lambda r: r.id in levels)
        found = ratings._level_findings(
            levels, frozenset(levels) if self.is_own else frozenset()
        )
        groups = self.env["cadre.review.cap"]._groups(
            self.campaign_id.sudo(), levels=levels
        )
        for group in groups:
            found += caps.check(group, deciding=self.is_own)
        return found

    def _as_values(self):
        self.ensure_one()
        return decisions.Decision(
            name=self.display_name,
            authority=self.authority_id.name,
            is_own=self.is_own,
            number=self.number or "",
            date=self.date or None,
            signer=self.signer or "",
            lines=[
                decisions.Line(
                    subject=line.rating_id.display_name,
                    outcome=line.level or "",
                    authority=line.rating_id.authority_id.name or "",
                    state=line.rating_id.state,
                    dossier_accepted=line.rating_id.dossier_id.state == "accepted",
                    in_force=bool(line.rating_id.decision_line_id),
                    supersedes=bool(line.superseded_line_id),
                    reason=line.reason or "",
                    person=line.rating_id.sudo().cadre_id.name or "",
                    on_self=self.env.user == line.rating_id.sudo().user_id,
                )
                for line in self.line_ids
            ],
        )

    def _after_issue(self):
        """The lines come into force: they set the level of their ratings."""
        self.line_ids.rating_id._mark("decide")
        for line in self.line_ids:
            line.rating_id.write({"level": line.level, "decision_line_id": line.id})

    def _reference(self):
        """Kind, number, date and authority, as papers cite them: in Vietnamese."""
        self.ensure_one()
        if self.env["res.lang"]._get_data(code="vi_VN"):
            self = self.with_context(lang="vi_VN")
        return self.env._(
            "%(decision)s of %(date)s, %(authority)s",
            decision=self.display_name,
            date=self.date.strftime("%d/%m/%Y"),
            authority=self.authority_id.name,
        )

    @api.model
    def _draft_for(self, ratings):
        """Draft one decision per campaign and authority for these ratings, with
        the last confirmed proposal as the level to be corrected by the clerk."""
        proposed = self.env["cadre.review.opinion"]._latest_levels(
            ratings, ("proposal", "appraisal", "unit", "conference")
        )
        drafts = self.create(
            [
                {
                    "campaign_id": campaign.id,
                    "authority_id": authority.id,
                    "kind": "conclusion" if authority.is_own else "decision",
                    "line_ids": [
                        Command.create(
                            {
                                "rating_id": rating.id,
                                "level": proposed.get(rating.id),
                                "superseded_line_id": rating.decision_line_id.id,
                            }
                        )
                        for rating in group
                    ],
                }
                for (campaign, authority), group in ratings.grouped(
                    lambda rating: (rating.campaign_id, rating.authority_id)
                ).items()
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cadre_review.cadre_review_decision_action"
        )
        return {**action, "domain": [("id", "in", drafts.ids)]}


class CadreReviewDecisionLine(models.Model):
    """One rating in a decision; immutable once issued."""

    _name = "cadre.review.decision.line"
    _description = "Decision on a Rating"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "decision_id, id"
    _rec_name = "rating_id"

    decision_id = fields.Many2one(
        "cadre.review.decision",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("decision_id.company_id")
    campaign_id = kept_link("decision_id.campaign_id")
    rating_id = fields.Many2one(
        "cadre.review.rating",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('campaign_id', '=', campaign_id)]",
    )
    level = fields.Selection(OUTCOMES)
    reason = fields.Text()
    superseded_line_id = fields.Many2one(
        "cadre.review.decision.line",
        string="Supersedes",
        index="btree_not_null",
        ondelete="restrict",
    )

    _rating_uniq = models.Constraint(
        "unique(decision_id, rating_id)", "This rating is already in the decision."
    )

    @api.constrains("level", "rating_id")
    def _check_level_exists(self):
        self.rating_id._check_levels_exist(
            [(line.rating_id, line.level) for line in self]
        )
