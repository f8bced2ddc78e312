"""The all-time lists: of which week they are, by which window, and what is refused."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.most_popular import MOST_POPULAR
from groundswell.measures.netflix import MOST_POPULAR as METHODS
from groundswell.measures.netflix import NETFLIX_2023, views
from tests.synthetic import TITLES, WHOLE, Row, tsv
from tests.xlsx import workbook

HEADER = (
    *("category", "rank", "show_title", "season_title", "hours_viewed_first_91_days", "runtime"),
    "views_first_91_days",
)
HEADER_28 = (*HEADER[:4], "hours_viewed_first_28_days")
FETCHED = date(2026, 7, 22)
"""A Wednesday."""


def rows(category: str = "TV (English)") -> list[Row]:
    """One list of ten."""
    return [
        [
            category,
            rank,
            title,
            f"{title}: Season 1",
            300_000_000 - 10_000_000 * rank,
            "1.6667",
            180_000_000 - 6_000_000 * rank,
        ]
        for rank, title in enumerate(TITLES, 1)
    ]


def parse(raw: bytes, fetched: date = FETCHED) -> Parsed:
    parsed = MOST_POPULAR.parse(raw, replace(WHOLE, until=fetched))
    assert (parsed.entries.schema, parsed.observations.schema, parsed.issues.schema) == (ENTRIES, OBSERVATIONS, ISSUES)
    return parsed


@pytest.mark.parametrize(
    "save", [lambda r: tsv(r, HEADER), lambda r: workbook([list(HEADER), *r])], ids=["tsv", "xlsx"]
)
def test_the_lists_are_of_the_last_week_published(save: object) -> None:
    assert callable(save)
    parsed = parse(save([*rows(), *rows("Films (Non-English)")]))
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (20, 20, [])
    assert [(i["chart"], i["last_day"], i["complete_for"]) for i in parsed.issues.to_pylist()] == [
        ("netflix.most_popular.tv_english", date(2026, 7, 19), "*"),
        ("netflix.most_popular.films_non_english", date(2026, 7, 19), "*"),
    ]
    assert {(o["measure"], o["unit"]) for o in parsed.observations.to_pylist()} == {
        ("hours_viewed", "hours"),
        ("views", "views"),
        ("runtime", "hours"),
    }


@pytest.mark.parametrize(
    ("fetched", "week"),
    [
        ("2026-07-20", "2026-07-12"),
        ("2026-07-21", "2026-07-19"),
        ("2026-07-26", "2026-07-19"),
        ("2026-07-28", "2026-07-26"),
    ],
)
def test_a_week_counts_from_its_tuesday(fetched: str, week: str) -> None:
    parsed = parse(tsv(rows(), HEADER), date.fromisoformat(fetched))
    assert {str(day) for day in parsed.issues["last_day"].to_pylist()} == {week}


def test_28_days_until_june_2023_and_91_since() -> None:
    old = [row[:5] for row in rows()]
    parsed = parse(tsv(old, HEADER_28), date(2023, 6, 19))
    assert ({*parsed.observations["measure"].to_pylist()}, parsed.findings) == ({"hours_viewed"}, [])
    assert parse(tsv(rows(), HEADER), date(2023, 6, 20)).findings == []
    for raw, fetched, window in (
        (tsv(old, HEADER_28), date(2023, 6, 20), "first 28 days, and those of the week to 2023-06-18 were of 91"),
        (tsv(rows(), HEADER), date(2023, 6, 19), "first 91 days, and those of the week to 2023-06-11 were of 28"),
    ):
        with pytest.raises(InputError, match=window):
            parse(raw, fetched)


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("category", "Films", "not one of Films (English)"),
        ("rank", 11, "not a whole number from 1 to 10"),
        ("show_title", "", "a name is required"),
        ("hours_viewed_first_91_days", "252.1M", "not a whole number from 0 up"),
        ("views_first_91_days", -1, "not a whole number from 0 up"),
        ("runtime", "1:40", "is not a number"),
        ("runtime", "", "is not a number"),
    ],
)
def test_a_bad_cell_is_a_finding_and_its_list_held_in_part(column: str, cell: object, why: str) -> None:
    listed = rows()
    listed[3][HEADER.index(column)] = cell
    parsed = parse(tsv(listed, HEADER))
    assert [f.line for f in parsed.findings if f.column == column and why in f.why] == [5]
    assert ({*parsed.issues["complete_for"].to_pylist()}, len(parsed.entries)) == ({""}, 9)


def test_another_contract_is_refused() -> None:
    with pytest.raises(InputError, match=r"missing: views_first_91_days; unknown: views_first_120_days"):
        parse(tsv(rows(), (*HEADER[:-1], "views_first_120_days")))


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 900), cut=st.integers(0, 3), new=st.binary(max_size=4))
def test_changed_bytes_never_crash(at: int, cut: int, new: bytes) -> None:
    raw = bytearray(tsv(rows(), HEADER))
    raw[at : at + cut] = new
    with suppress(InputError):
        parsed = parse(bytes(raw))
        told = {finding.line for finding in parsed.findings}
        assert len({*parsed.entries["line"].to_pylist()} | told) >= parsed.rows_read


@pytest.mark.shared_data
def test_the_views_rule_gives_all_forty_at_the_runtime_in_minutes(shared_data: Path) -> None:
    parsed = parse((shared_data / "netflix" / "most-popular_2026-07-22.tsv").read_bytes())
    assert (parsed.rows_kept, parsed.findings, {*parsed.issues["complete_for"].to_pylist()}) == (40, [], {"*"})
    lines: dict[int, dict[str, object]] = {}
    for row in parsed.observations.to_pylist():
        lines.setdefault(row["line"], {})[row["measure"]] = row["value"]

    def same(*method: object) -> int:
        return sum(views(of["hours_viewed"], of["runtime"], *method) == of["views"] for of in lines.values())  # type: ignore[arg-type]

    assert (same(METHODS[1]), same(NETFLIX_2023)) == (40, 38)
