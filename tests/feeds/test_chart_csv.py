from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from groundswell.catalog import code_of
from groundswell.core.errors import InputError, UsageError
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.chart_csv import ChartCsv
from tests.synthetic import WHOLE, csv
from tests.xlsx import workbook

_COLUMNS = {"period_end": "Week", "rank": "Rank", "title": "Title"}
LIST = ChartCsv("moss.weekly", _COLUMNS)
WEEKLY = replace(LIST, calendar="mon-sun")
FOR_ONE = Reading("tin-badger/s1", code_of)


def parse(feed: ChartCsv, text: str, reading: Reading = WHOLE) -> Parsed:
    """The rows of a CSV written out in the test, in the schemas the store keeps."""
    parsed = feed.parse(csv(text), reading)
    assert parsed.entries.schema == ENTRIES
    assert parsed.observations.schema == OBSERVATIONS
    assert parsed.issues.schema == ISSUES
    return parsed


def refusal(feed: ChartCsv, text: str) -> str:
    """The one line the file is refused with."""
    with pytest.raises(InputError) as refused:
        feed.parse(csv(text), WHOLE)
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def listing(days: list[str], header: str = "Week,Rank,Title") -> str:
    """A CSV with a list of one title for each day."""
    return "\n".join([header, *(f"{day},1,Tin Badger" for day in days)])


def ranked(ranks: list[int], day: str = "2022-05-01") -> str:
    """A CSV with one list of these ranks."""
    return "\n".join(["Week,Rank,Title", *(f"{day},{rank},Title {n}" for n, rank in enumerate(ranks, 1))])


def periods(parsed: Parsed) -> list[str]:
    """The first and last day of each issue."""
    return [f"{row['first_day']}/{row['last_day']}" for row in parsed.issues.to_pylist()]


def held(parsed: Parsed) -> list[tuple[str, str, int, str]]:
    """Territory, last day, depth and wholeness of each issue."""
    rows = parsed.issues.to_pylist()
    return [(row["territory"], f"{row['last_day']:%m-%d}", row["depth"], row["complete_for"]) for row in rows]


def whys(parsed: Parsed) -> list[tuple[int, str | None, str]]:
    """Line, column and reason of each finding."""
    return [(finding.line, finding.column, finding.why) for finding in parsed.findings]


# Calendars


@pytest.mark.parametrize(
    ("days", "calendar", "first"),
    [
        (["2022-05-01", "2022-05-08"], "mon-sun", "2022-04-25/2022-05-01"),
        (["2022-05-02", "2022-05-09"], "tue-mon", "2022-04-26/2022-05-02"),
        (["2022-05-03", "2022-05-10"], "wed-tue", "2022-04-27/2022-05-03"),
        (["2022-05-04", "2022-05-11"], "thu-wed", "2022-04-28/2022-05-04"),
        (["2022-05-05", "2022-05-12"], "fri-thu", "2022-04-29/2022-05-05"),
        (["2022-05-06", "2022-05-13"], "sat-fri", "2022-04-30/2022-05-06"),
        (["2022-05-07", "2022-05-14"], "sun-sat", "2022-05-01/2022-05-07"),
        (["2022-05-03"], "wed-tue", "2022-04-27/2022-05-03"),
        (["2022-05", "2022-06"], "month", "2022-05-01/2022-05-31"),
        (["2022-05-01", "2022-06-01"], "month", "2022-05-01/2022-05-31"),
        (["2022-05-31", "2022-06-30"], "month", "2022-05-01/2022-05-31"),
    ],
)
def test_the_calendar_is_the_one_the_days_fit(days: list[str], calendar: str, first: str) -> None:
    parsed = parse(LIST, listing(days))
    assert set(parsed.issues["calendar"].to_pylist()) == {calendar}
    assert periods(parsed)[0] == first
    assert (len(parsed.issues), parsed.findings) == (len(days), [])


@pytest.mark.parametrize(
    ("days", "calendar", "first"),
    [
        (["2022-05-02", "2022-05-09"], "mon-sun", "2022-05-02/2022-05-08"),
        (["2022-05-01", "2022-05-08"], "sun-sat", "2022-05-01/2022-05-07"),
        (["2022-05", "2022-06"], "month", "2022-05-01/2022-05-31"),
        (["2022-05-01", "2022-06-01"], "month", "2022-05-01/2022-05-31"),
        (["2022-05-31", "2022-06-30"], "month", "2022-05-01/2022-05-31"),
    ],
)
def test_days_may_be_those_a_period_starts_on(days: list[str], calendar: str, first: str) -> None:
    feed = ChartCsv("moss.weekly", {"period_start": "Week", "rank": "Rank", "title": "Title"})
    parsed = parse(feed, listing(days))
    assert set(parsed.issues["calendar"].to_pylist()) == {calendar}
    assert (periods(parsed)[0], parsed.findings, parsed.rows_kept) == (first, [], 2)


@pytest.mark.parametrize("day", ["2022-07-31", "2022-05-01"])
def test_days_that_fit_several_calendars_are_refused_with_their_names(day: str) -> None:
    message = refusal(LIST, listing([day]))
    assert message == "the days fit several calendars: add calendar = one of mon-sun, month to desk.toml"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            ["2022-05-01", "2022-05-08", "2022-05-16", "2022-05-22"],
            "most fit mon-sun, but 2022-05-16 (Monday) does not",
        ),
        (
            ["2022-01-01", "2022-02-01", "2022-03-02", "2022-04-01"],
            "most fit month, but 2022-03-02 (Wednesday) does not",
        ),
    ],
)
def test_an_odd_day_is_refused_by_name(days: list[str], said: str) -> None:
    message = refusal(LIST, listing(days))
    assert said in message
    assert "correct it, or add calendar = …" in message


def test_with_a_stated_calendar_an_odd_day_is_a_finding() -> None:
    parsed = parse(replace(WEEKLY, depth=1), listing(["2022-05-01", "2022-05-09", "2022-05-15"]))
    assert whys(parsed) == [(3, "Week", "a Monday, which labels no issue of the calendar mon-sun")]
    assert held(parsed) == [("WW", "05-01", 1, "*"), ("WW", "05-15", 1, "*")]
    assert (parsed.rows_read, parsed.rows_kept) == (3, 2)


def test_a_stated_month_takes_its_first_and_its_last_days() -> None:
    parsed = parse(replace(LIST, calendar="month"), listing(["2022-05-01", "2022-06-30", "2022-07"]))
    assert periods(parsed) == ["2022-05-01/2022-05-31", "2022-06-01/2022-06-30", "2022-07-01/2022-07-31"]
    assert parsed.findings == []


def test_a_day_that_cannot_be_read_is_a_finding() -> None:
    parsed = parse(replace(WEEKLY, depth=1), listing(["2022-05-01", "1 May", "9999-12-31", "0001-01-01"]))
    assert [(f.line, f.column, f.found) for f in parsed.findings] == [
        (3, "Week", "1 May"),
        (4, "Week", "9999-12-31"),
        (5, "Week", "0001-01-01"),
    ]
    assert held(parsed) == [("WW", "05-01", 1, "*")]


def test_without_one_day_that_can_be_read_the_file_is_refused() -> None:
    assert refusal(LIST, listing(["03/05/2022", "10/05/2022"])) == (
        "no row has a day that can be read; the first: line 2, Week: '03/05/2022' is not a day; write it as 2022-05-01, "
        "or set date_format in desk.toml (%d/%m/%Y for 01/05/2022)"
    )


def test_a_file_without_a_row_that_fits_its_header_is_refused_with_the_reason() -> None:
    assert refusal(LIST, "Week,Rank,Title").startswith("no rows under the header; ")
    said = refusal(LIST, "Week,Rank,Title,Note\n2022-05-01,1,A\n2022-05-01,2,B\n")
    assert said == "no row is as wide as the header: line 2 has 3 cells where the header has 4; mend the rows"
    [entry] = parse(LIST, "Week,Rank,Title\n2022-05-01,1\n" + "2022-05-08,1,Title 1").entries.to_pylist()
    assert entry["title"] == "Title 1"  # one row that fits is enough


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_a_file_parted_by_another_sign_is_refused_with_its_name(mark: str, name: str) -> None:
    said = refusal(WEEKLY, "Week,Rank,Title,More\n2022-05-01,1,A,b\n".replace(",", mark))
    assert said == f"the header is parted by {name}: save the file with commas"


def test_days_may_be_written_as_date_format_says() -> None:
    feed = replace(LIST, date_format="%d.%m.%Y")
    assert periods(parse(feed, listing(["01.05.2022", "08.05.2022"])))[0] == "2022-04-25/2022-05-01"
    parsed = parse(replace(feed, calendar="mon-sun"), listing(["01.05.2022", "2022-05-08", "31.12.9999"]))
    assert [(f.line, f.found) for f in parsed.findings if f.column] == [(3, "2022-05-08"), (4, "31.12.9999")]
    assert parsed.findings[1].why == "not a day written as %d.%m.%Y"
    assert "names no part of a day" in refusal(replace(feed, date_format="dd.mm.yyyy"), listing(["01.05.2022"]))


# Ranks


@pytest.mark.parametrize(
    "ranks",
    [
        [1, 2, 3],
        [1, 2, 2, 4],
        [1, 2, 2, 3],
        [1, 1, 1],
        [1, 1, 3, 3, 5],
        [1, 1, 2, 2, 3],
        [3, 1, 2],
        list(range(1, 101)),
    ],
)
def test_a_list_without_holes_is_whole_however_its_ties_are_counted(ranks: list[int]) -> None:
    parsed = parse(WEEKLY, ranked(ranks))
    assert (held(parsed), parsed.findings) == ([("WW", "05-01", len(ranks), "*")], [])
    assert parsed.entries["rank"].to_pylist() == ranks


@pytest.mark.parametrize(
    ("ranks", "why"),
    [
        ([1, 2, 4], "rank 3 is missing; held in part"),
        ([2, 3], "rank 1 is missing; held in part"),
        ([1, 2, 2, 5], "rank 3 is missing; held in part"),
        ([1, 1, 2, 4], "rank 3 is missing; held in part"),
    ],
)
def test_a_list_with_a_hole_is_held_in_part_and_loses_no_row_for_it(ranks: list[int], why: str) -> None:
    parsed = parse(WEEKLY, ranked(ranks))
    assert whys(parsed) == [(2, None, why)]
    assert held(parsed) == [("WW", "05-01", len(ranks), "")]
    assert (parsed.entries["rank"].to_pylist(), parsed.rows_kept) == (ranks, len(ranks))


@pytest.mark.parametrize("depth", [10, 15, 20, 50, 100])
def test_a_stated_depth_is_held_to(depth: int) -> None:
    feed = replace(WEEKLY, depth=depth)
    whole = parse(feed, ranked(list(range(1, depth + 1))))
    assert (held(whole), whole.findings) == ([("WW", "05-01", depth, "*")], [])
    short = parse(feed, ranked(list(range(1, depth))))
    assert whys(short) == [(2, None, f"{depth - 1} of the {depth} ranks; held in part")]
    deep = parse(feed, ranked(list(range(1, depth + 2))))
    assert whys(deep) == [(depth + 2, "Rank", f"not a whole number from 1 to {depth}")]
    assert held(deep) == [("WW", "05-01", depth, "")]


@pytest.mark.parametrize("cell", ["", "0", "-1", "1.5", "one", "10001"])
def test_a_rank_that_is_none_is_a_finding(cell: str) -> None:
    parsed = parse(WEEKLY, f"Week,Rank,Title\n2022-05-01,1,A\n2022-05-01,{cell},B\n2022-05-08,1,A")
    assert [(f.line, f.column, f.found) for f in parsed.findings] == [(3, "Rank", cell)]
    assert held(parsed) == [("WW", "05-01", 1, ""), ("WW", "05-08", 1, "*")]


def test_a_title_that_stands_twice_in_a_list_is_kept_once() -> None:
    parsed = parse(
        replace(WEEKLY, columns={**_COLUMNS, "season": "Season"}),
        """
        Week,Rank,Title,Season
        2022-05-01,1,Tin Badger,1
        2022-05-01,2,Tin Badger,2
        2022-05-01,3,Tin Badger,1
        2022-05-08,1,Tin Badger,1
        """,
    )
    assert whys(parsed) == [(4, "Title", "the title stands twice in its list; the first is kept")]
    assert held(parsed) == [("WW", "05-01", 2, ""), ("WW", "05-08", 1, "*")]
    assert parsed.entries["rank"].to_pylist() == [1, 2, 1]


# A row that is on no list


@pytest.mark.parametrize("lost", ["2022-05-01,3", "2022-05-01,3,C,x", "1 May,3,C", "2022-05-02,3,C"])
def test_without_a_depth_a_row_on_no_list_leaves_every_list_held_in_part(lost: str) -> None:
    text = f"Week,Rank,Title\n2022-05-01,1,A\n2022-05-01,2,B\n{lost}\n2022-05-08,1,A"
    parsed = parse(WEEKLY, text)
    assert held(parsed) == [("WW", "05-01", 2, ""), ("WW", "05-08", 1, "")]
    assert [finding.line for finding in parsed.findings] == [2, 4, 5]
    assert "correct it, or state the depth" in parsed.findings[0].why
    assert len(parsed.entries) == 3


def test_a_depth_says_which_lists_lost_it() -> None:
    text = "Week,Rank,Title\n2022-05-01,1,A\n1 May,2,B\n2022-05-08,1,A\n2022-05-08,2,B"
    parsed = parse(replace(WEEKLY, depth=2), text)
    assert held(parsed) == [("WW", "05-01", 1, ""), ("WW", "05-08", 2, "*")]
    assert whys(parsed)[0] == (2, None, "1 of the 2 ranks; held in part")


def test_a_row_on_no_list_could_be_the_one_subjects() -> None:
    text = "Week,Rank,Title\n2022-05-01,,\n2022-05-08,,\n{day},4,Tin Badger"
    whole = parse(WEEKLY, text.format(day="2022-05-15"), FOR_ONE)
    assert {complete_for for *_, complete_for in held(whole)} == {"tin-badger/s1"}
    lost = parse(WEEKLY, text.format(day="15 May"), FOR_ONE)
    assert held(lost) == [("WW", "05-01", 0, ""), ("WW", "05-08", 0, "")]
    assert [finding.line for finding in lost.findings] == [4]


# Complete for one subject


def test_a_list_known_to_lack_the_subject_is_held_with_nothing_on_it() -> None:
    feed = replace(WEEKLY, columns={**_COLUMNS, "territory": "Country"})
    parsed = parse(
        feed,
        """
        Week,Country,Rank,Title
        2022-05-01,GB,3,Tin Badger
        2022-05-01,US,,
        2022-05-01,FR,,Tin Badger
        2022-05-08,GB,,
        """,
        FOR_ONE,
    )
    assert held(parsed) == [
        ("GB", "05-01", 1, "tin-badger/s1"),
        ("US", "05-01", 0, "tin-badger/s1"),
        ("FR", "05-01", 1, "tin-badger/s1"),
        ("GB", "05-08", 0, "tin-badger/s1"),
    ]
    assert [(row["territory"], row["rank"]) for row in parsed.entries.to_pylist()] == [("GB", 3), ("FR", None)]
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (4, 4, [])


def test_for_one_subject_a_bad_row_still_spoils_its_list() -> None:
    parsed = parse(WEEKLY, "Week,Rank,Title\n2022-05-01,first,Tin Badger\n2022-05-08,2,Tin Badger", FOR_ONE)
    assert held(parsed) == [("WW", "05-01", 0, ""), ("WW", "05-08", 1, "tin-badger/s1")]


def test_in_a_whole_list_a_title_is_required() -> None:
    parsed = parse(WEEKLY, "Week,Rank,Title\n2022-05-01,1,A\n2022-05-01,2,\n2022-05-08,1,A")
    assert whys(parsed) == [(3, "Title", "a name is required")]
    assert held(parsed) == [("WW", "05-01", 1, ""), ("WW", "05-08", 1, "*")]


# Columns


def test_figures_beside_an_entry_are_observations_of_that_name() -> None:
    feed = replace(
        WEEKLY,
        columns={**_COLUMNS, "season": "Season", "engagements": "Engagements", "hours_viewed": "Hours"},
        territory="United States",
    )
    parsed = parse(
        feed,
        """
        Week,Rank,Title,Season,Engagements,Hours
        2022-05-01,1,Tin Badger,N/A,"1,280,000",2.4167
        2022-05-01,2,Nine Umbrellas,Season 2,929000,
        """,
    )
    found = [(o["measure"], o["unit"], o["line"], o["value"], o["territory"]) for o in parsed.observations.to_pylist()]
    assert found == [
        ("engagements", "engagements", 2, Decimal(1280000), "US"),
        ("engagements", "engagements", 3, Decimal(929000), "US"),
        ("hours_viewed", "hours", 2, Decimal("2.4167"), "US"),
    ]
    assert parsed.entries["season"].to_pylist() == ["", "Season 2"]
    assert parsed.findings == []


@pytest.mark.parametrize("figure", ["1,28", "-5", "1.28M", "about 9", "1" * 40])
def test_a_figure_that_is_none_is_a_finding(figure: str) -> None:
    feed = replace(WEEKLY, columns={**_COLUMNS, "engagements": "Engagements"})
    parsed = parse(feed, f'Week,Rank,Title,Engagements\n2022-05-01,1,A,900\n2022-05-01,2,B,"{figure}"')
    assert [(f.line, f.column, f.found) for f in parsed.findings] == [(3, "Engagements", figure)]
    assert held(parsed) == [("WW", "05-01", 1, "")]
    assert parsed.observations["value"].to_pylist() == [Decimal(900)]


def test_weeks_on_chart_are_the_producers_own_count() -> None:
    feed = replace(WEEKLY, columns={**_COLUMNS, "weeks_on_chart": "Weeks"})
    parsed = parse(feed, "Week,Rank,Title,Weeks\n2022-05-01,1,A,12\n2022-05-01,2,B,\n2022-05-01,3,C,0")
    assert parsed.entries["weeks_printed"].to_pylist() == [12, None]
    assert [(f.line, f.column) for f in parsed.findings] == [(4, "Weeks")]


@pytest.mark.parametrize(
    ("name", "code"), [("GB", "GB"), ("United Kingdom", "GB"), ("UK", "GB"), ("South Korea", "KR"), ("US-CA", "US-CA")]
)
def test_territories_by_name_and_by_code(name: str, code: str) -> None:
    feed = replace(WEEKLY, columns={**_COLUMNS, "territory": "Country"})
    parsed = parse(feed, f"Week,Rank,Title,Country\n2022-05-01,1,A,{name}\n2022-05-01,1,A,Worldwide")
    assert held(parsed) == [(code, "05-01", 1, "*"), ("WW", "05-01", 1, "*")]


def test_an_unknown_territory_is_a_finding_and_as_a_setting_a_refusal() -> None:
    feed = replace(WEEKLY, columns={**_COLUMNS, "territory": "Country"}, depth=1)
    parsed = parse(feed, "Week,Rank,Title,Country\n2022-05-01,1,A,Freedonia\n2022-05-01,1,A,GB")
    assert whys(parsed) == [(2, "Country", "'Freedonia' is not a territory; write its ISO 3166 code or English name")]
    assert held(parsed) == [("GB", "05-01", 1, "*")]
    assert "'Freedonia' is not a territory" in refusal(replace(WEEKLY, territory="Freedonia"), listing(["2022-05-01"]))


def test_columns_that_are_not_mapped_are_not_read() -> None:
    parsed = parse(
        WEEKLY,
        """
        ,Notes,Week,Rank,Title,Notes,
        x,"a ""quoted"" note",2022-05-01,1,Tin Badger,more,
        y,,2022-05-01,2,"Salt, for the Moon",,z
        """,
    )
    assert parsed.entries["title"].to_pylist() == ["Tin Badger", "Salt, for the Moon"]
    assert (held(parsed), parsed.findings) == ([("WW", "05-01", 2, "*")], [])


def test_a_mapped_column_that_is_missing_or_stands_twice_is_refused() -> None:
    said = refusal(WEEKLY, "Week,Rank,Name\n2022-05-01,1,A")
    assert "(missing: Title); nothing was loaded. The file has: Week, Rank, Name. Correct columns in desk.toml" in said
    assert "missing: Rank, Title" in refusal(WEEKLY, "Week;Rank;Title\n2022-05-01;1;A".replace("Week", "Week,x"))
    assert "two columns are headed 'Rank'" in refusal(WEEKLY, "Week,Rank,Title,Rank\n2022-05-01,1,A,2")


def test_a_file_parted_by_tabs() -> None:
    raw = b'Week\tRank\tTitle\n2022-05-01\t1\t"Quoted" Badger\n2022-05-01\t2\tSalt, Moon\n'
    parsed = replace(WEEKLY, delimiter="\t").parse(raw, WHOLE)
    assert parsed.entries["title"].to_pylist() == ['"Quoted" Badger', "Salt, Moon"]
    with pytest.raises(InputError, match="the header is parted by commas: save the file with tabs"):
        replace(WEEKLY, delimiter="\t").parse(raw.replace(b"\t", b","), WHOLE)


def test_a_workbook_serves_as_well() -> None:
    rows: list[list[object]] = [
        ["Week", "Rank", "Title"],
        [date(2022, 5, 1), 1, "Tin Badger"],
        [date(2022, 5, 8), 1, "Tin Badger"],
    ]
    parsed = LIST.parse(workbook(rows), WHOLE)
    assert (held(parsed), parsed.findings) == ([("WW", "05-01", 1, "*"), ("WW", "05-08", 1, "*")], [])


@pytest.mark.parametrize("text", ["", ",,\n,,", '""', "<html></html>", '{"rows": []}'])
def test_what_is_no_table_is_refused(text: str) -> None:
    assert refusal(WEEKLY, text)


# The mapping


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "must name period_end (or period_start), rank, title"),
        ({"period_end": "W", "title": "T"}, "must name rank"),
        ({"period_end": "W", "period_start": "V", "rank": "R", "title": "T"}, "must name period_end (or period_start)"),
    ],
)
def test_a_mapping_names_the_columns_a_list_needs(columns: Mapping[str, str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        ChartCsv("moss.weekly", columns)
    assert str(refused.value) == f"columns of chart 'moss.weekly' {said}"


def test_options_that_cannot_be_are_refused_when_they_are_stated() -> None:
    with pytest.raises(UsageError, match="no calendar 'sun-mon'"):
        replace(LIST, calendar="sun-mon")
    with pytest.raises(InputError, match=r"depth = 0 of chart .* must be 1 or more"):
        replace(LIST, depth=0)


def test_settings_hold_all_that_decides_how_bytes_become_rows() -> None:
    assert WEEKLY.settings() == {
        "encoding": "utf-8",
        "parser": 2,
        "chart": "moss.weekly",
        "calendar": "mon-sun",
        "territory": "WW",
        "depth": None,
        "date_format": None,
        "delimiter": ",",
        "columns": _COLUMNS,
    }
    options = {name: value for name, value in WEEKLY.settings().items() if name != "parser"}
    assert ChartCsv(**options) == WEEKLY  # type: ignore[arg-type]
