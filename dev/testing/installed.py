"""The addon installed once, into a database that the other parts copy.

It is installed anew whenever anything of the addon, or what it is installed with,
has changed, and always where CI says so; the same content is taken as it is.
"""

import functools
import hashlib
import os
import threading

from .workshop import PartError, failed, passed, read_json

ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""
_tried = threading.Event()


def run(workshop):
    """Install, or find installed; the log of the installation must be clean."""
    try:
        name = _name(workshop)
        if workshop.has_database(name) and not os.environ.get("CI"):
            return [passed("installed before, with the same content")]
        for old in workshop.databases(f"addon_{workshop.key}_"):
            workshop.run("dev/db", "drop", old)
        part = f"test_{workshop.key}_{os.getpid()}_installed"
        if warnings := _install(workshop, part):
            workshop.run("dev/db", "drop", part)
            return [failed("unexpected warnings in the log", "\n".join(warnings))]
        # a browser test would make them anew, in each database
        workshop.shell(part, text=ASSETS, log="test-installed.log")
        workshop.require("no copy could be kept", "dev/db", "rename", part, name)
        return [passed("installs into a clean database, without a warning")]
    finally:
        _tried.set()


def database(workshop):
    """The name of that database; waits until :func:`run` has ended.

    :raise PartError: it could not be made, which is counted there as well
    """
    _tried.wait()
    name = _name(workshop)
    if not workshop.has_database(name):
        raise PartError("the addon is not installed")
    return name


def _install(workshop, name):
    report = workshop.logs / "test-installed.json"
    report.unlink(missing_ok=True)
    workshop.require("the database could not be made", "dev/db", "new", name)
    workshop.require(
        "the addon did not install",
        *(workshop.python, workshop.checkout / "dev/testing/inside.py", report),
        *("-d", name, "-i", workshop.module, "--stop-after-init", "--no-http"),
        log="test-installed.log",
    )
    return read_json(report)["log"]


@functools.cache
def _name(workshop):
    """That of the content at the start, whatever is typed while it runs."""
    digest = hashlib.sha256(f"{workshop.odoo_root} {os.environ['TEMPLATE']}".encode())
    for member in workshop.members:
        if member == "tests":
            continue  # nothing of them is in the database
        path = workshop.checkout / member
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(workshop.checkout)).encode())
                # a changed time makes the browser's bundles stale
                if file.suffix in (".js", ".scss", ".xml"):
                    digest.update(str(file.stat().st_mtime_ns).encode())
                digest.update(file.read_bytes())
    return f"addon_{workshop.key}_{digest.hexdigest()[:12]}"
