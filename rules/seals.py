"""The manifest of a closed campaign: one line for each file and each row, with its
SHA-256, and what differs when it is made again.

Lines are read and compared one by one: memory does not grow with their number.

This file needs nothing but Python. It goes into each archive, where it says what in
the archive no longer is what was sealed: ``python3 kiem-tra.py archive.zip``.
"""

import csv
import gzip
import hashlib
import io
import json
import sys
import zipfile
from dataclasses import dataclass

CHUNK = 2**20
SCHEMA = "manifest/2"
FILES = "file"
# of a file, in the order of its marks
FILE_COLUMNS = ("name", "res_model", "res_id", "res_field", "type", "url", "mimetype")
CONTENT = "content"
MARK = 4  # hexadecimal digits for each value: where it differs, not whether
# in an archive
FOLDER = "NIEM-PHONG"
PROGRAM = "kiem-tra.py"
SUMS = "SHA256SUMS"
# its list of files, and in it the columns with their paths and numbers
LIST, PATH, NUMBER = "manifest.csv", "Tệp", "Mã tệp"
ROWS = f"{FOLDER}/so-lieu.jsonl.gz"
MANIFEST = "niem-phong-%s.jsonl.gz"


@dataclass(frozen=True)
class Line:
    """``part`` is ``file`` or the name of a model; lines of one part stand together,
    in the order of their ids.

    :param marks: a few digits for each value, to name what changed; none in a
        ``manifest/1``
    """

    part: str
    id: int
    name: str
    sha256: str
    marks: str = ""

    @property
    def key(self):
        return (self.part, self.id)


@dataclass(frozen=True)
class Difference:
    """``what`` is ``changed``, ``missing`` or ``added``.

    :param line: as it was sealed, or as it came
    :param columns: numbers of the values that differ, as far as the marks tell
    :param content: whether the bytes of a file differ
    """

    what: str
    line: Line
    columns: tuple[int, ...] = ()
    content: bool = False


def file_digest(path):
    """SHA-256 of a file, read once in pieces; empty where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return _digest(file)
    except OSError:
        return ""


def _digest(file):
    digest = hashlib.sha256()
    while piece := file.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def marks(texts):
    """The marks of values, each given as JSON text."""
    return "".join(hashlib.sha256(t.encode()).hexdigest()[:MARK] for t in texts)


def write(head, lines):
    """The manifest as compressed text.

    :param dict head: plain values: what is sealed, when, by whom, which columns
    :param lines: iterable of :class:`Line`, each part in one piece, ids rising
    :return: (bytes, number of lines)
    """
    packed, count = io.BytesIO(), 0
    # no time in the bytes: the same manifest always has the same fingerprint
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(_text({"schema": SCHEMA, **head}))
        for line in lines:
            file.write(_text([line.part, line.id, line.name, line.sha256, line.marks]))
            count += 1
    return packed.getvalue(), count


def read_head(packed):
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
        return json.loads(file.readline())


def read(packed):
    """The lines of a manifest, one by one."""
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
        file.readline()
        for text in file:
            yield Line(*json.loads(text))


def differences(then, now, parts):
    """What differs between two manifests.

    :param then: lines that were kept
    :param now: lines as they are
    :param parts: the parts in their order
    """
    order = {part: index for index, part in enumerate(parts)}
    then, now = iter(then), iter(now)
    before, after = next(then, None), next(now, None)
    while before or after:
        if not after or (before and _place(before, order) < _place(after, order)):
            yield Difference("missing", before)
            before = next(then, None)
        elif not before or _place(after, order) < _place(before, order):
            yield Difference("added", after)
            after = next(now, None)
        else:
            if found := difference(before, after):
                yield found
            before, after = next(then, None), next(now, None)


def difference(before, after):
    """What differs between a line and the same line made again, or None."""
    if not after.sha256:  # nothing is left to read
        return Difference("missing", before)
    content = before.sha256 != after.sha256
    if not content and before.marks == after.marks:
        return None
    columns = tuple(
        number
        for number in range(max(len(before.marks), len(after.marks)) // MARK)
        if _mark(before, number) != _mark(after, number)
    )
    return Difference("changed", before, columns, content)


def _mark(line, number):
    return line.marks[number * MARK : (number + 1) * MARK]


def _place(line, order):
    return order.get(line.part, len(order)), line.part, line.id


def _text(value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{text}\n".encode()


# ----------------------------------------------------------------------
# An archive, outside Odoo
# ----------------------------------------------------------------------


class _Number(str):
    """A number as it is written: 1.50 is not 1.5 here."""


def check_archive(path):
    """What in an archive is not as it was sealed, line by line in Vietnamese; what
    begins with a blank only informs.

    :param path: of the zip, or a readable file
    """
    with zipfile.ZipFile(path) as archive:
        digests = {}
        for info in archive.infolist():
            with archive.open(info) as file:
                digests[info.filename] = _digest(file)
        yield from _check_sums(archive, digests)
        start = f"{FOLDER}/{MANIFEST.partition('%s')[0]}"
        manifests = sorted(name for name in digests if name.startswith(start))
        if not manifests:
            yield "Không có bản niêm phong trong tệp nén."
        for name in manifests:
            packed = archive.read(name)
            yield f" {name}: mã niêm phong {hashlib.sha256(packed).hexdigest()}"
            yield from _check_manifest(archive, packed, digests)


def _check_sums(archive, digests):
    listed = {}
    if SUMS in digests:
        for line in archive.read(SUMS).decode().splitlines():
            digest, _blank, name = line.partition("  ")
            listed[name] = digest
    else:
        yield f"Thiếu: {SUMS}"
    for name, digest in listed.items():
        if name not in digests:
            yield f"Thiếu: {name}"
        elif digests[name] != digest:
            yield f"Đã thay đổi: {name}"


def _check_manifest(archive, packed, digests):
    head = read_head(packed)
    yield f" {head['campaign']}, niêm phong lúc {head['sealed_at']} (UTC)"
    places = dict(_read_places(archive, digests))
    rows = dict(_read_rows(archive, digests))
    untold = 0
    for line in read(packed):
        if line.part == FILES:
            found = digests.get(places.get(line.id))
            if not found:
                yield f"Thiếu: tệp “{line.name}”"
            elif found != line.sha256:
                yield f"Đã thay đổi: tệp “{line.name}”: {places[line.id]}"
        elif line.key not in rows:
            untold += 1
        elif found := difference(line, Line(*line.key, "", *rows[line.key])):
            yield f"Đã thay đổi: {_told(head, found)}"
    if untold:
        yield f" {untold} dòng số liệu không kèm trong tệp nén, không đối chiếu được."


def _told(head, found):
    columns = head.get("columns", {}).get(found.line.part, [])
    names = ", ".join(columns[n] for n in found.columns if n < len(columns))
    told = f"{found.line.part} {found.line.id} {found.line.name}".strip()
    return f"{told}: {names}" if names else told


def _read_places(archive, digests):
    if LIST not in digests:
        return
    text = io.StringIO(archive.read(LIST).decode("utf-8-sig"))
    for row in csv.DictReader(text):
        if row.get(NUMBER):
            # as table programs are kept from taking it for a formula
            yield int(row[NUMBER]), row[PATH].removeprefix("'")


def row_text(part, id_, values):
    """A line of the rows: what the sum of a row is made of, as text."""
    return _text([part, id_, values])


def _read_rows(archive, digests):
    """Sum and marks of each row, from its values as the archive gives them."""
    if ROWS not in digests:
        return
    with archive.open(ROWS) as packed, gzip.GzipFile(fileobj=packed) as file:
        for text in file:
            part, id_, values = json.loads(text)
            given = json.loads(values, parse_float=_Number)
            digest = hashlib.sha256(values.encode()).hexdigest()
            yield (part, id_), (digest, marks(map(_json, given)))


def _json(value):
    """As the database writes it."""
    if isinstance(value, _Number):
        return value
    return json.dumps(value, ensure_ascii=False)


def _say(text):
    # a console may know less than Vietnamese
    sys.stdout.buffer.write(f"{text}\n".encode())


def main(arguments):
    if len(arguments) != 1:
        _say(f"Cách dùng: python3 {PROGRAM} tệp-nén.zip")
        return 2
    count = 0
    try:
        for text in check_archive(arguments[0]):
            count += not text.startswith(" ")
            _say(text.strip())
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        _say(f"Không đọc được tệp nén: {error}")
        return 2
    _say(f"{count} chỗ không khớp." if count else "Khớp với bản niêm phong.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
