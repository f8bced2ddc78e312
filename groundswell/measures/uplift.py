"""How much a series rose at an event, and how often it and its peers rise so without one.

It describes and ranks; it never says what caused anything. Definition and origin: docs/methods.md, "Uplift".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from groundswell.core.errors import InputError
from groundswell.core.origin import Evidence, weakest
from groundswell.core.period import MONTH, Period
from groundswell.core.protocol import Engine
from groundswell.measures.books import UNITS

WINDOWS = {"week": (8, 4), "day": (21, 7), "month": (6, 3)}
"""How many readings before the event are compared with how many from it on."""
RARE = Fraction(1, 10)
"""A rank this rare, in time and among titles, is more than its peers'."""
_AS_HIGH = 1 - 1e-12
"""A rise counts as high as another that differs in the last digits of a float alone."""

_READINGS = f"""
SELECT p.subject, p.unit, p.first_day, p.last_day, sum(p.value) AS value, list(DISTINCT s.evidence) AS evidence
FROM (SELECT * FROM parts UNION ALL BY NAME SELECT * FROM withheld) p
JOIN loads s USING (load_id)
JOIN (
  SELECT subject, unit, count(DISTINCT (title, season)) AS titles
  FROM (SELECT * FROM parts UNION ALL BY NAME SELECT * FROM withheld) WHERE measure = $1 AND territory = $2 GROUP BY ALL
) t USING (subject, unit)
WHERE p.measure = $1 AND p.territory = $2
GROUP BY p.subject, p.unit, p.first_day, p.last_day
HAVING count(p.value) = count(*) AND count(*) = CASE WHEN $1 = '{UNITS}' THEN any_value(t.titles) ELSE 1 END
ORDER BY p.subject, p.unit, p.first_day
"""


@dataclass(frozen=True)
class Series:
    """One title's readings in one unit, each of a day, week or month; its evidence is the weakest of theirs."""

    unit: str
    values: Mapping[Period, Decimal]
    evidence: Evidence


@dataclass(frozen=True)
class Rank:
    """The place of a rise among `placebos` others, 1 the highest; equal ones count against it."""

    place: int
    placebos: int

    @property
    def p(self) -> Fraction:
        """How rare such a place is: never less than 1 in all of them, itself included."""
        return Fraction(self.place, self.placebos + 1)


@dataclass(frozen=True)
class Uplift:
    """What a series did at an event, against what it did before and what others did."""

    before: Period
    after: Period
    per_cent: Fraction
    in_time: Rank
    among_titles: Rank
    evidence: Evidence

    @property
    def wording(self) -> str:
        """The strongest words the evidence bears."""
        if self.per_cent <= 0:
            return "did not rise"
        rare = self.in_time.p < RARE and self.among_titles.p < RARE
        return "rose more than its peers" if rare else "rose; it coincided with the event"


def territories_of(engine: Engine, measure: str, subject: str) -> list[str]:
    """Where a subject has readings of a measure."""
    both = "(SELECT * FROM parts UNION ALL BY NAME SELECT * FROM withheld)"
    asked = f"SELECT DISTINCT territory FROM {both} WHERE measure = ? AND subject = ? ORDER BY territory"
    return [str(one) for one in engine.query(asked, [measure, subject]).column(0).to_pylist()]


def series(engine: Engine, measure: str, territory: str) -> dict[str, Series]:
    """Each title's series of a measure, those that may only be grown from included; of several units the one read most often."""
    found: dict[str, Series] = {}
    of: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in engine.query(_READINGS, [measure, territory]).to_pylist():
        of.setdefault((row["subject"], row["unit"]), []).append(row)
    for (subject, unit), rows in of.items():
        if subject not in found or len(rows) > len(found[subject].values):
            evidence = weakest(Evidence(one) for row in rows for one in row["evidence"]) or Evidence.SIMULATED  # type: ignore[attr-defined]
            values = {Period(row["first_day"], row["last_day"]): row["value"] for row in rows}  # type: ignore[arg-type]
            found[subject] = Series(unit, values, evidence)  # type: ignore[arg-type]
    return found


def uplift(of: Mapping[str, Series], subject: str, event: date, smallest: int = 0) -> Uplift:
    """The rise of `subject` at `event`, ranked against its own earlier readings and against the other titles.

    A rise from a mean below `smallest`, or from 0, is none: it is not asked of the title and ranks no other. `InputError` says
    which readings are missing.
    """
    own = of[subject]
    length, known = _known(own.values, event)
    back, on = WINDOWS[length]
    at = known.index(next(period for period in known if period.last >= event))
    before, after = known[max(0, at - back) : at], known[at : at + on]
    for wanted, held, which in ((back, before, "before"), (on, after, "from")):
        if len(held) < wanted or any(period not in own.values for period in held):
            lacking = next((period for period in held if period not in own.values), None)
            why = f"no reading is of {lacking.in_words()}" if lacking else f"{len(held)} are held"
            other = "a later" if which == "before" else "an earlier"
            raise InputError(
                f"{wanted} {length}s {which} {event} are compared, and {why}: load the readings that are missing, or name "
                f"{other} event"
            )
    base, now = (
        sum((Fraction(own.values[period]) for period in window), Fraction()) / len(window) for window in (before, after)
    )
    if base < smallest or base <= 0:
        raise InputError(
            f"the {back} {length}s before {event} are below {max(smallest, 1)} in the mean: too little for a per cent; name "
            "another event, or a series of more"
        )
    rise = (now / base - 1) * 100
    ratios = _ratios(own.values, known, back, on, smallest)
    earlier = ratios[: max(0, at - on + 1)]
    rises = [
        _ratios(other.values, known, back, on, smallest)[at]
        for name, other in of.items()
        if other.unit == own.unit and name.partition("/")[0] != subject.partition("/")[0]
    ]
    return Uplift(
        Period(before[0].first, before[-1].last),
        Period(after[0].first, after[-1].last),
        rise,
        _rank(ratios[at], earlier),
        _rank(ratios[at], np.array(rises)),
        weakest([own.evidence, *(other.evidence for other in of.values() if other.unit == own.unit)]) or own.evidence,
    )


def _known(values: Mapping[Period, Decimal], event: date) -> tuple[str, list[Period]]:
    """How long the readings around an event are, and all periods of that length from the first reading to the last."""
    near = min(values, key=lambda period: abs(period.last - event))
    length = _length(near)
    if length is None:
        raise InputError(
            f"a reading of {near} is of no day, week or month: load readings of days, weeks or months, which alone are compared"
        )
    alike = sorted(period for period in values if _length(period) == length)
    known, step = [], alike[0]
    while step.last <= alike[-1].last:
        known.append(step)
        first = step.last + timedelta(days=1)
        step = MONTH.period_of(first) if length == "month" else Period(first, first + (step.last - step.first))
    if not known[0].first <= event <= known[-1].last:
        raise InputError(
            f"the readings held are from {known[0].first} to {known[-1].last}, and {event} is not among them: name a day that "
            "is, or load the readings around it"
        )
    return length, known


def _length(period: Period) -> str | None:
    return "month" if MONTH.is_period(period) else {1: "day", 7: "week"}.get((period.last - period.first).days + 1)


def _ratios(
    values: Mapping[Period, Decimal], known: Sequence[Period], back: int, on: int, smallest: int
) -> npt.NDArray[np.float64]:
    """For an event at each period: the mean from it on over the mean before it; NaN where a reading is missing or too small."""
    read = np.array([float(values[period]) if period in values else np.nan for period in known])
    ratios = np.full(len(known), np.nan)
    if len(known) >= back + on:
        before = np.lib.stride_tricks.sliding_window_view(read, back)[: len(known) - back - on + 1].mean(axis=1)
        after = np.lib.stride_tricks.sliding_window_view(read, on)[back:].mean(axis=1)
        usable = before >= max(smallest, np.finfo(np.float64).tiny)
        ratios[back : len(known) - on + 1][usable] = after[usable] / before[usable]
    return ratios


def _rank(rise: float, placebos: npt.NDArray[np.float64]) -> Rank:
    held = placebos[~np.isnan(placebos)]
    return Rank(1 + int(np.count_nonzero(held >= rise * _AS_HIGH)), len(held))
