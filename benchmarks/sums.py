"""Check sums over what either way made: equal when every row is, whatever their order. Taken off the clock."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from deltalake import DeltaTable

_ENTRY = (
    "chart::VARCHAR, territory::VARCHAR, first_day::DATE, last_day::DATE, title::VARCHAR, season::VARCHAR, line::BIGINT"
)
_TABLES = {
    "entries": f"{_ENTRY}, snapshot_id::VARCHAR, rank::BIGINT, weeks_printed::BIGINT",
    "observations": f"{_ENTRY}, snapshot_id::VARCHAR, measure::VARCHAR, unit::VARCHAR, value::DECIMAL(38, 9)",
    "issues": "chart::VARCHAR, territory::VARCHAR, calendar::VARCHAR, first_day::DATE, last_day::DATE, published_on::DATE, "
    "depth::BIGINT, complete_for::VARCHAR, snapshot_id::VARCHAR",
    "loads": "snapshot_id::VARCHAR",
}
_PLACED = (
    f"{_ENTRY}, load_id::VARCHAR, rank::BIGINT, previous_rank::BIGINT, change::BIGINT, peak::BIGINT, weeks_on_chart::BIGINT, "
    "streak::BIGINT, streak_at_top::BIGINT, debut::BOOLEAN, re_entry::BOOLEAN"
)


def _sum(columns: str, rows: str) -> str:
    return f"SELECT count(*), sum(hash({columns})::HUGEINT) FROM {rows}"


def _said(found: list[Any]) -> str:
    rows, total = found[0]
    return f"{rows} rows, {int(total or 0):x}"


def of_load(tables: Path) -> dict[str, str]:
    """Of the Delta tables of a load, and of the bytes kept as its evidence in `snapshots` beside or above them."""
    sums = {}
    for name, columns in _TABLES.items():
        path = str(tables / name)
        files = DeltaTable(path).file_uris() if DeltaTable.is_deltatable(path) else []
        with duckdb.connect() as connection:
            sums[name] = (
                _said(connection.execute(_sum(columns, "read_parquet(?)"), [files]).fetchall())
                if files
                else "0 rows, 0"
            )
    root = next(folder for folder in tables.parents if (folder / "snapshots").is_dir())
    kept = [path for path in (root / "snapshots").rglob("*") if path.is_file() and path.suffix != ".json"]
    sums["evidence"] = ", ".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in kept)
    return sums


def of_columns(ask: Callable[[str], list[Any]]) -> dict[str, str]:
    """Of every column of every entry in `placed`."""
    return {"placed": _said(ask(_sum(_PLACED, "placed")))}
