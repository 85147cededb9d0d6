"""Points suggested by the superior, and the answers: who writes, who reads when."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PLACE, ReviewCase

MUTED = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
class TestSuggestion(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)
        cls.deputy = cls._rating(cls.campaign, cls.deputy_a)
        cls.to_unit, cls.to_person = cls.dossier.env["cadre.review.suggestion"].create(
            [
                {
                    "dossier_id": cls.dossier.id,
                    "name": "Giải trình việc chậm giám sát chuyên đề",
                    "suggested_by": "Ban Thường vụ Thị ủy Thử",
                    "number": "99-CV/TU",
                    "date": date(2022, 11, 10),
                },
                {
                    "dossier_id": cls.dossier.id,
                    "rating_id": cls.deputy.id,
                    "name": "Làm rõ trách nhiệm trong tiếp công dân",
                },
            ]
        )

    def _answer(self, suggestion, user):
        return suggestion.sudo().answer_ids.with_user(user)

    def test_each_has_exactly_one_answer(self):
        for suggestion in self.to_unit | self.to_person:
            answer = suggestion.sudo().answer_ids
            self.assertEqual(len(answer), 1)
            self.assertRecordValues(
                answer, [{"is_on_behalf": False, "is_given": False, "text": False}]
            )
        with self.assertRaises(AccessError):
            self.env["cadre.review.answer"].with_user(self.user_officer_a).create(
                {"suggestion_id": self.to_unit.id}
            )

    def test_a_person_is_one_of_the_dossier(self):
        with self.assertRaisesRegex(UserError, "not a person of this dossier"):
            self.to_unit.create(
                {
                    "dossier_id": self.dossier.id,
                    "rating_id": self._rating(self.campaign, self.chair_b).id,
                    "name": "Lạc",
                }
            )

    @mute_logger(*MUTED)
    def test_unit_and_person_answer(self):
        officer = self._answer(self.to_unit, self.user_officer_a)
        officer.text = "Đã khắc phục trong quý IV"
        self.assertTrue(self.to_unit.is_answered)
        person = self._answer(self.to_person, self.user_person_a)
        person.text = "Đã làm rõ"
        self.assertTrue(self.to_person.is_answered)
        for suggestion, user in (
            (self.to_unit, self.user_person_a),
            (self.to_unit, self.user_officer_b),
            (self.to_person, self.user_officer_b),
            (self.to_unit, self.user_standing),
            (self.to_unit, self.user_office),
            (self.to_unit, self.user_party_a),
        ):
            with self.assertRaises(AccessError, msg=user.name):
                self._answer(suggestion, user).write({"text": "Khác"})

    @mute_logger(*MUTED)
    def test_office_and_authority_read_answers_from_the_hand_in_on(self):
        officer = self._answer(self.to_unit, self.user_officer_a)
        officer.text = "Đã khắc phục"
        for user in (self.user_office, self.user_standing):
            self.to_unit.with_user(user).read(["name", "is_answered"])
            with self.assertRaises(AccessError):
                self._answer(self.to_unit, user).read(["text"])
        self.dossier.sudo().state = "submitted"
        for user in (self.user_office, self.user_standing):
            self._answer(self.to_unit, user).read(["text"])
        with self.assertRaises(AccessError):
            officer.text = "Sửa sau khi nộp"

    @mute_logger(*MUTED)
    def test_what_was_answered_stays_as_it_was_asked(self):
        self._answer(self.to_unit, self.user_officer_a).text = "Đã khắc phục"
        with self.assertRaises(AccessError):
            self.to_unit.name = "Khác"
        with self.assertRaises(AccessError):
            self.to_unit.unlink()
        self.to_person.unlink()
        self.assertFalse(self.to_person.exists())

    @mute_logger(*MUTED)
    def test_units_and_people_suggest_nothing(self):
        for user in (self.user_officer_a, self.user_person_a, self.user_standing):
            with self.assertRaises(AccessError):
                self.to_unit.with_user(user).name = "Khác"
            with self.assertRaises(AccessError):
                self.to_unit.with_user(user).create(
                    {"dossier_id": self.dossier.id, "name": "Khác"}
                )

    @mute_logger(*MUTED)
    def test_office_keys_an_answer_from_paper(self):
        action = self.to_unit.action_answer()
        answer = self.env["cadre.review.answer"].browse(action["res_id"])
        answer = answer.with_user(self.user_office)
        self.assertEqual((answer.source, answer.is_on_behalf), ("paper", True))
        answer.source_place = PLACE
        self.assertTrue(self.to_unit.is_answered, "the signed paper says it")
        # the unit takes it back
        self._answer(self.to_unit, self.user_officer_a).text = "Chúng tôi tự trả lời"
        with self.assertRaises(AccessError):
            answer.read(["text"])
        with self.assertRaisesRegex(AccessError, "answered on line"):
            self.to_unit.action_answer()

    def test_answers_stand_in_the_report_of_the_collective(self):
        dossier = self.dossier.with_user(self.user_officer_a)
        action = dossier.action_open_report()
        report = dossier.env["cadre.review.report"].browse(action["res_id"])
        answer = self._answer(self.to_unit, self.user_officer_a)
        self.assertEqual(report.answer_ids, answer, "none of those on people")
        report.answer_ids = [Command.update(answer.id, {"text": "Đã khắc phục"})]
        self.assertEqual(answer.text, "Đã khắc phục")
        self.assertEqual(
            report._picture_content()["answers"][0]["answer"], "Đã khắc phục"
        )
        later = self.to_unit.create({"dossier_id": self.dossier.id, "name": "Thêm"})
        self.assertEqual(len(report.answer_ids), 2, later.name)

    def test_points_without_an_answer_are_found(self):
        found = self.dossier._rule_findings({"L6"})
        self.assertEqual(
            {f.record for f in found},
            {self.dossier.unit_name, self.deputy.display_name},
        )
        self.assertEqual(
            len([f for f in self.dossier._hand_in_findings() if f.rule == "L6"]), 2
        )
        self._answer(self.to_unit, self.user_officer_a).text = "Đã khắc phục"
        [finding] = self.dossier._rule_findings({"L6"})
        self.assertEqual(finding.ref, ("rating", self.deputy.id))

    def test_who_left_has_nothing_to_answer(self):
        self._answer(self.to_unit, self.user_officer_a).text = "Đã khắc phục"
        self.deputy.sudo()._leave("Chuyển công tác")
        self.assertFalse(self.dossier._rule_findings({"L6"}))

    @mute_logger(*MUTED)
    def test_the_way_to_an_answer_is_closed_to_those_who_may_not_read_it(self):
        for user in (self.user_standing, self.user_party_a, self.user_officer_b):
            with self.assertRaises(AccessError, msg=user.name):
                self.to_unit.with_user(user).action_answer()
        self.assertFalse(self.to_unit.sudo().answer_ids.is_on_behalf)

    def test_one_point_for_many_units_at_once(self):
        units = self._units(12)
        campaign = self._opened_campaign(
            unit_ids=[Command.set(units.ids)], purpose="nhiều đơn vị"
        )
        dossiers = campaign.dossier_ids
        counts = []
        for some in (dossiers[:1], dossiers[1:2], dossiers[2:]):
            action = some.action_suggest()
            window = some.env[action["res_model"]].with_context(**action["context"])
            window = window.create({"name": "Làm rõ việc chậm báo cáo"})
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            window.action_suggest()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(some.suggestion_ids), len(some))
            self.assertEqual(len(some.sudo().suggestion_ids.answer_ids), len(some))
        self.assertLessEqual(counts[2], counts[1] + 2, counts)

    def test_findings_cost_the_same_with_many_points(self):
        Suggestion = self.to_unit
        counts = []
        for number in (0, 1, 20):
            Suggestion.create(
                [
                    {"dossier_id": self.dossier.id, "name": f"Nội dung {n}"}
                    for n in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.dossier._rule_findings({"L6"})
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2], counts)
