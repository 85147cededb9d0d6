"""The summary of results: a unit's paper (the letter's seventh), a campaign's book.

Columns after DOMAIN 6.4; the form attached to the letter is not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .cells import Sheet, Styles, clean, workbook
from .figures import CapLine, Subject, by, collectives, count, people
from .levels import LEVELS
from .stages import AFTER, BEFORE, BY_UNIT, NAMED

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TITLE = "TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÁN BỘ"
_PERIODS = {
    "year": "NĂM {year}",
    "quarter": "QUÝ {number} NĂM {year}",
    "term": "NHIỆM KỲ, NĂM {year}",
}
_STATES = {
    "preparing": "Đang chuẩn bị",
    "submitted": "Đã nộp",
    "received": "Đã tiếp nhận",
    "returned": "Yêu cầu bổ sung, hoàn thiện",
    "accepted": "Đạt yêu cầu",
    "excluded": "Không thuộc đợt đánh giá",
}
_STAGES = {
    "self": "cá nhân tự xếp loại",
    "party": "cấp ủy đề xuất",
    "unit": "đơn vị đề xuất",
    "decided": "cấp có thẩm quyền quyết định",
}
_NATION = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "bold"),
    ("Độc lập - Tự do - Hạnh phúc", "bold"),
)
_UNRATED = "Chưa, không xếp loại"
TOTALS = ("Tổng số", *LEVELS.values(), "% XS", _UNRATED)


@dataclass(frozen=True)
class UnitSummary:
    """A unit's paper.

    :param period: e.g. ``NĂM 2022``, see :func:`period`
    :param issuer: lines of the letterhead, the last one is the issuer
    :param capacity: lines above the signature
    """

    unit: str
    period: str
    subjects: Sequence[Subject]
    issuer: Sequence[str] = ()
    place: str = ""
    capacity: Sequence[str] = ()
    signer: str = ""
    caps: Sequence[CapLine] = ()


@dataclass(frozen=True)
class UnitLine:
    """One unit in a campaign's book; ``state`` is its dossier's."""

    name: str
    state: str
    subjects: Sequence[Subject]
    submitted: date | None = None
    days_late: int = 0
    note: str = ""


@dataclass(frozen=True)
class CampaignSummary:
    name: str
    period: str
    units: Sequence[UnitLine]
    issuer: Sequence[str] = ()
    caps: Sequence[CapLine] = ()


def period(kind, year, number=0):
    """The period as titles print it: ``NĂM 2022``, ``QUÝ 3 NĂM 2026``."""
    return _PERIODS[kind].format(year=year, number=number)


def unit_workbook(summary):
    """The unit's paper as the bytes of an xlsx file."""
    with workbook(f"{TITLE} {summary.period}") as (book, file):
        _write_unit(Sheet(book, Styles(book), "Tổng hợp", _UNIT_WIDTHS), summary)
    return file.getvalue()


def campaign_workbook(summary):
    """All units' statistics, and all ratings on one flat sheet, as bytes."""
    with workbook(f"{TITLE} {summary.period}") as (book, file):
        styles = Styles(book)
        _write_units(Sheet(book, styles, "Tổng hợp", _UNITS_WIDTHS), summary)
        _write_by_unit(Sheet(book, styles, "Theo đơn vị", _BY_UNIT_WIDTHS), summary)
        _write_statistics(Sheet(book, styles, "Thống kê", _STATISTICS_WIDTHS), summary)
        _write_flat(
            Sheet(book, styles, "Chi tiết", [width for _name, width in _FLAT]),
            [subject for unit in summary.units for subject in unit.subjects],
        )
    return file.getvalue()


# ----------------------------------------------------------------------
# A unit's paper
# ----------------------------------------------------------------------

CONFERENCE = (6, 8 + len(LEVELS))  # first and last of the columns on the conference
# heading and width of each column
UNIT_COLUMNS = (
    ("STT", 5),
    ("Họ và tên", 20),
    ("Ngày sinh", 11),
    ("Chức vụ", 16),
    ("Diện quản lý", 15),
    ("Cá nhân tự xếp loại", 12),
    ("Có mặt", 6),
    *((short, 4) for short in LEVELS.values()),
    ("% mức kết luận", 8),
    ("Kết luận", 12),
    ("Cấp ủy đề xuất", 12),
    ("Đơn vị đề xuất", 12),
    ("Cấp có thẩm quyền quyết định", 12),
    ("Số/ngày quyết định", 14),
    ("Ghi chú", 14),
)
_UNIT_WIDTHS = [width for _name, width in UNIT_COLUMNS]
_LAST = len(UNIT_COLUMNS) - 1


def _write_unit(sheet, summary):
    row = _write_head(
        sheet, summary.issuer, [TITLE, summary.period], summary.unit, 5, 9, _LAST
    )
    header = row
    for column, (name, _width) in enumerate(UNIT_COLUMNS):
        if CONFERENCE[0] <= column <= CONFERENCE[1]:
            sheet.label(header + 1, column, column, name, "header")
        else:
            sheet.label(header, column, column, name, "header", header + 1)
    sheet.label(header, *CONFERENCE, "Hội nghị", "header")
    sheet.sheet.repeat_rows(header, header + 1)
    sheet.sheet.freeze_panes(header + 2, 2)
    row = header + 2
    for caption, rows in unit_rows(summary.subjects):
        sheet.put_all(row, ["", caption, *[""] * (_LAST - 1)], "_bold")
        row += 1
        for cells in rows:
            sheet.put_all(row, cells)
            row += 1
    row = _write_totals(sheet, row + 1, summary.subjects)
    row = _write_caps(sheet, row, summary.caps)
    _write_signatures(sheet, row + 1, summary)


def unit_rows(subjects):
    """The rows of a unit's paper, in two parts: ``[(caption, [cells])]``, the cells
    in the order of :data:`UNIT_COLUMNS`; days, numbers and shares are values."""
    return [
        (
            caption,
            [_unit_row(number, subject) for number, subject in enumerate(group, 1)],
        )
        for caption, group in (
            ("I. TẬP THỂ", collectives(subjects)),
            ("II. CÁ NHÂN", people(subjects)),
        )
    ]


def _unit_row(number, subject):
    return [
        number,
        subject.name,
        subject.birth_date,
        subject.title,
        subject.authority,
        subject.label("self"),
        *_ballots_row(subject.ballots),
        subject.concluded_label,
        subject.label("party"),
        subject.label("unit"),
        subject.label("decided"),
        subject.decision,
        subject.note,
    ]


def _ballots_row(ballots):
    if not ballots:
        return [None] * (len(LEVELS) + 2)
    votes = [ballots.votes.get(level, 0) for level in LEVELS]
    return [ballots.present, *votes, ballots.share]


def _write_totals(sheet, row, subjects):
    """Totals per level at each stage, under the columns of the ballots."""
    sheet.label(row, 1, 5, "TỔNG CỘNG", "header")
    for column, name in enumerate(TOTALS, CONFERENCE[0]):
        sheet.label(row, column, column, name, "header")
    for caption, cells in total_rows(subjects):
        row += 1
        sheet.label(row, 1, 5, caption, "text")
        sheet.put_all(row, cells, start=CONFERENCE[0])
    return row + 1


def total_rows(subjects):
    """Totals per level at each stage: ``[(caption, cells)]``, the cells in the order
    of :data:`TOTALS`."""
    groups = [
        ("Tập thể", collectives(subjects), ("unit", "decided")),
        ("Cá nhân", people(subjects), tuple(_STAGES)),
    ]
    rows = []
    for caption, group, stages in groups:
        for stage in stages:
            figures = count(group, stage)
            rows.append(
                (
                    f"{caption} – {_STAGES[stage]}",
                    [figures.total, *figures.levels, figures.share, figures.others],
                )
            )
    return rows


def _write_caps(sheet, row, caps):
    """One line a group that has a cap: how many, of how many, and how many may be."""
    for cap in caps:
        kind = "text_bold" if cap.is_exceeded else "text"
        sheet.label(row, 1, _LAST, cap_line(cap), kind)
        row += 1
    return row


def cap_line(cap):
    """The share of the best level beside its cap, in words."""
    verdict = "VƯỢT" if cap.is_exceeded else "không vượt"
    text = (
        f"{cap.name}: {cap.excellent} xuất sắc; tối đa {cap.allowed}"
        f" ({cap.rate:g}% của {cap.over}): {verdict}"
    )
    return f"{text}. Căn cứ: {cap.source}" if cap.source else text


def _write_signatures(sheet, row, summary):
    place = summary.place or "…………"
    sheet.label(row, 9, _LAST, f"{place}, ngày …… tháng …… năm ………", "italic")
    sheet.label(row + 1, 0, 4, "NGƯỜI LẬP BIỂU", "bold")
    sheet.label(row + 2, 0, 4, "(Ký, ghi rõ họ tên)", "italic")
    below = sheet.lines(
        row + 1, 9, _LAST, [(line, "bold") for line in summary.capacity]
    )
    sheet.label(below, 9, _LAST, "(Ký, ghi rõ họ tên, đóng dấu)", "italic")
    if summary.signer:
        sheet.label(below + 5, 9, _LAST, summary.signer, "bold")


# ----------------------------------------------------------------------
# A campaign's book
# ----------------------------------------------------------------------

_COUNTED = (*LEVELS.values(), _UNRATED, "% XS")
_UNITS_WIDTHS = [5, 32, 16, 11, 8, 14, 14, 8, *[*[6] * len(LEVELS), 9, 8] * 2, 24]
_UNITS_LAST = len(_UNITS_WIDTHS) - 1


def _write_units(sheet, summary):
    header = _write_head(
        sheet,
        summary.issuer,
        [TITLE, summary.period],
        summary.name,
        4,
        10,
        _UNITS_LAST,
    )
    _write_units_header(sheet, header)
    row = header + 2
    for number, unit in enumerate(summary.units, 1):
        collective = (collectives(unit.subjects) or [None])[0]
        sheet.put_all(
            row,
            [
                number,
                unit.name,
                _STATES.get(unit.state, unit.state),
                unit.submitted,
                unit.days_late or None,
                collective and collective.label("unit"),
                collective and collective.label("decided"),
                *_people_row(unit.subjects),
                unit.note,
            ],
        )
        row += 1
    subjects = [subject for unit in summary.units for subject in unit.subjects]
    sheet.put_all(
        row,
        ["", "Tổng cộng", *[""] * 5, *_people_row(subjects), ""],
        "_bold",
    )
    _write_collectives(sheet, row + 2, subjects)


def _write_units_header(sheet, header):
    single = [(0, "STT"), (1, "Cơ quan, đơn vị"), (2, "Hồ sơ"), (3, "Ngày nộp")]
    single += [(4, "Chậm (ngày)"), (7, "Số cá nhân"), (_UNITS_LAST, "Ghi chú")]
    for column, name in single:
        sheet.label(header, column, column, name, "header", header + 1)
    groups = [
        (5, "Tập thể", ("Đơn vị đề xuất", "Quyết định")),
        (8, "Cá nhân – đơn vị đề xuất", _COUNTED),
        (8 + len(_COUNTED), "Cá nhân – cấp có thẩm quyền quyết định", _COUNTED),
    ]
    for start, caption, names in groups:
        sheet.label(header, start, start + len(names) - 1, caption, "header")
        for column, name in enumerate(names, start):
            sheet.label(header + 1, column, column, name, "header")
    sheet.sheet.repeat_rows(header, header + 1)
    sheet.sheet.freeze_panes(header + 2, 2)


def _people_row(subjects):
    """The number of people, then the counts of the unit's and the final levels."""
    group = people(subjects)
    proposed, decided = count(group, "unit"), count(group, "decided")
    return [
        proposed.total,
        *proposed.levels,
        proposed.others,
        proposed.share,
        *decided.levels,
        decided.others,
        decided.share,
    ]


def _write_collectives(sheet, row, subjects):
    sheet.label(row, 1, 7, "TẬP THỂ", "header")
    for column, name in enumerate(("Tổng số", *_COUNTED), 8):
        sheet.label(row, column, column, name, "header")
    for stage in ("unit", "decided"):
        row += 1
        figures = count(collectives(subjects), stage)
        sheet.label(row, 1, 7, f"Tập thể – {_STAGES[stage]}", "text")
        sheet.put_all(
            row,
            [figures.total, *figures.levels, figures.others, figures.share],
            start=8,
        )


_FLAT = (
    ("STT", 6),
    ("Cơ quan, đơn vị", 30),
    ("Đối tượng", 10),
    ("Họ và tên", 24),
    ("Ngày sinh", 11),
    ("Chức vụ", 24),
    ("Diện quản lý", 24),
    *((NAMED[stage].full, 16) for stage in BEFORE),
    ("Có mặt", 8),
    *((short, 6) for short in LEVELS.values()),
    ("% mức kết luận", 9),
    *((NAMED[stage].full, 16) for stage in AFTER),
    ("Số/ngày quyết định", 20),
    ("Ghi chú", 30),
)


def _write_flat(sheet, subjects):
    """One header row, one row a rating: to be filtered and sorted."""
    for column, (name, _width) in enumerate(_FLAT):
        sheet.label(0, column, column, name, "header")
    for row, subject in enumerate(subjects, 1):
        sheet.put_all(
            row,
            [
                row,
                subject.unit,
                "Tập thể" if subject.is_collective else "Cá nhân",
                subject.name,
                subject.birth_date,
                subject.title,
                subject.authority,
                *map(subject.label, BEFORE),
                *_ballots_row(subject.ballots),
                *map(subject.label, AFTER),
                subject.decision,
                subject.note,
            ],
        )
    sheet.sheet.autofilter(0, 0, len(subjects), len(_FLAT) - 1)
    sheet.sheet.repeat_rows(0)
    sheet.sheet.freeze_panes(1, 4)


# ----------------------------------------------------------------------
# Per unit, and statistics
# ----------------------------------------------------------------------

_BY_UNIT = (
    ("STT", 5),
    ("Họ và tên", 24),
    ("Chức vụ", 26),
    ("Diện quản lý", 20),
    *((NAMED[stage].narrow, 14) for stage in BY_UNIT),
    ("Ghi chú", 20),
)
_BY_UNIT_WIDTHS = [width for _name, width in _BY_UNIT]


def _write_by_unit(sheet, summary):
    """Every unit's subjects below its name, with its own count."""
    last = len(_BY_UNIT) - 1
    row = sheet.lines(0, 0, last, [(TITLE, "title"), (summary.period, "title")]) + 1
    for column, (name, _width) in enumerate(_BY_UNIT):
        sheet.label(row, column, column, name, "header")
    sheet.sheet.repeat_rows(row)
    sheet.sheet.freeze_panes(row + 1, 2)
    for number, unit in enumerate(summary.units, 1):
        row += 1
        figures = count(people(unit.subjects), "unit")
        counted = " · ".join(
            f"{short} {figure}"
            for short, figure in zip(LEVELS.values(), figures.levels, strict=True)
        )
        sheet.label(row, 0, last, f"{number}. {unit.name}: {counted}", "text_bold")
        for place, subject in enumerate(unit.subjects, 1):
            row += 1
            sheet.put_all(
                row,
                [
                    *(place, subject.name, subject.title, subject.authority),
                    *map(subject.label, BY_UNIT),
                    subject.note,
                ],
            )


_STATISTICS = ("Số lượng", *LEVELS.values(), _UNRATED, "% XS")
_STATISTICS_WIDTHS = [5, 44] + [9] * 2 * len(_STATISTICS)


def _write_statistics(sheet, summary):
    """By authority, kind of post and unit: proposed by the units, and decided."""
    last = 1 + 2 * len(_STATISTICS)
    lines = [("THỐNG KÊ THEO MỨC XẾP LOẠI", "title"), (summary.period, "title")]
    row = sheet.lines(0, 0, last, lines) + 1
    for column, name in enumerate(("STT", "Đối tượng")):
        sheet.label(row, column, column, name, "header", row + 1)
    for start, caption in (
        (2, "Đơn vị đề xuất"),
        (2 + len(_STATISTICS), "Cấp có thẩm quyền quyết định"),
    ):
        end = start + len(_STATISTICS) - 1
        sheet.label(row, start, end, caption, "header")
        for column, name in enumerate(_STATISTICS, start):
            sheet.label(row + 1, column, column, name, "header")
    sheet.sheet.repeat_rows(row, row + 1)
    sheet.sheet.freeze_panes(row + 2, 2)
    row += 2
    subjects = [subject for unit in summary.units for subject in unit.subjects]
    for caption, groups in (
        ("I. THEO CẤP QUYẾT ĐỊNH", by(subjects, lambda s: s.authority or "–")),
        ("II. THEO NHÓM ĐỐI TƯỢNG", by(subjects, lambda s: s.kind or "–")),
        ("III. THEO NHÓM CHỨC DANH", by(subjects, lambda s: s.group or "–")),
        ("IV. THEO CƠ QUAN, ĐƠN VỊ", by(subjects, lambda s: s.unit)),
    ):
        sheet.label(row, 0, last, caption, "text_bold")
        for number, (name, group) in enumerate(groups.items(), 1):
            row += 1
            sheet.put_all(row, [number, name, *_statistics_row(group)])
        row += 1
    sheet.put_all(row, ["", "Tổng cộng", *_statistics_row(subjects)], "_bold")
    for cap in summary.caps:
        row += 1
        verdict = "VƯỢT" if cap.is_exceeded else "không vượt"
        text = (
            f"Tỷ lệ xuất sắc – {cap.name}: {cap.excellent}, tối đa {cap.allowed}"
            f" ({cap.rate:g}% của {cap.over}): {verdict}"
        )
        sheet.label(row, 1, last, text, "text")


def _statistics_row(group):
    cells = []
    for stage in ("unit", "decided"):
        figures = count(group, stage)
        cells += [figures.total, *figures.levels, figures.others, figures.share]
    return cells


# ----------------------------------------------------------------------
# Both
# ----------------------------------------------------------------------


def _write_head(sheet, issuer, titles, subtitle, left, right, last):
    """Letterhead on columns 0 to ``left`` and from ``right``, then the title.

    :return: row of the table's header
    """
    lines = [line for text in issuer for line in clean(text).split("\n")]
    kinds = ["centre"] * (len(lines) - 1) + ["bold"]
    below = sheet.lines(0, 0, left, zip(lines, kinds, strict=False))
    row = max(below, sheet.lines(0, right, last, _NATION)) + 1
    row = sheet.lines(row, 0, last, [(title, "title") for title in titles])
    return sheet.lines(row, 0, last, [(subtitle, "bold")]) + 1
