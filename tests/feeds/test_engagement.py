"""Engagement reports: the table below its preamble, one sheet or several, and the names and figures that are doubtful."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.claims import Claim, Record, read
from groundswell.core.errors import InputError
from groundswell.core.period import Period
from groundswell.core.rows import OBSERVATIONS, Parsed
from groundswell.feeds.engagement import REPORT
from groundswell.measures.netflix import MOST_POPULAR, views
from tests.claims.lists import Lists, judge_one
from tests.synthetic import TITLES, WHOLE, Row
from tests.xlsx import Raw, workbook

HEADER = ["", "Title", "Available Globally?", "Release Date", "Hours Viewed"]
LATER = [*HEADER, "Runtime", "Views"]
PREAMBLE: list[Row] = [
    [""],
    ["", "What We Watched: A Netflix Engagement Report"],
    ["", "Hours viewed from January to June 2023"],
    [""],
]
NAMES = [f"{title}: Season 1" for title in TITLES[:4]] + [*TITLES[4:]]


def rows(names: list[str] | None = None, *, later: bool = False) -> list[Row]:
    """The titles with hours that fall, and of a later report with runtime and views."""
    found: list[Row] = []
    for at, name in enumerate(NAMES if names is None else names):
        row: Row = ["", name, "Yes", date(2022, 4, 22), 20_000_000 - 1_000_000 * at]
        found.append([*row, "3:58", 5_000_000 - 100_000 * at] if later else row)
    return found


def sheet(of: list[Row], header: list[str] = HEADER, preamble: list[Row] = PREAMBLE) -> list[Row]:
    return [*preamble, list(header), *of]


def parse(*sheets: list[Row], until: date = date(2026, 1, 1)) -> Parsed:
    parsed = REPORT.parse(workbook(*sheets), replace(WHOLE, until=until))
    assert parsed.observations.schema == OBSERVATIONS
    assert (len(parsed.entries), len(parsed.issues)) == (0, 0)
    return parsed


def refusal(*sheets: list[Row], until: date = date(2026, 1, 1)) -> str:
    with pytest.raises(InputError) as refused:
        parse(*sheets, until=until)
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def test_a_report_of_one_sheet() -> None:
    parsed = parse(sheet(rows()))
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (10, 10, [])
    assert parsed.observations.to_pylist()[1] == {
        "measure": "netflix.hours_half_year", "unit": "hours", "chart": "", "territory": "WW", "first_day": date(2023, 1, 1),
        "last_day": date(2023, 6, 30), "title": "Tin Badger", "season": "Tin Badger: Season 1", "value": Decimal(19_000_000),
        "line": 7,
    }  # fmt: skip
    assert parsed.observations.to_pylist()[5]["season"] == ""


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("Hours viewed from January to June 2023", ("2023-01-01", "2023-06-30")),
        ("Views from July to December 2024", ("2024-07-01", "2024-12-31")),
        ("Jan - Jun 2023", ("2023-01-01", "2023-06-30")),
        ("JULY–DECEMBER 2025", ("2025-07-01", "2025-12-31")),
    ],
)
def test_the_half_year_is_read_from_above_the_table(words: str, period: tuple[str, str]) -> None:
    preambles: list[list[Row]] = [[["", words]], [[words], [""], ["another line"]]]
    for preamble in preambles:
        found = parse(sheet(rows(), preamble=preamble)).observations.to_pylist()[0]
        assert (str(found["first_day"]), str(found["last_day"])) == period


@pytest.mark.parametrize(
    ("preamble", "why"),
    [
        ([], "above the table one half-year must be stated, as in January to June 2023; found: nothing"),
        ([["", "The first half of 2023"]], "found: The first half of 2023"),
        ([["", "January to December 2023"]], "one half-year must be stated"),
        ([["", "July to June 2023"]], "one half-year must be stated"),
        ([["", "January to June 2023"], ["", "July to December 2023"]], "one half-year must be stated"),
    ],
)
def test_a_preamble_without_one_half_year_is_refused(preamble: list[Row], why: str) -> None:
    assert why in refusal(sheet(rows(), preamble=preamble))


def test_sheets_are_counted_through_and_findings_name_theirs() -> None:
    films = rows(["A Film", "Another Film", "A Third"], later=True)
    films[1][5] = "long"
    parsed = parse(sheet(rows(later=True), LATER), sheet(films, LATER))
    [finding] = parsed.findings
    assert (finding.line, finding.why) == (22, "not a runtime in hours and minutes, as in 3:58 (sheet Sheet 2)")
    assert (parsed.rows_read, parsed.rows_kept) == (13, 12)
    lines = [row["line"] for row in parsed.observations.to_pylist() if row["measure"] == "netflix.hours_half_year"]
    assert lines == [*range(6, 16), 21, 22, 23]
    assert [row["value"] for row in parsed.observations.to_pylist() if row["line"] == 22] == [None] * 3
    assert {row["measure"]: row["unit"] for row in parsed.observations.to_pylist()} == {
        "netflix.hours_half_year": "hours", "netflix.views_half_year": "views", "netflix.runtime": "minutes",
    }  # fmt: skip


def test_a_sheet_too_many_is_a_finding_and_the_others_are_read() -> None:
    parsed = parse(sheet(rows()), [["Notes", "of nobody"]], [])
    assert [(f.line, f.found, f.why) for f in parsed.findings] == [
        (1, "Sheet 2", "a sheet in which no row is headed Title and Hours Viewed; not read")
    ]
    assert parsed.rows_kept == 10
    assert "no sheet has a row headed Title and Hours Viewed" in refusal([["Notes"]])
    other: list[Row] = [[""], ["", "Hours viewed from July to December 2023"]]
    assert "the sheets are of several half-years" in refusal(sheet(rows()), sheet(rows(), preamble=other))


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        (1, "", "a name is required"),
        (1, "x" * 301, "longer than the 300 characters"),
        (4, "many", "not a whole number from 0 up"),
        (4, -100_000, "not a whole number from 0 up"),
        (4, 0.5, "not a whole number from 0 up"),
        (4, 16_000, "not a multiple of 100,000, to which the report rounds; are they thousands or millions?"),
        (4, 162, "not a multiple of 100,000"),
        (4, Raw("><f>1+1</f><v>2</v></c>"), "a formula or an error"),
        (5, "3.58", "not a runtime in hours and minutes, as in 3:58"),
        (5, "3:75", "not a runtime in hours and minutes"),
        (6, 49_999, "not a multiple of 100,000"),
    ],
)
def test_a_bad_cell_is_a_finding_and_its_row_has_no_figures(column: int, cell: object, why: str) -> None:
    of = rows(later=True)
    of[3][column] = cell
    parsed = parse(sheet(of, LATER))
    assert [finding.line for finding in parsed.findings if why in finding.why] == [9]
    told = [row["value"] for row in parsed.observations.to_pylist() if row["line"] == 9]
    assert told == ([] if column == 1 or isinstance(cell, Raw) else [None] * 3)  # a row without a name is nobody's
    assert parsed.rows_kept == 9


def test_a_title_whose_row_cannot_be_read_has_not_the_figures_of_the_edition_before() -> None:
    lists = Lists()
    of = rows()
    lists.take(REPORT, workbook(sheet(of)), known_from=datetime(2026, 1, 1, tzinfo=UTC))
    of[1][4], of[2][4] = 17_150_000, "many"
    lists.take(REPORT, workbook(sheet(of)), known_from=datetime(2026, 1, 2, tzinfo=UTC), findings=2)
    record = lists.record()
    half = Period(date(2023, 1, 1), date(2023, 6, 30))
    verdicts = []
    for nth, words in ((0, "20 million hours"), (1, "19 million hours"), (2, "18 million hours")):
        subject = f"{NAMES[nth].partition(':')[0].lower().replace(' ', '-')}/s1"
        claim = Claim("level", subject, "", "WW", half, read(words, "level"), "netflix.hours_half_year")
        verdicts.append(str(judge_one(record, claim).verdict))
    assert verdicts == ["supported", "undecidable", "undecidable"]


def test_a_runtime_that_varies_is_none() -> None:
    of = rows(later=True)
    of[0][5], of[1][5], of[2][5] = "*", "4:44*", "02:59"
    parsed = parse(sheet(of, LATER))
    assert parsed.findings == []
    minutes = {r["line"]: r["value"] for r in parsed.observations.to_pylist() if r["measure"] == "netflix.runtime"}
    assert (6 in minutes, 7 in minutes, minutes[8], minutes[9]) == (False, False, 179, 238)


def test_titles_merged_in_one_name_have_no_value() -> None:
    parsed = parse(sheet(rows(["Noise", "Noise // Ruido", "Tin Badger: Season 2 // 주석", "The Glory: Part 1"])))
    assert [(f.line, f.found) for f in parsed.findings] == [(6, "Noise"), (7, "Noise // Ruido")]
    assert all("another row has this name" in finding.why for finding in parsed.findings)
    assert [(r["title"], r["season"], r["value"]) for r in parsed.observations.to_pylist()] == [
        ("Noise", "", None),
        ("Tin Badger", "Tin Badger: Season 2", 18_000_000),
        ("The Glory", "The Glory: Part 1", 17_000_000),
    ]


def test_a_name_on_two_sheets_is_merged_too() -> None:
    parsed = parse(sheet(rows(["Noise", "Kite"])), sheet(rows(["Noise // Ruido"])))
    assert [f.line for f in parsed.findings] == [6, 7 + 6]
    assert [(r["title"], r["value"]) for r in parsed.observations.to_pylist()] == [
        ("Noise", None),
        ("Kite", 19_000_000),
    ]
    assert (parsed.rows_read, parsed.rows_kept) == (3, 1)


def test_another_contract_and_a_half_year_that_was_not_over_are_refused() -> None:
    assert "unknown: Country" in refusal(sheet([[*row, "GB"] for row in rows()], [*HEADER, "Country"]))
    assert "missing: Release Date" in refusal(sheet([row[:3] + row[4:] for row in rows()], HEADER[:3] + HEADER[4:]))
    assert "was not over on 2023-06-29" in refusal(sheet(rows()), until=date(2023, 6, 29))
    with pytest.raises(InputError, match="no XLSX workbook"):
        REPORT.parse(b"Title,Hours Viewed\nA,100000\n", WHOLE)


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0xFFFD), max_size=8) | st.integers(
    -5, 10**9
)


@settings(max_examples=40, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 6), CELLS), max_size=5))
def test_changed_cells_never_crash_and_no_row_goes_without_a_word(changes: list[tuple[int, int, object]]) -> None:
    of: list[Row] = [[*row, *[""] * (7 - len(row))] for row in sheet(rows(later=True), LATER)]
    for row, column, value in changes:
        of[row][column] = value
    with suppress(InputError):
        parsed = parse(of)
        told = {*parsed.observations["line"].to_pylist(), *(finding.line for finding in parsed.findings)}
        below = next(
            at for at, row in enumerate(of, 1) if {"Title", "Hours Viewed"} <= {str(cell).strip() for cell in row}
        )
        assert told >= {at for at, row in enumerate(of, 1) if at > below and any(cell != "" for cell in row)}


# The real reports


@pytest.fixture(scope="module")
def reports(shared_data: Path) -> dict[str, bytes]:
    names = {"2023": "What_We_Watched_2023Jan-Jun.xlsx", "2024": "What_We_Watched_2024Jul-Dec.xlsx"}
    return {year: (shared_data / "netflix" / name).read_bytes() for year, name in names.items()}


@pytest.fixture(scope="module")
def record(reports: dict[str, bytes]) -> Iterator[Record]:
    lists = Lists()
    for raw, findings in ((reports["2023"], 101), (reports["2024"], 110)):
        lists.take(REPORT, raw, known_from=datetime(2026, 1, 1, tzinfo=UTC), findings=findings)
    held = lists.record()
    yield held
    held.engine.close()


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("words", "subject", "year", "half", "outcome"),
    [
        ("16.0M hours", "heartstopper/s1", 2023, 1, "supported"),
        ("16 million hours viewed", "heartstopper/s1", 2023, 1, "supported"),
        ("16.1M hours", "heartstopper/s1", 2023, 1, "refuted"),
        ("17.8 million hours", "heartstopper/s1", 2024, 2, "supported"),
        ("10.9 million views", "heartstopper/s3", 2024, 2, "supported"),
        ("16.0M views", "heartstopper/s1", 2023, 1, "undecidable"),  # of the first report no views are printed
        ("16.0M hours", "heartstopper/s1", 2023, 2, "undecidable"),
        ("100,000 hours", "cowboy-bebop/s1", 2023, 1, "undecidable"),  # two works of one name
    ],
)
def test_hours_of_a_half_year(record: Record, words: str, subject: str, year: int, half: int, outcome: str) -> None:
    period = Period(date(year, 1, 1), date(year, 6, 30)) if half == 1 else Period(date(year, 7, 1), date(year, 12, 31))
    measure = f"netflix.{'views' if 'views' in words else 'hours'}_half_year"
    judged = judge_one(record, Claim("level", subject, "", "WW", period, read(words, "level"), measure))
    assert judged.verdict == outcome, judged.explanation


@pytest.mark.shared_data
def test_views_are_hours_by_the_runtime_in_minutes(record: Record) -> None:
    rows = record.engine.query(
        "SELECT max(value) FILTER (measure = 'netflix.hours_half_year') AS hours, "
        "max(value) FILTER (measure = 'netflix.views_half_year') AS views, "
        "max(value) FILTER (measure = 'netflix.runtime') AS minutes FROM observations GROUP BY load_id, line"
    ).to_pylist()
    whole = [row for row in rows if None not in row.values()]
    same = [row for row in whole if views(row["hours"], row["minutes"] / 60, MOST_POPULAR[1]) == row["views"]]
    assert (len(whole), len(same)) == (15_278, 15_259)
