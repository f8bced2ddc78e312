import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from groundswell.core.errors import MachineryError
from groundswell.core.rows import ISSUES, LOAD_COLUMNS, LOADS
from groundswell.store import DuckEngine, delta, tables
from groundswell.store.tables import ROWS, Generations, Tables
from groundswell.store.vintage import take_vintage
from tests.store.desk import Desk, edition

_ISSUES = ROWS["issues"]


@pytest.fixture
def made(tmp_path: Path) -> Tables:
    """A generation of empty tables."""
    return Generations(tmp_path / "tables").new()


def loads(*rows: tuple[str, int]) -> pa.Table:
    """Rows of `loads` from (load id, day it was known from)."""
    return pa.Table.from_pylist(
        [{"load_id": load_id, "known_from": datetime(2022, 6, day, tzinfo=UTC)} for load_id, day in rows], schema=LOADS
    )


def issues(load_ids: Sequence[str]) -> pa.Table:
    """One issue of each load."""
    return pa.Table.from_pylist([{"load_id": load_id, "chart": "made.up"} for load_id in load_ids], schema=_ISSUES)


class _Interrupted(DuckEngine):
    """An engine during whose registering of one table somebody else's load ends."""

    def __init__(self, at: str, load: Callable[[], object]) -> None:
        super().__init__()
        self._at, self._load = at, load

    def register(self, name: str, rows: str | pa.Table, until: date | None = None) -> None:
        super().register(name, rows, until)
        if name == self._at:
            self._load()


@pytest.mark.parametrize("at", ["all_loads", "loads", "all_entries", "all_observations", "all_issues", "all_reviews"])
def test_a_load_that_ends_while_tables_are_registered_is_seen_whole_or_not_at_all(desk: Desk, at: str) -> None:
    desk.load(edition(1), fetched="2022-06-01")
    current = Generations(desk.folder / "tables").current()
    assert current is not None
    with _Interrupted(at, lambda: desk.load(edition(2), fetched="2022-06-02")) as engine:
        current.register(engine)
        take_vintage(engine)
        seen = [len(engine.query(f"SELECT * FROM {name}")) for name in ROWS]
    assert seen in [[20 * weeks, 40 * weeks, 2 * weeks, 0] for weeks in (4, 5)]


def ask(made: Tables, sql: str) -> list[dict[str, object]]:
    """The rows of `sql` over what the tables now hold."""
    with DuckEngine() as engine:
        made.register(engine)
        rows: list[dict[str, object]] = engine.query(sql).to_pylist()
        return rows


def held(made: Tables) -> list[object]:
    """The load ids of all issues."""
    return [row["load_id"] for row in ask(made, "SELECT load_id FROM all_issues ORDER BY load_id")]


def sweep(made: Tables) -> None:
    with DuckEngine() as engine:
        made.sweep(engine)


def test_tables_begin_empty_and_in_their_schemas(made: Tables) -> None:
    with DuckEngine() as engine:
        made.register(engine)
        for name, schema in {**{f"all_{name}": schema for name, schema in ROWS.items()}, "loads": LOADS}.items():
            rows = engine.query(f"SELECT * FROM {name}")
            assert (rows.schema, len(rows)) == (schema, 0)
    assert ROWS["issues"].names == [*LOAD_COLUMNS.names, *ISSUES.names]


def test_adding_no_rows_adds_nothing(made: Tables) -> None:
    before = sorted(made.folder.rglob("*"))
    made.append("issues", _ISSUES.empty_table())
    assert sorted(made.folder.rglob("*")) == before


def test_a_load_told_twice_counts_once_with_its_earlier_day(made: Tables) -> None:
    made.append("loads", loads(("a", 20), ("b", 5)))
    made.append("loads", loads(("a", 10)))
    made.append("loads", loads(("a", 30)))
    known = ask(made, "SELECT load_id, day(known_from) AS day FROM loads ORDER BY load_id")
    assert known == [{"load_id": "a", "day": 10}, {"load_id": "b", "day": 5}]


def test_sweep_removes_rows_of_loads_that_never_ended(made: Tables) -> None:
    made.append("loads", loads(("a", 1), ("b", 2)))
    for load_ids in ("a", "xa", "b", "yyb", "x"):
        made.append("issues", issues(load_ids))
    sweep(made)
    assert held(made) == ["a", "a", "b", "b"]
    before = sorted(made.folder.rglob("*"))
    sweep(made)
    assert sorted(made.folder.rglob("*")) == before


def test_many_small_files_become_few_and_keep_their_rows(made: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"{n:03}" for n in range(tables._FILES_BEFORE_COMPACTION // 4 + 1)]
    monkeypatch.setattr(tables, "_FILES_BEFORE_COMPACTION", len(ids))
    for load_id in ids:
        made.append("issues", issues([load_id, load_id]))
    made.compact()
    assert len(delta.rows(made.folder / "issues")) == len(ids)
    made.append("issues", issues(["last"]))
    made.compact()
    assert len(delta.rows(made.folder / "issues")) == 1
    assert held(made) == sorted([*ids * 2, "last"])
    made.append("issues", issues(["later"]))
    assert len(held(made)) == 2 * len(ids) + 2


def test_loads_go_on_over_compactions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_FILES_BEFORE_COMPACTION", 4)
    for number in range(5):
        desk.load(edition(number), fetched=f"2022-06-{number + 1:02}")
    lists = 2 * sum(3 + number for number in range(5))
    assert [len(rows) for rows in desk.everything().values()] == [140, 280, 14, 0, 10 * lists, 20 * lists, lists, 0, 5]
    assert [desk.hours(f"2022-06-{number + 1:02}") for number in range(5)] == [{number} for number in range(5)]


def test_generations_are_turned_to_in_one_step(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "tables")
    assert generations.current() is None
    first, second = generations.new(), generations.new()
    assert generations.current() is None
    for generation in (first, second):
        generations.use(generation)
        current = generations.current()
        assert current is not None
        assert current.folder == generation.folder
    assert first.folder.exists()
    generations.sweep()
    assert [path.name for path in (tmp_path / "tables").glob("g-*")] == [second.folder.name]


def test_before_the_first_generation_is_used_sweep_takes_what_is_there(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "tables")
    generations.sweep()
    generations.new()
    generations.sweep()
    assert list((tmp_path / "tables").iterdir()) == []


def test_a_damaged_table_is_named(made: Tables) -> None:
    for log in (made.folder / "entries" / "_delta_log").glob("*.json"):
        log.write_text("{ cut sh")
    with pytest.raises(MachineryError, match="the table entries cannot be read; make it again"):
        sweep(made)


def test_tables_made_before_there_were_reviews_have_none(made: Tables) -> None:
    shutil.rmtree(made.folder / "reviews")
    assert ask(made, "SELECT * FROM all_reviews") == []
    sweep(made)
    made.compact()
    assert held(made) == []
