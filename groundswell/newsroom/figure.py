"""Rank lines: how the titles of one issue came to their ranks and where they went, as SVG.

A wide and a narrow drawing of the same lines, styled by the site's stylesheet; the numbers stand in a table beside them, and the
drawing names itself for those who do not see it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

_STEP, _TOP, _BOTTOM, _LEFT, _RIGHT = 30, 34, 6, 40, 28
_TIED = 13
_SEASON = re.compile(r"(?::| -)? Season (\d+)$")


@dataclass(frozen=True)
class Line:
    """One title's ranks, week by week; None where it was not on the list or the list is not held."""

    label: str
    ranks: tuple[int | None, ...]


def rank_lines(
    title: str, weeks: Sequence[date], lines: Sequence[Line], depth: int, *, marked: int, narrow: bool
) -> str:
    """The drawing of `lines` over `weeks`.

    Every name stands once, in the row of its rank in the week numbered `marked`: to its left the ranks before, to its right
    those after, none where the title was not on the list. Long names are shortened. Text from outside is escaped.
    """
    width, most = (360, 140) if narrow else (720, 280)
    labels = [_short(line.label, most) for line in lines]
    names = max(map(_width, labels), default=0) + 22
    before, after = marked, len(weeks) - 1 - marked
    across = (width - _LEFT - names - (_RIGHT if after else 0)) / max(1, before + after)
    sharing = Counter(rank for line in lines if (rank := line.ranks[marked]) is not None)
    lowest = max((_STEP * rank + _TIED * (titles - 1) for rank, titles in sharing.items()), default=0)
    height = _TOP + max(_STEP * depth, lowest) + _BOTTOM
    start = _LEFT + across * before
    end = start + names

    def x(at: int) -> float:
        return round(start + across * (at - marked) if at <= marked else end + across * (at - marked), 1)

    def y(rank: int) -> float:
        return _TOP + _STEP * (rank - 0.5)

    rules = "".join(f"M{_LEFT - 12} {y(rank):g}H{width}" for rank in range(1, depth + 1))
    name = "narrow" if narrow else "wide"
    parts = [
        f'<svg class="rank-lines {name}" viewBox="0 0 {width} {height}" role="img" aria-label={quoteattr(title)}>',
        f'<path class="rules" d="{rules}"/>',
        f'<rect class="marked" x="{start:.1f}" y="2" width="{names:.1f}" height="{height - 4}" rx="4"/>',
        f'<text class="week" x="{(start + end) / 2:.1f}" y="20">{_day(weeks[marked])}</text>',
    ]
    skip = 1 if across > 45 else 2  # days of 45 stand side by side
    parts += [
        f'<text class="week" x="{x(at):g}" y="20">{_day(week)}</text>'
        for at, week in enumerate(weeks)
        if at != marked and (at if at < marked else len(weeks) - 1 - at) % skip == 0
    ]
    parts += [f'<text class="rank" x="{_LEFT - 18}" y="{y(rank) + 4:g}">{rank}</text>' for rank in range(1, depth + 1)]
    tied: Counter[int] = Counter()
    for number, (line, label) in enumerate(zip(lines, labels, strict=True)):
        drawn = f"line hue-{number % 5}{' dashed' if number // 5 % 2 else ''}"
        for run in _runs(line.ranks):
            came = [f"{x(at):g},{y(rank):g}" for at, rank in run if at <= marked]
            went = [f"{x(at) if at > marked else round(end, 1):g},{y(rank):g}" for at, rank in run if at >= marked]
            parts += [f'<polyline class="{drawn}" points="{" ".join(p)}"/>' for p in (came, went) if len(p) > 1]
            parts += [f'<circle class="{drawn}" cx="{x(at):g}" cy="{y(rank):g}" r="4"/>' for at, rank in run]
        if (rank := line.ranks[marked]) is not None:
            below = y(rank) + 4 + _TIED * tied[rank]
            tied[rank] += 1
            parts.append(f'<text class="label" x="{start + 11:.1f}" y="{below:g}">{escape(label)}</text>')
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


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _short(label: str, most: float) -> str:
    """`Heartstopper: Season 1` as `Heartstopper S1`, its title cut where both do not fit."""
    season = _SEASON.search(label)
    if _width(label) <= most or season is None:
        return cut(label, most)
    ending = f" S{season[1]}"
    return cut(label[: season.start()], most - _width(ending)) + ending


def cut(label: str, most: float) -> str:
    """A label in at most so much width, its end left out where it is longer."""
    if _width(label) <= most:
        return label
    while label and _width(label) > most - 8:
        label = label[:-1]
    return label.rstrip(" :,-") + "…"


def _width(text: str) -> float:
    """What a text takes at most, nearly, in the sans-serif of any system."""
    return sum(13 if east_asian_width(c) in "WF" else 9.2 if c.isupper() else 7.4 for c in text)
