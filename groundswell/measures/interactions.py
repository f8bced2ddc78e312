"""From events to interactions: by title, week, day, language and region, as a profile counts them.

Reads `events`, `links`, `owned` (platform, actor, subject) and `weeks`, and makes for one profile

    cells    first_day, day, subject, language, region, kind, gross, net
    titles   first_day, subject, kind, gross, net
    left_out first_day, subject, reason, acts
    actors   first_day, subject, actors, top_actors, top_acts: distinct accounts with an act that counts, the most active
             hundredth of them (rounded up), and what these did

Posts meet their titles before anything is made distinct: a like may come before its post. Nothing depends on the order in
which events came, on how often, or in which file. Definitions: docs/methods.md, "Interactions".
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.events import LINKS, TIME, may_count
from groundswell.core.period import Period
from groundswell.core.protocol import Engine
from groundswell.measures.gazetteer import Gazetteer
from groundswell.measures.linking import link
from groundswell.measures.profile import SETTLE, Profile

WEEKS = pa.schema([("first_day", pa.date32()), ("begins", TIME), ("ends", TIME), ("settles", TIME)])
FEWEST_WORDS = 5
"""Posts of fewer words are never taken for copies of each other."""
_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|[@＠][\w.:-]+|[#＃]\w+")
_WORD = re.compile(r"\w+")

_SEEN = """
SELECT platform, actor, kind, key, operation, min(seen_at) AS seen_at, min(object) AS object, min(language) AS language,
       min(region) AS region, max(CASE WHEN declared_bot THEN 1 ELSE 0 END) AS bot, min(fingerprint) AS fingerprint
FROM events GROUP BY platform, actor, kind, key, operation
"""
_REMOVED = """
SELECT platform, actor, min(seen_at) AS removed_at FROM seen
WHERE kind = 'account' AND operation = 'delete' GROUP BY platform, actor
"""
_UNDONE = """
SELECT platform, kind, key, min(undone_at) AS undone_at FROM (
  SELECT platform, kind, key, seen_at AS undone_at FROM seen WHERE operation = 'delete' AND kind <> 'account'
  UNION ALL
  SELECT platform, kind, key, undone_at FROM dropped
) u GROUP BY platform, kind, key
"""
_SYNCS = """
SELECT platform, actor, min(seen_at) AS synced_at FROM events WHERE kind = 'sync' GROUP BY platform, actor, key
"""
# Seen before the account's records began anew, and neither then nor later.
_DROPPED = """
SELECT r.platform, r.kind, r.key, min(s.synced_at) AS undone_at
FROM (
  SELECT platform, actor, kind, key, max(seen_at) AS last_at
  FROM events JOIN (SELECT platform, actor FROM syncs GROUP BY platform, actor) a USING (platform, actor)
  WHERE kind NOT IN ('account', 'sync') AND operation <> 'delete' GROUP BY platform, actor, kind, key
) r JOIN syncs s ON s.platform = r.platform AND s.actor = r.actor AND s.synced_at > r.last_at
GROUP BY r.platform, r.kind, r.key
"""
_BOTS = "SELECT platform, actor, max(bot) AS bot FROM seen GROUP BY platform, actor"
_INACTIVE = """
SELECT first_day, platform, actor, 1 AS inactive FROM (
  SELECT w.first_day, s.platform, s.actor, s.object AS standing,
         row_number() OVER (PARTITION BY w.first_day, s.platform, s.actor ORDER BY s.seen_at DESC, s.key DESC) AS latest
  FROM seen s JOIN weeks w ON s.seen_at < w.settles
  WHERE s.kind = 'account'
) t WHERE latest = 1 AND standing <> 'active'
"""
_POSTS = """
SELECT s.platform, s.key AS post, min(s.actor) AS author, min(s.language) AS language, min(s.fingerprint) AS fingerprint
FROM seen s LEFT JOIN removed r ON r.platform = s.platform AND r.actor = s.actor
WHERE s.kind = 'post' AND s.operation <> 'delete' AND r.removed_at IS NULL
GROUP BY s.platform, s.key
"""
_LINKED = "SELECT DISTINCT platform, post, subject FROM links"
_ACTS = """
SELECT w.first_day, CAST(s.seen_at AS DATE) AS day, l.subject, s.platform, s.actor, s.kind, p.post, p.author, s.seen_at, s.key,
       coalesce(p.language, '') AS language, coalesce(s.region, '') AS region, p.fingerprint
FROM seen s
JOIN weeks w ON s.seen_at >= w.begins AND s.seen_at < w.ends
JOIN posts p ON p.platform = s.platform AND p.post = CASE WHEN s.kind = 'post' THEN s.key ELSE s.object END
JOIN linked l ON l.platform = p.platform AND l.post = p.post
LEFT JOIN removed r ON r.platform = s.platform AND r.actor = s.actor
LEFT JOIN undone u ON u.platform = s.platform AND u.kind = s.kind AND u.key = s.key
LEFT JOIN undone v ON v.platform = p.platform AND v.kind = 'post' AND v.key = p.post
LEFT JOIN syncs y ON y.platform = s.platform AND y.actor = s.actor AND y.synced_at = s.seen_at
WHERE s.operation = 'create' AND s.kind IN ({kinds}) AND r.removed_at IS NULL AND y.synced_at IS NULL
  AND (u.undone_at IS NULL OR u.undone_at >= w.settles)
  AND (v.undone_at IS NULL OR v.undone_at >= w.settles)
"""
_FIRST = """
SELECT first_day, day, subject, platform, actor, kind, post, author, seen_at, key, language, region, fingerprint FROM (
  SELECT first_day, day, subject, platform, actor, kind, post, author, seen_at, key, language, region, fingerprint,
         row_number() OVER (PARTITION BY platform, actor, kind, post, subject ORDER BY seen_at, key) AS nth
  FROM acts
) t WHERE nth = 1
"""
_WHO = """
SELECT a.first_day, a.day, a.subject, a.platform, a.actor, a.kind, a.post, a.seen_at, a.key, a.language, a.region, a.fingerprint,
       CASE {whens} ELSE '' END AS reason
FROM first_acts a
LEFT JOIN bots b ON b.platform = a.platform AND b.actor = a.actor
LEFT JOIN inactive i ON i.first_day = a.first_day AND i.platform = a.platform AND i.actor = a.actor
LEFT JOIN owners o ON o.platform = a.platform AND o.actor = a.actor AND o.subject = a.subject
LEFT JOIN owners q ON q.platform = a.platform AND q.actor = a.author AND q.subject = a.subject
"""
_WHENS = {
    "self": "a.kind <> 'post' AND a.actor = a.author",
    "declared_bot": "b.bot = 1",
    "inactive_account": "i.inactive = 1",
    "owned_account": "o.owned = 1",
    "on_owned_post": "q.owned = 1",
}
_COPIES = """
SELECT first_day, platform, subject, fingerprint, count(actor) AS actors, max(at_once) AS at_once FROM (
  SELECT first_day, platform, subject, fingerprint, actor,
         CASE WHEN lead(seen_at, {others}) OVER (PARTITION BY first_day, platform, subject, fingerprint ORDER BY seen_at, actor)
                   <= seen_at + INTERVAL {seconds} SECOND THEN 1 ELSE 0 END AS at_once
  FROM (
    SELECT first_day, platform, subject, fingerprint, actor, min(seen_at) AS seen_at
    FROM who WHERE kind = 'post' AND reason = '' AND fingerprint IS NOT NULL
    GROUP BY first_day, platform, subject, fingerprint, actor
  ) f
) g GROUP BY first_day, platform, subject, fingerprint
HAVING count(actor) >= {in_all} OR max(at_once) = 1
"""
_COPIED = """
SELECT first_day, day, subject, platform, actor, kind, post, seen_at, key, language, region,
       CASE WHEN reason = '' AND copied = 1 AND nth > 1 THEN 'copy_paste' ELSE reason END AS reason
FROM (
  SELECT w.first_day, w.day, w.subject, w.platform, w.actor, w.kind, w.post, w.seen_at, w.key, w.language, w.region, w.reason,
         CASE WHEN w.kind = 'post' AND c.actors IS NOT NULL THEN 1 ELSE 0 END AS copied,
         row_number() OVER (PARTITION BY w.first_day, w.platform, w.subject, w.fingerprint, w.kind, w.reason
                            ORDER BY w.seen_at, w.key) AS nth
  FROM who w
  LEFT JOIN copies c ON c.first_day = w.first_day AND c.platform = w.platform AND c.subject = w.subject
                    AND c.fingerprint = w.fingerprint
) t
"""
_JUDGED = """
SELECT first_day, day, subject, platform, actor, kind, key, seen_at, language, region,
       CASE WHEN {over} THEN 'over_cap' ELSE reason END AS reason
FROM (
  SELECT first_day, day, subject, platform, actor, kind, key, seen_at, language, region, reason,
         row_number() OVER (PARTITION BY platform, actor, subject, kind, day, reason ORDER BY seen_at, key) AS nth
  FROM {before}
) t
"""
_CELLS = """
SELECT first_day, day, subject, language, region, kind, count(actor) AS gross, sum(CASE WHEN reason = '' THEN 1 ELSE 0 END) AS net
FROM judged GROUP BY first_day, day, subject, language, region, kind
"""
_TITLES = """
SELECT first_day, subject, kind, sum(gross) AS gross, sum(net) AS net FROM cells GROUP BY first_day, subject, kind
"""
_LEFT = """
SELECT first_day, subject, reason, count(actor) AS acts FROM judged WHERE reason <> '' GROUP BY first_day, subject, reason
"""
_BY_ACTOR = """
SELECT first_day, subject, platform, actor, count(kind) AS acts FROM judged
WHERE reason = '' GROUP BY first_day, subject, platform, actor
"""
_ACTORS = """
SELECT first_day, subject, count(actor) AS actors,
       sum(CASE WHEN (place - 1) * 100 < among THEN 1 ELSE 0 END) AS top_actors,
       sum(CASE WHEN (place - 1) * 100 < among THEN acts ELSE 0 END) AS top_acts
FROM (
  SELECT first_day, subject, actor, acts, count(actor) OVER (PARTITION BY first_day, subject) AS among,
         row_number() OVER (PARTITION BY first_day, subject ORDER BY acts DESC, platform, actor) AS place
  FROM by_actor
) t GROUP BY first_day, subject
"""
_ANSWERING = """
SELECT e.platform, e.key, e.text, e.tags, e.languages, e.day, e.load_id,
       list(DISTINCT l.subject ORDER BY l.subject) AS parent_subjects
FROM events e
JOIN links l ON l.platform = e.platform AND (l.post = e.parent OR l.post = e.quotes) AND NOT starts_with(l.rule, 'inherited.')
WHERE e.kind = 'post' AND e.operation <> 'delete' AND e.text IS NOT NULL
GROUP BY ALL ORDER BY ALL
"""


def fingerprints(events: pa.Table, links: pa.Table) -> pa.Array:
    """Equal for posts of the same words, whatever their links, handles and hashtags; null below `FEWEST_WORDS`, and where
    nothing that comes later can make an event count."""
    texts = pc.if_else(may_count(events, links), events["text"], None)
    return pa.array([_fingerprint(text) if text else None for text in texts.to_pylist()], pa.string())


def _fingerprint(text: str) -> str | None:
    words = _WORD.findall(_NO_WORDS.sub(" ", unicodedata.normalize("NFKC", text)).casefold())
    if len(words) < FEWEST_WORDS:
        return None
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:16]


def links_of(events: pa.Table, gazetteer: Gazetteer) -> pa.Table:
    """The programmes the posts among events name, by the rows of the gazetteer valid on their day; a season is its programme's."""
    posts = events.filter(pc.is_valid(events["text"]))
    return _linked(posts.append_column("day", pc.cast(posts["seen_at"], pa.date32(), safe=False)), gazetteer).select(
        LINKS.names
    )


def inherited(engine: Engine, gazetteer: Gazetteer) -> pa.Table:
    """The titles posts name in the light of the posts they answer or quote: one step, and only from what these name themselves."""
    return _linked(engine.query(_ANSWERING), gazetteer)


def _linked(posts: pa.Table, gazetteer: Gazetteer) -> pa.Table:
    numbered = posts.append_column("post", pa.array(range(len(posts)), pa.int64()).cast(pa.string()))
    found = link(numbered, gazetteer).links
    rows = posts.take(found["post"].cast(pa.int64()))
    nobody = pa.nulls(len(found), pa.string())
    return pa.table(
        {
            "platform": rows["platform"],
            "post": rows["key"],
            "subject": pc.replace_substring_regex(found["subject"], "/.*", ""),
            "rule": found["rule"],
            "gazetteer": pa.repeat(pa.scalar(gazetteer.version, pa.string()), len(found)),
            "load_id": rows["load_id"] if "load_id" in posts.column_names else nobody,
        },
        schema=pa.schema([*LINKS, ("load_id", pa.string())]),
    )


def weeks_table(weeks: Iterable[Period]) -> pa.Table:
    """The table `weeks`: each with the moments it begins, ends and settles, UTC."""
    rows = [
        {
            "first_day": week.first,
            "begins": datetime.combine(week.first, time.min, UTC),
            "ends": datetime.combine(week.last, time.min, UTC) + timedelta(days=1),
            "settles": datetime.combine(week.last, time.min, UTC) + timedelta(days=1) + SETTLE,
        }
        for week in weeks
    ]
    return pa.Table.from_pylist(rows, schema=WEEKS)


def gather(engine: Engine, weeks: Iterable[Period] | pa.Table) -> None:
    """Make what every profile counts from, for these weeks; a table in the shape of `WEEKS` holds other spans of time."""
    engine.register("weeks", weeks if isinstance(weeks, pa.Table) else weeks_table(weeks))
    for name, sql in (
        ("seen", _SEEN),
        ("removed", _REMOVED),
        ("syncs", _SYNCS),
        ("dropped", _DROPPED),
        ("undone", _UNDONE),
        ("bots", _BOTS),
        ("inactive", _INACTIVE),
        ("posts", _POSTS),
        ("linked", _LINKED),
        ("owners", "SELECT platform, actor, subject, 1 AS owned FROM owned GROUP BY platform, actor, subject"),
    ):
        engine.step(name, sql)


def count(engine: Engine, profile: Profile) -> None:
    """Make `cells`, `titles`, `left` and `actors` as `profile` counts; `gather` goes before."""
    kinds = ", ".join(f"'{kind}'" for kind in profile.kinds)
    engine.step("acts", _ACTS.format(kinds=kinds))
    engine.step("first_acts", _FIRST)
    whens = " ".join(f"WHEN {_WHENS[why]} THEN '{why}'" for why in profile.leaves_out if why in _WHENS)
    engine.step("who", _WHO.format(whens=whens or "WHEN 1 = 0 THEN ''"))
    before = "who"
    if profile.copies is not None and "copy_paste" in profile.leaves_out:
        copies = profile.copies
        seconds = int(copies.within.total_seconds())
        engine.step("copies", _COPIES.format(others=copies.at_once - 1, seconds=seconds, in_all=copies.in_all))
        engine.step("copied", _COPIED)
        before = "copied"
    caps = profile.caps if "over_cap" in profile.leaves_out else {}
    over = " OR ".join(f"(reason = '' AND kind = '{kind}' AND nth > {most})" for kind, most in caps.items())
    engine.step("judged", _JUDGED.format(over=over or "1 = 0", before=before))
    engine.step("cells", _CELLS)
    engine.step("titles", _TITLES)
    engine.step("left_out", _LEFT)
    engine.step("by_actor", _BY_ACTOR)
    engine.step("actors", _ACTORS)
