"""Time lines are a drawing of exactly the readings given, at their days, with the event where it belongs."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.period import Period
from groundswell.newsroom.time_lines import Event, Reading, nice_step, short, time_lines

SPAN = Period(date(2022, 4, 1), date(2022, 5, 20))
SCALES = {"K": 10**3, "M": 10**6, "B": 10**9}
readings = st.lists(
    st.tuples(st.integers(0, 49), st.one_of(st.none(), st.integers(0, 10**11).map(lambda cents: Decimal(cents) / 100))),
    min_size=1,
    max_size=8,
    unique_by=lambda reading: reading[0],
).map(lambda found: [(SPAN.first + timedelta(days=day), value) for day, value in sorted(found)])


def drawn(
    *lines: list[Reading],
    event: Event | None = None,
    narrow: bool = False,
    title: str = "Readings",
    simulated: bool = False,
) -> ElementTree.Element:
    return ElementTree.fromstring(time_lines(title, lines, SPAN, event, narrow=narrow, simulated=simulated))


def amount(text: str) -> Decimal:
    return Decimal(text.rstrip("KMB").replace(",", "")) * SCALES.get(text[-1], 1)


@settings(max_examples=40)
@given(st.lists(readings, min_size=1, max_size=3), st.booleans())
def test_every_reading_is_one_point_at_its_day_and_height(lines: list[list[Reading]], narrow: bool) -> None:
    """Read back off the drawing by its own scales, to within the tenth of a pixel it is drawn to."""
    drawing = drawn(*lines, narrow=narrow)
    ticks = [(amount(t.text or ""), float(t.attrib["y"]) - 4) for t in drawing.findall("text[@class='tick']")]
    (low, bottom), (high, top) = ticks[0], ticks[-1]
    assert low == 0
    assert 2 <= len(ticks) <= 6
    assert high >= max((value for line in lines for _, value in line if value is not None), default=0)
    a_pixel = high / Decimal(bottom - top)
    width = float(drawing.attrib["viewBox"].split()[2])
    for number, line in enumerate(lines):
        points = drawing.findall(f"circle[@class='line hue-{number} dash-{number}']")
        read = [(day, value) for day, value in line if value is not None]
        assert len(points) == len(read)
        for point, (_, value) in zip(points, read, strict=True):
            assert abs(Decimal(bottom - float(point.attrib["cy"])) * a_pixel - value) <= a_pixel * Decimal("0.21")
        across = [float(point.attrib["cx"]) for point in points]
        for one, (day, _) in zip(across, read, strict=True):
            share = (day - SPAN.first) / (SPAN.last - SPAN.first)
            first = float(drawing.findall("text[@class='day']")[0].attrib["x"])
            assert abs(one - (first + (width - 30 - first) * share)) <= 0.11
        joined = drawing.findall(f"polyline[@class='line hue-{number} dash-{number}']")
        stretches = "".join("." if value is not None else " " for _, value in line).split()
        assert [len(one.attrib["points"].split()) for one in joined] == [len(some) for some in stretches]


@settings(max_examples=25)
@given(st.integers(0, 49), st.booleans())
def test_the_event_stands_at_its_day_and_its_words_stay_in_the_drawing(day: int, narrow: bool) -> None:
    at = SPAN.first + timedelta(days=day)
    line: list[Reading] = [(at, Decimal(5)), (SPAN.last, Decimal(7))] if at < SPAN.last else [(at, Decimal(5))]
    drawing = drawn(line, event=Event(at, "the second part of the series starts everywhere"), narrow=narrow)
    [mark] = drawing.findall("path[@class='event']")
    point = drawing.findall("circle")[0]
    assert mark.attrib["d"].startswith(f"M{point.attrib['cx']} ")
    [words] = [one for one in drawing.findall("text") if one.attrib["class"].startswith("event")]
    width, long = float(drawing.attrib["viewBox"].split()[2]), 7.4 * len(words.text or "")
    begins = float(words.attrib["x"]) - (long if words.attrib["class"] == "event before" else 0)
    assert begins >= 0
    assert begins + long <= width


def test_many_readings_are_a_line_without_points() -> None:
    span = Period(date(2022, 1, 1), date(2022, 12, 31))
    line: list[Reading] = [(span.first + timedelta(days=day), Decimal(day)) for day in range(300)]
    drawing = ElementTree.fromstring(time_lines("Year", [line], span, None, narrow=False, simulated=False))
    assert drawing.findall("circle") == []
    assert len(drawing.findall("polyline")[0].attrib["points"].split()) == 300
    assert drawing.findall("text[@class='day']")[0].text == "Jan 2022"


def test_its_words_stay_text_and_simulated_is_said() -> None:
    words = "\"><script>alert('1')</script>"
    drawing = time_lines(
        words, [[(SPAN.first, Decimal(1))]], SPAN, Event(SPAN.first, words), narrow=False, simulated=True
    )
    assert "<script" not in drawing
    root = ElementTree.fromstring(drawing)
    assert root.attrib["aria-label"] == words
    assert [mark.text for mark in root.findall("text[@class='mark']")] == ["◇ simulated"]
    assert drawn([(SPAN.first, Decimal(1))]).findall("text[@class='mark']") == []


@pytest.mark.parametrize(
    ("most", "step"),
    [("0", "1"), ("1", "0.2"), ("3.4", "1"), ("5", "1"), ("5.01", "2"), ("3400000", "1000000"), ("0.03", "0.01")],
)
def test_rules_lie_one_two_or_five_times_a_power_of_ten_apart(most: str, step: str) -> None:
    assert nice_step(Decimal(most)) == Decimal(step)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0", "0"),
        ("0.5", "0.5"),
        ("9000", "9,000"),
        ("10000", "10K"),
        ("3500000", "3.5M"),
        ("4000000000", "4B"),
        ("2E+11", "200B"),
    ],
)
def test_a_number_on_a_scale_is_short(value: str, said: str) -> None:
    assert short(Decimal(value)) == said
