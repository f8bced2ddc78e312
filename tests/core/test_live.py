"""Spans of time in the unit a person would use."""

from datetime import timedelta

import pytest

from groundswell.core.live import span_text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=-5), "0 s"),
        (timedelta(milliseconds=900), "0 s"),
        (timedelta(seconds=119, milliseconds=900), "119 s"),
        (timedelta(seconds=120), "2 min"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=1500), "1,500 days"),
    ],
)
def test_a_span_is_told_in_the_unit_a_person_would_use(span: timedelta, text: str) -> None:
    assert span_text(span) == text
