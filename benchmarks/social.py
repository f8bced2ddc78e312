"""A firehose of simulated social events from its file to the weeks of a chart, stage by stage, as `load` and `reduce` do it."""

import csv
import hashlib
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import write_deltalake

from benchmarks.data import shared_folder
from groundswell.cli.reduce import reduce_interactions
from groundswell.cli.work import load_file
from groundswell.feeds.bluesky import JETSTREAM
from groundswell.measures.commonness import is_rare
from groundswell.measures.gazetteer import GAZETTEER_HEADER
from groundswell.measures.posts import links_of
from groundswell.newsroom.desk import Desk, open_desk
from groundswell.store import DuckEngine, SparkEngine

_DESK = """format = 1
name = "Simulated"
timezone = "UTC"
base_url = "https://example.org/"
languages = ["en"]
"""


@dataclass(frozen=True)
class Firehose:
    """One file of frames, the names titles have in it, and a desk whose gazetteer holds these names."""

    file: Path
    aliases: Path
    desk: Path


def firehose(events: str, within: str) -> Firehose:
    """Written into `within` by the generator of the shared folder, which needs numpy and polars."""
    folder = Path(within)
    script = shared_folder() / "bench" / "generate_social_firehose.py"
    subprocess.run([sys.executable, script, folder, "--events", events], check=True, stdout=subprocess.DEVNULL)
    with (folder / "firehose.jsonl").open("wb") as whole:
        for part in sorted(folder.glob("events-*.jsonl")):
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole, 1 << 22)
            part.unlink()
    desk = folder / "desk"
    (desk / "catalog").mkdir(parents=True)
    (desk / "desk.toml").write_text(_DESK)
    _write_gazetteer(folder / "aliases.parquet", desk / "catalog" / "gazetteer.csv")
    _mark_rare(folder / "aliases.parquet")
    return Firehose(folder / "firehose.jsonl", folder / "aliases.parquet", desk)


def _write_gazetteer(aliases: Path, path: Path) -> None:
    """Every title by its aliases and tags, all of tier A: to stand in a post is to be named."""
    names: dict[int, list[str]] = {}
    for row in pq.read_table(aliases).to_pylist():
        names.setdefault(row["title_id"], []).append(row["alias"])
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(GAZETTEER_HEADER)
        for title, known in sorted(names.items()):
            forms = [name for name in known if name[0] != "#"] or [f"Simulated Title {title}"]
            tags = [name[1:] for name in known if name[0] == "#"]
            out.writerow([f"title-{title}", "|".join(forms), "|".join(tags), "", "", "", "", "", "A"])


def _mark_rare(aliases: Path) -> None:
    """Which names stand for themselves in small letters too: known to the script by hand, as names are."""
    names = pq.read_table(aliases)
    rare = [is_rare(name.lower().split()) for name in names["alias"].to_pylist()]
    pq.write_table(names.append_column("rare", pa.array(rare)), aliases)


def parse(file: str) -> dict[str, int]:
    """Every event of the file in columns, and let go."""
    kinds: Counter[str] = Counter()
    with Path(file).open("rb") as frames, DuckEngine() as engine:
        for part in JETSTREAM.parts(frames, engine):
            for row in part.tallies.to_pylist():
                kinds[f"{row['kind']} {row['operation']}"] += row["lines"]
    return dict(sorted(kinds.items()))


def load(file: str, desk: str) -> dict[str, int]:
    """Parsed, linked and kept, by `groundswell load`, into the desk's store, which is begun anew."""
    shutil.rmtree(Path(desk) / ".groundswell", ignore_errors=True)
    loaded = load_file(_desk(desk), JETSTREAM, Path(file), None, lambda _: None)
    assert loaded.findings_count == 0, loaded.findings[:3]
    return {"rows": loaded.rows_read}


def link(staged: str, desk: str, into: str) -> dict[str, str]:
    """The posts of the other way's staged events, a hundred thousand at a time, to links in a Delta table."""
    gazetteer = _desk(desk).gazetteer()
    found = []
    with DuckEngine() as engine:
        engine.register("staged", staged)
        of_post = """
          SELECT 'bluesky' AS platform, key, seen_at, text, tags FROM staged
          WHERE kind = 'post' AND text IS NOT NULL"""
        for batch in engine.reader(of_post, 100_000):
            found.append(links_of(pa.Table.from_batches([batch]), gazetteer)[0])
    links = pa.concat_tables(found)
    write_deltalake(into, links)
    return {"links": digest_of(f"{post} {subject}" for post, subject in zip(*_pair(links), strict=True))}


NOT_BY_HAND = {"ambiguous_posts", "campaign"}
"""Figures the script by hand does not count."""


def reduce(desk: str, engine: type[DuckEngine] | type[SparkEngine] = DuckEngine) -> dict[str, str]:
    """The weeks of the chart counted and loaded, by `groundswell reduce`, as if for the first time."""
    for name in ("tables", "snapshots"):
        shutil.rmtree(Path(desk) / ".groundswell" / name, ignore_errors=True)
    rows, cells, beside, inputs = [], [], [], []
    for week, _ in reduce_interactions(_desk(desk), datetime.now(UTC), engine):
        for title in week.entries:
            figures = " ".join(f"{name}={title.figures[name]}" for name in sorted({*title.figures} - NOT_BY_HAND))
            rows.append(f"{week.first_day} {title.rank} {title.subject} {figures}")
            assert {*title.left_out} <= {"self", "over_cap"}, title.left_out
            by = title.authorship
            assert by is not None
            said = [
                *(title.left_out.get(why, 0) for why in ("self", "over_cap")),
                *(*title.by_cap.values(), title.age_unknown),
                *(by.posts, by.authors, by.top_posts, by.hashtags_only),
            ]
            beside.append(f"{week.first_day} {title.subject} {' '.join(map(str, said))}")
        for one in week.cells:
            cells.append(f"{one.day} {one.subject} {one.language} {one.kind} {one.gross} {one.net}")
        inputs.append(f"{week.first_day} {week.inputs.removeprefix('sha256:')}")
    return {
        "chart": digest_of(rows),
        "cells": digest_of(cells),
        "beside": digest_of(beside),
        "inputs": digest_of(inputs),
    }


def digest_of(lines: Any) -> str:
    """How many different lines there are, and their digest whatever their order."""
    held = sorted(set(lines))
    return f"{len(held)}, {hashlib.sha256(chr(10).join(held).encode()).hexdigest()[:16]}"


def _pair(links: pa.Table) -> tuple[list[str], list[str]]:
    return links["post"].to_pylist(), links["subject"].to_pylist()


def _desk(folder: str) -> Desk:
    return open_desk(Path(folder))
