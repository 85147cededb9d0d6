"""Numbers of papers: read as written, the next one of a series (NĐ 30 Điều 15)."""

import pytest
from cadre_review.rules.numbers import (
    Number,
    Used,
    following,
    initials,
    party_symbol,
    read,
    same,
)


def used(*texts, kind=""):
    return [Used(text, n, kind) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    "text, number",
    [
        ("27/HĐND", Number(27, "", "/", "HĐND")),
        ("05-NX/ĐU", Number(5, "", "-", "NX/ĐU")),
        ("27a/HĐND-VP", Number(27, "a", "/", "HĐND-VP")),
        ("27a", Number(27, "a")),
        (" 3 / BC-HĐND ", Number(3, "", "/", "BC-HĐND")),
        ("12", Number(12)),
        ("/HĐND", None),
        ("số 5", None),
        ("", None),
        (None, None),
    ],
)
def test_read(text, number):
    assert read(text) == number


@pytest.mark.parametrize(
    "symbol, kind",
    [
        ("HĐND", ""),
        ("HĐND-VP", ""),
        ("BC-HĐND", "bc"),
        ("NX/ĐU", "nx"),
        ("TTr-HĐND", "ttr"),
        ("QĐ-TT", "qđ"),
    ],
)
def test_kind_stands_first_in_the_symbol(symbol, kind):
    assert Number(1, "", "/", symbol).kind == kind


@pytest.mark.parametrize(
    "texts, kind, symbol, is_party, expected",
    [
        ((), "", "HĐND", False, "01/HĐND"),
        ((), "NX", "NX/ĐU", True, "01-NX/ĐU"),
        (("27/HĐND", "9/HĐND"), "", "HĐND", False, "28/HĐND"),
        (("27a/HĐND-VP",), "", "HĐND", False, "28/HĐND-VP"),
        (("27/HĐND", "04/BC-HĐND"), "BC", "BC-HĐND", False, "05/BC-HĐND"),
        (("04-NX/ĐU",), "NX", "NX/ĐU", True, "05-NX/ĐU"),
        (("99/TB-HĐND",), "TB", "TB-HĐND", False, "100/TB-HĐND"),
        (("x", "…/HĐND"), "", "HĐND", False, "01/HĐND"),
    ],
)
def test_following(texts, kind, symbol, is_party, expected):
    assert following(used(*texts), kind, symbol, is_party) == expected


def test_a_bare_number_is_of_its_papers_kind():
    assert following(used("12", kind="BC"), "BC", "BC-HĐND") == "13/BC-HĐND"
    assert following(used("12", kind="BC"), "", "HĐND") == "01/HĐND"


def test_same_number_on_another_paper():
    numbers = used("27/HĐND", "027 / hđnd", "27a/HĐND")
    assert same(numbers, "27/HĐND", 1) == numbers[:1]
    assert same(numbers, "27/HĐND", 0) == numbers[1:2]
    assert same(numbers, "28/HĐND", 0) == []
    assert same(numbers, "", 5) == []


def test_symbols():
    assert initials("HỘI ĐỒNG NHÂN DÂN") == "HĐND"
    assert party_symbol("Đảng ủy phường A") == "ĐU"
