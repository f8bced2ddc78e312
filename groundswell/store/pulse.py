"""How what a watch writes comes in: its last batches, as they stand in `loads`, `tallies` and `gaps`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from groundswell.core.live import Cursor, Gap
from groundswell.store.duckdb import DuckEngine

OVER = timedelta(seconds=30)
"""What rates are taken over."""
_GAPS_OF = timedelta(hours=24)
_BATCHES = """
SELECT load_id, snapshot_id, loaded_at, evidence, may_show FROM loads
WHERE load_id LIKE ? AND (loaded_at > ? OR load_id = ?) ORDER BY load_id
"""
_LINES = """
SELECT coalesce(sum(lines), 0)::BIGINT AS events,
       coalesce(sum(lines) FILTER (kind = 'post' AND operation = 'create'), 0)::BIGINT AS posts
FROM tallies WHERE load_id > ? AND load_id <= ?
"""
_GAPS = """
SELECT DISTINCT since, until FROM gaps SEMI JOIN loads USING (load_id) WHERE until > ? ORDER BY until, since
"""


@dataclass(frozen=True)
class Pulse:
    """What a watch wrote last, and how much a second; `gaps` are those of the last 24 hours of the stream, oldest first."""

    written: datetime
    until: datetime
    server: str
    posts: float
    events: float
    gaps: tuple[Gap, ...]
    evidence: str
    may_show: str


def cursor_of(snapshot_id: str) -> Cursor:
    """The cursor a batch of a watch is known by."""
    server, seq, at = snapshot_id.removeprefix("stream:").rsplit(" ", 2)
    return Cursor(datetime.fromisoformat(at), server, int(seq) if seq != "-" else None)


def pulse(engine: DuckEngine, named: str, last: str, now: datetime) -> Pulse:
    """From `loads`, `tallies` and `gaps`, whatever else they hold; `named` begins the names of a watch's batches."""
    batches = engine.query(_BATCHES, [f"{named}-%", now - OVER, last]).to_pylist()
    first, latest = batches[0], batches[-1]
    cursor = cursor_of(latest["snapshot_id"])
    lines = engine.query(_LINES, [first["load_id"], latest["load_id"]]).to_pylist()[0]
    seconds = max(1.0, (now - first["loaded_at"]).total_seconds())
    gaps = engine.query(_GAPS, [cursor.at - _GAPS_OF]).to_pylist()
    return Pulse(
        written=latest["loaded_at"],
        until=cursor.at,
        server=cursor.server,
        posts=lines["posts"] / seconds,
        events=lines["events"] / seconds,
        gaps=tuple(Gap(row["since"], row["until"]) for row in gaps),
        evidence=latest["evidence"],
        may_show=latest["may_show"],
    )
