"""Jetstream: the real capture in full, the new wire format, tags, packed files, hostile lines."""

import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.core.events import COUNTERS, EVENTS, TALLIES, Activity
from groundswell.feeds.bluesky import JETSTREAM, typed_tags

AT = 1_783_175_888_085_434
POST = "at://did:plc:a/app.bsky.feed.post/1"


def frame(
    operation: str = "create", kind: str = "post", did: str = "did:plc:a", rkey: str = "1", **record: Any
) -> dict[str, Any]:
    """A commit of the old wire format."""
    commit: dict[str, Any] = {"rev": "r", "operation": operation, "collection": f"app.bsky.feed.{kind}", "rkey": rkey}
    if operation != "delete":
        commit["record"] = {"$type": f"app.bsky.feed.{kind}", "createdAt": "1999-01-01T00:00:00Z", **record}
    return {"did": did, "time_us": AT, "kind": "commit", "commit": commit}


def read(*frames: Any) -> Activity:
    """The frames, a line each."""
    return JETSTREAM.read("\n".join(f if isinstance(f, str) else json.dumps(f) for f in frames).encode())


def one(*frames: Any) -> dict[str, Any]:
    """The one event of these frames."""
    found = read(*frames)
    assert not found.findings
    (event,) = found.events.to_pylist()
    return dict(event)


@pytest.fixture(scope="module")
def capture(shared_data: Path) -> bytes:
    """The real capture of production's old wire format."""
    return (shared_data / "posts" / "jetstream" / "internal_corpus_testdata_expected_v1.jsonl").read_bytes()


@pytest.mark.shared_data
def test_the_real_capture_in_full(capture: bytes) -> None:
    found = JETSTREAM.read(capture)
    assert found.findings == []
    assert found.rows_read == 152
    kinds = Counter((row["kind"], row["operation"]) for row in found.events.to_pylist())
    assert kinds == {
        ("like", "create"): 105,
        ("post", "create"): 17,
        ("post", "delete"): 1,
        ("repost", "create"): 15,
        ("account", "update"): 1,
    }
    tallied = {(row["kind"], row["operation"]): row["lines"] for row in found.tallies.to_pylist()}
    assert tallied == {
        **kinds,
        ("app.bsky.graph.follow", "create"): 6,
        ("app.bsky.graph.follow", "delete"): 3,
        ("app.bsky.actor.status", "update"): 1,
        ("fm.teal.alpha.actor.status", "update"): 1,
        ("app.bsky.graph.block", "create"): 1,
        ("identity", "update"): 1,
    }
    assert len(found.counters) == 0
    assert {row["hour"] for row in found.tallies.to_pylist()} == {datetime(2026, 7, 4, 14, tzinfo=UTC)}
    assert all(
        row["object"].startswith("at://") for row in found.events.to_pylist() if row["kind"] in ("like", "repost")
    )
    times = found.events["seen_at"].to_pylist()
    assert times != sorted(times)  # as they came: not in the order of their times


@pytest.mark.shared_data
def test_packed_captures_read_the_same(capture: bytes) -> None:
    plain = JETSTREAM.read(capture)
    zstd = pa.compress(capture, "zstd", asbytes=True)
    for packed in (gzip.compress(capture), zstd):
        assert JETSTREAM.read(packed) == plain
    with pytest.raises(InputError, match="damaged or cut short"):
        JETSTREAM.read(gzip.compress(capture)[:-20])


@pytest.mark.shared_data
def test_the_golden_lines_read_without_a_finding(shared_data: Path) -> None:
    raw = (shared_data / "posts" / "jetstream" / "internal_subscribe_testdata_golden_v1.jsonl").read_bytes()
    found = JETSTREAM.read(raw)
    assert found.findings == []
    assert Counter(found.events["kind"].to_pylist()) == {"like": 1, "post": 1, "repost": 1, "account": 1}


def test_an_event_is_what_its_record_says_at_the_time_the_server_saw_it() -> None:
    reply = {"root": {"uri": "at://r"}, "parent": {"uri": "at://p"}}
    quoted = {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": "at://q"}}}
    event = one(frame(text="hello", langs=["pt", "en"], reply=reply, embed=quoted))
    assert event["key"] == POST
    assert (event["actor"], event["parent"], event["root"], event["quotes"]) == (
        "did:plc:a",
        "at://p",
        "at://r",
        "at://q",
    )
    assert event["languages"] == ["pt", "en"]
    assert event["region"] is None  # a language is no place
    assert event["seen_at"] == datetime(2026, 7, 4, 14, 38, 8, 85434, tzinfo=UTC)
    like = one(frame(kind="like", rkey="9", subject={"uri": POST}, via={"uri": "at://x"}))
    assert (like["kind"], like["object"], like["key"]) == ("like", POST, "at://did:plc:a/app.bsky.feed.like/9")
    gone = one(frame("delete", kind="like", rkey="9"))
    assert (gone["operation"], gone["object"], gone["key"]) == ("delete", None, like["key"])
    assert one(frame(text="beep", labels={"values": [{"val": "bot"}]}))["declared_bot"] is True


def test_tags_are_read_from_facets_from_the_record_and_from_the_text() -> None:
    text = "é #Typed see example.org/#part @x#y #typed2"
    link = text.encode().index(b"example")
    facets = [
        {
            "index": {"byteStart": link, "byteEnd": link + 17},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "x"}],
        },
        {
            "index": {"byteStart": 0, "byteEnd": 2},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Hidden"}],
        },
    ]
    assert one(frame(text=text, tags=["Outline", "Typed"], facets=facets))["tags"] == [
        "Hidden",
        "Outline",
        "Typed",
        "typed2",
    ]
    assert typed_tags("##a #b-c ＃全角 a#b") == ["b", "全角"]


def test_the_new_wire_format_gives_the_same_events() -> None:
    name = "network.bsky.jetstream.subscribeEvents"
    old = one(frame(kind="like", rkey="9", subject={"uri": POST}))
    commit = {**frame(kind="like", rkey="9", subject={"uri": POST})["commit"], "did": "did:plc:a", "seq": 5}
    commit |= {"$type": f"{name}#commit", "time": "2026-07-04T14:38:08.085434Z"}
    assert one({"$type": "message", "payload": commit}) == old
    gone = {"active": False, "status": "deleted", "seq": 31, "time": "1999-01-01T00:00:00Z"}
    account = {
        "$type": f"{name}#account",
        "seq": 7,
        "did": "did:plc:a",
        "time": "2026-07-04T14:38:08Z",
        "account": gone,
    }
    event = one({"$type": "message", "payload": account})
    assert (event["kind"], event["operation"], event["object"]) == ("account", "delete", "deleted")
    assert event["key"] == f"{31:020d}"
    back = one({"$type": "message", "payload": {**account, "account": {"active": True, "seq": 32}}})
    assert (back["operation"], back["object"]) == ("update", "active")
    sync = {**account, "$type": f"{name}#sync", "sync": {"seq": 33}}
    assert read({"$type": "message", "payload": sync}).tallies["kind"].to_pylist() == ["sync"]
    (anew,) = read({"$type": "message", "payload": sync}).events.to_pylist()
    assert (anew["kind"], anew["actor"], anew["key"], anew["object"]) == ("sync", sync["did"], f"{33:020d}", None)
    unnumbered = [{**sync, "sync": {}, "time": f"2026-07-04T14:38:0{second}.5Z"} for second in (8, 9)]
    keys = read(*[{"$type": "message", "payload": one} for one in unnumbered]).events["key"].to_pylist()
    assert len(set(keys)) == 2  # a server may begin one by itself, without a number of the relay's


def test_of_two_times_the_one_the_server_witnessed_counts() -> None:
    payload = {
        "$type": "network.bsky.jetstream.subscribeEvents#commit",
        "did": "did:plc:a",
        "time": "2020-01-01T00:00:00Z",
        "witnessedAt": "2026-07-04T14:38:08.085434Z",
        **frame(text="hello")["commit"],
    }
    assert one({"$type": "message", "payload": payload})["seen_at"] == one(frame(text="hello"))["seen_at"]


def test_what_a_server_says_of_the_stream_is_no_event() -> None:
    name = "network.bsky.jetstream.subscribeEvents"
    info = {"$type": "message", "payload": {"$type": f"{name}#info", "name": "OutdatedCursor", "message": "x"}}
    slow = {"$type": "error", "error": "ConsumerTooSlow", "message": "x"}
    found = read(info, slow, frame(text="hello"))
    assert (found.findings, found.rows_read, len(found.tallies)) == ([], 3, 1)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "no frame of Jetstream"),
        ('{"time_us": 5}', "in no year"),
        (json.dumps(frame("burn", text="x")), "operation 'burn'"),
        (json.dumps(frame(kind="like")), "missing required field `subject`"),
        (json.dumps(frame(did="me", text="x")), "no account"),
        (json.dumps({"$type": "message", "payload": {"$type": "x#commit"}}), "without a time"),
        (
            json.dumps(
                {
                    "$type": "message",
                    "payload": {
                        "$type": "network.bsky.jetstream.subscribeEvents#account",
                        "time": "2026-07-04T14:38:08Z",
                        "active": False,
                    },
                }
            ),
            "says nothing of it",
        ),
    ],
)
def test_a_bad_line_is_a_finding_and_the_others_are_kept(line: str, why: str) -> None:
    found = read(line, frame(text="kept"))
    assert [finding.line for finding in found.findings] == [1]
    assert why in found.findings[0].why
    assert len(found.events) == 1


@pytest.mark.parametrize("kind", ["post", "like", "account"])
def test_a_collection_that_calls_itself_one_of_ours_is_only_counted(kind: str) -> None:
    line = frame("delete")
    line["commit"]["collection"] = kind
    found = read(line, {**line, "kind": kind, "commit": None})
    assert (len(found.events), sum(found.tallies["lines"].to_pylist())) == (0, 2)


def test_a_file_without_a_frame_is_refused() -> None:
    with pytest.raises(InputError, match="no line is a frame"):
        read("a,b,c", "1,2,3")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["uri", "text", "tags", "langs", "facets", "index", "reply", "embed", "record", "subject", "labels"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            _JSON.map(
                lambda record: json.dumps(
                    frame(subject=record, **record)
                    if isinstance(record, dict) and "subject" not in record
                    else frame(text=record)
                ).encode()
            ),
        ),
        max_size=5,
    )
)
def test_hostile_lines_never_crash_and_each_is_an_event_or_one_finding(lines: list[bytes]) -> None:
    try:
        found = JETSTREAM.read(b"\n".join(lines))
    except InputError:
        return
    assert found.events.schema == EVENTS
    assert found.counters.schema == COUNTERS
    assert found.tallies.schema == TALLIES
    refused = {finding.line for finding in found.findings}
    assert len(refused) == len(found.findings)
    assert len(refused) + sum(found.tallies["lines"].to_pylist()) == found.rows_read
