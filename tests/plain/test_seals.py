"""The manifest: what was kept, and what differs afterwards."""

import hashlib

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
    assert seals.read_head(packed) == {"schema": "manifest/1", "campaign": "Năm 2022"}
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
        Difference("changed", KEPT[0]),
        Difference("missing", KEPT[1]),
        Difference("added", now[1]),
        Difference("added", now[3]),
        Difference("missing", KEPT[3]),
    ]


def test_what_cannot_be_read_is_no_match():
    gone = [Line("file", 1, "bien ban.pdf", "")]
    assert list(seals.differences(gone, gone, PARTS)) == [
        Difference("changed", gone[0])
    ]


def test_file_is_read_in_pieces(tmp_path):
    path = tmp_path / "scan"
    content = bytes(range(256)) * 10000
    path.write_bytes(content)
    assert seals.file_digest(path) == hashlib.sha256(content).hexdigest()
    assert seals.file_digest(tmp_path / "missing") == ""
