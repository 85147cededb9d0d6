"""Every list that a model, a kind or a move must join: each is in it, or is not,
because …"""

import ast
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ...models.books import lists
from ...models.campaign import deadline
from ...models.hand_in import receipt, register, request
from ...models.keeping import numbers, scenario
from ...models.result import session
from ...models.urging import reminder, step, urging_run
from ...reports import office_paper
from ...rules import urging
from ...workbooks import kinds, summary, tables
from ..security.test_security_matrix import our_models

ROOT = Path(__file__).resolve().parents[2]

_INSIDE = "a step of the people who take it; the screen shows it"
_CAUSED = "follows from another move, which is told"
NOT_TOLD = {
    "cadre.review.campaign": "the opening has a mail of its own",
    "cadre.review.conference": _INSIDE,
    "cadre.review.decision": "told by the notice of each result",
    "cadre.review.delay": "the office answers at the counter",
    "cadre.review.delivery": "the receipt is handed over on paper",
    "cadre.review.opinion": _INSIDE,
    "cadre.review.paper": "told all at once by the request or the acceptance",
    "cadre.review.plan.line": "overdue lines are urged; the rest is said by the plan",
    "cadre.review.question": "the answer stands with the question for all to read",
    "cadre.review.receipt": "a word between the office and another organ",
    "cadre.review.report": _INSIDE,
    "cadre.review.request": "told by the move return of the dossier",
    "cadre.review.session": "a step of the office; its results are decided and told",
}
NOT_TOLD_MOVES = {
    ("cadre.review.dossier", "submit"): "the office has it on its board",
    ("cadre.review.dossier", "unlock"): "the unit asked for it",
    ("cadre.review.dossier", "receive"): "the receipt says it",
    ("cadre.review.dossier", "reorder"): _CAUSED,
    (
        "cadre.review.dossier",
        "exclude",
    ): "the office writes to the unit",
    ("cadre.review.rating", "review"): _CAUSED,
    ("cadre.review.rating", "reopen"): _CAUSED,
    ("cadre.review.rating", "propose"): "no business of the unit before the decision",
    ("cadre.review.rating", "retract"): "no business of the unit before the decision",
    ("cadre.review.rating", "decide"): "told by the notice",
    ("cadre.review.rating", "again"): _CAUSED,
    ("cadre.review.order", "report"): "goes to the authority on paper",
    ("cadre.review.order", "decline"): "nothing changes for the unit",
    ("cadre.review.order", "finish"): "follows from the acceptance, which is told",
    ("cadre.review.objection", "withdraw"): "by the objector",
    ("cadre.review.plan", "reopen"): "by the unit",
    ("cadre.review.plan", "finish"): "by the unit",
    ("cadre.review.plan", "resume"): "by the unit",
}
# numbers that are those of other organs, or no number of a paper of ours
NOT_NUMBERED = {
    ("cadre.review.dossier", "incoming_number"): "the register of incoming papers",
    ("cadre.review.delivery", "incoming_number"): "the register of incoming papers",
    ("cadre.review.objection", "incoming_number"): "the register of incoming papers",
    ("cadre.review.paper", "incoming_number"): "the register of incoming papers",
    ("cadre.review.paper", "number"): "typed from the signed paper of the unit",
    ("cadre.review.document", "number"): "of another organ",
    ("cadre.review.suggestion", "number"): "of another organ",
}
AUTOMATIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}
NOT_RECORDED = {
    "session_id": "the session it belongs to",
    "rating_id": "whom the conclusion is about",
    "recused_ids": "written by the clerk on the line",
}
_UNREADABLE = "the office does not read the record before the hand-in"
_OFFICE = "of the office itself, or handed to it"
NOT_WITHHELD = {
    "cadre.review.conference": _UNREADABLE,
    "cadre.review.opinion": _UNREADABLE,
    "cadre.review.plan": _UNREADABLE,
    "cadre.review.plan.line": _UNREADABLE,
    "cadre.review.report": _UNREADABLE,
    "cadre.review.answer": _UNREADABLE,
    "cadre.review.import": _UNREADABLE,
    "cadre.review.delay": _OFFICE,
    "cadre.review.delivery": _OFFICE,
    "cadre.review.objection": _OFFICE,
    "cadre.review.order": _OFFICE,
    "cadre.review.request": _OFFICE,
}


@tagged("post_install", "-at_install")
class TestLists(TransactionCase):
    def _models(self):
        """Our models with a table of their own."""
        for name in sorted(our_models(self.env)):
            model = self.env[name]
            if not model._abstract and not model._transient:
                yield model

    def _check_all(self, everything, listed, unlisted):
        """Each is in one of the two, and nothing else is."""
        everything, listed, unlisted = set(everything), set(listed), set(unlisted)
        self.assertGreater(len(everything), 1)
        self.assertFalse(listed & unlisted)
        self.assertEqual(listed | unlisted, everything)

    def _keys(self, model, field):
        return {key for key, _label in self.env[model]._fields[field].selection}

    # ------------------------------------------------------------------
    # MODELS
    # ------------------------------------------------------------------

    def test_each_number_is_one_of_a_series(self):
        numbers_, listed = set(), set()
        for model in self._models():
            listed |= {
                (model._name, series.number)
                for series in getattr(model, "_number_series", ())
            }
            numbers_ |= {
                (model._name, name)
                for name, field in model._fields.items()
                if (name == "number" or name.endswith("_number"))
                and field.type == "char"
                and field.store
                and not field.related
            }
        self._check_all(numbers_, listed, NOT_NUMBERED)
        self.assertEqual(
            set(numbers.DECISIONS), self._keys("cadre.review.decision", "kind")
        )

    def test_files_are_withheld_until_the_hand_in(self):
        with_files = {
            model._name
            for model in self._models()
            if "attachment_ids" in model._fields
            and (model._name == "cadre.review.dossier" or "dossier_id" in model._fields)
        }
        withheld = self.env["ir.attachment"]._withholding()
        self._check_all(with_files, withheld, NOT_WITHHELD)

    # ------------------------------------------------------------------
    # MOVES
    # ------------------------------------------------------------------

    def test_each_move_is_told(self):
        moves, silent = {}, set(NOT_TOLD_MOVES)
        for model in self._models():
            for name, move in getattr(model, "_moves", {}).items():
                moves[model._name, name] = move
                if model._name in NOT_TOLD:
                    silent.add((model._name, name))
        self._check_all(moves, urging_run.TOLD, silent)
        reminders = self._keys("cadre.review.reminder", "kind")
        for (model, name), told in urging_run.TOLD.items():
            with self.subTest(model, move=name):
                self.assertEqual(told.state, moves[model, name].target)
                self.assertIn(told.kind, reminders)
                self.assertLessEqual(set(told.audiences), set(urging.AUDIENCES))
                self.assertTrue(self.env.ref(f"cadre_review.{told.template}"))
                for path in filter(None, (*told.users, told.dossier, told.note)):
                    self.env[model].mapped(path)

    def test_a_session_records_each_value_of_a_line(self):
        line = self.env["cadre.review.session.line"]
        written = {
            name
            for name, field in line._fields.items()
            if field.store
            and not field.compute
            and not field.related
            and name not in AUTOMATIC
        }
        self._check_all(written, session.RECORDED, NOT_RECORDED)

    # ------------------------------------------------------------------
    # KINDS
    # ------------------------------------------------------------------

    def test_each_deadline_is_kept_by_something(self):
        kinds_ = self._keys("cadre.review.deadline", "kind")
        stops = self._keys("cadre.review.deadline", "stop_event")
        self._check_all(kinds_, deadline.USUAL_STOP, {"other"})
        self._check_all(stops | {False}, deadline.NOT_YET, {"provided"})
        self.assertLessEqual(set(deadline.USUAL_STOP.values()), stops)
        dossiers = self.env["cadre.review.dossier"]
        for domain in deadline.NOT_YET.values():
            dossiers.search_count(domain)

    def test_each_kind_of_import_has_columns_and_a_model(self):
        known = self._keys("cadre.review.import", "kind")
        self.assertEqual(known, set(kinds.KINDS))
        prefix = "cadre.review.import."
        self.assertEqual(
            known,
            {
                name.removeprefix(prefix)
                for name in self.env.registry
                if name.startswith(prefix) and self.env[name]._abstract
            }
            - {"mixin"},
        )

    def test_each_kind_of_picture_is_taken(self):
        taken = set()
        for file in (ROOT / "models").glob("*/*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "attr", "") == "_take"
                    and "picture" in ast.unparse(node.func).lower()
                ):
                    taken.add(ast.literal_eval(node.args[1]))
        self.assertEqual(taken, self._keys("cadre.review.picture", "kind"))

    def test_each_kind_of_job_and_urging_has_its_words(self):
        printing = self.env["cadre.review.printing"]
        for kind in self._keys(printing._name, "kind"):
            self.assertTrue(hasattr(printing, f"_make_{kind}"))
        self.assertEqual(
            set(step.TEMPLATES), self._keys("cadre.review.step", "audience")
        )
        self.assertEqual(set(urging.AUDIENCES), set(step.TEMPLATES))
        kinds_ = self._keys("cadre.review.reminder", "kind")
        self.assertLessEqual(set(reminder.DAILY), kinds_)
        self.assertLessEqual(
            set(reminder.OF_MAIL.values()), dict(reminder.DELIVERY).keys()
        )

    # ------------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------------

    def test_each_state_and_kind_has_its_word_on_paper(self):
        papers = self._keys("cadre.review.paper", "state")
        dossiers = self._keys("cadre.review.dossier", "state")
        subjects = self._keys("cadre.review.rating", "subject_kind")
        for listed, expected in (
            (register.PAPER_COLOURS, papers),
            (lists.STATES, papers),
            (office_paper.STATES, dossiers - {"excluded"}),
            (summary._STATES, dossiers),
            (tables.KINDS, subjects - {"collective"}),
            (tables.SCOPES, self._keys("cadre.review.post", "scope")),
            (tables.DECLARED, set(dict(receipt.KINDS))),
        ):
            with self.subTest(sorted(expected)):
                self.assertLessEqual(expected, set(listed))
        fields_ = set(self.env["cadre.review.request"]._fields)
        self.assertLessEqual(request.AFTER_ISSUE, fields_)

    def test_each_file_of_the_example_is_loaded(self):
        there = {file.name for file in (ROOT / scenario.FOLDER).iterdir()}
        self._check_all(there, scenario.FILES, {"story.json"})
