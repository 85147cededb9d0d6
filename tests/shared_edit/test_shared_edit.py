"""Two people at one record: nobody writes over the other without knowing it."""

import threading
import time

from odoo import Command, api
from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged
from odoo.tools import format_datetime, mute_logger

from ..common import PDF, PLACE, ReviewCase

MIXIN = "cadre.review.shared.edit.mixin"
CONFLICT = {
    *("kind", "path", "id", "field", "title", "change", "now", "now_text", "mine_text"),
}


class SharedEditCase(ReviewCase):
    """The unit's comment on a person, open to the officer and to the head."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)
        cls.rating = cls._rating(cls.campaign, cls.deputy_a)
        action = cls.rating.with_user(cls.user_officer_a)._open_opinion("unit")
        cls.opinion = cls.env["cadre.review.opinion"].browse(action["res_id"])
        cls.line, cls.next_line = cls.opinion.line_ids[:2]

    def _save(self, user, record, values, seen=None, over=()):
        """Save as the web client does: with the values it had shown."""
        specification = dict.fromkeys(values, {})
        values = dict(values)
        if seen is not None:
            values["_seen"] = {str(record.id): seen}
        if over:
            values["_over"] = list(over)
        result = record.with_user(user).web_save(values, specification)
        self.env.flush_all()
        return result

    def _refused(self, user, record, values, seen, **options):
        """The conflicts for which the save is refused; nothing is written."""
        with self.assertRaises(UserError) as refusal:
            self._save(user, record, values, seen, **options)
        self.env.invalidate_all()
        return refusal.exception.context["shared_edit"]["conflicts"]

    def _line(self, line, values, seen, **marks):
        return [
            Command.update(line.id, {**values, "_seen": {str(line.id): seen}, **marks})
        ]


@tagged("post_install", "-at_install")
class TestSharedEdit(SharedEditCase):
    def test_same_field_is_refused_and_told(self):
        self._save(self.user_head_a, self.opinion, {"conclusion": "của người kia"})
        [conflict] = self._refused(
            self.user_officer_a,
            self.opinion,
            {"conclusion": "của tôi", "strengths": "Tốt"},
            {"conclusion": False, "strengths": False},
        )
        self.assertEqual(self.opinion.conclusion, "của người kia")
        self.assertFalse(self.opinion.strengths)
        self.assertEqual(conflict["kind"], "change")
        self.assertEqual(conflict["now"], "của người kia")
        self.assertEqual(conflict["mine_text"], "của tôi")
        self.assertIn(self.opinion.display_name, conflict["title"])
        self.assertIn("Conclusion", conflict["title"])
        self.assertIn(self.user_head_a.name, conflict["change"])
        when = format_datetime(self.opinion.env, self.opinion.write_date)
        self.assertIn(when, conflict["change"])

    def test_message_quotes_nobody(self):
        """Messages of errors go into the log."""
        self._save(self.user_head_a, self.opinion, {"conclusion": "của người kia"})
        with self.assertRaises(UserError) as refusal:
            self._save(
                self.user_officer_a,
                self.opinion,
                {"conclusion": "của tôi"},
                {"conclusion": False},
            )
        message = str(refusal.exception)
        self.assertIn("Conclusion", message)
        self.assertNotIn("của", message)

    def test_different_fields_are_both_saved(self):
        self._save(
            self.user_head_a, self.opinion, {"strengths": "a"}, {"strengths": False}
        )
        self._save(
            self.user_officer_a,
            self.opinion,
            {"shortcomings": "b"},
            {"shortcomings": False},
        )
        self.assertEqual(
            (self.opinion.strengths, self.opinion.shortcomings), ("a", "b")
        )

    def test_same_value_passes(self):
        self._save(self.user_head_a, self.opinion, {"conclusion": "như nhau"})
        self._save(
            self.user_officer_a,
            self.opinion,
            {"conclusion": "như nhau"},
            {"conclusion": False},
        )
        self.assertEqual(self.opinion.conclusion, "như nhau")

    def test_without_seen_values_as_ever(self):
        """Other clients, imports and scripts send none."""
        self._save(self.user_head_a, self.opinion, {"conclusion": "trước"})
        self._save(self.user_officer_a, self.opinion, {"conclusion": "sau"})
        self.opinion.with_user(self.user_officer_a).write({"strengths": "sau nữa"})
        self.assertEqual(self.opinion.conclusion, "sau")

    def test_empty_is_empty(self):
        """An emptied text and one that never was are the same."""
        self.opinion.conclusion = ""
        self._save(
            self.user_officer_a,
            self.opinion,
            {"conclusion": "mới"},
            {"conclusion": False},
        )
        self.assertEqual(self.opinion.conclusion, "mới")

    def test_each_type_of_value(self):
        """Compared as the client was given them: dates, numbers, selections, html."""
        dossier = self.dossier.with_user(self.user_officer_a)
        conference = self.env["cadre.review.conference"].browse(
            dossier.action_open_conference()["res_id"]
        )
        changes = {
            "date_start": ("2022-11-18 01:00:00", "2022-11-18 02:00:00"),
            "minutes_date": ("2022-11-19", "2022-11-20"),
            "convened": (10, 11),
            "ballot_mode": ("open", "secret"),
            "chair": ("Ông A", "Bà B"),
            "absence_reasons": ("ốm\r\nbận", "ốm"),
            "proceedings": ("<p>Một &amp; <b>hai</b></p>", "<p>Ba</p>"),
        }
        names = dict.fromkeys(changes, {})
        conference.write({name: before for name, (before, _) in changes.items()})
        self.env.flush_all()
        self.env.invalidate_all()
        officer = conference.with_user(self.user_officer_a)
        [seen] = officer.web_read(names)
        seen.pop("id")
        mine = {name: after for name, (_, after) in changes.items()}
        # shown and stored agree, whatever the type
        self._save(self.user_officer_a, conference, mine, seen)
        conflicts = self._refused(
            self.user_head_a,
            conference,
            {**mine, "chair": "Ông C", "convened": 12, "proceedings": "<p>Bốn</p>"},
            seen,
        )
        self.assertEqual(
            {conflict["field"]: conflict["now_text"] for conflict in conflicts},
            {"chair": "Bà B", "convened": "11", "proceedings": "Ba"},
        )

    def test_links_and_dates_are_named(self):
        shortcoming = self.env["cadre.review.shortcoming"].create(
            {"rating_id": self.rating.id, "name": "Họp muộn", "status": "open"}
        )
        self._save(self.user_head_a, shortcoming, {"origin_id": self.rating.id})
        [conflict] = self._refused(
            self.user_officer_a,
            shortcoming,
            {"origin_id": self._rating(self.campaign, self.chair_a).id},
            {"origin_id": False},
        )
        self.assertEqual(conflict["now"]["id"], self.rating.id)
        self.assertEqual(conflict["now_text"], self.rating.display_name)

    def test_links_to_many_are_not_compared(self):
        """They add and take away; what was seen of them says nothing."""
        files = self.env["ir.attachment"].with_user(self.user_head_a)
        files = files.create({"name": "a.pdf", "raw": PDF})
        self.opinion.with_user(self.user_head_a).attachment_ids = files
        self._save(
            self.user_officer_a,
            self.opinion,
            {"attachment_ids": [], "conclusion": "của tôi"},
            {"attachment_ids": [], "conclusion": False},
        )
        self.assertEqual(self.opinion.conclusion, "của tôi")
        self.assertEqual(self.opinion.attachment_ids, files)

    def test_every_conflict_says_the_same_things(self):
        """What the window reads of a conflict, whatever its kind."""
        self.opinion.conclusion = "của người kia"
        self.next_line.strengths = "vừa viết"
        gone = self.line.id
        self.line.unlink()
        seen = {str(self.next_line.id): {"strengths": False}}
        conflicts = self._refused(
            self.env.user,
            self.opinion,
            {
                "conclusion": "của tôi",
                "line_ids": [
                    (Command.DELETE, self.next_line.id, {"_seen": seen}),
                    Command.update(gone, {"_seen": {str(gone): {}}}),
                ],
            },
            {"conclusion": False},
        )
        self.assertEqual({c["kind"] for c in conflicts}, {"gone", "change", "delete"})
        for conflict in conflicts:
            self.assertEqual(set(conflict), CONFLICT)

    # ------------------------------------------------------------------
    # LINES
    # ------------------------------------------------------------------

    def test_lines_in_the_form(self):
        """The row of each line says who changed it; all conflicts come at once."""
        self._save(
            self.user_head_a,
            self.opinion,
            {
                "line_ids": [
                    Command.update(self.line.id, {"strengths": "của người kia"})
                ]
            },
        )
        self.opinion.with_user(self.user_officer_a).signer = "Ký"
        self.env.flush_all()
        conflicts = self._refused(
            self.user_officer_a,
            self.opinion,
            {
                "signer": "Tôi ký",
                "line_ids": self._line(
                    self.line, {"strengths": "của tôi"}, {"strengths": False}
                )
                + self._line(
                    self.next_line, {"strengths": "cũng của tôi"}, {"strengths": False}
                ),
            },
            {"signer": False},
        )
        by_field = {conflict["field"]: conflict for conflict in conflicts}
        self.assertEqual(set(by_field), {"signer", "strengths"})
        self.assertEqual(by_field["strengths"]["path"], [["line_ids", self.line.id]])
        self.assertIn(self.line.name[:20], by_field["strengths"]["title"])
        self.assertIn(self.user_head_a.name, by_field["strengths"]["change"])
        self.assertIn("yourself", by_field["signer"]["change"])
        self.assertFalse(self.next_line.strengths)

    def test_another_line_is_saved(self):
        self._save(
            self.user_head_a,
            self.opinion,
            {
                "line_ids": self._line(
                    self.line, {"strengths": "a"}, {"strengths": False}
                )
            },
            {},
        )
        self._save(
            self.user_officer_a,
            self.opinion,
            {
                "line_ids": self._line(
                    self.next_line, {"strengths": "b"}, {"strengths": False}
                )
            },
            {},
        )
        self.assertEqual((self.line.strengths, self.next_line.strengths), ("a", "b"))

    def test_deleted_line(self):
        """Whoever typed on it is told, with their text."""
        line_id = self.line.id
        self.line.unlink()
        [conflict] = self._refused(
            self.user_officer_a,
            self.opinion,
            {
                "line_ids": [
                    Command.update(
                        line_id,
                        {"strengths": "của tôi", "_seen": {str(line_id): {}}},
                    )
                ]
            },
            {},
        )
        self.assertEqual(conflict["kind"], "gone")
        self.assertIn("của tôi", conflict["mine_text"])

    def test_deleted_record(self):
        """The record itself: all that was typed on it comes back."""
        shortcoming = self.env["cadre.review.shortcoming"].create(
            {"rating_id": self.rating.id, "name": "Họp muộn"}
        )
        gone = shortcoming.browse(shortcoming.id)
        shortcoming.unlink()
        [conflict] = self._refused(
            self.user_officer_a, gone, {"evidence": "của tôi"}, {"evidence": False}
        )
        self.assertEqual((conflict["kind"], conflict["path"]), ("gone", []))
        self.assertIn("của tôi", conflict["mine_text"])

    def test_deleting_a_changed_line(self):
        """What somebody wrote meanwhile is not deleted unread."""
        self.line.with_user(self.user_head_a).strengths = "vừa viết"
        self.env.flush_all()
        seen = {str(self.line.id): {"strengths": False, "shortcomings": False}}
        [conflict] = self._refused(
            self.env.user,
            self.opinion,
            {"line_ids": [(Command.DELETE, self.line.id, {"_seen": seen})]},
            {},
        )
        self.assertEqual((conflict["kind"], conflict["field"]), ("delete", "strengths"))
        seen[str(self.line.id)]["strengths"] = "vừa viết"
        self._save(
            self.env.user,
            self.opinion,
            {"line_ids": [(Command.DELETE, self.line.id, {"_seen": seen})]},
            {},
        )
        self.assertFalse(self.line.exists())

    # ------------------------------------------------------------------
    # KNOWINGLY
    # ------------------------------------------------------------------

    def test_keeping_mine_is_recorded(self):
        """Who wrote over whose text in which field, not what it said."""
        self._save(self.user_head_a, self.opinion, {"conclusion": "của người kia"})
        self._save(
            self.user_officer_a,
            self.opinion,
            {"conclusion": "của tôi"},
            {"conclusion": "của người kia"},
            over=["conclusion"],
        )
        self.assertEqual(self.opinion.conclusion, "của tôi")
        event = self.opinion.event_ids[0]
        self.assertEqual(
            (event.move, event.user_id), ("overwrite", self.user_officer_a)
        )
        self.assertIn("Conclusion", event.reason)
        self.assertIn(self.user_head_a.name, event.reason)
        self.assertNotIn("của", event.reason)

    def test_keeping_mine_meets_a_third(self):
        """Only what was shown is written over."""
        self._save(self.user_head_a, self.opinion, {"conclusion": "của người kia"})
        self._save(self.user_head_a, self.opinion, {"conclusion": "lại khác"})
        [conflict] = self._refused(
            self.user_officer_a,
            self.opinion,
            {"conclusion": "của tôi"},
            {"conclusion": "của người kia"},
            over=["conclusion"],
        )
        self.assertEqual(conflict["now"], "lại khác")
        self.assertFalse(self.opinion.event_ids)

    def test_history_of_tallies_holds_no_figures(self):
        dossier = self.dossier.with_user(self.user_officer_a)
        conference = self.env["cadre.review.conference"].browse(
            dossier.action_open_conference()["res_id"]
        )
        tally = conference.tally_ids[0]
        tally.with_user(self.user_head_a).write({"votes_good": 7431, "valid": 7431})
        self.env.flush_all()
        self._save(
            self.user_officer_a,
            conference,
            {
                "tally_ids": self._line(
                    tally,
                    {"votes_good": 8652},
                    {"votes_good": 7431},
                    _over=["votes_good"],
                )
            },
            {},
        )
        [event] = conference.event_ids
        self.assertIn(tally.rating_id.name, event.reason)
        self.assertNotIn("7431", event.reason)
        self.assertNotIn("8652", event.reason)

    def test_history_of_a_list_of_tallies(self):
        """Written over where they stand alone, the conference tells it as well."""
        dossier = self.dossier.with_user(self.user_officer_a)
        conference = self.env["cadre.review.conference"].browse(
            dossier.action_open_conference()["res_id"]
        )
        subject, tally = conference.subject_ids[0], conference.tally_ids[0]
        for record, name, theirs, mine in (
            (tally, "votes_good", 4, 5),
            (subject, "opinions", "của người kia", "của tôi"),
        ):
            self._save(self.user_head_a, record, {name: theirs})
            over = {"seen": {name: theirs}, "over": [name]}
            self._save(self.user_officer_a, record, {name: mine}, **over)
        self.assertEqual(conference.event_ids.mapped("move"), ["overwrite"] * 2)

    def test_ballots_shown_beside_the_subject(self):
        """They stand on the tally's row: who wrote it is told."""
        dossier = self.dossier.with_user(self.user_officer_a)
        conference = self.env["cadre.review.conference"].browse(
            dossier.action_open_conference()["res_id"]
        )
        subject = conference.subject_ids[0]
        subject.with_user(self.user_head_a).write({"votes_good": 8})
        self.env.flush_all()
        [conflict] = self._refused(
            self.user_officer_a,
            conference,
            {"subject_ids": self._line(subject, {"votes_good": 9}, {"votes_good": 0})},
            {},
        )
        self.assertEqual((conflict["now"], conflict["mine_text"]), (8, "9"))
        self.assertIn(self.user_head_a.name, conflict["change"])
        self.assertEqual(subject.votes_good, 8)

    def test_history_of_a_record_without_one(self):
        shortcoming = self.env["cadre.review.shortcoming"].create(
            {"rating_id": self.rating.id, "name": "Họp muộn"}
        )
        self._save(self.user_head_a, shortcoming, {"evidence": "01/BC"})
        self._save(
            self.user_officer_a,
            shortcoming,
            {"evidence": "02/BC"},
            {"evidence": "01/BC"},
            over=["evidence"],
        )
        self.assertEqual(self.dossier.event_ids[0].move, "overwrite")

    # ------------------------------------------------------------------
    # CLOSED MEANWHILE
    # ------------------------------------------------------------------

    def test_closed_by_a_step(self):
        """The step is named, and the text comes back."""
        self.opinion.line_ids.write({"strengths": "Tốt", "shortcomings": "Còn chậm"})
        self.opinion.write(
            {"proposed_level": "good", "degradation": "none", "source_place": PLACE}
        )
        self._click(self.opinion.with_user(self.user_head_a), "action_confirm")
        self.env.flush_all()
        with self.assertRaises(AccessError) as refusal:
            self._save(
                self.user_officer_a,
                self.opinion,
                {"conclusion": "của tôi"},
                {"conclusion": False},
            )
        details = refusal.exception.context["shared_edit"]
        self.assertIn("Confirmed", details["message"])
        self.assertIn(self.user_head_a.name, details["message"])
        [conflict] = details["conflicts"]
        self.assertEqual(
            (conflict["kind"], conflict["mine_text"]), ("closed", "của tôi")
        )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_says_nothing_to_strangers(self):
        """Seen values open nothing to somebody who may not read the record."""
        self.opinion.conclusion = "kín"
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.user_officer_b, self.user_party_a, self.user_none):
            with self.assertRaises(AccessError) as refusal:
                self._save(user, self.opinion, {"conclusion": "x"}, {"conclusion": "y"})
            self.assertNotIn("kín", str(refusal.exception))
            self.assertFalse(getattr(refusal.exception, "context", {}))

    # ------------------------------------------------------------------
    # SEVERAL, AND HOW MANY QUERIES
    # ------------------------------------------------------------------

    def test_rows_of_a_list_saved_together(self):
        """One value on all the selected rows: what was seen of each counts."""
        papers = self.dossier.with_user(self.user_officer_a).paper_ids[:3]
        papers[1].with_user(self.user_head_a).number = "09/BC"
        self.env.flush_all()
        seen = {str(paper.id): {"number": False} for paper in papers}
        with self.assertRaises(UserError) as refusal:
            papers.web_save({"number": "05/BC", "_seen": seen}, {"number": {}})
        [conflict] = refusal.exception.context["shared_edit"]["conflicts"]
        self.assertEqual(conflict["id"], papers[1].id)
        self.env.invalidate_all()
        seen[str(papers[1].id)]["number"] = "09/BC"
        papers.web_save_multi(
            [{"number": f"0{n}/BC", "_seen": seen} for n in range(3)], {"number": {}}
        )
        self.assertEqual(papers.mapped("number"), ["00/BC", "01/BC", "02/BC"])

    def _queries(self, lines, text, marked=True):
        """SQL queries of a save of the opinion with so many of its lines."""
        self.env.flush_all()
        self.env.invalidate_all()
        commands = [
            command
            for line in self.opinion.line_ids[:lines]
            for command in self._line(
                line, {"strengths": text}, {"strengths": line.strengths}
            )
        ]
        vals = {"signer": text, "line_ids": commands}
        vals["_seen"] = {str(self.opinion.id): {"signer": self.opinion.signer}}
        if not marked:
            vals, _typed = self.env[MIXIN]._take_seen(self.opinion, vals)
        opinion = self.opinion.with_user(self.user_officer_a)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        opinion.web_save(vals, {"signer": {}})
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_lines(self):
        """Beside a save without seen values: a lock and the rules for each table."""
        self.assertGreaterEqual(len(self.opinion.line_ids), 8)
        self._queries(8, "nóng máy")
        few, many = self._queries(2, "ít"), self._queries(8, "nhiều")
        self.assertEqual(few, many)
        self.assertLessEqual(many - self._queries(8, "trần", marked=False), 4)

    # ------------------------------------------------------------------
    # WHO JOINS
    # ------------------------------------------------------------------

    def _joined(self):
        """Names of the models that several people edit."""
        models = [
            name
            for name, model in self.registry.items()
            if self.registry[MIXIN] in model.mro() and name != MIXIN
        ]
        self.assertGreaterEqual(len(models), 5)
        return models

    def _views(self, models):
        views = self.env["ir.ui.view"].search(
            [("model", "in", models), ("type", "in", ("form", "list"))]
        )
        self.assertGreaterEqual(len(views), 9)
        return views

    def test_every_model_has_a_history(self):
        """Where it is kept that somebody wrote over another's text."""
        for name in self._joined():
            history = self.env[name]._history()
            self.assertIn("event_ids", history._fields, name)

    def test_every_line_has_a_name(self):
        """Of lines that are edited in these forms, the window names the row."""
        lines = set()
        for view in self._views(self._joined()).filtered(lambda v: v.type == "form"):
            model = self.env[view.model]
            arch, _view = model._get_view(view.id, "form")
            for node in arch.xpath("//field[list[@editable]][not(ancestor::list)]"):
                lines.add(model._fields[node.get("name")].comodel_name)
        self.assertGreaterEqual(len(lines), 5)
        for name in lines:
            model = self.registry[name]
            computed = model._compute_display_name != BaseModel._compute_display_name
            self.assertTrue(model._rec_name or computed, name)

    def test_every_view_of_these_models_sends_what_was_seen(self):
        for view in self._views(self._joined()):
            arch, _view = self.env[view.model]._get_view(view.id, view.type)
            self.assertIn(
                arch.get("js_class"),
                # the board of urging has a head of its own, and the same model
                (f"cadre_review_shared_{view.type}", "cadre_review_urging_list"),
                view.name,
            )


@tagged("post_install", "-at_install")
class TestSharedEditAtOnce(TransactionCase):
    """Two transactions at one instant, on rows that are really committed."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)
        with self.database.cursor() as cr:
            partner = api.Environment(cr, self.env.uid, {})["res.partner"].create(
                {"name": "Hai người cùng sửa", "function": "trước"}
            )
            self.partner_id = partner.id
        self.addCleanup(self._delete_partner)

    def _delete_partner(self):
        with self.database.cursor() as cr:
            cr.execute("DELETE FROM res_partner WHERE id = %s", [self.partner_id])

    def _save(self, env, text):
        """What web_save does, on a model that has rows outside of the test."""
        partner = env["res.partner"].browse(self.partner_id)
        values = {"function": text, "_seen": {str(partner.id): {"function": "trước"}}}
        values, typed = env[MIXIN]._take_seen(partner, values)
        env[MIXIN]._check_seen(typed)
        partner.write(values)
        env.flush_all()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_second_waits_and_is_told(self):
        with (
            self.database.cursor() as first,
            self.database.cursor() as second,
            self.database.cursor() as watch,
        ):
            env = api.Environment(first, self.env.uid, {})
            env_of_second = api.Environment(second, self.env.uid, {})
            self._save(env, "của người kia")
            waited = []

            def commit_when_waited_for():
                waited.append(self._is_waited_for(watch))
                first.commit()

            thread = threading.Thread(target=commit_when_waited_for)
            thread.start()
            with self.assertRaises(UserError) as refusal:
                retrying(lambda: self._save(env_of_second, "của tôi"), env_of_second)
            thread.join()
            second.rollback()
        self.assertEqual(waited, [True])
        [conflict] = refusal.exception.context["shared_edit"]["conflicts"]
        self.assertEqual(conflict["now"], "của người kia")
        with self.database.cursor() as cr:
            cr.execute(
                "SELECT function FROM res_partner WHERE id = %s", [self.partner_id]
            )
            self.assertEqual(cr.fetchone(), ("của người kia",))

    def _is_waited_for(self, cr):
        for _attempt in range(100):
            cr.execute(
                """
                SELECT pg_stat_clear_snapshot();
                SELECT 1 FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                   AND query LIKE '%FOR NO KEY UPDATE%'
                """
            )
            if cr.rowcount:
                return True
            time.sleep(0.1)
        return False
