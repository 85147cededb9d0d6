"""The example campaign: what it holds, who logs in, and that it loads once."""

import io
from datetime import date

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import file_open

from .. import pdf_page

MODULE = "cadre_review"
# models whose rows the example creates
MODELS = (
    "res.company",
    "res.users",
    "cadre.review.authority",
    "cadre.review.party.body",
    "cadre.review.unit",
    "cadre.review.cadre",
    "cadre.review.post",
    "cadre.review.fact",
    "cadre.review.member",
    "cadre.review.document",
    "cadre.review.campaign",
    "cadre.review.dossier",
    "cadre.review.rating",
    "cadre.review.paper",
    "cadre.review.opinion",
    "cadre.review.event",
)
WARDS = (
    "Nguyễn Nghiêm",
    "Phổ Văn",
    "Phổ Quang",
    "Phổ Hòa",
    "Phổ Minh",
    "Phổ Vinh",
    "Phổ Ninh",
    "Phổ Thạnh",
)
COMMUNES = (
    "Phổ An",
    "Phổ Thuận",
    "Phổ Nhơn",
    "Phổ Phong",
    "Phổ Khánh",
    "Phổ Cường",
    "Phổ Châu",
)
# login -> its roles; those of the three communes that log in alike
ROLES = {
    "vanphong": {"office"},
    "thuongtruc": {"standing"},
    "quantri": {"admin"},
    "haivai": {"head", "officer", "party", "person"},
    "admin": {"admin", "office"},
    **{
        f"{name}.{commune}": roles
        for commune in ("phovan", "phoan", "phochau")
        for name, roles in {
            "canbo": {"officer"},
            "chutich": {"head", "officer", "person"},
            "capuy": {"party"},
            "canhan": {"person"},
        }.items()
    },
}


@tagged("post_install", "-at_install")
class TestScenario(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cadre.review.scenario"]._load()
        cls.campaign = cls._ref("campaign_2022")
        cls.people = cls.campaign.rating_ids.filtered("cadre_id")

    @classmethod
    def _ref(cls, name):
        return cls.env.ref(f"{MODULE}.scenario_{name}")

    def _unit_dossier(self, unit):
        return self.campaign.dossier_ids.filtered(
            lambda dossier: dossier.unit_id == self._ref(f"unit_{unit}")
        )

    def test_units_by_statutory_names(self):
        names = [
            "Ban Pháp chế HĐND thị xã Đức Phổ",
            "Ban Kinh tế - Xã hội HĐND thị xã Đức Phổ",
            *(f"Thường trực HĐND phường {name}" for name in WARDS),
            *(f"Thường trực HĐND xã {name}" for name in COMMUNES),
        ]
        self.assertEqual(self.campaign.dossier_ids.mapped("unit_name"), names)
        successors = self.campaign.unit_ids.successor_ids
        self.assertEqual(len(successors), 5)
        self.assertEqual(len(successors.predecessor_ids), 15)
        day = self.campaign.scope_date
        self.assertTrue(all(u._is_valid_on(day) for u in self.campaign.unit_ids))
        self.assertFalse(any(u._is_valid_on(day) for u in successors))

    def test_opened_by_the_office(self):
        rated = self.people.filtered(lambda rating: rating.scope == "rated")
        self.assertEqual(self.campaign.state, "open")
        self.assertEqual(self.campaign.event_ids.user_id.login, "vanphong")
        self.assertIn("Phổ Ninh", self.campaign.event_ids.warnings)
        self.assertIn(len(rated), range(40, 56))
        self.assertEqual(
            len(self.campaign.dossier_ids.paper_ids), 4 * 17 + 3 * len(rated)
        )
        self.assertEqual(len(self.campaign.rating_ids - self.people), 17)

    def test_one_rating_per_person(self):
        self.assertEqual(len(self.people), len(self.people.cadre_id))
        concurrent = self.people.filtered("other_titles")
        self.assertEqual(len(concurrent), 5)
        deputy = concurrent.filtered(lambda r: r.unit_id == self._ref("unit_law"))
        self.assertIn("Ban Kinh tế - Xã hội", deputy.other_titles)
        elsewhere = self.people.filtered(lambda rating: rating.scope == "reviewed")
        self.assertEqual(len(elsewhere), 6)

    def test_communes_at_different_stages(self):
        for unit, state in (
            ("pho_van", "accepted"),
            ("pho_an", "submitted"),
            ("pho_chau", "preparing"),
            ("pho_ninh", "preparing"),
        ):
            self.assertEqual(self._unit_dossier(unit).state, state)
        self.assertEqual(
            set(self._unit_dossier("pho_van").rating_ids.mapped("state")), {"reviewed"}
        )
        # who took the step stands in the history, not the loader
        submitted = self._unit_dossier("pho_van").event_ids.filtered(
            lambda event: event.move == "submit"
        )
        self.assertEqual(submitted.user_id.login, "chutich.phovan")

    def test_letter(self):
        campaign = self.campaign
        self.assertEqual(campaign.letter_number, "27/HĐND")
        self.assertEqual(campaign.letter_date, date(2022, 11, 8))
        self.assertEqual(campaign.letter_signer, "Nguyễn Thị Kiều")
        self.assertEqual(len(campaign.basis_ids), 4)
        self.assertEqual(
            [set(basis.document_ids.mapped("number")) for basis in campaign.basis_ids],
            [
                {"21-HD/BTCTW"},
                {"90/2020/NĐ-CP"},
                {"04-HD/TU"},
                {"933-CV/TU", "75-KH/TU"},
            ],
        )
        self.assertEqual(
            campaign.deadline_ids.mapped(lambda d: (d.kind, d.printed, d.last_day)),
            [
                ("review", "chậm nhất ngày 25/11/2022", date(2022, 11, 25)),
                ("dossier", "trước ngày 01/12/2022", date(2022, 11, 30)),
                ("conclusion", "trước ngày 05/12/2022", date(2022, 12, 4)),
            ],
        )
        for printed in campaign.deadline_ids.mapped("printed"):
            self.assertIn(printed, campaign.letter_body)
        self.assertIn("những biểu hiện suy thoái", campaign.letter_body)
        self.assertEqual(len(campaign.letter_recipients.splitlines()), 6)

    def test_letter_prints_line_by_line(self):
        """As it was sent, but for the spelling of the town."""
        [pdf] = (
            self.env.ref("cadre_review.action_report_campaign_letter")
            ._record_pdfs(self.campaign)
            .values()
        )
        printed = pdf_page.words(PdfReader(io.BytesIO(pdf)))
        with file_open("cadre_review/tests/letter_2022.txt") as letter:
            for line in letter:
                words = "".join(line.split())
                self.assertTrue(printed.startswith(words), f"{line}≠ {printed[:300]}")
                printed = printed[len(words) :]
        self.assertFalse(printed)

    def test_statutory_name_everywhere(self):
        self.assertIn("Đức Phổ", self.campaign.company_id.name)
        wrong = ("Đức Phố", "ĐỨC PHỐ")
        for model in MODELS:
            texts = [
                name
                for name, field in self.env[model]._fields.items()
                if field.store and field.type in ("char", "text", "html")
            ]
            for row in self.env[model].search([]).read(texts):
                self.assertFalse(
                    [
                        text
                        for text in map(str, row.values())
                        if any(w in text for w in wrong)
                    ]
                )

    def test_everybody_logs_in_with_their_roles(self):
        roles = {
            name: self.env.ref(f"{MODULE}.cadre_review_group_{name}")
            for name in (
                "person",
                "officer",
                "head",
                "party",
                "office",
                "standing",
                "admin",
            )
        }
        for login, expected in ROLES.items():
            with self.subTest(login=login):
                user = self.env["res.users"].search([("login", "=", login)])
                held = {r for r, g in roles.items() if g in user.all_group_ids}
                self.assertEqual(held, expected)
                self.assertEqual((user.lang, user.tz), ("vi_VN", "Asia/Ho_Chi_Minh"))
                self.env["res.users"].authenticate(
                    {"type": "password", "login": login, "password": login},
                    {"interactive": False},
                )
                campaigns = self.env["cadre.review.campaign"].with_user(user)
                self.assertEqual(campaigns.search([]), self.campaign)

    def test_loads_once(self):
        counts = {model: self.env[model].search_count([]) for model in MODELS}
        self.campaign.name = "Tên do người dùng đặt"
        self.env["cadre.review.scenario"]._load()
        self.assertEqual(
            {model: self.env[model].search_count([]) for model in MODELS}, counts
        )
        self.assertEqual(self.campaign.name, "Tên do người dùng đặt")

    def test_button_is_the_administrators(self):
        Scenario = self.env["cadre.review.scenario"]
        with self.assertRaisesRegex(AccessError, "administrator"):
            Scenario.with_user(self._ref("user_vanphong")).action_load()
        answer = Scenario.with_user(self._ref("user_quantri")).action_load()
        self.assertEqual(answer["tag"], "reload")

    def test_step_that_cannot_be_taken_is_loud(self):
        dossier = self._unit_dossier("pho_chau")
        scenario = self.env["cadre.review.scenario"]
        with self.assertRaises(UserError):
            scenario._play_hand_in(
                dossier,
                scenario._people("pho_chau"),
                {"reviewed_on": "2022-11-21", "handed_in_on": "2022-11-28"},
            )


@tagged("post_install", "-at_install")
class TestScenarioBesideACouncil(TransactionCase):
    def test_a_named_company_is_left_alone(self):
        main = self.env.ref("base.main_company")
        main.name = "Một đơn vị đang dùng hệ thống"
        admin = new_test_user(
            self.env, "another_admin", "base.group_system", company_id=main.id
        )
        self.env["cadre.review.scenario"].with_user(admin).with_context(
            allowed_company_ids=main.ids
        ).action_load()
        campaign = self.env.ref(f"{MODULE}.scenario_campaign_2022")
        self.assertEqual(main.name, "Một đơn vị đang dùng hệ thống")
        self.assertNotEqual(campaign.company_id, main)
        self.assertEqual(campaign.state, "open")
