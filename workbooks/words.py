"""Vietnamese words and names, compared as people compare them."""

import re
import unicodedata
from functools import lru_cache

from ..rules.names import fold

_MARKS = re.compile("[\u0300-\u036f]+")
_WORDS = re.compile(r"[a-z0-9]+")
# letters without width come along with copied text, and are seen by nobody
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def seen(text):
    """The text without letters that have no width."""
    return text if text.isascii() else _UNSEEN.sub("", text)


@lru_cache(50_000)
def plain(text):
    """Letters and digits without accents, one space between words.

    >>> plain("Cấp ủy  đề xuất (%)")
    'cap uy de xuat'
    """
    text = (text or "").casefold().replace("đ", "d")
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return " ".join(_WORDS.findall(text))


@lru_cache(50_000)
def name_key(name):
    """A name whatever Unicode form, spaces, case and place of the tone mark.

    >>> name_key("Trần Hoà") == name_key("TRẦN  HÒA")
    True
    >>> name_key("Trần Hoa") == name_key("Trần Hòa")
    False
    """
    return " ".join(_tone_last(word) for word in fold(seen(name or "")).split())


def _tone_last(word):
    split = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in split if c in _TONES)
    return "".join(c for c in split if c not in _TONES) + tones
