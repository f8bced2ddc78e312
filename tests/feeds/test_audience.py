"""The file of a reduced event: a reading for each figure, and nothing of a file that is no such thing."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from groundswell.catalog import code_of
from groundswell.core.audience import decode, encode
from groundswell.core.errors import InputError
from groundswell.core.protocol import Reading
from groundswell.feeds.audience import EVENT
from tests.sessions import BEGINS, FIVE, event_file

READING = Reading("*", code_of)


def readings(raw: bytes) -> dict[tuple[str, str], tuple[str, Decimal]]:
    """(measure, territory) → (unit, value)."""
    rows = EVENT.parse(raw, READING).observations.to_pylist()
    return {(row["measure"], row["territory"]): (row["unit"], row["value"]) for row in rows}


def test_each_figure_is_a_reading_of_its_window_and_territory() -> None:
    found = readings(event_file(each=1, coviewing="1.5"))
    averages = {
        measure: value for (measure, territory), (_, value) in found.items() if territory == "WW" and "ama" in measure
    }
    assert averages == {
        "live.ama.live": 2,
        "live.ama.live.coviewing": 3,
        "live.ama.live+sd": 2,
        "live.ama.live+sd.coviewing": 3,
        "live.ama.live+1": Decimal("2.8"),
        "live.ama.live+1.coviewing": Decimal("4.2"),
        "live.ama.live+7": Decimal("3.8"),
        "live.ama.live+7.coviewing": Decimal("5.7"),
    }
    assert found["live.ama.live+1.coviewing", "WW"][0] == "Live+1 average-minute audience with co-viewing"
    assert found["live.reach.live+7", "GB"] == ("Live+7 viewers", Decimal(5))
    assert found["live.mean_time.live", "WW"] == ("Live minutes per viewer", Decimal("3.333333333"))
    assert found["live.peak", "WW"] == ("concurrent streams", Decimal(3))


def test_without_a_factor_nothing_is_said_of_persons() -> None:
    assert not [measure for measure, _ in readings(event_file()) if "coviewing" in measure]


def test_what_is_preliminary_says_so_in_its_unit() -> None:
    early = readings(event_file(known=BEGINS + timedelta(minutes=4)))
    assert early["live.ama.live+7", "WW"][0] == "preliminary Live+7 average-minute audience"
    assert early["live.peak", "WW"][0] == "preliminary concurrent streams"
    later = readings(event_file(known=BEGINS + timedelta(days=2)))
    assert later["live.ama.live+1", "WW"][0] == "Live+1 average-minute audience"
    assert later["live.ama.live+7", "WW"][0] == "preliminary Live+7 average-minute audience"


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("UTC", date(2026, 5, 16), date(2026, 5, 16)),
        ("Europe/Helsinki", date(2026, 5, 17), date(2026, 5, 17)),  # midnight there when it began
        ("Etc/GMT+21", None, None),
        ("Africa/Addis_Ababa", date(2026, 5, 17), date(2026, 5, 17)),
        ("Asia/Kathmandu", date(2026, 5, 17), date(2026, 5, 17)),
    ],
)  # fmt: skip
def test_its_days_are_those_of_its_zone(zone: str, first: date | None, last: date | None) -> None:
    raw = encode(msgspec.structs.replace(decode(event_file(FIVE)), zone=zone))
    if first is None:
        with pytest.raises(InputError, match="no event that 'groundswell reduce' wrote"):
            EVENT.parse(raw, READING)
        return
    [days] = {(row["first_day"], row["last_day"]) for row in EVENT.parse(raw, READING).observations.to_pylist()}
    assert days == (first, last)


def test_an_event_that_ends_at_midnight_is_of_the_day_before() -> None:
    event = decode(event_file(FIVE))
    raw = encode(msgspec.structs.replace(event, live_to=event.live_from.replace(hour=0) + timedelta(days=1)))
    assert {row["last_day"] for row in EVENT.parse(raw, READING).observations.to_pylist()} == {date(2026, 5, 16)}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        event_file().replace(b'"format": 1', b'"format": 2'),
        event_file().replace(b'"live_to": "2026-05-16T21:05:00Z"', b'"live_to": "2026-05-16T21:05:00"'),
        event_file().replace(b'"average": 24000000', b'"average": 1e40'),
        event_file().replace(b'"zone": "UTC"', b'"zone": "../../etc/passwd"'),
    ],
)
def test_what_is_no_event_is_one_line(raw: bytes) -> None:
    with pytest.raises(InputError) as error:
        EVENT.parse(raw, READING)
    assert "\n" not in str(error.value)


def test_equal_audiences_give_equal_bytes() -> None:
    assert event_file() == event_file() == encode(decode(event_file()))
