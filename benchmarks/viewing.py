"""Simulated viewing sessions from a producer's files to the Top 10 of every territory, as `load` and `reduce viewing` do it."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.data import shared_folder
from groundswell.catalog.territory import code_of
from groundswell.charts.viewing import rank
from groundswell.cli.viewing import count_here, reduce_viewing
from groundswell.cli.work import load_file, store_of
from groundswell.core.viewed import encode
from groundswell.feeds.catalogue import Catalogue
from groundswell.feeds.sessions import Sessions
from groundswell.measures.netflix import method_on
from groundswell.measures.viewing import VIEWING, titles_of, weeks_between
from groundswell.newsroom.desk import open_desk
from groundswell.store import DuckEngine
from groundswell.store.viewing import Viewing

_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_ORIGIN = 'producer = "Simulated"\ntitle = "Sessions"\nlicence = "none"\nstatus = "simulated"\n'
_SESSIONS = Sessions({role: role for role in ("profile", "title", "territory", "start", "duration", "stream")})
_CATALOGUE = Catalogue(
    {role: role for role in ("title", "kind", "language", "available_from", "minutes", "live_from", "live_to")}
)
_FILE = """
COPY (SELECT profile_id AS profile, 'The Title of Number ' || title_id AS title, territory, start_s AS start, dur_s AS duration,
             CASE WHEN title_id < 5 THEN 'live' ELSE 'on_demand' END AS stream
      FROM read_parquet('{made}') JOIN territories USING (country)) TO '{file}' (COMPRESSION zstd)
"""
_TITLES = """
COPY (SELECT 'The Title of Number ' || title_id AS title, CASE WHEN title_id % 3 = 0 THEN 'films' ELSE 'tv' END AS kind,
             CASE WHEN title_id % 2 = 0 THEN 'english' ELSE 'non_english' END AS language, '2025-12-01' AS available_from,
             runtime_s // 60 AS minutes,
             strftime(make_timestamp(nullif(live_start_s, 0) * 1000000), '%Y-%m-%dT%H:%M:%SZ') AS live_from,
             strftime(make_timestamp(nullif(live_start_s, 0) * 1000000 + 10800000000), '%Y-%m-%dT%H:%M:%SZ') AS live_to
      FROM read_parquet('{made}') ORDER BY title_id) TO '{file}' (HEADER)
"""
_COUNTS = ("seconds", "live_seconds", "viewers", "viewers_2_minutes", "viewers_70", "viewers_90")
_CHECKED = f"""
SELECT count(*), sum(hash(title, territory, {", ".join(f"{name}::BIGINT" for name in _COUNTS)})::HUGEINT),
       sum(seconds), sum(viewers)
FROM cells JOIN titles USING (title_no)
"""
Lists = list[tuple[str, str, str, int, str]]
"""First day, list, territory, rank and title."""


@dataclass(frozen=True)
class Inputs:
    """A producer's files: sessions by day, and a catalogue; a desk that holds them, and a reduced one that lacks the last day."""

    files: Path
    desk: Path
    without_last: Path


def inputs(sessions: str, within: str, days: str = "28") -> Inputs:
    """Written into `within` by the generator of the shared folder, which needs numpy, and loaded."""
    folder = Path(within)
    made, files = folder / "made", folder / "files"
    files.mkdir(parents=True)
    script = shared_folder() / "bench" / "generate_viewing_sessions.py"
    asked = ["--sessions", sessions, "--days", days]
    subprocess.run([sys.executable, script, made, *asked], check=True, stdout=subprocess.DEVNULL)
    codes = [code for code in (chr(65 + n // 26) + chr(65 + n % 26) for n in range(26 * 26)) if code_of(code) == code]
    countries = [chr(65 + n // 26) + chr(65 + n % 26) for n in range(95)]
    with duckdb.connect() as connection:
        pairs = pa.table({"country": countries, "territory": codes[: len(countries)]})
        connection.register("territories", pairs)
        for day in sorted(made.glob("sessions-*.parquet")):
            connection.execute(_FILE.format(made=day, file=files / day.name))
            day.unlink()
        connection.execute(_TITLES.format(made=made / "titles.parquet", file=files / "catalogue.csv"))
    desk, without_last = folder / "desk", folder / "without-last"
    desk.mkdir()
    (desk / "desk.toml").write_text('format = 1\nname = "Simulated"\n')
    for path in files.iterdir():
        path.with_name(f"{path.name}.origin.toml").write_text(_ORIGIN)
    *before, last = sorted(files.glob("*.parquet"))
    load(str(desk), str(files / "catalogue.csv"), *map(str, before))
    _linked(desk, without_last)
    load(str(desk), str(last))
    _ = list(reduce_viewing(open_desk(without_last), _NOW))
    return Inputs(files, desk, without_last)


def load(desk: str, *files: str) -> dict[str, int]:
    """Read, judged, made distinct and kept by day."""
    opened = open_desk(Path(desk))
    kept = 0
    for file in files:
        feed = _CATALOGUE if file.endswith(".csv") else _SESSIONS
        kept += load_file(opened, feed, Path(file), None, lambda _: None).rows_kept
    return {"rows": kept}


def reduce(desk: str) -> Callable[[], dict[str, str]]:
    """Every week of all sessions, to the files of its lists."""
    viewing = Viewing(store_of(open_desk(Path(desk))))
    catalogue, _ = viewing.catalogue()
    everything = viewing.held()
    cells, lists = [], []
    for week in weeks_between(everything.days, UTC):
        held = everything.between(*week.days)
        titles = titles_of(catalogue, week)
        found, seconds, _ = count_here(viewing, held, week, titles)
        method = method_on(VIEWING, week.period.last)
        assert method is not None
        with DuckEngine() as engine:
            engine.register("cells", found)
            engine.register("week_titles", titles)
            ranked = rank(engine, week, method, zone="UTC", inputs="", days_missing=0, seconds=seconds)
        encode(ranked)
        cells.append((week.period.first.isoformat(), found, titles.select(["title_no", "title"])))
        lists += [
            (week.period.first.isoformat(), of.chart.removeprefix("viewing."), of.territory, place, one.title)
            for of in ranked.lists
            for place, one in enumerate(of.entries, 1)
        ]
    return lambda: checked(cells, lists)


def day(without_last: str, file: str, fresh: str) -> dict[str, int]:
    """The last day comes in, and the weeks it lies in are counted again; no other is."""
    desk = Path(fresh) / "desk"
    shutil.rmtree(fresh, ignore_errors=True)
    _linked(Path(without_last), desk)
    load(str(desk), file)
    return {"weeks": len(list(reduce_viewing(open_desk(desk), _NOW)))}


def checked(cells: list[tuple[str, pa.Table, pa.Table]], lists: Lists) -> dict[str, str]:
    """Check sums over every cell, hours and distinct viewers in it, and over every place of every list."""
    sums = {}
    with duckdb.connect() as connection:
        for week, found, titles in cells:
            connection.register("cells", found)
            connection.register("titles", titles)
            rows, total, seconds, viewers = connection.execute(_CHECKED).fetchall()[0]
            sums[week] = f"{rows} cells, {seconds} seconds, {viewers} viewers, {int(total or 0):x}"
    digest = hashlib.sha256(repr(sorted(lists)).encode()).hexdigest()[:16]
    return {**sums, "lists": f"{len(lists)} places, {digest}"}


def _linked(held: Path, other: Path) -> None:
    """A desk of the same files, which none of the two ever writes to again."""
    shutil.copytree(held, other, copy_function=os.link)
