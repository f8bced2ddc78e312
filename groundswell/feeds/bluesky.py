"""Bluesky's Jetstream as captured: one frame a line, of the old wire format (`/subscribe`) and the new (`subscribeEvents`).

Records are not signed there, so nothing in a frame is proven; times are the server's, never a record's own `createdAt`.
Format: bluesky-social/jetstream, docs/README.md and the lexicon `network.bsky.jetstream.subscribeEvents`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO, ClassVar

import msgspec

from groundswell.core.errors import InputError
from groundswell.core.events import ACTIVE, DELETED, OPERATIONS, Activity, ActivityBuilder
from groundswell.core.origin import Evidence, Origin
from groundswell.core.protocol import Engine
from groundswell.feeds.frames import FRAME, KINDS, in_bulk
from groundswell.feeds.lines import MOST_OF_A_LINE, from_microseconds, lines_of, unpack, witnessed

POST = "app.bsky.feed.post"
COLLECTIONS = tuple(KINDS)
_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,2000}")
_TYPED_TAG = re.compile(r"(?<![\w#/])[#＃](\w+)")
_NO_CAPTURE = "no line is a frame of Jetstream; name a capture with one frame a line"
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class _Ref(msgspec.Struct):
    uri: str


class _Reply(msgspec.Struct):
    root: _Ref
    parent: _Ref


class _Feature(msgspec.Struct):
    kind: str = msgspec.field(name="$type", default="")
    tag: str = ""


class _Span(msgspec.Struct, rename="camel"):
    byte_start: int
    byte_end: int


class _Facet(msgspec.Struct):
    index: _Span
    features: list[_Feature] = []


class _Quoted(msgspec.Struct):
    uri: str | None = None
    record: _Ref | None = None  # of an embed with media as well


class _Embed(msgspec.Struct):
    kind: str = msgspec.field(name="$type", default="")
    record: _Quoted | None = None


class _Label(msgspec.Struct):
    val: str = ""


class _Labels(msgspec.Struct):
    values: list[_Label] = []


class _Post(msgspec.Struct):
    text: str = ""
    langs: list[str] = []
    tags: list[str] = []
    facets: list[_Facet] = []
    reply: _Reply | None = None
    embed: _Embed | None = None
    labels: _Labels | None = None


class _Act(msgspec.Struct):
    subject: _Ref
    via: _Ref | None = None


class _Commit(msgspec.Struct):
    operation: str
    collection: str
    rkey: str
    rev: str = ""
    record: msgspec.Raw = msgspec.Raw()


class _Account(msgspec.Struct):
    active: bool
    status: str = ""
    seq: int = 0


class _Upstream(msgspec.Struct):
    seq: int = 0


class _Message(msgspec.Struct):
    kind: str = msgspec.field(name="$type")
    did: str = ""
    time: datetime | None = None
    witnessed_at: datetime | None = msgspec.field(name="witnessedAt", default=None)
    seq: int = 0
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    rev: str = ""
    record: msgspec.Raw = msgspec.Raw()
    account: _Account | None = None
    identity: _Upstream | None = None
    sync: _Upstream | None = None
    name: str = ""


class Frame(msgspec.Struct):
    """One frame of either wire format."""

    did: str = ""
    time_us: int = 0
    kind: str = ""
    commit: _Commit | None = None
    account: _Account | None = None
    identity: _Upstream | None = None
    payload: _Message | None = None
    error: str = ""

    @property
    def at(self) -> datetime:
        """When the server witnessed it; `InputError` when the frame does not say."""
        if self.payload is None:
            return from_microseconds(self.time_us)
        moment = self.payload.witnessed_at or self.payload.time
        if moment is None:
            raise InputError("a frame without a time")
        return witnessed(moment)

    @property
    def seq(self) -> int | None:
        """Its place in the server's archive, of the new format alone."""
        return self.payload.seq if self.payload is not None else None

    @property
    def notice(self) -> str | None:
        """What the server says of the stream itself, None of an event."""
        if self.payload is not None and self.payload.kind == f"{FRAME}info":
            return self.payload.name or "info"
        return self.error or None

    @property
    def event_id(self) -> tuple[object, ...]:
        """Equal for the same event however often, at whatever time and from whichever server it comes."""
        one = self.payload or self.commit
        if one is not None and one.rkey:
            did = self.payload.did if self.payload is not None else self.did
            return (did, one.collection, one.rkey, one.rev, one.operation)
        holder = self.payload or self
        upstream = holder.account or holder.identity or (self.payload.sync if self.payload else None)
        return (holder.did, holder.kind, (upstream.seq if upstream else 0) or self.at)


_DECODER = msgspec.json.Decoder(Frame)
_POST = msgspec.json.Decoder(_Post)
_ACT = msgspec.json.Decoder(_Act)


class Jetstream:
    """Captured frames, one a line; plain, gzip or zstd."""

    id: ClassVar[str] = "bluesky.jetstream"
    url: ClassVar[str | None] = None
    origin: ClassVar[Origin | None] = Origin(
        producer="Bluesky",
        title="Jetstream, posts and acts as witnessed by the server",
        url="https://github.com/bluesky-social/jetstream",
        licence="public posts of their authors; only counts are shown",
        status=Evidence.CAPTURED,
    )

    def settings(self) -> dict[str, object]:
        """The parser's number alone."""
        return {"parser": 2}

    def read(self, raw: bytes) -> Activity:
        """Posts, likes, reposts and accounts; of everything else, how much there was."""
        built = ActivityBuilder("bluesky")
        rows = 0
        for number, line in lines_of(unpack(raw)):
            rows += 1
            _take_line(built, number, line)
        if rows and not len(built):
            raise InputError(_NO_CAPTURE)
        return built.built(rows)

    def parts(self, file: BinaryIO, engine: Engine) -> Iterator[Activity]:
        """The same of a file of any length, in parts of bounded size; in a part, events are in no order."""
        rows = events = 0
        for part in in_bulk(file, "bluesky", _take_line, engine):
            rows += part.rows_read
            events += len(part.tallies)
            yield part
        if rows and not events:
            raise InputError(_NO_CAPTURE)


def _take_line(built: ActivityBuilder, number: int, line: bytes) -> None:
    try:
        take(built, number, frame_of(line))
    except InputError as error:
        built.refuse(number, line, str(error))


def frame_of(line: bytes) -> Frame:
    """A line as a frame; `InputError` in one line when it is none, or too long."""
    if len(line) > MOST_OF_A_LINE:
        raise InputError(f"a line of more than {MOST_OF_A_LINE:,} bytes")
    try:
        return _DECODER.decode(line)
    except _UNREADABLE as error:
        raise _no_frame(error) from None


def take(built: ActivityBuilder, number: int, frame: Frame) -> None:
    """The event of a frame, or only its kind; nothing of a notice. `InputError` in one line when it cannot be read."""
    if frame.notice is not None:
        return
    try:
        if frame.payload is not None:
            _take_message(built, number, frame.at, frame.payload)
        else:
            _take_frame(built, number, frame.at, frame)
    except _UNREADABLE as error:
        raise _no_frame(error) from None


def _no_frame(error: Exception) -> InputError:
    return InputError(f"no frame of Jetstream: {str(error)[:80]}")


def _take_frame(built: ActivityBuilder, line: int, at: datetime, frame: Frame) -> None:
    if frame.commit is not None:
        one = frame.commit
        _take_record(built, line, at, frame.did, one.operation, one.collection, one.rkey, one.record)
    elif frame.account is not None:
        _take_account(built, line, at, frame.did, frame.account)
    else:
        built.add(line, frame.kind or "frame", "update", at)


def _take_message(built: ActivityBuilder, line: int, at: datetime, message: _Message) -> None:
    kind = message.kind.removeprefix(FRAME)
    if kind == "commit":
        of = (message.operation, message.collection, message.rkey, message.record)
        _take_record(built, line, at, message.did, *of)
    elif kind == "account":
        if message.account is None:
            raise InputError("a frame of an account that says nothing of it")
        _take_account(built, line, at, message.did, message.account)
    elif kind == "sync":
        seq = message.sync.seq if message.sync is not None else 0
        key = f"{seq:020d}" if seq > 0 else f"{at:%Y%m%d%H%M%S%f}"
        built.add(line, kind, "update", at, actor=_did(message.did), key=key)
    else:
        built.add(line, kind, "update", at)


def _take_record(
    built: ActivityBuilder,
    line: int,
    at: datetime,
    did: str,
    operation: str,
    collection: str,
    rkey: str,
    record: msgspec.Raw,
) -> None:
    if operation not in OPERATIONS:
        raise InputError(f"operation '{operation[:20]}' is not one of {', '.join(OPERATIONS)}")
    kind = KINDS.get(collection)
    if kind is None:
        built.add(line, collection, operation, at)
        return
    who = {"actor": _did(did), "key": f"at://{did}/{collection}/{rkey}"}
    if operation == "delete":
        built.add(line, kind, operation, at, **who)
    elif kind == "post":
        built.add(line, kind, operation, at, **who, **_post(_POST.decode(record)))
    else:
        built.add(line, kind, operation, at, **who, object=_ACT.decode(record).subject.uri)


def _take_account(built: ActivityBuilder, line: int, at: datetime, did: str, account: _Account) -> None:
    standing = ACTIVE if account.active else account.status or "inactive"
    operation = "delete" if standing == DELETED else "update"
    key = f"{account.seq:020d}" if account.seq >= 0 else "0"
    built.add(line, "account", operation, at, actor=_did(did), key=key, object=standing)


def _did(text: str) -> str:
    if not _DID.fullmatch(text):
        raise InputError(f"'{text[:40]}' is no account (did:…)")
    return text


def _post(post: _Post) -> dict[str, object]:
    quoted = post.embed.record if post.embed else None
    return {
        "text": post.text,
        "tags": list(dict.fromkeys([*_facet_tags(post.facets), *post.tags, *typed_tags(post.text, post.facets)])),
        "languages": post.langs,
        "parent": post.reply.parent.uri if post.reply else None,
        "root": post.reply.root.uri if post.reply else None,
        "quotes": (quoted.uri or (quoted.record.uri if quoted.record else None)) if quoted else None,
        "declared_bot": post.labels is not None and any(label.val == "bot" for label in post.labels.values),
    }


def _facet_tags(facets: Iterable[_Facet]) -> list[str]:
    return [feature.tag for facet in facets for feature in facet.features if feature.kind.endswith("#tag")]


def typed_tags(text: str, facets: Iterable[_Facet] = ()) -> list[str]:
    """The tags typed into a text, but not those within its links and mentions (spans of UTF-8 bytes)."""
    raw = bytearray(text.encode("utf-8", "replace"))
    for facet in facets:
        start, end = facet.index.byte_start, facet.index.byte_end
        if 0 <= start < end <= len(raw) and any(f.kind.endswith(("#link", "#mention")) for f in facet.features):
            raw[start:end] = b" " * (end - start)
    return _TYPED_TAG.findall(raw.decode("utf-8", "replace"))


JETSTREAM = Jetstream()
