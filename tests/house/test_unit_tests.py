"""The JavaScript of the house, by its unit tests (static/tests/**/*.test.js)."""

import logging
import re
from pathlib import Path

from odoo.tests import no_retry, tagged

from ..browser import BrowserCase

FILES = Path(__file__).resolve().parents[2] / "static" / "tests"
SUITE = "@cadre_review"
PASSED = re.compile(r"Passed (\d+) tests")


def hoot_id(name):
    """The id of a suite in hoot's address: that of ``generateHash`` in its own code."""
    number = 0
    for character in name:
        number = (number * 31 + ord(character)) & 0xFFFFFFFF
    return f"{number:08x}"


class _Said(logging.Handler):
    """What the browser said, beside the log."""

    def __init__(self):
        super().__init__()
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


@tagged("post_install", "-at_install", "tour")
class TestUnitTests(BrowserCase):
    @no_retry
    def test_unit_tests(self):
        """Ours alone are run; and all of them, since hoot is content with none."""
        said = _Said()
        logger = self._logger.getChild("browser")
        logger.addHandler(said)
        self.addCleanup(logger.removeHandler, said)
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={hoot_id(SUITE)}",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            # a failing test is told, and the others still run
            error_checker=lambda message: "[HOOT]" not in message,
        )
        ran = [
            int(found[1]) for text in said.messages if (found := PASSED.search(text))
        ]
        self.assertEqual(ran, [self._written()])

    def _written(self):
        texts = [path.read_text(encoding="utf-8") for path in FILES.rglob("*.test.js")]
        return sum(len(re.findall(r"^test\(", text, re.M)) for text in texts)
