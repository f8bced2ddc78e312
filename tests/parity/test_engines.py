"""Both engines, held to the same words: what is asked of one is asked of the other, and rows and schema have to be equal."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from groundswell.core.errors import MachineryError
from groundswell.core.viewing import CATALOGUE, SESSIONS
from groundswell.measures import viewing
from groundswell.measures.interactions import count, gather
from groundswell.measures.owned import OWNED
from groundswell.store import DuckEngine, SparkEngine
from tests.cli.test_viewing import _desk as viewing_desk
from tests.command import ok, run
from tests.measures.test_interactions import SMALL, WEEKS, table
from tests.store.events import PLATFORM, event, links

pytestmark = pytest.mark.spark
Engine = DuckEngine | SparkEngine


@pytest.fixture(params=[DuckEngine, SparkEngine], ids=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each engine in turn."""
    with request.param() as made:
        yield made


def test_tables_are_registered_stepped_over_asked_and_let_go(engine: Engine) -> None:
    engine.register("numbers", pa.table({"n": [1, 2, 3]}))
    engine.step("doubled", "SELECT n * 2 AS n FROM numbers")
    engine.step("doubled", "SELECT n * 2 AS n FROM doubled")
    engine.view("large", "SELECT n FROM doubled WHERE n > 4")
    assert engine.query("SELECT n FROM large WHERE n < ? ORDER BY n", [12]).to_pydict() == {"n": [8]}
    engine.register("numbers", pa.table({"n": [7]}))
    assert engine.query("SELECT n FROM numbers").to_pydict() == {"n": [7]}
    engine.step("spent", "SELECT 1 AS n")
    for _ in range(2):
        engine.drop("spent")
    with pytest.raises(MachineryError) as refused:
        engine.query("SELECT n\nFROM spent")
    assert str(refused.value).startswith("the engine could not answer: ")
    assert len(str(refused.value).splitlines()) == 1


def test_values_are_bound_and_names_are_names(engine: Engine) -> None:
    asked = ["'; DROP TABLE x; --", "é \\' \" ?", date(2022, 5, 1), None]
    found = engine.query("SELECT ? AS a, ? AS b, ? AS c, coalesce(?, 'none') AS d", asked).to_pylist()
    assert found == [{"a": asked[0], "b": asked[1], "c": asked[2], "d": "none"}]
    for name in ("", "a b", "a;b", 'a"b', "A", "é"):
        with pytest.raises(MachineryError, match="is no table name"):
            engine.register(name, pa.table({"n": [1]}))


def test_an_engine_knows_nothing_of_another(engine: Engine) -> None:
    with type(engine)() as other:
        other.register("mine", pa.table({"n": [1]}))
        with pytest.raises(MachineryError):
            engine.query("SELECT n FROM mine")


def both(**tables: pa.Table) -> tuple[DuckEngine, SparkEngine]:
    """The two, with the same tables."""
    engines = DuckEngine(), SparkEngine()
    for one in engines:
        for name, rows in tables.items():
            one.register(name, rows)
    return engines


def assert_same(engines: tuple[DuckEngine, SparkEngine], sql: str) -> pa.Table:
    """Rows, their order, and the schema."""
    want, got = (one.query(sql) for one in engines)
    assert got.schema == want.schema, sql
    assert got.to_pylist() == want.to_pylist(), sql
    return want


AWKWARD = [
    "",
    " ",
    "a",
    "A",
    "z",
    "é",
    "É",
    "e\u0301",
    "ß",
    "ﬀ",
    "Ω",
    "漢字",
    "🦉",
    "\u0000x",
    "a\u200db",
    "\ufffd",
    "'\"\\",
    None,
]
EAST = timezone(timedelta(hours=14))
MOMENTS = [
    datetime(2022, 5, 1, 23, 59, 59, 999999, UTC),
    datetime(2022, 5, 2, tzinfo=UTC),
    datetime(2022, 5, 2, tzinfo=EAST),  # a day earlier by UTC
    datetime(2022, 3, 27, 1, tzinfo=UTC),  # the clocks of Europe go on
    datetime(1969, 12, 31, 23, 59, 59, 999999, UTC),
    datetime(1899, 12, 31, 12, tzinfo=UTC),
    datetime(1500, 1, 1, tzinfo=UTC),  # before the calendar changed
    datetime(2200, 1, 1, 0, 0, 0, 1, UTC),
    None,
]


def test_words_times_and_numbers_are_ordered_counted_and_kept_alike() -> None:
    rows = pa.table(
        {
            "s": pa.array(AWKWARD * len(MOMENTS), pa.string()),
            "t": pa.array([at for at in MOMENTS for _ in AWKWARD], pa.timestamp("us", tz="UTC")),
            "n": pa.array([None if n % 7 == 0 else n - 40 for n in range(len(AWKWARD) * len(MOMENTS))], pa.int64()),
            "d": pa.array([Decimal(n) / 8 for n in range(len(AWKWARD) * len(MOMENTS))], pa.decimal128(18, 3)),
            "b": pa.array([(None, True, False)[n % 3] for n in range(len(AWKWARD) * len(MOMENTS))], pa.bool_()),
        }
    )
    engines = both(x=rows)
    held = assert_same(engines, "SELECT s, t, n, d, b FROM x ORDER BY s, t, n DESC, d, b")
    assert len(held) == len(AWKWARD) * len(MOMENTS)
    assert_same(
        engines,
        "SELECT s, count(n) AS n, count(DISTINCT b) AS bs, CAST(sum(n) AS BIGINT) AS total, min(t) AS since, max(d) AS most, "
        "min(s) AS least FROM x GROUP BY s ORDER BY s",
    )
    assert_same(
        engines,
        "SELECT CAST(t AS DATE) AS day, date_trunc('week', t) AS week, t + INTERVAL 36 HOUR AS later, epoch_us(t) AS us, "
        "least(t, TIMESTAMPTZ '2022-05-02T00:00:00+00:00') AS l, left(sha256(s), 16) AS digest, "
        "CAST(row_number() OVER (PARTITION BY b ORDER BY t, s, n DESC, d) AS BIGINT) AS nth, "
        "lead(t, 3) OVER (PARTITION BY s ORDER BY t, d) AS next_at FROM x WHERE s <> 'é' ORDER BY b, nth",
    )
    assert_same(
        engines,
        "SELECT x.s, y.n FROM x JOIN x y ON y.s = x.s AND y.t >= x.t AND y.n = x.n + 1 "
        "LEFT JOIN (SELECT s, 1 AS gone FROM x WHERE b GROUP BY s) g ON g.s = x.s WHERE g.gone IS NULL ORDER BY x.s, y.n",
    )


@pytest.mark.parametrize("name", ["a:b é", "a {b,c} * d?"])
def test_a_delta_table_is_read_as_its_log_has_it(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    days = [date(2022, 5, 1), date(2022, 5, 1), date(2022, 5, 2), date(2022, 5, 3), None]
    codes = ["007", "a/b=c% d", "true", "é", None]
    rows = pa.table({"day": days, "code": codes, "n": [1, 2, 3, 4, 5], "s": ["a", "b", "c", None, "é"]})
    write_deltalake(str(folder), rows, partition_by=["day", "code"])
    DeltaTable(str(folder)).delete("n = 2")  # its file stays where it is
    engines = both()
    for one in engines:
        one.register("x", str(folder))
    assert assert_same(engines, "SELECT * FROM x ORDER BY n").to_pydict() == {
        "n": [1, 3, 4, 5],
        "s": ["a", "c", None, "é"],
    }


def read(engine: Engine, folder: Path) -> pa.Table:
    """All of a Delta table."""
    engine.register("x", str(folder))
    return engine.query("SELECT * FROM x")


def test_of_a_table_by_day_no_later_file_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    days = [date(2022, 5, n) for n in (1, 2, 3)]
    write_deltalake(str(folder), pa.table({"day": days, "n": [1, 2, 3]}), partition_by=["day"])
    for path in folder.rglob("day=2022-05-03/*"):
        path.unlink()
    for one in both():
        one.register("x", str(folder), days[1])
        assert one.query("SELECT n FROM x ORDER BY n").to_pydict() == {"n": [1, 2]}
        one.register("x", str(folder), date(2022, 4, 30))
        assert one.query("SELECT * FROM x").schema == pa.schema([("n", pa.int64())])
        with pytest.raises(MachineryError, match="the engine could not answer"):
            read(one, folder)


def accounts(random: Random) -> list[dict[str, Any]]:
    """What accounts with awkward names did in three weeks: at the edges of days and weeks, at once, twice, and taken back."""
    names = ["ann", "Ann", "é", "e\u0301", "漢", "🦉", "o'x", ""]
    posts = [f"p-{n}-{random.choice('é🦉x')}" for n in range(60)]
    edges = [0, 24, 48, 167, 168, 168 + 36, 200, 336, 336 + 36, 400]
    found = [
        event("post", random.choice(names), post, random.choice(edges[:7]), print=random.choice([None, "same", "#"]))
        for post in posts
    ]
    for n in range(400):
        hours = random.choice(edges) + random.choice([0, 0, 1e-6 / 3600, -1e-6 / 3600, random.randrange(-4, 40) / 8])
        actor, kind = random.choice(names), random.choice(["like", "repost"])
        region = random.choice([None, None, "GB", "US-CA"])
        found.append(event(kind, actor, f"{kind}-{n}", hours, object=random.choice(posts), region=region))
        if random.random() < 0.1:
            found.append(event(kind, actor, f"{kind}-{n}", hours + random.choice([0, 1, 100]), "delete"))
        if random.random() < 0.1:
            found.append(dict(random.choice(found)))
    for actor, standing in (
        ("ann", "active"),
        ("Ann", "suspended"),
        ("", "deleted"),
        ("漢", "active"),
        ("🦉", "active"),
    ):
        operation = "delete" if standing == "deleted" else "update"
        found.append(event("account", actor, "now", random.choice(edges[:6]), operation, object=standing))
    found.append(event("like", "e\u0301", "bot", 1, object=posts[0], declared_bot=True))
    found.append(event("account", "new", "now", 299, "update", object="active"))
    found += [
        event("like", actor, f"l-{actor}-{post}", 300, object=post) for actor in ("new", "late") for post in posts
    ]
    found += [event("post", f"copy-{n}", f"copy-{n}", 20 + n / 4, print="copied") for n in range(5)]
    found += [event("sync", actor, "anew", 160, "update") for actor in ("o'x", "漢")]
    return found + [
        event("like", f"ring-{n}", f"ring-{n}-{post}", 200 + of + n / 100, object=post)
        for of, post in enumerate(posts[:8])
        for n in range(4)
    ]


COUNTED = ("judged", "cells", "titles", "left_out", "actors", "authors", "by_cap", "ageless", "in_step", "set_aside")


def test_interactions_are_counted_alike() -> None:
    random = Random(1)
    did = accounts(random)
    subjects: list[list[str]] = [[], ["x"], ["x", "y"], ["é"], ["🦉", "x"]]
    named = {key: random.choice(subjects) for key in sorted({one["key"] for one in did if one["kind"] == "post"})}
    named |= {f"copy-{n}": ["x"] for n in range(5)}
    owners = [{"platform": PLATFORM, "actor": "o'x", "subject": "x"}]
    engines = both(events=table(did), links=links(named), owned=pa.Table.from_pylist(owners, schema=OWNED))
    for one in engines:
        gather(one, WEEKS)
        count(one, SMALL)
    reasons = assert_same(engines, "SELECT reason FROM judged GROUP BY reason ORDER BY reason")["reason"].to_pylist()
    assert {*reasons} == {"", *SMALL.leaves_out}
    for name in COUNTED:
        assert len(assert_same(engines, f"SELECT * FROM {name} ORDER BY ALL")), name


def sessions(random: Random, week: viewing.Week) -> pa.Table:
    """What profiles with awkward names watched around a week: over its edges, at once, for no time, here and there."""
    edges = [week.begins, week.begins + timedelta(hours=50), week.ends]
    rows = []
    for _ in range(400):
        began = random.choice(edges) + timedelta(seconds=random.choice([0, -1, 1, random.randrange(-700, 700)]))
        lasts = random.choice([0, 1, 119, 120, 125, 126, 161, 162, 600])
        rows.append(
            {
                "profile": random.choice(["ann", "Ann", "é", "e\u0301", "漢", "🦉", "o'x"]),
                "household": random.choice([None, "h"]),
                "title": random.choice(["Moss", "Fern", "Unknown"]),
                "season": random.choice(["", "", "é"]),
                "territory": random.choice(["GB", "US", "US-CA"]),
                "started_at": began,
                "ended_at": began + timedelta(seconds=lasts),
                "stream": random.choice(["live", "on_demand", ""]),
            }
        )
    return pa.Table.from_pylist(rows, schema=SESSIONS)


def test_viewing_is_counted_alike() -> None:
    released = {"kind": "tv", "language": "english", "available_from": date(2026, 1, 1), "line": 2}
    listed = [("Moss", "", 3), ("Fern", "", 2), ("Fern", "é", 1), ("Nobody's", "", 60)]
    catalogue = pa.Table.from_pylist(
        [{**released, "title": title, "season": season, "minutes": minutes} for title, season, minutes in listed],
        schema=CATALOGUE,
    )
    for monday in (date(2026, 3, 2), date(2026, 11, 9)):  # the clocks go on in the first
        week = viewing.week_of(monday, ZoneInfo("America/Los_Angeles"))
        engines = both(sessions=sessions(Random(1), week))
        for one in engines:
            viewing.count(one, week, viewing.titles_of(catalogue, week))
        assert viewing.seconds_watched(engines[0], week) == viewing.seconds_watched(engines[1], week) > 0
        assert viewing.unstated(engines[0], week) == viewing.unstated(engines[1], week)
        held = assert_same(engines, "SELECT * FROM cells ORDER BY title_no, territory")
        assert len(held) == 3 * 4  # three titles watched, in three territories and worldwide


@pytest.fixture(params=["interactions", "viewing"])
def reduced(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A measure, and a desk that has what it is reduced from."""
    if request.param == "interactions":
        ok("new", tmp_path / "desk")
    else:
        viewing_desk(tmp_path / "desk")
    ok("-C", tmp_path / "desk", "load", "--all")
    return request.param, tmp_path / "desk"


def test_the_command_writes_the_same_weeks(reduced: tuple[str, Path], tmp_path: Path) -> None:
    measure, desk = reduced
    copytree(desk, tmp_path / "other")
    one = ok("-C", desk, "reduce", measure, "--json").json["weeks"]
    assert len(one) == {"interactions": 4, "viewing": 2}[measure]
    assert (
        ok("-C", tmp_path / "other", "reduce", measure, "--engine", "spark", "--json").json["weeks"] == one
    )  # and digests


def test_live_events_are_no_matter_of_spark(tmp_path: Path) -> None:
    run("new", tmp_path / "desk", "--empty")
    run("-C", tmp_path / "desk", "reduce", "live", "--engine", "spark").refused(
        "--engine spark is for interactions and viewing"
    )
