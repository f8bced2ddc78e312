"""Weekly units by ISBN: what each row says, what none says, and the lists made of a whole file."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.core.errors import InputError
from groundswell.core.protocol import Reading
from groundswell.core.rows import Parsed
from groundswell.feeds.books import BooksUnits, read_isbn
from tests.xlsx import workbook

ALDER, BIRCH, CEDAR = "9799999000016", "9799999000023", "9799999000030"
"""Of a group of numbers no agency has been given."""
HEAD = "Week Ending,ISBN,Title,Units,Category,Bulk"
ALL = {"category": "Category", "bulk": "Bulk"}
FILE = f"""{HEAD}
2022-04-30,{ALDER},Alder,5000,YA Fiction,
2022-04-30,{BIRCH},Birch,300,YA Fiction,100
2022-04-30,{CEDAR},Cedar,300,YA Fiction,151
2022-04-23,979-9-9990-0001-6,Alder,100,YA Fiction,
2022-04-23,{BIRCH},Birch,100,YA Fiction,
"""


def parse(text: str | bytes, **options: Any) -> Parsed:
    """A file as the feed reads it, of the United States."""
    options = {"territory": "US", "columns": ALL} | options
    raw = text if isinstance(text, bytes) else text.encode()
    return BooksUnits(**options).parse(raw, Reading("*", code_of, date(2022, 5, 10)))


def units(parsed: Parsed) -> dict[tuple[str, str], int | None]:
    """ISBN and week → units."""
    rows = parsed.observations.to_pylist()
    assert len({row["line"] for row in rows}) == len(rows)
    assert {(row["measure"], row["unit"], row["chart"], row["territory"]) for row in rows} <= {
        ("books.units", "copies", "", "US")
    }
    return {(row["title"], str(row["last_day"])): None if row["value"] is None else int(row["value"]) for row in rows}


def lists(parsed: Parsed) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """Chart and week → ranks and titles."""
    held: dict[tuple[str, str], list[tuple[int, str]]] = {
        (row["chart"], str(row["last_day"])): [] for row in parsed.issues.to_pylist()
    }
    for row in parsed.entries.to_pylist():
        held[row["chart"], str(row["last_day"])].append((row["rank"], row["title"]))
    return held


def why(parsed: Parsed) -> list[str]:
    """The findings, each in its words."""
    return [str(finding) for finding in parsed.findings]


def test_a_file_is_units_by_isbn_and_no_list() -> None:
    parsed = parse(FILE)
    assert units(parsed) == {
        (ALDER, "2022-04-30"): 5000,
        (BIRCH, "2022-04-30"): 300,
        (CEDAR, "2022-04-30"): None,
        (ALDER, "2022-04-23"): 100,
        (BIRCH, "2022-04-23"): 100,
    }
    assert why(parsed) == ["line 4, Bulk: '': more than half of its units are bulk orders: left out of the week"]
    assert (parsed.rows_read, parsed.rows_kept) == (5, 4)
    assert lists(parsed) == {}


def test_a_whole_file_is_a_list_a_category_and_0_where_an_isbn_has_no_row() -> None:
    parsed = parse(FILE, whole=True)
    assert units(parsed)[CEDAR, "2022-04-23"] == 0
    assert lists(parsed) == {
        ("books.ya-fiction", "2022-04-23"): [(1, "Alder"), (1, "Birch")],
        ("books.ya-fiction", "2022-04-30"): [(1, "Alder"), (2, "Birch")],
    }
    [first, last] = parsed.issues.to_pylist()
    assert (first["complete_for"], first["calendar"], first["depth"]) == ("*", "sun-sat", 2)
    assert (last["first_day"], last["last_day"]) == (date(2022, 4, 24), date(2022, 4, 30))


def test_a_file_whose_zeros_are_too_many_is_refused_before_they_are_made() -> None:
    isbns = [f"979{n:09d}" for n in range(2_000)]
    digits = (sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(isbn)) for isbn in isbns)
    rows = [
        f"{date(1990, 1, 6) + timedelta(weeks=n % 1_600)},{isbn}{-of % 10},Alder,1,YA Fiction,"
        for n, (isbn, of) in enumerate(zip(isbns, digits, strict=True))
    ]
    text = "\n".join([HEAD, *rows])
    assert parse(text).rows_kept == 2_000
    with pytest.raises(InputError, match=r"more than 3,000,000 have no row, .*; split the file by years"):
        parse(text, whole=True)


def test_equal_units_share_a_rank_and_none_is_no_rank() -> None:
    sold = [("Oak", 7), ("Elm", 9), ("Ash", 7), ("Fir", 5), ("Yew", 0)]
    rows = [f"2022-04-30,{_isbn(nth)},{title},{count},Art,0" for nth, (title, count) in enumerate(sold)]
    assert lists(parse("\n".join([HEAD, *rows]), whole=True)) == {
        ("books.art", "2022-04-30"): [(1, "Elm"), (2, "Oak"), (2, "Ash"), (4, "Fir")]
    }


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (f"2022-04-30,{ALDER},Alder,5000,Art,", "line 2 has that ISBN and week already; it counts once"),
        (f"2022-04-30,{ALDER},Alder,5001,Art,", "line 2 says otherwise of that ISBN and week; neither counts"),
        (f"2022-04-23,{CEDAR},Cedar,-5,Art,", "line 7, Units: '-5': not a whole number from 0 up"),
        (f"2022-04-23,{CEDAR},Cedar,many,Art,", "line 7, Units: 'many': not a whole number from 0 up"),
        (f"2022-04-23,{CEDAR},Cedar,5,Art,6", "line 7, Bulk: '': more bulk orders than units"),
        (f"2022-05-14,{CEDAR},Cedar,5,Art,", "line 7, Week Ending: '2022-05-14': ends after 2022-05-10"),
        (f"2022-04-24,{CEDAR},Cedar,5,Art,", "line 7, Week Ending: '2022-04-24': a Sunday, which labels no issue"),
        ("2022-04-23,9799999000031,Cedar,5,Art,", "line 7, ISBN: '9799999000031': the check digit does not fit"),
        ("2022-04-23,0306406152,Cedar,5,Art,", "line 7, ISBN: '0306406152': no ISBN of thirteen digits"),
        ("2022-04-23,9.79E+12,Cedar,5,Art,", "line 7, ISBN: '9.79E+12': no ISBN of thirteen digits"),
        (f"2022-04-23,{CEDAR},,5,Art,", "line 7, Title: '': a name is required"),
        (f"2022-04-23,{CEDAR},Cedar,5", "line 7: '2022-04-23…9799999000030…Cedar…5': 4 cells where the header has 6"),
    ],
)  # fmt: skip
def test_a_bad_row_is_a_finding_and_no_zero(row: str, finding: str) -> None:
    for whole in (False, True):
        parsed = parse(FILE + row + "\n", whole=whole)
        assert any(finding in said for said in why(parsed))
        held = units(parsed)
        assert held.get((CEDAR, "2022-04-23")) is None or "5000" in row or "5001" in row or "05-14" in row
        assert held[BIRCH, "2022-04-30"] == 300
        assert (CEDAR, "2022-05-14") not in held
    assert units(parse(FILE + row))[ALDER, "2022-04-30"] == (None if "5001" in row else 5000)


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (f"2022-04-23,{CEDAR},Cedar,-5,YA Fiction,", ["2022-04-30"]),
        ("2022-04-23,9799999000031,Cedar,5,YA Fiction,", ["2022-04-30"]),
        (f"2022-04-31,{CEDAR},Cedar,5,YA Fiction,", []),
        (f"2022-04-30,{ALDER},Alder,5001,YA Fiction,", ["2022-04-23"]),
    ],
)
def test_a_week_a_row_of_which_cannot_be_read_has_no_list(row: str, left: list[str]) -> None:
    assert [week for _, week in lists(parse(FILE + row, whole=True))] == left


def test_a_row_that_cannot_be_read_leaves_no_zeros_in_its_week() -> None:
    """A wrong digit may be that of the ISBN that seems to be missing."""
    parsed = parse(FILE + "2022-04-23,9799999000031,Cedar,5,YA Fiction,", whole=True)
    assert (CEDAR, "2022-04-23") not in units(parsed)


def test_a_mark_at_the_beginning_and_columns_that_are_not_mapped_change_nothing() -> None:
    marked = "\ufeff" + FILE.replace("Bulk", "Bulk,Author", 1).replace(",\n", ",,x\n").replace(
        "00\n", "00,x\n"
    ).replace("51\n", "51,x\n")
    assert units(parse(marked)) == units(parse(FILE))
    assert units(parse(FILE, columns={}, territory="US"))[CEDAR, "2022-04-30"] == 300


def test_a_workbook_reads_as_its_text_and_a_sheet_too_many_is_a_finding() -> None:
    rows: list[Sequence[object]] = [HEAD.split(",")]
    for line in FILE.splitlines()[1:]:
        day, isbn, title, sold, category, bulk = line.split(",")
        number: object = float(isbn) if "-" not in isbn else isbn
        rows.append([date.fromisoformat(day), number, title, int(sold), category, int(bulk) if bulk else ""])
    one = parse(workbook(rows))
    assert units(one) == units(parse(FILE))
    assert len(one.findings) == 1
    two = parse(workbook(rows, [["Notes"]], []))
    assert units(two) == units(one)
    assert "line 1: 'Sheet 2': a sheet besides the first, which alone is read; save it as a file of its own" in why(two)
    assert len(two.findings) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"columns": {"week_end": "Week"}}, "columns names 'week_end'; known: isbn, title, week"),
        ({"territory": ""}, "where was it sold"),
        ({"columns": {"territory": "Country"}}, "where was it sold"),
        ({"calendar": "sun-sun"}, "no calendar 'sun-sun'"),
        ({"columns": {"units": "Sales"}}, "missing: Sales"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(Exception, match=said) as error:
        parse(FILE, **options)
    assert len(str(error.value).splitlines()) == 1


def _isbn(number: int) -> str:
    digits = f"9799999{number:05d}"
    return f"{digits}{-sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10}"


@given(st.integers(0, 99_999), st.integers(3, 12), st.integers(1, 9))
def test_one_wrong_digit_of_an_isbn_is_found(number: int, at: int, off: int) -> None:
    right = _isbn(number)
    assert read_isbn(f"{right[:3]}-{right[3:8]} {right[8:]}") == right
    wrong = right[:at] + str((int(right[at]) + off) % 10) + right[at + 1 :]
    with pytest.raises(InputError, match="check digit"):
        read_isbn(wrong)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 9)),
        min_size=1,
        max_size=20,
        unique_by=lambda one: one[:2],
    )
)
def test_what_is_sold_is_what_is_held(sold: list[tuple[int, int, int]]) -> None:
    """Against a plain loop: each row as it stands, 0 for each ISBN in each week of the file without one, and the order."""
    day = {week: date(2022, 4, 30) - timedelta(days=7 * week) for _, week, _ in sold}
    rows = [f"{day[week]},{_isbn(book)},Book {book},{count},Art,0" for book, week, count in sold]
    parsed = parse("\n".join([HEAD, *rows]), whole=True)
    said = {(book, week): count for book, week, count in sold}
    books = {book for book, _, _ in sold}
    assert units(parsed) == {(_isbn(book), str(day[week])): said.get((book, week), 0) for book in books for week in day}
    for (_, week), listed in lists(parsed).items():
        of = {f"Book {book}": count for (book, on), count in said.items() if str(day[on]) == week and count}
        assert {title: rank for rank, title in listed} == {
            title: 1 + sum(other > count for other in of.values()) for title, count in of.items()
        }


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='0123456789-,\n"Aa;\t', max_size=80))
def test_any_text_under_the_header_is_read_or_refused_in_one_line(text: str) -> None:
    try:
        parsed = parse(f"{HEAD}\n{text}")
    except InputError as error:
        said = str(error)
        assert len(said.splitlines()) == 1
    else:
        assert parsed.rows_kept <= parsed.rows_read
