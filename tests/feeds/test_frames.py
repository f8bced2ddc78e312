"""Captured frames in bulk: the same as line by line, on valid, odd and hostile lines, however a file is cut and packed."""

import gzip
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.core.events import Activity, ActivityBuilder, added
from groundswell.feeds import lines as lines_module
from groundswell.feeds.bluesky import JETSTREAM
from groundswell.feeds.frames import in_bulk
from groundswell.store import DuckEngine
from tests.feeds.test_bluesky import capture as capture  # the fixture

DID = "did:plc:wq4aajammjtxdomz3e23667t"
OTHER = f"at://{DID}/app.bsky.feed.post/3mpsjbtci2c2o"
REF = {"cid": "bafyother", "uri": OTHER}


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    """One engine, used for file after file."""
    with DuckEngine() as one:
        yield one


def written(document: Any) -> str:
    """JSON as a server written in Go writes it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for character in "&<>":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def old(operation: str = "create", kind: str = "feed.like", at: int = 1_783_175_888_085_434, **record: Any) -> str:
    """A commit of the old wire format, its record's keys in order."""
    commit: dict[str, Any] = {"rev": "3mp", "operation": operation, "collection": f"app.bsky.{kind}", "rkey": "3mptb"}
    if operation != "delete":
        head = {"$type": f"app.bsky.{kind}", "createdAt": "2026-07-04T14:38:08.999Z"}
        commit |= {"record": {**head, **dict(sorted(record.items()))}, "cid": "bafy"}
    return written({"did": DID, "time_us": at, "kind": "commit", "commit": commit})


def new(line: str, time: str = "2026-07-04T14:38:08.085434Z") -> str:
    """The same event in the new wire format."""
    frame = json.loads(line)
    head = {"$type": "network.bsky.jetstream.subscribeEvents#commit", "seq": 26_210_877_813, "did": DID, "time": time}
    commit = {key: frame["commit"].pop(key) for key in ("rev", "operation", "collection", "rkey")}
    commit |= {key: frame["commit"][key] for key in ("cid", "record") if key in frame["commit"]}
    return written({"$type": "message", "payload": {**head, **commit}})


IN_COLUMNS = [
    old(subject=REF),
    old(kind="feed.repost", subject=REF, via=REF),
    old("delete"),
    old("delete", "feed.post"),
    old("update", "feed.post", text="plain"),
    old(kind="feed.post", text="", langs=["pt", "en"]),
    old(kind="feed.post", text='"quoted" \\ line\nbreak\ttab & <b> é 😭 映画 \x07 \x00', langs=[""]),
    old(kind="feed.post", text="so good", langs=["en"], reply={"parent": REF, "root": {**REF, "uri": "at://root"}}),
]
"""Lines a server writes, each of a shape that is read in bulk."""
ODD = [
    old(kind="graph.follow", subject=DID),
    old(kind="feed.post", text="#Heartstopper and ＃全角", langs=["en"]),
    old(kind="feed.post", text="tagged", tags=["x"]),
    old(kind="feed.post", text="no languages", langs=[]),
    old(kind="feed.post", langs=["en"]),
    old(kind="feed.post", text="a bot", labels={"values": [{"val": "bot"}]}),
    old(kind="feed.post", text="quotes", embed={"$type": "app.bsky.embed.record", "record": REF}),
    old(at=5, subject=REF),
    old(at=7_258_118_400_000_000, subject=REF),
    old("burn", subject=REF),
    old(),
    json.dumps({"did": DID, "time_us": 1_783_175_888_085_434, "kind": "account", "account": {"active": False}}),
    json.dumps({"did": DID, "time_us": 1_783_175_888_085_434, "kind": "identity"}),
    '{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor"}}',
    "",
    "  ",
    "{",
    "null",
    "5",
]
VALID = [*IN_COLUMNS, *(new(line) for line in IN_COLUMNS), new(IN_COLUMNS[0], "2026-07-04T14:38:08Z")]
ANY = [*VALID, *ODD, *(new(line) for line in ODD[:7])]


def bulk(raw: bytes, engine: DuckEngine) -> tuple[pa.Table, Any] | str:
    """What a file holds, read in bulk; why it is refused."""
    try:
        parts = list(JETSTREAM.parts(BytesIO(raw), engine))
    except InputError as error:
        return str(error)
    empty = ActivityBuilder("bluesky").built(0)
    return told(
        Activity(
            pa.concat_tables([part.events for part in [empty, *parts]]),
            pa.concat_tables([part.counters for part in [empty, *parts]]),
            added([part.tallies for part in [empty, *parts]]),
            sum(part.rows_read for part in parts),
            [finding for part in parts for finding in part.findings],
        )
    )


def by_line(raw: bytes) -> tuple[pa.Table, Any] | str:
    """The same, read line by line."""
    try:
        return told(JETSTREAM.read(raw))
    except InputError as error:
        return str(error)


def told(found: Activity) -> tuple[pa.Table, Any]:
    """All of it, events in the order of their lines."""
    findings = sorted(map(str, found.findings))
    return found.events.sort_by("line"), (found.tallies.to_pylist(), len(found.counters), found.rows_read, findings)


@pytest.mark.parametrize("line", ANY)
def test_a_line_means_the_same_in_bulk(line: str, engine: DuckEngine) -> None:
    for raw in (line.encode(), f"{line}\n{VALID[0]}\n".encode(), f"{new(VALID[0])}\r\n{line}\r\n".encode()):
        assert bulk(raw, engine) == by_line(raw)


def test_lines_of_the_shapes_the_server_writes_are_read_in_columns(engine: DuckEngine) -> None:
    one_by_one: list[int] = []
    for wire in (VALID[: len(IN_COLUMNS)], VALID[len(IN_COLUMNS) :]):
        file = BytesIO("\n".join(wire).encode())
        parts = list(in_bulk(file, "bluesky", lambda _, number, line: one_by_one.append(number), engine))
        assert (one_by_one, sum(len(part.events) for part in parts)) == ([], len(wire))


_TOKENS = [
    *(" ", "\t", "\r", ",", ",,", ":", '"', '""', "\\", "{", "}", "[", "]", "null", "true", "NaN", "-Infinity"),
    *("5", "1.5", "1e3", "-1", "99999999999999999999", '"x"', "\\u0041", "\\ud83d", "\\ud83d\\ude2d", "\\u0000"),
    *('"text":"twice",', '"did":"did:plc:other",', '"uri":"at://twice",', '"langs":null,', '"reply":null,', '"tags":null,'),
    *("\x00", "\x07", "\x1f", "\x7f", "é", "\ufeff", "/* */", "[" * 40, '{"a":' * 1200, '\n'),
]  # fmt: skip
_EDIT = st.tuples(st.integers(0, 500), st.integers(0, 12), st.sampled_from(_TOKENS))
_LINE = st.tuples(st.sampled_from(ANY), st.lists(_EDIT, max_size=2)).map(
    lambda drawn: _edited(drawn[0].encode(), drawn[1])
)


def _edited(line: bytes, edits: list[tuple[int, int, str]]) -> bytes:
    for at, removed, token in edits:
        place = at % (len(line) + 1)
        line = line[:place] + token.encode() + line[place + removed :]
    return line


@settings(max_examples=60, deadline=None)
@given(st.lists(_LINE | st.binary(max_size=30), max_size=4))
def test_edited_and_hostile_lines_mean_the_same_in_bulk(engine: DuckEngine, lines: list[bytes]) -> None:
    for raw in (b"\n".join([*lines, VALID[0].encode()]), b"\n".join(lines)):
        assert bulk(raw, engine) == by_line(raw)


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["uri", "cid", "parent"]), inner),
    max_leaves=4,
)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["feed.like", "feed.post"]),
    st.dictionaries(
        st.sampled_from(["text", "langs", "tags", "reply", "subject", "via", "facets", "embed"]),
        _VALUE | st.text() | st.lists(st.text(max_size=5), max_size=3),
        max_size=4,
    ),
)
def test_any_record_means_the_same_in_bulk(engine: DuckEngine, kind: str, record: dict[str, Any]) -> None:
    line = old(kind=kind, **{"subject": REF, "text": "x", **record})
    raw = "\n".join([line, new(line)]).encode("utf-8", "surrogatepass")
    assert bulk(raw, engine) == by_line(raw)


@pytest.mark.shared_data
def test_the_real_capture_means_the_same_in_bulk_however_it_is_cut_and_packed(
    capture: bytes, engine: DuckEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = by_line(capture)
    assert bulk(capture, engine) == whole
    one_by_one: list[int] = []
    list(in_bulk(BytesIO(capture), "bluesky", lambda _, number, line: one_by_one.append(number), engine))
    posts = [line for line in capture.splitlines() if b'"app.bsky.feed.post","rkey"' in line]
    more_than_text = [line for line in posts if b'"embed"' in line or b'"facets"' in line]
    others = 14  # follows, a block, statuses, an account, an identity
    assert len(one_by_one) == others + len(more_than_text) == 21
    monkeypatch.setattr(lines_module, "_BLOCK", 10_000)
    for packed in (capture, gzip.compress(capture), pa.compress(capture, "zstd", asbytes=True)):
        assert bulk(packed, engine) == whole
    assert "damaged or cut short" in str(bulk(gzip.compress(capture)[:-20], engine))


def test_a_line_without_end_is_a_finding_and_takes_no_room(engine: DuckEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "_BLOCK", 100_000)
    raw = "\n".join([VALID[0], "{" * 3_000_000, old(kind="feed.post", text="x" * 999_000), VALID[1]]).encode()
    longest = max(len(block) for block in lines_module.blocks_of(BytesIO(raw)))
    assert longest <= 1_000_001 + 100_000
    assert bulk(raw, engine) == by_line(raw)
    monkeypatch.setattr(lines_module, "MOST_IN_BLOCKS", 1_000_000)
    assert "more than 1,000,000 bytes unpacked; split it" in str(bulk(raw, engine))


def test_a_file_without_a_frame_is_refused(engine: DuckEngine) -> None:
    assert bulk(b"a,b,c\n1,2,3\n", engine) == by_line(b"a,b,c\n1,2,3\n")
    assert "no line is a frame of Jetstream" in str(bulk(b"a,b,c\n", engine))
