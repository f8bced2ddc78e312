"""Ranked bars: one figure of every entry of a list, from zero, as SVG styled by the site's stylesheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from groundswell.newsroom.figure import cut

_TOP, _ROW, _THICK, _LEFT = 22, 42, 14, 34
_DIGIT = 7.6


@dataclass(frozen=True)
class Bar:
    """An entry: its place, what it is called, its value, and the value as people read it."""

    rank: int | None
    label: str
    value: Decimal
    text: str


def bars(title: str, of: Sequence[Bar], *, narrow: bool, simulated: bool) -> str:
    """The drawing, in the order given. `title` names it for those who do not see it."""
    width, begins = 360 if narrow else 720, _TOP if simulated else 2
    most = max((bar.value for bar in of), default=Decimal(0)) or Decimal(1)
    room = width - _LEFT - 12 - _DIGIT * max(len(bar.text) for bar in of)
    shape = f'class="bars {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {begins + _ROW * len(of)}"'
    parts = [f'<svg {shape} role="img" aria-label={quoteattr(title)}>']
    if simulated:
        parts.append(f'<text class="mark" x="{width}" y="14">◇ simulated</text>')
    for number, bar in enumerate(of):
        top = begins + _ROW * number
        long = round(room * float(bar.value / most), 1)
        parts += [
            f'<text class="rank" x="{_LEFT - 10}" y="{top + 13}">{"" if bar.rank is None else bar.rank}</text>',
            f'<text class="label" x="{_LEFT}" y="{top + 13}">{escape(cut(bar.label, width - _LEFT))}</text>',
            f'<rect class="bar" x="{_LEFT}" y="{top + 19}" width="{long:g}" height="{_THICK}" rx="2"/>',
            f'<text class="value" x="{_LEFT + long + 6:g}" y="{top + 31}">{escape(bar.text)}</text>',
        ]
    parts.append("</svg>")
    return "".join(parts)
