"""Days and weeks as the press names them."""

from datetime import date

import pytest

from groundswell.checker.text import tokens
from groundswell.checker.weeks import before, dates, default_weeks
from groundswell.core.period import Period

RELEASED = date(2022, 5, 17)
WEEK = Period(date(2022, 5, 9), date(2022, 5, 15))


@pytest.mark.parametrize(
    "words",
    [
        "in the week of May 9",
        "for May 9-15",
        "from May 9 to May 15",
        "May 9 – 15, 2022",
        "9 May to 15 May",
        "the week ended May 15",
        "the week ending May 15",
        "in the week to May 15, 2022",
        "the week that included its May 13 release",
    ],
)
def test_a_week_is_known_by_its_days(words: str) -> None:
    assert [dated.week for dated in dates(tokens(words), RELEASED)] == [WEEK]


@pytest.mark.parametrize("words", ["on May 13", "in 2019", "in April", "2022-05-13", "since February 18"])
def test_a_day_or_a_year_is_no_week(words: str) -> None:
    (dated,) = dates(tokens(words), RELEASED)
    assert dated.week is None


@pytest.mark.parametrize("words", ["2022 million hours", "may be seen", "1,000 hours", "June Osborne", "31.5 hours"])
def test_what_is_no_date_is_left_alone(words: str) -> None:
    assert dates(tokens(words), RELEASED) == []


def test_a_day_without_a_year_is_the_latest_before_the_release() -> None:
    (dated,) = dates(tokens("the week of December 27 to January 2"), date(2022, 1, 4))
    assert dated.week == Period(date(2021, 12, 27), date(2022, 1, 2))


def test_a_tuesday_speaks_of_the_week_to_the_sunday_before_and_a_monday_of_either() -> None:
    assert default_weeks(RELEASED) == (WEEK,)
    assert default_weeks(date(2022, 5, 20)) == (WEEK,)
    assert default_weeks(date(2022, 5, 16)) == (WEEK, before(WEEK))
    assert default_weeks(date(2022, 5, 15)) == (before(WEEK),)
    assert default_weeks(None) == ()
