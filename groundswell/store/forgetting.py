"""What is let go of: what was taken back, whenever it is known; what belongs to no title, and the words of posts, after a while.

Days are written again without it and their older files removed at once, so that nothing is left in a file, a log or a statistic.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from deltalake import write_deltalake
from pyarrow.parquet import ParquetFile

from groundswell.core.events import STORED_EVENTS
from groundswell.store import delta
from groundswell.store.duckdb import DuckEngine
from groundswell.store.event_tables import IN_GROUPS, SCHEMAS, register_raw, vacuum
from groundswell.store.files import write_whole

PENDING = timedelta(hours=36)
"""How long `prune` leaves what is of no known post: a like may come before its post, a title from the post answered."""
TEXT = timedelta(days=14)
"""How long `prune` leaves the words of posts."""

ROOM: dict[str, Any] = {"memory": "200MB", "threads": 1}
"""What the engine that forgets may take: a load that ends with forgetting has most of its memory still."""
_IN_LITTLE_ROOM: dict[str, Any] = {
    "writer_properties": IN_GROUPS,
    "target_file_size": 32_000_000,
}
"""A file is made in memory before it is written."""
_REMOVED = "SELECT DISTINCT platform, actor FROM raw_events WHERE kind = 'account' AND operation = 'delete'"
_GONE = "SELECT DISTINCT platform, kind, key FROM raw_events WHERE operation = 'delete' AND kind = 'post'"  # of words
_ANEW = """
SELECT platform, actor, max(seen_at) AS anew FROM (
  SELECT platform, actor, min(seen_at) AS seen_at FROM raw_events WHERE kind = 'sync' GROUP BY platform, actor, key
) GROUP BY platform, actor
"""
_WORDS = """
SELECT e.* EXCLUDE (loaded_at)
       REPLACE (CASE WHEN {wordless} THEN NULL ELSE text END AS text,
                CASE WHEN {wordless} AND tags IS NOT NULL THEN [] ELSE tags END AS tags)
FROM (SELECT r.*, loaded_at FROM that_day r LEFT JOIN event_loads USING (load_id)) e
{joins}
WHERE {kept}
"""
_OF_REMOVED = "LEFT JOIN (SELECT *, true AS removed FROM removed) USING (platform, actor)"
# Narrow, and of the day alone: then the day's rows pass by one after the other, and those of one kind stay together.
_OF_GONE = """
LEFT JOIN (SELECT platform, kind, key, true AS gone FROM gone_words WHERE day = DATE '{day}') USING (platform, kind, key)"""
_OF_ANEW = "LEFT JOIN anew USING (platform, actor)"
_STANDING = "(removed IS NULL OR kind = 'account')"
_GONE_WORDS = """
SELECT DISTINCT CAST(seen_at AS DATE) AS day, platform, kind, key
FROM raw_events SEMI JOIN gone USING (platform, kind, key) WHERE text IS NOT NULL
"""
_TO_FORGET = """
SELECT CAST(seen_at AS DATE) AS day FROM raw_events SEMI JOIN removed USING (platform, actor) WHERE kind <> 'account'
UNION
SELECT day FROM gone_words
UNION
SELECT CAST(seen_at AS DATE) AS day FROM raw_events JOIN anew USING (platform, actor) WHERE seen_at < anew AND text IS NOT NULL
ORDER BY day
"""
_LINKS_HELD = """
SELECT l.* FROM raw_links l
SEMI JOIN (SELECT platform, key FROM raw_events ANTI JOIN removed USING (platform, actor) WHERE kind = 'post') e
  ON e.platform = l.platform AND e.key = l.post
"""
# What an old row must belong to in order to stay: a linked post, an act on one, or whatever takes one of these back.
_WANTED = """
WITH acts AS (
  SELECT e.platform, e.kind, e.key, e.actor
  FROM raw_events e SEMI JOIN links l ON l.platform = e.platform AND l.post = coalesce(e.object, e.key)
  WHERE e.operation <> 'delete' AND e.kind <> 'account'
  UNION
  SELECT platform, kind, key, actor FROM raw_events LEFT JOIN event_loads USING (load_id)
  WHERE loaded_at IS NULL OR loaded_at >= {pending} OR (kind = 'account' AND loaded_at >= {text})
)
SELECT platform, kind, key, actor FROM acts
UNION
SELECT a.platform, a.kind, a.key, a.actor FROM raw_events a
WHERE a.kind IN ('account', 'sync') AND ((a.platform, a.actor) IN (SELECT (platform, actor) FROM acts) OR a.operation = 'delete')
"""


def is_free(folder: Path) -> bool:
    """Whether no event came since all that was taken back was removed."""
    path = folder / "free.json"
    return path.exists() and json.loads(path.read_bytes()) == delta.version(folder / "events")


def take_out(engine: DuckEngine, folder: Path) -> None:
    """Remove all rows of removed accounts but the removal itself, and the words of posts taken back, for good.

    Makes `removed`, `gone` and `anew`: accounts, posts, and since when accounts began anew.
    """
    register_raw(engine, folder)
    engine.step("removed", _REMOVED)
    engine.step("gone", _GONE)
    engine.step("gone_words", _GONE_WORDS)
    engine.step("anew", _ANEW)
    days = engine.query(_TO_FORGET)["day"].to_pylist()
    if days:  # links first: whatever ends in between, the days are still there to be found
        links = engine.query(_LINKS_HELD)
        write_deltalake(delta.table(folder / "links"), links.cast(SCHEMAS["links"]), mode="overwrite")
    wordless = "coalesce(gone OR seen_at < anew, gone, seen_at < anew, false)"
    sql = _WORDS.format(wordless=wordless, joins=f"{_OF_REMOVED} {_OF_GONE} {_OF_ANEW}", kept=_STANDING)
    _rewrite(engine, folder, days, sql)
    for name in ("links", "events"):  # also after one that ended before it came to this
        vacuum(delta.table(folder / name))
    if days:
        register_raw(engine, folder)
    _mark_free(folder)


def holds_old(folder: Path, now: datetime) -> bool:
    """Whether anything was taken in longer than `PENDING` ago."""
    loads = delta.rows(folder / "loads")
    taken_in = [ParquetFile(file).read(["loaded_at"])["loaded_at"] for file in loads] if isinstance(loads, list) else []
    return any(pc.min(at).as_py() < now - PENDING for at in taken_in)


def let_go(engine: DuckEngine, folder: Path, now: datetime) -> None:
    """Remove what was taken in longer than `PENDING` ago and is of no linked post, and words after `TEXT`.

    Of a store in which nothing stands that was taken back.
    """
    register_raw(engine, folder)
    engine.step("links", "FROM raw_links")
    pending, text = (f"TIMESTAMPTZ '{(now - ago).isoformat()}'" for ago in (PENDING, TEXT))
    engine.step("wanted", _WANTED.format(pending=pending, text=text))
    joins = "LEFT JOIN (SELECT *, true AS wanted FROM wanted) USING (platform, kind, key, actor)"
    wordless = f"loaded_at < {text}"
    days = engine.query(
        "SELECT DISTINCT CAST(seen_at AS DATE) AS day FROM raw_events JOIN event_loads USING (load_id) "
        f"{joins} WHERE wanted IS NULL OR ({wordless} AND text IS NOT NULL) ORDER BY day"
    )["day"].to_pylist()
    _rewrite(engine, folder, days, _WORDS.format(wordless=wordless, joins=joins, kept="wanted"))
    if days:
        vacuum(delta.table(folder / "events"))
    _mark_free(folder)


def _mark_free(folder: Path) -> None:
    write_whole(folder / "free.json", json.dumps(delta.version(folder / "events")).encode())


def _rewrite(engine: DuckEngine, folder: Path, days: list[date], sql: str) -> None:
    """The events of these days as `sql` makes them of `that_day`, the `{day}`."""
    columns = ", ".join(name for name in STORED_EVENTS.names if name != "day")
    for day in days:
        table = delta.table(folder / "events")
        files = [path for path in delta.rows(folder / "events") if f"/day={day}/" in path]
        engine.register("that_day", files)
        rows = engine.reader(f"SELECT {columns}, DATE '{day}' AS day FROM ({sql.format(day=day)})")
        write_deltalake(table, rows, mode="overwrite", predicate=f"day = '{day}'", **_IN_LITTLE_ROOM)
