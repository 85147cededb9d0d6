"""Patterns that are silently dead or invalid in Odoo 19, or forbidden here."""

import re
from dataclasses import dataclass

from .workshop import failed, passed


@dataclass(frozen=True)
class Trap:
    name: str
    files: str
    pattern: str
    remedy: str


PYTHON = r"(?!tests/).*\.py"
LOGIC = r"(models|wizards|reports|controllers)/(?!base/local_today\.py).*\.py"
XML = r".*\.xml"
LANGUAGES = {"py": "Python", "xml": "XML", "js": "JavaScript"}

TRAPS = (
    Trap("_sql_constraints", PYTHON, r"\b_sql_constraints\b", "models.Constraint"),
    Trap(
        "check_access_rights", PYTHON, r"\bcheck_access_r", "check_access, has_access"
    ),
    Trap("name_get", PYTHON, r"\bname_get\b", "_compute_display_name"),
    Trap("read_group", PYTHON, r"\.read_group\(", "_read_group"),
    Trap("group_operator", PYTHON, r"\bgroup_operator=", "aggregator="),
    Trap("osv", PYTHON, r"\bodoo\.osv\b", "odoo.fields.Domain"),
    Trap("self._cr", PYTHON, r"\bself\._(cr|uid|context)\b", "self.env.cr, …"),
    Trap(
        "bare _",
        PYTHON,
        r"^from \S+ import .*(?<!\w)_(?!\w)|^def _\(",
        "self.env._, or _lt of rules/texts.py in the plain rooms",
    ),
    Trap("type json", PYTHON, r"type=.json.\b", "type='jsonrpc'"),
    Trap("groups_id", PYTHON, r"\bgroups_id\b", "group_ids"),
    Trap(
        "text in an f-string",
        PYTHON,
        r"\bf[\"'].*\{[^}]*\b(_|_lt|env\._)\(",
        "a variable: Python before 3.12 does not export what stands there",
    ),
    Trap("_notify_progress", PYTHON, r"\b_notify_progress\b", "_commit_progress"),
    Trap("commit", LOGIC, r"\bcr\.(commit|rollback)\(", "ir.cron._commit_progress"),
    Trap(
        "today",
        LOGIC,
        r"\bcontext_today\b|\bdate\.today\(|\bDate\.today\b|\bdatetime\.(today|now)\(",
        "the campaign's own day: local_today(tz); a scheduled job's zone is UTC",
    ),
    Trap("tree", XML, r"<tree\b|view_mode\">[^<]*\btree\b", "<list>"),
    Trap("attrs", XML, r"\battrs=", "invisible=, readonly=, required="),
    Trap("t-esc", XML, r"\bt-(esc|raw)=", "t-out"),
    Trap("groups_id", XML, r"\bgroups_id\b", "group_ids"),
    Trap("group expand", XML, r"<group[^>]*\bexpand=", "a bare <group>"),
    Trap("oe_chatter", XML, r"\boe_chatter\b", "<chatter/>"),
    # what depends on how fast a machine is
    Trap("HttpCase", r"tests/(?!browser\.py).*\.py", r"\bHttpCase\b", "BrowserCase"),
    Trap(
        "tours",
        r"static/tests/(?!tours/tour_steps\.js).*\.js",
        r"web_tour\.tours",
        "addTour of tour_steps.js",
    ),
    Trap("group category", XML, r"category_id\" ref=\"base\.module", "privilege_id"),
)


def check(addon):
    files = {
        path.relative_to(addon).as_posix(): path
        for path in sorted(addon.rglob("*"))
        if path.suffix[1:] in LANGUAGES
    }
    for trap in TRAPS:
        found = []
        for name, path in files.items():
            if re.fullmatch(trap.files, name):
                lines = path.read_text(encoding="utf-8").splitlines()
                found += [
                    f"{name}:{number}: {line.strip()}"
                    for number, line in enumerate(lines, 1)
                    if re.search(trap.pattern, line)
                ]
        name = f"{trap.name} ({LANGUAGES[trap.files.rpartition('.')[2]]})"
        if found:
            yield failed(name, f"use {trap.remedy}:\n" + "\n".join(found))
        else:
            yield passed(name)
