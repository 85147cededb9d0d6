from odoo import api, fields, models
from odoo.exceptions import AccessError

from .base import OURS

# what its author may change of a message before the first step
CHANGED = {"body", "attachment_ids", "partner_ids"}


class MailMessage(models.Model):
    """What was said about a record of ours stays as it was said.

    - until the first step is taken on the record, who wrote a message may change its
      text or take it back; afterwards nobody does but the superuser;
    - who, when, about what and what the system noted is never changed;
    - nobody writes in another's name, nor at another time.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._own_message(vals) for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _own_message(self, vals):
        """The values; about a record of ours, said now.

        :raise AccessError: said by somebody else
        """
        me = self.env.user.partner_id
        given = {
            name.removeprefix("default_"): value
            for name, value in self.env.context.items()
            if name.startswith("default_")
        } | vals
        if not (given.get("model") or "").startswith(OURS):
            return vals
        if (
            given.get("author_id") != me.id
            or given.get("author_guest_id")
            or given.get("email_from") not in (None, False, me.email_formatted)
        ):
            raise AccessError(
                self.env._("Nobody writes in another's name: post it as yourself.")
            )
        return {**vals, "date": fields.Datetime.now()}

    def write(self, vals):
        if not self.env.su and vals.keys() - CHANGED and self._about_us():
            raise self._said_error()
        return super().write(vals)

    def _about_us(self):
        return self.sudo().filtered(lambda m: (m.model or "").startswith(OURS))

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation not in ("write", "unlink"):
            return result
        refused = result[0] if result else self.browse()
        said = (self - refused)._said()
        if not said:
            return result
        return refused | said, said._said_error

    def _said(self):
        """Those of the messages that stand: what was said before a step, and what
        others, or the system, said."""
        me = self.env.user.partner_id
        said = self.browse()
        for model, messages in self._about_us().grouped("model").items():
            records = self.env[model].sudo().browse(messages.mapped("res_id")).exists()
            if hasattr(records, "_moved"):
                records -= records._moved()
            fresh = set(records.ids)
            said |= messages.filtered(
                lambda m, fresh=fresh: (
                    m.res_id not in fresh
                    or m.author_id != me
                    or m.message_type != "comment"
                    or m.tracking_value_ids
                )
            )
        return said.sudo(False)

    def _said_error(self):
        return AccessError(
            self.env._(
                "What was said stays as it was said. Write another message that "
                "corrects it."
            )
        )


class MailThread(models.AbstractModel):
    """The web client's own way to edit a message, which is the superuser's."""

    _inherit = "mail.thread"

    def _check_can_update_message_content(self, messages):
        if self._name.startswith(OURS) and not self.env.su:
            messages.sudo(False).with_env(self.env).check_access("write")
        return super()._check_can_update_message_content(messages)
