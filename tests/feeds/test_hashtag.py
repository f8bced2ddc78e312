"""A hashtag's counter: one reading a day, every fall a finding, and no view taken away."""

import gzip
import random
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.core.errors import InputError
from groundswell.core.protocol import Reading
from groundswell.core.rows import OBSERVATIONS, Parsed
from groundswell.feeds.hashtag import HashtagViews
from tests.synthetic import WHOLE

BADGER = HashtagViews("#TinBadger")


def parse(text: str, reading: Reading = WHOLE) -> Parsed:
    parsed = BADGER.parse(text.encode(), reading)
    assert parsed.observations.schema == OBSERVATIONS
    return parsed


def held(parsed: Parsed) -> list[tuple[str, int | None]]:
    return [
        (str(row["last_day"]), None if row["value"] is None else int(row["value"]))
        for row in parsed.observations.to_pylist()
    ]


def whys(parsed: Parsed) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.found, finding.why) for finding in parsed.findings]


def test_the_highest_of_a_day_stands_for_it() -> None:
    parsed = parse(
        "2022-05-18 06:00:00\t4200000000\n2022-05-18 21:30:00\t4300000000\n2022-05-19 00:10:00\t4300000000\n"
    )
    assert held(parsed) == [("2022-05-18", 4_300_000_000), ("2022-05-19", 4_300_000_000)]
    row = parsed.observations.to_pylist()[0]
    assert (row["measure"], row["unit"], row["title"], row["line"]) == (
        "tiktok.hashtag_views",
        "views",
        "#TinBadger",
        2,
    )
    assert (parsed.rows_read, parsed.rows_kept, parsed.findings) == (3, 3, [])


def test_a_fall_is_a_finding_with_both_numbers_and_takes_nothing_away() -> None:
    parsed = parse(
        "2022-03-12 17:54:39\t43600000000\n2022-03-12 20:36:46\t43300000000\n2022-03-13 00:51:15\t43300000000"
    )
    why = "fell since line 1, though views are only ever added; both are kept"
    assert whys(parsed) == [(2, "43,300,000,000 after 43,600,000,000", why)]
    assert held(parsed) == [("2022-03-12", 43_600_000_000), ("2022-03-13", 43_300_000_000)]
    assert parsed.rows_kept == 3


def test_times_are_utc_or_say_how_far_off_they_are() -> None:
    parsed = parse("\ufeff2022-05-19T00:30:00+02:00\t5\r\n\r\n2022-05-19T12:00Z\t6\r\n")
    assert held(parsed) == [("2022-05-18", 5), ("2022-05-19", 6)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("yesterday\t5", "no time; write it as 2022-03-12 17:54:39, then a tab"),
        ("0001-01-01 00:00:00\t5", "no time; write it as 2022-03-12 17:54:39, then a tab"),
        ("2022-05-20 00:00:00\t-5", "no whole number from 0 up after one tab"),
        ("2022-05-20 00:00:00\t4.3B", "no whole number from 0 up after one tab"),
        ("2022-05-20 00:00:00\t", "no whole number from 0 up after one tab"),
        ("2022-05-20 00:00:00 4300", "no time; write it as 2022-03-12 17:54:39, then a tab"),
        ("2022-05-20 00:00:00\t99999999999999999999999", "no whole number from 0 up after one tab"),
        (f"2022-05-20 00:00:00\t{'0' * 20}{'9' * 36}", "no whole number from 0 up after one tab"),
    ],
)
def test_a_line_that_is_no_reading_is_a_finding(line: str, why: str) -> None:
    parsed = parse(f"2022-05-19 10:00:00\t5\n{line}\n")
    assert whys(parsed) == [(2, line.strip()[:80], why)]
    assert held(parsed)[0] == ("2022-05-19", 5)
    assert all(value is None for _, value in held(parsed)[1:])
    assert (parsed.rows_read, parsed.rows_kept) == (2, 1)


def test_one_time_with_two_numbers_says_neither() -> None:
    parsed = parse("2022-05-19 10:00:00\t5\n2022-05-19 10:00:00\t6\n2022-05-20 10:00:00\t7\n2022-05-20 10:00:00\t7")
    assert held(parsed) == [("2022-05-19", None), ("2022-05-20", 7)]
    assert [(line, found) for line, found, _ in whys(parsed)] == [(1, "5"), (2, "6")]


def test_no_reading_lies_after_the_day_the_file_was_fetched() -> None:
    parsed = parse("2022-05-18 10:00:00\t5\n2202-05-18 10:00:00\t6", Reading("*", code_of, date(2022, 5, 18)))
    assert held(parsed) == [("2022-05-18", 5)]
    assert [why.startswith("after 2022-05-18, the day the file was fetched") for _, _, why in whys(parsed)] == [True]


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"Date,Views\n2022-05-18,5\n", b"\xff\xfe\x00", b"<html>"])
def test_another_file_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match="no line is a time, a tab and a number"):
        BADGER.parse(raw, WHOLE)


def test_a_file_that_unpacks_to_lines_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="more than 1,000,000 lines; split it by years"):
        HashtagViews("#alder").parse(gzip.compress(b"\n" * 20_000_000), WHOLE)


def test_it_needs_the_hashtag() -> None:
    with pytest.raises(InputError, match='needs title = "#…"'):
        HashtagViews("#")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 5)), min_size=1, max_size=12), st.randoms())
def test_the_order_of_the_lines_changes_no_day(readings: list[tuple[int, int]], dice: random.Random) -> None:
    lines = [f"2022-05-{1 + hour // 24:02} {hour % 24:02}:00:00\t{views}" for hour, views in readings]
    shuffled = lines[:]
    dice.shuffle(shuffled)
    one, other = parse("\n".join(lines)), parse("\n".join(shuffled))
    assert held(one) == held(other)
    said: dict[int, set[int]] = {}
    for hour, views in readings:
        said.setdefault(hour, set()).add(views)
    sure = [(hour, *views) for hour, views in sorted(said.items()) if len(views) == 1]
    days = {
        date(2022, 5, 1 + hour // 24).isoformat(): max((v for h, v in sure if h // 24 == hour // 24), default=None)
        for hour, _ in readings
    }
    assert dict(held(one)) == days
    fell = [why for _, _, why in whys(one) if why.startswith("fell")]
    assert len(fell) == sum(after < before for (_, before), (_, after) in pairwise(sure))


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=60), st.text(alphabet="2022-05 1:\tTZ+\n,.", max_size=80).map(str.encode)))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        parsed = BADGER.parse(raw, WHOLE)
    except InputError:
        return
    assert parsed.rows_kept <= parsed.rows_read


@pytest.mark.shared_data
def test_every_fall_of_the_real_counters_is_listed(shared_data: Path) -> None:
    """#booktok fell once in 3,705 readings, #fourthwing eight times in 8,644, #rebeccayarros nine times in 8,642."""
    found: dict[str, list[tuple[int, ...]]] = {}
    for tag in ("booktok", "fourthwing", "rebeccayarros"):
        raw = (shared_data / "hashtags" / f"{tag}.txt").read_bytes()
        parsed = HashtagViews(f"#{tag}").parse(raw, WHOLE)
        assert parsed.rows_kept == parsed.rows_read == raw.count(b"\n")
        found[tag] = [
            (one.line, *(int(views.replace(",", "")) for views in one.found.split(" after ")))
            for one in parsed.findings
        ]
    assert {tag: len(falls) for tag, falls in found.items()} == {"booktok": 1, "fourthwing": 8, "rebeccayarros": 9}
    assert found["booktok"] == [(2, 43_300_000_000, 43_600_000_000)]
    fell = [(before, after) for falls in found.values() for _, after, before in falls]
    assert sum(before - after == (10**8 if before >= 10**9 else 10**5) for before, after in fell) == len(fell) - 1
