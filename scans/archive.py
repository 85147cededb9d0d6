"""The archive of a campaign: one zip that can be read and checked anywhere.

``unit/kind/person/file``, a manifest, an index to read, and a list of sums that
``sha256sum -c`` takes; nothing in it needs Odoo.
"""

import csv
import hashlib
import html
import io
import shutil
import zipfile
from dataclasses import astuple, dataclass
from urllib.parse import quote

from .names import apart, safe

SUMS = "SHA256SUMS"
MANIFEST = "manifest.csv"
INDEX = "MUC-LUC.html"
READ_ME = "DOC-TRUOC.txt"
# folders and file together stay below 200 characters of Windows' 260
FOLDER, FILE = 40, 60
COLUMNS = (
    ("path", "Tệp"),
    ("sha256", "SHA-256"),
    ("unit", "Cơ quan, đơn vị"),
    ("kind", "Thành phần hồ sơ"),
    ("person", "Cá nhân"),
    ("name", "Tên tệp gốc"),
    ("round", "Lần nộp"),
    ("signer", "Người ký"),
    ("number", "Số"),
    ("date", "Ngày"),
    ("note", "Ghi chú"),
    ("attachment", "Mã tệp"),
)
_TEXT = """Tệp nén này giữ nguyên bản các tệp của một đợt đánh giá, xếp loại.

- {index}: mục lục, mở bằng trình duyệt.
- {manifest}: danh mục từng tệp, mở bằng Excel (mã UTF-8).
- {sums}: mã SHA-256 của từng tệp.
- NIEM-PHONG: bản niêm phong của đợt, nếu đợt đã kết thúc và được niêm phong.
- kiem-tra.py: chương trình đối chiếu với bản niêm phong, chạy được trên máy bất kỳ
  có Python 3:  python3 kiem-tra.py "đường dẫn tệp nén này"
  So mã niêm phong mà chương trình in ra với mã ghi trong biên bản.

Kiểm tra tệp không bị thay đổi:
- Linux, macOS: giải nén, vào thư mục, chạy  sha256sum -c {sums}
- Windows: giải nén, mở PowerShell, chạy  Get-FileHash -Algorithm SHA256 "đường dẫn"
  rồi so với dòng tương ứng trong {sums}.

Văn bản mật chỉ có một dòng trong danh mục, không có tệp.
"""


@dataclass(frozen=True)
class Entry:
    """A line of the manifest; without ``sha256`` it is a line without a file."""

    path: str
    sha256: str
    unit: str
    kind: str = ""
    person: str = ""
    name: str = ""
    round: str = ""
    signer: str = ""
    number: str = ""
    date: str = ""
    note: str = ""
    attachment: str = ""


class Part:
    """The files of one unit, as a zip of its own that is joined later.

    :param str unit: its name
    :param str folder: a safe name, given to no other unit
    """

    def __init__(self, unit, folder):
        self.unit, self.folder = unit, folder
        self.entries = []
        self._file = io.BytesIO()
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED)
        self._taken = {}

    def add(self, content, **values):
        """One original, byte for byte.

        :param bytes content: or None for a line without a file
        :param values: of :class:`Entry`, without path and sum
        """
        if content is None:
            self.entries.append(Entry("", "", self.unit, **values))
            return
        folders = [self.folder]
        folders += [
            safe(values[name], FOLDER)
            for name in ("kind", "person")
            if values.get(name)
        ]
        folder = "/".join(folders)
        name = apart(
            values.get("name", ""),
            self._taken.setdefault(folder.casefold(), set()),
            FILE,
        )
        path = f"{folder}/{name}"
        self._zip.writestr(path, content)
        digest = hashlib.sha256(content).hexdigest()
        self.entries.append(Entry(path, digest, self.unit, **values))

    def enclose(self, name, pieces):
        """A file about the archive, which is none of its originals.

        :param pieces: iterable of bytes
        """
        with self._zip.open(name, "w") as file:
            for piece in pieces:
                file.write(piece)

    def content(self):
        """The zip, with its own lines of the manifest.

        :rtype: bytes
        """
        rows = io.StringIO()
        csv.writer(rows).writerows(astuple(entry) for entry in self.entries)
        self._zip.writestr(MANIFEST, rows.getvalue())
        self._zip.close()
        return self._file.getvalue()


def join(target, parts, title):
    """Write the whole archive, part by part, without holding it in memory.

    :param target: path or writable file
    :param parts: iterable of readable files, zips of :class:`Part`
    :param str title: of the index
    :return: the lines of the manifest
    """
    entries = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as whole:
        for part in parts:
            with zipfile.ZipFile(part) as zipped:
                for info in zipped.infolist():
                    with zipped.open(info) as source:
                        if info.filename == MANIFEST:
                            lines = io.TextIOWrapper(source, "utf-8", newline="")
                            entries += [Entry(*row) for row in csv.reader(lines)]
                            continue
                        with whole.open(info.filename, "w", force_zip64=True) as copy:
                            shutil.copyfileobj(source, copy, 2**20)
        for name, text in _about(entries, title):
            whole.writestr(name, text, zipfile.ZIP_DEFLATED)
    return entries


def _about(entries, title):
    """The files that tell what is in it, for programs and for people."""
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(label for _name, label in COLUMNS)
    writer.writerows(map(_plain, astuple(entry)) for entry in entries)
    return [
        (MANIFEST, "\ufeff" + rows.getvalue()),
        (
            SUMS,
            "".join(
                f"{entry.sha256}  {entry.path}\n" for entry in entries if entry.sha256
            ),
        ),
        (INDEX, _index(entries, title)),
        (READ_ME, _TEXT.format(index=INDEX, manifest=MANIFEST, sums=SUMS)),
    ]


def _plain(value):
    """A cell that a table program does not take for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t") else value


def _index(entries, title):
    lines = [
        "<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'>",
        f"<title>{html.escape(title)}</title><style>",
        "body{font:12pt 'Times New Roman',serif;margin:2em}",
        "table{border-collapse:collapse}td,th{border:1px solid;padding:3px;"
        "text-align:left;vertical-align:top}</style></head><body>",
        f"<h1>{html.escape(title)}</h1>",
    ]
    unit = None
    for entry in entries:
        if entry.unit != unit:
            lines.append("</table>" if unit is not None else "")
            unit = entry.unit
            lines.append(f"<h2>{html.escape(unit)}</h2><table><tr>")
            lines += [f"<th>{label}</th>" for label in _HEADS]
            lines.append("</tr>")
        lines.append("<tr>" + "".join(_cells(entry)) + "</tr>")
    lines.append("</table></body></html>")
    return "\n".join(lines)


_HEADS = ("Thành phần hồ sơ", "Cá nhân", "Tệp", "Lần nộp", "Số, ngày", "Người ký", "Mã")


def _cells(entry):
    link = html.escape(entry.note)
    if entry.path:
        name = html.escape(entry.name or entry.path.rpartition("/")[2])
        link = f"<a href='{quote(entry.path)}'>{name}</a> {link}"
    dated = " ".join(filter(None, (entry.number, entry.date)))
    for value in (entry.kind, entry.person):
        yield f"<td>{html.escape(value)}</td>"
    yield f"<td>{link}</td>"
    for value in (entry.round, dated, entry.signer, entry.sha256[:16]):
        yield f"<td>{html.escape(value)}</td>"
