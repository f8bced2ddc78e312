"""The oracle itself: that it is independent, and right on cases worked out by hand."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import oracle
from tests.oracle import Placed, Row

FIRST = date(2022, 1, 2)


def test_it_imports_nothing_of_groundswell() -> None:
    tree = ast.parse(Path(oracle.__file__).read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or "."] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert imported == {"collections", "dataclasses", "datetime", "decimal", "functools", "pathlib", "python_calamine"}


def _row(week: int, rank: int, printed_weeks: int) -> Row:
    return Row("list", "WW", FIRST + timedelta(weeks=week), rank, "Noise", "", printed_weeks, None, None, None)


@pytest.mark.parametrize(
    ("entries", "works"),
    [
        ([(0, 1, 1), (1, 1, 2), (2, 5, 3)], [1, 1, 1]),
        ([(0, 1, 1), (5, 1, 2)], [1, 1]),  # away for weeks, and back
        ([(0, 1, 1), (5, 1, 1), (6, 1, 2)], [1, 2, 2]),  # restarts: another work
        ([(0, 1, 1), (5, 1, 1), (6, 9, 2), (6, 1, 2)], [1, 2, 1, 2]),  # last seen latest first
        ([(0, 1, 1), (0, 9, 1), (1, 8, 2), (1, 2, 2)], [1, 2, 2, 1]),  # both last week: the nearest rank
        ([(0, 1, 1), (1, 1, 2), (2, 4, 3), (2, 1, 1), (3, 1, 4), (3, 4, 2)], [1, 1, 1, 2, 1, 2]),  # by the count
        ([(0, 1, 1), (1, 1, 3)], [1, 2]),  # continues nothing we hold
    ],
)
def test_the_printed_weeks_tell_works_apart(entries: list[tuple[int, int, int]], works: list[int]) -> None:
    rows = [_row(*entry) for entry in entries]
    assert [oracle.works(rows)[index] for index in range(len(rows))] == [("list", "WW", "Noise", "", n) for n in works]


def test_columns_of_a_title_across_a_gap() -> None:
    entries = [("a", 1, 2), ("a", 2, 1), ("a", 4, 1), ("b", 4, 2), ("a", 5, 3), ("c", 5, 1), ("a", 7, 1)]
    found = oracle.columns(entries, held={1, 2, 4, 5, 6, 7}, first_expected=1)
    assert found == [
        Placed(2, None, None, 2, 1, 1, 0, True, False),
        Placed(1, 2, 1, 1, 2, 2, 1, False, False),
        Placed(1, None, None, 1, 3, 1, 1, False, None),
        Placed(2, None, None, 2, 1, 1, 0, None, False),
        Placed(3, 1, -2, 1, 4, 2, 0, False, False),
        Placed(1, None, None, 1, 1, 1, 1, None, None),
        Placed(1, None, None, 1, 5, 1, 1, False, True),
    ]


def test_equal_values_share_a_rank() -> None:
    entries = [("a", 1, 90), ("b", 1, 70), ("c", 1, 70), ("d", 1, 60), ("e", 1, 50), ("a", 2, 1)]
    assert oracle.ranked_together(entries, 4) == [("a", 1, 1), ("b", 1, 2), ("c", 1, 2), ("d", 1, 4), ("a", 2, 1)]


def test_a_work_is_on_an_issue_once() -> None:
    with pytest.raises(ValueError, match="a at 2 in issue 1: listed twice"):
        oracle.columns([("a", 1, 1), ("a", 1, 2)], {1}, 1)
