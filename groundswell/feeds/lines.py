"""Bytes to lines: plain, gzip or zstd text, one JSON document a line, with every limit checked first."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.feeds.table import MOST_BYTES, MOST_UNPACKED

MOST_OF_A_LINE = 1_000_000
_PACKED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\x50\x2a\x4d\x18": "zstd"}  # and what zstd skips
_EARLIEST, _LATEST = datetime(2006, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def unpack(raw: bytes) -> bytes:
    """The text of a file, unpacked if it was packed; `InputError` when it is too large, or broken."""
    if len(raw) > MOST_BYTES:
        raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read; split it")
    kind = next((kind for magic, kind in _PACKED.items() if raw.startswith(magic)), None)
    if kind is None:
        return raw.removeprefix(b"\xef\xbb\xbf")
    try:
        with pa.CompressedInputStream(pa.BufferReader(raw), kind) as stream:
            data: bytes = stream.read(MOST_UNPACKED + 1)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"the {kind} file is damaged or cut short: {str(error)[:120]}; fetch it again") from None
    if len(data) > MOST_UNPACKED:
        raise InputError(f"the file unpacks to more than {MOST_UNPACKED:,} bytes; split it")
    return data


def lines_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every line that is not blank, with its number."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line := line.strip():
            yield number, line


def from_microseconds(value: int) -> datetime:
    """The moment so many microseconds after 1970; `InputError` outside the years posts can be of."""
    try:
        return witnessed(datetime.fromtimestamp(value // 1_000_000, UTC).replace(microsecond=value % 1_000_000))
    except (ValueError, OverflowError, OSError):
        raise InputError("the time is in no year posts can be of") from None


def witnessed(at: datetime) -> datetime:
    """The same moment in UTC; `InputError` outside the years posts can be of, or without a zone."""
    if at.tzinfo is None:
        raise InputError("the time states no zone")
    try:
        moment = at.astimezone(UTC)
    except OverflowError:
        raise InputError("the time is in no year posts can be of") from None
    if not _EARLIEST <= moment < _LATEST:
        raise InputError("the time is in no year posts can be of")
    return moment
