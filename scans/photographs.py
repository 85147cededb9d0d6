"""Photographs of one paper, page by page, become one PDF; they stay as they are."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

try:  # HEIC is read where this is installed; without it such photographs are kept
    import pillow_heif

    pillow_heif.register_heif_opener()
except ImportError:
    pillow_heif = None

READS_HEIC = pillow_heif is not None
# an A4 page at 200 dots an inch: what a printed paper needs to be read
LONGEST = 2339


class UnreadablePhotograph(ValueError):
    """``name`` cannot be read as an image."""

    def __init__(self, name):
        super().__init__(name)
        self.name = name


def combine(photographs):
    """One PDF with a page for each photograph, upright.

    :param photographs: pairs (name, content), in the order of the pages
    :raise UnreadablePhotograph: for the first that is broken
    :rtype: bytes
    """
    pages = [_page(name, content) for name, content in photographs]
    pdf = io.BytesIO()
    pages[0].save(
        pdf, "PDF", resolution=200, save_all=True, append_images=pages[1:], quality=85
    )
    return pdf.getvalue()


def _page(name, content):
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            page = ImageOps.exif_transpose(image)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UnreadablePhotograph(name) from error
    if page.mode in ("RGBA", "LA", "P"):  # a PDF page has no transparency
        page = page.convert("RGBA")
        white = Image.new("RGBA", page.size, "white")
        page = Image.alpha_composite(white, page)
    page = page.convert("RGB")
    page.thumbnail((LONGEST, LONGEST))
    return page
