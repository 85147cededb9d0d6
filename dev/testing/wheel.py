"""The wheel: only the addon in it, and it installs into a clean Odoo."""

import zipfile

from .workshop import failed, passed


def run(workshop):
    output = workshop.require("the wheel could not be built", "dev/wheel")
    wheel = output.splitlines()[-1]
    yield _check_content(workshop, wheel)
    with workshop.folder() as folder, workshop.database("wheel") as database:
        site = folder / "site"
        workshop.require(
            "pip could not install the wheel",
            *(workshop.python, "-m", "pip", "install", "--quiet", "--no-deps"),
            *("--no-index", "--target", site, wheel),
        )
        # nothing but the wheel can provide the addon
        env = {
            "ODOO_RC": str(workshop.config_with_addons(folder, "")),
            "PYTHONPATH": f"{workshop.odoo_root}:{site}",
        }
        workshop.require(
            "the addon did not install from the wheel",
            *(workshop.python, "-m", "odoo", "-d", database, "-i", workshop.module),
            *("--stop-after-init", "--no-http"),
            env=env,
            log="test-wheel.log",
        )
        yield passed("installs into a clean database")
        workshop.shell(
            database,
            workshop.checkout / "dev" / "load_scenario.py",
            env={**env, "LOGINS": str(folder / "logins")},
            log="test-wheel.log",
        )
        yield passed("the scenario loads from it")


def _check_content(workshop, wheel):
    prefix = f"odoo/addons/{workshop.module}/"
    names = zipfile.ZipFile(wheel).namelist()
    members = {
        name[len(prefix) :].partition("/")[0]
        for name in names
        if name.startswith(prefix)
    }
    strangers = [
        name
        for name in names
        if not name.startswith(prefix) and ".dist-info/" not in name
    ]
    strangers += sorted(members - set(workshop.members))
    missing = {
        member for member in workshop.members if (workshop.checkout / member).is_file()
    } - members
    if strangers or missing:
        return failed(
            "content of the wheel", f"strangers: {strangers}; missing: {missing}"
        )
    return passed("content of the wheel")
