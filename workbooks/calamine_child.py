"""Reads one .xls or .ods file from its input and writes its cells as JSON lines.

Run as a program of its own, with limits of its own (:mod:`.opening`): a library that
unpacks a whole sheet before anybody can count it must not do so in the server.
"""

import sys

sys.path.pop(0)  # the folder of this file: its modules are no program's

import datetime  # noqa: E402
import io  # noqa: E402
import json  # noqa: E402
import resource  # noqa: E402

MISSING, REFUSED, TOO_LARGE = 3, 4, 5


def main(memory, seconds, most):
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        from python_calamine import CalamineWorkbook, SheetVisibleEnum
    except ImportError:
        return MISSING
    content = sys.stdin.buffer.read()
    limit = _in_use() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheets_metadata:
            hidden = sheet.visible != SheetVisibleEnum.Visible
            if "Work" in str(sheet.typ):
                most = _write_sheet(book, sheet.name, hidden, most)
    except MemoryError:
        return TOO_LARGE
    except Exception as error:  # whatever it finds in a foreign file
        sys.stderr.write(type(error).__name__)
        return REFUSED
    return 0 if most >= 0 else TOO_LARGE


def _in_use():
    """Address space that is taken already, in bytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _write_sheet(book, name, hidden, most):
    sheet = book.get_sheet_by_name(name)
    out = sys.stdout
    merges = getattr(sheet, "merged_cell_ranges", None) or []
    out.write(json.dumps({"sheet": name, "hidden": hidden, "merges": merges}) + "\n")
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [
            (column, *_written(value))
            for column, value in enumerate(row, 1)
            if value is not None and value != ""
        ]
        most -= len(cells)
        if most < 0:
            return most
        if cells:
            out.write(json.dumps([number, cells]) + "\n")
    return most


def _written(value):
    """``(kind, value)`` of a cell."""
    if isinstance(value, datetime.datetime):
        return "day", value.isoformat()
    if isinstance(value, datetime.date):
        return "day", datetime.datetime.combine(value, datetime.time()).isoformat()
    if isinstance(value, datetime.time):
        return "time", value.isoformat()
    if isinstance(value, datetime.timedelta):
        return "text", str(value)
    if isinstance(value, str):
        return "text", value[:40_000]
    return "value", value


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
