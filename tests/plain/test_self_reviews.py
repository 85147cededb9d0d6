"""Which form of the personal review is in force, and that its sections are whole."""

from datetime import date

import pytest
from cadre_review.rules import self_reviews


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2018, 12, 1), "Mẫu 02"),
        (date(2022, 11, 8), "Mẫu 02"),
        (date(2023, 11, 9), "Mẫu 02"),
        (date(2023, 11, 10), "Mẫu 02B"),
        (date(2025, 10, 30), "Mẫu 02B"),
        (date(2025, 10, 31), "Mẫu 2A"),
        (date(2026, 11, 8), "Mẫu 2A"),
    ],
)
def test_form_of_the_day(day, code):
    assert self_reviews.form_for(day).code == code


def test_the_regulation_names_its_own():
    day = date(2025, 9, 15)
    assert self_reviews.form_for(day, "Mẫu 2A").code == "Mẫu 2A"
    assert self_reviews.form_for(day, "Mẫu số 01").code == "Mẫu 02B"


@pytest.mark.parametrize("form", self_reviews.FORMS, ids=lambda form: form.code)
def test_sections_are_numbered_once_and_end_in_the_level(form):
    codes = [section.code for section in form.sections]
    assert len(codes) == len(set(codes))
    assert form.sections[-1].kind == "rating"
    assert [section.depth for section in form.sections].count(0) in (0, 2)
