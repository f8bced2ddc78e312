"""Sessions and catalogues for tests: written as files, loaded through the feeds, into a store of their own."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from groundswell.catalog import code_of
from groundswell.core.origin import Evidence, MayShow, Origin
from groundswell.core.protocol import Reading
from groundswell.feeds.catalogue import Catalogue
from groundswell.feeds.sessions import Sessions
from groundswell.store import DuckEngine, Loaded, Store
from groundswell.store.snapshots import Manifest, digest, digest_of
from groundswell.store.store import Progress
from groundswell.store.viewing import Viewing

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ROLES = ("profile", "title", "season", "territory", "start", "end", "stream", "session", "household", "device")
HEADER = ",".join(ROLES)
SESSIONS = Sessions({role: role for role in ROLES})
CATALOGUE_ROLES = ("title", "season", "kind", "language", "available_from", "minutes", "live_from", "live_to")
CATALOGUE = Catalogue({role: role for role in CATALOGUE_ROLES})
READING = Reading("*", code_of)


def origin(may_show: MayShow = MayShow.VALUES) -> Origin:
    """Who says so: nobody real."""
    return Origin(
        producer="Moss Streaming", title="Sessions", licence="none", may_show=may_show, status=Evidence.SIMULATED
    )


def session(
    profile: str,
    start: str,
    end: str,
    title: str = "Moss",
    territory: str = "GB",
    season: str = "",
    stream: str = "on_demand",
    session: str = "",
) -> str:
    """A line of a file; times as `11-02T20:00:00` of 2026, UTC."""
    return f"{profile},{title},{season},{territory},2026-{start}Z,2026-{end}Z,{stream},{session},,"


def text(lines: Iterable[str]) -> str:
    """A file of these lines."""
    return "\n".join([HEADER, *lines, ""])


def load(
    store: Store, path: Path, now: datetime = NOW, feed: Sessions = SESSIONS, progress: Progress = lambda _: None
) -> Loaded:
    """Take a file of sessions in."""
    with path.open("rb") as file:
        manifest = _manifest(feed, digest_of(file), now)
    return Viewing(store).load(manifest, lambda engine: feed.deliver(path, engine, READING, now), progress)


def load_catalogue(store: Store, lines: Iterable[str], now: datetime = NOW) -> Loaded:
    """Take a catalogue in: `title,season,kind,language,available_from,minutes,live_from,live_to`."""
    raw = "\n".join([",".join(CATALOGUE_ROLES), *lines, ""]).encode()
    return Viewing(store).load_catalogue(_manifest(CATALOGUE, digest(raw), now), CATALOGUE.titles(raw))


def rows(store: Store) -> list[tuple[object, ...]]:
    """Every session that counts: profile, title, start, end, id."""
    with DuckEngine() as engine:
        Viewing(store).held().register(engine)
        sql = "SELECT profile, title, territory, epoch(started_at)::BIGINT, epoch(ended_at)::BIGINT, session FROM sessions"
        return sorted(map(tuple, (row.values() for row in engine.query(sql).to_pylist())), key=str)


def _manifest(feed: Sessions | Catalogue, snapshot_id: str, now: datetime) -> Manifest:
    return Manifest(
        snapshot_id=snapshot_id,
        feed=feed.id,
        settings=dict(feed.settings()),
        origin=origin(),
        known_from=now,
        loaded_at=now,
    )
