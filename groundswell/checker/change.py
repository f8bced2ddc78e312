"Percentages: the change of a title's figure from one week to the next."

from dataclasses import replace
from decimal import Decimal

from groundswell.checker.cue import BEFORE_CUES
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form, Number
from groundswell.checker.sentence import Sentence
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
_VIEWING = frozenset("it audience viewing views hours viewership audience figures numbers".split())


def half(s: Sentence, number: Number) -> Draft | None:
    """`fell by nearly half`."""
    if s.w(number.first) != "half" or number.form is not Form.FRACTION:
        return None
    sign = _direction(s, number)
    of_its = [s.w(number.last + n) for n in range(3)]
    of_audience = of_its[:2] == ["of", "its"] and of_its[2] in {"audience", "viewers", "views", "viewing", "hours"}
    if sign is None or (s.w(number.last) not in _AFTER_PERCENT | {",", ""} and not of_audience):
        return None
    return change(s, replace(number, step=Decimal(1)), number.last, sign * number.value * 100)


def percent(s: Sentence, number: Number) -> Draft | None:
    end = number.last
    sign = _direction(s, number)
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


def _direction(s: Sentence, number: Number) -> int | None:
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
    if any(ref.first <= here < ref.last for ref in s.refs):
        return sign
    return sign if s.w(at) in _VIEWING else None


def change(s: Sentence, number: Number, end: int, value: Decimal) -> Draft:
    measures = (s.measure,) if s.measure else ("views", "hours_viewed")
    draft = Draft(number.start, end, "change", value, number.step, number.hedge, measures=measures, when=("now",))
    tail = " " + " ".join(s.w(at) for at in range(end, min(end + 6, s.sentence[1]))) + " "
    if any(cue in tail for cue in (" launch ", " opening ", " debut ", " premiere ")) or " on its first" in tail:
        return replace(draft, window=1)
    if any(cue in tail for cue in (" year", " last season", " predecessor", " month")):
        return replace(draft, reason=Reason.UNREAD_QUALIFIER, why="compared with something else than the week before")
    return draft
