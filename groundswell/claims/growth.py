"""What is asked of a series' growth: the per cent between a period and a named base, and what other bases would give.

Reads `asked`, `parts` and `withheld` (measures/series.py), and makes

    decisive    the readings up to the period, as far back as a base may reach

Which of them are taken, what is made of them, and which bases stand beside it: docs/methods.md, "Growth".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from itertools import groupby
from statistics import mean, median
from typing import Any, ClassVar

from groundswell.claims.claim import MEAN, MEDIAN, READING, Claim, Found
from groundswell.claims.quantity import found_per_cent
from groundswell.claims.unit import COUNTED
from groundswell.core.period import MONTH, Period
from groundswell.core.quantity import half_up, plain
from groundswell.core.rows import STATUS
from groundswell.core.verdict import Reason
from groundswell.measures.books import UNITS
from groundswell.measures.counter import possible
from groundswell.measures.named import name_of_measure

SMALLEST_BASE = 30
"""Of what is counted a base below this gives no per cent; below SHORTEST days of sales, the finding says so."""
SHORTEST = 28
NAMED = "the base named"
_NEAREST = timedelta(days=3)
_WIDEST = timedelta(days=62)
_BACK = 800
"""Days before the period that the bases beside the named one may reach."""
_EXACTLY = Context(prec=60)
_HUNDREDTH = Decimal("0.01")

_OF_SERIES = "r.measure = a.measure AND r.subject = a.subject AND r.territory = a.territory"
_HELD = "(SELECT *, true AS shown FROM parts UNION ALL BY NAME SELECT *, false AS shown FROM withheld)"
_DECISIVE = f"""
SELECT a.n, r.measure, r.value, r.unit, r.territory, r.first_day, r.last_day, r.title, r.season, r.subject, r.line, r.shown,
       s.snapshot_id, s.evidence
FROM asked a
JOIN {_HELD} r ON {_OF_SERIES} AND r.last_day <= a.last_day AND r.first_day >= least(a.base_first, a.first_day - {_BACK})
JOIN loads s USING (load_id)
"""
_CONTEXT = f"""
SELECT a.n, units, greatest(titles, CASE WHEN a.measure = '{UNITS}' THEN coalesce(volumes, 0) ELSE 0 END) AS titles
FROM asked a
LEFT JOIN volumes USING (subject)
LEFT JOIN (
  SELECT a.n, list_sort(list(DISTINCT r.unit)) AS units, count(DISTINCT (r.title, r.season)) AS titles
  FROM asked a JOIN {_HELD} r ON {_OF_SERIES} GROUP BY a.n
) USING (n)
"""
_UNSHOWN = ("value", "shown")


@dataclass(frozen=True)
class _Reading:
    """What all rows of one span of days say: from `low` to `high`, None without bound; `low` None could not be read."""

    period: Period
    low: Fraction | None
    high: Fraction | None
    rows: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class _Taken:
    """The value of a period or a base, from `low` to `high`, None without bound."""

    low: Fraction
    high: Fraction | None
    words: str
    readings: tuple[_Reading, ...]

    @property
    def days(self) -> int:
        """How many days it is of."""
        return (self.readings[-1].period.last - self.readings[0].period.first).days + 1


@dataclass(frozen=True)
class GrowthType:
    """The one kind of claim that compares two times of a series."""

    kind: str = "growth"
    unit: str = ""

    of_series: ClassVar[bool] = True
    needs_measure: ClassVar[bool] = True
    everywhere: ClassVar[bool] = False
    among_all: ClassVar[bool] = False
    refutes: ClassVar[bool] = False
    context: ClassVar[str] = _CONTEXT

    def steps(self) -> dict[str, str]:
        """The tables made to answer it, in order."""
        return {"decisive": _DECISIVE}

    def found(self, claim: Claim, context: Mapping[str, Any], rows: tuple[dict[str, object], ...]) -> Found:
        """The growth, and what it is on other bases; without a base these alone."""
        if not claim.measure:
            return Found(reason=Reason.VAGUE, note="the claim does not say which measure it is of")
        if context["units"] is None:
            return Found(reason=Reason.NO_DATA, note="no reading of it is held")
        if len(context["units"]) > 1 or context["units"] == [STATUS]:
            what = " and ".join(context["units"])
            return Found(
                reason=Reason.DEFINITION_DIFFERS,
                note=f"{name_of_measure(claim.measure)} is in {what}, of which there is no per cent",
            )
        return _Series(
            claim, context["units"][0], [*_readings(rows, context["titles"], claim.measure == UNITS)]
        ).found()


@dataclass(frozen=True)
class _Series:
    """The readings one claim is asked of, by their last day."""

    claim: Claim
    unit: str
    held: Sequence[_Reading]

    def found(self) -> Found:
        claim = self.claim
        now = _taken(self.held, claim.period, claim.base_as or READING)
        if isinstance(now, Found):
            return now
        beside, behind = self._sensitivity(now)
        if claim.base is None or not claim.base_as:
            note = "; ".join(
                [
                    "the words do not name the base it is against",
                    *(f"{one['says']} on {one['baseline']}" for one in beside),
                ]
            )
            return Found(reason=Reason.VAGUE, note=note, lists=behind, sensitivity=beside)
        base = self._base(claim.base, claim.base_as)
        if isinstance(base, Found):
            return Found(reason=base.reason, note=f"its base: {base.note}", lists=behind, sensitivity=beside)
        low, high = _growth(now, base)
        rows = tuple(row for taken in (base, now) for reading in taken.readings for row in _shown(reading.rows))
        return Found(low, high, note=self._in_words(now, base), rows=rows, lists=behind, sensitivity=beside)

    def _base(self, period: Period, way: str) -> _Taken | Found:
        if period.last >= self.claim.period.first:
            return Found(reason=Reason.AMBIGUOUS_PERIOD, note="it is not over when the period begins")
        before = [one for one in self.held if one.period.last < self.claim.period.first]
        taken = _taken(before, period, way)
        if isinstance(taken, Found) and way == READING and period.first == period.last:
            taken = _near(before, period.first) or taken
        if isinstance(taken, _Taken):
            smallest = SMALLEST_BASE if self.unit in COUNTED else 0
            if taken.low < smallest or taken.low <= 0:
                small = f"it is below {smallest} {self.unit}" if smallest else "it is not above 0"
                return Found(reason=Reason.VAGUE, note=f"{small}: too little for a per cent to say anything")
        return taken

    def _in_words(self, now: _Taken, base: _Taken) -> str:
        ratios = [half_up(1 + end / 100, _HUNDREDTH) for end in _growth(now, base) if end is not None]
        times = " to ".join(f"{plain(ratio):,}" for ratio in dict.fromkeys(ratios))
        said = f"{now.words} is {times} times {base.words}"
        if all(row["shown"] for taken in (now, base) for reading in taken.readings for row in reading.rows):
            said += f": {_value(now)} {self.unit} against {_value(base)}"
        if self.claim.measure == UNITS and base.days < SHORTEST:
            said += "; a base of less than four weeks"
        return said

    def _sensitivity(self, now: _Taken) -> tuple[tuple[dict[str, object], ...], tuple[dict[str, object], ...]]:
        """The growth on each base that is held out of those one might name, and the snapshots they rest on."""
        bases = dict(_bases(self.held, now.readings[-1].period, self.claim))
        named = (self.claim.base, self.claim.base_as) if self.claim.base and self.claim.base_as else None
        if named is not None and named not in bases:
            bases = {named: NAMED, **bases}
        beside, behind = [], {}
        for (period, way), words in bases.items():
            base = self._base(period, way)
            one: dict[str, object] = {"baseline": words, "base": period.as_json(), "base_as": way}
            if isinstance(base, Found):
                one |= {"found": None, "says": f"not decided ({base.note})"}
            else:
                low, high = _growth(now, base)
                exact = plain(half_up(low, Decimal("0.000001"))) if low == high else None
                one |= {"found": exact, "says": found_per_cent(low, high)}
                for row in (row for reading in (*base.readings, *now.readings) for row in reading.rows):
                    behind[row["snapshot_id"]] = {name: row[name] for name in ("snapshot_id", "evidence")}
            beside.append({**one, **({"named": True} if (period, way) == named else {})})
        return tuple(beside), tuple(behind.values())


def _readings(rows: Iterable[dict[str, object]], titles: int, additive: bool) -> Iterator[_Reading]:
    """What the rows of each span say together: the sum over titles where they add up, else all from the least to the most."""

    def span(row: Mapping[str, Any]) -> tuple[date, date]:
        return row["last_day"], row["first_day"]

    def place(row: Mapping[str, Any]) -> tuple[object, ...]:
        return *span(row), row["title"], row["season"], row["snapshot_id"], row["line"]

    for (last, first), group in groupby(sorted(rows, key=place), key=span):
        of = tuple(group)
        ends = [_ends(row) for row in of if row["value"] is not None]
        low: Fraction | None = None
        high: Fraction | None = None
        if len(ends) == len(of) and additive:
            low = sum((least for least, _ in ends), Fraction())
            high = low if len({(row["title"], row["season"]) for row in of}) == titles else None
        elif len(ends) == len(of):
            low, high = min(least for least, _ in ends), max(most for _, most in ends)
        yield _Reading(Period(first, last), low, high, of)


def _ends(row: Mapping[str, Any]) -> tuple[Fraction, Fraction]:
    """The least and the most that may stand behind a value as printed."""
    least, most = possible(row["measure"], row["value"], row["last_day"])
    return Fraction(least), Fraction(most)


def _taken(held: Sequence[_Reading], window: Period, way: str) -> _Taken | Found:
    """The last reading in the window, or the mean or the median of those that fill it."""
    inside = [one for one in held if window.first <= one.period.first and one.period.last <= window.last]
    if not inside:
        return Found(reason=Reason.NO_DATA, note=f"no reading lies in {window.in_words()}")
    if way == READING:
        inside = [one for one in inside if one.period.last == inside[-1].period.last]
    elif problem := _not_filled(held, inside, window):
        return problem
    lows = [one.low for one in inside if one.low is not None]
    if len(lows) < len(inside):
        unread = next(one for one in inside if one.low is None)
        why = (
            "could not be read"
            if all(row["shown"] for row in unread.rows)
            else "may not be shown, or could not be read"
        )
        return Found(reason=Reason.NO_DATA, note=f"the reading of {unread.period.in_words()} {why}")
    highs = [one.high for one in inside if one.high is not None]
    unbounded = len(highs) < len(inside)
    if way == READING:
        words = f"the reading of {inside[-1].period.in_words()}"
        return _Taken(min(lows), None if unbounded else max(highs), words, tuple(inside))
    of = mean if way == MEAN else median
    span = Period(inside[0].period.first, inside[-1].period.last)
    words = f"the reading of {span.in_words()}"
    if len(inside) > 1:
        each = {1: "days", 7: "weeks"}.get(_length(inside[-1].period), "readings")
        words = f"the {way} of {len(inside)} {each}, {span.in_words()}"
    return _Taken(of(lows), None if unbounded else of(highs), words, tuple(inside))


def _not_filled(held: Sequence[_Reading], inside: Sequence[_Reading], window: Period) -> Found | None:
    """Why the readings inside do not make up the window; None where each of its days lies in one."""
    day = window.first
    for one in sorted(inside, key=lambda one: one.period):
        if one.period.first < day:
            note = f"several readings are of {one.period.first.day} {one.period.first:%B %Y}"
            return Found(reason=Reason.AMBIGUOUS_PERIOD, note=note)
        if one.period.first > day:
            break
        day = one.period.last + timedelta(days=1)
    if day > window.last:
        return None
    across = next((one.period for one in held if day in one.period), None)
    if across:
        note = f"{window.in_words()} begins or ends within the reading of {across.in_words()}"
        return Found(reason=Reason.AMBIGUOUS_PERIOD, note=note)
    return Found(reason=Reason.NO_DATA, note=f"no reading is of {day.day} {day:%B %Y}")


def _near(held: Sequence[_Reading], day: date) -> _Taken | None:
    """Of a counter read on single days: the reading nearest to `day`, else the straight line between the two around it."""
    on = [one for one in held if one.period.first == one.period.last and one.low is not None]
    close = [one for one in on if abs(one.period.last - day) <= _NEAREST]
    if close:
        nearest = min(close, key=lambda one: (abs(one.period.last - day), one.period.last))
        words = f"the reading of {nearest.period.in_words()}, the nearest to {Period(day, day).in_words()}"
        return _Taken(nearest.low or Fraction(), nearest.high, words, (nearest,))
    before = next((one for one in reversed(on) if one.period.last < day), None)
    after = next((one for one in on if one.period.last > day), None)
    if before is None or after is None or after.period.last - before.period.last > _WIDEST:
        return None
    part = Fraction((day - before.period.last).days, (after.period.last - before.period.last).days)

    def between(start: Fraction, end: Fraction) -> Fraction:
        return start + (end - start) * part

    assert before.low is not None
    assert after.low is not None
    high = between(before.high, after.high) if before.high is not None and after.high is not None else None
    words = (
        f"the value interpolated for {Period(day, day).in_words()} between the readings of {before.period.in_words()} "
        f"and {after.period.in_words()}"
    )
    return _Taken(between(before.low, after.low), high, words, (before, after))


def _bases(held: Sequence[_Reading], period: Period, claim: Claim) -> Iterator[tuple[tuple[Period, str], str]]:
    """The bases one might name for a reading of `period`, with what they are called.

    They end where the named base does, so that an event between it and the period is left out of all of them, unless that is
    more than half a year before the period.
    """
    length = _length(period)
    if length == 1:
        for days, words in ((7, "the week before"), (30, "30 days before"), (365, "a year before")):
            day = period.last - timedelta(days=days)
            yield (Period(day, day), READING), f"the reading {words}" if days == 30 else f"the reading of {words}"
        return
    monthly = MONTH.is_period(period)
    if length != 7 and not monthly:
        return
    until = claim.period.first - timedelta(days=1)
    if claim.base is not None and until - claim.base.last < timedelta(days=183):
        until = min(until, claim.base.last)
    ended = [one.period for one in held if one.period.last <= until and (_length(one.period) == 7 or monthly)]
    if not ended:
        return
    each, some, many = ("month", 3, 12) if monthly else ("week", 8, 52)
    last = ended[-1]
    follows = claim.base is None or claim.base.last != last.last or last.last + timedelta(days=1) == period.first
    yield (last, READING), f"the {each} before" if follows else f"the last {each} of the base"
    when = "before" if follows else "to the end of the base"
    for count, way in ((some, MEAN), (some, MEDIAN), (many, MEAN)):
        yield (
            (Period(_back(last, count - 1, monthly).first, last.last), way),
            f"the {way} of the {count} {each}s {when}",
        )
    yield (_back(period, many, monthly), READING), f"the same {each} a year before"


def _back(period: Period, count: int, monthly: bool) -> Period:
    """The week or month so many before."""
    if not monthly:
        days = timedelta(days=7 * count)
        return Period(period.first - days, period.last - days)
    for _ in range(count):
        period = MONTH.period_of(period.first - timedelta(days=1))
    return period


def _growth(now: _Taken, base: _Taken) -> tuple[Decimal, Decimal | None]:
    """The lowest and the highest per cent that the two leave possible; None is without bound."""
    low = Decimal(-100) if base.high is None else _per_cent(now.low / base.high)
    return low, None if now.high is None else _per_cent(now.high / base.low)


def _per_cent(ratio: Fraction) -> Decimal:
    return _decimal((ratio - 1) * 100)


def _decimal(value: Fraction) -> Decimal:
    return _EXACTLY.divide(Decimal(value.numerator), Decimal(value.denominator))


def _value(taken: _Taken) -> str:
    """A value in words: `1,000`, `3,400,000 to 3,410,000`, `at least 1,000`."""
    low, high = (
        None if end is None else f"{plain(half_up(_decimal(end), _HUNDREDTH)):,}" for end in (taken.low, taken.high)
    )
    return f"at least {low}" if high is None else str(low) if low == high else f"{low} to {high}"


def _shown(rows: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Rows as a receipt may hold them: without the value where only per cents may be shown."""
    for row in rows:
        yield {name: value for name, value in row.items() if name not in _UNSHOWN or (name == "value" and row["shown"])}


def _length(period: Period) -> int:
    return (period.last - period.first).days + 1


GROWTH = GrowthType()
