"""Each filter gives what its name says; helps, keys and dates of every screen."""

from ast import literal_eval
from datetime import date, timedelta

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import safe_eval

from ..common import PLACE, ReviewCase


class FilterCase(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier_a = cls._dossier(cls.campaign, cls.unit_a)
        cls.dossier_b = cls._dossier(cls.campaign, cls.unit_b)

    def _found(self, view, name, user=None):
        """What a filter of a search view finds, as the user."""
        view = self.env.ref(f"cadre_review.cadre_review_{view}_view_search")
        [node] = etree.fromstring(view.arch).xpath(f"//filter[@name='{name}']")
        user = user or self.user_office
        domain = safe_eval(
            node.get("domain"),
            {"uid": user.id, "context_today": safe_datetime.date.today},
        )
        return self.env[view.model].with_user(user).search(domain)


@tagged("post_install", "-at_install")
class TestFilters(FilterCase):
    # ------------------------------------------------------------------
    # DOSSIERS
    # ------------------------------------------------------------------

    def test_late_is_what_the_clock_says(self):
        """By the deadline's stop, with permission, handed in or not."""
        dossiers = self.campaign.dossier_ids
        deadline = self.campaign.deadline_ids.filtered(lambda d: d.kind == "dossier")
        due = self.dossier_a.date_due
        scenes = [
            (stop, {**values, "state": state})
            for stop in (False, "paper_date", "received")
            for state in ("preparing", "submitted", "returned")
            for values in (
                {"date_due": due, "date_submitted": due},
                {"date_due": date(2022, 11, 20), "date_submitted": False},
                {"date_due": due, "date_submitted": due + timedelta(days=2)},
                {
                    "date_due": due,
                    "date_submitted": due + timedelta(days=2),
                    "permitted_until": due + timedelta(days=3),
                },
                {
                    "date_due": due,
                    "date_submitted": due,
                    "date_paper": due + timedelta(days=1),
                },
                {
                    "date_due": due,
                    "date_submitted": due + timedelta(days=2),
                    "incoming_number": "7",
                },
            )
        ]
        reset = dict.fromkeys(
            ("permitted_until", "date_paper", "incoming_number"), False
        )
        for stop, values in scenes:
            deadline.sudo().stop_event = stop
            self.dossier_a.sudo().write({**reset, **values})
            late = dossiers.filtered(lambda dossier: dossier.timeliness == "late")
            self.assertEqual(self._found("dossier", "late_all"), late, (stop, values))
            self.assertEqual(
                dossiers.search([("id", "in", dossiers.ids), ("is_late", "=", False)]),
                dossiers - late,
            )

    def test_owing(self):
        """What was owed and has come is not owed any more."""
        self.assertFalse(self._found("dossier", "owing"))
        Delivery = self.env["cadre.review.delivery"].with_user(self.user_office)
        self.dossier_a.sudo().state = "submitted"
        values = {"dossier_id": self.dossier_a.id, "delivered_by": "Người Giao"}
        until = {"owed_until": date(2022, 11, 30)}
        Delivery.create({**values, "sets": 1, "owed_sets": 1, **until})
        self.assertEqual(self._found("dossier", "owing"), self.dossier_a)
        Delivery.create({**values, "sets": 1})
        self.env.invalidate_all()
        self.assertFalse(self._found("dossier", "owing"))

    def test_whose_and_how(self):
        both = self.dossier_a | self.dossier_b
        self.assertEqual(self._found("dossier", "no_checker"), both)
        self.dossier_a.sudo().checker_id = self.user_office
        self.assertEqual(self._found("dossier", "no_checker"), self.dossier_b)
        self.dossier_b.write({"source": "zalo", "source_place": PLACE})
        self.assertEqual(self._found("dossier", "on_paper"), self.dossier_b)
        self.assertEqual(self._found("dossier", "this_year"), both)
        self.campaign.sudo().year = 2021
        self.assertFalse(self._found("dossier", "this_year"))

    # ------------------------------------------------------------------
    # RATINGS
    # ------------------------------------------------------------------

    def test_changed_levels(self):
        """The level in force, before it the appraisal, against the unit's."""
        self._appraised(self.dossier_a)
        self.assertFalse(self._found("rating", "changed"))
        ratings = self._subjects(self.dossier_a)
        appraisals = ratings.opinion_ids.filtered(lambda o: o.stage == "appraisal")
        appraisals[0].sudo().proposed_level = "completed"
        self.assertEqual(self._found("rating", "changed"), appraisals[0].rating_id)
        # decided as the unit proposed after all; another one otherwise
        appraisals[0].rating_id.level = "good"
        appraisals[1].rating_id.level = "excellent"
        self.assertEqual(self._found("rating", "changed"), appraisals[1].rating_id)
        shown = ratings.with_user(self.user_office)
        self.assertEqual(shown.filtered("is_changed"), appraisals[1].rating_id)

    def test_levels_and_notices(self):
        ratings = self.campaign.rating_ids
        rated = ratings.filtered(lambda rating: rating.scope == "rated")
        self.assertEqual(self._found("rating", "no_level"), rated)
        rated[0].sudo().write({"level": "good", "state": "notified"})
        self.assertEqual(self._found("rating", "no_level"), rated[1:])
        self.assertEqual(self._found("rating", "not_published"), rated[0])
        self.env["cadre.review.publication"].create(
            {"rating_id": rated[0].id, "name": "N", "level": "good"}
        )
        self.assertFalse(self._found("rating", "not_published"))

    def test_who_is_rated(self):
        heads = self._rating(self.campaign, self.chair_a) | self._rating(
            self.campaign, self.chair_b
        )
        self.assertEqual(self._found("rating", "heads"), heads)
        self.assertEqual(
            self._found("rating", "mine", self.user_officer_a).unit_id, self.unit_a
        )
        self.assertEqual(self._found("cadre", "higher"), heads.cadre_id)
        self.assertEqual(self._found("cadre", "heads"), heads.cadre_id)

    # ------------------------------------------------------------------
    # WHAT ELSE IS LOOKED FOR
    # ------------------------------------------------------------------

    def test_people_with_facts_not_confirmed(self):
        self.assertFalse(self._found("cadre", "not_confirmed"))
        fact = self.env["cadre.review.fact"].create(
            {
                "cadre_id": self.deputy_a.id,
                "kind": "months",
                "date_from": date(2022, 1, 1),
                "months": 5,
            }
        )
        self.assertEqual(self._found("cadre", "not_confirmed"), self.deputy_a)
        fact.is_confirmed = True
        self.assertFalse(self._found("cadre", "not_confirmed"))

    def test_units(self):
        user = self.user_admin
        self.assertFalse(self._found("unit", "no_party_body", user) & self.unit_a)
        self.unit_a.write(
            {"party_body_id": False, "valid_to": date(2022, 11, 1), "email": False}
        )
        self.unit_b.email = "xa.b@example.com"
        for name in ("no_party_body", "ended", "no_mailbox"):
            found = self._found("unit", name, user)
            self.assertEqual(found & (self.unit_a | self.unit_b), self.unit_a, name)
        self.unit_b.authority_id = False
        self.assertEqual(self._found("unit", "no_authority", user), self.unit_b)

    def test_retired_records_leave_the_lists(self):
        """Archived, not deleted; the filter of the search brings them back."""
        for record, view in (
            (self.unit_b, "unit"),
            (self.deputy_b, "cadre"),
            (self.superior, "authority"),
            (self.body_b, "party_body"),
        ):
            record.with_user(self.user_admin).action_archive()
            self.assertNotIn(record, record.search([]), record)
            self.assertEqual(self._found(view, "inactive", self.user_admin), record)

    def test_papers_without_a_number(self):
        paper = self.dossier_a.paper_ids.filtered("kind_id.has_number")[0]
        self.assertNotIn(paper, self._found("paper", "without_number"))
        paper.sudo().state = "provided"
        self.assertEqual(self._found("paper", "without_number"), paper)
        paper.number = "05/BC-HĐND"
        self.assertFalse(self._found("paper", "without_number"))

    def test_opinions_to_confirm_at_once(self):
        """Several in one go; what stands in the way is said of all of them."""
        user = self.user_officer_a
        people = self._subjects(self.dossier_a).filtered("cadre_id")
        opinions = self.env["cadre.review.opinion"].with_user(user)
        for rating in people:
            opinions |= opinions.browse(
                rating.with_user(user)._open_opinion("unit")["res_id"]
            )
        self.assertEqual(self._found("opinion", "unit", user), opinions)
        self.assertEqual(self._found("opinion", "mine", user), opinions)
        self.assertFalse(self._found("opinion", "self", user))
        with self.assertRaises(Exception) as refused:
            opinions.with_user(self.user_head_a).action_confirm()
        for rating in people:
            self.assertIn(rating.name, str(refused.exception))

    def test_long_names(self):
        """Two hundred letters: stored, found, shown."""
        name = "Nguyễn Thị " + "Rất Dài " * 24
        self.deputy_a.name = name
        self.unit_a.name = name
        found = self.env["cadre.review.cadre"].name_search(name[:200])
        self.assertEqual([found_id for found_id, _name in found], [self.deputy_a.id])
        campaign = self._opened_campaign(purpose="long", name=name)
        self.assertEqual(self._dossier(campaign, self.unit_a).unit_name, name)


@tagged("post_install", "-at_install")
class TestScreens(TransactionCase):
    def _arch(self, model, kind):
        return etree.fromstring(self.env[model].get_view(view_type=kind)["arch"])

    def test_every_header_button_has_its_key(self):
        for model in ("campaign", "dossier", "rating", "decision", "session", "plan"):
            arch = self._arch(f"cadre.review.{model}", "form")
            keys = [b.get("data-hotkey") for b in arch.xpath("/form/header//button")]
            self.assertTrue(all(keys), model)
            self.assertEqual(len(set(keys)), len(keys), model)

    def test_dates_are_written_in_figures(self):
        """Also in the tables of a form, and beside other options."""
        arch = self._arch("cadre.review.dossier", "form")
        for field in ("date_submitted", "owed_until"):
            for node in arch.xpath(f"//field[@name='{field}']"):
                self.assertIn("'numeric': true", node.get("options", ""), field)
        options = self._arch("cadre.review.dossier", "list").xpath(
            "//field[@name='date_due']/@options"
        )
        self.assertEqual(len(options), 1)
        literal_eval(options[0].replace("true", "True"))

    def test_help_names_the_article(self):
        for model, field, article in (
            ("rating", "party_level", "Điều 17 khoản 3"),
            ("fact", "months", "Điều 2 khoản 3"),
            ("receipt", "kind", "Điều 37"),
        ):
            help_text = self.env[f"cadre.review.{model}"]._fields[field].help
            self.assertIn(article, help_text)

    def test_search_without_accents(self):
        """Where the database has it, “pho” finds “Phở”."""
        self.env["cadre.review.party.body"].create(
            {"name": "Chi bộ Phổ Đặt", "code": "TEST-PHO"}
        )
        self.env.cr.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
        self.patch(self.env.registry, "unaccent", lambda sql: SQL("unaccent(%s)", sql))
        self.patch(self.env.registry, "has_unaccent", 1)
        found = self.env["cadre.review.party.body"].search(
            [("name", "ilike", "pho dat")]
        )
        self.assertEqual(found.code, "TEST-PHO")
