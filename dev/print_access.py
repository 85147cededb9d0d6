"""docs/ACCESS.md from the access spec that the matrix test holds against the ORM.

    python3 dev/print_access.py [--check]

Rooms, and what a model is called, come from the classes that define the models.
"""

import ast
import difflib
import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "ACCESS.md"
OPERATIONS = {"Read": "read", "Write": "write", "Create": "create", "Delete": "unlink"}
FILE_OPERATIONS = {"Read": "read", "Replace, delete": "write", "Add": "create"}
ELSE = "Everybody else with a role"
# fact of the spec -> (in the glossary, before values that have no words of their own)
FACTS = {
    "council": ("of the user’s council, or of no council", ""),
    "own": ("own, as the table of roles says", ""),
    "dossier": ("state of the dossier", "dossier "),
    "campaign": ("state of the campaign", "campaign "),
    "state": ("state of the record, or of that whose line it is", ""),
    "parent": ("state of its session or plan", ""),
    "result": ("state of the rating", "rating "),
    "keyed": ("keyed from paper", ""),
    "stage": ("stage of the opinion", ""),
    "about": ("what the event is about", "about "),
    "used": ("used by a rating", ""),
    "answered": ("answered", ""),
    "shared": ("shared", ""),
    "collective": ("about the collective", ""),
    "workplace": ("of the unit one works in", ""),
}
INTRODUCTION = """\
# Who may what

Printed by `dev/access` from `tests/security/access_spec.py`; do not edit. The matrix
test (`tests/security/test_security_matrix.py`) holds the spec against what the ORM lets
a user of each role do, in every state. What is not named is refused, to everybody.

A comma reads “and”; each line of a cell is a case of its own. A user who holds several
roles may what each of them may. “Own” and “of the council” end at the user’s council,
“always” does not. State, level and picture are written by moves, checked apart.
"""
FILES = """\
## Files

A file follows its record: whoever reads the record reads it, whoever writes the record
adds, replaces and deletes it. What was handed in nobody replaces or deletes. Before the
hand-in the office sees that a file is there, not what is in it, unless it brought it:
"""
WINDOWS = """\
## Windows

What is entered in a window is read by the one who opened it, and by nobody else.
"""


def load_spec():
    path = ROOT / "tests" / "security" / "access_spec.py"
    spec = importlib.util.spec_from_file_location("access_spec", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def models_by_room():
    """``{room: {model: description}}``, rooms in the order in which they are loaded."""
    rooms = {}
    for package in ("models", "wizards"):
        order = [name for _path, name in _imports(ROOT / package / "__init__.py")]
        for room in order:
            for path in sorted((ROOT / package / room).glob("*.py")):
                rooms.setdefault(room, {}).update(_defined_models(path))
    return rooms


def _imports(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module, alias.name) for alias in node.names)


def _defined_models(path):
    """Models that a file defines, not those it extends."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            values = {
                target.id: statement.value.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                and isinstance(statement.value, ast.Constant)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
            if {"_name", "_description"} <= set(values):
                yield values["_name"], values["_description"]


# ----------------------------------------------------------------------
# CONDITIONS IN WORDS
# ----------------------------------------------------------------------


def in_words(when, within=""):
    """A condition as the lines of a cell, or as a part within what is joined so."""
    if not when.parts:
        return when.words or _values_in_words(when)
    words = [in_words(part, when.joint) for part in when.parts]
    if when.joint == "and":
        return (" and " if within else ", ").join(words)
    return f"({' or '.join(words)})" if within else "<br>or ".join(words)


def _values_in_words(when):
    return ", ".join(
        FACTS[fact][1] + " or ".join(values) for fact, values in when.values.items()
    )


def glossary(spec):
    """What the named conditions ask, a line each."""
    for when in vars(spec).values():
        if isinstance(when, spec.When) and when.words and when.values:
            asked = "; ".join(
                _asked(FACTS[fact][0], values) for fact, values in when.values.items()
            )
            yield f"| {when.words} | {asked} |"


def _asked(fact, values):
    if values in ([True], [False]):
        return fact if values[0] else f"not {fact}"
    return f"{fact}: {', '.join(value or 'none' for value in values)}"


# ----------------------------------------------------------------------
# THE PAGE
# ----------------------------------------------------------------------


def rights_table(spec, access, operations):
    """A row for each set of roles that may the same."""
    rows = {}
    for role, rights in access.items():
        cells = tuple(
            in_words(rights[operation]) if rights.get(operation) else "–"
            for operation in operations.values()
        )
        rows.setdefault(cells, []).append(role)
    yield f"| Role | {' | '.join(operations)} |"
    yield "|---" * (len(operations) + 1) + "|"
    lines = [
        f"| {_names(spec, roles, access)} | {' | '.join(cells)} |"
        for cells, roles in rows.items()
    ]
    yield from sorted(lines, key=lambda line: line.startswith(f"| {ELSE}"))


def _names(spec, roles, access):
    """Roles by name, or everybody but those that stand in other rows."""
    others = [role for role in access if role not in roles]
    if len(roles) > len(others) and len(access) == len(spec.ROLES) - 1:
        return ELSE if others else "Everybody with a role"
    return ", ".join(spec.ROLES[role].name for role in roles)


def page(spec):
    classes = {
        "reference": spec.REFERENCE,
        "of a unit": spec.UNIT_SCOPED,
        "of the office": spec.OFFICE_ONLY,
    }
    lines = [INTRODUCTION, "## Roles", ""]
    lines += ["| Role | Group | Its own |", "|---|---|---|"]
    lines += [
        f"| {role.name} | `cadre_review_group_{role.group}` | {role.own} |"
        for role in spec.ROLES.values()
    ]
    lines += ["", "## Words", "", "| Words | What is asked |", "|---|---|"]
    lines += glossary(spec)
    windows = []
    for room, models in models_by_room().items():
        windows += [(name, models[name]) for name in models if name in spec.WIZARDS]
        kept = [name for name in models if name in spec.ACCESS]
        if kept:
            lines += ["", f"## Room `{room}`"]
        for name in sorted(kept):
            of_class = next(word for word, names in classes.items() if name in names)
            lines += ["", f"### {models[name]}", "", f"`{name}`, {of_class}", ""]
            lines += rights_table(spec, spec.ACCESS[name], OPERATIONS)
    lines += ["", FILES]
    for name, exceptions in sorted(spec.FILES.items()):
        access = {
            role: {"create": spec.ACCESS[name][role]["write"], **rights}
            for role, rights in exceptions.items()
        }
        lines += [f"### Files of `{name}`", ""]
        lines += [*rights_table(spec, access, FILE_OPERATIONS), ""]
    lines += [WINDOWS]
    lines += [
        f"- {description} (`{name}`{_of_admin(spec, name)})"
        for name, description in sorted(windows)
    ]
    return "\n".join(lines) + "\n"


def _of_admin(spec, name):
    return ", the administrator’s" if name in spec.OF_ADMIN else ""


def main(arguments):
    text = page(load_spec())
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    printed = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if printed == text:
        return 0
    changes = difflib.unified_diff(
        printed.splitlines(), text.splitlines(), "docs/ACCESS.md", "the spec", n=0
    )
    print("\n".join(changes))
    print("docs/ACCESS.md is not what the spec says: run dev/access.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
