"""The same two jobs as one would write them by hand: DuckDB, calamine and Delta Lake, no check more than being right takes.

Shares nothing with the package. Where the package keeps a bad row as a finding this stops: it is written for files that are
right.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
_FIGURES = {
    "weekly_hours_viewed": ("hours_viewed", "hours"),
    "weekly_views": ("views", "views"),
    "runtime": ("runtime", "hours"),
}
_ENTRIES = """
CREATE TEMP TABLE entries AS
SELECT $load_id AS load_id, $snapshot_id AS snapshot_id, chart, {territory} AS territory, CAST(week - 6 AS DATE) AS first_day,
       week AS last_day, weekly_rank AS rank, trim(show_title) AS title,
       CASE WHEN season_title IS NULL OR season_title = 'N/A' THEN '' ELSE trim(season_title) END AS season,
       cumulative_weeks_in_top_10 AS weeks_printed, line
FROM file LEFT JOIN charts USING (category)
"""
_WRONG = """
SELECT count(*) FROM entries
WHERE chart IS NULL OR last_day IS NULL OR isodow(last_day) <> 7 OR territory IS NULL OR length(territory) <> 2
   OR title IS NULL OR title = '' OR rank IS NULL OR rank NOT BETWEEN 1 AND 10 OR weeks_printed IS NULL OR weeks_printed < 1
"""
_ISSUES = """
SELECT load_id, snapshot_id, chart, territory, 'mon-sun' AS calendar, first_day, last_day, NULL::DATE AS published_on,
       count(*) AS depth, CASE WHEN count(*) = 10 THEN '*' ELSE '' END AS complete_for
FROM entries GROUP BY ALL
"""
_TWICE = "SELECT count(*) - count(DISTINCT (chart, territory, last_day, rank)) FROM entries"
_OBSERVATIONS = """
SELECT load_id, snapshot_id, '{measure}' AS measure, '{unit}' AS unit, chart, territory, first_day, last_day, title, season,
       {column} AS value, line
FROM entries JOIN file USING (line) WHERE {column} IS NOT NULL
"""


def load(path: str, folder: str) -> Path:
    """One of Netflix's files to Delta tables `entries`, `observations`, `issues`, `loads`; its bytes are kept beside them."""
    raw = Path(path).read_bytes()
    sha = hashlib.sha256(raw).hexdigest()
    evidence = Path(folder) / "snapshots" / sha
    evidence.parent.mkdir(parents=True)
    evidence.write_bytes(raw)

    connection = duckdb.connect()
    header = _read_workbook(connection, path) if path.endswith(".xlsx") else _read_text(connection, path)
    connection.register("charts", pa.table({"category": list(_CHARTS), "chart": list(_CHARTS.values())}))
    territory = "country_iso2" if "country_iso2" in header else "'WW'"
    ids = {"load_id": sha[:32], "snapshot_id": f"sha256:{sha}"}
    connection.execute(_ENTRIES.format(territory=territory), ids)
    if _number(connection, _WRONG):
        raise ValueError("a row is not of this file's form")
    if _number(connection, _TWICE):
        raise ValueError("a rank stands twice in its list")

    tables = Path(folder) / "tables"
    observations = [
        _OBSERVATIONS.format(column=column, measure=measure, unit=unit)
        for column, (measure, unit) in _FIGURES.items()
        if column in header
    ]
    for name, sql in (
        ("entries", "FROM entries"),
        ("observations", " UNION ALL ".join(observations)),
        ("issues", _ISSUES),
    ):
        if sql:
            write_deltalake(tables / name, connection.sql(sql).to_arrow_table(), mode="append")
    rows = _number(connection, "SELECT count(*) FROM entries")
    loaded = {**ids, "loaded_at": datetime.now(UTC), "rows": rows}
    write_deltalake(tables / "loads", pa.Table.from_pylist([loaded]), mode="append")
    return tables


def _read_workbook(connection: duckdb.DuckDBPyConnection, path: str) -> list[str]:
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    cells = pa.table({str(name): [row[at] for row in rows] for at, name in enumerate(header)})
    connection.register("cells", cells)
    columns = ", ".join(f"CAST({name} AS {_TYPES[str(name)]}) AS {name}" for name in header)
    connection.execute(f"CREATE TEMP TABLE file AS SELECT {columns}, 1 + row_number() OVER () AS line FROM cells")
    return list(map(str, header))


def _read_text(connection: duckdb.DuckDBPyConnection, path: str) -> list[str]:
    with Path(path).open(encoding="utf-8") as file:
        header = file.readline().rstrip("\r\n").split("\t")
    columns = ", ".join(f"'{name}': '{_TYPES[name]}'" for name in header)
    connection.execute(
        "CREATE TEMP TABLE file AS SELECT *, 1 + row_number() OVER () AS line "
        f"FROM read_csv(?, delim='\t', quote='', escape='', header=true, auto_detect=false, columns={{{columns}}})",
        [path],
    )
    return header


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(connection.execute(sql).fetchall()[0][0])


_LATEST = """
CREATE TEMP TABLE latest AS
SELECT chart, territory, last_day, (last_day - DATE '2021-07-04') // 7 + 1 AS issue_no,
       max_by(load_id, (known_from, loaded_at)) AS load_id,
       max_by(complete_for, (known_from, loaded_at)) = '*' AS whole
FROM issues JOIN loads USING (load_id) GROUP BY ALL
"""
_LISTED = """
CREATE TEMP TABLE listed AS
WITH works AS (
  SELECT e.*, issue_no, coalesce(h.work, '') AS work,
         CASE WHEN chart LIKE '%.films%' THEN 'film' ELSE 'season' END AS kind
  FROM entries e
  JOIN latest USING (load_id, chart, territory, last_day)
  LEFT JOIN (
    SELECT e.load_id, e.chart, e.line, max_by(h.work, h.weight) AS work
    FROM entries e JOIN homonyms h USING (chart, title, season)
    WHERE (h.territory IS NULL OR h.territory = e.territory) AND (h.rank IS NULL OR h.rank = e.rank)
      AND (h.valid_from IS NULL OR h.valid_from <= e.last_day) AND (h.valid_to IS NULL OR h.valid_to >= e.last_day)
    GROUP BY ALL
  ) h USING (load_id, chart, line)
)
SELECT chart, territory, issue_no, first_day, last_day, rank, title, season, work, kind, weeks_printed, line, load_id
FROM works
UNION ALL
SELECT 'netflix.global.overall', e.territory, issue_no, e.first_day, e.last_day,
       rank() OVER (PARTITION BY e.last_day ORDER BY value DESC) AS place,
       e.title, e.season, work, kind, NULL, line, e.load_id
FROM works e JOIN observations o USING (load_id, chart, line)
JOIN (
  SELECT last_day FROM latest WHERE chart LIKE 'netflix.global.%' AND whole GROUP BY last_day HAVING count(*) = 4
) w ON w.last_day = e.last_day
WHERE chart LIKE 'netflix.global.%'
  AND measure = CASE WHEN e.last_day < DATE '2023-06-18' THEN 'hours_viewed' ELSE 'views' END
QUALIFY place <= 10
"""
_GAPS = """
CREATE TEMP TABLE gaps AS
SELECT chart, territory, unnest(range(since, until)) AS issue_no
FROM (SELECT chart, territory, min(issue_no) AS since, max(issue_no) AS until FROM listed GROUP BY ALL)
EXCEPT (
  SELECT chart, territory, issue_no FROM latest WHERE whole
  UNION SELECT chart, territory, issue_no FROM listed WHERE chart = 'netflix.global.overall'
)
"""
_PLACED = """
CREATE TEMP TABLE places AS
WITH numbered AS (
  SELECT *, row_number() OVER () AS no FROM (SELECT DISTINCT chart, territory, kind, title, season, work FROM listed)
), seen AS (
  SELECT *, row_number() OVER past AS weeks_on_chart, lag(issue_no) OVER past AS last_no, lag(rank) OVER past AS last_rank,
         min(rank) OVER (PARTITION BY no ORDER BY issue_no ROWS UNBOUNDED PRECEDING) AS peak
  FROM (
    SELECT l.rowid AS id, no, l.issue_no, rank, g.first_gap < l.issue_no AS earlier_gap,
           before.issue_no IS NOT NULL AS gap_before
    FROM listed l
    JOIN numbered USING (chart, territory, kind, title, season, work)
    LEFT JOIN (SELECT chart, territory, min(issue_no) AS first_gap FROM gaps GROUP BY ALL) g USING (chart, territory)
    LEFT JOIN gaps before
      ON before.chart = l.chart AND before.territory = l.territory AND before.issue_no = l.issue_no - 1
  ) WINDOW past AS (PARTITION BY no ORDER BY issue_no)
)
SELECT id, CASE WHEN last_no = issue_no - 1 THEN last_rank END AS previous_rank,
       CASE WHEN last_no = issue_no - 1 THEN last_rank END - rank AS change, peak, weeks_on_chart,
       issue_no + 1 - max(CASE WHEN last_no = issue_no - 1 THEN NULL ELSE issue_no END) OVER past AS streak,
       issue_no - max(CASE WHEN rank > 1 THEN issue_no WHEN last_no = issue_no - 1 THEN NULL ELSE issue_no - 1 END) OVER past
         AS streak_at_top,
       CASE WHEN weeks_on_chart > 1 THEN false WHEN earlier_gap THEN NULL ELSE true END AS debut,
       CASE WHEN last_no = issue_no - 1 THEN false
            WHEN weeks_on_chart > 1 THEN CASE WHEN gap_before THEN NULL ELSE true END
            WHEN earlier_gap THEN NULL ELSE false END AS re_entry
FROM seen WINDOW past AS (PARTITION BY no ORDER BY issue_no ROWS UNBOUNDED PRECEDING);
CREATE TEMP TABLE placed AS SELECT l.*, p.* EXCLUDE (id) FROM listed l JOIN places p ON p.id = l.rowid
"""


def columns(tables: str, homonyms: str) -> Callable[[str], list[Any]]:
    """Every column of every entry, and of the four global lists ranked together: the table `placed`, ready to be asked.

    Each list is the one of the edition known last. Works are told apart by their names as printed, and by `work` of the
    Parquet file `homonyms` where one name means several.
    """
    connection = duckdb.connect()
    for name in ("entries", "observations", "issues", "loads"):
        connection.read_parquet(DeltaTable(f"{tables}/{name}").file_uris()).create_view(name)
    connection.read_parquet(homonyms).create_view("homonyms")
    connection.execute(_LATEST)
    connection.execute(_LISTED)
    connection.execute(_GAPS)
    connection.execute(_PLACED)
    return lambda sql: connection.sql(sql).fetchall()
