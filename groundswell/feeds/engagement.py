"""Netflix's engagement reports, "What We Watched": hours viewed of every title in a half-year.

Origin: https://about.netflix.com/en/news/what-we-watched-a-netflix-engagement-report. Figures are rounded to 100,000, and a title
below 50,000 hours is not in the report (docs/methods.md, "Netflix engagement reports").
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.origin import Origin
from groundswell.core.period import Period
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, EXACT, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.column import Columns, check_header
from groundswell.feeds.netflix import netflix_origin
from groundswell.feeds.table import Sheet, read_sheets

STEP: Final = 100_000
_HEADED = ("Title", "Hours Viewed")
_REQUIRED = ("Title", "Available Globally?", "Release Date", "Hours Viewed")
_OPTIONAL = ("Runtime", "Views")
_HALF_YEAR = re.compile(r"\b(jan|jul)[a-z]*\W+(?:to\W+)?(jun|dec)[a-z]*\W+(2[01]\d\d)\b", re.IGNORECASE)
_HALVES = {("jan", "jun"): ((1, 1), (6, 30)), ("jul", "dec"): ((7, 1), (12, 31))}
_SEASON = re.compile(r"(.+?): (?=(?:Season|Part|Volume|Chapter|Book|Series|Collection|Limited Series)\b[^:]*$)")
_RUNTIME = re.compile(r"(\d{1,4}):([0-5]\d)")
_VARIES = "*"
"""Beside a runtime that was not the same all the half-year, or in place of it."""


class Engagement:
    """A report, a workbook with one sheet or several."""

    id: ClassVar[str] = "netflix.engagement"
    origin: ClassVar[Origin | None] = netflix_origin("What We Watched: A Netflix Engagement Report")
    url: ClassVar[str | None] = None

    def settings(self) -> dict[str, object]:
        """Nothing to set; the number rises when parsing changes."""
        return {"parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """Readings of the half-year the sheets state above their tables: hours, and where printed views and runtime.

        Rows of a second sheet are counted on from the first one's. A name is what stands before ` // `. A row with a finding
        stands without figures: those of an earlier edition must not pass for the last.
        """
        sheets, others = read_sheets(raw, _HEADED)
        if not sheets:
            raise InputError("no sheet has a row headed Title and Hours Viewed; is it a report of what was watched?")
        period = _half_year(sheets)
        if period.last > reading.until:
            raise InputError(
                f"the half-year {period} was not over on {reading.until}, the day the file was fetched; say it with --fetched"
            )
        too_many = "a sheet in which no row is headed Title and Hours Viewed; not read"
        findings = [Finding(1, None, name[:80], too_many) for name in others]
        for sheet in sheets:
            check_header(sheet.cells.header, _REQUIRED, _OPTIONAL)
        read = [(columns := Columns(sheet.cells), _named_rows(columns), _figures(columns)) for sheet in sheets]
        rows: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for at, (columns, named, _) in enumerate(read):
            for row in named:
                rows.setdefault(_named(columns.cell(row, "Title")), []).append((at, row))
        for at, row in [place for alike in rows.values() if len(alike) > 1 for place in alike]:
            why = "another row has this name, what follows // left out; neither counts: tell them apart in the file"
            read[at][0].refuse(row, "Title", read[at][0].cell(row, "Title"), why)
        below = [0]
        for sheet, (columns, *_) in zip(sheets, read, strict=True):
            where = f" (sheet {sheet.name})" if len(sheets) > 1 else ""
            findings += [replace(f, line=f.line + below[-1], why=f.why + where) for f in columns.findings]
            last = max([*sheet.cells.lines, *(finding.line for finding in columns.findings)], default=0)
            below.append(below[-1] + last)
        good = [{*columns.good().to_pylist()} for columns, *_ in read]
        found = [
            {
                "measure": measure,
                "unit": unit,
                "chart": "",
                "territory": "WW",
                "first_day": period.first,
                "last_day": period.last,
                "title": title,
                "season": season,
                "value": values[row] if row in good[at] else None,
                "line": sheets[at].cells.lines[row] + below[at],
            }
            for (title, season), alike in rows.items()
            for at, row in alike[:1]
            for (measure, unit), values in read[at][2].items()
            if values[row] is not None or row not in good[at]
        ]
        return Parsed(
            ENTRIES.empty_table(),
            pa.Table.from_pylist(found, schema=OBSERVATIONS),
            ISSUES.empty_table(),
            rows_read=sum(sheet.cells.rows_read for sheet in sheets),
            rows_kept=sum(len(columns.good()) for columns, *_ in read),
            findings=sorted(findings, key=lambda finding: finding.line),
        )


REPORT = Engagement()


def _half_year(sheets: list[Sheet]) -> Period:
    """The half-year that every sheet states above its table."""
    found = set()
    for sheet in sheets:
        texts = [match.lower() for text in sheet.above for match in map("|".join, _HALF_YEAR.findall(text))]
        begins, _, rest = (texts or ["||"])[0].partition("|")
        ends, _, year = rest.partition("|")
        if len({*texts}) != 1 or (begins, ends) not in _HALVES:
            raise InputError(
                f"sheet {sheet.name[:40]}: above the table one half-year must be stated, as in January to June 2023; "
                f"found: {' '.join('; '.join(sheet.above).split())[:80] or 'nothing'}"
            )
        first, last = _HALVES[begins, ends]
        found.add(Period(date(int(year), *first), date(int(year), *last)))
    if len(found) > 1:
        raise InputError(f"the sheets are of several half-years: {', '.join(map(str, sorted(found)))}; load one a file")
    return found.pop()


def _named_rows(columns: Columns) -> list[int]:
    """The rows whose title can be read."""
    columns.names("Title")
    rows: list[int] = columns.good().to_pylist()
    return rows


def _figures(columns: Columns) -> dict[tuple[str, str], list[Decimal | None]]:
    """Measure and unit → the value of each row of a sheet, None where there is none."""
    figures = {("netflix.hours_half_year", "hours"): _rounded(columns, "Hours Viewed")}
    if "Views" in columns.cells.header:
        figures["netflix.views_half_year", "views"] = _rounded(columns, "Views")
    if "Runtime" in columns.cells.header:
        figures["netflix.runtime", "minutes"] = columns.each("Runtime", _minutes, EXACT).to_pylist()
    return figures


def _rounded(columns: Columns, name: str) -> list[Decimal | None]:
    values: list[int | None] = columns.counts(name, 0).to_pylist()
    for row, value in enumerate(values):
        if value is not None and value % STEP:
            why = f"not a multiple of {STEP:,}, to which the report rounds; are they thousands or millions?"
            columns.refuse(row, name, columns.cell(row, name), why)
    return [None if value is None else Decimal(value) for value in values]


def _named(text: str) -> tuple[str, str]:
    """Title and season of `The Glory: Season 1 // 더 글로리: 시즌 1`; the season has its title in it, as in Netflix's lists."""
    name = text.partition(" // ")[0].strip()
    season = _SEASON.match(name)
    return (season[1], name) if season else (name, "")


def _minutes(text: str) -> Decimal | None:
    if text in ("", _VARIES):
        return None
    match = _RUNTIME.fullmatch(text.removesuffix(_VARIES))
    if match is None:
        raise InputError("not a runtime in hours and minutes, as in 3:58")
    return None if text.endswith(_VARIES) else Decimal(int(match[1]) * 60 + int(match[2]))
