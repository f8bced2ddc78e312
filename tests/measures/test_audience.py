"""The audience of a live event: worked examples from the field, and a naive oracle that goes second by second."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.audience import WINDOWS, LiveAudience, WindowAudience
from groundswell.core.errors import InputError
from groundswell.measures.audience import METHOD, Event, audience_of
from groundswell.store import DuckEngine
from tests.sessions import BEGINS, FIVE, HOUR, LATER, TITLE, Watched, table

MINUTES = timedelta(minutes=1)
LATE = BEGINS + timedelta(days=30)


def audience(
    *sessions: Watched,
    minutes: int = 5,
    begins: datetime = BEGINS,
    known: datetime = LATE,
    coviewing: str = "1",
    zone: str = "UTC",
) -> LiveAudience | None:
    engine = _engine()
    engine.register("sessions", table(sessions, begins))
    event = Event(TITLE, "", begins, begins + minutes * MINUTES, zone)
    return audience_of(engine, event, known, coviewing=Decimal(coviewing))


@cache
def _engine() -> DuckEngine:
    return DuckEngine()


def found(of: LiveAudience | None, window: str = "Live", territory: str = "WW") -> WindowAudience:
    assert of is not None
    return next(one for one in of.windows if (one.window, one.territory) == (window, territory))


def exact(*values: int | str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, values))


def test_five_minutes_and_three_viewers() -> None:
    of = audience(*FIVE)
    live = found(of)
    assert of is not None
    assert of.minutes == exact(2, 3, 3, 2, 0)
    assert (live.average, live.reach, live.viewers) == exact(2, 3, 3)
    assert of.peaks[0].streams == 3
    assert of.peaks[0].at == BEGINS + MINUTES
    assert live.mean_minutes == Decimal("3.333333333")
    assert live.viewer_seconds == 600 == Fraction(live.average) * 300


def test_a_replay_counts_in_the_windows_it_falls_in() -> None:
    of = audience(*FIVE, *LATER)
    assert [found(of, window).average for window in ("Live", "Live+1", "Live+7")] == [2, Decimal("2.8"), Decimal("3.8")]
    assert [found(of, window).reach for window in ("Live", "Live+1", "Live+7")] == [3, 4, 5]


def test_persons_are_profiles_times_the_factor_that_is_named() -> None:
    of = audience(*FIVE, coviewing="1.5")
    assert of is not None
    assert (found(of).average, of.coviewing, of.coviewing * found(of).average) == exact(2, "1.5", 3)


def test_ninety_seconds_over_three_minutes_of_the_clock() -> None:
    """One and a half viewer-minutes, by any beacon three."""
    of = audience(Watched("a", 45, 135))
    assert of is not None
    assert of.minutes == exact("0.25", 1, "0.25", 0, 0)
    assert found(of).viewer_seconds == 90
    assert (found(of).average, of.any_beacon) == (Decimal("0.3"), Decimal("0.6"))


def test_a_profile_is_there_once_and_its_streams_each() -> None:
    of = audience(Watched("a", 0, 300, device="tv"), Watched("a", 60, 120, device="phone"), Watched("a", 60, 120))
    assert of is not None
    assert found(of).average == 1
    assert found(of).viewers == 1
    assert of.peaks[0].streams == 3


def test_a_row_of_a_panel_stands_for_many() -> None:
    of = audience(
        Watched("a", 0, 300, weight=Decimal("12000.5")), Watched("b", 0, 30, weight=Decimal(10)), Watched("c", 0, 300)
    )
    assert found(of).average == Decimal("12002.5")
    assert (found(of).viewers, found(of).reach) == (Decimal("12011.5"), Decimal("12001.5"))
    assert of is not None
    assert (of.peaks[0].streams, of.weights_differ) == (Decimal("12011.5"), 0)


def test_of_several_weights_of_a_profile_the_smallest_counts_and_it_is_said() -> None:
    of = audience(
        Watched("a", 0, 150, weight=Decimal(3)), Watched("a", 150, 300, weight=Decimal(2)), Watched("b", 0, 300)
    )
    assert of is not None
    assert (found(of).average, Decimal(of.weights_differ)) == exact(3, 1)


def test_a_territory_is_counted_alone_in_its_country_and_in_the_world() -> None:
    of = audience(
        Watched("a", 0, 300, territory="US-CA"),
        Watched("a", 0, 150, territory="US-NY"),
        Watched("b", 0, 300, territory="GB"),
    )
    averages = {one.territory: one.average for one in of.windows if one.window == "Live"} if of else {}
    assert averages == {"WW": 2, "GB": 1, "US": 1, "US-CA": 1, "US-NY": Decimal("0.5")}


@pytest.mark.parametrize(
    ("stream", "start", "live", "later"),
    [
        ("live", -60, 1, 1),  # the waiting room is no viewing of the event
        ("live", 240, 1, 1),  # nor is what runs on after it
        ("on_demand", 0, 0, 2),  # begun again from the start while it was live
        ("", 240, 1, 2),  # not said: live while the event is
        ("live", HOUR, 0, 0),
    ],
)
def test_what_counts_as_live(stream: str, start: int, live: int, later: int) -> None:
    of = audience(Watched("a", start, start + 120, stream), Watched("b", 0, 60))
    assert found(of).viewer_seconds == 60 + live * 60
    assert found(of, "Live+1").viewer_seconds == 60 + later * 60


def test_a_minute_reaches_and_a_second_less_does_not() -> None:
    of = audience(Watched("a", 0, 30), Watched("a", 200, 230), Watched("b", 0, 59), Watched("c", 0, 59.999))
    assert (found(of).reach, found(of).viewers) == exact(1, 3)


def test_a_mean_just_below_a_half_is_not_rounded_up_to_it() -> None:
    """Kept as 0.5 it would be said as 1."""
    of = audience(Watched("a", 0, 1, weight=Decimal("479999.9996")), minutes=16_000)
    assert found(of).average == Decimal("0.499999999")


def test_nobody_there_is_no_figure() -> None:
    assert audience() is None
    assert audience(Watched("a", 60, 60), Watched("b", 0, 300, title="Another"), Watched("c", -60, 0)) is None
    only_later = audience(Watched("a", HOUR, HOUR + 60, "on_demand"))
    assert only_later is not None
    assert [one.window for one in only_later.windows if one.territory == "WW"] == ["Live+SD", "Live+1", "Live+7"]
    assert only_later.peaks == ()
    assert only_later.minutes == ()


def test_a_figure_is_preliminary_until_its_window_has_closed() -> None:
    end = BEGINS + 5 * MINUTES
    of = audience(*FIVE, known=end + timedelta(hours=24))
    marks = {one.window: one.preliminary for one in of.windows if one.territory == "WW"} if of else {}
    assert marks == {"Live": False, "Live+SD": False, "Live+1": False, "Live+7": True}
    assert found(audience(*FIVE, known=end + timedelta(hours=24, microseconds=-1)), "Live+1").preliminary
    assert not found(audience(*FIVE, known=end + timedelta(hours=168)), "Live+7").preliminary


@pytest.mark.parametrize(
    ("zone", "ends", "until"),
    [
        ("America/New_York", "2026-05-17T02:30:00+00:00", "2026-05-17T07:00:00+00:00"),
        ("America/New_York", "2026-05-17T06:59:00+00:00", "2026-05-17T07:00:00+00:00"),
        ("America/New_York", "2026-05-17T07:00:00+00:00", "2026-05-17T07:00:00+00:00"),
        ("America/New_York", "2026-05-17T07:01:00+00:00", "2026-05-18T07:00:00+00:00"),
        (
            "America/New_York",
            "2026-03-08T04:00:00+00:00",
            "2026-03-08T07:00:00+00:00",
        ),  # the night the clocks go forward
        ("America/New_York", "2026-11-01T04:00:00+00:00", "2026-11-01T08:00:00+00:00"),  # and back
        ("Asia/Tokyo", "2026-05-16T12:00:00+00:00", "2026-05-16T18:00:00+00:00"),
    ],
)
def test_the_broadcast_day_ends_at_three_by_the_clock_of_its_zone(zone: str, ends: str, until: str) -> None:
    end = datetime.fromisoformat(ends)
    assert Event(TITLE, "", end - 90 * MINUTES, end, zone).until("Live+SD") == datetime.fromisoformat(until)


def test_an_event_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InputError, match=f"{TITLE}: live to .* is not after live from"):
        Event(TITLE, "", BEGINS, BEGINS)


# Second by second, with none of the sweeps and pieces of the measure.

STARTS = (
    BEGINS,
    datetime(2026, 5, 16, 23, 57, 30, tzinfo=UTC),  # over midnight
    datetime(2026, 3, 29, 2, 58, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC),  # over an hour the clock skips
    datetime(2026, 10, 25, 0, 58, tzinfo=UTC),  # and one it shows twice
)
EDGES = (0, 60, 240, 300)
CLOSINGS = (24 * HOUR + 300, 168 * HOUR + 300)
_near = st.builds(lambda edge, off: edge + off, st.sampled_from((*EDGES, *CLOSINGS)), st.integers(-70, 70))


@st.composite
def watched(draw: st.DrawFn) -> Watched:
    start = draw(_near)
    end = start + draw(st.sampled_from((0, 1, 59, 60, 61, 400)) | st.integers(0, 90))
    return Watched(
        draw(st.sampled_from("abc")),
        start,
        end,
        draw(st.sampled_from(("live", "on_demand", ""))),
        draw(st.sampled_from(("GB", "US"))),
        device=draw(st.sampled_from(("tv", "phone"))),
    )


WEIGHTS = {"a": Decimal(1), "b": Decimal(7), "c": Decimal("2.5")}


@settings(max_examples=25, deadline=None)
@given(st.lists(watched(), max_size=8), st.sampled_from(STARTS))
def test_it_is_what_one_counts_second_by_second(sessions: list[Watched], begins: datetime) -> None:
    weighted = [
        Watched(s.profile, s.start, s.end, s.stream, s.territory, WEIGHTS[s.profile], s.device) for s in sessions
    ]
    of = audience(*weighted, begins=begins, zone="Europe/Berlin")
    event = Event(TITLE, "", begins, begins + 5 * MINUTES, "Europe/Berlin")
    expected: dict[tuple[str, str], tuple[Decimal | int, ...]] = {}
    for window in WINDOWS:
        until = int((event.until(window) - begins).total_seconds())
        for territory in ("WW", "GB", "US"):
            seconds: dict[str, set[int]] = defaultdict(set)
            for one in sessions:
                if territory in ("WW", one.territory):
                    seconds[one.profile] |= {
                        s for s in range(int(one.start), int(one.end)) if _counts(one, s, window, until)
                    }
            spent = {profile: len(of_it) for profile, of_it in seconds.items() if of_it}
            if spent:
                expected[window, territory] = (
                    sum(WEIGHTS[p] * many for p, many in spent.items()),
                    sum(WEIGHTS[p] for p in spent),
                    sum(WEIGHTS[p] for p, many in spent.items() if many >= 60),
                )
    got: dict[tuple[str, str], tuple[Decimal | int, ...]] = {
        (w.window, w.territory): (w.viewer_seconds, w.viewers, w.reach) for w in (of.windows if of else ())
    }
    assert got == expected
    if of is None:
        return
    for figure in of.windows:
        spent_in_all = Fraction(figure.viewer_seconds)
        assert 0 <= spent_in_all / 300 - Fraction(figure.average) < Fraction(1, 10**9)
        assert 0 <= spent_in_all / Fraction(figure.viewers) / 60 - Fraction(figure.mean_minutes) < Fraction(1, 10**9)
    live = [s for s in sessions if s.stream != "on_demand" and s.start < s.end]
    on = [[s for s in live if s.start <= at < s.end] for at in range(300)]
    streams = [sum(WEIGHTS[s.profile] for s in there) for there in on]
    there = [{s.profile for s in at} for at in on]
    by_minute = [sum(WEIGHTS[p] for at in there[m : m + 60] for p in at) for m in range(0, 300, 60)]
    touched = sum(WEIGHTS[p] for m in range(0, 300, 60) for p in set().union(*there[m : m + 60]))
    assert [Fraction(minute) for minute in of.minutes or [Decimal(0)] * 5] == pytest.approx(
        [Fraction(spent) / 60 for spent in by_minute], abs=1e-9
    )
    assert Fraction(of.any_beacon) == Fraction(touched) / 5
    peak = next((p for p in of.peaks if p.territory == "WW"), None)
    assert (peak.streams if peak else 0) == max(streams)
    if peak:
        assert peak.at == begins + timedelta(seconds=streams.index(max(streams)))


def _counts(one: Watched, second: int, window: str, until: int) -> bool:
    if second < 0:
        return False
    if one.stream == "live" or (window == "Live" and one.stream == ""):
        return second < 300
    return window != "Live" and second < until


def test_the_method_says_what_it_counts() -> None:
    assert (METHOD.qualifier, METHOD.after["Live+1"], METHOD.after["Live+7"]) == (
        MINUTES,
        timedelta(hours=24),
        timedelta(days=7),
    )
