"""One fact, one home: what a catalogue says holds wherever it is asked."""

from datetime import date

from lxml import etree
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.law.paper_kind import ROLES
from ...rules.dossiers import HANDED_IN, OPEN_TO_UNIT
from ...rules.levels import LEVELS, NON_LEVELS
from ...rules.stages import CATALOGUE, STAGES
from ...workbooks.levels import NO_LEVEL, WRITTEN
from ...workbooks.stages import NAMED
from ..common import ReviewCase


@tagged("post_install", "-at_install")
class TestHandedIn(ReviewCase):
    """Whether something is handed in is asked of one predicate."""

    def test_search_and_value_agree_in_every_state(self):
        dossier = self._dossier(self._opened_campaign(), self.unit_a).sudo()
        for state, _label in dossier._fields["state"].selection:
            dossier.state = state
            self.env.flush_all()
            for name, states in (
                ("is_handed_in", HANDED_IN),
                ("is_open_to_unit", OPEN_TO_UNIT),
            ):
                with self.subTest(state, name=name):
                    self.assertEqual(dossier[name], state in states)
                    self._check_search(dossier, name)
            with self.subTest(state, name="of a rating"):
                rating = dossier.rating_ids[0]
                self.assertEqual(rating.is_handed_in, dossier.is_handed_in)
                self._check_search(rating, "is_handed_in")

    def _check_search(self, record, name):
        for value in (True, False):
            found = record.search([("id", "=", record.id), (name, "=", value)])
            self.assertEqual(bool(found), record[name] is value)
            self.assertEqual(found, record.filtered_domain([(name, "=", value)]))

    def test_returned_for_completion_stays_handed_in(self):
        """Until it was handed in a first time it is not; in a later round it is both
        in the unit's hands and handed in."""
        dossier = self._dossier(self._opened_campaign(), self.unit_a).sudo()
        self.assertFalse(dossier.is_handed_in)
        dossier.state = "received"
        dossier._open_round("return", "Bổ sung", date(2022, 12, 9))
        self.assertTrue(dossier.is_handed_in and dossier.is_open_to_unit)

    def test_no_rule_lists_the_states(self):
        rules = self.env["ir.rule"].search(
            [("model_id.model", "=like", "cadre.review.%")]
        )
        self.assertGreater(len(rules), 300)
        self.assertFalse(
            rules.filtered(
                lambda rule: any(
                    f"'{state}'" in (rule.domain_force or "") for state in OPEN_TO_UNIT
                )
            ).mapped("name")
        )


@tagged("post_install", "-at_install")
class TestPaperKinds(ReviewCase):
    """A further kind of paper is a row: what belongs to it follows."""

    def test_each_kind_prints_what_its_report_is_of(self):
        campaign = self._opened_campaign()
        dossier = self._dossier(campaign, self.unit_a)
        of_the_letter = self.paper_kinds.filtered("role")
        self.assertEqual(set(of_the_letter.mapped("role")), set(dict(ROLES)))
        for kind in of_the_letter:
            with self.subTest(kind.short_name):
                self.assertTrue(kind.print_action_id and kind.placing_words)
        form = dossier.paper_ids.filtered(lambda paper: paper.kind_id.role == "form")
        self.assertEqual(len(form[:1]._volume_prints()), 1)

    def test_report_of_something_else_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "prints nothing of a dossier"):
            self.paper_kinds[0].print_action_id = self.env.ref(
                "cadre_review.action_report_decision"
            )

    def test_own_deadline(self):
        kind = self.env["cadre.review.paper.kind"].create(
            {
                "name": "Báo cáo kết quả khắc phục",
                "short_name": "Khắc phục",
                "code": "8",
            }
        )
        deadlines = [
            *self._campaign_values()["deadline_ids"],
            Command.create(
                {
                    "name": "Nộp báo cáo khắc phục",
                    "kind": "paper",
                    "paper_kind_id": kind.id,
                    "date": date(2022, 12, 2),
                }
            ),
        ]
        campaign = self._opened_campaign(
            deadline_ids=deadlines,
            paper_kind_ids=[Command.set((self.paper_kinds | kind).ids)],
        )
        deadline = campaign.deadline_ids.filtered("paper_kind_id")
        dossiers = campaign.dossier_ids
        self.assertEqual(deadline._pending(), dossiers)
        self.assertIn(
            deadline.name,
            [d.name for d in dossiers._urging_facts()[dossiers[0].id].deadlines],
        )
        paper = dossiers[0].paper_ids.filtered(lambda paper: paper.kind_id == kind)
        paper.write({"source": "paper", "source_place": "Tủ 1"})
        paper.action_provide()
        self.assertEqual(deadline._pending(), dossiers[1])
        [copied] = campaign.copy_data()
        self.assertIn(
            kind.id, [values["paper_kind_id"] for *_c, values in copied["deadline_ids"]]
        )

    @mute_logger("odoo.sql_db")
    def test_deadline_names_its_kind(self):
        for values in ({"kind": "paper"}, {"stop_event": "provided"}):
            with self.subTest(values), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    self._campaign(
                        deadline_ids=[
                            Command.create(
                                {
                                    "name": "Hạn",
                                    "kind": "other",
                                    "date": date(2022, 12, 2),
                                    **values,
                                }
                            )
                        ]
                    )


@tagged("post_install", "-at_install")
class TestLevels(ReviewCase):
    """A further level is a line of the catalogue: fields and columns follow."""

    def test_each_level_has_its_fields_and_columns(self):
        self.assertEqual(tuple(WRITTEN), LEVELS)
        self.assertEqual(tuple(NO_LEVEL), NON_LEVELS)
        for model, name in (
            ("cadre.review.tally", "votes_{}"),
            ("cadre.review.conference.subject", "votes_{}"),
            ("cadre.review.keying.line", "votes_{}"),
            ("cadre.review.cap", "{}_count"),
            ("cadre.review.cap", "outside_{}"),
        ):
            for level in LEVELS:
                self.assertIn(name.format(level), self.env[model]._fields)

    def test_views_show_each_level_after_the_best(self):
        for xml_id in (
            "cadre_review_tally_view_list",
            "cadre_review_conference_view_form",
            "cadre_review_keying_view_form",
            "cadre_review_cap_view_form",
        ):
            with self.subTest(xml_id):
                view = self.env.ref(f"cadre_review.{xml_id}")
                arch = self.env[view.model].get_view(view.id, view.type)["arch"]
                names = etree.fromstring(arch).xpath("//field/@name")
                prefix = "outside" if view.model == "cadre.review.cap" else "votes"
                first = names.index(f"{prefix}_{LEVELS[0]}")
                self.assertEqual(
                    names[first : first + len(LEVELS)],
                    [f"{prefix}_{level}" for level in LEVELS],
                )
                self.assertNotIn("each_level", arch)


@tagged("post_install", "-at_install")
class TestStages(ReviewCase):
    """A further stage is an entry of the catalogue: whoever asks of stages follows."""

    def test_each_stage_has_its_fields_and_buttons(self):
        rating = self.env["cadre.review.rating"]
        arch = etree.fromstring(rating.get_view(view_type="form")["arch"])
        for stage in CATALOGUE:
            with self.subTest(stage.code):
                self.assertIn(f"{stage.code}_level", rating._fields)
                self.assertEqual(
                    bool(stage.writers), hasattr(rating, f"action_{stage.code}")
                )
                self.assertEqual(
                    bool(stage.writers),
                    bool(arch.xpath(f"//button[@name='action_{stage.code}']")),
                )
                self.assertLessEqual(set(stage.follows), set(STAGES))
                self.assertLessEqual(
                    {*stage.writers, *stage.confirmers, stage.author},
                    {*self.env["cadre.review.opinion"]._role_paths, "officer"},
                )
        self.assertEqual((*STAGES, "decided"), tuple(NAMED))

    def test_views_show_each_stage_to_its_readers(self):
        for user, shown in (
            (self.user_office, STAGES),
            (self.user_officer_a, STAGES[:4]),
            (self.user_party_a, STAGES[:3]),
        ):
            with self.subTest(user.login):
                rating = self.env["cadre.review.rating"].with_user(user)
                view = self.env.ref("cadre_review.cadre_review_rating_view_list")
                arch = rating.get_view(view.id, "list")["arch"]
                names = etree.fromstring(arch).xpath("//field/@name")
                levels = [f"{stage}_level" for stage in STAGES]
                self.assertEqual(
                    [name for name in names if name in levels],
                    [f"{stage}_level" for stage in shown],
                )
                self.assertNotIn("each_stage", arch)
