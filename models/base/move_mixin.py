from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules.findings import blocking, warnings


class Move(NamedTuple):
    """One legal move of a record.

    :param sources: states it starts from
    :param target: state it ends in
    :param roles: who may ask for it; empty for moves that only other moves cause
    :param reason: a written reason is always required
    :param stages: states of the record's dossier in which it is possible; empty
        where the dossier does not matter
    :param then: methods that carry out what follows from it, in this order; each
        stands in the room whose concern it is
    """

    sources: tuple
    target: str
    roles: tuple = ()
    reason: bool = False
    stages: tuple = ()
    then: tuple = ()


RUNNING = ("open", "consolidated", "concluded")


class CadreReviewMoveMixin(models.AbstractModel):
    """States that only a gated move can write.

    A model lists its moves in ``_moves``, where the users of each role stand in
    ``_role_paths``, and what stands in the way in :meth:`_blockers`. What a move
    writes is gated: imports, default values and direct writes are refused.
    """

    _name = "cadre.review.move.mixin"
    _description = "Gated Moves"
    _inherit = ["cadre.review.gate.mixin"]

    _moves = {}
    # moves stop when the campaign is closed or cancelled
    _stops_with_campaign = False
    # rows a draft is made of: whoever may delete it deletes them with it
    _parts = ()
    _role_paths = {
        "officer": "unit_id.officer_user_ids",
        "head": "unit_id.head_user_ids",
        "office": "company_id.cadre_review_office_user_ids",
    }

    event_ids = fields.One2many(
        "cadre.review.event",
        "res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        string="History",
        readonly=True,
    )

    def unlink(self):
        self.check_access("unlink")
        for name in self._parts:
            self.sudo()[name].unlink()
        return super().unlink()

    def _moved(self):
        """The records on which a step has been taken since they were made."""
        first = self._fields["state"].get_values(self.env)[0]
        steps = (
            self.env["cadre.review.event"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state_to", "!=", False),
                ]
            )
        )
        taken = set(steps.mapped("res_id"))
        return self.filtered(lambda r: r.state != first or r.id in taken)

    # ------------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------------

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        """Fill in every ``can_<move>`` field the model declares."""
        for name in self._moves:
            if f"can_{name}" in self._fields:
                allowed = self._may(name)
                for record in self:
                    record[f"can_{name}"] = record in allowed

    def _may(self, name):
        """The records on which the user may ask for the move: state × role."""
        move = self._moves[name]
        records = self._in_running_campaign()._at_stage(move)
        records = records.filtered(lambda r: r.state in move.sources)
        if self.env.su:
            return records
        return records.browse().union(*(records._in_role(role) for role in move.roles))

    def _in_running_campaign(self):
        """The records whose campaign has not been closed or cancelled."""
        if not self._stops_with_campaign:
            return self
        return self.filtered(lambda r: r.sudo().campaign_id.state in RUNNING)

    def _at_stage(self, move):
        """The records whose dossier is at a stage that allows the move."""
        if not move.stages:
            return self
        return self.filtered(lambda r: r.sudo().dossier_id.state in move.stages)

    def _in_role(self, role):
        """The records on which the user holds the role."""
        path, user = self._role_paths[role], self.env.user
        return self.filtered(lambda record: user in record.sudo().mapped(path))

    def _check_may(self, name):
        """Refuse unless the move is possible for every record, naming each."""
        move = self._moves[name]
        refused = self - self._may(name)
        if not refused:
            return
        stopped = refused - refused._in_running_campaign()
        wrong_stage = refused - stopped - refused._at_stage(move)
        wrong_state = (refused - stopped - wrong_stage).filtered(
            lambda record: record.state not in move.sources
        )
        if not stopped and not wrong_stage and not wrong_state:
            raise self._role_error(refused)
        problems = [
            self.env._(
                "%(record)s: no more steps, the campaign is “%(state)s”.",
                record=record.display_name,
                state=campaign._state_label(),
            )
            for record in stopped
            for campaign in record.sudo().campaign_id
        ]
        problems += [
            self.env._(
                "%(record)s: this step is not possible in the state “%(state)s”; "
                "it starts from: %(sources)s.",
                record=record.display_name,
                state=record._state_label(),
                sources=", ".join(record._state_label(s) for s in move.sources),
            )
            for record in wrong_state
        ] + [
            self.env._(
                "%(record)s: this step is not possible while the dossier is "
                "“%(state)s”; it needs: %(stages)s.",
                record=record.display_name,
                state=dossier._state_label(),
                stages=", ".join(dossier._state_label(s) for s in move.stages),
            )
            for record in wrong_stage
            for dossier in record.sudo().dossier_id
        ]
        raise UserError("\n".join(problems))

    def _role_error(self, refused):
        return AccessError(
            self.env._(
                "You do not have the role for this step: %(records)s.",
                records=", ".join(refused.mapped("display_name")),
            )
        )

    def _state_label(self, state=None):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels[state or self.state]

    # ------------------------------------------------------------------
    # WHAT STANDS IN THE WAY
    # ------------------------------------------------------------------

    def _blockers(self, name):
        """Findings of the rules on the move, for the whole recordset."""
        return []

    def _check_blockers(self, name):
        return self._refuse_on(self._blockers(name))

    def _refuse_on(self, findings):
        """Refuse where a finding blocks, naming all there is; return the warnings."""
        passed = warnings(findings)
        if blocks := blocking(findings):
            message = self.env._("This cannot be done yet:")
            message += "\n" + self._explain(blocks)
            if passed:
                message += "\n\n" + self.env._("Besides, to be passed with a reason:")
                message += "\n" + self._explain(passed)
            raise UserError(message)
        return passed

    @api.model
    def _explain(self, findings):
        """Findings as text in the user's language, one a line."""
        lines = []
        for finding in findings:
            # the rules mark their texts for translation where they are written
            message = self.env._(finding.message, **finding.values)
            remedy = self.env._(finding.remedy, **finding.values)
            article = f" ({finding.article})" if finding.article else ""
            lines.append(f"• {finding.record}: {message} {remedy}{article}")
        return "\n".join(lines)

    # ------------------------------------------------------------------
    # MOVING
    # ------------------------------------------------------------------

    def _ask(self, name):
        """A button's way into a move: a window asks for the reason where one is
        required or where there are warnings to pass."""
        passed = self._check_move(name)
        if not passed and not self._moves[name].reason:
            return self._carry_out(name)
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.move.reason",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Reason"),
            "context": {
                "default_res_model": self._name,
                "default_res_ids": self.ids,
                "default_move": name,
                "default_warnings": self._explain(passed),
            },
        }

    def _move(self, name, reason=None, values=None):
        """Check the move as the user, then carry it out.

        :raise AccessError: the user does not hold a role for it
        :raise UserError: wrong state, blocking findings, or no reason given
            where one is required (all at once)
        """
        return self._carry_out(name, self._check_move(name), reason, values)

    def _check_move(self, name):
        """Who may, and what the rules say; they run once for each move.

        :return: the warnings that are passed with a reason
        """
        self._check_may(name)
        return self._check_blockers(name)

    def _carry_out(self, name, passed=(), reason=None, values=None):
        """Carry out a move that has just been checked: nothing was written since.

        :param passed: the warnings that the check returned
        :param dict values: what the step writes beside the state
        """
        if (passed or self._moves[name].reason) and not (reason or "").strip():
            raise UserError(
                self.env._("A written reason is required.")
                + "\n"
                + self._explain(passed)
            )
        return self.sudo()._mark(name, reason, self._explain(passed), values)

    def _mark(self, name, reason=None, passed="", values=None):
        """Carry out a move that has been checked: state, values, history."""
        self.env["cadre.review.event"]._record(self, name, reason, passed)
        self.write({"state": self._moves[name].target, **(values or {})})
        for step in self._moves[name].then:
            getattr(self, step)()

    def _urging_url(self):
        """Opens the record for somebody who may see it, after login."""
        self.ensure_one()
        return f"{self.get_base_url()}/mail/view?model={self._name}&res_id={self.id}"
