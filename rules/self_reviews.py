"""Bản kiểm điểm cá nhân: which form is in force on a day, and its sections.

HD 21-HD/BTCTW (18/10/2019) Mẫu 02; HD 25-HD/BTCTW (10/11/2023) Mẫu 02B, of which only
the head is known and which keeps the sections of before; HD 43-HD/BTCTW (31/10/2025)
Mẫu 2A.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Section:
    """One heading of the form.

    :param code: of the criterion it answers, where a regulation has one
    :param kind: what is printed under it: ``heading``, ``strengths``,
        ``shortcomings``, ``earlier``, ``suggestions``, ``blank``, ``points``,
        ``rating``
    """

    code: str
    title: str
    kind: str

    @property
    def number(self):
        return self.code.rpartition(".")[2]

    @property
    def depth(self):
        """0 for a part (A, B), 1 for what has a Roman number."""
        return 0 if self.code in ("A", "B") else 1


@dataclass(frozen=True)
class Form:
    code: str
    title: str
    date_from: date
    source: str
    sections: tuple[Section, ...]


_OWN_SHARE = (
    "Làm rõ trách nhiệm của cá nhân đối với những hạn chế, khuyết điểm của tập thể "
    "(nếu có)"
)
_EARLIER = (
    "Kết quả khắc phục những hạn chế, khuyết điểm đã được cấp có thẩm quyền kết luận "
    "hoặc được chỉ ra ở các kỳ kiểm điểm trước"
)
_REVIEW = (
    ("I", "Ưu điểm, kết quả đạt được", "strengths"),
    ("II", "Hạn chế, khuyết điểm và nguyên nhân", "shortcomings"),
    ("III", _EARLIER, "earlier"),
    ("IV", "Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)", "suggestions"),
    ("V", _OWN_SHARE, "blank"),
    ("VI", "Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm", "blank"),
)
_UNTIL_2025 = (
    *(Section(*section) for section in _REVIEW),
    Section("VII", "Tự nhận mức xếp loại chất lượng", "rating"),
)
FORMS = (
    Form(
        "Mẫu 02",
        "BẢN KIỂM ĐIỂM CÁ NHÂN",
        date(2019, 10, 18),
        "HD 21-HD/BTCTW ngày 18/10/2019",
        _UNTIL_2025,
    ),
    Form(
        "Mẫu 02B",
        "BẢN KIỂM ĐIỂM CÁ NHÂN",
        date(2023, 11, 10),
        "HD 25-HD/BTCTW ngày 10/11/2023",
        _UNTIL_2025,
    ),
    Form(
        "Mẫu 2A",
        "BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN GIỮ CHỨC VỤ LÃNH ĐẠO, QUẢN LÝ",
        date(2025, 10, 31),
        "HD 43-HD/BTCTW ngày 31/10/2025",
        (
            Section("A", "Nội dung kiểm điểm", "heading"),
            *(Section(f"A.{code}", title, kind) for code, title, kind in _REVIEW),
            Section("B", "Nội dung tự đánh giá, xếp loại", "heading"),
            Section("B.I", "Đánh giá theo các nhóm tiêu chí", "points"),
            Section("B.II", "Đề xuất xếp loại mức chất lượng", "rating"),
        ),
    ),
)


def form_for(day, code=""):
    """The form that a regulation names, or else the one in force on the day; before
    the first one, the first.

    :param code: of the regulation's own form
    """
    named = [form for form in FORMS if form.code == code]
    in_force = [form for form in FORMS if form.date_from <= day]
    return (named or in_force or FORMS[:1])[-1]
