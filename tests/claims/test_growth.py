"""A growth: which readings it compares, what it is on other bases, and what gives no per cent."""

import csv
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest

from groundswell.catalog import Catalog, read_names
from groundswell.catalog.identity import slug
from groundswell.claims import Claim, Record, read
from groundswell.claims.claim import Way
from groundswell.claims.receipt import compare
from groundswell.core.period import Period, read_day
from tests.claims.lists import Lists, judge_one

LAUNCH = date(2022, 4, 30)
"""The last day of the week after the launch; weeks end on Saturdays."""
CLEAN = [1500, 1000, 900, 1000, 900, 900, 900, 900]
"""The eight weeks before it, the last one first: 1,000 in the mean."""
NAMES = """scope,title,season,territory,valid_from,valid_to,rank,subject,why
books.*,Kite 1,,,,,,kite,a volume
books.*,Kite 2,,,,,,kite,a volume
"""
FOLLOWERS = """
day,title,value
2022-03-01,tin,90000
2022-03-21,tin,100900
2022-03-25,tin,101200
2022-04-02,tin,102000
2022-05-19,tin,3400000
2022-02-01,badger,100
2022-03-01,badger,200
2022-04-20,badger,700
2022-05-19,badger,3100
2022-03-22,birch,10
2022-05-19,birch,3000
2022-03-22,cedar,unread
2022-05-19,cedar,3000
"""
SPEED = "period_end,title,value\n2022-03,moss,2.40\n2022-04,moss,2.00\n2022-04,fern,0\n2022-03,fern,0"


def week(before: int) -> Period:
    """The week so many before that of the launch."""
    last = LAUNCH - timedelta(days=7 * before)
    return Period(last - timedelta(days=6), last)


def weeks(first: int, last: int) -> Period:
    """From the week `first` before the launch to the week `last` before it."""
    return Period(week(first).first, week(last).last)


def cut(first: int, last: int, *, late: int = 0, early: int = 0) -> Period:
    """`weeks` that begin some days late or end some days early."""
    return Period(week(first).first + timedelta(days=late), week(last).last - timedelta(days=early))


def sold() -> list[int]:
    """Units of 53 weeks, that of the launch first: four bases, four growths (docs/methods.md)."""
    rest = 46_800 - sum(CLEAN) - 600  # 900 in the mean of 52 weeks, 600 in the same week a year before
    years = [rest // 43 + (1 if nth < rest % 43 else 0) for nth in range(43)]
    return [18_000, *CLEAN, *years, 600]


def csv_of(sales: Mapping[str, list[int | str]]) -> str:
    """The readings of these titles, week by week backwards from the launch."""
    rows = [f"{week(nth).last},{title},{value}" for title, values in sales.items() for nth, value in enumerate(values)]
    return "\n".join(["period_end,title,value", *rows])


def add_books(lists: Lists, sales: Mapping[str, list[Any]], **options: Any) -> str:
    """Take in weekly units."""
    return lists.add_series(csv_of(sales), measure="books.units", unit="copies", calendar="sun-sat", **options)


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    lists = Lists()
    halves = [units // 3 for units in sold()]
    add_books(lists, {"Kite 1": halves, "Kite 2": [all_ - half for all_, half in zip(sold(), halves, strict=True)]})
    add_books(
        lists,
        {"Lamp": [60, 29], "Tin": [60, 31], "Urn": [60, 0], "Vat": [60, "many"], "Wok": [90, 30, "", 40]},
        findings=2,
    )
    lists.add_series(FOLLOWERS, measure="moss.followers", unit="followers", findings=1)
    lists.add_series(SPEED, measure="moss.speed", unit="Mbps")
    lists.add_series("day,title,value\n2022-05-19,tin,yes", measure="moss.fresh", yes=("yes",))
    held = lists.record(Catalog(names=tuple(read_names(NAMES, "names.csv"))))
    yield held
    held.engine.close()


def asked(
    words: str,
    base: Period | None,
    way: str,
    subject: str = "kite",
    measure: str = "books.units",
    on: Period | None = None,
) -> Claim:
    """A growth to `on`, else to the week of the launch."""
    return Claim("growth", subject, "", "WW", on or week(0), read(words, "growth"), measure, "", base, cast(Way, way))


@pytest.mark.parametrize(
    ("base", "way", "per_cent", "other"),
    [
        (week(1), "reading", "+1,100%", "12-fold"),
        (weeks(8, 1), "mean", "+1,700%", "18-fold"),
        (weeks(52, 1), "mean", "+1,900%", "20-fold"),
        (week(52), "reading", "+2,900%", "30-fold"),
        (weeks(8, 1), "median", "+1,900%", "20 times"),
        (weeks(8, 1), "reading", "+1,100%", "12 times"),
    ],
)
def test_the_same_sales_on_other_bases_are_other_headlines(
    record: Record, base: Period, way: str, per_cent: str, other: str
) -> None:
    for words in (per_cent, other):
        assert judge_one(record, asked(words, base, way)).verdict == "supported"
    judged = judge_one(record, asked("+1,750%", base, way))
    assert judged.verdict == "refuted"
    assert f"found up {per_cent[1:-1]}.0%" in judged.explanation
    table = {(one["baseline"], one["found"]) for one in judged.found.sensitivity}
    assert table == {
        ("the week before", 1100),
        ("the mean of the 8 weeks before", 1700),
        ("the median of the 8 weeks before", 1900),
        ("the mean of the 52 weeks before", 1900),
        ("the same week a year before", 2900),
    } | ({("the base named", 1100)} if base == weeks(8, 1) and way == "reading" else set())
    assert [one.get("named", False) for one in judged.found.sensitivity].count(True) == 1


def test_bases_that_end_with_the_named_one_are_called_so(record: Record) -> None:
    judged = judge_one(record, asked("+1,700%", weeks(8, 2), "mean"))
    assert [str(one["baseline"]) for one in judged.found.sensitivity][1:3] == [
        "the last week of the base",
        "the mean of the 8 weeks to the end of the base",
    ]


def test_a_base_that_is_not_named_leaves_it_undecided_and_shows_them_all(record: Record) -> None:
    for base, way in ((None, ""), (weeks(8, 1), ""), (None, "mean")):
        judged = judge_one(record, asked("+1,700%", base, way))
        assert (judged.verdict, judged.found.reason, judged.found.value) == ("undecidable", "vague", None)
        assert "up 1,100.0% on the week before; up 1,700.0% on the mean of the 8 weeks before" in judged.explanation
        assert [one["found"] for one in judged.found.sensitivity] == [1100, 1700, 1900, 1900, 2900]
        assert judged.evidence == "published"
        assert record.receipt(judged, "+1,700%")["sensitivity"][1]["found"] == 1700


def test_an_event_after_the_base_is_left_out_of_every_base() -> None:
    """Of a week three after the launch the other bases too end where the named one does."""
    lists = Lists()
    add_books(lists, {"Kite": [18_000, 18_000, 18_000, *CLEAN]})
    record = lists.record()
    judged = judge_one(record, asked("+1,700%", weeks(10, 3), "mean"))
    assert [one["found"] for one in judged.found.sensitivity][:3] == [1100, 1700, 1900]
    assert [one["says"] for one in judged.found.sensitivity][3:] == [
        "not decided (no reading is of 11 April 2021)",
        "not decided (no reading lies in the week to 1 May 2021)",
    ]
    unnamed = judge_one(record, asked("+1,700%", None, ""))
    assert unnamed.found.sensitivity[0]["found"] == 0


@pytest.mark.parametrize(
    ("words", "subject", "base", "way", "outcome"),
    [
        # too small a base gives no per cent, whatever the words say
        ("+107%", "lamp", week(1), "reading", "undecidable (vague): its base: it is below 30 copies"),
        ("+94%", "tin", week(1), "reading", "supported: 1.94 times"),
        ("+94%", "tin", week(1), "reading", "supported: a base of less than four weeks"),
        ("+100%", "urn", week(1), "reading", "undecidable (vague): its base: it is below 30 copies"),
        ("+100%", "vat", week(1), "reading", "undecidable (no_data): the week to 23 April 2022 could not be read"),
        ("+100%", "tin", week(2), "reading", "undecidable (no_data): no reading lies in the week to 16 April 2022"),
        ("+200%", "wok", week(1), "mean", "supported: against 30"),
        ("+157%", "wok", weeks(3, 1), "mean", "undecidable (no_data): the week to 16 April 2022 could not be read"),
        ("+94%", "tin", weeks(2, 1), "mean", "undecidable (no_data): its base: no reading is of 10 April 2022"),
        # a base is made of whole readings, and over when the period begins
        ("+94%", "tin", cut(1, 1, late=1), "mean", "undecidable (no_data): its base: no reading lies in"),
        ("+1,700%", "kite", cut(8, 1, late=1), "mean", "undecidable (ambiguous_period): within the reading of the week to 5 March"),
        ("+1,700%", "kite", cut(8, 1, early=1), "median", "undecidable (ambiguous_period): of the week to 23 April 2022"),
        ("+1,700%", "kite", weeks(8, 0), "mean", "undecidable (ambiguous_period): its base: it is not over when the period begins"),
        ("+1,700%", "oak", weeks(8, 1), "mean", "undecidable (no_data): no reading of it is held"),
    ],
)  # fmt: skip
def test_a_base_of_sales(record: Record, words: str, subject: str, base: Period, way: str, outcome: str) -> None:
    judged = judge_one(record, asked(words, base, way, subject))
    verdict, _, said = outcome.partition(": ")
    reason = f" ({judged.found.reason})" if judged.found.reason else ""
    assert f"{judged.verdict}{reason}" == verdict, judged
    assert said in judged.explanation


def _day(text: str) -> Period:
    return Period(read_day(text), read_day(text))


@pytest.mark.parametrize(
    ("words", "subject", "base", "outcome"),
    [
        ("more than 33 times", "tin", "2022-03-25", "supported: against 101,200"),
        # the reading nearest to the day, no more than three days off; of two as near the earlier
        ("about 34-fold", "tin", "2022-03-24", "supported: the reading of 25 March 2022, the nearest to 24 March 2022"),
        ("about 34-fold", "tin", "2022-03-23", "supported: the reading of 21 March 2022, the nearest to 23 March 2022"),
        ("about 34-fold", "tin", "2022-03-18", "supported: the reading of 21 March 2022, the nearest to 18 March 2022"),
        ("about 34-fold", "tin", "2022-03-17", "supported: interpolated for 17 March 2022 between the readings of 1 March"),
        # the straight line: 200 on 1 March, 700 on 20 April, 450 on 26 March
        ("up 588.9%", "badger", "2022-03-26", "supported: 3,100 followers against 450"),
        ("up 589.0%", "badger", "2022-03-26", "refuted: the value interpolated for 26 March 2022"),
        ("up 100%", "badger", "2022-04-28", "undecidable: no reading lies in 28 April 2022"),
        ("up 100%", "badger", "2022-01-28", "undecidable: no reading lies in 28 January 2022"),
        ("up 100%", "birch", "2022-03-22", "undecidable: its base: it is below 30 followers"),
        ("up 100%", "cedar", "2022-03-22", "undecidable: the reading of 22 March 2022 could not be read"),
    ],
)  # fmt: skip
def test_a_base_of_a_counter(record: Record, words: str, subject: str, base: str, outcome: str) -> None:
    claim = asked(words, _day(base), "reading", subject, "moss.followers", _day("2022-05-19"))
    judged = judge_one(record, claim)
    verdict, _, said = outcome.partition(": ")
    assert judged.verdict == verdict, judged
    assert said in judged.explanation


def test_a_fall_of_what_is_measured_by_the_month(record: Record) -> None:
    def fell(words: str, subject: str = "moss") -> str:
        period, base = Period(date(2022, 4, 1), date(2022, 4, 30)), Period(date(2022, 3, 1), date(2022, 3, 31))
        return str(judge_one(record, asked(words, base, "reading", subject, "moss.speed", period)))

    assert fell("fell around 17%").startswith("supported: ")
    assert "found down 16.7%" in fell("down 17%")
    assert fell("fell around 20%").startswith("refuted: ")
    assert "it is not above 0" in fell("down 17%", "fern")


def test_a_status_does_not_grow(record: Record) -> None:
    claim = asked("+5%", _day("2022-05-01"), "reading", "tin", "moss.fresh", _day("2022-05-19"))
    assert str(judge_one(record, claim).found.reason) == "definition_differs"


def test_titles_of_one_subject_add_up_and_one_that_is_missing_is_not_zero() -> None:
    lists = Lists()
    add_books(lists, {"Kite 1": [400, 100], "Kite 2": ["", 100]}, findings=1)
    add_books(lists, {"Oak 1": [400, 100, 100], "Oak 2": [400, 100]})
    names = NAMES + "books.*,Oak 1,,,,,,oak,a volume\nbooks.*,Oak 2,,,,,,oak,a volume\n"
    record = lists.record(Catalog(names=tuple(read_names(names, "names.csv"))))
    both = judge_one(record, asked("+300%", week(1), "reading", "oak"))
    assert (both.verdict, len(both.found.rows)) == ("supported", 4)
    assert "800 copies against 200" in both.explanation
    floor = judge_one(record, asked("+300%", week(2), "reading", "oak"))
    assert (str(floor.verdict), floor.found.high) == ("undecidable", Decimal(700))
    assert "found down 100.0% to up 700.0%" in floor.explanation
    assert judge_one(record, asked("up more than 700%", week(2), "reading", "oak")).verdict == "refuted"
    assert (
        judge_one(record, asked("+300%", week(1), "reading")).found.note
        == "the reading of the week to 30 April 2022 could not be read"
    )
    for words, on, verdict in (
        ("800 copies", week(0), "supported"),
        ("400 copies", week(0), "refuted"),
        ("at least 100 copies", week(2), "undecidable"),
        ("0 copies", week(2), "undecidable"),
    ):
        level = Claim("level", "oak", "", "WW", on, read(words, "level"), "books.units")
        assert judge_one(record, level).verdict == verdict, words


def test_a_volume_the_names_know_and_no_file_has_is_missing_and_not_zero() -> None:
    lists = Lists()
    add_books(lists, {"Kite 1": [400, 100]})
    for scope, known in (("books.units", "undecidable"), ("books.*", "supported")):  # a pattern names no set
        names = tuple(read_names(NAMES.replace("books.*", scope), "names.csv"))
        record = lists.record(Catalog(names=names))
        for claim in (
            asked("+300%", week(1), "reading"),
            Claim("level", "kite", "", "WW", week(0), read("400 copies", "level"), "books.units"),
        ):
            assert judge_one(record, claim).verdict == known, (scope, claim.kind)


def test_a_sum_without_a_title_that_may_not_be_shown_is_none() -> None:
    lists = Lists()
    add_books(lists, {"Kite 1": [400, 100]})
    add_books(lists, {"Kite 2": [400]}, may_show="percent")
    record = lists.record(Catalog(names=tuple(read_names(NAMES, "names.csv"))))
    for on in (week(0), week(1)):
        for words in ("400 copies", "100 copies", "at least 100 copies"):
            level = judge_one(record, Claim("level", "kite", "", "WW", on, read(words, "level"), "books.units"))
            assert (level.verdict, level.found.reason, level.found.rows) == ("undecidable", "external", ()), words


def test_readings_that_differ_leave_an_interval() -> None:
    lists = Lists()
    lists.add_series(
        "day,title,value\n2022-05-01,oak,100\n2022-05-01,Oak,200\n2022-05-09,oak,400",
        measure="moss.views",
        unit="views",
    )
    record = lists.record()
    judged = judge_one(record, asked("+100%", _day("2022-05-01"), "reading", "oak", "moss.views", _day("2022-05-09")))
    assert (str(judged.verdict), judged.found.low, judged.found.high) == ("undecidable", Decimal(100), Decimal(300))
    assert "found up 100.0% to up 300.0%" in judged.explanation
    assert (
        judge_one(record, asked("+50%", _day("2022-05-01"), "reading", "oak", "moss.views", _day("2022-05-09"))).verdict
        == "refuted"
    )


def test_two_territories_are_two_growths() -> None:
    """“+220% in the UK” and “+1,700% in the US” are of one series of books, and neither says anything of the other."""
    lists = Lists()
    rows = [
        f"{week(nth).last},Kite,{code},{sold}"
        for code, of in (("US", [18_000, 1_000]), ("GB", [320, 100]))
        for nth, sold in enumerate(of)
    ]
    lists.add_series(
        "\n".join(["period_end,title,territory,value", *rows]), measure="books.units", unit="copies", calendar="sun-sat"
    )
    record = lists.record()
    for words, territory, verdict in (
        ("+220%", "GB", "supported"),
        ("+220%", "US", "refuted"),
        ("+1,700%", "US", "supported"),
        ("+1,700%", "GB", "refuted"),
        ("+1,700%", "WW", "undecidable"),
    ):
        judged = judge_one(record, replace(asked(words, week(1), "reading"), territory=territory))
        assert str(judged.verdict) == verdict, judged


def test_evidence_is_that_of_all_that_is_shown_beside_it() -> None:
    lists = Lists()
    add_books(lists, {"Kite": [18_000, *CLEAN]})
    lists.add_series(
        f"period_end,title,value\n{week(52).last},Kite,600",
        measure="books.units",
        unit="copies",
        calendar="sun-sat",
        status="simulated",
    )
    judged = judge_one(lists.record(), asked("+1,700%", weeks(8, 1), "mean"))
    assert (judged.verdict, judged.evidence, len(judged.snapshots)) == ("supported", "simulated", 2)


def test_a_receipt_says_the_same_again(record: Record) -> None:
    claim = asked("+1,700%", weeks(8, 1), "mean")
    held = record.receipt(judge_one(record, claim), "+1,700%")
    assert (held["claim"]["base"], held["claim"]["base_as"]) == (weeks(8, 1).as_json(), "mean")
    assert held["rows_count"] == 18
    other = {**held, "claim": {**held["claim"], "base_as": "median"}}
    outcomes = compare([held, other], held["snapshots"], lambda claims, _: record.receipts(claims))
    assert [outcome for outcome, _ in outcomes] == ["same", "changed"]


def test_figures_that_may_not_be_shown_give_a_per_cent_and_nothing_else() -> None:
    lists = Lists()
    add_books(lists, {"Kite": sold()}, may_show="percent")
    record = lists.record()
    judged = judge_one(record, asked("+1,700%", weeks(8, 1), "mean"))
    assert (judged.verdict, len(judged.found.rows)) == ("supported", 9)
    held = record.receipt(judged, "+1,700%")
    assert all("value" not in row for row in held["rows"])
    text = repr(held)
    assert not any(f"{value}" in text or f"{value:,}" in text for value in (18_000, 1_500, 881))
    level = judge_one(record, Claim("level", "kite", "", "WW", week(0), read("18,000 copies", "level"), "books.units"))
    assert (level.verdict, level.found.reason, level.found.rows) == ("undecidable", "external", ())
    for may_show in ("rank", "nothing"):
        lists = Lists()
        add_books(lists, {"Kite": sold()}, may_show=may_show)
        assert judge_one(lists.record(), asked("+1,700%", weeks(8, 1), "mean")).found.note == "no reading of it is held"


def _naive(sales: Mapping[str, list[int]], on: int, first: int, last: int, way: str) -> list[Fraction] | None:
    """The growth by a plain loop: None where it cannot be known."""
    values = []
    for nth in (*range(first, last - 1, -1), on):
        of = [Fraction(title[nth]) for title in sales.values() if nth < len(title)]
        if len(of) < len(sales):
            return None
        values.append(sum(of, Fraction()))
    now, before = values[-1], values[:-1]
    half = len(before) // 2
    ordered = sorted(before)
    middle = ordered[half] if len(before) % 2 else (ordered[half] + ordered[half - 1]) / 2
    base = {"mean": sum(before, Fraction()) / len(before), "median": middle, "reading": before[-1]}[way]
    return [(now - base) / base * 100] if base >= 30 else None


def test_every_growth_is_the_oracles() -> None:
    dice = random.Random(20261126)
    lists, worlds = Lists(), {}
    names = NAMES
    for nth in range(8):
        sales: dict[str, list[int]] = {
            f"Work {nth} volume {volume}": [
                dice.choice([0, 7, 40, 300, 5000, dice.randint(1, 9999)]) for _ in range(14)
            ]
            for volume in range(dice.randint(1, 3))
        }
        worlds[f"work-{nth}"] = sales
        names += "".join(f"books.*,{title},,,,,,work-{nth},a volume\n" for title in sales)
        add_books(lists, sales)
    record = lists.record(Catalog(names=tuple(read_names(names, "names.csv"))))
    claims, expected = [], []
    for _ in range(400):
        subject = dice.choice(list(worlds))
        on = dice.randint(0, 4)
        last = on + dice.randint(1, 5)
        first = last + dice.randint(0, 6)
        way = dice.choice(["mean", "median", "reading"])
        claims.append(asked("+1%", weeks(first, last), way, subject, on=week(on)))
        expected.append(_naive(worlds[subject], on, last if way == "reading" else first, last, way))
    for claim, judged, answer in zip(claims, record.judge(claims), expected, strict=True):
        if answer is None:
            assert judged.verdict == "undecidable", claim
        else:
            assert abs(Fraction(judged.found.low) - answer[0]) < Fraction(1, 10**40), claim
            assert judged.found.low == judged.found.high
    assert min(sum(answer is None for answer in expected), sum(answer is not None for answer in expected)) > 60


@pytest.mark.shared_data
def test_a_real_spike_against_the_days_before(shared_data: Path) -> None:
    """Daily views of an encyclopaedia's page, given as logarithms: 22,023 on 28 January 2014, 379,552 on 3 February."""
    with (shared_data / "wiki" / "example_wp_log_peyton_manning.csv").open(encoding="utf-8") as file:
        rows = [f"{row['ds']},manning,{round(math.exp(float(row['y'])))}" for row in csv.DictReader(file)]
    lists = Lists()
    lists.add_series("\n".join(["day,title,value", *rows]), measure="wiki.views", unit="views")
    record = lists.record()
    for words, base, way, verdict in (
        ("+1,623%", _day("2014-01-28"), "reading", "supported"),
        ("about 17 times", _day("2014-01-28"), "reading", "supported"),
        ("+1,624%", _day("2014-01-28"), "reading", "refuted"),
        ("+807%", Period(date(2014, 1, 27), date(2014, 2, 2)), "mean", "supported"),
        ("+807%", Period(date(2014, 1, 5), date(2014, 2, 1)), "mean", "undecidable"),  # 6 January is not in the file
    ):
        judged = judge_one(record, asked(words, base, way, "manning", "wiki.views", _day("2014-02-03")))
        assert str(judged.verdict) == verdict, judged
    record.engine.close()


@pytest.mark.shared_data
def test_real_channels_grow_as_their_rows_say(shared_data: Path) -> None:
    """Views of 227 channels from their first day to their last, against a plain division."""
    with (shared_data / "channels" / "youtube_daily_snapshots.csv").open(encoding="utf-8") as file:
        rows = [(row["date_utc"], row["channel_id"], int(row["views"])) for row in csv.DictReader(file)]
    lists = Lists()
    lists.add_series(
        "\n".join(["day,title,value", *(f"{day},{channel},{views}" for day, channel, views in rows)]),
        measure="moss.views",
        unit="views",
        known_from=datetime(2026, 6, 1, tzinfo=UTC),
    )
    record = lists.record()
    held: dict[str, list[tuple[str, int]]] = {}
    for day, channel, views in sorted(rows):
        held.setdefault(slug(channel), []).append((day, views))
    claims, grown = [], []
    for channel, days in held.items():
        (first, base), (last, now) = days[0], days[-1]
        claims.append(asked("+1%", _day(first), "reading", channel, "moss.views", _day(last)))
        grown.append(Fraction(now, base) * 100 - 100 if base >= 30 and first < last else None)
    for judged, expected in zip(record.judge(claims), grown, strict=True):
        if expected is None:
            assert str(judged.verdict) == "undecidable"
        else:
            assert abs(Fraction(judged.found.low) - expected) < Fraction(1, 10**20)
    assert sum(one is not None for one in grown) > 200
    record.engine.close()
