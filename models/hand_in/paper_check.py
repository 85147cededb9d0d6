from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import papers
from ...rules.texts import _lt


class CadreReviewPaper(models.Model):
    """The office's check (thẩm định hồ sơ): conforming or not, why, and by whom."""

    _inherit = "cadre.review.paper"

    fault_id = fields.Many2one(
        "cadre.review.fault",
        string="Reason",
        index="btree_not_null",
        ondelete="restrict",
        gated=True,
        copy=False,
    )
    checked_by_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        gated=True,
        copy=False,
    )
    checked_on = fields.Date(gated=True, copy=False)
    checker_id = fields.Many2one(
        related="dossier_id.checker_id", string="Officer in Charge"
    )
    check_note = fields.Text(
        string="Contradictions",
        compute="_compute_check_note",
        help="What the register says against itself or against the conference.",
    )
    has_contradiction = fields.Boolean(compute="_compute_check_note")

    @api.depends("state", "number", "date", "signer", "attachment_ids")
    @api.depends_context("uid", "lang")
    def _compute_check_note(self):
        """Found with the user's rights, once for each dossier."""
        dossiers = self.dossier_id.filtered("is_handed_in")
        units = self.env["cadre.review.rule.values"]._units(dossiers)
        notes = {}
        for unit in units.values():
            for finding in papers.check(unit):
                text = self.env._(finding.message, **finding.values)
                notes.setdefault(finding.ref[1], []).append(text)
        for paper in self:
            lines = notes.get(paper.id, ())
            paper.check_note = "\n".join(lines)
            paper.has_contradiction = bool(lines)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_fail(self):
        """Ask for the coded reason and a remark, for one paper or for many."""
        self._check_may("fail")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.paper.failing",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Not Conforming"),
            "context": {"default_paper_ids": self.ids},
        }

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def _other_checks(self, state):
        """Two officers on one paper: the second learns what the first found."""
        theirs = self.sudo().filtered(
            lambda paper: paper.state == state
            and paper.checked_by_id
            and paper.checked_by_id != self.env.user
        )
        laws = theirs._laws()
        return [
            finding
            for paper in theirs
            for finding in laws[paper].find(
                "H7",
                ("paper", paper.id),
                paper.display_name,
                _lt("%(who)s found otherwise on %(day)s: %(state)s. %(remark)s"),
                _lt("Say why it is changed, or leave it."),
                {
                    "who": paper.checked_by_id.name,
                    "day": f"{paper.checked_on:%d/%m/%Y}",
                    "state": paper._state_label(),
                    "remark": paper.remark or "",
                },
            )
        ]

    def _carry_out(self, name, passed=(), reason=None, values=None):
        if name == "fail" and not (values or {}).get("fault_id"):
            raise UserError(
                self.env._(
                    "Choose why it does not conform from the list of reasons: "
                    "%(papers)s.",
                    papers=", ".join(self.mapped("display_name")),
                )
            )
        return super()._carry_out(name, passed, reason, values)

    def _prepare_check_values(self, name):
        """Who found it so on which day; a paper that comes anew is not checked."""
        if name not in ("conform", "fail", "provide", "withdraw"):
            return {}
        is_check, campaign = name in ("conform", "fail"), self.campaign_id[:1]
        return {
            "fault_id": False,
            "checked_by_id": is_check and self.env.uid,
            "checked_on": is_check and campaign and campaign._today(),
        }


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    def action_view_papers(self):
        """The papers of these dossiers, to be gone through one by one or at once."""
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "cadre_review.cadre_review_paper_action_check"
            ),
            "domain": [("dossier_id", "in", self.ids)],
        }
