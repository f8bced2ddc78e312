"""Any producer's ranked list as CSV or TSV, its columns named in `desk.toml` (docs/feeds.md shows how)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import ClassVar

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.period import calendar
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, OBSERVATIONS, Parsed
from groundswell.feeds.column import Columns
from groundswell.feeds.issue import check_issues, figures_beside
from groundswell.feeds.mapping import periods, read_mapped, seasons, territories
from groundswell.feeds.table import UTF8

ROLES = ("period_end", "period_start", "rank", "title", "season", "territory", "weeks_on_chart")
"""What a column can be; a mapping under any other name is a figure, kept as a measure of that name."""
UNITS: Mapping[str, str] = {"hours_viewed": "hours", "runtime": "hours"}


@dataclass(frozen=True)
class ChartCsv:
    """A list somebody published: `columns` maps roles and measures to the header's words."""

    id: ClassVar[str] = "chart.csv"
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    chart: str
    columns: Mapping[str, str]
    calendar: str | None = None
    territory: str = "WW"
    depth: int | None = None
    date_format: str | None = None
    delimiter: str = ","
    encoding: str = UTF8

    def __post_init__(self) -> None:
        missing = [role for role in ("rank", "title") if role not in self.columns]
        if ("period_end" in self.columns) == ("period_start" in self.columns):
            missing.insert(0, "period_end (or period_start)")
        if missing:
            raise InputError(f"columns of chart '{self.chart}' must name {', '.join(missing)}")
        if self.calendar is not None:
            calendar(self.calendar)
        if self.depth is not None and self.depth < 1:
            raise InputError(f"depth = {self.depth} of chart '{self.chart}' must be 1 or more")

    def settings(self) -> dict[str, object]:
        """The mapping and all options; a changed mapping is another load of the same bytes."""
        options = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**options, "parser": 2, "columns": dict(self.columns)}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """Entries, issues, and one observation for each figure beside an entry. Columns not mapped are not read."""
        columns = read_mapped(raw, self.delimiter, self.columns.values(), self.encoding)
        for_all = reading.complete_for == "*"
        starts = "period_start" in self.columns
        head = self.columns["period_start" if starts else "period_end"]
        on, first, last = periods(columns, head, self.date_format, self.calendar, starts=starts)
        depth = self.depth or 10_000
        rows = {
            "chart": pa.array([self.chart] * len(columns), pa.string()),
            "territory": territories(columns, self.columns.get("territory"), self.territory, reading),
            "first_day": first,
            "last_day": last,
            "rank": columns.counts(self.columns["rank"], 1, depth, blank=not for_all),
            "title": columns.names(self.columns["title"], required=for_all),
            "season": seasons(columns, self.columns.get("season")),
            "weeks_printed": (
                columns.counts(self.columns["weeks_on_chart"], 1, blank=True)
                if "weeks_on_chart" in self.columns
                else pa.nulls(len(columns), pa.int64())
            ),
            "line": columns.lines(),
        }
        figures = {name: columns.decimals(head) for name, head in self.columns.items() if name not in ROLES}
        table = pa.table(rows).cast(ENTRIES)
        self._refuse_repeats(table, columns)
        unplaced = len(columns) < columns.cells.rows_read or any(
            table[name].null_count for name in ("territory", "last_day")
        )
        lost = unplaced and self.depth is None
        complete_for = reading.complete_for if for_all or not lost else ""
        entries, issues, faults = check_issues(
            table, columns.good(), on.name, complete_for, partial(_ranks_fault, self.depth, lost), ties=True
        )
        observations = [
            figures_beside(table, entries, name, UNITS.get(name, name), values) for name, values in figures.items()
        ]
        return Parsed(
            entries,
            pa.concat_tables([OBSERVATIONS.empty_table(), *observations]),
            issues,
            rows_read=columns.cells.rows_read,
            rows_kept=len(columns.good()),
            findings=sorted([*columns.findings, *faults], key=lambda finding: finding.line),
        )

    def _refuse_repeats(self, rows: pa.Table, columns: Columns) -> None:
        names = ("territory", "last_day", "title", "season")
        seen: set[tuple[object, ...]] = set()
        for row, key in enumerate(zip(*(rows[name].to_pylist() for name in names), strict=True)):
            if all(key[:3]) and key in seen:
                why = "the title stands twice in its list; the first is kept"
                columns.refuse(row, self.columns["title"], str(key[2]), why)
            seen.add(key)


def _ranks_fault(depth: int | None, lost: bool, ranks: list[int]) -> str | None:
    """Ties share a rank, whether the next rank is then skipped (1, 2, 2, 4) or not (1, 2, 2, 3)."""
    distinct = sorted(set(ranks))
    skipping = all(rank == ranks.index(rank) + 1 for rank in distinct)
    dense = distinct == list(range(1, len(distinct) + 1))
    if not (skipping or dense):
        hole = next(rank for rank in range(1, distinct[-1] + 1) if rank not in distinct)
        return f"rank {hole} is missing"
    if depth is not None and len(ranks) < depth:
        return f"{len(ranks)} of the {depth} ranks"
    if lost:
        return "a row of the file is on no known list, so perhaps on this one; correct it, or state the depth"
    return None
