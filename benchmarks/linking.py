"""Posts linked to the titles of the last 13 weeks, beside bare matching: the same automaton, whole words, no evidence."""

import csv
import json
import random
import time
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from string import ascii_lowercase

import pyarrow as pa
from ahocorasick_rs import AhoCorasick, MatchKind

from benchmarks.data import shared_data
from groundswell.catalog.identity import slug
from groundswell.measures.gazetteer import gazetteer_of
from groundswell.measures.linking import link

POSTS, BATCH, WEEKS = 200_000, 20_000, 13
_THREADS = ("books-reading", "comfort-shows", "dad-movies", "debut-albums", "letterboxd")


def linking(worldwide: str) -> dict[str, float]:
    """Posts a second each way, in batches of 20,000, and what each finds."""
    titles = _active(Path(worldwide))
    texts = random.Random(1).choices(_posts(titles), k=POSTS)
    gazetteer = gazetteer_of((title, slug(title) or "x", None, None) for title in titles)
    tables = [
        pa.table(
            {
                "post": [str(number) for number in range(start, start + BATCH)],
                "text": pa.array(texts[start : start + BATCH]),
                "tags": pa.array([[]] * BATCH, pa.list_(pa.string())),
                "day": pa.array([date(2026, 7, 19)] * BATCH),
            }
        )
        for start in range(0, POSTS, BATCH)
    ]
    link(tables[0].slice(0, 100), gazetteer)
    began = time.perf_counter()
    links = sum(link(posts, gazetteer).links.num_rows for posts in tables)
    ours = time.perf_counter() - began
    automaton = AhoCorasick([title.lower() for title in titles], matchkind=MatchKind.LeftmostLongest)
    began = time.perf_counter()
    found = sum(_bare(automaton, posts) for posts in tables)
    bare = time.perf_counter() - began
    return {
        "linked, posts a second": POSTS / ours,
        "bare matching, posts a second": POSTS / bare,
        "ratio": ours / bare,
        "links a 1,000 posts": 1000 * links / POSTS,
        "bare matches a 1,000 posts": 1000 * found / POSTS,
    }


def _bare(automaton: AhoCorasick, posts: pa.Table) -> int:
    found = 0
    for text in posts["text"].to_pylist():
        lower = text.lower()
        for _pattern, start, end in automaton.find_matches_as_indexes(lower):
            if not (lower[start - 1 : start].isalnum() or lower[end : end + 1].isalnum()):
                found += 1
    return found


def _active(worldwide: Path) -> list[str]:
    with worldwide.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["category"].startswith("TV")]
    since = max(date.fromisoformat(row["week"]) for row in rows) - timedelta(weeks=WEEKS)
    return sorted({row["show_title"] for row in rows if date.fromisoformat(row["week"]) > since})


def _posts(titles: list[str]) -> list[str]:
    """Real posts where the folder is, else words at random, one post in a hundred with a title."""
    if folder := shared_data():
        tagged = sorted((folder.parent / "posts" / "btc").glob("*.conll"))
        read = (path.read_text(encoding="utf-8").split("\n\n") for path in tagged)
        btc = (" ".join(line.split("\t")[0] for line in post.split("\n")) for post in chain.from_iterable(read))
        threads = (
            json.loads((folder.parent / f"posts/starcounter/{name}.json").read_text("utf-8")) for name in _THREADS
        )
        return [*filter(None, chain(btc, (post["text"] for thread in threads for post in thread["posts"])))]
    dice = random.Random(2)
    words = ["".join(dice.choices(ascii_lowercase, k=dice.randint(2, 9))) for _ in range(5_000)]
    posts = [" ".join(dice.choices(words, k=18)) for _ in range(20_000)]
    return [f"{post} {dice.choice(titles)}" if number % 100 == 0 else post for number, post in enumerate(posts)]
