"""HTML to PDF by WeasyPrint, in process, without network or file access."""

import logging

# every layout step is logged otherwise
for name in ("weasyprint", "fontTools"):
    logging.getLogger(name).setLevel(logging.ERROR)

try:
    import weasyprint
except (ImportError, OSError):  # OSError: Pango is missing
    weasyprint = None

AVAILABLE = weasyprint is not None


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
