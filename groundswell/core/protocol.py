"""What feeds and stores promise the rooms that never import them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

import pyarrow as pa

from groundswell.core.events import Activity
from groundswell.core.origin import Origin
from groundswell.core.rows import Parsed
from groundswell.core.viewing import Delivered, Titles


@dataclass(frozen=True)
class Reading:
    """What a feed is told when it parses: for whom the file is complete, which territory a cell means, and `until` when
    it can speak of anything."""

    complete_for: str
    territory: Callable[[str], str | None]
    until: date = date.max


class Feed(Protocol):
    """A connector to one producer's file. `parse` is pure: no clock, no network, no database."""

    @property
    def id(self) -> str:
        """The feed's name, `netflix.global`."""

    @property
    def origin(self) -> Origin | None:
        """The producer's default origin; None when a sidecar must state it."""

    @property
    def url(self) -> str | None:
        """Where the producer serves the file, if at one known address."""

    def settings(self) -> Mapping[str, object]:
        """All that decides how bytes become rows, as plain JSON values; part of a load's identity."""

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """The rows of a file; `InputError` in one line when it is not this feed's file at all."""


@runtime_checkable
class EventFeed(Protocol):
    """A connector to one platform's events. `read` is pure: no clock, no network, no database."""

    @property
    def id(self) -> str:
        """The feed's name, `bluesky.jetstream`."""

    @property
    def origin(self) -> Origin | None:
        """The platform's default origin; None when a sidecar must state it."""

    @property
    def url(self) -> str | None:
        """Where the platform serves the file, if at one known address."""

    def settings(self) -> Mapping[str, object]:
        """All that decides how bytes become events, as plain JSON values; part of a load's identity."""

    def read(self, raw: bytes) -> Activity:
        """What a file holds; `InputError` in one line when it is not this feed's file at all."""


@runtime_checkable
class BulkFeed(EventFeed, Protocol):
    """A feed of events whose files may be of any length."""

    def parts(self, file: BinaryIO, engine: "Engine") -> Iterator[Activity]:
        """What `read` gives, in parts of bounded size; in a part, events are in no order."""


@runtime_checkable
class SessionFeed(Protocol):
    """A connector to files of viewing sessions, of any length. `deliver` knows no clock but `now`."""

    @property
    def id(self) -> str:
        """The feed's name, `viewing.sessions`."""

    @property
    def origin(self) -> Origin | None:
        """None: a sidecar must state it."""

    @property
    def url(self) -> str | None:
        """None: a file must be named."""

    def settings(self) -> Mapping[str, object]:
        """All that decides how bytes become sessions, as plain JSON values; part of a load's identity."""

    def deliver(self, path: Path, engine: "Engine", reading: Reading, now: datetime) -> Delivered:
        """What the file holds, no session later than `now`; `InputError` in one line when it is not this feed's file at all."""


@runtime_checkable
class CatalogueFeed(Protocol):
    """A connector to the catalogue of what can be watched. `titles` is pure: no clock, no network, no database."""

    @property
    def id(self) -> str:
        """The feed's name, `viewing.catalogue`."""

    @property
    def origin(self) -> Origin | None:
        """None: a sidecar must state it."""

    @property
    def url(self) -> str | None:
        """None: a file must be named."""

    def settings(self) -> Mapping[str, object]:
        """All that decides how bytes become rows, as plain JSON values; part of a load's identity."""

    def titles(self, raw: bytes) -> Titles:
        """What can be watched; `InputError` in one line when it is not this feed's file at all."""


class Engine(Protocol):
    """Something that answers SQL over named tables. Six members, two implementations at most."""

    @property
    def dialect(self) -> str:
        """The SQL dialect spoken, by sqlglot's name."""

    def register(self, name: str, rows: str | pa.Table) -> None:
        """Make a table known under `name`: an Arrow table, or the path of a Delta table."""

    def step(self, name: str, sql: str) -> None:
        """Materialise the result of `sql` under `name`, replacing what had it."""

    def query(self, sql: str, params: Sequence[object] = ()) -> pa.Table:
        """The rows of `sql`; values are bound, never spliced."""

    def drop(self, name: str) -> None:
        """Let go of a step that is needed no more; nothing where there is none of that name."""

    def close(self) -> None:
        """Let go of memory and files."""
