"""The same two jobs as one would write them by hand: DuckDB, calamine and Delta Lake, and no check more than being right takes.

It shares nothing with the package. Where the package keeps a bad row as a finding, this stops; where it lets a gap make a
column unknown, this stops too.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from python_calamine import CalamineWorkbook

_TYPES = {
    "country_name": "VARCHAR",
    "country_iso2": "VARCHAR",
    "week": "DATE",
    "category": "VARCHAR",
    "weekly_rank": "BIGINT",
    "show_title": "VARCHAR",
    "season_title": "VARCHAR",
    "weekly_hours_viewed": "DECIMAL(38, 9)",
    "runtime": "DECIMAL(38, 9)",
    "weekly_views": "DECIMAL(38, 9)",
    "cumulative_weeks_in_top_10": "BIGINT",
}
_CHARTS = {
    "Films (English)": "netflix.global.films_english",
    "Films (Non-English)": "netflix.global.films_non_english",
    "TV (English)": "netflix.global.tv_english",
    "TV (Non-English)": "netflix.global.tv_non_english",
    "Films": "netflix.country.films",
    "TV": "netflix.country.tv",
}
_MEASURES = {"weekly_hours_viewed": ("hours_viewed", "hours"), "weekly_views": ("views", "views"), "runtime": ("runtime", "hours")}
_ENTRIES = """
CREATE TEMP TABLE entries AS
SELECT '{load_id}' AS load_id, '{snapshot_id}' AS snapshot_id, chart, {territory} AS territory,
       CAST(week - 6 AS DATE) AS first_day, week AS last_day, weekly_rank AS rank, trim(show_title) AS title,
       CASE WHEN season_title = 'N/A' THEN '' ELSE trim(coalesce(season_title, '')) END AS season,
       cumulative_weeks_in_top_10 AS weeks_printed, 1 + row_number() OVER () AS line{figures}
FROM file LEFT JOIN charts USING (category)
"""
_WRONG = """
SELECT count(*) FROM entries
WHERE chart IS NULL OR length(territory) IS DISTINCT FROM 2 OR last_day IS NULL OR isodow(last_day) <> 7 OR title IS NULL
   OR title = '' OR rank IS NULL OR rank NOT BETWEEN 1 AND 10 OR weeks_printed IS NULL OR weeks_printed < 1
"""
_ISSUES = """
CREATE TEMP TABLE issues AS
SELECT load_id, snapshot_id, chart, territory, 'mon-sun' AS calendar, first_day, last_day, NULL::DATE AS published_on,
       count(*) AS depth, CASE WHEN count(*) = 10 THEN '*' ELSE '' END AS complete_for, count(DISTINCT rank) AS ranks
FROM entries GROUP BY ALL
"""
_OBSERVATIONS = """
SELECT load_id, snapshot_id, '{measure}' AS measure, '{unit}' AS unit, chart, territory, first_day, last_day, title, season,
       {column} AS value, line
FROM entries WHERE {column} IS NOT NULL
"""


def load(path: str, folder: str) -> Path:
    """One of Netflix's files to Delta tables `entries`, `observations`, `issues` and `loads`; the bytes are kept beside them."""
    raw = Path(path).read_bytes()
    sha = hashlib.sha256(raw).hexdigest()
    tables = Path(folder) / "tables"
    evidence = Path(folder) / "snapshots" / sha
    evidence.parent.mkdir(parents=True)
    evidence.write_bytes(raw)

    connection = duckdb.connect()
    header = _read_workbook(connection, path) if path.endswith(".xlsx") else _read_text(connection, path)
    charts = pa.table({"category": list(_CHARTS), "chart": list(_CHARTS.values())})
    connection.register("charts", charts)
    figures = [name for name in _MEASURES if name in header]
    connection.execute(
        _ENTRIES.format(
            load_id=sha[:32],
            snapshot_id=f"sha256:{sha}",
            territory="country_iso2" if "country_iso2" in header else "'WW'",
            figures="".join(f", {name}" for name in figures),
        )
    )
    if _count(connection, _WRONG):
        raise ValueError("rows that are not of this file's form")
    connection.execute(_ISSUES)
    if _count(connection, "SELECT count(*) FROM issues WHERE ranks <> depth"):
        raise ValueError("a rank stands twice in its list")

    rows = _count(connection, "SELECT count(*) FROM entries")
    loaded = {"load_id": sha[:32], "snapshot_id": f"sha256:{sha}", "loaded_at": datetime.now(UTC), "rows": rows}
    for name, sql in (
        ("entries", f"SELECT * EXCLUDE ({', '.join(figures)}) FROM entries" if figures else "FROM entries"),
        (
            "observations",
            " UNION ALL ".join(
                _OBSERVATIONS.format(column=column, measure=_MEASURES[column][0], unit=_MEASURES[column][1])
                for column in figures
            ),
        ),
        ("issues", "SELECT * EXCLUDE (ranks) FROM issues"),
    ):
        if sql:
            write_deltalake(tables / name, connection.sql(sql).to_arrow_table(), mode="append")
    write_deltalake(tables / "loads", pa.Table.from_pylist([loaded]), mode="append")
    return tables
