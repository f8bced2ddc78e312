"""Netflix's published weekly Top 10: the global lists with hours (and views since June 2023), and the lists by country.

Origin: https://www.netflix.com/tudum/top10, "About" and its data files. Weeks run Monday to Sunday and are labelled by the
Sunday; every list has ten ranks and shares none (docs/methods.md, "Netflix Top 10").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.period import MON_SUN, read_day
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, OBSERVATIONS, Parsed
from groundswell.feeds.column import Columns, check_header
from groundswell.feeds.issue import check_issues, figures_beside
from groundswell.feeds.table import read_cells

DEPTH: Final = 10
_DATA = "https://www.netflix.com/tudum/top10/data/"
_LISTS = ("week", "category", "weekly_rank", "show_title", "season_title", "cumulative_weeks_in_top_10")


@dataclass(frozen=True)
class NetflixFeed:
    """One of Netflix's two weekly files, as TSV or XLSX."""

    id: str
    origin: Origin
    url: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    charts: Mapping[str, str]
    """Category as printed → chart id."""

    def settings(self) -> dict[str, object]:
        """Nothing to set: the contract is Netflix's; the number rises when parsing changes."""
        return {"parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """Entries, issues, and the hours, runtime and views printed beside them."""
        cells = read_cells(raw, delimiter="\t")
        check_header(cells.header, self.required, self.optional)
        columns = Columns(cells)
        last = columns.each("week", _sunday, pa.date32())
        rows = {
            "chart": columns.each("category", self._chart, pa.string()),
            "territory": self._territories(columns, reading),
            "first_day": pc.cast(pc.subtract(pc.cast(last, pa.int32()), pa.scalar(6, pa.int32())), pa.date32()),
            "last_day": last,
            "rank": columns.counts("weekly_rank", 1, DEPTH),
            "title": columns.names("show_title"),
            "season": columns.names("season_title", none=("N/A",), required=False),
            "weeks_printed": columns.counts("cumulative_weeks_in_top_10", 1),
            "line": columns.lines(),
        }
        figures = [
            (measure, unit, columns.counts(name, 0, blank=blank))
            for name, measure, unit, blank in (
                ("weekly_hours_viewed", "hours_viewed", "hours", False),
                ("weekly_views", "views", "views", True),
            )
            if name in cells.header
        ]
        if "runtime" in cells.header:
            figures.append(("runtime", "hours", columns.decimals("runtime")))
        table = pa.table(rows).cast(ENTRIES)
        kept = columns.good()
        entries, issues, faults = check_issues(table, kept, MON_SUN.name, reading.complete_for, ranks_fault, ties=False)
        observations = [figures_beside(table, entries, measure, unit, values) for measure, unit, values in figures]
        return Parsed(
            entries,
            pa.concat_tables([OBSERVATIONS.empty_table(), *observations]),
            issues,
            rows_read=cells.rows_read,
            rows_kept=len(entries),
            findings=sorted([*columns.findings, *faults], key=lambda finding: finding.line),
        )

    def _chart(self, category: str) -> str:
        if category not in self.charts:
            raise InputError(f"not one of {', '.join(self.charts)}")
        return self.charts[category]

    def _territories(self, columns: Columns, reading: Reading) -> pa.Array:
        if "country_iso2" not in columns.cells.header:
            return pa.array(["WW"] * len(columns), pa.string())

        def code(text: str) -> str:
            found = reading.territory(text) if len(text) == 2 else None
            if found is None:
                raise InputError("not an ISO 3166 country code of two letters")
            return found

        return columns.each("country_iso2", code, pa.string())


def _sunday(text: str) -> date:
    day = read_day(text)
    if MON_SUN.period_of(day).last != day:
        raise InputError(f"a {day:%A}; Netflix labels its weeks by their Sunday")
    return day


def ranks_fault(ranks: list[int]) -> str | None:
    """What is wrong with the sorted ranks of a list of ten."""
    if len(set(ranks)) < len(ranks):
        return "the rank stands twice in its list"
    if len(ranks) < DEPTH:
        return f"{len(ranks)} of the {DEPTH} ranks"
    return None


def netflix_origin(title: str) -> Origin:
    """The origin of one of Netflix's own files."""
    return Origin(
        producer="Netflix",
        title=title,
        url="https://www.netflix.com/tudum/top10",
        licence="published by Netflix without a stated licence; figures of public record",
    )


def by_language(of: str) -> dict[str, str]:
    """The four categories as printed, and the charts below `of` they are."""
    return {
        f"{kind} ({language})": f"{of}.{kind.lower()}_{language.lower().replace('-', '_')}"
        for kind in ("Films", "TV")
        for language in ("English", "Non-English")
    }


GLOBAL = NetflixFeed(
    "netflix.global",
    netflix_origin("Netflix Top 10, global lists"),
    _DATA + "all-weeks-global.tsv",
    required=(*_LISTS, "weekly_hours_viewed"),
    optional=("runtime", "weekly_views"),
    charts=by_language("netflix.global"),
)
COUNTRIES = NetflixFeed(
    "netflix.countries",
    netflix_origin("Netflix Top 10, lists by country"),
    _DATA + "all-weeks-countries.tsv",
    required=("country_name", "country_iso2", *_LISTS),
    optional=(),
    charts={"Films": "netflix.country.films", "TV": "netflix.country.tv"},
)
