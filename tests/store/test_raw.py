"""Raw frames of a watch: those of batches that count and no others, for 14 days, and without what was taken back."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from groundswell.core.live import RawFrame
from groundswell.store import raw as raw_module
from groundswell.store.raw import KEPT, Raw
from groundswell.store.snapshots import digest
from tests.store.events import MONDAY, EventDesk, event, links, unpacked
from tests.store.test_stream import batch, keep

ROOT = Path(__file__).parents[2]
NO_LINKS = links({}).append_column("load_id", [[]])
GONE = [event("account", "ann", "1", 50, operation="delete", object="deleted")]
_DIE_WRITING = """
import os, signal, sys
from pathlib import Path
from tests.store.events import EventDesk
from tests.store.test_stream import batch, keep

def progress(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

desk = EventDesk(Path(sys.argv[1]))
with desk.stream.watching():
    keep(desk, batch(range(3)))
    keep(desk, batch(range(3, 6)), progress)
"""
_DIE_PURGING = """
import os, signal, sys
from pathlib import Path
from tests.store.events import EventDesk
from tests.store.test_raw import GONE

def progress(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

EventDesk(Path(sys.argv[1])).load(GONE, name="gone", progress=progress)
"""


@pytest.fixture
def desk(tmp_path: Path) -> EventDesk:
    """An empty store."""
    return EventDesk(tmp_path / "desk")


def files(desk: EventDesk) -> list[Path]:
    """The segments held."""
    return sorted((desk.folder / "events" / "raw").glob("*.zst"))


def lines(desk: EventDesk) -> list[str]:
    """All frames held, in their order."""
    return [line.decode() for path in files(desk) for line in unpacked(path).splitlines()]


def frames(*batches: range) -> list[str]:
    """The frames of these batches."""
    return [frame.data.decode() for numbers in batches for frame in batch(numbers).frames]


def killed(script: str, *arguments: object) -> None:
    """Run it to the step at which it kills itself."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize("die_at", ["raw", "tallies", "loads"])
def test_after_a_kill_the_frames_are_those_of_the_batches_that_count(desk: EventDesk, die_at: str) -> None:
    killed(_DIE_WRITING, desk.folder, die_at)
    counted = [range(3), range(3, 6)] if die_at == "loads" else [range(3)]
    with desk.stream.watching():
        assert lines(desk) == frames(*counted)
        keep(desk, batch(range(6, 8)))
    assert lines(desk) == frames(*counted, range(6, 8))
    assert [segment.frames for segment in desk.stream.segments()] == [2 * sum(map(len, counted)), 4]


def test_a_torn_block_is_cut_off_wherever_it_was_torn(desk: EventDesk) -> None:
    with desk.stream.watching():
        keep(desk, batch(range(3)))
        (path,) = files(desk)
        good = path.read_bytes()
        keep(desk, batch(range(3, 6)))
        whole = path.read_bytes()
    path.with_name(path.name.replace(".jsonl.zst", ".json")).unlink()
    raw = Raw(path.parent)
    for length in range(len(good), len(whole)):
        path.write_bytes(whole[:length] + b"\0" * (length % 3) * 20)  # a file system may grow a file before it fills it
        raw._cut(path, 2)
        assert path.read_bytes() == good
    path.write_bytes(good[:30])
    raw.settle(2)
    assert files(desk) == []


def test_a_segment_ends_with_its_hour_or_when_it_is_full_and_its_note_says_what_it_held(
    desk: EventDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.stream.watching():
        for number in range(3):
            keep(desk, batch(range(number, number + 1)))
        desk.now += timedelta(hours=1)
        keep(desk, batch(range(3, 4)))
        monkeypatch.setattr(raw_module, "MOST_OF_A_SEGMENT", 1)
        keep(desk, batch(range(4, 5)))
    assert lines(desk) == frames(range(5))
    noted = desk.stream.segments()
    assert [path.name for path in files(desk)] == [segment.name for segment in noted]
    assert [segment.frames for segment in noted] == [6, 2, 2]
    for path, segment in zip(files(desk), noted, strict=True):
        assert (segment.bytes, segment.sha256) == (path.stat().st_size, digest(path.read_bytes()))
        assert (segment.purged, segment.removed) == (None, None)
    assert (noted[0].first, noted[0].last) == (MONDAY, MONDAY + timedelta(hours=2))
    assert [segment.began for segment in noted] == [desk.now - timedelta(hours=1), desk.now, desk.now]


@pytest.mark.parametrize("by", ["prune", "forget"])
def test_after_14_days_a_segment_is_gone_and_its_note_stays(desk: EventDesk, by: str) -> None:
    with desk.stream.watching():
        keep(desk, batch(range(3)))
    (before,) = desk.stream.segments()

    def later(now: timedelta) -> None:
        if by == "prune":
            desk.stream.prune(desk.now + now, NO_LINKS)
        else:
            desk.stream.forget(desk.now + now)

    later(KEPT - timedelta(seconds=1))
    assert lines(desk) == frames(range(3))
    later(KEPT)
    later(KEPT + timedelta(days=1))
    assert files(desk) == []
    (after,) = desk.stream.segments()
    assert after.removed == desk.now + KEPT
    assert (after.name, after.frames, after.sha256) == (before.name, before.frames, before.sha256)


def test_a_removed_account_is_written_out_of_every_segment_and_the_first_digest_stays(desk: EventDesk) -> None:
    with desk.stream.watching():
        for number in range(2):
            keep(desk, batch(range(number, number + 1)))
            desk.now += timedelta(hours=2)
    before = desk.stream.segments()
    assert b"Heartstopper 1" in desk.everything()
    desk.load(GONE)
    assert b"Heartstopper" not in desk.everything()
    assert b"ann" not in b"".join(unpacked(path) for path in files(desk))
    assert lines(desk) == [line for line in frames(range(2)) if line.startswith("like")]
    for old, new, path in zip(before, desk.stream.segments(), files(desk), strict=True):
        assert (new.sha256, new.bytes, new.frames) == (old.sha256, old.bytes, 2)
        assert new.purged is not None
        assert (new.purged.sha256, new.purged.frames) == (digest(path.read_bytes()), 1)
        assert new.purged.sha256 != new.sha256


def test_the_words_of_a_post_taken_back_go_and_acts_stay(desk: EventDesk) -> None:
    with desk.stream.watching():
        keep(desk, batch(range(3)))
        desk.load(
            [event("post", "ann", "p1", 60, operation="delete"), event("like", "bob", "l2", 60, operation="delete")]
        )
        assert b"Heartstopper 1" not in desk.everything()
        keep(desk, batch(range(3, 4)))
    assert lines(desk) == [line for line in frames(range(4)) if not line.startswith("post p1")]


def test_the_words_from_before_an_account_began_anew_go_and_later_ones_stay(desk: EventDesk) -> None:
    with desk.stream.watching():
        keep(desk, batch(range(4)))
    desk.load([event("sync", "ann", "1", 2, operation="update")])
    assert b"Heartstopper 1" not in desk.everything()
    assert [line.split()[1] for line in lines(desk) if line.startswith("post")] == ["p2", "p3"]


def test_what_came_after_its_account_was_removed_goes_as_well(desk: EventDesk) -> None:
    desk.load(GONE)
    with desk.stream.watching():
        keep(desk, batch(range(2)))
        desk.stream.forget(desk.now)
        assert b"Heartstopper" not in desk.everything()


@pytest.mark.parametrize("die_at", ["raw note", "raw segment"])
def test_a_purge_that_was_killed_is_done_by_the_next_run(desk: EventDesk, die_at: str) -> None:
    with desk.stream.watching():
        for number in range(2):
            keep(desk, batch(range(number, number + 1)))
            desk.now += timedelta(hours=2)
    first = [segment.sha256 for segment in desk.stream.segments()]
    killed(_DIE_PURGING, desk.folder, die_at)
    assert b"Heartstopper 1" in desk.everything()  # it died at the first of two
    desk.load(GONE, name="gone")
    assert b"Heartstopper" not in desk.everything()
    after = desk.stream.segments()
    assert [segment.sha256 for segment in after] == first
    assert [s.purged and s.purged.sha256 for s in after] == [digest(path.read_bytes()) for path in files(desk)]


def test_a_segment_found_free_of_what_was_taken_back_is_not_read_again_until_more_is(desk: EventDesk) -> None:
    with desk.stream.watching():
        keep(desk, batch(range(3)))
    (path,) = files(desk)
    desk.stream.forget(desk.now)
    damaged = path.read_bytes()[:-1]
    path.write_bytes(damaged)
    desk.stream.forget(desk.now)
    assert path.read_bytes() == damaged
    desk.load([event("account", "zoe", "1", 1, operation="delete", object="deleted")])
    assert path.read_bytes() == b""  # what cannot be read cannot be told free of anything


def test_a_watch_that_keeps_no_frames_writes_no_segment(tmp_path: Path) -> None:
    raw = Raw(tmp_path / "raw")
    raw.append(1, "made", [], MONDAY)
    assert not raw.held()
    raw.append(1, "made", [RawFrame(b"x", "ann", "", MONDAY)], MONDAY)
    assert raw.held()
