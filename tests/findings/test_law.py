"""The law as data, and what the rules find where people work."""

from contextlib import contextmanager
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...rules import regulations
from ..common import PLACE, ReviewCase

SHIPPED = {
    # day: official, civil servant, public employee, collective
    date(2022, 11, 8): ("ND90-2020-CB", "ND90-2020-CC", "ND90-2020-VC", "HD21-2019-TT"),
    date(2023, 9, 14): ("ND90-2020-CB", "ND90-2020-CC", "ND90-2020-VC", "HD21-2019-TT"),
    date(2023, 9, 15): ("ND48-2023-CB", "ND48-2023-CC", "ND48-2023-VC", "HD21-2019-TT"),
    date(2023, 10, 4): (
        *("ND48-2023-CB", "ND48-2023-CC", "ND48-2023-VC"),
        "QD124-2023-TT",
    ),
    date(2024, 11, 8): (
        *("ND48-2023-CB", "ND48-2023-CC", "ND48-2023-VC"),
        "QD124-2023-TT",
    ),
    date(2025, 12, 31): (
        *("ND48-2023-CB", "ND48-2023-CC", "ND48-2023-VC"),
        "QD366-2025-TT",
    ),
    date(2026, 1, 1): (
        "ND48-2023-CB",
        "ND335-2025-CC",
        "ND48-2023-VC",
        "QD366-2025-TT",
    ),
    date(2026, 11, 8): (
        *("QD366-2025-CB", "ND335-2025-CC", "ND233-2026-VC"),
        "QD366-2025-TT",
    ),
}
KINDS = ("official", "civil_servant", "public_employee", "collective")


class LawCase(ReviewCase):
    @contextmanager
    def _refused(self, pattern, error=UserError):
        """Refused with such a message; what was done until then is undone."""
        with self.assertRaises(error) as refused:
            yield
        self.assertRegex(str(refused.exception), pattern)

    def _draft_decision(self, ratings, **values):
        """A decision on the ratings with all that a paper carries."""
        action = ratings.action_draft_decisions()
        decision = ratings.env["cadre.review.decision"].search(action["domain"])
        decision.write(
            {
                "number": "7-KL/TT",
                "date": self.today,
                "signer": "Nguyễn Thị Ký",
                "source_place": PLACE,
                **values,
            }
        )
        return decision

    def _fact(self, cadre, kind, **values):
        return self.env["cadre.review.fact"].create(
            {
                "cadre_id": cadre.id,
                "kind": kind,
                "date_from": "2022-01-01",
                "date_to": "2022-12-31",
                "is_confirmed": True,
                **values,
            }
        )

    def _findings(self, record):
        """Rà soát on the record: ``{(rule, severity)}`` and its lines."""
        action = record.action_show_findings()
        lines = record.env["cadre.review.finding"].search(action["domain"])
        return {(line.rule, line.severity) for line in lines}, lines


@tagged("post_install", "-at_install")
class TestRegulations(LawCase):
    """Versions by kind and date; bad ones refused; used ones superseded."""

    def test_each_kind_and_day_has_its_version(self):
        every = self.env["cadre.review.regulation"].search([])
        for day, codes in SHIPPED.items():
            for kind, code in zip(KINDS, codes, strict=True):
                found = every._applicable(kind, day)
                self.assertEqual(found.code, code, f"{kind} {day}")
                self.assertTrue(found.criterion_ids and found.label_ids)

    def test_campaign_takes_the_law_of_its_day(self):
        """Without a choice of its own; the ratings keep it."""
        for day in (date(2022, 11, 8), date(2024, 11, 8), date(2026, 11, 8)):
            campaign = self._opened_campaign(
                year=day.year,
                scope_date=day,
                regulation_ids=[Command.clear()],
                deadline_ids=[],
            )
            official, *_others, collective = SHIPPED[day]
            people = campaign.rating_ids.filtered("cadre_id")
            self.assertEqual(set(people.regulation_id.mapped("code")), {official})
            rest = campaign.rating_ids - people
            self.assertEqual(set(rest.regulation_id.mapped("code")), {collective})

    def test_shipped_versions_are_sound_and_name_their_sources(self):
        for regulation in self.env["cadre.review.regulation"].search([]):
            self.assertFalse(list(regulations.check(regulation._law())))
            for setting in regulation.setting_ids:
                self.assertTrue(setting.source_text, f"{regulation.code} {setting.key}")
            if regulation.has_cap:
                self.assertTrue(regulation.cap_source, regulation.code)

    def _values(self, **values):
        return {
            "name": "Quy định thử",
            "code": "THU",
            "subject_kind": "official",
            "date_from": "2030-01-01",
            "date_to": "2030-12-31",
            "scale": "points",
            "total_points": 100,
            "label_ids": [
                Command.create({"level": level, "name": level})
                for level in ("excellent", "good", "completed", "failed")
            ],
            "criterion_ids": [
                Command.create({"code": "I", "name": "Chung", "max_points": 30}),
                Command.create({"code": "II", "name": "Kết quả", "max_points": 70}),
            ],
            "band_ids": [
                Command.create({"level": "excellent", "lower": 90, "is_open": True}),
                Command.create({"level": "good", "lower": 70, "upper": 90}),
                Command.create({"level": "completed", "lower": 50, "upper": 70}),
                Command.create({"level": "failed", "lower": 0, "upper": 50}),
            ],
            **values,
        }

    def test_bad_input_is_refused_with_the_row_named(self):
        Regulation = self.env["cadre.review.regulation"].with_user(self.user_admin)
        open_end = self.env.ref("cadre_review.qd366_2025_official")
        open_end.date_to = "2029-12-31"
        good = Regulation.create(self._values())
        self.assertTrue(good._law().bands)
        good.unlink()
        label = {"level": "good", "name": "x"}
        wrong = {
            "Quy định 366": {"date_from": "2029-06-01"},
            "a gap": {
                "band_ids": [
                    *self._values()["band_ids"][:3],
                    Command.create({"level": "failed", "lower": 0, "upper": 49}),
                ]
            },
            "an overlap": {
                "band_ids": [
                    *self._values()["band_ids"][:3],
                    Command.create({"level": "failed", "lower": 0, "upper": 51}),
                ]
            },
            "120 %": {"has_cap": True, "cap_rate": 120},
            "add up to 90": {
                "criterion_ids": [
                    Command.create({"code": "I", "name": "Chung", "max_points": 90})
                ]
            },
            "does not exist": {"label_ids": [Command.create(label)]},
            "cannot be read": {
                "setting_ids": [
                    Command.create({"key": "quorum", "value": "hai phần ba"})
                ]
            },
            "two labels": {
                "label_ids": [
                    *self._values()["label_ids"],
                    Command.create(label),
                ]
            },
        }
        for message, values in wrong.items():
            with self.assertRaises(ValidationError, msg=message) as refused:
                Regulation.create(self._values(**values))
            self.assertIn(message, str(refused.exception))

    def test_a_row_alone_cannot_break_the_whole(self):
        Regulation = self.env["cadre.review.regulation"].with_user(self.user_admin)
        fresh = Regulation.create(
            self._values(date_from="1999-01-01", date_to="1999-12-31")
        )
        with self._refused("add up to", ValidationError):
            fresh.criterion_ids[0].max_points = 31
        with self._refused("gap|0 to", ValidationError):
            fresh.band_ids[-1].unlink()
        # several rows changed together are judged together
        first, second = fresh.criterion_ids
        fresh.criterion_ids = [
            Command.update(first.id, {"max_points": 20}),
            Command.update(second.id, {"max_points": 80}),
        ]
        self.assertEqual(sum(fresh.criterion_ids.mapped("max_points")), 100)

    def test_a_used_version_is_superseded_never_edited(self):
        self._opened_campaign()
        used = self.env.ref("cadre_review.nd90_2020_official").with_user(
            self.user_admin
        )
        self.assertTrue(used.is_used)
        for attempt in (
            lambda: used.write({"name": "Khác"}),
            lambda: used.criterion_ids[0].write({"name": "Khác"}),
            lambda: used.setting_ids[0].write({"value": "1"}),
            lambda: used.rule_ids[0].unlink(),
            lambda: used.band_ids.create(
                {"regulation_id": used.id, "level": "good", "lower": 1}
            ),
            lambda: used.unlink(),
        ):
            with self._refused("Supersede", UserError):
                attempt()
        action = used.action_supersede()
        window = self.env[action["res_model"]].with_user(self.user_admin)
        window = window.with_context(**action["context"]).create(
            {"date_from": "2023-01-01", "code": "ND90-2023-CB"}
        )
        fresh = used.browse(window.action_supersede()["res_id"])
        self.assertEqual(used.date_to, date(2022, 12, 31))
        self.assertEqual(fresh.date_to, date(2023, 9, 14))
        self.assertEqual(len(fresh.criterion_ids), len(used.criterion_ids))
        self.assertEqual(len(fresh.rule_ids), len(used.rule_ids))
        fresh.criterion_ids[0].name = "Sửa được"
        with self._refused("within the time", UserError):
            used._supersede(date(2024, 1, 1), "X")

    def test_superseding_does_not_take_the_law_from_under_a_rating(self):
        self._opened_campaign()
        used = self.env.ref("cadre_review.nd90_2020_official").with_user(
            self.user_admin
        )
        with self._refused("rest on it after", UserError):
            used._supersede(date(2022, 6, 1), "X")

    def test_the_superuser_may_so_that_an_upgrade_passes(self):
        self._opened_campaign()
        self.env.ref("cadre_review.nd90_2020_official").name = "Sửa khi nâng cấp"

    def test_administrator_overrides_with_a_reason(self):
        """Without seeing a rating: they are named by kind, unit and person."""
        campaign = self._opened_campaign()
        rating = self._rating(campaign, self.deputy_a)
        other = self.env.ref("cadre_review.nd90_48_2023_official")
        with self.assertRaises(AccessError):
            campaign.action_override_regulation()
        with self.assertRaises(AccessError):
            rating._override_regulation(other, "Vì …")
        opinion = rating.env["cadre.review.opinion"].browse(
            rating.with_user(self.user_officer_a)._open_opinion("self")["res_id"]
        )
        action = campaign.with_user(self.user_admin).action_override_regulation()
        Window = self.env[action["res_model"]].with_user(self.user_admin)
        Window = Window.with_context(**action["context"])
        values = {"regulation_id": other.id, "reason": "Theo CV 12"}
        window = Window.create({"cadre_ids": self.deputy_a.ids, **values})
        self.assertEqual(window.rating_count, 1)
        window.action_override()
        self.assertEqual(rating.regulation_id, other)
        self.assertEqual(
            opinion.sudo().line_ids.criterion_id.regulation_id, other, "criteria follow"
        )
        event = rating.event_ids.filtered(lambda e: e.move == "override")
        self.assertIn("Theo CV 12", event.reason)
        self.assertEqual(event.user_id, self.user_admin)
        board = self.env["cadre.review.cap"].search(
            [("campaign_id", "=", campaign.id), ("regulation_id", "=", other.id)]
        )
        self.assertTrue(board, "it is counted under its own law")
        nobody = Window.create({"subject_kind": "public_employee", **values})
        with self._refused("no rating is of this kind", UserError):
            nobody.action_override()
        collective = self.env.ref("cadre_review.hd21_2019_collective")
        with self._refused("same kind", UserError):
            rating.with_user(self.user_admin).sudo()._override_regulation(
                collective, "Vì …"
            )

    def test_a_level_unknown_to_the_year_is_refused(self):
        campaign = self._opened_campaign()
        rating = self._rating(campaign, self.deputy_a)
        rating.sudo().regulation_id.label_ids.filtered(
            lambda label: label.level == "excellent"
        ).unlink()
        decision = self.env["cadre.review.decision"].create(
            {"campaign_id": campaign.id, "authority_id": self.own.id}
        )
        with self._refused("does not exist under", ValidationError):
            decision.line_ids = [
                Command.create({"rating_id": rating.id, "level": "excellent"})
            ]
        dossier = rating.dossier_id.with_user(self.user_officer_a)
        dossier.action_open_conference()
        subject = dossier.conference_ids.subject_ids.filtered(
            lambda subject: subject.rating_id == rating
        )
        with self._refused("does not exist under", ValidationError):
            subject.concluded_level = "excellent"


@tagged("post_install", "-at_install")
class TestRulesAtWork(LawCase):
    """The same findings are shown, and stand in the way of a move."""

    def test_under_six_months_needs_no_level_and_may_have_none(self):
        """A1: the comment is confirmed without a level; a level is refused at ours."""
        self._fact(self.deputy_a, "months", months=5.9)
        campaign = self._opened_campaign()
        dossier = self._accepted(self._dossier(campaign, self.unit_a))
        rating = self._rating(campaign, self.deputy_a)
        with self._refused("5 tháng 27 ngày.*Điều 2 khoản 3", UserError):
            self._click(rating, "action_accept_proposals")
        action = rating._open_opinion("appraisal")
        appraisal = rating.env["cadre.review.opinion"].browse(action["res_id"])
        appraisal.conclusion = "Chưa đủ 06 tháng: không xếp loại"
        self._click(appraisal, "action_confirm")
        self.assertEqual(appraisal.state, "confirmed")
        decision = self._draft_decision(rating)
        decision.line_ids.level = "good"
        with self._refused("not rated by law", UserError):
            decision.action_issue()
        decision.line_ids.write({"level": "unrated", "reason": "Chưa đủ 06 tháng"})
        self._click(decision, "action_issue")
        self.assertEqual(rating.level, "unrated")
        self.assertEqual(dossier.state, "accepted")

    def test_what_another_authority_decides_is_recorded_with_findings(self):
        """A4: the same discipline refuses our decision and only notes theirs."""
        for cadre in (self.chair_a, self.deputy_a):
            self._fact(
                cadre,
                "discipline",
                date_from="2022-06-01",
                degree="reprimand",
                in_duty="yes",
                reference="QĐ 5-QĐ/UBKT",
            )
        campaign = self._opened_campaign()
        self._accepted(self._dossier(campaign, self.unit_a))
        ours = self._rating(campaign, self.deputy_a)
        decision = self._draft_decision(ours)
        with self._refused("QĐ 5-QĐ/UBKT", UserError):
            decision.action_issue()
        theirs = self._draft_decision(
            self._rating(campaign, self.chair_a), number="8-QĐ/TU"
        )
        self._click(theirs, "action_issue", "Ghi nhận quyết định của cấp trên")
        self.assertEqual(theirs.state, "issued")
        self.assertIn("QĐ 5-QĐ/UBKT", theirs.event_ids.warnings)
        self.assertEqual(theirs.event_ids.user_id, self.user_office)

    def test_a_violation_counted_before_names_its_record(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as refused:
            self._fact(
                self.deputy_a, "discipline", degree="reprimand", counted_year=2021
            )
            self.env.flush_all()
        self.assertIn("counted", str(refused.exception))

    def test_findings_name_article_and_remedy(self):
        self._fact(self.deputy_a, "absence", months=4)
        campaign = self._opened_campaign()
        self._submitted(self._dossier(campaign, self.unit_a))
        rating = self._rating(campaign, self.deputy_a)
        found, lines = self._findings(rating)
        self.assertIn(("A2", "1"), found)
        line = lines.filtered(lambda found: found.rule == "A2")
        self.assertEqual(line.article, "NĐ 90/2020/NĐ-CP Điều 2 khoản 3")
        self.assertTrue(line.remedy)
        self.assertEqual(line.action_open()["res_id"], rating.id)
        whole, _lines = self._findings(campaign)
        self.assertIn(("A2", "1"), whole)
        of_unit, _lines = self._findings(self._dossier(campaign, self.unit_a))
        self.assertIn(("A2", "1"), of_unit)

    def test_a_warning_is_passed_with_a_reason_that_is_kept(self):
        """A2 is only a proposal at the hand-in: it warns, and the head answers."""
        self._fact(self.deputy_a, "absence", months=4)
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        self._adopted_conference(dossier)
        self._commented(dossier)
        self._provided(dossier)
        head = dossier.with_user(self.user_head_a)
        action = head.action_submit()
        self.assertIn("4 tháng", action["context"]["default_warnings"])
        self._click(head, "action_submit", "Đã báo cáo Thường trực")
        event = dossier.event_ids.filtered(lambda e: e.move == "submit")
        self.assertEqual(event.reason, "Đã báo cáo Thường trực")
        self.assertEqual(event.user_id, self.user_head_a)
        self.assertIn("4 tháng", event.warnings)

    def test_nobody_learns_more_than_they_may_read(self):
        """A unit's Rà soát knows nothing of the appraisal."""
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        self._accepted(dossier)
        rating = self._rating(campaign, self.deputy_a)
        action = rating._open_opinion("appraisal")
        appraisal = rating.env["cadre.review.opinion"].browse(action["res_id"])
        appraisal.write(
            {"proposed_level": "completed", "level_reason": "Việc còn chậm nhiều"}
        )
        self._click(appraisal, "action_confirm")
        found, _lines = self._findings(rating)
        self.assertIn(("K5", "2"), found, "the office sees that it differs")
        theirs, lines = self._findings(rating.with_user(self.user_officer_a))
        self.assertNotIn(("K5", "2"), theirs)
        _found, lines = self._findings(dossier.with_user(self.user_officer_a))
        self.assertTrue(lines)
        others = lines.with_user(self.user_office)
        with self.assertRaises(AccessError):
            others.read(["message"])

    def test_what_a_dossier_lacks_is_found_and_refuses(self):
        """The office sees before the hand-in who has spoken, not what was said."""
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        found, _lines = self._findings(dossier)
        self.assertTrue({("C3", "1"), ("C4", "1"), ("C13", "2"), ("D1", "2")} <= found)
        head = dossier.with_user(self.user_head_a)
        with self._refused("minutes of the conference have not been adopted"):
            head.action_submit()
        self._adopted_conference(dossier)
        self._commented(dossier)
        self._provided(dossier)
        opinions = self.env["cadre.review.opinion"].with_user(self.user_office)
        self.assertFalse(opinions.search([("dossier_id", "=", dossier.id)]))
        found, _lines = self._findings(dossier)
        self.assertFalse(
            {"C3", "C4", "C13", "D1"} & {rule for rule, _severity in found}
        )

    def test_formalism_is_shown_to_the_office_before_it_accepts(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        self._adopted_conference(dossier)
        self._commented(dossier)
        opinions = dossier.sudo().rating_ids.opinion_ids
        opinions.line_ids.shortcomings = "Không có."
        self._provided(dossier)
        self._click(dossier.with_user(self.user_head_a), "action_submit")
        dossier.action_receive()
        self._click(dossier, "action_check_papers")
        action = dossier.action_accept()
        self.assertIn("không có", action["context"]["default_warnings"])
        self._click(dossier, "action_accept", "Đã yêu cầu đơn vị rút kinh nghiệm")
        self.assertEqual(dossier.state, "accepted")

    def test_ratings_of_a_province_are_read_in_a_fixed_number_of_queries(self):
        """The SQL count of Rà soát does not depend on the number of ratings."""
        counts = []
        for number in (3, 12):
            units = self._units(number, start=number)
            campaign = self._opened_campaign(
                purpose=f"n{number}", unit_ids=[Command.set(units.ids)]
            )
            for rating in campaign.sudo().rating_ids:
                self.env["cadre.review.opinion"].create(
                    {"rating_id": rating.id, "stage": "unit", "proposed_level": "good"}
                )
            campaign._as_values()  # caches of the registry
            campaign.env.flush_all()
            campaign.env.invalidate_all()
            before = self.env.cr.sql_log_count
            campaign._as_values()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])


@tagged("post_install", "-at_install")
class TestCaps(LawCase):
    """The caps board, and the cap at the decision of our own authority."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["cadre.review.post.group"].create(
            {"name": "Phó Chủ tịch thử", "code": "TEST-PCT"}
        )
        cls.deputy_a.post_ids.group_id = cls.group
        cls.many = cls._units(4, people=2)
        cls.many.post_ids.filtered(lambda p: not p.is_head).group_id = cls.group
        # the law of a year in which the cap on persons refuses
        rule = cls.env.ref("cadre_review.nd90_2020_official_rule_b1")
        rule.severity = "block"
        cls.campaign = cls._opened_campaign(
            unit_ids=[Command.set((cls.unit_a | cls.many).ids)]
        )
        ratings = cls.campaign.sudo().rating_ids
        cls.deputies = ratings.filtered(lambda r: r.group_id == cls.group)
        cls.deputies.dossier_id.state = "accepted"
        cls.deputies.state = "proposed"
        cls.env["cadre.review.opinion"].create(
            [
                {
                    "rating_id": rating.id,
                    "stage": "appraisal",
                    "proposed_level": "excellent" if number < 2 else "good",
                    "state": "confirmed",
                    "source": "paper",
                }
                for number, rating in enumerate(cls.deputies)
            ]
        )
        cls.deputies = cls.deputies.with_user(cls.user_office)
        action = cls.campaign.action_caps()
        board = cls.campaign.env["cadre.review.cap"].search(action["domain"])
        cls.line = board.filtered(lambda line: line.group_id == cls.group)

    def test_board_counts_live_under_both_bases(self):
        line = self.line
        self.assertRecordValues(
            line,
            [
                {
                    "excellent_count": 2,
                    "good_count": 3,
                    "rated_count": 5,
                    "allowed_good": 0,
                    "allowed_good_excellent": 1,
                    "allowed_text": "0 / 1",
                    "verdict": "over",
                    "is_capped": True,
                }
            ],
        )
        self.assertIn("66,6", line.share_text)
        self.assertIn("40,0", line.share_text)
        line.outside_good = 6
        self.assertEqual((line.good_count, line.allowed_text), (9, "1 / 2"))
        self.assertEqual(line.verdict, "unsettled")
        self.campaign.write({"cap_base": "good", "cap_guidance": "CV 933-CV/TU"})
        self.assertEqual((line.allowed_text, line.verdict), ("1", "over"))
        self.campaign.cap_base = "good_excellent"
        self.assertEqual((line.allowed_text, line.verdict), ("2", "within"))
        board = line.search([("campaign_id", "=", self.campaign.id)])
        self.assertIn("unit", board.mapped("scope"))
        self.assertIn("authority", board.mapped("scope"))
        self.campaign.action_caps()
        again = line.search([("campaign_id", "=", self.campaign.id)])
        self.assertEqual(board, again, "opening the board twice adds nothing")

    def test_guidance_needs_its_number(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as refused:
            self.campaign.write({"cap_base": "good"})
            self.campaign.flush_recordset()
        self.assertIn("guidance", str(refused.exception))

    def test_our_decision_above_the_cap_is_refused(self):
        decision = self._draft_decision(self.deputies)
        with self._refused("the cap allows 1", UserError):
            decision.action_issue()
        self.line.outside_good = 20
        self._click(decision, "action_issue")
        self.assertEqual(decision.state, "issued")
        self.assertEqual(self.line.excellent_count, 2)

    def test_an_excess_names_its_decision(self):
        decision = self._draft_decision(self.deputies)
        self.line.excess_decision = "QĐ 12-QĐ/TU ngày 02/12/2022"
        self.assertEqual(self.line.verdict, "named")
        self._click(decision, "action_issue")
        self.assertEqual(decision.state, "issued")

    def test_a_group_shared_with_others_only_warns(self):
        self.line.is_shared = True
        decision = self._draft_decision(self.deputies)
        action = decision.action_issue()
        self.assertIn("the cap allows 1", action["context"]["default_warnings"])
        self._click(decision, "action_issue", "Nhóm còn thuộc cấp khác")
        self.assertIn("the cap allows 1", decision.event_ids.warnings)

    def test_authority_reads_the_board_and_units_do_not(self):
        self.assertTrue(self.line.with_user(self.user_standing).verdict)
        with self.assertRaises(AccessError):
            self.line.with_user(self.user_officer_a).read(["verdict"])
        with self.assertRaises(AccessError):
            self.line.with_user(self.user_standing).write({"outside_good": 1})


@tagged("post_install", "-at_install")
class TestPointsAndYears(LawCase):
    """Points under the law of 2026, quarters, and the thread of shortcomings."""

    def _campaign_2026(self, **values):
        return self._opened_campaign(
            **{
                "year": 2026,
                "scope_date": date(2026, 11, 8),
                "regulation_ids": [Command.clear()],
                "deadline_ids": [],
                **values,
            }
        )

    def test_points_hint_and_a_person_types_the_level(self):
        campaign = self._campaign_2026()
        rating = self._rating(campaign, self.deputy_a)
        officer = rating.with_user(self.user_officer_a)
        opinion = officer.env["cadre.review.opinion"].browse(
            officer._open_opinion("unit")["res_id"]
        )
        common, results = opinion.line_ids.filtered("max_points")
        common.points = 28
        self.assertFalse(opinion.is_scored, "not scored is not zero")
        self.assertFalse(opinion.hinted_level)
        results.points = 61.5
        self.assertEqual((opinion.points, opinion.hinted_level), (89.5, "good"))
        opinion.proposed_level = "good"
        results.write({"points": 0, "is_scored": True})
        self.assertEqual((opinion.points, opinion.hinted_level), (28, "failed"))
        with self._refused("0 to 70", ValidationError):
            results.points = 71

    def test_a_gap_of_points_is_explained_at_the_later_stage(self):
        campaign = self._campaign_2026()
        rating = self._rating(campaign, self.deputy_a)
        earlier, later = self.env["cadre.review.opinion"].create(
            [
                {
                    "rating_id": rating.id,
                    "stage": stage,
                    "state": state,
                    "source": "paper",
                    "source_place": PLACE,
                    "proposed_level": "good",
                }
                for stage, state in (("self", "confirmed"), ("unit", "draft"))
            ]
        )
        for opinion, results in ((earlier, 60), (later, 48)):
            scored = opinion.line_ids.filtered("max_points")
            for line, given in zip(scored, (28, results), strict=True):
                line.points = given
        later = later.with_user(self.user_head_a)
        action = later.action_confirm()
        self.assertIn("76 points after 88", action["context"]["default_warnings"])
        later.gap_reason = "Trừ điểm do báo cáo chậm"
        self._click(later, "action_confirm")
        self.assertEqual(later.state, "confirmed")

    def test_level_above_its_band_is_found(self):
        campaign = self._campaign_2026()
        rating = self._rating(campaign, self.deputy_a)
        opinion = self.env["cadre.review.opinion"].create(
            {
                "rating_id": rating.id,
                "stage": "unit",
                "state": "confirmed",
                "source": "paper",
                "proposed_level": "excellent",
            }
        )
        for line, given in zip(
            opinion.line_ids.filtered("max_points"), (28, 50), strict=True
        ):
            line.points = given
        rating.sudo().dossier_id.state = "submitted"
        found, lines = self._findings(rating)
        self.assertIn(("A11", "1"), found)
        [message] = lines.filtered(lambda line: line.rule == "A11").mapped("message")
        self.assertIn("78", message)

    def test_quarters_feed_the_year(self):
        for quarter in (1, 2):
            campaign = self._campaign_2026(period_kind="quarter", period_no=quarter)
            quarterly = self._rating(campaign, self.deputy_a).sudo()
            quarterly.level = "failed"
            quarterly.dossier_id.state = "accepted"
            self.env["cadre.review.opinion"].create(
                {
                    "rating_id": quarterly.id,
                    "stage": "unit",
                    "state": "confirmed",
                    "source": "paper",
                }
            ).line_ids.filtered("max_points").points = 20 + quarter
        year = self._campaign_2026()
        rating = self._rating(year, self.deputy_a)
        rating.sudo().level = "excellent"
        found, _lines = self._findings(rating)
        self.assertTrue({("Q1", "2"), ("Q2", "2")} <= found)
        self.assertIn("Quarter 1: 42 – ", rating.quarters_text)
        self.assertIn("mean: 43", rating.quarters_text)

    def test_earlier_shortcomings_are_carried_over_and_hold_back_excellent(self):
        before = self._campaign_2026(year=2025, scope_date=date(2025, 11, 8))
        opinion = self.env["cadre.review.opinion"].create(
            {
                "rating_id": self._rating(before, self.deputy_a).id,
                "stage": "unit",
                "state": "confirmed",
                "source": "paper",
            }
        )
        first, second = opinion.line_ids[:2]
        first.shortcomings, second.shortcomings = "Chậm trả lời cử tri", "Không có"
        year = self._campaign_2026()
        rating = self._rating(year, self.deputy_a)
        rating.with_user(self.user_office).action_carry_over()
        rating.with_user(self.user_officer_a).action_carry_over()
        self.assertEqual(rating.shortcoming_ids.mapped("name"), ["Chậm trả lời cử tri"])
        rating.sudo().level = "excellent"
        found, _lines = self._findings(rating)
        self.assertIn(("A12", "1"), found)
        rating.shortcoming_ids.with_user(self.user_officer_a).status = "fixed"
        rating.sudo().dossier_id.state = "submitted"
        found, _lines = self._findings(rating)
        self.assertNotIn("A12", {rule for rule, _severity in found})


@tagged("post_install", "-at_install")
class TestTargets(LawCase):
    def test_targets_stand_beside_the_ratings(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        found, _lines = self._findings(dossier)
        self.assertIn(("L1", "3"), found)
        with Form(dossier.with_user(self.user_officer_a)) as form:
            form.targets_total = 10
            form.targets_done = 4
        collective = dossier.rating_ids.filtered(lambda r: not r.cadre_id)
        self.assertEqual(collective.targets_done, 4)
        collective.sudo().level = "good"
        found, _lines = self._findings(dossier)
        self.assertIn(("A10", "2"), found, "HD 21: under half of the targets")
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as refused:
            dossier.sudo().targets_done = 11
            dossier.flush_recordset()
        self.assertIn("targets", str(refused.exception))
