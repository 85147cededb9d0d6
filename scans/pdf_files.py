"""Foreign PDF files: how much they unpack to, whether they open, who signed them, and
copies of their pages. All of it is done in a process of its own.
"""

import io
import re
import zlib
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

import pypdf.filters
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
)

from . import confined
from .confined import TooHeavy
from .pdf_signatures import Signature, signatures_of

MOST_PAGES = 5000
# of pages, fonts and tables; pictures are shown by whoever opens the file
MOST_UNPACKED = 100 * 2**20
MOST_PIXELS = 300_000_000  # of a picture in it: A3 in black and white at 1200 dots
# what the parts of a copy cost whoever binds it
MOST_OBJECTS = 40_000
_CHUNK = 2**18
_SMALL = 2**12
_FLATE = ("/FlateDecode", "/Fl")
# what pypdf meets in broken files
ERRORS = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    NotImplementedError,
    RecursionError,
    AssertionError,
)


class Locked(ValueError):
    """It opens with a password only."""


@dataclass(frozen=True)
class Look:
    """What a PDF says of itself; nothing, where it cannot be read."""

    locked: bool = False
    signatures: tuple[Signature, ...] = ()


def look(content):
    """What a PDF is and who signed it.

    :raise TooHeavy: where it unpacks to more than is read here
    :rtype: Look
    """
    if _cannot_grow(content):
        values = _said(io.BytesIO(content))
    else:
        values, _made = confined.run("look", content)
    return Look(
        _was_locked(values, content),
        tuple(Signature.from_plain(pair) for pair in values["signatures"]),
    )


def _cannot_grow(content):
    """Whether nothing in it unpacks or branches: it costs no more than its size."""
    return len(content) < _SMALL and not re.search(rb"stream|/(Kids|Prev)|#", content)


def copied(content):
    """The pages as bytes of a PDF that surely can be read.

    :raise TooHeavy: where it unpacks to more than is read here
    :raise Locked: where it opens with a password only
    :raise ValueError: where it is broken
    :rtype: bytes
    """
    values, made = confined.run("copy", content)
    if _was_locked(values, content):
        raise Locked
    if values["broken"]:
        raise ValueError("broken")
    return made


def _was_locked(values, content):
    # some locks are of a kind that cannot even be asked
    return values["locked"] or (values["broken"] and b"/Encrypt" in content)


def merged(pdfs):
    """Several PDFs of our own, or as :func:`copied` gives them, as one.

    :param pdfs: iterable of bytes, taken one after the other
    :rtype: bytes
    """
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(PdfReader(io.BytesIO(pdf)))
    writer.compress_identical_objects()
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


# ----------------------------------------------------------------------
# In the process of its own
# ----------------------------------------------------------------------


class _Grows(BaseException):
    """Passes through pypdf, which goes on after whatever else is raised in it."""


def read(file, _out):
    """Task of :func:`look`."""
    pypdf.filters.decompress = _decompress
    return _said(file)


def _said(file):
    locked, broken, found = False, False, []
    try:
        reader = PdfReader(file)
        locked = _is_locked(reader)
        if not locked:
            _weigh(reader)
            found = signatures_of(reader)
    except TooHeavy:
        raise
    except _Grows as error:
        raise TooHeavy("unpacked") from error
    except ERRORS:
        broken = True
    return {
        "locked": locked,
        "broken": broken,
        "signatures": [signature.plain() for signature in found],
    }


def copy(file, out):
    """Task of :func:`copied`."""
    pypdf.filters.decompress = _decompress
    try:
        reader = PdfReader(file)
        if _is_locked(reader):
            return {"locked": True, "broken": False}
        _weigh(reader)
        # a file may open and still be broken on its last page: copy it all once
        writer = PdfWriter()
        for page in reader.pages:
            # turn what is in the page instead of the page, so that a mark lies right
            if page.rotation:
                page.transfer_rotation_to_content()
            page.get_contents()
            writer.add_page(page)
        if len(writer._objects) > MOST_OBJECTS:
            raise TooHeavy
        if writer.pages:
            writer.write(out)
        return {"locked": False, "broken": not writer.pages}
    except TooHeavy:
        raise
    except _Grows as error:
        raise TooHeavy("unpacked") from error
    except ERRORS:
        return {"locked": False, "broken": True}


def _is_locked(reader):
    return reader.is_encrypted and not reader.decrypt("")


def _weigh(reader):
    """Refuse a file whose pages or contents grow beyond measure."""
    _weigh_pages(reader)
    left = MOST_UNPACKED
    for number, generation, times in _streams(reader):
        try:
            stream = reader.get_object(IndirectObject(number, generation, reader))
        except ERRORS:
            continue
        if isinstance(stream, StreamObject):
            left -= times * _unpacked(stream, left)
        if left < 0:
            raise TooHeavy("unpacked")


def _weigh_pages(reader):
    """Walk the tree of pages, each branch as often as it is referred to."""
    waiting, seen = [reader.trailer["/Root"].get_object().get("/Pages")], 0
    while waiting:
        seen += 1
        node = waiting.pop()
        node = node.get_object() if node is not None else None
        kids = node.get("/Kids") if isinstance(node, DictionaryObject) else None
        kids = kids.get_object() if kids is not None else None
        if isinstance(kids, ArrayObject):
            waiting.extend(kids)
        if seen + len(waiting) > 2 * MOST_PAGES:
            raise TooHeavy("pages")


def _streams(reader):
    """``(number, generation, how many entries share it)`` of objects that are streams:
    those with the word after their place in the file."""
    places = {}
    shared = Counter()
    for generation, entries in reader.xref.items():
        for number, place in entries.items():
            places.setdefault(place, (number, generation))
            shared[place] += 1
    order = sorted(places)
    found = set()
    for at in _words(reader.stream):
        index = bisect_right(order, at) - 1
        if index >= 0:
            found.add(order[index])
    for place in sorted(found):
        yield *places[place], shared[place]


def _words(file):
    """Where ``stream`` stands in the file, read in pieces."""
    file.seek(0)
    before, start = b"", 0
    while chunk := file.read(_CHUNK):
        piece = before + chunk
        at = -1
        while (at := piece.find(b"stream", at + 1)) >= 0:
            if piece[at - 3 : at] != b"end":
                yield start + at
        before = piece[-8:]
        start += len(piece) - len(before)


def _unpacked(stream, most):
    """Bytes of one stream, unpacked no further than needed."""
    if stream.get("/Subtype") == "/Image":
        if _number(stream, "/Width") * _number(stream, "/Height") > MOST_PIXELS:
            raise TooHeavy("pixels")
        return 0
    filters = stream.get("/Filter")
    if filters is None:
        return len(stream._data)
    if filters.get_object() in _FLATE:
        return _inflated(stream._data, most)
    try:
        return len(pypdf.filters.decode_stream_data(stream))
    except MemoryError:
        raise
    except ERRORS:
        return 0


def _number(stream, name):
    value = stream.get(name)
    value = value.get_object() if value is not None else 0
    return int(value) if isinstance(value, int | float) else 0


def _decompress(data):
    """In place of pypdf's own, which unpacks to the end."""
    made = io.BytesIO()
    if _inflated(data, MOST_UNPACKED, made.write) > MOST_UNPACKED:
        raise _Grows
    return made.getvalue()


def _inflated(data, most, take=len):
    """Bytes that come out, no further than needed; each piece is given to ``take``."""
    inflate = zlib.decompressobj()
    count = 0
    try:
        for start in range(0, len(data), _CHUNK):
            piece = data[start : start + _CHUNK]
            while piece and count <= most:
                unpacked = inflate.decompress(piece, _CHUNK)
                take(unpacked)
                count += len(unpacked)
                piece = inflate.unconsumed_tail
    except zlib.error:
        return count  # broken from here on
    return count
