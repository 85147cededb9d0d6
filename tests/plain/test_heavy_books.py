"""What a file of the permitted size may cost: reading, filling, marking."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from heavy_books import HEAVY

MEGABYTES, SECONDS = 250, 10
WEIGH = Path(__file__).with_name("weigh_book.py")
# those that cost most; dev/fuzz takes them all
WAYS = ("read", "fill", "mark")
WORST = [("texts in cells", "read"), ("rules", "mark"), ("styles", "fill")]
WORST += [
    ("tall merges", "read"),
    ("attributes", "fill"),
    ("one formula", "fill"),
    ("formulas", "fill"),
]
ALL = [(name, way) for name in HEAVY for way in WAYS]
CASES = ALL if os.environ.get("CADRE_REVIEW_HEAVY") else WORST


def weighed(path, way):
    done = subprocess.run(
        [sys.executable, str(WEIGH), way, str(path)],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize(("name", "way"), CASES)
def test_cost(tmp_path, name, way):
    path = tmp_path / "heavy.xlsx"
    path.write_bytes(HEAVY[name]())
    cost = weighed(path, way)
    assert cost["megabytes"] < MEGABYTES, cost
    assert cost["seconds"] < SECONDS, cost
