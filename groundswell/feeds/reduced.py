"""A week as `groundswell reduce` wrote it: the list, its figures, and the same by day and by region."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import msgspec
import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.period import Period, calendar
from groundswell.core.protocol import Reading
from groundswell.core.reduction import Reduction, decode
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.table import MOST_BYTES

UNITS = {"unique_actors": "accounts", "top_share": "percent", "ambiguous_posts": "posts", "campaign": "badge"}
WORLDWIDE = "WW"


class ReducedWeek:
    """The file of one week."""

    id: ClassVar[str] = "interactions.weekly"
    url: ClassVar[str | None] = None
    origin: ClassVar[Origin | None] = None

    def settings(self) -> dict[str, object]:
        """The parser's number alone."""
        return {"parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """The list as a list somebody published; figures by day and by region stand in no list."""
        if len(raw) > MOST_BYTES:
            raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
        try:
            week = decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise InputError(f"no week that 'groundswell reduce' wrote: {str(error)[:120]}") from None
        if week.format != 1:
            raise InputError(f"format {week.format}; this version reads format 1")
        period = Period(week.first_day, week.last_day)
        if not calendar(week.calendar).is_period(period):
            raise InputError(f"{period} is no period of the calendar {week.calendar}")
        if [entry.rank for entry in week.entries] != list(range(1, len(week.entries) + 1)):
            raise InputError("the ranks are not 1 and up, each once")
        span = {"territory": WORLDWIDE, "first_day": period.first, "last_day": period.last}
        entries = [
            {**span, "chart": week.chart, "rank": one.rank, "title": one.title, "season": "", "line": one.rank}
            for one in week.entries
        ]
        figures = [
            {**span, "chart": week.chart, "measure": name, "unit": UNITS.get(name, "interactions"), "value": value}
            | {"title": one.title, "season": "", "line": one.rank}
            for one in week.entries
            for name, value in one.figures.items()
        ]
        parts = [
            {"chart": "", "measure": week.measure, "unit": "interactions", "season": "", **part, "line": line}
            for line, part in enumerate(_parts(week), len(week.entries) + 1)
        ]
        whole = reading.complete_for if week.hours_missing == 0 else ""
        issue = {**span, "chart": week.chart, "calendar": week.calendar, "depth": len(entries), "complete_for": whole}
        return Parsed(
            pa.Table.from_pylist(entries, schema=ENTRIES),
            pa.Table.from_pylist([*figures, *parts], schema=OBSERVATIONS),
            pa.Table.from_pylist([issue], schema=ISSUES),
            rows_read=len(entries),
            rows_kept=len(entries),
        )


def _parts(week: Reduction) -> Iterator[dict[str, object]]:
    """Each listed title by day, worldwide, and by region over the week."""
    titles = {entry.subject: entry.title for entry in week.entries}
    days: dict[tuple[str, date], int] = defaultdict(int)
    regions: dict[tuple[str, str], int] = defaultdict(int)
    for cell in week.cells:
        if cell.subject in titles:
            days[titles[cell.subject], cell.day] += cell.net
            if cell.region:
                regions[titles[cell.subject], cell.region] += cell.net
    for (title, day), value in sorted(days.items()):
        yield {"territory": WORLDWIDE, "first_day": day, "last_day": day, "title": title, "value": value}
    for (title, region), value in sorted(regions.items()):
        yield {
            "territory": region,
            "first_day": week.first_day,
            "last_day": week.last_day,
            "title": title,
            "value": value,
        }


WEEK = ReducedWeek()
