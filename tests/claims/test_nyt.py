"""The best-seller lists on the real files: whole lists, not complete in time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from groundswell.catalog import Catalog, Subject
from groundswell.charts import issue, reconcile_last_week, reconcile_weeks
from groundswell.claims import Record
from groundswell.feeds.nyt import LISTS
from tests.claims.lists import Lists, claim, judge_one

pytestmark = pytest.mark.shared_data

HARDCOVER, FICTION = "nyt.young-adult-hardcover", "nyt.hardcover-fiction"
FILES = ("nyt_books_historical_2009-2025_sampled.json", "nyt_ten_lists_2022-01_2022-10.csv")


@pytest.fixture(scope="module")
def record(shared_data: Path) -> Iterator[Record]:
    lists = Lists()
    for name in FILES:
        lists.take(LISTS, (shared_data / "nyt" / name).read_bytes(), known_from=datetime(2026, 1, 1, tzinfo=UTC))
    heartstopper = Subject("heartstopper-volume-one", "book", "Heartstopper: Volume One", date(2020, 5, 5))
    held = lists.record(Catalog(subjects={heartstopper.id: heartstopper}))
    yield held
    held.engine.close()


def test_an_issue_says_its_sales_week_and_the_day_it_is_dated(record: Record) -> None:
    found = issue(record.engine, record.charts.get(HARDCOVER), "WW", date(2022, 9, 8))
    assert found.in_words == "the week to 10 September 2022, list dated 25 September 2022"
    assert found.as_json()["published_on"] == "2022-09-25"
    assert (found.complete_for, len(found.entries), len(found.gaps)) == ("*", 10, 361)


def test_the_rank_of_the_week_before_is_the_one_held_wherever_it_is_held(record: Record) -> None:
    found = reconcile_last_week(record.engine)
    assert sum(one.entries for one in found) == sum(one.same for one in found) == 1_958


def test_weeks_as_printed_against_what_is_counted_and_what_is_not_held(record: Record) -> None:
    found = reconcile_weeks(record.engine)
    assert (sum(one.entries for one in found), sum(one.same for one in found)) == (5_010, 4_901)
    [trade] = [one for one in found if one.chart == "nyt.trade-fiction-paperback"]
    assert "BROOKLYN WW 2010-03-13: printed 1, counted 2" in trade.examples  # the week before below the printed part


def test_two_novels_of_one_title_on_one_list_are_two(record: Record) -> None:
    rows = record.engine.query(
        "SELECT subject, list(rank ORDER BY last_day) AS ranks FROM placed WHERE chart = ? AND title = 'LIFE AFTER LIFE' "
        "GROUP BY subject ORDER BY subject",
        [FICTION],
    ).to_pylist()
    assert rows == [
        {"subject": "life-after-life", "ranks": [25, 32, 35]},
        {"subject": "life-after-life-2013", "ranks": [3, 3, 3]},
    ]
    twice = record.engine.query("SELECT chart, last_day, subject FROM placed GROUP BY ALL HAVING count(*) > 1")
    assert twice.to_pylist() == []


ABSENT, LOVELESS = "heartstopper-volume-one", "loveless"


@pytest.mark.parametrize(
    ("words", "kind", "chart", "subject", "days", "outcome"),
    [
        # a title on none of the sampled lists: the lists not held could have it, and where a period is held whole it was not on it
        ("on the New York Times bestseller list", "listed", HARDCOVER, ABSENT, "2022-04-24/2022-05-14", "undecidable (no_data)"),
        ("on the NYT YA Hardcover list", "listed", HARDCOVER, ABSENT, "2022-04-17/2022-04-23", "refuted"),
        ("on the New York Times bestseller list", "listed", HARDCOVER, ABSENT, "2022-10-09/2022-10-15", "undecidable (no_data)"),
        ("on the New York Times bestseller list", "listed", "nyt.graphic-books-and-manga", ABSENT, "2022-04-01/2022-04-30",
         "undecidable (no_data)"),
        # one that is on them
        ("on the NYT YA Hardcover list", "listed", HARDCOVER, LOVELESS, "2022-04-17/2022-04-23", "supported"),
        ("a New York Times bestseller", "listed", HARDCOVER, LOVELESS, "2022-04-17/2022-06-25", "supported"),
        ("a New York Times bestseller", "listed", HARDCOVER, LOVELESS, "2022-04-24/2022-05-14", "undecidable (no_data)"),
        ("on the NYT Picture Books list", "listed", "nyt.picture-books", LOVELESS, "2022-04-17/2022-04-23", "refuted"),
        # which list is part of the claim
        ("on the Hardcover Fiction list", "listed", HARDCOVER, LOVELESS, "2022-04-17/2022-04-23",
         "undecidable (definition_differs)"),
        ("on the adult hardcover list", "listed", HARDCOVER, LOVELESS, "2022-04-17/2022-04-23", "undecidable (definition_differs)"),
        # rank, and weeks as the Times prints them where the lists not held leave them open
        ("No. 1", "rank", HARDCOVER, "long-live-the-pumpkin-queen", "2022-09-04/2022-09-10", "supported"),
        ("No. 2", "rank", HARDCOVER, "long-live-the-pumpkin-queen", "2022-09-04/2022-09-10", "refuted"),
        ("No. 1", "rank", HARDCOVER, "long-live-the-pumpkin-queen", "2022-09-11/2022-09-17", "undecidable (no_data)"),
        ("23 weeks on the list", "weeks_on_chart", HARDCOVER, LOVELESS, "2022-09-04/2022-09-10", "supported"),
        ("six weeks on the list", "weeks_on_chart", HARDCOVER, LOVELESS, "2022-09-04/2022-09-10", "refuted"),
        ("23 weeks on the list", "weeks_on_chart", HARDCOVER, LOVELESS, "2022-09-04/2022-09-17", "undecidable (no_data)"),
        ("at least 23 weeks on the list", "weeks_on_chart", HARDCOVER, LOVELESS, "2022-09-04/2022-09-17", "supported"),
        ("two weeks on the list", "weeks_on_chart", FICTION, "swamplandia", "2011-02-06/2011-02-12", "undecidable (no_data)"),
    ],
)  # fmt: skip
def test_claims_on_lists_that_are_sampled(
    record: Record, words: str, kind: str, chart: str, subject: str, days: str, outcome: str
) -> None:
    judged = judge_one(record, claim(words, kind, subject, days, chart=chart))
    reason = f" ({judged.found.reason})" if judged.found.reason else ""
    assert f"{judged.verdict}{reason}" == outcome, judged.explanation


def test_a_list_of_another_name_is_refused_in_the_words_that_named_it(record: Record) -> None:
    asked = claim("on the New York Times fiction list", "listed", LOVELESS, "2022-04-17/2022-04-23", chart=HARDCOVER)
    explanation = judge_one(record, asked).explanation
    assert (
        "the words say 'on the New York Times fiction list', and the list is New York Times Best Sellers" in explanation
    )


def test_what_is_said_of_a_list(record: Record) -> None:
    def said(words: str, subject: str, days: str) -> str:
        return judge_one(record, claim(words, "listed", subject, days, chart=HARDCOVER)).explanation

    of = "New York Times Best Sellers, Young Adult Hardcover"
    assert said("on the New York Times list", LOVELESS, "2022-04-17/2022-04-23") == (
        f"LOVELESS in {of}, the week to 23 April 2022: found on the new york times list "
        "(No. 10, issue to 23 April 2022, list dated 8 May 2022)"
    )
    assert said("on the New York Times list", ABSENT, "2022-04-17/2022-04-23") == (
        f"Heartstopper: Volume One in {of}, the week to 23 April 2022: it was not on the list"
    )
    assert said("on the New York Times list", ABSENT, "2022-04-17/2022-05-14") == (
        f"Heartstopper: Volume One in {of}, 17 April 2022 to 14 May 2022: nothing is held that decides it; "
        "not held: 2022-04-30, 2022-05-07, 2022-05-14"
    )
