"""The manifest of a closed campaign: one line for each file and each row, with its
SHA-256, and what differs when it is made again.

Lines are read and compared one by one: memory does not grow with their number.
"""

import gzip
import hashlib
import io
import json
from dataclasses import dataclass

CHUNK = 2**20
SCHEMA = "manifest/1"


@dataclass(frozen=True)
class Line:
    """``part`` is ``file`` or the name of a model; lines of one part stand together,
    in the order of their ids."""

    part: str
    id: int
    name: str
    sha256: str

    @property
    def key(self):
        return (self.part, self.id)


@dataclass(frozen=True)
class Difference:
    """``what`` is ``changed``, ``missing`` or ``added``."""

    what: str
    line: Line


def file_digest(path):
    """SHA-256 of a file, read once in pieces; empty where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


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
            file.write(_text([line.part, line.id, line.name, line.sha256]))
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
            if before.sha256 != after.sha256 or not after.sha256:
                yield Difference("changed", before)
            before, after = next(then, None), next(now, None)


def _place(line, order):
    return order.get(line.part, len(order)), line.part, line.id


def _text(value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{text}\n".encode()
