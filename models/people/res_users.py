from odoo import Command, fields, models

from .member import ROLES

PERSON_GROUP = "cadre_review.cadre_review_group_person"


class ResUsers(models.Model):
    _inherit = "res.users"

    cadre_review_member_ids = fields.One2many(
        "cadre.review.member", "user_id", string="Review Memberships"
    )
    cadre_review_cadre_ids = fields.One2many(
        "cadre.review.cadre", "user_id", string="Assessed Person"
    )

    def _sync_review_groups(self):
        """Give each user exactly the groups their memberships and their own
        person record call for; the administrator's group is left alone."""
        groups = {
            group: self.env.ref(group)
            for group in (PERSON_GROUP, *(group for _place, group in ROLES.values()))
        }
        for user in self.sudo():
            wanted = {
                ROLES[member.role][1]
                for member in user.cadre_review_member_ids
                if member.is_current
            }
            if user.cadre_review_cadre_ids:
                wanted.add(PERSON_GROUP)
            commands = [
                Command.link(group.id) if name in wanted else Command.unlink(group.id)
                for name, group in groups.items()
                if (name in wanted) != (group in user.group_ids)
            ]
            if commands:
                user.group_ids = commands
