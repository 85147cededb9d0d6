"""Vietnamese names: the order in which lists of people are read."""

import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {letter: chr(ord("A") + index) for index, letter in enumerate(_ALPHABET)}
_RANK["ð"] = _RANK["đ"]  # the Icelandic letter, left by converters of old fonts


def _letter_key(letter):
    if letter in _RANK or (letter.isascii() and letter.isalnum()):
        return _RANK.get(letter, letter)
    plain = unicodedata.normalize("NFD", letter)[:1]
    if plain in _RANK:
        return _RANK[plain]
    return f"~{ord(letter):06x}" if letter.isalnum() else ""


@lru_cache(maxsize=4096)  # few words make up the names of thousands
def _word_key(word):
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word.lower()):
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in _TONES), "")
        base = unicodedata.normalize("NFC", marks.replace(tone, "")) if tone else char
        if key := _letter_key(base):
            letters.append(key)
            tones.append(str(_TONES.get(tone, 0)))
    return "".join(letters), "".join(tones)


def _words_key(words):
    keys = [_word_key(word) for word in words]
    letters = " ".join(letters for letters, _tones in keys)
    return letters + "!" + " ".join(tones for _letters, tones in keys)


def sort_key(full_name):
    """Key that sorts by given name, then by family and middle names.

    The key orders byte by byte (databases are created with collation C) as the
    Vietnamese alphabet does: letters first, tones only between equal letters. All
    of one given name stand together: every Anh, then every Ánh.

    :param str full_name: family name first, as written in Vietnamese
    :return: ASCII string, e.g. for ``ORDER BY``
    """
    words = (full_name or "").split()
    if not words:
        return ""
    return _words_key(words[-1:]) + " " + _words_key(words[:-1])


@lru_cache(maxsize=50_000)
def fold(name):
    """What two spellings of a name or text share: composed, one space, lower case."""
    return " ".join(unicodedata.normalize("NFC", name or "").casefold().split())
