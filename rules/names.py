"""Vietnamese names: the order in which lists of people are read."""

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {letter: chr(ord("A") + index) for index, letter in enumerate(_ALPHABET)}


def _word_key(word):
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word.lower()):
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in _TONES), "")
        base = unicodedata.normalize("NFC", marks.replace(tone, "") if tone else char)
        letters.append(_RANK.get(base, base if base.isalnum() else ""))
        tones.append(str(_TONES.get(tone, 0)))
    return "".join(letters), "".join(tones)


def sort_key(full_name):
    """Key that sorts by given name, then middle name, then family name.

    The key orders byte by byte (databases are created with collation C) as the
    Vietnamese alphabet does: letters first, tones only between equal letters.

    :param str full_name: family name first, as written in Vietnamese
    :return: ASCII string, e.g. for ``ORDER BY``
    """
    words = [_word_key(word) for word in (full_name or "").split()]
    if not words:
        return ""
    ordered = [words[-1], *words[:-1]]
    letters = " ".join(letters for letters, _tones in ordered)
    return letters + "!" + " ".join(tones for _letters, tones in ordered)


def fold(name):
    """Name for comparing: Unicode composed, one space, lower case."""
    return " ".join(unicodedata.normalize("NFC", name or "").casefold().split())
