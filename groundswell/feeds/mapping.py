"""Cells of a file whose columns a desk names in `desk.toml`: what `chart.csv` and `series.csv` share."""

from collections.abc import Collection
from datetime import UTC, date, datetime

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.period import MONTH, Calendar, calendar, fitting, misfits, read_day
from groundswell.core.protocol import Reading
from groundswell.feeds.column import Columns, check_mapped
from groundswell.feeds.lines import unpack
from groundswell.feeds.table import UTF8, read_cells

_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_NO_TITLE = ("", "N/A")


def read_mapped(raw: bytes, delimiter: str, heads: Collection[str], encoding: str = UTF8) -> Columns:
    """The columns headed so, each there once, of a file that may be packed; its other columns are not read."""
    cells = read_cells(unpack(raw), delimiter, encoding)
    if len(cells.header) == 1:
        _check_mark(cells.header[0], delimiter, heads)
    check_mapped(cells.header, heads)
    return Columns(cells)


def _check_mark(header: str, delimiter: str, heads: Collection[str]) -> None:
    for mark in _MARKS:
        if mark != delimiter and {name.strip() for name in header.split(mark)} >= {*heads}:
            raise InputError(f"the header is parted by {_MARKS[mark]}: save the file with {_MARKS[delimiter]}")


def seasons(columns: Columns, head: str | None) -> pa.Array:
    """Seasons as printed, empty where there is none or no column of them."""
    if head is not None:
        return columns.names(head, none=_NO_TITLE, required=False)
    return pa.array([""] * len(columns), pa.string())


def territories(columns: Columns, head: str | None, fixed: str, reading: Reading) -> pa.Array:
    """The codes of a column of territories, or the `fixed` one for all rows where there is no such column."""

    def code(text: str) -> str:
        found = reading.territory(text)
        if found is None:
            raise InputError(f"'{text[:40]}' is not a territory; write its ISO 3166 code or English name")
        return found

    if head is None:
        return pa.array([code(fixed)] * len(columns), pa.string())
    return columns.each(head, code, pa.string())


def days(columns: Columns, head: str, date_format: str | None) -> pa.Array:
    """A column of days, ISO or written as `date_format` says; null where refused."""

    if date_format is not None and "%" not in date_format:
        raise InputError(
            f"date_format '{date_format[:40]}' in desk.toml names no part of a day; as %d/%m/%Y for 01/05/2022"
        )

    def read(text: str) -> date:
        if date_format is None:
            try:
                return read_day(text)
            except InputError as error:
                if not any(map(str.isdigit, text)):
                    raise
                raise InputError(f"{error}, or set date_format in desk.toml (%d/%m/%Y for 01/05/2022)") from None
        try:
            day = datetime.strptime(text, date_format).replace(tzinfo=UTC).date()
        except ValueError:
            raise InputError(f"not a day written as {date_format}") from None
        return read_day(day.isoformat())

    return columns.each(head, read, pa.date32())


def periods(
    columns: Columns, head: str, date_format: str | None, on: str | None, *, starts: bool
) -> tuple[Calendar, pa.Array, pa.Array]:
    """The calendar named `on`, else the one the days fit, and each row's first and last day; null where refused.

    The days are the first ones of their periods when `starts`, else the last.
    """
    if not on:
        _check_rows(columns)
    labels = days(columns, head, date_format).to_pylist()
    if not on and not any(labels):
        why = next((f"; the first: {finding}" for finding in columns.findings if finding.column == head), "")
        raise InputError(f"no row has a day that can be read{why}")
    calendar_ = calendar(on) if on else _infer([day for day in labels if day], starts)
    of = {day: calendar_.period_of(day) for day in set(labels) if day}
    off = {
        day
        for day in of
        if not (
            calendar_.named_by(day, starts=starts)
            or (calendar_ is MONTH and calendar_.named_by(day, starts=not starts))
        )
    }
    for row, day in enumerate(labels):
        if day in off:
            columns.refuse(row, head, str(day), f"a {day:%A}, which labels no issue of the calendar {calendar_.name}")
    kept = [of[day] if day and day not in off else None for day in labels]
    return (
        calendar_,
        pa.array([period.first if period else None for period in kept], pa.date32()),
        pa.array([period.last if period else None for period in kept], pa.date32()),
    )


def _check_rows(columns: Columns) -> None:
    if columns.cells.rows_read == 0:
        raise InputError("no rows under the header; put each title in a row of its own")
    if not len(columns) and columns.findings:
        first = columns.findings[0]
        raise InputError(f"no row is as wide as the header: line {first.line} has {first.why}; mend the rows")


def _infer(labels: list[date], starts: bool) -> Calendar:
    fits = fitting(labels, starts=starts)
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise InputError(
            f"the days fit several calendars: add calendar = one of {', '.join(c.name for c in fits)} to desk.toml"
        )
    usual, odd = misfits(labels, starts=starts)
    raise InputError(
        f"the days are on no one calendar: most fit {usual.name}, but {odd[0]} ({odd[0]:%A}) does not; "
        "correct it, or add calendar = … to keep the rows that fit"
    )
