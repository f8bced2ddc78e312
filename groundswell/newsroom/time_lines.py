"""Time lines: readings of a few subjects over a span of days, an event marked among them, as SVG.

A wide and a narrow drawing of the same readings, styled by the site's stylesheet. Points are readings; a line only joins them, and
breaks where a reading could not be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from groundswell.core.period import Period
from groundswell.core.quantity import plain
from groundswell.newsroom.day_lines import apart
from groundswell.newsroom.figure import cut

_TOP, _HEIGHT, _BOTTOM, _RIGHT = 44, 210, 28, 30
_DIGIT = 7.6
_MOST_RULES = 5
_EVERY = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820)
_MOST_POINTS = 60
"""Of more readings the line alone is drawn."""
_SCALES = ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "K"))

Reading = tuple[date, Decimal | None]


@dataclass(frozen=True)
class Event:
    """A day, and what happened then."""

    day: date
    label: str


def time_lines(
    title: str, lines: Sequence[Sequence[Reading]], span: Period, event: Event | None, *, narrow: bool, simulated: bool
) -> str:
    """The drawing of `lines` over the days of `span`, from zero up. `title` names it for those who do not see it."""
    width = 360 if narrow else 720
    most = max((value for line in lines for _, value in line if value is not None), default=Decimal(0))
    step = nice_step(most)
    rules = [step * count for count in range(max(1, ceil(most / step)) + 1)]
    left = 12 + _DIGIT * max(len(short(rule)) for rule in rules)
    days = max(1, (span.last - span.first).days)

    def x(day: date) -> float:
        return round(left + 14 + (width - left - 14 - _RIGHT) * (day - span.first).days / days, 1)

    def y(value: Decimal) -> float:
        return round(_TOP + _HEIGHT * float(1 - value / rules[-1]), 1)

    height = _TOP + _HEIGHT + _BOTTOM
    shape = f'class="time-lines {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg {shape} role="img" aria-label={quoteattr(title)}>',
        f'<path class="rules" d="{"".join(f"M{left:g} {y(rule):g}H{width}" for rule in rules)}"/>',
    ]
    if simulated:
        parts.append(f'<text class="mark" x="{width}" y="14">◇ simulated</text>')
    parts += [f'<text class="tick" x="{left - 6:g}" y="{y(rule) + 4:g}">{short(rule)}</text>' for rule in rules]
    parts += [f'<text class="day" x="{x(day):g}" y="{height - 6}">{said}</text>' for day, said in _days(span, narrow)]
    if event is not None:
        at = x(event.day)
        before = at > (left + width) / 2
        room = (at - left if before else width - at) - 10
        label = f'class="event{" before" if before else ""}" x="{at - 5 if before else at + 5:g}" y="{_TOP - 8}"'
        parts.append(f'<path class="event" d="M{at:g} {_TOP - 18}V{_TOP + _HEIGHT}"/>')
        parts.append(f"<text {label}>{escape(cut(event.label, room))}</text>")
    for number, line in enumerate(lines):
        drawn = f"line hue-{number} dash-{number}"
        for run in _runs(line):
            points = " ".join(f"{x(day):g},{y(value):g}" for day, value in run)
            parts.append(f'<polyline class="{drawn}" points="{points}"/>')
            if len(line) <= _MOST_POINTS or len(run) == 1:
                parts += [f'<circle class="{drawn}" cx="{x(day):g}" cy="{y(value):g}" r="3.5"/>' for day, value in run]
    if len(lines) > 1:
        last = {number: run[-1] for number, line in enumerate(lines) for run in _runs(line)}
        for number, down in apart({number: y(value) + 4 for number, (_, value) in last.items()}).items():
            parts.append(
                f'<text class="end hue-{number}" x="{x(last[number][0]) + 10:g}" y="{down:g}">{number + 1}</text>'
            )
    parts.append("</svg>")
    return "".join(parts)


def nice_step(most: Decimal) -> Decimal:
    """The distance of at most six rules up to `most`: 1, 2 or 5 times a power of ten."""
    if most <= 0:
        return Decimal(1)
    least = most / _MOST_RULES
    ten = Decimal(1).scaleb(least.adjusted())
    return next(ten * times for times in (1, 2, 5, 10) if ten * times >= least)


def short(value: Decimal) -> str:
    """A number on a scale: `3.5M`, `100K`, `9,000`, `0.5`."""
    if value >= 10_000:
        scale, sign = next((scale, sign) for scale, sign in _SCALES if value >= scale)
        return f"{plain(value / scale):,}{sign}"
    return f"{plain(value):,}"


def _days(span: Period, narrow: bool) -> list[tuple[date, str]]:
    """The days that are named below, alike far apart, and how."""
    length, most = (span.last - span.first).days, 4 if narrow else 8
    every = next((every for every in _EVERY if length / every < most), _EVERY[-1])
    days = [span.first + timedelta(days=count * every) for count in range(length // every + 1)]
    return [(day, f"{day:%b %Y}" if length > 300 else f"{day.day} {day:%b}") for day in days]


def _runs(line: Sequence[Reading]) -> list[list[tuple[date, Decimal]]]:
    """The stretches of a line without a reading that could not be read."""
    runs: list[list[tuple[date, Decimal]]] = [[]]
    for day, value in line:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((day, value))
    return [run for run in runs if run]
