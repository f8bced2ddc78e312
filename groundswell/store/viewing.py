"""What was watched, kept by the day: each session once, however often it was delivered.

    .groundswell/viewing/sessions    by day of their start, UTC: one file a day, ordered by title, season, territory and profile
    .groundswell/viewing/deliveries  which load delivered sessions of which day
    .groundswell/viewing/catalogue   what can be watched, as each load of a catalogue said; the one known last counts
    .groundswell/viewing/loads       the files taken in
    .groundswell/viewing/counted.json  what `reduce` last counted each week from
    .groundswell/viewing/forgotten.json  the digest, SHA-256, of each profile that was forgotten

These are evidence, not made from any: a file of sessions is not copied. A load of sessions first says in `deliveries` and `loads`
what it is about to do, then puts the days it touches in place of what stood there, all in one commit that carries its name: it
counts from then on, whole. One that died before it left rows nobody reads; the next load removes them.
"""

import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote

import msgspec
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.transaction import AddAction, RemoveAction

from groundswell.core.finding import Finding
from groundswell.core.rows import LOAD_COLUMNS, LOADS
from groundswell.core.viewing import CATALOGUE, SESSIONS, STORED_SESSIONS, Delivered, Titles
from groundswell.store import delta
from groundswell.store.changes import Changes
from groundswell.store.duckdb import DuckEngine
from groundswell.store.files import locked, write_whole
from groundswell.store.snapshots import Manifest
from groundswell.store.spark import SparkEngine
from groundswell.store.store import Loaded, Progress, Store, load_row

MEMORY = "2GB"
"""What the engine may hold while sessions are loaded or reduced; what is more goes to disk."""
_LOAD_ID = LOAD_COLUMNS.field("load_id")
SCHEMAS: dict[str, pa.Schema] = {
    "sessions": STORED_SESSIONS,
    "deliveries": pa.schema([("day", pa.date32()), ("rows", pa.int64()), _LOAD_ID]),
    "catalogue": pa.schema([*CATALOGUE, _LOAD_ID]),
    "loads": LOADS,
}
_COLUMNS = ", ".join(SESSIONS.names)
_STAGED = (
    "SELECT *, DATE '1970-01-01' + CAST(CAST(epoch(started_at) AS BIGINT) // 86400 AS INTEGER) AS day FROM ({sql}) d"
)
# Of several deliveries under one id the one that ended last; without an id all that it says tells a session apart.
_DISTINCT = f"""
SELECT {_COLUMNS} FROM (
  SELECT DISTINCT {_COLUMNS} FROM ({{rows}}) r WHERE session IS NULL
  UNION ALL
  SELECT {_COLUMNS} FROM ({{rows}}) r WHERE session IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY profile, session ORDER BY ended_at DESC, {_COLUMNS}) = 1
) d
ORDER BY title, season, territory, profile, started_at
"""
_NOT_FORGOTTEN = "SELECT d.* FROM ({sql}) d ANTI JOIN forgotten f ON f.digest = sha256(d.profile)"
_WITHOUT = f"""
SELECT {_COLUMNS} FROM that_day ANTI JOIN profile USING (profile) ORDER BY title, season, territory, profile, started_at
"""


@dataclass(frozen=True)
class Held:
    """The sessions of some days as they stand at one moment, and the loads that delivered them."""

    days: dict[date, tuple[str, ...]]
    """Day → the loads that delivered sessions of it, by id."""
    files: dict[date, tuple[str, ...]]
    """Day → the Parquet files of its sessions."""

    def between(self, first: date, last: date) -> "Held":
        """Of the days from `first` to `last`."""
        return Held(
            {day: loads for day, loads in self.days.items() if first <= day <= last},
            {day: files for day, files in self.files.items() if first <= day <= last},
        )

    def register(self, engine: DuckEngine | SparkEngine) -> None:
        """Make these sessions known as `sessions`, in the columns of SESSIONS."""
        files = [file for day in sorted(self.files) for file in self.files[day]]
        engine.register("sessions", files or SESSIONS.empty_table())


class Viewing:
    """The sessions and catalogues of one desk's store, made when they are first written to."""

    def __init__(self, store: Store) -> None:
        self._store = store.folder
        self._folder = store.folder / "viewing"
        self._staging = self._folder / "staging"

    def exists(self) -> bool:
        """Whether anything was ever taken in."""
        return delta.exists(self._folder / "loads")

    def load(
        self,
        manifest: Manifest,
        deliver: Callable[[DuckEngine], Delivered],
        progress: Progress = lambda _: None,
    ) -> Loaded:
        """Take a file of sessions in, whole or not at all; one held already changes nothing."""
        with locked(self._store), DuckEngine(memory=MEMORY) as engine:
            self._begin()
            table = delta.table(self._folder / "sessions")
            if table.transaction_version(manifest.load_id):
                return self._held(manifest)
            self._sweep(table)
            delivered = deliver(engine)
            progress("parse")
            staged = self._stage(engine, delivered)
            progress("stage")
            kept, actions, days = self._write(engine, table, manifest.load_id)
            progress("rows")
            forgotten = delivered.rows_read - delivered.rows_refused - staged
            findings = [*delivered.findings, *_left_out(forgotten), *_again(staged - kept)]
            row = load_row(manifest, delivered.rows_read, kept, findings, delivered.rows_read - kept)
            rows = [{"day": day, "rows": count, "load_id": manifest.load_id} for day, count in days.items()]
            self._announce("deliveries", manifest.load_id, pa.Table.from_pylist(rows, schema=SCHEMAS["deliveries"]))
            progress("deliveries")
            self._announce("loads", manifest.load_id, pa.Table.from_pylist([row], schema=LOADS))
            progress("loads")
            table.create_write_transaction(
                actions,
                "append",
                table.schema(),
                ["day"],
                commit_properties=CommitProperties(app_transactions=[Transaction(manifest.load_id, 1)]),
            )
            progress("sessions")
            shutil.rmtree(self._staging, ignore_errors=True)
            return _loaded(row, "new")

    def load_catalogue(self, manifest: Manifest, titles: Titles, progress: Progress = lambda _: None) -> Loaded:
        """Take a catalogue in, whole or not at all; one held already changes nothing but an earlier day it was known from."""
        with locked(self._store):
            self._begin()
            if any(row["load_id"] == manifest.load_id for row in self._loads()):
                return self._held(manifest)
            self._announce("catalogue", manifest.load_id, titles.catalogue)
            progress("catalogue")
            row = load_row(manifest, titles.rows_read, len(titles.catalogue), titles.findings, len(titles.findings))
            self._announce("loads", manifest.load_id, pa.Table.from_pylist([row], schema=LOADS))
            progress("loads")
            return _loaded(row, "new")

    def forget(self, profile: str) -> int:
        """Remove every session of a profile for good, from the files and what was before them; how many they were.

        First its digest is kept, so that no later load takes sessions of it in. Days are written again without it in one commit
        and their older files removed at once; one that died before that changed nothing. What was counted stands, and names nobody.
        """
        with locked(self._store), DuckEngine(memory=MEMORY) as engine:
            digest = hashlib.sha256(profile.encode()).hexdigest()
            write_whole(self._folder / "forgotten.json", msgspec.json.encode(sorted({*self._forgotten(), digest})))
            if not self.exists():
                return 0
            table = delta.table(self._folder / "sessions")
            gone, actions = 0, list[AddAction | RemoveAction]()
            days: dict[date, list[str]] = {}
            for day, name, _ in _files(table):
                days.setdefault(day, []).append(name)
            engine.register("profile", pa.table({"profile": [profile]}))
            for day, names in sorted(days.items()):
                engine.register("that_day", [self._place(name) for name in names])
                of_it = engine.query("SELECT count(*) AS n FROM that_day SEMI JOIN profile USING (profile)")["n"][
                    0
                ].as_py()
                if of_it:
                    gone += of_it
                    actions += self._rewrite(engine, _WITHOUT, day, "forgotten", names)[1]
            if actions:
                table.create_write_transaction(actions, "append", table.schema(), ["day"])
            self._sweep(delta.table(self._folder / "sessions"))  # also after one that died before it came to this
            shutil.rmtree(self._staging, ignore_errors=True)
            return gone

    def held(self) -> Held:
        """Everything that counts, as of one commit."""
        if not self.exists():
            return Held({}, {})
        table = delta.table(self._folder / "sessions")
        committed: dict[str, bool] = {}
        days: dict[date, list[str]] = {}
        with DuckEngine() as engine:
            engine.register("deliveries", str(self._folder / "deliveries"))
            for row in engine.query("SELECT day, load_id FROM deliveries ORDER BY day, load_id").to_pylist():
                load_id = row["load_id"]
                if load_id not in committed:
                    committed[load_id] = bool(table.transaction_version(load_id))
                if committed[load_id]:
                    days.setdefault(row["day"], []).append(load_id)
        files: dict[date, list[str]] = {}
        for day, path, _ in _files(table):
            files.setdefault(day, []).append(self._place(path))
        return Held(
            {day: tuple(loads) for day, loads in days.items()}, {day: tuple(paths) for day, paths in files.items()}
        )

    def catalogue(self) -> tuple[pa.Table, dict[str, Any] | None]:
        """The catalogue known last and its row of `loads`; none of it, and None, before the first."""
        rows = [row for row in self._loads() if row["feed"] == "viewing.catalogue"] if self.exists() else []
        if not rows:
            return CATALOGUE.empty_table(), None
        with DuckEngine() as engine:
            engine.register("catalogue", str(self._folder / "catalogue"))
            names = ", ".join(CATALOGUE.names)
            sql = f"SELECT {names} FROM catalogue WHERE load_id = ? ORDER BY line"
            return engine.query(sql, [rows[-1]["load_id"]]).cast(CATALOGUE), rows[-1]

    def counted(self) -> dict[date, str]:
        """What each week was last counted from, by its first day, as `mark_counted` was told."""
        path = self._folder / "counted.json"
        return msgspec.json.decode(path.read_bytes(), type=dict[date, str]) if path.exists() else {}

    def mark_counted(self, week: date, inputs: str) -> None:
        """Remember what the week was counted from."""
        with locked(self._store):
            write_whole(self._folder / "counted.json", msgspec.json.encode({**self.counted(), week: inputs}))

    def origins(self, load_ids: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of `loads` of these, in the order they were known."""
        wanted = set(load_ids)
        return [row for row in self._loads() if row["load_id"] in wanted]

    def loads(self) -> list[Loaded]:
        """Every file taken in, in the order it was known."""
        return [_loaded(row, "held") for row in self._loads()] if self.exists() else []

    def _loads(self) -> list[dict[str, Any]]:
        table = delta.table(self._folder / "sessions")
        with DuckEngine() as engine:
            engine.register("viewing_loads", str(self._folder / "loads"))
            rows = engine.query("SELECT * FROM viewing_loads ORDER BY known_from, loaded_at, load_id").to_pylist()
        return [row for row in rows if row["feed"] == "viewing.catalogue" or table.transaction_version(row["load_id"])]

    def _held(self, manifest: Manifest) -> Loaded:
        """The load as it was; an earlier day it was known from is written down."""
        (row,) = (row for row in self._loads() if row["load_id"] == manifest.load_id)
        if manifest.known_from < row["known_from"]:
            row = {**row, "known_from": manifest.known_from}
            self._announce("loads", manifest.load_id, pa.Table.from_pylist([row], schema=LOADS))
        return _loaded(row, "same")

    def _forgotten(self) -> list[str]:
        path = self._folder / "forgotten.json"
        return msgspec.json.decode(path.read_bytes(), type=list[str]) if path.exists() else []

    def _begin(self) -> None:
        for name, schema in SCHEMAS.items():
            if not delta.exists(self._folder / name):
                by_day = ["day"] if name == "sessions" else None
                DeltaTable.create(
                    delta.address(self._folder / name),
                    schema,
                    partition_by=by_day,
                    configuration={"delta.dataSkippingNumIndexedCols": "0"},
                )

    def _sweep(self, table: DeltaTable) -> None:
        """Remove what a load that died left, and the files of days that were written again since."""
        shutil.rmtree(self._staging, ignore_errors=True)
        self._staging.mkdir(parents=True)
        table.vacuum(0, dry_run=False, enforce_retention_duration=False, full=True)

    def _stage(self, engine: DuckEngine, delivered: Delivered) -> int:
        """The good rows of profiles that were not forgotten, by day; how many they are."""
        sql = delivered.sql
        if forgotten := self._forgotten():
            engine.register("forgotten", pa.table({"digest": forgotten}))
            sql = _NOT_FORGOTTEN.format(sql=sql)
        return engine.write(_STAGED.format(sql=sql), self._staging / "days", by="day")

    def _write(
        self, engine: DuckEngine, table: DeltaTable, load_id: str
    ) -> tuple[int, list[AddAction | RemoveAction], dict[date, int]]:
        """New files for the days delivered: how many rows are new, what the commit does, and rows delivered by day."""
        held: dict[date, list[tuple[str, int]]] = {}
        for day, name, rows in _files(table):
            held.setdefault(day, []).append((name, rows))
        staged: dict[date, list[str]] = {}
        for path in sorted((self._staging / "days").glob("day=*/*.parquet")):
            staged.setdefault(date.fromisoformat(path.parent.name.removeprefix("day=")), []).append(str(path))
        new, delivered = 0, {}
        actions: list[AddAction | RemoveAction] = []
        for day, files in sorted(staged.items()):
            before = held.get(day, [])
            engine.register("staged", files)
            delivered[day] = engine.query("SELECT count(*) AS rows FROM staged")["rows"][0].as_py()
            engine.register("staged", [*files, *(self._place(name) for name, _ in before)])
            sql = _DISTINCT.format(rows=f"SELECT {_COLUMNS} FROM staged")
            rows, done = self._rewrite(engine, sql, day, load_id, [name for name, _ in before])
            new += rows - sum(count for _, count in before)
            actions += done
        return new, actions, delivered

    def _rewrite(
        self, engine: DuckEngine, sql: str, day: date, why: str, before: Iterable[str]
    ) -> tuple[int, list[AddAction | RemoveAction]]:
        """A new file for a day in place of those before: how many rows it has, and what the commit does."""
        name = f"day={day}/{why}-{uuid.uuid4().hex[:8]}.parquet"
        path = self._folder / "sessions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = engine.write(sql, path)
        at, size, of = int(path.stat().st_mtime * 1000), path.stat().st_size, {"day": day.isoformat()}
        added = AddAction(name, size, of, at, True, json.dumps({"numRecords": rows}))
        return rows, [added, *(RemoveAction(gone, True, at, partition_values={**of}) for gone in before)]

    def _place(self, name: str) -> str:
        return str(self._folder.absolute() / "sessions" / name)

    def _announce(self, name: str, load_id: str, rows: pa.Table) -> None:
        """Put these rows in the place of any of the load, in one commit."""
        if "load_id" not in rows.column_names:
            rows = rows.append_column("load_id", pa.repeat(pa.scalar(load_id), len(rows)))
        table = delta.table(self._folder / name)
        write_deltalake(table, rows.select(SCHEMAS[name].names), mode="overwrite", predicate=f"load_id = '{load_id}'")


def _files(table: DeltaTable) -> list[tuple[date, str, int]]:
    """Of every file of the table its day, its path there, and how many rows it has."""
    files = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    return [(file["partition.day"], unquote(file["path"]), file["num_records"]) for file in files]


def _left_out(rows: int) -> list[Finding]:
    if not rows:
        return []
    return [Finding(1, None, "", f"{rows:,} rows are of profiles that were forgotten here: none of them was taken")]


def _again(rows: int) -> list[Finding]:
    if not rows:
        return []
    return [
        Finding(1, None, "", f"{rows:,} rows are sessions delivered before, in this file or another: each counts once")
    ]


def _loaded(row: dict[str, Any], vintage: str) -> Loaded:
    return Store.report(row, vintage, Changes())
