"""Netflix's all-time lists: what each title had in its first 91 days, until June 2023 in its first 28.

Origin: https://www.netflix.com/tudum/top10/most-popular. The file says of no day what it is of, so its lists are those of the last
week published when it was fetched (docs/methods.md, "Netflix Most Popular").
"""

from datetime import date, timedelta
from typing import ClassVar, Final

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.period import MON_SUN
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, OBSERVATIONS, Parsed
from groundswell.feeds.column import Columns, check_header
from groundswell.feeds.issue import check_issues, figures_beside
from groundswell.feeds.netflix import DEPTH, by_language, netflix_origin, ranks_fault
from groundswell.feeds.table import read_cells

SINCE_91: Final = date(2023, 6, 18)
"""The last day of the first week whose lists are of 91 days."""
_TUESDAY = timedelta(days=2)
"""After the Sunday of a week, when its lists are published."""
_NAMES = ("category", "rank", "show_title", "season_title")
_FIGURES = {
    28: {"hours_viewed_first_28_days": ("hours_viewed", "hours")},
    91: {
        "hours_viewed_first_91_days": ("hours_viewed", "hours"),
        "views_first_91_days": ("views", "views"),
        "runtime": ("runtime", "hours"),
    },
}
_CHARTS = by_language("netflix.most_popular")


class MostPopular:
    """The four all-time lists, as TSV or XLSX."""

    id: ClassVar[str] = "netflix.most_popular"
    origin: ClassVar[Origin | None] = netflix_origin("Netflix Most Popular, all-time lists")
    url: ClassVar[str | None] = "https://www.netflix.com/tudum/top10/data/most-popular.tsv"

    def settings(self) -> dict[str, object]:
        """Nothing to set; the number rises when parsing changes."""
        return {"parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """Entries, issues of the week before the file was fetched, and the figures printed beside them."""
        cells = read_cells(raw, delimiter="\t")
        window = 28 if "hours_viewed_first_28_days" in cells.header else 91
        check_header(cells.header, (*_NAMES, *_FIGURES[window]))
        published = reading.until - _TUESDAY
        week = MON_SUN.period_of(published - timedelta(days=(published.weekday() + 1) % 7))
        if (window == 91) != (week.last >= SINCE_91):
            raise InputError(
                f"the lists are of each title's first {window} days, and those of the week to {week.last} were of "
                f"{119 - window}: say with --fetched on which day the file was fetched"
            )
        columns = Columns(cells)
        count = len(columns)
        rows = {
            "chart": columns.each("category", _chart, pa.string()),
            "territory": pa.array(["WW"] * count, pa.string()),
            "first_day": pa.array([week.first] * count, pa.date32()),
            "last_day": pa.array([week.last] * count, pa.date32()),
            "rank": columns.counts("rank", 1, DEPTH),
            "title": columns.names("show_title"),
            "season": columns.names("season_title", none=("N/A",), required=False),
            "weeks_printed": pa.nulls(count, pa.int64()),
            "line": columns.lines(),
        }
        figures = [
            (measure, unit, columns.decimals(name, none=()) if name == "runtime" else columns.counts(name, 0))
            for name, (measure, unit) in _FIGURES[window].items()
        ]
        table = pa.table(rows).cast(ENTRIES)
        entries, issues, faults = check_issues(
            table, columns.good(), MON_SUN.name, reading.complete_for, ranks_fault, ties=False
        )
        observations = [figures_beside(table, entries, *figure) for figure in figures]
        return Parsed(
            entries,
            pa.concat_tables([OBSERVATIONS.empty_table(), *observations]),
            issues,
            rows_read=cells.rows_read,
            rows_kept=len(columns.good()),
            findings=sorted([*columns.findings, *faults], key=lambda finding: finding.line),
        )


MOST_POPULAR = MostPopular()


def _chart(category: str) -> str:
    if category not in _CHARTS:
        raise InputError(f"not one of {', '.join(_CHARTS)}")
    return _CHARTS[category]
