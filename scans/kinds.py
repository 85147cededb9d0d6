"""What a file is, by its bytes: a name says only what somebody called it.

Signatures are those of the formats themselves: ISO 32000 7.5.2 (PDF), ISO/IEC 10918
(JPEG), ISO/IEC 15948 (PNG), ISO/IEC 14496-12 ``ftyp`` (HEIC), ECMA-376 (DOCX, XLSX),
the Compound File format (DOC, XLS).
"""

import io
import re
import zipfile
from dataclasses import dataclass

from .confined import TooHeavy
from .pdf_files import look
from .pdf_signatures import Signature
from .weighing import has_too_many_parts, weigh

MEGABYTE = 2**20
# kind → (name shown, mimetype, endings)
KINDS = {
    "pdf": ("PDF", "application/pdf", ("pdf",)),
    "jpeg": ("JPEG", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    "png": ("PNG", "image/png", ("png",)),
    "heic": ("HEIC", "image/heic", ("heic", "heif")),
    "docx": (
        "DOCX",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("docx",),
    ),
    "xlsx": (
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("xlsx",),
    ),
    "doc": ("DOC", "application/msword", ("doc",)),
    "xls": ("XLS", "application/vnd.ms-excel", ("xls",)),
}
ACCEPTED = ", ".join(name for name, _mimetype, _endings in KINDS.values())
IMAGES = ("jpeg", "png", "heic")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_ZIP = b"PK\x03\x04"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Judged:
    """What a file is.

    :param kind: key of KINDS, or empty where it is none of them
    :param refused: why it is not taken in: ``empty``, ``large``, ``kind``,
        ``locked``, or a reason of :class:`.confined.TooHeavy`; empty where it is
    :param misnamed: the name has the ending of another kind
    :param signatures: digital ones, as the file says
    """

    kind: str
    refused: str = ""
    misnamed: bool = False
    signatures: tuple[Signature, ...] = ()


def judge(name, content, limit):
    """What a file is, and whether it is taken in.

    :param bytes content: the whole file
    :param int limit: most megabytes
    """
    if not content:
        return Judged("", "empty")
    if len(content) > limit * MEGABYTE:
        return Judged("", "large")
    if content.startswith(_ZIP) and has_too_many_parts(content):
        return Judged("", "unpacked")
    kind = kind_of(content)
    if not kind:
        return Judged("", "kind")
    signatures = ()
    try:
        weigh(kind, content)
        if kind == "pdf":
            seen = look(content)
            if seen.locked:
                return Judged(kind, "locked")
            signatures = seen.signatures
    except TooHeavy as error:
        return Judged(kind, error.why)
    _name, _mimetype, endings = KINDS[kind]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return Judged(kind, misnamed=ending not in endings, signatures=signatures)


def kind_of(content):
    """Key of KINDS, or an empty text."""
    # blanks and a byte order mark may stand before it; a program may not
    if content[:16].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "heic"
    if content.startswith(_ZIP):
        return _office_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office_kind(content)
    return ""


def _office_kind(content):
    """DOCX or XLSX; those with macros are programs."""
    if has_too_many_parts(content):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ""
    if "[Content_Types].xml" not in names or any(
        name.lower().endswith("vbaproject.bin") for name in names
    ):
        return ""
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else ""


def _old_office_kind(content):
    """DOC or XLS, by the stream that only they have."""
    if "WordDocument".encode("utf-16-le") in content:
        return "doc"
    streams = ("Workbook", "Book")
    if any(f"{name}\0".encode("utf-16-le") in content for name in streams):
        return "xls"
    return ""


def clean_name(name):
    """A file's name without folders and without characters that hide or turn it."""
    plain = _CONTROL.sub("", name or "").replace("\\", "/").rpartition("/")[2]
    return plain.strip(" .") or "file"
