"""The audience of a live event: its window and territory are part of what is claimed."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from groundswell.claims import Claim, Record, read
from groundswell.claims.claim import Found
from groundswell.claims.judge import _found_words
from groundswell.claims.receipt import compare, digest
from groundswell.core.errors import UsageError
from groundswell.core.period import Period, read_day
from groundswell.feeds.audience import EVENT
from tests.claims.lists import KNOWN, Lists, judge_one
from tests.sessions import BEGINS, FIVE, Watched, event_file

DAY = "2026-05-16"


def held(*files: bytes) -> Record:
    lists = Lists()
    for late, file in enumerate(files):
        lists.take(EVENT, file, status="simulated", known_from=KNOWN + timedelta(days=late))
    return lists.record()


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    found = held(event_file(coviewing="1.5"))
    yield found
    found.engine.close()


@pytest.fixture(scope="module")
def early() -> Iterator[Record]:
    """Two days after the event: Live+7 has not closed."""
    found = held(event_file(known=BEGINS + timedelta(days=2)))
    yield found
    found.engine.close()


def asked(words: str, measure: str, territory: str = "WW", days: str = DAY) -> Claim:
    first, _, last = days.partition("/")
    period = Period(read_day(first), read_day(last or first))
    return Claim("audience", "the-lantern-run", "", territory, period, read(words, "audience"), measure)


@pytest.mark.parametrize(
    ("words", "measure", "territory", "outcome"),
    [
        ("33.6 million Live+1 average-minute audience", "live.ama.live+1", "WW", "supported: found 33,600,000 Live+1 average"),
        ("33.6 million Live+1 average-minute audience", "live.ama", "WW", "supported: found 33,600,000 Live+1 average-minute"),
        ("34 million Live+1 AMA", "live.ama", "WW", "supported: found 33,600,000"),
        ("33 million Live+1 AMA", "live.ama", "WW", "refuted: found 33,600,000"),  # measured, so rounded and never cut off
        ("33.5 million Live+1 AMA", "live.ama", "WW", "refuted: found 33,600,000"),
        ("24 million Live average-minute audience", "live.ama", "WW", "supported: found 24,000,000 Live average-minute"),
        ("24 million live-only average-minute audience", "live.ama.live", "WW", "supported: found 24,000,000 Live"),
        ("33.6 million Live+7 average-minute audience", "live.ama", "WW", "refuted: found 45,600,000 Live+7"),
        ("50.4 million Live+1 AMA with co-viewing", "live.ama", "WW", "supported: found 50,400,000 Live+1 average-minute"),
        ("50.4 million Live+1 AMA", "live.ama", "WW", "refuted: found 33,600,000"),
        # no window in the words: decided where all windows agree
        ("33.6 million average-minute audience", "live.ama", "WW", "undecidable: found 24,000,000 to 45,600,000"),
        ("more than 20 million average-minute audience", "live.ama", "WW", "supported: found 24,000,000 to 45,600,000"),
        ("more than 50 million average-minute audience", "live.ama", "WW", "refuted: found 24,000,000 to 45,600,000"),
        ("33.6 million AMA", "live.ama.live+1", "WW", "undecidable: say Live+1 average-minute audience, or ask live.ama"),
        # what the words count is what the measure counts
        ("33.6 million Live+1 AMA", "live.ama.live+7", "WW", "undecidable: and Live+7 average-minute audience is in Live+7"),
        ("33.6 million Live+1 AMA", "live.reach", "WW", "undecidable: the words state Live+1 average-minute audience, and"),
        ("36 million Live+1 viewers", "live.ama", "WW", "undecidable: the words state Live+1 viewers, and average-minute"),
        ("48 million Live+1 viewers", "live.reach", "WW", "supported: found 48,000,000 Live+1 viewers"),
        ("reach of 36 million Live viewers", "live.reach", "WW", "supported: found 36,000,000 Live viewers"),
        ("reach of 41 million viewers", "live.reach", "WW", "undecidable: found 36,000,000 to 60,000,000 viewers"),
        ("peaked at 36 million concurrent streams", "live.peak", "WW", "supported: found 36,000,000 concurrent streams"),
        ("peaked at 36 million live concurrent streams", "live.peak", "WW", "supported: found 36,000,000 concurrent"),
        ("peaked at 37 million concurrent streams", "live.peak", "WW", "refuted: found 36,000,000 concurrent streams"),
        ("36 million Live+1 concurrent streams", "live.peak", "WW", "undecidable: and concurrent streams is in concurrent"),
        ("3.3 Live minutes per viewer", "live.mean_time", "WW", "supported: found 3.333 Live minutes per viewer"),
        # the territory
        ("33.6 million Live+1 AMA", "live.ama", "GB", "supported: found 33,600,000 Live+1 average-minute audience"),
        ("33.6 million global Live+1 AMA", "live.ama", "GB", "undecidable: the words say it of the world, and the claim is of"),
        ("33.6 million global Live+1 AMA", "live.ama", "WW", "supported: found 33,600,000"),
        ("33.6 million Live+1 AMA", "live.ama", "US", "undecidable: no reading of it is held"),
        ("40 million preliminary Live+7 AMA", "live.ama", "WW", "undecidable: the words state preliminary Live+7"),
    ],
)  # fmt: skip
def test_an_audience(record: Record, words: str, measure: str, territory: str, outcome: str) -> None:
    judged = judge_one(record, asked(words, measure, territory))
    verdict, _, part = outcome.partition(": ")
    assert judged.verdict == verdict, judged
    assert part in judged.explanation
    assert judged.verdict == "undecidable" or judged.evidence == "simulated"


@pytest.mark.parametrize(
    ("words", "low", "high", "said"),
    [
        ("33 million Live+1 AMA", "33098025.035", "33098025.035", "33,098,025 Live+1 average-minute audience"),
        (
            "33 million Live+1 AMA",
            "33098025.5",
            "33098026.5",
            "33,098,026 to 33,098,027 Live+1 average-minute audience",
        ),
        ("34 million viewers", "33935765.75", "33935765.75", "33,935,766 viewers"),
        ("33,098,025.0 Live+1 AMA", "33098025.035", "33098025.035", "33,098,025.035 Live+1 average-minute audience"),
        ("99 Live AMA", "99.4996", "99.4996", "99.5 Live average-minute audience"),
        ("3.3 Live minutes per viewer", "240.33333", "240.33333", "240.333 Live minutes per viewer"),
    ],
)
def test_people_are_said_whole_and_kept_exactly(words: str, low: str, high: str, said: str) -> None:
    found = Found(Decimal(low), Decimal(high))
    assert _found_words(asked(words, "live.ama"), found) == said
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_it_is_of_the_days_of_the_event(record: Record) -> None:
    said = "33.6 million Live+1 AMA"
    assert judge_one(record, asked(said, "live.ama", days="2026-05-01/2026-05-31")).verdict == "supported"
    judged = judge_one(record, asked(said, "live.ama", days="2026-05-17/2026-05-31"))
    assert judged.verdict == "undecidable"
    assert "the nearest: 16 May 2026" in judged.explanation


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (
            "45.6 million Live+7 AMA",
            "undecidable: say preliminary Live+7 average-minute audience, or load what came since",
        ),
        (
            "45.6 million preliminary Live+7 AMA",
            "supported: found 45,600,000 preliminary Live+7 average-minute audience",
        ),
        ("46.6 million preliminary Live+7 AMA", "refuted: found 45,600,000 preliminary Live+7"),
        ("33.6 million Live+1 AMA", "supported: found 33,600,000 Live+1 average-minute audience"),
        ("more than 20 million average-minute audience", "undecidable: the figure is preliminary"),
    ],
)
def test_what_is_preliminary_is_never_said_as_final(early: Record, words: str, outcome: str) -> None:
    judged = judge_one(early, asked(words, "live.ama"))
    verdict, _, part = outcome.partition(": ")
    assert judged.verdict == verdict, judged
    assert part in judged.explanation


def test_the_final_figure_takes_the_place_of_the_preliminary_one() -> None:
    more = (*FIVE, Watched("d", 90_000, 90_300, "on_demand"), Watched("e", 400_000, 400_300, "on_demand"))
    record = held(event_file(known=BEGINS + timedelta(days=2)), event_file(more))
    assert judge_one(record, asked("48 million Live+7 AMA", "live.ama")).verdict == "supported"
    assert judge_one(record, asked("45.6 million preliminary Live+7 AMA", "live.ama")).verdict == "undecidable"


def test_a_receipt_is_of_the_window_and_asks_the_same_again(record: Record) -> None:
    words = "33.6 million Live+1 average-minute audience"
    judged = judge_one(record, asked(words, "live.ama"))
    receipt = record.receipt(judged, words)
    assert [(row["measure"], row["unit"]) for row in receipt["rows"]] == [
        ("live.ama.live+1", "Live+1 average-minute audience")
    ]
    ((outcome, _),) = compare([receipt], receipt["snapshots"], lambda claims, _: record.receipts(claims))
    assert outcome == "same"
    assert [digest(receipt)] == [digest(again) for again in record.receipts([judged.claim])]


def test_a_measure_is_known_by_its_family(record: Record) -> None:
    for measure in ("live.ama", "live.ama.live+1", "live.peak"):
        record.check_measure(measure)
    with pytest.raises(UsageError, match=r"no reading of measure 'live.am' is held; nearest: live\."):
        record.check_measure("live.am")
