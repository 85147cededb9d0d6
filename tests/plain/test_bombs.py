"""No file of the size that is permitted costs the server much, whatever it unpacks to:
it is read, or refused in words, within 300 MB and 5 seconds of the processor."""

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import bombs
import pytest
from cadre_review.scans import weighing
from PIL import Image

MOST_MEGABYTES, MOST_SECONDS = 300, 5
WAYS = Path(__file__).with_name("weigh_file.py")


def scan(mode, size, kind, **options):
    """A picture that cannot be packed well."""
    file = io.BytesIO()
    noise = Image.effect_noise((1000, 1000), 60)
    whole = Image.new("L", size)
    for left in range(0, size[0], 1000):
        for top in range(0, size[1], 1000):
            whole.paste(noise, (left, top))
    whole.convert(mode).save(file, kind, **options)
    return file.getvalue()


def scanned_book(pages):
    """Many scanned pages in one PDF, near the permitted size."""
    page = Image.open(io.BytesIO(scan("L", (1654, 2339), "JPEG", quality=60)))
    file = io.BytesIO()
    page.save(file, "PDF", save_all=True, append_images=[page] * (pages - 1))
    return file.getvalue()


def progressive():
    return scan("RGB", (7700, 5800), "JPEG", progressive=True)


def many_scans():
    file = io.BytesIO()
    Image.new("RGB", (8000, 6000)).save(file, "JPEG", progressive=True)
    return bombs.jpeg_of_many_scans(file.getvalue())


# what it is, how it is made, the way it goes, what is said of it
CASES = [
    ("204 KB to 200 MB", lambda: bombs.unpacking_pdf(200), "judge", "unpacked"),
    ("1 MB to 1 GB", bombs.unpacking_pdf, "judge", "unpacked"),
    ("1 MB to 1 GB, bound", bombs.unpacking_pdf, "bind", "unpacked"),
    (
        "packed twice",
        lambda: bombs.unpacking_pdf(1024, b"[/FlateDecode /FlateDecode]"),
        "judge",
        "unpacked",
    ),
    ("disguised", bombs.disguised_pdf, "judge", "unpacked"),
    ("table of places", bombs.table_pdf, "judge", "unpacked"),
    ("table of places, bound", bombs.table_pdf, "bind", "unpacked"),
    ("packed objects", bombs.packed_objects_pdf, "judge", "unpacked"),
    ("doubling tree", bombs.doubling_pdf, "judge", "pages"),
    ("doubling tree, bound", bombs.doubling_pdf, "bind", "pages"),
    ("endless tree", bombs.endless_pdf, "judge", "pages"),
    ("one stream, many numbers", bombs.shared_stream_pdf, "judge", "unpacked"),
    ("many objects", bombs.many_objects_pdf, "judge", "heavy"),
    ("many objects, bound", bombs.many_objects_pdf, "bind", "heavy"),
    ("picture in PDF", lambda: bombs.pictured_pdf(60000, 60000), "judge", "pixels"),
    ("PNG of 13,300²", lambda: bombs.png(13300, 13300), "judge", "pixels"),
    ("two of them combined", lambda: bombs.png(13300, 13300), "combine", "pixels"),
    ("PNG bound", lambda: bombs.png(13300, 13300), "bind", "pixels"),
    ("JPEG of 3,000 scans", many_scans, "judge", "pixels"),
    ("transparency", lambda: bombs.png(6000, 6000, 6), "combine", "pixels"),
    (
        "docx of 512 MB",
        lambda: bombs.office("docx", {"word/a.xml": 512}),
        "judge",
        "unpacked",
    ),
    (
        "xlsx of 512 MB",
        lambda: bombs.office("xlsx", {"xl/sharedStrings.xml": 512}),
        "judge",
        "unpacked",
    ),
    ("docx that lies", bombs.lying_office, "judge", ""),
    ("zips in zips", bombs.nested_office, "judge", "unpacked"),
    ("zip of 700,000 names", bombs.many_parts, "judge", "unpacked"),
    # what people send, near the limits, is read
    ("scanned book", lambda: scanned_book(24), "judge", ""),
    ("scanned book, bound", lambda: scanned_book(24), "bind", ""),
    ("A4 at 600 dots", lambda: scan("RGB", (4960, 7016), "PNG"), "combine", ""),
    ("transparent picture", lambda: bombs.png(3840, 3600, 6), "combine", ""),
    ("grey A3 at 400 dots", lambda: bombs.png(4677, 6614, 0), "combine", ""),
    ("50 megapixels", lambda: scan("RGB", (8160, 6120), "JPEG"), "combine", ""),
    ("progressive", progressive, "combine", ""),
    ("PNG of 45 megapixels", lambda: bombs.png(7700, 5800), "bind", ""),
]
# each way in has one of these in the short form
LONG = {
    *("many objects, bound", "two of them combined", "PNG bound", "xlsx of 512 MB"),
    *("A4 at 600 dots", "50 megapixels", "progressive", "scanned book, bound"),
    *("PNG of 45 megapixels", "transparent picture"),
}
if not os.environ.get("CADRE_REVIEW_HEAVY"):
    CASES = [case for case in CASES if case[0] not in LONG]


@pytest.mark.parametrize(
    ("make", "way", "answer"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_no_file_costs_much(make, way, answer, tmp_path, record_property):
    path = tmp_path / "file"
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, str(WAYS), way, str(path)],
        capture_output=True,
        check=True,
    )
    cost = json.loads(done.stdout)
    record_property("cost", str(cost))
    assert cost["megabytes"] < MOST_MEGABYTES
    assert cost["seconds"] < MOST_SECONDS
    assert cost["answer"] == answer


@pytest.mark.parametrize("start", (0, -400, 2**31 - 1))
def test_a_damaged_part_hides_no_heavy_one(start):
    """Wherever the list of a zip says that its first part begins."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("first", b"1")
        parts.writestr("second", bytes(weighing.MOST_UNPACKED + 1))
    content = bytearray(file.getvalue())
    line = content.index(b"PK\x01\x02")
    content[line + 42 : line + 46] = struct.pack("<i", start)
    with pytest.raises(weighing.TooHeavy):
        weighing.weigh("xlsx", bytes(content))
