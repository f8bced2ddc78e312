"""Every column of every entry Netflix published, against the independent oracle; and what is known of *Heartstopper*."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from groundswell.core.protocol import Engine
from tests import oracle
from tests.names import meaning, names_of
from tests.oracle import Placed, Row

pytestmark = pytest.mark.shared_data

Rows = Callable[[str], list[Row]]
GLOBAL_2022 = "all-weeks-global_2022-11-15.xlsx"
GLOBAL_2026 = "all-weeks-global_2026-07-22.tsv"
COUNTRIES = "all-weeks-countries_2022-11-15.xlsx"
COLUMNS = [field.name for field in fields(Placed)]


@pytest.fixture(params=[GLOBAL_2022, GLOBAL_2026, COUNTRIES])
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _entries(file: str, columns: Sequence[str], request: pytest.FixtureRequest) -> list[tuple[object, ...]]:
    """These columns of each entry that was read from the file, in the order of the file."""
    engine: Engine = request.getfixturevalue("placed_2022" if file == GLOBAL_2022 else "placed_now")
    lists = "netflix.country.%" if file == COUNTRIES else "netflix.global.%"
    table = engine.query(
        f"SELECT {', '.join(columns)} FROM placed WHERE chart LIKE ? AND chart <> 'netflix.global.overall' ORDER BY line",
        [lists],
    )
    return list(zip(*(table[column].to_pylist() for column in columns), strict=True))


def _first_differences(
    rows: Sequence[Row], found: Sequence[tuple[object, ...]], expected: Sequence[tuple[object, ...]]
) -> list[tuple[Row, tuple[object, ...], tuple[object, ...]]]:
    pairs = zip(rows, found, expected, strict=True)
    return [(row, ours, theirs) for row, ours, theirs in pairs if ours != theirs][:5]


def test_every_row_is_an_entry_as_printed(file: str, netflix_rows: Rows, request: pytest.FixtureRequest) -> None:
    rows = netflix_rows(file)
    assert len(rows) == {GLOBAL_2022: 2_880, GLOBAL_2026: 10_560, COUNTRIES: 134_620}[file]
    printed = ("chart", "territory", "last_day", "rank", "title", "season", "weeks_printed")
    expected = [(r.chart, r.territory, r.period_end, r.rank, r.show, r.season, r.printed_weeks) for r in rows]
    assert _first_differences(rows, _entries(file, printed, request), expected) == []


def test_every_column_agrees_with_the_oracle(file: str, netflix_rows: Rows, request: pytest.FixtureRequest) -> None:
    rows = netflix_rows(file)
    expected = [tuple(getattr(placed, column) for column in COLUMNS) for placed in oracle.netflix_columns(rows)]
    assert _first_differences(rows, _entries(file, COLUMNS, request), expected) == []


def test_weeks_on_chart_are_the_weeks_netflix_prints(
    file: str, netflix_rows: Rows, request: pytest.FixtureRequest
) -> None:
    rows = netflix_rows(file)
    assert (
        _first_differences(rows, _entries(file, ["weeks_on_chart"], request), [(r.printed_weeks,) for r in rows]) == []
    )


def test_subjects_are_those_the_names_say(file: str, netflix_rows: Rows, request: pytest.FixtureRequest) -> None:
    """The join in SQL gives each entry what a naive reading of the names gives it."""
    rows = netflix_rows(file)
    subject = meaning(names_of(rows))
    assert _first_differences(rows, _entries(file, ["subject"], request), [(subject(row),) for row in rows]) == []


@pytest.mark.parametrize(("file", "weeks"), [(GLOBAL_2022, 72), (GLOBAL_2026, 264)], indirect=["file"])
def test_all_four_global_lists_together(
    file: str, weeks: int, netflix_rows: Rows, request: pytest.FixtureRequest
) -> None:
    rows = netflix_rows(file)
    engine: Engine = request.getfixturevalue("placed_2022" if file == GLOBAL_2022 else "placed_now")
    works = oracle.works(rows)
    table = engine.query("SELECT * FROM placed WHERE chart = 'netflix.global.overall'").to_pylist()
    found = {(e["last_day"], works[e["line"] - 2]): Placed(*(e[column] for column in COLUMNS)) for e in table}
    assert len(found) == len(table)
    expected = oracle.netflix_overall(rows)
    assert found == expected
    assert len({week for week, _ in expected}) == weeks


def test_ties_of_all_four_global_lists_together(placed_now: Engine) -> None:
    """The numbers in docs/methods.md, "Netflix Top 10"."""
    issues = placed_now.query(
        "SELECT last_day, count(*) AS entries, count(DISTINCT rank) AS ranks "
        "FROM placed WHERE chart = 'netflix.global.overall' GROUP BY last_day"
    ).to_pylist()
    assert len(issues) == 264
    assert sum(issue["entries"] > issue["ranks"] for issue in issues) == 82
    assert sum(issue["entries"] > 10 for issue in issues) == 30
    assert {issue["entries"] for issue in issues} == {10, 11, 12}


def test_nothing_is_missing_between_the_first_and_the_last_list(placed_now: Engine) -> None:
    found = placed_now.query(
        "SELECT chart, count(DISTINCT territory) AS territories, count(*) AS lists, count_if(NOT held_whole) AS gaps "
        "FROM expected GROUP BY chart ORDER BY chart"
    ).to_pylist()
    one = {"territories": 1, "lists": 264, "gaps": 0}
    country = {"territories": 94, "lists": 6_731, "gaps": 0}
    assert found == [
        {"chart": "netflix.country.films", **country},
        {"chart": "netflix.country.tv", **country},
        {"chart": "netflix.global.films_english", **one},
        {"chart": "netflix.global.films_non_english", **one},
        {"chart": "netflix.global.overall", **one},
        {"chart": "netflix.global.tv_english", **one},
        {"chart": "netflix.global.tv_non_english", **one},
    ]


# Heartstopper: Season 1 (released 22 April 2022)

SUBJECT = "heartstopper/s1"
REACH = {"2022-04-24": 12, "2022-05-01": 54, "2022-05-08": 22, "2022-05-15": 3}


def test_heartstopper_on_the_global_list(placed_now: Engine) -> None:
    rows = placed_now.query(
        "SELECT p.last_day, p.rank, p.previous_rank, p.change, p.peak, p.weeks_on_chart, p.streak, p.debut, o.value "
        "FROM placed p JOIN observations o USING (load_id, line) WHERE p.subject = ? "
        "AND p.chart = 'netflix.global.tv_english' AND o.chart = p.chart AND o.measure = 'hours_viewed' ORDER BY ALL",
        [SUBJECT],
    ).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        (date(2022, 4, 24), 7, None, None, 7, 1, 1, True, Decimal(14_550_000)),
        (date(2022, 5, 1), 5, 7, 2, 5, 2, 2, False, Decimal(23_940_000)),
        (date(2022, 5, 8), 6, 5, -1, 5, 3, 3, False, Decimal(14_970_000)),
    ]


def _territories(engine: Engine, sql: str) -> set[str]:
    return set(engine.query(sql)["territory"].to_pylist())


def test_heartstopper_by_country(placed_now: Engine, netflix_rows: Rows) -> None:
    on = (
        f"SELECT territory FROM placed WHERE chart = 'netflix.country.tv' AND subject = '{SUBJECT}' "
        "AND last_day BETWEEN '{first}' AND '{last}'"
    )
    countries = netflix_rows(COUNTRIES)
    title = ("netflix.country.tv", "Heartstopper", "Heartstopper: Season 1")
    for day, reach in REACH.items():
        found = _territories(placed_now, on.format(first=day, last=day))
        assert len(found) == reach
        assert found == oracle.reach(countries, *title, date.fromisoformat(day))
    first, *_, last = REACH
    found = _territories(placed_now, on.format(first=first, last=last))
    assert len(found) == 54
    assert found == oracle.reach_over(countries, *title, date.fromisoformat(first), date.fromisoformat(last))


def test_heartstopper_was_not_on_the_list_of_the_united_states(placed_now: Engine) -> None:
    """Its absence can be told: in each of the four weeks the lists of 93 territories are held whole, theirs among them."""
    whole = "SELECT territory FROM expected WHERE chart = 'netflix.country.tv' AND held_whole AND last_day = '{day}'"
    for day in REACH:
        lists = _territories(placed_now, whole.format(day=day))
        assert len(lists) == 93
        assert "US" in lists
    on = f"SELECT territory FROM placed WHERE chart = 'netflix.country.tv' AND subject = '{SUBJECT}'"
    assert "US" not in _territories(placed_now, on)
