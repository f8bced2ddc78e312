import shutil
import signal
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.core.errors import InputError
from groundswell.store import Store
from groundswell.store.viewing import SCHEMAS, Viewing
from tests.store.loader import Loader
from tests.store.viewing import NOW, load, load_catalogue, rows, session, text

_STEPS = ("stage", "rows", "deliveries", "loads", "sessions")
_FIRST = text(
    [
        session("u1", "11-02T20:00:00", "11-02T20:10:00"),
        session("u1", "11-02T20:00:00", "11-02T20:10:00"),
        session("u2", "11-03T23:59:59", "11-04T00:00:01", session="7"),
    ]
)
_SECOND = text(
    [
        session("u1", "11-02T20:00:00", "11-02T20:10:00"),
        session("u2", "11-03T23:59:59", "11-04T00:30:00", session="7"),
        session("u3", "11-04T10:00:00", "11-04T10:30:00"),
    ]
)


def _store(folder: Path) -> Store:
    return Store(folder / "store", code_of)


def _file(folder: Path, content: str, name: str = "sessions.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def _ends(found: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [(row[0], int(str(row[4])) - int(str(row[3])), row[5]) for row in found]


def test_a_session_counts_once_however_often_and_wherever_it_was_delivered(tmp_path: Path) -> None:
    store = _store(tmp_path)
    first = load(store, _file(tmp_path, _FIRST))
    assert (first.rows_read, first.rows_kept, first.findings_count, first.vintage) == (3, 2, 1, "new")
    second = load(store, _file(tmp_path, _SECOND))
    assert (second.rows_read, second.rows_kept, second.findings_count) == (3, 1, 2)
    assert "2 rows are sessions delivered before" in str(second.findings[0])
    assert _ends(rows(store)) == [("u1", 600, None), ("u2", 1801, "7"), ("u3", 1800, None)]
    assert load(store, _file(tmp_path, _SECOND)).vintage == "same"


def test_the_order_of_deliveries_decides_nothing(tmp_path: Path) -> None:
    one, other = _store(tmp_path / "one"), _store(tmp_path / "other")
    for store, files in ((one, (_FIRST, _SECOND)), (other, (_SECOND, _FIRST))):
        for content in files:
            load(store, _file(tmp_path, content))
    assert rows(one) == rows(other)
    held = [Viewing(store).held().days for store in (one, other)]
    assert held[0] == held[1]
    assert [*held[0]] == [date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)]


def test_a_day_of_two_deliveries_is_one_file_and_nothing_is_left_over(tmp_path: Path) -> None:
    store = _store(tmp_path)
    for content in (_FIRST, _SECOND, text([session("u9", "11-09T10:00:00", "11-09T10:30:00")])):
        load(store, _file(tmp_path, content))
    held = Viewing(store).held()
    assert {len(files) for files in held.files.values()} == {1}
    on_disk = {str(path) for path in (store.folder / "viewing" / "sessions").rglob("*.parquet")}
    assert on_disk == {file for files in held.files.values() for file in files}
    assert not (store.folder / "viewing" / "staging").exists()


def test_only_the_days_asked_for_are_read(tmp_path: Path) -> None:
    store = _store(tmp_path)
    load(store, _file(tmp_path, _SECOND))
    held = Viewing(store).held().between(date(2026, 11, 3), date(2026, 11, 3))
    assert [*held.days] == [*held.files] == [date(2026, 11, 3)]


def test_a_file_that_is_not_the_feeds_leaves_nothing(tmp_path: Path) -> None:
    store = _store(tmp_path)
    load(store, _file(tmp_path, _FIRST))
    before = rows(store)
    swapped = [session("u3", f"11-0{day}T10:30:00", f"11-0{day}T10:00:00") for day in (4, 5)]
    file = _file(tmp_path, text([session("u3", "11-04T10:00:00", "11-04T10:30:00"), *swapped]))
    with pytest.raises(InputError, match=r"2 of 3 rows are wrong, so none was taken; line 3.*ends before it starts"):
        load(store, file)
    assert rows(store) == before
    assert len(Viewing(store).loads()) == 1


def test_the_catalogue_known_last_counts(tmp_path: Path) -> None:
    store = _store(tmp_path)
    assert Viewing(store).catalogue()[1] is None
    load_catalogue(store, ["Moss,,tv,english,2026-11-01,50,,"])
    load_catalogue(
        store, ["Moss,,tv,english,2026-11-01,55,,", "Fern,,films,non_english,2026-11-01,90,,"], NOW + timedelta(1)
    )
    assert load_catalogue(store, ["Moss,,tv,english,2026-11-01,50,,"], NOW + timedelta(2)).vintage == "same"
    catalogue, row = Viewing(store).catalogue()
    assert row is not None
    assert catalogue["minutes"].to_pylist() == [55, 90]


@pytest.fixture(scope="module")
def loader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loader]:
    """A process that forks children to be killed."""
    with Loader(tmp_path_factory.mktemp("unused")) as loader:
        yield loader


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the first file."""
    folder = tmp_path_factory.mktemp("first")
    load(_store(folder), _file(folder, _FIRST))
    return folder


@pytest.mark.parametrize("step", _STEPS)
def test_a_load_killed_at_a_step_counts_whole_or_not_at_all(
    tmp_path: Path, loader: Loader, first: Path, step: str
) -> None:
    store = Store(shutil.copytree(first / "store", tmp_path / "store"), code_of)
    before, file = rows(store), _file(tmp_path, _SECOND, "second.csv")
    assert loader.run_sessions(file, store.folder, die_at=step) == -signal.SIGKILL
    entered = step == "sessions"
    assert len(Viewing(store).loads()) == 1 + entered
    if not entered:
        assert rows(store) == before
    assert load(store, file).vintage == ("same" if entered else "new")
    assert _ends(rows(store)) == [("u1", 600, None), ("u2", 1801, "7"), ("u3", 1800, None)]
    assert [len(loads) for loads in Viewing(store).held().days.values()] == [2, 2, 1]
    assert len(Viewing(store).loads()) == 2


@pytest.mark.parametrize("name", ["s[1].csv", "s?.csv", "*.csv"])
def test_a_file_is_read_by_its_name_and_no_other_that_its_name_would_match(tmp_path: Path, name: str) -> None:
    _file(tmp_path, _SECOND, "s1.csv")
    assert load(_store(tmp_path), _file(tmp_path, _FIRST, name)).rows_read == 3
    assert {row[0] for row in rows(_store(tmp_path))} == {"u1", "u2"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_table_of_which_only_the_folder_was_made_is_made(tmp_path: Path, name: str) -> None:
    store = _store(tmp_path)
    (store.folder / "viewing" / name / "_delta_log").mkdir(parents=True)
    assert not Viewing(store).exists()
    assert Viewing(store).loads() == []
    assert load(store, _file(tmp_path, _FIRST)).vintage == "new"


_moments = st.integers(0, 3 * 24 * 3600)
_deliveries = st.lists(
    st.lists(
        st.tuples(st.sampled_from("ab"), _moments, st.sampled_from([0, 1, 600]), st.sampled_from(["", "1"])),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=4, deadline=None)
@given(files=_deliveries)
def test_what_is_held_is_what_a_naive_reading_holds(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[str, int, int, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("random")
    store = _store(folder)
    begin = NOW - timedelta(days=7)
    wanted: dict[tuple[object, ...], tuple[datetime, timedelta]] = {}
    for number, lines in enumerate(files):
        written = []
        for profile, at, lasts, name in lines:
            since = begin + timedelta(seconds=at)
            until = since + timedelta(seconds=lasts)
            written.append(session(profile, f"{since:%m-%dT%H:%M:%S}", f"{until:%m-%dT%H:%M:%S}", session=name))
            key = (since.date(), profile, name) if name else (since, profile, lasts)
            this = (until, until - since)
            wanted[key] = max(this, wanted.get(key, this))
        load(store, _file(folder, text(written), f"{number}.csv"))
    lengths = sorted(int(length.total_seconds()) for _, length in wanted.values())
    assert sorted(int(str(length)) for _, length, _ in _ends(rows(store))) == lengths


def test_a_profile_that_is_forgotten_stands_in_no_file_of_the_store(tmp_path: Path) -> None:
    store = _store(tmp_path)
    name = "somebody-who-asked"
    lines = [session(f"u{n}", "11-02T20:00:00", "11-02T20:10:00") for n in range(5)]
    asked = [session(name, f"11-0{day}T20:00:00", f"11-0{day}T20:10:00") for day in (2, 3)]
    first = load(store, _file(tmp_path, text([*lines, *asked])))
    load(store, _file(tmp_path, text([session("u9", "11-04T20:00:00", "11-04T20:10:00")]), "more.csv"))
    before = set((store.folder / "viewing" / "sessions" / "day=2026-11-04").glob("*.parquet"))
    assert _holding(store, name)
    assert Viewing(store).forget(name) == 2
    assert _holding(store, name) == []
    assert [row[0] for row in rows(store)] == ["u0", "u1", "u2", "u3", "u4", "u9"]
    assert set((store.folder / "viewing" / "sessions" / "day=2026-11-04").glob("*.parquet")) == before
    assert first.snapshot_id in {one.snapshot_id for one in Viewing(store).loads()}
    assert load(store, _file(tmp_path, text([*lines, *asked]))).vintage == "same"
    assert _holding(store, name) == []
    assert Viewing(store).forget(name) == Viewing(store).forget("nobody's") == 0


def test_of_a_profile_that_was_forgotten_nothing_is_taken_in_again(tmp_path: Path) -> None:
    store = _store(tmp_path)
    name = "Zoë who asked"
    asked = [session(name, f"11-0{day}T20:00:00", f"11-0{day}T20:10:00") for day in (2, 2, 3)]
    others = [
        session("u1", "11-02T20:00:00", "11-02T20:10:00"),
        session("Fern", "11-03T20:00:00", "11-03T20:10:00"),
    ]
    assert Viewing(store).forget(name) == 0  # also before anything is held
    loaded = load(
        store, _file(tmp_path, text([*asked, *others, others[0], session("", "11-02T20:00:00", "11-02T20:10:00")]))
    )
    assert [row[0] for row in rows(store)] == ["Fern", "u1"]
    assert (loaded.rows_read, loaded.rows_kept, loaded.findings_count) == (7, 2, 5)
    whys = [finding.why for finding in loaded.findings]
    assert whys[0].startswith("no profile")
    assert whys[1] == "3 rows are of profiles that were forgotten here: none of them was taken"
    assert whys[2].startswith("1 rows are sessions delivered before")
    assert Viewing(store).forget("u1") == 1
    alone = load(store, _file(tmp_path, text([*asked, others[0]]), "alone.csv"))
    assert (alone.rows_read, alone.rows_kept, alone.findings_count) == (4, 0, 4)
    assert [row[0] for row in rows(store)] == ["Fern"]
    assert load(store, tmp_path / "alone.csv").vintage == "same"
    assert _holding(store, name) == []


def _holding(store: Store, name: str) -> list[str]:
    """The files of a store that hold a name, in their bytes or as Parquet has them."""
    found = []
    for path in sorted(store.folder.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            table = str(pq.read_table(path).to_pydict()) if path.suffix == ".parquet" else ""
            found += [str(path)] if name.encode() in raw or name in table else []
    return found


def test_forgetting_before_anything_was_loaded_finds_nothing(tmp_path: Path) -> None:
    assert Viewing(_store(tmp_path)).forget("nobody") == 0
