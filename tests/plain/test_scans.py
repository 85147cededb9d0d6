"""What files are by their bytes, who signed them, where they belong."""

import io
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
from cadre_review.scans import kinds, pdf_files, photographs, placing
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)


def pdf(password=None, owner=None):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password is not None or owner:
        writer.encrypt(password or "", owner)
    return written(writer)


def written(writer):
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def image(kind, size=(40, 30), colour="red"):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def office(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        for name in ("[Content_Types].xml", *names):
            parts.writestr(name, "<x/>")
    return file.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PROGRAM = b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", pdf(), "pdf"),
        ("a.JPG", image("JPEG"), "jpeg"),
        ("a.png", image("PNG"), "png"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "heic"),
        ("a.docx", office("word/document.xml"), "docx"),
        ("a.xlsx", office("xl/workbook.xml"), "xlsx"),
        ("a.doc", OLD + "WordDocument".encode("utf-16-le"), "doc"),
        ("a.xls", OLD + "Workbook\0".encode("utf-16-le"), "xls"),
    ],
)
def test_accepted_kinds(name, content, kind):
    assert kinds.judge(name, content, 1) == kinds.Judged(kind)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("bao_cao.pdf", PROGRAM, "kind"),
        ("bao_cao.pdf", b"", "empty"),
        ("bao_cao.pdf", b"%PDF-1.4" + bytes(kinds.MEGABYTE), "large"),
        ("bao_cao.pdf", pdf("bi mat"), "locked"),
        ("macro.docx", office("word/document.xml", "word/vbaProject.bin"), "kind"),
        ("anh.zip", office("anh.jpg"), "kind"),
        ("x.docx", b"PK\x03\x04 not a zip", "kind"),
        ("phim.heic", b"\x00\x00\x00\x18ftypmp42", "kind"),
        ("trang.html", b"<html><script>alert(1)</script>", "kind"),
        ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
    ],
)
def test_refused(name, content, why):
    assert kinds.judge(name, content, 1).refused == why


def test_what_may_not_be_printed_still_opens():
    assert kinds.judge("a.pdf", pdf("", "chu"), 1) == kinds.Judged("pdf")


def test_wrong_ending_is_marked():
    judged = kinds.judge("bien_ban.pdf", image("JPEG"), 1)
    assert (judged.kind, judged.misnamed, judged.refused) == ("jpeg", True, "")


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Hồ sơ\\Biên bản.pdf", "Biên bản.pdf"),
        ("bao\x00cao\r\n.pdf", "baocao.pdf"),
        ("bao_cao\u202efdp.exe", "bao_caofdp.exe"),
        ("..", "file"),
        ("", "file"),
        ("Phiếu – Nguyễn Văn Ánh.pdf", "Phiếu – Nguyễn Văn Ánh.pdf"),
    ],
)
def test_names_are_cleaned(given, clean):
    assert kinds.clean_name(given) == clean


def signed_pdf(name=None, moment=None):
    """A PDF with one signature field, signed by “UBND xã Thử”."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "HĐND xã Thử")])
    now = datetime(2022, 11, 1, tzinfo=timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    contents = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(b"noi dung")
        .add_signer(certificate, key, hashes.SHA256())
        .sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature])
    )
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    value = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Contents"): ByteStringObject(contents),
        }
    )
    if name:
        value[NameObject("/Name")] = TextStringObject(name)
    if moment:
        value[NameObject("/M")] = TextStringObject(moment)
    field = writer._add_object(
        DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/T"): TextStringObject("Signature1"),
                NameObject("/V"): writer._add_object(value),
            }
        )
    )
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([field])}
    )
    return written(writer)


def test_signer_and_time_as_the_file_says_them():
    [found] = pdf_files.look(
        signed_pdf("Lê Văn Ánh", "D:20221121093000+07'00'")
    ).signatures
    assert found.signer == "Lê Văn Ánh"
    assert found.at == datetime(2022, 11, 21, 2, 30, tzinfo=timezone.utc)


def test_signer_and_time_from_the_signature_itself():
    [found] = pdf_files.look(signed_pdf()).signatures
    assert found.signer == "HĐND xã Thử"
    assert abs(found.at - datetime.now(timezone.utc)) < timedelta(hours=1)


@pytest.mark.parametrize("content", [pdf(), b"%PDF-1.4\n%%EOF\n", b"", PROGRAM])
def test_no_signature_where_there_is_none(content):
    assert pdf_files.look(content).signatures == ()


def test_photographs_become_one_pdf():
    pages = [
        ("1.jpg", image("JPEG", (3000, 4000))),
        ("2.png", image("PNG", (40, 30), "blue")),
    ]
    found = PdfReader(io.BytesIO(photographs.combine(pages)))
    assert len(found.pages) == 2
    width, height = found.pages[0].mediabox[2:]
    assert height > width


def test_broken_photograph_is_named():
    with pytest.raises(photographs.UnreadablePhotograph) as error:
        photographs.combine([("1.jpg", image("JPEG")), ("2.jpg", b"\xff\xd8\xff")])
    assert error.value.name == "2.jpg"


KINDS = [
    placing.Kind(code, placing.words_of(words))
    for code, words in (
        ("2", "Biên bản; BBHN"),
        ("6", "cap uy; chi bo"),
        ("5", "nhan xet"),
        ("4", "phieu"),
        ("1", "bao cao; bc; "),
    )
]
LINES = [
    placing.Line(1, "1"),
    placing.Line(2, "2"),
    placing.Line(41, "4", "Lê Văn Ánh"),
    placing.Line(51, "5", "Lê Văn Ánh"),
    placing.Line(61, "6", "Lê Văn Ánh"),
    placing.Line(42, "4", "Trần Thị Bình"),
]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Biên bản hội nghị kiểm điểm.pdf", 2),
        ("2. BBHN.pdf", 2),
        ("BC ket qua.docx", 1),
        ("1 ket qua.docx", 1),
        ("8 ket qua.docx", None),  # no such kind
        ("Phiếu đánh giá - Lê Văn Ánh.pdf", 41),
        ("phieu TRAN THI BINH.jpg", 42),
        ("Nhận xét của cấp ủy đối với đồng chí Lê Văn Ánh.pdf", 61),
        ("Nhận xét đồng chí Lê Văn Ánh.pdf", 51),
        ("IMG_2022.jpg", None),
        ("Phiếu đánh giá.pdf", None),  # of whom?
        ("Trần Thị Bình.pdf", 42),
        ("Lê Văn Ánh.pdf", None),  # which of three?
    ],
)
def test_names_suggest_a_line(name, line):
    assert placing.suggest(name, LINES, KINDS) == line
