"""Missing, handed in, to be completed, handed in again, accepted: in a browser."""

from odoo.tests import tagged

from ..browser import BrowserCase
from .test_hand_in import HandInCase


@tagged("post_install", "-at_install", "tour")
class TestHandInTour(HandInCase, BrowserCase):
    def _tour(self, name, user, own=False):
        action = f"cadre_review_dossier_action{'_own' if own else ''}"
        self.start_tour(
            f"/odoo/action-cadre_review.{action}/{self.dossier.id}",
            f"cadre_review_hand_in_{name}",
            login=user.login,
        )

    def test_from_missing_to_accepted(self):
        self._adopted_conference(self.dossier)
        self._commented(self.dossier)
        self._provided(self.dossier)
        self._paper("7").with_user(self.user_officer_a).action_withdraw()
        self.minutes.with_user(self.user_officer_a).action_withdraw()
        self._tour("with_what_is_missing", self.user_head_a, own=True)
        self.assertEqual(self.dossier.state, "submitted")
        self.assertEqual(len(self.dossier.picture_ids), 1)
        # what was missing comes, so that one thing is left to ask for
        self.dossier.paper_ids.sudo().filtered(
            lambda p: p.state == "missing"
        ).state = "provided"
        self._tour("asked_for_completion", self.user_office)
        self.assertEqual((self.dossier.state, self.dossier.round), ("returned", 2))
        self._tour("second_round", self.user_head_a, own=True)
        self._tour("accepted", self.user_office)
        self.assertEqual(self.dossier.state, "accepted")
        self.assertEqual(self.dossier.delivery_ids.sets, 2)
