"""A week of viewing as `groundswell reduce viewing` wrote it: its lists, and the figures of its titles worldwide."""

from typing import ClassVar

import msgspec
import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.period import Period, calendar
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.core.viewed import WORLDWIDE, decode
from groundswell.feeds.table import MOST_BYTES

UNITS = {
    "views": "views",
    "hours_viewed": "hours",
    "runtime": "hours",
    "viewers": "viewers",
    "completion": "per cent of viewers",
    "viewing.hours": "hours",
    "viewing.views": "views",
    "viewing.reach": "viewers",
    "viewing.reach_any": "viewers",
    "viewing.reach_70": "viewers",
    "viewing.completion": "per cent of viewers",
}


class ViewedFeed:
    """The file of one week."""

    id: ClassVar[str] = "viewing.weekly"
    url: ClassVar[str | None] = None
    origin: ClassVar[Origin | None] = None

    def settings(self) -> dict[str, object]:
        """The parser's number alone."""
        return {"parser": 2}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """The lists as lists somebody published; figures worldwide of every title stand in no list.

        Of a week with days missing the lists are held in part and without ranks, and nothing has a figure: each would be too low.
        """
        if len(raw) > MOST_BYTES:
            raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
        try:
            week = decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise InputError(f"no week that 'groundswell reduce viewing' wrote: {str(error)[:120]}") from None
        if week.format != 1:
            raise InputError(f"format {week.format}; this version reads format 1")
        period = Period(week.first_day, week.last_day)
        if not calendar(week.calendar).is_period(period):
            raise InputError(f"{period} is no period of the calendar {week.calendar}")
        named_titles = [*week.titles, *(one for of in week.lists for one in of.entries)]
        unknown = {name for one in named_titles for name in one.figures} - UNITS.keys()
        if unknown:
            raise InputError(f"a figure '{min(unknown)[:40]}'; this version reads {', '.join(UNITS)}")
        span = {"first_day": period.first, "last_day": period.last}
        is_whole = week.days_missing == 0
        whole = reading.complete_for if is_whole else ""
        entries: list[dict[str, object]] = []
        figures: list[dict[str, object]] = []
        issues: list[dict[str, object]] = []
        for of in week.lists:
            place = {"chart": of.chart, "territory": of.territory, **span}
            issues.append(
                {**place, "calendar": week.calendar, "depth": len(of.entries), "complete_for": whole},
            )
            for rank, one in enumerate(of.entries, 1):
                named = {**place, "title": one.title, "season": one.season, "line": len(entries) + 1}
                entries.append({**named, "rank": rank if is_whole else None})
                figures += [
                    {**named, "measure": name, "unit": UNITS[name], "value": value}
                    for name, value in one.figures.items()
                    if is_whole
                ]
        for line, one in enumerate(week.titles, len(entries) + 1):
            named = {
                "chart": "",
                "territory": WORLDWIDE,
                **span,
                "title": one.title,
                "season": one.season,
                "line": line,
            }
            figures += [
                {**named, "measure": name, "unit": UNITS[name], "value": value if is_whole else None}
                for name, value in one.figures.items()
            ]
        return Parsed(
            pa.Table.from_pylist(entries, schema=ENTRIES),
            pa.Table.from_pylist(figures, schema=OBSERVATIONS),
            pa.Table.from_pylist(issues, schema=ISSUES),
            rows_read=len(entries) + len(week.titles),
            rows_kept=len(entries) + len(week.titles),
        )


VIEWED = ViewedFeed()
