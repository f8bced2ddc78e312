"""The live connection, against a server on this machine that cuts, repeats, forgets, stalls and lies."""

import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.errors import InputError, UsageError
from groundswell.core.live import Batch, Cursor, Gap
from groundswell.feeds import jetstream
from groundswell.feeds.bluesky import JETSTREAM
from groundswell.feeds.jetstream import Watch, address
from tests.feeds.jetstream_server import AT, Act, Event, JetstreamServer, events, message

BOTH = pytest.mark.parametrize("new", [True, False], ids=["new wire", "old wire"])
_MOST_BATCHES = 100


@dataclass
class Seen:
    """All that came out of a watch."""

    batches: list[Batch] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """Of every event, in the order delivered."""
        return [key for batch in self.batches for key in batch.activity.events["key"].to_pylist()]

    @property
    def gaps(self) -> list[Gap]:
        """Every gap declared."""
        return [gap for batch in self.batches for gap in batch.gaps]

    @property
    def notes(self) -> str:
        """What befell the connection."""
        return "\n".join(note for batch in self.batches for note in batch.notes)

    @property
    def findings(self) -> list[str]:
        """What was wrong with frames."""
        return [finding.why for batch in self.batches for finding in batch.activity.findings]


def watch(server: JetstreamServer, new: bool, cursor: Cursor | None = None, **options: Any) -> Watch:
    """A watch that does not wait."""
    given = {
        "now": lambda: events(1)[0].at + timedelta(days=1),
        "every": 0.02,
        "silence": 20.0,
        "wait": lambda _: None,
        "chance": lambda: 0.0,
        **options,
    }
    return Watch(address(server.address(new)), cursor, **given)


def take(watched: Watch, enough: Callable[[Seen], bool]) -> Seen:
    """What comes until that is enough; of batches that say nothing a busy machine may need many."""
    seen, told = Seen(), 0
    with closing(watched.batches()) as batches:
        for batch in batches:
            seen.batches.append(batch)
            if enough(seen):
                return seen
            told += bool(batch.notes or batch.gaps or batch.activity.rows_read)
            assert told < _MOST_BATCHES, seen.notes
    raise AssertionError("unreachable")


def until(last: Event) -> Callable[[Seen], bool]:
    """Until that event came."""
    return lambda seen: last.key in seen.keys


def keys(sent: Iterable[Event]) -> list[str]:
    """Of events as sent."""
    return [event.key for event in sent]


def moment(event: Event) -> Cursor:
    """A cursor by time alone, at an event."""
    return Cursor(event.at, "elsewhere")


@BOTH
@pytest.mark.parametrize(
    ("act", "says"),
    [
        (Act("cut", 7), "the connection ended: no close frame received"),
        (Act("torn", 7), "the connection ended: no close frame received"),
        (Act("close", 7), "the connection ended: received 1000"),
        (Act("slow", 7), "the server ended the stream: ConsumerTooSlow"),
        (Act("silent", 7), "nothing came for 0.15 s"),
        (Act("refuse"), "answered 503 Unavailable"),
        (Act("cut", 0), "the connection ended"),
    ],
    ids=lambda value: f"{value.does} {value.after}" if isinstance(value, Act) else "",
)
def test_whatever_ends_a_connection_every_event_comes_once_and_in_order(new: bool, act: Act, says: str) -> None:
    sent = events(20)
    with JetstreamServer(sent, [act]).running() as server:
        silence = 0.15 if act.does == "silent" else 20.0
        seen = take(watch(server, new, silence=silence), until(sent[-1]))
    assert seen.keys == keys(sent)
    assert seen.gaps == []
    assert says in seen.notes
    assert seen.findings == []
    assert len(server.asked) == 2 or act.does == "silent"


@BOTH
def test_it_goes_on_at_the_last_event_by_number_where_there_are_numbers_else_a_little_before(new: bool) -> None:
    sent = events(20, step_us=1_000_000)
    with JetstreamServer(sent, [Act("cut", 12)]).running() as server:
        seen = take(watch(server, new), until(sent[-1]))
    first, again = (asked.get("cursor") for asked in server.asked)
    assert first is None
    assert again == (["12"] if new else [str(sent[11].time_us - 5_000_000)])
    assert seen.batches[-1].cursor == Cursor(sent[-1].at, f"127.0.0.1:{server.port}", 20 if new else None)


@BOTH
def test_a_later_watch_goes_on_from_a_cursor_kept(new: bool) -> None:
    sent = events(40)
    with JetstreamServer(sent, [Act("cut", 25)]).running() as server:
        before = take(watch(server, new), lambda seen: len(seen.keys) >= 25)
        after = take(watch(server, new, before.batches[-1].cursor), until(sent[-1]))
    assert after.gaps == []
    if new:
        assert before.keys + after.keys == keys(sent)
    else:  # what came in the seconds before is told again: their times are all there is to go by
        assert list(dict.fromkeys(before.keys + after.keys)) == keys(sent)


@BOTH
@pytest.mark.parametrize("by_number", [True, False])
def test_what_the_server_no_longer_holds_is_a_gap_of_exactly_that_time(new: bool, by_number: bool) -> None:
    sent = events(40, step_us=1_000_000)
    with JetstreamServer(sent, [Act("cut", 10), Act("all", floor=20)]).running() as server:
        watched = watch(server, new)
        if not by_number:
            first = take(watched, lambda seen: len(seen.keys) == 10)
            watched = watch(server, new, moment(sent[9]))
            seen = Seen(first.batches + take(watched, until(sent[-1])).batches)
        else:
            seen = take(watched, until(sent[-1]))
    assert seen.keys == keys(sent[:10] + sent[20:])
    assert seen.gaps == [Gap(sent[9].at, sent[20].at)]
    if new:
        assert ("CursorTooOld" if by_number else "OutdatedCursor") in seen.notes


@BOTH
def test_a_floor_that_is_no_later_than_the_last_event_is_no_gap(new: bool) -> None:
    sent = events(40, step_us=1_000_000)
    with JetstreamServer(sent, [Act("cut", 10), Act("all", floor=8)]).running() as server:
        seen = take(watch(server, new), until(sent[-1]))
    assert seen.keys == keys(sent)
    assert seen.gaps == []


def test_numbers_of_another_archive_are_not_believed() -> None:
    sent = events(30)
    server = JetstreamServer(sent, [Act("cut", 10)])
    with server.running():
        watched = watch(server, True).batches()
        seen = Seen()
        while len(seen.keys) < 10:
            seen.batches.append(next(watched))
        server.first_seq = -4  # another machine behind the same name: number 10 is another event there
        seen.batches += take_rest(watched, sent[-1]).batches
    assert seen.keys == keys(sent)
    assert seen.gaps == []
    assert "numbers are not those of the last event" in seen.notes


def take_rest(watched: Any, last: Event) -> Seen:
    """The rest of an open watch."""
    seen = Seen()
    with closing(watched):
        for batch in watched:
            seen.batches.append(batch)
            if last.key in seen.keys:
                break
    return seen


def test_a_cursor_of_another_server_is_asked_by_its_time() -> None:
    sent = events(30)
    with JetstreamServer(sent).running() as server:
        seen = take(watch(server, True, Cursor(sent[9].at, "elsewhere", 10)), until(sent[-1]))
    assert server.asked[0]["cursor"] == [str(sent[9].time_us - 5_000_000)]
    assert seen.keys == keys(sent)  # the first ten again: who keeps them knows them by their key


@BOTH
def test_a_frame_that_is_none_is_a_finding_and_the_rest_is_read(new: bool) -> None:
    sent = events(20)
    with JetstreamServer(sent, [Act("bad", 7)]).running() as server:
        seen = take(watch(server, new), until(sent[-1]))
    assert seen.keys == keys(sent)
    (finding,) = seen.findings
    assert finding.startswith("no frame of Jetstream")
    assert len(server.asked) == 1
    assert sum(batch.activity.rows_read for batch in seen.batches) == 21


@BOTH
def test_an_event_from_the_future_is_a_finding_and_never_the_cursor(new: bool) -> None:
    sent = events(20)
    ahead = replace(sent[9], time_us=sent[9].time_us + 10**6 * 86_400 * 365)
    held = [*sent[:9], ahead, *sent[10:]]
    with JetstreamServer(held, [Act("cut", 10), Act("all", floor=15)]).running() as server:
        seen = take(watch(server, new), until(sent[-1]))
    assert seen.keys == keys(sent[:9] + sent[15:])
    assert seen.gaps == [Gap(sent[8].at, sent[15].at)]
    assert seen.findings == ["the time 2027-07-04T14:38:08Z is ahead of this machine's clock by more than an hour"]


@BOTH
def test_a_frame_too_large_to_take_in_is_left_out_with_a_second_and_that_is_a_gap(new: bool) -> None:
    sent = events(40, step_us=100_000)
    server = JetstreamServer(sent, [Act("large", 7), Act("large", 0)])
    with server.running():
        seen = take(watch(server, new), until(sent[-1]))
    missing = [event for event in sent if event.key not in seen.keys]
    assert missing
    assert all(any(gap.since <= event.at <= gap.until for gap in seen.gaps) for event in missing)
    assert len(seen.keys) == len(set(seen.keys))
    assert "a frame of more than 8,000,000 bytes" in seen.notes


@BOTH
def test_a_frame_larger_than_a_line_may_be_is_only_a_finding(new: bool) -> None:
    sent = events(20)
    with JetstreamServer(sent, [Act("large", 7)], large=2_000_000).running() as server:
        seen = take(watch(server, new), until(sent[-1]))
    assert seen.keys == keys(sent)
    assert seen.gaps == []
    assert seen.findings == ["a line of more than 1,000,000 bytes"]


@pytest.mark.parametrize(("status", "says"), [(403, "Forbidden"), (400, "InvalidRequest")])
def test_a_refusal_that_waiting_will_not_mend_ends_the_watch_in_one_line(status: int, says: str) -> None:
    with (
        JetstreamServer(events(3), [Act("refuse", status=status, says=says)]).running() as server,
        pytest.raises(InputError, match=f"answered {status} {says}"),
    ):
        take(watch(server, True), lambda _: False)


def test_waits_grow_to_a_minute_with_chance_in_them_and_begin_anew_after_an_event() -> None:
    waited: list[float] = []
    sent = events(4)
    acts = [*[Act("refuse")] * 9, Act("cut", 2), Act("refuse")]
    with JetstreamServer(sent, list(acts)).running() as server:
        take(watch(server, False, wait=waited.append, chance=lambda: 1.0), until(sent[-1]))
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60, 60, 1, 2]
    waited.clear()
    with JetstreamServer(sent, list(acts)).running() as server:
        take(watch(server, False, wait=waited.append, chance=lambda: 0.0), until(sent[-1]))
    assert waited == [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 0.5, 1]


@BOTH
def test_a_batch_is_bounded_and_its_cursor_is_that_of_its_last_event(
    new: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jetstream, "MOST_OF_A_BATCH", 10)
    sent = events(35)
    with JetstreamServer(sent).running() as server:
        seen = take(watch(server, new, every=60.0), lambda seen: len(seen.keys) >= 30)
    assert [batch.activity.rows_read for batch in seen.batches] == [10, 10, 10]
    assert [batch.cursor and batch.cursor.at for batch in seen.batches] == [sent[9].at, sent[19].at, sent[29].at]
    assert [len(batch.frames) for batch in seen.batches] == [10, 10, 10]


@BOTH
def test_of_every_frame_it_is_known_whose_it_is_and_whose_words_it_has(new: bool) -> None:
    did, posts = "did:plc:a", "app.bsky.feed.post"
    when = {"time_us": AT} if not new else {"seq": 1, "time": "2026-07-04T14:38:08Z"}
    sent = []
    commits: list[tuple[str, str, dict[str, Any]]] = [
        ("create", posts, {"record": {"text": "one\nline"}}),
        ("delete", posts, {}),
        ("create", "app.bsky.feed.like", {"record": {"subject": {"uri": "at://x"}}}),
    ]
    whole: dict[str, Any] = {"did": did, **when}
    for number, (operation, collection, record) in enumerate(commits):
        commit = {"operation": operation, "collection": collection, "rkey": str(number), "rev": "r", **record}
        raw = message("commit", **whole, **commit) if new else json.dumps({**whole, "kind": "commit", "commit": commit})
        sent.append(Event(number, AT, raw if isinstance(raw, bytes) else raw.encode()))
    account = {**whole, "account": {"active": False, "status": "deleted", "seq": 7}}
    raw = message("account", **account) if new else json.dumps({"kind": "account", **account}).encode()
    with JetstreamServer([*sent, Event(3, AT, raw)]).running() as server:
        seen = take(watch(server, new), lambda seen: sum(len(batch.frames) for batch in seen.batches) == 4)
    frames = [frame for batch in seen.batches for frame in batch.frames]
    assert [(frame.actor, frame.post) for frame in frames] == [
        (did, f"at://{did}/{posts}/0"),
        (did, ""),
        (did, ""),
        ("", ""),
    ]
    assert {frame.at for frame in frames} == {events(1)[0].at}


def test_records_said_again_after_their_account_began_anew_are_news_once() -> None:
    like, again = Event(0, AT).frame(True, 1), Event(0, AT + 1_000_000).frame(True, 3)
    when = f"{Event(0, AT + 1_000_000).at:%Y-%m-%dT%H:%M:%S.%f}Z"
    sync = message("sync", did="did:plc:a", seq=2, time=when, sync={"seq": 5, "rev": "r0"})
    sent = [Event(0, AT, like), Event(1, AT + 1_000_000, sync), Event(0, AT + 1_000_000, again)]
    last = Event(3, AT + 1_000_001)
    with JetstreamServer([*sent, last], [Act("cut", 3)]).running() as server:
        elsewhere = Cursor(sent[0].at, "elsewhere")
        seen = take(watch(server, True, elsewhere), until(last))
    assert len(server.asked) == 2
    found = [row for batch in seen.batches for row in batch.activity.events.select(["kind", "seen_at"]).to_pylist()]
    assert [(row["kind"], (row["seen_at"] - sent[0].at).seconds) for row in found] == [
        ("like", 0),
        ("sync", 1),
        ("like", 1),
        ("like", 1),
    ]
    assert seen.gaps == []


@pytest.fixture(scope="module")
def dictionary() -> bytes:
    """Trained on the like of what is sent."""
    samples: list[bytes | bytearray | memoryview] = [event.frame(True, event.number) for event in events(4000)]
    return zstandard.train_dictionary(4096, samples).as_bytes()


def test_frames_packed_with_the_servers_dictionary_are_the_same_events(dictionary: bytes) -> None:
    sent = events(20)
    with JetstreamServer(sent, [Act("cut", 7)], dictionary=dictionary).running() as server:
        seen = take(watch(server, True), until(sent[-1]))
    assert seen.keys == keys(sent)
    number = zstandard.ZstdCompressionDict(dictionary).dict_id()
    assert [asked["zstdDictionary"] for asked in server.asked] == [[str(number)]] * 2


def test_a_retired_dictionary_is_fetched_anew(dictionary: bytes) -> None:
    sent = events(20)
    acts = [Act("refuse", status=400, says="UnknownZstdDictionary")]
    with JetstreamServer(sent, acts, dictionary=dictionary).running() as server:
        seen = take(watch(server, True), until(sent[-1]))
    assert seen.keys == keys(sent)


def test_a_server_without_a_dictionary_sends_frames_as_they_are() -> None:
    sent = events(5)
    for served in (b"", b"not one"):
        with JetstreamServer(sent, dictionary=served).running() as server:
            seen = take(watch(server, True), until(sent[-1]))
        assert "frames come unpacked" in seen.notes
        assert "zstdDictionary" not in server.asked[0]


def test_a_packed_frame_that_would_unpack_without_end_is_a_finding(dictionary: bytes) -> None:
    sent = events(6)
    bomb = b"\x00" * (jetstream.MOST_OF_A_FRAME + 1)
    held = [*sent[:3], replace(sent[3], raw=bomb), *sent[4:]]
    with JetstreamServer(held, dictionary=dictionary).running() as server:
        seen = take(watch(server, True), until(sent[-1]))
    assert seen.keys == keys(sent[:3] + sent[4:])
    assert seen.findings == ["a frame of 8,000,001 bytes; at most 8,000,000 are unpacked"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ws://jetstream.example", "not encrypted"),
        ("http://127.0.0.1", "not encrypted"),
        ("ws://127.0.0.1.example", "not encrypted"),
        ("wss://a:b@example.org", "no address"),
        ("wss://example.org/other", "no address"),
        ("wss://example.org/subscribe?cursor=1", "no address"),
        ("wss://example.org:99999", "no address"),
        ("wss://" + "a" * 70, "no address"),
        ("wss://[::1", "no address"),
        ("", "no address"),
    ],
)
def test_only_encrypted_addresses_are_asked_but_for_this_machine(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        address(text)


def test_a_host_alone_is_the_new_wire() -> None:
    assert address("example.org") == address("wss://example.org/xrpc/network.bsky.jetstream.subscribeEvents")
    assert address("example.org").stream(cursor=5) == (
        "wss://example.org/xrpc/network.bsky.jetstream.subscribeEvents?collections=app.bsky.feed.post&"
        "collections=app.bsky.feed.like&collections=app.bsky.feed.repost&kinds=commit&kinds=account&kinds=sync&cursor=5"
    )
    assert address("ws://[::1]:80/subscribe").stream().startswith("ws://[::1]:80/subscribe?wantedCollections=app.bsky")


@pytest.mark.shared_data
def test_the_real_capture_comes_over_the_wire_as_it_is_read_from_its_file(shared_data: Path) -> None:
    raw = (shared_data / "posts" / "jetstream" / "internal_corpus_testdata_expected_v1.jsonl").read_bytes()
    lines = raw.splitlines()
    held = [Event(number, json.loads(line)["time_us"], line) for number, line in enumerate(lines)]
    with JetstreamServer(held, [Act("cut", 60), Act("torn", 100)]).running() as server:
        seen = take(watch(server, False), lambda seen: sum(b.activity.rows_read for b in seen.batches) == len(lines))
    assert [frame.data for batch in seen.batches for frame in batch.frames] == lines
    whole = JETSTREAM.read(raw)
    columns = [name for name in whole.events.column_names if name != "line"]
    found = [row for batch in seen.batches for row in batch.activity.events.select(columns).to_pylist()]
    assert found == whole.events.select(columns).to_pylist()
    assert seen.findings == []


_ACTS = st.builds(
    Act,
    st.sampled_from(["cut", "torn", "close", "slow", "bad", "refuse"]),
    st.integers(0, 40),
    floor=st.one_of(st.just(0), st.integers(0, 29)),
)


@settings(deadline=None, max_examples=40)
@given(
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 4_000_000), st.integers(-300_000, 0)), min_size=30, max_size=40),
    st.lists(_ACTS, max_size=4),
)
def test_whatever_the_server_does_all_events_come_once_or_the_time_they_were_of_is_a_gap(
    new: bool, times: list[tuple[int, int]], acts: list[Act]
) -> None:
    sent, at = [], AT
    for number, (step, late) in enumerate(times):
        at += step
        sent.append(Event(number, at if new else at + late))  # the old wire is not in the order of its times
    floor = 0
    for place, act in enumerate(acts):
        floor = max(floor, act.floor)  # what is forgotten stays so
        acts[place] = replace(act, floor=floor)
    with JetstreamServer(sent, list(acts)).running() as server:
        seen = take(watch(server, new), until(sent[-1]))
    assert len(seen.keys) == len(set(seen.keys))
    order = {event.key: event.number for event in sent}
    assert [order[key] for key in seen.keys] == sorted(order[key] for key in seen.keys)
    begun = order[seen.keys[0]]
    slack = timedelta() if new else timedelta(milliseconds=300)
    for event in sent[begun:]:
        if event.key not in seen.keys:
            assert any(gap.since - slack <= event.at <= gap.until + slack for gap in seen.gaps), event
    if floor == 0:
        assert seen.gaps == []
        assert seen.keys == keys(sent)
