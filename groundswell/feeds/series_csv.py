"""Any producer's dated readings that stand in no ranked list, as CSV or TSV mapped in `desk.toml` (docs/feeds.md shows how)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import ClassVar

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.period import calendar
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, EXACT, ISSUES, OBSERVATIONS, STATUS, Parsed
from groundswell.feeds.column import Columns
from groundswell.feeds.mapping import days, periods, read_mapped, seasons, territories
from groundswell.feeds.table import UTF8

ROLES = ("day", "period_end", "period_start", "title", "season", "territory", "value")
"""What a column can be."""
_DAYS = ROLES[:3]
_KEY = ("title", "season", "territory", "first_day", "last_day")


@dataclass(frozen=True)
class SeriesCsv:
    """Readings of one measure, of one subject or many: numbers of a `unit`, or a status had or not.

    `columns` maps roles to the header's words. `title` is whose readings all are, where no column says it. Of a status `yes`
    has the words that say it is had, `no` those that say it is not.
    """

    id: ClassVar[str] = "series.csv"
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    measure: str
    columns: Mapping[str, str]
    unit: str = ""
    yes: Sequence[str] = ()
    no: Sequence[str] = ()
    title: str = ""
    territory: str = "WW"
    calendar: str | None = None
    date_format: str | None = None
    delimiter: str = ","
    encoding: str = UTF8

    def __post_init__(self) -> None:
        def refuse(why: str) -> InputError:
            return InputError(f"measure '{self.measure}': {why}")

        if unknown := [role for role in self.columns if role not in ROLES]:
            raise refuse(f"columns names '{unknown[0]}'; known: {', '.join(ROLES)}")
        if "value" not in self.columns or len([role for role in _DAYS if role in self.columns]) != 1:
            raise refuse(f"columns must name value, and one of {', '.join(_DAYS)}")
        if bool(self.title) == ("title" in self.columns):
            raise refuse('whose readings are they? columns names title, or title = "…" says it for all')
        if bool(self.unit) == bool(self.yes) or self.unit == STATUS:
            raise refuse('needs unit = "…" for numbers, or yes = ["…"] for a status, the words that say it is had')
        if (self.no and not self.yes) or set(self.yes) & set(self.no):
            raise refuse("no has the words that say a status is not had, none of which stands in yes")
        if self.calendar is not None and "day" in self.columns:
            raise refuse("a calendar is for readings of periods: columns names period_end or period_start")
        if self.calendar is not None:
            calendar(self.calendar)

    def settings(self) -> dict[str, object]:
        """The mapping and all options; a changed mapping is another load of the same bytes."""
        options = {field.name: getattr(self, field.name) for field in fields(self)}
        plain = {"columns": dict(self.columns), "yes": list(self.yes), "no": list(self.no)}
        return {**options, **plain, "parser": 2}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """One observation for each reading; of several that are alike, of the first. Columns not mapped are not read.

        A reading whose value cannot be read, or is contradicted, stands without one: an earlier one must not pass for the last.
        """
        columns = read_mapped(raw, self.delimiter, self.columns.values(), self.encoding)
        count = len(columns)
        first, last = self._days(columns)
        rows = {
            "measure": pa.array([self.measure] * count, pa.string()),
            "unit": pa.array([self.unit or STATUS] * count, pa.string()),
            "chart": pa.array([""] * count, pa.string()),
            "territory": territories(columns, self.columns.get("territory"), self.territory, reading),
            "first_day": first,
            "last_day": last,
            "title": (
                columns.names(self.columns["title"])
                if "title" in self.columns
                else pa.array([self.title] * count, pa.string())
            ),
            "season": seasons(columns, self.columns.get("season")),
            "line": columns.lines(),
        }
        for row, day in enumerate(last.to_pylist()):
            if day is not None and day > reading.until:
                why = f"ends after {reading.until}, the day the file was fetched; correct the day, or load it when it is over"
                columns.refuse(row, None, str(day), why)
        keys = list(zip(*(rows[name].to_pylist() for name in _KEY), strict=True))
        readings: dict[tuple[object, ...], list[int]] = {}
        for row in columns.good().to_pylist():
            readings.setdefault(keys[row], []).append(row)
        rows["value"] = self._values(columns, readings.values())
        table = pa.table({name: rows[name] for name in OBSERVATIONS.names}, schema=OBSERVATIONS)
        return Parsed(
            ENTRIES.empty_table(),
            table.take(pa.array([alike[0] for alike in readings.values()], pa.int64())),
            ISSUES.empty_table(),
            rows_read=columns.cells.rows_read,
            rows_kept=len(columns.good()),
            findings=sorted(columns.findings, key=lambda finding: finding.line),
        )

    def _days(self, columns: Columns) -> tuple[pa.Array, pa.Array]:
        if "day" in self.columns:
            on = days(columns, self.columns["day"], self.date_format)
            return on, on
        starts = "period_start" in self.columns
        head = self.columns["period_start" if starts else "period_end"]
        _, first, last = periods(columns, head, self.date_format, self.calendar, starts=starts)
        return first, last

    def _values(self, columns: Columns, readings: Iterable[list[int]]) -> pa.Array:
        """The column of values, null where one cannot be read or another row of the same reading has another."""
        head = self.columns["value"]
        read = columns.decimals(head, none=()) if self.unit else columns.each(head, self._had, EXACT)
        values = read.to_pylist()
        for rows in readings:
            if len({values[row] for row in rows}) > 1:
                for row in rows:
                    if values[row] is not None:
                        why = "another row says otherwise of that time; neither counts"
                        columns.refuse(row, head, columns.cell(row, head), why)
                    values[row] = None
        return pa.array(values, EXACT)

    def _had(self, text: str) -> Decimal:
        if text not in (*self.yes, *self.no):
            raise InputError("neither a word of yes nor one of no; add it to one of them in desk.toml")
        return Decimal(text in self.yes)
