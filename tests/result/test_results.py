"""From the appraisal to the remedied shortcoming: what follows from a review."""

from datetime import date, datetime

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import PLACE, ReviewCase

SIGNED = {"signer": "Nguyễn Thị Ký", "source_place": PLACE}


class ResultCase(ReviewCase):
    """A campaign whose unit A is appraised: the collective and the deputy are decided
    by our own authority, the chair by the superior one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)
        cls.ratings = cls._appraised(cls.dossier)
        cls.chair = cls._rating(cls.campaign, cls.chair_a)
        cls.deputy = cls._rating(cls.campaign, cls.deputy_a)
        cls.collective = cls.ratings - cls.chair - cls.deputy

    @classmethod
    def _drafts(cls, ratings):
        action = ratings.action_draft_decisions()
        return ratings.env["cadre.review.decision"].search(action["domain"])

    @classmethod
    def _issue(cls, decision, number, **values):
        decision.write({"number": number, "date": cls.today, **SIGNED, **values})
        cls._click(decision, "action_issue")
        return decision

    @classmethod
    def _notified(cls, rating):
        cls._issue(cls._drafts(rating), f"{rating.id}-KL/TT")
        rating.action_notify()
        return rating

    @classmethod
    def _session(cls, **values):
        session = (
            cls.env["cadre.review.session"]
            .with_user(cls.user_office)
            .create(
                {
                    "campaign_id": cls.campaign.id,
                    "date_start": datetime(2022, 11, 21, 1),
                    "place": "Phòng họp",
                    "chair": "Nguyễn Thị Ký",
                    "secretary": "Ngô Thị Thư",
                    "source_place": PLACE,
                    **values,
                }
            )
        )
        session.action_gather()
        return session

    @classmethod
    def _reports(cls, user):
        reports = cls.env["ir.actions.report"].with_user(user)
        return reports.with_context(force_report_rendering=True)

    @classmethod
    def _plan(cls):
        """The unit's plan, adopted."""
        action = cls.dossier.action_draft_plans()
        plan = cls.dossier.env["cadre.review.plan"].search(
            [*action["domain"], ("rating_id", "=", False)]
        )
        plan.source_place = PLACE
        plan.line_ids.write(
            {
                "cause": "Thiếu người",
                "remedy": "Phân công lại",
                "responsible": "Lê Văn Ánh",
                "monitor": "Ban Pháp chế",
                "date_due": date(2023, 6, 30),
            }
        )
        cls._click(plan, "action_adopt")
        return plan


@tagged("post_install", "-at_install")
class TestAppraisal(ResultCase):
    def test_a_level_that_differs_needs_a_reason(self):
        appraisal = self.deputy.opinion_ids.filtered(lambda o: o.stage == "appraisal")
        self._click(appraisal, "action_reopen")
        appraisal.proposed_level = "completed"
        with self.assertRaisesRegex(UserError, "The level differs"):
            appraisal.action_confirm()
        appraisal.level_reason = "Nhiệm vụ còn chậm"
        self._click(appraisal, "action_confirm")
        self.assertEqual(self.deputy.appraisal_level, "completed")

    def test_roll_shows_stages_ballots_findings_and_caps(self):
        self.env["cadre.review.cap"]._open_board(self.campaign.sudo())
        action = self.campaign.action_roll()
        roll = self.campaign.env["cadre.review.rating"].search(action["domain"])
        self.assertIn(self.deputy, roll)
        self.assertEqual(self.deputy.tally_text, "2 / 6 / 0 / 0 (8)")
        self.assertEqual(self.deputy.unit_level, "good")
        self.assertFalse(self.deputy.differs)
        self.deputy.sudo().opinion_ids.filtered(lambda o: o.stage == "party").write(
            {"proposed_level": "excellent", "degradation": "present"}
        )
        self.env.invalidate_all()
        self.assertTrue(self.deputy.differs)
        self.assertIn("0 /", self.deputy.cap_text)
        self.assertIn("L3", self._rules_on(self.deputy))
        self.assertEqual(self.deputy.finding_severity, "warn")

    def _rules_on(self, rating):
        return [f.rule for f in rating._findings_by_rating()[rating.id]]

    def test_roll_of_nobody_else(self):
        for user in (self.user_head_a, self.user_party_a, self.user_person_a):
            with self.assertRaises(AccessError):
                self.campaign.with_user(user).action_roll()
            with self.assertRaises(AccessError):
                self.deputy.with_user(user).read(["finding_text"])

    def test_accepts_at_once_those_without_findings(self):
        campaign = self._opened_campaign(purpose="khác")
        dossier = self._accepted(self._dossier(campaign, self.unit_a))
        ratings = dossier.rating_ids & self._subjects(dossier).with_env(dossier.env)
        marked = ratings.filtered(lambda r: r.cadre_id == self.deputy_a)
        marked.sudo().opinion_ids.filtered(
            lambda o: o.stage == "party"
        ).degradation = "present"
        found = ratings._findings_by_rating()
        clean = ratings.filtered(
            lambda r: all(f.severity.value == "info" for f in found.get(r.id, ()))
        )
        self.assertNotIn(marked, clean)
        self._click(ratings, "action_accept_clean")
        self.assertEqual(marked.state, "reviewed")
        self.assertEqual(set(clean.mapped("state")) - {"proposed"}, set())


@tagged("post_install", "-at_install")
class TestDecisions(ResultCase):
    @mute_logger("odoo.sql_db")
    def test_our_own_number_is_used_once_in_its_period(self):
        first = self._issue(self._drafts(self.deputy), "05-KL/TT")
        second = self._drafts(self.collective)
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            second.write({"number": "5 - kl/tt", "date": self.today})
        self.env.invalidate_all(flush=False)
        second.write({"number": "5-KL/TT", "date": date(2021, 12, 1)})
        second.write({"kind": "notice", "date": self.today})
        self.assertEqual(first.number_period, "2022")

    def test_a_number_of_another_authority_only_warns(self):
        self.superior.write(
            {"is_party": True, "number_reset": "term", "term_start": "2020-07-01"}
        )
        self._issue(self._drafts(self.chair), "12-QĐ/TU")
        other = self.campaign.env["cadre.review.decision"].create(
            {
                "campaign_id": self.campaign.id,
                "authority_id": self.superior.id,
                "number": "12-QĐ/TU",
                "date": date(2021, 1, 1),
                **SIGNED,
                "line_ids": [
                    Command.create(
                        {
                            "rating_id": self.chair.id,
                            "level": "good",
                            "reason": "Đính chính",
                            "superseded_line_id": self.chair.decision_line_id.id,
                        }
                    )
                ],
            }
        )
        action = other.action_issue()
        self.assertIn("another document", action["context"]["default_warnings"])
        self.assertIn("before the conference", action["context"]["default_warnings"])
        self._click(other, "action_issue")
        self.assertEqual(other.state, "issued")

    def test_correction_supersedes_and_both_stay(self):
        first = self._issue(self._drafts(self.deputy), "05-KL/TT")
        action = first.action_correct()
        second = first.search(action["domain"])
        self.assertEqual(second.line_ids.superseded_line_id, first.line_ids)
        second.line_ids.write({"level": "completed", "reason": "Đánh giá lại"})
        self._issue(second, "06-KL/TT")
        self.assertEqual(self.deputy.level, "completed")
        self.assertEqual(first.line_ids.standing, "superseded")
        self.assertEqual(second.line_ids.standing, "in_force")
        self.assertEqual(first.line_ids.level, "good")
        with self.assertRaisesRegex(UserError, "in force"):
            first.action_correct()

    def test_only_what_is_issued_and_in_force_is_superseded(self):
        first = self._issue(self._drafts(self.deputy), "05-KL/TT")
        unissued = self._drafts(self.collective)
        action = first.action_correct()
        second = first.search(action["domain"])
        second.line_ids.write({"reason": "x", "superseded_line_id": unissued.line_ids})
        with self.assertRaisesRegex(UserError, "was not issued"):
            self._issue(second, "06-KL/TT")

    def test_all_reasons_at_once(self):
        self.chair_a.user_id = self.user_standing
        self.chair.sudo().authority_id = self.own
        self.collective.sudo().dossier_id.state = "received"
        decision = self._drafts(self.chair)
        decision.write({"date": date(2022, 11, 1), **SIGNED})
        with self.assertRaises(UserError) as refused:
            decision.action_issue()
        for part in (
            "no number",
            "A member of the authority",
            "not been accepted",
            "before the conference of 18/11/2022",
        ):
            self.assertIn(part, str(refused.exception))
        self.assertEqual(decision.state, "draft")

    def test_issuing_takes_a_picture(self):
        ours = self._issue(self._drafts(self.deputy), "05-KL/TT", capacity="tm")
        theirs = self._issue(self._drafts(self.chair), "12-QĐ/TU")
        Picture = ours.env["cadre.review.picture"]
        kept = Picture.search(
            [("res_model", "=", ours._name), ("res_id", "in", (ours | theirs).ids)]
        ).grouped("res_id")
        self.assertTrue(kept[ours.id]._pdf_bytes().startswith(b"%PDF"))
        self.assertFalse(kept[theirs.id].pdf_sha256)
        content = kept[ours.id]._content()
        self.assertEqual(content["number"], "05-KL/TT")
        self.assertEqual(content["lines"][0]["subject"], "Trần Thị Bình")
        self.assertFalse(Picture.browse([p.id for p in kept.values()])._altered())


@tagged("post_install", "-at_install")
class TestSession(ResultCase):
    def test_session_from_pack_to_decision(self):
        session = self._session()
        self.assertEqual(session.line_ids.rating_id, self.ratings)
        self.assertEqual(session.attendance_ids.name, self.user_standing.name)
        late = self._dossier(self.campaign, self.unit_b)
        self.assertEqual(session.incomplete_dossier_ids, late)
        self._click(session, "action_prepare")
        line = session.line_ids.filtered(lambda x: x.rating_id == self.chair)
        self.assertTrue(line.is_onward)
        line.write({"level": "excellent", "comment": "Có nhiều đổi mới"})
        with self.assertRaisesRegex(UserError, "differs from the appraisal"):
            session.action_conclude()
        line.reason = "Thành tích nổi bật"
        session.action_conclude_as_appraised()
        self._click(session, "action_conclude")
        self.assertEqual(session.state, "concluded")
        proposal = self.chair.opinion_ids.filtered(lambda o: o.stage == "proposal")
        self.assertEqual(
            (proposal.state, proposal.proposed_level, proposal.conclusion),
            ("confirmed", "excellent", "Có nhiều đổi mới"),
        )
        decision = session.decision_ids
        self.assertEqual(decision.line_ids.rating_id, self.collective | self.deputy)
        self.assertFalse(self.chair.level)
        with self.assertRaises(AccessError):
            line.level = "good"
        # undone while nothing has been issued upon it
        self._click(session, "action_reopen")
        self.assertFalse(session.decision_ids)
        self.assertEqual(proposal.state, "draft")
        self._click(session, "action_prepare")
        self._click(session, "action_conclude")
        self._issue(session.decision_ids, "05-KL/TT")
        with self.assertRaisesRegex(UserError, "has been issued"):
            session.action_reopen()

    def test_nobody_sits_on_their_own_case(self):
        self.deputy_a.user_id = False
        session = self._session()
        session.attendance_ids.write(
            {"name": "Trần Thị Bình", "cadre_id": self.deputy_a.id}
        )
        session.attendance_ids.copy({"name": "Người Khác", "cadre_id": False})
        self._click(session, "action_prepare")
        session.action_conclude_as_appraised()
        with self.assertRaisesRegex(UserError, "stepping out"):
            session.action_conclude()
        line = session.line_ids.filtered(lambda x: x.rating_id == self.deputy)
        line.recused_ids = session.attendance_ids[:1]
        line.agreed = 2
        with self.assertRaisesRegex(UserError, "2 votes are recorded of 1"):
            session.action_conclude()
        line.agreed = 1
        self._click(session, "action_conclude")

    def test_decision_is_not_dated_before_its_session(self):
        session = self._session()
        self._click(session, "action_prepare")
        session.action_conclude_as_appraised()
        self._click(session, "action_conclude")
        decision = session.decision_ids
        decision.write({"number": "1", "date": date(2022, 11, 20), **SIGNED})
        with self.assertRaisesRegex(UserError, "before the session of 21/11/2022"):
            decision.action_issue()

    def test_two_clerks_lose_nothing_and_decide_nothing_twice(self):
        other = self._user("office_2", "office", company_id=self.company)
        session = self._session()
        self._click(session, "action_prepare")
        theirs = session.with_user(other)
        mine, same = self.deputy.id, self.chair.id
        session._record_conclusions({mine: {"level": "good"}, same: {"level": "good"}})
        theirs._record_conclusions(
            {self.collective.id: {"level": "good"}, same: {"level": "completed"}}
        )
        levels = {line.rating_id.id: line.level for line in session.line_ids}
        self.assertEqual(
            levels, {mine: "good", self.collective.id: "good", same: "completed"}
        )
        events = self.chair.event_ids.filtered(lambda e: e.move == "record")
        self.assertEqual(
            [(e.user_id, e.reason) for e in events.sorted("id")],
            [
                (self.user_office, "– → Good completion of duties"),
                (other, "Good completion of duties → Completion of duties"),
            ],
        )
        session.line_ids.write({"reason": "Theo biên bản"})
        self._click(session, "action_conclude")
        with self.assertRaisesRegex(UserError, "not possible in the state"):
            theirs.action_conclude()
        self.assertEqual(len(session.decision_ids), 1)

    def test_recording_refuses_what_is_not_before_it(self):
        session = self._session()
        left_out = self._rating(self.campaign, self.deputy_b)
        with self.assertRaisesRegex(UserError, str(left_out.id)):
            session._record_conclusions({left_out.id: {"level": "good"}})
        with self.assertRaisesRegex(UserError, "state"):
            session._record_conclusions({self.deputy.id: {"state": "concluded"}})
        for user in (self.user_standing, self.user_head_a):
            with self.assertRaises(AccessError):
                session.with_user(user)._record_conclusions(
                    {self.deputy.id: {"level": "good"}}
                )
        self.assertFalse(session.line_ids.filtered("level"))

    def test_recording_asks_the_database_by_batch(self):
        units = self._units(20, people=2)
        campaign = self._opened_campaign(
            purpose="nhiều", unit_ids=[Command.set(units.ids)]
        )
        ratings = campaign.rating_ids
        session = self._session(campaign_id=campaign.id)

        def queries(some):
            session._add_ratings(some - session.line_ids.rating_id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            session._record_conclusions({r.id: {"level": "good"} for r in some})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = queries(ratings[:6])
        self.assertLessEqual(queries(ratings), few + 4)


@tagged("post_install", "-at_install")
class TestNotices(ResultCase):
    def test_notice_follows_the_decision(self):
        decision = self._issue(self._drafts(self.deputy), "05-KL/TT")
        action = self.deputy.action_record_notice()
        window = self.deputy.env[action["res_model"]].with_context(**action["context"])
        with self.assertRaisesRegex(UserError, "before the decision"):
            window.create({"date": date(2022, 11, 20)}).action_confirm()
        with self.assertRaisesRegex(UserError, "in the future"):
            window.create({"date": date(2022, 11, 22)}).action_confirm()
        window.create({"number": "07/TB", "date": self.today}).action_confirm()
        self.assertEqual(self.deputy.notice_number, "07/TB")
        # the unit gets number, date and its extract, not the decision
        theirs = self.deputy.with_user(self.user_head_a)
        self.assertIn("05-KL/TT", theirs.notified_text)
        with self.assertRaises(AccessError):
            decision.with_user(self.user_head_a).read(["number"])
        report = self._reports(self.user_head_a)
        pdf, _type = report._render_qweb_pdf(
            "cadre_review.report_result_notice", theirs.ids
        )
        self.assertTrue(pdf.startswith(b"%PDF"))
        with self.assertRaisesRegex(UserError, "not been notified"):
            report._render_qweb_pdf("cadre_review.report_result_notice", self.chair.ids)

    def test_publication_in_the_unit(self):
        self.superior.is_party = True
        self._issue(self._drafts(self.deputy | self.chair)[:1], "05-KL/TT")
        decided = (self.deputy | self.chair).filtered(lambda r: r.state == "decided")
        with self.assertRaisesRegex(UserError, "before it is notified"):
            decided.action_publish()
        self._issue(self._drafts(self.deputy | self.chair - decided)[:1], "06-KL/TT")
        both = self.deputy | self.chair
        both.filtered(lambda r: r.state == "decided").action_notify()
        action = both.filtered(lambda r: r.state == "notified").action_publish()
        self.assertIn("Lê Văn Ánh", action["params"]["message"])
        shown = self.env["cadre.review.publication"].with_user(self.user_person_a)
        self.assertEqual(shown.search([]).mapped("name"), ["Trần Thị Bình"])
        self.assertFalse(shown.with_user(self.user_head_b).search([]))
        # decided anew: withdrawn by itself
        first = self.deputy.decision_line_id.decision_id
        second = first.search(first.action_correct()["domain"])
        second.line_ids.reason = "Đánh giá lại"
        self._issue(second, "09-KL/TT")
        self.assertFalse(shown.search([]))

    def test_what_the_party_decides_is_published_where_its_guidance_says_so(self):
        self.superior.is_party = True
        self._notified(self.chair)
        self.campaign.sudo().publishes_party = True
        self.assertTrue(self.chair.action_publish())
        self.assertTrue(self.chair.is_published)


@tagged("post_install", "-at_install")
class TestObjections(ResultCase):
    def _objection(self, rating, user, **values):
        action = rating.with_user(user).action_object()
        objection = rating.env[action["res_model"]].with_user(user)
        objection = objection.browse(action["res_id"])
        objection.write({"text": "Đề nghị xem lại", **values})
        return objection

    def test_granted_leads_to_a_superseding_decision(self):
        self._notified(self.deputy)
        objection = self._objection(self.deputy, self.user_person_a)
        objection.action_file()
        self.assertTrue(self.deputy.is_objected)
        self.assertEqual(objection.authority_id, self.own)
        with self.assertRaises(AccessError):
            objection.text = "khác"
        # it lives on after closing
        self.campaign.sudo().state = "closed"
        answered = objection.with_user(self.user_office)
        with self.assertRaisesRegex(UserError, "text of the answer"):
            answered.action_grant()
        with self.assertRaises(AccessError):
            answered.text = "đã sửa"
        answered.write(
            {
                "answer": "Nâng mức",
                "answer_date": self.today,
                "answer_signer": "Nguyễn Thị Ký",
                "answer_place": PLACE,
            }
        )
        self._click(answered, "action_grant")
        self.assertFalse(self.deputy.is_objected)
        draft = answered.outcome_line_id.decision_id
        self.assertEqual(draft.line_ids.superseded_line_id.level, "good")
        self.assertIn("Nâng mức", draft.line_ids.reason)
        draft.line_ids.level = "excellent"
        self._issue(draft, "09-KL/TT")
        self.assertEqual(self.deputy.level, "excellent")

    @mute_logger("odoo.sql_db")
    def test_not_before_the_notice_nor_twice_nor_late(self):
        Objection = self.env["cadre.review.objection"]
        with self.assertRaises(AccessError):
            Objection.with_user(self.user_person_a).create(
                {"rating_id": self.deputy.id}
            )
        early = Objection.with_user(self.user_office).create(
            {"rating_id": self.deputy.id, "source": "paper", "source_place": PLACE}
        )
        with self.assertRaisesRegex(UserError, "has not been notified"):
            early.action_file()
        self._notified(self.deputy)
        first = self._objection(self.deputy, self.user_person_a)
        self.assertEqual(first, early, "the draft that is there is gone on with")
        early.action_file()
        again = early.create(
            {"rating_id": self.deputy.id, "source": "paper", "source_place": PLACE}
        )
        with self.assertRaisesRegex(UserError, "already"):
            again.action_file()
        again.unlink()
        self.campaign.sudo().objection_days = 5
        self.env.invalidate_all()
        self.assertEqual(first.last_day, date(2022, 11, 26))
        self._click(first, "action_withdraw")
        with freeze_time("2022-11-27 03:00:00"):
            late = self._objection(self.deputy, self.user_person_a)
            with self.assertRaisesRegex(UserError, "after the last day, 26/11/2022"):
                late.action_file()

    def test_others_may_not(self):
        self._notified(self.deputy)
        for user in (self.user_head_a, self.user_party_a, self.user_officer_b):
            with self.assertRaises(AccessError):
                self.deputy.with_user(user).action_object()
        self._notified(self.collective)
        objection = self._objection(self.collective, self.user_head_a)
        objection.action_file()
        self.assertEqual(objection.state, "filed")
        self.assertFalse(objection.with_user(self.user_person_a).search_count([]))


@tagged("post_install", "-at_install")
class TestOrders(ResultCase):
    def test_report_order_round_and_back_to_the_roll(self):
        self._notified(self.deputy)
        before = self.deputy.decision_line_id
        action = self.dossier.with_user(self.user_office).action_report_again()
        order = self.dossier.env[action["res_model"]].browse(action["res_id"])
        order = order.with_user(self.user_office)
        with self.assertRaises(UserError) as refused:
            order.action_report()
        for part in ("names no rating", "what is wrong"):
            self.assertIn(part, str(refused.exception))
        order.write(
            {"rating_ids": [Command.set(self.deputy.ids)], "report": "Chưa đạt yêu cầu"}
        )
        order.action_report()
        with self.assertRaisesRegex(UserError, "number, date, signer"):
            order.action_order()
        with self.assertRaises(AccessError):
            order.report = "khác"
        order.write(
            {
                "number": "31/HĐND",
                "date": self.today,
                "date_due": date(2022, 11, 30),
                **SIGNED,
            }
        )
        self._click(order, "action_order")
        dossier = self.dossier.with_user(self.user_office)
        self.assertEqual((dossier.state, dossier.round), ("returned", 2))
        self.assertEqual(dossier.date_due, date(2022, 11, 30))
        # only the rating named begins again, and what was decided stands
        self.assertEqual(self.deputy.state, "draft")
        self.assertEqual(self.chair.state, "proposed")
        self.assertEqual(self.deputy.decision_line_id, before)
        self.assertEqual(self.deputy.notified_level, "good")
        self.assertEqual(set(self.deputy.sudo().opinion_ids.mapped("state")), {"draft"})
        self.assertEqual(
            order.with_user(self.user_head_a).read(["number"])[0]["number"], "31/HĐND"
        )
        # through the round
        self.deputy.sudo().state = "reviewed"
        self.deputy.sudo().opinion_ids.state = "confirmed"
        dossier.sudo().paper_ids.state = "conforming"
        dossier.sudo().state = "received"
        self._click(dossier, "action_accept")
        self.assertEqual(order.state, "done")

    def test_only_the_office_and_only_accepted_dossiers(self):
        for user in (self.user_head_a, self.user_standing):
            with self.assertRaises(AccessError):
                self.dossier.with_user(user).action_report_again()
        action = self.dossier.with_user(self.user_office).action_report_again()
        order = self.dossier.env[action["res_model"]].browse(action["res_id"])
        order = order.with_user(self.user_office)
        order.write({"rating_ids": [Command.set(self.deputy.ids)], "report": "x"})
        self.dossier.sudo().state = "received"
        with self.assertRaisesRegex(UserError, "not been accepted"):
            order.action_report()


@tagged("post_install", "-at_install")
class TestPlans(ResultCase):
    def test_plan_from_recorded_shortcomings(self):
        action = self.dossier.action_draft_plans()
        plan = self.dossier.env["cadre.review.plan"].search(action["domain"])
        self.assertFalse(plan.rating_id, "good and nothing concluded: no plan")
        self.assertEqual(plan.line_ids.mapped("name"), ["Có việc còn chậm"])
        plan.source_place = PLACE
        with self.assertRaises(UserError) as refused:
            plan.action_adopt()
        self.assertIn("remedy, monitor, due date", str(refused.exception))
        with self.assertRaisesRegex(ValidationError, "Who monitors is who"):
            plan.line_ids.write({"responsible": "Lê Văn Ánh", "monitor": "lê văn ánh"})

    def test_remedied_needs_evidence_or_the_monitor(self):
        line = self._plan().line_ids
        officer = line.with_user(self.user_officer_a)
        with self.assertRaises(AccessError):
            officer.name = "khác"
        with self.assertRaisesRegex(UserError, "neither evidence"):
            officer.action_fix()
        officer.write({"evidence": "BC 12/HĐND", "progress": 80})
        officer.action_fix()
        self.assertEqual((line.state, line.progress), ("fixed", 100))
        self._click(line.with_user(self.user_office), "action_reopen")
        with self.assertRaises(AccessError):
            officer.action_confirm()
        self._click(line.with_user(self.user_office), "action_confirm", "Đã kiểm tra")
        self.assertTrue(line.is_confirmed)
        self.assertEqual(line.check_note, "Đã kiểm tra")

    def test_monitor_confirms_on_line(self):
        plan = self._plan()
        self._click(plan, "action_reopen")
        self.chair_a.user_id = self._user("monitor")
        plan.line_ids.write(
            {
                "responsible": "Trần Thị Bình",
                "monitor": False,
                "monitor_cadre_id": self.chair_a.id,
            }
        )
        self._click(plan, "action_adopt")
        line = plan.line_ids.with_user(self.chair_a.user_id)
        self._click(line, "action_confirm", "Đã khắc phục")
        self.assertEqual(plan.line_ids.state, "fixed")

    def test_person_has_a_plan_by_level(self):
        decision = self._drafts(self.deputy)
        decision.line_ids.write({"level": "completed", "reason": "x"})
        self._issue(decision, "05-KL/TT")
        action = self.dossier.action_draft_plans()
        plans = self.dossier.env["cadre.review.plan"].search(action["domain"])
        self.assertEqual(plans.rating_id, self.deputy)

    def test_closing_warns_of_a_missing_plan_and_never_of_open_lines(self):
        campaign = self.campaign.sudo()
        ours = [f for f in campaign._blockers("close") if f.rule == "D10b"]
        self.assertEqual([f.severity.value for f in ours], ["warn"])
        plan = self._plan()
        self.assertEqual(plan.line_ids.state, "open")
        self.assertNotIn("D10b", [f.rule for f in campaign._blockers("close")])

    def test_what_became_of_it_meets_its_owner_next_year(self):
        line = self._plan().line_ids
        self._click(line, "action_begin")
        self.campaign.sudo().state = "closed"
        following = self._opened_campaign(year=2023)
        rating = following.rating_ids.filtered(
            lambda r: not r.cadre_id and r.unit_id == self.unit_a
        )
        rating.with_user(self.user_officer_a).action_carry_over()
        found = rating.shortcoming_ids
        self.assertEqual(found.plan_line_id, line)
        self.assertEqual((found.name, found.status), (line.name, "fixing"))
        # the plan goes on, and section III with it
        line.with_user(self.user_officer_a).evidence = "BC 12/HĐND"
        line.with_user(self.user_officer_a).action_fix()
        self.assertEqual((found.status, found.evidence), ("fixed", "BC 12/HĐND"))


@tagged("post_install", "-at_install")
class TestHistory(ResultCase):
    def test_sheet_tells_everything_to_those_who_may(self):
        self._notified(self.deputy)
        first = self.deputy.decision_line_id.decision_id
        second = first.search(first.action_correct()["domain"])
        second.line_ids.write({"level": "completed", "reason": "Đánh giá lại"})
        self._issue(second, "99-KL/TT", capacity="tl")
        [page] = self.deputy_a.with_user(self.user_office)._history()._pages()
        self.assertEqual([row[2] for row in page.decisions], ["Superseded", "In force"])
        self.assertEqual(page.decisions[1][3], "Đánh giá lại")
        self.assertEqual(len(page.stages), 5)
        self.assertEqual(page.ballots, "2 / 6 / 0 / 0 (8)")
        self.assertIn("90/2020", page.law)
        self.assertTrue(page.passed, "warnings were passed on the way")
        self.assertTrue(all(p.who and p.reason for p in page.passed))
        # the person: what is theirs, and the result as notified
        [own] = self.deputy_a.with_user(self.user_person_a)._history()._pages()
        self.assertFalse(own.decisions or own.passed)
        self.assertNotIn("Appraisal", [stage[0] for stage in own.stages])
        report = self._reports(self.user_office)
        pdf, _type = report._render_qweb_pdf(
            "cadre_review.report_history_sheet", self.deputy_a.ids
        )
        self.assertTrue(pdf.startswith(b"%PDF"))

    def test_unit_across_a_merger(self):
        successor = self.env["cadre.review.unit"].create(
            {
                "name": "Thường trực HĐND xã Mới",
                "code": "TEST-NEW",
                "predecessor_ids": [Command.set(self.unit_a.ids)],
            }
        )
        pages = successor.with_user(self.user_office)._history()._pages()
        self.assertEqual([page.unit for page in pages], [self.unit_a.name])

    def test_queries_do_not_grow_with_the_sheet(self):
        ratings = self.ratings.with_user(self.user_office)

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._pages()
            return self.env.cr.sql_log_count - before

        queries(ratings)
        self.assertLessEqual(queries(ratings), queries(ratings[:1]) + 6)
