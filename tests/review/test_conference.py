"""The conference: what it refuses, its bodies and names, minutes that stay."""

from datetime import date, datetime
from io import BytesIO

from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.review.tally import TOTALS
from ..browser import BrowserCase
from ..common import PLACE, ReviewCase
from ..security.test_security_matrix import MUTED

BALLOTS = {"issued": 9, "collected": 9, "valid": 9, "votes_good": 9}


class ConferenceCase(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)

    def _conference(self, user=None, **values):
        """A draft that is in order, but for its ballots and conclusions."""
        dossier = self.dossier.with_user(user or self.user_officer_a)
        action = dossier.action_open_conference()
        conference = dossier.env["cadre.review.conference"].browse(action["res_id"])
        conference.write(
            {
                "date_start": datetime(2022, 11, 18, 1),
                "date_end": datetime(2022, 11, 18, 4),
                "place": "Hội trường",
                "chair": "Lê Văn Ánh",
                "secretary": "Ngô Thị Thư",
                "convened": 9,
                "present": 9,
                **values,
            }
        )
        return conference

    def _refusal(self, step):
        with self.assertRaises(UserError) as refused:
            step()
        return str(refused.exception)


@tagged("post_install", "-at_install")
class TestRefusals(ConferenceCase):
    """Whatever is wrong is named at once, and nothing is half-saved."""

    def test_everything_wrong_with_holding_it(self):
        conference = self._conference(
            date_end=datetime(2022, 11, 18),
            secretary="lê văn  ÁNH",
            convened=12,
            absent=2,
            date_adopted=date(2022, 11, 1),
            attendance_ids=[
                Command.create({"name": "Người Một"}),
                Command.create({"name": "người một"}),
                Command.create({"name": "Người Vắng", "status": "absent"}),
            ],
        )
        conference.write({"convened": 12, "present": 9, "absent": 2})
        first, second, third = conference.subject_ids
        first.write({**BALLOTS, "collected": 10, "valid": 10})
        second.write({**BALLOTS, "votes_excellent": 1})
        third.write({**BALLOTS, "invalid": -1})
        message = self._refusal(conference.action_hold)
        for wrong in (
            "ends before it starts",
            "the same person",
            "12 convened, but 9 present + 2 absent",
            "adopted on 01/11/2022, before the conference",
            "stands twice on the list",
            "Người Vắng was absent; the reason is missing",
            "10 ballots collected of 9 issued",
            "add up to 10, not to 9 valid",
            "A number of ballots is negative",
        ):
            self.assertIn(wrong, message)
        self.assertEqual(conference.state, "draft")
        self.assertFalse(conference.event_ids)

    def test_everything_missing_for_adopting_it(self):
        conference = self._conference()
        conference.subject_ids.write({**BALLOTS, "concluded_level": "good"})
        self._click(conference, "action_hold")
        first, second, third = conference.subject_ids
        first.concluded_level = False
        second.concluded_level = "completed"
        third.valid = 8
        message = self._refusal(conference.action_adopt)
        for missing in (
            "conclusion is missing",
            "self-assessment has not been confirmed",
            "the ballots lead to",
            "add up to 9, not to 8 valid",
        ):
            self.assertIn(missing, message)
        self.assertEqual(conference.state, "held")
        self.assertFalse(conference.picture_ids)
        self.assertFalse(
            self.dossier.sudo().rating_ids.opinion_ids.filtered(
                lambda o: o.stage == "conference"
            )
        )

    @mute_logger("odoo.sql_db")
    def test_a_subject_is_on_the_agenda_once(self):
        conference = self._conference()
        with self.assertRaises(Exception) as refused, self.env.cr.savepoint():
            conference.subject_ids.create(
                {
                    "conference_id": conference.id,
                    "rating_id": conference.subject_ids[0].rating_id.id,
                }
            )
        self.assertIn("unique", str(refused.exception))

    def test_a_stranger_is_no_subject(self):
        conference = self._conference()
        stranger = self._rating(self.campaign, self.chair_b)
        with self.assertRaises(UserError):
            conference.subject_ids.sudo().create(
                {"conference_id": conference.id, "rating_id": stranger.id}
            )

    def test_the_chair_concludes_otherwise_with_a_reason(self):
        self._self_assessed(self.dossier)
        conference = self._conference()
        conference.subject_ids.write({**BALLOTS, "concluded_level": "good"})
        subject = conference.subject_ids[-1]
        self.assertEqual(subject.leading_level, "good")
        subject.concluded_level = "completed"
        self._click(conference, "action_hold")
        self.assertIn("the ballots lead to", self._refusal(conference.action_adopt))
        subject.departure_reason = "Có kết luận thanh tra sau khi bỏ phiếu"
        self._click(conference, "action_adopt")
        self.assertEqual(conference.state, "adopted")
        self.assertEqual(subject.rating_id.conference_level, "completed")


@tagged("post_install", "-at_install")
class TestBodiesAndNames(ConferenceCase):
    def test_numbers_follow_the_list_of_names(self):
        conference = self._conference()
        self.assertEqual((conference.convened, conference.present), (9, 9))
        conference.action_convene()
        names = conference.attendance_ids.mapped("name")
        self.assertEqual(names[:2], ["Lê Văn Ánh", "Trần Thị Bình"])
        self.assertIn("Võ Minh Đạt", names, "gives an opinion only, but is convened")
        conference.action_convene()
        self.assertEqual(conference.attendance_ids.mapped("name"), names)
        conference.attendance_ids[-1].write({"status": "absent", "reason": "nghỉ ốm"})
        conference.attendance_ids = [
            Command.create({"name": "Người Giúp Việc", "kind": "guest"})
        ]
        numbers = conference.convened, conference.present, conference.absent
        self.assertEqual(numbers, (len(names), len(names) - 1, 1))
        self.assertEqual(conference.absence_reasons, f"{names[-1]}: nghỉ ốm")
        conference.attendance_ids.unlink()
        self.assertEqual(conference.convened, len(names), "as they stood")
        conference.convened = 12
        self.assertEqual(conference.convened, 12, "typed where no names are kept")

    def test_two_bodies_vote_at_one_meeting(self):
        self._self_assessed(self.dossier)
        conference = self._conference()
        conference.subject_ids.write({**BALLOTS, "concluded_level": "good"})
        conference.action_join_party_body()
        own, party = conference.body_ids
        self.assertEqual((own.kind, party.kind), ("unit", "party"))
        self.assertEqual(len(party.tally_ids), len(conference.subject_ids))
        with self.assertRaises(UserError):
            conference.action_join_party_body()
        party.present = 5
        party.tally_ids.write({**BALLOTS, "issued": 9})
        message = self._refusal(conference.action_hold)
        self.assertIn("9 ballots issued to 5 people present", message)
        self.assertIn(party.name, message)
        party.tally_ids.write(
            {"issued": 5, "collected": 5, "valid": 5, "votes_good": 5}
        )
        party.paper_form = "extract"
        self._click(conference, "action_hold")
        self._click(conference, "action_adopt")
        pictures = conference.picture_ids.sorted("res_id")
        self.assertEqual(pictures.mapped("res_id"), [own.id, party.id])
        texts = [
            " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
            for pdf in (picture._pdf_bytes() for picture in pictures)
        ]
        self.assertIn("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", texts[0])
        self.assertIn("ĐẢNG CỘNG SẢN VIỆT NAM", texts[1])
        self.assertIn("TRÍCH BIÊN BẢN", texts[1])
        self.assertEqual(pictures[1]._content()["subjects"][0]["ballots"]["valid"], 5)

    def test_a_body_too_many_is_taken_away(self):
        conference = self._conference()
        conference.action_join_party_body()
        own, party = conference.body_ids
        party.unlink()
        self.assertEqual(conference.body_ids, own)
        self.assertEqual(conference.tally_ids.body_id, own)
        with self.assertRaises(UserError):
            own.unlink()

    def test_plan_and_study_against_the_deadline(self):
        conference = self._conference(date_start=False, date_end=False)
        conference.write({"date_planned": date(2022, 11, 28)})
        conference.date_year_end = date(2022, 11, 26)
        self.assertEqual(conference.date_review_due, date(2022, 11, 25))
        units = self.env["cadre.review.rule.values"]._units(self.dossier.sudo())
        from ...rules import review

        found = {f.rule: f for u in units.values() for f in review.unit(u)}
        self.assertIn("C22", found)
        self.assertIn("C23", found)
        self.assertEqual(found["L5"].severity.value, "info")
        conference.write(
            {
                "date_planned": date(2022, 11, 25),
                "date_studied": date(2022, 11, 10),
                "date_year_end": date(2022, 12, 20),
            }
        )
        units = self.env["cadre.review.rule.values"]._units(self.dossier.sudo())
        found = {f.rule for u in units.values() for f in review.unit(u)}
        self.assertFalse(found & {"C22", "C23", "L5"})


@tagged("post_install", "-at_install")
class TestMinutes(ConferenceCase, BrowserCase):
    def _print(self, bodies):
        reports = self.env["ir.actions.report"].with_user(self.user_officer_a)
        reports = reports.with_context(force_report_rendering=True)
        pdf, _kind = reports._render_qweb_pdf("cadre_review.report_minutes", bodies.ids)
        return pdf

    def test_adopted_minutes_stay_and_a_correction_is_a_new_version(self):
        conference = self._adopted_conference(self.dossier)
        self.assertEqual(conference.date_adopted, date(2022, 11, 18))
        first = conference.picture_ids
        self.assertEqual(first.version, 1)
        self.assertFalse(first._altered())
        self.assertEqual(self._print(conference.body_ids), first._pdf_bytes())
        for record, values in (
            (conference, {"place": "Nơi khác"}),
            (conference.subject_ids[:1], {"concluded_level": "failed"}),
            (conference.subject_ids[:1], {"valid": 7}),
            (conference.tally_ids[:1], {"valid": 7}),
            (conference.body_ids, {"name": "Khác"}),
        ):
            with self.assertRaises(AccessError, msg=f"{record._name} {values}"):
                record.write(values)
        with self.assertRaises(AccessError):
            conference.attendance_ids.create(
                {"conference_id": conference.id, "name": "Người Thêm"}
            )
        window = conference.action_correct()
        self.assertEqual(window["res_model"], "cadre.review.move.reason")
        self._click(conference, "action_correct", "Ghi nhầm nơi họp")
        self.assertEqual((conference.state, conference.version), ("draft", 2))
        conference.place = "Phòng họp số 2"
        self.assertNotEqual(self._print(conference.body_ids), first._pdf_bytes())
        self._click(conference, "action_hold")
        self._click(conference, "action_adopt")
        second = conference.picture_ids - first
        self.assertEqual(second.version, 2)
        self.assertEqual(first._content()["place"], "Hội trường")
        self.assertEqual(second._content()["place"], "Phòng họp số 2")
        self.assertEqual(self._print(conference.body_ids), second._pdf_bytes())
        self.assertIn("Ghi nhầm nơi họp", conference.event_ids.mapped("reason"))

    def test_office_keys_it_from_paper(self):
        self._self_assessed(self.dossier)
        conference = self._conference(self.user_office, source_place=PLACE)
        self.assertEqual(conference.source, "paper")
        conference.subject_ids.write({**BALLOTS, "concluded_level": "good"})
        with self.assertRaises(AccessError):
            conference.with_user(self.user_office_elsewhere())._check_may("hold")
        self._click(conference, "action_hold")
        self._click(conference, "action_adopt")
        picture = conference.picture_ids
        self.assertTrue(picture.is_on_behalf)
        self.assertEqual(picture._content()["source_place"], PLACE)

    def user_office_elsewhere(self):
        """Somebody of an office of another council."""
        council = self.env["res.company"].create({"name": "HĐND khác"})
        return self._user("office_elsewhere", "office", company_id=council)

    @mute_logger(*MUTED, "odoo.http")
    def test_who_gets_the_file_of_the_minutes(self):
        conference = self._adopted_conference(self.dossier)
        url = f"/web/content/cadre.review.picture/{conference.picture_ids.id}/pdf"
        may = {self.user_officer_a, self.user_head_a}
        others = {
            *(self.user_officer_b, self.user_person_a, self.user_party_a),
            *(self.user_none, self.user_office, self.user_standing),
        }
        for user in may | others:
            self.authenticate(user.login, user.login)
            answer = self.url_open(url)
            with self.subTest(user.name):
                if user in may:
                    self.assertEqual(answer.content[:5], b"%PDF-")
                else:
                    self.assertIn(answer.status_code, (403, 404))
        self._commented(self.dossier)
        self._provided(self.dossier)
        self._click(self.dossier.with_user(self.user_head_a), "action_submit")
        for user in (self.user_office, self.user_standing):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(url).content[:5], b"%PDF-", user.name)

    @mute_logger(*MUTED)
    def test_what_is_closed_before_the_notice(self):
        """The party's draft to the unit, proposals to the person, a colleague."""
        rating = self._rating(self.campaign, self.deputy_a)
        Opinion = self.env["cadre.review.opinion"]
        self._adopted_conference(self.dossier)
        party = Opinion.with_user(self.user_party_a).create(
            Opinion.with_user(self.user_party_a)._prepare_values(
                rating.with_user(self.user_party_a), "party"
            )
        )
        unit = Opinion.with_user(self.user_officer_a).create(
            {"rating_id": rating.id, "stage": "unit", "proposed_level": "good"}
        )
        colleague = self._rating(self.campaign, self.chair_a)
        for record, user, operation in (
            (party, self.user_officer_a, "read"),
            (party, self.user_officer_a, "write"),
            (party, self.user_head_a, "read"),
            (party, self.user_person_a, "read"),
            (unit, self.user_person_a, "read"),
            (unit, self.user_party_a, "read"),
            (colleague, self.user_person_a, "read"),
            (rating, self.user_officer_b, "read"),
        ):
            with self.subTest(f"{user.name} {operation} {record.display_name}"):
                self.assertFalse(record.with_user(user).has_access(operation))
        with self.assertRaises(AccessError):
            Opinion.with_user(self.user_officer_a).create(
                {"rating_id": colleague.id, "stage": "party"}
            )
        with self.assertRaises(AccessError):
            Opinion.with_user(self.user_person_a).create(
                {"rating_id": rating.id, "stage": "proposal"}
            )


@tagged("post_install", "-at_install")
class TestSecrecy(ConferenceCase):
    """Nothing anywhere ties a person to a vote: asked of the database itself."""

    def _changed_tables(self):
        """Rows written by this transaction, per table, as PostgreSQL counts them."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
              FROM pg_stat_xact_user_tables
            """
        )
        return dict(self.env.cr.fetchall())

    def test_recording_ballots_writes_totals_and_nothing_else(self):
        conference = self._conference()
        conference.action_convene()
        conference.action_join_party_body()
        self.env.flush_all()
        before = self._changed_tables()
        with self.assertNoLogs("odoo.addons.cadre_review", "DEBUG"):
            conference.subject_ids.write(BALLOTS)
            conference.body_ids[1].tally_ids.write(BALLOTS)
            after = self._changed_tables()
        written = {table for table in after if after[table] != before.get(table)}
        self.assertEqual(written, {"cadre_review_tally"})

    def test_a_tally_is_totals_on_a_subject_by_a_body(self):
        """Neither a column nor a link of the table can name a voter."""
        self.env.cr.execute(
            """
            SELECT attribute.attname, target.relname
              FROM pg_constraint key
              JOIN pg_class owner ON owner.oid = key.conrelid
              JOIN pg_class target ON target.oid = key.confrelid
              JOIN pg_attribute attribute
                ON attribute.attrelid = owner.oid AND attribute.attnum = key.conkey[1]
             WHERE key.contype = 'f' AND owner.relname = 'cadre_review_tally'
            """
        )
        self.assertEqual(
            dict(self.env.cr.fetchall()),
            {
                "subject_id": "cadre_review_conference_subject",
                "body_id": "cadre_review_conference_body",
                "conference_id": "cadre_review_conference",
                "rating_id": "cadre_review_rating",
                "unit_id": "cadre_review_unit",
                "company_id": "res_company",
                # who recorded the totals: the same for every ballot
                "create_uid": "res_users",
                "write_uid": "res_users",
            },
        )
        self.env.cr.execute(
            """
            SELECT owner.relname FROM pg_constraint key
              JOIN pg_class owner ON owner.oid = key.conrelid
              JOIN pg_class target ON target.oid = key.confrelid
             WHERE key.contype = 'f' AND target.relname IN
                   ('cadre_review_tally', 'cadre_review_attendance')
            """
        )
        self.assertFalse(self.env.cr.fetchall(), "nothing refers to either")

    def test_no_history_chatter_export_or_picture_names_a_voter(self):
        self._self_assessed(self.dossier)
        conference = self._conference()
        conference.attendance_ids = [
            Command.create({"name": f"Người Dự Họp {number}"}) for number in range(9)
        ]
        conference.subject_ids.write({**BALLOTS, "concluded_level": "good"})
        self._click(conference, "action_hold")
        self._click(conference, "action_adopt")
        self.assertNotIn("message_ids", conference.tally_ids._fields)
        self.assertNotIn("message_ids", conference._fields)
        for event in conference.event_ids:
            self.assertNotIn("Người Dự Họp", str(event.read()))
        tallies = conference.tally_ids.sudo()  # few may export at all
        exported = tallies.export_data(list(TOTALS))["datas"]
        self.assertEqual({len(row) for row in exported}, {len(TOTALS)})
        for subject in conference.picture_ids._content()["subjects"]:
            self.assertEqual(set(subject["ballots"]), set(TOTALS))
            self.assertNotIn("Người Dự Họp", str(subject))


@tagged("post_install", "-at_install")
class TestSetBased(ConferenceCase):
    def _sized(self, number, people):
        """A dossier with this many people, all self-assessed."""
        unit = self.env["cadre.review.unit"].create(
            {
                "name": f"Đơn vị {number}",
                "code": f"TEST-N{number}",
                "authority_id": self.own.id,
                "party_body_id": self.body_a.id,
            }
        )
        for index in range(people):
            self._person(
                f"Người {index:02}", unit, code=f"N{number}-{index}", title="Ủy viên"
            )
        officer = self._user(f"officer_{number}", "officer", unit_id=unit)
        campaign = self.campaign.with_env(self.env)
        campaign.unit_ids |= unit
        campaign.with_user(self.user_office).action_open()
        dossier = campaign.dossier_ids.filtered(lambda d: d.unit_id == unit)
        self.env["cadre.review.opinion"].create(
            [
                {
                    "rating_id": rating.id,
                    "stage": "self",
                    "state": "confirmed",
                    "proposed_level": "good",
                }
                for rating in dossier.rating_ids
                if rating.cadre_id
            ]
        )
        return dossier.with_user(officer)

    def _queries(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _steps(self, dossier):
        """Open, save with a line per subject and body, hold, adopt."""
        Conference = dossier.env["cadre.review.conference"]
        counts = {"open": self._queries(dossier.action_open_conference)}
        conference = Conference.search([("dossier_id", "=", dossier.id)])
        counts["join"] = self._queries(conference.action_join_party_body)
        lines = [
            Command.update(subject.id, {**BALLOTS, "concluded_level": "good"})
            for subject in conference.subject_ids
        ]
        values = {
            "date_start": "2022-11-18 01:00:00",
            "date_end": "2022-11-18 04:00:00",
            "place": "Hội trường",
            "chair": "A",
            "secretary": "B",
            "convened": 9,
            "present": 9,
            "subject_ids": lines,
        }
        shown = {"subject_ids": {"fields": {"issued": {}, "concluded_level": {}}}}
        counts["save"] = self._queries(lambda: conference.web_save(values, shown))
        counts["hold"] = self._queries(lambda: self._click(conference, "action_hold"))
        counts["adopt"] = self._queries(lambda: self._click(conference, "action_adopt"))
        self.assertEqual(conference.state, "adopted")
        return counts

    def test_subjects_cost_no_queries_of_their_own(self):
        self._steps(self._sized(0, 3))  # warms what is cached per process
        few, many = self._steps(self._sized(1, 3)), self._steps(self._sized(2, 30))
        self.assertEqual(few, many)
