"""What the rows of a table are: one answer for those who read and those who fill.

Lists and forms are made of lines, of lines that head a part (collectives and people, a
unit, an authority), of sub-totals, of numbers of columns, of headings said again on
each page, and of what stands below: remarks and signatures.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..rules.names import fold
from .words import plain

LINE, BLANK, CAPTION, TOTAL, HEADING, REMARK, BELOW = (
    *("line", "blank", "caption", "total", "heading"),
    *("remark", "below"),
)
COLLECTIVE, PEOPLE = "collective", "people"
_NONE = MappingProxyType({})
NAMES = ("name", "given_name")
_MARK = re.compile(
    r"\(?([IVXLivxl]{1,7}|[A-Z]|\d{1,3}(\.\d{1,2})*)\s*[.)/:\-–]?\s*\)?\Z"
)
_MARKED = re.compile(r"\(?([IVXL]{1,7}|[A-Z]|\d{1,3}(\.\d{1,2})*)\s*[.)/:\-–]\s*(?=\S)")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[a-z])\)?\s*([=+:/*].*)?\Z", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"[\d\s.…,_()/\-–—:;]*\Z")
# “Tổng” sums up, “Tống” is a family; “Cộng tác viên” is a post
_TOTAL = re.compile(
    r"(?:[ivxl\d]+[.)]\s*)?(?:tổng cộng|tổng số|tong cong|tong so|cộng|tổng|cong)"
    r"(?:\s*[:(.…\-–\d].*"
    r"|\s+(?:[ivxl]+|nhóm|khối|mục|phần|theo|toàn|các|cả|chung|trang|đơn vị|cơ quan"
    r"|phường|xã|thị trấn|ban|tập thể|cá nhân|người|cán bộ|hàng|cột)\b.*)?\Z"
)
_TOTAL_WORDS = {
    "cong don",
    "cong chung",
    "cong trang truoc",
    "mang sang",
    "chuyen sang",
}
_REMARK = re.compile(
    r"(?:an dinh )?(?:danh sach|bieu|bang)(?: tong hop)?(?: nay| tren)?"
    r" (?:gom|co|nay|an dinh|tong cong)\b.*"
    r"|(?:tong hop|tong cong|tong so|gom|co tat ca)\b.*"
    r"\b(?:nguoi|ca nhan|tap the|dong chi)\b.*"
    r"|ghi chu\b.*|luu y\b.*|chu thich\b.*|huong dan\b.*|mau so\b.*"
)
_BELOW = re.compile(
    r"nguoi lap(?: bieu| bang| danh sach)?|lap bieu|noi nhan\b.*|(?:tm|kt|tl|tuq|q) .*"
    r"|(?:.*\b)?ngay(?: \d+)? thang(?: \d+)? nam(?: \d+)?"
    r"|xac nhan(?: cua)?\b.*|thu truong\b.*|ky ten\b.*|ky ghi ro ho ten\b.*"
    r"|(?:pho )?(?:chu tich|truong ban|giam doc|bi thu|chanh van phong)"
    r"|nguoi (?:tong hop|kiem tra|ky)\b.*|ke toan\b.*"
)
# with its accents: Đoàn, Trương, Tô are families as well
_BODY = re.compile(
    r"(?:các )?(?:phường|xã|thị trấn|thị xã|huyện|thành phố|tỉnh|ban|thường trực"
    r"|tt\.? ?hđnd|ubnd|hđnd|[uủ][yỷ] ban|uỷ ban|hội đồng|văn phòng|phòng|sở|chi cục"
    r"|cục|trường|trạm|đảng [uủ][yỷ]|đảng bộ|chi bộ|cấp [uủ][yỷ]|khối|mttq|mặt trận"
    r"|hội|liên đoàn|đoàn thanh niên|đoàn tncs|đoàn thể|công an|tòa án|viện|trung tâm"
    r"|đơn vị|cơ quan|tổ|nhóm|thuong truc|uy ban|hoi dong|van phong|hdnd|thi tran)\b.*"
    r"|(?:p|x|tx|tt)\. ?\w.*"
)


@dataclass(frozen=True)
class Meaning:
    """What a row is.

    :param kind: LINE, BLANK, CAPTION, TOTAL, HEADING, REMARK or BELOW
    :param text: of a caption, without its number
    :param part: of a caption: COLLECTIVE, PEOPLE or nothing
    """

    kind: str
    text: str = ""
    part: str = ""


def is_placeholder(text):
    """Whether a text only shows where something is to be written."""
    return bool(_PLACEHOLDER.match(text))


def meaning(texts, columns, headings: Mapping[int, str] = _NONE, part=""):
    """What a row says as a whole.

    :param texts: ``{column: text}`` of its cells, empty ones left out
    :param columns: ``{code: column}`` of the table
    :param headings: ``{column: heading}``, for headings said again
    :param part: COLLECTIVE below such a caption, where bodies are what is listed
    """
    words = {n: text for n, text in texts.items() if not is_placeholder(text)}
    if not words:
        return Meaning(HEADING if _numbers_columns(texts, columns) else BLANK)
    if _is_heading_again(words, headings):
        return Meaning(HEADING)
    if _numbers_columns(texts, columns):
        return Meaning(HEADING)
    name = " ".join(words[n] for n in _name_columns(columns) if n in words)
    first = words[min(words)]
    values = _values(words, columns)
    for text in dict.fromkeys((name or first, first)):
        if text == first != name and name and not _is_foot(name):
            break  # a line with a name is a line, whatever stands in front
        if is_total(text):
            return Meaning(TOTAL)
    caption = _caption(texts, words, values)
    if caption and not (name and part == COLLECTIVE and not caption.part):
        return caption
    if name and (values or not _is_foot(name)) or len(values) > 1:
        return Meaning(LINE)
    if not name and not values:
        return _foot(words, first) if _is_foot(first) else Meaning(REMARK)
    return _foot(words, name or first)


def is_total(text):
    folded = fold(text)
    return bool(_TOTAL.match(folded)) or plain(text) in _TOTAL_WORDS


def _is_foot(text):
    written = plain(text)
    return (
        is_total(text)
        or bool(_REMARK.fullmatch(written))
        or bool(_BELOW.fullmatch(written))
        or text.rstrip().endswith("./.")
        # a sentence, and nobody's name
        or len(text) > 25
        and bool(re.search(r"[:;%]|\d{2}", text))
    )


def _foot(words, text):
    """What stands below a table: a remark, or the beginning of the signatures."""
    if any(_BELOW.fullmatch(plain(text)) for text in words.values()):
        return Meaning(BELOW)
    if _is_foot(text):
        return Meaning(REMARK)
    return Meaning(LINE)


def _name_columns(columns):
    return [columns[code] for code in NAMES if code in columns]


def _values(words, columns):
    """Codes of the table's values on the row, its number and name left out."""
    aside = {columns.get("no"), *_name_columns(columns)}
    own = {number: code for code, number in columns.items()}
    return [own[n] for n in words if n in own and n not in aside]


def _numbers_columns(texts, columns):
    """(1), (2), (3): the numbers of the columns, as many forms have them."""
    written = [texts[n].strip() for n in sorted(texts)]
    if len(written) < 3 or not all(_COLUMN_NUMBER.match(text) for text in written):
        return False
    name = columns.get("name")
    return name is None or name in texts


def _is_heading_again(words, headings):
    if not headings or len(words) < 3:
        return False
    said = sum(
        plain(text) == plain(headings.get(n, "").rpartition("–")[2])
        or plain(text) == plain(headings.get(n, ""))
        for n, text in words.items()
    )
    return said >= max(3, len(words) - 1)


def _caption(texts, words, values):
    """The row as one that heads a part, or None."""
    if values or len(words) > 2:
        # a text across the table may lie in a column of values
        if len(words) > 1 or not _MARKED.match(words[min(words)]):
            return None
    ordered = [words[n] for n in sorted(words)]
    marks = [t.strip() for t in texts.values() if _MARK.match(t.strip())]
    text = ordered[-1]
    is_marked = bool(_MARKED.match(text))
    if len(ordered) == 2:
        if not _MARK.match(ordered[0].strip()):
            return None
        is_marked = not ordered[0].strip().isdigit()
    elif marks and not is_marked:  # its number is a placeholder: 1, 2
        is_marked = any(not mark.strip("().").isdigit() for mark in marks)
    bare = _MARKED.sub("", text, count=1).strip()
    part = part_of(bare)
    digits = re.match(r"\(?\d", text)
    is_body = bool(_BODY.fullmatch(fold(bare))) and len(bare) < 120
    if part or is_body or is_marked and not digits:
        if not _is_foot(bare):
            return Meaning(CAPTION, bare, part)
    return None


def part_of(text):
    """Whether a caption speaks of collectives or of people."""
    written = plain(text)
    is_short = len(written.split()) <= 8
    if is_short and re.search(r"\btap the\b", written) and "ca nhan" not in written:
        return COLLECTIVE
    return PEOPLE if is_short and re.search(r"\bca nhan\b", written) else ""


class Parts:
    """The captions above a line: collectives or people, and the unit, in either
    order; one further out ends the one further in."""

    def __init__(self):
        self.part = self.unit = self.caption = ""
        self._outer = ""

    def enter(self, caption: Meaning):
        kind = "part" if caption.part else "unit"
        self._outer = self._outer or kind
        if kind == self._outer:
            self.part = self.unit = ""
        if kind == "part":
            self.part = caption.part
        else:
            self.unit = caption.text
        self.caption = caption.text
