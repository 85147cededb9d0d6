"""The checkers: ruff, pylint-odoo, OCA's module checks, XML, shell, our own."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from xml.etree import ElementTree

from . import traps
from .workshop import Result, failed, passed, read_json

# What stands beside the addon in the checkout and is no part of it.
BESIDE = {"dev", "docs", "pyproject.toml", "CHANGELOG.md", "DEVELOPERS.md"}


def run(workshop):
    yield from _ruff(workshop)
    yield _shellcheck(workshop)
    yield _members(workshop)
    yield _tests_named(workshop)
    yield _program(workshop, "docs/ACCESS.md", "dev/access", "--check")
    yield _changelog(workshop)
    # Pylint takes the addon's name from its folder, and OCA's checks silently check
    # nothing in an addon that is the root of a git tree.
    with workshop.folder() as folder:
        addon = workshop.copy_addon(folder)
        yield _pylint(workshop, addon)
        yield _oca_module(workshop, addon)
        yield from _oca_po(workshop, addon)
        yield _xml(addon)
        yield from traps.check(addon)


def _program(workshop, name, *command, **options):
    code, output = workshop.run(*command, **options)
    return failed(name, output) if code else passed(name)


def _ruff(workshop):
    ruff = workshop.tools / "ruff"
    yield _program(workshop, "ruff check", ruff, "check", "--no-cache", "--quiet", ".")
    yield _program(
        workshop, "ruff format", ruff, "format", "--no-cache", "--quiet", "--diff", "."
    )


def _shellcheck(workshop):
    if not shutil.which("shellcheck"):
        return Result("shellcheck", "skipped", "shellcheck is not installed")
    scripts = [
        path
        for path in sorted((workshop.checkout / "dev").rglob("*"))
        if path.is_file()
        and b"shellcheck shell=bash" in path.read_bytes()[:30]
        or path.is_file()
        and path.read_bytes().startswith(b"#!/usr/bin/env bash")
    ]
    return _program(workshop, "shellcheck", "shellcheck", *scripts)


def _members(workshop):
    """Every file of the checkout is in the addon's list of members, or beside it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=workshop.checkout,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    tops = {path.partition("/")[0] for path in listed if path}
    tops = {top for top in tops if not top.startswith(".")}
    lost = tops - set(workshop.members) - BESIDE
    if lost:
        return failed(
            "members",
            f"{', '.join(sorted(lost))}: neither in MEMBERS (dev/lib/common.sh) nor"
            " in BESIDE (dev/testing/lint.py)",
        )
    return passed("members")


def _tests_named(workshop):
    """Every test that the list of threats names is there."""
    text = (workshop.checkout / "docs" / "MOI-DE-DOA.md").read_text()
    named = set(re.findall(r"`(test_\w+)`", text))
    there = {
        name
        for path in (workshop.checkout / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)\(", path.read_text())
    }
    if lost := named - there:
        return failed("tests named", f"docs/MOI-DE-DOA.md: {', '.join(sorted(lost))}")
    return passed("tests named") if named else failed("tests named", "none is named")


def _changelog(workshop):
    """One head a version, newest first and that of the manifest; under it each
    subject once, apart from what stands before it."""
    text = (workshop.checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    manifest = (workshop.checkout / "__manifest__.py").read_text(encoding="utf-8")
    parts = re.split(r"^## (\S+).*$", text, flags=re.M)[1:]
    versions = parts[::2]
    problems = []
    if f'"version": "{versions[0]}"' not in manifest:
        problems.append(f"the newest version, {versions[0]}, is not the manifest's")
    if versions != sorted(set(versions), key=_numbers, reverse=True):
        problems.append("a version stands twice, or not in its place")
    for version, body in zip(versions, parts[1::2], strict=True):
        heads = re.findall(r"^### (.*)$", body, flags=re.M)
        if len(heads) != len(set(heads)):
            problems.append(f"{version}: a subject stands twice")
        if re.search(r"[^\n]\n### ", body):
            problems.append(f"{version}: a head without a blank line before it")
    if problems:
        return failed("changelog", "\n".join(problems))
    return passed("changelog")


def _numbers(version):
    return [int(number) for number in version.split(".")]


def _pylint(workshop, addon):
    """Of what changed since it last passed; of everything where CI says so, where
    the checker or what it is told changed, and where a file went."""
    told = [
        f"--rcfile={workshop.checkout}/.pylintrc",
        # `_` of rules/ marks texts that are translated later (the trap "odoo _"
        # refuses Odoo's); one model may have several files
        "--disable=prefer-env-translation,consider-merging-classes-inherited",
    ]
    memory = workshop.state / "pylint.json"
    now = {"": _digest(f"{workshop.tools} {told}", workshop.checkout / ".pylintrc")}
    for path in sorted(addon.rglob("*.py")):
        now[str(path.relative_to(addon.parent))] = _digest("", path)
    before = {} if os.environ.get("CI") else read_json(memory) or {}
    if before.get("") != now[""] or not before.keys() <= now.keys():
        checked = [addon]
    else:
        checked = [name for name, digest in now.items() if before.get(name) != digest]
    name = "pylint-odoo"
    if not checked:
        return passed(name)
    result = _program(
        workshop, name, workshop.tools / "pylint", *told, *checked, cwd=addon.parent
    )
    if result.outcome == "passed":
        memory.write_text(json.dumps(now), encoding="utf-8")
    return result


def _digest(text, path):
    return hashlib.sha256(text.encode() + path.read_bytes()).hexdigest()


def _oca_module(workshop, addon):
    return _program(
        workshop,
        "oca-checks-odoo-module",
        workshop.tools / "oca-checks-odoo-module",
        "--disable=prefer-readme-rst,xml-field-numeric-without-eval",
        addon,
        cwd=addon.parent,
    )


def _oca_po(workshop, addon):
    catalogues = [*addon.glob("i18n/*.po"), *addon.glob("i18n/*.pot")]
    if catalogues:
        # its format empties a translation that equals its source
        yield _program(
            workshop,
            "oca-checks-po",
            workshop.tools / "oca-checks-po",
            "--disable=po-pretty-format",
            *catalogues,
            cwd=addon.parent,
        )


def _xml(addon):
    errors = []
    for path in sorted(addon.rglob("*.xml")):
        try:
            ElementTree.parse(path)
        except ElementTree.ParseError as error:
            errors.append(f"{path.relative_to(addon)}: {error}")
    return failed("XML", "\n".join(errors)) if errors else passed("XML")
