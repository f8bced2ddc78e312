"""Weekly units of books by ISBN, as a panel of tills counts them: CSV or XLSX, mapped in `desk.toml` (docs/feeds.md shows how)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.origin import Origin
from groundswell.core.period import calendar
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.column import Columns
from groundswell.feeds.mapping import periods, read_mapped, territories
from groundswell.feeds.table import more_sheets

HEADS = {"isbn": "ISBN", "title": "Title", "week": "Week Ending", "units": "Units"}
"""What a column is, and how it is headed where `desk.toml` does not say otherwise."""
ROLES = (*HEADS, "category", "bulk", "territory")
MOST_ZEROS = 3_000_000
"""A whole file that leaves out more ISBNs of its weeks is refused: each is a row of its own."""
_ISBN = re.compile(r"97[89][0-9]{10}")
_Key = tuple[str, str, date]
"""ISBN, territory, and the week's last day."""


@dataclass(frozen=True)
class BooksUnits:
    """Units sold, by ISBN and week; of a file that is whole also a list a category, ranked by them.

    `whole` says that every ISBN with a sale in one of its weeks has a row there: then a week without one is 0, not unknown.
    """

    id: ClassVar[str] = "books.units"
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    columns: Mapping[str, str] = field(default_factory=dict)
    territory: str = ""
    whole: bool = False
    calendar: str = "sun-sat"
    date_format: str | None = None
    delimiter: str = ","

    def __post_init__(self) -> None:
        if unknown := [role for role in self.columns if role not in ROLES]:
            raise InputError(f"feed {self.id}: columns names '{unknown[0]}'; known: {', '.join(ROLES)}")
        if bool(self.territory) == ("territory" in self.columns):
            raise InputError(f'feed {self.id}: where was it sold? territory = "US", or columns names territory')
        calendar(self.calendar)

    def settings(self) -> dict[str, object]:
        """The mapping and all options; a changed mapping is another load of the same bytes."""
        options = {name: getattr(self, name) for name in ("territory", "whole", "calendar", "date_format", "delimiter")}
        return {**options, "columns": dict(self.columns), "parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """One observation for each ISBN and week, titled by its ISBN; null where it cannot be read or is left out."""
        heads = {**HEADS, **self.columns}
        columns = read_mapped(raw, self.delimiter, heads.values())
        file = _File(columns, heads, self, reading)
        sold = file.sold()
        entries, issues = file.lists(sold) if self.whole else ([], [])
        zeros = [*file.zeros(sold)] if self.whole else []
        findings = [*columns.findings, *_of_sheets(raw)]
        return Parsed(
            pa.Table.from_pylist(entries, schema=ENTRIES),
            pa.Table.from_pylist([*file.observations(sold), *zeros], schema=OBSERVATIONS),
            pa.Table.from_pylist(issues, schema=ISSUES),
            rows_read=columns.cells.rows_read,
            rows_kept=len(columns.good()),
            findings=sorted(findings, key=lambda finding: finding.line),
        )


class _File:
    """The rows of one file, and what becomes of them."""

    def __init__(self, columns: Columns, heads: Mapping[str, str], feed: BooksUnits, reading: Reading) -> None:
        self._columns, self._heads, self._feed, self._reading = columns, heads, feed, reading
        _, first, last = periods(columns, heads["week"], feed.date_format, feed.calendar, starts=False)
        self._first, self._last = first.to_pylist(), last.to_pylist()
        self._isbn = columns.each(heads["isbn"], read_isbn, pa.string()).to_pylist()
        self._title = columns.names(heads["title"]).to_pylist()
        self._units = columns.counts(heads["units"], 0).to_pylist()
        self._where = territories(columns, heads.get("territory"), feed.territory, reading).to_pylist()
        nothing = [""] * len(columns)
        self._category = (
            columns.names(heads["category"], required=False).to_pylist() if "category" in heads else nothing
        )
        placed = zip(self._isbn, self._where, self._last, strict=True)
        self._lost = {last for isbn, where, last in placed if None in (isbn, where, last)}
        if len(columns) < columns.cells.rows_read:
            self._lost.add(None)
        self._left_out = set(self._in_bulk()) if "bulk" in heads else set()

    def _in_bulk(self) -> Iterator[int]:
        """The rows more than half of whose units are bulk orders."""
        head = self._heads["bulk"]
        for row, (bulk, units) in enumerate(
            zip(self._columns.counts(head, 0, blank=True).to_pylist(), self._units, strict=True)
        ):
            if bulk is not None and units is not None and bulk > units:
                self._columns.refuse(row, head, "", "more bulk orders than units")
            elif bulk is not None and units is not None and 2 * bulk > units:
                self._columns.refuse(row, head, "", "more than half of its units are bulk orders: left out of the week")
                yield row

    def sold(self) -> dict[_Key, int]:
        """The row of each ISBN, territory and week; what stands twice or lies ahead is refused."""
        sold: dict[_Key, int] = {}
        for row, (isbn, where, last) in enumerate(zip(self._isbn, self._where, self._last, strict=True)):
            if isbn is None or where is None or last is None:
                continue
            if last > self._reading.until:
                why = f"ends after {self._reading.until}, the day the file was fetched; correct the day, or load it when it is over"
                self._columns.refuse(row, self._heads["week"], str(last), why)
            elif (other := sold.setdefault((isbn, where, last), row)) != row:
                line = self._columns.cells.lines[other]
                if self._units[other] != self._units[row]:
                    why = f"line {line} says otherwise of that ISBN and week; neither counts"
                    self._columns.refuse(
                        other, self._heads["isbn"], isbn, "another row of that week says otherwise; neither counts"
                    )
                else:
                    why = f"line {line} has that ISBN and week already; it counts once"
                self._columns.refuse(row, self._heads["isbn"], isbn, why)
        return sold

    def observations(self, sold: Mapping[_Key, int]) -> Iterator[dict[str, object]]:
        """What each row says of its week."""
        good = {*self._columns.good().to_pylist()}
        for (isbn, where, _), row in sold.items():
            units = self._units[row] if row in good else None
            yield self._observed(isbn, where, row, units, self._columns.cells.lines[row])

    def zeros(self, sold: Mapping[_Key, int]) -> Iterator[dict[str, object]]:
        """The ISBNs without a row in a week of theirs, of a file that is whole; they stand below its last line."""
        weeks = {(where, last): row for (_, where, last), row in sold.items() if not self._is_doubtful(last)}
        of = {(isbn, where) for isbn, where, _ in sold}
        in_place = Counter(place for place, _ in weeks)
        if sum(in_place[where] for _, where in of) > MOST_ZEROS + len(sold):
            raise InputError(
                f"of its ISBNs and weeks more than {MOST_ZEROS:,} have no row, each of which would be 0; split the file by years"
            )
        line = max(self._columns.cells.lines, default=0)
        missing = (
            (isbn, where, row)
            for isbn, where in sorted(of)
            for (place, last), row in sorted(weeks.items())
            if place == where and (isbn, where, last) not in sold
        )
        for nth, (isbn, where, row) in enumerate(missing, 1):
            yield self._observed(isbn, where, row, 0, line + nth)

    def lists(self, sold: Mapping[_Key, int]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
        """The entries and issues of each category's weeks all rows of which can be read; equal units share a rank."""
        of: dict[tuple[str, str, date], list[int]] = {}
        for (_, where, last), row in sold.items():
            if self._category[row] and row not in self._left_out:
                of.setdefault((_chart(self._category[row]), where, last), []).append(row)
        good = {*self._columns.good().to_pylist()}
        entries, issues = [], []
        for (chart, where, last), rows in sorted(of.items()):
            if self._is_doubtful(last) or not good.issuperset(rows):
                continue
            listed = sorted((row for row in rows if self._units[row]), key=lambda row: (-self._units[row], row))
            span = {"chart": chart, "territory": where, "first_day": self._first[rows[0]], "last_day": last}
            rank, before = 0, None
            for nth, row in enumerate(listed, 1):
                rank, before = rank if self._units[row] == before else nth, self._units[row]
                entry = {"rank": rank, "title": self._title[row], "season": ""}
                entries.append({**span, **entry, "line": self._columns.cells.lines[row]})
            whole = {"complete_for": self._reading.complete_for, "depth": len(listed)}
            issues.append({**span, **whole, "calendar": self._feed.calendar})
        return entries, issues

    def _is_doubtful(self, last: date) -> bool:
        """Whether a row that cannot be placed may be of that week."""
        return last in self._lost or None in self._lost

    def _observed(self, isbn: str, where: str, row: int, units: int | None, line: int) -> dict[str, object]:
        span = {"territory": where, "first_day": self._first[row], "last_day": self._last[row], "line": line}
        return {
            **span,
            "measure": "books.units",
            "unit": "copies",
            "chart": "",
            "title": isbn,
            "season": "",
            "value": units,
        }


def read_isbn(text: str) -> str:
    """The thirteen digits of an ISBN, hyphens and spaces left out; `InputError` when they are none or one of them is wrong."""
    digits = text.replace("-", "").replace(" ", "")
    if not _ISBN.fullmatch(digits):
        raise InputError("no ISBN of thirteen digits; write it as 978-0-306-40615-7")
    if sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10:
        raise InputError("the check digit does not fit: one of the ISBN's digits is wrong")
    return digits


def _chart(category: str) -> str:
    return "books." + "-".join(re.findall(r"[^\W_]+", category.lower()))


def _of_sheets(raw: bytes) -> Iterator[Finding]:
    for name in more_sheets(raw):
        yield Finding(
            1, None, name[:80], "a sheet besides the first, which alone is read; save it as a file of its own"
        )
