from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError, UsageError
from groundswell.core.period import CALENDARS, MON_SUN, MONTH, Calendar, Period, calendar, fitting, misfits, read_day

_DAY = timedelta(days=1)
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
CALENDAR = st.sampled_from(list(CALENDARS.values()))
WEEKS = st.sampled_from([on for on in CALENDARS.values() if on is not MONTH])


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2022-05-01", "2022-05-01", "1 May 2022"),
        ("2022-04-25", "2022-05-01", "the week to 1 May 2022"),
        ("2022-04-18", "2022-05-15", "18 April 2022 to 15 May 2022"),
    ],
)
def test_a_period_in_words(first: str, last: str, words: str) -> None:
    assert Period(date.fromisoformat(first), date.fromisoformat(last)).in_words() == words


@given(CALENDAR, DAYS)
def test_every_day_lies_in_exactly_one_period(on: Calendar, day: date) -> None:
    period = on.period_of(day)
    assert day in period
    assert on.period_of(period.first) == on.period_of(period.last) == period
    assert on.is_period(period)
    assert day not in on.period_of(period.first - _DAY)
    assert day not in on.period_of(period.last + _DAY)


@given(CALENDAR, DAYS)
def test_periods_tile(on: Calendar, day: date) -> None:
    period = on.period_of(day)
    assert on.after(period).first == period.last + _DAY
    assert on.period_of(period.first - _DAY).last == period.first - _DAY


@given(WEEKS, DAYS)
def test_a_week_has_seven_days_and_ends_on_its_weekday(on: Calendar, day: date) -> None:
    period = on.period_of(day)
    assert period.last - period.first == timedelta(days=6)
    assert period.last.weekday() == on.ends_on
    assert f"{period.first:%a}-{period.last:%a}".lower() == on.name


@given(DAYS)
def test_a_month_is_the_calendar_month(day: date) -> None:
    period = MONTH.period_of(day)
    assert (period.first.day, period.first.month, period.last.month) == (1, day.month, day.month)
    assert (period.last + _DAY).day == 1


@given(CALENDAR, DAYS, st.integers(0, 60))
def test_between_gives_every_period_once(on: Calendar, day: date, count: int) -> None:
    first = last = on.period_of(day)
    for _ in range(count):
        last = on.after(last)
    periods = list(on.between(first, last))
    assert (periods[0], periods[-1], len(periods)) == (first, last, count + 1)
    assert all(b.first == a.last + _DAY for a, b in pairwise(periods))
    assert list(on.between(on.after(last), first)) == []


@given(CALENDAR, DAYS, st.integers(1, 40), st.integers(1, 40))
def test_is_period_knows_its_own_only(on: Calendar, day: date, early: int, late: int) -> None:
    period = on.period_of(day)
    assert not on.is_period(Period(period.first - timedelta(days=early), period.last))
    assert not on.is_period(Period(period.first, period.last + timedelta(days=late)))


def test_a_period_prints_both_its_days() -> None:
    period = MON_SUN.period_of(date(2022, 4, 27))
    assert str(period) == "2022-04-25/2022-05-01"
    assert period.as_json() == ["2022-04-25", "2022-05-01"]
    assert period < MON_SUN.after(period)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(InputError, match="ends before it begins: 2022-05-02 to 2022-05-01"):
        Period(date(2022, 5, 2), date(2022, 5, 1))


def test_calendars_go_by_name() -> None:
    assert len(CALENDARS) == 8
    assert calendar("sun-sat").ends_on == 5
    assert {on.name for on in CALENDARS.values() if on.zone} == {"fri-thu"}
    with pytest.raises(UsageError, match="no calendar 'mon-sum'; nearest: mon-sun"):
        calendar("mon-sum")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-05-01", date(2022, 5, 1)),
        ("2022-05-01T00:00:00", date(2022, 5, 1)),
        ("2022-05-01 00:00:00", date(2022, 5, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2022-02", date(2022, 2, 28)),
        ("2024-02", date(2024, 2, 29)),
    ],
)
def test_read_day(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022",
        "2022-5-1",
        "01.05.2022",
        "2022-02-29",
        "2022-13",
        "2022-00",
        "2022-05-01T12:00:00",
        " 2022-05-01",
        "2022-05-01\n",
        "٢٠٢٢-٠٥-٠١",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "2022-05-01" * 50,
    ],
)
def test_what_is_no_day_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_day(text)
    assert "is not a day; write it as 2022-05-01" in str(refused.value)
    assert len(str(refused.value)) < 90
    assert "\n" not in str(refused.value)


@given(DAYS)
def test_every_day_read_is_the_day_written_and_has_a_period_on_every_calendar(day: date) -> None:
    assert read_day(day.isoformat()) == day
    for on in CALENDARS.values():
        assert on.after(on.period_of(day)).first > day


@given(WEEKS, DAYS, st.sets(st.integers(1, 300), min_size=4), st.booleans())
def test_labels_of_a_week_fit_that_week_and_no_other(on: Calendar, day: date, weeks: set[int], starts: bool) -> None:
    period = on.period_of(day)
    label = period.first if starts else period.last
    found = fitting({label, *(label + timedelta(weeks=n) for n in weeks)}, starts=starts)
    assert on in found
    assert set(found) <= {on, MONTH}


@pytest.mark.parametrize(
    ("days", "starts", "names"),
    [
        (["2022-05-01", "2022-05-08"], False, ["mon-sun"]),
        (["2022-05-01", "2022-05-08"], True, ["sun-sat"]),
        (["2022-05-07", "2022-05-14"], False, ["sun-sat"]),
        (["2022-05-05", "2022-05-12"], False, ["fri-thu"]),
        (["2022-04-30", "2022-05-31"], False, ["month"]),
        (["2022-04-01", "2022-05-01"], False, ["month"]),
        (["2022-04-30", "2022-05-31"], True, ["month"]),
        (["2022-04-01", "2022-05-01"], True, ["month"]),
        (["2022-05-03"], False, ["wed-tue"]),
        (["2022-07-31"], False, ["mon-sun", "month"]),
        (["2022-05-01"], False, ["mon-sun", "month"]),
        (["2022-05-01", "2022-05-09"], False, []),
        (["2022-04-30", "2022-06-01"], False, []),
        ([], False, []),
    ],
)
def test_fitting(days: list[str], starts: bool, names: list[str]) -> None:
    labels = [date.fromisoformat(day) for day in days]
    assert [on.name for on in fitting(labels, starts=starts)] == names


@pytest.mark.parametrize(
    ("days", "name", "odd"),
    [
        (["2022-05-01", "2022-05-08", "2022-05-16", "2022-05-22"], "mon-sun", ["2022-05-16"]),
        (["2022-01-01", "2022-02-01", "2022-03-02", "2022-04-01"], "month", ["2022-03-02"]),
        (["2022-01-31", "2022-02-28", "2022-03-30", "2022-04-30"], "month", ["2022-03-30"]),
        (["2022-05-01", "2022-05-08"], "mon-sun", []),
    ],
)
def test_misfits_are_the_days_that_do_not_fit_what_most_fit(days: list[str], name: str, odd: list[str]) -> None:
    on, found = misfits([date.fromisoformat(day) for day in days])
    assert (on.name, [day.isoformat() for day in found]) == (name, odd)
