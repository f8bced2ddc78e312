"""Readings that stand in no list: which rows are one, what is refused, and that nothing is lost without a word."""

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.core.errors import InputError, UsageError
from groundswell.core.protocol import Reading
from groundswell.core.rows import OBSERVATIONS, Parsed
from groundswell.feeds.series_csv import SeriesCsv
from tests.synthetic import WHOLE, csv

FOLLOWERS = SeriesCsv(
    "moss.followers", {"day": "Date", "title": "Account", "value": "Followers"}, unit="followers", title=""
)
SPEED = SeriesCsv("moss.speed", {"period_end": "Month", "title": "Provider", "value": "Mbps"}, unit="Mbps")
FRESH = SeriesCsv("moss.fresh", {"day": "Date", "value": "Is"}, yes=("Fresh",), no=("Stale", ""), title="Tin Badger")


def parse(feed: SeriesCsv, text: str, reading: Reading = WHOLE) -> Parsed:
    """The rows of a CSV written out in the test, in the schema the store keeps."""
    parsed = feed.parse(csv(text), reading)
    assert parsed.observations.schema == OBSERVATIONS
    assert (len(parsed.entries), len(parsed.issues)) == (0, 0)
    return parsed


def held(parsed: Parsed) -> list[tuple[str, str, str, object]]:
    """Title, first and last day, and value of each reading."""
    rows = parsed.observations.to_pylist()
    return [(row["title"], f"{row['first_day']:%m-%d}", f"{row['last_day']:%m-%d}", row["value"]) for row in rows]


def whys(parsed: Parsed) -> list[tuple[int, str | None, str, str]]:
    """Line, column, cell and reason of each finding."""
    return [(finding.line, finding.column, finding.found, finding.why) for finding in parsed.findings]


def test_a_reading_on_a_day() -> None:
    parsed = parse(FOLLOWERS, 'Date,Account,Followers,Posts\n2022-05-18,Tin Badger,"3,412,345",7\n2022-05-19,Été,0,8')
    assert parsed.observations.to_pylist()[0] == {
        "measure": "moss.followers", "unit": "followers", "chart": "", "territory": "WW", "first_day": date(2022, 5, 18),
        "last_day": date(2022, 5, 18), "title": "Tin Badger", "season": "", "value": Decimal(3_412_345), "line": 2,
    }  # fmt: skip
    assert held(parsed)[1] == ("Été", "05-19", "05-19", 0)
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (2, 2, [])


@pytest.mark.parametrize(
    ("feed", "month"),
    [
        (SPEED, "2022-05"),
        (SPEED, "2022-05-31"),
        (replace(SPEED, columns={"period_start": "Month", "title": "Provider", "value": "Mbps"}), "2022-05-01"),
        (replace(SPEED, date_format="%b-%y"), "May-22"),
        (replace(SPEED, calendar="month"), "2022-05-31"),
    ],
)
def test_a_reading_of_a_period(feed: SeriesCsv, month: str) -> None:
    feed = replace(feed, calendar="month")
    assert held(parse(feed, f"Month,Provider,Mbps\n{month},Mosslink,3.71")) == [
        ("Mosslink", "05-01", "05-31", Decimal("3.71"))
    ]


def test_a_day_in_another_form_is_a_finding_that_says_how_to_load_it() -> None:
    [finding] = parse(replace(SPEED, calendar="month"), "Month,Provider,Mbps\n22/04/2022,Mosslink,3.7").findings
    assert str(finding) == (
        "line 2, Month: '22/04/2022' is not a day; write it as 2022-05-01, or set date_format in desk.toml (%d/%m/%Y for "
        "01/05/2022)"
    )


def test_the_calendar_is_the_one_the_days_fit() -> None:
    weekly = "Month,Provider,Mbps\n2022-05-01,Mosslink,3.7\n2022-05-08,Mosslink,3.8"
    assert [reading[1:3] for reading in held(parse(SPEED, weekly))] == [("04-25", "05-01"), ("05-02", "05-08")]


def test_seasons_and_territories_are_columns_or_one_for_all() -> None:
    columns = {"day": "Date", "title": "Show", "season": "Season", "territory": "Where", "value": "Score"}
    text = "Date,Show,Season,Where,Score\n2022-05-01,Kite,Kite: Season 2,UK,93\n2022-05-01,Kite,N/A,France,94"
    rows = parse(SeriesCsv("moss.score", columns, unit="per cent"), text).observations.to_pylist()
    assert [(row["season"], row["territory"]) for row in rows] == [("Kite: Season 2", "GB"), ("", "FR")]
    one = parse(replace(FOLLOWERS, territory="France"), "Date,Account,Followers\n2022-05-01,A,1")
    assert one.observations["territory"].to_pylist() == ["FR"]


def test_a_status_is_what_the_mapping_says_its_words_mean() -> None:
    parsed = parse(FRESH, "Date,Is\n2022-05-01,Stale\n2022-05-02,Fresh\n2022-05-03,\n2022-05-04,fresh")
    assert [value for *_, value in held(parsed)] == [0, 1, 0, None]
    assert set(parsed.observations["unit"].to_pylist()) == {"status"}
    assert set(parsed.observations["title"].to_pylist()) == {"Tin Badger"}
    why = "neither a word of yes nor one of no; add it to one of them in desk.toml"
    assert whys(parsed) == [(5, "Is", "fresh", why)]


SO = "; write it as 1234567, 1,234,567 or 12.5"


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("many", f"'many' is not a number{SO}"),
        ("", f"'' is not a number{SO}"),
        ("12%", f"'12%' is not a number{SO}"),
        ("-1", "less than 0"),
        ("1e6", f"'1e6' is not a number{SO}"),
        ("0.0000000001", "'0.0000000001' has more digits than are kept exactly"),
        ("NaN", f"'NaN' is not a number{SO}"),
    ],
)
def test_a_value_that_is_none_is_a_finding_and_its_reading_stands_without_one(cell: str, why: str) -> None:
    parsed = parse(FOLLOWERS, f"Date,Account,Followers\n2022-05-01,A,5\n2022-05-02,A,{cell}")
    assert whys(parsed) == [(3, "Followers", cell, why)]
    assert held(parsed) == [("A", "05-01", "05-01", 5), ("A", "05-02", "05-02", None)]
    assert (parsed.rows_read, parsed.rows_kept) == (2, 1)


@pytest.mark.parametrize(
    ("row", "column"),
    [("1 May,A,5", "Date"), ("2022-05-02,,5", "Account"), ("2022-05-02,A\x07,5", "Account"), ("2022-05-02,A", None)],
)
def test_a_row_of_nobody_or_no_day_is_a_finding_and_no_reading(row: str, column: str | None) -> None:
    parsed = parse(FOLLOWERS, f"Date,Account,Followers\n2022-05-01,A,5\n{row}")
    assert [(finding.line, finding.column) for finding in parsed.findings] == [(3, column)]
    assert held(parsed) == [("A", "05-01", "05-01", 5)]


def test_one_time_twice_counts_once_and_not_at_all_where_the_values_differ() -> None:
    parsed = parse(
        FOLLOWERS,
        """
        Date,Account,Followers
        2022-05-01,A,5
        2022-05-02,A,6
        2022-05-01,A,5.0
        2022-05-02,A,7
        2022-05-02,B,7
        2022-05-03,B,8
        2022-05-03,B,eight
        """,
    )
    assert held(parsed) == [
        ("A", "05-01", "05-01", 5),
        ("A", "05-02", "05-02", None),
        ("B", "05-02", "05-02", 7),
        ("B", "05-03", "05-03", None),
    ]
    why = "another row says otherwise of that time; neither counts"
    assert whys(parsed) == [
        (3, "Followers", "6", why),
        (5, "Followers", "7", why),
        (7, "Followers", "8", why),
        (8, "Followers", "eight", f"'eight' is not a number{SO}"),
    ]
    assert (parsed.rows_read, parsed.rows_kept) == (7, 3)


def test_a_reading_that_ends_after_the_file_was_fetched_is_none() -> None:
    until = Reading("*", code_of, date(2022, 5, 18))
    parsed = parse(FOLLOWERS, "Date,Account,Followers\n2022-05-18,A,5\n2022-05-19,A,6\n2202-05-01,A,7", until)
    assert held(parsed) == [("A", "05-18", "05-18", 5)]
    why = "ends after 2022-05-18, the day the file was fetched; correct the day, or load it when it is over"
    assert whys(parsed) == [(3, None, "2022-05-19", why), (4, None, "2202-05-01", why)]
    month = parse(SPEED, "Month,Provider,Mbps\n2022-04,A,3\n2022-05,A,4", until)
    assert [reading[:3] for reading in held(month)] == [("A", "04-01", "04-30")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from("AB"), st.sampled_from(["5", "6", "x"])), min_size=1, max_size=9
    ),
    st.randoms(),
)
def test_the_order_of_the_rows_changes_no_reading(rows: list[tuple[int, str, str]], dice: random.Random) -> None:
    lines = [f"{date(2022, 5, 1) + timedelta(days=day)},{title},{value}" for day, title, value in rows]
    shuffled = lines[:]
    dice.shuffle(shuffled)
    one, other = (parse(FOLLOWERS, "\n".join(["Date,Account,Followers", *order])) for order in (lines, shuffled))
    assert sorted(map(str, held(one))) == sorted(map(str, held(other)))
    said: dict[tuple[int, str], set[str]] = {}
    for day, title, value in rows:
        said.setdefault((day, title), set()).add(value)
    assert len(one.observations) == len(said)
    sure = sum(values in ({"5"}, {"6"}) for values in said.values())
    assert len([value for *_, value in held(one) if value is not None]) == sure
    assert one.rows_read == one.rows_kept + len(one.findings)


COLUMNS = {"day": "Date", "title": "Account", "value": "Followers"}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"columns": {"day": "Date", "title": "Account"}}, "must name value, and one of day, period_end, period_start"),
        ({"columns": {"title": "Account", "value": "F"}}, "must name value, and one of day, period_end, period_start"),
        ({"columns": {**COLUMNS, "period_end": "Week"}}, "must name value, and one of day, period_end, period_start"),
        ({"columns": {**COLUMNS, "rank": "Rank"}}, "columns names 'rank'; known: day, period_end"),
        ({"columns": {"day": "Date", "value": "F"}}, "whose readings are they?"),
        ({"title": "A"}, "whose readings are they?"),
        ({"unit": ""}, 'needs unit = "…" for numbers, or yes = ["…"] for a status'),
        ({"yes": ("Yes",)}, 'needs unit = "…" for numbers, or yes'),
        ({"unit": "status"}, 'needs unit = "…" for numbers, or yes'),
        ({"no": ("No",)}, "none of which stands in yes"),
        ({"unit": "", "yes": ("Yes",), "no": ("No", "Yes")}, "none of which stands in yes"),
        ({"calendar": "month"}, "a calendar is for readings of periods"),
        ({"calendar": "mon-fri", "columns": {**SPEED.columns}}, "no calendar 'mon-fri'"),
    ],
)
def test_a_mapping_that_says_too_little_or_too_much_is_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises((InputError, UsageError), match=re.escape(why)):
        replace(FOLLOWERS, **changes)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Date,Account\n2022-05-01,A", "missing: Followers"),
        ("Date,Account,Followers,Date\n2022-05-01,A,1,2022-05-01", "two columns are headed 'Date'"),
        ("", "the file is empty"),
    ],
)
def test_a_file_that_is_not_as_mapped_is_refused(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        FOLLOWERS.parse(csv(text) if text else b"", WHOLE)


def test_settings_make_the_feed_again() -> None:
    for feed in (FOLLOWERS, SPEED, FRESH):
        options = {name: value for name, value in feed.settings().items() if name != "parser"}
        assert SeriesCsv(**options).settings() == feed.settings()  # type: ignore[arg-type]
