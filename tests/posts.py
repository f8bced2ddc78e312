"""Real posts other hands labelled, and what the linker makes of them: `python -m tests.posts` prints the report of docs/methods.md.

Their tier C holds our D too. Posts are personal: they are read where they lie, counted, never printed.
"""

import csv
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineWorkbook

from groundswell.catalog.identity import slug
from groundswell.measures.candidates import matcher
from groundswell.measures.folding import fold
from groundswell.measures.gazetteer import Gazetteer, gazetteer_of
from groundswell.measures.linking import link

DAY = date(2021, 10, 8)
LAST_WEEK, ACTIVE_WEEKS = date(2026, 7, 19), 13


@dataclass(frozen=True)
class Share:
    """A share with its 95 % Wilson interval; `n` is the effective number where rows weigh differently."""

    share: float
    n: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.share:.3f} ({self.low:.2f} to {self.high:.2f}, n={self.n:.0f})"


def share_of(weights: Iterable[tuple[float, bool]]) -> Share:
    """The weighted share of those that hold."""
    rows = list(weights)
    total, squares = sum(w for w, _ in rows), sum(w * w for w, _ in rows)
    if not total:
        return Share(math.nan, 0, 0, 1)
    p, n, z = sum(w for w, holds in rows if holds) / total, total * total / squares, 1.96
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Share(p, n, (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n))


def half_of(text: str) -> int:
    """Which half a post is in: 0 rules were tuned on, 1 was only reported."""
    return int(sha256(text.encode()).hexdigest(), 16) % 2


@cache
def titles(folder: Path) -> dict[str, set[str]]:
    """Netflix's titles: all television, television and films, television of the last 13 weeks."""
    found: dict[str, set[str]] = {"TV": set(), "TV and films": set(), "active TV": set()}
    since = LAST_WEEK - timedelta(weeks=ACTIVE_WEEKS)
    with (folder / "netflix/all-weeks-global_2026-07-22.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            is_tv = row["category"].startswith("TV")
            found["TV and films"].add(row["show_title"])
            if is_tv:
                found["TV"].add(row["show_title"])
            if is_tv and date.fromisoformat(row["week"]) > since:
                found["active TV"].add(row["show_title"])
    path = folder / "netflix/all-weeks-countries_2022-11-15.xlsx"
    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    category, title = header.index("category"), header.index("show_title")
    for cells in rows:
        found["TV and films"].add(str(cells[title]))
        if cells[category] == "TV":
            found["TV"].add(str(cells[title]))
    return found


@cache
def gazetteer(names: frozenset[str]) -> Gazetteer:
    """One row for each title, without end."""
    return gazetteer_of((name, slug(name) or "x", None, None) for name in sorted(names))


def table(texts: Iterable[str]) -> pa.Table:
    """Posts numbered from 0 on one day."""
    written = list(texts)
    return pa.table(
        {
            "post": [str(number) for number in range(len(written))],
            "text": pa.array(written, pa.string()),
            "tags": pa.array([[]] * len(written), pa.list_(pa.string())),
            "languages": pa.array([[]] * len(written), pa.list_(pa.string())),
            "day": pa.array([DAY] * len(written), pa.date32()),
        }
    )


def labelled(folder: Path) -> list[dict[str, object]]:
    """The hand-labelled mentions."""
    with (folder / "posts/labelled_title_mentions_dev.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@dataclass(frozen=True)
class Score:
    """Precision and recall on labelled mentions, strata re-weighted; naive: every mention is a link."""

    precision: Share
    recall: Share
    naive: Share


def score(folder: Path, half: int | None, tiers: str) -> Score:
    """The linker with all titles, on one half of the labelled mentions (None: both) of these tiers."""
    rows = [row for row in labelled(folder) if half is None or half_of(str(row["text"])) == half]
    drawn = Counter(row["stratum"] for row in rows)
    rows = [row for row in rows if str(row["tier"]) in tiers]
    names = frozenset(titles(folder)["TV and films"] | {str(row["title"]) for row in labelled(folder)})
    links = link(table(str(row["text"]) for row in rows), gazetteer(names)).links
    made = set(zip(links["post"].to_pylist(), links["subject"].to_pylist(), strict=True))
    judged = [
        (
            int(str(row["stratum_size"])) / drawn[row["stratum"]],
            bool(row["is_title"]),
            (str(n), slug(str(row["title"]))) in made,
        )
        for n, row in enumerate(rows)
    ]
    return Score(
        share_of((w, is_title) for w, is_title, is_linked in judged if is_linked),
        share_of((w, is_linked) for w, is_title, is_linked in judged if is_title),
        share_of((w, is_title) for w, is_title, _ in judged),
    )


@dataclass(frozen=True)
class Tagged:
    """A post with the places of the works it names."""

    text: str
    works: tuple[tuple[int, int], ...]


def conll(path: Path, kinds: tuple[str, ...]) -> Iterator[Tagged]:
    """The posts of a file with a token and its tag a line; tokens joined by spaces."""
    text, open_at = "", -1
    works: list[tuple[int, int]] = []
    for line in [*path.read_text(encoding="utf-8", errors="replace").split("\n"), ""]:
        token, _, tag = line.strip("\r").partition("\t")
        if not token.strip():
            if open_at >= 0:
                works.append((open_at, len(text)))
            if text:
                yield Tagged(text, tuple(works))
            text, works, open_at = "", [], -1
            continue
        inside = tag.strip().partition("-")[2] in kinds
        if open_at >= 0 and (not inside or tag.startswith("B-")):
            works.append((open_at, len(text)))
            open_at = -1
        start = len(text) + (1 if text else 0)
        text += (" " if text else "") + token
        if inside and open_at < 0:
            open_at = start


def distinct(posts: Iterable[Tagged]) -> list[Tagged]:
    """Each text once."""
    return list({post.text: post for post in posts}.values())


def wnut16(folder: Path) -> list[Tagged]:
    """WNUT-16 with its television and films."""
    return distinct(
        post
        for name in ("train", "dev", "dev_2015", "test")
        for post in conll(folder / "posts/wnut16" / name, ("tvshow", "movie"))
    )


def wnut17(folder: Path) -> list[Tagged]:
    """WNUT-17 development and test with their creative works; its training part is WNUT-16's."""
    names = ("emerging.dev.conll", "emerging.test.annotated")
    return distinct(post for name in names for post in conll(folder / "posts/wnut17" / name, ("creative-work",)))


def background(folder: Path) -> list[str]:
    """Posts that speak of no television, as far as their makers say: BTC, albums and books."""
    found = [post.text for name in "abefgh" for post in conll(folder / "posts/btc" / f"{name}.conll", ())]
    for name in ("debut-albums", "books-reading"):
        posts = json.loads((folder / f"posts/starcounter/{name}.json").read_text(encoding="utf-8"))["posts"]
        found += [post["text"] for post in posts]
    return sorted({text for text in found if text.strip()})


def works_linked(posts: list[Tagged], names: frozenset[str]) -> tuple[int, int, int, int]:
    """Links, right ones (they share letters with a marked work), marked works in the list, and those of them linked."""
    links = link(table(post.text for post in posts), gazetteer(names)).links.to_pylist()
    right = found = known = 0
    places: dict[int, list[tuple[int, int]]] = {}
    for row in links:
        places.setdefault(int(row["post"]), []).append((row["start"], row["end"]))
    in_list = {fold(name) for name in names}
    for number, post in enumerate(posts):
        here = places.get(number, [])
        right += sum(any(a < end and start < b for a, b in post.works) for start, end in here)
        for a, b in post.works:
            if fold(post.text[a:b]).lstrip("# ") in in_list:
                known += 1
                found += any(start < b and a < end for start, end in here)
    return len(links), right, known, found


def naive(texts: Iterable[str], names: frozenset[str]) -> int:
    """Links a case-blind match of whole words makes, one for each post and title."""
    forms = matcher(gazetteer(names))
    return sum(
        len({reading.row.subject for one in forms.find(fold(text)) if not one.is_tag for reading in one.readings})
        for text in texts
    )


def report(folder: Path) -> Iterator[str]:
    """Everything measured, a line each."""
    for half, what in ((0, "tuned on"), (1, "held out")):
        for tiers in ("BC", "B", "C", "A", "ABC"):
            one = score(folder, half, tiers)
            yield f"labelled, {what}, tiers {tiers}: precision {one.precision}, recall {one.recall}, naive precision {one.naive}"
    known = {name: frozenset(found) for name, found in titles(folder).items()}
    for name, tagged in (("WNUT-16", wnut16(folder)), ("WNUT-17", wnut17(folder))):
        count, right, gold, found = works_linked(tagged, known["TV and films"])
        before = naive((post.text for post in tagged), known["TV and films"])
        yield f"{name}: {len(tagged)} posts, {count} links, {right} right (naive {before}), {found} of {gold} works in the list"
    posts = background(folder)
    for name, names in known.items():
        made, before = link(table(posts), gazetteer(names)).links.num_rows, naive(posts, names)
        rate = share_of([(1, n < made) for n in range(len(posts))])
        yield (
            f"background, {len(posts)} posts, {name} ({len(names)} titles): {made} links, {1000 * rate.share:.2f} a 1,000 "
            f"({1000 * rate.low:.2f} to {1000 * rate.high:.2f}; naive {1000 * before / len(posts):.1f})"
        )


if __name__ == "__main__":
    for told in report(Path(os.environ.get("GROUNDSWELL_SHARED_DATA", "../shared/data"))):
        sys.stdout.write(told + "\n")
