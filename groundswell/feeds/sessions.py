"""Viewing sessions as a producer exports them, Parquet or delimited text of any length, columns named in `desk.toml`.

Everything is read and judged by the engine: no row passes through here. Findings name places and reasons and never repeat a
cell, which could be somebody's.
"""

import csv
import glob
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from groundswell.core.errors import InputError, MachineryError
from groundswell.core.finding import Finding
from groundswell.core.origin import Origin
from groundswell.core.protocol import Engine, Reading
from groundswell.core.quantity import counted
from groundswell.core.viewing import STREAMS, Delivered
from groundswell.feeds.column import LONGEST_NAME, check_mapped

REQUIRED = ("profile", "title", "territory", "start")
ENDS = ("duration", "end")
OPTIONAL = ("season", "household", "device", "stream", "session", "weight")
ROLES = (*REQUIRED, *ENDS, *OPTIONAL)
"""What a column can be."""
CLOCKS = {"seconds": 1, "milliseconds": 1000}
"""What numbers in `start`, `end` and `duration` count, and how many of them a second has."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST = 24 * 3600
_MILLISECONDS = 10**11
"""A clock that shows as much does not count seconds: it would be the year 5138."""
_FARTHEST = 10**17
"""A number at least so far from 0 is no time and no duration on any clock."""
_COARSE = {"s": 10**6, "ms": 10**3}
"""Units of times in Parquet that can be further from 1970 than the engine's microseconds reach, and how many of these they have."""
_REACH = 9 * 10**18
_MOST_TERRITORIES = 10_000
_WORLDWIDE = "WW"
_MARK = b"\xef\xbb\xbf"
_PACKED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_FIRST_LINE = 1 << 20
_NOWHERE = "\x01"
"""What no cell holds."""
_LINE = "line_of_the_file"
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)? ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?"
_WEIGHT = r"[0-9]{1,12}(\.[0-9]{0,6}0*)?"
_CONTROL = r"[\x00-\x1f\x7f-\x9f]"

_REASONS = {
    "cells": (None, "fewer or more cells than the header, or not readable as UTF-8 text"),
    "cut": (None, "the last line has no line break: it may be cut short; end it with one and load the file again"),
    "profile": ("profile", f"no profile, or one longer than {LONGEST_NAME} characters"),
    "title": ("title", f"no title, or one longer than {LONGEST_NAME} characters or with a control character"),
    "territory": ("territory", "not a territory; write its ISO 3166 code or English name"),
    "milliseconds": ("start", 'a clock in milliseconds; if it is meant so, say clock = "milliseconds" in desk.toml'),
    "start": ("start", "not a time; write 2026-11-02T20:00:00Z, or the seconds since 1970"),
    "end": ("end", "no time; write 2026-11-02T20:00:00Z, or the seconds since 1970"),
    "duration": ("duration", "no duration; write whole seconds from 0 up"),
    "order": (None, "ends before it starts"),
    "long": (None, "longer than a day"),
    "future": (None, "ends in the future"),
    "past": ("start", f"before {EARLIEST.year}"),
    "stream": ("stream", f"not {STREAMS[0]} or {STREAMS[1]}, nor empty"),
    "weight": (
        "weight",
        "no weight; write how many profiles the row stands for, above 0 and with at most six decimals",
    ),
}

_COUNTED = "SELECT wrong, count(*) AS rows, min(line) AS line FROM ({judged}) c GROUP BY wrong ORDER BY min(line)"
_REJECTED = "SELECT DISTINCT line FROM reject_errors ORDER BY line"
_GOOD = """
SELECT profile, household, title, season, territory, to_timestamp(start_s) AS started_at, to_timestamp(end_s) AS ended_at,
       device, stream, session, weight
FROM ({judged}) g WHERE wrong IS NULL
"""


@dataclass(frozen=True)
class Sessions:
    """A producer's sessions: `columns` maps roles to the header's words."""

    id: ClassVar[str] = "viewing.sessions"
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    columns: Mapping[str, str]
    clock: str = "seconds"
    delimiter: str = ","

    def __post_init__(self) -> None:
        missing = [role for role in REQUIRED if role not in self.columns]
        unknown = [role for role in self.columns if role not in ROLES]
        if missing or unknown or sum(role in self.columns for role in ENDS) != 1:
            raise InputError(
                f"columns of feed {self.id} must name {', '.join(REQUIRED)} and either duration or end, "
                f"and may name {', '.join(OPTIONAL)}"
            )
        if self.clock not in CLOCKS:
            raise InputError(f"clock of feed {self.id} must be {' or '.join(CLOCKS)}")

    def settings(self) -> dict[str, object]:
        """The mapping; a changed one is another load of the same bytes."""
        return {"parser": 1, "columns": dict(self.columns), "clock": self.clock, "delimiter": self.delimiter}

    def deliver(self, path: Path, engine: Engine, reading: Reading, now: datetime) -> Delivered:
        """The good rows; `InputError` where the file is broken or most of its rows are wrong: none is then taken."""
        heads = list(dict.fromkeys(self.columns.values()))
        source = _source(path, self.delimiter, engine)
        check_mapped(source.header, heads)
        try:
            wrong, good, sql = self._read_any(source, path, engine, reading, now)
        except MachineryError as error:
            raise InputError(f"the {source.kind} file cannot be read to its end; deliver it again ({error})") from None
        refused = sum(rows for _, rows, _ in wrong)
        if not good + refused:
            raise InputError("no rows; deliver the file again")
        if refused > good:
            most = self._finding(*max(wrong, key=lambda one: one[1]))
            raise InputError(
                f"{refused:,} of {counted(good + refused, 'row')} are wrong, so none was taken; {most}; "
                "are the columns named in desk.toml as the file has them?"
            )
        findings = [self._finding(*one) for one in sorted(wrong, key=lambda one: one[2])]
        return Delivered(sql, good + refused, refused, findings)

    def _read_any(
        self, source: "_Source", path: Path, engine: Engine, reading: Reading, now: datetime
    ) -> tuple[list[tuple[str, int, int]], int, str]:
        """As `_read`, also of Parquet with a time beyond the engine's reach, at which it stops."""
        try:
            return self._read(source, engine, reading, now)
        except MachineryError:
            within = _within_reach(path, list(dict.fromkeys(self.columns.values())), engine)
            if within is None:
                raise
            return self._read(within, engine, reading, now)

    def _read(
        self, source: "_Source", engine: Engine, reading: Reading, now: datetime
    ) -> tuple[list[tuple[str, int, int]], int, str]:
        """What is wrong (reason, rows, line of the first), how many rows are good, and the SQL that gives these."""
        types = engine.query(f"SELECT * FROM {source.rows} LIMIT 0").schema
        engine.register("session_territories", self._territories(source, types, engine, reading))
        rows = f"({source.numbered})"
        wrong: list[tuple[str, int, int]] = []
        good_rows = source.rows
        if source.is_cut:
            last = engine.query(f"SELECT max({_LINE}) AS line FROM ({source.numbered}) n")["line"][0].as_py() or 1
            rejected = engine.query(_REJECTED)["line"].to_pylist()
            if not rejected or rejected[-1] < _line(last, rejected):  # else the last line has no row that could be cut
                rows = good_rows = f"(SELECT * FROM ({source.numbered}) n WHERE {_LINE} < {last})"
                wrong.append(("cut", 1, last))
        counted = engine.query(_COUNTED.format(judged=self._judged(rows, types, now, line=_LINE))).to_pylist()
        wrong += [(row["wrong"], row["rows"], row["line"]) for row in counted if row["wrong"] is not None]
        if source.kind == "text":
            rejected = engine.query(_REJECTED)["line"].to_pylist()
            wrong = [(why, rows, _line(line, rejected)) for why, rows, line in wrong]
            wrong += [("cells", len(rejected), rejected[0])] if rejected else []
        good = sum(row["rows"] for row in counted if row["wrong"] is None)
        return wrong, good, _GOOD.format(judged=self._judged(good_rows, types, now))

    def _territories(self, source: "_Source", types: pa.Schema, engine: Engine, reading: Reading) -> pa.Table:
        place = _text(self.columns["territory"], types)
        sql = f"SELECT DISTINCT {place} AS printed FROM {source.rows} LIMIT {_MOST_TERRITORIES}"
        found = {text: reading.territory(text) for text in engine.query(sql)["printed"].to_pylist() if text}
        known = {text: code for text, code in found.items() if code not in (None, _WORLDWIDE)}
        return pa.table({"printed": pa.array(known, pa.string()), "territory": pa.array(known.values(), pa.string())})

    def _judged(self, rows: str, types: pa.Schema, now: datetime, line: str = "0") -> str:
        """SQL: every row in the columns of a session, times as seconds since 1970, and what is wrong with it."""
        columns, ticks = self.columns, CLOCKS[self.clock]

        def text(role: str) -> str:
            return f"nullif({_text(columns[role], types)}, '')" if role in columns else "CAST(NULL AS VARCHAR)"

        start, shown = _seconds(columns["start"], types, ticks), [_clock(columns["start"], types)]
        if "end" in columns:
            by, end = "end", _seconds(columns["end"], types, ticks)
            shown.append(_clock(columns["end"], types))
        else:
            by, lasts = "duration", _clock(columns["duration"], types)
            end = f"{start} + CASE WHEN {lasts} >= 0 THEN {lasts} // {ticks} END"
        weighed = _written(columns["weight"], types) if "weight" in columns else "CAST(NULL AS VARCHAR)"
        weight = f"CASE WHEN regexp_full_match({weighed}, '{_WEIGHT}') THEN TRY_CAST({weighed} AS DECIMAL(18, 6)) END"
        read = f"""
          SELECT {line} AS line, {text("profile")} AS profile, {text("household")} AS household, {text("title")} AS title,
                 coalesce({text("season")}, '') AS season, {_text(columns["territory"], types)} AS printed,
                 {text("device")} AS device, lower(coalesce({text("stream")}, '')) AS stream, {text("session")} AS session,
                 {weighed} AS weighed, {weight} AS weight,
                 {start} AS start_s, {end} AS end_s, greatest({", ".join(f"abs({number})" for number in shown)}) AS shown
          FROM {rows} r
        """
        return f"""
          SELECT j.*, CASE
            WHEN profile IS NULL OR length(profile) > {LONGEST_NAME} THEN 'profile'
            WHEN title IS NULL OR length(title) > {LONGEST_NAME} OR length(season) > {LONGEST_NAME}
              OR regexp_matches(title, '{_CONTROL}') OR regexp_matches(season, '{_CONTROL}') THEN 'title'
            WHEN territory IS NULL THEN 'territory'
            WHEN shown >= {_MILLISECONDS * ticks} THEN 'milliseconds'
            WHEN start_s IS NULL THEN 'start'
            WHEN end_s IS NULL THEN '{by}'
            WHEN end_s < start_s THEN 'order'
            WHEN end_s - start_s > {_LONGEST} THEN 'long'
            WHEN end_s > {int(now.timestamp())} THEN 'future'
            WHEN start_s < {int(EARLIEST.timestamp())} THEN 'past'
            WHEN stream NOT IN ({", ".join(f"'{stream}'" for stream in STREAMS)}) THEN 'stream'
            WHEN weighed IS NOT NULL AND coalesce(weight, 0) <= 0 THEN 'weight'
          END AS wrong
          FROM (SELECT r.*, t.territory FROM ({read}) r LEFT JOIN session_territories t USING (printed)) j
        """

    def _finding(self, why: str, rows: int, line: int) -> Finding:
        role, words = _REASONS[why]
        column = self.columns.get(role) if role else None
        return Finding(line, column, "", f"{words} ({rows:,} rows, the first here)" if rows > 1 else words)


@dataclass(frozen=True)
class _Source:
    """A file as the engine reads it: `rows` after FROM, `numbered` with the line of each row."""

    kind: str
    header: list[str]
    rows: str
    numbered: str
    is_cut: bool = False


def _source(path: Path, delimiter: str, engine: Engine) -> _Source:
    name = _quoted(glob.escape(str(path)))  # the engine reads every file its name matches
    with path.open("rb") as file:
        head = file.read(4)
        if head == b"PAR1":
            file.seek(-4, 2)
            if file.read() != b"PAR1":
                raise InputError("the Parquet file is cut short: its end is missing; deliver it again")
            rows = f"read_parquet({name})"
            try:
                header = engine.query(f"SELECT * FROM {rows} LIMIT 0").column_names
            except MachineryError as error:
                raise InputError(f"the Parquet file is damaged; deliver it again ({error})") from None
            numbered = f"SELECT *, file_row_number + 1 AS {_LINE} FROM read_parquet({name}, file_row_number = true)"
            return _Source("Parquet", header, rows, numbered)
        packed = next((kind for magic, kind in _PACKED.items() if head.startswith(magic)), None)
        file.seek(0)
        with pa.PythonFile(file, "r") as plain:
            stream = pa.CompressedInputStream(plain, packed) if packed else plain
            try:
                first = stream.read(_FIRST_LINE).partition(b"\n")[0].removeprefix(_MARK).decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(f"the header is not readable as UTF-8 text: {str(error)[:80]}") from None
        is_cut = packed is None and not _ends_with_break(path)
    header = [cell.strip() for cell in next(csv.reader([first.rstrip("\r")], delimiter=delimiter), [])]
    if not any(header):
        raise InputError("the file is empty, or its first line is: it has no header; deliver it again")
    if len(set(header)) < len(header) or not all(header):
        raise InputError("each column needs a name of its own in the header")
    columns = ", ".join(f"{_quoted(cell)}: 'VARCHAR'" for cell in header)
    options = (
        f"{name}, header = true, auto_detect = false, columns = {{{columns}}}, delim = {_quoted(delimiter)}, quote = '\"', "
        f"escape = '\"', nullstr = {_quoted(_NOWHERE)}, ignore_errors = true, compression = '{packed or 'none'}'"
    )
    rows = f"read_csv({options})"
    numbered = f"SELECT *, row_number() OVER () + 1 AS {_LINE} FROM read_csv({options}, store_rejects = true)"
    return _Source("text", header, rows, numbered, is_cut)


def _within_reach(path: Path, heads: list[str], engine: Engine) -> _Source | None:
    """The columns of a Parquet file without the times the engine cannot hold; None where it has none that could be so far."""
    try:
        with pq.ParquetFile(path) as file, TemporaryDirectory(prefix="groundswell-") as folder:
            fields = [file.schema_arrow.field(head) for head in heads]
            coarse = pa.schema(of for of in fields if pa.types.is_timestamp(of.type) and of.type.unit in _COARSE)
            if not coarse:
                return None
            times = Path(folder) / "times.parquet"  # and nothing else of a row: it could be left behind
            with pq.ParquetWriter(times, coarse) as writer:
                for batch in file.iter_batches(columns=coarse.names):
                    held = [_held(batch[name]) for name in coarse.names]
                    writer.write_batch(pa.record_batch(held, schema=coarse))
            others = ", ".join(_column(head) for head in heads if head not in coarse.names)
            numbered = f"""
              SELECT t.* EXCLUDE (file_row_number), {others}, file_row_number + 1 AS {_LINE}
              FROM read_parquet({_quoted(str(times))}, file_row_number = true) t
              JOIN (
                SELECT {others}, file_row_number FROM read_parquet({_quoted(glob.escape(str(path)))}, file_row_number = true)
              ) o USING (file_row_number)
            """
            engine.step("within_reach", numbered)
    except (pa.ArrowException, OSError, KeyError):
        return None
    return _Source("Parquet", heads, "within_reach", "SELECT * FROM within_reach")


def _held(times: pa.Array) -> pa.Array:
    ticks, reach = times.cast(pa.int64()), _REACH // _COARSE[times.type.unit]
    within = pc.and_(pc.greater(ticks, -reach), pc.less(ticks, reach))
    return pc.if_else(within, times, pa.scalar(None, times.type))


def _ends_with_break(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, 2)
        if file.tell():
            file.seek(-1, 2)
        return file.read(1) in (b"\n", b"\r", b"")


def _line(row: int, rejected: list[int]) -> int:
    """The line of a row where the lines in `rejected` were passed over."""
    for line in rejected:
        if line > row:
            break
        row += 1
    return row


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _type(name: str, types: pa.Schema) -> Any:
    kind = types.field(name).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _text(name: str, types: pa.Schema) -> str:
    """SQL: the column as text, stripped; a column of other values than text and whole numbers is no name of anything."""
    kind = _type(name, types)
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)):
        raise InputError(f"column {name[:40]} holds {kind}, not text or whole numbers")
    return f"trim(CAST({_column(name)} AS VARCHAR))"


def _written(name: str, types: pa.Schema) -> str:
    """SQL: the number in a cell as it is written, null where it is empty; a float is no exact number."""
    if not pa.types.is_decimal(_type(name, types)):
        return f"nullif({_text(name, types)}, '')"
    return f"CAST({_column(name)} AS VARCHAR)"


def _clock(name: str, types: pa.Schema) -> str:
    """SQL: the number in a cell, null where it is none or its fraction is all there is to it."""
    kind, column = _type(name, types), _column(name)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        number = column if pa.types.is_integer(kind) else f"floor({column})"
        return f"CASE WHEN {number} > -{_FARTHEST} AND {number} < {_FARTHEST} THEN TRY_CAST({number} AS BIGINT) END"
    if pa.types.is_timestamp(kind):
        return "0"
    return f"TRY_CAST(regexp_extract({_text(name, types)}, '^(-?[0-9]{{1,17}})(\\.[0-9]*)?$', 1) AS BIGINT)"


def _seconds(name: str, types: pa.Schema, ticks: int) -> str:
    """SQL: seconds, since 1970 where the column is a time; a time without a zone is UTC."""
    kind, column = _type(name, types), _column(name)
    if pa.types.is_timestamp(kind):
        return f"CAST(floor(epoch(CAST({column} AS TIMESTAMPTZ))) AS BIGINT)"
    number = f"{_clock(name, types)} // {ticks}"
    if not pa.types.is_string(kind):
        return number
    text = _text(name, types)
    written = f"CASE WHEN regexp_full_match({text}, '{_TIME}') THEN TRY_CAST({text} AS TIMESTAMPTZ) END"
    return f"coalesce({number}, CAST(floor(epoch({written})) AS BIGINT))"
