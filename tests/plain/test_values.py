"""What cells say, and names matched however they are written."""

import unicodedata
from datetime import date, datetime

import pytest
from cadre_review.workbooks import values
from cadre_review.workbooks.matching import Candidate, Index
from cadre_review.workbooks.problems import Problem
from cadre_review.workbooks.words import name_key, plain
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("HTXSNV", "excellent"),
        ("Hoàn thành xuất sắc", "excellent"),
        ("xs", "excellent"),
        ("HOÀN THÀNH XUẤT SẮC NHIỆM VỤ", "excellent"),
        ("Hoàn thành tốt chức trách, nhiệm vụ", "good"),
        ("htt", "good"),
        ("T", "good"),
        ("Hoàn thành nhiệm vụ", "completed"),
        ("HTNV", "completed"),
        ("K", "failed"),
        ("Không hoàn thành nhiệm vụ", "failed"),
        ("Không xếp loại", "unrated"),
        ("Chưa xếp loại", "pending"),
        ("Xếp loại nơi khác", "elsewhere"),
        ("khá", None),
        ("T/HT", None),
        ("không", None),
        ("9", None),
    ],
)
def test_levels(written, level):
    found = values.as_level(written)
    assert (None if isinstance(found, Problem) else found) == level
    assert values.as_level(unicodedata.normalize("NFD", written)) == found


def test_level_by_the_label_of_the_regulation():
    assert values.as_level("Loại A", {"excellent": "Loại A"}) == "excellent"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("30/4/1975", date(1975, 4, 30)),
        ("30.04.1975", date(1975, 4, 30)),
        ("30 - 4 - 1975", date(1975, 4, 30)),
        ("ngày 30 tháng 4 năm 1975", date(1975, 4, 30)),
        ("1975-04-30", date(1975, 4, 30)),
        (datetime(1975, 4, 30), date(1975, 4, 30)),
        ("4/30/1975", None),
        ("30/4/75", None),
        ("1975", None),
        (27514, None),
        ("31/2/2022", None),
        ("1/1/0001", None),
    ],
)
def test_days(written, day):
    found = values.as_day(written)
    assert (None if isinstance(found, Problem) else found) == day


def test_moments_and_references():
    assert values.as_moment("8 giờ 30 ngày 18/11/2022") == datetime(2022, 11, 18, 8, 30)
    assert values.as_moment("18/11/2022 08:30") == datetime(2022, 11, 18, 8, 30)
    assert isinstance(values.as_moment("sáng"), Problem)
    assert values.split_reference("12-QĐ/TU ngày 21/11/2022") == (
        "12-QĐ/TU",
        date(2022, 11, 21),
    )
    assert values.split_reference("12-QĐ/TU") == ("12-QĐ/TU", None)


def test_numbers():
    assert values.as_whole("09") == 9
    assert values.as_whole(9.0) == 9
    for wrong in ("6/9", "-1", -1, 1.5, True, "chín", 10**9):
        assert isinstance(values.as_whole(wrong), Problem)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates()))
def test_nothing_raises(value):
    for parse in (
        *(values.as_text, values.as_name, values.as_whole, values.as_year),
        *(values.as_day, values.as_moment, values.as_level, values.as_flag),
        values.as_email,
    ):
        parse(value)


# ----------------------------------------------------------------------
# Names
# ----------------------------------------------------------------------


def test_name_keys():
    assert name_key("Trần Hoà") == name_key("TRẦN   HÒA")
    assert name_key("Lê Thị Thuý") == name_key("Lê Thị Thúy")
    assert name_key(unicodedata.normalize("NFD", "Đỗ Ước")) == name_key("ĐỖ ƯỚC")
    assert name_key("Trần Hoa") != name_key("Trần Hòa")
    assert plain("Đỗ Ước") == "do uoc"


PEOPLE = Index(
    [
        Candidate(1, "Lê Văn Ánh", "A1", date(1975, 4, 30), "a"),
        Candidate(2, "Trần Thị Bình", "A2", None, "a"),
        Candidate(3, "Lê Thị Trùng", "A3", date(1980, 1, 1), "a"),
        Candidate(4, "Lê Thị Trùng", "A4", date(1981, 1, 1), "b"),
    ]
)


def test_one_of_a_name_is_sure():
    assert PEOPLE.find("LÊ VĂN ÁNH").key == 1


@pytest.mark.parametrize(
    ("birth_date", "unit", "key"),
    [
        (None, None, None),
        (date(1981, 1, 1), None, 4),
        (None, "a", 3),
        (date(1990, 1, 1), None, None),
    ],
)
def test_namesakes_are_told_apart_or_asked(birth_date, unit, key):
    match = PEOPLE.find("Lê Thị Trùng", birth_date, unit)
    assert match.key == key
    assert bool(match.doubtful) == (key is None)


def test_other_birth_date_is_a_doubt():
    match = PEOPLE.find("Lê Văn Ánh", date(1976, 4, 30))
    assert match.key is None
    assert [candidate.key for candidate in match.doubtful] == [1]


def test_without_accents_is_a_doubt():
    match = PEOPLE.find("Le Van Anh")
    assert [candidate.key for candidate in match.doubtful] == [1]
    assert not PEOPLE.find("Ai Đó").doubtful


def test_bodies_by_code_and_name():
    assert PEOPLE.by_code("a2").key == 2
    assert PEOPLE.body("tran thi binh") == 2
    assert PEOPLE.body("Lê Thị Trùng") is None
