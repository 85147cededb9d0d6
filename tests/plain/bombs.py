"""Small files that become large: made here, so that none lies in the tree."""

import io
import struct
import zipfile
import zlib

MEGABYTE = 2**20


def zeros(megabytes):
    """Packed bytes that unpack to so many megabytes: one piece of them, repeated."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = pack.compress(bytes(MEGABYTE)) + pack.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + piece * megabytes + pack.flush() + _adler(megabytes)


def _adler(megabytes):
    """Check sum (RFC 1950) of zeros: one and their number, modulo 65521."""
    return struct.pack(">HH", megabytes * MEGABYTE % 65521, 1)


def pdf(objects, trailer=b"", count=None):
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    file = io.BytesIO()
    file.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    file.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    size = len(places) + 1
    file.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer))
    file.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return file.getvalue()


def stream(data, words=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), words, data)


def one_page(contents):
    """Catalogue, tree and page before what it shows, which is object 4."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>",
        contents,
    ]


def unpacking_pdf(megabytes=1024, filters=b"/FlateDecode"):
    """What the page shows comes to a gigabyte; packed twice, of 1 MB to 5 KB."""
    packed = zeros(megabytes)
    if filters.count(b"Flate") > 1:
        packed = zlib.compress(packed, 9)
    return pdf(one_page(stream(packed, b"/Filter %s" % filters)))


def disguised_pdf(megabytes=1024):
    """The same, its filter's name written in another way."""
    return unpacking_pdf(megabytes, b"/Fl#61teDecode")


def table_pdf(megabytes=1024):
    """The table of places is itself a stream that unpacks to a gigabyte."""
    file = io.BytesIO()
    file.write(b"%PDF-1.7\n")
    for number, body in enumerate(one_page(stream(b""))[:3], 1):
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = file.tell()
    rows = megabytes * MEGABYTE // 4
    words = b"/Type /XRef /W [1 2 1] /Size %d /Root 1 0 R /Filter /FlateDecode" % rows
    file.write(b"9 0 obj\n%s\nendobj\n" % stream(zeros(megabytes), words))
    file.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return file.getvalue()


def packed_objects_pdf(megabytes=1024):
    """The tree of pages stands in a packed stream of objects of a gigabyte."""
    file = io.BytesIO()
    file.write(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
    held = file.tell()
    words = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
    file.write(b"3 0 obj\n%s\nendobj\n" % stream(zeros(megabytes), words))
    start = file.tell()
    rows = [(0, 0, 0), (1, 9, 0), (2, 3, 0), (1, held, 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    words = b"/Type /XRef /W [1 4 1] /Size 5 /Root 1 0 R"
    file.write(b"4 0 obj\n%s\nendobj\n" % stream(table, words))
    file.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return file.getvalue()


def doubling_pdf(depth=60):
    """Each branch of the tree of pages bears the next one twice."""
    tree = [
        b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 1 >>" % (n + 1, n + 1)
        for n in range(2, depth + 2)
    ]
    leaf = b"<< /Type /Page /MediaBox [0 0 9 9] /Parent %d 0 R >>" % (depth + 1)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *tree, leaf])


def endless_pdf():
    """The tree of pages bears itself."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        ]
    )


def shared_stream_pdf(pages=2000, megabytes=60):
    """Many numbers lead to one stream, each time as if it were another."""
    objects = one_page(stream(zeros(megabytes), b"/Filter /FlateDecode"))
    content = pdf(objects)
    place = content.index(b"4 0 obj")
    rows = [b"%010d 00000 n \n" % place] * pages
    start = len(content)
    table = b"xref\n4 %d\n%s" % (pages, b"".join(rows))
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Prev %d >>\n" % (
        pages + 4,
        content.rindex(b"xref\n0 "),
    )
    return content + table + trailer + b"startxref\n%d\n%%%%EOF\n" % start


def many_objects_pdf(count=900_000):
    """Fifty megabytes of the smallest objects, all of them on one page."""
    used = b" ".join(b"%d 0 R" % n for n in range(5, count + 5))
    objects = one_page(stream(b""))
    objects[2] = objects[2][:-2] + b"/Resources << /Font [%s] >> >>" % used
    return pdf([*objects, *[b"[]"] * count])


def pictured_pdf(width, height):
    """A picture of so many pixels on a page."""
    words = b"/Type /XObject /Subtype /Image /Width %d /Height %d" % (width, height)
    words += b" /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode"
    return pdf([*one_page(stream(b"")), stream(zeros(1), words)])


def png(width, height, colour=2):
    """A picture of one colour: some kilobytes, however many pixels."""
    sizes = {0: 1, 2: 3, 6: 4}
    pack = zlib.compressobj(9)
    row = bytes(1 + width * sizes[colour])
    data = b"".join([*(pack.compress(row) for _row in range(height)), pack.flush()])

    def chunk(name, body):
        sum_ = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + sum_

    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def jpeg_of_many_scans(image, scans=3000):
    """A progressive JPEG whose last scan comes again and again."""
    last = image.rindex(b"\xff\xda")
    end = image.rindex(b"\xff\xd9")
    return image[:end] + image[last:end] * scans + image[end:]


def office(kind, parts=()):
    """A DOCX or XLSX with these parts, ``{name: megabytes}``."""
    names = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(names[kind], "<x/>")
        for name, megabytes in dict(parts).items():
            packed.writestr(name, bytes(megabytes * MEGABYTE))
    return file.getvalue()


def lying_office():
    """Its header says of 256 MB that they are ten bytes."""
    content = office("docx", {"word/media/a.bin": 256})
    size = struct.pack("<I", 256 * MEGABYTE)
    return content.replace(size, struct.pack("<I", 10))


def nested_office(depth=6):
    """Each zip holds ten times the next one, as one stored and nine that repeat it."""
    inner = office("docx", {"word/media/a.bin": 40})
    for _each in range(depth):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(10):
                packed.writestr(f"{number}.zip", inner)
        inner = file.getvalue()
    file = io.BytesIO(office("docx"))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as packed:
        packed.writestr("word/embeddings/1.zip", inner)
    return file.getvalue()


def many_parts(count=700_000):
    """A zip whose list alone is long."""
    content = office("docx")
    start, end = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    second = content.index(b"PK\1\2", start + 1)
    listed = content[start:end] + content[start:second] * count
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, len(listed), start, 0)
    return content[:start] + listed + tail
