"""The same as one would write it by hand: DuckDB, week by week; and Polars, pandas, and the bare scan beside it.

Shares nothing with the package. Reads one producer's files, of which no row is wrong. `distinct` is where sessions that were
delivered twice are dropped: needed over the producer's files, not over files that hold each once.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

_FIRST, _WEEKS = date(2026, 1, 5), 5
_FLOOR = 50
_TITLES = """
SELECT CAST(row_number() OVER (ORDER BY title) AS INTEGER) AS title_no, title, kind, language, minutes * 60 AS runtime,
       CASE WHEN live_from < TIMESTAMP '{ends}' THEN 10800 ELSE minutes * 60 END AS live_runtime
FROM read_csv('{catalogue}')
"""
_SOURCE = """
SELECT profile, title, territory, start, start + duration AS until, stream FROM read_parquet({files})
WHERE duration BETWEEN 0 AND 86400
"""
_STORED = """
SELECT profile, title, territory, CAST(epoch(started_at) AS BIGINT) AS start, CAST(epoch(ended_at) AS BIGINT) AS until, stream
FROM read_parquet({files}, hive_partitioning = false)
"""
_VIEWERS = """
SELECT title_no, territory, profile, sum(seconds) AS seconds, sum(CASE WHEN stream = 'live' THEN seconds ELSE 0 END) AS live_seconds
FROM (
  SELECT title_no, territory, profile, stream, least(until, {ends}) - greatest(start, {begins}) AS seconds
  FROM ({distinct} FROM ({source})) JOIN titles USING (title) WHERE until > {begins} AND start < {ends} AND until > start
) GROUP BY ALL
"""
_EVERYWHERE = """
SELECT title_no, profile, sum(seconds) AS seconds, sum(live_seconds) AS live_seconds FROM viewers GROUP BY ALL
"""
_CELLS = """
SELECT title_no, {place} AS territory, sum(seconds) AS seconds, sum(live_seconds) AS live_seconds, count(*) AS viewers,
       count(*) FILTER (seconds >= 120) AS viewers_2_minutes, count(*) FILTER (seconds * 10 >= runtime * 7) AS viewers_70,
       count(*) FILTER (seconds * 10 >= runtime * 9) AS viewers_90
FROM {viewers} JOIN titles USING (title_no) GROUP BY ALL
"""
_LISTS = """
SELECT list, territory, place, title FROM (
  SELECT *, row_number() OVER (
           PARTITION BY list, territory ORDER BY views DESC, seconds DESC, viewers_2_minutes DESC, title
         ) AS place
  FROM (
    SELECT CASE WHEN territory = 'WW' THEN concat('global.', kind, '_', language) ELSE concat('country.', kind) END AS list,
           territory, title, seconds, viewers_2_minutes,
           (seconds - live_seconds) / runtime + live_seconds / live_runtime AS views
    FROM cells JOIN titles USING (title_no) WHERE viewers_2_minutes >= {floor}
  )
) WHERE place <= 10
"""


def reduce(files: str, stored: str = "") -> Callable[[], dict[str, str]]:
    """Every week over the producer's files, or over the distinct ones of a store."""
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    connection.execute("SET TimeZone = 'UTC'")
    days = _days(files, stored)
    cells: list[tuple[str, Any, Any]] = []
    lists: list[tuple[str, str, str, int, str]] = []
    for number in range(_WEEKS):
        first = _FIRST + timedelta(weeks=number)
        ends = first + timedelta(weeks=1)
        of_week = _of_week(days, first)
        if not of_week:
            continue
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE titles AS {_TITLES.format(catalogue=f'{files}/catalogue.csv', ends=ends)}"
        )
        sql = _VIEWERS.format(
            source=(_STORED if stored else _SOURCE).format(files=of_week),
            distinct="SELECT *" if stored else "SELECT DISTINCT *",
            begins=_second(first),
            ends=_second(ends),
        )
        connection.execute(f"CREATE OR REPLACE TEMP TABLE viewers AS {sql}")
        by_place = _CELLS.format(place="territory", viewers="viewers")
        worldwide = _CELLS.format(place="'WW'", viewers=f"({_EVERYWHERE})")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE cells AS {by_place} UNION ALL {worldwide}")
        rows = connection.execute(_LISTS.format(floor=_FLOOR)).fetchall()
        lists += [(str(first), *row) for row in rows]
        found = connection.sql("FROM cells").to_arrow_table()
        cells.append((str(first), found, connection.sql("SELECT title_no, title FROM titles").to_arrow_table()))

    def checked() -> dict[str, str]:
        from benchmarks.viewing import checked

        return checked(cells, lists)

    return checked


def load(files: str, into: str) -> dict[str, int]:
    """Every day made distinct and written again, in the order of what was watched where."""
    kept = 0
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    for day, file in sorted(_days(files, "").items()):
        connection.execute(
            f"COPY (SELECT DISTINCT * FROM read_parquet('{file}') ORDER BY title, territory, profile) TO '{into}/{day}.parquet' "
            "(COMPRESSION zstd)"
        )
        kept += connection.execute(f"SELECT count(*) FROM read_parquet('{into}/{day}.parquet')").fetchall()[0][0]
    return {"rows": kept}


def scan(files: str) -> dict[str, int]:
    """Every column of every row read, and nothing done with it."""
    rows = duckdb.connect().execute(
        f"SELECT count(*), sum(hash(profile)) + sum(hash(title)) + sum(hash(territory)) + sum(start) + sum(duration) "
        f"+ sum(hash(stream)) FROM read_parquet('{files}/sessions-*.parquet')"
    )
    return {"rows": rows.fetchall()[0][0]}


def polars(files: str) -> dict[str, int]:
    """Hours and exact viewers of two minutes by title and territory and worldwide, week by week; no lists."""
    import polars as pl

    days, viewers = _days(files, ""), 0
    for number in range(_WEEKS):
        first = _FIRST + timedelta(weeks=number)
        begins, ends = _second(first), _second(first + timedelta(weeks=1))
        of_week = _of_week(days, first)
        if not of_week:
            continue
        seconds = pl.min_horizontal(pl.col("until"), pl.lit(ends)) - pl.max_horizontal(pl.col("start"), pl.lit(begins))
        by_viewer = (
            pl.scan_parquet(of_week)
            .unique()
            .with_columns(until=pl.col("start") + pl.col("duration"))
            .filter((pl.col("until") > begins) & (pl.col("start") < ends))
            .with_columns(seconds=seconds)
            .group_by("title", "territory", "profile")
            .agg(pl.col("seconds").sum())
            .collect(engine="streaming")
        )
        everywhere = by_viewer.group_by("title", "profile").agg(pl.col("seconds").sum())
        counted = [
            pl.len().alias("viewers"),
            pl.col("seconds").sum(),
            (pl.col("seconds") >= 120).sum().alias("of_two_minutes"),
        ]
        by_place = by_viewer.group_by("title", "territory").agg(counted)
        viewers += by_place["viewers"].sum() + everywhere.group_by("title").agg(counted)["viewers"].sum()
    return {"viewers": viewers}


def pandas(files: str) -> dict[str, int]:
    """The same in pandas."""
    import pandas as pd

    days, viewers = _days(files, ""), 0
    for number in range(_WEEKS):
        first = _FIRST + timedelta(weeks=number)
        begins, ends = _second(first), _second(first + timedelta(weeks=1))
        of_week = _of_week(days, first)
        if not of_week:
            continue
        rows = pd.concat([pd.read_parquet(file) for file in of_week])
        for name in ("title", "territory", "stream"):
            rows[name] = rows[name].astype("category")
        rows = rows.drop_duplicates()
        until = rows.start + rows.duration
        rows["seconds"] = until.clip(upper=ends) - rows.start.clip(lower=begins)
        rows = rows[(until > begins) & (rows.start < ends)]
        by_viewer = rows.groupby(["title", "territory", "profile"], observed=True).seconds.sum().reset_index()
        everywhere = by_viewer.groupby(["title", "profile"], observed=True).seconds.sum().reset_index()
        for by, frame in ((["title", "territory"], by_viewer), (["title"], everywhere)):
            viewers += int(frame.groupby(by, observed=True).seconds.agg(["size", "sum"])["size"].sum())
    return {"viewers": viewers}


def _days(files: str, stored: str) -> dict[date, str]:
    """The file of each day."""
    if stored:
        kept = Path(stored).glob(".groundswell/viewing/sessions/day=*/*.parquet")
        return {date.fromisoformat(path.parent.name.removeprefix("day=")): str(path) for path in kept}
    found = sorted(Path(files).glob("sessions-*.parquet"))
    return {_FIRST + timedelta(days=number): str(path) for number, path in enumerate(found)}


def _of_week(days: dict[date, str], first: date) -> list[str]:
    """The files of a week and of the day before it."""
    return [days[day] for day in (first + timedelta(days=number) for number in range(-1, 7)) if day in days]


def _second(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400
