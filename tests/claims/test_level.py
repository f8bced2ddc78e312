"""A level and a status: of which reading they are, what decides them, and what nothing is made of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from groundswell.catalog import Catalog, Subject, read_names
from groundswell.claims import Claim, Record, read
from groundswell.claims.receipt import compare, digest
from groundswell.core.period import Period, read_day
from tests.claims.lists import Lists, judge_one

FOLLOWERS = """
day,title,territory,value
2022-04-21,alder,WW,101200
2022-05-01,alder,WW,2850000
2022-05-18,alder,WW,3450000
2022-05-20,alder,GB,5
2022-05-18,birch,WW,99999
2022-05-20,birch,WW,many
"""
SPEED = """
period_end,title,value
2022-04,alder,3.00
2022-05,alder,3.05
2022-07,alder,2.94
"""
SCORE = "day,title,value\n2022-04-26,alder,100\n2022-05-26,alder,99.6\n2022-04-26,birch,92.5"
FRESH = """
day,title,value
2022-04-22,alder,no
2022-04-27,alder,yes
2022-05-27,alder,no
2022-04-27,birch,yes
2022-05-01,birch,perhaps
"""
TAG = "day,title,value\n2022-05-19,#alder,4300000001\n2022-05-19,#birch,4300000000"


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    lists = Lists()
    lists.add_series(FOLLOWERS, measure="moss.followers", unit="followers", findings=1)
    lists.add_series(SPEED, measure="moss.speed", unit="Mbps")
    lists.add_series(SCORE, measure="moss.critics_score", unit="per cent of critics")
    lists.add_series(FRESH, measure="moss.certified_fresh", findings=1, yes=("yes",), no=("no",))
    lists.add_series(TAG, measure="moss.tag_views", unit="views")
    held = lists.record()
    yield held
    held.engine.close()


def asked(words: str, measure: str, days: str, subject: str = "alder", territory: str = "WW") -> Claim:
    """A claim of a series; `days` is `first/last` or one day."""
    first, _, last = days.partition("/")
    kind = "status" if measure.endswith("fresh") else "level"
    period = Period(read_day(first), read_day(last or first))
    return Claim(kind, subject, "", territory, period, read(words, kind), measure)


@pytest.mark.parametrize(
    ("words", "measure", "subject", "days", "outcome"),
    [
        ("3,450,000 followers", "moss.followers", "alder", "2022-05-18", "supported: found 3,450,000 followers"),
        ("3,450,001 followers", "moss.followers", "alder", "2022-05-18", "refuted: found 3,450,000 followers"),
        ("3,449,999 followers", "moss.followers", "alder", "2022-05-18", "refuted: found 3,450,000 followers"),
        ("3.5M followers", "moss.followers", "alder", "2022-05-18", "supported: found 3,450,000 followers"),
        ("3.4M followers", "moss.followers", "alder", "2022-05-18", "supported: digits cut off"),
        ("3.6M followers", "moss.followers", "alder", "2022-05-18", "refuted: found 3,450,000 followers"),
        ("just over 100K followers", "moss.followers", "alder", "2022-04-21", "supported: found 101,200 followers"),
        ("nearly 100K followers", "moss.followers", "birch", "2022-05-18", "supported: found 99,999 followers"),
        # the last reading that lies in the period, whatever stands before and after it
        ("3.5M followers", "moss.followers", "alder", "2022-04-01/2022-05-19", "supported: reading of 18 May 2022"),
        ("2.85M followers", "moss.followers", "alder", "2022-04-01/2022-05-17", "supported: reading of 1 May 2022"),
        ("2.85M followers", "moss.followers", "alder", "2022-04-01/2022-05-19", "refuted: reading of 18 May 2022"),
        ("2.9M followers", "moss.followers", "alder", "2022-05-02/2022-05-17", "undecidable: nearest: 1 May 2022, 18 May"),
        ("3.5M followers", "moss.followers", "alder", "2022-05-19/2022-06-30", "undecidable: nearest: 18 May 2022"),
        ("101,200 followers", "moss.followers", "alder", "2022-04-20", "undecidable: nearest: 21 April 2022"),
        # a reading that could not be read is no earlier one, and no zero
        ("99,999 followers", "moss.followers", "birch", "2022-05-18/2022-05-20", "undecidable: the reading of 20 May 2022"),
        ("0 followers", "moss.followers", "birch", "2022-05-20", "undecidable: has no value: it could not be read"),
        ("0 followers", "moss.followers", "cedar", "2022-05-20", "undecidable: no reading of it is held"),
        ("3.5M followers", "moss.fans", "alder", "2022-05-18", "undecidable: no reading of it is held"),
        # what the words count is what the measure counts
        ("3.5M views", "moss.followers", "alder", "2022-05-18", "undecidable: the words state views, and moss followers is in"),
        ("3.5M fans", "moss.followers", "alder", "2022-05-18", "undecidable: is in followers"),
        ("over 4.3B views", "moss.tag_views", "alder", "2022-05-19", "supported: found 4,300,000,001 views"),
        ("amassed over 4.3B views", "moss.tag_views", "birch", "2022-05-19", "refuted: found 4,300,000,000 views"),
        ("4.3B views", "moss.tag_views", "birch", "2022-05-19", "supported: found 4,300,000,000 views"),
        # a reading of a period lies in it whole or not at all
        ("3.0 Mbps", "moss.speed", "alder", "2022-04-01/2022-04-30", "supported: found 3 Mbps"),
        ("3.0 Mbps", "moss.speed", "alder", "2022-04-02/2022-04-30", "undecidable: nearest: 30 April 2022, 31 May 2022"),
        ("3.0 Mbps", "moss.speed", "alder", "2022-04-01/2022-04-29", "undecidable: no reading lies in the period"),
        ("3.0 Mbps", "moss.speed", "alder", "2022-04-01/2022-05-31", "refuted: found 3.05 Mbps (reading of 1 May 2022 to 31"),
        ("3.1 Mbps", "moss.speed", "alder", "2022-04-01/2022-05-31", "supported: found 3.05 Mbps"),
        ("2.9 Mbps", "moss.speed", "alder", "2022-06-01/2022-07-31", "supported: found 2.94 Mbps"),
        ("2.8 Mbps", "moss.speed", "alder", "2022-06-01/2022-07-31", "refuted: found 2.94 Mbps"),
        ("3 Mbps", "moss.speed", "alder", "2022-06-01/2022-07-31", "supported: found 2.94 Mbps"),
        ("2.9 Mbps", "moss.speed", "alder", "2022-06-01/2022-06-30", "undecidable: no reading lies in the period"),
        # a hundred per cent is all
        ("100% critics' rating", "moss.critics_score", "alder", "2022-04-26", "supported: found 100% of critics"),
        ("100% critics’ rating", "moss.critics_score", "alder", "2022-05-26", "refuted: found 99.6% of critics"),
        ("99% critic score", "moss.critics_score", "alder", "2022-04-26", "refuted: found 100% of critics"),
        ("93% of critics", "moss.critics_score", "birch", "2022-04-26", "supported: found 92.5% of critics"),
        ("92% of critics", "moss.critics_score", "birch", "2022-04-26", "refuted: found 92.5% of critics"),
        ("100% audience score", "moss.critics_score", "alder", "2022-04-26", "undecidable: is in per cent of critics"),
        ("100%", "moss.critics_score", "alder", "2022-04-26", "undecidable: the words state per cent, and"),
        # a status
        ("Certified Fresh", "moss.certified_fresh", "alder", "2022-04-27", "supported: found certified fresh"),
        ("certified-fresh", "moss.certified_fresh", "alder", "2022-04-20/2022-05-26", "supported: reading of 27 April 2022"),
        ("Certified Fresh", "moss.certified_fresh", "alder", "2022-04-22/2022-04-26", "refuted: found not certified fresh"),
        ("Certified Fresh", "moss.certified_fresh", "alder", "2022-04-20/2022-05-27", "refuted: reading of 27 May 2022"),
        ("Certified Fresh", "moss.certified_fresh", "alder", "2022-04-28/2022-05-26", "undecidable: nearest: 27 April 2022, 27"),
        ("Certified Fresh", "moss.certified_fresh", "birch", "2022-04-27/2022-05-01", "undecidable: it could not be read"),
        ("Certified Fresh", "moss.certified_fresh", "cedar", "2022-04-27", "undecidable: no reading of it is held"),
        ("not certified fresh", "moss.certified_fresh", "alder", "2022-04-22", "undecidable: the words say 'not certified fresh'"),
        ("Verified Hot", "moss.certified_fresh", "alder", "2022-04-27", "undecidable: and the measure is moss certified fresh"),
    ],
)  # fmt: skip
def test_a_claim(record: Record, words: str, measure: str, subject: str, days: str, outcome: str) -> None:
    judged = judge_one(record, asked(words, measure, days, subject))
    verdict, _, said = outcome.partition(": ")
    assert str(judged).startswith(f"{verdict}: "), judged
    assert said in judged.explanation
    if verdict == "undecidable":
        assert (judged.found.value, judged.found.rows, judged.snapshots) == (None, (), ())


def test_why_it_is_undecidable_is_a_reason(record: Record) -> None:
    def reason(claim: Claim) -> str:
        return str(judge_one(record, claim).found.reason)

    assert reason(asked("3.5M followers", "moss.followers", "2022-05-02")) == "no_data"
    assert reason(asked("3.5M views", "moss.followers", "2022-05-18")) == "definition_differs"
    assert reason(asked("Verified Hot", "moss.certified_fresh", "2022-04-27")) == "definition_differs"
    assert reason(asked("3.5M followers", "", "2022-05-18")) == "vague"


def test_a_level_of_a_status_and_a_status_of_a_level_are_none(record: Record) -> None:
    level = Claim("level", "alder", "", "WW", _day("2022-04-27"), read("1 view", "level"), "moss.certified_fresh")
    status = Claim("status", "alder", "", "WW", _day("2022-05-19"), read("tag views", "status"), "moss.tag_views")
    for claim in (level, status):
        assert str(judge_one(record, claim).found.reason) == "definition_differs"


def _day(day: str) -> Period:
    return Period(read_day(day), read_day(day))


def test_a_territory_answers_for_itself_alone(record: Record) -> None:
    assert (
        judge_one(record, asked("5 followers", "moss.followers", "2022-05-20", territory="GB")).verdict == "supported"
    )
    for territory in ("FR", "*"):
        judged = judge_one(record, asked("5 followers", "moss.followers", "2022-05-20", territory=territory))
        assert (judged.verdict, judged.found.note) == ("undecidable", "no reading of it is held")


def test_a_status_is_found_as_1_or_0(record: Record) -> None:
    for days, found in (("2022-04-27", 1), ("2022-05-27", 0)):
        judged = judge_one(record, asked("Certified Fresh", "moss.certified_fresh", days))
        assert judged.found.value == found
        assert record.receipt(judged, "Certified Fresh")["found"] == found


def test_of_two_accounts_of_one_subject_that_differ_neither_decides_alone() -> None:
    names = "scope,title,season,territory,valid_from,valid_to,rank,subject,why\nmoss.*,alder.tv,,,,,,alder,its other account\n"
    lists = Lists()
    text = "day,title,value\n2022-05-18,alder,100\n2022-05-18,alder.tv,120\n2022-05-17,alder.tv,7"
    lists.add_series(text, measure="moss.followers", unit="followers")
    states = "day,title,value\n2022-05-18,alder,yes\n2022-05-18,alder.tv,no"
    lists.add_series(states, measure="moss.fresh", yes=("yes",), no=("no",))
    record = lists.record(Catalog(names=tuple(read_names(names, "names.csv"))))
    for words, verdict in (
        ("100 followers", "undecidable"),
        ("110 followers", "undecidable"),
        ("at least 100 followers", "supported"),
        ("121 followers", "refuted"),
    ):
        judged = judge_one(record, asked(words, "moss.followers", "2022-05-01/2022-05-20"))
        assert (judged.verdict, len(judged.found.rows)) == (verdict, 2)
        assert "found 100 to 120 followers" in judged.explanation
    both = judge_one(record, asked("fresh", "moss.fresh", "2022-05-18"))
    assert (both.verdict, both.found.value) == ("undecidable", None)
    assert "found both fresh and not" in both.explanation


@pytest.mark.parametrize("weaker", ["captured", "simulated"])
def test_evidence_is_that_of_the_readings_it_rests_on(weaker: str) -> None:
    lists = Lists()
    published = lists.add_series("day,title,value\n2022-05-01,alder,5", measure="moss.followers", unit="followers")
    other = lists.add_series(
        "day,title,value\n2022-05-02,alder,6", measure="moss.followers", unit="followers", status=weaker
    )
    fresh = lists.add_series("day,title,value\n2022-05-02,alder,yes", measure="moss.fresh", yes=("yes",), status=weaker)
    record = lists.record()
    strong = judge_one(record, asked("5 followers", "moss.followers", "2022-05-01"))
    assert (strong.evidence, strong.snapshots) == ("published", (published,))
    mark = "supported (simulated): " if weaker == "simulated" else "supported: "
    for claim, snapshot in (
        (asked("6 followers", "moss.followers", "2022-05-01/2022-05-02"), other),
        (asked("fresh", "moss.fresh", "2022-05-02"), fresh),
    ):
        weak = judge_one(record, claim)
        assert (weak.verdict, weak.evidence, weak.snapshots) == ("supported", weaker, (snapshot,))
        assert str(weak).startswith(mark)


def test_of_one_reading_the_edition_known_last_answers() -> None:
    lists = Lists()
    for value, known in (("5", 3), ("6", 1), ("7", 2)):
        text = f"day,title,value\n2022-05-01,alder,{value}"
        lists.add_series(
            text, measure="moss.followers", unit="followers", known_from=datetime(2026, 1, known, tzinfo=UTC)
        )
    record = lists.record()
    assert judge_one(record, asked("5 followers", "moss.followers", "2022-05-01")).verdict == "supported"


@pytest.mark.parametrize("may_show", ["percent", "rank", "nothing"])
def test_neither_the_edition_before_one_that_may_not_be_shown_nor_an_earlier_reading_answers_for_it(
    may_show: str,
) -> None:
    lists = Lists()
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2)]
    text = "day,title,value\n2022-05-01,alder,50\n2022-05-08,alder,60"
    lists.add_series(text, measure="moss.followers", unit="followers", known_from=days[0])
    text = "day,title,value\n2022-05-08,alder,71"
    lists.add_series(text, measure="moss.followers", unit="followers", known_from=days[1], may_show=may_show)
    record = lists.record()
    for words in ("60 followers", "50 followers", "71 followers"):
        judged = judge_one(record, asked(words, "moss.followers", "2022-05-01/2022-05-09"))
        assert (judged.verdict, judged.found.reason, judged.found.rows) == ("undecidable", "external", ())
        assert "what is held of 8 May 2022 may not be shown" in judged.explanation
    assert judge_one(record, asked("50 followers", "moss.followers", "2022-05-01/2022-05-07")).verdict == "supported"
    grown = asked("71 followers", "moss.followers", "2022-05-08")
    grown = replace(
        grown,
        kind="growth",
        stated=read("up 42%", "growth"),
        base=Period(read_day("2022-05-01"), read_day("2022-05-01")),
    )
    judged = judge_one(record, replace(grown, base_as="reading"))
    assert judged.verdict == ("supported" if may_show == "percent" else "undecidable"), judged.explanation


def test_a_unit_that_was_another_in_an_earlier_edition_is_not_mixed() -> None:
    lists = Lists()
    lists.add_series("day,title,value\n2022-05-01,alder,5", measure="moss.reach", unit="followers")
    lists.add_series("day,title,value\n2022-05-02,alder,6", measure="moss.reach", unit="views")
    record = lists.record()
    assert judge_one(record, asked("5 followers", "moss.reach", "2022-05-01/2022-05-02")).verdict == "supported"
    assert "is in followers and views" in judge_one(record, asked("5 fans", "moss.reach", "2022-05-02")).explanation


def test_a_receipt_says_the_same_again(record: Record) -> None:
    for words, claim in (
        ("3.5M followers", asked("3.5M followers", "moss.followers", "2022-05-18")),
        ("3.1 Mbps", asked("3.1 Mbps", "moss.speed", "2022-05-01/2022-05-31")),
        ("100% critics’ rating", asked("100% critics’ rating", "moss.critics_score", "2022-04-26")),
        ("Certified Fresh", asked("Certified Fresh", "moss.certified_fresh", "2022-04-27")),
    ):
        held = record.receipt(judge_one(record, claim), words)
        assert "chart" not in held["claim"]
        assert held["claim"]["measure"] == claim.measure
        assert (held["verdict"], len(held["rows"]), len(held["snapshots"])) == ("supported", 1, 1)
        assert digest(held).startswith("sha256:")
        ((outcome, _),) = compare([held], held["snapshots"], lambda claims, _: record.receipts(claims))
        assert outcome == "same"


def test_a_series_names_a_subject_no_list_has_and_no_other() -> None:
    lists = Lists()
    lists.add("period_end,rank,title\n2022-05-01,1,Alder Lane")
    names = (
        "scope,title,season,territory,valid_from,valid_to,rank,subject,why\nmoss.*,@alder,,,,,,alder-lane,its account\n"
    )
    text = "day,title,value\n2022-05-02,@alder,5\n2022-05-02,Birch & Co,6\n2022-05-02,@cedar,7"
    lists.add_series(text, measure="moss.followers", unit="followers")
    known = Catalog(tuple(read_names(names, "names.csv")), {"cedar": Subject("cedar", "person", "Cedar", None)})
    record = lists.record(known)
    assert [record.name_of(subject) for subject in ("alder-lane", "birch-co", "cedar")] == [
        "Alder Lane",
        "Birch & Co",
        "Cedar",
    ]
    assert record.problem_with("birch-co") is None
    assert "nearest: birch-co" in str(record.problem_with("birch-cow"))


def test_many_claims_are_answered_in_order_beside_those_of_charts(record: Record) -> None:
    claims = [
        asked("3.5M followers", "moss.followers", "2022-05-18"),
        asked("Certified Fresh", "moss.certified_fresh", "2022-05-27"),
        asked("2.85M followers", "moss.followers", "2022-05-01"),
        asked("3.0 Mbps", "moss.speed", "2022-04-01/2022-04-30"),
    ]
    together = record.judge(claims)
    assert [str(judged.verdict) for judged in together] == ["supported", "refuted", "supported", "supported"]
    assert together == [judge_one(record, claim) for claim in claims]
