"""The collective's report: sections, targets, versions, mail, and its own level."""

from base64 import b64decode
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PLACE, ReviewCase

SECTIONS = 11  # of HD 21, besides the heading
MUTED = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


class CollectiveReportCase(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a).with_user(
            cls.user_officer_a
        )
        cls.collective = cls.dossier.rating_ids.filtered(lambda r: not r.cadre_id)

    @classmethod
    def _report(cls, dossier=None):
        dossier = dossier if dossier is not None else cls.dossier
        action = dossier.action_open_report()
        return dossier.env["cadre.review.report"].browse(action["res_id"])

    @classmethod
    def _written(cls, dossier=None):
        """A report with something under each title and a level."""
        report = cls._report(dossier)
        report.section_ids.text = "Đã thực hiện đầy đủ"
        report.write(
            {
                "proposed_level": "good",
                "target_ids": [
                    Command.create({"name": f"Chỉ tiêu {n}", "status": status})
                    for n, status in enumerate(
                        ("exceeded", "done", "done", "late", "missed"), start=1
                    )
                ],
                "shortcoming_ids": [
                    Command.create(
                        {
                            "name": "Giám sát chuyên đề còn chậm",
                            "cause": "Thiếu người",
                            "responsible": "Thường trực",
                            "remedy": "Giám sát mỗi quý",
                            "date_due": date(2023, 6, 30),
                        }
                    )
                ],
            }
        )
        return report

    def _self_opinion(self):
        return self.collective.sudo().opinion_ids.filtered(lambda o: o.stage == "self")


@tagged("post_install", "-at_install")
class TestReport(CollectiveReportCase):
    def test_sections_are_those_of_the_form(self):
        report = self._report()
        regulation = self.env.ref("cadre_review.hd21_2019_collective")
        self.assertEqual(report.regulation_id, regulation)
        self.assertEqual(len(report.section_ids), SECTIONS)
        self.assertEqual(
            report.section_ids.mapped("name"),
            [s.name for s in regulation.section_ids if s.kind != "heading"],
        )
        self.assertFalse(report.score_ids, "HD 21 has no points")
        self.assertEqual(self._report(), report, "one report a dossier")
        self.assertFalse(report.is_on_behalf)

    def test_every_shipped_form_has_each_kind_of_content_once(self):
        regulations = self.env["cadre.review.regulation"].search(
            [("subject_kind", "=", "collective")]
        )
        self.assertEqual(len(regulations), 3)
        for regulation in regulations:
            kinds = regulation.section_ids.mapped("kind")
            for kind in ("targets", "shortcomings", "earlier", "suggestions", "remedy"):
                self.assertEqual(kinds.count(kind), 1, regulation.name)
            self.assertEqual(kinds[-1], "rating", regulation.name)
            self.assertEqual(kinds.count("points"), int(regulation.scale == "points"))
            codes = set(regulation.section_ids.mapped("code"))
            named = set(regulation.criterion_ids.mapped("code"))
            self.assertGreaterEqual(len(codes & named), 8, "answered by criterion")

    def test_new_version_of_the_law_keeps_the_form(self):
        regulation = self.env.ref("cadre_review.qd366_2025_collective")
        fresh = regulation._supersede(date(2026, 1, 1), "TEST-366")
        self.assertEqual(
            fresh.section_ids.mapped("code"), regulation.section_ids.mapped("code")
        )
        fresh.section_ids[:1].name = "KHÁC"
        fresh.unlink()
        self.assertTrue(regulation.section_ids)

    @mute_logger(*MUTED)
    def test_form_in_use_is_not_edited(self):
        regulation = self.env.ref("cadre_review.hd21_2019_collective")
        section = regulation.section_ids[:1].with_user(self.user_admin)
        with self.assertRaisesRegex(AccessError, "ratings rest on this version"):
            section.name = "Khác"

    # ------------------------------------------------------------------
    # TARGETS
    # ------------------------------------------------------------------

    def test_targets_are_counted_from_the_lines(self):
        self.dossier.write({"targets_total": 9, "targets_done": 7})
        report = self._written()
        self.assertRecordValues(
            self.dossier,
            [
                {
                    "targets_total": 5,
                    "targets_done": 4,
                    "targets_exceeded": 1,
                    "targets_late": 1,
                }
            ],
        )
        report.target_ids[-1:].status = "exceeded"
        self.assertEqual(self.dossier.targets_exceeded, 2)
        with self.assertRaisesRegex(ValidationError, "counted from the lines"):
            self.dossier.targets_done = 3
        report.target_ids[:1].unlink()
        self.assertEqual(self.dossier.targets_total, 4)

    def test_targets_stay_as_typed_without_lines(self):
        self.dossier.write({"targets_total": 9, "targets_done": 7})
        self._report()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            (self.dossier.targets_total, self.dossier.targets_done), (9, 7)
        )

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def test_draft_is_sent_then_completed_and_both_versions_stay(self):
        conference = self.dossier.env["cadre.review.conference"].create(
            {"dossier_id": self.dossier.id}
        )
        report = self._written()
        report.action_send()
        self.assertEqual((report.state, report.date_sent), ("sent", self.today))
        self.assertEqual(conference.date_draft_sent, self.today)
        report.section_ids[0].text = "Sửa sau khi kiểm điểm cá nhân"
        report.action_complete()
        self.assertEqual(report.state, "final")
        versions = report.picture_ids.sorted("version")
        self.assertEqual(versions.mapped("version"), [1, 2])
        self.assertEqual(versions.mapped("report_state"), ["sent", "final"])
        for version, text in zip(
            versions, ("Đã thực hiện đầy đủ", "Sửa sau khi kiểm điểm"), strict=True
        ):
            self.assertIn(text, version._content()["sections"][0]["text"])
            self.assertEqual(version._pdf_bytes()[:4], b"%PDF")
        self.assertFalse(versions._altered())
        self.assertIn("Sửa sau khi kiểm điểm cá nhân", report.changes)
        self.assertNotIn("Chỉ tiêu 1", report.changes, "unchanged lists do not show")
        self.assertEqual(set(report.event_ids.mapped("move")), {"send", "complete"})

    def test_completed_report_prints_the_bytes_that_were_kept(self):
        report = self._written()
        report.action_complete()
        reports = self.env["ir.actions.report"].with_user(self.user_officer_a)
        reports = reports.with_context(force_report_rendering=True)
        name = "cadre_review.report_collective_report"
        pdf, _kind = reports._render_qweb_pdf(name, report.ids)
        self.assertEqual(pdf, report.picture_ids._pdf_bytes())

    def test_what_is_missing_is_named_all_at_once(self):
        report = self._report()
        with self.assertRaises(UserError) as refusal:
            report.action_complete()
        message = str(refusal.exception)
        self.assertIn("The level that the collective proposes", message)
        self.assertIn("Trách nhiệm của tập thể, cá nhân", message)
        self.assertEqual(report.state, "draft")
        report.proposed_level = "good"
        self._click(report, "action_complete", "Các mục này không phát sinh")
        self.assertIn("Nothing is written", report.event_ids[0].warnings)

    def test_level_must_exist_under_the_regulation(self):
        report = self._report()
        labels = report.regulation_id.label_ids
        labels.filtered(lambda label: label.level == "completed").sudo().unlink()
        with self.assertRaisesRegex(ValidationError, "does not exist under"):
            report.proposed_level = "completed"

    def test_reopening_needs_a_reason_and_takes_the_level_back(self):
        report = self._written()
        report.action_complete()
        self.assertEqual(self._self_opinion().state, "confirmed")
        action = report.action_reopen()
        self.assertEqual(action["res_model"], "cadre.review.move.reason")
        self._click(report, "action_reopen", "Bổ sung theo kết quả cá nhân")
        self.assertEqual((report.state, report.date_completed), ("sent", False))
        self.assertEqual(self._self_opinion().state, "draft")
        report.proposed_level = "excellent"
        report.action_complete()
        self.assertRecordValues(
            self._self_opinion(),
            [{"state": "confirmed", "proposed_level": "excellent"}],
        )
        self.assertEqual(report.picture_ids.mapped("version"), [2, 1])

    # ------------------------------------------------------------------
    # THE COLLECTIVE'S OWN LEVEL
    # ------------------------------------------------------------------

    def test_completed_it_is_the_self_assessment_of_the_collective(self):
        self.assertFalse(self.collective.self_level)
        report = self._written()
        report.action_complete()
        self.collective.invalidate_recordset()
        self.assertEqual(self.collective.self_level, "good")
        opinion = self._self_opinion()
        self.assertRecordValues(
            opinion,
            [{"state": "confirmed", "source": "online", "is_on_behalf": False}],
        )
        by_code = {line.criterion_id.code: line for line in opinion.line_ids}
        self.assertEqual(by_code["I.1"].strengths, "Đã thực hiện đầy đủ")
        self.assertEqual(by_code["III"].shortcomings, "Giám sát chuyên đề còn chậm")
        found = self.dossier._rule_findings({"K3", "C14", "P2"})
        self.assertFalse(found, "it names a shortcoming")

    @mute_logger(*MUTED)
    def test_nobody_writes_or_reopens_it_otherwise(self):
        report = self._written()
        report.action_complete()
        opinion = self._self_opinion()
        for user in (self.user_officer_a, self.user_head_a, self.user_office):
            mine = opinion.with_user(user)
            with self.assertRaises(AccessError):
                mine.action_reopen()
            with self.assertRaises(AccessError):
                mine.write({"proposed_level": "excellent"})
        opinion.sudo().write({"state": "draft", "source": "paper"})
        for user in (self.user_officer_a, self.user_office):
            mine = opinion.with_user(user)
            with self.assertRaises(AccessError):
                mine.action_confirm()
            with self.assertRaises(AccessError):
                mine.write({"conclusion": "Khác"})
            with self.assertRaises(AccessError):
                mine.line_ids.write({"strengths": "Khác"})
        opinion.sudo().line_ids.unlink()
        opinion.sudo().unlink()
        for user in (self.user_officer_a, self.user_office):
            with self.assertRaises(AccessError):
                opinion.with_user(user).create(
                    {
                        "rating_id": self.collective.id,
                        "stage": "self",
                        "source": "paper",
                    }
                )

    def test_points_where_the_regulation_has_them(self):
        regulation = self.env.ref("cadre_review.qd366_2025_collective")
        self.collective.sudo().regulation_id = regulation
        report = self._report()
        self.assertEqual(report.score_ids.mapped("max_points"), [30, 70])
        self.assertFalse(report.is_scored)
        with self.assertRaisesRegex(ValidationError, "0 to 30"):
            report.score_ids[0].points = 31
        report.section_ids.text = "Có"
        report.score_ids[0].points = 28
        report.score_ids[1].points = 64
        self.assertEqual((report.points, report.hinted_level), (92, "excellent"))
        report.proposed_level = "excellent"
        report.action_complete()
        opinion = self._self_opinion()
        self.assertTrue(opinion.is_scored)
        self.assertEqual(opinion.points, 92)

    def test_another_regulation_gives_another_form(self):
        report = self._report()
        regulation = self.env.ref("cadre_review.qd366_2025_collective")
        rating = self.collective.with_user(self.user_admin).sudo()
        rating = self.collective.with_env(self.env(user=self.user_admin, su=True))
        rating._override_regulation(regulation, "Theo văn bản số 1")
        self.assertEqual(report.regulation_id, regulation)
        self.assertEqual(
            report.section_ids.section_id,
            regulation.section_ids.filtered(lambda s: s.kind != "heading"),
        )
        report.section_ids[:1].text = "Đã viết"
        with self.assertRaisesRegex(UserError, "the report is written"):
            rating._override_regulation(
                self.env.ref("cadre_review.hd21_2019_collective"), "Trở lại"
            )

    # ------------------------------------------------------------------
    # EARLIER SHORTCOMINGS
    # ------------------------------------------------------------------

    def test_earlier_shortcomings_are_edited_in_the_report(self):
        earlier = self.dossier.env["cadre.review.shortcoming"].create(
            {"rating_id": self.collective.id, "name": "Còn nợ báo cáo"}
        )
        report = self._report()
        self.assertEqual(report.earlier_ids, earlier)
        report.earlier_ids = [Command.update(earlier.id, {"status": "fixed"})]
        self.assertEqual(earlier.status, "fixed")
        report = report.with_context(default_rating_id=self.collective.id)
        report.earlier_ids = [Command.create({"name": "Khác"})]
        self.assertEqual(self.collective.shortcoming_ids.mapped("name")[1], "Khác")
        person = self._rating(self.campaign, self.chair_a)
        astray = earlier.create(
            {"rating_id": person.id, "name": "Lạc", "report_id": report.id}
        )
        self.assertFalse(astray.report_id, "it follows from the subject")

    def test_second_person_at_a_section_is_told(self):
        report = self._report()
        line = report.section_ids[0]
        line.with_user(self.user_head_a).text = "của người kia"
        self.env.flush_all()
        mine = {"text": "của tôi", "_seen": {str(line.id): {"text": False}}}
        with self.assertRaises(UserError) as refusal:
            report.web_save(
                {"section_ids": [Command.update(line.id, mine)]}, {"section_ids": {}}
            )
        [conflict] = refusal.exception.context["shared_edit"]["conflicts"]
        self.assertEqual(conflict["now"], "của người kia")
        self.assertIn(line.name[:60], conflict["title"])

    # ------------------------------------------------------------------
    # MAIL
    # ------------------------------------------------------------------

    def test_draft_goes_to_those_who_have_an_address(self):
        self.chair_a.email = "chu.tich@test.example"
        self.user_person_a.email = False
        report = self._written()
        notice = report.action_send()
        self.assertEqual(report.sent_to, "Lê Văn Ánh <chu.tich@test.example>")
        self.assertIn("Trần Thị Bình", report.not_sent_to)
        self.assertIn("Trần Thị Bình", notice["params"]["message"])
        mail = self.env["mail.mail"].search([("email_to", "like", "chu.tich")])
        self.assertEqual(len(mail), 1)
        self.assertIn("Thường trực HĐND phường A", mail.subject)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(
            b64decode(mail.attachment_ids.datas), report.picture_ids._pdf_bytes()
        )
        self.assertNotEqual(mail.attachment_ids.res_model, report._name)

    def test_what_is_keyed_from_paper_goes_to_nobody(self):
        self.chair_a.email = "chu.tich@test.example"
        dossier = self.dossier.with_user(self.user_office)
        report = self._report(dossier)
        self.assertEqual((report.source, report.is_on_behalf), ("paper", True))
        with self.assertRaisesRegex(UserError, "signed paper behind it"):
            report.action_send()
        report.write({"source_place": PLACE, "date_sent": date(2022, 11, 14)})
        report.action_send()
        self.assertEqual(report.date_sent, date(2022, 11, 14))
        self.assertFalse(self.env["mail.mail"].search([("email_to", "like", "chu.")]))
        report.proposed_level = "good"
        report.action_complete()
        self.assertRecordValues(
            self._self_opinion(),
            [{"source": "paper", "source_place": PLACE, "is_on_behalf": True}],
        )

    # ------------------------------------------------------------------
    # RULES
    # ------------------------------------------------------------------

    def test_draft_in_time_counts_the_day_of_sending(self):
        regulation = self.env.ref("cadre_review.hd21_2019_collective")
        regulation.sudo().setting_ids.create(
            {"regulation_id": regulation.id, "key": "draft_days", "value": "3"}
        )
        regulation.sudo().rule_ids.create(
            {"regulation_id": regulation.id, "rule": "C11", "severity": "warn"}
        )
        conference = self._held_conference(self.dossier)
        self.assertTrue(self.dossier._rule_findings({"C11"}))
        report = self._report()
        report.sudo().date_sent = date(2022, 11, 11)  # the conference was on the 18th
        self.assertFalse(self.dossier._rule_findings({"C11"}))
        conference.sudo().date_draft_sent = date(2022, 11, 17)
        self.assertTrue(self.dossier._rule_findings({"C11"}))

    def test_report_is_completed_after_the_conference(self):
        self.assertFalse(self.dossier._rule_findings({"L4"}), "none is kept here")
        report = self._written()
        [finding] = self.dossier._rule_findings({"L4"})
        self.assertIn("has not been completed", finding.message)
        self._held_conference(self.dossier)
        report.action_complete()
        self.assertFalse(self.dossier._rule_findings({"L4"}))
        report.sudo().date_completed = datetime(2022, 11, 18, 3, 59)
        [finding] = self.dossier._rule_findings({"L4"})
        self.assertIn("before the conference ended", finding.message)
        self.assertEqual(
            [f.rule for f in self.dossier._hand_in_findings() if f.rule == "L4"], ["L4"]
        )

    # ------------------------------------------------------------------
    # BATCHES
    # ------------------------------------------------------------------

    def test_queries_do_not_grow_with_reports(self):
        units = self._units(12)
        campaign = self._opened_campaign(
            unit_ids=[Command.set(units.ids)], purpose="nhiều đơn vị"
        )
        dossiers = campaign.dossier_ids.with_env(self.env)
        Report = self.env["cadre.review.report"]
        campaign.rating_ids.cadre_id.sudo().email = "chung@test.example"
        counts = {"open": [], "send": [], "complete": []}
        for some in (dossiers[:1], dossiers[1:2], dossiers[2:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            reports = Report.create([{"dossier_id": d.id} for d in some])
            self.env.flush_all()
            counts["open"].append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(reports.section_ids), SECTIONS * len(some))
            reports.write({"proposed_level": "good"})
            for move in ("send", "complete"):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                reports._move(move, "Lý do")
                self.env.flush_all()
                counts[move].append(self.env.cr.sql_log_count - before)
        for name, (_warm, one, ten) in counts.items():
            self.assertLessEqual(ten, one + 2, f"{name}: {counts}")
