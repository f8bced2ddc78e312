"""Processes killed in the middle of their work: whatever they left behind, answers are whole and nothing is lost."""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from groundswell.store.tables import ROWS
from tests.store.desk import Desk, edition, feed_of
from tests.store.loader import Loader

_STEPS = ("snapshot", "parse", "entries", "observations", "issues", "loads", "changes")
_KILLED = -signal.SIGKILL
_OLD, _NEW = edition(1, weeks=40), edition(2, weeks=40)
_OLD_DAY, _NEW_DAY, _NEXT_DAY = "2022-06-01", "2022-06-08", "2022-06-15"
_RANDOM_KILLS = 50

Answers = dict[str, list[tuple[object, ...]]]


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
    desk = _copy(old, tmp_path_factory.mktemp("both") / "desk")
    desk.load(_NEW, fetched=_NEW_DAY)
    return desk


@pytest.fixture(scope="module")
def answers(old: Desk, both: Desk) -> dict[str, Answers]:
    """What the store answers with the older edition alone, and with both."""
    return {"old": old.answers(), "both": both.answers()}


def _copy(desk: Desk, folder: Path) -> Desk:
    shutil.copytree(desk.folder, folder)
    return Desk(folder)


def _check(desk: Desk, answers: dict[str, Answers], before: str) -> bool:
    """Hold a store whose load was killed to all it promises; whether the new edition got in."""
    held = {loaded.known_from.date().isoformat() for loaded in desk.store.loads()}
    entered = _NEW_DAY in held
    now = desk.answers()
    assert now == (answers["both"] if entered else answers[before] if before else dict.fromkeys(ROWS, []))
    if before:
        assert desk.answers(_OLD_DAY) == answers["old"]
    unfinished = desk.store.unfinished()
    assert len(unfinished) <= (0 if entered else 1)

    assert desk.load(_NEW, fetched=_NEW_DAY).vintage == ("same" if entered else "new")
    assert desk.answers() == answers["both"]
    assert desk.store.unfinished() == []
    rows = desk.everything()
    loads = {row[0] for row in rows["loads"]}
    assert len(loads) == len(rows["loads"]) == (2 if before else 1)
    for name in ROWS:
        assert len(set(rows[f"all_{name}"])) == len(rows[f"all_{name}"])
        assert {row[0] for row in rows[f"all_{name}"]} == loads
    assert list(desk.folder.rglob(".writing-*")) == []
    return entered


@pytest.mark.parametrize("step", _STEPS)
def test_a_load_killed_at_a_step_counts_whole_or_not_at_all(
    tmp_path: Path, loader: Loader, old: Desk, answers: dict[str, Answers], step: str
) -> None:
    desk = _copy(old, tmp_path / "desk")
    assert loader.run(_NEW, _NEW_DAY, die_at=step, folder=desk.folder) == _KILLED
    entered = step in ("loads", "changes")
    assert [manifest.feed for manifest in desk.store.unfinished()] == ([] if entered else ["netflix.global"])
    assert _check(desk, answers, before="old") == entered


@pytest.mark.parametrize("step", _STEPS)
def test_the_first_load_killed_at_a_step_counts_whole_or_not_at_all(tmp_path: Path, loader: Loader, step: str) -> None:
    folder = tmp_path / "desk"
    assert loader.run(_NEW, _NEW_DAY, die_at=step, folder=folder) == _KILLED
    desk, entered = Desk(folder), step in ("loads", "changes")
    assert len(desk.rows("issues")) == (84 if entered else 0)
    assert len(desk.store.unfinished()) == (0 if entered else 1)
    assert desk.load(_NEW, fetched=_NEW_DAY).vintage == ("same" if entered else "new")
    assert [len(rows) for rows in desk.everything().values()] == [840, 1680, 84, 1]


def test_what_a_killed_load_left_is_swept_by_the_load_of_another_file(
    tmp_path: Path, loader: Loader, old: Desk
) -> None:
    desk = _copy(old, tmp_path / "desk")
    assert loader.run(_NEW, _NEW_DAY, die_at="issues", folder=desk.folder) == _KILLED
    assert len(desk.everything()["all_entries"]) == 820 + 840
    desk.load(edition(0), fetched=_NEXT_DAY)
    rows = desk.everything()
    assert [len(found) for found in rows.values()] == [820 + 60, 1640 + 120, 82 + 6, 2]
    [left] = desk.store.unfinished()
    assert left.load_id not in {row[0] for row in rows["all_entries"]}


def test_a_rebuild_takes_in_what_a_killed_load_had_kept(
    tmp_path: Path, loader: Loader, old: Desk, answers: dict[str, Answers]
) -> None:
    desk = _copy(old, tmp_path / "desk")
    assert loader.run(_NEW, _NEW_DAY, die_at="entries", folder=desk.folder) == _KILLED
    assert desk.store.rebuild(feed_of) == []
    assert (desk.answers(), desk.store.unfinished()) == (answers["both"], [])


def _kill_after(loader: Loader, delay: float, **task: Any) -> int:
    pid = loader.start(**task)
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)  # a child that ended waits to be reaped, so its id is still its own
    return loader.wait(pid)


def _undisturbed(loader: Loader, **task: Any) -> float:
    began = time.monotonic()
    assert loader.run(**task) == 0
    return time.monotonic() - began


def test_loads_killed_at_any_moment_count_whole_or_not_at_all(
    tmp_path: Path, loader: Loader, old: Desk, answers: dict[str, Answers]
) -> None:
    lasts = max(
        _undisturbed(loader, raw=_NEW, fetched=_NEW_DAY, folder=_copy(old, tmp_path / f"m{n}").folder) for n in (0, 1)
    )
    moments = random.Random(20220501)
    ended = []
    for number in range(_RANDOM_KILLS):
        first_load = number % 5 == 0
        desk = Desk(tmp_path / "desk") if first_load else _copy(old, tmp_path / "desk")
        ended.append(_kill_after(loader, moments.uniform(0, lasts), raw=_NEW, fetched=_NEW_DAY, folder=desk.folder))
        _check(desk, answers | ({"both": answers["both"]} if first_load else {}), before="" if first_load else "old")
        shutil.rmtree(desk.folder)
    assert set(ended) <= {0, _KILLED}
    assert _KILLED in ended


def test_rebuilds_killed_at_any_moment_change_no_answer(
    tmp_path: Path, loader: Loader, both: Desk, answers: dict[str, Answers]
) -> None:
    lasts = _undisturbed(loader, folder=_copy(both, tmp_path / "measured").folder)
    moments = random.Random(20220508)
    desk = _copy(both, tmp_path / "desk")
    rows = desk.everything()
    ended = [_kill_after(loader, moments.uniform(0, lasts), folder=desk.folder) for _ in range(4)]
    for _ in range(8):
        ended.append(_kill_after(loader, moments.uniform(0, lasts), folder=desk.folder))
        assert (desk.answers(), desk.everything()) == (answers["both"], rows)
    assert set(ended) <= {0, _KILLED}
    assert _KILLED in ended
    desk.store.rebuild(feed_of)
    assert desk.everything() == rows
    desk.load(edition(0), fetched=_NEXT_DAY)
    assert len(list((desk.folder / "tables").glob("g-*"))) == 1
