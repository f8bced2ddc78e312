"""Critics' reviews and published scores: what a row gives, what is a finding, and what a file of strange bytes does."""

import gzip
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.core.errors import InputError
from groundswell.core.protocol import Reading
from groundswell.core.rows import Parsed
from groundswell.feeds.critics import CriticsReviews, CriticsScores
from tests.synthetic import csv

REVIEWS = CriticsReviews(
    columns={
        "title": "film", "season": "season", "day": "date", "verdict": "verdict", "critic": "critic", "publication": "for",
        "top": "top",
    },
)  # fmt: skip
SCORES = CriticsScores(
    columns={
        "title": "film", "score": "meter", "reviews": "count", "fresh_reviews": "fresh", "rotten_reviews": "rotten",
        "top_reviews": "top", "certified_fresh": "status",
    },
    yes=("Certified",),
    no=("Fresh", "Rotten"),
    day="2022-05-01",
)  # fmt: skip
HEAD = "film,season,date,verdict,critic,for,top"
UNTIL = date(2022, 6, 1)


def parse(feed: CriticsReviews | CriticsScores, raw: str | bytes) -> Parsed:
    return feed.parse(csv(raw) if isinstance(raw, str) else raw, Reading("*", code_of, UNTIL))


def found(parsed: Parsed) -> list[tuple[int, str | None, str]]:
    return [(finding.line, finding.column, finding.why) for finding in parsed.findings]


def test_a_review_as_its_row_says() -> None:
    parsed = parse(
        REVIEWS, f"{HEAD}\nKite,Kite: Season 1,2022-04-20,fresh,Ash,Mill Lane Gazette,1\nTin,,2022-04-21,rotten,,,0"
    )
    assert parsed.reviews.to_pylist() == [
        {
            "title": "Kite", "season": "Kite: Season 1", "day": date(2022, 4, 20), "critic": "Ash",
            "publication": "Mill Lane Gazette", "is_top": True, "is_fresh": True, "line": 2,
        },
        {
            "title": "Tin", "season": "", "day": date(2022, 4, 21), "critic": "", "publication": "", "is_top": False,
            "is_fresh": False, "line": 3,
        },
    ]  # fmt: skip
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (2, 2, [])
    assert len(parsed.observations) == len(parsed.entries) == len(parsed.issues) == 0


def test_what_cannot_be_read_of_a_review_is_a_finding_and_the_review_stands() -> None:
    rows = [
        "Kite,,1800-01-01,fresh,a,g,1",
        "Kite,,soon,fresh,b,g,1",
        "Kite,,2022-06-02,fresh,c,g,1",
        "Kite,,2022-05-01,splendid,d,g,1",
        "Kite,,2022-05-01,fresh,e,g,perhaps",
        f"Kite,,2022-05-01,fresh,{'f' * 301},g,1",
        ",,2022-05-01,fresh,h,g,1",
        "Kite,,2022-05-01,fresh,i,g",
    ]
    parsed = parse(REVIEWS, "\n".join([HEAD, *rows]))
    assert found(parsed) == [
        (2, "date", "no day of a review: its date is not known"),
        (3, "date", "'soon' is not a day; write it as 2022-05-01"),
        (4, "date", "after 2022-06-01, the day the file was fetched: its date is not known"),
        (5, "verdict", "neither a word of yes nor one of no; add it to one of them in desk.toml"),
        (6, "top", "whether a top critic's is written 1 or 0, true or false, yes or no"),
        (7, "critic", "no name: longer than 300 characters, or with a control character"),
        (8, "film", "a name is required"),
        (9, None, "6 cells where the header has 7"),
    ]
    assert (parsed.rows_read, parsed.rows_kept) == (8, 0)
    rows_held = parsed.reviews.select(["day", "critic", "is_top", "is_fresh"]).to_pylist()
    assert [tuple(row.values()) for row in rows_held] == [
        (None, "a", True, True),
        (None, "b", True, True),
        (None, "c", True, True),
        (date(2022, 5, 1), "d", True, None),
        (date(2022, 5, 1), "e", None, True),
        (date(2022, 5, 1), "", True, True),
    ]


def test_where_no_column_says_who_wrote_it_nothing_is_made_up() -> None:
    feed = CriticsReviews(
        columns={"day": "date", "verdict": "v"}, title="Kite", yes=("+",), no=("-",), date_format="%B %d, %Y"
    )
    [review] = parse(feed, 'date,v\n"April 20, 2022",-').reviews.to_pylist()
    assert (review["title"], review["is_fresh"], review["is_top"], review["critic"]) == ("Kite", False, None, "")
    assert review["day"] == date(2022, 4, 20)


def test_scores_with_what_is_printed_beside_them() -> None:
    parsed = parse(
        SCORES, "film,meter,count,fresh,rotten,top,status\nKite,58,40,23,17,5,Fresh\nTin,90,100,90,10,9,Certified"
    )
    assert found(parsed) == []
    rows = {(row["title"], row["measure"]): row for row in parsed.observations.to_pylist()}
    assert len(rows) == 12
    assert {key[1]: (row["value"], row["unit"]) for key, row in rows.items() if key[0] == "Kite"} == {
        "critics.score": (58, "per cent of critics"),
        "critics.reviews": (40, "reviews"),
        "critics.fresh_reviews": (23, "fresh reviews"),
        "critics.rotten_reviews": (17, "rotten reviews"),
        "critics.top_reviews": (5, "reviews by top critics"),
        "critics.certified_fresh": (0, "status"),
    }
    row = rows["Tin", "critics.certified_fresh"]
    assert (row["value"], row["first_day"], row["last_day"], row["chart"], row["line"]) == (
        Decimal(1), date(2022, 5, 1), date(2022, 5, 1), "", 3,
    )  # fmt: skip


def test_a_score_that_cannot_be_read_stands_without_a_value() -> None:
    rows = ["Kite,101,40,23,17,5,Fresh", "Tin,-9,ten,1,1,1,Nice", "Oak,50,2,1,1,1,Fresh", "Oak,60,2,1,1,1,Fresh"]
    parsed = parse(SCORES, "\n".join(["film,meter,count,fresh,rotten,top,status", *rows]))
    assert [(line, column) for line, column, _ in found(parsed)] == [
        (2, "meter"), (3, "meter"), (3, "count"), (3, "status"), (4, None), (5, None),
    ]  # fmt: skip
    assert found(parsed)[0][2] == "not a whole number from 0 to 100"
    assert (
        found(parsed)[-1][2] == "another row has the same name and day, and neither counts; map the year or the season"
    )
    scores = [
        (row["title"], row["value"]) for row in parsed.observations.to_pylist() if row["measure"] == "critics.score"
    ]
    assert scores == [("Kite", None), ("Tin", None), ("Oak", None), ("Oak", None)]


def test_films_of_one_name_are_told_apart_by_their_year() -> None:
    feed = CriticsScores(columns={"title": "film", "score": "meter", "year": "opened", "day": "on"})
    parsed = parse(
        feed,
        "film,meter,opened,on\nOak,50,1969-01-01,2022-05-01\nOak,60,2003,2022-05-01\nElm,70,soon,2022-05-01\nElm,70,1999,2022-07-01",
    )
    assert parsed.observations["title"].to_pylist() == ["Oak (1969)", "Oak (2003)"]
    assert [why for *_, why in found(parsed)] == [
        "no year and no day that begins with one",
        "after 2022-06-01, the day the file was fetched",
    ]


@pytest.mark.parametrize(
    ("feed", "change", "why"),
    [
        (REVIEWS, {"columns": {"day": "date"}, "title": "Kite"}, "columns must name verdict"),
        (REVIEWS, {"columns": {"day": "date", "verdict": "v"}}, "of which film"),
        (REVIEWS, {"columns": {**REVIEWS.columns, "stars": "s"}}, "columns names 'stars'; known: day, verdict, critic"),
        (REVIEWS, {"yes": ("Rotten",)}, "yes and no have a word in common"),
        (SCORES, {"day": None}, "as of when"),
        (SCORES, {"day": "May"}, "is not a day"),
        (SCORES, {"yes": ()}, 'a status certified_fresh needs yes = ["…"]'),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(feed: Any, change: dict[str, Any], why: str) -> None:
    with pytest.raises(InputError, match=why.replace("[", r"\[").replace("?", r"\?")):
        replace(feed, **change)


LATIN = f"{HEAD}\nÉté,,2022-04-20,fresh,Zoë,Le Café,1\nKite,,2022-04-20,rotten,Ash,Gazette,0\n"


def test_a_packed_file_in_a_declared_encoding() -> None:
    feed = replace(REVIEWS, encoding="latin-1")
    plain = parse(feed, LATIN.encode("latin-1"))
    assert [(row["title"], row["critic"]) for row in plain.reviews.to_pylist()] == [("Été", "Zoë"), ("Kite", "Ash")]
    assert plain.findings == []
    assert parse(feed, gzip.compress(LATIN.encode("latin-1"))).reviews == plain.reviews
    assert parse(REVIEWS, LATIN.encode()).reviews == plain.reviews


def test_an_encoding_nobody_declared_stops_the_load() -> None:
    with pytest.raises(
        InputError, match=r"line 2: byte 0xc9 is not UTF-8; save the file as UTF-8 .* its encoding can be said there"
    ):
        parse(REVIEWS, LATIN.encode("latin-1"))
    with pytest.raises(InputError, match="line 3: byte 0x81 is not WINDOWS-1252"):
        parse(replace(REVIEWS, encoding="windows-1252"), LATIN.encode("latin-1").replace(b"Ash", b"\x81"))

    with pytest.raises(InputError, match="encoding 'ebcdic' is not one of utf-8, latin-1, windows-1252"):
        parse(replace(REVIEWS, encoding="ebcdic"), LATIN.encode())


def test_a_row_in_another_encoding_than_the_file_is_a_finding() -> None:
    mixed = (
        LATIN.encode("latin-1")
        + 'Tin,,2022-04-21,fresh,"Zoë\n Two",Le Café,1\nOak,,2022-04-21,fresh,Elm,Gazette,0\n'.encode()
    )
    parsed = parse(replace(REVIEWS, encoding="latin-1"), mixed)
    assert found(parsed) == [(4, None, "UTF-8 in a file of latin-1; save all of it in one encoding")]
    assert parsed.reviews["title"].to_pylist() == ["Été", "Kite", "Oak"]
    assert (parsed.rows_read, parsed.rows_kept) == (4, 3)


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=8)


@given(
    st.lists(
        st.lists(st.one_of(CELL, st.sampled_from(["fresh", "1", "2022-05-01", "Kite"])), min_size=7, max_size=7),
        max_size=8,
    )
)
def test_any_cells_give_reviews_and_findings(rows: list[list[str]]) -> None:
    quoted = ['"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in rows]
    parsed = parse(REVIEWS, "\n".join([HEAD, *quoted]).encode())
    blank = sum(not any(row) for row in rows)
    assert parsed.rows_read == len(rows) - blank
    bad = {finding.line for finding in parsed.findings}
    assert parsed.rows_kept == parsed.rows_read - len(bad)
    assert parsed.rows_kept <= len(parsed.reviews) <= parsed.rows_read
    whole = [row for row in parsed.reviews.to_pylist() if row["line"] not in bad]
    assert all(None not in row.values() and row["day"] <= UNTIL for row in whole)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "latin-1", "windows-1252"]))
def test_any_bytes_are_read_or_refused_in_one_line(raw: bytes, encoding: str) -> None:
    said = []
    for feed in (replace(REVIEWS, encoding=encoding), replace(SCORES, encoding=encoding)):
        for data in (raw, HEAD.encode() + b"\n" + raw, gzip.compress(raw)):
            try:
                parse(feed, data)
            except InputError as error:
                said.append(str(error))
    assert not [text for text in said if "\n" in text]
