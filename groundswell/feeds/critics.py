"""Critics' reviews one by one, and scores as published, as CSV or TSV mapped in `desk.toml` (docs/feeds.md shows how)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.errors import InputError
from groundswell.core.origin import Origin
from groundswell.core.period import read_day
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, EXACT, ISSUES, OBSERVATIONS, REVIEWS, STATUS, Parsed
from groundswell.feeds.column import LONGEST_NAME, Columns
from groundswell.feeds.mapping import days, read_mapped, seasons
from groundswell.feeds.table import UTF8

_FIRST_DAY = date(1900, 1, 2)
"""Days before stand where none is known: 1800-01-01, 1900-01-01."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_YES, _NO = ("1", "true", "True", "TRUE", "yes", "Yes"), ("0", "false", "False", "FALSE", "no", "No")
UNITS: Mapping[str, str] = {
    "score": "per cent of critics",
    "reviews": "reviews",
    "fresh_reviews": "fresh reviews",
    "rotten_reviews": "rotten reviews",
    "top_reviews": "reviews by top critics",
    "certified_fresh": STATUS,
}
"""What a column of a score file can be a figure of, and its unit."""


@dataclass(frozen=True, kw_only=True)
class _Mapped:
    """What both have in common: how a desk maps a file about films, or seasons."""

    id: ClassVar[str]
    known: ClassVar[Sequence[str]]
    needed: ClassVar[Sequence[str]]
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    columns: Mapping[str, str]
    yes: Sequence[str] = ()
    no: Sequence[str] = ()
    title: str = ""
    date_format: str | None = None
    encoding: str = UTF8
    delimiter: str = ","

    def __post_init__(self) -> None:
        if unknown := [role for role in self.columns if role not in (*self.known, "title", "season")]:
            known = ", ".join((*self.known, "title", "season"))
            raise InputError(f"feed {self.id}: columns names '{unknown[0]}'; known: {known}")
        if missing := [role for role in self.needed if role not in self.columns]:
            raise InputError(f"feed {self.id}: columns must name {', '.join(missing)}")
        if bool(self.title) == ("title" in self.columns):
            raise InputError(f'feed {self.id}: of which film? columns names title, or title = "…" says it for all')
        if set(self.yes) & set(self.no):
            raise InputError(f"feed {self.id}: yes and no have a word in common")

    def settings(self) -> dict[str, object]:
        """The mapping and all options; a changed mapping is another load of the same bytes."""
        options = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**options, "columns": dict(self.columns), "yes": list(self.yes), "no": list(self.no), "parser": 1}

    def _read(self, raw: bytes) -> tuple[Columns, pa.Array, pa.Array, pa.Array]:
        """The columns, the titles and seasons, and the rows that say of which film they are."""
        columns = read_mapped(raw, self.delimiter, self.columns.values(), self.encoding)
        titles = (
            columns.names(self.columns["title"])
            if "title" in self.columns
            else pa.array([self.title] * len(columns), pa.string())
        )
        of_season = seasons(columns, self.columns.get("season"))
        return columns, titles, of_season, columns.good()

    def _is(self, text: str) -> bool:
        if text not in (*self.yes, *self.no):
            raise InputError("neither a word of yes nor one of no; add it to one of them in desk.toml")
        return text in self.yes


@dataclass(frozen=True, kw_only=True)
class CriticsReviews(_Mapped):
    """Reviews, each fresh (a word of `yes`) or rotten (one of `no`)."""

    id: ClassVar[str] = "critics.reviews"
    known: ClassVar[Sequence[str]] = ("day", "verdict", "critic", "publication", "top")
    needed: ClassVar[Sequence[str]] = ("day", "verdict")

    yes: Sequence[str] = field(default=("fresh", "Fresh"))
    no: Sequence[str] = field(default=("rotten", "Rotten"))

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """One review a row. A review whose day, verdict or critic cannot be read stands without it: it may count."""
        columns, titles, of_season, rows = self._read(raw)

        def names(role: str) -> pa.Array:
            head = self.columns.get(role)
            if head is None:
                return pa.array([""] * len(columns), pa.string())
            return pc.fill_null(columns.each(head, _name, pa.string()), "")

        def is_top() -> pa.Array:
            head = self.columns.get("top")
            return pa.nulls(len(columns), pa.bool_()) if head is None else columns.each(head, _top, pa.bool_())

        table = pa.table(
            {
                "title": titles,
                "season": of_season,
                "day": self._days(columns, reading),
                "critic": names("critic"),
                "publication": names("publication"),
                "is_top": is_top(),
                "is_fresh": columns.each(self.columns["verdict"], self._is, pa.bool_()),
                "line": columns.lines(),
            },
            schema=REVIEWS,
        )
        return Parsed(
            ENTRIES.empty_table(),
            OBSERVATIONS.empty_table(),
            ISSUES.empty_table(),
            rows_read=columns.cells.rows_read,
            rows_kept=len(columns.good()),
            findings=sorted(columns.findings, key=lambda finding: finding.line),
            reviews=table.take(rows),
        )

    def _days(self, columns: Columns, reading: Reading) -> pa.Array:
        head = self.columns["day"]
        read = days(columns, head, self.date_format).to_pylist()
        for row, day in enumerate(read):
            if day is not None and not _FIRST_DAY <= day <= reading.until:
                late = f"after {reading.until}, the day the file was fetched"
                why = f"{late if day > reading.until else 'no day of a review'}: its date is not known"
                columns.refuse(row, head, str(day), why)
                read[row] = None
        return pa.array(read, pa.date32())


@dataclass(frozen=True, kw_only=True)
class CriticsScores(_Mapped):
    """Scores as published, with the counts and the status printed beside them; all as of `day` where no column says it."""

    id: ClassVar[str] = "critics.scores"
    known: ClassVar[Sequence[str]] = ("day", "year", *UNITS)
    needed: ClassVar[Sequence[str]] = ("score",)

    day: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.day is None) == ("day" not in self.columns):
            raise InputError(f"feed {self.id}: as of when? columns names day, or day = … says it for all")
        if ("certified_fresh" in self.columns) != bool(self.yes):
            raise InputError(
                f'feed {self.id}: a status certified_fresh needs yes = ["…"], the words that say it is had'
            )
        if self.day is not None:
            read_day(self.day)

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """An observation for each figure of a film; one that cannot be read, or is of two rows alike, stands without a value."""
        columns, titles, of_season, _ = self._read(raw)
        if "year" in self.columns:
            years = columns.each(self.columns["year"], _year, pa.string())
            titles = pc.binary_join_element_wise(titles, pc.binary_join_element_wise("(", years, ")", ""), " ")
        if self.day is None:
            on = days(columns, self.columns["day"], self.date_format)
        else:
            on = pa.array([read_day(self.day)] * len(columns), pa.date32())
        for row, day in enumerate(on.to_pylist()):
            if day is not None and day > reading.until:
                columns.refuse(row, None, str(day), f"after {reading.until}, the day the file was fetched")
        standing = columns.good()
        alike: dict[tuple[object, ...], list[int]] = {}
        keys = list(zip(titles.to_pylist(), of_season.to_pylist(), on.to_pylist(), strict=True))
        for row in standing.to_pylist():
            alike.setdefault(keys[row], []).append(row)
        twice = {row for rows in alike.values() if len(rows) > 1 for row in rows}
        for row in sorted(twice):
            why = "another row has the same name and day, and neither counts; map the year or the season"
            columns.refuse(row, None, str(keys[row][0]), why)
        once = pa.array([row not in twice for row in range(len(columns))])
        figures = {
            role: pc.if_else(once, columns.each(self.columns[role], self._reads(role), EXACT), None)
            for role in UNITS
            if role in self.columns
        }
        table = pa.table(
            {"title": titles, "season": of_season, "first_day": on, "last_day": on, "line": columns.lines()}
        )
        parts = [
            table.append_column("value", values)
            .append_column("measure", pa.array([f"critics.{role}"] * len(columns), pa.string()))
            .append_column("unit", pa.array([UNITS[role]] * len(columns), pa.string()))
            .append_column("chart", pa.array([""] * len(columns), pa.string()))
            .append_column("territory", pa.array(["WW"] * len(columns), pa.string()))
            .take(standing)
            .select(OBSERVATIONS.names)
            .cast(OBSERVATIONS)
            for role, values in figures.items()
        ]
        return Parsed(
            ENTRIES.empty_table(),
            pa.concat_tables(parts),
            ISSUES.empty_table(),
            rows_read=columns.cells.rows_read,
            rows_kept=len(columns.good()),
            findings=sorted(columns.findings, key=lambda finding: finding.line),
        )

    def _reads(self, role: str) -> Callable[[str], Decimal]:
        most = 100 if role == "score" else 10**9

        def count(text: str) -> Decimal:
            if not (text.isascii() and text.isdecimal() and len(text) < 12 and int(text) <= most):
                raise InputError(f"not a whole number from 0 {'to 100' if role == 'score' else 'up'}")
            return Decimal(text)

        return count if role != "certified_fresh" else lambda text: Decimal(self._is(text))


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME or _CONTROL.search(text):
        raise InputError(f"no name: longer than {LONGEST_NAME} characters, or with a control character")
    return text


def _top(text: str) -> bool:
    if text not in (*_YES, *_NO):
        raise InputError(
            f"whether a top critic's is written {_YES[0]} or {_NO[0]}, {_YES[1]} or {_NO[1]}, {_YES[4]} or {_NO[4]}"
        )
    return text in _YES


def _year(text: str) -> str:
    if not text[:4].isdecimal():
        raise InputError("no year and no day that begins with one")
    return text[:4]
