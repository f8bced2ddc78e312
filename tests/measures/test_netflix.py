"""Netflix's method: who was ranked by what when, and its views worked out again."""

import doctest
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.core.protocol import Engine
from groundswell.feeds.netflix import GLOBAL
from groundswell.measures import netflix
from groundswell.measures.netflix import NETFLIX, NETFLIX_2021, NETFLIX_2023, Method, method_on, reconcile_views, views
from groundswell.store import Store

LOADED = datetime(2026, 7, 22, 12, tzinfo=UTC)
HEADER = (
    "week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed\truntime\tweekly_views\t"
    "cumulative_weeks_in_top_10\n"
)


def test_the_examples_in_the_docstrings() -> None:
    result = doctest.testmod(netflix)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (date(2021, 6, 27), None),
        (date(2021, 7, 4), NETFLIX_2021),
        (date(2023, 6, 11), NETFLIX_2021),
        (date(2023, 6, 17), NETFLIX_2021),
        (date(2023, 6, 18), NETFLIX_2023),
        (date(2026, 7, 19), NETFLIX_2023),
    ],
)
def test_method_on(last_day: date, expected: Method | None) -> None:
    assert method_on(NETFLIX, last_day) is expected


def test_a_chart_without_methods_has_none_in_force() -> None:
    assert method_on((), date(2026, 7, 19)) is None


@pytest.mark.parametrize(
    ("hours", "runtime", "expected"),
    [
        (16_600_000, "1.5", 11_100_000),  # 11,066,666.…
        (75_000, "1.5", 100_000),  # exactly half a step: up
        (74_999, "1.5", 0),
        (225_000, "1.5", 200_000),  # 150,000 exactly: up, where half to even agrees
        (375_000, "1.5", 300_000),  # 250,000 exactly: up, where half to even would give 200,000
        (100_000, "2.4167", 0),
        (17_700_000, "2.4167", 7_300_000),
        (0, "1.5", 0),
        (100_000, "0.0001", 1_000_000_000),
        (100_000, "0", None),
    ],
)
def test_views(hours: int, runtime: str, expected: int | None) -> None:
    assert views(hours, Decimal(runtime)) == expected
    assert views(Decimal(hours), Decimal(runtime)) == expected


@given(st.integers(0, 10**10), st.integers(1, 10**7))
@example(375_000, 15_000)
def test_views_agree_with_integer_arithmetic(hours: int, ten_thousandths: int) -> None:
    """Half up: the floor of (quotient / step + 1/2) steps, over whole numbers only."""
    step = 100_000
    steps = (2 * hours * 10_000 + step * ten_thousandths) // (2 * step * ten_thousandths)
    assert views(hours, Decimal(ten_thousandths).scaleb(-4)) == steps * step


def _entry(rank: int, title: str, hours: str, runtime: str, views: str) -> str:
    return f"2025-01-12\tFilms (English)\t{rank}\t{title}\tN/A\t{hours}\t{runtime}\t{views}\t1\n"


def test_every_class_of_difference(tmp_path: Path) -> None:
    special = next(title for title in netflix.LIVE if title != "Raw")
    rows = [
        ("One", "16600000", "1.5", "11100000"),
        ("Two", "16600000", "1.5", "11000000"),
        ("Three", "16600000", "0", "11000000"),
        ("Four", "16600000", "", ""),
        ("Raw", "16600000", "1.5", "11100000"),
        (special, "16600000", "1.5", "9000000"),
        ("Seven", "16600000", "1.5", ""),
    ]
    raw = HEADER + "".join(_entry(rank, *row) for rank, row in enumerate(rows, 1))
    store = Store(tmp_path, code_of)
    store.load(GLOBAL, raw.encode(), GLOBAL.origin, now=LOADED)
    with store.open() as engine:
        found = reconcile_views(engine)
    assert found.classes == {
        "same": 1,
        "unexplained": 1,
        "runtime 0": 1,
        "not printed": 2,
        "blended views": 1,
        "live special": 1,
    }
    assert found.examples == {
        "unexplained": ["Two 2025-01-12"],
        "runtime 0": ["Three 2025-01-12"],
        "blended views": ["Raw 2025-01-12"],
        "live special": [f"{special} 2025-01-12"],
    }


@pytest.fixture(scope="module")
def published(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Netflix's global file of July 2026."""
    store = Store(tmp_path_factory.mktemp("netflix"), code_of)
    raw = (shared_data / "netflix" / "all-weeks-global_2026-07-22.tsv").read_bytes()
    store.load(GLOBAL, raw, GLOBAL.origin, now=LOADED)
    with store.open() as engine:
        yield engine


@pytest.mark.shared_data
def test_views_of_the_real_file(published: Engine) -> None:
    found = reconcile_views(published)
    assert found.classes == {
        "same": 6_241,
        "runtime 0": 165,
        "blended views": 73,
        "live special": 1,
        "not printed": 4_080,
    }
    assert found.examples["live special"] == ["BTS THE COMEBACK LIVE | ARIRANG 2026-03-29"]
    assert all(example.startswith("Raw Raw: ") for example in found.examples["blended views"])


@pytest.mark.shared_data
def test_figures_of_the_real_file_stand_on_the_steps_of_their_method(published: Engine) -> None:
    rows = published.query("SELECT measure, last_day, value FROM observations WHERE measure <> 'runtime'").to_pylist()
    figures: dict[tuple[str, str], list[int]] = {}
    off = []
    for row in rows:
        method = method_on(NETFLIX, row["last_day"])
        assert method
        figures.setdefault((method.id, row["measure"]), []).append(int(row["value"]))
        if row["value"] % method.steps[row["measure"]]:
            off.append(row)
    assert off == []
    assert {of: len(values) for of, values in figures.items()} == {
        ("netflix-2021", "hours_viewed"): 4_080,
        ("netflix-2023", "hours_viewed"): 6_480,
        ("netflix-2023", "views"): 6_480,
    }
    # The finer step was really in use before, and no coarser one ever.
    assert sum(hours % 100_000 != 0 for hours in figures["netflix-2021", "hours_viewed"]) == 3_664
    for (method_id, measure), values in figures.items():
        step = next(method for method in NETFLIX if method.id == method_id).steps[measure]
        assert any(value % (2 * step) for value in values)
        assert any(value % (5 * step) for value in values)


@pytest.mark.shared_data
def test_lists_of_the_real_file_stand_in_the_order_of_what_ranks_them(published: Engine) -> None:
    rows = published.query(
        "SELECT e.chart, e.last_day, e.rank, o.measure, o.value "
        "FROM entries e JOIN observations o USING (load_id, chart, line) ORDER BY e.chart, e.last_day, e.rank"
    ).to_pylist()
    lists: dict[tuple[str, date], list[tuple[int, Decimal]]] = {}
    for row in rows:
        method = method_on(NETFLIX, row["last_day"])
        if method and row["measure"] == method.ranked_by:
            lists.setdefault((row["chart"], row["last_day"]), []).append((row["rank"], row["value"]))
    assert len(lists) == 1_056
    for ranked in lists.values():
        assert [rank for rank, _ in ranked] == list(range(1, 11))
        assert [value for _, value in ranked] == sorted((value for _, value in ranked), reverse=True)
