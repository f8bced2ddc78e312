"""What was published of Heartstopper's first season, asked of Netflix's own files and of the example's few facts.

The sentences are those of press releases and coverage of May 2022; the wrong ones are off by the least that can be said.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from groundswell.claims import Judged, Record
from groundswell.cli import main, work
from groundswell.newsroom.desk import open_desk
from tests.claims.lists import claim, judge_one

TV, NON_ENGLISH, COUNTRY = "netflix.global.tv_english", "netflix.global.tv_non_english", "netflix.country.tv"
SUBJECT, VARIETY = "heartstopper/s1", "variety.trending_tv"
WEDNESDAY = ("wednesday/s1", "2022-11-21/2022-11-27", TV)
SQUID = ("squid-game/s2", "2024-12-23/2024-12-29", NON_ENGLISH)
FOUR_WEEKS = "2022-04-18/2022-05-15"
GLOBAL_FILE, COUNTRY_FILE = "all-weeks-global_2026-07-22.tsv", "all-weeks-countries_2022-11-15.xlsx"
TRUE = (
    ("54 countries", "reach", COUNTRY, FOUR_WEEKS, 54),
    ("23.94 million hours", "hours_viewed", TV, "2022-04-25/2022-05-01", 23_940_000),
    ("14.55 million hours", "hours_viewed", TV, "2022-04-18/2022-04-24", 14_550_000),
    ("peaked at No. 5", "rank", TV, FOUR_WEEKS, 5),
    ("three weeks in the Top 10", "weeks_on_chart", TV, "2022-05-09/2022-05-15", 3),
)
FALSE = (
    ("55 countries", "reach", COUNTRY, FOUR_WEEKS, 54),
    ("53 countries", "reach", COUNTRY, FOUR_WEEKS, 54),
    ("24.9 million hours", "hours_viewed", TV, "2022-04-25/2022-05-01", 23_940_000),
    ("14.56 million hours", "hours_viewed", TV, "2022-04-18/2022-04-24", 14_550_000),
    ("No. 4", "rank", TV, FOUR_WEEKS, 5),
    ("No. 6", "rank", TV, FOUR_WEEKS, 5),
    ("four weeks", "weeks_on_chart", TV, "2022-05-09/2022-05-15", 3),
    ("two weeks", "weeks_on_chart", TV, "2022-05-09/2022-05-15", 3),
)


@contextmanager
def opened(folder: Path, as_of: datetime | None = None) -> Iterator[Record]:
    """The record of the desk in a folder."""
    with work.record_of(open_desk(folder), as_of) as record:
        yield record


@pytest.fixture(scope="session")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that holds Netflix's global lists of July 2026 and its lists by country of November 2022."""
    desk = tmp_path_factory.mktemp("real") / "desk"
    assert main(["new", str(desk), "--empty"]) == 0
    for feed, name in (("netflix.global", GLOBAL_FILE), ("netflix.countries", COUNTRY_FILE)):
        file, fetched = shared_data / "netflix" / name, name.partition("_")[2][:10]
        assert main(["-C", str(desk), "load", feed, str(file), "--fetched", fetched]) == 0
    return desk


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example desk, loaded."""
    desk = tmp_path_factory.mktemp("example") / "desk"
    assert main(["new", str(desk)]) == 0
    assert main(["-C", str(desk), "load", "--all"]) == 0
    return desk


@pytest.fixture(scope="module")
def real_record(real: Path) -> Iterator[Record]:
    with opened(real) as record:
        yield record


@pytest.fixture(scope="module")
def example_record(example: Path) -> Iterator[Record]:
    with opened(example) as record:
        yield record


@pytest.fixture(params=["example", pytest.param("real", marks=pytest.mark.shared_data)])
def record(request: pytest.FixtureRequest) -> Record:
    found: Record = request.getfixturevalue(f"{request.param}_record")
    return found


def test_what_was_published_is_supported(record: Record) -> None:
    for words, kind, chart, days, found in TRUE:
        judged = judge_one(record, claim(words, kind, SUBJECT, days, chart=chart))
        assert judged.verdict == "supported", judged
        assert (judged.found.value, judged.evidence) == (found, "published"), judged


def test_the_same_off_by_the_least_is_refuted_with_what_is_found(record: Record) -> None:
    for words, kind, chart, days, found in FALSE:
        judged = judge_one(record, claim(words, kind, SUBJECT, days, chart=chart))
        assert judged.verdict == "refuted", judged
        assert (judged.found.value, judged.evidence) == (found, "published"), judged
        assert f"{found:,}" in judged.explanation


def test_both_desks_say_of_how_many_territories(record: Record) -> None:
    judged = judge_one(record, claim("54 countries", "reach", SUBJECT, FOUR_WEEKS, chart=COUNTRY))
    assert judged.explanation.endswith("found 54 countries (of 93 that had a list)")


@pytest.mark.shared_data
def test_without_the_lists_by_country_reach_is_undecidable(shared_data: Path, tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "desk"), "--empty"]) == 0
    file = shared_data / "netflix" / GLOBAL_FILE
    assert main(["-C", str(tmp_path / "desk"), "load", "netflix.global", str(file)]) == 0
    with opened(tmp_path / "desk") as record:
        for words in ("54 countries", "55 countries"):
            judged = judge_one(record, claim(words, "reach", SUBJECT, FOUR_WEEKS, chart=COUNTRY))
            assert (str(judged.verdict), str(judged.found.reason)) == ("undecidable", "no_data")
            assert judged.explanation.endswith(f": no issue of {COUNTRY} that may be shown is held for the period")
            assert (judged.evidence, judged.found.value) == (None, None)


@pytest.mark.shared_data
def test_the_real_files_differ_where_only_they_know(example_record: Record, real_record: Record) -> None:
    """After the six weeks of the example anything may follow; the full history knows that it never came back."""
    asked = claim("three weeks", "weeks_on_chart", SUBJECT, "2022-05-23/2022-05-29", chart=TV)
    assert judge_one(example_record, asked).verdict == "undecidable"
    assert judge_one(real_record, asked).verdict == "supported"


@pytest.mark.shared_data
def test_what_was_not_yet_known_cannot_decide(real: Path) -> None:
    with opened(real, datetime(2022, 12, 31, tzinfo=UTC)) as record:
        assert (
            judge_one(record, claim("54 countries", "reach", SUBJECT, FOUR_WEEKS, chart=COUNTRY)).verdict == "supported"
        )
        assert judge_one(record, claim("No. 5", "rank", SUBJECT, FOUR_WEEKS, chart=TV)).verdict == "undecidable"


@pytest.mark.parametrize(
    ("words", "days", "verdict"),
    [
        ("at least 53 million hours", FOUR_WEEKS, "supported"),
        ("53.46 million hours", FOUR_WEEKS, "undecidable"),  # not on the list in the fourth: the sum is a floor
        ("53.46 million hours", "2022-04-18/2022-05-08", "supported"),
        ("53.47 million hours", "2022-04-18/2022-05-08", "refuted"),
    ],
)
def test_its_hours_in_all(record: Record, words: str, days: str, verdict: str) -> None:
    assert str(judge_one(record, claim(words, "total", SUBJECT, days, chart=TV)).verdict) == verdict


@pytest.mark.shared_data
def test_ten_weeks_on_the_list_are_not_ten_weeks_at_the_top(real_record: Record) -> None:
    """Money Heist Part 5, week ending 2021-12-26: a press release said "10th consecutive week" of No. 1."""
    chart, week = "netflix.global.tv_non_english", "2021-12-20/2021-12-26"
    at_top, on_list = real_record.judge(
        [
            claim("10th consecutive week at No. 1", "streak_at_top", "money-heist/p5", week, chart=chart),
            claim("10 weeks", "weeks_on_chart", "money-heist/p5", week, chart=chart),
        ]
    )
    assert (str(at_top.verdict), at_top.found.value) == ("refuted", 4)
    assert (str(on_list.verdict), on_list.found.value) == ("supported", 10)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("words", "kind", "subject", "days", "chart", "verdict", "found"),
    [
        ("most hours viewed in a week since 28 June 2021", "record", *WEDNESDAY, "supported", 1),
        ("second most hours in a week since 28 June 2021", "record", *WEDNESDAY, "refuted", 1),
        ("most hours in a week since 1 January 2021", "record", *WEDNESDAY, "undecidable", None),
        ("most hours in a week since 28 June 2021", "record", SUBJECT, "2022-04-25/2022-05-01", TV, "refuted", "counted"),
        ("most hours in a week since 28 June 2021", "record", *SQUID, "refuted", None),
        ("second most hours since 28 June 2021", "record", *SQUID, "undecidable", None),
        ("fifth most-watched", "superlative", SUBJECT, "2022-04-25/2022-05-01", TV, "supported", 5),
        ("most-watched", "superlative", SUBJECT, "2022-04-25/2022-05-01", TV, "refuted", 5),
    ],
)  # fmt: skip
def test_places_among_all_that_was_ever_listed(
    shared_data: Path,
    real_record: Record,
    words: str,
    kind: str,
    subject: str,
    days: str,
    chart: str,
    verdict: str,
    found: object,
) -> None:
    if found == "counted":
        with (shared_data / "netflix" / GLOBAL_FILE).open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t") if row["category"] == "TV (English)"]
        found = 1 + sum(
            int(row["weekly_hours_viewed"]) > 23_940_000 and row["week"] <= days.partition("/")[2] for row in rows
        )
    judged = judge_one(real_record, claim(words, kind, subject, days, chart=chart, measure="hours_viewed"))
    assert (str(judged.verdict), judged.found.value) == (verdict, found), judged


@pytest.mark.shared_data
def test_one_title_against_another(real_record: Record) -> None:
    """Heartstopper was seventh in its first week; whatever was sixth had so many more hours."""
    week = "2022-04-18/2022-04-24"
    rows = real_record.engine.query(
        "SELECT l.subject, o.value FROM placed l JOIN observations o USING (load_id, line) "
        f"WHERE l.chart = '{TV}' AND l.last_day = '2022-04-24' AND l.rank = 6 AND o.measure = 'hours_viewed'"
    ).to_pylist()
    [other] = rows
    more = int(other["value"]) - 14_550_000
    asked = claim(
        f"{more:,} fewer hours",
        "comparison",
        SUBJECT,
        week,
        chart=TV,
        measure="hours_viewed",
        versus=other["subject"],
    )
    judged = judge_one(real_record, asked)
    assert (str(judged.verdict), judged.found.value) == ("supported", -more), judged
    assert " against " in judged.explanation


def test_of_varietys_list_four_entries_are_held_each_with_an_origin_of_its_own_and_one_week_is_missing(
    example_record: Record,
) -> None:
    week = "2022-{0}/2022-{1}"
    held = [("04-18", "04-24"), ("05-02", "05-08"), ("05-09", "05-15"), ("05-16", "05-22")]

    def ask(words: str, kind: str, days: tuple[str, str]) -> Judged:
        return judge_one(example_record, claim(words, kind, "heartstopper", week.format(*days), chart=VARIETY))

    origins = set()
    for days in held:
        judged = ask("No. 1", "rank", days)
        assert (judged.verdict, judged.evidence) == ("supported", "published")
        (snapshot,) = example_record.receipt(judged, "No. 1")["snapshots"].values()
        origins.add((snapshot["origin"]["producer"], snapshot["origin"]["url"]))
    assert len({url for _, url in origins}) == 4
    assert {producer for producer, _ in origins} == {"Variety", "La Verdad Noticias", "Netflix"}
    assert (ask("No. 1", "rank", ("04-25", "05-01"))).verdict == "undecidable"
    for words, days in (
        ("fourth consecutive week at No. 1", held[2]),
        ("fifth consecutive week at No. 1", held[3]),
    ):
        judged = ask(words, "streak_at_top", days)
        assert (str(judged.verdict), str(judged.found.reason)) == ("undecidable", "no_data")
        assert judged.explanation.endswith("not held: 2022-05-01")
