"""Roles meeting in one user, beginning, ending, and looking at oneself."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import PDF, ReviewCase
from .access_spec import OFFICE_ONLY, UNIT_SCOPED
from .test_security_matrix import MUTED, SecurityCase

STAGE_LEVELS = (
    "self_level",
    "conference_level",
    "party_level",
    "unit_level",
    "appraisal_level",
    "proposal_level",
)


@tagged("post_install", "-at_install")
class TestSecurityUnion(SecurityCase):
    """One user with several roles has exactly what each of them gives."""

    def _reach(self, user):
        """``{model: (ids read, ids written)}`` over everything there is."""
        reach = {}
        for model in sorted(UNIT_SCOPED | OFFICE_ONLY):
            everything = self.env[model].sudo().search([])
            mine = everything.with_user(user)
            reach[model] = tuple(
                set(mine._filtered_access(operation).ids)
                for operation in ("read", "write")
            )
        return reach

    def _assert_union(self, user, *others):
        reaches = [self._reach(other) for other in others]
        for model, (read, written) in self._reach(user).items():
            expected_read = set().union(*(reach[model][0] for reach in reaches))
            expected_written = set().union(*(reach[model][1] for reach in reaches))
            self.assertEqual(read, expected_read, f"{model} read")
            self.assertEqual(written, expected_written, f"{model} written")

    def test_head_in_a_and_party_secretary_in_b(self):
        user = self._user("dual", "head", unit_id=self.unit_a)
        self.env["cadre.review.member"].create(
            {"user_id": user.id, "role": "party", "party_body_id": self.body_b.id}
        )
        groups = {"head", "party"}
        for role in ("officer", "head", "party", "office", "standing", "person"):
            has = user.has_group(f"cadre_review.cadre_review_group_{role}")
            self.assertEqual(has, role in groups | {"officer"}, role)
        self._assert_union(user, self.user_head_a, self.user_party_b)
        for state in ("submitted", "accepted"):
            self.campaigns.dossier_ids.state = state
            self._assert_union(user, self.user_head_a, self.user_party_b)
        # party drafts of the own unit stay unseen, and the other unit's comments
        stages = self.env["cadre.review.opinion"].with_user(user).search([])
        seen = {(o.unit_id, o.stage) for o in stages.sudo()}
        self.assertNotIn((self.unit_a, "party"), seen)
        self.assertNotIn((self.unit_b, "unit"), seen)
        self.assertIn((self.unit_b, "party"), seen)

    def test_office_of_one_council_assessed_by_another(self):
        """Access to a second council does not make its office of one."""
        user = self.user_office
        before = self._reach(user)
        user.company_ids = [Command.link(self.council_elsewhere.id)]
        self.env["cadre.review.member"].create(
            {"user_id": user.id, "role": "officer", "unit_id": self.unit_c.id}
        )
        both = self.env(
            user=user,
            context={
                **self.env.context,
                "allowed_company_ids": (self.company | self.council_elsewhere).ids,
            },
        )
        seen = both["cadre.review.dossier"].search([])
        self.assertEqual(seen.sudo().unit_id, self.unit_a | self.unit_b | self.unit_c)
        elsewhere = seen.filtered(lambda d: d.company_id == self.council_elsewhere)
        self.assertEqual(elsewhere.unit_id, self.unit_c, "Only the own unit there.")
        elsewhere.sudo().state = "submitted"
        with self.assertRaises(AccessError):
            elsewhere.action_receive()
        with self.assertRaises(AccessError):
            self.campaign_elsewhere.with_env(both).write({"name": "N"})
        self.assertFalse(
            both["cadre.review.decision"].search(
                [("company_id", "=", self.council_elsewhere.id)]
            )
        )
        for model, (read, _written) in self._reach(user).items():
            self.assertGreaterEqual(read, before[model][0], model)

    def test_office_of_another_council_sees_nothing(self):
        for model in sorted(UNIT_SCOPED | OFFICE_ONLY):
            if "company_id" not in self.env[model]._fields:
                continue
            ours = self.env[model].sudo().search([("company_id", "=", self.company.id)])
            self.assertTrue(ours, model)
            self.assertFalse(
                ours.with_user(self.user_office_elsewhere)._filtered_access("read"),
                model,
            )
        self.assertFalse(
            self.campaign.with_user(self.user_office_elsewhere)
            .exists()
            ._filtered_access("read")
        )


@tagged("post_install", "-at_install")
class TestSecurityRoles(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier_a = cls._dossier(cls.campaign, cls.unit_a)
        cls.dossier_b = cls._dossier(cls.campaign, cls.unit_b)

    def _dossiers_of(self, user):
        try:
            return self.env["cadre.review.dossier"].with_user(user).search([]).sudo()
        except AccessError:
            return self.env["cadre.review.dossier"].sudo()

    def _fresh(self, record, user):
        """The record as a new request of the user reads it."""
        self.env.invalidate_all()
        return record.with_user(user)

    def _member(self, user):
        return self.env["cadre.review.member"].search([("user_id", "=", user.id)])

    # ------------------------------------------------------------------
    # FROM AND TO
    # ------------------------------------------------------------------

    @mute_logger(*MUTED)
    def test_ended_membership_has_no_effect(self):
        user = self.user_officer_a
        self.assertEqual(self._dossiers_of(user), self.dossier_a.sudo())
        self._member(user).date_to = date(2022, 11, 20)
        self.assertFalse(self._dossiers_of(user))
        self.assertFalse(user.has_group("cadre_review.cadre_review_group_officer"))

    @mute_logger(*MUTED)
    def test_membership_ends_and_begins_by_itself(self):
        leaving, coming = self.user_head_a, self._user("coming")
        self._member(leaving).date_to = date(2022, 11, 22)
        self.env["cadre.review.member"].create(
            {
                "user_id": coming.id,
                "role": "head",
                "unit_id": self.unit_a.id,
                "date_from": date(2022, 11, 23),
            }
        )
        self.assertTrue(self._dossiers_of(leaving))
        self.assertFalse(self._dossiers_of(coming))
        # 00:30 of the 23rd where the council sits, still the 22nd in UTC
        with freeze_time("2022-11-22 17:30:00"):
            self.env["cadre.review.member"]._cron_refresh()
            self.env.flush_all()
            self.assertFalse(self._dossiers_of(leaving))
            self.assertTrue(self._dossiers_of(coming))
            with self.assertRaises(AccessError):
                self.dossier_a.with_user(leaving).action_submit()
            with self.assertRaises(UserError):  # allowed, but papers are missing
                self.dossier_a.with_user(coming).action_submit()

    @mute_logger(*MUTED)
    def test_removed_membership_has_no_effect(self):
        self._member(self.user_office).unlink()
        self.assertFalse(self._dossiers_of(self.user_office))
        self._member(self.user_standing).user_id = self.user_none
        self.assertFalse(self._dossiers_of(self.user_standing))

    # ------------------------------------------------------------------
    # MERGED UNITS
    # ------------------------------------------------------------------

    @mute_logger(*MUTED)
    def test_successor_reads_and_does_not_write(self):
        merged, later = self.env["cadre.review.unit"].create(
            [{"name": "Xã mới", "code": "TEST-M"}, {"name": "Xã sau", "code": "TEST-L"}]
        )
        merged.predecessor_ids = self.unit_a | self.unit_b
        later.predecessor_ids = merged
        self._held_conference(self.dossier_a)
        for unit in (merged, later):
            user = self._user(f"of_{unit.code}", "head", unit_id=unit)
            seen = self._dossiers_of(user)
            self.assertEqual(seen, (self.dossier_a | self.dossier_b).sudo())
            dossier = self.dossier_a.with_user(user)
            self.assertTrue(dossier.paper_ids.mapped("display_name"))
            self.assertTrue(dossier.rating_ids.mapped("display_name"))
            self.assertFalse(dossier.conference_ids, "Ballots are not adopted.")
            for attempt in (
                lambda d=dossier: d.write({"note": "N"}),
                lambda d=dossier: d.paper_ids.write({"source_place": "N"}),
                lambda d=dossier: d.action_submit(),
                lambda d=dossier: d.paper_ids[:1].action_provide(),
                lambda d=dossier: d.rating_ids[:1].action_unit(),
            ):
                with self.assertRaises(AccessError):
                    attempt()
        self.assertEqual(self._dossiers_of(self.user_head_a), self.dossier_a.sudo())

    # ------------------------------------------------------------------
    # THE ASSESSED PERSON
    # ------------------------------------------------------------------

    @mute_logger(*MUTED)
    def test_person_sees_the_level_after_the_notice_only(self):
        decisions = self._decided(self.dossier_a, level="completed")
        mine = self._rating(self.campaign, self.deputy_a).with_user(self.user_person_a)
        rating = mine.sudo()
        self.assertEqual((rating.state, rating.level), ("decided", "completed"))
        self.assertFalse(mine.notified_level)
        self.assertFalse(mine.notified_text)
        decisions.action_notify()
        self.assertEqual(mine.notified_level, "completed")
        self.assertIn("QĐ/TT", mine.notified_text)
        # and the others' results never
        others = (self.campaign.rating_ids - rating).with_user(self.user_person_a)
        self.assertFalse(others._filtered_access("read"))

    @mute_logger(*MUTED)
    def test_person_never_sees_what_others_say(self):
        self._decided(self.dossier_a).action_notify()
        mine = self._rating(self.campaign, self.deputy_a).with_user(self.user_person_a)
        self.assertEqual(
            set(mine.sudo().opinion_ids.mapped("stage")),
            {"self", "conference", "party", "unit", "appraisal"},
        )
        mine = self._fresh(mine, self.user_person_a)
        self.assertEqual(set(mine.opinion_ids.mapped("stage")), {"self", "conference"})
        shown = {name for name in STAGE_LEVELS if mine[name]}
        self.assertEqual(shown, {"self_level", "conference_level"})
        everything = self.env["cadre.review.opinion"].search(
            [("rating_id", "=", mine.id)]
        )
        for records in (everything - mine.opinion_ids).grouped("stage").values():
            for unseen in (*records, *records.line_ids):
                with self.assertRaises(AccessError):
                    unseen.with_user(self.user_person_a).check_access("read")
        for model in (
            *("conference", "conference.subject", "conference.body", "attendance"),
            *("tally", "dossier", "paper", "decision", "event", "picture"),
        ):
            with self.assertRaises(AccessError):
                self.env[f"cadre.review.{model}"].with_user(self.user_person_a).search(
                    []
                )

    # ------------------------------------------------------------------
    # UNIT AND PARTY BODY
    # ------------------------------------------------------------------

    @mute_logger(*MUTED)
    def test_party_draft_is_invisible_to_the_unit(self):
        self._adopted_conference(self.dossier_a)
        rating = self._rating(self.campaign, self.deputy_a)
        action = rating.with_user(self.user_party_a).action_party()
        draft = self.env["cadre.review.opinion"].browse(action["res_id"])
        draft.with_user(self.user_party_a).write(
            {"proposed_level": "good", "strengths": "Tốt"}
        )
        for user in (self.user_officer_a, self.user_head_a, self.user_office):
            self.assertFalse(draft.with_user(user)._filtered_access("read"))
            seen = self._fresh(rating, user)
            self.assertNotIn("party", seen.opinion_ids.mapped("stage"))
            self.assertFalse(seen.party_level)
        draft.sudo().line_ids.write({"strengths": "Tốt", "shortcomings": "Không có"})
        draft.with_user(self.user_party_a).action_confirm()
        for user in (self.user_officer_a, self.user_head_a):
            self.assertEqual(rating.with_user(user).party_level, "good")
        self.assertFalse(rating.with_user(self.user_office).party_level)

    @mute_logger(*MUTED)
    def test_units_never_see_the_level(self):
        """Not by reading, searching, sorting, grouping or exporting."""
        self._decided(self.dossier_a)
        users = (
            self.user_officer_a
            | self.user_head_a
            | self.user_party_a
            | self.user_person_a
        )
        users.group_ids += self.env.ref("base.group_allow_export")
        for user, hidden in (
            (user, hidden) for user in users for hidden in ("level", "decision_line_id")
        ):
            ratings = self.env["cadre.review.rating"].with_user(user).search([])
            self.assertTrue(ratings)
            self.assertNotIn(hidden, ratings.fields_get())
            self.assertNotIn(hidden, ratings.read()[0])
            for attempt in (
                lambda r=ratings, f=hidden: r.read([f]),
                lambda r=ratings, f=hidden: r.search([(f, "!=", False)]),
                lambda r=ratings, f=hidden: r.search_count([(f, "!=", False)]),
                lambda r=ratings, f=hidden: r.search_fetch([], ["name"], order=f),
                lambda r=ratings, f=hidden: r._read_group([], [f], ["__count"]),
                lambda r=ratings, f=hidden: r.formatted_read_group([], [f]),
                lambda r=ratings, f=hidden: r.export_data(["name", f]),
                lambda r=ratings, f=hidden: r.web_read({f: {}}),
                lambda r=ratings, f=hidden: r.mapped(f),
            ):
                with self.assertRaises(AccessError):
                    attempt()
            # nor from the parents, one path further
            for model, path in (
                ("cadre.review.dossier", f"rating_ids.{hidden}"),
                ("cadre.review.campaign", f"rating_ids.{hidden}"),
            ):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([(path, "!=", False)])

    # ------------------------------------------------------------------
    # ON ONESELF
    # ------------------------------------------------------------------

    def _becomes(self, cadre, user):
        """The user is the assessed person, whatever else they are."""
        cadre.user_id = user
        return self._rating(self.campaign, cadre)

    @mute_logger(*MUTED)
    def test_head_does_not_comment_on_oneself(self):
        rating = self._becomes(self.chair_a, self.user_head_a)
        self._adopted_conference(self.dossier_a)
        with self.assertRaises(AccessError):
            rating.with_user(self.user_head_a).action_unit()
        self.assertFalse(rating.with_user(self.user_head_a).can_unit)
        action = rating.with_user(self.user_officer_a).action_unit()
        opinion = self.env["cadre.review.opinion"].browse(action["res_id"])
        opinion.with_user(self.user_officer_a).line_ids.write(
            {"strengths": "Tốt", "shortcomings": "Không có"}
        )
        opinion.with_user(self.user_officer_a).proposed_level = "good"
        mine = opinion.with_user(self.user_head_a)
        self.assertFalse(mine.can_edit)
        self.assertFalse(mine.can_confirm)
        for attempt in (
            lambda: mine.write({"proposed_level": "excellent"}),
            lambda: mine.line_ids.write({"shortcomings": "N"}),
            lambda: mine.action_confirm(),
        ):
            with self.assertRaises(AccessError):
                attempt()
        # nor hidden among others
        other = self._rating(self.campaign, self.deputy_a)
        action = other.with_user(self.user_officer_a).action_unit()
        both = mine | mine.browse(action["res_id"])
        with self.assertRaises(AccessError):
            both.action_confirm()
        self.assertEqual(set(both.mapped("state")), {"draft"})

    @mute_logger(*MUTED)
    def test_party_member_does_not_comment_on_oneself(self):
        rating = self._becomes(self.chair_a, self.user_party_a)
        self._adopted_conference(self.dossier_a)
        with self.assertRaises(AccessError):
            rating.with_user(self.user_party_a).action_party()
        own = rating.sudo().opinion_ids.create(
            {"rating_id": rating.id, "stage": "party"}
        )
        for attempt in (
            lambda: own.with_user(self.user_party_a).write({"strengths": "N"}),
            lambda: own.with_user(self.user_party_a).action_confirm(),
        ):
            with self.assertRaises(AccessError):
                attempt()

    @mute_logger(*MUTED)
    def test_office_does_not_appraise_oneself(self):
        rating = self._becomes(self.chair_a, self.user_office)
        self._accepted(self.dossier_a)
        with self.assertRaises(AccessError):
            rating.action_appraisal()
        with self.assertRaises(UserError):
            rating.action_accept_proposals()
        self.dossier_a.rating_ids.action_accept_proposals()
        self.assertEqual(rating.state, "reviewed", "Left for a colleague.")
        self.assertFalse(rating.opinion_ids.filtered(lambda o: o.stage == "appraisal"))

    # ------------------------------------------------------------------
    # THE OFFICE
    # ------------------------------------------------------------------

    @mute_logger(*MUTED)
    def test_office_sees_completeness_not_content_before_the_hand_in(self):
        self._adopted_conference(self.dossier_a)
        self._commented(self.dossier_a)
        paper = self.dossier_a.with_user(self.user_officer_a).paper_ids[:1]
        file = paper.env["ir.attachment"].create({"name": "bao_cao.pdf", "raw": PDF})
        paper.attachment_ids = file
        self._provided(self.dossier_a)
        dossier = self.dossier_a
        self.assertEqual(set(dossier.paper_ids.mapped("state")), {"provided"})
        self.assertEqual(set(dossier.rating_ids.mapped("state")), {"reviewed"})
        own = self._fresh(file, self.user_office)
        self.assertFalse(dossier.conference_ids)
        self.assertFalse(dossier.rating_ids.opinion_ids)
        for rating in dossier.rating_ids:
            self.assertFalse(any(rating[name] for name in STAGE_LEVELS))
        with self.assertRaises(AccessError):
            own.read(["raw"])
        self.assertFalse(own.search([("res_model", "=", paper._name)]))
        self.assertFalse(dossier.paper_ids.attachment_ids)
        self._click(dossier.with_user(self.user_head_a), "action_submit")
        self.env.invalidate_all()
        self.assertTrue(dossier.conference_ids)
        self.assertTrue(dossier.rating_ids.opinion_ids)
        self.assertEqual(own.raw, PDF)
        self.assertEqual(dossier.paper_ids.attachment_ids, own)
        # withdrawn by the office itself, the content is the unit's again
        self._click(dossier, "action_unlock")
        self.env.invalidate_all()
        self.assertFalse(dossier.rating_ids.opinion_ids)

    @mute_logger(*MUTED)
    def test_office_sees_what_it_keyed(self):
        rating = self._rating(self.campaign, self.chair_a)
        action = rating.action_self()
        opinion = rating.env["cadre.review.opinion"].browse(action["res_id"])
        self.assertEqual(opinion.source, "paper")
        opinion.proposed_level = "good"
        self.assertEqual(rating.self_level, "good")
        # but does not write for somebody who does it on line
        person = self._rating(self.campaign, self.deputy_a)
        action = person.with_user(self.user_person_a).action_self()
        online = rating.env["cadre.review.opinion"].browse(action["res_id"])
        for user in (self.user_office, self.user_officer_a):
            with self.assertRaises(AccessError):
                online.with_user(user).write({"proposed_level": "failed"})
