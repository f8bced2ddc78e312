"""Documents for machines: JSON with exact decimals, and CSV no spreadsheet will execute."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def json_text(body: Mapping[str, object]) -> str:
    """One JSON document, `"format": 1` first; exact decimals are numbers."""
    return _ENCODER.encode({"format": 1, **body}).decode()


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a header; no control characters, and a leading apostrophe on text a spreadsheet would take for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (columns, *rows):
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue()


def _safe(cell: object) -> object:
    if isinstance(cell, str):
        mark = "'" if cell.startswith(_FORMULA_STARTS) else ""
        return mark + _CONTROL.sub("�", cell)
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    return "" if cell is None else cell
