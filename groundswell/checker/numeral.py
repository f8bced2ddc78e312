"""Numbers as tokens: how they are written, what they are worth, how exactly, and how they are hedged.

Units and claims are read elsewhere; hedges and scales are those of `claims.quantity`.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from groundswell.checker.text import Token, glued
from groundswell.claims.quantity import HEDGES, ORDINALS, SCALES, WORDS


class Form(StrEnum):
    """How a number is written."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    MONEY = "money"
    RANGE = "range"
    UNREAD = "unread"


@dataclass(frozen=True)
class Number:
    """Tokens `first` to `last` (exclusive) state a number; `start` is where its hedge begins, or `first`."""

    first: int
    last: int
    form: Form
    value: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    hedge: int = 0
    start: int = 0
    scaled: bool = False
    """Whether it is in thousands, millions or billions."""
    why: str = ""


_PLAIN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_SUFFIXES: Final = {"k": "K", "m": "M", "mn": "M", "mln": "M", "b": "B", "bn": "bn"}
_ENDINGS: Final = frozenset({"st", "nd", "rd", "th"})
_MONEY: Final = frozenset("$€£¥₩₹")
_CURRENCY: Final = frozenset("dollars dollar euros euro pounds pound yen won rupees usd eur gbp".split())
_SCALES: Final = {"hundred": Decimal(100), "thousand": Decimal(10**3), "million": Decimal(10**6)} | {
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
_HEDGES: Final = sorted(
    ((tuple(words.split()), index) for index, hedge in enumerate(HEDGES) for words in hedge.words if words),
    key=lambda pair: -len(pair[0]),
)
_AMOUNT_WORDS: Final = frozenset({*WORDS, *ORDINALS, *_SCALES, "half", "dozen", "dozens", "millions", "thousands"})
_LONGEST = 24
_TIMES: Final = frozenset("times fold x".split())


def is_number_word(token: Token) -> bool:
    """Whether a token is a number by itself, in digits or words."""
    return token.is_digits or token.word in _AMOUNT_WORDS


def numbers(of: Sequence[Token], taken: Set[int]) -> list[Number]:
    """The numbers in `of`, apart from the `taken` tokens, in their order."""
    found: list[Number] = []
    at = 0
    while at < len(of):
        number = None if at in taken or not is_number_word(of[at]) else _read(of, at, taken)
        if number is None:
            at += 1
            continue
        number = _hedged(of, number)
        if found and _spans(of, found[-1], number):
            found[-1] = replace(found[-1], form=Form.RANGE, why="the lower end of a range")
            number = replace(number, form=Form.RANGE, why="the upper end of a range")
        found.append(number)
        at = max(number.last, at + 1)
    return _guarded(of, found)


_PARTS = frozenset(
    "half halves quarter quarters third thirds fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths ninth "
    "ninths tenth tenths twelfth twelfths sixteenth sixteenths twentieth twentieths hundredth hundredths thousandth "
    "thousandths millionth millionths billionths trillionth trillionths dozens hundreds thousands millions billions firsts "
    "seconds".split()
)
_SMALL_SCALES = frozenset({"hundred", "thousand"})
_DAYS = frozenset({"day", "days", "week", "weeks"})
_SIGNS = frozenset("^ × * / + − ÷ = √".split())
_UNITS = frozenset("k m g t b mm km cm lakh lakhs crore crores bln tln mln dz dzs doz dozs gross".split())


def _guarded(of: Sequence[Token], found: Sequence[Number]) -> list[Number]:
    """The same numbers, those unread that are only a part of one: a fraction, a power, a calculation, a mixed number."""
    starts, ends = {number.first for number in found}, {number.last for number in found}
    by_end = {number.last: [number] for number in found}
    whole = []
    for number in found:
        after, later = _word(of, number.last), _word(of, number.last + 1)
        before = _word(of, number.first - 1) if number.first else ""
        cardinal = number.form is Form.CARDINAL
        part = (
            (cardinal and after in _PARTS)
            or (
                cardinal
                and after in {"and", "-"}
                and (later in _PARTS or (later == "a" and _word(of, number.last + 2) in _PARTS))
            )
            or (cardinal and after in {"point", "over"} and number.last + 1 in starts)
            or (before in {"point", "over"} and number.first - 1 in ends)
            or (number.last in starts and not glued(of[number.last - 1], of[number.last]) and later not in _DAYS)
            or (number.first in ends and after not in _DAYS)
            or after in _SIGNS
            or (after == "out" and later == "of")
            or (before == "in" and number.first - 1 in ends and of[number.first - 2].word in WORDS)
            or before == "^"
            or (cardinal and _share(of, number, starts))
            or (
                before == "in"
                and number.first - 1 in ends
                and any(_share(of, n, starts) for n in by_end[number.first - 1])
            )
            or (
                before in {"a", "of"}
                and "of" in {before, _word(of, number.first - 2)}
                and _word(of, number.first - 3) in _PARTS
            )
            or (cardinal and after == "point" and later in {"nought", "naught"})
            or (before in {"-", "+"} and number.first >= 2 and of[number.first - 2].text in "^-+")
            or (after == "and" and number.last + 1 in starts and _fraction_ends(of, number.last + 1))
            or (before == "of" and number.first >= 2 and of[number.first - 2].word == "out")
            or (before in {"point", "nought", "naught"} or after in {"nought", "naught"})
            or (cardinal and after == "and" and of[number.last - 1].word in _SMALL_SCALES and number.last + 1 in starts)
            or (before == "and" and number.first - 1 in ends and of[number.first - 2].word in _SMALL_SCALES)
            or (before == "-" and number.form is Form.ORDINAL and number.first - 1 in ends)
            or (number.form is Form.ORDINAL and before == "-" and after in {"", "."})
            or before in _SIGNS
            or (cardinal and after in _UNITS and not glued(of[number.last - 1], of[number.last]))
            or (before == "-" and number.first == 1)
            or (number.form is Form.ORDINAL and before in {"a", "one"} and after in {"", ".", "of", ",", "?", "!"})
            or (number.form is Form.ORDINAL and after in _PARTS and after != "half")
            or (cardinal and after == "and" and number.last + 1 in starts and _word(of, number.last + 2) in _PARTS)
        )
        whole.append(replace(number, form=Form.UNREAD, why="a part of another number") if part else number)
    return whole


def _spans(of: Sequence[Token], lower: Number, upper: Number) -> bool:
    """Whether two numbers are the ends of one range: `between 20 and 25`, `20 to 25`."""
    if upper.start - lower.last != 1 or lower.form is not Form.CARDINAL or upper.form is not Form.CARDINAL:
        return False
    before, joint = _word(of, lower.start - 1) if lower.start else "", of[lower.last].word
    return (joint == "and" and before == "between") or (joint == "to" and before != "from" and not lower.scaled)


def _read(of: Sequence[Token], at: int, taken: Set[int]) -> Number:
    token = of[at]
    if token.is_digits:
        return _digits(of, at, taken)
    if token.word in {"millions", "thousands", "dozens"}:
        return Number(at, at + 1, Form.UNREAD, why="no number is said")
    if token.word == "half" and _word(of, at + 1) in {"a", "of"}:
        scale = _SCALES.get(_word(of, at + 2))
        if scale is not None:
            return Number(at, at + 3, Form.CARDINAL, scale / 2, scale / 10, scaled=True)
    if token.word in ORDINALS:
        return Number(at, at + 1, Form.ORDINAL, Decimal(ORDINALS[token.word]))
    if token.word == "half" and [_word(of, at + n) for n in (1, 2)] == ["a", "dozen"]:
        return Number(at, at + 3, Form.CARDINAL, Decimal(6))
    if token.word in ("half", "dozen"):
        value = Decimal(12) if token.word == "dozen" else Decimal(50)
        form = Form.CARDINAL if token.word == "dozen" else Form.UNREAD
        return Number(at, at + 1, form, value, why="a fraction")
    if token.word in _SCALES:
        if at and of[at - 1].word in {"a", "one"}:
            scale = _SCALES[token.word]
            return Number(at, at + 1, Form.CARDINAL, scale, scale, scaled=True)
        return Number(at, at + 1, Form.UNREAD, why="a number is missing before it")
    return _words(of, at)


def _digits(of: Sequence[Token], at: int, taken: Set[int]) -> Number:
    token = of[at]
    if not _PLAIN.fullmatch(token.text) or len(token.text) > _LONGEST:
        return Number(at, at + 1, Form.UNREAD, why="not a number as it is usually written")
    before = of[at - 1] if at else None
    if before is not None and glued(before, token) and (before.is_word or before.text in "/:_@.-–−+"):
        is_joined = before.text in "-–" and at >= 2 and of[at - 2].is_digits and glued(of[at - 2], before)
        if before.text in "-–−+" and not is_joined and (at < 2 or not glued(of[at - 2], before)):
            return Number(at, at + 1, Form.UNREAD, why="a sign stands before it")
        if not (before.text in "-–" and at >= 2 and glued(of[at - 2], before) and not is_joined):
            return Number(at, at + 1, Form.UNREAD, why="a part of a longer code, score, time or range")
    value = Decimal(token.text.replace(",", ""))
    step = Decimal(1).scaleb(-len(token.text.partition(".")[2]))
    last, scaled, form = at + 1, False, Form.CARDINAL
    after = of[last] if last < len(of) else None
    if after is not None and glued(token, after) and last not in taken:
        word = after.word
        if word in _ENDINGS:
            if "." in token.text or not _ending_fits(int(value), word):
                return Number(at, last + 1, Form.UNREAD, why="an ordinal written wrongly")
            return Number(at, last + 1, Form.ORDINAL, value)
        if word in _SUFFIXES:
            scale = SCALES[_SUFFIXES[word]]
            value, step, scaled, last = value * scale, step * scale, True, last + 1
        elif word == "%":
            form, last = Form.PERCENT, last + 1
        elif after.is_word or (after.text in "/:" and last + 1 < len(of) and of[last + 1].is_digits):
            return Number(at, last + 1, Form.UNREAD, why="a part of a longer code")
        elif after.text in "-–" and last + 1 < len(of) and of[last + 1].is_digits and glued(after, of[last + 1]):
            return Number(at, last + 2, Form.RANGE, why="a range")
    value, step, last, more = _scale(of, value, step, last)
    scaled = scaled or more
    if form is Form.CARDINAL:
        form, last = _form(of, at, last)
    if not scaled and step == 1 and value >= 100_000 and form is Form.CARDINAL:
        zeros = len(token.text.replace(",", "")) - len(token.text.replace(",", "").rstrip("0"))
        step = Decimal(10) ** zeros if zeros >= 4 else step
        scaled = True
    return Number(at, last, form, value, step, scaled=scaled)


def _ending_fits(value: int, ending: str) -> bool:
    right = "th" if value // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return ending == right


def _scale(of: Sequence[Token], value: Decimal, step: Decimal, last: int) -> tuple[Decimal, Decimal, int, bool]:
    scaled = False
    while True:
        at = last + 1 if last < len(of) and of[last].text == "-" else last
        scale = _SCALES.get(_word(of, at))
        if scale is None:
            return value, step, last, scaled
        value, step, last, scaled = value * scale, step * scale, at + 1, True


def _form(of: Sequence[Token], at: int, last: int) -> tuple[Form, int]:
    before, after = of[at - 1] if at else None, _word(of, last)
    if (before is not None and before.text in _MONEY) or after in _CURRENCY:
        return Form.MONEY, last
    if after in ("%", "percent"):
        return (Form.UNREAD if _word(of, last + 1) in {"point", "points"} else Form.PERCENT), last + 1
    if after == "per" and _word(of, last + 1) == "cent":
        return Form.PERCENT, last + 2
    return Form.CARDINAL, last


def _words(of: Sequence[Token], at: int) -> Number:
    """A number in words: tens with ones, hundreds with a rest, and scales that fall."""
    total, part, last, step = Decimal(0), Decimal(0), at, Decimal(1)
    seen_scale: Decimal | None = None
    while last < len(of):
        word, here = of[last].word, last
        joined = of[last].text == "-" and last > at and _word(of, last + 1) in {*WORDS, *ORDINALS, *_SCALES}
        if joined or (word == "and" and last > at and seen_scale is not None and _word(of, last + 1) in WORDS):
            word, here = of[last + 1].word, last + 1
        if word in WORDS and (part == 0 or _extends(part, WORDS[word])):
            part += WORDS[word]
        elif word in ORDINALS and last > at and joined and _extends(part, ORDINALS[word]):
            return Number(at, here + 1, Form.ORDINAL, total + part + ORDINALS[word])
        elif word == "hundred" and 0 < part < 100:
            part *= 100
            seen_scale = seen_scale or Decimal(100)
        elif word in _SCALES and word != "hundred" and part and (seen_scale is None or _SCALES[word] != seen_scale):
            total, part, seen_scale, step = total + part * _SCALES[word], Decimal(0), _SCALES[word], _SCALES[word]
        elif word == "dozen" and 0 < part < 13 and not total:
            return Number(at, here + 1, Form.CARDINAL, part * 12)
        else:
            break
        last = here + 1
    value = total + part
    step = step if part == 0 and total else Decimal(1)
    form, last = _form(of, at, last)
    if _word(of, last) == "in" and (_word(of, last + 1) in WORDS or _word(of, last + 2) in WORDS):
        return Number(at, last, Form.UNREAD, why="a share in words")
    return Number(at, last, form, value, step, scaled=seen_scale is not None and seen_scale > 100)


def _extends(part: Decimal, more: int) -> bool:
    """Whether `more` goes on after `part` in one number: ones after tens, less than a hundred after hundreds."""
    if part % 100 == 0:
        return 0 < more < 100
    return part % 10 == 0 and part % 100 >= 20 and 0 < more < 10


def _hedged(of: Sequence[Token], number: Number) -> Number:
    at = number.first
    while at and (of[at - 1].text in _MONEY or of[at - 1].word in {"a", "an", "another", "some"}):
        at -= 1
    for words, index in _HEDGES:
        begin = at - len(words)
        if begin >= 0 and all(of[begin + n].word == word for n, word in enumerate(words)):
            if words == ("up", "to") and number.form is Form.CARDINAL:  # a rise or a bound
                return replace(number, form=Form.UNREAD, why="'up to' is a rise or a bound")
            return replace(number, hedge=index, start=begin)
    return replace(number, start=number.first)


def _word(of: Sequence[Token], at: int) -> str:
    return of[at].word if at < len(of) else ""


def _fraction_ends(of: Sequence[Token], at: int) -> bool:
    """Whether a fraction ends within the next few tokens: `two and fifty-four hundredths`."""
    return any(_word(of, at + n) in _PARTS for n in range(1, 5))


def _share(of: Sequence[Token], number: Number, starts: Set[int]) -> bool:
    """Whether a number begins a share: `2 in 5`, which is no place and counts no countries."""
    if number.scaled or number.value > 10 or _word(of, number.last) != "in" or number.last + 1 not in starts:
        return False
    if number.form is not Form.CARDINAL or (
        number.first and _word(of, number.first - 1) in {".", "#", "number", "no", "week"}
    ):
        return False
    return _word(of, number.last + 2) not in {"countries", "territories", "markets", "nations"}
