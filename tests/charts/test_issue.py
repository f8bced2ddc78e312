"""One issue of a chart, territory reach, and printed weeks against ours."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pyarrow as pa
import pytest

from groundswell.charts.definition import Chart, Charts
from groundswell.charts.issue import issue, reach, reconcile_last_week, reconcile_weeks
from groundswell.charts.issue import issues as list_issues
from groundswell.core.errors import UsageError
from groundswell.core.period import Period
from groundswell.core.protocol import Engine
from tests import oracle
from tests.charts.desk import CHART, Desk, issues
from tests.oracle import Row

MADE_UP = Chart(CHART, "Made up")
W1, W2, W3, W4 = date(2022, 1, 2), date(2022, 1, 9), date(2022, 1, 16), date(2022, 1, 23)


def _period(last: date) -> Period:
    return Period(date.fromordinal(last.toordinal() - 6), last)


@pytest.fixture
def engine(desk: Desk) -> Engine:
    """Two territories over three weeks; the middle list of one is held in part, that of the other not at all."""
    desk.load(issues({str(W1): "a b c", str(W2): "b a", str(W3): "b c a"}, territory="GB"), depth=3, findings=1)
    desk.load(issues({str(W1): "b a d", str(W3): "c d a"}, territory="US"), depth=3)
    return desk.placed()


def test_an_issue_by_any_day_of_its_period(engine: Engine) -> None:
    by_default = issue(engine, MADE_UP, "GB", None)
    assert by_default == issue(engine, MADE_UP, "GB", W3) == issue(engine, MADE_UP, "GB", date(2022, 1, 10))
    assert by_default.period == _period(W3)
    assert by_default.complete_for == "*"
    assert by_default.method is None
    assert by_default.gaps == (_period(W2),)
    assert [(e.rank, e.subject, e.previous_rank, e.weeks_on_chart) for e in by_default.entries] == [
        (1, "b", 1, 3),
        (2, "c", None, 2),
        (3, "a", 2, 3),
    ]


def test_an_issue_held_in_part_says_so(engine: Engine) -> None:
    found = issue(engine, MADE_UP, "GB", W2)
    assert found.complete_for is None
    assert [e.subject for e in found.entries] == ["b", "a"]
    assert found.gaps == ()


def test_every_issue_at_once_is_each_by_itself(engine: Engine) -> None:
    for territory, days in (("GB", (W1, W2, W3)), ("US", (W1, W3)), ("KR", ())):
        assert list_issues(engine, MADE_UP, territory) == [issue(engine, MADE_UP, territory, day) for day in days]


class Counting:
    """An engine, and how often it was asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked = 0

    def query(self, sql: str, params: Sequence[object] = ()) -> pa.Table:
        """The engine's answer, counted."""
        self.asked += 1
        return self._engine.query(sql, params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def test_many_issues_ask_no_more_than_one(desk: Desk) -> None:
    weeks = [date.fromordinal(W1.toordinal() + 7 * week) for week in range(40)]
    desk.load(issues({str(week): "a b" for week in weeks}))
    one, many = (Counting(desk.placed()) for _ in range(2))
    issue(cast("Engine", one), MADE_UP, "WW", W1)
    assert len(list_issues(cast("Engine", many), MADE_UP, "WW")) == len(weeks)
    assert many.asked == one.asked


def test_an_issue_held_for_one_title_says_so(desk: Desk) -> None:
    desk.load(f"period_end,rank,title\n{W1},,a\n", complete_for="a")
    found = issue(desk.placed(), MADE_UP, "WW", None)
    assert found.complete_for == "a"
    assert [(e.rank, e.peak, e.streak_at_top) for e in found.entries] == [(None, None, None)]


@pytest.mark.parametrize(
    ("chart", "territory", "day", "said"),
    [
        ("not.loaded", "GB", None, r"no issue of not\.loaded is held; load a feed"),
        (CHART, "KR", None, r"no issue of made\.up is held for KR; held: GB, US"),
        (CHART, "GB", W4, r"no issue of made\.up GB contains 2022-01-23; held: 2022-01-02 to 2022-01-16"),
        (CHART, "US", W2, r"no issue of made\.up US contains 2022-01-09; held: 2022-01-02 to 2022-01-16"),
    ],
)
def test_an_issue_that_is_not_held(engine: Engine, chart: str, territory: str, day: date | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        issue(engine, Chart(chart, chart), territory, day)


def test_figures_stand_beside_the_entry_they_were_printed_with(desk: Desk) -> None:
    desk.load(f"period_end,rank,title,units,price\n{W1},1,a,9,1.50\n{W1},2,b,8,\n")
    found = issue(desk.placed(), MADE_UP, "WW", W1)
    assert [dict(e.values) for e in found.entries] == [{"price": Decimal("1.5"), "units": 9}, {"units": 8}]
    first, second = csv.DictReader(io.StringIO(found.as_csv()))
    assert (first["subject"], first["rank"], first["units"], first["price"]) == ("a", "1", "9", "1.5")
    assert (second["subject"], second["rank"], second["units"], second["price"]) == ("b", "2", "8", "")


def test_reach_counts_territories_of_one_issue(engine: Engine) -> None:
    found = reach(engine, MADE_UP, None)
    assert (found.period, found.territories_with_list) == (_period(W3), 2)
    assert [(e.subject, e.territory_reach, e.best_rank, e.territories) for e in found.entries] == [
        ("c", 2, 1, ("GB", "US")),
        ("a", 2, 3, ("GB", "US")),
        ("b", 1, 1, ("GB",)),
        ("d", 1, 2, ("US",)),
    ]
    assert reach(engine, MADE_UP, W2).territories_with_list == 1
    with pytest.raises(UsageError, match="contains 2022-01-23 is held"):
        reach(engine, MADE_UP, W4)


def test_weeks_printed_and_counted(desk: Desk) -> None:
    desk.load(f"period_end,rank,title,weeks_on_chart\n{W1},1,a,1\n{W1},2,b,7\n{W2},1,a,2\n{W2},2,b,8\n")
    desk.load(f"period_end,rank,title\n{W1},1,a\n", chart="prints.none")
    (found,) = reconcile_weeks(desk.placed())
    assert (found.chart, found.entries, found.same) == (CHART, 4, 2)
    assert found.examples == ("b WW 2022-01-02: printed 7, counted 1", "b WW 2022-01-09: printed 8, counted 2")


def test_weeks_printed_that_issues_not_held_could_make_up(desk: Desk) -> None:
    desk.load(f"period_end,rank,title,weeks_on_chart\n{W1},1,a,1\n{W1},2,b,2\n{W3},1,a,3\n{W3},2,b,4\n")
    (found,) = reconcile_weeks(desk.placed())
    assert (found.entries, found.same) == (4, 2)  # a was on the list of the second week, which is not held
    assert found.examples == ("b WW 2022-01-02: printed 2, counted 1", "b WW 2022-01-16: printed 4, counted 2")


def test_the_rank_of_the_week_before_as_printed_and_as_held(desk: Desk) -> None:
    desk.load(
        f"period_end,rank,title,rank_last_week\n{W1},1,a,5\n{W1},2,b,\n{W2},1,b,2\n{W2},2,a,2\n{W2},3,c,9\n{W4},1,a,1\n"
    )
    (found,) = reconcile_last_week(desk.placed())
    assert (found.chart, found.entries, found.same) == (CHART, 3, 1)
    assert found.examples == ("a WW 2022-01-09: printed 2, counted 1", "c WW 2022-01-09: printed 9, counted none")


@pytest.mark.shared_data
def test_weeks_netflix_prints_are_the_weeks_we_count(placed_now: Engine) -> None:
    found = reconcile_weeks(placed_now)
    assert {weeks.chart.rpartition(".")[0] for weeks in found} == {"netflix.global", "netflix.country"}
    assert sum(weeks.entries for weeks in found) == 10_560 + 134_620
    assert [weeks for weeks in found if weeks.same != weeks.entries or weeks.examples] == []


@pytest.mark.shared_data
@pytest.mark.parametrize("day", [date(2022, 4, 24), date(2022, 5, 1), date(2022, 11, 13)])
def test_reach_of_every_title_agrees_with_the_oracle(
    placed_now: Engine, netflix_rows: Callable[[str], list[Row]], day: date
) -> None:
    found = reach(placed_now, Charts().get("netflix.country.tv"), day)
    week = [row for row in netflix_rows("all-weeks-countries_2022-11-15.xlsx") if row.period_end == day]
    assert found.territories_with_list == len({row.territory for row in week}) == 93
    titles = {(row.show, row.season) for row in week if row.chart == "netflix.country.tv"}
    assert {(e.title, e.season): set(e.territories) for e in found.entries} == {
        title: oracle.reach(week, "netflix.country.tv", *title, day) for title in titles
    }
    assert all(entry.territory_reach == len(entry.territories) for entry in found.entries)
