"""Bytes to rows of cells: delimited text and workbooks, with every limit checked before anything is believed."""

import csv
import gc
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from python_calamine import CalamineError, CalamineWorkbook

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding

MOST_BYTES = 200_000_000
"""A file larger than this is refused, on disk and unpacked."""
MOST_UNPACKED = 500_000_000
MOST_CELLS = 26_000_000
"""A sheet of more rows times columns is refused: the reader makes room for all of them, filled or not."""

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


def read_cells(raw: bytes, delimiter: str) -> Cells:
    """The cells of a workbook's first sheet, or of UTF-8 text whose cells `delimiter` parts.

    Text cells are str, workbook cells also float, bool or dates. Blank rows do not count. `InputError` when the bytes are
    neither, or broken, or too large.
    """
    if len(raw) > MOST_BYTES:
        raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
    if raw[:4] == b"PK\x03\x04":
        return _workbook(raw)
    if raw[:300].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise InputError("the file is an HTML or XML page, not a table: open the address in a browser to see why")
    if delimiter == "\t" and (cells := _alike(raw)) is not None:
        return cells
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"line {line}: byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8 and load it again"
        ) from None
    return _text(text, delimiter)


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
        Finding(line, None, "…".join(row)[:80], f"{len(row)} cells where the header has {width}")
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


@_uncollected()
def _workbook(raw: bytes) -> Cells:
    no_values = _check_package(raw)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise InputError(f"the workbook cannot be read: {str(error)[:120]}; save it again as XLSX") from None
    filled = [at for at, row in enumerate(rows) if any(row) or any(cell != "" for cell in row)]
    if not filled:
        raise InputError("the workbook's first sheet is empty; put the table there")
    header = [str(name).strip() for name in rows[filled[0]]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    findings = [
        Finding(line, header[column] if column < width else None, "=…", "a formula or an error; write the value itself")
        for line, column in no_values
    ]
    findings += [
        Finding(at + 1, None, "…".join(map(str, rows[at][width:]))[:80], f"cells beyond the header's {width}")
        for at in (filled[1:] if len(rows[0]) > width else ())
        if any(cell != "" for cell in rows[at][width:])
    ]
    skip = {finding.line - 1 for finding in findings}
    kept = [at for at in filled[1:] if at not in skip] if skip else filled[1:]
    cells = [rows[at] for at in kept]
    columns: list[Sequence[object]] = [[row[column] for row in cells] for column in range(width)]
    return Cells(header, columns, [at + 1 for at in kept], len(filled) - 1, findings)


def _check_package(raw: bytes) -> list[tuple[int, int]]:
    """Hold every part to the length it states and every sheet to MOST_CELLS; (line, column) of the first's formulas and errors."""
    no_values: list[tuple[int, int]] = []
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
            first = _first_sheet(package)
            for part in parts:
                data = _unpack(package, part)
                if b"sheetData" in data and not _is_plain(data):
                    _check_extent(data)
                    if part.filename.lower() == first:
                        no_values = [(int(row), _column(letters)) for letters, row in _NO_VALUE.findall(data)]
    except InputError:
        raise
    except Exception as error:  # a damaged archive raises nearly anything
        raise InputError(f"the workbook is damaged or cut short: {str(error)[:120]}; fetch it again") from None
    return no_values


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The part's bytes: never more than it states, and their checksum is right."""
    with package.open(part) as file:
        return file.read(part.file_size + 1)


def _is_plain(data: bytes) -> bool:
    ends = pa.array([0, len(data)], pa.int64()).buffers()[1]
    sheet = pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)])  # not copied
    return bool(pc.match_substring_regex(sheet, _PLAIN)[0].as_py())


def _first_sheet(package: zipfile.ZipFile) -> str:
    """The name, in lower case, of the part that holds the workbook's first sheet."""
    parts = {part.filename.lower(): part for part in package.infolist()}
    book, links = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise InputError("the file is a ZIP archive but no XLSX workbook; save the table as XLSX, CSV or TSV")
    sheet = _SHEET.search(_unpack(package, book))
    for link in _LINK.findall(_unpack(package, links)) if sheet else ():
        target = _TARGET.search(link)
        if sheet and target and b' Id="' + sheet[1] + b'"' in link:
            return "xl/" + target[1].decode().lower()
    raise InputError("the workbook does not say which part is its first sheet; save it again as XLSX")


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
