"""Each claim type on lists small enough to be read: supported, refuted, undecidable, and where one turns into the other."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from groundswell.catalog import Catalog, Subject
from groundswell.claims import TYPES, Claim, Record, Stated, read
from groundswell.core.errors import UsageError
from groundswell.core.period import Period
from tests.claims.lists import CHART, KNOWN, Lists, claim, judge_one
from tests.docs import EXAMPLES

W1, W2, W3, W4, W5 = "2022-05-01", "2022-05-08", "2022-05-15", "2022-05-22", "2022-05-29"
"""Sundays: the lists of W1, W2 and W4 are held, that of W3 is not, W5 is after the last."""
LISTS = f"""
period_end,rank,title,hours_viewed,views
{W1},1,alder,23940000,1100000
{W1},2,birch,23935000,
{W2},1,birch,23949999,
{W2},2,alder,4000000,
{W4},1,alder,100,
{W4},2,cedar,99,
"""
COUNTRIES = f"""
period_end,territory,rank,title
{W1},GB,1,alder
{W1},FR,1,birch
{W2},GB,1,birch
{W2},FR,1,alder
{W4},GB,1,birch
{W4},FR,1,birch
{W4},DE,1,birch
"""


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    lists = Lists()
    lists.add(LISTS)
    lists.add(COUNTRIES, chart="made.up.countries")
    held = lists.record()
    yield held
    held.engine.close()


def week(last: str) -> str:
    """The seven days to a Sunday, as a period in words."""
    day = date.fromisoformat(last)
    return f"{date.fromordinal(day.toordinal() - 6)}/{day}"


@pytest.mark.parametrize(
    ("may_show", "words", "outcome"),
    [
        ("nothing", "No. 1", "undecidable: …no issue of made.up that may be shown is held for the period"),
        ("nothing", "25 million hours", "undecidable: …no issue of made.up that may be shown is held for the period"),
        ("rank", "No. 1", "supported: …found No. 1"),
        ("rank", "25 million hours", "undecidable: …no figure of it that may be shown was printed"),
    ],
)
def test_a_list_that_may_not_be_shown_is_why_a_later_one_held_in_part_says_nothing(
    may_show: str, words: str, outcome: str
) -> None:
    lists = Lists()
    lists.add(LISTS, may_show=may_show)
    later = f"period_end,rank,title,hours_viewed\n{W1},1,alder,25000000\n"
    lists.add(later, complete_for="", known_from=KNOWN + timedelta(days=1))
    kind = "rank" if words == "No. 1" else "hours_viewed"
    assert _matches(judge_one(lists.record(), claim(words, kind, "alder", week(W1))), outcome)


def test_of_several_lists_one_that_may_not_be_shown_is_named_as_not_held() -> None:
    lists = Lists()
    lists.add(f"period_end,rank,title\n{W1},1,alder\n{W2},1,birch\n{W3},1,birch\n")
    lists.add(f"period_end,rank,title\n{W2},1,alder\n", may_show="nothing", known_from=KNOWN + timedelta(days=1))
    lists.add(f"period_end,rank,title\n{W2},1,birch\n", complete_for="", known_from=KNOWN + timedelta(days=2))
    judged = judge_one(lists.record(), claim("2 weeks", "weeks_on_chart", "alder", f"2022-04-25/{W3}"))
    assert _matches(judged, f"undecidable: …found 1 to 2 weeks; not held: {W2}")


@pytest.mark.parametrize(
    ("words", "subject", "last", "outcome"),
    [
        ("23.94 million hours", "alder", W1, "supported: …found 23,940,000 hours"),
        ("23.94 million hours", "birch", W1, "supported: …found 23,935,000 hours"),
        ("23.94 million hours", "birch", W2, "supported: …found 23,949,999 hours, digits cut off, not rounded"),
        ("23.95 million hours", "birch", W2, "supported: …found 23,949,999 hours"),
        ("23.96 million hours", "birch", W2, "refuted: …found 23,949,999 hours"),
        ("23,940,000 hours", "alder", W1, "supported: …found 23,940,000 hours"),
        ("23,940,001 hours", "alder", W1, "refuted: …found 23,940,000 hours"),
        ("more than 23.93 million hours", "alder", W1, "supported: …found 23,940,000 hours"),
        ("more than 23.94 million hours", "alder", W1, "refuted: …found 23,940,000 hours"),
        ("24 million hours", "alder", W3, "undecidable: …nothing is held that decides it; not held: 2022-05-15"),
        ("24 million hours", "alder", W5, "undecidable: no issue of made.up that may be shown is held for the period"),
        ("24 million hours", "cedar", W1, "undecidable: …no figure of it that may be shown was printed"),
    ],
)
def test_hours_viewed(record: Record, words: str, subject: str, last: str, outcome: str) -> None:
    assert _matches(judge_one(record, claim(words, "hours_viewed", subject, week(last))), outcome)


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (f"2022-04-25/{W2}", "covers 2, from 2022-04-25/2022-05-01 to 2022-05-02/2022-05-08"),
        (f"2022-04-26/{W1}", "is not that of 2022-04-25/2022-05-01"),
        ("2022-04-25/2022-04-30", "is not that of 2022-04-25/2022-05-01"),
    ],
)
def test_a_figure_is_asked_of_one_issue(record: Record, days: str, why: str) -> None:
    judged = judge_one(record, claim("23.94 million hours", "hours_viewed", "alder", days))
    assert (str(judged.verdict), str(judged.found.reason)) == ("undecidable", "ambiguous_period")
    assert judged.explanation.endswith(f": a figure is printed for one issue, and the period {why}")
    assert judged.found.rows == ()


def test_views_are_another_figure_than_hours(record: Record) -> None:
    assert judge_one(record, claim("1.1 million views", "views", "alder", week(W1))).verdict == "supported"
    assert judge_one(record, claim("1.2 million views", "views", "alder", week(W1))).verdict == "refuted"
    assert judge_one(record, claim("1.1 million views", "views", "birch", week(W1))).verdict == "undecidable"


@pytest.mark.parametrize(
    ("words", "subject", "days", "outcome"),
    [
        ("No. 1", "alder", week(W1), "supported: …found No. 1"),
        ("No. 2", "alder", week(W1), "refuted: …found No. 1"),
        ("peaked at No. 1", "birch", f"2022-04-25/{W2}", "supported: …found No. 1"),
        ("No. 2", "birch", f"2022-04-25/{W2}", "refuted: …found No. 1"),
        ("No. 2", "cedar", week(W4), "supported: …found No. 2"),
        ("No. 2", "cedar", f"2022-05-09/{W4}", "undecidable: …found No. 1 to No. 2; not held: 2022-05-15"),
        ("No. 3", "cedar", f"2022-05-09/{W4}", "refuted: …found No. 1 to No. 2; not held: 2022-05-15"),
        ("No. 1", "alder", f"2022-05-09/{W4}", "supported: …found No. 1; not held: 2022-05-15"),
        ("No. 2", "cedar", week(W1), "refuted: …it was not on the list"),
        ("No. 2", "cedar", f"2022-04-25/{W3}", "undecidable: …nothing is held that decides it; not held: 2022-05-15"),
        ("No. 2", "cedar", f"2022-05-16/{W5}", "undecidable: …found No. 1 to No. 2; not held: every issue after 2022-05-22"),
        ("No. 1", "alder", f"2022-05-16/{W5}", "supported: …found No. 1; not held: every issue after 2022-05-22"),
        ("No. 1", "alder", week(W5), "undecidable: no issue of made.up that may be shown is held for the period"),
        ("No. 1", "alder", "2022-04-25/2022-04-30", "undecidable: no issue of made.up that may be shown is held for the period"),
    ],
)  # fmt: skip
def test_rank(record: Record, words: str, subject: str, days: str, outcome: str) -> None:
    assert _matches(judge_one(record, claim(words, "rank", subject, days)), outcome)


@pytest.mark.parametrize(
    ("words", "subject", "last", "outcome"),
    [
        ("two weeks", "alder", W2, "supported: …found 2 weeks"),
        ("one week", "alder", W2, "refuted: …found 2 weeks"),
        ("three weeks", "alder", W2, "refuted: …found 2 weeks"),
        ("second week", "birch", W2, "supported: …found 2 weeks"),
        ("three weeks", "alder", W4, "undecidable: …found 3 to 4 weeks; not held: 2022-05-15"),
        ("at least three weeks", "alder", W4, "supported: …found 3 to 4 weeks; not held: 2022-05-15"),
        ("two weeks", "alder", W4, "refuted: …found 3 to 4 weeks; not held: 2022-05-15"),
        ("five weeks", "alder", W4, "refuted: …found 3 to 4 weeks; not held: 2022-05-15"),
        (
            "five weeks",
            "alder",
            W5,
            "undecidable: …found at least 3 weeks; not held: 2022-05-15, every issue after 2022-05-22",
        ),
        (
            "two weeks",
            "alder",
            W5,
            "refuted: …found at least 3 weeks; not held: 2022-05-15, every issue after 2022-05-22",
        ),
        ("one week", "cedar", W2, "refuted: …found 0 weeks"),
        ("two weeks", "cedar", W3, "refuted: …found 0 to 1 week; not held: 2022-05-15"),
        ("one week", "cedar", W3, "undecidable: …found 0 to 1 week; not held: 2022-05-15"),
        ("fewer than two weeks", "cedar", W3, "supported: …found 0 to 1 week; not held: 2022-05-15"),
    ],
)
def test_weeks_on_chart(record: Record, words: str, subject: str, last: str, outcome: str) -> None:
    assert _matches(judge_one(record, claim(words, "weeks_on_chart", subject, week(last))), outcome)


@pytest.mark.parametrize(
    ("words", "subject", "days", "outcome"),
    [
        ("one country", "alder", week(W1), "supported: …found 1 country (of 2 that had a list)"),
        ("two countries", "alder", f"2022-04-25/{W2}", "supported: …found 2 countries (of 2 that had a list)"),
        ("one country", "alder", f"2022-04-25/{W2}", "refuted: …found 2 countries (of 2 that had a list)"),
        ("three countries", "alder", f"2022-04-25/{W2}", "refuted: …found 2 countries (of 2 that had a list)"),
        ("zero countries", "alder", week(W4), "supported: …found 0 countries (of 3 that had a list)"),
        ("one country", "alder", f"2022-05-09/{W4}", "undecidable: …found 0 to 2 countries"),
        ("two countries", "alder", f"2022-05-09/{W4}", "undecidable: …; not held: 2022-05-15 FR, 2022-05-15 GB"),
        ("three countries", "alder", f"2022-05-09/{W4}", "refuted: …found 0 to 2 countries"),
        ("three countries", "birch", f"2022-05-09/{W4}", "supported: …found 3 countries (of 3 that had a list)"),
        ("three countries", "birch", f"2022-05-16/{W5}", "undecidable: …found at least 3 countries"),
        ("one country", "alder", week(W5), "undecidable: no issue of made.up.countries that may be shown is held for the period"),
    ],
)  # fmt: skip
def test_reach(record: Record, words: str, subject: str, days: str, outcome: str) -> None:
    judged = judge_one(record, claim(words, "reach", subject, days, chart="made.up.countries"))
    assert _matches(judged, outcome)


def test_a_list_held_whole_for_another_subject_refutes_nothing() -> None:
    lists = Lists()
    lists.add(f"period_end,rank,title\n{W1},1,alder\n{W2},,", complete_for="alder")
    record = lists.record()
    assert judge_one(record, claim("one week", "weeks_on_chart", "alder", week(W2))).verdict == "supported"
    assert judge_one(record, claim("No. 1", "rank", "alder", week(W2))).verdict == "refuted"
    other = judge_one(record, claim("No. 1", "rank", "birch", week(W1)))
    assert (other.verdict, other.found.reason) == ("undecidable", "no_data")
    assert other.explanation.endswith("not held: 2022-05-01")
    assert judge_one(record, claim("three weeks", "weeks_on_chart", "birch", week(W2))).verdict == "refuted"


def test_a_list_held_in_part_refutes_nothing() -> None:
    lists = Lists()
    lists.add(f"period_end,rank,title\n{W1},1,alder\n{W1},3,birch", findings=1)
    record = lists.record()
    assert judge_one(record, claim("No. 3", "rank", "birch", week(W1))).verdict == "supported"
    assert judge_one(record, claim("No. 2", "rank", "cedar", week(W1))).verdict == "undecidable"


def test_no_list_before_a_title_was_available_is_missed() -> None:
    lists = Lists()
    lists.add(f"period_end,rank,title\n{W1},1,birch\n{W3},1,alder")
    asked = claim("one week", "weeks_on_chart", "alder", week(W3))
    assert judge_one(lists.record(), asked).verdict == "undecidable"
    for day, verdict in (("2022-05-09", "supported"), ("2022-05-08", "undecidable")):
        known = Catalog(subjects={"alder": Subject("alder", "film", "Alder", date.fromisoformat(day))})
        assert judge_one(lists.record(known), asked).verdict == verdict


def test_a_place_without_its_rank_is_a_place_all_the_same() -> None:
    lists = Lists()
    lists.add(f"period_end,rank,title\n{W1},,alder\n{W2},3,alder", complete_for="alder")
    record = lists.record()
    assert judge_one(record, claim("two weeks", "weeks_on_chart", "alder", week(W2))).verdict == "supported"
    peak = judge_one(record, claim("No. 3", "rank", "alder", f"2022-04-25/{W2}"))
    assert peak.explanation.endswith("found No. 1 to No. 3")
    unranked = judge_one(record, claim("No. 3", "rank", "alder", week(W1)))
    assert (unranked.verdict, unranked.found.high) == ("undecidable", None)


@pytest.mark.parametrize(("weaker", "evidence"), [("captured", "captured"), ("simulated", "simulated")])
def test_evidence_is_that_of_the_weakest_row_or_list(weaker: str, evidence: str) -> None:
    lists = Lists()
    lists.add(f"period_end,rank,title\n{W1},1,alder\n{W2},1,alder")
    lists.add(f"period_end,rank,title\n{W3},1,birch", status=weaker)
    record = lists.record()
    strong = judge_one(record, claim("two weeks", "weeks_on_chart", "alder", week(W2)))
    assert (strong.evidence, len(strong.snapshots)) == ("published", 1)
    weak = judge_one(record, claim("two weeks", "weeks_on_chart", "alder", week(W3)))
    assert (weak.verdict, weak.evidence, len(weak.snapshots)) == ("supported", evidence, 2)
    assert str(weak).startswith("supported (simulated): " if evidence == "simulated" else "supported: ")


def test_a_claim_that_rests_on_absence_alone_names_the_lists_it_rests_on() -> None:
    lists = Lists()
    snapshot = lists.add(f"period_end,rank,title\n{W1},1,alder")
    judged = judge_one(lists.record(), claim("fewer than two weeks", "weeks_on_chart", "birch", week(W1)))
    assert (judged.verdict, judged.found.rows, judged.snapshots) == ("supported", (), (snapshot,))
    assert judged.evidence == "published"


def test_a_chart_ranked_here_rests_on_the_lists_it_ranks_together() -> None:
    lists = Lists()
    made = [
        lists.add(
            f"period_end,rank,title,hours_viewed\n2022-05-01,1,{title},{hours}",
            chart=f"netflix.global.{name}",
            status="simulated" if name == "tv_english" else "published",
        )
        for name, title, hours in (
            ("films_english", "alder", 40),
            ("films_non_english", "birch", 30),
            ("tv_english", "cedar", 20),
            ("tv_non_english", "elder", 10),
        )
    ]
    record = lists.record()
    judged = judge_one(record, claim("No. 1", "rank", "alder", week(W1), chart="netflix.global.overall"))
    assert (judged.verdict, judged.evidence, judged.snapshots) == ("supported", "simulated", tuple(sorted(made)))
    figure = judge_one(record, claim("40 hours", "hours_viewed", "alder", week(W1), chart="netflix.global.overall"))
    assert (figure.verdict, figure.evidence, figure.snapshots) == ("supported", "published", (made[0],))


def test_a_kind_nobody_knows_is_named_with_those_that_are(record: Record) -> None:
    stated = Stated("nonsense", Decimal(1), Decimal(1), 0)
    asked = Claim("nonsense", "alder", CHART, "WW", Period(date(2022, 4, 25), date(2022, 5, 1)), stated)
    with pytest.raises(UsageError, match="no claim kind 'nonsense'; known: hours_viewed, views, interactions, rank"):
        record.judge([asked])


def test_every_kind_can_be_read() -> None:
    assert all(read(EXAMPLES[kind], kind).kind == kind for kind in TYPES)


def _matches(judged: object, outcome: str) -> bool:
    """Whether the verdict and explanation are `outcome`, its … standing for any words."""
    verdict, _, rest = outcome.partition(": ")
    said = str(judged)
    assert said.startswith(f"{verdict}: "), said
    assert rest.removeprefix("…") in said, said
    return True
