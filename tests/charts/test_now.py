"""Trending now: the last 24 hours against a plain oracle, the bounds of the window, velocity, what may be shown."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.charts import now as chart
from groundswell.charts.now import FEWEST_HOURS, FEWEST_IN_HOUR, SPAN, TrendingNow, trending_now, velocity
from groundswell.core.document import json_text
from groundswell.core.rows import LOADS
from groundswell.measures.owned import OWNED
from groundswell.measures.profile import GROUNDSWELL_2026
from groundswell.store.duckdb import DuckEngine
from groundswell.store.event_tables import SCHEMAS
from groundswell.store.window import held_until, narrow
from tests.command import ok, run
from tests.measures.test_interactions import _ACCOUNTS, _EVENTS, _LINKED, table
from tests.store.events import MONDAY, PLATFORM, EventDesk, event, links

ALL_HOURS = frozenset(range(24))


@pytest.fixture(autouse=True)
def low_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """One account is enough."""
    monkeypatch.setattr(chart, "FLOOR", 1)


def raw_engine(
    events: Sequence[Mapping[str, Any]],
    linked: Mapping[str, Sequence[str]],
    hours: Sequence[datetime] = (),
    gaps: Sequence[tuple[datetime, datetime]] = (),
    **load: str,
) -> DuckEngine:
    """An engine in which the event tables are as a store has them, of one load that counts and one that does not."""
    engine = DuckEngine()
    one = dict.fromkeys(LOADS.names) | {"load_id": "x", "evidence": "captured", "may_show": "values"} | load
    schema = pa.schema([field.with_nullable(True) for field in LOADS])
    engine.register("event_loads", pa.Table.from_pylist([one], schema=schema))
    ghosts = table([{**one, "actor": f"ghost-{one['actor']}", "key": f"ghost-{one['key']}"} for one in events])
    half = ghosts.set_column(
        ghosts.schema.get_field_index("load_id"), "load_id", pa.repeat(pa.scalar("half"), len(ghosts))
    )
    engine.register("raw_events", pa.concat_tables([table(events), half]))
    for name, rows in (
        ("links", links(linked).to_pylist()),
        ("ambiguous", []),
        ("tallies", [{"hour": hour, "kind": "post", "operation": "create", "lines": 1} for hour in hours]),
        ("gaps", [{"since": since, "until": until} for since, until in gaps]),
    ):
        filled = [{"platform": PLATFORM, "load_id": "x", **row} for row in rows]
        engine.register(f"raw_{name}", pa.Table.from_pylist(filled, schema=SCHEMAS[name]))
    engine.register("owned", OWNED.empty_table())
    return engine


def listed(engine: DuckEngine, until: datetime, names: Mapping[str, str] | None = None) -> TrendingNow:
    """The list of the 24 hours to then."""
    narrow(engine, until - SPAN, until)
    return trending_now(engine, until, until, names or {})


def naive(
    events: Sequence[Mapping[str, Any]], linked: Mapping[str, Sequence[str]], until: datetime
) -> dict[str, tuple[Counter[int], set[str]]]:
    """By subject the interactions that count by how many hours ago, and whose they were; nothing owned, nothing copied."""
    seen: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in sorted(events, key=lambda e: e["at"]):
        seen.setdefault((one["actor"], one["kind"], one["key"], one["operation"]), dict(one))
    removed = {e["actor"] for e in seen.values() if e["kind"] == "account" and e["operation"] == "delete"}
    bots = {e["actor"] for e in events if e.get("declared_bot") and e["at"] <= until}
    standing: dict[str, str] = {}
    for e in sorted(seen.values(), key=lambda e: (e["at"], e["key"])):
        if e["kind"] == "account" and e["at"] <= until:
            standing[e["actor"]] = e["object"]
    gone = {(e["kind"], e["key"]) for e in seen.values() if e["operation"] == "delete" and e["at"] <= until}
    author = {
        e["key"]: e["actor"]
        for e in seen.values()
        if e["kind"] == "post" and e["operation"] == "create" and e["at"] <= until
    }
    began: dict[str, str] = {}  # as what an account was first seen: by its notice, or by an act on a linked post
    for e in sorted(seen.values(), key=lambda e: (e["at"], e["kind"] != "account", e["key"])):
        of = str(e["key"] if e["kind"] == "post" else e.get("object"))
        if e["kind"] == "account" or (e["operation"] == "create" and linked.get(of)):
            began.setdefault(e["actor"], e["object"] if e["kind"] == "account" else "act")
    found: dict[str, tuple[Counter[int], set[str]]] = defaultdict(lambda: (Counter(), set()))
    once: set[tuple[str, ...]] = set()
    used: Counter[tuple[Any, ...]] = Counter()
    for e in sorted(seen.values(), key=lambda e: (e["at"], e["key"])):
        post = str(e["key"] if e["kind"] == "post" else e.get("object"))
        if e["operation"] != "create" or e["kind"] == "account" or not until - SPAN < e["at"] <= until:
            continue
        if post not in author or removed & {e["actor"], author[post]} or gone & {(e["kind"], e["key"]), ("post", post)}:
            continue
        for subject in linked.get(post, ()):
            act = (e["actor"], e["kind"], post, subject)
            if act in once:
                continue
            once.add(act)
            if e["kind"] != "post" and e["actor"] == author[post]:
                continue
            if began[e["actor"]] == "active" or e["actor"] in bots or standing.get(e["actor"], "active") != "active":
                continue
            day = (e["actor"], subject, e["kind"], e["at"].date())
            used[day] += 1
            if used[day] <= GROUNDSWELL_2026.caps[e["kind"]]:
                hours, who = found[subject]
                hours[(until - e["at"]) // timedelta(hours=1)] += 1
                who.add(e["actor"])
    return dict(found)


@settings(max_examples=12, deadline=None)
@given(_EVENTS, _ACCOUNTS, _LINKED, st.integers(12, 48).map(lambda hours: MONDAY + timedelta(hours=hours)))
def test_the_list_is_that_of_a_plain_count_and_of_everything_held(
    acts: list[dict[str, Any]], accounts: list[dict[str, Any]], linked: dict[str, list[str]], until: datetime
) -> None:
    one_each = {
        (e["actor"], e["kind"], e["key"], e["operation"]): e for e in [*acts, *accounts]
    }  # a record is one thing
    events = [{name: value for name, value in one.items() if name != "print"} for one in one_each.values()]
    events = [{**one, "at": MONDAY + (one["at"] - MONDAY) / 9} for one in events]  # two days
    expected = naive(events, linked, until)
    with raw_engine(events, linked) as engine:
        found = listed(engine, until)
        narrowed = engine.query("SELECT * EXCLUDE (first_day) FROM judged ORDER BY ALL").to_pylist()
        engine.step("events", "FROM raw_events SEMI JOIN event_loads USING (load_id)")
        engine.step("links", "FROM raw_links")
        assert trending_now(engine, until, until, {}) == found
        assert engine.query("SELECT * EXCLUDE (first_day) FROM judged ORDER BY ALL").to_pylist() == narrowed
    counted = {
        e.subject: (e.values["interactions"], e.values["unique_actors"], e.values["last_hour"]) for e in found.entries
    }
    assert counted == {of: (hours.total(), len(who), hours[0]) for of, (hours, who) in expected.items()}
    order = [(-e.values["interactions"], -e.values["unique_actors"], e.subject) for e in found.entries]
    assert order == sorted(order)


def test_the_window_ends_with_the_last_moment_and_begins_after_the_first() -> None:
    until = MONDAY + timedelta(hours=30)
    acts = [event("post", who, who, hours, text="x") for who, hours in (("a", 6), ("b", 6.001), ("c", 29), ("d", 30))]
    with raw_engine([*acts, event("post", "e", "e", 30.001)], {key: ["moss"] for key in "abcde"}) as engine:
        assert held_until(engine) is None  # nothing is known to have passed by
        (only,) = listed(engine, until, {"moss": "Moss"}).entries
    assert (only.title, only.values["interactions"], only.values["last_hour"]) == ("Moss", 3, 1)


@pytest.mark.parametrize(
    ("last", "before", "hours", "expected"),
    [
        (60, 23 * 20, ALL_HOURS, "3.0"),
        (FEWEST_IN_HOUR, 0, ALL_HOURS, f"{FEWEST_IN_HOUR}.0"),  # against nothing: the mean hour is taken as one
        (FEWEST_IN_HOUR - 1, 0, ALL_HOURS, None),
        (3, 0, ALL_HOURS, None),
        (20, 23 * 40, ALL_HOURS, "0.5"),
        (60, 60, frozenset(range(FEWEST_HOURS + 1)), "3.0"),  # only hours that were witnessed are in the mean
        (60, 60, frozenset(range(FEWEST_HOURS)), None),
        (60, 60, ALL_HOURS - {0}, None),
        (25, 300, frozenset({0, 5, 7, 9}), "0.3"),  # 0.25, halves away from zero
    ],
)
def test_velocity(last: int, before: int, hours: frozenset[int], expected: str | None) -> None:
    old = max(hours - {0})
    by_hour = {0: last, old: before, 24 if 23 in hours else 23: 10_000}
    assert velocity(by_hour, hours) == (Decimal(expected) if expected else None)


def test_hours_not_witnessed_are_in_no_mean_and_are_told() -> None:
    until = MONDAY + timedelta(hours=30, minutes=30)
    hours = [MONDAY + timedelta(hours=hour) for hour in range(20, 31)]
    gap = (MONDAY + timedelta(hours=25, minutes=40), MONDAY + timedelta(hours=25, minutes=50))
    crowd = [event("post", f"a{n}", f"p{n}", 30, text="x") for n in range(60)]
    early = [event("post", f"b{n}", f"q{n}", 27, text="x") for n in range(28)]
    linked = {f"{kind}{n}": ["moss"] for kind in "pq" for n in range(60)}
    with raw_engine([*crowd, *early], linked, hours, [gap]) as engine:
        assert held_until(engine) == MONDAY + timedelta(hours=30)
        found = listed(engine, until)
    # Window hours begin at half past: those from 21:30 on have their clock hours and the one before, less the one with the gap.
    assert found.hours_missing == 24 - 8
    assert found.entries[0].velocity == Decimal("15.0")  # 60 to 28 in seven hours
    assert found.notes() == [
        "16 of its 24 hours were not witnessed, or not wholly.",
        "1 gap from 01:40:00 UTC, 3 May 2022 to 01:50:00 UTC, 3 May 2022.",
    ]


@pytest.mark.parametrize("may_show", ["values", "percent", "rank", "nothing"])
def test_no_more_is_shown_than_its_origin_lets(may_show: str) -> None:
    acts = [event("post", f"a{n}", f"p{n}", 30, text="x") for n in range(3)]
    with raw_engine(acts, {"p0": ["moss"], "p1": ["moss"], "p2": ["kite"]}, may_show=may_show) as engine:
        found = listed(engine, MONDAY + timedelta(hours=30))
    document = json.loads(json_text(found.as_json()))
    places = [(e["rank"], e["subject"]) for e in document["entries"]]
    assert places == ([] if may_show == "nothing" else [(1, "moss"), (2, "kite")])
    shown = [e["values"] for e in document["entries"] if e["values"]]
    assert bool(shown) is (may_show == "values")
    assert found.as_csv().count("\n") == 1 + len(places)
    if may_show != "values":
        assert ",2," not in found.as_csv().replace("2,kite", "")
        assert any("lets" in note for note in found.notes())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A bare desk that reads posts for one title."""
    folder = tmp_path / "desk"
    ok("new", folder, "--empty")
    head = "subject,forms,tags,people,blocked,decoys,valid_from,valid_to,tier\n"
    (folder / "catalog" / "gazetteer.csv").write_text(head + "wednesday,Wednesday,Wednesday,,,,,,\n")
    return folder


def test_a_desk_without_events_says_what_to_run(desk: Path) -> None:
    run("-C", desk, "chart", "trending-now").refused("no events are held", "groundswell watch bluesky")


def test_the_command_prints_what_is_counted_so_far(desk: Path) -> None:
    events = EventDesk(desk / ".groundswell")
    answer = event("post", "ann", "q1", 29.5, text="Wednesday for me too", parent="p1")
    crowd = [event("post", f"a{n}", f"p{n}", 28 + n / 60, text=f"#Wednesday {n}") for n in range(40)]
    fans = [event("like", f"f{n}", f"l{n}", 30, object="q1" if n % 2 else "p1") for n in range(30)]
    events.load([*crowd, answer, *fans], {f"p{n}": ["wednesday"] for n in range(40)}, unsure={"q1": ["wednesday"]})
    document = ok("-C", desk, "chart", "trending-now", "--json").json
    only = {
        "rank": 1,
        "subject": "wednesday",
        "title": "Wednesday",
        "season": None,
        "snapshot": None,
        "evidence": "simulated",
    }
    figures = {"interactions": 71, "posts": 41, "reposts": 0, "likes": 30, "unique_actors": 71, "last_hour": 31}
    assert document["entries"] == [{**only, "values": figures, "velocity": None}]
    assert (document["chart"], document["settled"], document["until"]) == (
        "trending-now",
        False,
        "2022-05-03T06:00:00Z",
    )
    lines = ok("-C", desk, "chart", "trending-now").out.splitlines()
    assert lines[0] == "Trending now, the 24 hours to 06:00:00 UTC, 3 May 2022 (not settled): simulated"
    assert lines[2].split() == ["1", "Wednesday", "71", "41", "0", "30", "71", "31", "–"]
    assert lines[3] == "What is held ends 06:00:00 UTC, 3 May 2022: the list is of the 24 hours to then."
    earlier = ok("-C", desk, "chart", "trending-now", "--as-of", "2022-05-03T05:00:00Z", "--json").json
    assert [e["values"]["interactions"] for e in earlier["entries"]] == [40]
    run("-C", desk, "chart", "trending-now", "--issue", "2022-05-03").refused("--as-of")


def test_nothing_can_be_claimed_from_it_and_it_has_no_pages(desk: Path) -> None:
    crowd = [event("post", f"a{n}", f"p{n}", n / 60, text=f"#Wednesday {n}") for n in range(40)]
    EventDesk(desk / ".groundswell").load(crowd, {f"p{n}": ["wednesday"] for n in range(40)})
    settings = desk / "desk.toml"
    settings.write_text(settings.read_text() + 'charts = ["trending-now"]\n')
    ok("-C", desk, "build")
    assert [path.name for path in (desk / "site").rglob("chart.json")] == []
    (desk / "stories" / "now.md").write_text(
        "---\ntitle: Wednesday at No. 1\nsummary: It is said.\nreleased: 2022-05-20\ncategory: TV\nterritories: [WW]\nclaims:\n"
        "  - {says: No. 1, kind: rank, subject: wednesday, chart: trending-now, period: [2022-05-02, 2022-05-02]}\n---\nSo it is.\n"
    )
    refused = run("-C", desk, "build")
    assert refused.code == 1
    assert '"No. 1"' in refused.err
