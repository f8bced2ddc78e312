"""The event tables of one desk's store, which hold what accounts did.

.groundswell/events/events     by day: posts, likes, reposts, what took them back, accounts
.groundswell/events/links      which post names which subject, by which rule
.groundswell/events/ambiguous  which subjects posts may name, though no rule says so; a post by the digest of its key
.groundswell/events/counters   what platforms say posts had gathered
.groundswell/events/tallies    how much of every kind passed by, kept or not, by the hour
.groundswell/events/gaps       the times in which events may have passed a watch unseen
.groundswell/events/raw        the frames of a watch as they came, where it keeps them (raw.py)
.groundswell/events/loads      the files taken in, and the batches of a watch: their rows count once they stand here
.groundswell/events/counted.json  when `reduce` last counted each week
.groundswell/events/free.json  as of which version of `events` nothing stands in it that was taken back
"""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, WriterProperties

from groundswell.core.events import AMBIGUOUS, COUNTERS, LINKS, STORED_EVENTS, TALLIES, TIME
from groundswell.core.rows import LOAD_COLUMNS, LOADS
from groundswell.store import delta
from groundswell.store.duckdb import DuckEngine
from groundswell.store.spark import SparkEngine

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
# Statistics in the log would keep the smallest and largest words of a column after the rows are gone.
_NO_STATISTICS: dict[str, str | None] = {"delta.dataSkippingNumIndexedCols": "0"}

IN_GROUPS = WriterProperties(max_row_group_size=20_000)
"""How files of rows are written: in pieces that a question passes over whose smallest and largest values answer it, and that
little room is enough to write."""


def begin(folder: Path) -> None:
    """Make the tables that are not there yet."""
    for name, schema in SCHEMAS.items():
        if not delta.exists(folder / name):
            by_day = ["day"] if name == "events" else None
            DeltaTable.create(delta.address(folder / name), schema, partition_by=by_day, configuration=_NO_STATISTICS)


def register_raw(engine: DuckEngine | SparkEngine, folder: Path, until: date | None = None) -> None:
    """Make each table known as `raw_…` with the rows of all loads, and `loads` as `event_loads`; of events those up to a day."""
    for name in reversed(SCHEMAS):  # loads first: the rows of whatever it lists are there already
        days = until if name == "events" else None
        missing = name == "ambiguous" and not delta.exists(folder / name)  # in a store from before there was one
        held = SCHEMAS[name].empty_table() if missing else str(folder / name)
        engine.register("event_loads" if name == "loads" else f"raw_{name}", held, days)


def compact(folder: Path, commits: int) -> None:
    """Join the small files of the tables that had so many commits since they last were; what they held is not left lying about."""
    for name in SCHEMAS:
        table = delta.table(folder / name)
        if table.version() - _last_checkpoint(folder / name) >= commits:
            join(table)


def join(table: DeltaTable) -> None:
    """Make few files of many, and the log short."""
    table.optimize.compact(writer_properties=IN_GROUPS)
    table.create_checkpoint()
    vacuum(table)


def vacuum(table: DeltaTable) -> None:
    """Remove the files that are not of the table as it stands, at once: what was taken out of it is gone."""
    table.vacuum(0, dry_run=False, enforce_retention_duration=False, full=True)


def _last_checkpoint(folder: Path) -> int:
    path = folder / "_delta_log" / "_last_checkpoint"
    return int(json.loads(path.read_text())["version"]) if path.exists() else 0
