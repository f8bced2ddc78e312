"""Made-up events for tests, and a store of events in a folder to take them in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from groundswell.catalog import code_of
from groundswell.core.events import AMBIGUOUS, LINKS, Activity, ActivityBuilder, post_digest
from groundswell.core.origin import Evidence, Origin
from groundswell.store import Store, raw
from groundswell.store.duckdb import DuckEngine
from groundswell.store.snapshots import Manifest, digest
from groundswell.store.store import Loaded, Progress
from groundswell.store.stream import Part, Stream

MONDAY = datetime(2022, 5, 2, tzinfo=UTC)
SIMULATED = Origin(producer="Nobody", title="Made up for a test", licence="CC0-1.0", status=Evidence.SIMULATED)
PLATFORM = "made"


def event(
    kind: str, actor: str, key: str, hours: float = 0, operation: str = "create", **columns: Any
) -> dict[str, Any]:
    """An event so many hours after Monday."""
    at = MONDAY + timedelta(hours=hours)
    if kind == "post" and operation != "delete":
        columns = {"text": "", "tags": [], "languages": ["en"], **columns}
    return {"kind": kind, "operation": operation, "actor": actor, "key": key, "at": at, **columns}


def activity(events: Iterable[dict[str, Any]], platform: str = PLATFORM) -> Activity:
    """They as a feed gives them."""
    built = ActivityBuilder(platform)
    rows = 0
    for line, one in enumerate(events, 1):
        built.add(line, **one)
        rows += 1
    return built.built(rows)


def links(posts: Mapping[str, Sequence[str]], platform: str = PLATFORM) -> pa.Table:
    """From the keys of posts to the subjects they name."""
    rows = [
        {"platform": platform, "post": post, "subject": subject, "rule": "made", "gazetteer": "g"}
        for post, subjects in posts.items()
        for subject in subjects
    ]
    return pa.Table.from_pylist(rows, schema=LINKS)


class EventDesk:
    """A store of events, and a clock that is an hour later at every load."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stream = Stream(Store(folder, code_of))
        self.now = MONDAY + timedelta(days=30)

    def load(
        self,
        events: Iterable[dict[str, Any]],
        linked: Mapping[str, Sequence[str]] | None = None,
        name: str | None = None,
        progress: Progress = lambda _: None,
        known: datetime | None = None,
        unsure: Mapping[str, Sequence[str]] | None = None,
    ) -> Loaded:
        """Take events in, as a file of that name (by default one of a name never used), known from then (by default now)."""
        return self.take(activity(events), linked, name, progress, known, unsure)

    def take(
        self,
        found: Activity,
        linked: Mapping[str, Sequence[str]] | None = None,
        name: str | None = None,
        progress: Progress = lambda _: None,
        known: datetime | None = None,
        unsure: Mapping[str, Sequence[str]] | None = None,
    ) -> Loaded:
        """The same for what a feed gave; a post's fingerprint is its text's digest here. Posts in `unsure` may name subjects."""
        return self.take_parts([found], linked, name, progress, known, unsure)

    def take_parts(
        self,
        parts: Iterable[Activity],
        linked: Mapping[str, Sequence[str]] | None = None,
        name: str | None = None,
        progress: Progress = lambda _: None,
        known: datetime | None = None,
        unsure: Mapping[str, Sequence[str]] | None = None,
    ) -> Loaded:
        """The same for a file in parts."""
        self.now += timedelta(hours=1)
        manifest = self.manifest(name or str(self.now), known)
        return self.stream.load(manifest, (_read(part, linked or {}, unsure or {}) for part in parts), progress)

    def manifest(self, name: str, known: datetime | None = None) -> Manifest:
        """Of a file of that name, taken in now."""
        return Manifest(
            snapshot_id=digest(name.encode()),
            feed="interactions.csv",
            settings={},
            origin=SIMULATED,
            known_from=known or self.now,
            loaded_at=self.now,
        )

    def rows(self, table: str = "events") -> list[dict[str, Any]]:
        """What a table answers."""
        with DuckEngine() as engine:
            self.stream.register(engine)
            return list(engine.query(f"SELECT * FROM {table}").to_pylist())

    def held(self) -> list[tuple[str, str, str]]:
        """Kind, operation and key of every event held, sorted."""
        return sorted((row["kind"], row["operation"], row["key"]) for row in self.rows())

    def everything(self) -> bytes:
        """Every byte under the folder, and what its Parquet files and raw segments hold, unpacked."""
        found = [path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()]
        for path in sorted(self.folder.rglob("*.parquet")):
            found.append(str(pq.read_table(path).to_pylist()).encode())
        for path in sorted(self.folder.rglob("*.zst")):
            found.append(unpacked(path))
            found += [str(block.head).encode() for block in raw._blocks(path)]
        return b"\n".join(found)


def unpacked(path: Path) -> bytes:
    """The lines of a raw segment, as a reader that knows nothing of batches has them."""
    with pa.CompressedInputStream(pa.OSFile(str(path)), "zstd") as stream:
        lines: bytes = stream.read()
    return lines


def _read(found: Activity, linked: Mapping[str, Sequence[str]], unsure: Mapping[str, Sequence[str]]) -> Part:
    keys = set(found.events["key"].to_pylist())
    texts = found.events["text"].to_pylist()
    prints = pa.array([digest(text.encode())[-16:] if text else None for text in texts], pa.string())
    may_name = [
        {"platform": PLATFORM, "post": post_digest(row["key"]), "subject": subject, "seen_at": row["seen_at"]}
        for row in found.events.to_pylist()
        for subject in unsure.get(row["key"], ())
    ]
    named = links({post: subjects for post, subjects in linked.items() if post in keys})
    return Part(found, prints, named, pa.Table.from_pylist(may_name, schema=AMBIGUOUS))
