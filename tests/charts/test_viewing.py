from collections.abc import Iterator
from datetime import UTC, date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.charts.viewing import FLOOR, rank
from groundswell.core.viewed import ViewedWeek, decode, encode
from groundswell.measures.netflix import method_on
from groundswell.measures.viewing import TITLES, VIEWING, week_of
from groundswell.store import DuckEngine

_WEEK = week_of(date(2026, 11, 4), UTC)
_CELLS = pa.schema(
    [
        ("title_no", pa.int32()),
        ("territory", pa.string()),
        *(
            (name, pa.int64())
            for name in ("seconds", "live_seconds", "viewers", "viewers_2_minutes", "viewers_70", "viewers_90")
        ),
    ]
)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    """One engine for every week ranked here."""
    with DuckEngine() as engine:
        yield engine


def _title(
    number: int, kind: str = "tv", language: str = "english", runtime: int = 3600, live: int = 0
) -> dict[str, Any]:
    return {
        "title_no": number,
        "title": f"Title {number:02}",
        "season": "",
        "kind": kind,
        "language": language,
        "runtime": runtime,
        "live_runtime": live or runtime,
        "seconds_70": 1,
        "seconds_90": 1,
    }


def _cell(title: int, territory: str, seconds: int, viewers: int = 100, live: int = 0) -> dict[str, Any]:
    named = {
        "title_no": title,
        "territory": territory,
        "seconds": seconds,
        "live_seconds": live,
        "viewers": viewers + 1,
    }
    return {**named, "viewers_2_minutes": viewers, "viewers_70": viewers // 2, "viewers_90": viewers // 4}


def _ranked(
    engine: DuckEngine, titles: list[dict[str, Any]], cells: list[dict[str, Any]], last_day: date = _WEEK.period.last
) -> ViewedWeek:
    engine.register("week_titles", pa.Table.from_pylist(titles, schema=TITLES))
    engine.register("cells", pa.Table.from_pylist(cells, schema=_CELLS))
    method = method_on(VIEWING, last_day)
    assert method is not None
    return rank(engine, _WEEK, method, zone="UTC", inputs="sha256:0", days_missing=0, seconds=10**9)


def _names(week: ViewedWeek) -> dict[tuple[str, str], list[str]]:
    return {(of.chart, of.territory): [one.title for one in of.entries] for of in week.lists}


_rows = st.lists(
    st.tuples(
        st.integers(1, 14),
        st.sampled_from(["GB", "US", "WW"]),
        st.one_of(st.integers(1, 10**7), st.sampled_from([7200, 7201, 3600])),
        st.sampled_from([FLOOR - 1, FLOOR, 900]),
        st.sampled_from([0, 1, 2]),
    ),
    max_size=40,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=40, deadline=None)
@given(rows=_rows, by_views=st.booleans(), data=st.data())
def test_lists_are_those_a_naive_ranking_gives(
    engine: DuckEngine, rows: list[Any], by_views: bool, data: st.DataObject
) -> None:
    """By exact fractions: views, then hours, then viewers, then title; by hours in the years before."""
    runtimes = data.draw(st.lists(st.sampled_from([3600, 1800, 5400, 7, 86_399]), min_size=14, max_size=14))
    titles = [
        _title(
            number,
            "films" if number % 3 == 0 else "tv",
            "english" if number % 2 else "non_english",
            runtime,
            live=runtime * 2 if number % 5 == 0 else 0,
        )
        for number, runtime in enumerate(runtimes, 1)
    ]
    cells = [
        _cell(title, where, seconds, viewers, live=seconds * part // 2) for title, where, seconds, viewers, part in rows
    ]
    found = _ranked(engine, titles, cells, _WEEK.period.last if by_views else date(2022, 5, 1))
    of = {title["title_no"]: title for title in titles}
    wanted: dict[tuple[str, str], list[Any]] = {}
    for cell in cells:
        title = of[cell["title_no"]]
        if cell["viewers_2_minutes"] < FLOOR:
            continue
        where = "global" if cell["territory"] == "WW" else "country"
        chart = f"viewing.{where}.{title['kind']}" + (f"_{title['language']}" if where == "global" else "")
        later, live = cell["seconds"] - cell["live_seconds"], cell["live_seconds"]
        viewed = Fraction(later, title["runtime"]) + Fraction(live, title["live_runtime"])
        key = (-viewed if by_views else 0, -cell["seconds"], -cell["viewers_2_minutes"], title["title"])
        wanted.setdefault((chart, cell["territory"]), []).append((key, viewed))
    lists = {place: sorted(of)[:10] for place, of in wanted.items()}
    assert _names(found) == {place: [key[-1] for key, _ in of] for place, of in lists.items()}
    for of_list in found.lists:
        for one, (_, viewed) in zip(of_list.entries, lists[of_list.chart, of_list.territory], strict=True):
            assert one.figures["views"] == Decimal(viewed.numerator * 10**9 // viewed.denominator).scaleb(-9)
    assert decode(encode(found)) == found


def test_the_eleventh_and_those_below_the_floor_are_not_listed(engine: DuckEngine) -> None:
    cells = [_cell(number, "GB", 100_000 - number) for number in range(1, 13)]
    cells[3]["viewers_2_minutes"] = FLOOR - 1
    found = _names(_ranked(engine, [_title(number) for number in range(1, 13)], cells))
    assert found == {("viewing.country.tv", "GB"): [f"Title {number:02}" for number in range(1, 12) if number != 4]}


def test_views_that_print_alike_are_ranked_by_what_they_are(engine: DuckEngine) -> None:
    """66.666… against 66.666… and a little: the same to nine places, and not the same."""
    titles = [_title(1, runtime=999_999), _title(2, runtime=999_998)]
    cells = [_cell(1, "WW", 2 * 333_333 * 10**6), _cell(2, "WW", 2 * 333_333 * 10**6 - 666_666)]
    first, second = (Fraction(cell["seconds"], title["runtime"]) for cell, title in zip(cells, titles, strict=True))
    assert first != second
    found = _names(_ranked(engine, titles, cells))["viewing.global.tv_english", "WW"]
    assert found == (["Title 01", "Title 02"] if first > second else ["Title 02", "Title 01"])


def test_the_figures_of_an_entry(engine: DuckEngine) -> None:
    found = _ranked(engine, [_title(1, runtime=5000)], [_cell(1, "WW", 10_001, viewers=99)])
    [entry] = found.lists[0].entries
    assert {name: str(value) for name, value in entry.figures.items()} == {
        "views": "2.000200000",
        "hours_viewed": "2.778055555",
        "runtime": "1.3889",
        "viewers": "99",
        "completion": "24.242424242",
    }
    assert {name: str(value) for name, value in found.titles[0].figures.items()} == {
        "viewing.hours": "2.778055555",
        "viewing.views": "2.000200000",
        "viewing.reach": "99",
        "viewing.reach_any": "100",
        "viewing.reach_70": "49",
        "viewing.completion": "24.242424242",
    }
    assert found.hours_in_no_title == Decimal("277774.999722222")
