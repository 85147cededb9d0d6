"""An upgrade from the version landed before this one, with a closed campaign in it.

dev/upgrade_before.py runs in the old version, with the scenario loaded;
dev/upgrade_after.py in the new one. Both see FACTS, the path of a JSON file in which
the first writes what the second must find.
"""

import io
import re
import subprocess
import tarfile

from .workshop import passed

VERSION = re.compile(r'"version": "([^"]+)"')


def run(workshop):
    with workshop.folder() as folder, workshop.database("upgrade") as database:
        old, what = _previous_tree(workshop, folder)
        workshop.copy_addon(folder / "addons", old)
        env = {
            "ODOO_RC": str(workshop.config_with_addons(folder, folder / "addons")),
            "FACTS": str(folder / "facts.json"),
            "LOGINS": str(folder / "logins"),
        }
        dev, log = workshop.checkout / "dev", "test-upgrade.log"
        workshop.shell(database, dev / "activate_vietnamese.py")
        _odoo(workshop, f"{what} did not install", database, "-i", env)
        workshop.shell(database, dev / "load_scenario.py", env, log)
        workshop.shell(database, dev / "upgrade_before.py", env, log)
        yield passed(f"{what} installs and closes a campaign")
        del env["ODOO_RC"]
        _odoo(workshop, "the upgrade failed", database, "-u", env)
        workshop.shell(database, dev / "upgrade_after.py", env, log)
        yield passed(f"from {what} to the working tree")


def _odoo(workshop, sentence, database, mode, env):
    workshop.require(
        sentence,
        *(workshop.python, "-m", "odoo", "-d", database, mode, workshop.module),
        *("--stop-after-init", "--no-http"),
        env=env,
        log="test-upgrade.log",
    )


def _previous_tree(workshop, folder):
    """The newest commit whose manifest has another version, else this very tree."""

    def git(*arguments):
        done = subprocess.run(
            ["git", *arguments], cwd=workshop.checkout, capture_output=True
        )
        return done.stdout if done.returncode == 0 else b""

    current = _version((workshop.checkout / "__manifest__.py").read_bytes())
    # the version lasted until the commit before the one that brought the next
    touched = (
        git("log", "--first-parent", "--format=%H", "--", "__manifest__.py")
        .decode()
        .split()
    )
    lasts = ["HEAD", *(f"{commit}^" for commit in touched)]
    for commit in lasts:
        version = _version(git("show", f"{commit}:__manifest__.py"))
        if version and version != current:
            commit = git("rev-parse", commit).decode().strip()
            old = folder / "old"
            with tarfile.open(fileobj=io.BytesIO(git("archive", commit))) as archive:
                archive.extractall(old)
            return old, f"version {version} ({commit[:10]})"
    return workshop.checkout, "the working tree itself (no earlier version)"


def _version(manifest):
    found = VERSION.search(manifest.decode())
    return found and found[1]
