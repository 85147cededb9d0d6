"""What a cell says: text, number, day, level; or why it does not say it."""

import math
import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from ..rules.texts import _lt
from .cells import MAX_TEXT, clean
from .levels import NO_LEVEL, WRITTEN
from .problems import Problem
from .reading import ErrorValue, Uncomputed
from .words import plain, seen

_WRITTEN = (
    re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})\Z"),
    re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\Z"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?\Z")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}\Z")
_YEARS = range(1900, 2101)
_DAY_NONE = date(1899, 12, 30)  # the day that a spreadsheet counts from
_YOUNGEST, _OLDEST = 16, 90
_TICKS = {"x", "v", "✓", "✔", "☑", "√", "ü", "þ", "1", "có", "+", "*", "•", "xx"}
_YES = {"x", "co", "dung", "1", "true", "yes", "c"}
_NO = {"khong", "0", "false", "no", "k"}
# words that do not tell levels apart
_FILLERS = re.compile(
    r"\b(nhiem vu|chuc trach|duoc giao|cong viec|chat luong|xep loai|muc|tap the|va"
    r"|ca nhan|danh gia|nam \d{4}|la|dat|loai)\b"
)
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}\s*[.)/:\-–]|[-–•+*])\s*(?=\D)")
_SHORT = {"nv": "nhiem vu", "xs": "xuat sac", "ht": "hoan thanh", "ko": "khong"}
_SHORT |= {"k": "khong", "t": "tot", "htnv": "hoan thanh"}
_SHORT |= {"htt": "hoan thanh tot", "httnv": "hoan thanh tot"}
_SHORT |= {"htxs": "hoan thanh xuat sac", "htxsnv": "hoan thanh xuat sac"}
# forms of address and degrees before a name
_ADDRESS = re.compile(
    r"(?:(?:đ/c|đ\.c|đc\.|đồng chí|ông|bà|anh|chị|thầy giáo|cô giáo|thạc sĩ|thạc sỹ"
    r"|tiến sĩ|tiến sỹ|bác sĩ|bác sỹ|kỹ sư|cử nhân|luật sư|linh mục|hòa thượng"
    r"|thượng tọa|đại đức|ni sư"
    r"|(?:pgs|gs|tskh|ts|ths|bs|bsckii|bscki|ks|cn|ls|ncs|dr|mr|mrs|ms)\.|ths|tskh"
    r"|(?:thiếu|trung|thượng|đại) (?:úy|tá|tướng))"
    r"[\s:.]*)+(?=[^\W\d_])",
    re.IGNORECASE,
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
        return clean(seen(value))
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
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        # a code of digits stays one: never 1.2e+07
        return format(Decimal(repr(value)), "f") if abs(value) < 1e15 else f"{value:g}"
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
    return bare_name(" ".join(text_of(value).split()))


def bare_name(text):
    """The name without its number, forms of address and degrees.

    >>> bare_name("1. Đ/c ThS. Lê Văn Biên")
    'Lê Văn Biên'
    """
    text = _NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text
    found = _ADDRESS.match(text)
    # one word alone may be all that there is of a name
    if found and len(text[found.end() :].split()) > 1:
        text = text[found.end() :]
    return text.strip(" ,;.")


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
        if typed := _year_typed(value):
            return Problem(
                _lt(
                    "Perhaps the year %(year)s was typed into a cell for days. Write "
                    "the whole day: 30/04/%(year)s."
                ),
                {"year": typed},
            )
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


def _year_typed(day):
    """The year that a spreadsheet program took for a day: 1977 is 30/05/1905."""
    number = (day - _DAY_NONE).days
    return number if number in range(1900, 2101) else None


def as_birth(value, today=None):
    """A day of birth of somebody who is in a post.

    :param date today: the day from which the age is counted
    """
    day = as_day(value)
    if isinstance(day, Problem) or not today:
        return day
    years = today.year - day.year
    if years < _YOUNGEST:
        likely = next((y for y in (day.year - 100,) if today.year - y <= _OLDEST), 0)
        if likely:
            return Problem(
                _lt("Born in %(year)s? Perhaps %(likely)s is meant."),
                {"year": day.year, "likely": likely},
            )
    if not _YOUNGEST <= years <= _OLDEST:
        return Problem(
            _lt("Born in %(year)s? Correct the year."),
            {"year": day.year},
        )
    return day


def as_tick(value):
    """Whether something is ticked: ``x``, a check mark, ``1``."""
    if value is True or text_of(value).strip().casefold() in _TICKS:
        return True
    if plain(text_of(value)) in _NO:
        return False
    return Problem(_lt("Write “x” in one of these columns, nothing in the others."))


def as_reference(value):
    """The number of a document, perhaps with its day behind it."""
    if isinstance(value, date):
        return Problem(
            _lt(
                "The spreadsheet program took the number for a day. Make the cell one "
                "for text and type the number again."
            )
        )
    return as_text(value)


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
    text = text_of(value)
    text = _NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text
    written = plain(text)
    for level, label in (labels or {}).items():
        if written == plain(label):
            return level
    # what stands in brackets explains: “HTTNV (85 điểm)”
    for said in dict.fromkeys((written, plain(re.sub(r"\([^()]*\)", " ", text)))):
        if level := _level_said(said):
            return level
    return Problem(
        _lt(
            "This is no level. Write one of: XS, T, HT, K, or the level in words; "
            "“không xếp loại” where there is none."
        )
    )


def _level_said(written):
    long = " ".join(_SHORT.get(word, word) for word in written.split())
    for said in (written, long):
        bare = " ".join(_FILLERS.sub(" ", said).split())
        # “không”, “chưa” alone say nothing: only together with “xếp loại”
        if said in ("khong", "chua"):
            continue
        for word in (said, bare, bare.replace(" ", "")):
            if word in _WORDS:
                return _WORDS[word]
    if long.startswith("hoan thanh") and "han che ve nang luc" in long:
        return "completed"  # NĐ 90/2020/NĐ-CP before its amendment, of officials
    return None


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
        r"[,;(]?\s*(?:ngày\s+)?(\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}"
        r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})\)?\s*\Z",
        text,
        re.IGNORECASE,
    )
    day = as_day(found[1]) if found else None
    if found and not isinstance(day, Problem):
        text = text[: found.start()].strip(" ,;(")
    else:
        day = None
    return re.sub(_DOCUMENT, "", text), day


_DOCUMENT = (
    r"(?i)^(?:(?:quyết định|kết luận|thông báo|công văn|nghị quyết|qđ|kl)\s+)?số[:\s]+"
)
