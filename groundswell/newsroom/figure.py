"""Rank lines: how the titles of a list moved over the weeks around one issue, as SVG.

A wide and a narrow drawing of the same lines, styled by the site's stylesheet; the numbers stand in a table beside them, and the
drawing names itself for those who do not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

_STEP, _TOP, _BOTTOM, _LEFT = 30, 34, 14, 34
_CHARACTER = 7.4


@dataclass(frozen=True)
class Line:
    """One title's ranks, week by week; None where it was not on the list or the list is not held."""

    label: str
    ranks: tuple[int | None, ...]

    @property
    def last(self) -> int | None:
        """The last rank known."""
        return next((rank for rank in reversed(self.ranks) if rank is not None), None)


def rank_lines(
    title: str, weeks: Sequence[date], lines: Sequence[Line], depth: int, *, marked: int, narrow: bool
) -> str:
    """The drawing of `lines` over `weeks`, the week numbered `marked` set off.

    Labels stand right of a line's last point; the narrow drawing shortens them. Text from outside is escaped.
    """
    width = 360 if narrow else 660
    longest = 17 if narrow else 34
    labels = [_short(line.label, longest) for line in lines]
    right = max((len(label) for label in labels), default=0) * _CHARACTER + 12
    height = _TOP + _STEP * depth + _BOTTOM
    across = (width - _LEFT - right) / max(1, len(weeks) - 1)

    def x(at: int) -> float:
        return round(_LEFT + across * at, 1) if len(weeks) > 1 else round(_LEFT + 40, 1)

    def y(rank: int) -> float:
        return _TOP + _STEP * (rank - 0.5)

    name = "narrow" if narrow else "wide"
    parts = [
        f'<svg class="rank-lines {name}" viewBox="0 0 {width} {height}" role="img" aria-label={quoteattr(title)}>',
        f'<rect class="marked" x="{x(marked) - 14}" y="4" width="28" height="{height - 8}" rx="5"/>',
    ]
    skip = 2 if narrow and len(weeks) > 5 else 1
    parts += [
        f'<text class="week" x="{x(at)}" y="20" text-anchor="middle">{week.day} {week:%b}</text>'
        for at, week in enumerate(weeks)
        if (at - marked) % skip == 0
    ]
    parts += [f'<text class="rank" x="8" y="{y(rank) + 4}">{rank}</text>' for rank in range(1, depth + 1)]
    for number, (line, label) in enumerate(zip(lines, labels, strict=True)):
        shade = f"line line-{number % 8}"
        for run in _runs(line.ranks):
            if len(run) > 1:
                points = " ".join(f"{x(at)},{y(rank)}" for at, rank in run)
                parts.append(f'<polyline class="{shade}" points="{points}"/>')
            parts += [f'<circle class="{shade}" cx="{x(at)}" cy="{y(rank)}" r="4"/>' for at, rank in run]
        ends = [(at, rank) for at, rank in enumerate(line.ranks) if rank is not None]
        if ends and ends[-1][0] == len(weeks) - 1:
            at, rank = ends[-1]
            parts.append(f'<text class="label" x="{x(at) + 10}" y="{y(rank) + 4}">{escape(label)}</text>')
    parts.append("</svg>")
    return "".join(parts)


def _runs(ranks: Sequence[int | None]) -> list[list[tuple[int, int]]]:
    """The unbroken stretches of a line."""
    runs: list[list[tuple[int, int]]] = [[]]
    for at, rank in enumerate(ranks):
        if rank is None:
            runs.append([])
        else:
            runs[-1].append((at, rank))
    return [run for run in runs if run]


def _short(label: str, longest: int) -> str:
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"
