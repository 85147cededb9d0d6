"""The addon's Odoo tests and the browser's tours, each dealt to two processes."""

import re
from pathlib import Path

from . import installed, shards
from .workshop import PartError, Result, failed, passed, read_json

# A test may only be skipped for want of something, which it must name.
NAMES_WHAT_IS_MISSING = re.compile(
    r"\w+ (is |are )?(missing|not installed|not found|not available)|needs \w+"
)
SHARDS = 2


def parts(kind):
    """``{name: part}``: the shards of ``odoo`` or of ``tours``, tests tagged `tour`."""

    def shard(number):
        return lambda workshop: run(
            workshop,
            f"{kind}-{number}",
            shards.deal(workshop, kind, SHARDS)[number - 1],
        )

    return {f"{kind}-{number}": shard(number) for number in range(1, SHARDS + 1)}


def run(workshop, part, tags):
    log = workshop.logs / f"test-{part}.log"
    report = workshop.logs / f"test-{part}.json"
    log.unlink(missing_ok=True)
    report.unlink(missing_ok=True)
    with workshop.database(part, installed.database(workshop)) as database:
        code, output = workshop.run(
            *(workshop.python, Path(__file__).parent / "inside.py", report),
            *("-d", database, "--test-tags", tags),
            *("--stop-after-init", "--http-port", "0", "--max-cron-threads", "0"),
            *("--screenshots", workshop.state / "screenshots"),
            log=log.name,
        )
    found = read_json(report)
    if found is None:
        end = "\n".join(output.splitlines()[-40:])
        raise PartError(f"Odoo ended without a report (whole log: {log})", end)
    if "." not in tags and not code:
        shards.remember(workshop, _seconds(found))
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


def _seconds(found):
    """What each class took, with what it set up."""
    return {
        name.rpartition(".")[2]: sum(cost["seconds"] for cost in costs.values())
        for name, costs in found["classes"].items()
    }
