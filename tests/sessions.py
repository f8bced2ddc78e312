"""Viewing sessions for tests: rows of the relation `sessions`, times in seconds from a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from groundswell.core.audience import encode
from groundswell.core.viewing import SESSIONS
from groundswell.measures.audience import Event, audience_of
from groundswell.store import DuckEngine

BEGINS = datetime(2026, 5, 16, 21, 0, tzinfo=UTC)
TITLE = "The Lantern Run"


@dataclass(frozen=True)
class Watched:
    """One session, from second `start` to second `end` of the event's own clock."""

    profile: str
    start: float
    end: float
    stream: str = "live"
    territory: str = "GB"
    weight: Decimal | None = None
    device: str | None = None
    title: str = TITLE


def table(sessions: Iterable[Watched], begins: datetime = BEGINS) -> pa.Table:
    """The relation."""
    rows = [
        {
            "profile": one.profile,
            "title": one.title,
            "season": "",
            "territory": one.territory,
            "started_at": begins + timedelta(seconds=one.start),
            "ended_at": begins + timedelta(seconds=one.end),
            "device": one.device,
            "stream": one.stream,
            "weight": one.weight,
        }
        for one in sessions
    ]
    return pa.Table.from_pylist(rows, schema=SESSIONS)


HOUR = 3600
FIVE = (Watched("a", 0, 240), Watched("b", 0, 180), Watched("c", 60, 240))
"""Of an event of five minutes A watches the first to the fourth, B the first to the third, C the second to the fourth."""
LATER = (Watched("d", 20 * HOUR, 20 * HOUR + 240, "on_demand"), Watched("e", 30 * HOUR, 30 * HOUR + 300, "on_demand"))


def event_file(
    sessions: Iterable[Watched] = (*FIVE, *LATER),
    *,
    each: int | str = 12_000_000,
    known: datetime = BEGINS + timedelta(days=30),
    coviewing: str = "1",
) -> bytes:
    """The reduced event of five minutes, every profile standing for so many: 24 million live, 33.6 million Live+1."""
    with DuckEngine() as engine:
        engine.register("sessions", table(replace(one, weight=Decimal(each)) for one in sessions))
        event = Event(TITLE, "", BEGINS, BEGINS + timedelta(minutes=5))
        audience = audience_of(engine, event, known, coviewing=Decimal(coviewing))
    assert audience is not None
    return encode(audience)
