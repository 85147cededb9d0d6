"""From a database without anything of ours to an open campaign."""

from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.base.tests.common import BaseCommon

from ..browser import BrowserCase

OURS = ("authority", "unit", "party.body", "cadre", "member", "campaign")
FIRST_STEPS = "/odoo/action-cadre_review.cadre_review_first_steps_action"


@tagged("post_install", "-at_install", "tour")
class TestFirstSteps(BaseCommon, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2022-11-21 03:00:00"))
        cls.env.company.name = "Hội đồng Đầu"
        groups = "base.group_user,cadre_review.cadre_review_group_admin"
        cls.admin = new_test_user(cls.env, "first_admin", groups, name="Quản trị Đầu")
        cls.clerk = new_test_user(
            cls.env, "first_clerk", "base.group_user", name="Chuyên viên Đầu"
        )

    def test_from_nothing_to_an_open_campaign(self):
        for model in OURS:
            self.assertFalse(self.env[f"cadre.review.{model}"].search([]), model)
        self.start_tour(
            FIRST_STEPS,
            "cadre_review_first_steps_of_the_administrator",
            login=self.admin.login,
        )
        self.start_tour(
            FIRST_STEPS,
            "cadre_review_first_steps_of_the_office",
            login=self.clerk.login,
        )
        campaign = self.env["cadre.review.campaign"].search([])
        self.assertEqual(campaign.state, "open")
        self.assertEqual(len(campaign.dossier_ids), 1)
        names = campaign.rating_ids.cadre_id.mapped("name")
        self.assertEqual(names, ["Nguyễn Thị Mở Đầu"])
