"""A desk that is watched while it is served: events of the last hours from a Jetstream server on this machine."""

import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from tests.command import ok
from tests.feeds.jetstream_server import Event, JetstreamServer, message

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=alert(1)>Moss & 'Stone'"
GAZETTEER = (
    "subject,forms,tags,people,blocked,decoys,valid_from,valid_to,tier\n"
    "heartstopper,Heartstopper,Heartstopper,,,,,,\n"
    f'moss,"{HOSTILE}",Moss,,,,,,\n'
)


def new_desk(folder: Path) -> Path:
    """A built desk that reads posts for two titles, one of which would break a page that took it for markup."""
    ok("new", folder, "--empty")
    (folder / "catalog" / "gazetteer.csv").write_text(GAZETTEER)
    ok("-C", folder, "build")
    return folder


def hours_of_posts(now: datetime, count: int, seed: int = 1) -> list[Event]:
    """What 600 accounts did in the six hours to `now`: half of it in the last hour, two of three about Heartstopper."""
    chance = random.Random(seed)
    until = int(now.timestamp() * 1_000_000)
    ago = sorted(
        (chance.random() * 3600 if n % 2 else 3600 + chance.random() * 18_000 for n in range(count)), reverse=True
    )
    held: list[Event] = []
    posts: list[tuple[str, str]] = []
    for number, seconds in enumerate(ago):
        did = f"did:plc:a{chance.randrange(600)}"
        commit: dict[str, Any] = {"rev": f"r{number}", "operation": "create", "rkey": str(number)}
        kind = "like" if posts and chance.random() < 0.7 else "post"
        if kind == "post":
            commit["record"] = {"text": "#Heartstopper" if chance.random() < 0.66 else "#Moss"}
            posts.append((did, str(number)))
        else:
            who, rkey = chance.choice(posts)
            commit["record"] = {"subject": {"uri": f"at://{who}/app.bsky.feed.post/{rkey}"}}
        event = Event(number, until - int(seconds * 1_000_000))
        when = f"{event.at:%Y-%m-%dT%H:%M:%S.%f}Z"
        commit["collection"] = f"app.bsky.feed.{kind}"
        held.append(Event(number, event.time_us, message("commit", did=did, seq=number + 1, time=when, **commit)))
    return held


def hears_ctrl_c() -> None:
    """For a child about to run: what a shell starts in the background would hand the deafness on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a process of its own, told Ctrl-C at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "groundswell", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hears_ctrl_c,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=180)


@contextmanager
def watching(desk: Path, server: JetstreamServer) -> Iterator[subprocess.Popen[bytes]]:
    """A watch of that server into the desk."""
    with running("-C", desk, "watch", "bluesky", "--host", server.address(True)) as process:
        yield process


@contextmanager
def serving(desk: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The desk served: its address, once it answers, and the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running("-C", desk, "serve", "--port", port) as process:
        address = f"http://127.0.0.1:{port}/"
        while True:  # it answers or it ends
            try:
                httpx.get(address)
                break
            except httpx.TransportError:
                assert process.poll() is None, process.communicate()
                time.sleep(0.05)
        yield address, process
