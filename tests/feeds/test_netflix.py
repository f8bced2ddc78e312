from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from groundswell.core.errors import InputError
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.netflix import COUNTRIES, GLOBAL, NetflixFeed
from tests import oracle
from tests.synthetic import (
    COUNTRIES_HEADER,
    GLOBAL_HEADER,
    TITLES,
    WEEK,
    WHOLE,
    Row,
    country_week,
    global_week,
    sundays,
    tsv,
)
from tests.xlsx import Raw, workbook

_OTHER = "2022-05-08"
_FORMULA = Raw("><f>1+1</f><v>3</v></c>")


def parse(raw: bytes, feed: NetflixFeed = GLOBAL) -> Parsed:
    """The rows of a file; what comes in any case is in the schemas the store keeps."""
    parsed = feed.parse(raw, WHOLE)
    assert parsed.entries.schema == ENTRIES
    assert parsed.observations.schema == OBSERVATIONS
    assert parsed.issues.schema == ISSUES
    return parsed


def held(parsed: Parsed) -> dict[str, tuple[int, str]]:
    """Last day of each issue → its depth and for whom it is held whole."""
    return {str(row["last_day"]): (row["depth"], row["complete_for"]) for row in parsed.issues.to_pylist()}


def figures(parsed: Parsed, measure: str) -> dict[int, Decimal]:
    """Line → value."""
    return {row["line"]: row["value"] for row in parsed.observations.to_pylist() if row["measure"] == measure}


def as_xlsx(rows: list[Row], header: tuple[str, ...] = GLOBAL_HEADER) -> bytes:
    """The rows as Netflix's workbooks have them: text as text, counts as numbers."""
    return workbook([list(header), *rows])


Write = Callable[[list[Row]], bytes]
FORMATS = pytest.mark.parametrize("write", [tsv, as_xlsx], ids=["tsv", "xlsx"])


@FORMATS
def test_the_global_file(write: Write) -> None:
    rows = [*global_week(), *global_week(category="Films (Non-English)")]
    rows[1] = [WEEK, "TV (English)", 2, "Tin Badger", "Tin Badger: Season 2", 7_000_000, "2.4167", 2_900_000, 3]
    parsed = parse(write(rows))
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (20, 20, [])
    assert parsed.entries.slice(1, 1).to_pylist() == [
        {
            "chart": "netflix.global.tv_english",
            "territory": "WW",
            "first_day": date(2022, 4, 25),
            "last_day": date(2022, 5, 1),
            "rank": 2,
            "title": "Tin Badger",
            "season": "Tin Badger: Season 2",
            "weeks_printed": 3,
            "line": 3,
        }
    ]
    assert parsed.entries["title"].to_pylist()[:10] == list(TITLES)
    assert set(parsed.entries["season"].to_pylist()) == {"", "Tin Badger: Season 2"}
    assert [(i["chart"], i["calendar"], i["depth"], i["complete_for"]) for i in parsed.issues.to_pylist()] == [
        ("netflix.global.tv_english", "mon-sun", 10, "*"),
        ("netflix.global.films_non_english", "mon-sun", 10, "*"),
    ]
    assert figures(parsed, "hours_viewed")[3] == 7_000_000
    assert figures(parsed, "views") == {3: 2_900_000}
    assert figures(parsed, "runtime")[3] == Decimal("2.4167")
    assert {(o["measure"], o["unit"]) for o in parsed.observations.to_pylist()} == {
        ("hours_viewed", "hours"),
        ("views", "views"),
        ("runtime", "hours"),
    }


@FORMATS
def test_an_older_file_without_runtime_and_views(write: Write) -> None:
    header = tuple(name for name in GLOBAL_HEADER if name not in ("runtime", "weekly_views"))
    rows = [[*row[:6], row[8]] for row in global_week()]
    parsed = parse(tsv(rows, header) if write is tsv else as_xlsx(rows, header))
    assert (held(parsed), parsed.findings) == ({WEEK: (10, "*")}, [])
    assert set(parsed.observations["measure"].to_pylist()) == {"hours_viewed"}


@pytest.mark.parametrize("xlsx", [False, True])
def test_the_countries_file(xlsx: bool) -> None:
    rows = [*country_week(), *country_week("KR", "South Korea", category="Films")]
    parsed = parse(as_xlsx(rows, COUNTRIES_HEADER) if xlsx else tsv(rows, COUNTRIES_HEADER), COUNTRIES)
    assert (parsed.rows_kept, parsed.findings, len(parsed.observations)) == (20, [], 0)
    assert [(i["chart"], i["territory"], i["complete_for"]) for i in parsed.issues.to_pylist()] == [
        ("netflix.country.tv", "GB", "*"),
        ("netflix.country.films", "KR", "*"),
    ]
    assert parsed.entries["season"][0].as_py() == "The Paper Lighthouse: Season 1"


def test_the_order_of_columns_and_rows_does_not_matter() -> None:
    header = GLOBAL_HEADER[::-1]
    parsed = parse(tsv([row[::-1] for row in reversed(global_week())], header))
    assert (held(parsed), parsed.findings) == ({WEEK: (10, "*")}, [])
    assert parsed.entries["rank"].to_pylist() == list(range(10, 0, -1))


@pytest.mark.parametrize(
    "save",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: b"\n" + raw + b"\n\n",
    ],
    ids=["byte order mark", "CRLF", "no last newline", "blank lines"],
)
def test_the_file_however_it_is_saved(save: Callable[[bytes], bytes]) -> None:
    plain, saved = parse(tsv(global_week())), parse(save(tsv(global_week())))
    assert saved.entries.drop(["line"]) == plain.entries.drop(["line"])
    assert (saved.rows_kept, saved.findings) == (10, [])


def test_numbers_typed_as_text_and_days_typed_as_days() -> None:
    plain = parse(as_xlsx(global_week()))
    text = parse(as_xlsx([[str(cell) for cell in row] for row in global_week()]))
    days = parse(as_xlsx([[date.fromisoformat(WEEK), *row[1:]] for row in global_week()]))
    for other in (text, days):
        assert (other.entries, other.observations, other.issues) == (plain.entries, plain.observations, plain.issues)
        assert other.findings == []


def test_a_file_without_rows_holds_nothing() -> None:
    for raw in (tsv([]), as_xlsx([])):
        parsed = parse(raw)
        assert (parsed.rows_read, len(parsed.entries), len(parsed.issues), parsed.findings) == (0, 0, 0, [])


# Bad cells: a finding in its place, the good rows kept, and only that list held in part

AT = {name: at for at, name in enumerate(GLOBAL_HEADER)}


@FORMATS
@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("weekly_rank", 11, "not a whole number from 1 to 10"),
        ("weekly_rank", 0, "not a whole number from 1 to 10"),
        ("weekly_rank", 1.5, "not a whole number from 1 to 10"),
        ("weekly_rank", "1.5", "not a whole number from 1 to 10"),
        ("weekly_rank", "", "not a whole number from 1 to 10"),
        ("weekly_rank", "first", "not a whole number from 1 to 10"),
        ("weekly_hours_viewed", -1, "not a whole number from 0 up"),
        ("weekly_hours_viewed", "-10,000", "not a whole number from 0 up"),
        ("weekly_hours_viewed", "", "not a whole number from 0 up"),
        ("weekly_hours_viewed", "1e7", "not a whole number from 0 up"),
        ("weekly_hours_viewed", "10.000.000", "not a whole number from 0 up"),
        ("weekly_hours_viewed", "2000000000000000", "not a whole number from 0 up"),
        ("weekly_views", -5, "not a whole number from 0 up"),
        ("weekly_views", 0.5, "not a whole number from 0 up"),
        ("runtime", "1:30", "is not a number"),
        ("runtime", "-1.5", "less than 0"),
        ("cumulative_weeks_in_top_10", 0, "not a whole number from 1 up"),
        ("show_title", "", "a name is required"),
        ("show_title", "x" * 301, "longer than the 300 characters"),
        ("season_title", "x" * 301, "longer than the 300 characters"),
    ],
)
def test_a_bad_cell(write: Write, column: str, cell: object, why: str) -> None:
    rows = [*global_week(), *global_week(_OTHER)]
    rows[4] = list(rows[4])
    rows[4][AT[column]] = cell
    parsed = parse(write(rows))
    [finding] = parsed.findings
    assert (finding.line, finding.column) == (6, column)
    assert why in finding.why
    assert finding.found == str(cell)[:80]
    assert held(parsed) == {WEEK: (9, ""), _OTHER: (10, "*")}
    assert (parsed.rows_read, parsed.rows_kept, len(parsed.entries)) == (20, 19, 19)
    assert 6 not in parsed.entries["line"].to_pylist()
    assert 6 not in parsed.observations["line"].to_pylist()


@FORMATS
@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("week", "2022-05-02", "a Monday; Netflix labels its weeks by their Sunday"),
        ("week", "01.05.2022", "is not a day"),
        ("week", "9999-12-31", "is not a day"),
        ("week", "0001-01-01", "is not a day"),
        ("week", "", "is not a day"),
        ("category", "TV (Klingon)", "not one of Films (English), Films (Non-English), TV (English), TV (Non-English)"),
        ("category", "", "not one of Films (English)"),
    ],
)
def test_a_row_that_is_on_no_list_leaves_a_hole_in_the_one_it_is_from(
    write: Write, column: str, cell: str, why: str
) -> None:
    rows = [*global_week(), *global_week(_OTHER)]
    rows[4] = list(rows[4])
    rows[4][AT[column]] = cell
    parsed = parse(write(rows))
    assert [(finding.line, finding.column) for finding in parsed.findings] == [(2, None), (6, column)]
    assert parsed.findings[0].why == "9 of the 10 ranks; held in part"
    assert why in parsed.findings[1].why
    assert held(parsed) == {WEEK: (9, ""), _OTHER: (10, "*")}


@pytest.mark.parametrize("code", ["XX", "", "gb", "GBR", "United Kingdom"])
def test_an_unknown_country_code(code: str) -> None:
    rows = [*country_week(), *country_week("FR", "France")]
    rows[4][1] = code
    parsed = parse(tsv(rows, COUNTRIES_HEADER), COUNTRIES)
    [hole, finding] = parsed.findings
    assert (hole.line, hole.why) == (2, "9 of the 10 ranks; held in part")
    assert (finding.line, finding.column, finding.found) == (6, "country_iso2", code)
    assert finding.why == "not an ISO 3166 country code of two letters"
    assert [(i["territory"], i["complete_for"]) for i in parsed.issues.to_pylist()] == [("GB", ""), ("FR", "*")]


@FORMATS
def test_a_rank_that_stands_twice_is_kept_neither_time(write: Write) -> None:
    rows = [*global_week(), *global_week(_OTHER)]
    rows[4][AT["weekly_rank"]] = 1
    parsed = parse(write(rows))
    assert [(f.line, f.found) for f in parsed.findings] == [
        (2, "rank 1: The Paper Lighthouse"),
        (6, "rank 1: Été sans boussole"),
    ]
    assert all("the rank stands twice in its list" in finding.why for finding in parsed.findings)
    assert held(parsed) == {WEEK: (8, ""), _OTHER: (10, "*")}
    assert (parsed.rows_kept, len(figures(parsed, "hours_viewed"))) == (18, 18)


def test_one_list_given_twice_is_kept_neither_time() -> None:
    parsed = parse(tsv([*global_week(), *global_week(), *global_week(_OTHER)]))
    assert held(parsed) == {WEEK: (0, ""), _OTHER: (10, "*")}
    assert (parsed.rows_kept, len(parsed.findings)) == (10, 20)


def test_a_list_cut_short_is_held_in_part() -> None:
    parsed = parse(tsv([*global_week(_OTHER), *global_week()[:7]]))
    assert [str(finding).split(": ", 1)[0] for finding in parsed.findings] == ["line 12"]
    assert parsed.findings[0].why == "7 of the 10 ranks; held in part"
    assert held(parsed) == {_OTHER: (10, "*"), WEEK: (7, "")}


@pytest.mark.parametrize("name", ["Tin\0Badger", "Tin\x07Badger", "\x1b]0;x\x07Tin Badger"])
def test_a_title_with_control_characters(name: str) -> None:
    rows = [*global_week(), *global_week(_OTHER)]
    rows[4][AT["show_title"]] = name
    parsed = parse(tsv(rows))
    assert [(f.line, f.column, f.found) for f in parsed.findings] == [(6, "show_title", name)]
    assert held(parsed) == {WEEK: (9, ""), _OTHER: (10, "*")}


def test_ragged_rows_leave_holes_where_they_are_from() -> None:
    lines = tsv([*global_week(), *global_week(_OTHER)]).split(b"\n")
    lines[5] = lines[5].rsplit(b"\t", 1)[0]
    lines[6] += b"\textra"
    parsed = parse(b"\n".join(lines))
    assert [(f.line, f.why) for f in parsed.findings] == [
        (2, "8 of the 10 ranks; held in part"),
        (6, "8 cells where the header has 9"),
        (7, "10 cells where the header has 9"),
    ]
    assert held(parsed) == {WEEK: (8, ""), _OTHER: (10, "*")}
    assert (parsed.rows_read, parsed.rows_kept) == (20, 18)


@pytest.mark.parametrize("column", ["weekly_rank", "weekly_hours_viewed", "show_title", "week"])
def test_a_formula_is_no_published_figure(column: str) -> None:
    rows = [*global_week(), *global_week(_OTHER)]
    rows[4][AT[column]] = _FORMULA
    parsed = parse(as_xlsx(rows))
    assert [(f.line, f.column) for f in parsed.findings] == [(2, None), (6, column)]
    assert "write the value itself" in parsed.findings[1].why
    assert held(parsed) == {WEEK: (9, ""), _OTHER: (10, "*")}


def test_formulas_in_one_row_within_the_table_and_beside_it_are_both_said() -> None:
    rows = global_week()
    rows[4][AT["weekly_rank"]] = _FORMULA
    rows[4].append(_FORMULA)
    assert {(f.line, f.column) for f in parse(as_xlsx(rows)).findings} == {(2, None), (6, "weekly_rank"), (6, None)}


def test_several_bad_cells_in_a_row_are_several_findings_of_one_row() -> None:
    rows = global_week()
    rows[4][AT["weekly_rank"]], rows[4][AT["weekly_hours_viewed"]], rows[4][AT["show_title"]] = 99, -1, ""
    parsed = parse(tsv(rows))
    assert [(f.line, f.column) for f in parsed.findings] == [
        (6, "weekly_rank"),
        (6, "show_title"),
        (6, "weekly_hours_viewed"),
    ]
    assert (parsed.rows_kept, held(parsed)) == (9, {WEEK: (9, "")})


def test_a_file_of_bad_rows_only_holds_nothing() -> None:
    parsed = parse(tsv([["never", "TV (English)", n, "A", "N/A", 1, 1, 1, 1] for n in range(1, 11)]))
    assert (len(parsed.entries), len(parsed.issues), len(parsed.findings), parsed.rows_kept) == (0, 0, 10, 0)


# Files that are not the feed's at all


def _without(name: str) -> bytes:
    at = GLOBAL_HEADER.index(name)
    return tsv([[*row[:at], *row[at + 1 :]] for row in global_week()], tuple(n for n in GLOBAL_HEADER if n != name))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the file is empty"),
        (b"<!DOCTYPE html><html><body>Access denied</body></html>", "HTML or XML page"),
        (tsv(global_week()).replace("Été".encode(), "Été".encode("latin-1")), "line 6: byte 0xc9 is not UTF-8"),
        (tsv(global_week()).decode().encode("utf-16"), "is not UTF-8"),
        (tsv(global_week()).decode().encode("utf-16-le"), "line 6: byte 0xc9 is not UTF-8"),
        (_without("show_title"), "missing: show_title"),
        (_without("weekly_hours_viewed"), "missing: weekly_hours_viewed"),
        (tsv(global_week()).replace(b"show_title", b"show_name"), "missing: show_title; unknown: show_name"),
        (tsv(global_week()).replace(b"runtime", b"weekly_views"), "twice: weekly_views"),
        (tsv([[*row, "x"] for row in global_week()], (*GLOBAL_HEADER, "extra")), "unknown: extra"),
        (tsv([[*row, "x"] for row in global_week()], (*GLOBAL_HEADER, "week")), "twice: week"),
        (tsv([[*row, "x"] for row in global_week()], (*GLOBAL_HEADER, "")), "unknown: (no name)"),
        (tsv(country_week(), COUNTRIES_HEADER), "missing: weekly_hours_viewed; unknown: country_name, country_iso2"),
        (tsv(global_week()).replace(b"\t", b","), "missing: week, category"),
        (tsv([*global_week(), [WEEK, "TV (English)", 1, "x" * 200_000]]), "line 12: not readable as a table: field"),
        (b'{"error": "not found"}', "the columns are not those of this feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is not UTF-8"),
        (bytes(300), "the columns are not those of this feed"),
        (as_xlsx(global_week())[:-30], "damaged or cut short"),
        (as_xlsx(global_week(), GLOBAL_HEADER[:-1]), "missing: cumulative_weeks_in_top_10"),
        (as_xlsx(global_week(), ("week", *GLOBAL_HEADER[:-1])), "twice: week"),
    ],
    ids=range(21),
)
def test_a_file_that_is_not_the_feeds_is_refused_in_one_line(raw: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        GLOBAL.parse(raw, WHOLE)
    message = str(refused.value)
    assert said in message
    assert len(message.splitlines()) == 1
    assert len(message) < 500


def test_the_contract_in_a_refusal_says_what_is_allowed() -> None:
    with pytest.raises(InputError) as refused:
        COUNTRIES.parse(tsv(global_week()), WHOLE)
    assert f"Expected: {', '.join(COUNTRIES_HEADER)}" in str(refused.value)
    assert "nothing was loaded" in str(refused.value)


def test_settings_are_plain_and_the_origin_is_netflix() -> None:
    assert GLOBAL.settings() == COUNTRIES.settings() == {"parser": 1}
    assert GLOBAL.origin.producer == COUNTRIES.origin.producer == "Netflix"
    assert GLOBAL.url.startswith("https://www.netflix.com/")


def test_many_weeks() -> None:
    weeks = sundays("2021-07-04", 52)
    parsed = parse(tsv([row for week in weeks for row in global_week(week)]))
    assert held(parsed) == dict.fromkeys(weeks, (10, "*"))
    assert parsed.rows_kept == 520


# The real files


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("feed", "name", "rows", "issues"),
    [
        (GLOBAL, "all-weeks-global_2022-11-15.xlsx", 2_880, 288),
        (GLOBAL, "all-weeks-global_2026-07-22.tsv", 10_560, 1_056),
        (COUNTRIES, "all-weeks-countries_2022-11-15.xlsx", 134_620, 13_462),
    ],
)
def test_the_real_files_are_read_whole(shared_data: Path, feed: NetflixFeed, name: str, rows: int, issues: int) -> None:
    path = shared_data / "netflix" / name
    parsed = parse(path.read_bytes(), feed)
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (rows, rows, [])
    assert len(parsed.issues) == issues
    assert set(parsed.issues["complete_for"].to_pylist()) == {"*"}


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["all-weeks-global_2022-11-15.xlsx", "all-weeks-global_2026-07-22.tsv"])
def test_the_real_global_files_are_read_as_the_oracle_reads_them(shared_data: Path, name: str) -> None:
    path = shared_data / "netflix" / name
    parsed = parse(path.read_bytes())
    read = parsed.entries.to_pydict()
    found = zip(
        *(read[n] for n in ("chart", "territory", "last_day", "rank", "title", "season", "weeks_printed")), strict=True
    )
    expected = oracle.read_netflix(path)
    assert list(found) == [
        (r.chart, r.territory, r.period_end, r.rank, r.show, r.season, r.printed_weeks) for r in expected
    ]
    for measure, values in (
        ("hours_viewed", [r.hours for r in expected]),
        ("views", [r.views for r in expected]),
        ("runtime", [r.runtime for r in expected]),
    ):
        printed = {line: value for line, value in enumerate(values, 2) if value is not None}
        assert figures(parsed, measure) == printed
