"""A store in a folder, editions of a producer's file to load into it, and everything a test may ask of it."""

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from groundswell.catalog import code_of
from groundswell.core.origin import Evidence, Origin
from groundswell.core.protocol import Feed
from groundswell.feeds import MAPPED
from groundswell.feeds import feed as known_feed
from groundswell.feeds.netflix import GLOBAL
from groundswell.store import Loaded, Store
from groundswell.store.tables import ROWS
from tests.synthetic import TITLES, global_week, sundays, tsv

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MOSS = Origin(producer="Moss Weekly", title="The list", licence="none stated", status=Evidence.SIMULATED)

Answers = dict[str, list[tuple[object, ...]]]
"""Table → its rows, sorted."""


def edition(number: int, weeks: int = 3, lists: Sequence[str] = ("TV (English)", "Films (English)")) -> bytes:
    """The producer's file as of its edition `number`: a week more than the one before, and rank 1's hours revised."""
    return tsv(
        row
        for week in sundays("2022-05-01", weeks + number)
        for category in lists
        for row in global_week(week, category, hours={1: 20_000_000 + number})
    )


def renamed(old: str, new: str, raw: bytes) -> bytes:
    """The file with one title under another name."""
    assert old in TITLES
    return raw.replace(old.encode(), new.encode())


def feed_of(name: str, settings: dict[str, object]) -> Feed:
    """The feed a load was made with."""
    if name in MAPPED:
        return MAPPED[name](**{key: value for key, value in settings.items() if key != "parser"})  # type: ignore[arg-type]
    return known_feed(name)


def end_of(day: str | None) -> datetime | None:
    """The end of a day, to be asked `as_of`; None is now."""
    return datetime.combine(date.fromisoformat(day), time.max, UTC) if day else None


class Desk:
    """A store, and a clock that is an hour later at every load."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder, code_of)
        self.now = NOW

    def load(self, raw: bytes, feed: Feed = GLOBAL, origin: Origin | None = None, fetched: str | None = None) -> Loaded:
        """Load a file, known from `fetched`, else from now on."""
        self.now += timedelta(hours=1)
        day = date.fromisoformat(fetched) if fetched else None
        return self.store.load(feed, raw, origin or feed.origin or MOSS, now=self.now, fetched=day)

    def rows(self, table: str, as_of: str | None = None) -> list[tuple[object, ...]]:
        """What a table answers, as known at the end of a day, sorted and without the ids of loads."""
        return self._ask([table], as_of)[table]

    def answers(self, as_of: str | None = None) -> Answers:
        """What every table of rows answers."""
        return self._ask(ROWS, as_of)

    def _ask(self, tables: Iterable[str], as_of: str | None) -> Answers:
        with self.store.open(end_of(as_of)) as engine:
            found = {table: engine.query(f"SELECT * FROM {table}").to_pydict() for table in tables}
        for columns in found.values():
            columns.pop("load_id")
            columns.pop("snapshot_id", None)
        return {table: sorted(zip(*columns.values(), strict=True), key=str) for table, columns in found.items()}

    def everything(self) -> Answers:
        """What the tables answer and, as `all_…`, every row they hold, with the ids of loads."""
        names = (*ROWS, *(f"all_{name}" for name in ROWS), "loads")
        with self.store.open() as engine:
            found = {name: engine.query(f"SELECT * FROM {name}") for name in names}
        return {name: sorted(zip(*rows.to_pydict().values(), strict=True), key=str) for name, rows in found.items()}

    def copy(self, folder: Path) -> "Desk":
        """The same store in another folder."""
        shutil.copytree(self.folder, folder)
        copied = Desk(folder)
        copied.now = self.now
        return copied

    def hours(self, as_of: str | None = None) -> set[int]:
        """The hours of rank 1, which tell one `edition` from another."""
        with self.store.open(end_of(as_of)) as engine:
            found = engine.query(
                "SELECT DISTINCT o.value FROM observations o JOIN entries e USING (load_id, line) "
                "WHERE e.rank = 1 AND o.measure = 'hours_viewed'"
            )
        return {int(value) - 20_000_000 for value in found["value"].to_pylist()}

    def tree(self) -> dict[str, str]:
        """Every file's digest, but for the lock."""
        return {
            str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.name != "lock"
        }

    def snapshots(self) -> dict[str, str]:
        """The digests of the files kept as evidence."""
        return {name: digest for name, digest in self.tree().items() if name.startswith("snapshots")}
