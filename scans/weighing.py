"""What a file comes to when it is unpacked, told from its headers before anything
parses it.

Formats: ISO/IEC 10918-1 annex B (JPEG), ISO/IEC 15948 11.2.2 (PNG), ISO/IEC 23008-12
``ispe`` (HEIC), the ZIP file format specification 4.3.12 (DOCX, XLSX).
"""

import io
import re
import struct
import zipfile
import zlib

from .confined import TooHeavy

# what Odoo itself reads of an image
MOST_PIXELS = 50_000_000
# bytes of a picture while it is read
MOST_BITMAP = 180_000_000
# of the blocks of all its scans, of 64 values each
MOST_SCANNED = 800_000_000
MOST_PARTS = 5000
MOST_UNPACKED = 100 * 2**20
MOST_DEPTH = 3  # a document in a document in a document
_CHUNK = 2**16
# what Python's reader of zips raises on damaged and locked ones
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError)
_DAMAGE += (NotImplementedError, RuntimeError, LookupError, ValueError)
# a marker that begins a segment, after the data of a scan
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
# what Pillow takes, by the PNG's colour type; transparent ones are copied
_PIXEL_BYTES = {0: 1, 2: 4, 3: 1, 4: 12, 6: 12}


def weigh(kind, content):
    """Refuse a file that comes to more than is unpacked here.

    :param str kind: key of :data:`.kinds.KINDS`
    :raise TooHeavy: with the reason
    """
    weigh_kind = _WEIGH.get(kind)
    if weigh_kind:
        weigh_kind(content)


def has_too_many_parts(content):
    """Whether reading only the list of a zip's parts would cost too much; each of its
    lines begins with these four bytes."""
    return content.count(b"PK\x01\x02") > MOST_PARTS


def _weigh_zip(content):
    _unpacked_zip(content, MOST_UNPACKED, 0)


def _unpacked_zip(content, most, depth):
    """Bytes of all parts, and of the parts of zips among them."""
    if depth > MOST_DEPTH or has_too_many_parts(content):
        raise TooHeavy("unpacked")
    try:
        parts = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE:
        return 0  # nobody can unpack it
    count = 0
    for part in parts.infolist():
        try:
            count += _unpacked_part(parts, part, most - count, depth)
        except TooHeavy:
            raise
        except _DAMAGE:
            continue  # nobody can unpack this one; those after it may still be heavy
        if count > most:
            raise TooHeavy("unpacked")
    return count


def _unpacked_part(parts, part, most, depth):
    """What its header says of a part may be untrue: it is unpacked and counted."""
    if part.file_size > most:
        return part.file_size
    count = 0
    with parts.open(part) as file:
        while count <= most and (chunk := file.read(_CHUNK)):
            if not count and chunk.startswith(b"PK\x03\x04"):
                inner = chunk + file.read(most)
                return len(inner) + _unpacked_zip(inner, most - len(inner), depth + 1)
            count += len(chunk)
    return count


def _weigh_png(content):
    # the signature, then length and name of the first chunk, which is its header
    header = content[16:29]
    if content[12:16] != b"IHDR" or len(header) < 13:
        return
    width, height, _depth, colour = struct.unpack(">IIBB", header[:10])
    _weigh_bitmap(width * height, width * height * _PIXEL_BYTES.get(colour, 4))


def _weigh_jpeg(content):
    position, area, blocks, scans, is_kept = 2, 0, 0, 0, False
    components = 0
    while found := _MARKER.search(content, position):
        marker, start = found[1][0], found.end()
        length = int.from_bytes(content[start : start + 2], "big")
        if marker in _FRAMES and length >= 8:
            segment = content[start + 2 : start + length]
            height, width, components = struct.unpack(">HHB", segment[1:6])
            area = max(area, width * height)
            blocks = max(blocks, _blocks(segment, width * height))
            is_kept = is_kept or marker in _PROGRESSIVE
        elif marker == 0xDA:
            scans += 1
            # scans of some components only: all are kept until the last has come
            is_kept = is_kept or content[start + 2 : start + 3] != bytes([components])
        position = start + (length if marker not in (0x01, 0xD8, 0xD9) else 0)
    if scans * blocks > MOST_SCANNED:
        raise TooHeavy("pixels")
    # read small at once, where it need not be kept
    _weigh_bitmap(area, 2 * blocks + area if is_kept else area)


def _blocks(segment, area):
    """Values of all components, some of which are kept at half the size."""
    parts = [segment[at] for at in range(7, len(segment), 3)]
    sizes = [(part >> 4) * (part & 15) for part in parts]
    return sum(size * area // (max(sizes) or 1) for size in sizes)


def _weigh_heic(content):
    position = 0
    while (position := content.find(b"ispe", position)) >= 0:
        size = content[position + 8 : position + 16]
        if len(size) == 8:
            width, height = struct.unpack(">II", size)
            _weigh_bitmap(width * height, width * height)
        position += 4


def _weigh_bitmap(pixels, size):
    if pixels > MOST_PIXELS or size > MOST_BITMAP:
        raise TooHeavy("pixels")


_WEIGH = {
    "png": _weigh_png,
    "jpeg": _weigh_jpeg,
    "heic": _weigh_heic,
    "docx": _weigh_zip,
    "xlsx": _weigh_zip,
}
