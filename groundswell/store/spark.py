"""The Spark engine: reductions of more events than one machine takes. Charts and claims are asked of DuckDB wherever they are.

Spark is set up as Spark always is: `spark-defaults.conf`, `spark-submit`, `PYSPARK_SUBMIT_ARGS`; with nothing said it runs on
this machine's cores. Every machine of a cluster has to see the desk's folder at the same path.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from groundswell.core.errors import MachineryError, UsageError
from groundswell.store import delta
from groundswell.store.duckdb import checked

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


_SHARED = {
    *("And", "Or", "Case", "If", "Cast", "Coalesce", "Exists", "Greatest", "Least", "Left", "SHA2"),
    *("TimestampTrunc", "TimeToUnix"),  # the second of whole seconds: a part of one the engines round differently
    *("Count", "Sum", "Min", "Max", "RowNumber", "Lead"),
    *("ArrayAgg", "ArrayContains"),  # of what is never null, in an order of the engine's own
    *("ConcatWs", "Chr"),
}
"""What a reduction may call, by sqlglot's names. Of the rest much means something else to Spark, or nothing, and says nothing."""
_CALLED = {"epoch_us": "unix_micros"}
"""Functions that are only called otherwise."""
_PATTERN = re.compile(r"[*?{}\[\]\\]")
"""What Spark takes for a pattern in a path."""


class SparkEngine:
    """Spark, asked in DuckDB's words. It reads the Parquet files of a Delta table's current version and writes nothing.

    Names live in a session of their own in the process's Spark, which is started where there is none and is left running.
    """

    dialect = "spark"

    def __init__(self) -> None:
        self._session = _session()
        self._session.conf.set("spark.sql.session.timeZone", "UTC")
        self._session.conf.set("spark.sql.ansi.enabled", "true")
        # What Spark inferred of a step it takes over into the next one, and not always rightly: a union of steps fails.
        self._session.conf.set("spark.sql.constraintPropagation.enabled", "false")
        self._names: set[str] = set()

    def register(self, name: str, rows: str | list[str] | pa.Table, until: date | None = None) -> None:
        """Make an Arrow table, Parquet files, or the Delta table at a path known under `name`, in place of what had it before.

        Of a Delta table by day with `until` the days up to that one: no file of a later day is read.
        """
        from pyspark.sql.pandas.types import from_arrow_schema

        held = delta.rows(Path(rows), until) if isinstance(rows, str) else rows
        with _reported():
            if isinstance(held, pa.Table):
                self._name(name, self._session.createDataFrame(held))
            else:
                read = self._session.read
                if isinstance(rows, str):
                    read = read.schema(from_arrow_schema(delta.columns(Path(rows))))
                self._name(name, read.parquet(*(_PATTERN.sub(r"\\\g<0>", file) for file in held)))

    def step(self, name: str, sql: str) -> None:
        """Work out the result of `sql`, and hold it under `name` where it was worked out."""
        with _reported():
            self._name(name, self._session.sql(translated(sql)).localCheckpoint())

    def view(self, name: str, sql: str) -> None:
        """Let `name` stand for the rows of `sql` over what its names stand for now, read whenever it is asked."""
        with _reported():
            self._name(name, self._session.sql(translated(sql)))

    def drop(self, name: str) -> None:
        """Let go of a step's rows."""
        self._names.discard(name)
        with _reported():
            self._session.catalog.dropTempView(checked(name))

    def query(self, sql: str, params: Sequence[object] = ()) -> pa.Table:
        """The rows of `sql` with `params` bound, all of them in this process."""
        with _reported():
            found = self._session.sql(translated(sql), args=list(params)).toArrow()
        return found.cast(pa.schema([field.with_nullable(True) for field in found.schema]))

    def close(self) -> None:
        """Let go of every name; Spark stays, for the process's next engine."""
        for name in [*self._names]:
            self.drop(name)

    def __enter__(self) -> "SparkEngine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _name(self, name: str, frame: "DataFrame") -> None:
        frame.createOrReplaceTempView(checked(name))
        self._names.add(name)


def translated(sql: str) -> str:
    """DuckDB's SQL as Spark has it; `MachineryError` where it asks what is not known to mean the same to both."""
    from sqlglot import ErrorLevel, exp, parse_one
    from sqlglot.errors import SqlglotError

    try:
        tree = parse_one(sql, read="duckdb")
        for select in tree.find_all(exp.Select):
            if select.is_star and any(join.args.get("using") for join in select.args.get("joins") or ()):
                raise MachineryError(f"not the same on both engines, the order of columns: {select.sql('duckdb')[:80]}")
        for node in tree.find_all(exp.Func, exp.Div, exp.IntDiv, exp.WindowSpec):
            if isinstance(node, exp.Anonymous) and node.name.lower() in _CALLED:
                node.set("this", _CALLED[node.name.lower()])
            elif type(node).__name__ not in _SHARED or isinstance(node.this, exp.Order):
                raise MachineryError(f"not the same on both engines: {node.sql('duckdb')[:80]}")
        return tree.sql("spark", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise MachineryError(f"not the same on both engines: {_line(error)}") from error


def _session() -> "SparkSession":
    try:
        import sqlglot  # noqa: F401
        from pyspark.errors import PySparkException
        from pyspark.logger import PySparkLogger
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("Spark needs the extra 'spark': pip install 'groundswell[spark]'") from None
    PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True  # what fails is raised, and said once
    progress = str(sys.stderr.isatty()).lower()
    try:
        builder = SparkSession.builder.appName("groundswell").config("spark.ui.showConsoleProgress", progress)
        return builder.getOrCreate().newSession()
    except PySparkException as error:
        raise UsageError(f"Spark did not start; it needs Java 17 or newer (docs/scale.md): {_line(error)}") from error


@contextmanager
def _reported() -> Iterator[None]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise MachineryError(f"the engine could not answer: {_line(error)}") from error


def _line(error: Exception) -> str:
    """What went wrong, without where; Java's exceptions say it in their second line."""
    lines = [line.strip(": ") for line in str(error).splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith("An error occurred while calling")), "")[:200]
