"""X: real payloads of both APIs in full, counters of originals alone, deletes obeyed, hostile lines."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.core.events import COUNTERS, EVENTS, Activity
from groundswell.feeds.x import POSTS

V2 = ("alternative-payload-v2.json", "payload-v2.json", "payload-v2-singletweet.json", "payload-v2-tweet-retweet.json")


@pytest.fixture(scope="module")
def payloads(shared_data: Path) -> dict[str, bytes]:
    """The real payloads, by file name."""
    folder = shared_data / "posts" / "x_and_bluesky_payloads"
    return {path.name: path.read_bytes() for path in folder.glob("*payload*.json")}


def stated(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Every post a payload of v2 states, the included ones too."""
    data = payload["data"]
    return [*(data if isinstance(data, list) else [data]), *payload.get("includes", {}).get("tweets", [])]


def counted(found: Activity) -> dict[tuple[str, str], set[int]]:
    """The counters, by post and measure."""
    figures: dict[tuple[str, str], set[int]] = {}
    for row in found.counters.to_pylist():
        figures.setdefault((row["object"], row["measure"]), set()).add(row["value"])
    return figures


@pytest.mark.shared_data
@pytest.mark.parametrize("name", V2)
def test_a_real_payload_of_v2_in_full(payloads: dict[str, bytes], name: str) -> None:
    found = POSTS.read(payloads[name])
    posts = stated(json.loads(payloads[name]))
    assert found.findings == []
    assert len(found.events) == len(posts)
    retweets = {
        post["id"] for post in posts if any(r["type"] == "retweeted" for r in post.get("referenced_tweets", []))
    }
    kinds = {row["key"]: row["kind"] for row in found.events.to_pylist()}
    assert {key for key, kind in kinds.items() if kind == "repost"} == retweets
    originals = {post["id"]: post["public_metrics"] for post in posts if post["id"] not in retweets}
    figures = counted(found)
    assert {post for post, _ in figures} == set(originals)  # no retweet's counter is anybody's
    for post, metrics in originals.items():
        assert {measure: values for (key, measure), values in figures.items() if key == post} == {
            measure: {p["public_metrics"][measure] for p in posts if p["id"] == post} for measure in metrics
        }


@pytest.mark.shared_data
def test_a_retweet_is_an_act_of_its_own_and_its_counters_are_nobodys(payloads: dict[str, bytes]) -> None:
    found = POSTS.read(payloads["payload-v2-tweet-retweet.json"])
    (retweet,) = (row for row in found.events.to_pylist() if row["kind"] == "repost")
    assert (retweet["key"], retweet["object"], retweet["actor"]) == (
        "1385164269059198978",
        "1385164195260469248",
        "1565623927",
    )
    assert retweet["text"] is None
    figures = counted(found)
    assert figures["1385164195260469248", "like_count"] == {1}
    assert ("1385164269059198978", "like_count") not in figures


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["normalization-payload-stream.json", "normalization-payload-show.json"])
def test_a_real_status_of_v1_gives_the_retweet_its_original_and_the_quoted_post(
    payloads: dict[str, bytes], name: str
) -> None:
    status = json.loads(payloads[name])
    original = status["retweeted_status"]
    found = POSTS.read(payloads[name])
    assert found.findings == []
    events = {row["key"]: row for row in found.events.to_pylist()}
    assert events[status["id_str"]]["kind"] == "repost"
    assert events[status["id_str"]]["object"] == original["id_str"]
    assert events[original["id_str"]]["kind"] == "post"
    assert events[original["id_str"]]["quotes"] == "1552568929406664705"
    assert not events[original["id_str"]]["text"].endswith("…")
    figures = counted(found)
    assert figures[original["id_str"], "like_count"] == {original["favorite_count"]}
    assert not [key for key, _ in figures if key == status["id_str"]]
    if "quoted_status" in original:
        assert events["1552568929406664705"]["kind"] == "post"
    later = found.counters["seen_at"].to_pylist()[0]
    assert later >= events[status["id_str"]]["seen_at"]  # the counters stood so when the retweet was seen


@pytest.mark.shared_data
def test_the_same_post_in_many_payloads_is_one_event_by_its_identity(payloads: dict[str, bytes]) -> None:
    lines = b"\n".join(json.dumps(json.loads(payloads[name])).encode() for name in V2)
    found = POSTS.read(lines + b"\n" + lines)
    names = ("platform", "actor", "kind", "key", "operation")
    identities = Counter(tuple(row[name] for name in names) for row in found.events.to_pylist())
    times = {tuple(row[name] for name in (*names, "seen_at")) for row in found.events.to_pylist()}
    assert len(times) == len(identities)
    assert all(count >= 2 for count in identities.values())


def test_deletes_are_obeyed_whatever_they_delete_and_other_notices_pass() -> None:
    delete: dict[str, Any] = {
        "delete": {"status": {"id_str": "1385164195260469248", "user_id_str": "7"}, "timestamp_ms": "1650000000123"}
    }
    lines: list[dict[str, Any]] = [delete, {"limit": {"track": 5}}, {"scrub_geo": {}}]
    found = POSTS.read(b"\n".join(json.dumps(line).encode() for line in lines))
    assert found.findings == []
    rows = found.events.to_pylist()
    assert [(row["kind"], row["operation"], row["key"], row["actor"]) for row in rows] == [
        ("post", "delete", "1385164195260469248", "7"),
        ("repost", "delete", "1385164195260469248", "7"),
    ]
    del delete["delete"]["timestamp_ms"]
    undated = POSTS.read(json.dumps(delete).encode()).events.to_pylist()[0]
    assert str(undated["seen_at"]).startswith("2021-04-22 09:30:5")  # when the post was made: nothing says when it went


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nonsense", "not JSON"),
        ("[1]", "not an object"),
        ('{"a": 1, "b": 2}', "neither a payload"),
        ('{"data": [{"id": "1"}]}', "'created_at'"),
        ('{"data": {"id": "x", "author_id": "1", "text": "t", "created_at": "2022-01-01T00:00:00Z"}}', "is no id"),
        ('{"user": {"id_str": "1"}, "created_at": "yesterday"}', "is no time"),
    ],
)
def test_a_bad_line_is_one_finding(line: str, why: str) -> None:
    good = '{"data": {"id": "5", "author_id": "1", "text": "t #x", "created_at": "2022-01-01T00:00:00Z"}}'
    found = POSTS.read(f"{good}\n{line}".encode())
    assert [(finding.line, why in finding.why) for finding in found.findings] == [(2, True)]
    assert len(found.events) == 1


def test_a_file_of_something_else_is_refused() -> None:
    with pytest.raises(InputError, match="no line is a post"):
        POSTS.read(b"hello\nworld")


_KEYS = st.sampled_from(
    [
        "data",
        "id",
        "id_str",
        "user",
        "delete",
        "status",
        "text",
        "created_at",
        "referenced_tweets",
        "includes",
        "tweets",
        "public_metrics",
        "retweeted_status",
        "entities",
        "hashtags",
    ]
)
_JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from(["1", "2022-01-01T00:00:00Z", "\ud800"]) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=15,
)


@given(st.lists(st.binary(max_size=30) | _JSON.map(lambda value: json.dumps(value).encode()), max_size=4))
def test_hostile_lines_never_crash(lines: list[bytes]) -> None:
    try:
        found = POSTS.read(b"\n".join(lines))
    except InputError:
        return
    assert found.events.schema == EVENTS
    assert found.counters.schema == COUNTERS
