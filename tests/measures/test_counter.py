"""What may stand behind a number as a producer shows it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.measures.counter import COUNTERS, TIKTOK, YOUTUBE_2019, Counter, shown_table


@pytest.mark.parametrize(
    ("count", "shown"),
    [(999, 999), (1_000, 1_000), (1_243, 1_240), (10_486, 10_400), (536_862, 536_000), (53_324_899, 53_300_000)],
)
def test_youtube_cuts_down_to_three_digits(count: int, shown: int) -> None:
    """Its published examples; 1,243 shows as 1.24K and is never rounded up."""
    assert YOUTUBE_2019.shown(count) == shown


@pytest.mark.parametrize(
    ("counter", "shown", "between"),
    [
        (YOUTUBE_2019, 999, None),
        (YOUTUBE_2019, 1_240, (1_240, 1_249)),
        (YOUTUBE_2019, 536_000, (536_000, 536_999)),
        (YOUTUBE_2019, 536_862, None),  # more digits than it shows: exact
        (YOUTUBE_2019, 53_300_000, (53_300_000, 53_399_999)),
        (TIKTOK, 936, None),
        (TIKTOK, 43_600, (43_550, 43_699)),
        (TIKTOK, 97_500_000, (97_450_000, 97_599_999)),
        (TIKTOK, 43_600_000_000, (43_550_000_000, 43_699_999_999)),
        (TIKTOK, 64_099_999_999, (64_050_000_000, 64_199_999_999)),  # 64.1 B times 10 to the 9th in binary
        (TIKTOK, 64_123_456_789, None),
        (TIKTOK, 1_000_000_000, (999_950_000, 1_099_999_999)),  # below it the last digit is worth less
    ],
)
def test_what_may_stand_behind_it(counter: Counter, shown: int, between: tuple[int, int] | None) -> None:
    assert counter.between(Decimal(shown)) == between


def test_a_fraction_is_no_count() -> None:
    assert YOUTUBE_2019.between(Decimal("1240.5")) is None


@given(st.sampled_from(COUNTERS), st.integers(0, 10**13))
def test_every_count_lies_in_what_its_showing_leaves_possible(counter: Counter, count: int) -> None:
    shown = counter.shown(count)
    between = counter.between(Decimal(shown))
    assert between is None or between[0] <= count <= between[1]
    assert (between is None) == (counter.step(count) == 1)


def test_the_table_holds_what_is_shown_in_part_and_since_when() -> None:
    readings = [
        ("youtube.subscribers", Decimal(536_000)),
        ("youtube.subscribers", Decimal(7)),
        ("a.b", Decimal(536_000)),
    ]
    [row] = shown_table(readings).to_pylist()
    assert (row["low"], row["high"], row["since"]) == (536_000, 536_999, date(2019, 9, 1))
