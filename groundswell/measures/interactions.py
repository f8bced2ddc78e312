"""From events to interactions: by title, week, day, language and region, as a profile counts them.

Reads `events`, `links`, `owned` (platform, actor, subject) and `weeks`, and makes for one profile

    judged   every act: first_day, day, subject, platform, actor, kind, key, seen_at, language, region, hashtags_only, age (of the
             account: settled, new or unknown), reason (why it is left out, else empty) and nth (the account's such acts for the
             title that day in their order; null where it is left out for more than their number)
    cells    first_day, day, subject, language, region, kind, gross, net
    titles   first_day, subject, kind, gross, net
    left_out first_day, subject, reason, acts
    actors   first_day, subject, actors, top_actors, top_acts: distinct accounts with an act that counts, the most active
             hundredth of them (rounded up), and what these did
    authors  first_day, subject, posts, authors, top_posts (of the ten with most), hashtags_only: of posts left out for no
             more than their number
    by_cap   first_day, subject, cap_1, cap_3, cap_10, no_cap: net acts were the cap of every kind another
    ageless  first_day, subject, acts: that count, of accounts nothing held tells the age of

from what `gather` makes for all of them, in which a post is its number

    first_acts  first_day, settles, platform, actor, kind, post, author, seen_at, key, language, region, fingerprint: each act
                that stands, the first of its account's on the post
    named       platform, post_key, post: the posts that name a title

Posts meet their titles before anything is made distinct: a like may come before its post. Nothing depends on the order in
which events came, on how often, or in which file. Definitions: docs/methods.md, "Interactions".
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.events import TIME
from groundswell.core.period import Period
from groundswell.core.protocol import Engine
from groundswell.measures.in_step import set_aside
from groundswell.measures.posts import HASHTAGS_ONLY
from groundswell.measures.profile import SETTLE, YOUNG, Profile

WEEKS = pa.schema([("first_day", pa.date32()), ("begins", TIME), ("ends", TIME), ("settles", TIME)])
_HOURS_YOUNG = int(YOUNG / timedelta(hours=1))
_HOURS_TO_SETTLE = int((timedelta(days=7) + SETTLE) / timedelta(hours=1))

_REMOVED = """
SELECT platform, actor FROM events WHERE kind = 'account' AND operation = 'delete' GROUP BY platform, actor
"""
_SYNCS = """
SELECT platform, actor, min(seen_at) AS synced_at FROM events WHERE kind = 'sync' GROUP BY platform, actor, key
"""
# A number is shorter than a key: `named` leads back.
_NAMED = """
SELECT platform, post AS post_key, row_number() OVER (ORDER BY platform, post) AS post
FROM (SELECT platform, post FROM links GROUP BY platform, post) l
"""
_LINKED = """
SELECT post, subject, owners
FROM (
  SELECT n.platform, n.post, l.subject FROM links l JOIN named n ON n.platform = l.platform AND n.post_key = l.post
  GROUP BY n.platform, n.post, l.subject
) l
LEFT JOIN (SELECT platform, subject, list(DISTINCT actor) AS owners FROM owned GROUP BY platform, subject) o
  USING (platform, subject)
"""
_CREATED = """
SELECT c.platform, actor, kind, key, n.post, seen_at, region
FROM (
  SELECT platform, actor, kind, key, CASE WHEN kind = 'post' THEN key ELSE object END AS post_key, seen_at, region
  FROM events WHERE operation = 'create' AND kind IN ('post', 'like', 'repost') AND seen_at {when}
) c JOIN named n ON n.platform = c.platform AND n.post_key = c.post_key
"""
_INSIDE = f"""
SELECT platform, actor, kind, key, min(post) AS post, min(seen_at) AS seen_at, min(region) AS region
FROM ({_CREATED}) c ANTI JOIN removed USING (platform, actor)
GROUP BY platform, actor, kind, key
"""
# An act counts in the week of its first sighting, and the first of an account's on a post that stands: some may be from before.
_BEFORE = f"""
SELECT platform, actor, kind, key, min(post) AS post, min(seen_at) AS seen_at, min(region) AS region
FROM ({_CREATED}) c SEMI JOIN inside USING (platform, actor, kind, {{same}})
GROUP BY platform, actor, kind, key
"""
_POSTS = """
SELECT post, author, known_at, language, fingerprint FROM (
  SELECT post, actor AS author, seen_at AS known_at, language, fingerprint,
         row_number() OVER (PARTITION BY post ORDER BY seen_at, operation, actor, language, fingerprint) AS nth
  FROM events JOIN (
    SELECT platform, post_key AS key, post FROM named SEMI JOIN placed USING (post)
  ) s USING (platform, key)
  ANTI JOIN removed USING (platform, actor)
  WHERE kind = 'post' AND operation <> 'delete'
) t WHERE nth = 1
"""
# What was first seen in the moment its account's records began anew was only said again: it is no act.
_PLACED = """
SELECT w.first_day, coalesce(w.settles, date_trunc('week', b.seen_at) + INTERVAL {settle} HOUR) AS settles,
       b.platform, b.actor, b.kind, b.key, b.post, b.seen_at, b.region
FROM (
  SELECT platform, actor, kind, key, least(i.post, e.post) AS post, least(i.seen_at, e.seen_at) AS seen_at,
         least(i.region, e.region) AS region
  FROM inside i FULL JOIN before e USING (platform, actor, kind, key)
) b LEFT JOIN weeks w ON b.seen_at >= w.begins AND b.seen_at < w.ends
LEFT JOIN syncs y ON y.platform = b.platform AND y.actor = b.actor AND y.synced_at = b.seen_at
WHERE y.synced_at IS NULL
"""
_RECORDS = """
SELECT platform, kind, key, settles FROM placed
UNION ALL
SELECT n.platform, 'post' AS kind, post_key AS key, settles
FROM (SELECT post, settles FROM placed WHERE kind <> 'post' GROUP BY post, settles) p JOIN named n ON n.post = p.post
"""
# Taken back before it settled: by itself, or since it was seen before the account's records began anew and not then or later.
_UNDONE = """
SELECT platform, kind, key, settles, 1 AS gone FROM (
  SELECT platform, kind, key, settles FROM events JOIN records USING (platform, kind, key)
  WHERE operation = 'delete' AND seen_at < settles
  UNION ALL
  SELECT r.platform, r.kind, r.key, r.settles
  FROM (
    SELECT platform, actor, kind, key, settles, max(seen_at) AS last_at
    FROM events JOIN records USING (platform, kind, key)
    JOIN (SELECT platform, actor FROM syncs GROUP BY platform, actor) a USING (platform, actor)
    WHERE operation <> 'delete' AND seen_at < settles GROUP BY platform, actor, kind, key, settles
  ) r JOIN syncs y ON y.platform = r.platform AND y.actor = r.actor AND y.synced_at > r.last_at AND y.synced_at < r.settles
) u GROUP BY platform, kind, key, settles
"""
_STANDING = """
SELECT s.first_day, s.settles, s.platform, s.actor, s.kind, s.post, p.author, s.seen_at, s.key, p.language, s.region, p.fingerprint
FROM placed s
JOIN posts p ON p.post = s.post AND p.known_at < s.settles
LEFT JOIN undone u ON u.platform = s.platform AND u.kind = s.kind AND u.key = s.key AND u.settles = s.settles
LEFT JOIN (
  SELECT n.post, settles, gone FROM undone d JOIN named n ON n.platform = d.platform AND n.post_key = d.key WHERE d.kind = 'post'
) v ON v.post = s.post AND v.settles = s.settles
WHERE u.gone IS NULL AND v.gone IS NULL
"""
# Few acts are repeated, and only those are put in order.
_REPEATED = (
    "SELECT platform, actor, kind, post FROM standing GROUP BY platform, actor, kind, post HAVING count(key) > 1"
)
_LATER = """
SELECT platform, actor, kind, key FROM (
  SELECT platform, actor, kind, key, row_number() OVER (PARTITION BY platform, actor, kind, post ORDER BY seen_at, key) AS nth
  FROM standing SEMI JOIN repeated USING (platform, actor, kind, post)
) t WHERE nth > 1
"""
_FIRST = """
SELECT first_day, settles, platform, actor, kind, post, author, seen_at, key, language, region, fingerprint
FROM standing ANTI JOIN later USING (platform, actor, kind, key) WHERE first_day IS NOT NULL
"""
_WHO_ACTED = "SELECT first_day, settles, platform, actor FROM first_acts GROUP BY first_day, settles, platform, actor"
_BOTS = """
SELECT first_day, platform, actor, 1 AS bot FROM events JOIN acted USING (platform, actor)
WHERE declared_bot AND seen_at < settles GROUP BY first_day, platform, actor
"""
_ACCOUNTS = """
SELECT platform, actor, key, operation, min(object) AS standing, min(seen_at) AS seen_at
FROM events JOIN (SELECT platform, actor FROM acted GROUP BY platform, actor) a USING (platform, actor)
WHERE kind = 'account' GROUP BY platform, actor, key, operation
"""
_INACTIVE = """
SELECT first_day, platform, actor, 1 AS inactive FROM (
  SELECT first_day, platform, actor, standing,
         row_number() OVER (PARTITION BY first_day, platform, actor ORDER BY seen_at DESC, key DESC) AS latest
  FROM accounts JOIN acted USING (platform, actor) WHERE seen_at < settles
) t WHERE latest = 1 AND standing <> 'active'
"""
_WITNESSED = f"""
SELECT platform, actor, min(seen_at) AS since
FROM (
  SELECT platform, actor, seen_at FROM inside
  UNION ALL
  SELECT platform, actor, seen_at FROM ({_CREATED}) e SEMI JOIN acted USING (platform, actor)
) c GROUP BY platform, actor
"""
_NOTICED = """
SELECT platform, actor, standing, noticed_at FROM (
  SELECT platform, actor, standing, seen_at AS noticed_at,
         row_number() OVER (PARTITION BY platform, actor ORDER BY seen_at, key) AS nth
  FROM accounts
) t WHERE nth = 1
"""
# All that is known of an account is one narrow row, so that the acts meet it once.
_KNOWN = """
SELECT first_day, platform, actor, bot, inactive, age FROM (
  SELECT a.first_day, a.platform, a.actor, b.bot, i.inactive,
         CASE WHEN least(since, coalesce(noticed_at, since)) < a.settles - INTERVAL {young} HOUR THEN 'settled'
              WHEN standing = 'active' AND noticed_at <= since THEN 'new' END AS age
  FROM acted a JOIN witnessed w ON w.platform = a.platform AND w.actor = a.actor
  LEFT JOIN noticed n ON n.platform = a.platform AND n.actor = a.actor
  LEFT JOIN bots b ON b.first_day = a.first_day AND b.platform = a.platform AND b.actor = a.actor
  LEFT JOIN inactive i ON i.first_day = a.first_day AND i.platform = a.platform AND i.actor = a.actor
) t WHERE age IS NOT NULL OR bot = 1 OR inactive = 1
"""
_WHO = """
SELECT a.first_day, CAST(a.seen_at AS DATE) AS day, l.subject, a.platform, a.actor, a.kind, a.post, a.seen_at, a.key,
       coalesce(a.language, '') AS language, coalesce(a.region, '') AS region, a.fingerprint, coalesce(k.age, 'unknown') AS age,
       CASE {whens} ELSE '' END AS reason
FROM first_acts a JOIN linked l ON l.post = a.post
LEFT JOIN known k ON k.first_day = a.first_day AND k.platform = a.platform AND k.actor = a.actor
WHERE a.kind IN ({kinds})
"""
_WHENS = {
    "self": "a.kind <> 'post' AND a.actor = a.author",
    "declared_bot": "k.bot = 1",
    "inactive_account": "k.inactive = 1",
    "new_account": "k.age = 'new'",
    "owned_account": "list_contains(l.owners, a.actor)",
    "on_owned_post": "list_contains(l.owners, a.author)",
}
_COPIES = """
SELECT first_day, platform, subject, fingerprint, count(actor) AS actors, max(at_once) AS at_once FROM (
  SELECT first_day, platform, subject, fingerprint, actor,
         CASE WHEN lead(seen_at, {others}) OVER (PARTITION BY first_day, platform, subject, fingerprint ORDER BY seen_at, actor)
                   <= seen_at + INTERVAL {seconds} SECOND THEN 1 ELSE 0 END AS at_once
  FROM (
    SELECT first_day, platform, subject, fingerprint, actor, min(seen_at) AS seen_at
    FROM who WHERE kind = 'post' AND reason = '' AND fingerprint IS NOT NULL AND fingerprint <> '{hashtags_only}'
    GROUP BY first_day, platform, subject, fingerprint, actor
  ) f
) g GROUP BY first_day, platform, subject, fingerprint
HAVING count(actor) >= {in_all} OR max(at_once) = 1
"""
# All but the first of each.
_COPIED = """
SELECT first_day, platform, subject, actor, kind, key, 1 AS copied FROM (
  SELECT w.first_day, w.platform, w.subject, w.actor, w.kind, w.key,
         row_number() OVER (PARTITION BY w.first_day, w.platform, w.subject, w.fingerprint ORDER BY w.seen_at, w.key) AS nth
  FROM who w
  JOIN copies c ON c.first_day = w.first_day AND c.platform = w.platform AND c.subject = w.subject
               AND c.fingerprint = w.fingerprint
  WHERE w.kind = 'post' AND w.reason = ''
) t WHERE nth > 1
"""
_ASIDE = """(
  SELECT first_day, day, subject, platform, actor, kind, seen_at, key, language, region, fingerprint, age,
         CASE WHEN reason = '' AND {when} THEN '{why}' ELSE reason END AS reason
  FROM {before} LEFT JOIN {table} USING ({same})
) {table}_left_out"""
# Few accounts do the same for a title twice in a day, and only theirs are put in order.
_AGAIN = """
SELECT platform, actor, subject, kind, day FROM {before} WHERE reason = ''
GROUP BY platform, actor, subject, kind, day HAVING count(key) > 1
"""
_NUMBERED = """
SELECT platform, actor, subject, kind, key,
       row_number() OVER (PARTITION BY platform, actor, subject, kind, day ORDER BY seen_at, key) AS place
FROM {before} SEMI JOIN again USING (platform, actor, subject, kind, day) WHERE reason = ''
"""
_JUDGED = """
SELECT first_day, day, subject, platform, actor, kind, key, seen_at, language, region, hashtags_only, age,
       CASE WHEN {over} THEN 'over_cap' ELSE reason END AS reason, nth
FROM (
  SELECT first_day, day, subject, platform, actor, kind, key, seen_at, language, region, age, reason,
         CASE WHEN kind = 'post' AND fingerprint = '{hashtags_only}' THEN 1 ELSE 0 END AS hashtags_only,
         CASE WHEN reason = '' THEN CAST(coalesce(place, 1) AS BIGINT) END AS nth
  FROM {before} LEFT JOIN numbered USING (platform, actor, subject, kind, key)
) t
"""
_CELLS = """
SELECT first_day, day, subject, language, region, kind, count(actor) AS gross,
       count(CASE WHEN reason = '' THEN actor END) AS net
FROM judged GROUP BY first_day, day, subject, language, region, kind
"""
_TITLES = """
SELECT first_day, subject, kind, CAST(sum(gross) AS BIGINT) AS gross, CAST(sum(net) AS BIGINT) AS net
FROM cells GROUP BY first_day, subject, kind
"""
_LEFT = """
SELECT first_day, subject, reason, count(actor) AS acts FROM judged WHERE reason <> '' GROUP BY first_day, subject, reason
"""
_BY_ACTOR = """
SELECT first_day, subject, count(kind) AS acts FROM judged
WHERE reason = '' GROUP BY first_day, subject, platform, actor
"""
_ACTORS = """
SELECT first_day, subject, count(acts) AS actors,
       count(CASE WHEN (place - 1) * 100 < among THEN acts END) AS top_actors,
       CAST(sum(CASE WHEN (place - 1) * 100 < among THEN acts ELSE 0 END) AS BIGINT) AS top_acts
FROM (
  SELECT first_day, subject, acts, count(acts) OVER (PARTITION BY first_day, subject) AS among,
         row_number() OVER (PARTITION BY first_day, subject ORDER BY acts DESC) AS place
  FROM by_actor
) t GROUP BY first_day, subject
"""
_AUTHORS = """
SELECT first_day, subject, CAST(sum(posts) AS BIGINT) AS posts, count(actor) AS authors,
       CAST(sum(CASE WHEN place <= 10 THEN posts ELSE 0 END) AS BIGINT) AS top_posts,
       CAST(sum(hashtags_only) AS BIGINT) AS hashtags_only
FROM (
  SELECT first_day, subject, actor, posts, hashtags_only,
         row_number() OVER (PARTITION BY first_day, subject ORDER BY posts DESC, platform, actor) AS place
  FROM (
    SELECT first_day, subject, platform, actor, count(kind) AS posts, sum(hashtags_only) AS hashtags_only
    FROM judged WHERE kind = 'post' AND nth IS NOT NULL GROUP BY first_day, subject, platform, actor
  ) p
) t GROUP BY first_day, subject
"""
_BY_CAP = """
SELECT first_day, subject, count(CASE WHEN nth <= 1 THEN kind END) AS cap_1, count(CASE WHEN nth <= 3 THEN kind END) AS cap_3,
       count(CASE WHEN nth <= 10 THEN kind END) AS cap_10, count(nth) AS no_cap
FROM judged GROUP BY first_day, subject
"""
_AGELESS = """
SELECT first_day, subject, count(kind) AS acts FROM judged WHERE reason = '' AND age = 'unknown' GROUP BY first_day, subject
"""


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
    """Make what every profile counts from, for these weeks; a table in the shape of `WEEKS` holds other spans of time.

    Of what was witnessed before the first of them, only what decides about an act in them is read. In another span an
    account's first act on a post is the first in it, whatever it did before.
    """
    table = weeks if isinstance(weeks, pa.Table) else weeks_table(weeks)
    begins, ends = (
        f"TIMESTAMPTZ '{moment.as_py().isoformat()}'" for moment in (pc.min(table["begins"]), pc.max(table["ends"]))
    )
    engine.register("weeks", table)
    for name, sql in (
        ("removed", _REMOVED),
        ("syncs", _SYNCS),
        ("named", _NAMED),
        ("linked", _LINKED),
        ("inside", _INSIDE.format(when=f">= {begins} AND seen_at < {ends}")),
        ("before", _BEFORE.format(when=f"< {begins}", same="key" if isinstance(weeks, pa.Table) else "post")),
        ("placed", _PLACED.format(settle=_HOURS_TO_SETTLE)),
        ("posts", _POSTS),
        ("records", _RECORDS),
        ("undone", _UNDONE),
        ("standing", _STANDING),
        ("repeated", _REPEATED),
        ("later", _LATER),
        ("first_acts", _FIRST),
        ("acted", _WHO_ACTED),
        ("bots", _BOTS),
        ("accounts", _ACCOUNTS),
        ("inactive", _INACTIVE),
        ("witnessed", _WITNESSED.format(when=f"< {begins}")),
        ("noticed", _NOTICED),
        ("known", _KNOWN.format(young=_HOURS_YOUNG)),
    ):
        engine.step(name, sql)
    for name in (
        *("removed", "syncs", "inside", "before", "placed", "posts", "records", "undone"),
        *("standing", "repeated", "later", "acted", "bots", "accounts", "inactive", "witnessed", "noticed"),
    ):
        engine.drop(name)


def count(engine: Engine, profile: Profile) -> None:
    """Make the tables named above as `profile` counts; `gather` goes before."""
    kinds = ", ".join(f"'{kind}'" for kind in profile.kinds)
    whens = " ".join(f"WHEN {_WHENS[why]} THEN '{why}'" for why in profile.leaves_out if why in _WHENS)
    engine.step("who", _WHO.format(whens=whens or "WHEN 1 = 0 THEN ''", kinds=kinds))
    before = "who"
    if profile.copies is not None and "copy_paste" in profile.leaves_out:
        copies = profile.copies
        seconds = int(copies.within.total_seconds())
        sizes = {"others": copies.at_once - 1, "seconds": seconds, "in_all": copies.in_all}
        engine.step("copies", _COPIES.format(**sizes, hashtags_only=HASHTAGS_ONLY))
        engine.step("copied", _COPIED)
        same = "first_day, platform, subject, actor, kind, key"
        before = _ASIDE.format(when="copied = 1", why="copy_paste", before=before, table="copied", same=same)
    if profile.co_action is not None and "co_action" in profile.leaves_out:
        set_aside(engine, profile.co_action, "who")  # a copy is a post, which nobody is set aside for
        same = "first_day, platform, actor"
        before = _ASIDE.format(
            when="group_no IS NOT NULL", why="co_action", before=before, table="set_aside", same=same
        )
    caps = profile.caps if "over_cap" in profile.leaves_out else {}
    over = " OR ".join(f"(reason = '' AND kind = '{kind}' AND nth > {most})" for kind, most in caps.items())
    engine.step("again", _AGAIN.format(before=before))
    engine.step("numbered", _NUMBERED.format(before=before))
    engine.step("judged", _JUDGED.format(over=over or "1 = 0", before=before, hashtags_only=HASHTAGS_ONLY))
    engine.step("cells", _CELLS)
    engine.step("titles", _TITLES)
    engine.step("left_out", _LEFT)
    engine.step("by_actor", _BY_ACTOR)
    engine.step("actors", _ACTORS)
    engine.step("authors", _AUTHORS)
    engine.step("by_cap", _BY_CAP)
    engine.step("ageless", _AGELESS)
    for name in ("who", "copies", "copied", "again", "numbered", "by_actor"):
        engine.drop(name)
