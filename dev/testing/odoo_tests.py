"""The addon's Odoo tests, on a fresh database, and the browser tours on another."""

import re
from pathlib import Path

from .workshop import PartError, Result, failed, passed, read_json

# A test may only be skipped for want of something, which it must name.
NAMES_WHAT_IS_MISSING = re.compile(
    r"\w+ (is |are )?(missing|not installed|not found|not available)|needs \w+"
)


def run(workshop, tags=None):
    return _run(workshop, "odoo", tags or f"/{workshop.module},-tour")


def run_tours(workshop):
    """Tests tagged `tour`: those that need a browser."""
    return _run(workshop, "tours", f"tour/{workshop.module}")


def _run(workshop, part, tags):
    log = workshop.logs / f"test-{part}.log"
    report = workshop.logs / f"test-{part}.json"
    log.unlink(missing_ok=True)
    report.unlink(missing_ok=True)
    with workshop.database(part) as database:
        code, output = workshop.run(
            *(workshop.python, Path(__file__).parent / "inside.py", report),
            *("-d", database, "-i", workshop.module, "--test-tags", tags),
            *("--stop-after-init", "--http-port", "0", "--max-cron-threads", "0"),
            *("--screenshots", workshop.state / "screenshots"),
            log=log.name,
        )
    found = read_json(report)
    if found is None:
        end = "\n".join(output.splitlines()[-40:])
        raise PartError(f"Odoo ended without a report (whole log: {log})", end)
    yield from results(found, code)


def results(found, code):
    """Results of a report of inside.py; ``code`` is the exit code beside it."""
    tests = [Result(*test) for test in found["tests"]]
    for test in tests:
        if test.outcome == "skipped" and not NAMES_WHAT_IS_MISSING.search(test.detail):
            yield failed(test.name, f"skipped without what is missing: {test.detail}")
        else:
            yield test
    if not tests:
        yield failed("tests", "no test ran")
    if found["log"]:
        yield failed("unexpected warnings in the log", "\n".join(found["log"]))
    else:
        yield passed("no unexpected warning in the log")
    if code and not any(test.outcome == "failed" for test in tests):
        yield failed("exit code", f"Odoo ended with code {code}")
