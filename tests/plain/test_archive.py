"""Names that Windows takes, copies to print, and the archive that checks itself."""

import csv
import hashlib
import io
import subprocess
import zipfile

import pytest
from cadre_review.scans import archive, binding, names
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas
from test_scans import image, pdf, written


def page_with(text):
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.drawString(100, 100, text)
    canvas.save()
    return file.getvalue()


MARK = page_with("MARK")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Biên bản 5/BC: họp?.pdf", "Biên bản 5 BC họp.pdf"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.pdf", "_com1.pdf"),
        ("console.pdf", "console.pdf"),
        ("..", "_"),
        ("", "_"),
        ("tên. ", "tên"),
        ("a\u202efdp.exe", "a fdp.exe"),
        ("a\x00b\tc", "a b c"),
        ("../../etc/passwd", "etc passwd"),
    ],
)
def test_safe_names(name, safe):
    assert names.safe(name) == safe


def test_long_names_keep_their_ending():
    name = names.safe("ữ" * 300 + ".pdf")
    assert len(name) == names.LONGEST
    assert name.endswith(".pdf")


def test_names_stay_apart_whatever_their_case():
    taken = set()
    found = [names.apart(name, taken) for name in ("A.pdf", "a.PDF", "a.pdf", "á.pdf")]
    assert found == ["A.pdf", "a (2).PDF", "a (3).pdf", "á.pdf"]
    long = [names.apart("ữ" * 300 + ".pdf", taken) for _n in range(3)]
    assert len({name.casefold() for name in long}) == 3
    assert all(len(name) <= names.LONGEST for name in long)


def test_a_volume_copies_and_leaves_the_original():
    original = pdf()
    before = hashlib.sha256(original).hexdigest()
    volume = binding.Volume(MARK)
    top = volume.add("Bộ 1", binding.as_pdf("a.pdf", original, "pdf"))
    volume.add("Ảnh", binding.as_pdf("b.jpg", image("JPEG"), "jpeg"), top)
    reader = PdfReader(io.BytesIO(volume.content()))
    assert len(reader.pages) == 2
    assert all("MARK" in page.extract_text() for page in reader.pages)
    first, below = reader.outline
    assert first.title == "Bộ 1"
    assert [item.title for item in below] == ["Ảnh"]
    assert hashlib.sha256(original).hexdigest() == before


def test_turned_pages_are_turned_before_they_are_marked():
    writer = PdfWriter()
    writer.add_blank_page(100, 200).rotate(90)
    page = PdfReader(io.BytesIO(binding.as_pdf("a.pdf", written(writer), "pdf"))).pages[
        0
    ]
    assert page.rotation == 0
    assert (page.mediabox.width, page.mediabox.height) == (200, 100)


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (b"%PDF-1.4\n%%EOF\n", "pdf", "broken"),
        (b"%PDF-1.7 cut off", "pdf", "broken"),
        (b"", "pdf", "broken"),
        (pdf()[:200], "pdf", "broken"),
        (pdf(password="x"), "pdf", "locked"),
        (b"\xff\xd8\xff no image", "jpeg", "broken"),
        (b"PK", "docx", "kind"),
    ],
)
def test_what_cannot_be_bound_is_named(content, kind, why):
    with pytest.raises(binding.Unbindable) as error:
        binding.as_pdf("a", content, kind)
    assert error.value.why == why


def test_what_may_not_be_printed_only_opens():
    """An owner's password is no lock against reading."""
    assert binding.as_pdf("a.pdf", pdf(owner="x"), "pdf")


@pytest.fixture
def made(tmp_path):
    one = archive.Part("Phường A", "01 Phường A")
    one.add(b"one", kind="1 Báo cáo", name="CON.pdf", round="1", signer="Lê Văn Ánh")
    one.add(b"two", kind="4 Phiếu", person="Trần Thị <b>Bình</b>", name="a.pdf")
    one.add(b"three", kind="4 Phiếu", person="Trần Thị <b>Bình</b>", name="A.pdf")
    one.add(None, kind="5 Nhận xét", note="Văn bản mật, không có tệp")
    two = archive.Part("=Xã B", "02 Xã B")
    two.add(b"four", kind="1 Báo cáo", name="=cmd|calc.pdf")
    path = tmp_path / "archive.zip"
    parts = [io.BytesIO(part.content()) for part in (one, two)]
    entries = archive.join(path, parts, "Đợt <2022>")
    return path, entries


def test_the_archive_checks_itself(made, tmp_path):
    path, _entries = made
    with zipfile.ZipFile(path) as files:
        assert files.testzip() is None
        files.extractall(tmp_path / "out")
    subprocess.run(
        ["sha256sum", "--check", "--strict", archive.SUMS],
        cwd=tmp_path / "out",
        check=True,
    )
    changed = tmp_path / "out" / "01 Phường A" / "1 Báo cáo" / "_CON.pdf"
    assert changed.read_bytes() == b"one"
    changed.write_bytes(b"One")
    done = subprocess.run(["sha256sum", "-c", archive.SUMS], cwd=tmp_path / "out")
    assert done.returncode == 1


def test_the_manifest_and_the_index(made):
    path, entries = made
    with zipfile.ZipFile(path) as files:
        text = files.read(archive.MANIFEST).decode("utf-8-sig")
        index = files.read(archive.INDEX).decode()
        names_ = files.namelist()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Tệp"] for row in rows] == [entry.path for entry in entries]
    assert rows[0]["SHA-256"] == hashlib.sha256(b"one").hexdigest()
    assert rows[0]["Người ký"] == "Lê Văn Ánh"
    # a table program takes none of it for a formula
    assert rows[4]["Cơ quan, đơn vị"] == "'=Xã B"
    # a secret paper is a line, no file
    assert (rows[3]["Tệp"], rows[3]["SHA-256"]) == ("", "")
    assert "Văn bản mật" in index
    assert "&lt;b&gt;Bình" in index and "<b>Bình" not in index
    assert len({name.casefold() for name in names_}) == len(names_)
    assert max(map(len, names_)) < 200
