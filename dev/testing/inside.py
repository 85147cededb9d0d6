"""Runs Odoo's command line and counts its tests and log in the process itself.

Odoo's last line counts a skipped test as run, and logs skips as mere information.

    python inside.py REPORT.json ODOO-ARGUMENT...

The report: ``tests``, the list of [name, outcome, detail, seconds, queries];
``classes``, of each class of tests the seconds and queries of what it sets up
(``set_up``) and of its tests (``tests``); ``log``, the records of level WARNING and
above that no test expected.
"""

import json
import logging
import sys
import time
from collections import defaultdict

import odoo.cli
from odoo import sql_db
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite

_outcomes = {}
_starts = {}
_records = []
_classes = defaultdict(
    lambda: {side: {"seconds": 0, "queries": 0} for side in ("set_up", "tests")}
)


def _now():
    # tests freeze time.time() and its like
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def _start():
    return _now(), sql_db.sql_counter


def _since(start):
    return round(_now() - start[0], 2), sql_db.sql_counter - start[1]


def _note(test, outcome, detail=""):
    name = test.id()
    # a test with several failed subtests, or one that failed before its tear-down
    before = _outcomes.get(name)
    if before and before[0] == "failed":
        outcome, detail = "failed", f"{before[1]}\n{detail}".strip()
    seconds, queries = _since(_starts.get(name, _start()))
    _outcomes[name] = (outcome, detail, seconds, queries)


def _add(test, side, start):
    cost = _classes[f"{type(test).__module__}.{type(test).__name__}"][side]
    seconds, queries = _since(start)
    cost["seconds"] = round(cost["seconds"] + seconds, 2)
    cost["queries"] += queries


class _CountingResult:
    """Methods to put over those of OdooTestResult."""

    def startTest(self, test):
        _starts[test.id()] = _start()
        _original["startTest"](self, test)

    def stopTest(self, test):
        _original["stopTest"](self, test)
        _add(test, "tests", _starts[test.id()])

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


def _set_up_class(suite, test, result):
    start = _start()
    _handle_class_set_up(suite, test, result)
    _add(test, "set_up", start)


class _Recorder(logging.Handler):
    def emit(self, record):
        # Odoo logs each failed test as well, and that there was none
        if record.args and record.args[0] in ("FAIL", "ERROR"):
            return
        if record.name == "odoo.tests.result":
            return
        _records.append(f"{record.levelname} {record.name}: {self.format(record)}")


_original = {name: getattr(OdooTestResult, name) for name in dir(OdooTestResult)}
_handle_class_set_up = OdooSuite._handleClassSetUp


def main(report, arguments):
    for name, method in vars(_CountingResult).items():
        if not name.startswith("__"):
            setattr(OdooTestResult, name, method)
    OdooSuite._handleClassSetUp = _set_up_class
    logging.getLogger().addHandler(_Recorder(logging.WARNING))
    sys.argv = ["odoo", *arguments]
    try:
        odoo.cli.command.main()
    finally:
        with open(report, "w", encoding="utf-8") as file:
            tests = [[name, *outcome] for name, outcome in _outcomes.items()]
            json.dump({"tests": tests, "classes": _classes, "log": _records}, file)


main(sys.argv[1], sys.argv[2:])
