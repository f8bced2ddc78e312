"""The minutes of a live event: how many viewed in each, as SVG, as a table and in words.

A wide and a narrow drawing of the same line, styled by the site's stylesheet; the line is the average audience of each minute, and
the level across it their average, the event's average minute audience.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import cached_property
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

from markupsafe import Markup

from groundswell.catalog import WORLDWIDE
from groundswell.claims.quantity import say_number
from groundswell.core.audience import LiveAudience, Peak
from groundswell.core.quantity import half_up
from groundswell.newsroom.day_lines import rule_step

_TOP, _HEIGHT, _BOTTOM, _RIGHT = 30, 190, 30, 16
_DIGIT = 7.6
_SPACINGS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440)
"""Minutes between times on the axis."""
_MOST_TIMES, _MOST_TIMES_NARROW = 10, 5
_SHORT = ((10**9, "B"), (10**6, "M"), (10**3, "K"))
_MINUTE = timedelta(minutes=1)
_MANY, _HUNDREDTH = 100, Decimal("0.01")


@dataclass(frozen=True)
class Minutes:
    """What a story shows of an event."""

    event: LiveAudience
    simulated: bool

    @property
    def average(self) -> Decimal:
        """Of all minutes: the live average minute audience of the world."""
        live = (of for of in self.event.windows if (of.window, of.territory) == ("Live", WORLDWIDE))
        return next((of.average for of in live), Decimal(0))

    @property
    def day(self) -> datetime:
        """When it began, by the clock of its zone."""
        return self._clock(self.event.live_from)

    @cached_property
    def said(self) -> str:
        """The line in words."""
        minutes = self.event.minutes
        most = max(minutes)
        peak = next((of for of in self.event.peaks if of.territory == WORLDWIDE), None)
        streams = f" Streams peaked at {_words(peak.streams)} at {self._second(peak)}." if peak else ""
        return (
            f"{_words(minutes[0])} in the first minute, most in that from {self._clock(self._at(minutes.index(most))):%H:%M} "
            f"({_words(most)}), {_words(minutes[-1])} in the last; {_words(self.average)} on average.{streams}"
        )

    @property
    def heading(self) -> str:
        """`Average audience of each minute of X, live and worldwide, 16 May 2026, 22:00 to 22:05 (Europe/London)`."""
        begins, ends = self.day, self._clock(self.event.live_to)
        return (
            f"Average audience of each minute of {self.event.title}, live and worldwide, {begins.day} {begins:%B %Y}, "
            f"{begins:%H:%M} to {ends:%H:%M} ({self.event.zone})"
        )

    @property
    def any_beacon(self) -> str:
        """What the average would be by the other minute rule."""
        return _words(self.event.any_beacon)

    def rows(self) -> Iterator[tuple[int, str, str]]:
        """Each minute: its number, when it began, and its audience."""
        to = 1 if max(self.event.minutes) >= _MANY else _HUNDREDTH
        for n, value in enumerate(self.event.minutes):
            yield n + 1, f"{self._clock(self._at(n)):%H:%M}", f"{half_up(value, to):,}"

    def figure(self, *, narrow: bool) -> Markup:
        """The line."""
        return Markup(self._drawn(narrow=narrow))  # escapes its title

    def _drawn(self, *, narrow: bool) -> str:
        minutes = self.event.minutes
        width = 360 if narrow else 720
        most = max(1, int(max(minutes).to_integral_value(ROUND_CEILING)))
        step = rule_step(most)
        rules = range(0, most + step, step)
        left = 12 + _DIGIT * max(len(_short(value, step)) for value in rules)
        across = (width - left - _RIGHT) / len(minutes)

        def x(minute: float) -> float:
            return round(left + across * minute, 1)

        def y(value: Decimal | int) -> float:
            return round(_TOP + _HEIGHT * (1 - float(value) / rules[-1]), 1)

        said = f"{'Simulated. ' if self.simulated else ''}{self.heading}. {self.said}"
        shape = f'class="day-lines {"narrow" if narrow else "wide"}" viewBox="0 0 {width} {_TOP + _HEIGHT + _BOTTOM}"'
        ruled = "".join(f"M{left:g} {y(value):g}H{width}" for value in rules)
        points = " ".join(f"{x(n + 0.5):g},{y(value):g}" for n, value in enumerate(minutes))
        begins, ends = f"{x(0.5):g},{y(0):g}", f"{x(len(minutes) - 0.5):g},{y(0):g}"
        highest = minutes.index(max(minutes))
        parts = [
            f'<svg {shape} role="img" aria-label={quoteattr(said)}>',
            f'<path class="rules" d="{ruled}"/>',
            f'<text class="mark" x="{width}" y="14">◇ simulated</text>' if self.simulated else "",
            *(f'<text class="tick" x="{left - 6:g}" y="{y(v) + 4:g}">{_short(v, step)}</text>' for v in rules),
            *(
                f'<text class="day" x="{x(n):g}" y="{_TOP + _HEIGHT + 22}">{time}</text>'
                for n, time in self._times(_MOST_TIMES_NARROW if narrow else _MOST_TIMES)
            ),
            f'<polygon class="area" points="{begins} {points} {ends}"/>',
            f'<path class="level" d="M{left:g} {y(self.average):g}H{width - _RIGHT:g}"/>',
            f'<polyline class="line hue-0" points="{points}"/>',
            f'<circle class="line hue-0" cx="{x(highest + 0.5):g}" cy="{y(minutes[highest]):g}" r="3.5"/>',
            "</svg>",
        ]
        return "".join(parts)

    def _times(self, most: int) -> Iterator[tuple[int, str]]:
        """The minutes that are named on the axis, by their number and the clock: whole hours and parts of one."""
        spacing = next((one for one in _SPACINGS if len(self.event.minutes) / one <= most), _SPACINGS[-1])
        for n in range(len(self.event.minutes)):
            at = self._clock(self._at(n))
            if (at.hour * 60 + at.minute) % spacing == 0:
                yield n, f"{at:%H:%M}"

    def _at(self, minute: int) -> datetime:
        return self.event.live_from + minute * _MINUTE

    def _clock(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.event.zone))

    def _second(self, peak: Peak) -> str:
        return f"{self._clock(peak.at):%H:%M:%S}"


def _short(value: int, step: int) -> str:
    """`30M`, `1,500` and 0: as on an axis."""
    scale, letter = next(((scale, letter) for scale, letter in _SHORT if step >= scale), (1, ""))
    return f"{value // scale:,}{letter if value else ''}"


def _words(value: Decimal) -> str:
    """To three digits: `33.6 million`."""
    if not value:
        return "nobody"
    step = Decimal(1).scaleb(max(-1, value.adjusted() - 2))
    return say_number(half_up(value, step), step)
