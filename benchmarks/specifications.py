"""Numbers read beside the specifications of others: Microsoft's Recognizers-Text, English, and quantulum3 on the same texts.

`python -m benchmarks.specifications` prints the table of docs/benchmarks.md; with `-v` every reading that is not right.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import sqrt
from pathlib import Path
from typing import Any

from groundswell.checker.numbers import numbers
from groundswell.checker.numeral import Form
from groundswell.checker.text import tokens
from groundswell.checker.weeks import dates
from groundswell.claims.quantity import HEDGES, Interval

MODELS = {"NumberModel": "number", "NumberRangeModel": "range", "OrdinalModel": "ordinal", "PercentModel": "percent"}
DISPUTED = {
    "1m isn't a number.": "the press writes 1m for a million",
    "How about more than 2 in 5": "two in five is a share, and the specification reads `more than 2`",
    " 100 millionths": "its own reading of `a hundred trillionths` is a fraction",
    " two millionth": "its own ordinals read `two hundredth` as 200th",
}
"""Texts whose specification we hold to be wrong → why. They are counted apart, neither right nor wrong."""
UNREAD = (
    ("powers", r"\^|\de[+-]?\d", "not met in press texts"),
    (
        "signs of comparison, `or equal`",
        r"[<>]|or equal|equal or|equal to \d+ or|equal to 6000",
        "not met in press texts",
    ),
    ("`from A to B`", r"from .* to ", "a move from one figure to another: both are read, and no range"),
    ("`up to N`", r"up to", "a rise or a bound"),
    ("comparison with an ordinal", r"than the", "no such claim is read"),
    ("`per cent of N`", r"(?:percents?|cent) of", "a share of N rather than N per cent"),
    (
        "days, codes, lists and telephone numbers",
        r"\d[./]\d+[./]|\d-\d|SCP-|\d,\d\d,|three-|423 ",
        "parts of something else",
    ),
    ("decimal comma", r"\d,\d+\.?$", "`1,3` may be two numbers"),
    ("letters for a scale", r"\d ?[Gk]\b|\d M\b|doz|dz", "`5G`, `10 k` and `3 M` are other things in the press"),
    (
        "fractions of compound numbers",
        r"\w+ths?\b|\w+ieth|firsts?\b|three quarters|hundreds",
        "where numerator and denominator meet is open",
    ),
    ("two numbers joined by `and` or a blank", r"\band\b|4 thousand 3", "one number or two"),
    ("`N over M`", r" over \d", "a division, or so many over so many years"),
    ("spaced minus", r"^- ", "a dash or a minus"),
)
"""Forms left unread: their name, how they are known in a text, and the reason."""
_KINDS = {
    **dict.fromkeys((Form.CARDINAL, Form.MONEY, Form.FRACTION), "number"),
    Form.ORDINAL: "ordinal",
    Form.PERCENT: "percent",
    Form.RANGE: "range",
}


@dataclass(frozen=True)
class Reading:
    """Characters `start` to `end` read as a number of some kind, worth `value`, and the values its words allow."""

    start: int
    end: int
    kind: str
    value: Decimal
    within: Interval
    bounded: bool
    """Whether it is hedged, or a range."""


@dataclass(frozen=True)
class Outcome:
    """What came of one number a specification states, or of one (`invented`) that it does not."""

    model: str
    text: str
    stated: str
    gold: str
    came: str
    """right, wrong, invented, unread or disputed"""
    read: str = ""


def ours(text: str) -> list[Reading]:
    """What Groundswell reads in `text`, its days and years aside."""
    of = tokens(text)
    taken = {at for dated in dates(of, None) for at in range(dated.first, dated.last)}
    found = []
    for number in numbers(of, taken):
        if number.form is Form.UNREAD:
            continue
        point = Interval(number.value, number.value)
        hedged = HEDGES[number.hedge].allows(number.value, number.step) if number.hedge else point
        within = number.within or hedged
        start, end = of[number.first].start, of[number.last - 1].end
        found.append(
            Reading(start, end, _KINDS[number.form], number.value, within, bool(number.hedge or number.within))
        )
    return found


def quantulums(text: str) -> list[Reading]:
    """What quantulum3 reads in `text`. It says no more than a value, a unit and, for a range, half its width."""
    from quantulum3 import parser

    found = []
    for quantity in parser.parse(text):
        value, half = Decimal(str(quantity.value)), Decimal(str(quantity.uncertainty or 0))
        kind = "percent" if quantity.unit.name == "percentage" else "range" if half else "number"
        within = Interval(value - half, value + half)
        start, end = quantity.span
        found.append(Reading(start, end, kind, value, within, bool(half)))
    return found


def outcomes(folder: Path, read: Callable[[str], Sequence[Reading]]) -> list[Outcome]:
    """What comes of every number of the specifications in `folder`, and of every number read where they state none."""
    found: list[Outcome] = []
    for model, kind in MODELS.items():
        for case in json.loads((folder / f"{model}.json").read_text(encoding="utf-8-sig")):
            try:
                readings = list(read(case["Input"]))
            except ImportError:
                raise
            except Exception as broken:  # a reader of others that breaks has read nothing
                if read is ours:
                    raise
                print(f"{case['Input']!r}: {broken!r}", file=sys.stderr)
                readings = []
            found += _of_case(model, kind, case, readings)
    return found


def _of_case(model: str, kind: str, case: dict[str, Any], readings: Sequence[Reading]) -> Iterator[Outcome]:
    text, golds = case["Input"], [one for one in case.get("Results", ()) if _stated(one) is not None]
    disputed = text in DISPUTED
    for gold in golds:
        over = [one for one in readings if one.start <= gold["End"] and gold["Start"] < one.end]
        if kind == "ordinal":
            over = [one for one in over if one.kind == "ordinal"]
        stated = _stated(gold)
        assert stated is not None
        came = "disputed" if disputed else _came(kind, gold["Text"], stated, over)
        read = ", ".join(f"{text[one.start : one.end]!r} as {one.value}" for one in over)
        yield Outcome(model, text, gold["Text"], stated, came, read)
    for one in readings:
        of_kind = one.kind == kind or (kind == "range" and one.bounded)
        if of_kind and not any(one.start <= gold["End"] and gold["Start"] < one.end for gold in golds):
            read = f"{text[one.start : one.end]!r} as {one.value}"
            yield Outcome(model, text, text[one.start : one.end], "", "disputed" if disputed else "invented", read)


def _stated(gold: dict[str, Any]) -> str | None:
    """The value a specification states; None for `last`, `next` and the like, which are no numbers."""
    value = (gold.get("Resolution") or {}).get("value")
    return None if value in (None, "null") or gold["TypeName"] == "ordinal.relative" else str(value)


def _came(kind: str, words: str, stated: str, over: Sequence[Reading]) -> str:
    if not over:
        return "unread"
    if kind == "range":
        low, high = _ends(stated)
        bare = {(one.value, one.value) for one in over if not one.bounded}
        if words.lower().startswith("from ") and bare == {(low, low), (high, high)}:
            return "unread"  # from one to the other is a move: both ends are read, and no range
        return "right" if len(over) == 1 and _same(over[0].within, stated) else "wrong"
    (first, *more) = over
    value = Decimal(stated.rstrip("%"))
    near = abs(first.value - value) <= abs(value) * Decimal("1e-12")
    return "right" if near and not more and first.kind == kind else "wrong"


def _same(within: Interval, stated: str) -> bool:
    """Whether two intervals are one. `between 20 and 30` is [20,30) to the specification: the press means 30 too."""
    low, high = _ends(stated)
    low_open, high_open = stated.startswith("("), stated.endswith(")")
    both = low is not None and high is not None
    return (
        (within.low, within.high) == (low, high)
        and (low is None or within.low_open == low_open)
        and (high is None or within.high_open == high_open or (both and not low_open and high_open))
    )


def _ends(stated: str) -> tuple[Decimal | None, Decimal | None]:
    low, _, high = stated.strip("[]()").partition(",")
    try:
        return (Decimal(low) if low else None), (Decimal(high) if high else None)
    except InvalidOperation:
        return None, None


def form_of(unread: Outcome) -> str:
    """The form of what was left unread; empty when it is none of those listed."""
    texts = unread.stated, unread.text
    return next((name for name, pattern, _ in UNREAD for text in texts if re.search(pattern, text)), "")


def wilson(part: int, whole: int) -> str:
    """The 95% interval of a share, in per cent."""
    if not whole:
        return "–"
    z, share = 1.96, part / whole
    middle, width = share + z * z / (2 * whole), z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    low, high = ((middle + sign * width) / (1 + z * z / whole) for sign in (-1, 1))
    return f"[{100 * max(0.0, low):.1f}%, {100 * min(1.0, high):.1f}%]"


def table(measured: dict[str, list[Outcome]]) -> Iterator[str]:
    """The outcomes of several readers, as Markdown."""
    yield "| reader | specification | stated | read right | wrong | invented | wrong of all read | unread |"
    yield "|---|---|---|---|---|---|---|---|"
    for reader, found in measured.items():
        for model in (*MODELS, "all"):
            came = Counter(one.came for one in found if model in (one.model, "all"))
            wrong = came["wrong"] + came["invented"]
            read = came["right"] + wrong
            yield (
                f"| {reader} | {model} | {came['right'] + came['wrong'] + came['unread']} | {came['right']} | {came['wrong']} | "
                f"{came['invented']} | {wrong} of {read} {wilson(wrong, read)} | {came['unread']} |"
            )


def unread_table(found: Sequence[Outcome]) -> Iterator[str]:
    """How many numbers of each form are left unread, and why, as Markdown."""
    counted = Counter(form_of(one) for one in found if one.came == "unread")
    yield "| left unread | numbers | because |"
    yield "|---|---|---|"
    for name, _, why in sorted(UNREAD, key=lambda form: -counted[form[0]]):
        yield f"| {name} | {counted[name]} | {why} |"


def main() -> None:
    """Print the table, with -v what was not read right."""
    from benchmarks.data import shared_data

    data = shared_data()
    if data is None:
        raise SystemExit("the folder of real data is not there; set GROUNDSWELL_SHARED_DATA")
    measured = {"Groundswell": outcomes(data.parent / "numbers", ours)}
    try:
        measured["quantulum3"] = outcomes(data.parent / "numbers", quantulums)
    except ImportError:
        print("quantulum3 is not installed: pip install quantulum3 to measure it beside", file=sys.stderr)
    print("\n".join(table(measured)))
    print("\n".join(unread_table(measured["Groundswell"])))
    if "-v" in sys.argv:
        for one in measured["Groundswell"]:
            if one.came != "right":
                print(f"{one.came:9} {one.model:17} {one.text!r} {one.stated!r} = {one.gold}: {one.read}")


if __name__ == "__main__":
    main()
