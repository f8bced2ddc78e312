"""Day lines are a drawing of exactly the values given, whatever the titles are called."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from groundswell.newsroom.day_lines import day_lines

DAYS = [date(2022, 5, 9) + timedelta(days=day) for day in range(7)]
values = st.lists(st.integers(0, 10**7), min_size=7, max_size=7)


def drawn(*lines: list[int], narrow: bool = False, title: str = "Days", simulated: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(day_lines(title, DAYS, lines, narrow=narrow, simulated=simulated))


@given(st.lists(values, min_size=1, max_size=3), st.booleans())
def test_every_value_is_one_point_at_its_height(lines: list[list[int]], narrow: bool) -> None:
    """Read back off the drawing by its own scale, to within the tenth of a pixel it is drawn to."""
    drawing = drawn(*lines, narrow=narrow)
    ticks = [(int(t.text.replace(",", "")), float(t.attrib["y"]) - 4) for t in drawing.findall("text[@class='tick']")]  # type: ignore[union-attr]
    (low, bottom), (high, top) = ticks[0], ticks[-1]
    assert low == 0
    assert 2 <= len(ticks) <= 6
    assert high >= max(map(max, lines))
    a_pixel = (high - low) / (bottom - top)
    for number, line in enumerate(lines):
        points = drawing.findall(f"circle[@class='line hue-{number} dash-{number}']")
        read = [(bottom - float(point.attrib["cy"])) * a_pixel for point in points]
        assert all(abs(got - value) <= a_pixel * 0.21 for got, value in zip(read, line, strict=True))
        [drawn_line] = drawing.findall(f"polyline[@class='line hue-{number} dash-{number}']")
        at = [f"{float(point.attrib['cx']):g},{float(point.attrib['cy']):g}" for point in points]
        assert drawn_line.attrib["points"].split() == at
    across = [float(point.attrib["cx"]) for point in drawing.findall("circle")][:7]
    assert across == sorted(set(across))
    width = float(drawing.attrib["viewBox"].split()[2])
    assert across[-1] + 20 <= width


@given(st.lists(values, min_size=1, max_size=3), st.booleans())
def test_every_line_ends_in_its_number_and_none_lies_on_another(lines: list[list[int]], narrow: bool) -> None:
    ends = drawn(*lines, narrow=narrow).findall("text[@class]")
    ends = [end for end in ends if end.attrib["class"].startswith("end ")]
    assert sorted(end.text or "" for end in ends) == [str(number) for number in range(1, len(lines) + 1)]
    down = sorted(float(end.attrib["y"]) for end in ends)
    assert all(below - above >= 14.9 for above, below in pairwise(down))


def test_its_name_stays_text_and_simulated_is_said() -> None:
    title = "\"><script>alert('1')</script>"
    drawing = day_lines(title, DAYS, [[1] * 7], narrow=False, simulated=True)
    assert "<script" not in drawing
    root = ElementTree.fromstring(drawing)
    assert root.attrib["aria-label"] == title
    assert [mark.text for mark in root.findall("text[@class='mark']")] == ["◇ simulated"]
    assert drawn([1] * 7).findall("text[@class='mark']") == []
