"""The map shades every country it can draw by the class its value is in, and names the others."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.newsroom.world import HEIGHT, SHADES, WIDTH, _outlines, shades, world

codes = st.sampled_from(("GB", "US", "FR", "BR", "JP", "SG", "MT", "ZZ", '"><script>'))


@given(st.dictionaries(codes, st.integers(0, 10**9), max_size=9))
def test_every_country_with_something_is_shaded_by_its_value_or_named(values: dict[str, int]) -> None:
    drawn = world("Regions", values, simulated=False)
    root = ElementTree.fromstring(drawn.drawing)
    shaded = {}
    for path in root.findall("path"):
        if (said := path.find("title")) is not None:
            name, _, value = (said.text or "").rpartition(": ")
            shaded[code_of(name)] = (int(value.replace(",", "")), int(path.attrib["class"].removeprefix("shade-")))
    having = {code: value for code, value in values.items() if value}
    assert {code: value for code, (value, _) in shaded.items()} == {
        code: value for code, value in having.items() if code in {"GB", "US", "FR", "BR", "JP"}
    }
    assert set(drawn.not_drawn) == having.keys() - shaded.keys()
    for had, number in shaded.values():
        [of] = [shade for shade in drawn.shades if shade.low <= had <= shade.high]
        assert of.number == number
    assert "<script" not in drawn.drawing


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30))
def test_at_most_five_classes_hold_every_value_without_a_gap(values: list[int]) -> None:
    scale = shades({str(at): value for at, value in enumerate(values)})
    assert len(scale) <= SHADES
    assert scale[0].high == max(values)
    assert scale[-1].low <= min(values)
    assert all(above.low == below.high + 1 for above, below in pairwise(scale))
    assert all(shade.low <= shade.high for shade in scale)
    assert [shade.number for shade in scale] == sorted({shade.number for shade in scale}, reverse=True)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ([303, 278, 134, 127], ["200 to 303", "100 to 199"]),
        ([303, 40, 17], ["200 to 303", "100 to 199", "50 to 99", "20 to 49", "10 to 19"]),
        ([100_000, 3], ["100,000", "10,000 to 99,999", "1,000 to 9,999", "100 to 999", "2 to 99"]),
        ([1], ["1"]),
    ],
)
def test_classes_end_on_round_numbers(values: list[int], scale: list[str]) -> None:
    assert [str(shade) for shade in shades({str(at): value for at, value in enumerate(values)})] == scale


def test_the_atlas_holds_countries_by_code_within_the_drawing() -> None:
    outlines = _outlines()
    assert len(outlines) > 170
    assert [code for code in outlines if code != "-" and code_of(code) != code] == []
    for code, path in outlines.items():
        assert set(path) <= set("Mlz,- 0123456789"), code
        for ring in path.removesuffix("z").split("z"):
            start, _, rest = ring.removeprefix("M").partition("l")
            x, y = map(int, start.split(","))
            steps = rest.replace("-", " -").replace(",", " ").split()
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + int(dx), y + int(dy)
                assert 0 <= x <= WIDTH, code
                assert 0 <= y <= HEIGHT, code
                assert abs(int(dx)) < WIDTH / 4, f"{code}: a line across the map"
