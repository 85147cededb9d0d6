"""Texts typed in the fonts of before Unicode: TCVN3 (ABC) and VNI.

Such a text is Vietnamese on the screen of who has the font, and gibberish elsewhere.
It is named, and converted when somebody asks for it and has seen the result.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import replace

TCVN3, VNI = "tcvn3", "vni"
NAMES = {TCVN3: "TCVN3 (ABC)", VNI: "VNI"}
_ABC = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROOF = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303"}
_ROOF["ä"] = "\u0323"
_BOWL = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303"}
_BOWL["ë"] = "\u0323"
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}


def _vni_table():
    table = {}
    for letter in "aeoy":
        for mark, tone in _TONES.items():
            table[letter + mark] = letter + tone
    for mark, tone in _TONES.items():
        table |= {
            f"u{mark}": f"u{tone}",
            f"ô{mark}": f"ơ{tone}",
            f"ö{mark}": f"ư{tone}",
        }
    for letter in "aeo":
        table |= {letter + m: f"{letter}\u0302{t}" for m, t in _ROOF.items()}
    table |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _BOWL.items()}
    table |= _ALONE
    upper = {a.upper(): b.upper() for a, b in table.items()}
    mixed = {a[0].upper() + a[1:]: b[0].upper() + b[1:] for a, b in table.items()}
    return {
        a: unicodedata.normalize("NFC", b)
        for a, b in {**table, **mixed, **upper}.items()
    }


_PAIRS = _vni_table()
_PAIR = re.compile("|".join(sorted(map(re.escape, _PAIRS), key=len, reverse=True)))
_LATIN = re.compile("[\xa1-\xff]")
_MARK = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?\Z"
)


def converted_text(text, font):
    """The text as its writer saw it."""
    if font == TCVN3:
        return "".join(_ABC.get(letter, letter) for letter in text)
    return _PAIR.sub(lambda found: _PAIRS[found[0]], text)


def font_of(text):
    """The font that a text was typed in, or nothing where it is Unicode."""
    if type(text) is not str or text.isascii() or not _LATIN.search(text):
        return ""
    if _sense(text) == 1:
        return ""
    scored = [(_sense(converted_text(text, font)), font) for font in (TCVN3, VNI)]
    best, font = max(scored)
    return font if best > max(_sense(text), 0.6) else ""


def _sense(text):
    """Share of the words that are Vietnamese syllables."""
    words = _WORD.findall(re.sub("[\xa1-\xbf×÷]", "ß", text))
    # abbreviations are no syllables, whatever they are written in
    words = [w for w in words if len(w) > 1 and not w.isascii()]
    if not words:
        return 1
    return sum(map(_is_syllable, words)) / len(words)


def _is_syllable(word):
    split = unicodedata.normalize("NFD", word.casefold())
    if len(_MARK.findall(split)) > 1:
        return False
    bare = unicodedata.normalize("NFC", _MARK.sub("", split))
    consonants = word.isupper() and not re.search("[aăâeêioôơuưy]", bare)
    return bool(_SYLLABLE.match(bare)) or consonants


def found_in(rows):
    """The font that most of the texts of a sheet are in that are not Unicode."""
    fonts = Counter(
        font for row in rows for value in row.cells.values() if (font := font_of(value))
    )
    return fonts.most_common(1)[0][0] if fonts else ""


def converted(sheet, font):
    """The sheet with its old texts in Unicode.

    In a column of old texts one that could be either is taken for old as well.
    """
    old, other = defaultdict(int), defaultdict(int)
    for row in sheet.rows:
        for column, value in row.cells.items():
            if type(value) is str and not value.isascii():
                (old if font_of(value) else other)[column] += 1
    columns = {column for column in old if old[column] >= other[column]}

    def text(column, value):
        if type(value) is not str or value.isascii():
            return value
        is_old = font_of(value) or column in columns and max(value) <= "\xff"
        return converted_text(value, font) if is_old else value

    return replace(
        sheet,
        rows=tuple(
            replace(row, cells={c: text(c, v) for c, v in row.cells.items()})
            for row in sheet.rows
        ),
    )
