"""What a live connection gives: events as they come, where to go on from, and the times nothing is known of."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from groundswell.core.events import Activity

_UNITS = {"days": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1), "s": timedelta(seconds=1)}


def span_text(span: timedelta) -> str:
    """A span in the unit a person would use: `3 s`, `119 s`, `4 min`, `47 h`, `12 days`; one below zero is `0 s`."""
    span = max(span, timedelta(0))
    unit = next((unit for unit, one in _UNITS.items() if span >= 2 * one), "s")
    return f"{span // _UNITS[unit]:,} {unit}"


def clock_text(moment: datetime) -> str:
    """A moment as pages say it, to the second: `23:58:36 UTC, 15 May 2022`."""
    moment = moment.astimezone(UTC)
    return f"{moment:%H:%M:%S} UTC, {moment.day} {moment:%B %Y}"


@dataclass(frozen=True)
class Cursor:
    """Where a stream goes on: the last event's time, and its place in the archive of the one server that counted it."""

    at: datetime
    server: str
    seq: int | None = None


@dataclass(frozen=True)
class Gap:
    """A span of time in which events may have passed unseen: no week that meets it is complete."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class RawFrame:
    """One frame as it came, without a line's end, and whose it is.

    `actor` is empty where the frame stays whatever the account takes back: it says what became of the account itself.
    `post` is the key of the post whose words it has, else empty.
    """

    data: bytes
    actor: str
    post: str
    at: datetime


@dataclass(frozen=True)
class Batch:
    """A second's worth of a stream; `cursor` holds once all of it is kept, and is None before the first event.

    `frames` are the frames as they came; `notes` say in a line each what befell the connection.
    """

    activity: Activity
    cursor: Cursor | None
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()
    frames: tuple[RawFrame, ...] = ()
