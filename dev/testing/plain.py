"""The tests of rules/, scans/ and workbooks/, where nothing but these can be imported.

They stand in a package of the addon's name without the root's `__init__.py`, which
imports Odoo: so they find each other as they do in the addon.
"""

import os
import shutil
from xml.etree import ElementTree

from .workshop import PartError, Result, failed, passed

ROOMS = ("rules", "scans", "workbooks")
BESIDE = ("data", "tests/plain")


def run(workshop):
    with workshop.folder() as folder:
        for name in (*ROOMS, *BESIDE):
            target = folder / workshop.module if name in ROOMS else folder
            if (workshop.checkout / name).is_dir():
                shutil.copytree(
                    workshop.checkout / name,
                    target / name,
                    ignore=shutil.ignore_patterns("__pycache__"),
                )
        report = folder / "report.xml"
        code, output = workshop.run(
            *(workshop.python, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("--rootdir", folder, "--junitxml", report, folder / "tests" / "plain"),
            cwd=folder,
            env={"PYTHONPATH": str(folder), "HYPOTHESIS_STORAGE_DIRECTORY": os.devnull},
            log="test-plain.log",
        )
        if not report.exists():
            raise PartError("pytest wrote no report", output)
        results = list(_read(report))
    if code and not any(result.outcome == "failed" for result in results):
        results.append(failed("pytest", output))
    yield from results or [failed("plain tests", "no test was found in tests/plain")]


def _read(report):
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        bad = next((child for child in case if child.tag in ("failure", "error")), None)
        skip = case.find("skipped")
        if bad is not None:
            yield failed(name, bad.text or bad.get("message", ""))
        elif skip is not None:
            yield Result(name, "skipped", skip.get("message", ""))
        else:
            yield passed(name)
