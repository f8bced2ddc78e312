"""What accounts did, kept by the event: only what may belong to a title, and only as long as its author lets it stand.

The tables are those of `event_tables`; what is let go of, and when, is `forgetting`. They are evidence, not made from any: a file
of posts is not copied, since what is taken back must be gone for good.
Each table takes a load's rows and the load's name in one transaction, so that a load that died goes on where it stopped.
A batch of a watch is a load whose row in `loads` names the cursor to go on from, so both count from the same commit; the
batch a dead watch left half written is removed before the next one.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, Transaction, write_deltalake

from groundswell.core.errors import InputError, MachineryError, UsageError
from groundswell.core.events import (
    AMBIGUOUS,
    STORED_EVENTS,
    Activity,
    added,
    may_count,
)
from groundswell.core.finding import Finding
from groundswell.core.live import Batch, Cursor
from groundswell.core.origin import Origin
from groundswell.core.rows import LOADS, MOST_FINDINGS
from groundswell.store import delta
from groundswell.store.batches import batch_id, bring_together
from groundswell.store.changes import Changes
from groundswell.store.duckdb import DuckEngine
from groundswell.store.event_tables import IN_GROUPS, SCHEMAS, begin, compact, join, register_raw, vacuum
from groundswell.store.files import locked, write_whole
from groundswell.store.forgetting import ROOM, holds_old, is_free, let_go, take_out
from groundswell.store.pulse import Pulse, cursor_of, pulse
from groundswell.store.raw import Raw, Segment, TakenBack
from groundswell.store.snapshots import Manifest
from groundswell.store.spark import SparkEngine
from groundswell.store.store import Loaded, Progress, Store
from groundswell.store.window import held_until, narrow

_WATCH = "watch"
"""What numbers the batches of watches in every table's transactions."""
_COMMITS_BEFORE_COMPACTION = 100
_EVENTS_OF_A_COMMIT = 250_000
_COLUMNS = ", ".join(name for name in STORED_EVENTS.names if name != "day")
_VISIBLE = f"SELECT {_COLUMNS}, CAST(seen_at AS DATE) AS day FROM raw_events SEMI JOIN event_loads USING (load_id)"
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
        return delta.exists(self._folder / "loads")

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
            for part in _joined(parts):
                self._take(part, taken, progress)
                del part  # before the next one is read
        except InputError:
            self._withdraw(load_id)
            raise
        with locked(self._store):
            begin(self._folder)
            self._append("tallies", load_id, added(taken.tallies))
            progress("tallies")
            self._forget(manifest.loaded_at, progress)
            progress("changes")
            row = taken.row()
            self._append("loads", load_id, pa.Table.from_pylist([row], schema=LOADS))
            progress("loads")
            compact(self._folder, _COMMITS_BEFORE_COMPACTION)
        return replace(loaded(row, "new"), findings=taken.findings)

    def _take(self, part: Part, taken: "_Taken", progress: Progress) -> None:
        kept = _kept(_stored(part.activity.events, part.fingerprints), part.links)
        linked = pc.is_in(part.activity.counters["object"], pc.unique(part.links["post"]))
        taken.add(part.activity, len(kept))
        with locked(self._store):
            begin(self._folder)
            for name, rows in (
                ("events", kept),
                ("links", part.links),
                ("ambiguous", part.ambiguous),
                ("counters", part.activity.counters.filter(linked)),
            ):
                self._append(name, taken.load_id, rows, taken.parts)
                progress(name)

    def _held(self, manifest: Manifest) -> Loaded | None:
        with locked(self._store), DuckEngine() as engine:
            begin(self._folder)
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
                    vacuum(table)

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
            begin(self._folder)
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
                    join(delta.table(self._folder / name))
        return len(kept)

    def forget(self, now: datetime, progress: Progress = lambda _: None) -> None:
        """Remove for good what its authors took back since, and segments of raw frames whose time is over."""
        with locked(self._store):
            begin(self._folder)
            self._forget(now, progress)

    def segments(self) -> list[Segment]:
        """Every closed segment of raw frames there was, held or not."""
        return self._raw.segments()

    def register(self, engine: DuckEngine | SparkEngine, until: date | None = None) -> None:
        """Make the tables above known, `loads` as `event_loads` and of the others what loads have that came to their end.

        With `until` no file of events of a later day is read.
        """
        register_raw(engine, self._folder, until)
        engine.view("events", _VISIBLE)
        for name in SCHEMAS.keys() - {"events", "loads"}:
            columns = ", ".join(SCHEMAS[name].names)
            engine.view(name, f"SELECT {columns} FROM raw_{name} SEMI JOIN event_loads USING (load_id)")

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
        """Let go of what was taken in longer than `forgetting.PENDING` ago and is of no linked post, and of words after `TEXT`.

        Notices of accounts stay for `TEXT`: they tell how old an account is that may act on a linked post later.

        `inherited` are the links, with their load_id, that rest on words still held: kept now, as they could not be
        found again.
        """
        with locked(self._store):
            begin(self._folder)
            self._forget(now)
            self._append("links", f"prune:{now.isoformat()}", inherited)
            if holds_old(self._folder, now):
                with DuckEngine(**ROOM) as engine:
                    let_go(engine, self._folder, now)

    def _register_last(self, engine: DuckEngine, span: timedelta, asked: datetime) -> datetime | None:
        if not self.exists():
            return None
        register_raw(engine, self._folder)
        held = held_until(engine)
        if held is None:
            return None
        until = min(asked, held)
        narrow(engine, until - span, until)
        return until

    def _forget(self, now: datetime, progress: Progress = lambda _: None) -> None:
        held = self._raw.held()
        if is_free(self._folder) and not held:
            return
        with DuckEngine(**ROOM) as engine:
            take_out(engine, self._folder)
            if held:
                accounts = engine.query("SELECT platform, actor FROM removed").to_pylist()
                posts = engine.query("SELECT platform, key FROM gone WHERE kind = 'post'").to_pylist()
                taken = TakenBack(
                    {(row["platform"], row["actor"]) for row in accounts},
                    {(row["platform"], row["key"]) for row in posts},
                    {(row["platform"], row["actor"]): row["anew"] for row in engine.query("FROM anew").to_pylist()},
                )
                self._raw.purge(self._batches("loads"), taken, now, progress)
                self._raw.expire(now)

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
        rows = rows.select(SCHEMAS[name].names)
        properties = CommitProperties(app_transactions=[as_one or Transaction(load_id, part)])
        write_deltalake(table, rows, mode="append", writer_properties=IN_GROUPS, commit_properties=properties)

    def _replace(self, name: str, where: str, rows: pa.Table) -> None:
        """Put these rows in the place of those where `where` holds, in one commit."""
        write_deltalake(delta.table(self._folder / name), rows, mode="overwrite", predicate=where)

    def _sweep(self) -> None:
        """Remove what a watch that died wrote of a batch that does not count."""
        with locked(self._store):
            begin(self._folder)
            number = self._batches("loads")
            for name in SCHEMAS:
                if self._batches(name) > number:
                    delta.table(self._folder / name).delete(f"load_id = '{batch_id(number + 1)}'")
            self._raw.settle(number)

    def _batches(self, name: str) -> int:
        """The number of the last batch of a watch a table took."""
        if not delta.exists(self._folder / name):
            return 0
        return delta.table(self._folder / name).transaction_version(_WATCH) or 0

    def _loads(self, engine: DuckEngine, where: str, value: str) -> list[dict[str, object]]:
        engine.register("event_loads", str(self._folder / "loads"))
        sql = f"SELECT * FROM event_loads {where} ORDER BY known_from, loaded_at, load_id"
        return list(engine.query(sql, [value]).to_pylist())


def loaded(row: dict[str, object], vintage: str) -> Loaded:
    """A row of `loads` as a load's report."""
    return Store.report(row, vintage, Changes())


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """The same in larger ones: a commit costs as much for few rows as for many."""
    held: list[Part] = []
    for part in parts:
        held.append(part)
        if sum(len(one.activity.events) for one in held) >= _EVENTS_OF_A_COMMIT:
            yield _as_one(held)
    if held:
        yield _as_one(held)


def _as_one(parts: list[Part]) -> Part:
    """All of them, which are let go."""
    of = [part.activity for part in parts]
    whole = Part(
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
    parts.clear()
    return whole


@dataclass
class _Taken:
    """What a load has taken in so far."""

    manifest: Manifest
    load_id: str
    parts: int = 0
    tallies: list[pa.Table] = field(default_factory=list)
    rows_read: int = 0
    rows_kept: int = 0
    findings: list[Finding] = field(default_factory=list)
    findings_count: int = 0

    def add(self, activity: Activity, kept: int) -> None:
        self.parts += 1
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
    """The events that may count, those of one kind together: most questions are about one, or about what was taken back."""
    rows = events.select(["kind", "operation"]).append_column("row", pa.arange(0, len(events)))
    kept = rows.filter(may_count(events, links)).sort_by([("kind", "ascending"), ("operation", "ascending")])
    return events.take(kept["row"])
