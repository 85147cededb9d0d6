"""The receiving organ's list: found by its headings, refused with every bad cell."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from workbooks import receipts


def book(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


HEAD = ["TT", "Họ và tên", "Ngày sinh", "Ngày nộp", "Số biên nhận", "Người nhận"]


def test_columns_are_found_by_their_headings():
    lines = receipts.read(
        book(
            ["DANH SÁCH NỘP BẢN KÊ KHAI"],
            [],
            HEAD,
            [1, " Lê Văn  Ánh ", "30/04/1975", datetime(2022, 11, 20), 12.0, "A"],
            [2, "Trần Thị Bình", None, None, None, None],
            [None, "Tổng cộng: 2", None, None, None, None],
        )
    )
    assert lines == [
        receipts.Line(
            row=4,
            name="Lê Văn Ánh",
            birth_date=date(1975, 4, 30),
            handed_in=date(2022, 11, 20),
            reference="12",
            clerk="A",
        )
    ]


def test_every_bad_cell_is_named():
    with pytest.raises(receipts.BadList) as error:
        receipts.read(
            book(
                HEAD,
                [1, "A", "32/13/1975", "hôm qua", "1", ""],
                [2, "B", "", "20/11/2022", "2", ""],
                [3, "C", "", "n.a.", "3", ""],
            )
        )
    assert error.value.problems == [
        ("D2", "handed_in"),
        ("C2", "birth_date"),
        ("D4", "handed_in"),
    ]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", book(["Họ và tên", "Quê"])])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(receipts.BadList):
        receipts.read(content)
