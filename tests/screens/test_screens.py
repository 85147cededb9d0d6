"""The board of the office, the desk of a unit, the page of a person: their values."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import PLACE
from ..hand_in.test_hand_in import HandInCase
from ..security.test_security_rpc import QUIET, RpcCase, public_methods


class ScreenCase(HandInCase):
    def _board(self, user=None, campaign=None):
        board = self.env["cadre.review.board"].with_user(user or self.user_office)
        self.env.invalidate_all()
        return board.action_read(campaign.id if campaign else False)

    def _line(self, unit=None, user=None):
        [line] = [
            line
            for line in self._board(user)["units"]
            if line["name"] == (unit or self.unit_a).name
        ]
        return line

    def _desk(self, user=None, dossier=None):
        desk = self.env["cadre.review.desk"].with_user(user or self.user_officer_a)
        self.env.invalidate_all()
        return desk.action_read(dossier.id if dossier else False)

    def _codes(self, user=None):
        return [task["code"] for task in self._desk(user)["dossier"]["tasks"]]

    def _page(self, user=None):
        page = self.env["cadre.review.my.page"].with_user(user or self.user_person_a)
        self.env.invalidate_all()
        return page.action_read()

    def _cell(self, code, unit=None):
        kind = self.paper_kinds.filtered(lambda kind: kind.code == code)
        return self._line(unit)["papers"][str(kind.id)]


@tagged("post_install", "-at_install")
class TestBoard(ScreenCase):
    def test_every_unit_has_a_line(self):
        board = self._board()
        self.assertEqual(board["campaign"]["id"], self.campaign.id)
        self.assertEqual(
            [kind["code"] for kind in board["kinds"]],
            ["1", "2", "3", "4", "5", "6", "7"],
        )
        self.assertEqual(
            [(unit["name"], unit["lacking"]) for unit in board["units"]],
            [(self.unit_a.name, 10), (self.unit_b.name, 7)],
        )
        line = board["units"][0]
        self.assertEqual(
            (line["state"], line["due"], line["days_left"], line["is_begun"]),
            ("preparing", "2022-11-30", 9, False),
        )
        self.assertEqual(line["receipts"], [0, 2])
        self.assertEqual(board["campaign"]["progress"]["on_time_rate"], False)

    def test_a_cell_counts_papers_by_state(self):
        self.assertEqual(self._cell("4"), [2, 0, 0, 0, 0])
        self._submitted(self.dossier)
        self.assertEqual(self._cell("4"), [0, 2, 0, 0, 0])
        self._click(self.dossier, "action_receive")
        self._click(self.dossier, "action_check_papers")
        self._click(self.forms[0], "action_fail")
        self.assertEqual(self._cell("4"), [0, 0, 1, 1, 0])
        self._returned(self.dossier)
        self.assertEqual(self._cell("4"), [0, 0, 1, 1, 1])
        line = self._line()
        self.assertTrue(line["is_requested"])
        self.assertEqual((line["state"], line["round"]), ("returned", 2))
        # what has come again is no longer waited for
        self.forms[0].with_user(self.user_officer_a).action_provide()
        self.assertEqual(self._cell("4"), [0, 1, 1, 0, 0])

    def test_progress_and_on_time_rate(self):
        self._submitted(self.dossier)
        progress = self._board()["campaign"]["progress"]
        self.assertEqual(
            progress,
            {
                "units": 2,
                "handed_in": 1,
                "accepted": 0,
                "late": 0,
                "papers_there": 10,
                "papers": 17,
                "on_time_rate": 100,
            },
        )
        with freeze_time("2022-12-05 03:00:00"):
            board = self._board()
            self.assertEqual(board["campaign"]["progress"]["late"], 1)
            self.assertEqual(board["campaign"]["progress"]["on_time_rate"], 50)
            self.assertEqual(board["units"][1]["days_left"], -5)
            self.assertTrue(board["units"][1]["is_late"])

    def test_nobody_in_time_is_not_the_same_as_not_known(self):
        with freeze_time("2022-12-05 03:00:00"):
            rate = self._board()["campaign"]["progress"]["on_time_rate"]
        self.assertIs(type(rate), int)
        self.assertEqual(rate, 0)

    def test_hard_copies_and_debts(self):
        self._submitted(self.dossier)
        self._click(self.dossier, "action_receive")
        self.env["cadre.review.delivery"].with_user(self.user_office).create(
            {
                "dossier_id": self.dossier.id,
                "date": self.today,
                "sets": 1,
                "delivered_by": "Phan Văn Giao",
                "owed_sets": 1,
                "owed_until": date(2022, 11, 25),
            }
        )
        line = self._line()
        self.assertEqual((line["sets"], line["is_owed_overdue"]), (1, False))
        self.assertIn("25/11/2022", line["owed"])
        with freeze_time("2022-11-28 03:00:00"):
            self.assertTrue(self._line()["is_owed_overdue"])

    def test_who_left_and_who_is_excluded_are_not_counted(self):
        self._rating(self.campaign, self.chair_a).sudo()._leave("Chuyển công tác")
        self.assertEqual(self._cell("4"), [1, 0, 0, 0, 0])
        self.assertEqual(self._line()["receipts"], [0, 0])
        self._click(self.dossier_b, "action_exclude")
        self.assertEqual(
            [unit["name"] for unit in self._board()["units"]], [self.unit_a.name]
        )

    def test_levels_are_those_of_the_caps_board(self):
        self._submitted(self.dossier)
        board = self.env["cadre.review.board"].with_user(self.user_office)
        lines = board.action_read_levels(self.campaign.id)
        self.assertTrue(lines)
        caps = self.env["cadre.review.cap"].browse(line["id"] for line in lines)
        for line, cap in zip(lines, caps, strict=True):
            numbers = [number for _level, number in line["counts"]]
            self.assertEqual(
                numbers[:2] + [sum(numbers), line["without"], line["allowed"]],
                [
                    cap.excellent_count,
                    cap.good_count,
                    cap.rated_count,
                    cap.without_count,
                    cap.allowed_text or "",
                ],
            )
        self.assertEqual(
            sum(line["counts"][1][1] for line in lines if not line["is_capped"]), 3
        )

    def test_the_authority_sees_what_was_handed_in(self):
        board = self._board(self.user_standing)
        self.assertTrue(board["only_handed_in"])
        self.assertFalse(board["units"])
        self._submitted(self.dossier)
        board = self._board(self.user_standing)
        self.assertEqual([u["name"] for u in board["units"]], [self.unit_a.name])

    def test_no_campaign_and_a_campaign_without_units(self):
        Campaign = self.env["cadre.review.campaign"]
        empty = self._campaign(purpose="trống", unit_ids=[Command.clear()])
        board = self._board(campaign=empty)
        self.assertEqual((board["campaign"]["id"], board["units"]), (empty.id, []))
        Campaign.search([]).sudo().state = "cancelled"
        board = self._board()
        self.assertEqual((board["campaigns"], board["campaign"]), ([], False))

    def test_queries_do_not_grow_with_units(self):
        counts = []
        for number in (2, 20):
            units = self._units(number)
            campaign = self._opened_campaign(
                purpose=f"n{number}", unit_ids=[Command.set(units.ids)]
            )
            dossiers = campaign.sudo().dossier_ids
            dossiers.paper_ids.write({"state": "provided", "source_place": PLACE})
            dossiers.write({"state": "received", "date_submitted": self.today})
            for dossier in dossiers:
                self.env["cadre.review.delivery"].create(
                    {
                        "dossier_id": dossier.id,
                        "sets": 1,
                        "delivered_by": "N",
                        "owed_sets": 1,
                        "owed_until": self.today,
                    }
                )
            board = self.env["cadre.review.board"].with_user(self.user_office)
            for method in ("action_read", "action_read_levels"):
                getattr(board, method)(campaign.id)  # caches of the registry
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                getattr(board, method)(campaign.id)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[:2], counts[2:])


@tagged("post_install", "-at_install")
class TestDesk(ScreenCase):
    def test_what_is_to_do_comes_in_order(self):
        self.assertEqual(
            self._codes(),
            ["self", "report", "conference", "party", "unit", "papers", "findings"]
            + ["submit"],
        )
        self._self_assessed(self.dossier)
        self._adopted_conference_of_others()
        self.assertEqual(
            self._codes(), ["report", "party", "unit", "papers", "findings", "submit"]
        )
        self._commented(self.dossier)
        self._provided(self.dossier)
        self.assertNotIn("papers", self._codes())

    def _adopted_conference_of_others(self):
        conference = self._held_conference(self.dossier)
        self._click(conference, "action_adopt")

    def test_each_has_its_day(self):
        tasks = {task["code"]: task for task in self._desk()["dossier"]["tasks"]}
        self.assertEqual(
            (tasks["conference"]["due"], tasks["conference"]["days_left"]),
            ("2022-11-25", 4),
        )
        self.assertEqual(
            (tasks["papers"]["due"], tasks["papers"]["days_left"]), ("2022-11-30", 9)
        )

    def test_buttons_are_those_the_user_may_press(self):
        submit = self._desk()["dossier"]["tasks"][-1]
        self.assertEqual((submit["waits"], submit["buttons"]), (True, []))
        submit = self._desk(self.user_head_a)["dossier"]["tasks"][-1]
        self.assertEqual(
            [(b["model"], b["method"], b["ids"]) for b in submit["buttons"]],
            [("cadre.review.dossier", "action_submit", self.dossier.ids)],
        )
        # each button is a method that exists, and works for who was shown it
        for task in self._desk()["dossier"]["tasks"]:
            items = [item["button"] for item in task["items"] if item["button"]]
            for button in [*task["buttons"], *items]:
                records = self.env[button["model"]].browse(button["ids"])
                action = getattr(
                    records.with_user(self.user_officer_a), button["method"]
                )()
                self.assertIn("type", action)

    def test_steps_and_progress(self):
        steps = self._desk()["dossier"]["steps"]
        self.assertEqual(
            [(step["code"], step["done"], step["of"], step["state"]) for step in steps],
            [
                ("self", 0, 2, "now"),
                ("conference", 0, 1, "later"),
                ("party", 0, 2, "later"),
                ("unit", 0, 3, "later"),
                ("papers", 0, 10, "later"),
                ("submit", 0, 1, "later"),
                ("accept", 0, 1, "later"),
                ("notify", 0, 3, "later"),
            ],
        )
        self._submitted(self.dossier)
        dossier = self._desk()["dossier"]
        self.assertEqual(
            [step["state"] for step in dossier["steps"]],
            ["done"] * 6 + ["now", "later"],
        )
        self.assertEqual(dossier["progress"], 75)
        self.assertEqual([task["code"] for task in dossier["tasks"]], ["office"])

    def test_a_request_names_papers_and_reasons(self):
        self._received()
        self._click(self.forms[0], "action_fail", "Thiếu trang 2")
        self._returned(self.dossier, "Bổ sung phiếu")
        task = self._desk()["dossier"]["tasks"][0]
        self.assertEqual((task["code"], task["detail"]), ("request", "Bổ sung phiếu"))
        self.assertIn("Thiếu trang 2", task["items"][0]["detail"])

    def test_findings_are_those_of_the_hand_in_as_the_user_reads(self):
        [task] = [
            t for t in self._desk()["dossier"]["tasks"] if t["code"] == "findings"
        ]
        found = self.dossier._hand_in_findings()
        self.assertTrue(task["items"])
        said = {finding.record for finding in found}
        self.assertLessEqual({item["name"] for item in task["items"]}, said)

    def test_nobody_elses_and_none_at_all(self):
        with self.assertRaises(AccessError):
            self._desk(dossier=self.dossier_b)
        stray = self._user("stray", "officer", unit_id=self._units(1))
        self.assertEqual(self._desk(stray), {"dossiers": [], "dossier": False})
        with self.assertRaises(AccessError):
            self._desk(self.user_party_a)

    def test_several_are_to_choose_from(self):
        self.env["cadre.review.member"].create(
            {
                "user_id": self.user_officer_a.id,
                "role": "officer",
                "unit_id": self.unit_b.id,
            }
        )
        self._submitted(self.dossier)
        desk = self._desk()
        self.assertEqual(len(desk["dossiers"]), 2)
        # the one that waits for the unit comes by itself
        self.assertEqual(desk["dossier"]["id"], self.dossier_b.id)
        chosen = self._desk(dossier=self.dossier)["dossier"]
        self.assertEqual(chosen["id"], self.dossier.id)

    def test_nothing_of_secret_papers(self):
        self.minutes.sudo().is_secret = True
        [task] = [t for t in self._desk()["dossier"]["tasks"] if t["code"] == "papers"]
        self.assertNotIn(
            self.minutes.kind_id.short_name, [item["name"] for item in task["items"]]
        )


@tagged("post_install", "-at_install")
class TestMyPage(ScreenCase):
    def test_my_self_assessment_with_its_day(self):
        task = self._page()["tasks"][0]
        self.assertEqual(
            (task["code"], task["due"], task["days_left"]), ("self", "2022-11-25", 4)
        )
        self._self_assessed(self.dossier)
        self.assertNotIn("self", [task["code"] for task in self._page()["tasks"]])

    def test_the_result_only_once_it_is_notified(self):
        self._decided(self.dossier)
        rating = self._rating(self.campaign, self.deputy_a)
        self.assertEqual(rating.sudo().level, "good")
        [year] = self._page()["years"]
        self.assertEqual((year["level"], year["can_object"]), ("", False))
        self.assertEqual(len(year["stages"]), 2)  # own, and the conference's
        rating.sudo(False).action_notify()
        [year] = self._page()["years"]
        self.assertEqual(year["level"], rating.regulation_id._label("good"))
        self.assertEqual(year["date_notified"], "2022-11-21")
        self.assertTrue(year["can_object"])

    def test_declarations_until_their_receipt_is_known(self):
        user = self._user("chair_a")
        self.chair_a.user_id = user
        codes = [task["code"] for task in self._page(user)["tasks"]]
        self.assertEqual(codes.count("declaration"), 2)
        receipts = self._rating(self.campaign, self.chair_a).sudo().receipt_ids
        receipts[0].state = "confirmed"
        codes = [task["code"] for task in self._page(user)["tasks"]]
        self.assertEqual(codes.count("declaration"), 1)

    def test_party_body_comments_due(self):
        [task] = self._page(self.user_party_a)["tasks"]
        self.assertEqual((task["code"], task["due"]), ("party", "2022-11-30"))
        self.assertEqual(
            [item["name"] for item in task["items"]],
            [self.chair_a.name, self.deputy_a.name],
        )
        self._self_assessed(self.dossier)
        self._commented_by_party(self.deputy_a)
        [task] = self._page(self.user_party_a)["tasks"]
        self.assertEqual([i["name"] for i in task["items"]], [self.chair_a.name])

    def _commented_by_party(self, cadre):
        self._opinion(self._rating(self.campaign, cadre), "party", self.user_party_a)

    def test_a_person_without_campaign(self):
        user = self._user("new")
        self._person("Mai Văn Mới", self.unit_a).user_id = user
        page = self._page(user)
        self.assertTrue(page["cadres"])
        self.assertEqual((page["tasks"], page["years"]), ([], []))

    def test_queries_do_not_grow_with_people(self):
        counts = []
        for number in (2, 20):
            units = self._units(number)
            self._opened_campaign(
                purpose=f"p{number}", unit_ids=[Command.set(units.ids)]
            )
            self._page(self.user_party_a)  # caches of the registry
            self.env.flush_all()
            self.env.invalidate_all()
            page = self.env["cadre.review.my.page"].with_user(self.user_party_a)
            before = self.env.cr.sql_log_count
            page.action_read()
            counts.append(self.env.cr.sql_log_count - before)
        # some more for each dossier: its days, never for each person
        self.assertLess(counts[1] - counts[0], 20 * 6)


@tagged("post_install", "-at_install")
class TestScreensRpc(RpcCase):
    """Every screen's method over HTTP, as every role."""

    BOARD = ("user_office", "user_office_elsewhere", "user_standing", "user_superior")
    DESK = ("user_officer_a", "user_head_a")
    PAGE = ("user_person_a", "user_party_a")

    def _check(self, model, allowed, *args):
        for user in self.users:
            answer = self._call(user, model, "action_read", *args)
            may = user in [getattr(self, name) for name in allowed]
            self.assertEqual(not self._is_refused(answer), may, f"{user.name} {model}")

    @mute_logger(*QUIET)
    def test_who_reads_which_screen(self):
        with self._untouched():
            self._check("cadre.review.board", self.BOARD)
            self._check("cadre.review.desk", self.DESK)
            self._check("cadre.review.my.page", self.PAGE)

    @mute_logger(*QUIET)
    def test_nobody_reads_the_board_of_another_council(self):
        with self._untouched():
            for method in ("action_read", "action_read_levels"):
                for user in self.users:
                    if user in (
                        self.user_office,
                        self.user_standing,
                        self.user_superior,
                    ):
                        continue
                    self._assert_refused(
                        user, "cadre.review.board", method, self.campaign.id
                    )
                self._assert_refused(
                    self.user_office,
                    "cadre.review.board",
                    method,
                    self.campaign_elsewhere.id,
                )

    @mute_logger(*QUIET)
    def test_nobody_reads_the_desk_of_another_unit(self):
        with self._untouched():
            for user in self.users:
                self._assert_refused(
                    user, "cadre.review.desk", "action_read", self.dossier_b.id
                )

    def test_what_is_public_is_named_as_such(self):
        for model in ("board", "desk", "my.page"):
            methods = public_methods(self.env[f"cadre.review.{model}"])
            self.assertTrue(methods)
            self.assertFalse([m for m in methods if not m.startswith("action_read")])
