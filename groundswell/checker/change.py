"Percentages: the change of a title's figure from one week to the next."

from dataclasses import replace
from decimal import Decimal

from groundswell.checker.cue import BEFORE_CUES
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form, Number
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import HOURS, VIEWS
from groundswell.claims.quantity import HEDGES
from groundswell.core.verdict import Reason

_MORE_OR_LESS = {"more": 1, "higher": 1, "less": -1, "fewer": -1, "lower": -1}
_AFTER_PERCENT = frozenset(
    "week from to in on over , . ) ; and but this compared versus against after for with its between – —".split()
)
_RISING = frozenset(
    "up rose grew climbed jumped gained increased surged soared rising climbing growing rises grows exploded ballooned spiked "
    "swelled rocketed leapt leaped advanced".split()
)
_FALLING = frozenset(
    "down off plummeted shrank cratered eased plummeting shrinking "
    "lost shed fell dropped declined slid slipped decreased sank tumbled dipped plunged falling dropping declining "
    "falls drops".split()
)
_A_RISE = frozenset("rise increase jump surge gain climb uptick boost".split())
_A_FALL = frozenset("drop fall decline decrease dip slide slump".split())
_AFTER_NAME = frozenset({'"', "”", "’", "'", ",", "!", "?", ".", ")"})
_AFTER_PART = (_AFTER_PERCENT - {"week", "a"}) | {""}
_LOSING = frozenset("lost loses losing shed sheds shedding dropped dropping".split())
_COUNTED = frozenset("viewing viewership audience audiences".split())
_HALF = Decimal("0.5")
_VIEWING = frozenset("it audience viewing views hours viewership audience figures numbers".split())


def part(s: Sentence, number: Number) -> Draft | None:
    """`fell by nearly half`, `down a third from`, `lost two thirds of its views`."""
    if number.form is Form.ORDINAL:
        if s.w(number.first - 1) != "a" or not 2 < number.value <= 10 or s.w(number.last) not in _AFTER_PART:
            return None
        number = replace(number, value=1 / number.value)
    elif number.form is not Form.FRACTION or not 0 < number.value < 1:
        return None
    lost = _lost(s, number)
    sign, end = (-1, lost) if lost is not None else (direction(s, number), number.last)
    if sign is None or (lost is None and s.w(end) not in _AFTER_PERCENT | {""} and not _of_audience(s, end)):
        return None
    return fall(s, number, end, sign)


def fall(s: Sentence, number: Number, end: int, sign: int = -1) -> Draft:
    """The change by a part of the week before, which is seldom said to the per cent: only what misses it by five is refuted."""
    step = Decimal("0.01") if number.hedge and number.value != _HALF else Decimal(1)
    draft = change(s, replace(number, step=step), end, sign * (number.value * 100).quantize(step))
    return replace(draft, loosely=Decimal(1 if is_one_sided(number.hedge) else 10))


def _lost(s: Sentence, number: Number) -> int | None:
    """Where `60% of its views` ends in `lost 60% of its views`; None where something else is said."""
    verb = number.start - 1 - (s.w(number.start - 1) == "a")
    return number.last + 3 if s.w(verb) in _LOSING and _of_audience(s, number.last) else None


def _of_audience(s: Sentence, at: int) -> bool:
    return s.w(at) == "of" and s.w(at + 1) in {"its", "their"} and is_audience(s.w(at + 2))


def is_one_sided(hedge: int) -> bool:
    """Whether a hedge says on which side of a number it lies, and not how near."""
    allowed = HEDGES[hedge].allows(Decimal(1), Decimal(1))
    return allowed.low is None or allowed.high is None


def is_audience(word: str) -> bool:
    """Whether a word stands for what the lists count: views, hours, or either."""
    return word in _COUNTED or word in HOURS or word in VIEWS


def percent(s: Sentence, number: Number) -> Draft | None:
    end = number.last
    sign = direction(s, number)
    if (lost := _lost(s, number)) is not None:
        return change(s, number, lost, -number.value)
    if number.value < 0:  # `(−39%)`
        sign, number = (-1 if s.w(number.start - 1) in {"(", ","} else None), replace(number, value=-number.value)
    if sign is None and s.w(end) in {"up", "down"}:
        sign, end = (1 if s.w(end) == "up" else -1), end + 1
    external = Draft(
        number.start, end, "level", number.value, number.step, number.hedge, reason=Reason.EXTERNAL,
        why="not the change of a figure on a list held",
    )  # fmt: skip
    if sign is None and s.w(end) in _MORE_OR_LESS and s.w(end + 1) == "than":
        tail = " " + " ".join(s.w(at) for at in range(end, min(end + 6, s.sentence[1]))) + " "
        if any(cue in tail for cue in BEFORE_CUES) and s.w(number.start - 1) in {",", "("}:
            return change(s, number, end + 1, _MORE_OR_LESS[s.w(end)] * number.value)
    after = s.w(end)
    if sign is None or (after and after not in _AFTER_PERCENT and s.scan.tokens[end].is_word):
        return external
    return change(s, number, end, sign * number.value)


def direction(s: Sentence, number: Number) -> int | None:
    """1 where the words before a number say that an audience rose by it, -1 where they say that it fell, else None."""
    at = number.start - 1
    while s.w(at) in {"by", "just", "about", "some", "another", "a", "only", "roughly"}:
        at -= 1
    word = s.w(at)
    if (
        word == "of"
        and s.w(at - 1) in _A_RISE | _A_FALL
        and s.w(at - 2) in {"a", "an"}
        and s.w(at - 3) in {",", "(", "–", "—"}
    ):
        return 1 if s.w(at - 1) in _A_RISE else -1
    sign = 1 if word in _RISING else -1 if word in _FALLING else None
    if sign is None and word == "+":
        sign = 1
    if sign is None:
        return None
    if word in {"up", "down", "off", "+"} and s.w(at - 1) in {
        "itself",
        ",",
        "(",
        "–",
        "—",
        "was",
        "were",
        "hours",
        "views",
        "is",
    }:
        return sign
    at -= 1
    while s.w(at) in {"and", "then", "also", "has", "had", "just", "only"}:
        at -= 1
    here = at
    while s.w(here) in _AFTER_NAME:
        here -= 1
    if any(ref.first <= here < ref.last for ref in s.refs) or _aside(s, at):
        return sign
    return sign if s.w(at) in _VIEWING else None


def _aside(s: Sentence, at: int) -> bool:
    """Whether the comma at `at` ends what is put in behind a title: `X, with 5.1M views, grew by`."""
    opens = next((n for n in range(at - 1, s.sentence[0], -1) if s.w(n) == ","), None)
    return s.w(at) == "," and opens is not None and any(ref.last == opens and not ref.pointer for ref in s.refs)


def change(s: Sentence, number: Number, end: int, value: Decimal) -> Draft:
    """The change from the week before, in per cent."""
    unit = s.measure or _said_of(s, number) or _led_to(s, end)
    measures = (unit,) if unit else ("views", "hours_viewed")
    draft = Draft(number.start, end, "change", value, number.step, number.hedge, measures=measures, unitless=True)
    ahead = (*range(*s.front(number.first)), *range(s.clause(number.first)[0], number.start))
    if " last week " in " " + " ".join(s.said(at) for at in ahead) + " ":
        return replace(draft, reason=Reason.AMBIGUOUS_PERIOD, why="the change of an earlier week")
    tail = " " + " ".join(s.w(at) for at in range(end, min(end + 6, s.sentence[1]))) + " "
    if any(cue in tail for cue in (" launch ", " opening ", " debut ", " premiere ")) or " on its first" in tail:
        return replace(draft, window=1)
    if any(cue in tail for cue in (" year", " last season", " predecessor", " month")):
        return replace(draft, reason=Reason.UNREAD_QUALIFIER, why="compared with something else than the week before")
    return draft


def _said_of(s: Sentence, number: Number) -> str:
    """The unit said last before it in its clause: of views in `its views fell 22%`."""
    said = (s.said(at) for at in range(number.start - 1, s.clause(number.first)[0] - 1, -1))
    unit = next((word for word in said if word in HOURS or word in VIEWS), "")
    return "hours_viewed" if unit in HOURS else "views" if unit else ""


def _led_to(s: Sentence, end: int) -> str:
    """The unit of the figure it led to: of views in `44% to 3.3M views`."""
    number = next((one for one in s.numbers if one.start == end + 1 and s.w(end) == "to"), None)
    unit = s.w(number.last) if number is not None else ""
    return "hours_viewed" if unit in HOURS else "views" if unit in VIEWS else ""
