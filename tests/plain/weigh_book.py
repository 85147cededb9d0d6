"""Started as a program: reads, fills or marks one workbook, and says what it cost above
what was taken before the file was opened, its own processes included."""

import json
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from cadre_review.workbooks import (
    columns,
    forms,
    kinds,
    legacy,
    marking,
    opening,
    tables,
)
from cadre_review.workbooks.problems import Unreadable


def read(content):
    book = opening.open_any(content)
    for name in book.sheets:
        sheet = book.sheet(name)
        legacy.found_in(sheet.rows)
        layout = columns.find_layout(sheet, kinds.ROSTER)
        if layout:
            tables.read_table(sheet, layout, kinds.ROSTER)


def fill(content):
    for name, layout in forms.look_at(content).items():
        if layout:
            mapped = {number: code for code, number in layout.columns.items()}
            entries = [forms.Entry({"name": f"Người {n}"}) for n in range(300)]
            forms.fill(
                content, forms.Filling(name, layout.first, layout.last, mapped, entries)
            )


def mark(content):
    marks = [marking.Mark("S", row, "B", "x", "vì sao") for row in range(2, 2002)]
    marking.marked_copy(content, marks)


def peak():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main(way, path):
    content = Path(path).read_bytes()
    before, said = peak(), ""
    start = resource.getrusage(resource.RUSAGE_SELF)
    try:
        globals()[way](content)
    except Unreadable as error:
        said = str(error)
    used = [
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    seconds = sum(one.ru_utime + one.ru_stime for one in used)
    seconds -= start.ru_utime + start.ru_stime
    # a child's peak counts as if it came on top of ours
    megabytes = peak() - before + used[1].ru_maxrss / 1024 * bool(used[1].ru_utime)
    cost = {"said": said, "seconds": seconds, "megabytes": megabytes}
    sys.stdout.write(json.dumps(cost))


if __name__ == "__main__":
    main(*sys.argv[1:])
