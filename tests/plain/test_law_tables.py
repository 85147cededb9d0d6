"""The tables in tables/: each row is one case of the law with what must be found."""

from datetime import date, datetime

import pytest
from cadre_review.rules import caps, consistency, eligibility, points, process
from cadre_review.rules.law import Cap
from cadre_review.rules.meetings import Meeting
from cadre_review.rules.spans import Span, between, typed
from cadre_review.rules.subjects import (
    Discipline,
    Gathering,
    Service,
    Subject,
    Targets,
    Text,
    Unit,
    View,
)
from laws import ALL, HD21, ND335, QD366
from tables import LEVELS, cases, number, said, yes


def table(name, column):
    """The cases of the file's tables that have this column."""
    rows = [(title, row) for title, row in cases(name) if column in row]
    assert rows, f"no case in {name}.md"
    return pytest.mark.parametrize(
        "row", [row for _title, row in rows], ids=[title for title, _row in rows]
    )


def span(text):
    if "-" in text:
        first, last = (
            datetime.strptime(day, "%d/%m/%Y").date() for day in text.split("-")
        )
        return between(first, last)
    return None if text == "–" else typed(text.replace(",", "."))


def person(law, level, **values):
    values = {"kind": law.subject_kind, "year": 2022, **values}
    return Subject(1, "Người A", law=law, decided=level, **values)


@table("thoi-gian-lam-viec", "Vắng")
def test_time_worked(row):
    service = Service(
        worked=span(row["Làm việc"]),
        absent=span(row["Vắng"]) or Span(),
        maternity=yes(row["Thai sản"]),
        confirmed=yes(row["Xác nhận"]),
    )
    subject = person(ALL[row["Quy định"]], LEVELS[row["Mức"]], service=service)
    assert said(eligibility.check(subject)) == row["Phát hiện"]


@table("ky-luat", "Đã tính năm")
def test_discipline(row):
    year = int(row["Năm"])
    counted = number(row["Đã tính năm"])
    discipline = Discipline(
        "reprimand",
        date(year, 5, 4),
        in_duty=yes(row["Do công vụ"]),
        elsewhere=yes(row["Nơi khác"]),
        counted_in=int(counted) if counted else None,
        confirmed=yes(row["Xác nhận"]),
    )
    service = Service(disciplines=(discipline,))
    law, level = ALL[row["Quy định"]], LEVELS[row["Mức"]]
    subject = person(law, level, year=year, service=service)
    assert said(eligibility.check(subject)) == row["Phát hiện"]


@table("tap-the-ca-nhan", "Mức cá nhân")
def test_head_against_collective(row):
    kind = {
        "cán bộ": "official",
        "công chức": "civil_servant",
        "viên chức": "public_employee",
    }[row["Loại"]]
    head = person(
        ND335, LEVELS[row["Mức cá nhân"]], kind=kind, is_head=yes(row["Đứng đầu"])
    )
    collective = person(QD366, LEVELS[row["Mức tập thể"]], kind="collective")
    assert said(consistency.check_head(head, collective)) == row["Phát hiện"]


@table("tap-the-ca-nhan", "Mức cơ quan")
def test_collective_against_organ(row):
    law = ALL[row["Quy định"]]
    collective = person(law, LEVELS[row["Mức tập thể"]], kind="collective")
    unit = Unit(1, "U", law, (collective,), organ_level=LEVELS[row["Mức cơ quan"]])
    assert said(consistency.check_organ(unit)) == row["Phát hiện"]


@table("tap-the-ca-nhan", "Hình thức")
def test_member_disciplined(row):
    law = ALL[row["Quy định"]]
    counted = number(row["Đã tính năm"])
    discipline = Discipline(
        row["Hình thức"],
        date(2025, 5, 4),
        in_duty=yes(row["Do công vụ"]),
        elsewhere=yes(row["Nơi khác"]),
        counted_in=int(counted) if counted else None,
    )
    member = person(
        ND335, "failed", year=2025, service=Service(disciplines=(discipline,))
    )
    collective = person(law, LEVELS[row["Mức tập thể"]], kind="collective", year=2025)
    unit = Unit(1, "U", law, (collective, member))
    assert said(consistency.check_members(unit)) == row["Phát hiện"]


@table("chi-tieu", "Chỉ tiêu")
def test_targets(row):
    law = ALL[row["Quy định"]]
    figures = (int(row[name]) for name in ("Chỉ tiêu", "Hoàn thành", "Vượt", "Chậm"))
    subject = person(law, LEVELS[row["Mức"]], is_head=True)
    unit = Unit(1, "U", law, (subject,), targets=Targets(*figures))
    found = [*consistency.check_targets(unit), *consistency.check_figures(unit)]
    assert said(found) == row["Phát hiện"]


@table("ty-le-xuat-sac", "Được")
def test_cap_allows(row):
    group = caps.Group(
        1,
        "Nhóm",
        HD21,
        Cap(number(row["Tỷ lệ"])),
        caps.Counts(excellent=int(row["X"]), good=int(row["T"])),
    )
    assert caps.allowed(group, row["Cơ sở"]) == int(row["Được"])


@table("ty-le-xuat-sac", "Toàn nhóm")
def test_cap_finds(row):
    guidance = row["Hướng dẫn"].strip("–")
    group = caps.Group(
        1,
        "Nhóm",
        HD21,
        Cap(20, guidance=guidance),
        caps.Counts(excellent=int(row["X"]), good=int(row["T"])),
        caps.Counts(excellent=int(row["Ngoài đợt X"]), good=int(row["Ngoài đợt T"])),
        is_own=yes(row["Toàn nhóm"]),
        excess="QĐ 12-QĐ/TU" if row["Quyết định"] == "nêu số" else "",
    )
    found = caps.check(group, deciding=row["Quyết định"] == "có")
    assert said(found) == row["Phát hiện"]


@table("diem", "Gợi ý")
def test_points(row):
    texts = tuple(
        Text(id_, name, points=number(row[name]))
        for id_, name in enumerate(("Chung", "Kết quả"), start=1)
    )
    view = View("unit", texts=texts)
    subject = person(QD366, LEVELS[row["Mức"]], views=(view,))
    assert (points.band(QD366, view.points) or "") == LEVELS[row["Gợi ý"]]
    assert said(points.check(subject), "A11") == row["Phát hiện"]


def test_agenda():
    """C1, C2: tập thể trước, người đứng đầu trước cấp phó; một phiên họp cũng được."""
    collective = person(HD21, "", kind="collective")
    head, deputy = (
        Subject(id_, "N", "official", ALL["NĐ 90/2020"], 2022, is_head=id_ == 2)
        for id_ in (2, 3)
    )
    meeting = Meeting("Hội nghị", None, None, "", "", "", 5, 5, 0)

    def unit(*order):
        agenda = {id_: place for place, id_ in enumerate(order, start=1)}
        gathering = Gathering(meeting, agenda=agenda)
        return Unit(1, "U", HD21, (collective, head, deputy), gathering=gathering)

    assert said(process.check_agenda(unit(1, 2, 3))) == "–"
    assert said(process.check_agenda(unit(2, 1, 3))) == "C1 chặn"
    assert said(process.check_agenda(unit(1, 3, 2))) == "C2 cảnh báo"
    assert said(process.check_agenda(unit(3, 1, 2))) == "C1 chặn, C2 cảnh báo"
    assert said(process.check_agenda(unit())) == "–"
