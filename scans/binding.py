"""Many papers as one PDF to print and read; the papers themselves are only read.

A page of each paper is copied with a mark over it. What cannot be copied (broken,
locked, too large unpacked, no PDF and no image) is told to the caller, who puts a page
in its place.
"""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)

from .confined import TooHeavy
from .kinds import IMAGES
from .pdf_files import Locked, copied
from .photographs import UnreadablePhotograph, page

_MARK = "/CadreReviewMark"


class Unbindable(ValueError):
    """``why``: ``broken``, ``locked``, ``kind``, or a reason of
    :class:`.confined.TooHeavy`."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


def as_pdf(name, content, kind):
    """The pages of a file, as bytes of a PDF that surely can be copied.

    :param str kind: key of :data:`.kinds.KINDS`
    :raise Unbindable: where it has no pages to copy
    :rtype: bytes
    """
    try:
        if kind in IMAGES:
            return page(name, content)
        if kind == "pdf":
            return copied(content)
    except UnreadablePhotograph as error:
        raise Unbindable(error.why or "broken") from error
    except Locked as error:
        raise Unbindable("locked") from error
    except TooHeavy as error:
        raise Unbindable(error.why) from error
    except ValueError as error:
        raise Unbindable("broken") from error
    raise Unbindable("kind")


class Volume:
    """One PDF in the making, with bookmarks.

    :param bytes mark: PDF of one A4 page that is printed over every page
    """

    def __init__(self, mark):
        self._writer = PdfWriter()
        page = PdfReader(io.BytesIO(mark)).pages[0]
        self._size = page.mediabox.width, page.mediabox.height
        # kept once, with its fonts apart from those of the pages
        form = _stream(page.get_contents().get_data())
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): page.mediabox,
                NameObject("/Resources"): page["/Resources"].clone(self._writer),
            }
        )
        self._mark = self._writer._add_object(form)

    def __len__(self):
        return len(self._writer.pages)

    def add(self, title, pdf, parent=None):
        """Append the pages of a PDF under a bookmark.

        :param bytes pdf: as :func:`as_pdf` gives it
        :param parent: bookmark under which it stands
        :return: the bookmark
        """
        start = len(self._writer.pages)
        for one in PdfReader(io.BytesIO(pdf)).pages:
            self._print_over(self._writer.add_page(one))
        return self._writer.add_outline_item(title, start, parent)

    def _print_over(self, page):
        box, (width, height) = page.mediabox, self._size
        scale = min(box.width / width, box.height / height)
        # at the foot of the page, in its middle
        left = box.left + (box.width - width * scale) / 2
        show = f"\nQ\nq {scale:.4f} 0 0 {scale:.4f} {left:.2f} {box.bottom:.2f} cm "
        add = self._writer._add_object
        contents = page.get("/Contents")
        if contents is None:
            contents = []
        elif not isinstance(contents, ArrayObject):
            contents = [page.raw_get("/Contents")]
        page[NameObject("/Contents")] = ArrayObject(
            [
                add(_stream(b"q\n")),
                *contents,
                add(_stream(f"{show}{_MARK} Do Q".encode())),
            ]
        )
        _dictionary(_dictionary(page, "/Resources"), "/XObject")[NameObject(_MARK)] = (
            self._mark
        )

    def content(self):
        """The PDF.

        :rtype: bytes
        """
        self._writer.compress_identical_objects()
        file = io.BytesIO()
        self._writer.write(file)
        return file.getvalue()


def _stream(data):
    stream = StreamObject()
    stream.set_data(data)
    return stream


def _dictionary(owner, name):
    """The dictionary of that name, made where there is none."""
    if name not in owner:
        owner[NameObject(name)] = DictionaryObject()
    return owner[name].get_object()
