"""Runs Odoo's command line and counts its tests and log in the process itself.

Odoo's last line counts a skipped test as run, and logs skips as mere information.

    python inside.py REPORT.json ODOO-ARGUMENT...

The report: ``tests``, the list of [name, outcome, detail, seconds]; ``log``, the
records of level WARNING and above that no test expected.
"""

import json
import logging
import sys
import time

import odoo.cli
from odoo.tests.result import OdooTestResult

_outcomes = {}
_starts = {}
_records = []


def _now():
    # tests freeze time.time() and its like
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def _note(test, outcome, detail=""):
    name = test.id()
    # a test with several failed subtests, or one that failed before its tear-down
    before = _outcomes.get(name)
    if before and before[0] == "failed":
        outcome, detail = "failed", f"{before[1]}\n{detail}".strip()
    seconds = _now() - _starts.get(name, _now())
    _outcomes[name] = (outcome, detail, round(seconds, 1))


class _CountingResult:
    """Methods to put over those of OdooTestResult."""

    def startTest(self, test):
        _starts[test.id()] = _now()
        _original["startTest"](self, test)

    def addSuccess(self, test):
        _note(test, "passed")

    def addSkip(self, test, reason):
        _note(test, "skipped", reason)
        _original["addSkip"](self, test, reason)

    def addError(self, test, err):
        self._note_error(test, err)
        _original["addError"](self, test, err)

    def addFailure(self, test, err):
        self._note_error(test, err)
        _original["addFailure"](self, test, err)

    def _note_error(self, test, err):
        # a soft failure is tried again
        if not self._soft_fail:
            case = getattr(test, "test_case", test)
            _note(case, "failed", self._exc_info_to_string(err, test))


class _Recorder(logging.Handler):
    def emit(self, record):
        # Odoo logs each failed test as well, and that there was none
        if record.args and record.args[0] in ("FAIL", "ERROR"):
            return
        if record.name == "odoo.tests.result":
            return
        _records.append(f"{record.levelname} {record.name}: {self.format(record)}")


_original = {name: getattr(OdooTestResult, name) for name in dir(OdooTestResult)}


def main(report, arguments):
    for name, method in vars(_CountingResult).items():
        if not name.startswith("__"):
            setattr(OdooTestResult, name, method)
    logging.getLogger().addHandler(_Recorder(logging.WARNING))
    sys.argv = ["odoo", *arguments]
    try:
        odoo.cli.command.main()
    finally:
        with open(report, "w", encoding="utf-8") as file:
            tests = [[name, *outcome] for name, outcome in _outcomes.items()]
            json.dump({"tests": tests, "log": _records}, file)


main(sys.argv[1], sys.argv[2:])
