"""To be on a list: what shows it, what refutes it, and what a list that is not held leaves open; and weeks as printed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from groundswell.charts import Chart, Charts
from groundswell.claims import Record
from groundswell.claims.receipt import compare
from tests.claims.lists import CHART, Lists, claim, judge_one

FIRST = date(2022, 5, 1)
WEEKS = 8


def day(week: int) -> date:
    """The Sunday that ends a week."""
    return FIRST + timedelta(weeks=week)


def days(first: int, last: int) -> str:
    """The period from one week to another."""
    return f"{day(first) - timedelta(days=6)}/{day(last)}"


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    lists = Lists()
    # alder is on the lists of weeks 0 and 3, of which week 2 is not held and week 4 in part
    lists.add(
        f"""
        period_end,rank,title,weeks_on_chart
        {day(0)},1,alder,1
        {day(0)},2,birch,9
        {day(1)},1,birch,10
        {day(3)},2,alder,3
        {day(3)},1,birch,12
        {day(4)},2,birch,13
        """,
        findings=1,
    )
    held = lists.record(charts=Charts((Chart(CHART, "Moss Review, Weekly", since=day(0)),)))
    yield held
    held.engine.close()


@pytest.mark.parametrize(
    ("words", "subject", "period", "outcome"),
    [
        ("on the Moss Review list", "alder", (0, 0), "supported"),
        ("featured on the weekly Moss Review chart", "alder", (0, 0), "supported"),
        ("on the Moss Review list", "alder", (1, 1), "refuted"),
        ("on the Moss Review list", "alder", (2, 2), "undecidable (no_data)"),
        ("on the Moss Review list", "alder", (4, 4), "undecidable (no_data)"),  # held in part
        ("on the Moss Review list", "birch", (4, 4), "supported"),
        ("on the Moss Review list", "alder", (1, 2), "undecidable (no_data)"),
        ("on the Moss Review list", "alder", (1, 3), "supported"),  # once found, no gap matters
        ("on the Moss Review list", "alder", (3, 7), "supported"),  # nor a list after the last held
        ("on the Moss Review list", "cedar", (0, 1), "refuted"),
        ("on the Moss Review list", "cedar", (0, 2), "undecidable (no_data)"),
        ("on the Moss Review list", "cedar", (1, 7), "undecidable (no_data)"),
        ("on the Moss Review list", "alder", (6, 7), "undecidable (no_data)"),
        ("on the monthly Moss Review list", "alder", (0, 0), "undecidable (definition_differs)"),
        ("off the Moss Review list", "alder", (0, 0), "undecidable (definition_differs)"),
    ],
)
def test_to_be_on_a_list(record: Record, words: str, subject: str, period: tuple[int, int], outcome: str) -> None:
    judged = judge_one(record, claim(words, "listed", subject, days(*period)))
    reason = f" ({judged.found.reason})" if judged.found.reason else ""
    assert f"{judged.verdict}{reason}" == outcome, judged.explanation


def test_what_is_found_is_its_best_place_and_the_receipt_stands(record: Record) -> None:
    judged = judge_one(record, claim("on the Moss Review list", "listed", "birch", days(0, 1)))
    assert judged.explanation.endswith("found on the moss review list (No. 1, issue to 8 May 2022)")
    receipt = record.receipt(judged, "on the Moss Review list")
    assert (receipt["found"], receipt["said"], receipt["rows_count"]) == (1, "on the moss review list", 2)
    assert compare([receipt], judged.snapshots, lambda claims, _: record.receipts(claims)) == [
        ("same", judged.explanation)
    ]


@pytest.mark.parametrize(
    ("words", "subject", "week", "verdict"),
    [
        ("three weeks", "alder", 3, "supported"),  # two counted, one list not held: the printed count says which
        ("two weeks", "alder", 3, "refuted"),
        ("three weeks", "alder", 4, "undecidable"),  # the last list is held in part
        ("at least three weeks", "alder", 4, "supported"),
        ("four weeks", "alder", 4, "undecidable"),
        ("five weeks", "alder", 4, "refuted"),
        ("one week", "alder", 0, "supported"),
        ("nine weeks", "birch", 0, "undecidable"),  # printed 9, counted 1, and nothing before is missing
        ("one week", "birch", 0, "undecidable"),
        ("ten weeks", "birch", 0, "refuted"),
    ],
)
def test_weeks_as_printed_decide_what_the_lists_held_leave_open(
    record: Record, words: str, subject: str, week: int, verdict: str
) -> None:
    judged = judge_one(record, claim(words, "weeks_on_chart", subject, days(0, week)))
    assert judged.verdict == verdict, judged.explanation


def test_random_lists_against_what_they_say_one_by_one() -> None:
    """Each week a list is whole, in part or not held; a claim is true, false or open as a reader would find going through them."""
    dice = random.Random(5)
    lists, weeks = Lists(), dict[str, dict[int, tuple[bool, set[str]]]]()
    titles = ("alder", "birch", "cedar")
    for number in range(30):
        rows, findings, held = [], 0, {}
        for week in range(WEEKS):
            mode = dice.choice(("whole", "whole", "part", "gap"))
            listed = set(dice.sample(titles, dice.randint(1, 2)))
            if mode == "gap" and 0 < week < WEEKS - 1:
                continue
            whole = mode != "part"
            findings += not whole
            rows += [f"{day(week)},{rank + (not whole)},{title}" for rank, title in enumerate(sorted(listed), 1)]
            held[week] = (whole, listed)
        lists.add("\n".join(["period_end,rank,title", *rows]), chart=f"c{number}", findings=findings)
        weeks[f"c{number}"] = held
    record = lists.record()
    asked, expected = [], []
    for _ in range(1_500):
        chart, title = f"c{dice.randrange(30)}", dice.choice(titles)
        first, last = sorted((dice.randrange(WEEKS), dice.randrange(WEEKS)))
        asked.append(claim(f"on the {chart} list", "listed", title, days(first, last), chart=chart))
        of = [weeks[chart].get(week, (False, set())) for week in range(first, last + 1)]
        on, all_whole = any(title in listed for _, listed in of), all(whole for whole, _ in of)
        expected.append("supported" if on else "refuted" if all_whole else "undecidable")
    assert [str(judged.verdict) for judged in record.judge(asked)] == expected
    assert {*expected} == {"supported", "refuted", "undecidable"}
    record.engine.close()


def test_figures_of_all_time_are_read_and_never_added_up() -> None:
    chart = "netflix.most_popular.tv_english"
    lists = Lists()
    for week, views in ((0, 250_000_000), (1, 252_100_000)):
        lists.add(f"period_end,rank,title,season,views\n{day(week)},1,Alder,Alder: Season 1,{views}", chart=chart)
    record = lists.record()
    of = {"subject": "alder/s1", "chart": chart}
    assert judge_one(record, claim("252.1 million views", "views", days=days(1, 1), **of)).verdict == "supported"
    for words, kind in (("502.1 million views", "total"), ("up 0.84%", "change")):
        judged = judge_one(record, claim(words, kind, days=days(0 if kind == "total" else 1, 1), measure="views", **of))
        assert (judged.verdict, judged.found.reason) == ("undecidable", "definition_differs")
        assert "of each title's first days" in judged.explanation
    record.engine.close()
