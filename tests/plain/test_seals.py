"""The manifest: what was kept, and what differs afterwards."""

import gzip
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cadre_review.rules import seals
from cadre_review.rules.seals import Difference, Line

PARTS = ("file", "b.model", "a.model")
KEPT = [
    Line("file", 1, "bien ban.pdf", "aa"),
    Line("file", 9, "phieu.pdf", "bb"),
    Line("b.model", 3, "", "cc"),
    Line("a.model", 4, "", "dd"),
]


def test_what_was_written_is_read():
    packed, count = seals.write({"campaign": "Năm 2022"}, KEPT)
    assert count == 4
    assert seals.read_head(packed) == {"schema": "manifest/2", "campaign": "Năm 2022"}
    assert list(seals.read(packed)) == KEPT
    assert seals.write({"campaign": "Năm 2022"}, KEPT)[0] == packed


def test_nothing_differs_from_itself():
    assert list(seals.differences(KEPT, KEPT, PARTS)) == []


def test_changed_missing_and_added_are_named():
    now = [
        Line("file", 1, "bien ban.pdf", "xx"),
        Line("file", 10, "moi.pdf", "ee"),
        Line("b.model", 3, "", "cc"),
        Line("b.model", 5, "", "ff"),
    ]
    assert list(seals.differences(KEPT, now, PARTS)) == [
        Difference("changed", KEPT[0], content=True),
        Difference("missing", KEPT[1]),
        Difference("added", now[1]),
        Difference("added", now[3]),
        Difference("missing", KEPT[3]),
    ]


def test_what_cannot_be_read_is_missing():
    gone = [Line("file", 1, "bien ban.pdf", "")]
    assert list(seals.differences(gone, gone, PARTS)) == [
        Difference("missing", gone[0])
    ]


def test_the_values_that_changed_are_numbered():
    then = Line("a.model", 4, "", "aa", seals.marks(['"một"', "1.50", "null"]))
    now = Line("a.model", 4, "", "bb", seals.marks(['"một"', "1.51", "7"]))
    assert seals.difference(then, now).columns == (1, 2)
    assert seals.difference(then, then) is None


def archive(path, rows, scan=b"scan"):
    """An archive of one file and one row, as they are now; sealed were ``scan`` and
    a number of 1.50."""
    values = '["Tập thể \\"A\\"", 1.50, [3, 4]]'
    row = Line(
        *("a.model", 4, "Tập thể"),
        hashlib.sha256(values.encode()).hexdigest(),
        seals.marks(['"Tập thể \\"A\\""', "1.50", "[3, 4]"]),
    )
    file = Line("file", 9, "phieu.pdf", hashlib.sha256(b"scan").hexdigest())
    head = {
        "campaign": "Năm 2022",
        "sealed_at": "2022-12-01 03:00:00",
        "columns": {"a.model": ["name", "points", "links"]},
    }
    packed, _count = seals.write(head, [file, row])
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr(seals.SUMS, "")
        zipped.writestr(
            seals.LIST, f"\ufeff{seals.PATH},{seals.NUMBER}\nA/phieu.pdf,9\n"
        )
        if scan is not None:
            zipped.writestr("A/phieu.pdf", scan)
        zipped.writestr(f"{seals.FOLDER}/{seals.MANIFEST % 1}", packed)
        text = rows.replace("VALUES", values)
        lines = seals.row_text("a.model", 4, text) if rows else b""
        zipped.writestr(seals.ROWS, gzip.compress(lines))
    return packed


@pytest.mark.parametrize(
    ("scan", "rows", "words"),
    [
        (b"scan", "VALUES", []),
        (b"Scan", "VALUES", ["Đã thay đổi: tệp “phieu.pdf”: A/phieu.pdf"]),
        (None, "VALUES", ["Thiếu: tệp “phieu.pdf”"]),
        (
            b"scan",
            '["Tập thể \\"A\\"", 2.50, [3, 4]]',
            ["Đã thay đổi: a.model 4 Tập thể: points"],
        ),
        # not shown to whoever took the archive: told, not blamed
        (b"scan", "", []),
    ],
)
def test_an_archive_is_checked_without_odoo(tmp_path, scan, rows, words):
    path = tmp_path / "archive.zip"
    packed = archive(path, rows, scan)
    program = Path(seals.__file__).read_bytes()
    (tmp_path / seals.PROGRAM).write_bytes(program)
    done = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / seals.PROGRAM, path],
        capture_output=True,
        check=False,
    )
    said = done.stdout.decode().splitlines()
    assert done.returncode == bool(words), said
    assert hashlib.sha256(packed).hexdigest() in said[0]
    assert [line for line in said if line.startswith(("Thiếu", "Đã"))] == words
    assert ("không kèm" in done.stdout.decode()) == (not rows)


def test_file_is_read_in_pieces(tmp_path):
    path = tmp_path / "scan"
    content = bytes(range(256)) * 10000
    path.write_bytes(content)
    assert seals.file_digest(path) == hashlib.sha256(content).hexdigest()
    assert seals.file_digest(tmp_path / "missing") == ""
