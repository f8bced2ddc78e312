"""Bytes to rows of cells: delimited text and workbooks, with every limit checked before anything is believed."""

import csv
import gc
import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from python_calamine import CalamineError, CalamineWorkbook

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.quantity import counted

MOST_BYTES = 200_000_000
"""A file larger than this is refused, on disk and unpacked."""
MOST_UNPACKED = 500_000_000
MOST_CELLS = 26_000_000
"""A sheet of more rows times columns is refused: the reader makes room for all of them, filled or not."""

_WORKBOOK = b"PK\x03\x04"
UTF8 = "utf-8"
ENCODINGS = (UTF8, "latin-1", "windows-1252")
"""What text may be in: UTF-8, or what a desk says."""
_BLOCK = 1 << 22  # bytes of text read at once

# Cells as spreadsheet programs write them: their place first, attributes in double quotes. A name may have a prefix.
_PREFIX = rb"(?:[^\s<>/]+:)?"
_CELL_BEGINS = rb"<" + _PREFIX + rb'c r="([A-Z]{1,3})([0-9]{1,7})"(?: (?!r=)[\w:]+="[^"<>]*")*\s*'
_CELL = re.compile(_CELL_BEGINS + rb"/?>|<" + _PREFIX + rb"c[\s/>]")
_FORMULA = rb">\s*<" + _PREFIX + rb"f[\s/>]"
_NO_VALUE = re.compile(rb"(?=<" + _PREFIX + rb'c [^<>]*(?: t="e"|' + _FORMULA + rb"))" + _CELL_BEGINS)
_PLAIN = (
    r'^(?:[^<]|<c r="[A-Z][0-9]{1,6}"(?: s="\w*"| t="[a-df-z]\w*")*/?>'
    r"|<(?:\w+:)?(?:[abdeg-zA-Z_]|[cf]\w)\w*[\s/>]|<[/!?])*$"
)
"""A sheet without formulas and errors, all cells plainly within columns A to Z and a million rows: that is, within
MOST_CELLS. For RE2, which reads a large sheet through once, several times faster than `re` can."""
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\w+:id="([^"]*)"')
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_TARGET = re.compile(rb'\sTarget="(?:/xl/)?([^"]*)"')


@dataclass(frozen=True)
class Cells:
    """A header, the cells below each of its names, and the line of each row; ragged rows and formulas are findings."""

    header: list[str]
    columns: list[Sequence[object]]
    """A list each, or an Arrow array of text."""
    lines: list[int]
    rows_read: int
    findings: list[Finding] = field(default_factory=list)


def read_cells(raw: bytes, delimiter: str, encoding: str = UTF8) -> Cells:
    """The cells of a workbook's first sheet, or of text whose cells `delimiter` parts.

    Text cells are str, workbook cells also float, bool or dates. Blank rows do not count. In text of another encoding a line
    of UTF-8 is a finding. `InputError` when the bytes are neither, or broken, or too large.
    """
    if encoding not in ENCODINGS:
        raise InputError(f"encoding '{encoding[:40]}' is not one of {', '.join(ENCODINGS)}")
    if len(raw) > MOST_BYTES:
        raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
    if raw[:4] == _WORKBOOK:
        return _workbook(raw)
    if raw[:300].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise InputError("the file is an HTML or XML page, not a table: open the address in a browser to see why")
    if encoding == UTF8 and delimiter == "\t" and (cells := _alike(raw)) is not None:
        return cells
    try:
        text = raw.decode("utf-8-sig" if encoding == UTF8 else encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"line {line}: byte 0x{raw[error.start]:02x} is not {encoding.upper()}; save the file as UTF-8 and load it again; "
            f"of a file that desk.toml maps, its encoding can be said there ({', '.join(ENCODINGS)})"
        ) from None
    cells = _text(text, delimiter)
    return cells if encoding == UTF8 else _without_utf8(raw, cells, encoding)


def _without_utf8(raw: bytes, cells: Cells, encoding: str) -> Cells:
    """The cells without the rows that are in UTF-8, where the file is in another encoding: each a finding."""
    rows: dict[int, str] = {}
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.isascii() and (text := _utf8(line)) is not None:
            rows.setdefault(bisect_right(cells.lines, number) - 1, text)
    mixed = [
        Finding(cells.lines[at], None, text[:80], f"UTF-8 in a file of {encoding}; save all of it in one encoding")
        for at, text in rows.items()
        if at >= 0
    ]
    kept = [at for at in range(len(cells.lines)) if at not in rows]
    return replace(
        cells,
        columns=[[column[at] for at in kept] for column in cells.columns],
        lines=[cells.lines[at] for at in kept],
        findings=[*cells.findings, *mixed],
    )


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def more_sheets(raw: bytes) -> list[str]:
    """The names of a workbook's sheets besides the first that hold anything; none of a text."""
    if raw[:4] != b"PK\x03\x04":
        return []
    with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
        return [name for at, name in enumerate(book.sheet_names) if at and book.get_sheet_by_index(at).height]


def _alike(raw: bytes) -> Cells | None:
    """What `_text` gives for tab-separated lines that are all filled, of one width and not long, at once; None for others."""
    try:
        header = raw.partition(b"\n")[0].decode("utf-8-sig").split("\t")
        names = [str(at) for at in range(len(header))]
        table = pa_csv.read_csv(
            pa.py_buffer(raw),
            pa_csv.ReadOptions(column_names=names, skip_rows=1, block_size=_BLOCK),
            pa_csv.ParseOptions(delimiter="\t", quote_char=False, ignore_empty_lines=False),
            pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None
    columns = [column.combine_chunks() for column in table.columns]
    empty = b"\n" + b"\t" * (len(header) - 1)
    blank = b"\n\n" in raw or empty + b"\n" in raw or raw.endswith(empty)
    longest = max([*map(len, header), *(pc.max(pc.binary_length(column)).as_py() or 0 for column in columns)])
    if b"\r" in raw or not any(header) or blank or longest > csv.field_size_limit():
        return None
    lines = list(range(2, len(table) + 2))
    return Cells([name.strip() for name in header], columns, lines, len(lines))


def _text(text: str, delimiter: str) -> Cells:
    lines_of = io.StringIO(text, newline="")
    if delimiter == "\t":
        reader = csv.reader(lines_of, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    else:
        reader = csv.reader(lines_of, delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"line {line}: not readable as a table: {error}") from None
    if not rows:
        raise InputError("the file is empty: it has no header and no rows; fetch it again")
    return _square(rows, lines)


def _square(rows: list[list[str]], lines: list[int]) -> Cells:
    header = [name.strip() for name in rows[0]]
    width = len(header)
    findings = [
        Finding(line, None, "…".join(row)[:80], f"{counted(len(row), 'cell')} where the header has {width}")
        for row, line in zip(rows[1:], lines[1:], strict=True)
        if len(row) != width
    ]
    good = [i for i in range(1, len(rows)) if len(rows[i]) == width]
    return Cells(
        header,
        [[rows[i][at] for i in good] for at in range(width)],
        [lines[i] for i in good],
        len(rows) - 1,
        findings,
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the garbage collector a sheet's many rows: it would go through all of them each time there are some more."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its name, the texts above its header, and the cells below it."""

    name: str
    above: list[str]
    cells: Cells


def read_sheets(raw: bytes, heads: Collection[str]) -> tuple[list[Sheet], list[str]]:
    """The sheets of a workbook in which a row has these heads, the first such row being the header, and the names of the
    others that are not empty. `InputError` when the bytes are no workbook, or broken, or too large."""
    if len(raw) > MOST_BYTES:
        raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
    if raw[:4] != _WORKBOOK:
        raise InputError("the file is no XLSX workbook; fetch it again, or save it as XLSX")
    found, others = [], []
    for name, rows, no_values in _sheets(raw):
        headed = (
            at for at, row in enumerate(rows) if {*heads} <= {cell.strip() for cell in row if isinstance(cell, str)}
        )
        if (at := next(headed, None)) is not None:
            left = next(column for column, cell in enumerate(rows[at]) if str(cell).strip())
            above = [cell for row in rows[:at] for cell in row if isinstance(cell, str) and cell]
            found.append(Sheet(name, above, _below(rows, at, left, no_values)))
        elif any(map(_is_filled, rows)):
            others.append(name)
    return found, others


def _workbook(raw: bytes) -> Cells:
    _, rows, no_values = next(_sheets(raw))
    filled = next((at for at, row in enumerate(rows) if _is_filled(row)), None)
    if filled is None:
        raise InputError("the workbook's first sheet is empty; put the table there")
    return _below(rows, filled, 0, no_values)


def _sheets(raw: bytes) -> Iterator[tuple[str, Sequence[Sequence[object]], list[tuple[int, int]]]]:
    """Each sheet in turn: its name, its rows, and (line, column) of its formulas and errors."""
    parts, no_values = _check_package(raw)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            for at, (name, part) in enumerate(zip(book.sheet_names, parts, strict=False)):
                with _uncollected():
                    rows = book.get_sheet_by_index(at).to_python(skip_empty_area=False)
                yield name, rows, no_values.get(part, [])
    except (CalamineError, IndexError) as error:
        raise InputError(f"the workbook cannot be read: {str(error)[:120]}; save it again as XLSX") from None


def _is_filled(row: Sequence[object]) -> bool:
    return any(row) or any(cell != "" for cell in row)


@_uncollected()
def _below(rows: Sequence[Sequence[object]], at: int, left: int, no_values: list[tuple[int, int]]) -> Cells:
    """The cells below the header in row `at`, which begins in column `left`."""
    header = [str(name).strip() for name in rows[at][left:]]
    while header and not header[-1]:
        header.pop()
    right = left + len(header)
    heads = dict(enumerate(header, left))
    findings = [
        Finding(line, heads.get(column), "=…", "a formula or an error; write the value itself")
        for line, column in no_values
        if line > at
    ]
    filled = [below for below in range(at + 1, len(rows)) if _is_filled(rows[below])]
    for below in filled if left or len(rows[0]) > right else ():
        beyond = [*rows[below][:left], *rows[below][right:]]
        if any(cell != "" for cell in beyond):
            why = f"cells beyond the header's {len(header)}"
            findings.append(Finding(below + 1, None, "…".join(map(str, beyond))[:80], why))
    skip = {finding.line - 1 for finding in findings}
    kept = [below for below in filled if below not in skip] if skip else filled
    cells = [rows[below] for below in kept]
    columns: list[Sequence[object]] = [[row[column] for row in cells] for column in range(left, right)]
    return Cells(header, columns, [below + 1 for below in kept], len(filled), findings)


def _check_package(raw: bytes) -> tuple[list[str], dict[str, list[tuple[int, int]]]]:
    """Hold every part to the length it states and every sheet to MOST_CELLS; the sheets' parts in order, and of each part
    (line, column) of its formulas and errors."""
    no_values: dict[str, list[tuple[int, int]]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = package.infolist()
            stated = sum(part.file_size for part in parts)
            if stated > MOST_UNPACKED or len(parts) > 1000:
                raise InputError(
                    f"the workbook unpacks to {stated:,} bytes in {len(parts):,} parts; "
                    f"at most {MOST_UNPACKED:,} in 1,000 are read"
                )
            if len({part.filename.lower() for part in parts}) < len(parts):
                raise InputError("the workbook has two parts of one name; save it again as XLSX")
            sheets = _sheet_parts(package)
            for part in parts:
                data = _unpack(package, part)
                if b"sheetData" in data and not _is_plain(data):
                    _check_extent(data)
                    places = [(int(row), _column(letters)) for letters, row in _NO_VALUE.findall(data)]
                    no_values[part.filename.lower()] = places
    except InputError:
        raise
    except Exception as error:  # a damaged archive raises nearly anything
        raise InputError(f"the workbook is damaged or cut short: {str(error)[:120]}; fetch it again") from None
    return sheets, no_values


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The part's bytes: never more than it states, and their checksum is right."""
    with package.open(part) as file:
        return file.read(part.file_size + 1)


def _is_plain(data: bytes) -> bool:
    ends = pa.array([0, len(data)], pa.int64()).buffers()[1]
    sheet = pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)])  # not copied
    return bool(pc.match_substring_regex(sheet, _PLAIN)[0].as_py())


def _sheet_parts(package: zipfile.ZipFile) -> list[str]:
    """The names, in lower case, of the parts that hold the workbook's sheets, in their order."""
    parts = {part.filename.lower(): part for part in package.infolist()}
    book, links = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise InputError("the file is a ZIP archive but no XLSX workbook; save the table as XLSX, CSV or TSV")
    linked = _LINK.findall(_unpack(package, links))
    found = []
    for name in _SHEET.findall(_unpack(package, book)):
        targets = (_TARGET.search(link) for link in linked if b' Id="' + name + b'"' in link)
        found.append(next(("xl/" + target[1].decode().lower() for target in targets if target), ""))
    if not found or not found[0]:
        raise InputError("the workbook does not say which part is its first sheet; save it again as XLSX")
    return found


def _check_extent(data: bytes) -> None:
    places = set(_CELL.findall(data))
    if (b"", b"") in places:
        raise InputError(
            "a cell of the workbook does not say where it stands; open it in a spreadsheet program and save it again"
        )
    rows = max((int(row) for _, row in places), default=0)
    columns = max((_column(letters) + 1 for letters, _ in places), default=0)
    if rows * columns > MOST_CELLS:
        raise InputError(
            f"the workbook has a sheet of {rows:,} rows by {columns:,} columns; at most {MOST_CELLS:,} cells are read"
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
