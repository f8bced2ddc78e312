"""The comparison: is what was found inside what the words allow, outside, or could it be either."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Protocol

from groundswell.catalog import WORLDWIDE, name_of
from groundswell.claims.ask import TYPES, ask
from groundswell.claims.claim import Claim, Found, Judged
from groundswell.claims.quantity import found_per_cent, names_list, say, say_number, say_position, unit_after
from groundswell.claims.unit import UNITS
from groundswell.core.audience import MINUTES
from groundswell.core.errors import UsageError
from groundswell.core.origin import Evidence, weakest
from groundswell.core.protocol import Engine
from groundswell.core.quantity import half_up
from groundswell.core.verdict import Reason, Verdict
from groundswell.measures.named import name_of_measure

_THOUSANDTH, _HUNDREDTH, _HUNDRED = Decimal("0.001"), Decimal("0.01"), 100
EVERYWHERE = "*"
"""The territory of a claim that counts territories."""


class Names(Protocol):
    """What people call subjects and charts."""

    def name_of(self, subject: str) -> str:
        """A subject's name."""

    def title_of(self, chart: str) -> str:
        """A chart's title."""

    def is_all_time(self, chart: str) -> bool:
        """Whether a chart's figures are of more than its periods."""


def judge(engine: Engine, claims: Sequence[Claim], names: Names) -> list[Judged]:
    """A verdict for each claim, in their order, explained with these `names`.

    Supported only when every value the data leaves possible would be stated so, rounded or cut; refuted only when none would.
    """
    for claim in claims:
        if claim.kind not in TYPES:
            raise UsageError(f"no claim kind '{claim.kind}'; known: {', '.join(TYPES)}")
    return [
        _judged(claim, _of_something_else(claim, names) or found, names)
        for claim, found in zip(claims, ask(engine, claims), strict=True)
    ]


def _of_something_else(claim: Claim, names: Names) -> Found | None:
    """What is said where the words name another list than the claim's, or would add up figures that are of all time."""
    note = ""
    if claim.kind == "listed" and not names_list(claim.stated.measure, names.title_of(claim.chart)):
        said = claim.stated.text or say(claim.stated)
        note = f"the words say '{said}', and the list is {names.title_of(claim.chart)}"
    if claim.kind in ("total", "change") and names.is_all_time(claim.chart):
        note = "its figures are of each title's first days, not of the issue's period, and are not added up or compared by issue"
    return Found(reason=Reason.DEFINITION_DIFFERS, note=note) if note else None


def _judged(claim: Claim, found: Found, names: Names) -> Judged:
    truncated = False
    allowed, cut, either = claim.stated.allows(), claim.stated.cut(), claim.stated.either()
    low, high = found.low, found.high
    if claim.stated.hedge == 0 and claim.stated.step == 1 and not claim.stated.is_rounded:
        low, high = _nearest(low), None if high is None else _nearest(high)
    if found.reason is not None:
        verdict = Verdict.UNDECIDABLE
    elif found.absent:
        verdict = Verdict.REFUTED if TYPES[claim.kind].refutes else Verdict.UNDECIDABLE
    elif allowed.holds(low, high):
        verdict = Verdict.SUPPORTED
    elif cut is not None and either is not None and either.holds(low, high):
        verdict, truncated = Verdict.SUPPORTED, cut.holds(low, high)
    elif allowed.misses(low, high) and (cut is None or cut.misses(low, high)):
        verdict = Verdict.REFUTED
    else:
        verdict = Verdict.UNDECIDABLE
    explain = partial(_explain, claim, found, truncated, names)
    if verdict is Verdict.UNDECIDABLE and found.reason is None:
        found = replace(found, reason=Reason.NO_DATA)
    rests_on = [*found.rows, *found.lists]
    evidence = weakest(Evidence(str(row["evidence"])) for row in rests_on)
    snapshots = tuple(sorted({str(row["snapshot_id"]) for row in rests_on}))
    return Judged(claim, verdict, found, evidence, explain, truncated, snapshots)


def _nearest(value: Decimal) -> Decimal:
    """A figure that is kept unrounded, as it is stated in ones."""
    return value if value == value.to_integral_value() else half_up(value)


def _explain(claim: Claim, found: Found, truncated: bool, names: Names) -> str:
    subject = names.name_of(claim.subject)
    if claim.versus:
        subject = f"{subject} against {names.name_of(claim.versus)}"
    territory = "" if claim.territory in (EVERYWHERE, WORLDWIDE) else f", {name_of(claim.territory)}"
    of = f" in {names.title_of(claim.chart)}" if claim.chart else f", {name_of_measure(claim.measure)}"
    where = f"{subject}{of}{territory}"
    when = claim.period.in_words()
    missing = ""
    if found.missing:
        named = ", ".join(found.missing[:5]) + (f" and {len(found.missing) - 5} more" if len(found.missing) > 5 else "")
        missing = f"; not held: {named}"
    if found.absent:
        return f"{where}, {when}: {found.note}"
    if found.reason is not None:
        return f"{where}, {when}: {found.note or 'nothing is held that decides it'}{missing}"
    value = _found_words(claim, found)
    note = f" ({found.note})" if found.note else ""
    cut = ", digits cut off, not rounded" if truncated else ""
    return f"{where}, {when}: found {value}{note}{cut}{missing}"


def _found_words(claim: Claim, found: Found) -> str:
    unit = UNITS[claim.kind]
    if unit.named:
        name = say(claim.stated)
        return f"both {name} and not" if found.low != found.high else name if found.low else f"not {name}"
    if unit.percent:
        return found_per_cent(found.low, found.high)
    if unit.position:
        place = say_position(int(found.low), claim.measure)
        since = claim.stated.since
        return (
            ("" if found.high is not None else "at best ")
            + place
            + (f" since {since.day} {since:%B %Y}" if since else "")
        )
    if claim.kind == "multiple":
        than = "" if claim.versus else " as in the issue before"
        return f"{say_number(half_up(found.low, _HUNDREDTH), _HUNDREDTH)} {unit_after(claim.kind, found.low, claim.measure)}{than}"
    if claim.kind == "comparison":
        more = "fewer" if found.low < 0 else "more"
        return f"{say_number(abs(found.low))} {more} {UNITS[claim.measure].after[0]}"
    before, measure = unit.before[0], claim.stated.measure
    if unit.windowed:
        step = _said_to(claim, found.low)
        found = replace(found, low=half_up(found.low, step), high=found.high and half_up(found.high, step))
    low = before + _in_full(found.low)
    if found.high is None:
        return f"at least {low} {unit_after(claim.kind, found.low, measure)}".strip()
    to = "" if found.low == found.high else f" to {before}{_in_full(found.high)}"
    if found.out_of:
        return f"{low}{to}% of {found.out_of}"
    return f"{low}{to} {unit_after(claim.kind, found.high, measure)}".strip().replace(" %", "%")


def _said_to(claim: Claim, value: Decimal) -> Decimal:
    """To what an audience is said: from a hundred up people are whole, unless the words themselves part them."""
    whole = value >= _HUNDRED and MINUTES not in claim.stated.measure and claim.stated.step >= 1
    return Decimal(1) if whole else _THOUSANDTH


def _in_full(value: Decimal) -> str:
    """A value with all its digits."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return say_number(value, Decimal(1).scaleb(min(0, exponent)))
