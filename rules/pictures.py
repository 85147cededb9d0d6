"""The canonical form of what was handed in, adopted or issued, and its fingerprint.

One content always gives the same bytes: keys sorted, no spaces, dates in ISO form, so
that anybody can compute the SHA-256 again without this system.
"""

import hashlib
import json
from datetime import date, datetime


def canonical(schema, content):
    """One content as text.

    :param str schema: what it is, with the version of its shape, e.g. ``minutes/1``
    :param dict content: plain values; dates and moments are written in ISO form
    :rtype: str
    """
    return json.dumps(
        {"schema": schema, "content": content},
        default=_plain,
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def fingerprint(data):
    """SHA-256 of a text or of bytes, in hexadecimal digits."""
    data = data.encode() if isinstance(data, str) else data
    return hashlib.sha256(data).hexdigest()


def _plain(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"A picture holds plain values only, not {value!r}.")
