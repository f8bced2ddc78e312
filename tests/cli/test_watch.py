"""`watch`: from a server on this machine into a desk, killed at any moment, on a terminal and in a pipe."""

import io
import json
import os
import pty
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from groundswell.catalog import code_of
from groundswell.charts.trending import reduce_weeks
from groundswell.cli.watch import SECONDS_BETWEEN_LINES, Screen
from groundswell.core.live import Batch, Cursor, Gap
from groundswell.core.period import MON_SUN
from groundswell.core.reduction import encode
from groundswell.measures.interactions import count, gather
from groundswell.measures.owned import OWNED
from groundswell.measures.profile import PROFILES
from groundswell.store import DuckEngine, Store
from groundswell.store.stream import Stream
from tests.command import ok, run
from tests.feeds.jetstream_server import AT, Act, Event, JetstreamServer, message
from tests.store.events import MONDAY, activity, event, links, unpacked

ROOT = Path(__file__).parents[2]
PATIENCE = 180
"""Seconds: no test takes so long but one that fails."""
GAZETTEER = (
    "subject,forms,tags,people,blocked,decoys,valid_from,valid_to,tier\nheartstopper,Heartstopper,Heartstopper,,,,,,\n"
)


def made(count: int, seed: int = 1, taken_back: tuple[str, ...] = ("post", "like", "repost")) -> list[Event]:
    """What 400 accounts do in an hour about one programme and about nothing: posts, likes, reposts, and some taken back."""
    chance = random.Random(seed)
    step = 3_600_000_000 // count
    acts: list[tuple[str, str, str]] = []
    posts: list[tuple[str, str, str]] = []
    held: list[Event] = []
    for number in range(count):
        did = f"did:plc:a{chance.randrange(400)}"
        roll = chance.random()
        commit: dict[str, Any] = {"rev": f"r{number}", "operation": "create", "rkey": str(number)}
        if roll < 0.3 or not posts:
            kind = "post"
            commit["record"] = {"text": chance.choice(["watching Heartstopper now", "#Heartstopper", "rain again"])}
        elif roll < 0.9:
            kind = chance.choice(["like", "like", "repost"])
            who, _, rkey = chance.choice(posts)
            commit["record"] = {"subject": {"uri": f"at://{who}/app.bsky.feed.post/{rkey}"}}
        else:
            did, kind, rkey = chance.choice(acts)
            commit |= {"operation": "delete", "rkey": rkey}
        if commit["operation"] == "create":
            acts += [(did, kind, str(number))] if kind in taken_back else []
            posts += [(did, kind, str(number))] if kind == "post" else []
        event = Event(number, AT + number * step)
        when = f"{event.at:%Y-%m-%dT%H:%M:%S.%f}Z"
        commit["collection"] = f"app.bsky.feed.{kind}"
        held.append(Event(number, event.time_us, message("commit", did=did, seq=number + 1, time=when, **commit)))
    return held


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A bare desk that reads posts for one title."""
    return new_desk(tmp_path / "desk")


def new_desk(folder: Path) -> Path:
    """A bare desk in a folder."""
    ok("new", folder, "--empty")
    (folder / "catalog").mkdir(exist_ok=True)
    (folder / "catalog" / "gazetteer.csv").write_text(GAZETTEER)
    return folder


def stream_of(desk: Path) -> Stream:
    """Its events."""
    return Stream(Store(desk / ".groundswell", code_of))


def follow(desk: Path, server: JetstreamServer, *arguments: object) -> list[str]:
    """The command line that watches the server into the desk."""
    command = [sys.executable, "-m", "groundswell", "-C", desk, "watch", "bluesky", "--host", server.address(True)]
    return [str(part) for part in (*command, *arguments)]


def wait_until(desk: Path, seq: int) -> None:
    """Until the desk holds the stream to that number or farther."""

    def held() -> bool:
        cursor = stream_of(desk).cursor()
        return cursor is not None and cursor.seq is not None and cursor.seq >= seq

    until(held, lambda: f"not there: {stream_of(desk).cursor()}")


def until(so: Callable[[], bool], why: Callable[[], str]) -> None:
    """Until it is so: for as long as the busiest machine takes."""
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)


def whole(desk: Path) -> dict[str, list[Any]]:
    """All that the tables say, and what every profile counts from it; sorted, without the names of loads."""
    with DuckEngine() as engine:
        stream_of(desk).register(engine)
        found = {}
        for table, but in (("events", "load_id, line"), ("links", "load_id"), ("gaps", "load_id")):
            found[table] = engine.query(f"SELECT * EXCLUDE ({but}) FROM {table} ORDER BY ALL").to_pylist()
        of_hours = "SELECT platform, hour, kind, operation, sum(lines) AS lines FROM tallies GROUP BY ALL ORDER BY ALL"
        found["tallies"] = engine.query(of_hours).to_pylist()
        engine.register("owned", OWNED.empty_table())
        weeks = [MON_SUN.period_of(Event(0, AT).at.date())]
        found["chart"] = [encode(week) for week in reduce_weeks(engine, weeks, {})]
        gather(engine, weeks)
        for profile in PROFILES:
            count(engine, profile)
            for table in ("titles", "cells", "actors", "left_out"):
                found[f"{profile.id} {table}"] = engine.query(f"SELECT * FROM {table} ORDER BY ALL").to_pylist()
    return found


def hears_ctrl_c() -> None:
    """For a child about to run: what a shell starts in the background would hand the deafness on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Ctrl-C, and how it ended."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, (out + err).decode()


def segments(desk: Path) -> list[Path]:
    """The raw frames it holds, in the order they came."""
    return sorted((desk / ".groundswell" / "events" / "raw").glob("*.zst"))


def standing(sent: Sequence[Event]) -> list[bytes]:
    """The frames of all but the posts that were taken back."""
    payloads = [json.loads(event.raw)["payload"] for event in sent]
    gone = {p["rkey"] for p in payloads if p["operation"] == "delete" and p["collection"] == "app.bsky.feed.post"}
    return [e.raw for e, p in zip(sent, payloads, strict=True) if p["operation"] == "delete" or p["rkey"] not in gone]


@pytest.mark.slow
def test_a_watch_keeps_what_names_a_title_stops_at_ctrl_c_and_goes_on_later(desk: Path, tmp_path: Path) -> None:
    sent = made(300, taken_back=("like", "repost"))
    with JetstreamServer(sent, [Act("cut", 60), Act("silent", 41)]).running() as server:
        process = subprocess.Popen(
            follow(desk, server, "--keep-raw"),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=hears_ctrl_c,
        )
        wait_until(desk, 100)
        another = run(*follow(desk, server)[3:])
        code, said = ended(process)
        another.refused("another watch writes to this desk")
        assert code == 0, said
        (line,) = said.splitlines()  # a pipe is told nothing else within a minute
        held_until = sent[99].at.isoformat().replace("+00:00", "Z")
        assert line == f"stopped; {len(whole(desk)['events']):,} events kept, 0 gaps; held until {held_until}"
        (segment,) = segments(desk)
        assert unpacked(segment).splitlines() == [event.raw for event in sent[:100]]
        again = new_desk(tmp_path / "again")
        ok("-C", again, "load", "bluesky.jetstream", segment)
        assert whole(again) == whole(desk)
        texts = {row["text"] for row in whole(desk)["events"] if row["kind"] == "post"}
        assert "watching Heartstopper now" in texts
        assert "rain again" not in texts
        run(*follow(desk, server, "--cursor", sent[50].at.isoformat())[3:]).refused("is held already")
        words = ("Heartstopper", "posts/s", f"1 gap, {held_until} to", " days behind")
        code, said = on_a_terminal(desk, server, words, "--cursor", sent[200].time_us)
    assert code == 0, said
    (gap,) = whole(desk)["gaps"]
    assert (gap["since"], gap["until"]) == (sent[99].at, sent[200].at)  # left out on purpose, and so declared
    assert sum(row["lines"] for row in whole(desk)["tallies"]) == 200


def on_a_terminal(desk: Path, server: JetstreamServer, words: Sequence[str], *arguments: object) -> tuple[int, str]:
    """A watch until the last event is held and these words are shown, and all that a person sees of it."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        follow(desk, server, *arguments),
        cwd=ROOT,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
        preexec_fn=hears_ctrl_c,
    )
    os.close(theirs)
    seen = bytearray()

    def read() -> None:  # all the while: a terminal that nobody reads stops who writes to it
        with suppress(OSError):  # the other end is gone
            while part := os.read(ours, 65536):
                seen.extend(part)

    def shown() -> str:
        return " ".join(bytes(seen).decode(errors="replace").split())

    reader = threading.Thread(target=read)
    reader.start()
    wait_until(desk, len(server.held))
    until(lambda: all(word in shown() for word in words), shown)
    process.send_signal(signal.SIGINT)
    code = process.wait(timeout=PATIENCE)
    reader.join()
    os.close(ours)
    return code, shown()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--host", "ws://example.org"), "not encrypted"),
        (("--cursor", "yesterday"), "is no time"),
        (("--cursor", "2026-07-04T14:38:08"), "is no time"),
        (("--cursor", "9" * 40), "is no time"),
        (("--cursor", "2199-01-01T00:00:00Z"), "is yet to come"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_one_line(desk: Path, arguments: tuple[str, str], why: str) -> None:
    run("-C", desk, "watch", "bluesky", *arguments).refused(why)
    (desk / "catalog" / "gazetteer.csv").unlink()
    run("-C", desk, "watch", "bluesky").refused("catalog/gazetteer.csv")


def test_a_pipe_is_told_one_line_a_minute_and_a_machine_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    cursor = Cursor(MONDAY, "h", 1)
    events = [
        event("post", "ann", "p1", 0, text="x"),
        *[event("like", "bob", f"l{n}", 0, object="p1") for n in range(3)],
    ]
    gap = Gap(MONDAY, MONDAY + timedelta(seconds=2))
    for as_json in (False, True):
        screen = Screen("h\x1b[2J", as_json)
        screen.lately.take(activity(events).events, links({"p1": ["moss"]}))
        with screen:
            for _ in range(3):
                screen.show(Batch(activity(events), cursor, (gap,), ("the server says \x1b[2Jhello",)), MONDAY)
            assert capsys.readouterr().out == ""
            screen._told -= SECONDS_BETWEEN_LINES
            for _ in range(3):
                screen.show(Batch(activity(events), cursor), MONDAY + timedelta(seconds=90))
        (line,) = capsys.readouterr().out.splitlines()
        if as_json:
            document = json.loads(line)
            assert document["moving"] == [{"subject": "moss", "acts": 4, "before": 0}]
            assert document["gaps"] == [["2022-05-02T00:00:00Z", "2022-05-02T00:00:02Z"]] * 3
        else:
            assert "\x1b" not in line
            assert "90 s behind" in line
            assert "3 gaps, the last 2022-05-02T00:00:00Z to 2022-05-02T00:00:02Z" in line
            assert line.endswith("; moss 4 (+4)")


@pytest.mark.parametrize("width", [40, 80])
def test_the_picture_fits_the_terminal_a_title_a_line(width: int) -> None:
    subjects = ["heartstopper", "the-lamplighters-oath-and-what-came-of-it-in-the-end-as-told-by-nobody-at-all", "moss"]
    posts = [event("post", f"a{n}", f"p{n}", n / 600, text="x") for n in range(12)]
    gaps = (Gap(MONDAY, MONDAY + timedelta(seconds=2)),) * 2
    screen = Screen("jetstream.us-east.bsky.network\x1b[2J", False, {"heartstopper": "Heartstopper \x1b[31m"})
    screen.lately.take(activity(posts).events, links({f"p{n}": [subjects[n % 3]] for n in range(12)}))
    with screen:
        screen.show(Batch(activity(posts), Cursor(MONDAY, "h", 1), gaps, ("the connection ended",)), MONDAY)
    console = Console(width=width, file=io.StringIO(), force_terminal=False)
    console.print(screen._picture(Cursor(MONDAY, "h", 1), MONDAY + timedelta(seconds=3)))
    assert isinstance(console.file, io.StringIO)
    lines = [line.rstrip() for line in console.file.getvalue().splitlines()]
    assert "\x1b" not in "".join(lines)
    assert max(map(len, lines)) <= width
    assert "3 s behind" in " ".join(lines)
    assert any(line.startswith("2 gaps, the last 2022-05-02T00:00:00Z") for line in lines)
    head = next(n for n, line in enumerate(lines) if line.startswith("title"))
    assert lines[head].split() == ["title", "10", "min", "before"]
    assert [line.split()[-2:] for line in lines[head + 1 :]] == [["4", "0"]] * 3


def test_without_the_extra_the_command_says_what_to_install(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "groundswell.feeds.jetstream", None)
    run("-C", desk, "watch", "bluesky").refused("pip install 'groundswell[live]'")


MANY = 2500
_NURSERY = """
import os, sys
from groundswell.cli import main
from groundswell.feeds import jetstream
import deltalake, duckdb, pyarrow.compute, filelock
jetstream.MOST_OF_A_BATCH = 30
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(main(sys.argv[1:]))
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""
"""Everything is imported once; each watch is a fork of that, or thirty starts would be most of the test."""


@pytest.fixture
def nursery(desk: Path) -> Iterator[tuple[JetstreamServer, subprocess.Popen[str]]]:
    """A server, and a process that starts a watch of it for every line it is given."""
    with JetstreamServer(made(MANY)).running() as server:
        command = [sys.executable, "-c", _NURSERY, *follow(desk, server, "--keep-raw")[3:]]
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        yield server, process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=PATIENCE)


def logs(desk: Path) -> list[Path]:
    """A file for every commit to any table: a batch is one to each of three or four, and forgetting at the start a few."""
    return list((desk / ".groundswell" / "events").glob("*/_delta_log/*.json"))


@pytest.mark.slow
def test_killed_thirty_times_the_tables_and_the_counts_are_those_of_one_watch(
    desk: Path, tmp_path: Path, nursery: tuple[JetstreamServer, subprocess.Popen[str]]
) -> None:
    server, process = nursery
    assert process.stdin is not None
    assert process.stdout is not None
    chance = random.Random(7)
    stopped_at: list[int] = []
    for number in range(30):
        process.stdin.write("watch\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        if number % 2:  # every other one gets a batch whole, however much those before it have to forget first
            wait_until(desk, stopped_at[-1] + 1)
        commits, deadline = len(logs(desk)) + chance.randrange(2, 9), time.monotonic() + 10
        while len(logs(desk)) < commits and time.monotonic() < deadline:  # there may be no more of them: no matter
            time.sleep(0.01)
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        assert process.stdout.readline() == "gone\n"
        cursor = stream_of(desk).cursor()
        stopped_at.append(cursor.seq if cursor and cursor.seq else 0)
    assert stopped_at == sorted(stopped_at)
    assert len(set(stopped_at)) > 15, stopped_at
    assert stopped_at[-1] < MANY, stopped_at
    clean = new_desk(tmp_path / "clean")
    for folder in (desk, clean):
        last = subprocess.Popen(
            follow(folder, server, "--keep-raw"),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=hears_ctrl_c,
        )
        wait_until(folder, MANY)
        code, said = ended(last)
        assert code == 0, said
    found = whole(desk)
    assert found == whole(clean)
    for folder in (desk, clean):
        lines = [line for path in segments(folder) for line in unpacked(path).splitlines()]
        assert lines == standing(server.held)
        assert 0 < len(lines) < MANY
    assert sum(row["lines"] for row in found["tallies"]) == MANY
    assert found["gaps"] == []
    assert b"heartstopper" in found["chart"][0]
