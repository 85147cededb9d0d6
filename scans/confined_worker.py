"""Started by :mod:`.confined` as a program of its own; nobody imports it."""

import importlib
import json
import logging
import sys
import types
from pathlib import Path

try:
    import resource
except ImportError:  # elsewhere only the judgement by headers holds
    resource = None

ROOT = "cadre_review"
ROOM = f"{ROOT}.scans"
# task → where its function stands; it takes the file and one to write to, and gives
# plain values
TASKS = {
    "look": ("pdf_files", "read"),
    "copy": ("pdf_files", "copy"),
    "page": ("photographs", "draw"),
}


def main(order):
    sys.path[:] = order["path"]
    # the modules beside this one, without all that their packages bring along: the
    # root's is Odoo itself
    folder = Path(__file__).parent
    for name, path in ((ROOT, folder.parent), (ROOM, folder)):
        package = types.ModuleType(name)
        package.__path__ = [str(path)]
        sys.modules[name] = package
    module, name = TASKS[order["task"]]
    task = getattr(importlib.import_module(f"{ROOM}.{module}"), name)
    heavy = importlib.import_module(f"{ROOM}.confined").TooHeavy
    if sys.platform == "linux":
        _confine(order)
    # the one thing said there is the answer
    logging.disable()
    try:
        answer = {"values": task(sys.stdin.buffer, sys.stdout.buffer)}
        sys.stdout.buffer.flush()
    except heavy as error:
        answer = {"why": error.why}
    except Exception:  # whatever a foreign file does to its reader, memory at its end
        answer = {"why": "heavy"}
    sys.stderr.write(json.dumps(answer))


def _confine(order):
    taken = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    )
    for limit, most in (
        (resource.RLIMIT_AS, taken + order["memory"]),
        (resource.RLIMIT_CPU, order["seconds"]),
        (resource.RLIMIT_FSIZE, order["written"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
