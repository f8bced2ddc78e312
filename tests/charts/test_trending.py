"""Trending TV: ranked from events, whatever their order; floors, ties, missing hours, the digest."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from groundswell.charts import trending
from groundswell.charts.trending import reduce_weeks, settled_weeks
from groundswell.core.live import Batch, Cursor, Gap
from groundswell.core.reduction import Reduction, encode
from groundswell.measures.owned import OWNED
from groundswell.store.duckdb import DuckEngine
from tests.store.events import MONDAY, PLATFORM, SIMULATED, EventDesk, activity, event, links

NOW = MONDAY + timedelta(days=30)
LINKED = {f"{title}-{n}": [title] for title in "abcd" for n in range(60)}
HOURS = [event("follow", "owl", f"f{hour}", hour) for hour in range(14 * 24)]


def crowd(title: str, accounts: int, likes: int = 0, hours: float = 5, first: int = 0) -> list[dict[str, Any]]:
    """So many accounts post about a title, and one more likes some of the posts."""
    posts = [event("post", f"{title}{n}", f"{title}-{n}", hours + n / 60) for n in range(first, first + accounts)]
    fans = [
        event("like", f"{title}-fan{n}", f"l-{title}-{n}", hours + 2, object=f"{title}-{first + n}")
        for n in range(likes)
    ]
    return [*posts, *fans]


@pytest.fixture(autouse=True)
def low_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few accounts are enough."""
    monkeypatch.setattr(trending, "FLOOR", 3)


def weeks(desk: EventDesk, names: dict[str, str] | None = None) -> list[Reduction]:
    """The settled weeks of what the desk holds."""
    with DuckEngine() as engine:
        desk.stream.register(engine)
        engine.register("owned", pa.Table.from_pylist([], schema=OWNED))
        return reduce_weeks(engine, settled_weeks(engine, NOW), names or {})


def ranked(week: Reduction) -> list[tuple[str, int, int]]:
    """Title, net interactions, accounts, in order."""
    return [(e.title, int(e.figures["interactions"]), int(e.figures["unique_actors"])) for e in week.entries]


def test_titles_are_ranked_by_net_interactions_then_accounts_then_id(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    fewer = [event("like", "c0", "l-c", 8, object="c-1"), event("like", "c0", "l-c2", 8, object="c-2")]
    desk.load([*HOURS, *crowd("b", 5), *crowd("a", 5), *crowd("c", 4), *fewer, *crowd("d", 2, likes=0)], LINKED)
    first, second = weeks(desk, {"a": "A", "b": "Another"})
    assert ranked(first) == [("c", 6, 4), ("A", 5, 5), ("b", 5, 5)]  # a name that leads elsewhere gives way to the id
    assert (second.entries, first.hours_missing, second.hours_missing) == ((), 0, 0)
    assert first.entries[0].figures["top_share"] == Decimal("50")  # one account of four, three of six acts
    assert first.cells[0].net <= first.cells[0].gross
    for entry in first.entries:
        cells = [cell for cell in first.cells if cell.subject == entry.subject]
        assert sum(cell.net for cell in cells) == entry.figures["interactions"]
        assert sum(cell.gross for cell in cells) == entry.figures["interactions_gross"]


def test_any_order_any_split_and_any_repetition_give_the_same_bytes(tmp_path: Path) -> None:
    events: Sequence[dict[str, Any]] = [
        *HOURS,
        *crowd("a", 9, likes=6),
        *crowd("b", 7, likes=7, hours=170),
        *[event("like", f"a-fan{n}", f"l-a-{n}", 40, operation="delete") for n in range(2)],
        event("post", "a0", "a-0", 50, operation="delete"),
        event("account", "b1", "9", 60, operation="delete", object="deleted"),
    ]
    whole = EventDesk(tmp_path / "whole")
    whole.load(events, LINKED)
    want = [encode(week) for week in weeks(whole)]
    assert len(want) == 2
    random = Random(7)
    for number in range(3):
        shuffled = [*events, *random.sample(events, 40)]
        random.shuffle(shuffled)
        desk = EventDesk(tmp_path / str(number))
        cuts = sorted(random.sample(range(len(shuffled)), 3))
        for begin, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True):
            desk.load(shuffled[begin:end], LINKED, name=f"part {begin}")
        desk.load(shuffled[: cuts[0]], LINKED, name="part 0")
        assert [encode(week) for week in weeks(desk)] == want


def test_a_late_event_makes_other_bytes_and_one_taken_back_after_the_week_settled_none(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS, *crowd("a", 9, likes=6)], LINKED)
    before = weeks(desk)[0]
    desk.load([event("like", "a-fan1", "l-a-1", 7 * 24 + 36, operation="delete")])
    assert encode(weeks(desk)[0]) == encode(before)
    desk.load([event("like", "late", "l-late", 60, object="a-3")])
    after = weeks(desk)[0]
    assert after.entries[0].figures["interactions"] == before.entries[0].figures["interactions"] + 1
    assert after.inputs != before.inputs


def test_hours_in_which_nothing_was_witnessed_are_said(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS[:100], *HOURS[103:], *crowd("a", 4)], LINKED)
    assert [week.hours_missing for week in weeks(desk)] == [3, 0]


def test_an_hour_that_meets_a_gap_of_a_watch_is_missing_too(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS, *crowd("a", 4)], LINKED)
    gaps = [
        Gap(MONDAY + timedelta(hours=a), MONDAY + timedelta(hours=b))
        for a, b in ((40.9, 41), (50.2, 50.3), (200, 203.5))
    ]
    for platform in ("other", PLATFORM):
        assert [week.hours_missing for week in weeks(desk)] == [0, 0]
        with desk.stream.watching():
            batch = Batch(activity([]), Cursor(MONDAY, "made.example"), tuple(gaps))
            none = pa.array([], pa.string())
            desk.stream.commit("made", platform, SIMULATED, batch, none, links({}), desk.now)
    assert [week.hours_missing for week in weeks(desk)] == [3, 4]


def test_a_week_is_not_reduced_before_it_settled(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS, *crowd("a", 4)], LINKED)
    ends = MONDAY + timedelta(days=7)
    with DuckEngine() as engine:
        desk.stream.register(engine)
        assert settled_weeks(engine, ends + timedelta(hours=35, minutes=59)) == []
        assert [week.first for week in settled_weeks(engine, ends + timedelta(hours=36))] == [MONDAY.date()]
