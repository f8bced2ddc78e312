"""Day lines: how a figure moved day by day for a few titles, as SVG.

A wide and a narrow drawing of the same points, styled by the site's stylesheet. The titles stand in a key and the numbers in a
table beside them; a line ends in its number in that key.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import quoteattr

_TOP, _HEIGHT, _BOTTOM, _RIGHT = 30, 190, 48, 30
_MOST_RULES = 5
_APART = 15
_DIGIT = 7.6


def day_lines(
    title: str, days: Sequence[date], lines: Sequence[Sequence[int]], *, narrow: bool, simulated: bool
) -> str:
    """The drawing of `lines`, one value a day each, from zero up. `title` names it for those who do not see it."""
    width = 360 if narrow else 720
    most = max(1, *map(max, lines))
    step = rule_step(most)
    rules = range(0, most + step, step)
    left = 12 + _DIGIT * len(f"{rules[-1]:,}")
    across = (width - left - 16 - _RIGHT) / max(1, len(days) - 1)

    def x(at: int) -> float:
        return round(left + 16 + across * at, 1)

    def y(value: int) -> float:
        return round(_TOP + _HEIGHT * (1 - value / rules[-1]), 1)

    shape = f'class="day-lines {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {_TOP + _HEIGHT + _BOTTOM}"'
    ruled = "".join(f"M{left:g} {y(value):g}H{width}" for value in rules)
    parts = [
        f'<svg {shape} role="img" aria-label={quoteattr(title)}>',
        f'<path class="rules" d="{ruled}"/>',
    ]
    if simulated:
        parts.append(f'<text class="mark" x="{width}" y="14">◇ simulated</text>')
    parts += [f'<text class="tick" x="{left - 6:g}" y="{y(value) + 4:g}">{value:,}</text>' for value in rules]
    for at, day in enumerate(days):
        parts += [
            f'<text class="day" x="{x(at):g}" y="{_TOP + _HEIGHT + 22}">{day:%a}</text>',
            f'<text class="day" x="{x(at):g}" y="{_TOP + _HEIGHT + 38}">{day.day}{f" {day:%b}" if not narrow else ""}</text>',
        ]
    for number, line in enumerate(lines):
        drawn = f"line hue-{number} dash-{number}"
        points = [(x(at), y(value)) for at, value in enumerate(line)]
        parts.append(f'<polyline class="{drawn}" points="{" ".join(f"{px:g},{py:g}" for px, py in points)}"/>')
        parts += [f'<circle class="{drawn}" cx="{px:g}" cy="{py:g}" r="3.5"/>' for px, py in points]
    ends = apart({number: y(line[-1]) + 4 for number, line in enumerate(lines)})
    parts += [
        f'<text class="end hue-{number}" x="{x(len(days) - 1) + 10:g}" y="{down:g}">{number + 1}</text>'
        for number, down in ends.items()
    ]
    parts.append("</svg>")
    return "".join(parts)


def swatch(number: int) -> str:
    """The line of that number, alone, for a key."""
    drawn = f"line hue-{number} dash-{number}"
    return (
        '<svg class="swatch" viewBox="0 0 36 12" aria-hidden="true">'
        f'<path class="{drawn}" d="M0 6H36"/><circle class="{drawn}" cx="18" cy="6" r="3.5"/></svg>'
    )


def rule_step(most: int) -> int:
    """The distance of the rules below and above values up to `most`: 1, 2 or 5 times a power of ten."""
    step = 1
    while step * _MOST_RULES < most:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def apart(down: Mapping[int, float]) -> dict[int, float]:
    """Labels at these places moved up, so that none lies on another; the lowest stays."""
    found: dict[int, float] = {}
    above = float("inf")
    for number, place in sorted(down.items(), key=lambda pair: (-pair[1], -pair[0])):
        found[number] = above = min(place, round(above - _APART, 1))
    return found
