"""Time, SQL count and peak memory of operations, each beside its floor.

An operation is a file ``dev/bench_<name>.py`` with

``FLOOR``
    one sentence: what the floor is.
``setup(env, n)``
    makes what both need for ``n`` units and returns it, whatever it is. Not measured.
``run(env, made)``
    the operation itself, as the product does it.
``floor(env, made)``
    the least work that leaves the same rows.
``PARTS``
    names, where one figure would hide which part costs it: each part is measured by
    itself, and its name is the third argument of ``run`` and ``floor``.

Each measurement runs in a savepoint that is rolled back afterwards, so ``run`` and
``floor`` start from the same rows every time; neither may commit. They take turns in
one process; shown are the medians. Peak memory is what Python allocated over what it
held at the start, from a turn of its own, since tracing it costs time.
"""

import argparse
import gc
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import time
import tracemalloc
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from unittest.mock import patch

SIZES = "17,170,3321"
MEGABYTE = 2**20


@dataclass(frozen=True)
class Cost:
    """``seconds`` and ``queries`` are medians; ``peak`` is in megabytes."""

    seconds: float
    queries: int
    peak: float

    def ratios(self, floor):
        return {
            name: round(value / (getattr(floor, name) or 1), 2)
            for name, value in asdict(self).items()
        }


def main(env, arguments):
    options = parse_options(arguments)
    rows = []
    print(HEADER)
    for operation in operations(options.operations):
        for n in map(int, options.sizes.split(",")):
            for row in measure(env, operation, n, options.repeat):
                rows.append(row)
                print(line(row), flush=True)
    for operation in operations(options.operations):
        print(f"floor of {operation.__name__}: {operation.FLOOR}")
    write(rows, options.json)


def parse_options(arguments):
    parser = argparse.ArgumentParser(prog="dev/bench")
    parser.add_argument("operations", nargs="*", metavar="OPERATION")
    parser.add_argument("--sizes", default=SIZES, help="numbers of units")
    parser.add_argument("--repeat", type=int, default=3, help="turns of each")
    parser.add_argument("--json", type=Path, help="where to write the figures as well")
    return parser.parse_args(arguments)


def operations(names):
    """The modules dev/bench_*.py, or those that are named."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if not names or name in names:
            yield load(path.stem)


def load(stem):
    """One operation's file; another operation may use what it makes."""
    path = Path(__file__).with_name(f"{stem}.py")
    name = stem.removeprefix("bench_")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(env, operation, n, repeat):
    """Both costs of each part of one operation at one size; what it made is rolled
    back."""
    with undone(env):
        made = operation.setup(env, n)
        env.flush_all()
        for part in getattr(operation, "PARTS", (None,)):
            of_part = (made,) if part is None else (made, part)
            name = ".".join(filter(None, (operation.__name__, part)))
            yield {
                "operation": name,
                "units": n,
                **compare(env, operation, of_part, repeat),
            }


def compare(env, operation, made, repeat):
    sides = {"run": operation.run, "floor": operation.floor}
    turns = {side: [] for side in sides}
    peaks = {}
    for turn in range(repeat + 1):
        for side, work in sides.items():
            seconds, queries = once(env, work, made)
            if turn:  # the first turn warms the caches
                turns[side].append((seconds, queries))
    for side, work in sides.items():
        peaks[side] = peak(env, work, made)
    costs = {
        side: Cost(
            round(statistics.median(seconds for seconds, _queries in done), 4),
            int(statistics.median(queries for _seconds, queries in done)),
            round(peaks[side], 2),
        )
        for side, done in turns.items()
    }
    return {
        "run": asdict(costs["run"]),
        "floor": asdict(costs["floor"]),
        "ratio": costs["run"].ratios(costs["floor"]),
    }


class undone:
    """A savepoint that is always rolled back, with the ORM's cache emptied."""

    def __init__(self, env):
        self.env = env

    def __enter__(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.savepoint = self.env.cr.savepoint(flush=False)

    def __exit__(self, *error):
        self.env.invalidate_all(flush=False)
        self.savepoint.close(rollback=True)


def once(env, work, made):
    gc.collect()
    with undone(env), forbid_commit(env):
        queries = env.cr.sql_log_count
        start = time.perf_counter()
        work(env, *made)
        env.flush_all()
        return time.perf_counter() - start, env.cr.sql_log_count - queries


def peak(env, work, made):
    gc.collect()
    with undone(env), forbid_commit(env):
        tracemalloc.start()
        try:
            held, _peak = tracemalloc.get_traced_memory()
            work(env, *made)
            env.flush_all()
            return (tracemalloc.get_traced_memory()[1] - held) / MEGABYTE
        finally:
            tracemalloc.stop()


def forbid_commit(env):
    def refuse(*_args):
        raise AssertionError("a measured operation must not commit")

    return patch.object(type(env.cr), "commit", refuse)


COLUMNS = "{:<22}{:>7} |{:>9}{:>9}{:>7} |{:>8}{:>8}{:>7} |{:>9}{:>9}{:>7}"
HEADER = COLUMNS.format(
    *("operation", "units", "seconds", "floor", "ratio"),
    *("SQL", "floor", "ratio", "peak MB", "floor", "ratio"),
)


def line(row):
    figures = []
    for name in ("seconds", "queries", "peak"):
        figures += [row[side][name] for side in ("run", "floor", "ratio")]
    return COLUMNS.format(row["operation"], row["units"], *figures)


def write(rows, also):
    now = datetime.now(timezone.utc)
    text = json.dumps(
        {
            "made": now.isoformat(timespec="seconds"),
            "commit": commit(),
            "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
            "python": platform.python_version(),
            "rows": rows,
        },
        indent=1,
    )
    own = Path(os.environ["CHECKOUT_STATE"], "bench", f"{now:%Y%m%d-%H%M%S}.json")
    own.parent.mkdir(exist_ok=True)
    for path in filter(None, (own, also)):
        path.write_text(text + "\n", encoding="utf-8")
        print(f"written: {path}")


def commit():
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=os.environ["CHECKOUT"],
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()
