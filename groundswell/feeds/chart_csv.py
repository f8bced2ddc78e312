"""Any producer's ranked list as CSV or TSV, its columns named in `desk.toml` (docs/feeds.md shows how)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.period import MONTH, Calendar, calendar, fitting, read_day
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, OBSERVATIONS, Parsed
from groundswell.feeds.column import Columns, check_header
from groundswell.feeds.issue import check_issues
from groundswell.feeds.table import read_cells

ROLES = ("period_end", "period_start", "rank", "title", "season", "territory", "weeks_on_chart")
"""What a column can be; a mapping under any other name is a figure, kept as a measure of that name."""
UNITS: Mapping[str, str] = {"hours_viewed": "hours", "runtime": "hours"}
_NO_TITLE = ("", "N/A")


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

    def __post_init__(self) -> None:
        missing = [role for role in ("rank", "title") if role not in self.columns]
        if ("period_end" in self.columns) == ("period_start" in self.columns):
            missing.insert(0, "period_end (or period_start)")
        if missing:
            raise InputError(f"columns of chart '{self.chart}' must name {', '.join(missing)}")
        if self.calendar is not None:
            calendar(self.calendar)

    def settings(self) -> dict[str, object]:
        """The mapping and all options; a changed mapping is another load of the same bytes."""
        options = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "columns"}
        return {"parser": 1, **options, "columns": dict(self.columns)}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """Entries, issues, and one observation for each figure beside an entry. Columns not mapped are not read."""
        cells = read_cells(raw, self.delimiter)
        twice = [name for name, times in Counter(cells.header).items() if times > 1]
        if twice:
            raise InputError(f"two columns are headed '{twice[0][:40]}'; give each its own name")
        check_header(
            [name for name in cells.header if name in self.columns.values()],
            required=list(dict.fromkeys(self.columns.values())),
        )
        columns = Columns(cells)
        for_all = reading.complete_for == "*"
        on, last, first = self._periods(columns)
        depth = self.depth or 10_000
        rows = {
            "chart": pa.array([self.chart] * len(columns), pa.string()),
            "territory": self._territories(columns, reading),
            "first_day": first,
            "last_day": last,
            "rank": columns.counts(self.columns["rank"], 1, depth, blank=not for_all),
            "title": columns.names(self.columns["title"], required=for_all),
            "season": self._optional(columns, "season"),
            "weeks_printed": (
                columns.counts(self.columns["weeks_on_chart"], 1, blank=True)
                if "weeks_on_chart" in self.columns
                else pa.nulls(len(columns), pa.int64())
            ),
            "line": columns.lines(),
        }
        figures = {name: columns.decimals(head) for name, head in self.columns.items() if name not in ROLES}
        table = pa.table(rows).cast(ENTRIES)
        _refuse_repeats(table, columns)
        entries, issues, faults = check_issues(
            table, columns.good(), on.name, reading.complete_for, partial(_ranks_fault, self.depth)
        )
        observations = [_observe(table, entries, name, values) for name, values in figures.items()]
        return Parsed(
            entries,
            pa.concat_tables([OBSERVATIONS.empty_table(), *observations]),
            issues,
            rows_read=cells.rows_read,
            rows_kept=len(columns.good()) - sum(1 for fault in faults if fault.why.endswith("not kept")),
            findings=sorted([*columns.findings, *faults]),
        )

    def _optional(self, columns: Columns, role: str) -> pa.Array:
        if role in self.columns:
            return columns.names(self.columns[role], none=_NO_TITLE, required=False)
        return pa.array([""] * len(columns), pa.string())

    def _territories(self, columns: Columns, reading: Reading) -> pa.Array:
        def code(text: str) -> str:
            found = reading.territory(text)
            if found is None:
                raise InputError("not a territory: write its ISO 3166 code or English name")
            return found

        if "territory" not in self.columns:
            return pa.array([code(self.territory)] * len(columns), pa.string())
        return columns.each(self.columns["territory"], code, pa.string())

    def _periods(self, columns: Columns) -> tuple[Calendar, pa.Array, pa.Array]:
        starts = "period_start" in self.columns
        name = self.columns["period_start" if starts else "period_end"]
        days = columns.each(name, self._day, pa.date32()).to_pylist()
        on = calendar(self.calendar) if self.calendar else self._infer([day for day in days if day], starts)
        periods = {day: on.period_of(day) for day in set(days) if day}
        off = {
            day
            for day, period in periods.items()
            if day != (period.first if starts else period.last) and not (on is MONTH and day == period.first)
        }
        for row, day in enumerate(days):
            if day in off:
                columns.refuse(row, name, str(day), f"a {day:%A}, which labels no issue of the calendar {on.name}")
        kept = [periods[day] if day and day not in off else None for day in days]
        return (
            on,
            pa.array([period.last if period else None for period in kept], pa.date32()),
            pa.array([period.first if period else None for period in kept], pa.date32()),
        )

    def _day(self, text: str) -> date:
        if self.date_format is None:
            return read_day(text)
        try:
            return datetime.strptime(text, self.date_format).replace(tzinfo=UTC).date()
        except ValueError:
            raise InputError(f"not a day written as {self.date_format}") from None

    def _infer(self, days: list[date], starts: bool) -> Calendar:
        if not days:
            raise InputError("no row has a day that can be read; write days as 2022-05-01 or set date_format")
        fits = fitting(days, starts=starts)
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise InputError(f"the days fit several calendars: add calendar = one of {', '.join(c.name for c in fits)}")
        weekdays = Counter(f"{day:%A}" for day in sorted(set(days)))
        usual, rare = weekdays.most_common()[0][0], weekdays.most_common()[-1][0]
        odd = next(day for day in sorted(set(days)) if f"{day:%A}" == rare)
        raise InputError(
            f"the days are on no one calendar (most a {usual}, but {odd} is a {rare}); "
            "correct them, or add calendar = … to keep the rows that fit it"
        )


def _refuse_repeats(rows: pa.Table, columns: Columns) -> None:
    seen: set[tuple[object, ...]] = set()
    for row, key in enumerate(
        zip(*(rows[n].to_pylist() for n in ("territory", "last_day", "title", "season")), strict=True)
    ):
        if key[2] and key in seen:
            columns.refuse(
                row, columns.cells.header[0], str(key[2]), "the title stands twice in its list; the first is kept"
            )
        seen.add(key)


def _ranks_fault(depth: int | None, ranks: list[int]) -> str | None:
    """Ties share a rank, whether the next rank is then skipped (1, 2, 2, 4) or not (1, 2, 2, 3)."""
    distinct = sorted(set(ranks))
    skipping = all(rank == ranks.index(rank) + 1 for rank in distinct)
    dense = distinct == list(range(1, len(distinct) + 1))
    if not (skipping or dense):
        hole = next(rank for rank in range(1, distinct[-1] + 1) if rank not in distinct)
        return f"rank {hole} is missing"
    if depth is not None and len(ranks) < depth:
        return f"{len(ranks)} of the {depth} ranks"
    return None


def _observe(rows: pa.Table, entries: pa.Table, measure: str, values: pa.Array) -> pa.Table:
    present = pc.and_(pc.is_valid(values), pc.is_in(rows["line"], entries["line"].combine_chunks()))
    seen = rows.append_column("value", values).filter(present)
    columns = {
        **{name: seen[name] for name in seen.column_names},
        "measure": pa.array([measure] * len(seen), pa.string()),
        "unit": pa.array([UNITS.get(measure, measure)] * len(seen), pa.string()),
    }
    return pa.table({name: columns[name] for name in OBSERVATIONS.names}, schema=OBSERVATIONS)
