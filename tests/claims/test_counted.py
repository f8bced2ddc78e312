"""Levels of counters that are shown in part: what the words may say of a number as it was shown."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from groundswell.catalog.identity import slug
from groundswell.claims import Claim, Record, read
from groundswell.core.period import MONTH, Period, read_day
from groundswell.feeds.hashtag import HashtagViews
from groundswell.feeds.isp import IspSpeedIndex
from tests.claims.lists import Lists, judge_one

YOUTUBE, TIKTOK = "youtube.subscribers", "tiktok.hashtag_views"
SUBSCRIBERS = """
day,title,value
2019-08-31,alder,536000
2025-01-17,alder,536000
2025-01-17,birch,536862
2025-01-17,cedar,999
"""
VIEWS = "day,title,value\n2022-05-19,#alder,4300000000\n2022-05-19,#birch,4312345678"


def level(words: str, measure: str, subject: str, days: str) -> Claim:
    """A level; `days` is `first/last` or one day."""
    first, _, last = days.partition("/")
    return Claim(
        "level", subject, "", "WW", Period(read_day(first), read_day(last or first)), read(words, "level"), measure
    )


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    lists = Lists()
    lists.add_series(SUBSCRIBERS, measure=YOUTUBE, unit="subscribers")
    lists.add_series(VIEWS, measure=TIKTOK, unit="views")
    held = lists.record()
    yield held
    held.engine.close()


@pytest.mark.parametrize(
    ("words", "measure", "subject", "day", "outcome"),
    [
        ("536K subscribers", YOUTUBE, "alder", "2025-01-17", "supported: found 536,000 to 536,999 subscribers"),
        ("0.54M subscribers", YOUTUBE, "alder", "2025-01-17", "supported: YouTube shows three digits, the rest cut off"),
        ("0.5M subscribers", YOUTUBE, "alder", "2025-01-17", "supported: found 536,000 to 536,999"),
        ("at least 536,000 subscribers", YOUTUBE, "alder", "2025-01-17", "supported: found 536,000 to 536,999"),
        ("more than 535,999 subscribers", YOUTUBE, "alder", "2025-01-17", "supported: found 536,000 to 536,999"),
        ("536,000 subscribers", YOUTUBE, "alder", "2025-01-17", "undecidable: found 536,000 to 536,999"),
        ("536,862 subscribers", YOUTUBE, "alder", "2025-01-17", "undecidable: found 536,000 to 536,999"),
        ("more than 536,000 subscribers", YOUTUBE, "alder", "2025-01-17", "undecidable: found 536,000 to 536,999"),
        ("537K subscribers", YOUTUBE, "alder", "2025-01-17", "undecidable: found 536,000 to 536,999"),
        ("535K subscribers", YOUTUBE, "alder", "2025-01-17", "refuted: found 536,000 to 536,999"),
        ("537,000 subscribers", YOUTUBE, "alder", "2025-01-17", "refuted: found 536,000 to 536,999"),
        # before the rule of 2019, of more digits than it shows, or of few subscribers, a number is the number
        ("536,000 subscribers", YOUTUBE, "alder", "2019-08-31", "supported: found 536,000 subscribers"),
        ("536,862 subscribers", YOUTUBE, "birch", "2025-01-17", "supported: found 536,862 subscribers"),
        ("999 subscribers", YOUTUBE, "cedar", "2025-01-17", "supported: found 999 subscribers"),
        # rounded or cut, 4.3B is what TikTok showed, and whether it was over 4.3B it does not say
        ("4.3B views", TIKTOK, "alder", "2022-05-19", "supported: found 4,250,000,000 to 4,399,999,999 views"),
        ("over 4.2B views", TIKTOK, "alder", "2022-05-19", "supported: which TikTok shows with one decimal, rounded or cut"),
        ("over 4.3B views", TIKTOK, "alder", "2022-05-19", "undecidable: found 4,250,000,000 to 4,399,999,999"),
        ("4.4B views", TIKTOK, "alder", "2022-05-19", "undecidable: found 4,250,000,000"),
        ("over 4.4B views", TIKTOK, "alder", "2022-05-19", "refuted: found 4,250,000,000"),
        ("4.5B views", TIKTOK, "alder", "2022-05-19", "refuted: found 4,250,000,000"),
        ("amassed over 4.3B views", TIKTOK, "birch", "2022-05-19", "supported: found 4,312,345,678 views"),
    ],
)  # fmt: skip
def test_a_claim(record: Record, words: str, measure: str, subject: str, day: str, outcome: str) -> None:
    judged = judge_one(record, level(words, measure, subject, day))
    verdict, _, said = outcome.partition(": ")
    assert str(judged).startswith(f"{verdict}: "), judged
    assert said in judged.explanation
    assert judged.found.rows


@pytest.mark.shared_data
def test_the_real_counter_of_booktok(shared_data: Path) -> None:
    """From 43.6 billion on 12 March 2022, the day it fell to 43.3 billion, to 151.2 billion on 27 June 2023."""
    lists = Lists()
    raw = (shared_data / "hashtags" / "booktok.txt").read_bytes()
    lists.take(HashtagViews("#booktok"), raw, findings=1, status="captured")
    record = lists.record()
    for words, day, verdict in (
        ("43.6 billion views", "2022-03-12", "supported"),
        ("43.3 billion views", "2022-03-12", "refuted"),
        ("43.4 billion views", "2022-03-13", "supported"),
        ("64.6 billion views", "2022-07-21", "supported"),  # in the file 64,599,999,999
        ("151.2 billion views", "2023-06-27", "supported"),
        ("151.4 billion views", "2023-06-27", "refuted"),
        ("151.2 billion views", "2023-06-28/2023-12-31", "undecidable"),
    ):
        judged = judge_one(record, level(words, TIKTOK, "booktok", day))
        assert (words, str(judged.verdict)) == (words, verdict), judged.explanation
    assert judge_one(record, level("43.6 billion views", TIKTOK, "booktok", "2022-03-12")).evidence == "captured"
    record.engine.close()


def growth(words: str, measure: str, subject: str, territory: str, base: Period, on: Period) -> Claim:
    return Claim("growth", subject, "", territory, on, read(words, "growth"), measure, "", base, "reading")


@pytest.mark.shared_data
def test_a_fall_on_the_real_speed_index(shared_data: Path) -> None:
    """FiOS from 1.90 Mbps in May 2014 to 1.58 in June: down 16.8%."""
    lists = Lists()
    lists.take(IspSpeedIndex("US"), (shared_data / "isp" / "netflix_isp_us_2012-11_2015-02.csv").read_bytes())
    record = lists.record()
    may, june = (MONTH.period_of(read_day(day)) for day in ("2014-05-01", "2014-06-01"))
    for words, verdict in (
        ("fell around 17%", "supported"),
        ("down 17%", "supported"),
        ("down 16.8%", "supported"),
        ("fell around 20%", "refuted"),
        ("up 17%", "refuted"),
    ):
        judged = judge_one(record, growth(words, "isp.speed", "verizon-fios", "US", may, june))
        assert (words, str(judged.verdict)) == (words, verdict), judged.explanation
        assert "found down 16.8%" in judged.explanation
    record.engine.close()


@pytest.mark.shared_data
def test_growth_of_real_channels_counts_with_what_youtube_cut_off(shared_data: Path) -> None:
    """Of that day, of the nearest within three days, and between two: from the least over the most to the most over the least."""
    rows = list(
        csv.DictReader(io.StringIO((shared_data / "channels" / "youtube_daily_snapshots.csv").read_text("utf-8")))
    )
    gone = [f"2026-01-{day}" for day in range(22, 31)]
    held = {
        (row["channel_id"], row["date_utc"]): int(row["subscribers"]) for row in rows if row["date_utc"] not in gone
    }
    last = max(day for _, day in held)
    channels = [
        one
        for one in sorted({one for one, _ in held})
        if {(one, "2026-01-21"), (one, "2026-01-31"), (one, last)} <= set(held)
    ]
    lines = [f"{day},{channel},{count}" for (channel, day), count in held.items()]
    lists = Lists()
    lists.add_series(
        "\n".join(["day,title,value", *lines]),
        measure=YOUTUBE,
        unit="subscribers",
        known_from=datetime(2026, 3, 1, tzinfo=UTC),
    )
    record = lists.record()

    def ends(channel: str, day: str) -> tuple[Fraction, Fraction]:
        count = held[channel, day]
        return Fraction(count), Fraction(count + (10 ** (len(str(count)) - 3) - 1 if count >= 1_000 else 0))

    asked, expected = [], []
    for channel in channels:
        least, most = ends(channel, last)
        (before, after) = ends(channel, "2026-01-21"), ends(channel, "2026-01-31")
        half = tuple((one + other) / 2 for one, other in zip(before, after, strict=True))
        for day, base in (("2026-01-21", before), ("2026-01-23", before), ("2026-01-26", half), ("2026-01-29", after)):
            period, on = (Period(read_day(one), read_day(one)) for one in (day, last))
            asked.append(growth("up 1%", YOUTUBE, slug(channel), "WW", period, on))
            expected.append(((least / base[1] - 1) * 100, (most / base[0] - 1) * 100))
    judged = record.judge(asked)
    assert len(channels) > 20
    for one, (low, high) in zip(judged, expected, strict=True):
        assert one.found.high is not None
        assert abs(Fraction(one.found.low) - low) < Fraction(1, 10**20)
        assert abs(Fraction(one.found.high) - high) < Fraction(1, 10**20)
    assert "the nearest to 23 January 2026" in judged[1].explanation
    assert (
        "the value interpolated for 26 January 2026 between the readings of 21 January 2026 and 31"
        in judged[2].explanation
    )
    record.engine.close()
