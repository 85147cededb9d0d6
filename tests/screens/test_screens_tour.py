"""The screens of the office, the unit and the person in a browser."""

from odoo.tests import tagged

from ..browser import BrowserCase
from ..hand_in.test_hand_in import HandInCase


class ScreenTourCase(HandInCase, BrowserCase):
    def _tour(self, path, name, user):
        self.start_tour(
            f"/odoo/{path}", f"cadre_review_{name}", login=user.login, timeout=180
        )


@tagged("post_install", "-at_install", "tour")
class TestScreensTour(ScreenTourCase):
    def test_board(self):
        self.dossier.sudo().unit_name = "Thường trực HĐND phường Đức A " + "dài " * 42
        self.assertLess(190, len(self.dossier.unit_name))
        self._tour("review-board", "board_of_the_office", self.user_office)
        self._submitted(self.dossier)
        self._tour("review-board", "board_of_the_authority", self.user_standing)

    def test_desk(self):
        self._tour("review-desk", "desk_of_the_unit", self.user_officer_a)
        # before the hand-in files are the unit's own
        placed = self.dossier.sudo().paper_ids.filtered("file_ids")
        self.assertEqual(set(placed.kind_id.mapped("code")), {"1", "2"})
        self.assertEqual(set(placed.mapped("state")), {"provided"})
        placed.with_user(self.user_officer_a).action_withdraw()
        self._adopted_conference(self.dossier)
        self._commented(self.dossier)
        self._provided(self.dossier)
        self._paper("7").with_user(self.user_officer_a).action_withdraw()
        self._tour("review-desk", "desk_of_the_head", self.user_head_a)
        self.assertEqual(self.dossier.state, "submitted")


@tagged("post_install", "-at_install", "tour")
class TestScreensOnATelephone(ScreenTourCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_page(self):
        self._tour("review-my-page", "page_of_the_person", self.user_person_a)
        rating = self._rating(self.campaign, self.deputy_a)
        self.assertEqual(rating.sudo().opinion_ids.stage, "self")
        self._decided(self.dossier)
        rating.action_notify()
        self._tour("review-my-page", "page_with_a_notice", self.user_person_a)
        self.assertEqual(rating.sudo().objection_ids.state, "draft")
