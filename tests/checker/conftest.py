"""The example desk, and the real lists of Netflix, as the checker asks for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from groundswell.checker import Lists
from groundswell.cli import main, work
from groundswell.newsroom.desk import open_desk

GLOBAL_FILE, COUNTRY_FILE = "all-weeks-global_2026-07-22.tsv", "all-weeks-countries_2022-11-15.xlsx"


@pytest.fixture(scope="session")
def example_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example desk, loaded."""
    desk = tmp_path_factory.mktemp("example") / "desk"
    assert main(["new", str(desk)]) == 0
    assert main(["-C", str(desk), "load", "--all"]) == 0
    return desk


@pytest.fixture(scope="session")
def example(example_desk: Path) -> Iterator[Lists]:
    """What the example desk holds."""
    with work.record_of(open_desk(example_desk)) as record:
        yield Lists(record)


@pytest.fixture(scope="session")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lists]:
    """Netflix's global lists of July 2026 and its lists by country of November 2022."""
    desk = tmp_path_factory.mktemp("real") / "desk"
    assert main(["new", str(desk), "--empty"]) == 0
    for feed, name in (("netflix.global", GLOBAL_FILE), ("netflix.countries", COUNTRY_FILE)):
        fetched = name.partition("_")[2][:10]
        assert main(["-C", str(desk), "load", feed, str(shared_data / "netflix" / name), "--fetched", fetched]) == 0
    with work.record_of(open_desk(desk)) as record:
        yield Lists(record)
