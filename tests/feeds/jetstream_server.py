"""A Jetstream server on this machine, of both wires, that treats its guests as badly as it is told to.

Each connection takes the next *act*: what the server does once it has sent so many frames. After the last act, connections
are served in full and stay open.
"""

import json
import threading
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import zstandard
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

AT = 1_783_175_888_000_000
"""The first event's time, microseconds after 1970."""
NAME = "network.bsky.jetstream.subscribeEvents"


@dataclass(frozen=True)
class Event:
    """One like by its number, and when the server witnessed it."""

    number: int
    time_us: int
    raw: bytes = b""
    """Sent instead of a like made up here."""

    @property
    def key(self) -> str:
        """The key a feed gives it."""
        return f"at://did:plc:a/app.bsky.feed.like/{self.number}"

    @property
    def at(self) -> datetime:
        """When it was witnessed."""
        return datetime.fromtimestamp(self.time_us // 1_000_000, UTC) + timedelta(microseconds=self.time_us % 1_000_000)

    def frame(self, new: bool, seq: int) -> bytes:
        """On the wire."""
        if self.raw:
            return self.raw
        commit: dict[str, Any] = {
            "rev": f"r{self.number}",
            "operation": "create",
            "collection": "app.bsky.feed.like",
            "rkey": str(self.number),
            "record": {"subject": {"uri": "at://did:plc:b/app.bsky.feed.post/1"}},
        }
        did = {"did": "did:plc:a"}
        if new:
            return message("commit", **did, **commit, seq=seq, time=f"{self.at:%Y-%m-%dT%H:%M:%S.%f}Z")
        return json.dumps({**did, "time_us": self.time_us, "kind": "commit", "commit": commit}).encode()


def message(kind: str, **payload: Any) -> bytes:
    """A message of the new wire."""
    return json.dumps({"$type": "message", "payload": {"$type": f"{NAME}#{kind}", **payload}}).encode()


def events(count: int, step_us: int = 1000) -> list[Event]:
    """So many likes, one every so many microseconds."""
    return [Event(number, AT + number * step_us) for number in range(count)]


@dataclass(frozen=True)
class Act:
    """What a connection gets: after `after` frames, `does`.

    cut        the socket is closed between frames
    torn       … in the middle of one
    close      a proper goodbye
    slow       the error frame that ends a slow reader's stream, then goodbye
    silent     nothing more, while the connection stays
    bad        a frame that is none, and then on with the rest
    large      a frame larger than anybody reads, and then on with the rest
    refuse     no connection: an HTTP status, with `says` as the name of the error
    all        the rest, and stays
    """

    does: str
    after: int = 0
    status: int = 503
    says: str = "Unavailable"
    floor: int = 0
    """Events before this one are no longer held."""


@dataclass
class JetstreamServer:
    """The events it holds, its acts, and what it was asked."""

    held: Sequence[Event]
    acts: list[Act] = field(default_factory=list)
    first_seq: int = 1
    dictionary: bytes = b""
    port: int = 0
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    large: int = 9_000_000
    _done: threading.Event = field(default_factory=threading.Event)
    _act: Act = field(default_factory=lambda: Act("all"))

    @contextmanager
    def running(self) -> Iterator["JetstreamServer"]:
        """Serving on 127.0.0.1, on a port of its own unless one was given."""
        with serve(self._serve, "127.0.0.1", self.port, process_request=self._greet, compression=None) as server:
            self.port = server.socket.getsockname()[1]
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            try:
                yield self
            finally:
                self._done.set()
                server.shutdown()
                thread.join()

    def address(self, new: bool) -> str:
        """Of one of its two wires."""
        return f"ws://127.0.0.1:{self.port}/" + (f"xrpc/{NAME}" if new else "subscribe")

    def _greet(self, connection: ServerConnection, request: Request) -> Response | None:
        path, _, query = request.path.partition("?")
        if path.endswith("getZstdDictionary"):
            if not self.dictionary:
                return _answer(404, b"{}")
            return _answer(200, self.dictionary)
        asked = urllib.parse.parse_qs(query)
        self.asked.append(asked)
        self._act = self.acts.pop(0) if self.acts else Act("all", floor=self._act.floor)
        if self._act.does == "refuse":
            return _answer(self._act.status, json.dumps({"error": self._act.says, "message": "so"}).encode())
        cursor = int(asked.get("cursor", ["0"])[0])
        if path.endswith(NAME) and 0 < cursor < 10**15 and cursor - self.first_seq < self._act.floor:
            return _answer(400, json.dumps({"error": "CursorTooOld", "message": "floor"}).encode())
        return None

    def _serve(self, connection: ServerConnection) -> None:
        act, asked = self._act, self.asked[-1]
        assert connection.request is not None
        new = NAME in connection.request.path
        pack = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(self.dictionary)).compress
        packed = "zstdDictionary" in asked
        try:
            sent = 0
            for sent, frame in enumerate(self._frames(new, asked, act.floor), 1):
                if sent == act.after + 1 and self._misbehave(connection, act):
                    return
                connection.send(pack(frame) if packed else frame, text=not packed)
            if sent <= act.after and self._misbehave(connection, act):
                return
            self._done.wait()
        except (ConnectionClosed, OSError):
            pass

    def _frames(self, new: bool, asked: dict[str, list[str]], floor: int) -> Iterator[bytes]:
        cursor = int(asked.get("cursor", ["0"])[0])
        held = list(enumerate(self.held))[floor:]
        if not new or cursor >= 10**15:
            if new and held and cursor and cursor < min(event.time_us for _, event in held[:1]) and floor:
                yield message("info", name="OutdatedCursor", message="clamped")
            since = next((at for at, (_, event) in enumerate(held) if event.time_us >= cursor), len(held))
            held = held[since:]
        else:
            held = [(at, event) for at, event in held if at + self.first_seq >= cursor]
        for at, event in held:
            yield event.frame(new, at + self.first_seq)

    def _misbehave(self, connection: ServerConnection, act: Act) -> bool:
        """Whether that was the connection's end."""
        match act.does:
            case "cut":
                connection.socket.close()
            case "torn":
                connection.socket.sendall(b"\x81\x7e\x02\x00" + b'{"did":"did:plc:a","time_us":')
                connection.socket.close()
            case "slow":
                connection.send(json.dumps({"$type": "error", "error": "ConsumerTooSlow", "message": "x"}))
            case "silent":
                self._done.wait()
            case "bad":
                connection.send('{"did": "did:plc:a", "time_us": "never"')
                return False
            case "large":
                connection.send(b"{" + b" " * self.large, text=True)
                return False
            case "all":
                return False
        return True


def _answer(status: int, body: bytes) -> Response:
    headers = Headers({"Content-Length": str(len(body)), "Content-Type": "application/json", "Connection": "close"})
    return Response(status, "", headers, body)
