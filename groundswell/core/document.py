"""Documents for machines: JSON with exact decimals, and CSV no spreadsheet will execute."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def json_text(body: Mapping[str, object]) -> str:
    """One JSON document, `"format": 1` first; exact decimals are numbers."""
    return _ENCODER.encode({"format": 1, **body}).decode()


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a header; a text cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue()


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return "'" + cell
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    return "" if cell is None else cell
