"""One way to a finding: its code is in the catalogue, and it is made by the law."""

import ast
from collections import Counter, defaultdict
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ...rules.catalogue import REGULATED, RULES

ADDON = Path(__file__).parents[2]
PACKAGES = ("rules", "models", "wizards", "reports", "controllers", "workbooks")
LAW, CATALOGUE = "rules/law.py", "rules/catalogue.py"
# codes that more than one file finds, and the one thing they mean in each
SHARED = {
    "C5": "what minutes state: those of a conference, those of a session",
    "C8": "a level is proposed: in an opinion, to the authority above",
    "C13": "the party body has spoken: at the hand-in, the appraisal, the session",
    "C18": "nobody acts on themselves: comments, sessions, decisions, orders, answers",
    "C21": "what is decided is only superseded: by a decision, not by a session",
    "C24": "who decides: not known at the opening, another one at the decision",
    "C25": "conference before session before decision",
    "C26": "why another level than the one proposed: an opinion's, a session's",
    "C27": "appraised before the session, before the decision",
    "D7": "accepted before it is consolidated, concluded on, decided",
    "A1a": "why there is no level: concluded, decided",
    "W1": "a document that has no date",
    "W2": "a day still to come, on whatever document",
    "W3": "a document about nothing",
    "W4": "no word where words are asked for",
    "W5": "a later day that is not later",
    "W6": "no level: concluded, decided",
}


def sources():
    for package in PACKAGES:
        for path in sorted((ADDON / package).rglob("*.py")):
            yield str(path.relative_to(ADDON)), ast.parse(path.read_text())


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def codes(call):
    """The codes a call may find under, as they stand there: ``"A" if … else "B"``."""
    if name_of(call) not in ("find", "_find", "_open_work"):
        return []
    return [
        node.value
        for argument in call.args[:3]
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and node.value in RULES
    ]


@tagged("post_install", "-at_install")
class TestOneLaw(BaseCase):
    def test_only_the_law_makes_findings(self):
        makers = {
            file
            for file, tree in sources()
            for call in calls(tree)
            if name_of(call) == "Finding"
        }
        self.assertEqual(makers, {LAW})

    def test_only_the_law_makes_a_finding_harder(self):
        """What is already found may only be softened, in the rules themselves."""
        changed = {
            file
            for file, tree in sources()
            for call in calls(tree)
            if name_of(call) == "replace"
            and {"severity", "rule"} & {keyword.arg for keyword in call.keywords}
        }
        self.assertEqual(changed, {"rules/findings.py"})

    def test_every_code_that_is_found_is_in_the_catalogue(self):
        unknown = [
            (file, argument.value)
            for file, tree in sources()
            for call in calls(tree)
            if name_of(call) == "find"
            for argument in call.args[:1]
            if isinstance(argument, ast.Constant)
            and isinstance(argument.value, str)
            and argument.value not in RULES
            and file.startswith(("rules", "models"))
        ]
        self.assertFalse(unknown)

    def test_every_code_of_the_catalogue_is_found_and_means_one_thing(self):
        files = defaultdict(set)
        for file, tree in sources():
            for call in calls(tree):
                for code in codes(call):
                    files[code].add(file)
        self.assertFalse(set(RULES) - set(files), "in the catalogue for nothing")
        several = {code for code, where in files.items() if len(where) > 1}
        self.assertEqual(several, set(SHARED), dict(files))

    def test_no_code_stands_twice(self):
        tree = ast.parse((ADDON / CATALOGUE).read_text())
        [rules] = [
            node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "RULES"
        ]
        counted = Counter(key.value for key in rules.keys)
        self.assertFalse([code for code, number in counted.items() if number > 1])
        titles = Counter(rule.title for rule in RULES.values())
        self.assertFalse([title for title, number in titles.items() if number > 1])

    def test_what_no_regulation_changes_is_no_law(self):
        """Fixed rules refuse; the regulation's screen offers the others."""
        self.assertFalse(set(REGULATED) & {c for c, r in RULES.items() if r.fixed})
        for code, rule in RULES.items():
            if rule.fixed:
                self.assertEqual(rule.severity.value, "block", code)
