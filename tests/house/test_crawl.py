"""Every menu, view, search and button as every role: nothing that is shown breaks."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from ..common import ReviewCase
from ..crawler import Crawler

ROLES = (
    *("admin", "office", "standing", "officer_a", "head_a", "party_a", "person_a"),
    "none",
)
LONG = "Ủy viên Thường trực Hội đồng nhân dân " * 6


class CrawlCase(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = cls.env.ref("cadre_review.cadre_review_menu")

    def _crawled(self, user):
        """Crawl as this user; nothing may break."""
        crawler = Crawler(self.env, user)
        with mute_logger("odoo.addons.base.models.ir_model", "odoo.models.unlink"):
            crawler.crawl(self.root)
        self.assertFalse(
            crawler.faults,
            "\n".join(f"{user.login}: {where}: {e}" for where, e in crawler.faults),
        )
        return crawler


@tagged("post_install", "-at_install")
class TestCrawl(CrawlCase):
    """A campaign with one unit decided, one preparing, and one that is a draft."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.decisions = cls._decided(cls._dossier(cls.campaign, cls.unit_a))
        cls.decisions.action_notify()
        cls._held_conference(cls._dossier(cls.campaign, cls.unit_b))
        cls._campaign(name="Đánh giá năm 2023", year=2023)
        cls.env.flush_all()

    def test_every_role(self):
        for role in ROLES:
            with self.subTest(role=role):
                crawler = self._crawled(getattr(self, f"user_{role}"))
                self.assertEqual(bool(crawler.counted("menu")), role != "none")
                if role == "office":
                    self._assert_round(crawler)

    def _assert_round(self, crawler):
        """That it looked at anything: menus, searches, buttons by the dozen."""
        for kind, number in (("menu", 20), ("filter", 80), ("button", 40), ("new", 3)):
            self.assertGreater(crawler.counted(kind), number, kind)


@tagged("post_install", "-at_install")
class TestCrawlOfBareThings(CrawlCase):
    """Nothing there yet, nothing assigned, and names of 200 characters."""

    def test_nothing_there(self):
        for user in (self.user_office, self.user_admin, self.user_person_a):
            with self.subTest(user=user.login):
                self._crawled(user)

    def test_campaign_without_a_unit(self):
        self._campaign(unit_ids=[Command.clear()])
        for user in (self.user_office, self.user_standing):
            with self.subTest(user=user.login):
                self._crawled(user)

    def test_user_without_a_unit(self):
        """The group is there, the membership is over."""
        user = self._user("left", "head", unit_id=self.unit_a)
        member = self.env["cadre.review.member"].search([("user_id", "=", user.id)])
        member.date_to = "2022-11-01"
        user.group_ids |= self.env.ref("cadre_review.cadre_review_group_head")
        self._opened_campaign()
        self._crawled(user)

    def test_long_names(self):
        self.assertGreater(len(LONG), 200)
        self.unit_a.name = LONG
        self.own.name = LONG
        self.deputy_a.name = LONG
        self.deputy_a.post_ids.title = LONG
        campaign = self._opened_campaign(name=LONG)
        self._submitted(self._dossier(campaign, self.unit_a))
        for user in (self.user_office, self.user_head_a, self.user_person_a):
            with self.subTest(user=user.login):
                self._crawled(user)


@tagged("post_install", "-at_install", "tour")
class TestCrawlInTheBrowser(CrawlCase, BrowserCase):
    """Odoo's own click bot: menus, views and filters, without an error in console."""

    allow_end_on_form = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        campaign = cls._opened_campaign()
        cls._held_conference(cls._dossier(campaign, cls.unit_a))

    def _clicked(self, user):
        start = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
        user.tour_enabled = False
        self.browser_js(
            "/odoo",
            f"{start}.startClickEverywhere('cadre_review.cadre_review_menu');",
            "odoo.isReady === true",
            login=user.login,
            timeout=900,
            success_signal="clickbot test succeeded",
        )

    def test_person(self):
        self._clicked(self.user_person_a)

    def test_party_body(self):
        self._clicked(self.user_party_a)

    def test_unit(self):
        self._clicked(self.user_head_a)
