"""Rights and record rules are those of the tables, and there are no others."""

from odoo.tests import TransactionCase, tagged

from .tables import differences


@tagged("post_install", "-at_install")
class TestTables(TransactionCase):
    def test_installed_as_the_tables_say(self):
        """After an upgrade dev/test asks the same, so both leave the same rules."""
        self.assertEqual("\n".join(differences(self.env)), "")

    def test_a_change_by_hand_is_seen(self):
        rule = self.env.ref("cadre_review.cadre_review_event_rule_office_all")
        rule.domain_force = "[(1, '=', 1)]"
        was, now = differences(self.env)
        self.assertIn("cadre_review_office_user_ids", was + now)
        self.assertIn("[(1, '=', 1)]", was + now)
