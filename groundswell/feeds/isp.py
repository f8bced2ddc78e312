"""Netflix's ISP Speed Index of one country, month by month: a provider a row and a month a column, or a row for each of both.

Origin: https://ispspeedindex.netflix.net and the copies people keep of its tables (docs/methods.md, "ISP speed index").
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.origin import Origin
from groundswell.core.period import MONTH, Period, read_day
from groundswell.core.protocol import Reading
from groundswell.core.quantity import read_decimal, shared_ranks
from groundswell.core.rows import ENTRIES, OBSERVATIONS, Parsed
from groundswell.feeds.column import LONGEST_NAME, cell_text, check_header
from groundswell.feeds.issue import check_issues
from groundswell.feeds.table import Cells, read_cells

CHART = MEASURE = "isp.speed"
FIGURE = "mbps"
UNIT = "Mbps"
_LONG = ("month", "provider", "mbps")
_OTHER_UNIT = re.compile(r"(?<![A-Za-z])(?:[KMG]?B(?:ps|/s)|[KkG]b(?:ps|it/s|/s))(?![A-Za-z])")
_UNIT = re.compile(r"\s*Mb(?:ps|it/s|/s)$")
_BLANK = ("", "-", "–", "n/a", "N/A")
_MONTHS = ("%b-%y", "%b %Y", "%B %Y", "%b-%Y")
_FASTEST = 100
"""No stream comes near: so large a number is in another unit."""


@dataclass(frozen=True)
class _Cell:
    line: int
    provider: str
    month: str
    speed: str


@dataclass(frozen=True)
class IspSpeedIndex:
    """The table of the country or territory `territory`, in Mbps."""

    id: ClassVar[str] = "isp.speed_index"
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    territory: str

    def settings(self) -> dict[str, object]:
        """The territory, and the parser's number."""
        return {"territory": self.territory, "parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """A list for each month, ranked by speed with ranks shared, and each speed as a reading of its own.

        A month that holds a speed which cannot be read is held in part, and without ranks; the reading stands without a value, so
        that the one before does not pass for the last. An empty cell says that the provider was not in that month's table.
        """
        territory = reading.territory(self.territory)
        if territory is None:
            raise InputError(f"'{self.territory[:40]}' is not a territory; write its ISO 3166 code or English name")
        table = read_cells(raw, ",")
        findings = list(table.findings)
        cells = [one for one in _cells(table) if one.speed not in _BLANK]
        rows: list[dict[str, Any]] = []
        kept: list[int] = []
        stand: dict[tuple[str, Period], int] = {}
        for place, one in enumerate(cells):
            name = one.provider[:LONGEST_NAME]
            rows.append({"chart": CHART, "territory": territory, "title": name, "season": "", "line": place + 1})
            try:
                month = _month(one.month)
                rows[-1] |= {"first_day": month.first, "last_day": month.last}
                if month.last > reading.until:
                    raise InputError(f"the month was not over on {reading.until}, the day the file was fetched")
                _check_name(one.provider)
                if (first := stand.setdefault((one.provider, month), place)) != place:
                    rows[first]["value"] = None
                    raise InputError("the provider stands twice in this month; neither counts")
                rows[-1]["value"] = _speed(one.speed)
                kept.append(place)
            except InputError as error:
                findings.append(Finding(one.line, one.month[:40], f"{one.provider}: {one.speed}"[:80], str(error)))
        kept = [place for place in kept if rows[place]["value"] is not None]
        lost = [one.line for place, one in enumerate(cells) if rows[place].get("value") is None]
        if not rows:
            raise InputError("no speeds in the table; put a provider in each row and a month over each column")
        if reading.complete_for == "*":
            _rank(rows, set(kept))
        entries, issues, faults = check_issues(
            pa.Table.from_pylist(rows, schema=ENTRIES),
            pa.array(kept, pa.int64()),
            MONTH.name,
            reading.complete_for,
            lambda _: None,
            ties=True,
        )
        beside = [rows[place] | {"measure": FIGURE, "unit": UNIT} for place in kept]
        apart = [
            rows[place] | {"measure": MEASURE, "unit": UNIT, "chart": "", "line": rows[place]["line"] + len(rows)}
            for place in stand.values()
        ]
        return Parsed(
            entries,
            pa.Table.from_pylist([*beside, *apart], schema=OBSERVATIONS),
            issues,
            rows_read=table.rows_read,
            rows_kept=table.rows_read - len({*(finding.line for finding in findings), *lost}),
            findings=sorted([*findings, *faults], key=lambda finding: finding.line),
        )


def _cells(table: Cells) -> Iterator[_Cell]:
    """The cells of speeds; `InputError` where the table is of another form or another unit."""
    head = table.header
    for name in head:
        _check_unit(name, f"a column is headed '{name[:40]}'")
    texts = [[cell_text(cell) for cell in column] for column in table.columns]
    if "month" in [name.lower() for name in head]:
        check_header([name.lower() for name in head], required=_LONG)
        months, providers, speeds = (texts[[name.lower() for name in head].index(name)] for name in _LONG)
        yield from map(_Cell, table.lines, providers, months, speeds)
        return
    if len(head) < 2 or len(set(head)) < len(head):
        raise InputError(
            "the columns are those of no speed index: a provider, then each month once, as Nov-12 or 2012-11"
        )
    for name in head[1:]:
        _month(name)
    for row, line in enumerate(table.lines):
        for month, column in zip(head[1:], texts[1:], strict=True):
            yield _Cell(line, texts[0][row], month, column[row])


def _check_unit(text: str, where: str) -> None:
    if found := _OTHER_UNIT.search(text):
        raise InputError(
            f"{where}: {found[0]} is another unit than Mbps (1 MB/s is 8 Mbps); convert the speeds and load again"
        )


def _month(text: str) -> Period:
    """The month of `Nov-12`, `2012-11` or `November 2012`."""
    for form in _MONTHS:
        with suppress(ValueError):
            day = datetime.strptime(text, form).replace(tzinfo=UTC).date()
            return MONTH.period_of(read_day(day.isoformat()))
    try:
        return MONTH.period_of(read_day(text))
    except InputError:
        raise InputError(f"'{text[:40]}' is not a month; write it as 2012-11 or Nov-12") from None


def _check_name(text: str) -> None:
    if not text or not text.isprintable() or len(text) > LONGEST_NAME:
        raise InputError(f"a provider has a name of at most {LONGEST_NAME} characters, all of them visible")


def _speed(text: str) -> Decimal:
    _check_unit(text, "the speed")
    speed = read_decimal(_UNIT.sub("", text))
    if not 0 <= speed <= _FASTEST:
        raise InputError(f"no speed of a stream: from 0 to {_FASTEST} Mbps is allowed; is it in another unit?")
    return speed


def _rank(rows: list[dict[str, Any]], kept: set[int]) -> None:
    """Give the rows of each month their ranks, but for months that hold a row which is not kept."""
    months: dict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        months[row.get("last_day")].append(at)
    for places in months.values():
        if kept.issuperset(places):
            for at, rank in zip(places, shared_ranks([rows[at]["value"] for at in places]), strict=True):
                rows[at]["rank"] = rank
