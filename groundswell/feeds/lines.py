"""Bytes to lines: plain, gzip or zstd text, one JSON document a line, with every limit checked first."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.feeds.table import MOST_BYTES, MOST_UNPACKED

MOST_OF_A_LINE = 1_000_000
MOST_IN_BLOCKS = 100_000_000_000
"""A file that unpacks to more bytes is refused where it is read block by block."""
_BLOCK = 1 << 24
_MARK = b"\xef\xbb\xbf"
_PACKED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\x50\x2a\x4d\x18": "zstd"}  # and what zstd skips
EARLIEST, LATEST = datetime(2006, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _PAST_LAST = ((moment - _EPOCH) // timedelta(microseconds=1) for moment in (EARLIEST, LATEST))


def unpack(raw: bytes) -> bytes:
    """The text of a file, unpacked if it was packed; `InputError` when it is too large, or broken."""
    if len(raw) > MOST_BYTES:
        raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read; split it")
    kind = next((kind for magic, kind in _PACKED.items() if raw.startswith(magic)), None)
    if kind is None:
        return raw.removeprefix(_MARK)
    try:
        with pa.CompressedInputStream(pa.BufferReader(raw), kind) as stream:
            data: bytes = stream.read(MOST_UNPACKED + 1)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"the {kind} file is damaged or cut short: {str(error)[:120]}; fetch it again") from None
    if len(data) > MOST_UNPACKED:
        raise InputError(f"the file unpacks to more than {MOST_UNPACKED:,} bytes; split it")
    return data


def blocks_of(file: BinaryIO) -> Iterator[memoryview]:
    """The text of a file in blocks of whole lines, unpacked if it was packed; `InputError` when it is too large, or broken.

    Each block is gone with the next one. Of a line longer than is read, only its beginning.
    """
    magic = file.read(4)
    kind = next((kind for known, kind in _PACKED.items() if magic.startswith(known)), None)
    file.seek(len(_MARK) if magic.startswith(_MARK) else 0)
    room = bytearray(MOST_OF_A_LINE + 1 + _BLOCK)
    total = begun = 0
    try:
        with (
            pa.PythonFile(file, "r") as plain,
            pa.CompressedInputStream(plain, kind) if kind else nullcontext(plain) as stream,
        ):
            while read := stream.readinto(memoryview(room)[begun : begun + _BLOCK]):
                total += read
                if total > MOST_IN_BLOCKS:
                    raise InputError(f"the file has more than {MOST_IN_BLOCKS:,} bytes unpacked; split it")
                filled = begun + read
                whole = room.rfind(b"\n", begun, filled) + 1
                if whole:
                    yield memoryview(room)[:whole]
                begun = min(filled - whole, MOST_OF_A_LINE + 1)
                room[:begun] = room[whole : whole + begun]
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"the {kind} file is damaged or cut short: {str(error)[:120]}; fetch it again") from None
    if begun:
        yield memoryview(room)[:begun]


def lines_of(data: bytes, first: int = 1) -> Iterator[tuple[int, bytes]]:
    """Every line that is not blank, with its number."""
    for number, line in enumerate(data.split(b"\n"), first):
        if line := line.strip():
            yield number, line


def from_microseconds(value: int) -> datetime:
    """The moment so many microseconds after 1970; `InputError` outside the years posts can be of."""
    if not _FIRST <= value < _PAST_LAST:
        raise InputError("the time is in no year posts can be of")
    return _EPOCH + timedelta(microseconds=value)


def witnessed(at: datetime) -> datetime:
    """The same moment in UTC; `InputError` outside the years posts can be of, or without a zone."""
    if at.tzinfo is None:
        raise InputError("the time states no zone")
    try:
        moment = at.astimezone(UTC)
    except OverflowError:
        raise InputError("the time is in no year posts can be of") from None
    if not EARLIEST <= moment < LATEST:
        raise InputError("the time is in no year posts can be of")
    return moment
