import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.cadre_review_receipt import KINDS
from ..rules.names import fold
from ..workbooks import receipts


class CadreReviewReceiptList(models.TransientModel):
    """The receiving organ's list, read once and not kept: every bad cell is named, and
    all rows are confirmed or none."""

    _name = "cadre.review.receipt.list"
    _description = "List of the Receiving Organ"

    campaign_id = fields.Many2one(
        "cadre.review.campaign", required=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, default="asset")
    receiver = fields.Char(
        string="Receiving Organ",
        compute="_compute_receiver",
        store=True,
        readonly=False,
        required=True,
    )
    file = fields.Binary(string="List (xlsx)", attachment=False)
    file_name = fields.Char()

    @api.depends("campaign_id", "kind")
    def _compute_receiver(self):
        for window in self:
            campaign = window.campaign_id
            named = {"asset": campaign.asset_receiver, "cv": campaign.cv_receiver}
            window.receiver = named.get(window.kind)

    def action_import(self):
        self.ensure_one()
        self.campaign_id._check_office()
        if not self.file:
            raise UserError(self.env._("Choose the list."))
        try:
            lines = receipts.read(base64.b64decode(self.file))
        except receipts.BadList as error:
            raise UserError(self._in_words(error.problems)) from None
        rows, others = self._matched(lines)
        self.env["cadre.review.receipt"]._confirm_from_list(rows)
        self.file = False
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": bool(others),
                "message": self._result(rows, others),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _matched(self, lines):
        """``{receipt: values}`` and the names that are nobody of this campaign."""
        expected = self.env["cadre.review.receipt"].search(
            [
                ("campaign_id", "=", self.campaign_id.id),
                ("kind", "=", self.kind),
                ("state", "=", "expected"),
            ]
        )
        by_code = {r.cadre_id.code: r for r in expected}
        by_name = expected.grouped(lambda r: fold(r.rating_id.name))
        rows, others, problems = {}, [], []
        today = self.campaign_id._today()
        for line in lines:
            found = by_code.get(line.code) or by_name.get(fold(line.name), expected[:0])
            if len(found) > 1 and line.birth_date:
                found = found.filtered(
                    lambda r, born=line.birth_date: r.rating_id.birth_date == born
                )
            if len(found) > 1 or (found and found in rows):
                problems.append((line.row, "twice", line.name))
            elif found and line.handed_in > today:
                problems.append((line.row, "future", line.name))
            elif not found:
                others.append(line.name)
            else:
                rows[found] = {
                    "date": line.handed_in,
                    "receiver": self.receiver,
                    "reference": line.reference,
                    "clerk": line.clerk,
                }
        if problems:
            raise UserError("\n".join(self._row_problem(*one) for one in problems))
        if not rows:
            raise UserError(
                self.env._(
                    "Nobody on the list is awaited in %(campaign)s.",
                    campaign=self.campaign_id.name,
                )
            )
        return rows, others

    def _row_problem(self, row, what, name):
        if what == "future":
            return self.env._(
                "Row %(row)s, %(name)s: the day is still to come.", row=row, name=name
            )
        return self.env._(
            "Row %(row)s, %(name)s: several people, or twice on the list; add the code "
            "or the date of birth.",
            row=row,
            name=name,
        )

    def _in_words(self, problems):
        names = {
            "file": self.env._("This is no xlsx file."),
            "name": self.env._("There is no column “Họ và tên”."),
            "handed_in": self.env._(
                "There is no column “Ngày nộp”, or this is no day."
            ),
            "birth_date": self.env._("This is no day."),
        }
        return "\n".join(
            f"{cell}: {names[what]}" if cell else names[what] for cell, what in problems
        )

    def _result(self, rows, others):
        message = self.env._("%(number)s receipts confirmed.", number=len(rows))
        if others:
            message += " " + self.env._(
                "Not awaited in this campaign, and left out: %(names)s.",
                names=", ".join(others),
            )
        return message
