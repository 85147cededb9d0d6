"""Test classes dealt out to processes, so that all end at about the same time."""

import ast
import json
import threading

from .workshop import read_json

# a class without a time of its own is taken to cost this much a test, in seconds
A_TEST, A_TOUR = 0.7, 12
_dealt = {}
_dealing = threading.Lock()


def deal(workshop, kind, count):
    """The ``--test-tags`` of each shard of the Odoo tests (``odoo``) or the browser's
    (``tours``): the same whenever it is asked in one run, though a part that ended
    meanwhile has changed what is remembered. The last takes whatever the others do not
    name: nothing is lost where a class was overlooked here.
    """
    with _dealing:
        if kind not in _dealt:
            _dealt[kind] = _deal(workshop, kind, count)
        return _dealt[kind]


def _deal(workshop, kind, count):
    is_tour = kind == "tours"
    everything = f"tour/{workshop.module}" if is_tour else f"/{workshop.module},-tour"
    prefix = "tour" if is_tour else ""
    hands = [[] for _hand in range(count)]
    loads = [0] * count
    seconds = read_json(_memory(workshop)) or {}
    weights = {
        name: seconds.get(name, tests * (A_TOUR if is_tour else A_TEST))
        for name, tests, tour in classes(workshop.checkout / "tests")
        if tour == is_tour
    }
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        lightest = loads.index(min(loads))
        hands[lightest].append(name)
        loads[lightest] += weights[name]
    named = [
        f"{prefix}/{workshop.module}:{name}" for hand in hands[:-1] for name in hand
    ]
    rest = ",".join([everything, *(f"-{tag.removeprefix('tour')}" for tag in named)])
    return [
        *(
            ",".join(f"{prefix}/{workshop.module}:{name}" for name in hand)
            + ("" if is_tour else ",-tour")
            for hand in hands[:-1]
        ),
        rest,
    ]


def classes(folder):
    """``(name, number of tests, is a tour)`` of each class of Odoo tests."""
    for path in sorted(folder.glob("*/test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                tests = sum(
                    isinstance(item, ast.FunctionDef) and item.name.startswith("test_")
                    for item in node.body
                )
                tags = [
                    argument.value
                    for decorator in node.decorator_list
                    if isinstance(decorator, ast.Call)
                    for argument in decorator.args
                    if isinstance(argument, ast.Constant)
                ]
                if tests:
                    yield node.name, tests, "tour" in tags


def remember(workshop, found):
    """Keep what each class took, for the next deal.

    :param dict found: seconds of each class that ran
    """
    path = _memory(workshop)
    seconds = {**(read_json(path) or {}), **found}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(seconds), encoding="utf-8")
    part.replace(path)


def _memory(workshop):
    # shared by all checkouts of the state folder: a new clone deals as well
    return workshop.state.parent.parent / "seconds.json"
