"""Batches of a watch brought together: those of one hour take the last one's name, so that `loads` does not grow by the second.

The last one stands in `loads` already, and the rows of the others go over to it table by table before theirs leave `loads`: at
every moment in between each row is of a batch that counts, and counts once.
"""

import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import write_deltalake

from groundswell.core.events import TALLIES
from groundswell.core.rows import LOAD_COLUMNS, LOADS, MOST_FINDINGS
from groundswell.store import delta
from groundswell.store.duckdb import DuckEngine

_RUN = "SELECT * FROM event_loads WHERE load_id BETWEEN ? AND ? ORDER BY load_id"
_DAYS = "SELECT min(CAST(hour AS DATE)) AS first, max(CAST(hour AS DATE)) AS last FROM raw_tallies WHERE load_id BETWEEN ? AND ?"
_TALLIES = """
SELECT platform, hour, kind, operation, CAST(sum(lines) AS BIGINT) AS lines, CAST(? AS VARCHAR) AS load_id
FROM raw_tallies WHERE load_id BETWEEN ? AND ? GROUP BY platform, hour, kind, operation
"""


def batch_id(number: int) -> str:
    """What a batch of a watch is called in every table; in the order of their numbers."""
    return f"watch-{number:012d}"


def bring_together(folder: Path, first: int, last: int, progress: Callable[[str], None] = lambda _: None) -> None:
    """Make the batches from `first` to `last`, all of which count, one for each hour in which they were taken in."""
    with DuckEngine() as engine:
        engine.register("event_loads", str(folder / "loads"))
        rows = engine.query(_RUN, [batch_id(first), batch_id(last)]).to_pylist()
        for _, hour in groupby(rows, lambda row: row["loaded_at"].replace(minute=0, second=0, microsecond=0)):
            run = list(hour)
            if len(run) > 1:
                _as_one(engine, folder, run, progress)


def _as_one(engine: DuckEngine, folder: Path, run: list[dict[str, Any]], progress: Callable[[str], None]) -> None:
    begin, end = run[0]["load_id"], run[-1]["load_id"]
    where = f"load_id >= '{begin}' AND load_id <= '{end}'"
    engine.register("raw_tallies", str(folder / "tallies"))
    (days,) = engine.query(_DAYS, [begin, end]).to_pylist()
    of_days = f"{where} AND day >= '{days['first']}' AND day <= '{days['last']}'"  # no other file need be read
    for name, those in (("events", of_days), ("links", where), ("gaps", where)):
        if name == "gaps" or days["first"] is not None:
            delta.table(folder / name).update(predicate=those, updates={"load_id": f"'{end}'"})
        progress(f"joined {name}")
    tallies = engine.query(_TALLIES, [end, begin, end]).cast(pa.schema([*TALLIES, LOAD_COLUMNS.field("load_id")]))
    write_deltalake(delta.table(folder / "tallies"), tallies, mode="overwrite", predicate=where)
    progress("joined tallies")
    findings = [finding for row in run for finding in json.loads(row["findings"])]
    one = {
        **run[-1],
        **{name: sum(row[name] for row in run) for name in ("rows_read", "rows_kept", "findings_count")},
        "findings": json.dumps(findings[:MOST_FINDINGS]),
    }
    row = pa.Table.from_pylist([one], schema=LOADS)
    write_deltalake(delta.table(folder / "loads"), row, mode="overwrite", predicate=where)
    progress("joined loads")
