"""Quantities in words: one table (claims/unit.py) that is both read and said, so that `read(say(q)) == q`.

What each wording allows is docs/methods.md, "What a stated number allows".
"""

import re
from calendar import month_name
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from groundswell.catalog.identity import slug
from groundswell.claims.unit import COUNTED, FALLING, FOLD, MOST, ONE_OF, SHORT, UNITS, Unit
from groundswell.claims.window import apart, take_window, within
from groundswell.core.errors import InputError
from groundswell.core.period import read_day
from groundswell.core.quantity import half_up, plain


@dataclass(frozen=True)
class Interval:
    """Every value from `low` to `high`; None is without bound, an open end is not itself included."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def holds(self, low: Decimal, high: Decimal | None) -> bool:
        """Whether all of [`low`, `high`] lies inside."""
        above = self.low is None or (low > self.low if self.low_open else low >= self.low)
        if self.high is None:
            return above
        return above and high is not None and (high < self.high if self.high_open else high <= self.high)

    def misses(self, low: Decimal, high: Decimal | None) -> bool:
        """Whether nothing of [`low`, `high`] lies inside."""
        below = self.low is not None and high is not None and (high <= self.low if self.low_open else high < self.low)
        over = self.high is not None and (low >= self.high if self.high_open else low > self.high)
        return below or over


@dataclass(frozen=True)
class Hedge:
    """One way of hedging a number: the words, what they are called in JSON, and the values they allow."""

    words: tuple[str, ...]
    relation: str
    allows: Callable[[Decimal, Decimal], Interval]
    """Of the value stated and the step of its last digit."""


def _bare(value: Decimal, step: Decimal) -> Interval:
    if step == 1:
        return Interval(value, value)
    return Interval(value - step / 2, value + step / 2, high_open=True)


_TENTH, _ALL = Decimal("0.1"), Decimal(100)
HEDGES: Final[tuple[Hedge, ...]] = (
    Hedge(("",), "equal", _bare),
    Hedge(
        (
            *("more than", "over", "in excess of", "upwards of", "well over", "greater than", "higher than"),
            *("larger than", "bigger than", "above"),
            *("exceed", "exceeds", "exceeded", "exceeding", "surpass", "surpasses", "surpassed", "surpassing"),
        ),
        "more_than",
        lambda v, _: Interval(v, None, low_open=True),
    ),
    Hedge(
        ("at least", "no less than", "no fewer than", "greater than or equal to", "equal to or more than"),
        "at_least",
        lambda v, _: Interval(v, None),
    ),
    Hedge(
        ("less than", "fewer than", "under", "below", "smaller than", "lower than"),
        "less_than",
        lambda v, _: Interval(None, v, high_open=True),
    ),
    Hedge(
        ("at most", "up to", "no more than", "less than or equal to", "equal to or less than"),
        "at_most",
        lambda v, _: Interval(None, v),
    ),
    Hedge(
        ("about", "around", "roughly", "approximately"),
        "about",
        lambda v, _: Interval(v * (1 - _TENTH), v * (1 + _TENTH)),
    ),
    Hedge(
        ("just over", "just more than", "slightly more than"),
        "more_than",
        lambda v, _: Interval(v, v * (1 + _TENTH), low_open=True),
    ),
    Hedge(
        ("nearly", "almost", "close to", "just under"),
        "less_than",
        lambda v, _: Interval(v * (1 - _TENTH), v, high_open=True),
    ),
)

SCALES: Final[dict[str, Decimal]] = {
    "": Decimal(1),
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "K": Decimal(10**3),
    "M": Decimal(10**6),
    "B": Decimal(10**9),
    "bn": Decimal(10**9),
}

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRSTS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()
WORDS: Final[dict[str, int]] = {
    **{word: number for number, word in enumerate(_ONES)},
    **{tens: 10 * (at + 2) for at, tens in enumerate(_TENS)},
    **{f"{tens}-{_ONES[one]}": 10 * (at + 2) + one for at, tens in enumerate(_TENS) for one in range(1, 10)},
}
ORDINALS: Final[dict[str, int]] = {word: number for number, word in enumerate(_FIRSTS, 1)} | {"twentieth": 20}


@dataclass(frozen=True)
class Stated:
    """A number as a text states it: the value, the step of its last digit, and the hedge; `text` is not compared."""

    kind: str
    value: Decimal
    step: Decimal
    hedge: int
    text: str = field(compare=False, default="")
    measure: str = ""
    """The measure the words name, where the kind has several; of a level its unit, of an audience that with its window, of a
    status or a list its name.

    A growth said as a multiple, `18-fold`, is of FOLD; its value is in per cent all the same, 1,700.
    """
    since: date | None = None
    """The day since which the words speak, for the kinds that need one."""

    @property
    def relation(self) -> str:
        """The relation by its name in JSON."""
        return HEDGES[self.hedge].relation

    @property
    def is_rounded(self) -> bool:
        """Whether it is a measurement, rounded by nature, rather than a count."""
        unit = UNITS[self.kind]
        return unit.percent or unit.windowed or unit.quotient or (self.kind == "level" and self.measure not in COUNTED)

    def allows(self) -> Interval:
        """The values of which the words are true."""
        if self.measure == FOLD:
            return _of_multiples(replace(self, value=_multiple(self.value), step=self.step / 100, measure="").allows())
        if self.value == _ALL and self.hedge == 0 and self.kind == "level" and self.measure.startswith("per cent"):
            return Interval(_ALL, _ALL)
        if self.is_rounded and self.hedge == 0:
            return Interval(self.value - self.step / 2, self.value + self.step / 2, high_open=True)
        if self.value >= 0:
            return HEDGES[self.hedge].allows(self.value, self.step)
        fall = HEDGES[self.hedge].allows(-self.value, self.step)
        return Interval(
            None if fall.high is None else -fall.high,
            None if fall.low is None else -fall.low,
            fall.high_open,
            fall.low_open,
        )

    def cut(self) -> Interval | None:
        """The values that would be stated so by cutting digits off; None where nothing is left out."""
        if self.hedge or self.step == 1 or self.is_rounded:
            return None
        if self.value < 0:
            return Interval(self.value - self.step, self.value, low_open=True)
        return Interval(self.value, self.value + self.step, high_open=True)

    def either(self) -> Interval | None:
        """The values that would be stated so by rounding or by cutting; None where nothing is left out."""
        if self.cut() is None:
            return None
        if self.value < 0:
            return Interval(self.value - self.step, self.value + self.step / 2, low_open=True)
        return Interval(self.value - self.step / 2, self.value + self.step, high_open=True)

    def as_json(self) -> dict[str, object]:
        """`as`, `value`, `low`, `high` and `relation`."""
        allowed = self.allows()
        return {
            "as": self.text or say(self),
            "value": plain(self.value),
            "low": None if allowed.low is None else plain(allowed.low),
            "high": None if allowed.high is None else plain(allowed.high),
            "relation": self.relation,
            **({"since": self.since.isoformat()} if self.since else {}),
        }


def _multiple(per_cent: Decimal) -> Decimal:
    """How many times as much it is: 18 of a growth of 1,700 per cent."""
    return per_cent / 100 + 1


def _of_multiples(times: Interval) -> Interval:
    low, high = (None if end is None else (end - 1) * 100 for end in (times.low, times.high))
    return Interval(low, high, times.low_open, times.high_open)


def say(stated: Stated) -> str:
    """The quantity in English: `more than 23.94 million hours`, `No. 5`, `three weeks`, `down 39%`."""
    unit = UNITS[stated.kind]
    hedge = HEDGES[stated.hedge].words[0]
    if unit.named:
        name = stated.measure.replace("-", " ")
        return f"on the {name} list" if unit.besides else name
    if unit.position:
        since = f" since {stated.since.day} {stated.since:%B %Y}" if stated.since else ""
        return say_position(int(stated.value), stated.measure) + since
    if stated.measure == FOLD:
        return f"{hedge} {say_number(_multiple(stated.value), stated.step / 100)}-fold".strip()
    number = say_number(abs(stated.value), stated.step, spelled=unit.spelled)
    if unit.percent:
        return " ".join(
            part for part in ((FALLING if stated.value < 0 else unit.before)[0].strip(), hedge, f"{number}%") if part
        )
    after = unit_after(stated.kind, stated.value, stated.measure)
    if stated.kind == "comparison":
        after = f"{'fewer' if stated.value < 0 else 'more'} {UNITS[stated.measure].after[0]}"
    return " ".join(part for part in (hedge, unit.before[0] + number, after) if part).replace(" %", "%")


def found_per_cent(low: Decimal, high: Decimal | None) -> str:
    """A change found, to a tenth: `up 1,700.0%`, `down 4.2% to up 1.0%`."""
    ends = [f"{'up' if end >= 0 else 'down'} {half_up(abs(end), _TENTH):,}%" for end in (low, high) if end is not None]
    return " to ".join(dict.fromkeys(ends)) if high is not None else f"at least {ends[0]}"


def say_position(place: int, measure: str) -> str:
    """A place in an order by a measure: `most hours`, `second most hours`, `21st most views`."""
    most = next(words for words, of in MOST.items() if of == measure)
    return most if place == 1 else f"{say_ordinal(place)} {most}"


def say_ordinal(place: int) -> str:
    """`fourth`, `21st`."""
    if place <= len(_FIRSTS):
        return _FIRSTS[place - 1]
    ending = "th" if place // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def unit_after(kind: str, value: Decimal, measure: str) -> str:
    """The word after a number of that kind and measure: `weeks`, `week` after 1; empty where there is none."""
    unit = UNITS[kind]
    before, measure = apart(measure) if unit.windowed else ("", measure)
    after = next((words for words, of in unit.measures.items() if of == measure), unit.after[0])
    return before + (ONE_OF.get(after, after) if value == 1 else after)


def say_number(value: Decimal, step: Decimal = Decimal(1), *, spelled: bool = False) -> str:
    """The number alone, its last digit worth `step`: `23.94 million`, `54`, `three`."""
    if spelled and step == 1 and 0 <= value <= 9:
        return _ONES[int(value)]
    for name in ("billion", "million"):
        scale = SCALES[name]
        if step > 1 and (value >= scale or step > scale / 1000) and scale >= step:
            places = max(0, -_exponent(step / scale))
            return f"{value / scale:,.{places}f} {name}"
    places = max(0, -_exponent(step))
    return f"{value:,.{places}f}" if step <= 1 else f"{value / 1000:,.{max(0, -_exponent(step / 1000))}f} thousand"


def _exponent(step: Decimal) -> int:
    exponent = step.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


_DIGITS = r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_WORD = "|".join(sorted(map(re.escape, (*WORDS, *ORDINALS)), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,$€£-])(?:{_DIGITS}(?P<suffix>K|M|B|bn|st|nd|rd|th)?|(?P<word>{_WORD}))(?!\w)(?!\.\d)"
    r"(?:[ -](?P<scale>thousand|million|billion)\b)?(?P<percent>%|\s+per ?cent\b)?",
    re.IGNORECASE,
)
_TOO_LARGE, _TOO_FINE = Decimal(10**15), Decimal("1e-9")
_A_MOST = re.compile(r"\b(most)\b", re.IGNORECASE)
_MONTHS = list(month_name)[1:]
_SINCE = re.compile(
    r"\bsince\s+(?:(?P<day>\d{1,2})\s+(?P<month>[a-z]+)\s+(?P<year>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))(?!\w)",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"(?:^|\s)(not(?: yet)?|never|no longer|\w+n['’]t)\s*$", re.IGNORECASE)
_NAME = re.compile(r"[\w\s'’\"“”-]+")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_CHART_NAMES = re.compile(r"\btop[ -](?:10|ten)s?\b", re.IGNORECASE)
_THE_TOP = re.compile(r"(?:\bno\.? ?1|#1|\bnumber (?:one|1)|\bfirst place)\b", re.IGNORECASE)


def read(text: str, kind: str) -> Stated:
    """The one quantity of that kind that `text` states; `InputError` when it states none, several, or more than we can read.

    Every word must be understood: a qualifier nobody reads could change what is claimed.
    """
    unit = UNITS.get(kind)
    if unit is None:
        raise InputError(f"no claim kind '{kind}'; known: {', '.join(UNITS)}")
    if unit.named:
        return _read_name(text, kind)
    masked = _CHART_NAMES.sub(lambda match: "top-ten".ljust(len(match[0])), text)
    since, window = None, ""
    if unit.windowed:
        masked, window = take_window(masked)
    if unit.scoped:
        masked, since = _take_since(masked)
    if unit.position and not _NUMBER.search(masked):
        masked = _A_MOST.sub(r"first \1", masked, count=1)
    if unit.at_top:
        masked = _THE_TOP.sub(lambda match: "the-top".ljust(len(match[0])), masked)
    found = [match for match in _NUMBER.finditer(masked) if match["word"] or match["digits"]]
    if len(found) != 1:
        raise InputError(
            f"'{text}' states {'no number' if not found else 'several numbers'} where one {kind} is needed"
        )
    match = found[0]
    before, after = masked[: match.start()], masked[match.end() :]
    if "%" in unit.after:
        after = ("%" if match["percent"] else "") + after.replace("’", "'")
    following = after
    value, step, ordinal = _value(match)
    if unit.position and (not ordinal or value < 1):
        raise InputError(f"'{text}' is no place in an order, such as most hours or second most hours")
    if ordinal and not (unit.ordinal or unit.position or kind == "rank"):
        raise InputError(f"'{text}' counts in order where a {kind} is a number of {unit.after[0]}")
    measure = _measure(unit, following.lstrip("-"))
    in_percent = bool(match["percent"]) != (measure == FOLD)
    if unit.percent != in_percent and "%" not in unit.after:
        raise InputError(f"'{text}': a {kind} is {'stated in per cent' if unit.percent else 'no percentage'}")
    if value >= _TOO_LARGE or step < _TOO_FINE:
        raise InputError(f"'{text[:80]}' has more digits than are read")
    hedge, before = _take_hedge(before)
    rest = _take(before, sorted(unit.before, key=len, reverse=True), at_end=True)
    named, before = rest != before, rest
    if unit.percent and (fell := _take(before, FALLING, at_end=True)) != before:
        named, before, value = True, fell, -value
    if measure == FOLD:
        if value < 0:
            raise InputError(f"'{text}': a fall is stated in per cent, not as a multiple")
        value, step, after = (value - 1) * 100, step * 100, after.lstrip("-")
    if hedge == 0:
        hedge, before = _take_hedge(before)
    if unit.position:
        if hedge:
            raise InputError(f"'{text}': a place in an order is not hedged")
        after = after.lstrip("-")
    longest_first = sorted(unit.after, key=len, reverse=True)
    leading = [f"{words} {link}" for words in longest_first for link in ("of", "was")] if unit.windowed else []
    if (rest := _take(before, leading, at_end=True)) != before:
        named, measure, before = True, _measure(unit, before[len(rest) :]), rest
    rest = _take(after, longest_first, at_end=False)
    named, after = named or rest != after, rest
    left = [
        word for word in re.findall(r"[^\s,.;:!?\"'“”‘’()]+", f"{before} {after}") if word.lower() not in unit.besides
    ]
    if left:
        units = [words.strip() for words in (*unit.before, *unit.after) if words.strip()]
        an = "an" if kind[0] in "aeiou" else "a"
        raise InputError(
            f"'{text}': '{left[0]}' is not read in {an} {kind}; quote only the number and its unit ({', '.join(units[:8])})"
        )
    if not (named or (ordinal and "" in unit.after)):
        units = [words.strip() for words in (*unit.before, *unit.after) if words.strip()]
        raise InputError(f"'{text}' does not say of what; quote the number with its unit ({', '.join(units)})")
    measure = within(window, measure)
    if kind == "comparison" and "fewer" in following.lower().split():
        value = -value
    return Stated(kind, value, step, hedge, text, measure, since)


def _read_name(text: str, kind: str) -> Stated:
    if kind == "listed":
        if not (name := list_name(text)) or not _NAME.fullmatch(text):
            raise InputError(
                f"'{text}' does not say which list; quote its name, as in on the New York Times bestseller list"
            )
    elif not (name := slug(text)) or not _NAME.fullmatch(text):
        raise InputError(f"'{text}' is no name of a {kind}; quote only its words, such as certified fresh")
    return Stated(kind, Decimal(1), Decimal(1), 0, text, name)


def list_name(text: str) -> str:
    """The words of a list's name in `text`, joined by hyphens, without those that say no more than that one is on it."""
    words = slug(_POSSESSIVE.sub("", text)).split("-")
    return "-".join(SHORT.get(word, word) for word in words if word not in UNITS["listed"].besides)


def names_list(name: str, title: str) -> bool:
    """Whether a `list_name` is that of the list with this title: of parts of it set off by commas, each whole."""
    said = name.split("-")
    parts = [set(part.split("-")) for part in map(list_name, title.split(",")) if set(part.split("-")) <= {*said}]
    return sorted(said) == sorted(set().union(*parts))


def _take_since(text: str) -> tuple[str, date]:
    """The text without the scope it states, and the scope's first day."""
    found = _SINCE.search(text)
    if found is None:
        raise InputError(f"'{text}' does not say since when; a record is read with its scope (since 28 June 2021)")
    try:
        day = (
            read_day(found["iso"])
            if found["iso"]
            else date(int(found["year"]), _MONTHS.index(found["month"].title()) + 1, int(found["day"]))
        )
    except ValueError:
        raise InputError(f"'{found[0]}' is no day") from None
    return text[: found.start()] + text[found.end() :], day


def _measure(unit: Unit, after: str) -> str:
    words = sorted(unit.measures, key=len, reverse=True)
    return next(
        (unit.measures[word] for word in words if re.match(rf"\s*{re.escape(word)}(?!\w)", after, re.IGNORECASE)), ""
    )


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal, bool]:
    scale = SCALES[(match["scale"] or "").lower()]
    if match["word"]:
        word = match["word"].lower()
        return Decimal(WORDS.get(word, ORDINALS.get(word, 0))) * scale, scale, word in ORDINALS
    digits = match["digits"].replace(",", "")
    suffix = match["suffix"] or ""
    ordinal = suffix.lower() in {"st", "nd", "rd", "th"}
    if not ordinal:
        scale *= SCALES[{"k": "K", "m": "M", "b": "B", "bn": "bn"}.get(suffix.lower(), "")]
    places = len(digits.partition(".")[2])
    return Decimal(digits) * scale, Decimal(1).scaleb(-places) * scale, ordinal


def hedge_before(text: str) -> str:
    """The hedge or denial that `text` ends with, which belongs to the words after it; empty when there is none."""
    if denial := _DENIAL.search(text):
        return denial[1]
    return text[len(_take_hedge(text)[1]) :].strip()


def _take_hedge(before: str) -> tuple[int, str]:
    spelled = ((words, index) for index, hedge in enumerate(HEDGES) for words in hedge.words if words)
    for words, index in sorted(spelled, key=lambda pair: -len(pair[0])):
        match = re.search(rf"(?:^|\s){words}\s*$", before, re.IGNORECASE)
        if match:
            return index, before[: match.start()]
    return 0, before


def _take(text: str, allowed: tuple[str, ...] | list[str], *, at_end: bool) -> str:
    for words in allowed:
        bare = re.escape(words.strip())
        pattern = rf"(?:^|\s){bare}\s*$" if at_end else rf"^\s*{bare}(?!\w)"
        if words.strip() and (match := re.search(pattern, text, re.IGNORECASE)):
            return text[: match.start()] if at_end else text[match.end() :]
    return text
