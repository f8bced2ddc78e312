"""Days and weeks as the press names them, and what they mean for a weekly list.

A week is an issue of the list: Monday to Sunday for Netflix. A text released on a Tuesday speaks of the week to the Sunday before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from groundswell.checker.text import Token, glued
from groundswell.checker.words import MONTHS, WEEKDAYS
from groundswell.core.period import MON_SUN, Period

_DASHES = frozenset("-–—")
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Dated:
    """Tokens `first` to `last` (exclusive) are a day, a range of days or a year; `week` when they name one week of a list."""

    first: int
    last: int
    begins: date | None = None
    ends: date | None = None
    week: Period | None = None


def default_weeks(released: date | None) -> tuple[Period, ...]:
    """The weeks a text of that day may speak of: the last one that was over; on a Monday also the last one published."""
    if released is None:
        return ()
    last = MON_SUN.period_of(released - _WEEK)
    if released.weekday() == 0:
        return last, before(last)
    return (last,)


def before(week: Period) -> Period:
    """The week before."""
    return Period(week.first - _WEEK, week.last - _WEEK)


def dates(of: Sequence[Token], released: date | None) -> list[Dated]:
    """The days and years in `of`; a day without a year is the latest of its name before the release."""
    found: list[Dated] = []
    at = 0
    while at < len(of):
        dated = _dated(of, at, released)
        if dated is None:
            at += 1
        else:
            found.append(_as_week(of, dated))
            at = dated.last
    return found


def _dated(of: Sequence[Token], at: int, released: date | None) -> Dated | None:
    token = of[at]
    if (iso := _iso(of, at)) is not None:
        return iso
    if token.word in MONTHS and token.is_capital:
        return _month_first(of, at, released)
    if token.is_digits and _day_number(of, at) is not None:
        return _day_first(of, at, released)
    if _year(of, at) is not None and not _counts(of, at):
        return Dated(at, at + 1)
    return None


def _iso(of: Sequence[Token], at: int) -> Dated | None:
    parts = of[at : at + 5]
    if len(parts) < 5 or not parts[0].is_digits or [p.text for p in parts[1::2]] != ["-", "-"]:
        return None
    try:
        day = date.fromisoformat("".join(part.text for part in parts))
    except ValueError:
        return None
    return Dated(at, at + 5, day, day)


def _month_first(of: Sequence[Token], at: int, released: date | None) -> Dated | None:
    month, here = MONTHS[of[at].word], at + 1
    if here < len(of) and of[here].text == "." and len(of[at].text) <= 4:
        here += 1
    first = _day_number(of, here)
    if first is None:
        if at and of[at - 1].word in {"in", "last", "since", "during", "until", "late", "early", "mid", "through"}:
            return Dated(at, here + (_year(of, here) is not None))
        if (year := _year(of, here)) is not None:
            return Dated(at, here + 1, None, None) if year else None
        return None
    last_day, last_month, here = first, month, _after_day(of, here)
    if here + 1 < len(of) and (of[here].text in _DASHES or of[here].word in {"to", "through", "until", "and"}):
        other = here + 1
        other_month = month
        if of[other].word in MONTHS:
            other_month = MONTHS[of[other].word]
            other += 1
            if other < len(of) and of[other].text == ".":
                other += 1
        if (number := _day_number(of, other)) is not None and not _counts(of, other):
            last_day, last_month, here = number, other_month, _after_day(of, other)
    year, here = _trailing_year(of, here)
    return _range(at, here, (month, first), (last_month, last_day), year, released)


def _day_first(of: Sequence[Token], at: int, released: date | None) -> Dated | None:
    first, here = _day_number(of, at), _after_day(of, at)
    assert first is not None
    last_day, months = first, []
    if here < len(of) and of[here].word in MONTHS and of[here].is_capital:
        months.append(MONTHS[of[here].word])
        here += 1
    if here + 1 < len(of) and (of[here].text in _DASHES or of[here].word in {"to", "through", "until"}):
        number = _day_number(of, here + 1)
        after = _after_day(of, here + 1)
        if number is not None and after < len(of) and of[after].word in MONTHS and of[after].is_capital:
            last_day, here = number, after + 1
            months.append(MONTHS[of[after].word])
    if not months:
        return None
    year, here = _trailing_year(of, here)
    return _range(at, here, (months[0], first), (months[-1], last_day), year, released)


def _range(
    at: int, here: int, first: tuple[int, int], last: tuple[int, int], year: int | None, released: date | None
) -> Dated | None:
    if year is None and released is None:
        return Dated(at, here)
    try:
        if year is None:
            assert released is not None
            ends = date(released.year, *last)
            if ends > released + timedelta(days=60):
                ends = date(released.year - 1, *last)
        else:
            ends = date(year, *last)
        begins = date(ends.year, *first)
        if begins > ends:
            begins = date(ends.year - 1, *first)
    except ValueError:
        return Dated(at, here)
    return Dated(at, here, begins, ends)


def _as_week(of: Sequence[Token], dated: Dated) -> Dated:
    """The week the days name: seven of them, or one after `week of`, `week ending`, `week to`."""
    if dated.begins is None or dated.ends is None:
        return dated
    span = (dated.ends - dated.begins).days
    if span == 6:
        week = MON_SUN.period_of(dated.begins)
        return Dated(dated.first, dated.last, dated.begins, dated.ends, week if week.first == dated.begins else None)
    if span == 0:
        lead = [token.word for token in of[max(0, dated.first - 5) : dated.first] if token.is_word]
        lead = [word for word in lead if word not in WEEKDAYS and word not in {"on", "the"}]
        if {"week", "frame"} & set(lead[-4:]) and {"included", "including", "containing"} & set(lead[-3:]):
            week = MON_SUN.period_of(dated.begins)
            return Dated(dated.first, dated.last, dated.begins, dated.ends, week)
        if len(lead) >= 2 and lead[-2] == "week" and lead[-1] in {"of", "beginning", "starting", "from"}:
            week = MON_SUN.period_of(dated.begins)
            return Dated(dated.first, dated.last, dated.begins, dated.ends, week)
        if len(lead) >= 2 and lead[-2] == "week" and lead[-1] in {"ended", "ending", "to", "through", "until"}:
            week = MON_SUN.period_of(dated.begins)
            return Dated(dated.first, dated.last, dated.begins, dated.ends, week if week.last == dated.begins else None)
    return dated


def _day_number(of: Sequence[Token], at: int) -> int | None:
    if at >= len(of) or not of[at].is_digits or not of[at].text.isascii() or not of[at].text.isdecimal():
        return None
    number = int(of[at].text) if len(of[at].text) <= 2 else 0
    if at + 1 < len(of) and glued(of[at], of[at + 1]) and of[at + 1].is_word:
        return number if 1 <= number <= 31 and of[at + 1].word in {"st", "nd", "rd", "th"} else None
    return number if 1 <= number <= 31 else None


def _after_day(of: Sequence[Token], at: int) -> int:
    ending = at + 1 < len(of) and glued(of[at], of[at + 1]) and of[at + 1].word in {"st", "nd", "rd", "th"}
    return at + 1 + ending


def _year(of: Sequence[Token], at: int) -> int | None:
    if at >= len(of) or len(of[at].text) != 4 or not of[at].text.isascii() or not of[at].text.isdecimal():
        return None
    year = int(of[at].text)
    return year if 1800 <= year <= 2100 else None


def _trailing_year(of: Sequence[Token], here: int) -> tuple[int | None, int]:
    at = here + 1 if here < len(of) and of[here].text == "," else here
    year = _year(of, at)
    if year is None or _counts(of, at):
        return None, here
    return year, at + 1


def _counts(of: Sequence[Token], at: int) -> bool:
    """Whether the number at `at` is followed by something it counts."""
    if at + 1 >= len(of):
        return False
    following = of[at + 1]
    return following.text == "%" or following.word in _COUNTED or (glued(of[at], following) and following.is_word)


_COUNTED = frozenset(
    "million billion thousand hours hour views countries territories markets weeks days minutes people percent".split()
)
