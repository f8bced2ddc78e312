"""Best-seller lists in the shapes they are found in: what is kept, of which week it is, and what is refused where."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.core.errors import InputError
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.nyt import LISTS
from tests.synthetic import TITLES, WHOLE

SATURDAY, SUNDAY = "2022-05-14", "2022-05-29"
NAME, ENCODED = "Young Adult Hardcover", "young-adult-hardcover"
CSV_HEADER = ",Title,Author,Publisher,Primary ISBN10,Primary ISBN13,NYT List,NYT List Published Date,Weeks on NYT List"

Book = dict[str, Any]


def books(count: int = 10) -> list[Book]:
    """Books as the API has them, the first of them new."""
    return [
        {
            "rank": rank,
            "rank_last_week": rank - 1,
            "weeks_on_list": rank,
            "asterisk": int(rank == 3),
            "dagger": 0,
            "primary_isbn13": f"97800000000{rank:02}",
            "title": TITLES[(rank - 1) % len(TITLES)].upper() + (" AGAIN" if rank > len(TITLES) else ""),
            "author": "Nobody at All",
            "buy_links": [{"name": "A shop", "url": "https://example.org/"}],
        }
        for rank in range(1, count + 1)
    ]


def answer(of: list[Book] | None = None, **results: Any) -> dict[str, Any]:
    """One list as the API answers."""
    listed = books() if of is None else of
    head = {
        "list_name": NAME,
        "list_name_encoded": ENCODED,
        "bestsellers_date": SATURDAY,
        "published_date": SUNDAY,
        "normal_list_ends_at": 10,
        "updated": "WEEKLY",
    }
    return {
        "status": "OK",
        "num_results": len(listed),
        "results": {**head, "books": listed, "corrections": [], **results},
    }


def rows(saturday: str = SATURDAY, sunday: str = SUNDAY, name: str = ENCODED) -> list[Book]:
    """The same as rows, the way answers are kept in a database."""
    days = {"list_name": name, "bestsellers_date": saturday, "published_date": sunday}
    return [{"_id": {"$oid": "0"}, **days, **book} for book in books()]


def as_csv(*lists: tuple[str, str]) -> str:
    """Whole lists one below the other, each a name and the day it is dated; a book's place is its rank."""
    lines = [CSV_HEADER]
    for name, day in lists:
        for rank in range(1, 11):
            lines.append(f"{len(lines) - 1},BOOK {rank},Nobody,A House,None,978{rank:010},{name},{day},{rank}")
    return "\n".join(lines) + "\n"


def parse(document: object, reading: Reading = WHOLE) -> Parsed:
    """The rows of a document, or of bytes and text as they stand, in the schemas the store keeps."""
    if isinstance(document, str):
        document = document.encode()
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    parsed = LISTS.parse(raw, reading)
    assert parsed.entries.schema == ENTRIES
    assert parsed.observations.schema == OBSERVATIONS
    assert parsed.issues.schema == ISSUES
    return parsed


def whys(parsed: Parsed) -> list[tuple[int, str | None, str]]:
    return [(finding.line, finding.column, finding.why) for finding in parsed.findings]


def held(parsed: Parsed) -> list[tuple[str, str, int, str]]:
    """Chart, last day, depth and for whom it is whole, of each issue."""
    return [(i["chart"], str(i["last_day"]), i["depth"], i["complete_for"]) for i in parsed.issues.to_pylist()]


def test_an_answer_of_the_api() -> None:
    parsed = parse(answer())
    assert parsed.issues.to_pylist() == [
        {
            "chart": "nyt.young-adult-hardcover", "territory": "WW", "calendar": "sun-sat", "first_day": date(2022, 5, 8),
            "last_day": date(2022, 5, 14), "published_on": date(2022, 5, 29), "depth": 10, "complete_for": "*",
        }
    ]  # fmt: skip
    assert parsed.entries.slice(1, 1).to_pylist() == [
        {
            "chart": "nyt.young-adult-hardcover", "territory": "WW", "first_day": date(2022, 5, 8),
            "last_day": date(2022, 5, 14), "rank": 2, "title": "TIN BADGER", "season": "", "weeks_printed": 2, "line": 2,
        }
    ]  # fmt: skip
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (10, 10, [])
    figures = {(o["measure"], o["line"]): (o["value"], o["unit"]) for o in parsed.observations.to_pylist()}
    assert figures["rank_last_week", 2] == (1, "rank")
    assert ("rank_last_week", 1) not in figures  # 0: not on the list, or below the printed one
    assert (figures["asterisk", 3], figures["asterisk", 4]) == ((1, "mark"), (0, "mark"))
    assert figures["dagger", 3] == (0, "mark")
    assert figures["weeks_on_list", 3] == (3, "weeks")


@pytest.mark.parametrize(
    "document",
    [
        rows(),
        [answer()],
        "\ufeff" + json.dumps(answer()),
        "\n " + json.dumps(rows(), indent=1),
        json.dumps(rows(name=NAME)),
        json.dumps(answer(), ensure_ascii=False),
    ],
    ids=["rows", "a list of answers", "byte order mark", "indented", "the name in words", "UTF-8 as it is"],
)
def test_the_same_list_in_every_shape(document: object) -> None:
    found, plain = parse(document), parse(answer())
    assert (found.entries, found.issues, found.findings) == (plain.entries, plain.issues, [])


def test_a_csv_of_lists_says_the_day_a_list_is_dated_and_its_order_is_the_rank() -> None:
    parsed = parse(
        as_csv(("Series Books", SUNDAY), ("Advice How-To and Miscellaneous", SUNDAY), ("Series Books", "2022-05-08"))
    )
    assert held(parsed) == [
        ("nyt.series-books", "2022-05-14", 10, "*"),
        ("nyt.advice-how-to-and-miscellaneous", "2022-05-14", 10, "*"),
        ("nyt.series-books", "2022-04-23", 10, "*"),
    ]
    assert set(parsed.issues["published_on"].to_pylist()) == {date(2022, 5, 29), date(2022, 5, 8)}
    assert parsed.entries["rank"].to_pylist() == [*range(1, 11)] * 3
    assert parsed.entries["weeks_printed"].to_pylist()[:3] == [1, 2, 3]
    assert parsed.findings == []


@pytest.mark.parametrize(
    ("saturday", "sunday", "month"),
    [
        ("2020-02-01", "2020-02-16", "2020-01-31"),
        ("2019-09-28", "2019-10-13", "2019-09-30"),
        ("2022-04-02", "2022-04-17", "2022-03-31"),
        ("2022-04-30", "2022-05-15", "2022-04-30"),
    ],
)
def test_a_monthly_list_is_of_the_month_most_of_its_weeks_lie_in(saturday: str, sunday: str, month: str) -> None:
    stated = answer(bestsellers_date=saturday, published_date=sunday, updated="MONTHLY", list_name_encoded="made-up")
    for document in (stated, rows(saturday, sunday, "graphic-books-and-manga")):
        parsed = parse(document)
        [issue] = parsed.issues.to_pylist()
        assert (str(issue["last_day"]), issue["calendar"], str(issue["published_on"])) == (month, "month", sunday)
        assert issue["first_day"].day == 1
        assert parsed.findings == []


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (
            {"bestsellers_date": "2022-05-15", "published_date": "2022-05-30"},
            "sales would end on a Sunday (2022-05-15)",
        ),
        (
            {"bestsellers_date": "2022-05-13", "published_date": "2022-05-28"},
            "sales would end on a Friday (2022-05-13)",
        ),
        ({"published_date": "2022-05-22"}, "8 days before the list is dated (2022-05-22); sales end 15 days before it"),
        ({"bestsellers_date": "2022-05-21"}, "8 days before the list is dated (2022-05-29)"),
        ({"bestsellers_date": "14 May 2022"}, "'14 May 2022' is not a day"),
        ({"published_date": ""}, "'' is not a day"),
        ({"updated": "DAILY"}, "neither WEEKLY nor MONTHLY"),
        ({"list_name_encoded": "…"}, "not the name of a list"),
    ],
)
def test_days_that_cannot_be_right_are_findings(days: dict[str, Any], why: str) -> None:
    document = [answer(**days), answer(bestsellers_date="2022-05-07", published_date="2022-05-22")]
    parsed = parse(document)
    assert [line for line, _, said in whys(parsed) if why in said] == list(range(1, 11))
    assert ("nyt.young-adult-hardcover", "2022-05-07", 10, "*") in held(parsed)  # the good list stays
    assert {row["line"] for row in parsed.entries.to_pylist()} == set(range(11, 21))
    assert parsed.rows_kept == 10


def test_a_csv_dated_on_no_sunday_is_a_finding() -> None:
    parsed = parse(as_csv(("Series Books", "2022-05-28")))
    assert (len(parsed.entries), parsed.rows_kept) == (0, 0)
    assert {why for _, _, why in whys(parsed)} == {
        "sales would end on a Friday (2022-05-13); they end on a Saturday, and the list is dated a Sunday"
    }


def test_a_week_that_was_not_over_when_the_file_was_fetched() -> None:
    assert parse(answer(), replace(WHOLE, until=date(2022, 5, 14))).findings == []
    late = parse(answer(), replace(WHOLE, until=date(2022, 5, 13)))
    assert late.findings[0].why == (
        "sales that end after 2022-05-13, the day the file was fetched; correct the day, or load it when they are over"
    )
    assert len(late.entries) == len(late.issues) == 0


def test_a_list_called_weekly_and_monthly_in_one_file() -> None:
    other = answer(bestsellers_date="2022-05-07", published_date="2022-05-22", updated="MONTHLY")
    parsed = parse([answer(), other])
    assert held(parsed) == [("nyt.young-adult-hardcover", "2022-05-14", 10, "*")]
    assert {why for _, _, why in whys(parsed)} == {"the list is called weekly here and monthly elsewhere in the file"}


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("rank", 0, "not a whole number from 1 to 100"),
        ("rank", "1st", "not a whole number from 1 to 100"),
        ("rank", 2.5, "not a whole number from 1 to 100"),
        ("rank", True, "not a whole number from 1 to 100"),
        ("rank", None, "not a whole number from 1 to 100"),
        ("rank", [4], "not a whole number from 1 to 100"),
        ("rank_last_week", -1, "not a whole number from 0 to 100"),
        ("weeks_on_list", -1, "not a whole number from 0 to 10,000"),
        ("weeks_on_list", "many", "not a whole number from 0 to 10,000"),
        ("asterisk", 2, "not a whole number from 0 to 1"),
        ("title", "", "a name is required"),
        ("title", "X" * 301, "longer than the 300 characters"),
        ("title", "TIN\nBADGER", "holds a control character"),
    ],
)
def test_a_bad_field_is_a_finding_and_its_list_held_in_part(field: str, value: object, why: str) -> None:
    listed = books()
    listed[3][field] = value
    parsed = parse(answer(listed))
    assert [(line, column) for line, column, said in whys(parsed) if why in said] == [(4, field)]
    assert held(parsed) == [("nyt.young-adult-hardcover", "2022-05-14", 9, "")]
    assert 4 not in parsed.entries["line"].to_pylist()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda of: of.pop(4), "rank 5 is missing; held in part"),
        (lambda of: of.pop(), "9 ranks, where a whole list has 10, 15, 20, 25 or more; held in part"),
        (lambda of: of.extend(books(12)[10:]), "12 ranks, where a whole list has 10, 15, 20, 25 or more; held in part"),
        (
            lambda of: of[4].update(rank=4),
            "the rank stands twice in its list (nyt.young-adult-hardcover WW 2022-05-14)",
        ),
    ],
)
def test_a_list_that_is_not_whole_says_so(change: Callable[[list[Book]], None], why: str) -> None:
    listed = books()
    change(listed)
    parsed = parse(answer(listed))
    assert any(why in said for _, _, said in whys(parsed))
    assert [whole for *_, whole in held(parsed)] == [""]


def test_an_answer_cut_short_is_held_not_at_all() -> None:
    cut = answer(books(10)) | {"num_results": 15}
    parsed = parse([cut, answer(bestsellers_date="2022-05-07", published_date="2022-05-22")])
    assert whys(parsed) == [(1, "num_results", "10 books where the answer counts 15; not kept: fetch it again")]
    assert held(parsed) == [("nyt.young-adult-hardcover", "2022-05-07", 10, "*")]
    assert (parsed.rows_read, parsed.rows_kept) == (20, 10)


def test_in_a_csv_no_rank_is_told_below_a_row_that_cannot_be_read() -> None:
    text = as_csv(("Series Books", SUNDAY), ("Picture Books", SUNDAY), ("Hardcover Fiction", SUNDAY))
    lines = text.splitlines()
    lines[10] = lines[10].replace(SUNDAY, "someday")  # the last of the first list: it could be the first of the second
    parsed = parse("\n".join(lines))
    unsure = [
        line for line, _, why in whys(parsed) if why == "its place is its rank, and a row above it cannot be read"
    ]
    assert unsure == list(range(12, 22))
    assert held(parsed) == [
        ("nyt.series-books", "2022-05-14", 9, ""),
        ("nyt.picture-books", "2022-05-14", 0, ""),
        ("nyt.hardcover-fiction", "2022-05-14", 10, "*"),
    ]
    lines = text.splitlines()
    lines[15] += ",one cell too many"
    parsed = parse("\n".join(lines))
    assert [whole for *_, whole in held(parsed)] == ["*", "", "*"]
    assert parsed.entries["rank"].to_pylist()[10:14] == [1, 2, 3, 4]
    assert len(parsed.entries) == 24


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"{", "the file is no JSON that can be read"),
        (b"[" * 100_000, "the file is no JSON that can be read"),
        ('{"results": {"books": [{"title": "\udce9"}]}}'.encode("utf-8", "surrogateescape"), "no JSON that can be read"),
        ({"fault": {"faultstring": "Invalid ApiKey"}}, "no book has list_name, bestsellers_date, published_date, rank, title"),
        ({"results": {"lists": []}}, "neither an answer of the API for one list"),
        ({"results": [1]}, "neither an answer of the API for one list"),
        ([answer(), 7], "neither an answer of the API for one list"),
        ([{"title": "A", "rank": 1}], "no book has list_name, bestsellers_date, published_date"),
        (CSV_HEADER.replace("Title,", ""), "missing: Title"),
        (CSV_HEADER + ",Sales", "unknown: Sales"),
        (b"", "the file is empty"),
        ("Title,\xe9".encode("latin-1"), "byte 0xe9 is not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_lists_is_refused_in_one_line(document: object, why: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(document)
    assert why in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_file_without_books_holds_nothing() -> None:
    empty: tuple[object, ...] = ([], answer([]), CSV_HEADER)
    for document in empty:
        parsed = parse(document)
        assert (parsed.rows_read, len(parsed.entries), len(parsed.issues), parsed.findings) == (0, 0, 0, [])


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=6),
    st.just([1]),
    st.just({"a": 1}),
)
FIELDS = [
    "rank",
    "title",
    "list_name",
    "list_name_encoded",
    "bestsellers_date",
    "published_date",
    "updated",
    "weeks_on_list",
]


@settings(max_examples=40, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 19), st.sampled_from(FIELDS), st.one_of(JUNK, st.just("2022-05-22"))), max_size=5),
    dropped=st.sets(st.integers(0, 19), max_size=3),
)  # fmt: skip
def test_changed_rows_never_crash_and_no_row_goes_without_a_word(
    changes: list[tuple[int, str, object]], dropped: set[int]
) -> None:
    of = [*rows(), *rows("2022-05-07", "2022-05-22")]
    for at, field, value in changes:
        of[at][field] = value
    given_rows = [row for at, row in enumerate(of) if at not in dropped]
    parsed = parse(given_rows)
    told = {finding.line for finding in parsed.findings}
    assert {*parsed.entries["line"].to_pylist()} | told >= {*range(1, len(given_rows) + 1)}
    for issue in parsed.issues.to_pylist():
        of_issue = [
            e for e in parsed.entries.to_pylist() if (e["chart"], e["last_day"]) == (issue["chart"], issue["last_day"])
        ]
        assert issue["depth"] == len(of_issue)
        if issue["complete_for"] == "*":
            assert sorted(e["rank"] for e in of_issue) == [*range(1, len(of_issue) + 1)]
        assert issue["published_on"].weekday() == 6


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_changed_bytes_never_crash(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([json.dumps(answer()).encode(), as_csv((NAME, SUNDAY)).encode()])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with suppress(InputError):
        parse(bytes(raw))


# The real files

SAMPLED = "nyt_books_historical_2009-2025_sampled.json"
TEN = "nyt_ten_lists_2022-01_2022-10.csv"


@pytest.mark.shared_data
def test_the_sampled_rows_end_their_sales_on_the_saturday_15_days_before_their_lists_are_dated(
    shared_data: Path,
) -> None:
    parsed = parse((shared_data / "nyt" / SAMPLED).read_bytes(), Reading("*", code_of, date(2026, 1, 1)))
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (5080, 5080, [])
    issues = parsed.issues.to_pylist()
    assert len(issues) == 246
    assert {i["complete_for"] for i in issues} == {"*"}
    assert {i["depth"] for i in issues} == {10, 15, 20, 25, 35}
    assert {(i["last_day"].weekday(), i["published_on"] - i["last_day"]) for i in issues} == {(5, timedelta(days=15))}


@pytest.mark.shared_data
def test_the_ten_lists_are_whole(shared_data: Path) -> None:
    parsed = parse((shared_data / "nyt" / TEN).read_bytes(), Reading("*", code_of, date(2026, 1, 1)))
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (1300, 1300, [])
    assert (len(parsed.issues), {*parsed.issues["complete_for"].to_pylist()}) == (100, {"*"})
    assert {*parsed.issues["depth"].to_pylist()} == {10, 15}
