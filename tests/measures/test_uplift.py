"""Uplift: how much a series rose at an event, and where that stands among its earlier days and the other titles."""

import csv
import math
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from groundswell.catalog import Catalog, read_names
from groundswell.core.errors import InputError
from groundswell.core.origin import Evidence
from groundswell.core.period import MONTH, Period
from groundswell.core.quantity import half_up
from groundswell.measures.uplift import RARE, WINDOWS, Rank, Series, series, uplift
from tests.claims.lists import Lists

START = date(2021, 1, 3)


def week(nth: int) -> Period:
    """The nth week of the tests."""
    first = START + timedelta(days=7 * nth)
    return Period(first, first + timedelta(days=6))


def weekly(values: Sequence[int | None], unit: str = "copies") -> Series:
    """A series of weeks; None is a week without a reading."""
    held = {week(nth): Decimal(value) for nth, value in enumerate(values) if value is not None}
    return Series(unit, held, Evidence.PUBLISHED)


def steady(weeks: int, rise: int, at: int) -> list[int | None]:
    """1,000 a week, from the week `at` on as much more, in per cent."""
    return [1000 if nth < at else 1000 + 10 * rise for nth in range(weeks)]


def at(nth: int) -> date:
    """A day in the nth week."""
    return week(nth).first + timedelta(days=3)


@pytest.mark.parametrize(
    ("peers", "weeks", "in_time", "among_titles", "wording"),
    [
        (0, 12, Fraction(1), Fraction(1), "rose; it coincided with the event"),
        (0, 40, Fraction(1, 26), Fraction(1), "rose; it coincided with the event"),
        (9, 40, Fraction(1, 26), Fraction(1, 10), "rose; it coincided with the event"),
        (10, 40, Fraction(1, 26), Fraction(1, 11), "rose more than its peers"),
        (10, 20, Fraction(1, 6), Fraction(1, 11), "rose; it coincided with the event"),
        (19, 60, Fraction(1, 46), Fraction(1, 20), "rose more than its peers"),
    ],
)
def test_the_rarest_a_rank_can_be_is_one_in_all_of_them(
    peers: int, weeks: int, in_time: Fraction, among_titles: Fraction, wording: str
) -> None:
    """Of J placebos, 1 in J + 1: nineteen titles are needed for a twentieth."""
    event = weeks - 4
    of = {"kite": weekly(steady(weeks, 1700, event))}
    of |= {f"peer-{nth}": weekly([1000 + (week * nth) % 7 for week in range(weeks)]) for nth in range(1, peers + 1)}
    found = uplift(of, "kite", at(event))
    assert (found.in_time.p, found.among_titles.p, found.wording) == (in_time, among_titles, wording)
    assert found.per_cent == 1700
    assert (found.before, found.after) == (
        Period(week(event - 8).first, week(event - 1).last),
        Period(week(event).first, week(event + 3).last),
    )


def test_a_rise_of_long_numbers_is_exact() -> None:
    least = 10**28
    found = uplift({"kite": weekly([least] * 8 + [least + 1] * 4)}, "kite", at(8))
    assert found.per_cent == Fraction(100, least)
    assert found.wording == "rose; it coincided with the event"


def test_a_title_that_rises_as_much_counts_against_it() -> None:
    of = {"kite": weekly(steady(40, 100, 36))} | {f"peer-{nth}": weekly(steady(40, 100, 36)) for nth in range(10)}
    found = uplift(of, "kite", at(36))
    assert (found.among_titles.place, found.wording) == (11, "rose; it coincided with the event")
    falling = {name: weekly([1000] * 36 + [500] * 4) for name in of}
    assert uplift(falling, "kite", at(36)).wording == "did not rise"


def test_an_earlier_rise_as_high_counts_against_it() -> None:
    values = steady(40, 100, 36)
    values[10:14] = [2000] * 4
    assert uplift({"kite": weekly(values)}, "kite", at(36)).in_time.place == 2


def test_no_earlier_window_reaches_into_the_event() -> None:
    """The last placebo's four weeks end with the week before the event."""
    assert uplift({"kite": weekly([1000] * 12 + [9000] * 4)}, "kite", at(12)).in_time == Rank(1, 1)
    assert uplift({"kite": weekly([1000] * 11 + [9000] * 5)}, "kite", at(11)).in_time == Rank(1, 0)


def test_neighbours_other_units_and_small_titles_are_no_peers() -> None:
    of = {
        "kite": weekly(steady(40, 100, 36)),
        "kite/v2": weekly(steady(40, 900, 36)),
        "lamp": weekly(steady(40, 900, 36), unit="views"),
        "tin": weekly([1] * 36 + [100] * 4),
        "gap": weekly([1000] * 30 + [None] + [1000] * 5 + [9000] * 4),
        "oak": weekly([1000] * 40),
    }
    assert uplift(of, "kite", at(36), 30).among_titles == Rank(1, 1)
    assert uplift(of, "kite", at(36)).among_titles.placebos == 2


@pytest.mark.parametrize(
    ("values", "event", "said"),
    [
        ([1000] * 11, 8, "4 weeks from 2021-03-03 are compared, and 3 are held: load"),
        ([1000] * 11, 7, "8 weeks before 2021-02-24 are compared, and 7 are held: load"),
        ([*[1000] * 3, None, *[1000] * 10], 9, "8 weeks before 2021-03-10 .* no reading is of the week to 30 January 2021: load"),
        ([1000] * 12, 14, "readings held are from 2021-01-03 to 2021-03-27, and .* is not among them: name a day that is"),
        ([29] * 12, 8, "are below 30 in the mean: too little for a per cent"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_one_line(values: list[int | None], event: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        uplift({"kite": weekly(values)}, "kite", at(event), 30)


def test_months_and_days_have_windows_of_their_own() -> None:
    first = MONTH.period_of(date(2021, 1, 1))
    months = [first]
    while len(months) < 12:
        months.append(MONTH.after(months[-1]))
    by_month = Series(
        "Mbps", {month: Decimal(2 if nth < 9 else 3) for nth, month in enumerate(months)}, Evidence.PUBLISHED
    )
    found = uplift({"moss": by_month}, "moss", date(2021, 10, 20))
    assert (found.per_cent, found.after) == (Fraction(50), Period(date(2021, 10, 1), date(2021, 12, 31)))
    days = {
        Period(day, day): Decimal(100 + nth // 21 * 50) for nth in range(28) for day in [START + timedelta(days=nth)]
    }
    assert (
        uplift({"moss": Series("views", days, Evidence.PUBLISHED)}, "moss", START + timedelta(days=21)).per_cent == 50
    )
    quarters = {Period(date(2021, 1, 1), date(2021, 3, 31)): Decimal(1)}
    with pytest.raises(InputError, match="of no day, week or month: load readings"):
        uplift({"moss": Series("views", quarters, Evidence.PUBLISHED)}, "moss", date(2021, 3, 1))


def _naive(
    of: Mapping[str, Sequence[int | None]], event: int, smallest: int, back: int = 8, on: int = 4
) -> tuple[Fraction, tuple[int, int], tuple[int, int]]:
    """The rise of the first and both ranks by plain loops in exact arithmetic."""

    def rise(values: Sequence[int | None], begins: int) -> Fraction | None:
        numbers = [Fraction(value) for value in values[max(0, begins - back) : begins + on] if value is not None]
        if begins < back or len(numbers) < back + on:
            return None
        base = sum(numbers[:back], Fraction()) / back
        return sum(numbers[back:], Fraction()) / on / base if base >= smallest else None

    first, *others = of.values()
    own = rise(first, event)
    assert own is not None
    places = []
    for rises in (
        [rise(first, begins) for begins in range(event - on + 1)],
        [rise(values, event) for values in others],
    ):
        held = [one for one in rises if one is not None]
        places.append((1 + sum(one >= own for one in held), len(held)))
    return (own - 1) * 100, places[0], places[1]


def test_rise_and_ranks_are_the_oracles() -> None:
    dice = random.Random(20261126)
    for _ in range(60):
        weeks, event = 30, dice.randint(12, 26)
        of: dict[str, list[int | None]] = {"kite": [dice.randint(30, 90) for _ in range(weeks)]}
        for nth in range(12):
            of[f"peer-{nth}"] = [dice.choice([None, *[dice.randint(1, 90)] * 30]) for _ in range(weeks)]
        found = uplift({name: weekly(values) for name, values in of.items()}, "kite", at(event), 30)
        per_cent, in_time, among = _naive(of, event, 30)
        assert found.per_cent == per_cent
        assert (found.in_time.place, found.in_time.placebos) == in_time
        assert (found.among_titles.place, found.among_titles.placebos) == among


def test_noise_is_seldom_more_than_its_peers() -> None:
    """Of 120 events at which nothing happened: measured, not assumed."""
    dice = random.Random(7)
    said = []
    for _ in range(120):
        of = {f"title-{nth}": weekly([round(dice.lognormvariate(7, 0.4)) for _ in range(40)]) for nth in range(12)}
        said.append(uplift(of, "title-0", at(36)).wording)
    assert said.count("rose more than its peers") / len(said) <= RARE
    assert {"did not rise", "rose; it coincided with the event"} <= set(said)
    assert not any("caus" in wording for wording in said)


def test_series_are_sums_of_volumes_and_hold_what_may_only_be_grown_from() -> None:
    names = "scope,title,season,territory,valid_from,valid_to,rank,subject,why\n" + "".join(
        f"books.*,Kite {volume},,,,,,kite,a volume\n" for volume in (1, 2)
    )
    lists = Lists()
    text = "period_end,title,value\n2021-01-09,Kite 1,5\n2021-01-09,Kite 2,6\n2021-01-16,Kite 1,7\n2021-01-09,Oak,many"
    lists.add_series(text, measure="books.units", unit="copies", findings=1, may_show="percent", status="simulated")
    lists.add_series(
        "day,title,value\n2021-01-09,Oak,5\n2021-01-09,oak,6\n2021-01-10,Oak,7", measure="moss.views", unit="views"
    )
    record = lists.record(Catalog(names=tuple(read_names(names, "names.csv"))))
    assert series(record.engine, "books.units", "WW") == {
        "kite": Series("copies", {week(0): Decimal(11)}, Evidence.SIMULATED)
    }
    assert series(record.engine, "books.units", "US") == {}
    assert [*series(record.engine, "moss.views", "WW")["oak"].values.values()] == [7]
    record.engine.close()


@pytest.mark.shared_data
def test_a_real_spike_stands_among_the_highest_of_its_days(shared_data: Path) -> None:
    """Daily views of an encyclopaedia's page on a quarterback, 2007 to 2016, and the day of the final of February 2014."""
    with (shared_data / "wiki" / "example_wp_log_peyton_manning.csv").open(encoding="utf-8") as file:
        rows = [(date.fromisoformat(row["ds"]), round(math.exp(float(row["y"])))) for row in csv.DictReader(file)]
    views = Series("views", {Period(day, day): Decimal(count) for day, count in rows}, Evidence.CAPTURED)
    found = uplift({"manning": views}, "manning", date(2014, 2, 2), 30)
    counts = dict(rows)
    days = [rows[0][0] + timedelta(days=nth) for nth in range((rows[-1][0] - rows[0][0]).days + 1)]
    per_cent, in_time, _ = _naive(
        {"manning": [counts.get(day) for day in days]}, days.index(date(2014, 2, 2)), 30, *WINDOWS["day"]
    )
    assert found.per_cent == per_cent
    assert (found.in_time.place, found.in_time.placebos) == in_time == (58, 1687)
    assert (half_up(found.per_cent, Decimal("0.1")), found.wording) == (
        Decimal("140.5"),
        "rose; it coincided with the event",
    )
