"""Opening a campaign: what it creates, adds, marks and refuses."""

from datetime import date
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.dossier import campaign_opening as opening_module
from ..common import ReviewCase

CRON = "cadre_review.ir_cron_open_campaigns"


@tagged("post_install", "-at_install")
class TestOpening(ReviewCase):
    """The letter: four papers per unit, three per person rated there."""

    def _papers(self, records):
        return self.env["cadre.review.paper"].search(
            [(records._name.rpartition(".")[2] + "_id", "in", records.ids)]
        )

    def _counts(self, campaign):
        return {
            model: self.env[f"cadre.review.{model}"].search_count(
                [("campaign_id", "=", campaign.id)]
            )
            for model in ("dossier", "rating", "paper")
        }

    # ------------------------------------------------------------------
    # WHAT IT CREATES
    # ------------------------------------------------------------------

    def test_creates_dossiers_ratings_and_papers(self):
        campaign = self._opened_campaign()
        self.assertEqual(campaign.state, "open")
        self.assertEqual(
            self._counts(campaign), {"dossier": 2, "rating": 6, "paper": 2 * 4 + 3 * 3}
        )
        dossier = self._dossier(campaign, self.unit_a)
        self.assertRecordValues(
            dossier,
            [
                {
                    "state": "preparing",
                    "company_id": self.company.id,
                    "unit_name": "Thường trực HĐND phường A",
                    "head_name": "Lê Văn Ánh",
                    # "before 01/12/2022"
                    "date_due": date(2022, 11, 30),
                    "round": 1,
                }
            ],
        )
        self.assertEqual(
            dossier.rating_ids.mapped("name"),
            ["Thường trực HĐND phường A", "Lê Văn Ánh", "Trần Thị Bình"],
            "The collective, then the people by precedence.",
        )
        papers = self._papers(dossier)
        self.assertEqual(len(papers.filtered(lambda p: not p.rating_id)), 4)
        self.assertEqual(set(papers.mapped("state")), {"missing"})
        for person in (self.chair_a, self.deputy_a, self.chair_b):
            self.assertEqual(len(self._papers(self._rating(campaign, person))), 3)

    def test_one_rating_per_person(self):
        """A concurrent post elsewhere neither adds a rating nor moves it."""
        rating = self._rating(self._opened_campaign(), self.chair_b)
        self.assertRecordValues(
            rating,
            [
                {
                    "unit_id": self.unit_b.id,
                    "title": "Chủ tịch HĐND",
                    "other_titles": "Ủy viên",
                    "authority_id": self.superior.id,
                    "party_body_id": self.body_b.id,
                    "regulation_id": self.env.ref("cadre_review.nd90_2020_official").id,
                    "is_head": True,
                    "state": "draft",
                }
            ],
        )

    def test_scopes(self):
        campaign = self._opened_campaign()
        self.assertFalse(self._rating(campaign, self.opinion_a))
        elsewhere = self._rating(campaign, self.deputy_b)
        self.assertEqual(elsewhere.scope, "reviewed")
        self.assertFalse(self._papers(elsewhere))

    def test_one_event_and_no_mail(self):
        messages = self.env["mail.message"].search_count([])
        campaign = self._opened_campaign()
        events = self.env["cadre.review.event"].search(
            [("res_model", "=", campaign._name), ("res_id", "=", campaign.id)]
        )
        self.assertRecordValues(
            events,
            [{"move": "open", "state_to": "open", "user_id": self.user_office.id}],
        )
        dossiers = self.env["mail.message"].search_count(
            [("model", "=", "cadre.review.dossier")]
        )
        self.assertFalse(dossiers)
        self.assertLessEqual(self.env["mail.message"].search_count([]) - messages, 2)

    def test_snapshots_stay(self):
        """Renaming a unit, a person or a post does not change what was opened."""
        campaign = self._opened_campaign()
        self.unit_a.name = "Thường trực HĐND phường Mới"
        self.chair_a.name = "Lê Văn Khác"
        self.chair_a.post_ids.title = "Chức vụ khác"
        self.env.invalidate_all()
        dossier = self._dossier(campaign, self.unit_a)
        self.assertEqual(dossier.unit_name, "Thường trực HĐND phường A")
        self.assertEqual(dossier.head_name, "Lê Văn Ánh")
        self.assertRecordValues(
            self._rating(campaign, self.chair_a),
            [{"name": "Lê Văn Ánh", "title": "Chủ tịch HĐND"}],
        )

    def test_posts_in_force_on_the_day_of_scope(self):
        """Who came before it is in, who comes after it or was archived is not."""
        came = self._person("Bùi Tân", self.unit_a, date_from=date(2022, 9, 15))
        comes = self._person("Bùi Sau", self.unit_a, date_from=date(2022, 11, 9))
        gone = self._person("Bùi Nghỉ", self.unit_a)
        gone.active = False
        campaign = self._opened_campaign()
        self.assertTrue(self._rating(campaign, came))
        self.assertFalse(self._rating(campaign, comes))
        self.assertFalse(self._rating(campaign, gone))

    # ------------------------------------------------------------------
    # OPENING AGAIN
    # ------------------------------------------------------------------

    def test_again_creates_nothing(self):
        campaign = self._opened_campaign()
        before = self._counts(campaign)
        campaign.action_open()
        campaign.action_open()
        self.assertEqual(self._counts(campaign), before)

    def test_late_unit_and_person_are_added(self):
        campaign = self._opened_campaign()
        late = self._person("Bùi Muộn", self.unit_a)
        unit = self._units(1, people=2)
        campaign.unit_ids = [Command.link(unit.id)]
        campaign.action_open()
        self.assertEqual(
            self._counts(campaign),
            {"dossier": 3, "rating": 6 + 1 + 3, "paper": 17 + 3 + 4 + 2 * 3},
        )
        rating = self._rating(campaign, late)
        self.assertEqual(rating.dossier_id, self._dossier(campaign, self.unit_a))

    def test_person_who_left_is_marked_and_visible(self):
        campaign = self._opened_campaign()
        rating = self._rating(campaign, self.deputy_a)
        self.deputy_a.post_ids.date_to = date(2022, 10, 31)
        campaign.action_open()
        self.assertTrue(rating.has_left)
        self.assertIn("08/11/2022", rating.left_reason)
        self.assertIn(rating, self._dossier(campaign, self.unit_a).rating_ids)
        self.assertIn(rating, campaign.rating_ids.with_user(self.user_head_a))
        self.assertNotIn(rating, rating.dossier_id._subjects())
        campaign.action_open()
        self.assertEqual(self._counts(campaign)["rating"], 6)

    def test_person_who_comes_back_has_a_new_rating(self):
        campaign = self._opened_campaign()
        self.deputy_a.post_ids.date_to = date(2022, 10, 31)
        campaign.action_open()
        self.deputy_a.post_ids.date_to = False
        campaign.action_open()
        ratings = self._rating(campaign, self.deputy_a)
        self.assertEqual(sorted(ratings.mapped("has_left")), [False, True])

    def test_person_who_moved_is_rated_in_the_new_unit(self):
        campaign = self._opened_campaign()
        self.deputy_a.post_ids.unit_id = self.unit_b
        campaign.action_open()
        old, new = self._rating(campaign, self.deputy_a).sorted("id")
        self.assertEqual((old.unit_id, new.unit_id), (self.unit_a, self.unit_b))
        self.assertTrue(old.has_left)
        self.assertTrue(old.left_reason)
        self.assertEqual(len(self._papers(new)), 3)

    def test_unit_that_left_is_excluded_and_visible(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_b)
        campaign.unit_ids = [Command.unlink(self.unit_b.id)]
        campaign.action_open()
        self.assertEqual(dossier.state, "excluded")
        self.assertTrue(dossier.state_reason)
        self.assertEqual(set(dossier.rating_ids.mapped("has_left")), {True})
        self.assertTrue(all(dossier.rating_ids.mapped("left_reason")))
        self.assertEqual(campaign.dossier_count, 1)
        # back in scope: a new dossier, the excluded one stays
        campaign.unit_ids = [Command.link(self.unit_b.id)]
        campaign.action_open()
        dossiers = self._dossier(campaign, self.unit_b)
        self.assertEqual(sorted(dossiers.mapped("state")), ["excluded", "preparing"])
        self.assertEqual(len((dossiers - dossier).rating_ids), 3)

    def test_unit_excluded_by_the_office_stays_excluded(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_b)
        self._click(dossier, "action_exclude", reason="Sáp nhập")
        campaign.action_open()
        self.assertEqual(self._dossier(campaign, self.unit_b), dossier)
        self.assertEqual(campaign.unit_ids, self.unit_a)
        self.assertEqual(set(dossier.rating_ids.mapped("left_reason")), {"Sáp nhập"})

    def test_cancelled_campaign_keeps_its_scope(self):
        campaign = self._opened_campaign()
        self._click(campaign, "action_cancel")
        self.assertEqual(campaign.unit_ids, self.unit_a | self.unit_b)
        self.assertEqual(set(campaign.dossier_ids.mapped("state")), {"excluded"})

    # ------------------------------------------------------------------
    # COPY
    # ------------------------------------------------------------------

    def test_copy_to_the_next_year(self):
        campaign = self._opened_campaign(letter_number="27/HĐND", letter_subject="V/v")
        copy = campaign.copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "state": "draft",
                    "year": 2023,
                    "scope_date": self.today,
                    "letter_number": False,
                    "letter_subject": "V/v",
                    "unit_ids": campaign.unit_ids.ids,
                    "regulation_ids": campaign.regulation_ids.ids,
                }
            ],
        )
        self.assertEqual(
            copy.deadline_ids.mapped("printed"),
            [
                "chậm nhất ngày 25/11/2023",
                "trước ngày 01/12/2023",
                "trước ngày 05/12/2023",
            ],
        )
        self.assertFalse(copy.dossier_ids)
        copy.action_open()
        self.assertEqual(self._counts(copy), self._counts(campaign))

    # ------------------------------------------------------------------
    # REFUSALS
    # ------------------------------------------------------------------

    def _refused(self, campaign):
        """The message of a refused opening, after which nothing is there."""
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            campaign.action_open()
        self.assertEqual(campaign.state, "draft")
        self.assertEqual(
            self._counts(campaign), {"dossier": 0, "rating": 0, "paper": 0}
        )
        return str(refused.exception)

    def test_everything_that_is_wrong_at_once(self):
        self.unit_b.authority_id = False
        self.chair_a.post_ids.authority_id = False
        self.deputy_a.post_ids.date_to = date(2022, 10, 31)
        self.unit_a.valid_to = date(2022, 6, 30)
        self.chair_b.post_ids.is_main = False
        message = self._refused(
            self._campaign(
                deadline_ids=[
                    self._deadline("review", date(2022, 12, 2), "by"),
                    self._deadline("dossier", date(2022, 12, 1), "before"),
                ]
            )
        )
        for name in (
            "dossier",  # the deadline that ends before the review
            self.unit_a.name,
            self.unit_b.name,
            self.chair_a.name,
            self.deputy_a.name,
            self.chair_b.name,
        ):
            self.assertIn(f"• {name}" if name != "dossier" else name, message)
        self.assertIn("30/11/2022 (Thứ Tư)", message)
        self.assertIn("NĐ 90/2020/NĐ-CP Điều 16", message)

    def test_without_regulation(self):
        """The campaign chose none, and none is in force."""
        self.env["cadre.review.regulation"].search([]).active = False
        message = self._refused(self._campaign(regulation_ids=[Command.clear()]))
        for name in (self.unit_a.name, self.chair_a.name, self.deputy_b.name):
            self.assertIn(name, message)

    def test_regulation_of_another_time(self):
        campaign = self._campaign(scope_date=date(2018, 12, 1))
        self.env["cadre.review.post"].search([]).date_from = date(2015, 1, 1)
        self.assertIn("No regulation applies", self._refused(campaign))

    def test_without_units(self):
        message = self._refused(self._campaign(unit_ids=[Command.clear()]))
        self.assertIn("No unit is in the scope", message)

    def test_unit_without_head_is_a_warning(self):
        self.chair_b.post_ids.is_head = False
        campaign = self._opened_campaign()
        self.assertEqual(campaign.state, "open")
        events = self.env["cadre.review.event"].search(
            [("res_model", "=", campaign._name), ("res_id", "=", campaign.id)]
        )
        self.assertIn(self.unit_b.name, events.warnings)
        self.assertFalse(self._dossier(campaign, self.unit_b).head_name)

    def test_by_another_role(self):
        campaign = self._campaign()
        for user in (self.user_head_a, self.user_standing, self.user_admin):
            with self.assertRaises(AccessError):
                campaign.with_user(user).action_open()
        self.assertEqual(campaign.state, "draft")

    def test_refresh_by_another_role(self):
        campaign = self._opened_campaign()
        for user in (self.user_head_a, self.user_standing, self.user_admin):
            with self.assertRaises(AccessError):
                campaign.with_user(user).action_open()

    def test_not_after_consolidation(self):
        campaign = self._opened_campaign()
        campaign.sudo()._mark("consolidate")
        with self.assertRaisesRegex(UserError, "it starts from"):
            campaign.action_open()

    @mute_logger("odoo.sql_db")
    def test_same_period_twice(self):
        campaign = self._opened_campaign()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._campaign()
        self._campaign(purpose="trial")
        self._campaign(period_kind="quarter", period_no=4)
        self._click(campaign, "action_cancel")
        self.env.flush_all()
        self._campaign()

    @mute_logger("odoo.sql_db")
    def test_codes_twice(self):
        for record in (self.unit_a, self.chair_a, self.own, self.body_a):
            other = record.search([("id", "!=", record.id)], limit=1)
            with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
                other.code = record.code

    def test_nothing_is_half_written(self):
        """A failure in the last step leaves neither dossiers nor ratings."""
        campaign = self._campaign()
        with (
            patch.object(
                type(campaign), "_create_papers", side_effect=UserError("Hỏng")
            ),
            self.assertRaisesRegex(UserError, "Hỏng"),
            self.env.cr.savepoint(),
        ):
            campaign.action_open()
        self.assertEqual(campaign.state, "draft")
        self.assertFalse(self._counts(campaign)["dossier"])
        campaign.action_open()
        self.assertEqual(self._counts(campaign)["rating"], 6)

    # ------------------------------------------------------------------
    # PREVIEW
    # ------------------------------------------------------------------

    def test_preview_tells_what_opening_creates(self):
        campaign = self._campaign()
        action = campaign.action_prepare_opening()
        preview = self.env[action["res_model"]].with_user(self.user_office)
        preview = preview.with_context(**action["context"]).create({})
        expected = {
            "dossier": preview.dossier_count,
            "rating": preview.rating_count,
            "paper": preview.paper_count,
        }
        self.assertEqual(self._counts(campaign)["dossier"], 0)
        preview.action_open()
        self.assertEqual(self._counts(campaign), expected)
        again = preview.create({})
        self.assertFalse(again.dossier_count + again.rating_count + again.paper_count)

    # ------------------------------------------------------------------
    # SIZE
    # ------------------------------------------------------------------

    def _opening_queries(self, number):
        units = self._units(number)
        campaign = self._campaign(
            purpose=f"size {number}", unit_ids=[Command.set(units.ids)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        campaign.action_open()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(campaign.dossier_ids), number)
        return queries

    def test_queries_grow_by_batch_only(self):
        self._opening_queries(1)  # warms the caches
        few, many = self._opening_queries(5), self._opening_queries(50)
        self.assertLessEqual(many - few, 12, f"{few} queries at 5, {many} at 50")


@tagged("post_install", "-at_install")
class TestOpeningJob(ReviewCase):
    """Above a size, opening is a job in batches that resumes after a kill."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(opening_module, "BATCH", 2))
        cls.units = cls._units(5, people=2)

    def _started_campaign(self):
        campaign = self._campaign(unit_ids=[Command.set(self.units.ids)])
        campaign.action_open()
        return campaign

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).with_user(self.env.user).method_direct_trigger()

    def _check_complete(self, campaign):
        self.assertEqual(campaign.state, "open")
        self.assertEqual(len(campaign.dossier_ids), 5)
        self.assertEqual(len(campaign.rating_ids), 5 * 3)
        self.assertEqual(len(campaign.dossier_ids.paper_ids), 5 * (4 + 2 * 3))
        self.assertEqual(campaign.opening_progress, 100)

    def test_job_opens_in_batches(self):
        campaign = self._started_campaign()
        self.assertEqual(campaign.state, "opening")
        self.assertFalse(campaign.dossier_ids)
        self.assertFalse(campaign.opening_progress)
        self._run_job()
        self._check_complete(campaign)
        self._run_job()
        self._check_complete(campaign)

    def test_killed_job_resumes(self):
        """What the batches before the kill created stays, the rest follows."""
        campaign = self._started_campaign()
        create = type(campaign)._create_papers
        batches = []

        def killed_in_the_second_batch(self, dossiers, ratings):
            batches.append(dossiers)
            if len(batches) > 1:
                raise RuntimeError("killed")
            return create(self, dossiers, ratings)

        with (
            patch.object(type(campaign), "_create_papers", killed_in_the_second_batch),
            mute_logger("odoo.addons.base.models.ir_cron"),
        ):
            self._run_job()
        self.assertEqual(campaign.state, "opening")
        self.assertEqual(len(campaign.dossier_ids), 2)
        self.assertEqual(campaign.opening_progress, 40)
        self.assertEqual(len(campaign.dossier_ids.paper_ids), 2 * (4 + 2 * 3))
        self._run_job()
        self._check_complete(campaign)

    def test_job_without_time_left_goes_on_at_the_next_run(self):
        campaign = self._started_campaign()
        cron = type(self.env["ir.cron"])
        commit = cron._commit_progress

        def out_of_time(self, *args, **kwargs):
            commit(self, *args, **kwargs)
            return 0

        with patch.object(cron, "_commit_progress", out_of_time):
            self._run_job()
        self._check_complete(campaign)

    def test_what_the_rules_refuse_meanwhile_is_told(self):
        """The job stops, says why once, and goes on when it has been corrected."""
        campaign = self._started_campaign()
        head = self.units[-1].post_ids[0]
        head.authority_id = False
        self._run_job()
        self.assertEqual(campaign.state, "opening")
        self.assertIn(head.cadre_id.name, campaign.opening_error)
        self.assertEqual(len(campaign.dossier_ids), 4)
        messages = campaign.message_ids
        self._run_job()
        self.assertEqual(campaign.message_ids, messages)
        head.authority_id = self.own
        campaign.action_open()
        self._run_job()
        self.assertFalse(campaign.opening_error)
        self._check_complete(campaign)

    def test_refused_before_it_starts(self):
        self.units[-1].authority_id = False
        with self.assertRaisesRegex(UserError, self.units[-1].name):
            self._started_campaign()
