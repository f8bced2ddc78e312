"""Processes killed in the middle of their work: whatever they left behind, answers are whole and nothing is lost."""

import os
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from groundswell.store import day_begins
from groundswell.store.tables import ROWS
from tests.store.desk import Answers, Desk, edition, feed_of
from tests.store.loader import Loader

_STEPS = ("snapshot", "parse", "entries", "observations", "issues", "reviews", "loads", "changes")
_KILLED = -signal.SIGKILL
_OLD, _NEW, _NEXT = edition(1, weeks=8), edition(2, weeks=8), edition(3, weeks=8)
_OLD_DAY, _NEW_DAY, _NEXT_DAY = "2022-06-01", "2022-06-08", "2022-06-15"
_RANDOM_KILLS, _STREAMS = 50, 2


@pytest.fixture(scope="module")
def loader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loader]:
    """A process that forks children to be killed."""
    with Loader(tmp_path_factory.mktemp("unused")) as loader:
        yield loader


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store that holds the older edition."""
    desk = Desk(tmp_path_factory.mktemp("old"))
    desk.load(_OLD, fetched=_OLD_DAY)
    return desk


@pytest.fixture(scope="module")
def both(old: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store that holds both editions."""
    desk = old.copy(tmp_path_factory.mktemp("both") / "desk")
    desk.load(_NEW, fetched=_NEW_DAY)
    return desk


@pytest.fixture(scope="module")
def answers(old: Desk, both: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answers]:
    """What the store answers by the day of the edition known last; the newer one covers all of the older."""
    return {"": Desk(tmp_path_factory.mktemp("empty")).answers(), _OLD_DAY: old.answers(), _NEW_DAY: both.answers()}


def _check(desk: Desk, answers: dict[str, Answers], before: str) -> bool:
    """Hold a store whose load of the newer edition was killed to all it promises; whether the edition got in.

    `before` is the day of the edition it held, empty for none.
    """
    days = [f"{loaded.known_from:%Y-%m-%d}" for loaded in desk.store.loads()]
    entered = _NEW_DAY in days
    assert days == [day for day in (before, _NEW_DAY if entered else "") if day]
    assert desk.answers() == answers[_NEW_DAY if entered else before]
    assert len(desk.store.unfinished()) <= (not entered)

    assert desk.load(_NEW, fetched=_NEW_DAY).vintage == ("same" if entered else "new")
    assert desk.store.unfinished() == []
    rows = _check_rows(desk, loads=1 + bool(before))
    for name, answer in answers[_NEW_DAY].items():
        assert [row[-len(wanted) :] for row, wanted in zip(rows[name], answer, strict=True)] == answer  # without ids
    return entered


def _check_rows(desk: Desk, loads: int) -> Answers:
    """Every row stands once, and belongs to a load that ended."""
    rows = desk.everything()
    ids = {row[0] for row in rows["loads"]}
    assert len(ids) == len(rows["loads"]) == loads
    for name in ROWS:
        assert len(set(rows[f"all_{name}"])) == len(rows[f"all_{name}"])
        assert {row[0] for row in rows[f"all_{name}"]} == (
            set() if name == "reviews" else ids
        )  # the editions have none
    assert list(desk.folder.rglob(".writing-*")) == []
    return rows


@pytest.mark.parametrize("before", ["", _OLD_DAY], ids=["first load", "later load"])
@pytest.mark.parametrize("step", _STEPS)
def test_a_load_killed_at_a_step_counts_whole_or_not_at_all(
    tmp_path: Path, loader: Loader, old: Desk, answers: dict[str, Answers], step: str, before: str
) -> None:
    desk = old.copy(tmp_path / "desk") if before else Desk(tmp_path / "desk")
    assert loader.run(_NEW, _NEW_DAY, die_at=step, folder=desk.folder) == _KILLED
    entered = step in ("loads", "changes")
    unfinished = [manifest.known_from for manifest in desk.store.unfinished()]
    assert unfinished == ([] if entered else [day_begins(date.fromisoformat(_NEW_DAY))])
    assert _check(desk, answers, before) == entered
    assert desk.answers(_OLD_DAY) == answers[before]


def test_what_a_killed_load_left_is_swept_by_the_load_of_another_file(
    tmp_path: Path, loader: Loader, old: Desk
) -> None:
    desk = old.copy(tmp_path / "desk")
    assert loader.run(_NEW, _NEW_DAY, die_at="issues", folder=desk.folder) == _KILLED
    assert len({row[0] for row in desk.everything()["all_entries"]}) == 2
    desk.load(_NEXT, fetched=_NEXT_DAY)
    _check_rows(desk, loads=2)
    assert desk.hours() == {3}
    [left] = desk.store.unfinished()
    assert left.known_from == day_begins(date.fromisoformat(_NEW_DAY))


def test_a_rebuild_takes_in_what_a_killed_load_had_kept(
    tmp_path: Path, loader: Loader, old: Desk, answers: dict[str, Answers]
) -> None:
    desk = old.copy(tmp_path / "desk")
    assert loader.run(_NEW, _NEW_DAY, die_at="entries", folder=desk.folder) == _KILLED
    assert desk.store.rebuild(feed_of) == []
    assert (desk.answers(), desk.store.unfinished()) == (answers[_NEW_DAY], [])
    _check_rows(desk, loads=2)


def _kill_after(delay: float, loader: Loader, raw: bytes | None, desk: Desk) -> int:
    pid = loader.start(raw, _NEW_DAY, folder=desk.folder)
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)  # a child that has ended waits to be reaped: its id is still its own
    return loader.wait(pid)


def _undisturbed(loader: Loader, raw: bytes | None, desk: Desk) -> float:
    began = time.monotonic()
    assert loader.run(raw, _NEW_DAY, folder=desk.folder) == 0
    return time.monotonic() - began


@pytest.mark.slow
def test_loads_killed_at_any_moment_count_whole_or_not_at_all(
    tmp_path: Path, loader: Loader, old: Desk, answers: dict[str, Answers]
) -> None:
    lasts = min(_undisturbed(loader, _NEW, old.copy(tmp_path / f"measured {n}")) for n in range(3))

    def kill(stream: int) -> list[int]:
        moments, ended = random.Random(20220501 + stream), []
        with Loader(tmp_path) as loader:
            for number in range(stream, _RANDOM_KILLS, _STREAMS):
                before = "" if number % 5 == 0 else _OLD_DAY
                desk = old.copy(tmp_path / f"{number}") if before else Desk(tmp_path / f"{number}")
                ended.append(_kill_after(moments.uniform(0, lasts), loader, _NEW, desk))
                _check(desk, answers, before)
        return ended

    with ThreadPoolExecutor(_STREAMS) as streams:
        ended = [code for codes in streams.map(kill, range(_STREAMS)) for code in codes]
    assert len(ended) == _RANDOM_KILLS
    assert set(ended) <= {0, _KILLED}
    assert _KILLED in ended


@pytest.mark.slow
def test_rebuilds_killed_at_any_moment_change_no_answer(
    tmp_path: Path, loader: Loader, both: Desk, answers: dict[str, Answers]
) -> None:
    lasts = _undisturbed(loader, None, both.copy(tmp_path / "measured"))
    moments = random.Random(20220508)
    desk = both.copy(tmp_path / "desk")
    rows = desk.everything()
    ended = []
    for _ in range(10):
        ended.append(_kill_after(moments.uniform(0, lasts), loader, None, desk))
        assert desk.everything() == rows
    assert desk.answers() == answers[_NEW_DAY]
    assert set(ended) <= {0, _KILLED}
    assert _KILLED in ended
    assert desk.store.rebuild(feed_of) == []
    assert desk.everything() == rows
    desk.load(_NEXT, fetched=_NEXT_DAY)
    assert len(list((desk.folder / "tables").glob("g-*"))) == 1
