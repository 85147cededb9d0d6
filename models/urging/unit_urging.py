from odoo import models

from ...rules import urging


class CadreReviewUnit(models.Model):
    """Where a unit is written to."""

    _inherit = "cadre.review.unit"

    def _urging_addresses(self, audience):
        """Its mailbox and its officers; for the head the head's own address, or the
        mailbox where the head has none.

        :return: {unit id: (addresses, what is wrong or an empty text)}
        """
        found = {}
        for unit in self:
            mailbox, bad = urging.addresses(unit.email)
            heads = unit.head_user_ids
            people = heads if audience == "head" else unit.officer_user_ids - heads
            if audience == "unit" and not (mailbox or people):
                people = heads
            personal = []
            for user in people.filtered("active"):
                good, wrong = urging.addresses(user.email)
                personal += good
                bad += wrong
            if audience == "head":
                good = personal or mailbox
            else:
                good = mailbox + personal
            problems = []
            if bad:
                problems.append(
                    self.env._("malformed: %(addresses)s", addresses=", ".join(bad))
                )
            if not good:
                problems.append(self.env._("no address"))
            if audience == "head" and unit.member_ids and not heads:
                problems.append(self.env._("no head in office"))
            found[unit.id] = (list(dict.fromkeys(good)), "; ".join(problems))
        return found
