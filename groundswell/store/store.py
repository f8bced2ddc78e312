"""One desk's store: loads in, vintages out.

    .groundswell/snapshots/   evidence: back it up
    .groundswell/tables/      made from it; `rebuild` makes them again

A load writes evidence, then rows, then one row in `loads`: only with that last row does any of it count. Loads
exclude each other by a file lock; readers need none.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import msgspec
import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.origin import Evidence, MayShow, Origin
from groundswell.core.protocol import Feed, Reading
from groundswell.core.rows import LOADS, MOST_FINDINGS, Parsed
from groundswell.store.changes import Changes, compare
from groundswell.store.duckdb import DuckEngine
from groundswell.store.files import locked
from groundswell.store.snapshots import Manifest, Snapshots, digest
from groundswell.store.tables import ROWS, Generations, Tables
from groundswell.store.vintage import take_vintage

Progress = Callable[[str], None]
"""Told each step as it ends: snapshot, parse, entries, observations, issues, reviews, loads, changes."""

_QUOTED = re.compile(r"'.*'", re.DOTALL)
_FARTHEST_EAST = timedelta(hours=14)
"""Where it is the next day already."""


@dataclass(frozen=True)
class Loaded:
    """What a load did; `vintage` is `same` when these bytes were already held, read the same way."""

    feed: str
    snapshot_id: str
    known_from: datetime
    rows_read: int
    rows_kept: int
    findings: list[Finding]
    findings_count: int
    vintage: str
    changes: Changes
    evidence: Evidence
    may_show: MayShow

    def as_json(self) -> dict[str, object]:
        """The shape of `load --json`."""
        return {
            "feed": self.feed,
            "snapshot": self.snapshot_id,
            "known_from": moment_text(self.known_from),
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "findings": [finding.as_json() for finding in self.findings],
            "findings_count": self.findings_count,
            "vintage": self.vintage,
            "evidence": self.evidence,
            "changes": self.changes.as_json(),
        }


def moment_text(moment: datetime) -> str:
    """`2022-11-15T00:00:00Z`, with microseconds where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day_begins(day: date) -> datetime:
    """The first moment of a UTC day: what a `fetched` day counts from."""
    return datetime.combine(day, time.min, UTC)


def load_row(manifest: Manifest, read: int, kept: int, findings: list[Finding], count: int) -> dict[str, object]:
    """A load's row of `loads`: `count` rows were not kept, of which `findings` tell, without cells where figures are not shown."""
    findings = findings[:MOST_FINDINGS]
    if manifest.origin.may_show is not MayShow.VALUES:
        findings = [replace(finding, found="", why=_QUOTED.sub("it", finding.why)) for finding in findings]
    return {
        "load_id": manifest.load_id,
        "snapshot_id": manifest.snapshot_id,
        "feed": manifest.feed,
        "known_from": manifest.known_from,
        "loaded_at": manifest.loaded_at,
        "evidence": manifest.origin.status.value,
        "may_show": manifest.origin.may_show.value,
        "origin": msgspec.json.encode(manifest.origin).decode(),
        "rows_read": read,
        "rows_kept": kept,
        "findings": json.dumps([finding.as_json() for finding in findings], ensure_ascii=False),
        "findings_count": count,
    }


@dataclass(frozen=True)
class Delivery:
    """One file as it came: its bytes, who says so, and the day it was fetched, in place of the origin's."""

    raw: bytes
    origin: Origin
    fetched: date | None = None

    @property
    def day(self) -> date | None:
        """When it was known, where that is told."""
        return self.fetched or self.origin.fetched

    def manifest(self, feed: Feed, now: datetime) -> Manifest:
        """What is kept beside its bytes."""
        return Manifest(
            snapshot_id=digest(self.raw),
            feed=feed.id,
            settings=dict(feed.settings()),
            origin=self.origin,
            known_from=day_begins(self.day) if self.day else now,
            loaded_at=now,
        )


class Store:
    """The store in `folder`, made when it is first written to."""

    def __init__(self, folder: Path, territory: Callable[[str], str | None]) -> None:
        self.folder = folder
        self._territory = territory
        self._snapshots = Snapshots(folder / "snapshots")
        self._generations = Generations(folder / "tables")

    def load(
        self,
        feed: Feed,
        raw: bytes,
        origin: Origin,
        *,
        now: datetime,
        fetched: date | None = None,
        progress: Progress = lambda _: None,
    ) -> Loaded:
        """Take one file of `feed` in, whole or not at all.

        `InputError` when the bytes are not the feed's; the store is then as it was. The same bytes read the same way
        change nothing, except that an earlier `fetched` moves the vintage back.
        """
        return self.load_all(feed, [Delivery(raw, origin, fetched)], now=now, progress=progress)[0]

    def load_all(
        self, feed: Feed, files: Sequence[Delivery], *, now: datetime, progress: Progress = lambda _: None
    ) -> list[Loaded]:
        """Take files of `feed` in, all or none of them, as `load` takes one after the other."""
        reports: dict[str, Loaded] = {}
        with locked(self.folder), DuckEngine() as engine:
            self._generations.sweep()
            self._snapshots.sweep()
            tables = self._begun()
            tables.register_loads(engine)
            committed = set(engine.query("SELECT load_id FROM loads")["load_id"].to_pylist())
            kept = {kept.load_id for kept in self._snapshots.manifests()}
            if kept - committed:
                tables.sweep(engine)
            manifests = [file.manifest(feed, now) for file in files]
            held = {
                manifest.load_id: row
                for manifest in manifests
                if manifest.load_id in committed
                for row in engine.query("SELECT * FROM loads WHERE load_id = ?", [manifest.load_id]).to_pylist()
            }
            taken: dict[str, tuple[Manifest, Parsed]] = {}
            for manifest, file in zip(manifests, files, strict=True):
                if manifest.load_id in held or manifest.load_id in taken:
                    continue
                self._snapshots.keep(file.raw, manifest)
                progress("snapshot")
                try:
                    taken[manifest.load_id] = manifest, feed.parse(file.raw, self._reading(manifest))
                except InputError:
                    for one in (manifest, *(one for one, _ in taken.values())):
                        if one.load_id not in kept:
                            self._snapshots.forget(one)
                    raise
                progress("parse")
            for manifest, file in zip(manifests, files, strict=True):
                if row := held.get(manifest.load_id):
                    if file.day is not None and manifest.known_from < row["known_from"]:
                        self._snapshots.keep(file.raw, msgspec.structs.replace(manifest, loaded_at=row["loaded_at"]))
                        row["known_from"] = manifest.known_from
                        tables.append("loads", pa.Table.from_pylist([row], schema=LOADS))
                    reports[manifest.load_id] = self.report(row, "same", Changes())
            if taken:
                rows = self._commit(tables, [*taken.values()], progress)
                changes = self._changes(tables, engine, [manifest for manifest, _ in taken.values()])
                progress("changes")
                tables.compact()
                for load_id, row, changed in zip(taken, rows, changes, strict=True):
                    reports[load_id] = self.report(row, "new", changed)
        return [reports[manifest.load_id] for manifest in manifests]

    def open(self, as_of: datetime | None = None) -> DuckEngine:
        """An engine whose `entries`, `observations`, `issues`, `reviews` and `loads` are those known at `as_of` (default: now)."""
        engine = DuckEngine()
        self._tables().register(engine, as_of)
        take_vintage(engine)
        return engine

    def register_issues(self, engine: DuckEngine) -> None:
        """Make the issues of all editions known as `all_issues`, and `loads`."""
        tables = self._tables()
        tables.register_loads(engine)
        engine.register("all_issues", tables.path("issues"))

    def loads(self) -> list[Loaded]:
        """Every load, in the order its vintage was known."""
        with DuckEngine() as engine:
            self._tables().register_loads(engine)
            rows = engine.query("SELECT * FROM loads ORDER BY known_from, loaded_at, load_id").to_pylist()
        return [self.report(row, "held", Changes()) for row in rows]

    def unfinished(self) -> list[Manifest]:
        """Snapshots kept by a load that never came to its end."""
        with DuckEngine() as engine:
            self._tables().register_loads(engine)
            committed = set(engine.query("SELECT load_id FROM loads")["load_id"].to_pylist())
        return [manifest for manifest in self._snapshots.manifests() if manifest.load_id not in committed]

    def snapshot(self, snapshot_id: str) -> bytes:
        """The bytes of a load, as they came."""
        return self._snapshots.read(snapshot_id)

    def rebuild(
        self, feed_of: Callable[[str, dict[str, object]], Feed], progress: Progress = lambda _: None
    ) -> list[str]:
        """Make the tables again from the snapshots, and turn to them in one step.

        Returns a line for each snapshot that could not be read; it stays kept.
        """
        refused = []
        with locked(self.folder):
            self._generations.sweep()
            tables = self._generations.new()
            for manifest in self._snapshots.manifests():
                raw = self._snapshots.read(manifest.snapshot_id)
                try:
                    feed = feed_of(manifest.feed, manifest.settings)
                    parsed = feed.parse(raw, self._reading(manifest))
                except InputError as error:
                    refused.append(f"{manifest.feed} {manifest.snapshot_id[:19]}…: {error}")
                    continue
                self._commit(tables, [(manifest, parsed)], lambda _: None)
                progress(manifest.feed)
            self._generations.use(tables)
        return refused

    def _reading(self, manifest: Manifest) -> Reading:
        until = (manifest.known_from + _FARTHEST_EAST).date()
        return Reading(manifest.origin.complete_for, self._territory, until)

    def _tables(self) -> Tables:
        """The tables in use, for a reader: made, empty, under the lock when there are none."""
        tables = self._generations.current()
        if tables is None:
            with locked(self.folder):
                return self._begun()
        return tables

    def _begun(self) -> Tables:
        tables = self._generations.current()
        if tables is None:
            tables = self._generations.new()
            self._generations.use(tables)
        return tables

    def _commit(
        self, tables: Tables, taken: list[tuple[Manifest, Parsed]], progress: Progress
    ) -> list[dict[str, object]]:
        for name in ROWS:
            tables.append(
                name, pa.concat_tables(_of_load(manifest, getattr(parsed, name)) for manifest, parsed in taken)
            )
            progress(name)
        rows = [
            load_row(manifest, parsed.rows_read, parsed.rows_kept, parsed.findings, len(parsed.findings))
            for manifest, parsed in taken
        ]
        tables.append("loads", pa.Table.from_pylist(rows, schema=LOADS))
        progress("loads")
        return rows

    def _changes(self, tables: Tables, engine: DuckEngine, taken: list[Manifest]) -> list[Changes]:
        """Of each, against the edition known just before it of the same feed, chart, measure, title and territory, else just
        after."""
        kept = [*self._snapshots.manifests()]
        found: list[Changes] = []
        committed: set[str] | None = None
        for number, manifest in enumerate(taken, 1):
            to_come = {later.load_id for later in taken[number:]}
            editions = sorted(
                (m.known_from, m.loaded_at, m.load_id, m.snapshot_id)
                for m in kept
                if m.feed == manifest.feed
                and m.load_id not in to_come
                and all(
                    m.settings.get(of) == manifest.settings.get(of) for of in ("chart", "measure", "title", "territory")
                )
            )
            if len(editions) > 1:
                if committed is None:
                    tables.register(engine)
                    committed = set(engine.query("SELECT load_id FROM loads")["load_id"].to_pylist())
                editions = [edition for edition in editions if edition[2] in committed]
            if len(editions) == 1:
                found.append(Changes())
                continue
            at = next(i for i, edition in enumerate(editions) if edition[2] == manifest.load_id)
            before, after = (editions[at - 1], editions[at]) if at else (editions[0], editions[1])
            found.append(compare(engine, before[2], after[2], against=(before if at else after)[3]))
        return found

    @staticmethod
    def report(row: dict[str, object], vintage: str, changes: Changes) -> Loaded:
        findings = [Finding(**finding) for finding in json.loads(str(row["findings"]))]
        return Loaded(
            feed=str(row["feed"]),
            snapshot_id=str(row["snapshot_id"]),
            known_from=row["known_from"],  # type: ignore[arg-type]
            rows_read=int(row["rows_read"]),  # type: ignore[call-overload]
            rows_kept=int(row["rows_kept"]),  # type: ignore[call-overload]
            findings=findings,
            findings_count=int(row["findings_count"]),  # type: ignore[call-overload]
            vintage=vintage,
            changes=changes,
            evidence=Evidence(str(row["evidence"])),
            may_show=MayShow(str(row["may_show"])),
        )


def _of_load(manifest: Manifest, rows: pa.Table) -> pa.Table:
    for column, value in (("load_id", manifest.load_id), ("snapshot_id", manifest.snapshot_id)):
        codes = pa.repeat(pa.scalar(0, pa.int8()), len(rows))
        rows = rows.append_column(column, pa.DictionaryArray.from_arrays(codes, pa.array([value])))
    return rows
