"""A producer's file into a new store, as `groundswell load` does it: evidence, rows, findings, commit."""

from datetime import UTC, datetime
from pathlib import Path

from groundswell.catalog import code_of
from groundswell.feeds import feed as known_feed
from groundswell.store import Store


def load(feed: str, path: str, folder: str) -> Path:
    """Load the file at `path`; the folder of the store's Delta tables."""
    known = known_feed(feed)
    assert known.origin is not None
    loaded = Store(Path(folder), code_of).load(known, Path(path).read_bytes(), known.origin, now=datetime.now(UTC))
    assert loaded.findings_count == 0, loaded.findings[:3]
    return next((Path(folder) / "tables").glob("g-*"))
