from decimal import Decimal

import pyarrow as pa
import pytest

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.feeds.column import Columns, cell_text, check_header
from groundswell.feeds.table import Cells

_NO_DAY = "a made-up reason"


def column(*cells: object) -> Columns:
    """A file of one column `x`, its cells from line 2 on."""
    return Columns(Cells(["x"], [list(cells)], list(range(2, len(cells) + 2)), len(cells)))


@pytest.mark.parametrize(
    ("cell", "text"),
    [(3.0, "3"), (-3.0, "-3"), (1.5, "1.5"), (True, "True"), ("  x ", "x"), (float("nan"), "nan"), (1e300, "1e+300")],
)
def test_cell_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    "cells",
    [[1.0, 12.0, 10_000.0], ["1", "12", "10000"], ["1", "12", "10,000"], [1.0, "12", "10,000"], ["1", 12.0, " 10000 "]],
    ids=["numbers", "text", "groups", "mixed", "spaces"],
)
def test_counts_however_they_are_typed(cells: list[object]) -> None:
    columns = column(*cells)
    assert columns.counts("x", 1).to_pylist() == [1, 12, 10_000]
    assert columns.findings == []
    assert columns.good().to_pylist() == [0, 1, 2]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "1.5",
        "1.0",
        1.5,
        "-1",
        -1.0,
        "0",
        "11",
        11.0,
        "1e1",
        "+1",
        "٣",
        "1,0",
        "1,00",
        "one",
        "1\0",
        "nan",
        float("nan"),
        float("inf"),
        True,
        "9" * 400,
        1e300,
    ],
)
@pytest.mark.parametrize("good", ["7", 7.0], ids=["beside text", "beside numbers"])
def test_a_count_that_is_none_is_a_finding_and_the_others_are_kept(cell: object, good: object) -> None:
    columns = column(good, cell, good)
    assert columns.counts("x", 1, 10).to_pylist() == [7, None, 7]
    assert [(f.line, f.column, f.why) for f in columns.findings] == [(3, "x", "not a whole number from 1 to 10")]
    assert columns.findings[0].found == cell_text(cell)[:80]
    assert columns.good().to_pylist() == [0, 2]


def test_a_blank_count_may_be_allowed() -> None:
    columns = column("5", "", " ", "x")
    assert columns.counts("x", 0, blank=True).to_pylist() == [5, None, None, None]
    assert [(finding.line, finding.why) for finding in columns.findings] == [(5, "not a whole number from 0 up")]


def test_decimals_are_exact_and_not_below_nothing() -> None:
    columns = column("1,280,000", "2.4167", 0.1, "", "-1", "2.4167.1", "1" * 40)
    values = columns.decimals("x").to_pylist()
    assert values[:4] == [Decimal(1280000), Decimal("2.4167"), Decimal("0.1"), None]
    assert [finding.line for finding in columns.findings] == [6, 7, 8]
    assert [finding.why.split("'")[-1].strip() for finding in columns.findings] == [
        "less than 0",
        "is not a number; write it as 1234567, 1,234,567 or 12.5",
        "has more digits than are kept exactly",
    ]


def test_a_point_that_may_part_thousands_is_not_guessed() -> None:
    columns = column("23.940", "1.000", "950", "3.412.345")
    assert columns.decimals("x").to_pylist() == [None, None, Decimal(950), None]
    assert [finding.why.split(";")[0] for finding in columns.findings] == [
        "may be 23940 or 23.94",
        "may be 1000 or 1",
        "'3.412.345' is not a number",
    ]
    assert columns.findings[0].why.endswith("; write 23940, or 23.9400")


@pytest.mark.parametrize("shown", ["0.125", "12.5", "1234.567", "12.3456", 12.345], ids=str)
def test_a_point_that_another_cell_shows_to_be_a_decimal_point_is_one(shown: object) -> None:
    columns = column("23.940", shown)
    assert columns.decimals("x").to_pylist() == [Decimal("23.94"), Decimal(str(shown))]
    assert columns.findings == []


def test_names_are_as_printed_but_for_spaces_round_them() -> None:
    columns = column(" Tin Badger ", "N/A", 7.0, "Été", "종이 등대")
    assert columns.names("x", none=("N/A",), required=False).to_pylist() == ["Tin Badger", "", "7", "Été", "종이 등대"]
    assert columns.findings == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x" * 301, "longer than the 300 characters a name may have"),
        ("", "a name is required"),
        ("  ", "a name is required"),
        ("Tin\0Badger", "holds a control character"),
        ("Tin\nBadger", "holds a control character"),
        ("Tin\x1b[2JBadger", "holds a control character"),
    ],
)
def test_a_name_that_is_none_is_a_finding(name: str, why: str) -> None:
    columns = column("Nine Umbrellas", name)
    assert columns.names("x").to_pylist() == ["Nine Umbrellas", name.strip()]
    [finding] = columns.findings
    assert (finding.line, finding.column, finding.found) == (3, "x", name.strip()[:80])
    assert finding.why.startswith(why)
    assert columns.good().to_pylist() == [0]


def test_each_is_asked_once_for_each_text_and_its_refusal_is_the_reason() -> None:
    asked: list[str] = []

    def read(text: str) -> int:
        asked.append(text)
        if text == "b":
            raise InputError(_NO_DAY)
        return len(text)

    columns = column("a", "b", "a", "bb", "b")
    assert columns.each("x", read, pa.int64()).to_pylist() == [1, None, 1, 2, None]
    assert asked == ["a", "b", "bb"]
    assert columns.findings == [Finding(3, "x", "b", _NO_DAY), Finding(6, "x", "b", _NO_DAY)]


def test_a_file_without_rows_has_empty_columns() -> None:
    columns = column()
    assert len(columns.counts("x", 1)) == len(columns.names("x")) == len(columns.decimals("x")) == 0
    assert len(columns.good()) == 0


def test_a_header_that_keeps_the_contract_passes() -> None:
    assert check_header(["b", "a", "c"], required=["a", "b"], optional=["c"]) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (["a"], "(missing: b)"),
        (["a", "b", "d"], "(unknown: d)"),
        (["a", "b", ""], "(unknown: (no name))"),
        (["a", "b", "a"], "(twice: a)"),
        (["a", "d", "d"], "(missing: b; unknown: d, d; twice: d)"),
    ],
)
def test_a_header_that_breaks_it_is_refused_with_all_that_is_wrong(header: list[str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        check_header(header, required=["a", "b"], optional=["c"])
    assert said in str(refused.value)
    assert "nothing was loaded. Expected: a, b; optional: c" in str(refused.value)


def test_a_header_of_monsters_is_still_one_short_line() -> None:
    with pytest.raises(InputError) as refused:
        check_header([*["x\ny" * 50_000] * 2, *map(str, range(50_000))], required=["a"])
    assert len(str(refused.value)) < 500
    assert len(str(refused.value).splitlines()) == 1
