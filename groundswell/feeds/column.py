"""Columns of cells to typed Arrow arrays: a whole column at a time, and one finding for each cell that does not fit."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.quantity import plain, read_decimal
from groundswell.core.rows import EXACT
from groundswell.feeds.table import Cells

LONGEST_NAME = 300
_MOST_HEADS = 20
_LARGEST_COUNT = 10**15
_PARTED = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")


def check_header(header: list[str], required: Sequence[str], optional: Sequence[str] = ()) -> None:
    """Hold a frozen contract: every required column once, nothing that is neither required nor optional."""
    missing = [name for name in required if name not in header]
    unknown = [name for name in header if name not in required and name not in optional]
    twice = sorted(name for name, times in Counter(header).items() if times > 1)
    if missing or unknown or twice:
        said = [f"missing: {', '.join(missing)}"] if missing else []
        said += [f"unknown: {', '.join(name[:40] or '(no name)' for name in unknown[:12])}"] if unknown else []
        said += [f"twice: {', '.join(name[:40] or '(no name)' for name in twice[:12])}"] if twice else []
        raise InputError(
            f"the columns are not those of this feed ({'; '.join(said)}); nothing was loaded. Expected: "
            f"{', '.join(required)}" + (f"; optional: {', '.join(optional)}" if optional else "")
        )


def check_mapped(header: list[str], heads: Collection[str]) -> None:
    """Hold a mapping of `desk.toml`: every head it names stands there once, whatever other columns there are."""
    if twice := [head for head in heads if header.count(head) > 1]:
        raise InputError(f"two columns are headed '{twice[0][:40]}'; give each its own name")
    if missing := [head for head in dict.fromkeys(heads) if head not in header]:
        has = ", ".join(name[:40] or "(no name)" for name in header[:_MOST_HEADS])
        has += f" and {len(header) - _MOST_HEADS} more" if len(header) > _MOST_HEADS else ""
        raise InputError(
            f"the columns are not those desk.toml names (missing: {', '.join(missing)}); nothing was loaded. "
            f"The file has: {has}. Correct columns in desk.toml, or the file's header"
        )


def cell_text(cell: object) -> str:
    """A cell as an editor shows it: whole floats without a point, days in ISO form, text stripped."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _LARGEST_COUNT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


@dataclass
class Columns:
    """The columns of a file, and all that was found wrong with their cells; a row with a finding is not kept."""

    cells: Cells
    findings: list[Finding] = field(default_factory=list)
    _bad: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.findings = list(self.cells.findings)

    def __len__(self) -> int:
        return len(self.cells.lines)

    def lines(self) -> pa.Array:
        """The line of each row."""
        return pa.array(self.cells.lines, pa.int64())

    def cell(self, row: int, name: str) -> str:
        """A cell of the column as an editor shows it."""
        return cell_text(self._column(name)[row])

    def refuse(self, row: int, column: str | None, found: str, why: str) -> None:
        """Record a finding: the row is not kept."""
        self.findings.append(Finding(self.cells.lines[row], column, found[:80], why))
        self._bad.add(row)

    def good(self) -> pa.Array:
        """The indices of the rows without a finding, in order."""
        if not self._bad:
            return pa.arange(0, len(self))
        return pa.array([i for i in range(len(self)) if i not in self._bad], pa.int64())

    def names(self, name: str, *, none: Sequence[str] = (), required: bool = True) -> pa.Array:
        """The column as names as printed; a spelling in `none` means there is none, written as empty."""
        coded = self._coded(name)
        texts = pc.if_else(pc.is_in(coded.dictionary, pa.array(none, pa.string())), "", coded.dictionary)
        column = texts.take(coded.indices)

        def where(mask: pa.Array) -> list[int]:
            return self._where(mask.take(coded.indices))

        for row in where(pc.match_substring_regex(texts, r"\p{Cc}")):
            self.refuse(row, name, str(column[row]), "holds a control character (a line break, a tab or worse)")
        for row in where(pc.greater(pc.utf8_length(texts), LONGEST_NAME)):
            self.refuse(row, name, str(column[row]), f"longer than the {LONGEST_NAME} characters a name may have")
        if required:
            for row in where(pc.equal(texts, "")):
                self.refuse(row, name, "", "a name is required")
        return column

    def counts(self, name: str, low: int, high: int = _LARGEST_COUNT, *, blank: bool = False) -> pa.Array:
        """The column as whole numbers from `low` to `high`, int64; null where refused, or empty and `blank`."""
        column = self._column(name)
        if isinstance(column, list) and set(map(type, column)) == {float}:
            floats = pa.array(column, pa.float64())
            whole = pc.and_(pc.equal(floats, pc.floor(floats)), pc.less(pc.abs(floats), float(_LARGEST_COUNT)))
            values = pc.cast(pc.if_else(whole, floats, None), pa.int64())
            empty = pa.scalar(False)
        else:
            coded = self._coded(name)
            texts = coded.dictionary
            empty = pc.equal(texts, "").take(coded.indices)
            grouped = pc.match_substring_regex(texts, r"^-?\d{1,3}(,\d{3})+$")
            if pc.any(grouped).as_py():
                texts = pc.if_else(grouped, pc.replace_substring(texts, ",", ""), texts)
            numeric = pc.match_substring_regex(texts, r"^-?\d{1,15}$")
            values = pc.cast(pc.if_else(numeric, texts, None), pa.int64()).take(coded.indices)
        fits = pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))
        bad = pc.invert(pc.fill_null(fits, False))
        if blank:
            bad = pc.and_(bad, pc.invert(empty))
        allowed = (
            f"a whole number from {low:,} to {high:,}" if high < _LARGEST_COUNT else f"a whole number from {low:,} up"
        )
        for row in self._where(bad):
            self.refuse(row, name, cell_text(column[row]), f"not {allowed}")
        return pc.if_else(pc.fill_null(fits, False), values, None)

    def decimals(self, name: str, *, none: Sequence[str] = ("",)) -> pa.Array:
        """The column as exact decimals from 0 up; null where refused or one of `none`.

        In text all of whose points stand before just three digits, a point may part thousands: such cells are refused.
        """
        column = self._column(name)
        typed = isinstance(column, list) and any(isinstance(cell, float) for cell in column)
        pointed = [text for text in self._coded(name).dictionary.to_pylist() if "." in text]
        unsure = set() if typed or not all(map(_PARTED.fullmatch, pointed)) else {*pointed}

        def read(text: str) -> Decimal | None:
            if text in none:
                return None
            if text in unsure and text.count(".") == 1:
                whole = text.replace(".", "")
                raise InputError(f"may be {whole} or {plain(read_decimal(text))}; write {whole}, or {text}0")
            value = read_decimal(text)
            if value < 0:
                raise InputError("less than 0")
            return value

        return self.each(name, read, EXACT)

    def each(self, name: str, read: Callable[[str], object], kind: pa.DataType) -> pa.Array:
        """`read` of every cell's text, asked once for each distinct text; its `InputError` is the finding's reason."""
        coded = self._coded(name)
        known: list[object] = []
        wrong: dict[int, str] = {}
        for code, text in enumerate(coded.dictionary.to_pylist()):
            try:
                known.append(read(text))
            except InputError as error:
                known.append(None)
                wrong[code] = str(error)
        if wrong:
            for row, code in enumerate(coded.indices.to_pylist()):
                if code in wrong:
                    self.refuse(row, name, coded.dictionary[code].as_py(), wrong[code])
        return pa.array(known, kind).take(coded.indices)

    def _coded(self, name: str) -> pa.DictionaryArray:
        """The column as text, stripped, each spelling of it once."""
        column = self._column(name)
        try:
            texts = pa.array(column, pa.string())
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            texts = pa.array([cell_text(cell) for cell in column], pa.string())
        coded = pc.dictionary_encode(texts)
        return pa.DictionaryArray.from_arrays(coded.indices, pc.utf8_trim_whitespace(coded.dictionary))

    def _column(self, name: str) -> Sequence[object]:
        return self.cells.columns[self.cells.header.index(name)]

    def _where(self, mask: pa.Array) -> list[int]:
        return pc.indices_nonzero(mask).to_pylist() if len(self) else []
