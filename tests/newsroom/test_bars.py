"""Bars are as long as their values, in the order given."""

from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.newsroom.bars import Bar, bars

values = st.lists(st.integers(0, 10**6).map(lambda cents: Decimal(cents) / 100), min_size=1, max_size=20)


@settings(max_examples=40)
@given(values, st.booleans(), st.booleans())
def test_every_value_is_one_bar_of_its_length_from_zero(of: list[Decimal], narrow: bool, simulated: bool) -> None:
    given_bars = [
        Bar(None if rank == 3 else rank, f"Provider {rank}", value, f"{value} Mbps") for rank, value in enumerate(of, 1)
    ]
    drawing = ElementTree.fromstring(bars("Speeds", given_bars, narrow=narrow, simulated=simulated))
    rectangles = drawing.findall("rect")
    long = [float(one.attrib["width"]) for one in rectangles]
    assert len({one.attrib["x"] for one in rectangles}) == 1
    most = max(of)
    for length, value in zip(long, of, strict=True):
        assert abs(length - max(long) * float(value / most if most else 0)) <= 0.11
    assert [text.text for text in drawing.findall("text[@class='value']")] == [bar.text for bar in given_bars]
    ranks = [text.text or "" for text in drawing.findall("text[@class='rank']")]
    assert ranks == ["" if bar.rank is None else str(bar.rank) for bar in given_bars]
    width, height = map(float, drawing.attrib["viewBox"].split()[2:])
    for rectangle, bar in zip(rectangles, given_bars, strict=True):
        end = float(rectangle.attrib["x"]) + float(rectangle.attrib["width"]) + 6
        assert end + 7.4 * len(bar.text) <= width
        assert float(rectangle.attrib["y"]) + float(rectangle.attrib["height"]) <= height
    assert len(drawing.findall("text[@class='mark']")) == simulated


def test_its_words_stay_text_and_a_long_name_is_cut() -> None:
    words = "\"><script>alert('1')</script>" * 9
    drawing = bars(words, [Bar(1, words, Decimal(1), words[:20])], narrow=True, simulated=False)
    assert "<script" not in drawing
    root = ElementTree.fromstring(drawing)
    assert root.attrib["aria-label"] == words
    assert (root.findall("text[@class='label']")[0].text or "").endswith("…")
