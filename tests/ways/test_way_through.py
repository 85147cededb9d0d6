"""The main job from opening to closing: by those concerned, and by one clerk."""

from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import PLACE, ReviewCase


@tagged("post_install", "-at_install")
class TestWayOfThePeople(ReviewCase):
    """Each step by the user whose step it is."""

    def test_opening_to_closing(self):
        campaign = self._opened_campaign()
        decisions = campaign.env["cadre.review.decision"]
        for unit in (self.unit_a, self.unit_b):
            decisions |= self._decided(self._dossier(campaign, unit))
        ratings = campaign.rating_ids.filtered(lambda r: r.scope == "rated")
        self.assertEqual(set(ratings.mapped("state")), {"decided"})
        self.assertEqual(set(ratings.mapped("level")), {"good"})
        self.assertEqual(
            {d.authority_id: d.kind for d in decisions},
            {self.own: "conclusion", self.superior: "decision"},
        )
        campaign.action_consolidate()
        campaign.action_conclude()
        with self.assertRaisesRegex(UserError, "has not been notified"):
            campaign.action_close()
        mine = self._rating(campaign, self.deputy_a).with_user(self.user_person_a)
        self.assertFalse(mine.notified_level, "Nothing shows before the notice.")
        decisions.action_notify()
        self.assertEqual(mine.notified_level, "good")
        self.assertIn("QĐ/TT", mine.notified_text)
        self._click(campaign, "action_close", "Kế hoạch khắc phục lập sau")
        self.assertEqual(campaign.state, "closed")

    def test_refusals_name_everything_at_once(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        with self.assertRaises(UserError) as refused:
            campaign.action_consolidate()
        for unit in (self.unit_a, self.unit_b):
            self.assertIn(unit.name, str(refused.exception))
        with self.assertRaisesRegex(UserError, "minutes of the conference"):
            dossier.with_user(self.user_head_a).action_submit()
        with self.assertRaises(AccessError):
            dossier.with_user(self.user_officer_a).action_submit()
        with self.assertRaisesRegex(UserError, "it starts from"):
            dossier.action_accept()
        conference = self._held_conference(dossier)
        with self.assertRaises(UserError) as refused:
            conference.action_adopt()
        for person in (self.chair_a, self.deputy_a):
            self.assertIn(person.name, str(refused.exception))
        self.assertEqual(dossier.state, "preparing")

    def test_missing_papers_are_a_warning_then_a_block(self):
        """D1: handing in passes with a reason, acceptance does not."""
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        self._adopted_conference(dossier)
        head = dossier.with_user(self.user_head_a)
        action = head.action_submit()
        self.assertEqual(action["res_model"], "cadre.review.move.reason")
        self.assertIn("missing", action["context"]["default_warnings"])
        self.assertEqual(dossier.state, "preparing")
        with self.assertRaisesRegex(UserError, "written reason"):
            head._move("submit", "  ")
        self._click(head, "action_submit", "Cấp ủy gửi sau")
        self.assertEqual(dossier.state, "submitted")
        event = dossier.event_ids.filtered(lambda e: e.move == "submit")
        self.assertEqual(event.reason, "Cấp ủy gửi sau")
        self.assertEqual(event.user_id, self.user_head_a)
        self.assertIn(self.chair_a.name, event.warnings)
        dossier.action_receive()
        with self.assertRaisesRegex(UserError, "found to conform"):
            dossier.action_accept()

    def test_request_opens_a_new_round(self):
        campaign = self._opened_campaign()
        dossier = self._submitted(self._dossier(campaign, self.unit_a))
        dossier = dossier.with_user(self.user_office)
        dossier.action_receive()
        self._click(dossier.paper_ids[0], "action_fail", "Thiếu chữ ký")
        self._returned(dossier, "Bổ sung biên bản")
        self.assertEqual((dossier.state, dossier.round), ("returned", 2))
        self.assertIn("Bổ sung biên bản", dossier.state_reason)
        self.assertIn("Thiếu chữ ký", dossier.state_reason)
        paper = dossier.paper_ids[0].with_user(self.user_officer_a)
        self.assertEqual(paper.remark, "Thiếu chữ ký")
        paper.action_provide()
        self._click(dossier.with_user(self.user_head_a), "action_submit")
        dossier.action_receive()
        dossier.action_check_papers()
        dossier.action_accept()
        self.assertEqual((dossier.state, dossier.round), ("accepted", 2))

    def test_unit_does_not_date_its_own_hand_in(self):
        """Only what the office hands in came earlier, on paper."""
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        for values in ({"date_paper": date(2022, 11, 1)}, {"incoming_number": "12"}):
            with self.assertRaises(AccessError):
                dossier.with_user(self.user_officer_a).write(values)
        # nor does what the office entered, where the unit hands in on line
        dossier.with_user(self.user_office).date_paper = date(2022, 11, 1)
        self._submitted(dossier)
        self.assertEqual(dossier.date_submitted, campaign._today())

    def test_drafts_are_deleted_with_their_rows(self):
        """And what is more than a draft never is."""
        campaign = self._opened_campaign()
        action = campaign.rating_ids[:2].action_draft_decisions()
        decisions = campaign.env["cadre.review.decision"].search(action["domain"])
        draft = campaign.copy({"basis_ids": [Command.create({"text": "N"})]})
        for record in (*decisions, draft):
            rows = [record[name] for name in record._parts]
            self.assertTrue(any(rows), record)
            record.unlink()
            self.assertFalse([row for row in rows if row.exists()], record)
        with self.assertRaises(AccessError):
            campaign.unlink()
        self.assertTrue(campaign.deadline_ids)

    def test_own_authority_decides_in_its_authority_only(self):
        campaign = self._opened_campaign()
        ratings = self._appraised(self._dossier(campaign, self.unit_a))
        foreign = ratings.filtered(lambda r: r.authority_id == self.superior)
        action = foreign.action_draft_decisions()
        decision = ratings.env["cadre.review.decision"].search(action["domain"])
        decision.authority_id = self.own
        with self.assertRaises(UserError) as refused:
            decision.action_issue()
        message = str(refused.exception)
        for part in ("no number", "no date", "signer", self.superior.name):
            self.assertIn(part, message)
        self.assertFalse(foreign.level)

    def test_decision_of_another_authority_is_recorded_with_its_findings(self):
        """A fact is never refused: what the rules find stands in the history."""
        campaign = self._opened_campaign()
        rating = self._rating(campaign, self.chair_a)
        action = rating.action_draft_decisions()
        decision = rating.env["cadre.review.decision"].search(action["domain"])
        decision.write(
            {
                "number": "12-QĐ/TU",
                "date": date(2022, 11, 20),
                "signer": "Nguyễn Thị Ký",
                "source_place": PLACE,
            }
        )
        decision.line_ids.level = "excellent"
        self._click(decision, "action_issue", "Ghi nhận văn bản của cấp trên")
        self.assertEqual(rating.level, "excellent")
        self.assertIn("not been accepted", decision.event_ids.warnings)

    def test_correction_supersedes(self):
        """C21: an issued decision stays; the level in force follows the last."""
        campaign = self._opened_campaign()
        first = self._decided(self._dossier(campaign, self.unit_a)).filtered("is_own")
        rating = first.line_ids[0].rating_id
        with self.assertRaises(AccessError):
            first.line_ids[0].level = "failed"
        with self.assertRaises(AccessError):
            first.write({"number": "99"})
        action = rating.action_draft_decisions()
        second = rating.env["cadre.review.decision"].search(action["domain"])
        second.write(
            {
                "number": "77-QĐ/TT",
                "date": self.today,
                "signer": "Nguyễn Thị Ký",
                "source_place": PLACE,
            }
        )
        second.line_ids.level = "completed"
        with self.assertRaisesRegex(UserError, "without a reason"):
            second.action_issue()
        second.line_ids.reason = "Đánh giá lại theo kết luận"
        second.action_issue()
        self.assertEqual(rating.level, "completed")
        self.assertEqual(second.line_ids.superseded_line_id, first.line_ids[0])
        self.assertEqual(first.line_ids[0].level, "good")


@tagged("post_install", "-at_install")
class TestWayOfTheClerk(ReviewCase):
    """One clerk of the office carries every unit of the example from paper."""

    def setUp(self):
        super().setUp()
        self.env["cadre.review.scenario"]._load()
        self.clerk = self.env["res.users"].search([("login", "=", "vanphong")])
        self.absent = self.env.ref("cadre_review.scenario_cadre_pho_cuong_pct")
        example = self.env.ref("cadre_review.scenario_campaign_2022")
        # the same letter once more, untouched by what the example shows
        self.campaign = example.with_user(self.clerk).copy(
            {"purpose": "from paper", "year": 2022, "scope_date": example.scope_date}
        )
        self.campaign.action_open()

    def _key(self, dossier):
        """Key one unit's dossier on the keying screen."""
        voters = 6
        keying = dossier.env["cadre.review.keying"].create(
            {
                "dossier_id": dossier.id,
                "source": "paper",
                "source_place": PLACE,
                "date_start": datetime(2022, 11, 18, 1),
                "date_end": datetime(2022, 11, 18, 4),
                "place": "Hội trường",
                "chair": "Người Chủ Trì",
                "secretary": "Người Ghi Biên Bản",
                "convened": voters,
                "present": voters,
            }
        )
        people = keying.line_ids.filtered("is_person")
        self.assertEqual(len(keying.line_ids), len(people) + 1)
        keying.line_ids.write(
            {
                "issued": voters,
                "collected": voters,
                "valid": voters,
                "votes_good": voters,
                "concluded_level": "good",
                "unit_level": "good",
            }
        )
        people.write({"self_level": "good", "party_level": "good"})
        # absent for four months: no higher level, NĐ 90 Điều 2 khoản 3
        absent = people.filtered(lambda line: line.rating_id.cadre_id == self.absent)
        levels = ("self_level", "party_level", "unit_level", "concluded_level")
        absent.write({**dict.fromkeys(levels, "completed"), "votes_good": 0})
        absent.votes_completed = voters
        self._click(keying, "action_key_and_submit")
        self.assertEqual(dossier.state, "submitted", dossier.unit_name)

    def test_seventeen_units_by_one_clerk(self):
        campaign = self.campaign
        dossiers = campaign.dossier_ids
        self.assertEqual(len(dossiers), 17)
        for dossier in dossiers:
            self._key(dossier)
        dossiers.action_receive()
        dossiers.action_check_papers()
        dossiers.action_accept()
        rated = campaign.rating_ids.filtered(lambda r: r.scope == "rated")
        rated.action_accept_proposals()
        action = rated.action_draft_decisions()
        decisions = campaign.env["cadre.review.decision"].search(action["domain"])
        self.assertEqual(len(decisions), 2, "One for each authority.")
        for index, decision in enumerate(decisions, start=1):
            decision.write(
                {
                    "number": f"9{index}-KL/TT",
                    "date": date(2022, 11, 21),
                    "signer": "Người Ký",
                    "source_place": PLACE,
                }
            )
        decisions.action_issue()
        campaign.action_consolidate()
        campaign.action_conclude()
        decisions.action_notify()
        campaign.action_close()
        self.assertEqual(campaign.state, "closed")
        lower = rated.filtered(lambda rating: rating.notified_level != "good")
        self.assertEqual(lower.cadre_id, self.absent)
        self.assertEqual(lower.notified_level, "completed")
        self._assert_everything_has_its_source(campaign)

    def _assert_everything_has_its_source(self, campaign):
        for model in ("opinion", "conference", "paper", "decision"):
            keyed = self.env[f"cadre.review.{model}"].search(
                [("campaign_id", "=", campaign.id)]
            )
            if model == "opinion":
                # the clerk's own stage needs no paper of somebody else
                keyed = keyed.filtered(lambda o: o.stage != "appraisal")
            self.assertTrue(keyed)
            self.assertEqual(set(keyed.mapped("source")), {"paper"}, model)
            self.assertEqual(set(keyed.mapped("source_place")), {PLACE}, model)
        events = (
            self.env["cadre.review.event"]
            .search([])
            .filtered(
                lambda e: e.unit_id in campaign.unit_ids and e.user_id == self.clerk
            )
        )
        self.assertTrue(events)

    def test_source_is_required(self):
        dossier = self.campaign.dossier_ids[0]
        keying = dossier.env["cadre.review.keying"].create({"dossier_id": dossier.id})
        keying.line_ids.write({"unit_level": "good"})
        with self.assertRaisesRegex(UserError, "not recorded"):
            keying.action_key()
