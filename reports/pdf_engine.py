"""HTML to PDF by WeasyPrint, in process, without network or file access."""

import functools
import io
import logging
import re

from pypdf import PdfReader

# every layout step is logged otherwise
for name in ("weasyprint", "fontTools"):
    logging.getLogger(name).setLevel(logging.ERROR)

try:
    import weasyprint
except (ImportError, OSError):  # OSError: Pango is missing
    weasyprint = None

AVAILABLE = weasyprint is not None
# NĐ 30/2020/NĐ-CP Phụ lục I: Times New Roman; Tinos has its measures
_LAWFUL = re.compile(r"times[- ]?new[- ]?roman|tinos", re.IGNORECASE)
_SAMPLE = """
<style>body { font: 14pt "Times New Roman", "Tinos", serif }</style><p>Ữ</p>
"""


def _data_only_fetcher():
    """Fetcher that refuses everything but ``data:`` addresses."""
    try:
        from weasyprint.urls import URLFetcher
    except ImportError:  # a function before version 68
        from weasyprint import default_url_fetcher

        def fetch(url, *args, **kwargs):
            if not url.lower().startswith("data:"):
                raise ValueError("Only data: addresses are fetched.")
            return default_url_fetcher(url, *args, **kwargs)

        return fetch
    return URLFetcher(allowed_protocols=("data",))


def render(html):
    """Print one HTML document.

    :param str html: complete document; it names paper and margins by ``@page``
    :rtype: bytes
    """
    document = weasyprint.HTML(string=html, url_fetcher=_data_only_fetcher())
    return document.write_pdf()


@functools.cache
def font():
    """Name of the font in which papers come out on this server, as a PDF has it."""
    page = PdfReader(io.BytesIO(render(_SAMPLE))).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    return next(iter(fonts)).get_object()["/BaseFont"].rpartition("+")[2]


def is_lawful(name):
    """Whether a font is Times New Roman, or Tinos in its place."""
    return bool(_LAWFUL.search(name))
