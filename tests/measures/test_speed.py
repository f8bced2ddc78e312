"""The ISP speed index from sessions: the published worked example, the busiest hours, and the same sessions by every profile."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.period import MONTH, read_day
from groundswell.core.quantity import half_up
from groundswell.measures.netflix import method_on
from groundswell.measures.speed import ISP_2012, ISP_2013, ISP_2021, ISP_PROFILES, Speed, SpeedProfile, speeds
from groundswell.store import DuckEngine

JUNE = MONTH.period_of(read_day("2026-06-01"))
EVENING = "2026-06-10 20:00"
EXACT = pa.decimal128(38, 9)
SCHEMA = pa.schema(
    [
        *(("territory", pa.string()), ("provider", pa.string()), ("hour", pa.timestamp("us")), ("most_mbps", EXACT)),
        *(("seconds", pa.int64()), ("megabits", EXACT)),
    ]
)
Row = tuple[str, str, str, str, int, str]
"""Territory, provider, hour, highest possible Mbps, seconds, and the Mbps got."""


def of(rows: Iterable[Row], profile: SpeedProfile) -> list[Speed]:
    table = [
        {
            "territory": territory,
            "provider": provider,
            "hour": datetime.fromisoformat(hour),
            "most_mbps": Decimal(most),
            "seconds": seconds,
            "megabits": Decimal(got) * seconds,
        }
        for territory, provider, hour, most, seconds, got in rows
    ]
    with DuckEngine() as engine:
        engine.register("throughput", pa.Table.from_pylist(table, schema=SCHEMA))
        return speeds(engine, profile, JUNE)


# Netflix's example: the world's shares of hours, and what one provider gets out of each bucket.
SHARES = {"0.4": (15, "0.49"), "0.9": (10, "0.9"), "1.4": (5, "1.28"), "1.9": (25, "1.75"), "5.4": (45, "5.2")}
EXAMPLE: list[Row] = [
    *(("US", "Mosslink", EVENING, most, 20, got) for most, (_, got) in SHARES.items()),  # a fifth of its own in each
    *(("FR", "Peat Net", EVENING, most, 10 * share - 20, most) for most, (share, _) in SHARES.items()),
]


def speed(found: list[Speed], provider: str) -> Speed:
    return next(one for one in found if one.provider == provider)


def test_the_worked_example() -> None:
    mosslink = speed(of(EXAMPLE, ISP_2021), "Mosslink")
    assert mosslink.exact == Fraction("3.005")
    assert mosslink.displayed == Decimal("3.0")


def test_the_same_sessions_by_the_older_methods() -> None:
    """A plain mean weighs a provider's own hours, here alike in all buckets: 9.62 ÷ 5."""
    for profile in (ISP_2012, ISP_2013):
        mosslink = speed(of(EXAMPLE, profile), "Mosslink")
        assert (mosslink.exact, mosslink.displayed) == (Fraction("1.924"), Decimal("1.92"))


def test_a_speed_is_rounded_once() -> None:
    """A billionth of a megabit in 9 x 10^18 seconds is past 28 digits: 10.005 is not reached."""
    seconds = 9 * 10**18
    row = {"territory": "US", "provider": "Mosslink", "hour": datetime.fromisoformat(EVENING), "most_mbps": Decimal(20)}
    row |= {"seconds": seconds, "megabits": Decimal(f"{seconds // 1000 * 10_005 - 1}.999999999")}
    with DuckEngine() as engine:
        engine.register("throughput", pa.Table.from_pylist([row], schema=SCHEMA))
        (mosslink,) = speeds(engine, ISP_2012, JUNE)
    assert mosslink.exact == Fraction("10.005") - Fraction(1, seconds * 10**9)
    assert mosslink.displayed == Decimal("10.00")


def test_the_profile_of_a_month() -> None:
    methods = tuple(profile.method for profile in ISP_PROFILES)
    in_force = [
        (method.id if (method := method_on(methods, MONTH.period_of(read_day(day)).last)) else None)
        for day in ("2012-10-01", "2012-11-01", "2013-10-01", "2013-11-01", "2020-12-01", "2021-01-01")
    ]
    assert in_force == [None, ISP_2012.id, ISP_2012.id, ISP_2013.id, ISP_2013.id, ISP_2021.id]


def test_the_three_busiest_hours_of_each_day_count() -> None:
    """The mean of the hours of 300, 200 and, of the two of 100, the earlier; the busiest may be others the next day."""
    rows: list[Row] = [
        ("US", "Mosslink", f"2026-06-10 {hour}:00", "5", seconds, got)
        for hour, seconds, got in (
            ("19", 200, "3"),
            ("20", 300, "4"),
            ("21", 100, "2"),
            ("22", 100, "1"),
            ("09", 50, "5"),
        )
    ]
    assert speed(of(rows, ISP_2013), "Mosslink").exact == Fraction(200 * 3 + 300 * 4 + 100 * 2, 600)
    assert speed(of(rows, ISP_2012), "Mosslink").exact == Fraction(200 * 3 + 300 * 4 + 100 * 3 + 50 * 5, 750)
    morning: list[Row] = [("US", "Mosslink", f"2026-06-11 0{hour}:00", "5", 100, "5") for hour in range(3)]
    assert speed(of([*rows, *morning], ISP_2013), "Mosslink").exact == Fraction(2000 + 1500, 900)


def test_other_months_do_not_count() -> None:
    rows: list[Row] = [("US", "Mosslink", EVENING, "5", 10, "3")]
    rows += [("US", "Mosslink", hour, "5", 10, "1") for hour in ("2026-05-31 23:00", "2026-07-01 00:00")]
    assert speed(of(rows, ISP_2021), "Mosslink").displayed == Decimal("3.0")


def test_ranks_are_shared_on_the_grid_and_strict_on_hundredths() -> None:
    rows: list[Row] = [
        ("US", provider, EVENING, "5.4", 10, got)
        for provider, got in zip("ABCD", ("3.71", "3.70", "3.69", "3.2"), strict=True)
    ]
    today = [(one.provider, one.displayed, one.rank) for one in of(rows, ISP_2021)]
    assert today == [
        ("A", Decimal("3.8"), 1),
        ("B", Decimal("3.8"), 1),
        ("C", Decimal("3.6"), 3),
        ("D", Decimal("3.2"), 4),
    ]
    older = [(one.provider, one.displayed, one.rank) for one in of(rows, ISP_2013)]
    assert older == [
        ("A", Decimal("3.71"), 1),
        ("B", Decimal("3.70"), 2),
        ("C", Decimal("3.69"), 3),
        ("D", Decimal("3.20"), 4),
    ]


def test_a_provider_without_a_bucket_has_no_speed_rather_than_a_low_one() -> None:
    rows: list[Row] = [*EXAMPLE, ("US", "Fen", EVENING, "5.4", 30, "5.3")]
    fen = speed(of(rows, ISP_2021), "Fen")
    assert (fen.exact, fen.displayed, fen.rank, fen.missing) == (None, None, None, (1, 2, 3, 4))
    assert speed(of(rows, ISP_2013), "Fen").displayed == Decimal("5.30")


def test_no_sessions_are_no_speeds() -> None:
    assert of([], ISP_2021) == of([], ISP_2012) == []


SESSIONS = st.lists(
    st.tuples(
        st.sampled_from("AB"), st.integers(0, 40), st.sampled_from(["0.4", "0.5", "0.9", "3"]), st.integers(1, 9),
        st.sampled_from(["0.1", "0.3", "2"]),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@settings(max_examples=15)
@given(SESSIONS, st.sampled_from(ISP_PROFILES))
def test_a_naive_index_agrees(sessions: list[tuple[str, int, str, int, str]], profile: SpeedProfile) -> None:
    begin = datetime.fromisoformat("2026-06-01 06:00")
    rows: list[Row] = [
        ("US", provider, str(begin + timedelta(hours=hour)), most, seconds, got)
        for provider, hour, most, seconds, got in sessions
    ]
    found = of(rows, profile)
    assert {one.provider: one.exact for one in found} == _naive(rows, profile)
    for one in found:
        if one.exact is not None:
            assert one.displayed == half_up(Decimal(one.exact.numerator) / one.exact.denominator, profile.step)


def _naive(rows: list[Row], profile: SpeedProfile) -> dict[str, Fraction | None]:
    by_hour: dict[tuple[str, str], int] = defaultdict(int)
    for _, provider, hour, _, seconds, _ in rows:
        by_hour[provider, hour] += seconds
    prime = set()
    for provider, hour in by_hour:
        busier = [
            other
            for (of_, other), seconds in by_hour.items()
            if of_ == provider and other[:10] == hour[:10] and (-seconds, other) < (-by_hour[provider, hour], hour)
        ]
        if profile.busiest is None or len(busier) < profile.busiest:
            prime.add((provider, hour))
    world: dict[int, Fraction] = defaultdict(Fraction)
    own: dict[str, dict[int, list[Fraction]]] = defaultdict(lambda: defaultdict(lambda: [Fraction(), Fraction()]))
    for _, provider, hour, most, seconds, got in rows:
        if (provider, hour) in prime:
            bucket = int(Decimal(most) // profile.bucket) if profile.bucket else 0
            world[bucket] += seconds
            own[provider][bucket][0] += seconds
            own[provider][bucket][1] += Fraction(got) * seconds
    whole = sum(world.values())
    return {
        provider: sum((world[b] / whole * megabits / seconds for b, (seconds, megabits) in of_.items()), Fraction())
        if set(of_) == set(world)
        else None
        for provider, of_ in own.items()
    }
