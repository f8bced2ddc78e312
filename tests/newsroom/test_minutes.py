"""The minutes of an event are drawn where their values are, said in words, and stand in a table."""

from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.audience import LiveAudience, decode
from groundswell.newsroom.minutes import Minutes
from tests.sessions import BEGINS, event_file

EVENT = decode(event_file())
"""Five minutes of 24, 36, 36, 24 and 0 million; 24 million on average."""


def event(minutes: list[Decimal], **changes: object) -> LiveAudience:
    """One of these minutes."""
    average = sum(minutes) / len(minutes)
    windows = tuple(msgspec.structs.replace(of, average=average) if of.window == "Live" else of for of in EVENT.windows)
    ends = EVENT.live_from + timedelta(minutes=len(minutes))
    return msgspec.structs.replace(EVENT, minutes=tuple(minutes), live_to=ends, windows=windows, **changes)


def drawn(of: LiveAudience, *, narrow: bool = False, simulated: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(str(Minutes(of, simulated).figure(narrow=narrow)))


_audiences = st.decimals(0, 10**8, places=3, allow_nan=False, allow_infinity=False)


@settings(deadline=None)
@given(st.lists(_audiences, min_size=1, max_size=400).filter(any), st.booleans())
def test_every_minute_is_one_point_at_its_height(minutes: list[Decimal], narrow: bool) -> None:
    """Read back off the drawing by its own scale, to within the tenth of a pixel it is drawn to."""
    drawing = drawn(event(minutes), narrow=narrow)
    scales = {"K": 10**3, "M": 10**6, "B": 10**9}
    ticks = [
        (
            int((t.text or "").rstrip("KMB").replace(",", "")) * scales.get((t.text or "")[-1], 1),
            float(t.attrib["y"]) - 4,
        )
        for t in drawing.findall("text[@class='tick']")
    ]
    (low, bottom), (high, top) = ticks[0], ticks[-1]
    assert (low, [value for value, _ in ticks]) == (0, sorted({value for value, _ in ticks}))
    assert high >= max(minutes)
    a_pixel = (high - low) / (bottom - top)
    [line] = drawing.findall("polyline")
    points = [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
    assert len(points) == len(minutes)
    assert all(
        abs((bottom - y) * a_pixel - float(v)) <= a_pixel * 0.21 for (_, y), v in zip(points, minutes, strict=True)
    )
    across = [x for x, _ in points]
    assert across == sorted(across)
    assert across[-1] <= float(drawing.attrib["viewBox"].split()[2])
    [level] = drawing.findall("path[@class='level']")
    at = float(level.attrib["d"].split()[1].partition("H")[0])
    assert abs((bottom - at) * a_pixel - float(sum(minutes) / len(minutes))) <= a_pixel * 0.21
    [peak] = drawing.findall("circle")
    assert float(peak.attrib["cx"]) == across[minutes.index(max(minutes))]


@pytest.mark.parametrize(
    ("many", "narrow", "times"),
    [
        (5, False, ["22:00", "22:01", "22:02", "22:03", "22:04"]),
        (150, False, ["22:00", "22:15", "22:30", "22:45", "23:00", "23:15", "23:30", "23:45", "00:00", "00:15"]),
        (150, True, ["22:00", "22:30", "23:00", "23:30", "00:00"]),
    ],
)
def test_the_axis_names_whole_parts_of_an_hour_by_the_clock_of_the_event(
    many: int, narrow: bool, times: list[str]
) -> None:
    drawing = drawn(event([Decimal(1)] * many, zone="Europe/London"), narrow=narrow)
    assert [t.text for t in drawing.findall("text[@class='day']")] == times


def test_it_says_what_it_shows() -> None:
    of = Minutes(EVENT, True)
    assert of.heading == (
        "Average audience of each minute of The Lantern Run, live and worldwide, 16 May 2026, 21:00 to 21:05 (UTC)"
    )
    assert of.said == (
        "24.0 million in the first minute, most in that from 21:01 (36.0 million), nobody in the last; 24.0 million on average. "
        "Streams peaked at 36.0 million at 21:01:00."
    )
    assert of.any_beacon == "24.0 million"
    assert [*of.rows()][1:] == [
        (2, "21:01", "36,000,000"),
        (3, "21:02", "36,000,000"),
        (4, "21:03", "24,000,000"),
        (5, "21:04", "0"),
    ]
    drawing = drawn(EVENT, simulated=True)
    assert drawing.attrib["aria-label"] == f"Simulated. {of.heading}. {of.said}"
    assert [mark.text for mark in drawing.findall("text[@class='mark']")] == ["◇ simulated"]
    assert drawn(EVENT).findall("text[@class='mark']") == []


def test_few_viewers_are_said_to_a_tenth() -> None:
    of = Minutes(decode(event_file(each=1)), False)
    assert of.said.startswith(
        "2.0 in the first minute, most in that from 21:01 (3.0), nobody in the last; 2.0 on average."
    )
    assert [value for _, _, value in of.rows()] == ["2.00", "3.00", "3.00", "2.00", "0.00"]


def test_its_title_stays_text() -> None:
    title = "\"><script>alert('1')</script>"
    drawing = str(Minutes(msgspec.structs.replace(EVENT, title=title), False).figure(narrow=False))
    assert "<script" not in drawing
    assert title in ElementTree.fromstring(drawing).attrib["aria-label"]


def test_its_clock_is_that_of_its_zone() -> None:
    night = msgspec.structs.replace(EVENT, zone="Asia/Tokyo")
    assert (night.live_from, Minutes(night, False).day.isoformat()) == (BEGINS, "2026-05-17T06:00:00+09:00")
