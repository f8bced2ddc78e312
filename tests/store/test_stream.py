"""The store of events: what is kept, once, and what is gone for good."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from groundswell.core.errors import InputError, UsageError
from groundswell.core.events import Activity
from groundswell.core.finding import Finding
from groundswell.core.live import Batch, Cursor, Gap, RawFrame
from groundswell.store import event_tables
from groundswell.store import stream as stream_module
from groundswell.store.duckdb import DuckEngine
from groundswell.store.snapshots import digest
from groundswell.store.store import Progress
from groundswell.store.window import linked as narrow_to_linked
from tests.store.events import MONDAY, PLATFORM, SIMULATED, EventDesk, activity, event, links

WATCH = "watching Heartstopper tonight"
EVENTS = [
    event("post", "ann", "p1", 1, text=WATCH),
    event("post", "bob", "p2", 2, text="nothing to do with it"),
    event("post", "cem", "p3", 3, text="me too, so good", parent="p1"),
    event("like", "dee", "l1", 4, object="p1"),
    event("like", "dee", "l2", 5, object="p2"),
    event("follow", "dee", "f1", 5),
    event("follow", "eve", "f2", 5.5),
]
LINKED = {"p1": ["heartstopper"]}


ROOT = Path(__file__).parents[2]
_DIE = """
import os, signal, sys
from pathlib import Path
from tests.store.events import EventDesk
from tests.store.test_stream import EVENTS, LINKED

def progress(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

EventDesk(Path(sys.argv[1])).load(EVENTS, LINKED, name="one", progress=progress)
"""


_DIE_BETWEEN = """
import os, signal, sys
from pathlib import Path
from groundswell.store import stream
from tests.store.events import EventDesk, activity
from tests.store.test_stream import EVENTS, LINKED

stream._EVENTS_OF_A_COMMIT = 2
steps = []

def progress(step):
    steps.append(step)
    if steps.count("links") == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

EventDesk(Path(sys.argv[1])).take_parts((activity([one]) for one in EVENTS), LINKED, "one", progress)
"""


@pytest.fixture
def desk(tmp_path: Path) -> EventDesk:
    """An empty store."""
    return EventDesk(tmp_path / "desk")


def test_what_may_belong_to_a_title_is_kept_and_of_the_rest_only_how_much_there_was(desk: EventDesk) -> None:
    loaded = desk.load(EVENTS, LINKED)
    assert (loaded.rows_read, loaded.rows_kept, loaded.vintage) == (7, 4, "new")
    assert [key for _, _, key in desk.held()] == ["l1", "l2", "p1", "p3"]
    assert b"nothing to do with it" not in desk.everything()
    tallies = {(row["kind"], row["hour"].hour): row["lines"] for row in desk.rows("tallies")}
    assert tallies == {("post", 1): 1, ("post", 2): 1, ("post", 3): 1, ("like", 4): 1, ("like", 5): 1, ("follow", 5): 2}
    (held,) = desk.stream.held()
    assert (held.events, held.posts, held.linked_posts, held.lines) == (4, 2, 1, 7)
    first = {row["key"]: row for row in desk.rows()}["p1"]
    assert (first["language"], first["fingerprint"], str(first["day"])) == (
        "en",
        digest(WATCH.encode())[-16:],
        "2022-05-02",
    )


def test_the_same_file_twice_changes_nothing(desk: EventDesk) -> None:
    desk.load(EVENTS, LINKED, name="one")
    before = {table: desk.rows(table) for table in ("events", "links", "tallies", "event_loads")}
    assert desk.load(EVENTS, LINKED, name="one").vintage == "same"
    assert {table: desk.rows(table) for table in before} == before
    assert len(desk.stream.loads()) == 1


def test_of_several_days_a_file_was_fetched_on_the_earliest_counts(desk: EventDesk) -> None:
    first, earlier = desk.load(EVENTS, LINKED, name="one"), MONDAY + timedelta(days=9)
    before = desk.rows()
    moved = desk.load(EVENTS, LINKED, name="one", known=earlier)
    assert (moved.vintage, moved.known_from) == ("same", earlier)
    later = desk.load(EVENTS, LINKED, name="one", known=earlier + timedelta(days=3))
    assert later == moved
    (held,) = desk.rows("event_loads")
    assert (held["known_from"], held["load_id"]) == (earlier, before[0]["load_id"])
    assert held["loaded_at"] < desk.now
    assert (held["rows_read"], desk.rows()) == (first.rows_read, before)


def everything_of(desk: EventDesk) -> dict[str, list[str]]:
    """The rows of all tables, in some order of their own; but for when they were taken in."""
    tables = ("events", "links", "tallies", "event_loads")
    unlike = ("known_from", "loaded_at")
    return {t: sorted(str({k: v for k, v in row.items() if k not in unlike}) for row in desk.rows(t)) for t in tables}


def test_a_file_in_parts_is_one_load(desk: EventDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = EventDesk(desk.folder.parent / "clean")
    clean.load(EVENTS, LINKED, name="one")
    monkeypatch.setattr(stream_module, "_EVENTS_OF_A_COMMIT", 2)
    loaded = desk.take_parts((activity([one]) for one in EVENTS), LINKED, "one")
    assert (loaded.rows_read, loaded.rows_kept, loaded.vintage) == (7, 4, "new")
    assert desk.held() == clean.held()
    for table in ("links", "tallies", "event_loads"):
        assert everything_of(desk)[table] == everything_of(clean)[table]
    assert desk.take_parts([activity(EVENTS)], LINKED, "one").vintage == "same"


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_a_load_killed_between_its_parts_goes_on_there(
    desk: EventDesk, parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = subprocess.run([sys.executable, "-c", _DIE_BETWEEN, str(desk.folder), str(parts)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert desk.held() == []
    clean = EventDesk(desk.folder.parent / "clean")
    monkeypatch.setattr(stream_module, "_EVENTS_OF_A_COMMIT", 2)
    for one in (desk, clean):
        assert one.take_parts((activity([event]) for event in EVENTS), LINKED, "one").vintage == "new"
    assert everything_of(desk) == everything_of(clean)


def test_nothing_stays_of_a_file_that_turns_out_to_be_none(desk: EventDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.load([event("post", "zoe", "z", 1, text="kept from before"), EVENTS[3]], {"z": ["heartstopper"]})
    monkeypatch.setattr(stream_module, "_EVENTS_OF_A_COMMIT", 1)

    def broken() -> Iterator[Activity]:
        yield activity(EVENTS)
        raise InputError("the gzip file is damaged")

    for _ in range(2):
        with pytest.raises(InputError, match="damaged"):
            desk.take_parts(broken(), LINKED, "one")
        assert [key for _, _, key in desk.held()] == ["l1", "z"]
        assert b"Heartstopper tonight" not in desk.everything()
        assert {row["post"] for row in desk.rows("links")} == {"z"}


@pytest.mark.parametrize("die_at", ["events", "links", "tallies", "changes", "loads"])
def test_a_load_that_was_killed_counts_for_nothing_and_goes_on_where_it_stopped(desk: EventDesk, die_at: str) -> None:
    clean = EventDesk(desk.folder.parent / "clean")
    clean.load(EVENTS, LINKED, name="one")
    killed = subprocess.run([sys.executable, "-c", _DIE, str(desk.folder), die_at], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    ended = die_at == "loads"
    assert len(desk.held()) == (4 if ended else 0)
    assert desk.load(EVENTS, LINKED, name="one").vintage == ("same" if ended else "new")
    for table in ("events", "links", "tallies", "event_loads"):
        assert len(desk.rows(table)) == len(clean.rows(table))


@pytest.mark.parametrize("name", event_tables.SCHEMAS)
def test_a_table_of_which_only_the_folder_was_made_is_made(desk: EventDesk, name: str) -> None:
    (desk.folder / "events" / name / "_delta_log").mkdir(parents=True)
    assert not desk.stream.exists()
    desk.load(EVENTS, LINKED)
    assert len(desk.held()) == 4


_DIE_REMOVING = """
import os, signal
from pathlib import Path
from groundswell.store import forgetting
from tests.store.events import EventDesk, event

left = {die_after}

def dying(work):
    def first(*arguments, **options):
        global left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return work(*arguments, **options)
    return first

forgetting.write_deltalake, forgetting.vacuum = dying(forgetting.write_deltalake), dying(forgetting.vacuum)
EventDesk(Path({folder!r})).load([event("account", "ann", "1", 50, operation="delete", object="deleted")], name="two")
"""


def test_a_removed_account_is_gone_for_good_and_so_is_what_comes_of_it_later(desk: EventDesk) -> None:
    desk.load(EVENTS, LINKED)
    assert WATCH.encode() in desk.everything()
    desk.load([event("account", "ann", "1", 50, operation="delete", object="deleted")])
    assert WATCH.encode() not in desk.everything()
    desk.load(EVENTS, LINKED)
    assert WATCH.encode() not in desk.everything()
    assert [row["kind"] for row in desk.rows() if row["actor"] == "ann"] == ["account"]
    assert desk.rows("links") == []
    assert [key for _, _, key in desk.held()] == ["1", "l1", "l1", "l2", "l2", "p3", "p3"]


@pytest.mark.parametrize("die_after", [1, 2, 3])
def test_what_is_left_of_a_removal_that_was_killed_is_gone_with_the_next_load(desk: EventDesk, die_after: int) -> None:
    desk.load(EVENTS, LINKED)
    code = _DIE_REMOVING.format(folder=str(desk.folder), die_after=die_after)
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == -signal.SIGKILL
    desk.load([event("post", "zoe", "z", 55, text="another")])
    assert WATCH.encode() not in desk.everything()
    assert desk.rows("links") == []


@pytest.mark.parametrize("first", [0, 1])
def test_the_words_of_a_post_taken_back_are_gone_in_either_order_and_the_act_stays(desk: EventDesk, first: int) -> None:
    files = [EVENTS, [event("post", "ann", "p1", 60, operation="delete")]]
    for events in (files[first], files[1 - first]):
        desk.load(events, LINKED)
    assert WATCH.encode() not in desk.everything()
    assert ("post", "create", "p1") in desk.held()
    assert ("post", "delete", "p1") in desk.held()


def test_events_of_one_kind_lie_together_and_do_after_words_were_taken_out(desk: EventDesk) -> None:
    """So that a question about one kind, or about what was taken back, passes over the rest of a file."""
    posts = [event("post", f"a{n}", f"p{n}", n / 100, text=f"{WATCH}, {n}", tags=["Moss"]) for n in range(40)]
    likes = [event("like", f"b{n}", f"l{n}", n / 100 + 1, object=f"p{n % 40}") for n in range(400)]
    back = [
        *(event("like", f"b{n}", f"l{n}", n / 100 + 2, operation="delete") for n in range(0, 400, 9)),
        *(event("post", f"a{n}", f"p{n}", n / 100 + 3, operation="delete") for n in range(0, 40, 9)),
    ]
    desk.load(
        sorted([*posts, *likes, *back], key=lambda one: one["at"]), {f"p{n}": ["heartstopper"] for n in range(40)}
    )
    (file,) = desk.folder.rglob("day=*/*.parquet")
    rows = pq.read_table(file).to_pylist()
    assert len(rows) == len([*posts, *likes, *back])
    gone = {
        event["key"] for event in back if event["kind"] == "post"
    }  # they may come before others read at once with them
    kinds = [(row["kind"], row["operation"]) for row in rows if row["key"] not in gone]
    in_turn = [kind for n, kind in enumerate(kinds) if not n or kinds[n - 1] != kind]
    assert in_turn == [("like", "create"), ("like", "delete"), ("post", "create")]
    said = {(row["key"], row["operation"]): (row["text"], row["tags"]) for row in rows if row["kind"] == "post"}
    assert (said["p0", "create"], said["p0", "delete"]) == ((None, []), (None, None))
    assert said["p1", "create"] == (f"{WATCH}, 1", ["Moss"])


def test_of_linked_posts_all_that_bears_on_them_is_read_and_no_more(desk: EventDesk) -> None:
    desk.load(
        [
            *EVENTS,
            event("like", "eve", "l3", 6, object="p1"),
            event("like", "eve", "l3", 7, operation="delete"),
            event("like", "dee", "l2", 7, operation="delete"),
            event("like", "bot", "l4", 8, object="p2", declared_bot=True),
            event("post", "ann", "p1", 9, operation="delete"),
            event("account", "dee", "n1", 9, operation="update", object="active"),
            event("like", "fay", "l5", 24, object="p1"),
            event("like", "dee", "l1", 24, operation="delete"),
        ],
        LINKED,
    )
    with DuckEngine() as engine:
        desk.stream.register(engine)
        narrow_to_linked(engine, MONDAY.date(), links({}).append_column("load_id", [[]]))
        rows = engine.query("SELECT kind, operation, key FROM events").to_pylist()
    assert sorted((row["kind"], row["operation"], row["key"]) for row in rows) == [
        ("account", "update", "n1"),
        ("like", "create", "l1"),
        ("like", "create", "l3"),
        ("like", "create", "l4"),
        ("like", "delete", "l3"),
        ("post", "create", "p1"),
        ("post", "delete", "p1"),
    ]


@pytest.mark.parametrize("first", [0, 1])
def test_the_words_from_before_an_account_began_anew_go_in_either_order_and_those_said_again_stay(
    desk: EventDesk, first: int
) -> None:
    words = "Heartstopper, said again"
    anew = [
        event("sync", "ann", "1", 10, operation="update"),
        event("post", "ann", "p9", 10, text=words),
        event("post", "bob", "p8", 1, text="Heartstopper of somebody else"),
    ]
    linked = {**LINKED, "p9": ["heartstopper"], "p8": ["heartstopper"]}
    files = [[*EVENTS, event("post", "ann", "p9", 2, text=words)], anew]
    for events in (files[first], files[1 - first]):
        desk.load(events, linked)
    assert WATCH.encode() not in desk.everything()
    texts = {(row["key"], row["seen_at"].hour): row["text"] for row in desk.rows() if row["actor"] in ("ann", "bob")}
    assert texts == {("p1", 1): None, ("p9", 2): None, ("p9", 10): words, ("p8", 1): anew[2]["text"], ("1", 10): None}
    desk.stream.prune(desk.now + timedelta(hours=40), links({}).append_column("load_id", [[]]))
    assert ("sync", "update", "1") in desk.held()


def test_findings_do_not_keep_the_words_of_a_bad_line(desk: EventDesk) -> None:
    found = activity(EVENTS)
    found.findings.append(Finding(9, "text", "secret words", "not readable"))
    loaded = desk.take(found, LINKED)
    assert loaded.findings[0].found == "secret words"
    assert desk.stream.loads()[0].findings[0].found == ""
    assert b"secret words" not in desk.everything()


def test_pruning_leaves_linked_posts_acts_on_them_and_what_is_young(desk: EventDesk) -> None:
    late = [event("like", "gus", "l8", 100, object="p8"), event("like", "dee", "l1", 90, operation="delete")]
    desk.load([*EVENTS, *late, event("like", "x", "lx", 3, operation="delete")], LINKED)
    now = desk.now + timedelta(hours=37)
    desk.now = now - timedelta(hours=2)
    desk.load([event("like", "gus", "l9", 100, object="p9")])
    desk.stream.prune(now, links({}).append_column("load_id", [[]]))
    assert [key for _, _, key in desk.held()] == ["l1", "l9", "l1", "p1"]
    assert WATCH.encode() in desk.everything()
    assert b"me too, so good" not in desk.everything()
    desk.stream.prune(now + timedelta(days=30), links({}).append_column("load_id", [[]]))
    assert [key for _, _, key in desk.held()] == ["l1", "l1", "p1"]
    assert WATCH.encode() not in desk.everything()
    assert None not in {
        row["fingerprint"] for row in desk.rows() if row["key"] == "p1"
    }  # not words: what they have in common


def test_pruning_leaves_notices_of_accounts_for_two_weeks(desk: EventDesk) -> None:
    desk.load([*EVENTS, event("account", "new", "a1", 1, "update", object="active")], LINKED)
    none = links({}).append_column("load_id", [[]])
    desk.stream.prune(desk.now + timedelta(days=13), none)
    assert [key for _, _, key in desk.held()] == ["a1", "l1", "p1"]
    desk.stream.prune(desk.now + timedelta(days=15), none)
    assert [key for _, _, key in desk.held()] == ["l1", "p1"]


def test_of_posts_that_may_name_a_title_a_digest_is_kept_and_no_key(desk: EventDesk) -> None:
    post = event("post", "bob", "at://bob/p2", 2, text="nothing to do with it")
    desk.load([post], unsure={"at://bob/p2": ["you", "maid"]}, name="one")
    desk.load([post], unsure={"at://bob/p2": ["you", "maid"]}, name="one")
    assert sorted(row["subject"] for row in desk.rows("ambiguous")) == ["maid", "you"]
    assert desk.held() == []
    assert b"at://bob/p2" not in desk.everything()


def test_a_store_from_before_ambiguous_posts_were_kept_opens_and_takes_more(desk: EventDesk) -> None:
    desk.load(EVENTS, LINKED)
    shutil.rmtree(desk.folder / "events" / "ambiguous")
    assert desk.rows("ambiguous") == []
    desk.load(EVENTS[:1], LINKED, unsure={"p1": ["you"]})
    assert len(desk.rows("ambiguous")) == 1


def test_when_weeks_were_counted_is_remembered(desk: EventDesk) -> None:
    assert desk.stream.counted() == {}
    one, other = MONDAY.date(), MONDAY.date() + timedelta(days=7)
    desk.stream.mark_counted([one], MONDAY)
    desk.stream.mark_counted([other], MONDAY + timedelta(days=9))
    assert desk.stream.counted() == {one: MONDAY, other: MONDAY + timedelta(days=9)}


def test_many_loads_are_joined_and_say_the_same(desk: EventDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_module, "_COMMITS_BEFORE_COMPACTION", 4)
    for number in range(9):
        desk.load(
            [event("post", "ann", f"p{number}", number, text=f"Heartstopper {number}")],
            {f"p{number}": ["heartstopper"]},
        )
    assert [key for _, _, key in desk.held()] == [f"p{number}" for number in range(9)]
    assert sum(1 for _ in (desk.folder / "events" / "tallies").glob("*.parquet")) < 4
    with DuckEngine() as engine:
        desk.stream.register(engine)
        assert engine.query("SELECT sum(lines) AS n FROM tallies")["n"].to_pylist() == [9]


def batch(numbers: range, gaps: tuple[Gap, ...] = ()) -> Batch:
    """A second of a watch: a post that names a title and a like of it for each number."""
    made = [
        one
        for n in numbers
        for one in (
            event("post", "ann", f"p{n}", n, text=f"Heartstopper {n}"),
            event("like", "bob", f"l{n}", n, object=f"p{n}"),
        )
    ]
    frames = tuple(
        RawFrame(
            f"{one['kind']} {one['key']} {one.get('text', '')}".encode(),
            one["actor"],
            one["key"] if one["kind"] == "post" else "",
            one["at"],
        )
        for one in made
    )
    cursor = Cursor(MONDAY + timedelta(hours=numbers[-1]), "made.example", numbers[-1])
    return Batch(activity(made), cursor, gaps, frames=frames)


def keep(desk: EventDesk, one: Batch, progress: Progress = lambda _: None) -> int:
    """Commit a batch as a watch does."""
    posts = [key for key in one.activity.events["key"].to_pylist() if key.startswith("p")]
    linked = links({post: ["heartstopper"] for post in posts})
    prints = pa.nulls(len(one.activity.events), pa.string())
    stream, at = desk.stream, desk.now
    return stream.commit(
        "bluesky.jetstream", PLATFORM, SIMULATED, one, prints, linked, at, keep_raw=True, progress=progress
    )


_DIE_WATCHING = """
import os, signal, sys
from pathlib import Path
from tests.store.events import EventDesk
from tests.store.test_stream import GAP, batch, keep

def progress(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

desk = EventDesk(Path(sys.argv[1]))
with desk.stream.watching():
    keep(desk, batch(range(3)))
    keep(desk, batch(range(3, 6), (GAP,)), progress)
"""
GAP = Gap(MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=3))


@pytest.mark.parametrize("die_at", ["events", "gaps", "loads"])
def test_a_batch_and_its_cursor_count_together_or_not_at_all(desk: EventDesk, die_at: str) -> None:
    killed = subprocess.run([sys.executable, "-c", _DIE_WATCHING, str(desk.folder), die_at], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    held = 6 if die_at == "loads" else 3
    assert desk.stream.cursor() == Cursor(MONDAY + timedelta(hours=held - 1), "made.example", held - 1)
    assert len(desk.held()) == 2 * held
    with desk.stream.watching():  # the next one's batches need not be cut where those were
        keep(desk, batch(range(held, 8)))
    assert desk.held() == sorted(
        [("post", "create", f"p{n}") for n in range(8)] + [("like", "create", f"l{n}") for n in range(8)]
    )
    assert sum(row["lines"] for row in desk.rows("tallies")) == 16
    assert len(desk.rows("links")) == 8
    assert [(row["since"], row["until"]) for row in desk.rows("gaps")] == (
        [(GAP.since, GAP.until)] if held == 6 else []
    )
    assert len(desk.rows("raw_events")) == 16


def test_one_watch_at_a_time_and_loads_between_its_batches(desk: EventDesk) -> None:
    assert desk.stream.cursor() is None
    with desk.stream.watching():
        assert keep(desk, Batch(activity([]), None)) == 0
        keep(desk, batch(range(3)))
        with pytest.raises(UsageError, match="another watch"), EventDesk(desk.folder).stream.watching():
            pass
        desk.load([event("post", "ann", "p1", 60, operation="delete")])
        keep(desk, batch(range(3, 4)))
    assert b"Heartstopper 1" not in desk.everything()
    assert sorted(load.feed for load in desk.stream.loads()) == ["bluesky.jetstream", "interactions.csv"]
    desk.load([event("account", "ann", "1", 70, operation="delete", object="deleted")])
    with desk.stream.watching():
        keep(desk, batch(range(4, 5)))
        assert b"Heartstopper 4" in desk.everything()
        desk.stream.forget(desk.now)
    assert b"Heartstopper" not in desk.everything()


_DIE_JOINING = """
import os, signal, sys
from pathlib import Path
from groundswell.store import stream
from tests.store.events import EventDesk
from tests.store.test_stream import GAP, batch, keep

def progress(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

stream._COMMITS_BEFORE_COMPACTION = 4
desk = EventDesk(Path(sys.argv[1]))
with desk.stream.watching():
    for number in range(4):
        keep(desk, batch(range(number, number + 1), (GAP,)), progress)
"""


def said(desk: EventDesk) -> dict[str, list[str]]:
    """All that the tables answer, but for the names of loads; the hours' lines added up."""
    tallies: dict[str, int] = {}
    for row in desk.rows("tallies"):
        of = f"{row['platform']} {row['hour']} {row['kind']} {row['operation']}"
        tallies[of] = tallies.get(of, 0) + row["lines"]
    tables = {name: desk.rows(name) for name in ("events", "links", "gaps")}
    rows = {name: sorted(str(row | {"load_id": ""}) for row in rows) for name, rows in tables.items()}
    return {**rows, "tallies": sorted(f"{of} {lines}" for of, lines in tallies.items())}


@pytest.mark.parametrize("die_at", ["joined events", "joined tallies", "joined loads"])
def test_batches_are_brought_together_and_at_every_moment_count_once(
    desk: EventDesk, die_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = EventDesk(desk.folder.parent / "clean")
    with clean.stream.watching():
        for number in range(4):
            keep(clean, batch(range(number, number + 1), (GAP,)))
    killed = subprocess.run([sys.executable, "-c", _DIE_JOINING, str(desk.folder), die_at], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(desk.rows("event_loads")) == (1 if die_at == "joined loads" else 4)
    assert said(desk) == said(clean)
    monkeypatch.setattr(stream_module, "_COMMITS_BEFORE_COMPACTION", 4)
    for one in (desk, clean):
        with one.stream.watching():
            assert one.stream.cursor() == Cursor(MONDAY + timedelta(hours=3), "made.example", 3)
            for number in range(4, 8):
                keep(one, batch(range(number, number + 1), (GAP,)))
    assert said(desk) == said(clean)


def test_many_batches_are_joined_and_say_the_same(desk: EventDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_module, "_COMMITS_BEFORE_COMPACTION", 4)
    with desk.stream.watching():
        for number in range(9):
            if number == 6:
                desk.now += timedelta(hours=1)
            keep(desk, batch(range(number, number + 1)))
    assert len(desk.held()) == 18
    assert sum(1 for _ in (desk.folder / "events" / "tallies").glob("*.parquet")) < 4
    assert desk.stream.cursor() == Cursor(MONDAY + timedelta(hours=8), "made.example", 8)
    loads = [(row["load_id"][-1], row["rows_read"], row["rows_kept"]) for row in desk.rows("event_loads")]
    assert sorted(loads) == [("4", 8, 8), ("6", 4, 4), ("8", 4, 4), ("9", 2, 2)]
    with desk.stream.watching():  # and where nothing came but gaps
        for _ in range(7):
            keep(desk, replace(batch(range(8, 9), (GAP,)), activity=activity([]), frames=()))
    assert len(desk.held()) == 18
    assert len(desk.rows("gaps")) == 7
    assert len(desk.rows("event_loads")) == 5  # 9 to 12 into 12, 13 to 16 into 16
