"""Opens a list whatever it was saved as: .xlsx, .xls, .ods or .csv.

All become a book with sheets of rows (:mod:`.reading`), and are read alike from there.
"""

import codecs
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from datetime import datetime, time
from pathlib import Path

from ..rules.texts import _lt
from .problems import Unreadable
from .reading import (
    _WHOLE,
    MEGABYTE,
    TOO_LARGE,
    ErrorValue,
    Limits,
    Row,
    Sheet,
    open_book,
)

_CHILD = Path(__file__).with_name("calamine_child.py")
_MISSING, _TOO_LARGE = 3, 5
_MEMORY, _SECONDS, _CELLS = 160 * MEGABYTE, 8, 300_000
_OUTPUT = 40 * MEGABYTE
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)\Z")
# the pages of Windows that Vietnamese offices wrote text in
_ENCODINGS = ("utf-8-sig", "cp1258", "cp1252")
_SEPARATORS = ";\t,|"


class SheetsBook:
    """A book that was read as a whole.

    :param note: what the user should know of the way it was read, a code
    """

    has_macros = False

    def __init__(self, sheets, note=""):
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self.sheets = {sheet.name: sheet.hidden for sheet in sheets}
        self.note = note

    def sheet(self, name):
        return self._sheets[name]


def open_any(content, limits=Limits()):  # noqa: B008 (frozen)
    """Open a file by its content.

    :raise Unreadable: no list, encrypted, damaged or too large
    """
    if len(content) <= limits.size:
        is_old = content.startswith(b"\xd0\xcf\x11\xe0")
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        if is_old and not is_locked or _is_ods(content):
            return SheetsBook(_through_calamine(content, limits), "old")
        if (rows := _csv_rows(content, limits)) is not None:
            return SheetsBook([Sheet("CSV", rows)], "csv")
    return open_book(content, limits)


def _is_ods(content):
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            if "mimetype" not in file.namelist():
                return False
            with file.open("mimetype") as part:
                return part.read(200).startswith(_ODS)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, KeyError):
        return False


# ----------------------------------------------------------------------
# .xls and .ods
# ----------------------------------------------------------------------


def _through_calamine(content, limits):
    """The sheets, read by a process of its own with bounds of its own."""
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(
                [
                    *(sys.executable, str(_CHILD)),
                    *(str(n) for n in (_MEMORY, _SECONDS, min(_CELLS, limits.cells))),
                ],
                input=content,
                stdout=out,
                stderr=subprocess.PIPE,
                timeout=10 * _SECONDS,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                },
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(TOO_LARGE) from error
        if done.returncode == _MISSING:
            raise Unreadable(
                _lt(
                    "Files of this kind cannot be read here: the Python library "
                    "python-calamine is missing. Save the list as .xlsx."
                )
            )
        if done.returncode == _TOO_LARGE or done.returncode < 0 or out.tell() > _OUTPUT:
            raise Unreadable(TOO_LARGE)
        if done.returncode:
            locked = b"assword" in done.stderr
            raise Unreadable(
                _lt("The file is locked with a password. Take it off.")
                if locked
                else _lt("The file is damaged. Open it and save it as .xlsx.")
            )
        out.seek(0)
        return _sheets_of(out, limits)


def _sheets_of(lines, limits):
    sheets, head, rows = [], None, []

    def close():
        if head:
            merges = tuple(
                (top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in head["merges"][: limits.merges]
            )
            sheets.append(Sheet(head["sheet"], tuple(rows), merges, head["hidden"]))

    for line in lines:
        said = json.loads(line)
        if isinstance(said, dict):
            close()
            head, rows = said, []
            continue
        number, cells = said
        cells = {c: _value(kind, v) for c, kind, v in cells if c <= limits.columns}
        rows.append(Row(number, cells))
        if len(rows) > limits.filled:
            raise Unreadable(TOO_LARGE)
    close()
    if not sheets:
        raise Unreadable(
            _lt("The file has no sheet with rows. Save it again as .xlsx.")
        )
    return sheets


def _value(kind, value):
    if kind == "day":
        return datetime.fromisoformat(value)
    if kind == "time":
        return time.fromisoformat(value)
    if kind == "text":
        return ErrorValue(value) if _ERROR.match(value) else value
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return int(value)
    return value


# ----------------------------------------------------------------------
# .csv
# ----------------------------------------------------------------------


def _csv_rows(content, limits):
    """The rows of a text with separators, or None where it is none."""
    if (
        content[:2] == b"PK"
        or content[:4] == b"\xd0\xcf\x11\xe0"
        or not content.strip()
    ):
        return None
    text = _decoded(content)
    if text is None or len(text) > limits.unpacked:
        return None
    separator = _separator(text)
    if not separator:
        return None
    csv.field_size_limit(131_072)
    rows, count = [], 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, line in enumerate(reader, 1):
            cells = {
                column: value
                for column, value in enumerate(line[: limits.columns], 1)
                if value.strip()
            }
            count += len(cells)
            if count > limits.cells or len(rows) > limits.filled:
                raise Unreadable(TOO_LARGE)
            if cells:
                rows.append(Row(number, cells))
    except csv.Error:
        return None
    return tuple(rows)


def _decoded(content):
    """The text, in whichever encoding makes the most of it."""
    for mark, name in (
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(name)
            except UnicodeDecodeError:
                return None
    if b"\x00" in content:
        return None
    for name in _ENCODINGS:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "cp1258" and not _has_tones(text):
            continue  # bytes of an old font: they are what cp1252 shows
        strange = sum(not (c.isprintable() or c in "\r\n\t") for c in text[:20_000])
        return text if strange * 50 <= len(text[:20_000]) else None
    return None


def _has_tones(text):
    """cp1258 writes tones as letters of their own, behind vowels."""
    return (
        len(
            re.findall(
                "[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][\u0300\u0301\u0303\u0309\u0323]", text
            )
        )
        > 1
    )


def _separator(text):
    """What stands between the values: it is there as often in most lines."""
    lines = [line for line in text[:200_000].splitlines()[:50] if line.strip()]
    best, best_share = "", 0
    for mark in _SEPARATORS:
        counts = Counter(line.count(mark) for line in lines)
        times, lines_with = max(
            ((n, c) for n, c in counts.items() if n), default=(0, 0), key=lambda x: x[1]
        )
        share = lines_with / len(lines) if lines else 0
        if times and share > best_share:
            best, best_share = mark, share
    return best if best_share >= 0.3 else ""
