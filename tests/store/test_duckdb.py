import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pytest

from groundswell.core.errors import MachineryError
from groundswell.store import DuckEngine


def test_tables_are_registered_stepped_over_and_asked() -> None:
    with DuckEngine() as engine:
        engine.register("numbers", pa.table({"n": [1, 2, 3]}))
        engine.step("doubled", "SELECT n * 2 AS n FROM numbers")
        engine.step("doubled", "SELECT n * 2 AS n FROM doubled")
        assert engine.query("SELECT n FROM doubled WHERE n > ? ORDER BY n", [4]).to_pydict() == {"n": [8, 12]}
        assert engine.dialect == "duckdb"


def test_values_are_bound_and_never_spliced() -> None:
    with DuckEngine() as engine:
        asked = "'; DROP TABLE x; --"
        assert engine.query("SELECT ? AS said", [asked]).to_pylist() == [{"said": asked}]


@pytest.mark.parametrize("name", ["", "a b", "a;b", 'a"b', "A", "1a", "é"])
def test_names_that_are_no_names_are_refused(name: str) -> None:
    with DuckEngine() as engine:
        with pytest.raises(MachineryError, match="is no table name"):
            engine.register(name, pa.table({"n": [1]}))
        with pytest.raises(MachineryError, match="is no table name"):
            engine.step(name, "SELECT 1")


def test_what_the_engine_cannot_answer_is_one_line() -> None:
    with DuckEngine() as engine, pytest.raises(MachineryError) as refused:
        engine.query("SELECT nothing\nFROM nowhere\nWHERE never")
    assert str(refused.value).startswith("the engine could not answer: ")
    assert len(str(refused.value).splitlines()) == 1


def test_the_engine_fetches_nothing_from_the_network() -> None:
    with DuckEngine() as engine, pytest.raises(MachineryError):
        engine.query("SELECT * FROM read_csv('https://example.invalid/x.csv')")


def test_times_are_of_utc_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        with DuckEngine() as engine:
            found = engine.query("SELECT TIMESTAMPTZ '2022-11-15 00:00:00+00' AS moment").to_pylist()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [row["moment"].isoformat() for row in found] == ["2022-11-15T00:00:00+00:00"]


def test_what_needs_more_memory_than_it_may_take_is_worked_on_in_files_that_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with DuckEngine("48MB") as engine:
        for name in ("one", "other"):
            engine.step(name, "SELECT sha256(n::VARCHAR) AS words FROM range(300_000) t(n)")
        assert engine.query("SELECT count(*) AS n FROM one SEMI JOIN other USING (words)")["n"][0].as_py() == 300_000
        assert [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [*tmp_path.iterdir()]
