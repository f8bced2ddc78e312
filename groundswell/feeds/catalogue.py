"""What can be watched, as CSV, TSV or a workbook: one episode, film or event a row, columns named in `desk.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.events import TIME
from groundswell.core.origin import Origin
from groundswell.core.period import read_day
from groundswell.core.viewing import CATALOGUE, KINDS, LANGUAGES, Titles
from groundswell.feeds.mapping import read_mapped, seasons

REQUIRED = ("title", "kind", "language", "available_from", "minutes")
OPTIONAL = ("season", "live_from", "live_to")
ROLES = (*REQUIRED, *OPTIONAL)
"""What a column can be."""
_MOST_MINUTES = 24 * 60
_LONGEST = timedelta(days=31)
"""A live event; each of its minutes has a figure."""


@dataclass(frozen=True)
class Catalogue:
    """A producer's catalogue: `columns` maps roles to the header's words."""

    id: ClassVar[str] = "viewing.catalogue"
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    columns: Mapping[str, str]
    delimiter: str = ","

    def __post_init__(self) -> None:
        missing = [role for role in REQUIRED if role not in self.columns]
        unknown = [role for role in self.columns if role not in ROLES]
        if missing or unknown or ("live_from" in self.columns) != ("live_to" in self.columns):
            raise InputError(
                f"columns of feed {self.id} must name {', '.join(REQUIRED)}, and may name {OPTIONAL[0]}, "
                f"and {OPTIONAL[1]} with {OPTIONAL[2]}"
            )

    def settings(self) -> dict[str, object]:
        """The mapping; a changed one is another load of the same bytes."""
        return {"parser": 1, "columns": dict(self.columns), "delimiter": self.delimiter}

    def titles(self, raw: bytes) -> Titles:
        """One row an episode, film or event; a row that does not fit is a finding."""
        columns = read_mapped(raw, self.delimiter, list(self.columns.values()))
        names = self.columns
        nothing = pa.nulls(len(columns), TIME)
        found = {
            "title": columns.names(names["title"]),
            "season": seasons(columns, names.get("season")),
            "kind": columns.each(names["kind"], _one_of(KINDS), pa.string()),
            "language": columns.each(names["language"], _one_of(LANGUAGES), pa.string()),
            "available_from": columns.each(names["available_from"], _day, pa.date32()),
            "minutes": columns.counts(names["minutes"], 1, _MOST_MINUTES, blank="live_from" in names),
            "live_from": columns.each(names["live_from"], _moment, TIME) if "live_from" in names else nothing,
            "live_to": columns.each(names["live_to"], _moment, TIME) if "live_to" in names else nothing,
            "line": columns.lines(),
        }
        rows = pa.table(found, schema=CATALOGUE)
        for row in columns.good().to_pylist():
            since, until = found["live_from"][row].as_py(), found["live_to"][row].as_py()
            if (since is None) != (until is None) or (since is not None and not since < until):
                columns.refuse(row, names.get("live_to"), "", "an event has a beginning, and an end after it")
            elif since is not None and until - since > _LONGEST:
                columns.refuse(row, names.get("live_to"), "", f"an event is live for at most {_LONGEST.days} days")
            elif since is None and found["minutes"][row].as_py() is None:
                columns.refuse(row, names["minutes"], "", "how many minutes is it long? Only an event need not say")
        lists = rows.select(["title", "season", "kind", "language"]).to_pylist()
        first: dict[tuple[str, str], tuple[str, str]] = {}
        for row in columns.good().to_pylist():
            one = lists[row]
            listed = (one["kind"], one["language"])
            if first.setdefault((one["title"], one["season"]), listed) != listed:
                why = f"another row of this title is of {' '.join(first[one['title'], one['season']])}"
                columns.refuse(row, names["kind"], " ".join(listed), why)
        kept = rows.take(columns.good())
        if not len(kept):
            said = f": {columns.findings[0]}" if columns.findings else ""
            raise InputError(f"no row of the catalogue can be read{said}")
        return Titles(kept, columns.cells.rows_read, sorted(columns.findings, key=lambda finding: finding.line))


def _one_of(allowed: tuple[str, ...]):  # type: ignore[no-untyped-def]
    def read(text: str) -> str:
        word = text.strip().lower().replace("-", "_").replace(" ", "_")
        if word not in allowed:
            raise InputError(f"not {' or '.join(allowed)}")
        return word

    return read


def _day(text: str) -> date:
    return read_day(text)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        raise InputError("not a time; write 2026-11-02T20:00:00Z") from None
    read_day(at.date().isoformat())
    return at
