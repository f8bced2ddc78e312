"""The rows of the event tables that decide what is counted, found without reading the rest in full.

Both functions read the views `raw_…` and `event_loads` of the event tables. `linked` makes, materialised,

    links        which post names which subject, those of `found` among them
    events       every event of a linked post and of the acts on one, whatever takes an act back, and what accounts say of
                 themselves; nothing else can change what is counted of any span

and `narrow`, for the acts of a span alone,

    events       every event of an act of the span on a post that names a title or answers or quotes one that does, of that post,
                 and what the accounts of both say of themselves
    links        which post names which subject
    ambiguous    which post may name which subject, though no rule says so: as it was read when it came, of whatever span
    tallies      of the span's hours and the one before them
    gaps         that meet them
    event_kinds  evidence, may_show: of all that these rest on

What is counted from these is what is counted from everything.
"""

from datetime import date, datetime, timedelta

import pyarrow as pa

from groundswell.core.events import ACTS, STORED_EVENTS
from groundswell.store.duckdb import DuckEngine

_HOUR = timedelta(hours=1)
_COLUMNS = ", ".join(f"e.{name}" for name in STORED_EVENTS.names if name not in ("root", "line", "day"))
_ALL_LINKS = "SELECT * FROM raw_links SEMI JOIN event_loads USING (load_id) UNION ALL SELECT * FROM found"
_HELD = "SELECT * FROM raw_events SEMI JOIN event_loads USING (load_id) WHERE seen_at < TIMESTAMPTZ '{before}'"
_NAMED = "SELECT DISTINCT platform, post FROM links"
_COUNTED = ", ".join(
    f"e.{name}"
    for name in "platform kind operation actor key object seen_at region language fingerprint load_id".split()
)
# What takes a like back names no post: it is looked for when the likes are known, so that no other is held meanwhile.
# Of automated accounts all is read, of linked posts once more: to be told the same twice changes nothing.
_OF_LINKED = f"""
SELECT {_COUNTED}, false AS declared_bot
FROM held e JOIN named n ON n.platform = e.platform AND n.post = coalesce(e.object, e.key) WHERE e.kind IN {ACTS}
UNION ALL
SELECT {_COUNTED}, true FROM held e WHERE e.kind IN {ACTS} AND e.declared_bot
UNION ALL
SELECT {_COUNTED}, e.declared_bot FROM held e WHERE e.kind NOT IN {ACTS}
"""
_TAKEN_BACK = """
SELECT e.platform, e.kind, e.operation, e.key, e.seen_at, e.load_id
FROM held e SEMI JOIN (SELECT platform, kind, key FROM of_linked WHERE kind <> 'post') o
  ON o.platform = e.platform AND o.kind = e.kind AND o.key = e.key
WHERE e.operation = 'delete' AND e.kind IN ('like', 'repost')
"""
_LAST_HOUR = "SELECT max(hour) AS at FROM raw_tallies SEMI JOIN event_loads USING (load_id)"
_LAST_EVENT = "SELECT max(seen_at) AS at FROM raw_events SEMI JOIN event_loads USING (load_id) WHERE seen_at >= ?"
_NAMING = """
SELECT platform, post FROM links
UNION
SELECT e.platform, e.key FROM raw_events e SEMI JOIN links l ON l.platform = e.platform AND l.post = e.parent WHERE e.kind = 'post'
UNION
SELECT e.platform, e.key FROM raw_events e SEMI JOIN links l ON l.platform = e.platform AND l.post = e.quotes WHERE e.kind = 'post'
"""
_ACTED = f"""
SELECT DISTINCT e.platform, e.kind, e.key, n.post
FROM raw_events e
SEMI JOIN event_loads USING (load_id)
JOIN naming n ON n.platform = e.platform AND n.post = CASE WHEN e.kind = 'post' THEN e.key ELSE e.object END
WHERE e.operation = 'create' AND e.kind IN {ACTS}
  AND e.seen_at > TIMESTAMPTZ '{{since}}' AND e.seen_at <= TIMESTAMPTZ '{{until}}'
"""
_RECORDS = "SELECT platform, kind, key FROM acted UNION SELECT platform, 'post', post FROM acted"
_OF_RECORDS = f"""
SELECT {_COLUMNS}, CAST(e.seen_at AS DATE) AS day
FROM raw_events e
SEMI JOIN records r ON r.key = e.key AND r.kind = e.kind AND r.platform = e.platform
SEMI JOIN event_loads USING (load_id)
"""
_OF_ACCOUNTS = """
SELECT e.platform, e.kind, e.operation, e.actor, e.key, e.object, e.seen_at, e.declared_bot, e.load_id
FROM raw_events e SEMI JOIN of_records r ON r.actor = e.actor AND r.platform = e.platform SEMI JOIN event_loads USING (load_id)
ANTI JOIN records k ON k.key = e.key AND k.kind = e.kind AND k.platform = e.platform
WHERE e.kind = 'account' OR e.declared_bot OR (
  e.operation = 'create' AND (e.platform, CASE WHEN e.kind = 'post' THEN e.key ELSE e.object END) IN (
    SELECT (platform, post) FROM naming
  )
)
"""
_HOURS = """
SELECT t.* FROM raw_tallies t SEMI JOIN event_loads USING (load_id)
WHERE hour >= TIMESTAMPTZ '{since}' AND hour <= TIMESTAMPTZ '{until}'
"""
_GAPS = """
SELECT g.* FROM raw_gaps g SEMI JOIN event_loads USING (load_id)
WHERE until >= TIMESTAMPTZ '{since}' AND since <= TIMESTAMPTZ '{until}'
"""
_KINDS = """
SELECT DISTINCT evidence, may_show FROM event_loads
WHERE load_id IN (SELECT load_id FROM events UNION SELECT load_id FROM tallies)
"""


def held_until(engine: DuckEngine) -> datetime | None:
    """When the last event that is held was witnessed, else the hour of the last that passed by; None when nothing did."""
    hour: datetime | None = engine.query(_LAST_HOUR)["at"][0].as_py()
    if hour is None:
        return None
    last: datetime | None = engine.query(_LAST_EVENT, [hour])["at"][0].as_py()
    return hour if last is None else last


def linked(engine: DuckEngine, until: date, found: pa.Table) -> None:
    """Make `links` and `events`, those up to a day; `found` are links besides those held."""
    engine.register("found", found)
    engine.step("all_links", _ALL_LINKS)
    engine.view("links", "FROM all_links")
    engine.step("named", _NAMED)
    engine.view("held", _HELD.format(before=until + timedelta(days=1)))
    engine.step("of_linked", _OF_LINKED)
    engine.step("taken_back", _TAKEN_BACK)
    engine.view("events", "FROM of_linked UNION ALL BY NAME FROM taken_back")


def narrow(engine: DuckEngine, since: datetime, until: datetime) -> None:
    """Make the tables named above for the acts after `since` and until `until`."""
    span = {"since": since.isoformat(), "until": until.isoformat()}
    engine.step("links", "SELECT * FROM raw_links SEMI JOIN event_loads USING (load_id)")
    engine.view("ambiguous", "SELECT * FROM raw_ambiguous SEMI JOIN event_loads USING (load_id)")
    engine.step("naming", _NAMING)
    engine.step("acted", _ACTED.format(**span))
    engine.step("records", _RECORDS)
    engine.step("of_records", _OF_RECORDS)
    engine.step("of_accounts", _OF_ACCOUNTS)
    engine.step("events", "FROM of_records UNION ALL BY NAME FROM of_accounts")
    engine.step("tallies", _HOURS.format(since=(since - 2 * _HOUR).isoformat(), until=span["until"]))
    engine.step("gaps", _GAPS.format(**span))
    engine.step("event_kinds", _KINDS)
