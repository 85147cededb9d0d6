"""What dev/test found and made ready, and how a part runs things with it."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """The outcome of one check or one test: passed, failed or skipped."""

    name: str
    outcome: str
    detail: str = ""
    seconds: float = 0
    queries: int = 0


def passed(name, detail=""):
    return Result(name, "passed", detail)


def failed(name, detail):
    return Result(name, "failed", detail.strip())


class Workshop:
    """The checkout, the state folder and the programs, as dev/test exported them."""

    def __init__(self, environ=os.environ):
        self.checkout = Path(environ["CHECKOUT"])
        self.state = Path(environ["CHECKOUT_STATE"])
        self.key = environ["CHECKOUT_KEY"]
        self.module = environ["MODULE"]
        self.members = environ["ADDON_MEMBERS"].split()
        self.python = environ["PYTHON"]
        self.tools = Path(environ["TOOLS"])
        self.config = Path(environ["ODOO_RC"])
        self.logs = self.state / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.odoo_root = environ["ODOO_ROOT"]

    # -- files -----------------------------------------------------------------

    @contextlib.contextmanager
    def folder(self):
        """A temporary folder outside any git tree."""
        path = Path(tempfile.mkdtemp(prefix="cadre_review_"))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def copy_addon(self, target, source=None):
        """Copy the addon's members under ``target``/cadre_review; return that."""
        addon = Path(target) / self.module
        addon.mkdir(parents=True)
        for member in self.members:
            path = (source or self.checkout) / member
            if path.is_dir():
                shutil.copytree(
                    path,
                    addon / member,
                    ignore=shutil.ignore_patterns("__pycache__"),
                )
            elif path.exists():
                shutil.copy(path, addon / member)
        return addon

    # -- programs --------------------------------------------------------------

    def run(self, *command, cwd=None, env=None, stdin=None, log=None):
        """Run a program; return its exit code and all that it wrote."""
        done = subprocess.run(
            [str(word) for word in command],
            cwd=cwd or self.checkout,
            env={**os.environ, "PYTHONPATH": self.odoo_root, **(env or {})},
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        if log:
            with open(self.logs / log, "a", encoding="utf-8") as file:
                file.write(done.stdout)
        return done.returncode, done.stdout

    def require(self, sentence, *command, **options):
        """Run a program that must succeed."""
        code, output = self.run(*command, **options)
        if code:
            raise PartError(sentence, "\n".join(output.splitlines()[-40:]))
        return output

    def odoo(self, *arguments, **options):
        return self.run(self.python, "-m", "odoo", *arguments, **options)

    def shell(self, database, script=None, env=None, log=None, text=None):
        """Run a script, or a text, in ``odoo shell``; to raise is an error."""
        return self.require(
            f"{Path(script).name if script else 'a step'} failed",
            *(self.python, "-m", "odoo", "shell", "-d", database, "--no-http"),
            stdin=text or Path(script).read_text(encoding="utf-8"),
            env=env,
            log=log,
        )

    # -- databases -------------------------------------------------------------

    @contextlib.contextmanager
    def database(self, name, source=""):
        """A copy of ``source``, or a fresh database with base, web and mail; dropped
        at the end."""
        name = f"test_{self.key}_{os.getpid()}_{name}"
        self.require("the database could not be made", "dev/db", "new", name, source)
        try:
            yield name
        finally:
            self.run("dev/db", "drop", name)

    def drop_leftovers(self):
        """Drop the databases of runs of this checkout that were killed."""
        for name in self.databases(f"test_{self.key}_"):
            owner = name.split("_")[2]
            if owner.isdigit() and not Path("/proc", owner).exists():
                self.run("dev/db", "drop", name)

    def databases(self, prefix):
        """The names of all databases that begin so."""
        names = self.require("no database", "dev/db", "list").split()
        return [name for name in names if name.startswith(prefix)]

    def has_database(self, name):
        return name in self.databases(name)

    def config_with_addons(self, folder, addons):
        """A copy of Odoo's configuration that finds the addon elsewhere."""
        lines = self.config.read_text().splitlines()
        own = str(self.state / "addons")
        path = folder / "odoo.conf"
        path.write_text("\n".join(line.replace(own, str(addons)) for line in lines))
        return path


class PartError(Exception):
    """A part cannot go on: what failed, and the end of what was written."""

    def __str__(self):
        return "\n".join(self.args)


def read_json(path):
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
