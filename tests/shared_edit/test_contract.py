"""The contract of shared editing: no sentence without a test, no test without one."""

import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

ADDON = Path(__file__).resolve().parents[2]
CONTRACT = ADDON / "models" / "shared_edit" / "README.md"
SENTENCE = re.compile(r"^\d+\. .*?(?=^\d+\. |^$)", re.M | re.S)
NAMED = re.compile(r"\[([^\]]*)\]\s*$")
NAME = re.compile(r"“([^”]+)”|(test_\w+)")


@tagged("post_install", "-at_install")
class TestContract(BaseCase):
    def _sentences(self):
        text = CONTRACT.read_text(encoding="utf-8")
        return [" ".join(found.split()) for found in SENTENCE.findall(text + "\n")]

    def _tests(self):
        """Tests of the room by name, those of the contract itself apart."""
        found = set()
        for folder, files, pattern in (
            ("tests/shared_edit", "test_shared_edit*.py", r"^    def (test_\w+)"),
            ("static/tests/shared_edit", "*.test.js", r'^test\("(.+?)", '),
        ):
            for path in (ADDON / folder).glob(files):
                text = path.read_text(encoding="utf-8")
                found.update(re.findall(pattern, text, re.M))
        return found

    def test_each_sentence_has_its_tests(self):
        sentences = self._sentences()
        self.assertGreater(len(sentences), 30)
        named = set()
        for sentence in sentences:
            tests = NAMED.search(sentence)
            names = {js or py for js, py in NAME.findall(tests[1])} if tests else set()
            self.assertTrue(names, f"no test stands for: {sentence}")
            named |= names
        self.assertEqual(named, self._tests())
