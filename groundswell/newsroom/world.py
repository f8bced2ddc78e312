"""A map of the world, shaded by country, as SVG styled by the site's stylesheet.

The outlines are Natural Earth's 1:110m (data/world.txt says how they were made); countries too small for it are named, not drawn.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import quoteattr

WIDTH, HEIGHT = 720, 318
SHADES = 5
_NUMBERS = ((), (4,), (4, 2), (5, 3, 1), (5, 4, 2, 1), (5, 4, 3, 2, 1))
"""The colours of so many classes, from the strongest."""


@dataclass(frozen=True)
class Shade:
    """One class of the scale: what values it holds, both ends included, and the number of its colour, 1 to `SHADES`."""

    low: int
    high: int
    number: int

    def __str__(self) -> str:
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"


@dataclass(frozen=True)
class World:
    """A drawn map: its scale, the highest class first, and the codes of countries it has no outline of."""

    drawing: str
    shades: tuple[Shade, ...]
    not_drawn: tuple[str, ...]


def world(title: str, values: Mapping[str, int], *, simulated: bool, known: Collection[str] | None = None) -> World:
    """The map of `values`, a country's code → what it has; one with nothing is plain land. One path a class keeps it small.

    Where `known` says of which countries anything is known, the others are an outline that is dotted and not filled.
    """
    having = {code: value for code, value in values.items() if value > 0}
    scale = shades(having)
    outlines = _outlines()
    paths = dict.fromkeys(["unknown", "land", *(f"shade-{shade.number}" for shade in scale)], "")
    for code, outline in outlines.items():
        value = having.get(code)
        number = next((shade.number for shade in scale if value is not None and shade.low <= value), None)
        nothing = "land" if known is None or code in known else "unknown"
        paths[nothing if number is None else f"shade-{number}"] += outline
    parts = [f'<svg class="world" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label={quoteattr(title)}>']
    parts += [f'<path class="{shade}" d="{path}"/>' for shade, path in paths.items() if path]
    if simulated:
        parts.append(f'<text class="mark" x="{WIDTH}" y="{HEIGHT - 6}">◇ simulated</text>')
    parts.append("</svg>")
    return World("".join(parts), scale, tuple(sorted(having.keys() - outlines.keys())))


def shades(values: Mapping[str, int]) -> tuple[Shade, ...]:
    """At most five classes that hold all of `values`, the highest first, their ends 1, 2 or 5 times a power of ten."""
    if not values:
        return ()
    least, most = min(values.values()), max(values.values())
    ladder = [1]
    while (step := ladder[-1] * 5 // 2 if str(ladder[-1])[0] == "2" else ladder[-1] * 2) <= most:
        ladder.append(step)
    ladder = [low for low, above in zip(ladder, [*ladder[1:], most + 1], strict=True) if above > least]
    lows = ladder[:: len(ladder) // -SHADES]
    lows[-1] = min(lows[-1], ladder[0])
    highs = [most, *(low - 1 for low in lows[:-1])]
    return tuple(Shade(*shade) for shade in zip(lows, highs, _NUMBERS[len(lows)], strict=True))


def swatch(number: int | None) -> str:
    """A colour of the scale for a key; 0 is land, None a country of which nothing is known."""
    shade = f"shade-{number}" if number else "land" if number == 0 else "unknown"
    return f'<svg class="swatch" viewBox="0 0 18 12" aria-hidden="true"><path class="{shade}" d="M1 1H17V11H1z"/></svg>'


@cache
def _outlines() -> dict[str, str]:
    """Code → path, in pixels of the drawing; `-` has the land of no code."""
    found: dict[str, str] = {}
    for line in (files("groundswell.newsroom") / "data" / "world.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, path = line.partition(" ")
            found[code] = found.get(code, "") + path
    return found
