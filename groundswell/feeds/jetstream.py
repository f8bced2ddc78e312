"""Bluesky's Jetstream while it happens: one connection, kept up, and what came over it in batches.

A connection that ends is opened again, at the last event where the server still knows it by its number, else a few seconds
before it; what came before is passed over. Nothing but such an overlap shows that nothing was lost: when the first event
is later than the last one held, the time between is a gap, whatever the server says.

Wire: bluesky-social/jetstream, docs/README.md §5, and the lexicons `subscribeEvents` and `getZstdDictionary`.
"""

import ipaddress
import random
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit

import msgspec
import zstandard
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect

from groundswell.core.errors import FetchError, InputError, UsageError
from groundswell.core.events import ActivityBuilder
from groundswell.core.live import Batch, Cursor, Gap, RawFrame
from groundswell.feeds.bluesky import COLLECTIONS, POST, Frame, frame_of, take
from groundswell.feeds.fetch import AGENT, fetch

HOST: Final = "jetstream.us-east.bsky.network"
REWIND: Final = timedelta(seconds=5)
"""How far before the last event a time cursor asks: the old wire's times are not in order."""
AHEAD: Final = timedelta(hours=1)
MOST_OF_A_BATCH: Final = 10_000
MOST_OF_A_FRAME: Final = 8_000_000
_MOST_REMEMBERED = 200_000
_LONGEST_WAIT = 60.0
_NEW, _OLD = "/xrpc/network.bsky.jetstream.subscribeEvents", "/subscribe"
_KINDS = ("commit", "account", "sync")
_DICTIONARY = "/xrpc/network.bsky.jetstream.getZstdDictionary"
_DICTIONARY_MAGIC = b"\x37\xa4\x30\xec"
_MEANWHILE_GONE = {408, 425, 429, 500, 502, 503, 504}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Again(Exception):
    """The connection is of no more use: why, in one line."""


class _Refusal(msgspec.Struct):
    error: str = ""
    message: str = ""


@dataclass(frozen=True)
class Address:
    """A Jetstream server and which of its two wires to speak."""

    host: str
    secure: bool
    new: bool

    def stream(self, **params: object) -> str:
        """The stream's address."""
        wanted = {"collections": COLLECTIONS, "kinds": _KINDS} if self.new else {"wantedCollections": COLLECTIONS}
        asked = urlencode({**wanted, **params}, doseq=True)
        return f"{'wss' if self.secure else 'ws'}://{self.host}{_NEW if self.new else _OLD}?{asked}"

    def dictionary(self) -> str:
        """Where the current dictionary for compressed frames is served."""
        return f"{'https' if self.secure else 'http'}://{self.host}{_DICTIONARY}"


def address(text: str) -> Address:
    """A host, or a whole wss:// address; `UsageError` for one not encrypted, unless it is this machine."""
    try:
        parts = urlsplit(text if "://" in text else f"wss://{text}")
        host, _ = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise UsageError(f"'{text[:80]}' is no address of a Jetstream server") from None
    if not host or parts.username is not None or parts.query or parts.path not in ("", "/", _NEW, _OLD):
        raise UsageError(f"'{text[:80]}' is no address of a Jetstream server; name a host, or wss://HOST{_OLD}")
    if parts.scheme != "wss" and not (parts.scheme == "ws" and _is_here(host)):
        raise UsageError(f"'{text[:80]}' is not encrypted: an address begins with wss:// (ws:// only on this machine)")
    return Address(parts.netloc, parts.scheme == "wss", parts.path != _OLD)


class Watch:
    """A connection to one server, and its reconnections. Waits, clock and chance are given, the transport is real."""

    def __init__(
        self,
        where: Address,
        cursor: Cursor | None,
        *,
        now: Callable[[], datetime],
        every: float = 1.0,
        silence: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._where = where
        self._last = cursor
        self._every, self._silence = every, silence
        self._now, self._clock, self._wait, self._chance = now, clock, wait, chance
        self._unproven: Cursor | None = None  # what this connection's first event must overlap
        self._by_seq = True
        self._skip = 0  # seconds to leave out, once a frame is too large to get past
        self._failures = 0
        self._recent: dict[tuple[object, ...], datetime] = {}
        self._anew: dict[str, datetime] = {}  # whose records come again, the same or not, and since when
        self._packs = where.new
        self._dictionary: zstandard.ZstdCompressionDict | None = None
        self._built, self._rows = ActivityBuilder("bluesky"), 0
        self._frames: list[RawFrame] = []
        self._gaps: list[Gap] = []
        self._notes: list[str] = []

    def batches(self) -> Generator[Batch, None, None]:
        """What comes, at least every `every` seconds while connected, for as long as one asks.

        Ends only by an error that trying again will not mend: `InputError` in one line.
        """
        while True:
            try:
                with self._connected() as connection:
                    yield from self._read(connection)
            except InvalidStatus as error:
                self._refused(error)
            except ConnectionClosed as error:
                if error.sent is not None and error.sent.code == 1009 and not error.rcvd_then_sent:
                    self._skip += 1
                    self._notes.append(f"a frame of more than {MOST_OF_A_FRAME:,} bytes is left out with its second")
                else:
                    self._notes.append(f"the connection ended: {error}"[:160])
            except (OSError, EOFError, WebSocketException, _Again) as error:
                self._notes.append(f"{self._where.host}: {str(error) or type(error).__name__}"[:160])
            pause = min(_LONGEST_WAIT, 2.0**self._failures) * (0.5 + self._chance() / 2)
            self._failures = min(self._failures + 1, 10)
            self._notes.append(f"trying again in {pause:.0f} s")
            yield self._batch()
            self._wait(pause)

    def _connected(self) -> ClientConnection:
        params: dict[str, object] = {}
        last = self._unproven = self._last
        exact = last is not None and last.seq is not None and last.server == self._where.host
        self._asked_seq = self._where.new and exact and self._by_seq and not self._skip
        if last is not None:
            moment = last.at + timedelta(seconds=self._skip) if self._skip else last.at - REWIND
            params["cursor"] = last.seq if self._asked_seq else (moment - _EPOCH) // timedelta(microseconds=1)
        if self._packs and self._dictionary is None:
            self._fetch_dictionary()
        if self._dictionary is not None:
            params["zstdDictionary"] = self._dictionary.dict_id()
        self._by_seq = True
        return connect(
            self._where.stream(**params),
            compression=None,
            user_agent_header=AGENT,
            max_size=MOST_OF_A_FRAME,
            close_timeout=1,
        )

    def _fetch_dictionary(self) -> None:
        """What frames are packed with; a server that serves none sends them as they are."""
        try:
            raw = fetch(self._where.dictionary(), wait=self._wait)
            if not raw.startswith(_DICTIONARY_MAGIC):
                raise FetchError("what it serves as a dictionary is none", transient=False)
            self._dictionary = zstandard.ZstdCompressionDict(raw)
            self._unpacker = zstandard.ZstdDecompressor(dict_data=self._dictionary)
        except (FetchError, zstandard.ZstdError) as error:
            if isinstance(error, FetchError) and error.transient:
                raise _Again(str(error)) from None
            self._dictionary, self._packs = None, False
            self._notes.append(f"frames come unpacked: {error}"[:160])

    def _unpacked(self, data: bytes) -> bytes:
        if self._dictionary is None:
            return data
        try:
            size = zstandard.get_frame_parameters(data).content_size
            if size > MOST_OF_A_FRAME and size != zstandard.CONTENTSIZE_UNKNOWN:
                raise InputError(f"a frame of {size:,} bytes; at most {MOST_OF_A_FRAME:,} are unpacked")
            return self._unpacker.decompress(data, max_output_size=MOST_OF_A_FRAME)
        except zstandard.ZstdError as error:
            raise InputError(f"no zstd frame: {str(error)[:80]}") from None

    def _refused(self, error: InvalidStatus) -> None:
        status = error.response.status_code
        try:
            said = msgspec.json.decode(error.response.body or b"{}", type=_Refusal)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            said = _Refusal()
        line = f"{self._where.host} answered {status} {said.error} {said.message}"[:160].rstrip()
        if said.error == "CursorTooOld" and self._asked_seq:
            self._by_seq = False  # by its time it goes on at the oldest event held, and the gap shows
        elif said.error == "UnknownZstdDictionary" and self._dictionary is not None:
            self._dictionary = None
        elif status not in _MEANWHILE_GONE:
            raise InputError(line) from None
        self._notes.append(line)

    def _read(self, connection: ClientConnection) -> Iterator[Batch]:
        began = heard = self._clock()
        while True:
            now = self._clock()
            if now - began >= self._every or self._rows >= MOST_OF_A_BATCH:
                yield self._batch()
                began = self._clock()
            try:
                self._take(connection.recv(max(0.0, began + self._every - now), decode=False))
            except TimeoutError:
                if self._clock() - heard >= self._silence:
                    raise _Again(f"nothing came for {self._silence:g} s") from None
            else:
                heard = self._clock()

    def _take(self, data: bytes) -> None:
        number = self._rows + 1
        try:
            data = self._unpacked(data)
            frame = frame_of(data)
            if frame.error:
                raise _Again(f"the server ended the stream: {frame.error}")
            if frame.notice:
                self._notes.append(f"the server says {frame.notice}"[:80])
            elif self._is_news(frame):
                self._rows = number
                self._frames.append(_raw_frame(data, frame))
                take(self._built, number, frame)
        except InputError as error:
            self._rows = number
            self._built.refuse(number, data, str(error))

    def _is_news(self, frame: Frame) -> bool:
        """Whether an event was not there before; moves the cursor on, and declares the gap before it."""
        at, seq, last = frame.at, frame.seq, self._last
        if at > self._now() + AHEAD:  # as a cursor it would hide all that comes before it
            raise InputError(f"the time {at:%Y-%m-%dT%H:%M:%SZ} is ahead of this machine's clock by more than an hour")
        if self._unproven is not None:
            before, self._unproven = self._unproven, None
            if self._asked_seq:
                if (seq, at) != (before.seq, before.at):
                    self._by_seq = False
                    raise _Again("the server's numbers are not those of the last event; asking by its time")
                return False
            if self._skip or at > before.at:
                self._gaps.append(Gap(before.at, max(at, before.at + timedelta(seconds=self._skip))))
        event, message = frame.event_id, frame.payload
        did = message.did if message is not None else ""
        if event in self._recent and not self._recent[event] < self._anew.get(did, self._recent[event]) <= at:
            return False
        self._recent[event] = at
        if message is not None and message.sync is not None:
            self._anew[did] = at
        self._failures = self._skip = 0
        self._last = Cursor(max(at, last.at) if last else at, self._where.host, seq)
        return True

    def _forget(self, before: datetime) -> None:
        while self._recent:
            event, at = next(iter(self._recent.items()))
            if at >= before and len(self._recent) <= _MOST_REMEMBERED:
                return
            del self._recent[event]
            self._anew = {did: since for did, since in self._anew.items() if since >= before}

    def _batch(self) -> Batch:
        if self._last is not None:
            self._forget(self._last.at - 2 * REWIND)
        kept = self._built.built(self._rows)
        built = Batch(kept, self._last, tuple(self._gaps), tuple(self._notes), tuple(self._frames))
        self._built, self._rows = ActivityBuilder("bluesky"), 0
        self._frames, self._gaps, self._notes = [], [], []
        return built


def _raw_frame(data: bytes, frame: Frame) -> RawFrame:
    whole, one = frame.payload or frame, frame.payload or frame.commit
    words = one is not None and one.collection == POST and one.operation != "delete"
    post = f"at://{whole.did}/{POST}/{one.rkey}" if one is not None and words else ""
    return RawFrame(data.replace(b"\n", b" "), "" if whole.account is not None else whole.did, post, frame.at)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
