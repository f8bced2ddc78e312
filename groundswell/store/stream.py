"""What accounts did, kept by the event: only what may belong to a title, and only as long as its author lets it stand.

    .groundswell/events/events     by day: posts, likes, reposts, what took them back, accounts
    .groundswell/events/links      which post names which subject, by which rule
    .groundswell/events/ambiguous  how many posts may name a subject, though no rule says so
    .groundswell/events/counters   what platforms say posts had gathered
    .groundswell/events/tallies    how much of every kind passed by, kept or not, by the hour
    .groundswell/events/gaps       the times in which events may have passed a watch unseen
    .groundswell/events/raw        the frames of a watch as they came, where it keeps them (raw.py)
    .groundswell/events/loads      the files taken in, and the batches of a watch: their rows count once they stand here
    .groundswell/events/counted.json  when `reduce` last counted each week
    .groundswell/events/free.json  as of which version of `events` nothing stands in it that was taken back

These are evidence, not made from any: a file of posts is not copied, since what is taken back must be gone for good.
Each table takes a load's rows and the load's name in one transaction, so that a load that died goes on where it stopped.
A batch of a watch is a load whose row in `loads` names the cursor to go on from, so both count from the same commit; the
batch a dead watch left half written is removed before the next one.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, DeltaTable, Transaction, WriterProperties, write_deltalake

from groundswell.core.errors import InputError, MachineryError, UsageError
from groundswell.core.events import (
    AMBIGUOUS,
    COUNTERS,
    LINKS,
    STORED_EVENTS,
    TALLIES,
    TIME,
    Activity,
    added,
    may_count,
)
from groundswell.core.finding import Finding
from groundswell.core.live import Batch, Cursor
from groundswell.core.origin import Origin
from groundswell.core.rows import LOAD_COLUMNS, LOADS, MOST_FINDINGS
from groundswell.store import delta
from groundswell.store.batches import batch_id, bring_together
from groundswell.store.changes import Changes
from groundswell.store.duckdb import DuckEngine
from groundswell.store.files import locked, write_whole
from groundswell.store.pulse import Pulse, cursor_of, pulse
from groundswell.store.raw import Raw, Segment, TakenBack
from groundswell.store.snapshots import Manifest
from groundswell.store.store import Loaded, Progress, Store
from groundswell.store.window import held_until, linked, narrow

PENDING = timedelta(hours=36)
"""How long `prune` leaves what is of no known post: a like may come before its post, a title from the post answered."""
TEXT = timedelta(days=14)
"""How long `prune` leaves the words of posts."""

_LOAD_ID = LOAD_COLUMNS.field("load_id")
SCHEMAS: dict[str, pa.Schema] = {
    "events": STORED_EVENTS,
    "links": pa.schema([*LINKS, _LOAD_ID]),
    "ambiguous": pa.schema([*AMBIGUOUS, _LOAD_ID]),
    "counters": pa.schema([*COUNTERS, _LOAD_ID]),
    "tallies": pa.schema([*TALLIES, _LOAD_ID]),
    "gaps": pa.schema([("platform", pa.string()), ("since", TIME), ("until", TIME), _LOAD_ID]),
    "loads": LOADS,
}
_WATCH = "watch"
"""What numbers the batches of watches in every table's transactions."""
_COMMITS_BEFORE_COMPACTION = 100
_EVENTS_OF_A_COMMIT = 250_000
_IN_LITTLE_ROOM: dict[str, Any] = {
    "writer_properties": WriterProperties(max_row_group_size=100_000),
    "target_file_size": 32_000_000,
}
"""A file is made in memory before it is written."""
# Statistics in the log would keep the smallest and largest words of a column after the rows are gone.
_NO_STATISTICS: dict[str, str | None] = {"delta.dataSkippingNumIndexedCols": "0"}
_COLUMNS = ", ".join(name for name in STORED_EVENTS.names if name != "day")
_VISIBLE = f"SELECT {_COLUMNS}, CAST(seen_at AS DATE) AS day FROM raw_events SEMI JOIN event_loads USING (load_id)"
_REMOVED = "SELECT DISTINCT platform, actor FROM raw_events WHERE kind = 'account' AND operation = 'delete'"
_GONE = "SELECT DISTINCT platform, kind, key FROM raw_events WHERE operation = 'delete' AND kind = 'post'"  # of words
_ANEW = """
SELECT platform, actor, max(seen_at) AS anew FROM (
  SELECT platform, actor, min(seen_at) AS seen_at FROM raw_events WHERE kind = 'sync' GROUP BY platform, actor, key
) GROUP BY platform, actor
"""
_WORDS = """
SELECT e.* EXCLUDE (loaded_at)
       REPLACE (CASE WHEN {wordless} THEN NULL ELSE text END AS text, CASE WHEN {wordless} THEN [] ELSE tags END AS tags)
FROM (SELECT r.*, loaded_at FROM that_day r LEFT JOIN event_loads USING (load_id)) e
{joins}
WHERE {kept}
"""
_OF_REMOVED = "LEFT JOIN (SELECT *, true AS removed FROM removed) USING (platform, actor)"
_OF_GONE = "LEFT JOIN (SELECT *, true AS gone FROM gone) USING (platform, kind, key)"
_OF_ANEW = "LEFT JOIN anew USING (platform, actor)"
_STANDING = "(removed IS NULL OR kind = 'account')"
_TO_FORGET = """
SELECT CAST(seen_at AS DATE) AS day FROM raw_events SEMI JOIN removed USING (platform, actor) WHERE kind <> 'account'
UNION
SELECT CAST(seen_at AS DATE) AS day FROM raw_events SEMI JOIN gone USING (platform, kind, key) WHERE text IS NOT NULL
UNION
SELECT CAST(seen_at AS DATE) AS day FROM raw_events JOIN anew USING (platform, actor) WHERE seen_at < anew AND text IS NOT NULL
ORDER BY day
"""
_LINKS_HELD = """
SELECT l.* FROM raw_links l
SEMI JOIN (SELECT platform, key FROM raw_events WHERE kind = 'post') e ON e.platform = l.platform AND e.key = l.post
"""
# What an old row must belong to in order to stay: a linked post, an act on one, or whatever takes one of these back.
_WANTED = """
WITH acts AS (
  SELECT e.platform, e.kind, e.key, e.actor
  FROM raw_events e SEMI JOIN links l ON l.platform = e.platform AND l.post = coalesce(e.object, e.key)
  WHERE e.operation <> 'delete' AND e.kind <> 'account'
  UNION
  SELECT platform, kind, key, actor FROM raw_events LEFT JOIN event_loads USING (load_id)
  WHERE loaded_at IS NULL OR loaded_at >= CAST(? AS TIMESTAMPTZ)
     OR (kind = 'account' AND loaded_at >= CAST(? AS TIMESTAMPTZ))
)
SELECT platform, kind, key, actor FROM acts
UNION
SELECT a.platform, a.kind, a.key, a.actor FROM raw_events a
WHERE a.kind IN ('account', 'sync') AND ((a.platform, a.actor) IN (SELECT (platform, actor) FROM acts) OR a.operation = 'delete')
"""
_STATUS = """
SELECT platform, count(*) AS events, count(*) FILTER (kind = 'post') AS posts, count(*) FILTER (linked) AS linked_posts,
       min(day) AS since, max(day) AS until
FROM (
  SELECT e.platform, actor, kind, key, operation, min(day) AS day, bool_or(kind = 'post' AND l.post IS NOT NULL) AS linked
  FROM events e LEFT JOIN (SELECT DISTINCT platform, post FROM links) l ON l.platform = e.platform AND l.post = e.key
  GROUP BY ALL
)
GROUP BY platform ORDER BY platform
"""


@dataclass(frozen=True)
class Held:
    """What the event tables hold of one platform; events told apart by their identity, `lines` all that passed by."""

    platform: str
    events: int
    posts: int
    linked_posts: int
    lines: int
    since: date
    until: date


@dataclass(frozen=True)
class Part:
    """Some of a file's events and what was read in their posts: `fingerprints` has one value an event, `links` are the posts
    that name a subject, `ambiguous` those that may."""

    activity: Activity
    fingerprints: pa.Array
    links: pa.Table
    ambiguous: pa.Table = field(default_factory=AMBIGUOUS.empty_table)


class Stream:
    """The event tables of one desk's store, made when they are first written to."""

    def __init__(self, store: Store) -> None:
        self._store = store.folder
        self._folder = store.folder / "events"
        self._raw = Raw(self._folder / "raw")

    def exists(self) -> bool:
        """Whether anything was ever taken in."""
        return (self._folder / "loads").exists()

    def load(self, manifest: Manifest, parts: Iterable[Part], progress: Progress = lambda _: None) -> Loaded:
        """Take one file's events in, once however often it is tried; what is gone is then forgotten.

        Events that can belong to no title are counted and not kept. The parts are those of the file each time it is tried;
        nothing stays of a file that turns out, with `InputError`, not to be the feed's.
        """
        load_id = manifest.load_id
        if held := self._held(manifest):
            return held
        taken = _Taken(manifest, load_id)
        try:
            for number, part in enumerate(_joined(parts), 1):
                kept = _kept(_stored(part.activity.events, part.fingerprints), part.links)
                linked = pc.is_in(part.activity.counters["object"], pc.unique(part.links["post"]))
                taken.add(part.activity, len(kept))
                with locked(self._store):
                    self._begin()
                    for name, rows in (
                        ("events", kept),
                        ("links", part.links),
                        ("ambiguous", part.ambiguous),
                        ("counters", part.activity.counters.filter(linked)),
                    ):
                        self._append(name, load_id, rows, number)
                        progress(name)
        except InputError:
            self._withdraw(load_id)
            raise
        with locked(self._store), DuckEngine() as engine:
            self._begin()
            self._append("tallies", load_id, added(taken.tallies))
            progress("tallies")
            self._forget(engine, manifest.loaded_at, progress)
            progress("changes")
            row = taken.row()
            self._append("loads", load_id, pa.Table.from_pylist([row], schema=LOADS))
            progress("loads")
            self._compact()
        return replace(loaded(row, "new"), findings=taken.findings)

    def _held(self, manifest: Manifest) -> Loaded | None:
        with locked(self._store), DuckEngine() as engine:
            self._begin()
            for row in self._loads(engine, "WHERE load_id = ?", manifest.load_id):
                held = loaded(row, "same")
                if manifest.known_from < held.known_from:
                    held = replace(held, known_from=manifest.known_from)
                    moved = pa.Table.from_pylist([{**row, "known_from": held.known_from}], schema=LOADS)
                    self._replace("loads", f"load_id = '{manifest.load_id}'", moved)
                return held
        return None

    def _withdraw(self, load_id: str) -> None:
        with locked(self._store):
            for name in ("events", "links", "ambiguous", "counters"):
                table = delta.table(self._folder / name)
                if table.transaction_version(load_id):
                    table.delete(f"load_id = '{load_id}'")
                    _vacuum(table)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Nobody else watches into this store; `UsageError` when somebody does."""
        from filelock import FileLock, Timeout

        self._store.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._store / "watch.lock", timeout=0):
                self._sweep()
                try:
                    yield
                finally:
                    with locked(self._store):
                        self._raw.settle(self._batches("loads"))
        except Timeout:
            raise UsageError("another watch writes to this desk; stop it first") from None

    def cursor(self) -> Cursor | None:
        """Where the last watch stopped, None before the first."""
        number = self._batches("loads")
        if not number:
            return None
        with DuckEngine() as engine:
            (row,) = self._loads(engine, "WHERE load_id = ?", batch_id(number))
        return cursor_of(str(row["snapshot_id"]))

    def commit(
        self,
        feed: str,
        platform: str,
        origin: Origin,
        batch: Batch,
        fingerprints: pa.Array,
        links: pa.Table,
        now: datetime,
        *,
        keep_raw: bool = False,
        progress: Progress = lambda _: None,
        ambiguous: pa.Table | None = None,
    ) -> int:
        """Keep a batch of a watch and the cursor behind it, both or neither; how many events were kept.

        Of one platform alone, one batch after the other, by who holds `watching`. What was taken back goes with `forget`.
        With `keep_raw` the frames are kept as well, for as long as words are.
        """
        activity, cursor = batch.activity, batch.cursor
        if cursor is None:
            return 0
        seq = "-" if cursor.seq is None else cursor.seq
        manifest = Manifest(
            snapshot_id=f"stream:{cursor.server} {seq} {cursor.at.isoformat()}",
            feed=feed,
            settings={},
            origin=origin,
            known_from=now,
            loaded_at=now,
        )
        with locked(self._store):
            self._begin()
            number = self._batches("loads") + 1
            load_id = batch_id(number)
            kept = _kept(_stored(activity.events, fingerprints), links)
            gaps = [{"platform": platform, "since": g.since, "until": g.until, "load_id": load_id} for g in batch.gaps]
            taken = _Taken(manifest, load_id)
            taken.add(activity, len(kept))
            row = taken.row()
            if keep_raw:
                self._raw.append(number, platform, batch.frames, now)
                progress("raw")
            for name, rows in (
                ("events", kept),
                ("links", links),
                ("ambiguous", AMBIGUOUS.empty_table() if ambiguous is None else ambiguous),
                ("tallies", activity.tallies),
                ("gaps", pa.Table.from_pylist(gaps, schema=SCHEMAS["gaps"])),
                ("loads", pa.Table.from_pylist([row], schema=LOADS)),
            ):
                self._append(name, load_id, rows, as_one=Transaction(_WATCH, number))
                progress(name)
            if number % _COMMITS_BEFORE_COMPACTION == 0:
                bring_together(self._folder, number - _COMMITS_BEFORE_COMPACTION + 1, number, progress)
                for name in SCHEMAS:
                    _join(delta.table(self._folder / name))
        return len(kept)

    def forget(self, now: datetime, progress: Progress = lambda _: None) -> None:
        """Remove for good what its authors took back since, and segments of raw frames whose time is over."""
        with locked(self._store), DuckEngine() as engine:
            self._begin()
            self._forget(engine, now, progress)

    def segments(self) -> list[Segment]:
        """Every closed segment of raw frames there was, held or not."""
        return self._raw.segments()

    def register(self, engine: DuckEngine, until: date | None = None) -> None:
        """Make the tables above known, `loads` as `event_loads` and of the others what loads have that came to their end.

        With `until` no file of events of a later day is read.
        """
        self._register_raw(engine, until)
        engine.view("events", _VISIBLE)
        for name in SCHEMAS.keys() - {"events", "loads"}:
            engine.view(name, f"SELECT * FROM raw_{name} SEMI JOIN event_loads USING (load_id)")

    def register_linked(self, engine: DuckEngine, until: date, found: pa.Table) -> None:
        """After `register`: of `events` only those that bear on linked posts, up to a day. `found` are links besides those held."""
        engine.register("raw_events", str(self._folder / "events"), until)
        linked(engine, found)

    def counted(self) -> dict[date, datetime]:
        """When weeks were last counted, by their first day: whether or not anything came of it."""
        path = self._folder / "counted.json"
        return msgspec.json.decode(path.read_bytes(), type=dict[date, datetime]) if path.exists() else {}

    def mark_counted(self, weeks: Iterable[date], now: datetime) -> None:
        """Remember that these weeks were counted from what was held at `now`."""
        write_whole(self._folder / "counted.json", msgspec.json.encode(self.counted() | dict.fromkeys(weeks, now)))

    def register_last(self, engine: DuckEngine, span: timedelta, asked: datetime) -> datetime | None:
        """Make `store.window` known for the `span` that ends when `asked`, or where what is held ends, if that is earlier.

        This end; None when nothing is held.
        """
        try:
            return self._register_last(engine, span, asked)
        except MachineryError:  # a watch joins small files and removes them, maybe while they are read
            return self._register_last(engine, span, asked)

    def pulse(self, now: datetime) -> Pulse | None:
        """How what a watch writes comes in; None before the first watch."""
        number = self._batches("loads")
        if not number:
            return None
        with DuckEngine() as engine:
            for name in ("loads", "tallies", "gaps"):
                engine.register(name, str(self._folder / name))
            return pulse(engine, _WATCH, batch_id(number), now)

    def loads(self) -> list[Loaded]:
        """Every file taken in, in the order it was known, and the last batch of a watch."""
        if not self.exists():
            return []
        last = batch_id(self._batches("loads"))
        with DuckEngine() as engine:
            rows = self._loads(engine, f"WHERE load_id NOT LIKE '{_WATCH}-%' OR load_id = ?", last)
            return [loaded(row, "held") for row in rows]

    def held(self) -> list[Held]:
        """What the tables hold, a row a platform."""
        if not self.exists():
            return []
        with DuckEngine() as engine:
            self.register(engine)
            lines = engine.query("SELECT platform, sum(lines)::BIGINT AS lines FROM tallies GROUP BY ALL").to_pylist()
            passed = {row["platform"]: row["lines"] for row in lines}
            return [Held(**row, lines=passed.get(row["platform"], 0)) for row in engine.query(_STATUS).to_pylist()]

    def prune(self, now: datetime, inherited: pa.Table) -> None:
        """Let go of what was taken in longer than `PENDING` ago and is of no linked post, and of words after `TEXT`.

        Notices of accounts stay for `TEXT`: they tell how old an account is that may act on a linked post later.

        `inherited` are the links, with their load_id, that rest on words still held: kept now, as they could not be
        found again.
        """
        with locked(self._store), DuckEngine() as engine:
            self._begin()
            self._forget(engine, now)
            self._append("links", f"prune:{now.isoformat()}", inherited)
            self._register_raw(engine)
            if not engine.query("SELECT 1 FROM event_loads WHERE loaded_at < ? LIMIT 1", [now - PENDING]).num_rows:
                return
            engine.step("links", "FROM raw_links")
            engine.register("wanted", engine.query(_WANTED, [now - PENDING, now - TEXT]))
            joins = "LEFT JOIN (SELECT *, true AS wanted FROM wanted) USING (platform, kind, key, actor)"
            wordless = f"loaded_at < TIMESTAMPTZ '{(now - TEXT).isoformat()}'"
            days = engine.query(
                "SELECT DISTINCT CAST(seen_at AS DATE) AS day FROM raw_events JOIN event_loads USING (load_id) "
                f"{joins} WHERE wanted IS NULL OR ({wordless} AND text IS NOT NULL) ORDER BY day"
            )["day"].to_pylist()
            self._rewrite(engine, days, _WORDS.format(wordless=wordless, joins=joins, kept="wanted"))
            self._mark_free()

    def _register_last(self, engine: DuckEngine, span: timedelta, asked: datetime) -> datetime | None:
        if not self.exists():
            return None
        self._register_raw(engine)
        held = held_until(engine)
        if held is None:
            return None
        until = min(asked, held)
        narrow(engine, until - span, until)
        return until

    def _forget(self, engine: DuckEngine, now: datetime, progress: Progress = lambda _: None) -> None:
        """Remove all rows of removed accounts but the removal itself, and the words of posts taken back, for good."""
        if self._is_free() and not self._raw.held():
            return
        self._register_raw(engine)
        engine.step("removed", _REMOVED)
        engine.step("gone", _GONE)
        engine.step("anew", _ANEW)
        days = engine.query(_TO_FORGET)["day"].to_pylist()
        wordless = "coalesce(gone OR seen_at < anew, gone, seen_at < anew, false)"
        sql = _WORDS.format(wordless=wordless, joins=f"{_OF_REMOVED} {_OF_GONE} {_OF_ANEW}", kept=_STANDING)
        self._rewrite(engine, days, sql)
        if days:
            self._register_raw(engine)
            links = engine.query(_LINKS_HELD)
            write_deltalake(delta.table(self._folder / "links"), links.cast(SCHEMAS["links"]), mode="overwrite")
            _vacuum(delta.table(self._folder / "links"))
        self._mark_free()
        if self._raw.held():
            accounts = engine.query("SELECT platform, actor FROM removed").to_pylist()
            posts = engine.query("SELECT platform, key FROM gone WHERE kind = 'post'").to_pylist()
            taken = TakenBack(
                {(row["platform"], row["actor"]) for row in accounts},
                {(row["platform"], row["key"]) for row in posts},
                {(row["platform"], row["actor"]): row["anew"] for row in engine.query("FROM anew").to_pylist()},
            )
            self._raw.purge(self._batches("loads"), taken, now, progress)
            self._raw.expire(now)

    def _is_free(self) -> bool:
        """Whether nothing came since all that was taken back was removed."""
        path = self._folder / "free.json"
        return path.exists() and json.loads(path.read_bytes()) == delta.table(self._folder / "events").version()

    def _mark_free(self) -> None:
        write_whole(self._folder / "free.json", json.dumps(delta.table(self._folder / "events").version()).encode())

    def _rewrite(self, engine: DuckEngine, days: list[date], sql: str) -> None:
        """The events of these days as `sql` makes them of `that_day`."""
        columns = ", ".join(name for name in STORED_EVENTS.names if name != "day")
        for day in days:
            table = delta.table(self._folder / "events")
            files = [path for path in delta.rows(self._folder / "events") if f"/day={day}/" in path]
            engine.register("that_day", files)
            rows = engine.reader(f"SELECT {columns}, DATE '{day}' AS day FROM ({sql})")
            write_deltalake(table, rows, mode="overwrite", predicate=f"day = '{day}'", **_IN_LITTLE_ROOM)
        if days:
            _vacuum(delta.table(self._folder / "events"))

    def _begin(self) -> None:
        for name, schema in SCHEMAS.items():
            if not (self._folder / name).exists():
                by_day = ["day"] if name == "events" else None
                where = delta.address(self._folder / name)
                DeltaTable.create(where, schema, partition_by=by_day, configuration=_NO_STATISTICS)

    def _append(
        self, name: str, load_id: str, rows: pa.Table, part: int = 1, as_one: Transaction | None = None
    ) -> None:
        """The rows, and in one transaction with them which part of the load they are; nothing when it was done before."""
        if not len(rows):
            return
        table = delta.table(self._folder / name)
        if as_one is None and (table.transaction_version(load_id) or 0) >= part:
            return
        if "load_id" not in rows.column_names:
            rows = rows.append_column("load_id", pa.repeat(pa.scalar(load_id), len(rows)))
        properties = CommitProperties(app_transactions=[as_one or Transaction(load_id, part)])
        write_deltalake(table, rows.select(SCHEMAS[name].names), mode="append", commit_properties=properties)

    def _replace(self, name: str, where: str, rows: pa.Table) -> None:
        """Put these rows in the place of those where `where` holds, in one commit."""
        write_deltalake(delta.table(self._folder / name), rows, mode="overwrite", predicate=where)

    def _sweep(self) -> None:
        """Remove what a watch that died wrote of a batch that does not count."""
        with locked(self._store):
            self._begin()
            number = self._batches("loads")
            for name in SCHEMAS:
                if self._batches(name) > number:
                    delta.table(self._folder / name).delete(f"load_id = '{batch_id(number + 1)}'")
            self._raw.settle(number)

    def _batches(self, name: str) -> int:
        """The number of the last batch of a watch a table took."""
        if not (self._folder / name).exists():
            return 0
        return delta.table(self._folder / name).transaction_version(_WATCH) or 0

    def _compact(self) -> None:
        """Join small files once there were many commits; what they held is not left lying about."""
        for name in SCHEMAS:
            table = delta.table(self._folder / name)
            if table.version() - _last_checkpoint(self._folder / name) >= _COMMITS_BEFORE_COMPACTION:
                _join(table)

    def _register_raw(self, engine: DuckEngine, until: date | None = None) -> None:
        for name in reversed(SCHEMAS):  # loads first: the rows of whatever it lists are there already
            days = until if name == "events" else None
            folder = self._folder / name
            missing = name == "ambiguous" and not folder.exists()  # in a store from before there was one
            held = SCHEMAS[name].empty_table() if missing else str(folder)
            engine.register("event_loads" if name == "loads" else f"raw_{name}", held, days)

    def _loads(self, engine: DuckEngine, where: str, value: str) -> list[dict[str, object]]:
        engine.register("event_loads", str(self._folder / "loads"))
        sql = f"SELECT * FROM event_loads {where} ORDER BY known_from, loaded_at, load_id"
        return list(engine.query(sql, [value]).to_pylist())


def _vacuum(table: DeltaTable) -> None:
    """Remove the files that are not of the table as it stands, at once: what was taken out of it is gone."""
    table.vacuum(0, dry_run=False, enforce_retention_duration=False, full=True)


def _last_checkpoint(folder: Path) -> int:
    path = folder / "_delta_log" / "_last_checkpoint"
    return int(json.loads(path.read_text())["version"]) if path.exists() else 0


def loaded(row: dict[str, object], vintage: str) -> Loaded:
    """A row of `loads` as a load's report."""
    return Store.report(row, vintage, Changes())


def _join(table: DeltaTable) -> None:
    table.optimize.compact()
    table.create_checkpoint()
    _vacuum(table)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """The same in larger ones: a commit costs as much for few rows as for many."""
    held: list[Part] = []
    for part in parts:
        held.append(part)
        if sum(len(one.activity.events) for one in held) >= _EVENTS_OF_A_COMMIT:
            yield _as_one(held)
            held = []
    if held:
        yield _as_one(held)


def _as_one(parts: list[Part]) -> Part:
    of = [part.activity for part in parts]
    return Part(
        Activity(
            pa.concat_tables([one.events for one in of]),
            pa.concat_tables([one.counters for one in of]),
            added([one.tallies for one in of]),
            sum(one.rows_read for one in of),
            [finding for one in of for finding in one.findings],
        ),
        pa.chunked_array([part.fingerprints for part in parts], pa.string()),
        pa.concat_tables([part.links for part in parts]),
        pa.concat_tables([part.ambiguous for part in parts]),
    )


@dataclass
class _Taken:
    """What a load has taken in so far."""

    manifest: Manifest
    load_id: str
    tallies: list[pa.Table] = field(default_factory=list)
    rows_read: int = 0
    rows_kept: int = 0
    findings: list[Finding] = field(default_factory=list)
    findings_count: int = 0

    def add(self, activity: Activity, kept: int) -> None:
        self.tallies = [added([*self.tallies, activity.tallies])]
        self.rows_read += activity.rows_read
        self.rows_kept += kept
        self.findings += activity.findings[: MOST_FINDINGS - len(self.findings)]
        self.findings_count += len(activity.findings)

    def row(self) -> dict[str, object]:
        """The row of `loads`."""
        origin = self.manifest.origin
        return {
            "load_id": self.load_id,
            "snapshot_id": self.manifest.snapshot_id,
            "feed": self.manifest.feed,
            "known_from": self.manifest.known_from,
            "loaded_at": self.manifest.loaded_at,
            "evidence": origin.status.value,
            "may_show": origin.may_show.value,
            "origin": msgspec.json.encode(origin).decode(),
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "findings": json.dumps([asdict(replace(one, found="")) for one in self.findings]),
            "findings_count": self.findings_count,
        }


def _stored(events: pa.Table, fingerprints: pa.Array) -> pa.Table:
    languages = events["languages"].combine_chunks()
    some = pc.greater(pc.fill_null(pc.list_value_length(languages), 0), 0)
    first = pc.list_element(pc.if_else(some, languages, pa.scalar([None], languages.type)), 0)
    return (
        events.append_column("language", first)
        .append_column("fingerprint", fingerprints)
        .append_column("day", pc.cast(pc.floor_temporal(events["seen_at"], unit="day"), pa.date32()))
    )


def _kept(events: pa.Table, links: pa.Table) -> pa.Table:
    return events.filter(may_count(events, links))
