"""What a watch wrote last and how much a second, and the last hours of what is held, from tables on disk."""

from datetime import timedelta
from pathlib import Path

from groundswell.core.live import Batch, Cursor, Gap
from groundswell.store import DuckEngine, delta
from groundswell.store.stream import Stream
from tests.store.events import MONDAY, PLATFORM, SIMULATED, EventDesk, activity, event, links


def commit(stream: Stream, second: int, posts: int, gaps: tuple[Gap, ...] = ()) -> None:
    """A second of a watch: so many posts and twice as many likes."""
    at = second / 3600
    events = [event("post", f"a{second}-{n}", f"p{second}-{n}", at, text="x") for n in range(posts)]
    events += [
        event("like", f"b{second}-{n}", f"l{second}-{n}", at, object=f"p{second}-{n // 2}") for n in range(2 * posts)
    ]
    named = links({f"p{second}-{n}": ["moss"] for n in range(posts)})
    made = activity(events)
    prints = made.events["text"]
    moment = MONDAY + timedelta(seconds=second)
    batch = Batch(made, Cursor(moment, "host", second), gaps)
    stream.commit("bluesky.jetstream", PLATFORM, SIMULATED, batch, prints, named, moment + timedelta(seconds=1))


def test_before_a_watch_there_is_no_pulse_and_after_it_the_last_half_minute_is_told(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    now = MONDAY + timedelta(seconds=100)
    assert desk.stream.pulse(now) is None
    desk.load([event("post", "ann", "p", 0, text="x")], {"p": ["moss"]})
    assert desk.stream.pulse(now) is None  # a file is no watch
    old = Gap(MONDAY - timedelta(hours=30), MONDAY - timedelta(hours=25))
    gap = Gap(MONDAY, MONDAY + timedelta(seconds=9))
    for second in (1, 80, 90):
        commit(desk.stream, second, posts=10, gaps=(old, gap) if second == 80 else ())
    found = desk.stream.pulse(now)
    assert found is not None
    assert (found.written, found.until, found.server) == (
        MONDAY + timedelta(seconds=91),
        MONDAY + timedelta(seconds=90),
        "host",
    )
    # The batch of second 80 was written 19 seconds ago, the one after it holds what came since.
    assert (round(found.posts, 3), round(found.events, 3)) == (round(10 / 19, 3), round(30 / 19, 3))
    assert found.gaps == (gap,)
    assert (found.evidence, found.may_show) == ("simulated", "values")
    later = desk.stream.pulse(now + timedelta(hours=1))
    assert later is not None
    assert (later.written, later.posts, later.events) == (found.written, 0, 0)


def test_the_last_hours_end_where_what_is_held_ends(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    hour = timedelta(hours=1)
    with DuckEngine() as engine:
        assert desk.stream.register_last(engine, hour, MONDAY) is None
    desk.load([event("post", "ann", f"p{n}", n, text="x") for n in range(5)], {f"p{n}": ["moss"] for n in range(5)})
    for asked, until in ((MONDAY + 2.5 * hour, MONDAY + 2.5 * hour), (MONDAY + 99 * hour, MONDAY + 4 * hour)):
        with DuckEngine() as engine:
            assert desk.stream.register_last(engine, 2 * hour, asked) == until
            keys = engine.query("SELECT key FROM acted ORDER BY key")["key"].to_pylist()
            assert keys == (["p1", "p2"] if until < asked + hour and until == asked else ["p3", "p4"])
            kinds = engine.query("FROM event_kinds").to_pylist()
            assert kinds == [{"evidence": "simulated", "may_show": "values"}]


class Interrupted(DuckEngine):
    """An engine under which, when first it takes a step, a watch joins the small files of the events."""

    def __init__(self, events: Path) -> None:
        super().__init__()
        self._events: Path | None = events

    def step(self, name: str, sql: str) -> None:
        """The step, once the files are gone."""
        if self._events is not None:
            table, self._events = delta.table(self._events), None
            table.optimize.compact()
            table.vacuum(0, dry_run=False, enforce_retention_duration=False)
        super().step(name, sql)


def test_files_joined_while_they_are_read_are_read_again(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    for second in (1, 2, 3):
        commit(desk.stream, second, posts=2)
    with Interrupted(tmp_path / "events" / "events") as engine:
        until = desk.stream.register_last(engine, timedelta(hours=1), MONDAY + timedelta(days=1))
        assert until == MONDAY + timedelta(seconds=3)
        assert len(engine.query("FROM events")) == 18
