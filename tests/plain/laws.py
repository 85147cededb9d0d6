"""The regulations as the shipped data has them, for rules tested without a database."""

from datetime import date

from rules.findings import Severity
from rules.law import Band, Cap, Criterion, Law, Severed

LABELS = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "failed": "Không hoàn thành nhiệm vụ",
    "unrated": "Không xếp loại",
    "pending": "Chưa xếp loại",
    "elsewhere": "Xếp loại nơi khác",
}
BLOCK, WARN = Severity.BLOCK, Severity.WARN
OFF = Severed(None)
BANDS = (
    Band("excellent", 90),
    Band("good", 70, 90),
    Band("completed", 50, 70),
    Band("failed", 0, 50),
)
POINTS = (
    Criterion(1, "I", "Nhóm tiêu chí chung", None, 30),
    Criterion(2, "II", "Nhóm tiêu chí về kết quả thực hiện nhiệm vụ", None, 70),
)
BY_TIME = {"A1": OFF, "A2": OFF}
_ND90 = {
    "excellent_done": 100,
    "excellent_exceeded": 50,
    "good_done": 100,
    "good_on_time": 80,
    "completed_done": 70,
    "completed_late": 20,
    "failed_done": 50,
}
_P366 = {
    "excellent_done": 100,
    "excellent_exceeded": 30,
    "good_done": 100,
    "good_on_time": 100,
    "completed_done": 100,
    "completed_late": 20,
    "failed_done": 70,
    "draft_days": 3,
    "review_days": 1,
}


def _law(name, kind, first, last=None, **values):
    return Law(name, kind, first, last, labels=LABELS, **values)


def _points(name, kind, first, **values):
    severities = {
        "A11": Severed(BLOCK),
        **values.pop("severities", {}),
    }
    return _law(
        name,
        kind,
        first,
        criteria=POINTS,
        total_points=100,
        bands=BANDS,
        severities=severities,
        **values,
    )


ND90 = _law(
    "NĐ 90/2020",
    "official",
    date(2020, 8, 20),
    date(2023, 9, 14),
    settings={"discipline_once": 0, **_ND90},
)
HD21 = _law(
    "HD 21",
    "collective",
    date(2019, 10, 18),
    date(2023, 10, 3),
    cap=Cap(20),
    severities={"B1": Severed(BLOCK)},
    settings={"failed_done": 50},
)
ND48 = _law(
    "NĐ 90 + NĐ 48",
    "official",
    date(2023, 9, 15),
    date(2026, 6, 30),
    cap=Cap(20, base="total"),
    settings={"discipline_scope": "any", **_ND90},
)
QD366 = _points(
    "QĐ 366",
    "collective",
    date(2025, 8, 30),
    cap=Cap(20, 25),
    severities={
        "A8": Severed(WARN),
        "A9a": OFF,
        "A9b": Severed(BLOCK),
        "A9c": Severed(WARN),
        "A12": Severed(BLOCK, "QĐ 366-QĐ/TW Điều 11"),
        "B1": Severed(BLOCK),
        "C11": Severed(WARN),
        "C12": Severed(Severity.INFO),
    },
    settings=_P366,
)
ND335 = _points(
    "NĐ 335/2025",
    "civil_servant",
    date(2026, 1, 1),
    cap=Cap(20, 25, grouping="unit_group"),
    severities={**BY_TIME, "B1": Severed(BLOCK), "Q1": Severed(WARN)},
)
ND233 = _points(
    "NĐ 233/2026",
    "public_employee",
    date(2026, 7, 1),
    cap=Cap(20, 25, grouping="unit_group"),
    severities={"A2": OFF, "B1": Severed(BLOCK)},
    settings={"discipline_old_organ": 1},
)
ALL = {law.name: law for law in (ND90, HD21, ND48, QD366, ND335, ND233)}
