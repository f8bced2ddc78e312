"""Debut, streaks, reach at the top, totals and changes, on lists small enough to be read."""

from collections.abc import Iterator

import pytest

from groundswell.claims import Record
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
