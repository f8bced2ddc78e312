"""Numbers in words: `two hundred and five`, `forty-five million`, `two point four billion`, `twenty-first`."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from groundswell.checker.numeral import SCALES, Form, Number, form_of, word_at
from groundswell.checker.text import Token, glued
from groundswell.claims.quantity import ORDINALS as _FIRSTS
from groundswell.claims.quantity import WORDS

CARDINALS: Final = {**WORDS, "nought": 0, "naught": 0}
_TENS: Final = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
ORDINALS: Final = {**_FIRSTS, **{word: 10 * at for at, word in enumerate(_TENS, 2)}}
ORDINAL_SCALES: Final = {f"{word}th": scale for word, scale in SCALES.items() if word not in {"lakh", "crore"}}
SINGULAR: Final = {
    **{word: number for word, number in ORDINALS.items() if number > 2},
    **{word: int(scale) for word, scale in ORDINAL_SCALES.items()},
    "half": 2,
    "quarter": 4,
}
"""Words for one part of a whole → into how many it is divided."""
PLURAL: Final = {**{f"{word}s": number for word, number in SINGULAR.items() if word != "half"}, "halves": 2}
PARTS: Final = frozenset({*PLURAL, "half"})
"""Words that name a part of a whole whatever stands before them."""
_ONE_OF: Final = frozenset("the this that which each every any no another right wrong only next last previous".split())
"""Before a bare `one` they make it a pronoun."""


def spelled(of: Sequence[Token], at: int) -> Number | None:
    """The number in words that begins at `at`; None where the word is no number there."""
    word = of[at].word
    if word in ORDINALS:
        return Number(at, at + 1, Form.ORDINAL, Decimal(ORDINALS[word]))
    if word in ORDINAL_SCALES:
        return Number(at, at + 1, Form.ORDINAL, ORDINAL_SCALES[word])
    if word in SCALES and not (word == "hundred" and word_at(of, at + 1) in SCALES):
        if at and of[at - 1].word in {"a", "one"}:
            scale = SCALES[word]
            return Number(at, at + 1, Form.CARDINAL, scale, scale, scaled=word != "hundred")
        return Number(at, at + 1, Form.UNREAD, why="a number is missing before it")
    if word == "dozen":
        return Number(at, at + 1, Form.CARDINAL, Decimal(12))
    if (
        word == "one"
        and (word_at(of, at - 1) in _ONE_OF or word_at(of, at - 1) in ORDINALS)
        and not _goes_on(of, at + 1)
    ):
        return None
    return magnitude(of, at, at, Decimal(0))


def magnitude(of: Sequence[Token], first: int, at: int, part: Decimal, total: Decimal = Decimal(0)) -> Number:
    """The number that begins at `first`, read up to `at` as `total` and a `part` below it: tens with ones, and scales that fall."""
    last, step = at, Decimal(1)
    least = Decimal(1000) if total else None
    while last < len(of):
        here = _joined(of, last, part, least) if last > first else last
        word = word_at(of, here)
        if word in CARDINALS and (_extends(part, CARDINALS[word]) or (part == 0 and (last == first or least))):
            if CARDINALS[word] == 0 and last > first:
                break
            part += CARDINALS[word]
        elif last > first and (ordinal := _ordinal(of, here, part, least)):
            return Number(first, here + 1, Form.ORDINAL, total + ordinal)
        elif word == "hundred" and (0 < part < 100 or last == first):
            part = (part or Decimal(1)) * 100
        elif word in SCALES and word != "hundred" and part and (least is None or SCALES[word] < least):
            total, part, least = total + part * SCALES[word], Decimal(0), SCALES[word]
        elif word in SCALES and last > first and not part and here == last and of[last - 1].word in SCALES:
            total, least = total * SCALES[word], SCALES[word]
        elif word in {"dozen", "dozens"} and part % 100:
            return Number(first, here + 1, Form.CARDINAL, total + part + 11 * (part % 100))
        elif word == "point" and last > first and not total:
            return _decimal(of, first, here + 1, part)
        else:
            break
        last = here + 1
    value = total + part
    step = least if least and part == 0 else step
    form, last = form_of(of, first, last)
    return Number(first, last, form, value, step, scaled=least is not None)


def _joined(of: Sequence[Token], at: int, part: Decimal, least: Decimal | None) -> int:
    """Past a hyphen or an `and` that holds a number together at `at`, else `at`."""
    after = word_at(of, at + 1)
    known = after in CARDINALS or after in ORDINALS or after in SCALES or after in ORDINAL_SCALES
    if of[at].text == "-" and known:
        tens = part % 100 >= 20 and part % 10 == 0 and (CARDINALS.get(after) or ORDINALS.get(after, 0)) in range(1, 10)
        return at + 1 if tens or after in SCALES or after in ORDINAL_SCALES else at
    if word_at(of, at + 2) in PARTS | {"quarter"} and CARDINALS.get(after, 10) < 10:
        return at  # `one million and three quarters`
    if of[at].word == "and" and known and after not in SCALES and (least is not None or part >= 100):
        return at + 1
    return at


def _ordinal(of: Sequence[Token], at: int, part: Decimal, least: Decimal | None) -> Decimal | None:
    """What the part of a number below its scales is with the ordinal at `at`, where that ends it."""
    word, after = word_at(of, at), at + 1
    if after + 1 < len(of) and of[after].text == "-" and glued(of[at], of[after]) and glued(of[after], of[after + 1]):
        return None  # `first-time`
    if word in ORDINALS and (_extends(part, ORDINALS[word]) or (part == 0 and least is not None)):
        return part + ORDINALS[word]
    if word in ORDINAL_SCALES and part > 1:
        return part * ORDINAL_SCALES[word]
    return None


def _decimal(of: Sequence[Token], first: int, at: int, whole: Decimal) -> Number:
    """`two point four million`: the digits after the point one by one, or one number of two digits."""
    digits, last = "", at
    while word_at(of, last) in CARDINALS and CARDINALS[of[last].word] < 10:
        digits, last = digits + str(CARDINALS[of[last].word]), last + 1
    if not digits and word_at(of, last) in CARDINALS:
        tens = CARDINALS[of[last].word]
        here = last + 1 + (word_at(of, last + 1) == "-")
        ones = CARDINALS.get(word_at(of, here), 0)
        more = tens >= 20 and 0 < ones < 10
        digits, last = str(tens + ones if more else tens), here + 1 if more else last + 1
    if not digits:
        return Number(first, at, Form.UNREAD, why="nothing is said after the point")
    value, step = whole + Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits))
    scale = SCALES.get(word_at(of, last))
    if scale is not None:
        value, step, last = value * scale, step * scale, last + 1
    form, last = form_of(of, first, last)
    return Number(first, last, form, value, step, scaled=scale is not None)


def _extends(part: Decimal, more: int) -> bool:
    """Whether `more` goes on after `part` in one number: ones after tens, less than a hundred after hundreds."""
    if part and part % 100 == 0:
        return 0 < more < 100
    return part % 10 == 0 and part % 100 >= 20 and 0 < more < 10


def _goes_on(of: Sequence[Token], at: int) -> bool:
    """Whether more of a number follows `one`: `the one million`."""
    return word_at(of, at) in SCALES or word_at(of, at + (word_at(of, at) == "-")) in {*SCALES, "dozen"}
