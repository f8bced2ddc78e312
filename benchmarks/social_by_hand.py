"""The same stages as one would write them by hand: DuckDB SQL in steps, ahocorasick_rs over Arrow's buffers, Delta Lake.

Shares nothing with the package. Reads what this firehose holds: one wire format, one file, no line that is broken.
"""

import hashlib
import re
from bisect import bisect_right
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from ahocorasick_rs import BytesAhoCorasick, MatchKind
from deltalake import DeltaTable, write_deltalake

_FRAMES = """
read_json(?, format = 'newline_delimited', ignore_errors = true, columns = {
  did: 'VARCHAR', time_us: 'BIGINT', "commit": 'STRUCT(operation VARCHAR, collection VARCHAR, rkey VARCHAR, record STRUCT(
    "text" VARCHAR, langs VARCHAR[], tags VARCHAR[], facets STRUCT(features STRUCT("$type" VARCHAR, tag VARCHAR)[])[],
    reply STRUCT(parent STRUCT(uri VARCHAR), root STRUCT(uri VARCHAR)), subject STRUCT(uri VARCHAR)))'})
"""
_STAGED = f"""
SELECT CASE c.collection WHEN 'app.bsky.feed.post' THEN 'post' WHEN 'app.bsky.feed.like' THEN 'like' ELSE 'repost' END AS kind,
       c.operation AS operation, did AS actor, concat('at://', did, '/', c.collection, '/', c.rkey) AS key,
       c.record.subject.uri AS object, make_timestamptz(time_us) AS seen_at, c.record."text" AS "text",
       list_transform(flatten(list_transform(c.record.facets, lambda f: f.features)), lambda f: f.tag) AS tags,
       c.record.langs[1] AS language, c.record.reply.parent.uri AS parent, CAST(make_timestamptz(time_us) AS DATE) AS day
FROM (SELECT did, time_us, "commit" AS c FROM {_FRAMES})
WHERE c.collection IN ('app.bsky.feed.post', 'app.bsky.feed.like', 'app.bsky.feed.repost')
"""
_ROWS = 100_000
_FILM = "映画"
"""The one word of this firehose that tells that a post speaks of works."""


def _connected() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def parse(file: str) -> dict[str, int]:
    """Every event of the file parsed by read_json, and let go: all columns are read for their lengths."""
    read = """
      coalesce(length(did), 0) + time_us + coalesce(length(c.rkey), 0) + coalesce(length(c.record."text"), 0)
      + coalesce(len(c.record.langs), 0) + coalesce(len(c.record.facets), 0) + coalesce(length(c.record.subject.uri), 0)
      + coalesce(length(c.record.reply.parent.uri), 0)"""
    rows = _connected().execute(
        f"""SELECT concat(coalesce(CASE c.collection WHEN 'app.bsky.feed.post' THEN 'post' WHEN 'app.bsky.feed.like' THEN 'like'
              WHEN 'app.bsky.feed.repost' THEN 'repost' END, 'app.bsky.graph.follow'), ' ',
              coalesce(c.operation, 'create')) AS kind, count(*), sum({read})
            FROM (SELECT did, time_us, "commit" AS c FROM {_FRAMES}) GROUP BY ALL ORDER BY kind""",
        [file],
    )
    return {kind: events for kind, events, _ in rows.fetchall()}


def load(file: str, staged: str, aliases: str, links: str) -> dict[str, int]:
    """Hashed, parsed and kept as a Delta table by day, then linked into another."""
    sha = hashlib.sha256()
    with Path(file).open("rb") as raw:
        while some := raw.read(1 << 20):
            sha.update(some)
    connection = _connected()
    rows = connection.sql(_STAGED, params=[file]).to_arrow_reader(_ROWS)
    write_deltalake(staged, rows, partition_by=["day"])
    connection.close()
    link(staged, aliases, links)
    lines = duckdb.connect().execute("SELECT count(*) FROM read_json_objects(?, format = 'newline_delimited')", [file])
    return {"rows": int(lines.fetchall()[0][0])}


def link(staged: str, aliases: str, into: str) -> dict[str, str]:
    """The posts of the staged events, a hundred thousand at a time, to links in a Delta table.

    Whole words. Where a post has capitals elsewhere, but in tags, a name without is taken for words, unless those are rare or the
    post speaks of film.
    """
    known = {row["alias"].lower(): row for row in pq.read_table(aliases).to_pylist()}
    names = [name.encode() for name in known]
    as_named, rare = ([row[column] for row in known.values()] for column in ("alias", "rare"))
    of = [f"title-{row['title_id']}" for row in known.values()]
    automaton = BytesAhoCorasick(names, matchkind=MatchKind.Standard)
    found: set[tuple[str, str]] = set()
    connection = _connected()
    _register(connection, "staged", staged)
    # A line's end after each, so that no name begins in one post and ends in the next.
    posts = """
      SELECT key, "text", lower(concat_ws(' ', "text",
        list_aggregate(list_transform(tags, lambda t: '#' || t), 'string_agg', ' '), chr(10)))
      FROM staged WHERE kind = 'post' AND "text" IS NOT NULL"""
    for batch in connection.sql(posts).to_arrow_reader(_ROWS):
        keys, written, texts = batch.columns
        texts = texts.cast(pa.string())
        offsets = pa.Array.from_buffers(pa.int32(), len(texts) + 1, [None, texts.buffers()[1]]).to_pylist()
        data = memoryview(texts.buffers()[2]).cast("B")
        reached = 0
        matches = automaton.find_matches_as_indexes(data, overlapping=True)
        for start, end, pattern in sorted((start, -end, pattern) for pattern, start, end in matches):
            row = bisect_right(offsets, start) - 1
            before = data[start - 1 : start] if start > offsets[row] else b" "
            if start >= reached and not (_is_word(before) or _is_word(data[-end : 1 - end])):
                reached = -end
                name = as_named[pattern]
                if name[0] == "#" or rare[pattern] or _is_name(name, written[row].as_py()):
                    found.add((keys[row].as_py(), of[pattern]))
    links = pa.table({"post": [post for post, _ in found], "subject": [subject for _, subject in found]})
    write_deltalake(into, links)
    return {"links": _digest(f"{post} {subject}" for post, subject in found)}


_STEPS = {
    "linked": "SELECT DISTINCT post, subject FROM links",
    "named": "SELECT DISTINCT post FROM linked",
    "posts": """
      SELECT key AS post, min(actor) AS author, coalesce(min(language), '') AS language, min("text") AS words
      FROM staged JOIN named ON post = key WHERE kind = 'post' AND operation <> 'delete' GROUP BY key""",
    # Acts meet their titles before anything is made distinct.
    "acts": """
      SELECT actor, kind, key, min(post) AS post, min(seen_at) AS seen_at FROM (
        SELECT actor, kind, key, seen_at, CASE kind WHEN 'post' THEN key ELSE object END AS post
        FROM staged WHERE operation = 'create'
      ) SEMI JOIN named USING (post) GROUP BY actor, kind, key""",
    "undone": """
      SELECT key, min(seen_at) AS undone_at FROM staged WHERE operation = 'delete' AND
        (kind, key) IN (SELECT (kind, key) FROM acts UNION ALL SELECT ('post', post) FROM named) GROUP BY key""",
    "firsts": """
      SELECT * FROM (
        SELECT CAST(date_trunc('week', seen_at) AS DATE) AS first_day, actor, kind, post, author, language, seen_at, key,
               row_number() OVER (PARTITION BY actor, kind, post ORDER BY seen_at, key) AS nth
        FROM acts JOIN posts USING (post)
        LEFT JOIN undone u USING (key) LEFT JOIN undone v ON v.key = post
        WHERE coalesce(least(u.undone_at, v.undone_at), 'infinity') >= date_trunc('week', seen_at) + INTERVAL 204 HOUR
      ) WHERE nth = 1""",
    "copies": """
      SELECT first_day, subject, print FROM (
        SELECT *, lead(seen_at, 4) OVER (PARTITION BY first_day, subject, print ORDER BY seen_at) <= seen_at + INTERVAL 10 MINUTE
                  AS at_once
        FROM (
          SELECT first_day, subject, actor, min(seen_at) AS seen_at,
                 sha256(trim(regexp_replace(lower(words), '\\W+', ' ', 'g'))) AS print
          FROM firsts JOIN posts USING (post) JOIN linked USING (post) WHERE kind = 'post' GROUP BY ALL
        )
      ) GROUP BY ALL HAVING count(*) >= 20 OR bool_or(at_once)""",
    "targets": """
      SELECT first_day, post, actor, min(seen_at) AS seen_at FROM firsts WHERE kind <> 'post' AND actor <> author GROUP BY ALL""",
    "busy": """
      SELECT * FROM targets SEMI JOIN (SELECT first_day, actor FROM targets GROUP BY ALL HAVING count(*) >= 10)
        USING (first_day, actor)""",
    "in_step": """
      SELECT first_day, a.actor, b.actor AS other FROM busy a JOIN busy b USING (first_day, post) WHERE a.actor < b.actor
      GROUP BY ALL HAVING count(*) >= 10
        AND 2 * count(*) FILTER (abs(epoch_us(a.seen_at) - epoch_us(b.seen_at)) <= 10000000) >= count(*)""",
    "judged": """
      SELECT *, CASE WHEN itself THEN 'self' WHEN nth > CASE kind WHEN 'like' THEN 3 ELSE 1 END THEN 'over_cap' ELSE '' END
                AS reason
      FROM (
        SELECT *, row_number() OVER (PARTITION BY actor, subject, kind, day, itself ORDER BY seen_at, key) AS nth FROM (
          SELECT first_day, CAST(seen_at AS DATE) AS day, subject, actor, kind, language, seen_at, key, post,
                 kind <> 'post' AND actor = author AS itself
          FROM firsts JOIN linked USING (post)
        )
      )""",
    "cells": """
      SELECT first_day, day, subject, language, kind, count(*) AS gross, count(*) FILTER (reason = '') AS net
      FROM judged GROUP BY ALL""",
    "titles": """
      SELECT first_day, subject, sum(net) AS interactions, sum(gross) AS interactions_gross,
             coalesce(sum(net) FILTER (kind = 'post'), 0) AS posts, coalesce(sum(net) FILTER (kind = 'repost'), 0) AS reposts,
             coalesce(sum(net) FILTER (kind = 'like'), 0) AS likes FROM cells GROUP BY ALL""",
    "actors": """
      SELECT first_day, subject, count(*) AS unique_actors, sum(acts) FILTER ((place - 1) * 100 < among) AS top_acts FROM (
        SELECT *, count(*) OVER of AS among, row_number() OVER (of ORDER BY acts DESC, actor) AS place
        FROM (SELECT first_day, subject, actor, count(*) AS acts FROM judged WHERE reason = '' GROUP BY ALL)
        WINDOW of AS (PARTITION BY first_day, subject)
      ) GROUP BY ALL""",
    "chart": """
      SELECT first_day, row_number() OVER (PARTITION BY first_day ORDER BY interactions DESC, unique_actors DESC, subject) AS rank,
             subject, interactions, interactions_gross, posts, reposts, likes, unique_actors, top_acts
      FROM titles JOIN actors USING (first_day, subject) WHERE unique_actors >= 200 QUALIFY rank <= 10""",
    # What the list says beside its figures.
    "ages": """
      SELECT actor, min(seen_at) AS since FROM acts GROUP BY ALL""",
    "beside": """
      SELECT first_day, subject, count(*) FILTER (reason = 'self') AS self, count(*) FILTER (reason = 'over_cap') AS over_cap,
             count(*) FILTER (NOT itself AND nth <= 1) AS cap_1, count(*) FILTER (NOT itself AND nth <= 3) AS cap_3,
             count(*) FILTER (NOT itself AND nth <= 10) AS cap_10, count(*) FILTER (NOT itself) AS no_cap,
             count(*) FILTER (reason = '' AND since >= first_day::TIMESTAMPTZ + INTERVAL 36 HOUR) AS age_unknown
      FROM judged JOIN ages USING (actor) SEMI JOIN chart USING (first_day, subject) GROUP BY ALL""",
    "authors": """
      SELECT first_day, subject, sum(posts) AS posts, count(*) AS authors, sum(posts) FILTER (place <= 10) AS top_posts,
             sum(hashtags_only) AS hashtags_only
      FROM (
        SELECT *, row_number() OVER (PARTITION BY first_day, subject ORDER BY posts DESC, actor) AS place FROM (
          SELECT first_day, subject, actor, count(*) AS posts,
                 count(*) FILTER (NOT regexp_matches(regexp_replace(words, '#\\w+', '', 'g'), '\\w')) AS hashtags_only
          FROM judged JOIN posts USING (post) SEMI JOIN chart USING (first_day, subject) WHERE kind = 'post' GROUP BY ALL
        )
      ) GROUP BY ALL""",
    "inputs": """
      SELECT first_day, sha256(string_agg(
        concat_ws(chr(0), 'bluesky', actor, kind, key, epoch_us(seen_at), subject, reason) || chr(10), ''
        ORDER BY actor, kind, key, subject)) AS digest
      FROM judged GROUP BY first_day""",
}  # fmt: skip


def reduce(staged: str, links: str, into: str) -> dict[str, str]:
    """The weeks of the chart, and the cells of the titles on it, in Delta tables."""
    connection = _connected()
    _register(connection, "staged", staged)
    _register(connection, "links", links)
    for name, sql in _STEPS.items():
        connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")
        if name in ("copies", "in_step") and connection.execute(f"SELECT count(*) FROM {name}").fetchall() != [(0,)]:
            raise ValueError("this firehose is thought to hold no copied posts, and no accounts that act in step")
    listed = connection.sql("SELECT c.* FROM cells c SEMI JOIN chart USING (first_day, subject)").to_arrow_table()
    chart = connection.sql("FROM chart").to_arrow_table()
    beside = connection.sql("FROM beside LEFT JOIN authors USING (first_day, subject)").to_arrow_table()
    inputs = connection.sql("FROM inputs").to_arrow_table()
    for name, table in (("chart", chart), ("cells", listed), ("beside", beside), ("inputs", inputs)):
        write_deltalake(f"{into}/{name}", table)
    rows = []
    for row in chart.to_pylist():
        share = Decimal(int(row.pop("top_acts")) * 100) / int(row["interactions"])
        head = f"{row.pop('first_day')} {row.pop('rank')} {row.pop('subject')}"
        figures: dict[str, Any] = {name: int(value) for name, value in row.items()}
        figures["interactions_variety_2022"] = figures["interactions_gross"]  # where nothing but doubles is left out
        figures["top_share"] = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
        rows.append(head + " " + " ".join(f"{name}={figures[name]}" for name in sorted(figures)))
    cells = [
        f"{one['day']} {one['subject']} {one['language']} {one['kind']} {one['gross']} {one['net']}"
        for one in listed.to_pylist()
    ]
    said = [" ".join(str(value or 0) for value in row.values()) for row in beside.to_pylist()]
    acts = [f"{row['first_day']} {row['digest']}" for row in inputs.to_pylist()]
    return {"chart": _digest(rows), "cells": _digest(cells), "beside": _digest(said), "inputs": _digest(acts)}


def _register(connection: duckdb.DuckDBPyConnection, name: str, table: str) -> None:
    connection.read_parquet(DeltaTable(table).file_uris()).create_view(name)


def _is_name(name: str, text: str) -> bool:
    if name in text or _FILM in text:
        return True
    return not re.search("[A-Z]", re.sub(rf"#\w+|{re.escape(name)}", "", text, flags=re.IGNORECASE))


def _is_word(character: Any) -> bool:
    """ASCII alone: no alias here ends in any other letter."""
    return bool(re.match(rb"[0-9a-z_\x80-\xff]", character))


def _digest(lines: Any) -> str:
    held = sorted(set(lines))
    return f"{len(held)}, {hashlib.sha256(chr(10).join(held).encode()).hexdigest()[:16]}"
