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
def test_every_country_is_drawn_in_the_shade_of_its_value_or_named(values: dict[str, int]) -> None:
    drawn = world('"><script>', values, simulated=False)
    assert "<script" not in drawn.drawing
    paths = {path.attrib["class"]: path.attrib["d"] for path in ElementTree.fromstring(drawn.drawing).findall("path")}
    assert sum(map(len, paths.values())) == sum(map(len, _outlines().values()))
    for code, outline in _outlines().items():
        value = values.get(code, 0)
        [shade] = [f"shade-{one.number}" for one in drawn.shades if one.low <= value <= one.high] or ["land"]
        assert outline in paths[shade], code
    assert drawn.not_drawn == tuple(sorted(code for code, value in values.items() if value and code not in _outlines()))


@given(st.dictionaries(codes, st.integers(0, 9), max_size=9), st.sets(codes))
def test_a_country_of_which_nothing_is_known_looks_like_none_that_has_nothing(
    values: dict[str, int], known: set[str]
) -> None:
    drawn = world("x", values, simulated=False, known=known)
    paths = {path.attrib["class"]: path.attrib["d"] for path in ElementTree.fromstring(drawn.drawing).findall("path")}
    for code, outline in _outlines().items():
        if not values.get(code):
            assert outline in paths["land" if code in known else "unknown"], code


def test_a_map_of_any_values_is_small_enough_to_stand_in_a_page() -> None:
    everywhere = {code: 3**at for at, code in enumerate(_outlines()) if at < 40} | dict.fromkeys(_outlines(), 9)
    assert len(world("x" * 400, everywhere, simulated=True).drawing) < 20_000


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
