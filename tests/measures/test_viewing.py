from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.quantity import half_up
from groundswell.core.viewing import CATALOGUE, SESSIONS
from groundswell.measures.viewing import Week, count, ratio, seconds_watched, titles_of, views, week_of, weeks_between
from groundswell.store import DuckEngine
from tests.measures.viewing_oracle import Watched, cells

_ZONES = ("UTC", "America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu")
_MONDAYS = (date(2026, 3, 2), date(2026, 3, 23), date(2026, 9, 28), date(2026, 10, 19), date(2026, 11, 2))
"""Clocks change on the Sunday of some of these weeks, in some of these zones."""


def _catalogue(*rows: dict[str, Any]) -> pa.Table:
    plain = {"season": "", "kind": "tv", "language": "english", "available_from": date(2026, 1, 1), "line": 2}
    return pa.Table.from_pylist([{**plain, **row} for row in rows], schema=CATALOGUE)


_TITLES = _catalogue(
    {"title": "Moss", "minutes": 3},
    {"title": "Fern", "minutes": 2},
    {"title": "Fern", "minutes": 1, "available_from": date(2026, 2, 1)},
)
_RUNTIMES = {"Moss": 180, "Fern": 180}


def _sessions(watched: list[Watched]) -> pa.Table:
    rows = [
        {
            "profile": one.profile,
            "title": one.title,
            "season": "",
            "territory": one.territory,
            "started_at": datetime.fromtimestamp(one.began, UTC),
            "ended_at": datetime.fromtimestamp(one.ended, UTC),
            "stream": one.stream,
        }
        for one in watched
    ]
    return pa.Table.from_pylist(rows, schema=SESSIONS)


def _counted(engine: DuckEngine, watched: list[Watched], week: Week, catalogue: pa.Table = _TITLES) -> dict[Any, Any]:
    engine.register("sessions", _sessions(watched))
    titles = titles_of(catalogue, week)
    count(engine, week, titles)
    names = dict(zip(titles["title_no"].to_pylist(), titles["title"].to_pylist(), strict=True))
    rows = engine.query("SELECT * FROM cells").to_pylist()
    return {(names[row.pop("title_no")], row.pop("territory")): row for row in rows}


@st.composite
def _weeks(draw: st.DrawFn) -> tuple[Week, str, list[Watched]]:
    zone = draw(st.sampled_from(_ZONES))
    week = week_of(draw(st.sampled_from(_MONDAYS)), ZoneInfo(zone))
    begins, ends = int(week.begins.timestamp()), int(week.ends.timestamp())
    near = st.one_of(
        st.integers(-700, 700).map(lambda off: begins + off),
        st.integers(-700, 700).map(lambda off: ends + off),
        st.integers(begins, ends - 1).map(lambda second: second // 3600 * 3600 - 1),
    )
    sessions = st.builds(
        lambda who, what, where, began, lasts, stream: Watched(who, what, where, began, began + lasts, stream),
        st.sampled_from("abc"),
        st.sampled_from(["Moss", "Fern", "Unknown"]),
        st.sampled_from(["GB", "US"]),
        near,
        st.sampled_from([0, 1, 59, 60, 61, 119, 120, 125, 126, 161, 162, 600]),
        st.sampled_from(["live", "on_demand", ""]),
    )
    return week, zone, draw(st.lists(sessions, max_size=12))


@pytest.fixture(scope="module")
def engine() -> Any:
    """One engine for every week counted here."""
    with DuckEngine() as engine:
        yield engine


@settings(max_examples=40, deadline=None)
@given(given_=_weeks())
def test_a_week_is_what_its_seconds_come_to(engine: DuckEngine, given_: tuple[Week, str, list[Watched]]) -> None:
    week, zone, watched = given_
    wanted = cells(watched, week.period.first, ZoneInfo(zone), _RUNTIMES)
    assert _counted(engine, watched, week) == {key: cell.__dict__ for key, cell in wanted.items()}
    everything = cells(watched, week.period.first, ZoneInfo(zone), {**_RUNTIMES, "Unknown": 60})
    worldwide = sum(cell.seconds for (_, territory), cell in everything.items() if territory == "WW")
    assert seconds_watched(engine, week) == worldwide


def test_a_session_over_the_boundary_is_split_to_the_second(engine: DuckEngine) -> None:
    """The clocks of Los Angeles say midnight at 08:00 UTC, and at 07:00 after 8 March 2026."""
    first = week_of(date(2026, 3, 2), ZoneInfo("America/Los_Angeles"))
    second = week_of(date(2026, 3, 9), ZoneInfo("America/Los_Angeles"))
    assert first.ends == second.begins == datetime(2026, 3, 9, 7, tzinfo=UTC)
    assert (first.ends - first.begins, second.ends - second.begins) == (timedelta(hours=167), timedelta(hours=168))
    began = int(datetime(2026, 3, 9, 6, 59, 1, tzinfo=UTC).timestamp())
    watched = [Watched("a", "Moss", "GB", began, began + 3600, "")]
    halves = [_counted(engine, watched, week)["Moss", "GB"]["seconds"] for week in (first, second)]
    assert halves == [59, 3541]


def test_a_profile_that_moved_is_one_viewer_worldwide(engine: DuckEngine) -> None:
    week = week_of(date(2026, 11, 4), UTC)
    at = int(week.begins.timestamp())
    watched = [
        Watched("a", "Moss", "GB", at, at + 100, ""),
        Watched("a", "Moss", "US", at + 200, at + 300, ""),
        Watched("b", "Moss", "US", at, at + 120, ""),
    ]
    found = _counted(engine, watched, week)
    assert {territory: found["Moss", territory]["viewers"] for territory in ("GB", "US", "WW")} == {
        "GB": 1,
        "US": 2,
        "WW": 2,
    }
    qualified = {territory: found["Moss", territory]["viewers_2_minutes"] for territory in ("GB", "US", "WW")}
    assert qualified == {"GB": 0, "US": 1, "WW": 2}


def test_the_runtime_is_that_of_the_episodes_there_were_by_the_end_of_the_week() -> None:
    catalogue = _catalogue(
        *({"title": "Moss", "minutes": 50, "available_from": date(2026, 11, day)} for day in (1, 8, 9))
    )
    days = (date(2026, 10, 25), date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 9))
    runtimes = [titles_of(catalogue, week_of(day, UTC))["runtime"].to_pylist() for day in days]
    assert runtimes == [[], [3000], [6000], [9000]]


_NIGHT = datetime(2026, 11, 2, 20, tzinfo=UTC)
_LIVE = {"live_from": _NIGHT, "live_to": _NIGHT + timedelta(minutes=180)}
_RAW = {"title": "Raw", "minutes": 145, "available_from": date(2026, 11, 3), **_LIVE}


def test_views_of_a_title_with_a_live_and_a_later_cut_are_blended() -> None:
    """Hours of each cut ÷ its runtime, added: with one runtime for both it would be another number."""
    [raw] = titles_of(_catalogue(_RAW), week_of(date(2026, 11, 2), UTC)).to_pylist()
    assert (raw["runtime"], raw["live_runtime"]) == (145 * 60, 180 * 60)
    live, later = 12_000_000 * 3600, 5_700_000 * 3600
    blended = views(live + later, live, raw["runtime"], raw["live_runtime"])
    assert blended == ratio(12_000_000 * 60 * 145 + 5_700_000 * 60 * 180, 180 * 145)
    assert half_up(blended, 100_000) == 6_400_000
    assert half_up(views(live + later, 0, raw["runtime"], raw["runtime"]), 100_000) == 7_300_000


def test_an_event_without_a_later_cut_is_as_long_as_it_went_out() -> None:
    [raw] = titles_of(_catalogue({**_RAW, "minutes": None}), week_of(date(2026, 11, 2), UTC)).to_pylist()
    assert (raw["runtime"], raw["live_runtime"]) == (10_800, 10_800)
    assert titles_of(_catalogue({**_RAW, "minutes": None}), week_of(date(2026, 10, 26), UTC)).num_rows == 0


@given(value=st.integers(0, 10**12), of=st.integers(1, 10**6), step=st.sampled_from([1, 10_000, 100_000, 1_000_000]))
def test_a_figure_cut_and_then_rounded_is_rounded_once(value: int, of: int, step: int) -> None:
    exact = Fraction(value, of)
    assert half_up(ratio(value, of), step) == int(exact / step + Fraction(1, 2)) * step


def test_a_figure_is_not_rounded_up_by_being_kept() -> None:
    almost = ratio(32_500_000 * 10**12 - 1, 10**12)
    assert almost < Decimal(32_500_000)
    assert half_up(almost, 1_000_000) == 32_000_000


def test_the_weeks_of_some_days_are_those_a_session_of_theirs_may_lie_in() -> None:
    def mondays(day: date, zone: str) -> list[date]:
        return [week.period.first for week in weeks_between([day], ZoneInfo(zone))]

    assert mondays(date(2026, 11, 4), "UTC") == [date(2026, 11, 2)]
    assert mondays(date(2026, 11, 8), "UTC") == [date(2026, 11, 2), date(2026, 11, 9)]
    assert mondays(date(2026, 11, 9), "America/Los_Angeles") == [date(2026, 11, 2), date(2026, 11, 9)]
    assert mondays(date(2026, 11, 7), "Australia/Lord_Howe") == [date(2026, 11, 2), date(2026, 11, 9)]
