"""Photographs of one paper, page by page, become one PDF; they stay as they are."""

from PIL import Image, ImageOps

from . import confined
from .kinds import kind_of
from .pdf_files import merged
from .weighing import weigh

try:  # HEIC is read where this is installed; without it such photographs are kept
    import pillow_heif

    pillow_heif.register_heif_opener()
except ImportError:
    pillow_heif = None

READS_HEIC = pillow_heif is not None
# an A4 page at 200 dots an inch: what a printed paper needs to be read
LONGEST = 2339


class UnreadablePhotograph(ValueError):
    """``name`` cannot be read as an image; ``why`` says where it is only too large."""

    def __init__(self, name, why=""):
        super().__init__(name)
        self.name, self.why = name, why


def combine(photographs):
    """One PDF with a page for each photograph, upright.

    :param photographs: pairs (name, content), in the order of the pages
    :raise UnreadablePhotograph: for the first that is broken or too large
    :rtype: bytes
    """
    return merged([page(name, content) for name, content in photographs])


def page(name, content):
    """A photograph as PDF of one page, upright.

    :raise UnreadablePhotograph: where it is broken or too large
    :rtype: bytes
    """
    try:
        weigh(kind_of(content), content)
        values, pdf = confined.run("page", content)
    except confined.TooHeavy as error:
        raise UnreadablePhotograph(name, error.why) from error
    if values["broken"]:
        raise UnreadablePhotograph(name)
    return pdf


def draw(file, out):
    """Task of :func:`page`, in the process of its own."""
    try:
        with Image.open(file) as image:
            # JPEG is read in the size that is wanted, not larger
            image.draft("RGB", _within(image.size))
            image.load()
            _upright(image).save(out, "PDF", resolution=200, quality=85)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return {"broken": True}
    return {"broken": False}


def _within(size):
    longest = max(size)
    return tuple(max(1, side * LONGEST // longest) for side in size)


def _upright(image):
    # small first: what follows copies it
    image.thumbnail((LONGEST, LONGEST))
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "P", "PA"):  # a PDF page has no transparency
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")
