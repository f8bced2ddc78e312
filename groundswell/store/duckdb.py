"""The DuckDB engine: every question of Groundswell is asked here."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from groundswell.core.errors import MachineryError, OutOfMemory
from groundswell.store import delta

_ROWS_AT_ONCE = 10_000
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class DuckEngine:
    """An in-memory DuckDB that reads Delta tables by the Parquet files of their current version."""

    dialect = "duckdb"

    def __init__(self, memory: str | None = None, threads: int | None = None) -> None:
        """With `memory`, `600MB`, what needs more is worked on in files of the system's temporary folder, gone with the engine.

        Each of the `threads`, by default as many as there are cores, holds something of its own while it works.
        """
        self._spilled = TemporaryDirectory(prefix="groundswell-") if memory else None
        limit = {"memory_limit": memory, "temp_directory": self._spilled.name} if memory and self._spilled else {}
        at_once = {"threads": str(threads)} if threads else {}
        self._connection = duckdb.connect(":memory:", config={**_OFFLINE, **limit, **at_once})
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET parquet_metadata_cache = true")  # a table's files are read for several questions

    def register(self, name: str, rows: str | list[str] | pa.Table, until: date | None = None) -> None:
        """Make an Arrow table, Parquet files, or the Delta table at a path known under `name`, in place of what had it before.

        Of a Delta table by day with `until` the days up to that one: no file of a later day is read.
        """
        held = delta.rows(Path(rows), until) if isinstance(rows, str) else rows
        if isinstance(held, pa.Table):
            self._run(f"DROP VIEW IF EXISTS {checked(name)}")
            self._connection.register(name, held)
        else:
            files = ", ".join("'" + file.replace("'", "''") + "'" for file in held)
            self.view(name, f"SELECT * FROM read_parquet([{files}], hive_partitioning = false)")

    def step(self, name: str, sql: str) -> None:
        """Materialise the result of `sql` under `name`."""
        self._run(f"CREATE OR REPLACE TEMP TABLE {checked(name)} AS {sql}")

    def view(self, name: str, sql: str) -> None:
        """Let `name` stand for the rows of `sql`, read whenever it is asked: of a table in files only what a question needs."""
        self._run(f"CREATE OR REPLACE TEMP VIEW {checked(name)} AS {sql}")

    def drop(self, name: str) -> None:
        """Let go of a step's rows."""
        self._run(f"DROP TABLE IF EXISTS {checked(name)}")

    def query(self, sql: str, params: Sequence[object] = ()) -> pa.Table:
        """The rows of `sql` with `params` bound."""
        with _reported():
            return self._connection.sql(sql, params=list(params)).to_arrow_table()

    def reader(self, sql: str, at_once: int = _ROWS_AT_ONCE) -> pa.RecordBatchReader:
        """The rows of `sql` as they are worked out, so many at once; ask nothing else before the last one."""
        with _reported():
            return self._connection.sql(sql).to_arrow_reader(at_once)

    def write(self, sql: str, place: Path, by: str | None = None) -> int:
        """The rows of `sql` to a Parquet file, or `by` a column to a folder of them; how many there are."""
        parts = f", PARTITION_BY ({checked(by)})" if by else ""
        target = str(place).replace("'", "''")
        with _reported():
            done = self._connection.execute(f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd{parts})")
            (rows,) = done.fetchone() or (0,)
        return int(rows)

    def close(self) -> None:
        """Close the connection; its tables are gone."""
        self._connection.close()
        if self._spilled:
            self._spilled.cleanup()

    def __enter__(self) -> "DuckEngine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, sql: str) -> None:
        with _reported():
            self._connection.execute(sql)


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        kind = OutOfMemory if isinstance(error, duckdb.OutOfMemoryException) else MachineryError
        raise kind(f"the engine could not answer: {str(error).splitlines()[0][:200]}") from error


def checked(name: str) -> str:
    """A table's name as it stands in SQL; `MachineryError` for what is none."""
    if not _NAME.fullmatch(name):
        raise MachineryError(f"'{name}' is no table name")
    return name
