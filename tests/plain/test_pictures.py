"""One content, one text, one fingerprint."""

from datetime import date, datetime

import pytest
from cadre_review.rules.pictures import canonical, fingerprint


def test_order_of_keys_does_not_matter():
    one = canonical("minutes/1", {"a": 1, "b": {"x": "Đức Phổ", "y": [2, 1]}})
    other = canonical("minutes/1", {"b": {"y": [2, 1], "x": "Đức Phổ"}, "a": 1})
    assert one == other
    assert fingerprint(one) == fingerprint(other.encode())


def test_content_and_schema_do_matter():
    texts = {
        canonical("minutes/1", {"a": 1}),
        canonical("minutes/2", {"a": 1}),
        canonical("minutes/1", {"a": "1"}),
        canonical("minutes/1", {"a": None}),
    }
    assert len({fingerprint(text) for text in texts}) == 4


def test_dates_in_iso_form():
    text = canonical("r/1", {"d": date(2022, 11, 25), "t": datetime(2022, 11, 25, 8)})
    assert '"d":"2022-11-25","t":"2022-11-25T08:00:00"' in text


def test_anything_but_plain_values_is_refused():
    with pytest.raises(TypeError):
        canonical("r/1", {"a": object()})
