"""Vietnamese order of names: given name first, tones between equal letters only."""

import unicodedata

import pytest
from cadre_review.rules.names import fold, sort_key
from hypothesis import given
from hypothesis import strategies as st

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"

syllables = st.tuples(
    st.sampled_from(["", "b", "ch", "đ", "gi", "ngh", "th", "x"]),
    st.sampled_from(VOWELS),
    st.sampled_from(TONES),
    st.sampled_from(["", "n", "ng", "t"]),
).map(lambda parts: unicodedata.normalize("NFC", "".join(parts)).capitalize())
names = st.lists(syllables, min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    "ordered",
    [
        ["Võ An", "Võ Ăn", "Võ Ân"],
        ["Võ Dung", "Võ Đung", "Võ Em"],
        ["Võ Ma", "Võ Mà", "Võ Mả", "Võ Mã", "Võ Má", "Võ Mạ"],
        ["Võ Oanh", "Võ Ôn", "Võ Ơn", "Võ Phú"],
        ["Võ Uyên", "Võ Ưng", "Võ Vân"],
        # letters before tones: Hạ before Hai
        ["Võ Hạ", "Võ Hai", "Võ Hải"],
        # the given name decides, then the family name, then the middle name
        ["Trần Văn An", "Lê Văn Bình", "Nguyễn Thị Bình", "Nguyễn Văn Bình"],
        # all of one given name stand together
        ["Vũ Anh", "Đặng Ánh", "Vũ Ánh"],
        # digits before letters, foreign letters last
        ["Võ 2", "Võ A", "Võ Z", "Võ 王"],
    ],
)
def test_order(ordered):
    assert sorted(reversed(ordered), key=sort_key) == ordered


@pytest.mark.parametrize(
    "one, other",
    [
        ("Nguyễn Thị Mỹ", "  nguyễn\u00a0 THỊ mỹ "),
        ("Ðặng Ðức", "Đặng Đức"),  # U+00D0 for U+0110
        ("H'Hen Niê", "Hhen Niê"),
        ("Y Čư", "Y Cư"),
    ],
)
def test_same_place(one, other):
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize("nothing", ["", None, "   ", "\u00a0"])
def test_no_name(nothing):
    assert sort_key(nothing) == ""


def test_alphabet():
    keys = [sort_key(letter) for letter in LETTERS]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(LETTERS)


@given(names)
def test_key_ignores_how_unicode_is_written(name):
    decomposed = unicodedata.normalize("NFD", name)
    assert sort_key(decomposed) == sort_key(name)
    assert fold(decomposed) == fold(name)


@given(names, names)
def test_order_is_total(one, other):
    """Two names share a place only when they are the same name."""
    assert (sort_key(one) == sort_key(other)) == (fold(one) == fold(other))


@given(st.text())
def test_key_is_ascii_for_any_text(text):
    assert sort_key(text).isascii()


@given(names, names)
def test_given_name_decides_alone(one, other):
    if fold(one.split()[-1]) != fold(other.split()[-1]):
        given_names = sort_key(one.split()[-1]) < sort_key(other.split()[-1])
        assert (sort_key(one) < sort_key(other)) == given_names


@given(names)
def test_fold_is_stable(name):
    assert fold(fold(name)) == fold(name)
    assert fold(name.upper()) == fold(name)
