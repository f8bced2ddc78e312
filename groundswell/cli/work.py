"""The wiring: a desk, its store and its record, as the commands need them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pyarrow as pa

from groundswell.catalog import WORLDWIDE, code_of
from groundswell.claims import Record
from groundswell.core import audience
from groundswell.core.audience import LiveAudience
from groundswell.core.errors import InputError, MachineryError, OutOfMemory, UsageError
from groundswell.core.events import Activity
from groundswell.core.origin import Evidence, MayShow, Origin, weakest
from groundswell.core.period import Period
from groundswell.core.protocol import BulkFeed, CatalogueFeed, EventFeed, Feed, Reading, SessionFeed
from groundswell.core.reduction import Reduction, decode
from groundswell.feeds import MAPPED, MAPPED_EVENTS, event_feed
from groundswell.feeds import feed as known_feed
from groundswell.feeds.audience import EVENT
from groundswell.feeds.books import BooksUnits
from groundswell.feeds.catalogue import Catalogue
from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.critics import CriticsReviews, CriticsScores
from groundswell.feeds.fetch import fetch
from groundswell.feeds.hashtag import HashtagViews
from groundswell.feeds.isp import IspSpeedIndex
from groundswell.feeds.reduced import WEEK
from groundswell.feeds.series_csv import SeriesCsv
from groundswell.feeds.sessions import Sessions
from groundswell.feeds.table import MOST_BYTES
from groundswell.measures.gazetteer import Gazetteer
from groundswell.measures.owned import owned_table
from groundswell.measures.posts import fingerprints, links_of
from groundswell.measures.profile import SETTLE
from groundswell.newsroom.desk import Desk, FeedEntry, open_desk
from groundswell.store import DuckEngine, Loaded, SparkEngine, Store, day_begins
from groundswell.store.snapshots import Manifest, digest, digest_of
from groundswell.store.store import Progress
from groundswell.store.stream import Part, Stream
from groundswell.store.viewing import Viewing
from groundswell.store.window import linked

T = TypeVar("T")
AnyFeed = Feed | EventFeed | SessionFeed | CatalogueFeed


def store_of(desk: Desk) -> Store:
    """The desk's store."""
    return Store(desk.store_folder, code_of)


def now() -> datetime:
    """The wall clock, read nowhere else."""
    return datetime.now(UTC)


@contextmanager
def record_of(desk: Desk, as_of: datetime | None = None) -> Iterator[Record]:
    """Everything the desk holds, as known at `as_of`, placed."""
    with store_of(desk).open(as_of) as engine:
        yield Record(engine, desk.catalog, desk.charts)


def reductions_of(desk: Desk) -> Callable[[str], Reduction | None]:
    """Reads a snapshot the desk holds where that is a week `reduce` wrote; None for any other."""
    store = store_of(desk)
    weeks = {load.snapshot_id for load in store.loads() if load.feed == WEEK.id}
    return lambda snapshot: decode(store.snapshot(snapshot)) if snapshot in weeks else None


def events_of(desk: Desk) -> Callable[[str], LiveAudience | None]:
    """Reads a snapshot the desk holds where that is a live event `reduce` wrote; None for any other."""
    store = store_of(desk)
    events = {load.snapshot_id for load in store.loads() if load.feed == EVENT.id}
    return lambda snapshot: audience.decode(store.snapshot(snapshot)) if snapshot in events else None


def feed_of(name: str, settings: dict[str, object]) -> Feed:
    """The feed of that name with the settings a load was made with."""
    if name in MAPPED:
        options = {key: value for key, value in settings.items() if key != "parser"}
        return MAPPED[name](**options)  # type: ignore[arg-type]
    return known_feed(name)


def named(name: str) -> Feed | EventFeed:
    """The feed of that name, of lists or of events; `UsageError` names the nearest otherwise."""
    return event_feed(name) or known_feed(name)


def mapped(entry: FeedEntry) -> AnyFeed:
    """The feed a `[[feeds]]` entry describes; `InputError` when the mapping is not whole."""
    try:
        return _mapped(entry)
    except (InputError, UsageError) as error:
        raise InputError(f"desk.toml: {error}") from None


def _mapped(entry: FeedEntry) -> AnyFeed:
    place = (entry.path or entry.url or "").lower().removesuffix(".gz").removesuffix(".zst")
    delimiter = "\t" if place.endswith(".tsv") else ","
    if entry.feed == MAPPED_EVENTS.id:
        if entry.platform is None:
            raise InputError('a feed interactions.csv needs platform = "…", where its accounts are')
        return MAPPED_EVENTS(entry.platform, dict(entry.columns), delimiter)
    if entry.feed == Sessions.id:
        return Sessions(dict(entry.columns), entry.clock, delimiter)
    if entry.feed == Catalogue.id:
        return Catalogue(dict(entry.columns), delimiter)
    if entry.feed not in MAPPED:
        return named(entry.feed)
    if entry.feed == HashtagViews.id:
        return HashtagViews(entry.title)
    if entry.feed == IspSpeedIndex.id:
        if entry.territory is None:
            raise InputError(f'a feed {entry.feed} needs territory = "…", the country its table is of')
        return IspSpeedIndex(entry.territory)
    if entry.feed == SeriesCsv.id:
        if entry.measure is None:
            raise InputError('a feed series.csv needs measure = "…", the id its readings are known by')
        return SeriesCsv(
            entry.measure,
            dict(entry.columns),
            unit=entry.unit,
            yes=entry.yes,
            no=entry.no,
            title=entry.title,
            territory=entry.territory or WORLDWIDE,
            calendar=entry.calendar,
            date_format=entry.date_format,
            delimiter=delimiter,
            encoding=entry.encoding,
        )
    if entry.feed == BooksUnits.id:
        return BooksUnits(
            dict(entry.columns),
            territory=entry.territory or "",
            whole=entry.whole,
            calendar=entry.calendar or "sun-sat",
            date_format=entry.date_format,
            delimiter=delimiter,
        )
    if entry.feed in (CriticsReviews.id, CriticsScores.id):
        options: dict[str, Any] = {"title": entry.title, "date_format": entry.date_format, "encoding": entry.encoding}
        options |= {word: getattr(entry, word) for word in ("yes", "no") if getattr(entry, word)}
        options |= {"columns": dict(entry.columns), "delimiter": delimiter}
        if entry.feed == CriticsReviews.id:
            return CriticsReviews(**options)
        return CriticsScores(day=entry.day.isoformat() if entry.day else None, **options)
    if entry.chart is None:
        raise InputError('a feed chart.csv needs chart = "…", the id its list is known by')
    return ChartCsv(
        entry.chart,
        dict(entry.columns),
        calendar=entry.calendar,
        territory=entry.territory or WORLDWIDE,
        depth=entry.depth,
        date_format=entry.date_format,
        delimiter=delimiter,
        encoding=entry.encoding,
    )


def load_entry(desk: Desk, entry: FeedEntry, fetched: date | None, progress: Progress) -> Loaded:
    """Load what one `[[feeds]]` entry names; a path in it must stay in the desk."""
    feed = mapped(entry)
    if entry.path is not None:
        path = desk.inside(entry.path, "desk.toml")
        return load_file(desk, feed, path, fetched, progress)
    assert entry.url is not None
    return load_url(desk, feed, entry.url, fetched, progress)


def load_file(desk: Desk, feed: AnyFeed, path: Path, fetched: date | None, progress: Progress) -> Loaded:
    """Load a file; its sidecar, else the feed's default, states the origin."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InputError(f"{path}: no file; name a file that can be read")
        path.open("rb").close()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; name a file that can be read") from None
    if not isinstance(feed, BulkFeed | SessionFeed) and size > MOST_BYTES:
        raise InputError(f"{path.name}: {size:,} bytes; at most {MOST_BYTES:,} are read")
    origin = desk.origin_beside(path) or feed.origin
    if origin is None:
        raise InputError(
            f"{path.name}: feed {feed.id} needs to know who says so: write {path.name}.origin.toml beside it "
            "(producer, title, licence; see docs/feeds.md)"
        )
    if isinstance(feed, SessionFeed):
        return take_in_sessions(desk, feed, path, origin, fetched, progress)
    with path.open("rb") as file:
        return _load(desk, feed, file, origin, fetched, progress, path.name)


def load_url(desk: Desk, feed: AnyFeed, url: str, fetched: date | None, progress: Progress) -> Loaded:
    """Load what an address serves."""
    if feed.origin is None:
        raise InputError(f"{url}: feed {feed.id} needs an origin sidecar; save the file in the desk and name its path")
    return _load(desk, feed, BytesIO(fetch(url)), feed.origin, fetched, progress, url)


def _load(
    desk: Desk,
    feed: AnyFeed,
    file: BinaryIO,
    origin: Origin,
    fetched: date | None,
    progress: Progress,
    name: str,
) -> Loaded:
    try:
        if isinstance(feed, EventFeed):
            return take_in(desk, feed, file, origin, fetched, progress)
        if isinstance(feed, CatalogueFeed):
            raw = file.read()
            manifest = _manifest(feed, digest(raw), origin, fetched)
            return Viewing(store_of(desk)).load_catalogue(manifest, feed.titles(raw), progress)
        if isinstance(feed, SessionFeed):
            raise InputError(f"feed {feed.id} reads files alone; save it in the desk and name its path")
        return store_of(desk).load(feed, file.read(), origin, now=now(), fetched=fetched, progress=progress)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def take_in(
    desk: Desk, feed: EventFeed, file: BinaryIO, origin: Origin, fetched: date | None, progress: Progress
) -> Loaded:
    """Take a file of events in, its posts read for the titles of the desk's gazetteer."""
    gazetteer = desk.gazetteer()
    at, known = now(), fetched or origin.fetched
    manifest = Manifest(
        snapshot_id=digest_of(file),
        feed=feed.id,
        settings={**feed.settings(), "gazetteer": gazetteer.version},
        origin=origin,
        known_from=day_begins(known) if known else at,
        loaded_at=at,
    )
    parts = (_linked(part, gazetteer) for part in _parts(feed, file))
    return Stream(store_of(desk)).load(manifest, parts, progress)


def take_in_sessions(
    desk: Desk, feed: SessionFeed, path: Path, origin: Origin, fetched: date | None, progress: Progress
) -> Loaded:
    """Take a file of viewing sessions in; `InputError` names the file."""
    with path.open("rb") as file:
        manifest = _manifest(feed, digest_of(file), origin, fetched)
    reading = Reading(origin.complete_for, code_of)
    try:
        return Viewing(store_of(desk)).load(
            manifest, lambda engine: feed.deliver(path, engine, reading, manifest.loaded_at), progress
        )
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from error


def _manifest(feed: SessionFeed | CatalogueFeed, snapshot_id: str, origin: Origin, fetched: date | None) -> Manifest:
    at, known = now(), fetched or origin.fetched
    return Manifest(
        snapshot_id=snapshot_id,
        feed=feed.id,
        settings=dict(feed.settings()),
        origin=origin,
        known_from=day_begins(known) if known else at,
        loaded_at=at,
    )


def _parts(feed: EventFeed, file: BinaryIO) -> Iterator[Activity]:
    if isinstance(feed, BulkFeed):
        with DuckEngine() as engine:
            yield from feed.parts(file, engine)
    else:
        yield feed.read(file.read())


def _linked(activity: Activity, gazetteer: Gazetteer) -> Part:
    links, ambiguous = links_of(activity.events, gazetteer)
    return Part(activity, fingerprints(activity.events, links), links, ambiguous)


def register_counted(engine: DuckEngine | SparkEngine, desk: Desk, week: Period, found: pa.Table) -> None:
    """Make known what interactions are counted from until `week` settles, the stream's tables being known; `found` are links
    besides those held."""
    if isinstance(engine, DuckEngine):
        linked(engine, settles(week).date(), found)
    else:  # every machine reads its own part of the files: there is nothing to keep small
        engine.register("found", found)
        columns = ", ".join(found.column_names)
        engine.step("all_links", f"SELECT {columns} FROM links UNION ALL SELECT {columns} FROM found")
        engine.view("links", "SELECT * FROM all_links")
    engine.register("owned", owned_table(desk.owned()))


def steady(read: Callable[[], T]) -> T:
    """What `read` gives; begun again, twice at most, where files went while it read: a watch joins small ones and removes them.

    What is short of memory is not begun again.
    """
    for _ in range(2):
        try:
            return read()
        except OutOfMemory:
            raise
        except MachineryError:
            pass
    return read()


def reduced_origin(
    desk: Desk, origins: list[Origin], *, title: str, licence: str, of: str, processing: str, figures: str = ""
) -> Origin:
    """Ours, as strong as the weakest of what it was counted from, and showing no more than that may: else no `figures`."""
    status = weakest(origin.status for origin in origins) or Evidence.CAPTURED
    producers = ", ".join(dict.fromkeys(f"{origin.producer} ({origin.title})" for origin in origins))
    stands_for = [origin.stands_for for origin in origins if origin.stands_for]
    order = list(MayShow)
    may_show = max((origin.may_show for origin in origins), key=order.index, default=MayShow.VALUES)
    return Origin(
        producer=desk.settings.name,
        title=title,
        licence=licence,
        description=f"Counted from {of} of {producers}",
        processing=processing + (figures if may_show is MayShow.VALUES else ""),
        may_show=may_show,
        status=status,
        stands_for=stands_for[0] if stands_for and status is Evidence.SIMULATED else None,
        complete_for="*" if all(origin.complete_for == "*" for origin in origins) else "",
    )


def outcome(loaded: Loaded) -> str:
    """What became of what was reduced, and that it is simulated where it is."""
    said = "as it was" if loaded.vintage == "same" else f"snapshot {loaded.snapshot_id[:19]}…"
    return f"{said} (simulated)" if loaded.evidence is Evidence.SIMULATED else said


def settles(week: Period) -> datetime:
    """When a week's acts can be taken back no more."""
    return day_begins(week.last) + timedelta(days=1) + SETTLE


def open_here(folder: Path | None) -> Desk:
    """The desk in `folder`, else in the nearest folder above that has a `desk.toml`."""
    from groundswell.newsroom.desk import find

    return open_desk(folder if folder is not None else find(Path.cwd()))


def moment(text: str | None) -> datetime | None:
    """`--as-of`: a day means its end (UTC), a full ISO time that moment; `UsageError` otherwise."""
    if text is None:
        return None
    try:
        if len(text) == 10:
            return datetime.fromisoformat(text + "T23:59:59.999999+00:00")
        parsed = datetime.fromisoformat(text)
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"'{text[:40]}' is no time; write 2022-11-15 or 2022-11-15T12:00:00Z") from None


def day(text: str | None) -> date | None:
    """A day option; `UsageError` otherwise."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text[:40]}' is no day; write it as 2022-05-01") from None
