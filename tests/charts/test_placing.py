"""The columns of a chart, on lists small enough to work out by hand (docs/methods.md, "The columns of a chart")."""

from datetime import date

import pytest

from groundswell.catalog import Catalog, Subject, read_names
from groundswell.catalog.identity import NAMES_HEADER
from groundswell.charts.definition import Chart, Charts
from groundswell.core.errors import InputError
from groundswell.measures.netflix import Method
from tests.charts.desk import CHART, Desk, gaps, issues, seen

W1, W2, W3, W4, W5, W6 = "2022-01-02", "2022-01-09", "2022-01-16", "2022-01-23", "2022-01-30", "2022-02-06"


def _described(chart: Chart) -> Charts:
    return Charts((chart,))


# All columns, and what ties and time do to them


def test_every_column_of_one_title(desk: Desk) -> None:
    desk.load(issues({W1: "a b c", W2: "b a c", W3: "b c d", W4: "a b c", W5: "a b c", W6: "b c a"}))
    columns = ("rank", "previous_rank", "change", "peak", "weeks_on_chart", "streak", "streak_at_top")
    with_flags = (*columns, "debut", "re_entry")
    assert seen(desk.placed(), "a", *with_flags) == {
        W1: (1, None, None, 1, 1, 1, 1, True, False),
        W2: (2, 1, -1, 1, 2, 2, 0, False, False),
        W4: (1, None, None, 1, 3, 1, 1, False, True),
        W5: (1, 1, 0, 1, 4, 2, 2, False, False),
        W6: (3, 1, -2, 1, 5, 3, 0, False, False),
    }
    assert seen(desk.placed(), "b", *columns) == {
        W1: (2, None, None, 2, 1, 1, 0),
        W2: (1, 2, 1, 1, 2, 2, 1),
        W3: (1, 1, 0, 1, 3, 3, 2),
        W4: (2, 1, -1, 1, 4, 4, 0),
        W5: (2, 2, 0, 1, 5, 5, 0),
        W6: (1, 2, 1, 1, 6, 6, 1),
    }


def test_titles_that_share_a_rank_are_all_on_it(desk: Desk) -> None:
    desk.load(issues({W1: "a=b c", W2: "c a=b", W3: "a b=c"}))
    engine = desk.placed()
    assert seen(engine, "a", "rank", "change", "streak_at_top") == {W1: (1, None, 1), W2: (2, -1, 0), W3: (1, 1, 1)}
    assert seen(engine, "b", "rank", "change", "streak_at_top") == {W1: (1, None, 1), W2: (2, -1, 0), W3: (2, 0, 0)}
    assert seen(engine, "c", "rank", "change", "peak") == {W1: (3, None, 3), W2: (1, 2, 1), W3: (2, -1, 1)}


def test_a_re_entry_years_later(desk: Desk) -> None:
    desk.load(issues({W1: "a"}))
    desk.load(issues({str(date.fromordinal(date.fromisoformat(W2).toordinal() + 7 * n)): "b" for n in range(200)}))
    desk.load(issues({"2025-11-09": "a"}))
    found = seen(desk.placed(), "a", "peak", "weeks_on_chart", "streak", "debut", "re_entry")
    assert found == {W1: (1, 1, 1, True, False), "2025-11-09": (1, 2, 1, False, True)}


def test_months(desk: Desk) -> None:
    lists = {"2022-01-31": "a b", "2022-02-28": "b a", "2022-03-31": "b a"}
    desk.load(issues(lists), calendar="month")
    engine = desk.placed()
    assert seen(engine, "b", "streak", "streak_at_top", "change") == {
        "2022-01-31": (1, 0, None),
        "2022-02-28": (2, 1, 1),
        "2022-03-31": (3, 2, 0),
    }
    assert gaps(engine) == []


def test_territories_are_counted_apart(desk: Desk) -> None:
    desk.load(issues({W1: "a b", W2: "a b"}, territory="GB"))
    desk.load(issues({W2: "b a", W3: "b a"}, territory="US"))
    engine = desk.placed()
    assert seen(engine, "a", "weeks_on_chart", "streak_at_top", territory="GB") == {W1: (1, 1), W2: (2, 2)}
    assert seen(engine, "a", "weeks_on_chart", "streak_at_top", territory="US") == {W2: (1, 0), W3: (2, 0)}


# Gaps


def test_a_gap_restarts_streaks_and_leaves_debut_and_re_entry_open(desk: Desk) -> None:
    desk.load(issues({W1: "a b", W2: "a b", W4: "a c", W5: "a d", W6: "d b"}))
    engine = desk.placed()
    assert gaps(engine) == [W3]
    assert seen(engine, "a", "previous_rank", "peak", "weeks_on_chart", "streak", "streak_at_top") == {
        W1: (None, 1, 1, 1, 1),
        W2: (1, 1, 2, 2, 2),
        W4: (None, 1, 3, 1, 1),
        W5: (1, 1, 4, 2, 2),
    }
    assert seen(engine, "a", "debut", "re_entry") == {
        W1: (True, False),
        W2: (False, False),
        W4: (False, None),  # continuing or back: the missing list would tell
        W5: (False, False),
    }
    # First seen right after the gap: perhaps continuing, never a re-entry.
    assert seen(engine, "c", "debut", "re_entry") == {W4: (None, False)}
    # First seen two after the gap: perhaps on the missing list, which would make it a re-entry.
    assert seen(engine, "d", "debut", "re_entry") == {W5: (None, None), W6: (False, False)}
    # Seen before the gap and not on the list before this one, which is held.
    assert seen(engine, "b", "debut", "re_entry") == {W1: (True, False), W2: (False, False), W6: (False, True)}


def test_a_period_never_published_is_no_gap(desk: Desk) -> None:
    desk.load(issues({W1: "a b", W2: "a b", W4: "a c", W5: "a b"}))
    engine = desk.placed(_described(Chart(CHART, "Made up", not_published=frozenset([date.fromisoformat(W3)]))))
    assert gaps(engine) == []
    assert seen(engine, "a", "previous_rank", "streak", "streak_at_top") == {
        W1: (None, 1, 1),
        W2: (1, 2, 2),
        W4: (1, 3, 3),
        W5: (1, 4, 4),
    }
    assert seen(engine, "c", "debut", "re_entry") == {W4: (True, False)}
    assert seen(engine, "b", "debut", "re_entry") == {W1: (True, False), W2: (False, False), W5: (False, True)}


def test_a_list_of_a_period_said_to_be_never_published_is_refused(desk: Desk) -> None:
    desk.load(issues({W1: "a b", W2: "a b"}))
    with pytest.raises(InputError, match=f"chart 'made.up' has a list of {W2}, .* never published"):
        desk.placed(_described(Chart(CHART, "Made up", not_published=frozenset([date.fromisoformat(W2)]))))


def test_issues_between_the_producers_first_and_ours_are_gaps(desk: Desk) -> None:
    desk.load(issues({W3: "a b", W4: "a c"}))
    assert seen(desk.placed(), "a", "debut") == {W3: True, W4: False}
    engine = desk.placed(_described(Chart(CHART, "Made up", since=date.fromisoformat(W1))))
    assert gaps(engine) == [W1, W2]
    assert seen(engine, "a", "debut", "re_entry") == {W3: (None, None), W4: (False, False)}
    assert seen(engine, "c", "debut", "re_entry") == {W4: (None, None)}
    one_before = desk.placed(_described(Chart(CHART, "Made up", since=date.fromisoformat(W2))))
    assert seen(one_before, "a", "debut", "re_entry") == {W3: (None, False), W4: (False, False)}


@pytest.mark.parametrize("since", [W1, W2])
def test_a_territory_that_joins_a_chart_held_from_its_first_issue_has_no_gap_before(desk: Desk, since: str) -> None:
    desk.load(issues({W1: "a", W2: "a", W3: "a"}, territory="GB"))
    desk.load(issues({W3: "a"}, territory="US"))
    engine = desk.placed(_described(Chart(CHART, "Made up", since=date.fromisoformat(since), by_territory=True)))
    assert gaps(engine, territory="US") == []
    assert seen(engine, "a", "debut", territory="US") == {W3: True}


def test_a_territory_of_a_chart_held_from_later_on_may_have_lists_from_before(desk: Desk) -> None:
    desk.load(issues({W2: "a", W3: "a"}, territory="GB"))
    desk.load(issues({W3: "a"}, territory="US"))
    engine = desk.placed(_described(Chart(CHART, "Made up", since=date.fromisoformat(W1), by_territory=True)))
    assert gaps(engine, territory="GB") == [W1]
    assert gaps(engine, territory="US") == [W1, W2]
    assert seen(engine, "a", "debut", territory="US") == {W3: None}


def test_what_is_held_beyond_the_last_list_of_a_territory_is_no_gap(desk: Desk) -> None:
    desk.load(issues({W1: "a", W2: "a", W3: "a"}, territory="GB"))
    desk.load(issues({W1: "a"}, territory="RU"))
    assert gaps(desk.placed(), territory="RU") == []


def test_no_list_from_before_a_title_was_available_is_missed(desk: Desk) -> None:
    desk.load(issues({W3: "a b", W5: "c d"}))
    chart = _described(Chart(CHART, "Made up", since=date.fromisoformat(W1)))

    def available(day: date) -> Catalog:
        return Catalog(subjects={name: Subject(name, "film", name, day) for name in ("a", "c")})

    # The week ending W2 is 3 to 9 January, that of W4 17 to 23 January.
    assert seen(desk.placed(chart), "a", "debut", "re_entry") == {W3: (None, None)}
    assert seen(desk.placed(chart, available(date(2022, 1, 9))), "a", "debut", "re_entry") == {W3: (None, False)}
    assert seen(desk.placed(chart, available(date(2022, 1, 10))), "a", "debut", "re_entry") == {W3: (True, False)}
    assert seen(desk.placed(chart, available(date(2022, 1, 10))), "c", "debut") == {W5: None}
    assert seen(desk.placed(chart, available(date(2022, 1, 24))), "c", "debut") == {W5: True}
    assert seen(desk.placed(chart, available(date(2022, 1, 24))), "d", "debut") == {W5: None}


# Lists held in part, and lists held whole for one title


def test_a_list_held_in_part_is_a_gap_only_for_titles_not_seen_on_it(desk: Desk) -> None:
    desk.load(issues({W1: "a b c", W2: "a b", W3: "a c d", W4: "d b"}), depth=3, findings=2)
    engine = desk.placed()
    assert gaps(engine) == [W2, W4]
    assert seen(engine, "a", "previous_rank", "streak", "debut", "re_entry") == {
        W1: (None, 1, True, False),
        W2: (1, 2, False, False),
        W3: (1, 3, False, False),
    }
    assert seen(engine, "c", "previous_rank", "streak", "debut", "re_entry") == {
        W1: (None, 1, True, False),
        W3: (None, 1, False, None),
    }
    assert seen(engine, "d", "debut", "re_entry") == {W3: (None, False), W4: (False, False)}
    assert seen(engine, "b", "debut", "re_entry") == {W1: (True, False), W2: (False, False), W4: (False, True)}
    missing = engine.query("SELECT subject, last_day FROM missing ORDER BY ALL").to_pylist()
    assert [(row["subject"], str(row["last_day"])) for row in missing] == [("a", W4), ("c", W2), ("c", W4), ("d", W2)]


def test_lists_held_whole_for_one_title(desk: Desk) -> None:
    desk.load(f"period_end,rank,title\n{W1},,\n{W2},,a\n{W3},1,a\n{W4},2,a\n", complete_for="a")
    engine = desk.placed()
    columns = ("rank", "previous_rank", "change", "peak", "weeks_on_chart", "streak", "debut", "re_entry")
    assert seen(engine, "a", *columns) == {
        W2: (None, None, None, None, 1, 1, True, False),  # not on W1, which is held whole for it
        W3: (1, None, None, 1, 2, 2, False, False),
        W4: (2, 1, -1, 1, 3, 3, False, False),
    }
    # Whether it was at rank 1 cannot be told where its rank is not.
    assert seen(engine, "a", "streak_at_top") == {W2: None, W3: 1, W4: 0}
    assert gaps(engine) == [W1, W2, W3, W4]  # for every other title
    assert engine.query("SELECT * FROM missing").to_pylist() == []


def test_lists_held_whole_for_one_title_are_gaps_for_another(desk: Desk) -> None:
    desk.load(f"period_end,rank,title\n{W1},,a\n{W2},,\n{W3},,a\n", complete_for="a")
    desk.load(f"period_end,rank,title\n{W1},,b\n{W3},4,b\n", complete_for="b")
    engine = desk.placed()
    assert seen(engine, "a", "debut", "re_entry") == {W1: (True, False), W3: (False, True)}
    assert seen(engine, "b", "debut", "re_entry") == {W1: (True, False), W3: (False, None)}


# Calendars and names


def test_one_chart_on_two_calendars_is_refused(desk: Desk) -> None:
    desk.load(issues({W1: "a b"}))
    desk.load(issues({"2022-01-08": "a b"}), calendar="sun-sat")
    with pytest.raises(InputError, match=r"chart 'made\.up' was loaded on two calendars \((mon-sun|sun-sat), "):
        desk.placed()


def test_the_desks_names_tell_works_apart_and_join_names(desk: Desk) -> None:
    desk.load(issues({W1: "noise beast", W2: "noise beast-tamil", W3: "noise beast-tamil"}))
    text = f"{','.join(NAMES_HEADER)}\n*,noise,,,{W3},,,noise-2022,restarts\n*,beast-tamil,,,,,,beast,renamed\n"
    catalog = Catalog(names=tuple(read_names(text, "names.csv")))
    engine = desk.placed(catalog=catalog)
    assert seen(engine, "noise", "weeks_on_chart") == {W1: 1, W2: 2}
    assert seen(engine, "noise-2022", "weeks_on_chart", "debut") == {W3: (1, True)}
    assert seen(engine, "beast", "weeks_on_chart", "streak") == {W1: (1, 1), W2: (2, 2), W3: (3, 3)}


@pytest.mark.parametrize(
    ("conditions", "entries"),
    [
        (",,,", {("GB", W1), ("GB", W2), ("GB", W3), ("US", W2)}),
        ("GB,,,", {("GB", W1), ("GB", W2), ("GB", W3)}),
        (f",{W2},,", {("GB", W2), ("GB", W3), ("US", W2)}),
        (f",,{W2},", {("GB", W1), ("GB", W2), ("US", W2)}),
        (",,,2", {("GB", W3), ("US", W2)}),
        (f"GB,{W2},{W3},2", {("GB", W3)}),
        (f"GB,{W2},{W2},2", set()),
    ],
)
def test_a_name_holds_for_the_entries_that_meet_all_its_conditions(
    desk: Desk, conditions: str, entries: set[tuple[str, str]]
) -> None:
    desk.load(issues({W1: "noise a", W2: "noise a", W3: "a noise"}, territory="GB"))
    desk.load(issues({W2: "a noise"}, territory="US"))
    text = f"{','.join(NAMES_HEADER)}\n{CHART},noise,,{conditions},noise-2022,\n"
    engine = desk.placed(catalog=Catalog(names=tuple(read_names(text, "names.csv"))))
    rows = engine.query("SELECT territory, last_day FROM placed WHERE subject = 'noise-2022'").to_pylist()
    assert {(row["territory"], str(row["last_day"])) for row in rows} == entries
    assert engine.query("SELECT count(*) AS n FROM placed WHERE title = 'noise'")["n"].to_pylist() == [4]


# Computed charts

ONE, TWO = "made.one", "made.two"


def _together(depth: int | None = None, *own: Chart, merges: tuple[str, ...] = (ONE, TWO)) -> Charts:
    by_units = Method("by-units", date.min, "units", {})
    return Charts((*own, Chart("desk.together", "Together", depth=depth, merges=merges, methods=(by_units,))))


def _sold(lists: dict[str, dict[str, int | None]]) -> str:
    """A CSV from the last day of each issue to what each title on it sold, in order; None is not printed."""
    lines = ["period_end,rank,title,units"]
    for day, sold in lists.items():
        lines += [f"{day},{rank},{title},{'' if n is None else n}" for rank, (title, n) in enumerate(sold.items(), 1)]
    return "\n".join(lines)


def _ranks(desk: Desk, charts: Charts) -> dict[str, dict[str, int]]:
    """Issue → title → rank on the computed chart."""
    rows = desk.placed(charts).query(
        "SELECT * FROM placed WHERE chart = 'desk.together' ORDER BY last_day, rank, title"
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows.to_pylist():
        found.setdefault(str(row["last_day"]), {})[row["title"]] = row["rank"]
    return found


def test_equal_values_share_a_rank_and_the_next_is_skipped(desk: Desk) -> None:
    desk.load(_sold({W1: {"a": 90, "b": 70, "c": 50}}), chart=ONE)
    desk.load(_sold({W1: {"d": 70, "e": 60, "f": 50}}), chart=TWO)
    everything = {"a": 1, "b": 2, "d": 2, "e": 4, "c": 5, "f": 5}
    assert _ranks(desk, _together()) == {W1: everything}
    assert _ranks(desk, _together(depth=3)) == {W1: {"a": 1, "b": 2, "d": 2}}
    assert _ranks(desk, _together(depth=5)) == {W1: everything}
    assert _ranks(desk, _together(merges=(ONE, TWO, ONE))) == {W1: everything}


def test_columns_of_a_computed_chart_are_its_own(desk: Desk) -> None:
    desk.load(_sold({W1: {"a": 90, "b": 70}, W2: {"b": 95, "a": 80}, W3: {"b": 60, "a": 30}}), chart=ONE)
    desk.load(_sold({W1: {"c": 80, "d": 60}, W2: {"d": 95, "c": 10}, W3: {"c": 99, "d": 98}}), chart=TWO)
    engine = desk.placed(_together(depth=2))
    columns = ("rank", "previous_rank", "peak", "weeks_on_chart", "streak", "streak_at_top", "debut", "re_entry")
    assert seen(engine, "b", *columns, chart="desk.together") == {W2: (1, None, 1, 1, 1, 1, True, False)}
    assert seen(engine, "c", *columns, chart="desk.together") == {
        W1: (2, None, 2, 1, 1, 0, True, False),
        W3: (1, None, 1, 2, 1, 1, False, True),
    }
    assert seen(engine, "d", *columns, chart="desk.together") == {
        W2: (1, None, 1, 1, 1, 1, True, False),
        W3: (2, 1, 1, 2, 2, 0, False, False),
    }
    assert seen(engine, "c", "rank", "weeks_on_chart", chart=TWO) == {W1: (1, 1), W2: (2, 2), W3: (1, 3)}


@pytest.mark.parametrize(
    "second",
    [
        {W1: {"c": 80, "d": 60}, W3: {"c": 80, "d": 60}},  # a list missing
        {W1: {"c": 80, "d": 60}, W2: {"c": 80}, W3: {"c": 80, "d": 60}},  # a list held in part
        {W1: {"c": 80, "d": 60}, W2: {"c": 80, "d": None}, W3: {"c": 80, "d": 60}},  # a figure not printed
    ],
)
def test_an_issue_is_held_when_all_its_lists_are_whole_with_their_figures(
    desk: Desk, second: dict[str, dict[str, int | None]]
) -> None:
    desk.load(_sold({day: {"a": 90, "b": 70} for day in (W1, W2, W3)}), chart=ONE, depth=2)
    in_part = sum(len(sold) < 2 for sold in second.values())
    desk.load(_sold(second), chart=TWO, depth=2, findings=in_part)
    assert set(_ranks(desk, _together())) == {W1, W3}
    engine = desk.placed(_together())
    assert gaps(engine, "desk.together") == [W2]
    assert seen(engine, "a", "streak", "re_entry", chart="desk.together") == {W1: (1, False), W3: (1, None)}


def test_a_period_one_list_was_never_published_in_is_no_gap_of_the_computed_chart(desk: Desk) -> None:
    desk.load(_sold({day: {"a": 90, "b": 70} for day in (W1, W2, W3)}), chart=ONE)
    desk.load(_sold({day: {"c": 80, "d": 60} for day in (W1, W3)}), chart=TWO)
    never = Chart(TWO, "Two", not_published=frozenset([date.fromisoformat(W2)]))
    engine = desk.placed(_together(None, never))
    assert gaps(engine, "desk.together") == []
    assert seen(engine, "a", "streak_at_top", chart="desk.together") == {W1: 1, W3: 2}
    assert seen(engine, "a", "streak_at_top", chart=ONE) == {W1: 1, W2: 2, W3: 3}


def test_a_computed_chart_is_ranked_by_the_method_in_force(desk: Desk) -> None:
    text = "period_end,rank,title,units,value\n{day},1,{one},{units},{value}\n"
    for day in (W1, W2):
        desk.load(text.format(day=day, one="a", units=9, value=1), chart=ONE)
        desk.load(text.format(day=day, one="b", units=8, value=2), chart=TWO)
    methods = (
        Method("first", date.fromisoformat(W1), "units", {}),
        Method("second", date.fromisoformat(W2), "value", {}),
        Method("third", date.fromisoformat(W3), "units", {}),
    )
    charts = _described(Chart("desk.together", "Together", merges=(ONE, TWO), methods=methods))
    assert _ranks(desk, charts) == {W1: {"a": 1, "b": 2}, W2: {"b": 1, "a": 2}}


def test_a_computed_chart_without_all_its_lists_has_no_issue(desk: Desk) -> None:
    desk.load(_sold({W1: {"a": 90, "b": 70}}), chart=ONE)
    engine = desk.placed(_together())
    assert engine.query("SELECT * FROM placed WHERE chart = 'desk.together'").to_pylist() == []
    assert engine.query("SELECT * FROM expected WHERE chart = 'desk.together'").to_pylist() == []
