"""Periods and the calendars charts are published on.

Origin of the calendars: docs/methods.md, "Periods and calendars".
"""

import calendar as month_calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from groundswell.core.errors import InputError, UsageError, nearest

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, order=True)
class Period:
    """The days from `first` to `last`, both inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputError(f"a period ends before it begins: {self.first} to {self.last}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"

    def in_words(self) -> str:
        """`1 May 2022` for one day, `the week to 1 May 2022` for seven, else `18 April 2022 to 15 May 2022`."""
        first, last = (f"{day.day} {day:%B %Y}" for day in (self.first, self.last))
        if self.first == self.last:
            return last
        return f"the week to {last}" if (self.last - self.first).days == 6 else f"{first} to {last}"

    def as_json(self) -> list[str]:
        """`["2022-04-25", "2022-05-01"]`: first and last day, inclusive."""
        return [self.first.isoformat(), self.last.isoformat()]


@dataclass(frozen=True)
class Calendar:
    """A named sequence of periods that tile the days: weeks ending on one weekday, or months.

    `ends_on` is the weekday a week ends on (Monday 0 … Sunday 6); None is the calendar month.
    `zone` is stated only where the producer states it.
    """

    name: str
    ends_on: int | None
    zone: str | None = None

    def period_of(self, day: date) -> Period:
        """The one period of this calendar that contains `day`."""
        if self.ends_on is None:
            days = month_calendar.monthrange(day.year, day.month)[1]
            return Period(day.replace(day=1), day.replace(day=days))
        last = day + timedelta(days=(self.ends_on - day.weekday()) % 7)
        return Period(last - timedelta(days=6), last)

    def after(self, period: Period) -> Period:
        """The period that follows."""
        return self.period_of(period.last + timedelta(days=1))

    def between(self, first: Period, last: Period) -> Iterator[Period]:
        """Every period from `first` to `last`, both included; none when `last` is earlier."""
        while first.last <= last.last:
            yield first
            first = self.after(first)

    def named_by(self, day: date, *, starts: bool) -> bool:
        """Whether `day` is the first day of its period when `starts`, else the last."""
        period = self.period_of(day)
        return day == (period.first if starts else period.last)

    def is_period(self, period: Period) -> bool:
        """Whether `period` is one of this calendar's."""
        return self.period_of(period.first) == period


def _weekly(ends_on: int) -> Calendar:
    name = f"{_DAYS[(ends_on + 1) % 7]}-{_DAYS[ends_on]}"
    return Calendar(name, ends_on, zone="UTC" if name == "fri-thu" else None)


MONTH = Calendar("month", None)
CALENDARS: dict[str, Calendar] = {c.name: c for c in [*map(_weekly, range(7)), MONTH]}
MON_SUN = CALENDARS["mon-sun"]


def calendar(name: str) -> Calendar:
    """The calendar of that name; `UsageError` names the nearest otherwise."""
    if name not in CALENDARS:
        raise UsageError(f"no calendar '{name}'; {nearest(name, list(CALENDARS))}")
    return CALENDARS[name]


# Years of four digits that begin with 1 or 2: every period of such a day is itself within what a date can hold.
_ISO_DAY = re.compile(r"([12][0-9]{3})-([0-9]{2})-([0-9]{2})(?:[T ]00:00:00)?")
_ISO_MONTH = re.compile(r"([12][0-9]{3})-([0-9]{2})")


def read_day(text: str) -> date:
    """An ISO day (`2022-05-01`), or for `2022-05` its month's last day; `InputError` otherwise."""
    try:
        if match := _ISO_DAY.fullmatch(text):
            return date(*map(int, match.groups()))
        if match := _ISO_MONTH.fullmatch(text):
            return MONTH.period_of(date(int(match[1]), int(match[2]), 1)).last
    except ValueError:
        pass
    raise InputError(f"'{text[:40]}' is not a day; write it as 2022-05-01")


def _ways(starts: bool) -> list[tuple[Calendar, bool]]:
    """Every calendar and the end of a period that may name it; months by either end."""
    return [*((on, starts) for on in CALENDARS.values() if on is not MONTH), (MONTH, False), (MONTH, True)]


def fitting(labels: Iterable[date], *, starts: bool = False) -> list[Calendar]:
    """The calendars whose every issue `labels` could name: by first days when `starts`, else by last days.

    Months may be named by their first or their last days either way.
    """
    days = set(labels)
    fits = [on for on, first in _ways(starts) if days and all(on.named_by(day, starts=first) for day in days)]
    return list(dict.fromkeys(fits))


def misfits(labels: Iterable[date], *, starts: bool = False) -> tuple[Calendar, list[date]]:
    """The calendar that fits the most of `labels`, and those it does not fit."""
    days = sorted(set(labels))
    on, first = max(_ways(starts), key=lambda way: sum(way[0].named_by(day, starts=way[1]) for day in days))
    return on, [day for day in days if not on.named_by(day, starts=first)]
