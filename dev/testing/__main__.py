"""Runs the parts, two at a time, and counts."""

import argparse
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor, as_completed

from . import installed, lint, odoo_tests, plain, upgrade, urging, wheel
from .workshop import PartError, Workshop, failed

# What others wait for first, then the longest; the short ones fill up the end.
PARTS = {
    "installed": {"installed": installed.run},
    "lint": {"lint": lint.run},
    "odoo": odoo_tests.parts("odoo"),
    "tours": odoo_tests.parts("tours"),
    "plain": {"plain": plain.run},
    "upgrade": {"upgrade": upgrade.run},
    "urging": {"urging": urging.run},
    "wheel": {"wheel": wheel.run},
}
# What works on a copy of the installed addon.
COPIES = {"odoo", "tours", "urging"}
# Of each part the slowest are named, if they take this many seconds.
SLOW = 5
PREFIX = "odoo.addons.cadre_review.tests."


def main():
    options, start = parse_options(), time.monotonic()
    workshop = Workshop()
    workshop.drop_leftovers()
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [
            pool.submit(run_part, workshop, name, part)
            for name, part in chosen_parts(options).items()
        ]
        for job in as_completed(jobs):
            for result in report(*job.result()):
                counts[result.outcome] += 1
    if not sum(counts.values()):
        counts["failed"] = 1
        print("nothing ran")
    print(f"\nin {time.monotonic() - start:.0f} s")
    line = "{passed} passed, {failed} failed".format(**counts)
    if counts["skipped"]:
        line += ", {skipped} skipped".format(**counts)
    print(line, flush=True)
    return 1 if counts["failed"] else 0


def parse_options():
    parser = argparse.ArgumentParser(prog="dev/test")
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--tags", help="Odoo's --test-tags, for one run of Odoo tests")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"unknown part {', '.join(unknown)}; known: {', '.join(PARTS)}")
    return options


def chosen_parts(options):
    if options.tags:
        return {
            **PARTS["installed"],
            "odoo": lambda workshop: odoo_tests.run(workshop, "odoo", options.tags),
        }
    chosen = set(options.parts or PARTS)
    if chosen & COPIES:
        chosen.add("installed")
    return {
        name: part
        for group, parts in PARTS.items()
        if group in chosen
        for name, part in parts.items()
    }


def run_part(workshop, name, part):
    print(f"· {name} …", flush=True)
    start = time.monotonic()
    results = []
    try:
        for result in part(workshop):
            results.append(result)
    except PartError as error:
        results.append(failed(name, str(error)))
    except Exception:  # the other parts still run, and are counted
        results.append(failed(name, traceback.format_exc()))
    return name, results, time.monotonic() - start


def report(name, results, seconds):
    bad = [result for result in results if result.outcome != "passed"]
    good = len(results) - len(bad)
    queries = sum(result.queries for result in results)
    print(
        f"\n== {name}: {good} of {len(results)} passed, {seconds:.0f} s"
        + (f", {queries:,} queries" if queries else "")
    )
    for result in sorted(results, key=lambda result: -result.seconds)[:3]:
        if result.seconds > SLOW:
            print(
                f"   {result.seconds:.0f} s, {result.queries:,} queries: "
                f"{result.name.removeprefix(PREFIX)}"
            )
    for result in bad:
        print(f"{result.outcome.upper()}: {name}: {result.name}")
        if result.detail:
            print("    " + result.detail.replace("\n", "\n    "))
    sys.stdout.flush()
    return results


sys.exit(main())
