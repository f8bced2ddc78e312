"""The five Delta tables of a store, in generations: `rebuild` writes a new one and turns to it in one step.

tables/CURRENT          the name of the generation in use
tables/g-…/entries …    its Delta tables
"""

import shutil
import uuid
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from groundswell.core.rows import ENTRIES, ISSUES, LOAD_COLUMNS, LOADS, OBSERVATIONS, REVIEWS
from groundswell.store import delta
from groundswell.store.duckdb import DuckEngine
from groundswell.store.files import sweep, write_whole

ROWS: dict[str, pa.Schema] = {
    name: pa.schema([*LOAD_COLUMNS, *schema])
    for name, schema in (("entries", ENTRIES), ("observations", OBSERVATIONS), ("issues", ISSUES), ("reviews", REVIEWS))
}
SCHEMAS: dict[str, pa.Schema] = {**ROWS, "loads": LOADS}
_LOADS = """
SELECT * FROM all_loads WHERE known_from <= coalesce(?, known_from)
QUALIFY row_number() OVER (PARTITION BY load_id ORDER BY known_from) = 1
"""
_FILES_BEFORE_COMPACTION = 100


class Tables:
    """One generation of the tables. Rows count only once their load stands in `loads`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> str:
        """Where the table lies."""
        return str(self.folder / name)

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows in one atomic commit; none adds nothing."""
        if len(rows):
            write_deltalake(delta.address(self.folder / name), rows.select(SCHEMAS[name].names), mode="append")

    def register(self, engine: DuckEngine, as_of: datetime | None = None) -> None:
        """Make all rows known as `all_entries`, `all_observations`, `all_issues` and `all_reviews`, and `loads`.

        `loads` first: whatever ends in between is not listed there, and the rows of all that is are there.
        """
        self.register_loads(engine, as_of)
        for name in ROWS:
            made = delta.exists(self.folder / name)  # a store made before there were reviews has no such table
            engine.register(f"all_{name}", self.path(name) if made else ROWS[name].empty_table())

    def register_loads(self, engine: DuckEngine, as_of: datetime | None = None) -> None:
        """Make known as `loads` what was known at `as_of`, one row a load: an earlier `known_from` learnt later wins."""
        engine.register("all_loads", self.path("loads"))
        engine.register("loads", engine.query(_LOADS, [as_of]))

    def sweep(self, engine: DuckEngine) -> None:
        """Remove the rows of loads that never came to their end."""
        self.register(engine)
        for name in ROWS:
            left = engine.query(
                f"SELECT DISTINCT load_id FROM all_{name} ANTI JOIN loads USING (load_id) ORDER BY load_id"
            )
            if len(left):
                listed = ", ".join(f"'{load_id}'" for load_id in left["load_id"].to_pylist())
                delta.table(self.folder / name).delete(f"load_id IN ({listed})")

    def compact(self) -> None:
        """Join small files once there are many; readers see the same rows."""
        for name in SCHEMAS:
            if len([*(self.folder / name / "_delta_log").glob("*.json")]) <= _FILES_BEFORE_COMPACTION:
                continue  # a commit adds one file, or a few large ones
            table = delta.table(self.folder / name)
            if len(table.file_uris()) > _FILES_BEFORE_COMPACTION:
                table.optimize.compact()
                table.create_checkpoint()


class Generations:
    """The generations of tables under one folder, and which of them is in use. Only `current` may be called unlocked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "CURRENT"

    def current(self) -> Tables | None:
        """The generation in use; None before there is one."""
        return Tables(self._folder / self._pointer.read_text().strip()) if self._pointer.exists() else None

    def new(self) -> Tables:
        """A generation of empty tables nobody reads yet."""
        folder = self._folder / f"g-{uuid.uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        for name, schema in SCHEMAS.items():
            DeltaTable.create(delta.address(folder / name), schema)
        return Tables(folder)

    def use(self, generation: Tables) -> None:
        """Turn to `generation` in one step; whoever reads the one before can go on until the next `sweep`."""
        write_whole(self._pointer, generation.folder.name.encode())

    def sweep(self) -> None:
        """Remove generations that are not in use, and half-written files."""
        using = self._pointer.read_text().strip() if self._pointer.exists() else None
        for path in self._folder.glob("g-*"):
            if path.name != using:
                shutil.rmtree(path, ignore_errors=True)
        sweep(self._folder)
