"""What is read in posts when they are taken in: which programmes they name, by themselves or by what they answer, and which
are of the same words."""

import hashlib
import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.events import AMBIGUOUS, LINKS, may_count, post_digest
from groundswell.core.protocol import Engine
from groundswell.measures.gazetteer import Gazetteer
from groundswell.measures.linking import link

FEWEST_WORDS = 5
"""Posts of fewer words are never taken for copies of each other."""
HASHTAGS_ONLY = "#"
"""The fingerprint of posts that are hashtags and nothing else; they are no copies of each other."""
_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|[@＠][\w.:-]+|[#＃]\w+")
_WORD = re.compile(r"\w+")
_HASHTAG = re.compile(r"[#＃]\w+")
# When a post was seen that was left undecided and answers a linked one: of those moments alone keys and words are read.
_ANSWERS = """
SELECT DISTINCT platform, seen_at
FROM (
  SELECT platform, seen_at, unnest([parent, quotes]) AS post
  FROM events SEMI JOIN ambiguous USING (platform, seen_at) WHERE kind = 'post'
) e
JOIN links l USING (platform, post) WHERE NOT starts_with(l.rule, 'inherited.')
"""
_ANSWERING = """
SELECT e.platform, e.key, e.text, e.tags, e.day, e.load_id, list(DISTINCT subject ORDER BY subject) AS parent_subjects
FROM (
  SELECT platform, key, text, tags, day, load_id, unnest([parent, quotes]) AS post
  FROM events SEMI JOIN answers USING (platform, seen_at) WHERE kind = 'post' AND operation <> 'delete' AND text IS NOT NULL
) e
SEMI JOIN (SELECT platform, post AS digest FROM ambiguous) u ON u.platform = e.platform AND u.digest = left(sha256(e.key), 16)
JOIN links l ON l.platform = e.platform AND l.post = e.post WHERE NOT starts_with(l.rule, 'inherited.')
GROUP BY ALL ORDER BY ALL
"""
_UNDECIDED = """
SELECT * FROM answering SEMI JOIN (SELECT platform, post AS digest, subject FROM ambiguous) u
  ON u.platform = answering.platform AND u.digest = left(sha256(answering.post), 16) AND u.subject = answering.subject
ANTI JOIN links USING (platform, post, subject, rule, gazetteer)
"""
_FOUND = pa.schema([*LINKS, ("load_id", pa.string())])


def fingerprints(events: pa.Table, links: pa.Table) -> pa.Array:
    """Equal for posts of the same words, whatever their links, handles and hashtags; null below `FEWEST_WORDS`, and where
    nothing that comes later can make an event count. `HASHTAGS_ONLY` where besides hashtags there are no words."""
    texts = pc.if_else(may_count(events, links), events["text"], None)
    return pa.array([_fingerprint(text) if text else None for text in texts.to_pylist()], pa.string())


def _fingerprint(text: str) -> str | None:
    words = _WORD.findall(_NO_WORDS.sub(" ", unicodedata.normalize("NFKC", text)).casefold())
    if not words and _HASHTAG.search(text):
        return HASHTAGS_ONLY
    if len(words) < FEWEST_WORDS:
        return None
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:16]


def links_of(events: pa.Table, gazetteer: Gazetteer) -> tuple[pa.Table, pa.Table]:
    """The programmes the posts among events name, and those that posts may name, though no rule says so: LINKS and AMBIGUOUS.

    By the rows of the gazetteer valid on a post's day; a season is its programme's.
    """
    posts = events.filter(pc.is_valid(events["text"])) if events["text"].null_count else events
    days = pc.cast(posts["seen_at"], pa.date32(), safe=False)
    links, unlinked = _linked(posts.append_column("day", days), gazetteer)
    rows = posts.select(["platform", "key", "seen_at"]).take(unlinked["post"].cast(pa.int64()))
    ambiguous = pa.table(
        {
            "platform": rows["platform"],
            "post": pa.array([post_digest(key) for key in rows["key"].to_pylist()], pa.string()),
            "subject": _programmes(unlinked["subject"]),
            "seen_at": rows["seen_at"],
        },
        schema=AMBIGUOUS,
    )
    return links.select(LINKS.names), ambiguous.group_by(AMBIGUOUS.names, use_threads=False).aggregate([])


def inherited(engine: Engine, gazetteer: Gazetteer) -> pa.Table:
    """The titles posts name in the light of the posts they answer or quote: one step, and only from what these name themselves.

    Of the titles a post was left undecided about when it was taken in, which stand in `ambiguous`; and those that `links` does
    not have yet.
    """
    engine.step("answers", _ANSWERS)
    if not engine.query("SELECT 1 FROM answers LIMIT 1").num_rows:
        return _FOUND.empty_table()
    answering = engine.query(_ANSWERING)
    if not answering.num_rows:  # a gazetteer is not compiled for nothing
        return _FOUND.empty_table()
    engine.register("answering", _linked(answering, gazetteer)[0])
    return engine.query(_UNDECIDED)


def _linked(posts: pa.Table, gazetteer: Gazetteer) -> tuple[pa.Table, pa.Table]:
    """The links of posts, and by their number those that may name a subject."""
    numbered = posts.append_column("post", pa.arange(0, len(posts)).cast(pa.string()))
    read = link(numbered, gazetteer)
    found = read.links
    named = [name for name in ("platform", "key", "load_id") if name in posts.column_names]
    rows = posts.select(named).take(found["post"].cast(pa.int64()))
    nobody = pa.nulls(len(found), pa.string())
    links = pa.table(
        {
            "platform": rows["platform"],
            "post": rows["key"],
            "subject": _programmes(found["subject"]),
            "rule": found["rule"],
            "gazetteer": pa.repeat(pa.scalar(gazetteer.version, pa.string()), len(found)),
            "load_id": rows["load_id"] if "load_id" in named else nobody,
        },
        schema=_FOUND,
    )
    return links, read.unlinked


def _programmes(subjects: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(subjects, "/.*", "")
