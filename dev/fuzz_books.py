"""Damaged and heavy workbooks read, filled and marked; the worst of each is told."""

import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import weigh_book
from cadre_review.workbooks.problems import Unreadable
from heavy_books import HEAVY
from test_heavy_books import MEGABYTES, SECONDS, WAYS, weighed
from workbook_mutations import mutations

CHECKOUT = Path(__file__).parents[1]


def main(number):
    cases = sorted((CHECKOUT / "tests/plain/files/cases").glob("*.xlsx"))
    # the one with a cell on the last row is nothing for the library that spoils them
    bases = [path.read_bytes() for path in cases if "last-row" not in path.name]
    for way in WAYS:
        outcomes, slowest = Counter(), (0, "")
        for what, content in mutations(bases, number // len(WAYS), seed=way):
            start = time.process_time()
            try:
                getattr(weigh_book, way)(content)
                outcomes["done"] += 1
            except Unreadable:
                outcomes["refused"] += 1
            slowest = max(slowest, (time.process_time() - start, what))
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{way}: {dict(outcomes)}, slowest {slowest[0]:.2f} s ({slowest[1]}),")
        print(f"  {used} MB for the whole run")
    worst = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "heavy.xlsx")
        for name, make in HEAVY.items():
            path.write_bytes(make())
            for way in WAYS:
                cost = weighed(path, way)
                worst.append((cost["megabytes"], cost["seconds"], name, way))
                print(
                    f"{name}, {way}: {cost['megabytes']:.0f} MB, "
                    f"{cost['seconds']:.1f} s {cost['said'][:60]}"
                )
    print(
        f"most memory: {max(worst)}, most time: {max(w[1::-1] + w[2:] for w in worst)}"
    )
    if max(w[0] for w in worst) > MEGABYTES or max(w[1] for w in worst) > SECONDS:
        sys.exit("more than is allowed")


if __name__ == "__main__":
    main(int(sys.argv[1]))
