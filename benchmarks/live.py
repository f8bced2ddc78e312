"""What `watch` does with frames of the firehose as they come: read, told apart, linked and committed, ten thousand at a time."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from groundswell.cli.work import store_of
from groundswell.core.live import Batch
from groundswell.feeds.bluesky import JETSTREAM
from groundswell.feeds.jetstream import MOST_OF_A_BATCH, Watch, address
from groundswell.measures.lately import Lately
from groundswell.measures.posts import fingerprints, links_of
from groundswell.newsroom.desk import open_desk
from groundswell.store.stream import Stream

FRAMES = 100_000


def live(file: str, desk: str) -> dict[str, float]:
    """Events a second of processor time, from frames in memory to committed batches, and of that what each step takes."""
    with Path(file).open("rb") as lines:
        frames = [line.rstrip(b"\n") for line, _ in zip(lines, range(FRAMES), strict=False)]
    opened = open_desk(Path(desk))
    rmtree(opened.store_folder, ignore_errors=True)
    gazetteer, stream, lately = opened.gazetteer(), Stream(store_of(opened)), Lately()
    assert JETSTREAM.origin is not None
    links_of(JETSTREAM.read(frames[0]).events, gazetteer)  # a watch makes its matcher once
    spent = {"read": 0.0, "linked": 0.0, "committed": 0.0, "shown": 0.0}
    began = at = time.process_time()

    def done(step: str) -> None:
        nonlocal at
        now = time.process_time()
        spent[step] += now - at
        at = now

    for batch in _batches(frames):
        done("read")
        events = batch.activity.events
        links, ambiguous = links_of(events, gazetteer)
        prints = fingerprints(events, links)
        done("linked")
        stream.commit(
            JETSTREAM.id, "bluesky", JETSTREAM.origin, batch, prints, links, datetime.now(UTC), ambiguous=ambiguous
        )
        done("committed")
        lately.take(events, links)
        done("shown")
    return {
        "events a second": FRAMES / (at - began),
        **{f"{step}, %": 100 * s / (at - began) for step, s in spent.items()},
    }


def _batches(frames: list[bytes]) -> Iterator[Batch]:
    """The batches a connection gives; only the socket is left out."""
    watch = Watch(address("wss://simulated.example/subscribe"), None, now=lambda: datetime.now(UTC))
    for start in range(0, len(frames), MOST_OF_A_BATCH):
        for frame in frames[start : start + MOST_OF_A_BATCH]:
            watch._take(frame)
        yield watch._batch()
