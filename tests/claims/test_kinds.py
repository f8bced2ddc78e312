"""Debut, streaks, reach at the top, totals and changes, on lists small enough to be read."""

from collections.abc import Iterator
from datetime import date

import pytest

from groundswell.charts import Chart, Charts
from groundswell.claims import Record
from groundswell.claims.receipt import compare
from groundswell.measures.netflix import Method
from tests.claims.lists import Lists, claim, judge_one
from tests.claims.test_ask import week

W1, W2, W3, W4, W5, W6 = ("2022-05-01", "2022-05-08", "2022-05-15", "2022-05-22", "2022-05-29", "2022-06-05")
"""Sundays: every list but that of W4 is held; W6 is after the last."""
LISTS = f"""
period_end,rank,title,hours_viewed
{W1},1,alder,20000000
{W1},2,birch,10000000
{W2},1,alder,33000000
{W2},2,cedar,9000000
{W3},1,alder,30000000
{W3},2,birch,8000000
{W5},1,birch,12000000
{W5},2,alder,11000000
{W5},3,dogwood,1000000
"""
COUNTRIES = f"""
period_end,territory,rank,title
{W1},GB,1,alder
{W1},FR,2,alder
{W1},FR,1,birch
{W2},GB,1,alder
{W2},FR,1,alder
{W2},DE,1,birch
"""


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    lists = Lists()
    lists.add(LISTS)
    lists.add(COUNTRIES, chart="made.up.countries")
    held = lists.record()
    yield held
    held.engine.close()


@pytest.mark.parametrize(
    ("words", "kind", "subject", "days", "verdict", "found"),
    [
        ("debuted at No. 2", "debut_rank", "birch", week(W1), "supported", 2),
        ("debuted at No. 1", "debut_rank", "birch", week(W1), "refuted", 2),
        ("debuted at No. 2", "debut_rank", "birch", week(W3), "refuted", None),  # a re-entry
        ("debuted at No. 2", "debut_rank", "cedar", week(W2), "supported", 2),
        ("debuted at No. 3", "debut_rank", "dogwood", week(W5), "undecidable", None),  # could have been on W4
        ("debuted at No. 2", "debut_rank", "cedar", week(W1), "refuted", None),
        ("three consecutive weeks", "streak", "alder", week(W3), "supported", 3),
        ("four consecutive weeks", "streak", "alder", week(W3), "refuted", 3),
        ("two consecutive weeks", "streak", "alder", week(W2), "supported", 2),
        ("one consecutive week", "streak", "birch", week(W3), "supported", 1),  # off in between
        ("two consecutive weeks", "streak", "birch", week(W3), "refuted", 1),
        ("zero consecutive weeks", "streak", "cedar", week(W3), "supported", 0),
        ("at least one consecutive week", "streak", "alder", week(W5), "supported", None),  # a floor across W4
        ("five consecutive weeks", "streak", "alder", week(W5), "undecidable", None),
        ("two consecutive weeks", "streak", "alder", week(W6), "undecidable", None),  # after the last list held
        ("three consecutive weeks at No. 1", "streak_at_top", "alder", week(W3), "supported", 3),
        ("two consecutive weeks at No. 1", "streak_at_top", "alder", week(W3), "refuted", 3),
        ("zero consecutive weeks at No. 1", "streak_at_top", "alder", week(W5), "supported", 0),
        ("one consecutive week at No. 1", "streak_at_top", "birch", week(W5), "undecidable", None),
        ("50 million hours", "total", "alder", f"2022-04-25/{W2}", "refuted", 53_000_000),
        ("53 million hours", "total", "alder", f"2022-04-25/{W2}", "supported", 53_000_000),
        ("83.0 million hours", "total", "alder", f"2022-04-25/{W3}", "supported", 83_000_000),
        ("18 million hours", "total", "birch", f"2022-04-25/{W3}", "undecidable", None),  # off the list in W2: a floor
        ("at least 18 million hours", "total", "birch", f"2022-04-25/{W3}", "supported", None),
        ("17 million hours", "total", "birch", f"2022-04-25/{W3}", "refuted", None),  # below the floor
        ("94 million hours", "total", "alder", f"2022-04-25/{W5}", "undecidable", None),  # a gap in the window
        ("at least 90 million hours", "total", "alder", f"2022-04-25/{W5}", "supported", None),
        ("53 million hours", "total", "alder", f"2022-04-26/{W2}", "undecidable", None),  # begins within an issue
        ("up 65%", "change", "alder", week(W2), "supported", 65),
        ("up 64%", "change", "alder", week(W2), "refuted", 65),
        ("down 9%", "change", "alder", week(W3), "supported", None),
        ("down 10%", "change", "alder", week(W3), "refuted", None),
        ("down more than 9%", "change", "alder", week(W3), "supported", None),
        ("up 9%", "change", "alder", week(W3), "refuted", None),
        ("up 50%", "change", "birch", week(W3), "undecidable", None),  # not on the list the week before
        ("up 50%", "change", "birch", week(W5), "undecidable", None),  # the week before is not held
        ("up 50%", "change", "alder", week(W1), "undecidable", None),  # there is none before
    ],
)
def test_a_kind(
    record: Record, words: str, kind: str, subject: str, days: str, verdict: str, found: int | None
) -> None:
    measure = "hours_viewed" if kind in ("total", "change") else ""
    judged = judge_one(record, claim(words, kind, subject, days, measure=measure))
    assert str(judged.verdict) == verdict, judged
    if found is not None:
        assert judged.found.value == found


@pytest.mark.parametrize(
    ("words", "days", "verdict", "found"),
    [
        ("No. 1 in one country", week(W1), "supported", 1),
        ("No. 1 in 2 countries", week(W1), "refuted", 1),
        ("No. 1 in 2 countries", f"2022-04-25/{W2}", "supported", 2),  # distinct over the window
        ("No. 1 in 3 countries", f"2022-04-25/{W2}", "refuted", 2),
    ],
)
def test_reach_at_the_top(record: Record, words: str, days: str, verdict: str, found: int) -> None:
    asked = claim(words, "reach_at_top", "alder", days, chart="made.up.countries", territory="*")
    judged = judge_one(record, asked)
    assert (str(judged.verdict), judged.found.value) == (verdict, found)


def test_a_rank_not_stated_could_be_the_top() -> None:
    lists = Lists()
    lists.add(f"period_end,territory,rank,title\n{W1},GB,,alder\n{W1},FR,1,alder", chart="c", complete_for="alder")
    record = lists.record()
    judged = judge_one(
        record, claim("No. 1 in one country", "reach_at_top", "alder", week(W1), chart="c", territory="*")
    )
    assert str(judged.verdict) == "undecidable"
    assert [judged.found.low, judged.found.high] == [1, 2]


def test_a_change_without_a_measure_is_vague(record: Record) -> None:
    judged = judge_one(record, claim("up 65%", "change", "alder", week(W2)))
    assert (str(judged.verdict), str(judged.found.reason)) == ("undecidable", "vague")


def test_found_is_said_in_the_words_of_its_kind(record: Record) -> None:
    said = {
        "total": ("50 million hours", f"2022-04-25/{W2}", "found 53,000,000 hours"),
        "change": ("down 10%", week(W3), "found down 9.1%"),
        "streak": ("four consecutive weeks", week(W3), "found 3 consecutive weeks"),
    }
    for kind, (words, days, found) in said.items():
        measure = "hours_viewed" if kind in ("total", "change") else ""
        assert judge_one(record, claim(words, kind, "alder", days, measure=measure)).explanation.endswith(found)


TOP = f"""
period_end,rank,title,hours_viewed
{W1},1,alder,20000000
{W1},2,birch,15500000
{W1},3,cedar,3000000
{W2},1,birch,33000000
{W2},2,alder,10000000
{W3},1,alder,30000000
{W3},2,birch,8000000
{W3},3,cedar,
"""


@pytest.fixture(scope="module")
def ranked() -> Iterator[Record]:
    """Lists ranked by hours, whole from W1 to W3; the same lists with W2 missing; and lists of which nobody says by what."""
    hours = (Method("by-hours", date.min, "hours_viewed", {}),)
    lists = Lists()
    for chart in ("by.hours", "by.who.knows", "by.views"):
        lists.add(TOP, chart=chart)
    lists.add("\n".join(line for line in TOP.splitlines() if not line.startswith(W2)), chart="with.a.gap")
    views = (Method("by-views", date.min, "views", {}),)
    charts = Charts(
        (
            Chart("by.hours", "By hours", methods=hours),
            Chart("with.a.gap", "With a gap", methods=hours),
            Chart("by.views", "By views", methods=views),
        )
    )
    held = lists.record(charts=charts)
    yield held
    held.engine.close()


@pytest.mark.parametrize(
    ("words", "kind", "subject", "days", "chart", "verdict", "found"),
    [
        ("most hours", "superlative", "alder", week(W1), "by.hours", "supported", 1),
        ("second most hours", "superlative", "alder", week(W1), "by.hours", "refuted", 1),
        ("second-most-watched", "superlative", "birch", week(W1), "by.hours", "supported", 2),
        ("most-watched title of the week", "superlative", "birch", week(W1), "by.hours", "refuted", 2),
        ("most hours", "superlative", "alder", week(W2), "by.hours", "refuted", 2),
        ("most hours", "superlative", "dogwood", week(W2), "by.hours", "undecidable", None),  # not on the list
        ("most hours", "superlative", "alder", f"2022-04-25/{W2}", "by.hours", "undecidable", None),  # two issues
        ("most hours", "superlative", "alder", week(W1), "by.who.knows", "undecidable", None),  # off it could be more
        (
            "most hours",
            "superlative",
            "birch",
            week(W1),
            "by.who.knows",
            "refuted",
            None,
        ),  # already second of those on it
        ("most hours", "superlative", "alder", week(W1), "by.views", "undecidable", None),
        ("most hours", "superlative", "alder", week(W3), "by.hours", "undecidable", None),  # a figure was not printed
        ("most hours", "superlative", "alder", week(W6), "by.hours", "undecidable", None),  # not held
        ("most hours in a week since 25 April 2022", "record", "alder", week(W1), "by.hours", "supported", 1),
        ("most hours in a week since 25 April 2022", "record", "birch", week(W2), "by.hours", "supported", 1),
        (
            "most hours in a week since 24 April 2022",
            "record",
            "birch",
            week(W2),
            "by.hours",
            "undecidable",
            None,
        ),  # before the first
        ("second most hours since 2022-04-25", "record", "birch", week(W2), "by.hours", "refuted", 1),
        ("most hours in a week since 25 April 2022", "record", "alder", week(W2), "by.hours", "refuted", 4),
        ("fourth most hours in a week since 25 April 2022", "record", "alder", week(W2), "by.hours", "supported", 4),
        ("second most hours in a week since 2 May 2022", "record", "alder", week(W2), "by.hours", "supported", 2),
        (
            "most hours in a week since 25 April 2022",
            "record",
            "alder",
            week(W1),
            "with.a.gap",
            "supported",
            1,
        ),  # before the gap
        ("most hours in a week since 25 April 2022", "record", "alder", week(W3), "with.a.gap", "undecidable", None),
        ("most hours in a week since 25 April 2022", "record", "birch", week(W3), "with.a.gap", "refuted", None),
        ("most hours in a week since 25 April 2022", "record", "alder", week(W6), "by.hours", "undecidable", None),
    ],
)
def test_a_place_among_all(
    ranked: Record, words: str, kind: str, subject: str, days: str, chart: str, verdict: str, found: int | None
) -> None:
    judged = judge_one(ranked, claim(words, kind, subject, days, chart=chart, measure="hours_viewed"))
    assert (str(judged.verdict), judged.found.value) == (verdict, found), judged


def test_a_place_is_said_with_what_stands_above_it(ranked: Record) -> None:
    judged = judge_one(
        ranked, claim("most hours", "superlative", "birch", week(W1), chart="by.hours", measure="hours_viewed")
    )
    assert judged.explanation.endswith("found second most hours")
    assert [(row["subject"], int(str(row["value"]).partition(".")[0])) for row in judged.found.rows] == [
        ("alder", 20_000_000),
        ("birch", 15_500_000),
    ]
    words = "most hours since 25 April 2022"
    judged = judge_one(ranked, claim(words, "record", "birch", week(W3), chart="with.a.gap", measure="hours_viewed"))
    assert "found at best fourth most hours since 25 April 2022; not held: 2022-05-08" in judged.explanation


@pytest.mark.parametrize(
    ("words", "subject", "versus", "days", "verdict", "found"),
    [
        ("4.5 million more hours", "alder", "birch", week(W1), "supported", 4_500_000),
        ("4.5 million fewer hours", "birch", "alder", week(W1), "supported", -4_500_000),
        ("4.5 million more hours", "birch", "alder", week(W1), "refuted", -4_500_000),
        ("4.6 million more hours", "alder", "birch", week(W1), "refuted", 4_500_000),
        ("5 million more hours", "alder", "birch", week(W1), "supported", 4_500_000),  # half is rounded up
        ("more than 4.5 million more hours", "alder", "birch", week(W1), "refuted", 4_500_000),
        ("at least 4.5 million hours more", "alder", "birch", week(W1), "supported", 4_500_000),
        ("at least 4.5 million fewer hours", "birch", "alder", week(W1), "supported", -4_500_000),
        ("4 million fewer hours", "birch", "alder", week(W1), "supported", -4_500_000),  # digits cut off
        ("4.5 million more hours", "alder", "cedar", week(W2), "undecidable", None),  # cedar was not on it
        ("4.5 million more hours", "alder", "birch", week(W6), "undecidable", None),
        ("4.5 million more hours", "alder", "birch", f"2022-04-25/{W2}", "undecidable", None),
    ],
)
def test_a_comparison(
    ranked: Record, words: str, subject: str, versus: str, days: str, verdict: str, found: int | None
) -> None:
    asked = claim(words, "comparison", subject, days, chart="by.hours", measure="hours_viewed", versus=versus)
    judged = judge_one(ranked, asked)
    assert (str(judged.verdict), judged.found.value) == (verdict, found), judged


@pytest.mark.parametrize(
    ("words", "subject", "versus", "days", "verdict", "found"),
    [
        ("1.29 times as many hours", "alder", "birch", week(W1), "supported", "1.290323"),
        ("1.3 times the hours", "alder", "birch", week(W1), "supported", "1.290323"),
        ("0.775 times as many hours", "birch", "alder", week(W1), "supported", "0.775"),
        ("2 times as many hours", "alder", "birch", week(W1), "refuted", "1.290323"),
        ("nearly 1.3 times as many hours", "alder", "birch", week(W1), "supported", "1.290323"),
        ("more than 1.3 times as many hours", "alder", "birch", week(W1), "refuted", "1.290323"),
        ("more than 2 times as many hours", "birch", "", week(W2), "supported", "2.129032"),  # as the week before
        ("3 times as many hours", "birch", "", week(W2), "refuted", "2.129032"),
        ("2 times as many hours", "birch", "", week(W1), "undecidable", None),  # the first week
        ("2 times as many hours", "alder", "cedar", week(W2), "undecidable", None),  # cedar was not on it
    ],
)
def test_a_multiple(
    ranked: Record, words: str, subject: str, versus: str, days: str, verdict: str, found: str | None
) -> None:
    asked = claim(words, "multiple", subject, days, chart="by.hours", measure="hours_viewed", versus=versus)
    judged = judge_one(ranked, asked)
    value = judged.found.value
    assert (str(judged.verdict), None if value is None else str(value)) == (verdict, found), judged


def test_a_multiple_says_of_what(ranked: Record) -> None:
    asked = claim("2 times as many hours", "multiple", "birch", week(W2), chart="by.hours", measure="hours_viewed")
    assert judge_one(ranked, asked).explanation.endswith("found 2.13 times as many hours as in the issue before")


@pytest.mark.parametrize("kind", ["comparison", "multiple", "superlative", "record", "change", "total"])
def test_the_receipt_of_a_kind_with_a_measure_says_the_same_again(ranked: Record, kind: str) -> None:
    words = {
        "comparison": "23 million more hours",
        "multiple": "2.1 times as many hours",
        "superlative": "most-watched",
        "record": "most-watched since 25 April 2022",
        "change": "up 112.9%",
        "total": "48.5 million hours",
    }[kind]
    days = f"2022-04-25/{W2}" if kind == "total" else week(W2)
    versus = "alder" if kind == "comparison" else ""
    asked = claim(words, kind, "birch", days, chart="by.hours", measure="hours_viewed", versus=versus)
    judged = judge_one(ranked, asked)
    assert str(judged.verdict) == "supported", judged
    held = ranked.receipt(judged, words)
    ((outcome, _),) = compare([held], held["snapshots"], lambda claims, _: ranked.receipts(claims))
    assert outcome == "same"
