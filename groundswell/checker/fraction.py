"""Parts of a whole: `two thirds`, `three and a half`, `half a million`, `two out of three`, `one in four`."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from groundswell.checker.digits import fraction
from groundswell.checker.numeral import SCALES, Form, Number, word_at
from groundswell.checker.spelled import CARDINALS, ORDINALS, PLURAL, SINGULAR, spelled
from groundswell.checker.text import Token
from groundswell.checker.words import COUNTRIES

_ENDS: Final = frozenset({"", ".", ",", ";", ":", "?", "!", ")", "of", "and"})
_TIME: Final = frozenset("week weeks day days month months year years hour hours minute minutes night nights".split())
_NO_COUNT: Final = frozenset({"#", ".", "no", "nos", "number", "week", "season", "part", "volume", "top"})
_STEP: Final = {2: Decimal("0.1"), 4: Decimal("0.05")}
"""How exactly a half and a quarter of a scale are said."""


def halved(of: Sequence[Token], at: int) -> Number | None:
    """What begins with `half` or `quarter` at `at`: of a scale, of a dozen, or of whatever it is said of."""
    quarter = of[at].word == "quarter"
    before, after = word_at(of, at - 1), word_at(of, at + 1)
    here = at + 1 + (after in {"a", "of"}) + (after == "of" and word_at(of, at + 2) == "a")
    if word_at(of, here) in SCALES and before not in ORDINALS:
        return _of_scale(of, fraction(at, at + 1, Fraction(1, 4 if quarter else 2)), here)
    if not quarter and after == "a" and word_at(of, at + 2) == "dozen":
        return Number(at, at + 3, Form.CARDINAL, Decimal(6))
    if before in ORDINALS or before in {"other", "latter", "this", "next", "last"} or after in {"-", "time"}:
        return None if quarter else Number(at, at + 1, Form.UNREAD, why="a part of something, not a number")
    if quarter:
        return fraction(at, at + 1, Fraction(1, 4)) if before in {"a", "one"} and after in _ENDS else None
    return fraction(at, at + 1, Fraction(1, 2))


def divided(of: Sequence[Token], number: Number) -> Number:
    """`number` with the part of a whole that it begins or goes on with."""
    if number.form is Form.ORDINAL:
        return _one_part(of, number)
    if number.form is Form.FRACTION:
        return _of_scale(of, number, number.last + _of_a(of, number.last))
    if number.form is not Form.CARDINAL:
        return number
    if (mixed := _mixed(of, number)) is not None:
        return mixed
    if not number.scaled and (below := _denominator(of, number)) is not None:
        parted = fraction(number.first, below[1], Fraction(number.value) / below[0])
        return _of_scale(of, parted, parted.last + _of_a(of, parted.last))
    return share(of, number) or number


def _one_part(of: Sequence[Token], number: Number) -> Number:
    """`a third of`: one part where `a` stands before an ordinal and nothing is counted after it."""
    word = of[number.last - 1].word
    if word_at(of, number.first - 1) != "a" or word not in SINGULAR or word_at(of, number.last) not in _ENDS - {"and"}:
        return number
    if word_at(of, number.first - 2) in {"and", "for"}:
        return number
    parted = fraction(number.first, number.last, Fraction(1, int(number.value)))
    return _of_scale(of, parted, parted.last + _of_a(of, parted.last))


def _denominator(of: Sequence[Token], number: Number) -> tuple[int, int] | None:
    """Into how many parts the number before divides a whole, and where that ends."""
    at = number.last + (word_at(of, number.last) == "-")
    word, after = word_at(of, at), word_at(of, at + 1)
    names = SINGULAR if number.value == 1 else PLURAL
    if number.value != int(number.value) or number.value < 1:
        return None
    long = number.last - number.first > 3
    tens = of[number.last - 1].word in CARDINALS and number.value % 10 == 0 and number.value > 20
    if word in names and (names[word] > 2 or word in {"half", "halves"}):
        if number.value == 1 and after not in _ENDS:
            return None
        if long or (tens and names[word] < 10) or (number.value == 1 and of[number.first].is_digits):
            return None
        return names[word], at + 1
    if word in CARDINALS and CARDINALS[word] in range(20, 100, 10):
        here = at + 1 + (after == "-")
        last = word_at(of, here)
        ones = (
            ORDINALS.get(last)
            if number.value == 1
            else ORDINALS.get(last.removesuffix("s"))
            if last[-1:] == "s"
            else None
        )
        if ones is not None and ones < 10 and not long:
            return CARDINALS[word] + ones, here + 1
    return None


def _mixed(of: Sequence[Token], number: Number) -> Number | None:
    """`three and a half`, `one and three quarters`; after a scale a part of it: `two million and a half`."""
    if word_at(of, number.last) != "and" or number.value != int(number.value):
        return None
    at = number.last + 1
    above = Decimal(1)
    if word_at(of, at) == "a":
        at += 1
    elif word_at(of, at) in CARDINALS and CARDINALS[of[at].word]:
        above, at = Decimal(CARDINALS[of[at].word]), at + 1
    else:
        return None
    names = SINGULAR if above == 1 else PLURAL
    below = names.get(word_at(of, at))
    if below is None or word_at(of, at + 1) == "-" or (above == 1 and below > 4 and word_at(of, at + 1) not in _ENDS):
        return None
    if word_at(of, at + 1) in SCALES and number.scaled:
        return None
    if number.scaled:
        scale = number.step
        value = Fraction(number.value) + Fraction(scale) * Fraction(above) / below
        return replace(_said(number.first, at + 1, value, scale, below), start=number.start)
    mixed = fraction(number.first, at + 1, Fraction(number.value) + Fraction(above) / below)
    return _of_scale(of, mixed, at + 1, below)


def _of_a(of: Sequence[Token], at: int) -> int:
    """How many tokens of `of a` stand before a scale at `at`; 0 where none follows."""
    for words in (("of", "a"), ("of",), ("a",)):
        if all(word_at(of, at + n) == word for n, word in enumerate(words)) and word_at(of, at + len(words)) in SCALES:
            return len(words)
    return 0


def _of_scale(of: Sequence[Token], parted: Number, at: int, below: int | None = None) -> Number:
    """A fraction with the scale at `at`, if one stands there: a half and a quarter of it are counts, others stay fractions."""
    scale = SCALES.get(word_at(of, at))
    if scale is None or scale < 1000:
        return parted
    exact = Fraction(parted.value).limit_denominator(10**6)
    return _said(parted.first, at + 1, exact * Fraction(scale), scale, below or exact.denominator)


def _said(first: int, last: int, value: Fraction, scale: Decimal, below: int) -> Number:
    if below not in _STEP:
        return fraction(first, last, value)
    exact = Decimal(value.numerator) / value.denominator
    return Number(first, last, Form.CARDINAL, exact, scale * _STEP[below], scaled=True)


def share(of: Sequence[Token], number: Number) -> Number | None:
    """`two out of three`, `one in four`, `one over twenty`: a share, where no place, time or country is counted."""
    at, word = number.last, word_at(of, number.last)
    if number.scaled or number.value != int(number.value) or word_at(of, number.first - 1) in _NO_COUNT:
        return None
    over = word == "over"
    at += 2 if word == "out" and word_at(of, at + 1) == "of" else 1 if word == "in" or over else 0
    if at == number.last or at >= len(of) or not (of[at].is_digits or of[at].word in CARDINALS):
        return None
    whole = _whole(of, at)
    if whole is not None and word_at(of, whole.last) in {"hundreds", "thousands", "millions", "billions"}:
        return Number(number.first, number.last, Form.UNREAD, why="a share of nobody knows how many")
    if whole is None or not 0 < number.value < whole.value:
        return Number(number.first, number.last, Form.UNREAD, why="a share in words") if number.value == 1 else None
    after = word_at(of, whole.last)
    if after in COUNTRIES or after in _TIME or after in {"different", "of", "-", "/"}:
        return None
    if word != "out" and after not in _ENDS | {
        "or",
        "people",
        "viewers",
        "households",
        "accounts",
        "subscribers",
        "members",
    }:
        return None
    if over and (number.value != 1 or whole.scaled):
        return None
    if of[number.first].is_digits and word == "in" and number.value > 10:
        return None
    return fraction(number.first, whole.last, Fraction(number.value) / Fraction(whole.value))


def _whole(of: Sequence[Token], at: int) -> Number | None:
    if of[at].is_digits:
        text = of[at].text
        return Number(at, at + 1, Form.CARDINAL, Decimal(text)) if text.isdecimal() and text.isascii() else None
    found = spelled(of, at)
    return found if found is not None and found.form is Form.CARDINAL else None
