"""What a cell says: text, number, day, level; or why it does not say it."""

import math
import re
import unicodedata
from datetime import date, datetime, time

from ..rules.texts import _lt
from .cells import MAX_TEXT, clean
from .levels import NO_LEVEL, WRITTEN
from .problems import Problem
from .reading import ErrorValue, Uncomputed
from .words import plain

_WRITTEN = (
    re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})\Z"),
    re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\Z"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?\Z")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}\Z")
_YEARS = range(1900, 2101)
_YES = {"x", "co", "dung", "1", "true", "yes", "c"}
_NO = {"khong", "0", "false", "no", "k"}
# words that do not tell levels apart
_FILLERS = re.compile(
    r"\b(nhiem vu|chuc trach|duoc giao|cong viec|chat luong|xep loai|muc|tap the|va)\b"
)
_WORDS = {
    name: level
    for level, names in (
        *((level, written.words) for level, written in WRITTEN.items()),
        *NO_LEVEL.items(),
    )
    for name in names
}


def text_of(value):
    """The value as it would be shown, to name it to the user."""
    if type(value) is str:
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, Uncomputed):
        return value.formula
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:g}"
    return clean(str(value))


def usable(value):
    """The problem of a value that cannot be used as anything, or None."""
    if isinstance(value, ErrorValue):
        return Problem(
            _lt("The cell shows the error %(error)s. Type the value itself."),
            {"error": value.text[:20]},
        )
    if isinstance(value, Uncomputed):
        return Problem(
            _lt(
                "A formula without its value. Open the file in a spreadsheet program "
                "and save it, or type the value itself."
            )
        )
    if isinstance(value, str) and len(value) > MAX_TEXT:
        return Problem(_lt("The text is too long."))
    return None


def as_text(value):
    """One text; numbers as they are shown, e.g. a code ``21439``."""
    text = text_of(value)
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def as_name(value):
    """A person's or a body's name, on one line."""
    if isinstance(value, int | float | date | time) or not re.search(
        r"[^\W\d_]", text_of(value)
    ):
        return Problem(_lt("This is no name."))
    return " ".join(text_of(value).split())


def as_whole(value):
    """A whole number that is not negative."""
    if isinstance(value, str):
        digits = value.strip().replace("\u00a0", "")
        value = int(digits) if digits.isascii() and digits.isdigit() else None
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return Problem(_lt("This is no whole number. Type digits alone, e.g. 9."))
    if not 0 <= value < 10**6:
        return Problem(_lt("The number is not plausible."))
    return value


def as_year(value):
    year = as_whole(value)
    if isinstance(year, Problem) or year not in range(1990, 2101):
        return Problem(_lt("This is no year. Type four digits, e.g. 2021."))
    return year


def as_day(value):
    """A day, in the Vietnamese order day, month, year where it is text.

    >>> as_day("30/4/1975")
    datetime.date(1975, 4, 30)
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if value.year in _YEARS else Problem(_lt("The year is not right."))
    text = unicodedata.normalize("NFC", text_of(value)).strip().casefold()
    found = _day_parts(text)
    if found:
        try:
            day = date(*found)
        except ValueError:
            return Problem(
                _lt("There is no such day. Write day, month, year: 30/04/1975.")
            )
        return day if day.year in _YEARS else Problem(_lt("The year is not right."))
    if re.fullmatch(r"(19|20)\d\d", text):
        return Problem(_lt("A year alone. Write the whole day: 30/04/1975."))
    if _SHORT_YEAR.match(text):
        return Problem(
            _lt("Two digits leave the century open. Write four: 30/04/1975.")
        )
    return Problem(_lt("This is no day. Write day, month, year: 30/04/1975."))


def as_moment(value):
    """A day with its hour: ``8 giờ 30 ngày 18/11/2022``, ``18/11/2022 08:30``."""
    if isinstance(value, datetime):
        return value
    text = unicodedata.normalize("NFC", text_of(value)).strip().casefold()
    found = re.search(
        r"(\d{1,2})\s*(?:giờ|g|h|:)\s*(\d{1,2})?(?:\s*(?:phút|'|p))?", text
    )
    if found:
        rest = (text[: found.start()] + text[found.end() :]).strip(" ,;-")
        day = as_day(rest)
        hour, minute = int(found[1]), int(found[2] or 0)
        if not isinstance(day, Problem) and hour < 24 and minute < 60:
            return datetime.combine(day, time(hour, minute))
    return Problem(_lt("This is no hour of a day. Write it as 18/11/2022 08:30."))


def _day_parts(text):
    for pattern in _WRITTEN:
        if found := pattern.match(text):
            day, month, year = map(int, found.groups())
            return year, month, day
    if found := _ISO.match(text):
        return tuple(map(int, found.groups()))
    return None


def as_level(value, labels=None):
    """A level or another outcome, however it is written.

    >>> as_level("HTXSNV"), as_level("Hoàn thành tốt chức trách, nhiệm vụ")
    ('excellent', 'good')

    :param labels: ``{outcome: label}`` as the regulation prints them
    """
    written = plain(text_of(value))
    for level, label in (labels or {}).items():
        if written == plain(label):
            return level
    bare = " ".join(_FILLERS.sub(" ", written).split())
    # “không”, “chưa” alone say nothing: only together with “xếp loại”
    if written not in ("khong", "chua"):
        for word in (written, bare, bare.replace(" ", "")):
            if word in _WORDS:
                return _WORDS[word]
    if written.startswith("hoan thanh") and "han che ve nang luc" in written:
        return "completed"  # NĐ 90/2020/NĐ-CP before its amendment, of officials
    return Problem(
        _lt(
            "This is no level. Write one of: XS, T, HT, K, or the level in words; "
            "“không xếp loại” where there is none."
        )
    )


def as_flag(value):
    if isinstance(value, bool):
        return value
    written = plain(text_of(value))
    if written in _YES:
        return True
    return (
        False if written in _NO else Problem(_lt("Write “x” for yes, nothing for no."))
    )


def as_choice(value, choices):
    """One of ``{code: names}``, the names without accents."""
    written = plain(text_of(value))
    for code, names in choices.items():
        if written == plain(code) or written in names:
            return code
    return Problem(
        _lt("Write one of: %(choices)s."),
        {"choices": "; ".join(names[0] for names in choices.values())},
    )


def as_email(value):
    address = text_of(value).strip()
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+", address):
        return Problem(_lt("This is no e-mail address."))
    return address.casefold()


def split_reference(text):
    """Number and day of a document: ``"5-QĐ/TT ngày 21/11/2022"``.

    :return: ``(number, day or None)``
    """
    text = " ".join((text or "").split())
    found = re.search(
        r"[,;]?\s*(?:ngày\s+)?(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})\Z", text, re.IGNORECASE
    )
    if not found:
        return text, None
    day = as_day(found[1])
    if isinstance(day, Problem):
        return text, None
    number = text[: found.start()].strip(" ,;")
    return re.sub(r"(?i)^(số|quyết định số|kết luận số)[:\s]+", "", number), day
