"""A live event's audience as `groundswell reduce` wrote it: a reading for each figure, window and territory."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

import msgspec
import pyarrow as pa

from groundswell.core.audience import (
    AMA,
    AVERAGE,
    COVIEWING,
    MEAN_TIME,
    MINUTES,
    PEAK,
    PRELIMINARY,
    REACH,
    STREAMS,
    VIEWERS,
    LiveAudience,
    decode,
)
from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.protocol import Reading
from groundswell.core.quantity import EXACT_PLACES, half_up
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.table import MOST_BYTES


class ReducedEvent:
    """The file of one event."""

    id: ClassVar[str] = "live.event"
    url: ClassVar[str | None] = None
    origin: ClassVar[Origin | None] = None

    def settings(self) -> dict[str, object]:
        """The parser's number alone."""
        return {"parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """Readings of the event's days in its zone, of one that is withdrawn without values; nothing of them stands in a list."""
        if len(raw) > MOST_BYTES:
            raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
        try:
            event = decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise InputError(f"no event that 'groundswell reduce' wrote: {str(error)[:120]}") from None
        if event.format != 1:
            raise InputError(f"format {event.format}; this version reads format 1")
        try:
            gone = {"value": None} if event.withdrawn else {}
            rows = [{**row, **gone, "line": line} for line, row in enumerate(_readings(event), 1)]
            readings = pa.Table.from_pylist(rows, schema=OBSERVATIONS)
        except (
            KeyError,
            ValueError,
            OSError,
            OverflowError,
            ArithmeticError,
        ) as error:  # no such zone, a figure too long to keep
            raise InputError(f"no event that 'groundswell reduce' wrote: {str(error)[:120]}") from None
        none = ENTRIES.empty_table(), ISSUES.empty_table()
        return Parsed(none[0], readings, none[1], rows_read=len(rows), rows_kept=len(rows))


def _readings(event: LiveAudience) -> Iterator[dict[str, object]]:
    zone = ZoneInfo(event.zone)
    ends = event.live_to - timedelta(microseconds=1)
    first, last = (at.astimezone(zone).date() for at in (event.live_from, ends))
    of = {"chart": "", "first_day": first, "last_day": last, "title": event.title, "season": event.season}
    for one in event.windows:
        mark = f"{PRELIMINARY} " if one.preliminary else ""
        window = one.window.lower()
        for measure, unit, value in (
            (AMA, AVERAGE, one.average),
            (REACH, VIEWERS, one.reach),
            (MEAN_TIME, MINUTES, one.mean_minutes),
        ):
            named = {"measure": f"{measure}.{window}", "unit": f"{mark}{one.window} {unit}"}
            yield {**of, **named, "territory": one.territory, "value": value}
        if event.coviewing != 1:
            persons = half_up(one.average * event.coviewing, Decimal(1).scaleb(-EXACT_PLACES))
            named = {"measure": f"{AMA}.{window}.coviewing", "unit": f"{mark}{one.window} {AVERAGE} {COVIEWING}"}
            yield {**of, **named, "territory": one.territory, "value": persons}
    for peak in event.peaks:
        mark = f"{PRELIMINARY} " if peak.preliminary else ""
        yield {**of, "measure": PEAK, "unit": f"{mark}{STREAMS}", "territory": peak.territory, "value": peak.streams}


EVENT = ReducedEvent()
