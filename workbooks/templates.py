"""Blank lists for units that do not log in: filled in and sent back, they are read
again without anything having to be mapped."""

from collections.abc import Sequence

from .cells import Sheet, Styles, workbook
from .figures import Subject, collectives, people
from .levels import LEGEND, LEVELS
from .reading import column_letters

_SUMMARY = (
    ("STT", 5),
    ("Họ và tên", 22),
    ("Ngày sinh", 11),
    ("Chức vụ", 18),
    ("Cá nhân tự xếp loại", 11),
    ("Có mặt", 7),
    ("Phát ra", 7),
    ("Thu vào", 7),
    ("Hợp lệ", 7),
    ("Không hợp lệ", 7),
    *((short, 5) for short in LEVELS.values()),
    ("Hội nghị kết luận", 11),
    ("Cấp ủy đề xuất", 11),
    ("Đơn vị đề xuất", 11),
    ("Ghi chú", 14),
)
_NUMBER_COLUMNS = range(5, 10 + len(LEVELS))
_LEVEL_COLUMNS = (4, *range(_NUMBER_COLUMNS.stop, _NUMBER_COLUMNS.stop + 3))
_MEETING = (
    "Bắt đầu",
    "Kết thúc",
    "Địa điểm",
    "Chủ trì",
    "Thư ký",
    "Số người triệu tập",
    "Số người có mặt",
    "Số người vắng mặt",
    "Lý do vắng mặt",
    "Số biên bản",
    "Ngày biên bản",
)
MEETING_SHEET = "Hội nghị"
_ROSTER = (
    ("STT", 5, ""),
    ("Mã", 12, "Để trống nếu chưa có: hệ thống cấp"),
    ("Họ và tên", 24, ""),
    ("Ngày sinh", 12, "Ngày/tháng/năm: 30/04/1975"),
    ("Cơ quan, đơn vị", 30, "Mã hoặc tên đơn vị"),
    ("Chức vụ", 24, ""),
    ("Chức vụ Đảng", 20, ""),
    ("Loại", 14, "Cán bộ, Công chức, Viên chức"),
    ("Người đứng đầu", 10, "x nếu đúng"),
    ("Kiêm nhiệm", 10, "x nếu là chức vụ kiêm nhiệm"),
    ("Phạm vi", 22, ""),
    ("Diện quản lý", 28, "Mã hoặc tên cấp quyết định xếp loại"),
    ("Nhóm chức danh", 24, "Nhóm so sánh tỷ lệ xuất sắc"),
    ("Phụ trách", 26, "Lĩnh vực, địa bàn phụ trách"),
    ("Từ ngày", 12, ""),
    ("Đến ngày", 12, ""),
    ("E-mail", 24, ""),
)
_SCOPES = (
    "Đánh giá tại đây",
    "Kiểm điểm tại đây, nơi khác xếp loại",
    "Chỉ cho ý kiến",
    "Không thuộc đối tượng",
)
_KINDS = ("Cán bộ", "Công chức", "Viên chức")
_ROSTER_DAYS = (3, 14, 15)
_LINES = 60  # offered for people in a blank roster


def summary_template(unit, period, subjects: Sequence[Subject]):
    """A unit's blank summary with the names in it, and a sheet on the conference.

    :return: bytes of an xlsx file
    """
    title = "BIỂU TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG"
    with workbook(title) as (book, file):
        styles = Styles(book)
        _write_summary(
            Sheet(book, styles, "Tổng hợp", [w for _n, w in _SUMMARY]),
            [(title, "title"), (period, "title"), (unit, "bold")],
            subjects,
        )
        _write_meeting(Sheet(book, styles, MEETING_SHEET, [30, 60]))
    return file.getvalue()


def _write_summary(sheet, titles, subjects):
    last = len(_SUMMARY) - 1
    header = sheet.lines(0, 0, last, titles) + 1
    for column, (name, _width) in enumerate(_SUMMARY):
        sheet.label(header, column, column, name, "header")
    sheet.sheet.repeat_rows(header)
    sheet.sheet.freeze_panes(header + 1, 2)
    row = first = header + 1
    for caption, group in (
        ("I. TẬP THỂ", collectives(subjects)),
        ("II. CÁ NHÂN", people(subjects)),
    ):
        sheet.put_all(row, ["", caption, *[""] * (last - 1)], "_bold")
        row += 1
        for number, subject in enumerate(group, 1):
            known = [number, subject.name, subject.birth_date, subject.title]
            sheet.put_all(row, [*known, *[None] * (last - 3)])
            row += 1
    levels = {"validate": "list", "source": list(LEVELS.values())}
    levels["error_message"] = f"Ghi một trong: {', '.join(LEVELS.values())}."
    for column in _LEVEL_COLUMNS:
        sheet.sheet.data_validation(first, column, row, column, levels)
    numbers = {"validate": "integer", "criteria": ">=", "value": 0}
    numbers["error_message"] = "Ghi số nguyên."
    for column in _NUMBER_COLUMNS:
        sheet.sheet.data_validation(first, column, row, column, numbers)
    sheet.label(row + 1, 0, last, f"Ghi chú: {LEGEND}.", "plain")


def _write_meeting(sheet):
    sheet.label(0, 0, 1, "HỘI NGHỊ KIỂM ĐIỂM", "title")
    for row, name in enumerate(_MEETING, 2):
        sheet.put_all(row, [name, None])
    hint = "Giờ viết: 18/11/2022 08:30; ngày viết: 18/11/2022."
    sheet.label(len(_MEETING) + 3, 0, 1, hint, "plain")


def roster_template(units: Sequence[str], authorities: Sequence[str], groups):
    """A blank roster, with the words it may use on a second sheet.

    :return: bytes of an xlsx file
    """
    with workbook("DANH SÁCH NHÂN SỰ") as (book, file):
        styles = Styles(book)
        sheet = Sheet(book, styles, "Danh sách", [w for _n, w, _h in _ROSTER])
        last = len(_ROSTER) - 1
        header = sheet.lines(0, 0, last, [("DANH SÁCH NHÂN SỰ", "title")]) + 1
        for column, (name, _width, hint) in enumerate(_ROSTER):
            sheet.label(header, column, column, name, "header")
            if hint:
                sheet.sheet.write_comment(header, column, hint)
        sheet.sheet.repeat_rows(header)
        sheet.sheet.freeze_panes(header + 1, 3)
        for row in range(header + 1, header + 1 + _LINES):
            sheet.put_all(row, [None] * (last + 1))
            for column in _ROSTER_DAYS:
                sheet.sheet.write_blank(row, column, None, styles["day"])
        words = Sheet(book, styles, "Từ dùng", [36] * 5)
        columns = (
            ("Cơ quan, đơn vị", units),
            ("Diện quản lý", authorities),
            ("Nhóm chức danh", groups),
            ("Loại", _KINDS),
            ("Phạm vi", _SCOPES),
        )
        for column, (name, values) in enumerate(columns):
            words.label(0, column, column, name, "header")
            for row, value in enumerate(values, 1):
                words.put(row, column, value)
            if values:
                letter = column_letters(column + 1)
                source = f"='Từ dùng'!${letter}$2:${letter}${len(values) + 1}"
                _offer(sheet.sheet, header, _column_of(name), source)
        words.sheet.freeze_panes(1, 0)
        for name in ("Người đứng đầu", "Kiêm nhiệm"):
            _offer(sheet.sheet, header, _column_of(name), ["x"])
    return file.getvalue()


def _column_of(name):
    return next(n for n, (known, *_rest) in enumerate(_ROSTER) if known == name)


def _offer(sheet, header, column, source):
    """Words to choose from; others are taken as well, for the reader asks."""
    sheet.data_validation(
        *(header + 1, column, header + _LINES, column),
        {
            "validate": "list",
            "source": source,
            "error_type": "information",
            "error_message": "Từ này không có trong trang “Từ dùng”.",
        },
    )
