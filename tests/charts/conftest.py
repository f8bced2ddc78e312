"""A desk for small lists, and Netflix's real files: loaded once, read once."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from groundswell.catalog import Catalog, code_of
from groundswell.charts.definition import Charts
from groundswell.charts.placing import place
from groundswell.core.protocol import Engine
from groundswell.feeds.netflix import COUNTRIES, GLOBAL
from groundswell.store import Store
from tests.charts.desk import Desk
from tests.oracle import Row, read_netflix

EDITIONS = (
    (GLOBAL, "all-weeks-global_2022-11-15.xlsx", date(2022, 11, 15)),
    (COUNTRIES, "all-weeks-countries_2022-11-15.xlsx", date(2022, 11, 15)),
    (GLOBAL, "all-weeks-global_2026-07-22.tsv", date(2026, 7, 22)),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk without lists."""
    with closing(Desk(tmp_path)) as desk:
        yield desk


@pytest.fixture(scope="session")
def netflix_rows(shared_data: Path) -> Callable[[str], list[Row]]:
    """The rows of one of Netflix's files, by the file's name."""
    return lambda name: read_netflix(shared_data / "netflix" / name)


@pytest.fixture(scope="session")
def netflix(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that holds three of Netflix's files, each known from the day it was fetched."""
    store = Store(tmp_path_factory.mktemp("netflix"), code_of)
    for feed, name, fetched in EDITIONS:
        raw = (shared_data / "netflix" / name).read_bytes()
        loaded = store.load(feed, raw, feed.origin, now=datetime(2026, 7, 23, tzinfo=UTC), fetched=fetched)
        assert loaded.findings == []
    return store


def _placed(store: Store, as_of: datetime | None) -> Iterator[Engine]:
    with store.open(as_of) as engine:
        place(engine, Catalog(), Charts())
        yield engine


@pytest.fixture(scope="session")
def placed_now(netflix: Store) -> Iterator[Engine]:
    """Everything in the store, placed: the global lists of July 2026, the lists by country of November 2022."""
    yield from _placed(netflix, None)


@pytest.fixture(scope="session")
def placed_2022(netflix: Store) -> Iterator[Engine]:
    """What was known at the end of 2022, placed."""
    yield from _placed(netflix, datetime(2022, 12, 31, tzinfo=UTC))
