"""The frames of a watch as they came: kept by the segment for as long as words are, then gone; what they were stays noted.

    .groundswell/events/raw/2026-07-04T14-000000000001.jsonl.zst   frames, one a line
    .groundswell/events/raw/2026-07-04T14-000000000001.json        what a closed segment held; this stays

A segment is of an hour at most, and named by it and by its first batch. Each batch is a block: a zstd frame behind a skippable
one, which says whose each line is; any reader of zstd passes over it. The block is written before its batch counts, so what a
watch that died left behind is torn, or of a batch that does not count, and is cut off before anything else is done.
"""

import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import msgspec
import pyarrow as pa

from groundswell.core.errors import MachineryError
from groundswell.core.live import RawFrame
from groundswell.store.files import sweep, write_whole
from groundswell.store.snapshots import digest

KEPT = timedelta(days=14)
"""How long a segment is held after its first frame came."""
MOST_OF_A_SEGMENT = 200_000_000
"""Bytes of frames, unpacked, after which the next batch begins a segment: one can be loaded as it is."""

_SKIPPABLE = 0x184D2A50
_BEFORE = struct.Struct("<III")  # zstd's magic, the length of what is skipped, and of the head unpacked
_CODEC = pa.Codec("zstd")


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a segment once what was taken back was written out of it."""

    at: datetime
    frames: int
    bytes: int
    sha256: str


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """The note beside a closed segment: `frames`, `bytes` and `sha256` are of the segment as it was first written."""

    format: int = 1
    name: str
    began: datetime
    """When its first frame was taken in."""
    first: datetime
    """The earliest event, and the latest, as the server witnessed them."""
    last: datetime
    frames: int
    bytes: int
    sha256: str
    purged: Purged | None = None
    removed: datetime | None = None
    free_of: str = ""
    """The digest of all that was taken back when the segment was last found, or made, free of it."""


@dataclass(frozen=True)
class TakenBack:
    """What accounts took back: (platform, account) removed, (platform, key) of posts, and since when accounts began anew."""

    accounts: Set[tuple[str, str]]
    posts: Set[tuple[str, str]]
    anew: Mapping[tuple[str, str], datetime]

    @property
    def digest(self) -> str:
        """Equal when the same was taken back."""
        made = sha256()
        for part in (sorted(self.accounts), sorted(self.posts), sorted(self.anew.items())):
            made.update(msgspec.json.encode(part))
        return made.hexdigest()


class _Head(msgspec.Struct, array_like=True):
    batch: int
    platform: str
    taken_at: datetime
    packed: int
    unpacked: int
    check: int  # of the packed bytes
    actors: list[str]  # line by line; "" of a line that stays whatever is taken back
    posts: list[str]  # the key of the post whose words a line has, else ""
    times: list[datetime]


@dataclass(frozen=True)
class _Block:
    head: _Head
    begins: int
    data: int  # where the packed lines begin
    ends: int


class Raw:
    """The segments of one store; whoever writes holds the store's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: Path | None = None
        self._size = 0

    def append(self, batch: int, platform: str, frames: Sequence[RawFrame], now: datetime) -> None:
        """Write a batch's frames down, for good once its number counts."""
        if not frames:
            return
        path = self._room(batch, now)
        block = _block(batch, platform, now, frames)
        with path.open("ab") as file:
            file.write(block)
            file.flush()
            os.fsync(file.fileno())
        self._size += sum(len(frame.data) + 1 for frame in frames)

    def settle(self, counted: int) -> None:
        """Cut off what is torn, or of a batch after the last that counts; then note down every segment left open."""
        for path in self._files():
            if not self._note(path).exists():
                self._cut(path, counted)
                if path.exists():
                    self._close(path)
        self._open = None

    def purge(
        self, counted: int, taken: TakenBack, now: datetime, progress: Callable[[str], None] = lambda _: None
    ) -> None:
        """Write what was taken back out of every segment: all of removed accounts, and the frames with the words of posts gone."""
        sweep(self._folder)
        mark = taken.digest
        for path in self._files():
            closed = self._note(path).exists()
            if not closed:
                self._cut(path, counted)
            elif self._read(path).free_of == mark:
                continue
            if not closed and not any(any(_goes(block.head, taken)) for block in _blocks(path)):
                continue
            note = self._read(path) if closed else self._close(path)
            left, frames = _without(path, taken)
            if left is not None:
                purged = Purged(at=now, frames=frames, bytes=len(left), sha256=digest(left))
                note = msgspec.structs.replace(note, purged=purged)
                self._write(note)
                progress("raw note")
                write_whole(path, left)
                progress("raw segment")
            self._write(msgspec.structs.replace(note, free_of=mark))

    def expire(self, now: datetime) -> None:
        """Remove the segments that began longer than `KEPT` ago; their notes stay."""
        for path in self._files():
            noted = self._note(path).exists()
            began = self._read(path).began if noted else next((b.head.taken_at for b in _blocks(path)), now)
            if began + KEPT <= now:
                note = self._read(path) if noted else self._close(path)
                if note.removed is None:
                    self._write(msgspec.structs.replace(note, removed=now))
                path.unlink()

    def held(self) -> bool:
        """Whether a segment is held."""
        return bool(self._files())

    def segments(self) -> list[Segment]:
        """Every segment there was, in the order they began."""
        return [_decoded(path) for path in sorted(self._folder.glob("*.json"))]

    def _room(self, batch: int, now: datetime) -> Path:
        """The segment to go on with, or a new one: the last is full, of another hour, or was closed meanwhile."""
        hour = f"{now.astimezone(UTC):%Y-%m-%dT%H}-"
        path = self._open
        if path is not None and not self._note(path).exists():
            if path.name.startswith(hour) and self._size < MOST_OF_A_SEGMENT:
                return path
            self._close(path)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._open, self._size = self._folder / f"{hour}{batch:012d}.jsonl.zst", 0
        return self._open

    def _cut(self, path: Path, counted: int) -> None:
        good = [block.ends for block in _blocks(path) if block.head.batch <= counted]
        if not good:
            path.unlink()
        elif good[-1] < path.stat().st_size:
            with path.open("r+b") as file:
                file.truncate(good[-1])
                os.fsync(file.fileno())

    def _close(self, path: Path) -> Segment:
        heads = [block.head for block in _blocks(path)]
        raw = path.read_bytes()
        times = [at for head in heads for at in head.times]
        note = Segment(
            name=path.name,
            began=heads[0].taken_at,
            first=min(times),
            last=max(times),
            frames=len(times),
            bytes=len(raw),
            sha256=digest(raw),
        )
        self._write(note)
        return note

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.jsonl.zst"))

    def _note(self, path: Path) -> Path:
        return path.with_name(path.name.removesuffix(".jsonl.zst") + ".json")

    def _read(self, path: Path) -> Segment:
        return _decoded(self._note(path))

    def _write(self, note: Segment) -> None:
        write_whole(self._note(self._folder / note.name), msgspec.json.format(msgspec.json.encode(note)))


def _decoded(path: Path) -> Segment:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Segment)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MachineryError(f"{path.name} was altered on disk ({error}); restore it from a backup") from None


def _block(batch: int, platform: str, taken_at: datetime, frames: Sequence[RawFrame]) -> bytes:
    data = b"".join(frame.data + b"\n" for frame in frames)
    packed: bytes = _CODEC.compress(data, asbytes=True)
    head = _Head(
        batch,
        platform,
        taken_at,
        len(packed),
        len(data),
        crc32(packed),
        [frame.actor for frame in frames],
        [frame.post for frame in frames],
        [frame.at for frame in frames],
    )
    plain = msgspec.msgpack.encode(head)
    skipped: bytes = _CODEC.compress(plain, asbytes=True)
    return _BEFORE.pack(_SKIPPABLE, len(skipped) + 4, len(plain)) + skipped + packed


def _blocks(path: Path) -> Iterator[_Block]:
    """The whole blocks of a segment, up to the first that is torn."""
    size, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at + _BEFORE.size <= size:
            file.seek(at)
            magic, length, unpacked = _BEFORE.unpack(file.read(_BEFORE.size))
            data = at + 8 + length
            if magic != _SKIPPABLE or not 4 < length <= size - at - 8:
                return
            try:
                plain = _CODEC.decompress(file.read(length - 4), unpacked, asbytes=True)
                head = msgspec.msgpack.decode(plain, type=_Head)
            except (OSError, ValueError, pa.ArrowException, msgspec.MsgspecError):
                return
            packed = file.read(head.packed)
            if len(packed) < head.packed or crc32(packed) != head.check:
                return
            yield _Block(head, at, data, data + head.packed)
            at = data + head.packed


def _goes(head: _Head, taken: TakenBack) -> list[bool]:
    """Of each line, whether it goes."""
    of = head.platform
    return [
        (of, actor) in taken.accounts
        or (bool(post) and ((of, post) in taken.posts or at < taken.anew.get((of, actor), at)))
        for actor, post, at in zip(head.actors, head.posts, head.times, strict=True)
    ]


def _without(path: Path, taken: TakenBack) -> tuple[bytes | None, int]:
    """The segment without what was taken back, None when there is nothing of it, and how many frames are left."""
    raw, parts, frames, changed = path.read_bytes(), [], 0, False
    end = 0
    for block in _blocks(path):
        head, end = block.head, block.ends
        goes = _goes(head, taken)
        frames += goes.count(False)
        if not any(goes):
            parts.append(raw[block.begins : end])
            continue
        changed = True
        lines = _CODEC.decompress(raw[block.data : end], head.unpacked, asbytes=True).split(b"\n")
        of = zip(lines, head.actors, head.posts, head.times, goes, strict=False)
        left = [RawFrame(line, actor, post, at) for line, actor, post, at, gone in of if not gone]
        if left:
            parts.append(_block(head.batch, head.platform, head.taken_at, left))
    return (b"".join(parts), frames) if changed or end < len(raw) else (None, frames)
