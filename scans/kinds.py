"""What a file is, by its bytes: a name says only what somebody called it.

Signatures are those of the formats themselves: ISO 32000 7.5.2 (PDF), ISO/IEC 10918
(JPEG), ISO/IEC 15948 (PNG), ISO/IEC 14496-12 ``ftyp`` (HEIC), ECMA-376 (DOCX, XLSX),
the Compound File format (DOC, XLS).
"""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from . import pdf_signatures

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
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Examined:
    """What the bytes of a file say.

    :param kind: key of KINDS, or empty where it is none of them
    :param signatures: of a PDF, as it says itself
    """

    kind: str
    size: int
    sha256: str
    is_locked: bool = False
    signatures: tuple[pdf_signatures.Signature, ...] = ()


def examine(content, sha256=""):
    """What a file is by its bytes: all that its way in asks of them, read once.

    :param str sha256: where the caller knows it already
    """
    kind = kind_of(content)
    locked, signatures = _read_pdf(content) if kind == "pdf" else (False, ())
    sha256 = sha256 or hashlib.sha256(content).hexdigest()
    return Examined(kind, len(content), sha256, locked, signatures)


@dataclass(frozen=True)
class Judged:
    """Whether a file is taken in.

    :param kind: key of KINDS, or empty where it is none of them
    :param refused: why it is not taken in: ``empty``, ``large``, ``kind``,
        ``locked``; empty where it is
    :param misnamed: the name has the ending of another kind
    """

    kind: str
    refused: str = ""
    misnamed: bool = False


def judge(name, content, limit, look=examine):
    """What a file is, and whether it is taken in.

    :param bytes content: the whole file
    :param int limit: most megabytes
    :param look: :func:`examine`, or one that remembers what it has seen
    """
    if not content:
        return Judged("", "empty")
    if len(content) > limit * MEGABYTE:
        return Judged("", "large")
    found = look(content)
    if not found.kind:
        return Judged("", "kind")
    if found.is_locked:
        return Judged(found.kind, "locked")
    return Judged(found.kind, misnamed=is_misnamed(name, found.kind))


def is_misnamed(name, kind):
    """Whether the name has the ending of another kind."""
    _name, _mimetype, endings = KINDS.get(kind, ("", "", ()))
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return bool(kind) and ending not in endings


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
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office_kind(content)
    return ""


def _office_kind(content):
    """DOCX or XLSX; those with macros are programs."""
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


def _read_pdf(content):
    """Whether a PDF opens with a password only, and who signed it; what merely may not
    be printed or changed opens by itself."""
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
    except (PyPdfError, ValueError, KeyError, OSError, NotImplementedError):
        return b"/Encrypt" in content, ()
    return locked, () if locked else tuple(pdf_signatures.signatures(reader))


def clean_name(name):
    """A file's name without folders and without characters that hide or turn it."""
    plain = _CONTROL.sub("", name or "").replace("\\", "/").rpartition("/")[2]
    return plain.strip(" .") or "file"
