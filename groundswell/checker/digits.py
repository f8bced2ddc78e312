"""Numbers in digits: `77.24M`, `17,440,000`, `148.6 million`, `40 000`, `2½`, `3/4`; codes, scores and times are left alone."""

import re
from collections.abc import Sequence, Set
from decimal import Decimal
from fractions import Fraction
from typing import Final

from groundswell.checker.numeral import SCALES, Form, Number, form_of, word_at
from groundswell.checker.text import Token, glued
from groundswell.claims.quantity import SCALES as LETTERS

_PLAIN: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|[0-9]+)(?:\.[0-9]+)?")
_CONTINENTAL: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_SUFFIXES: Final = {"k": "K", "m": "M", "mn": "M", "mln": "M", "mil": "M", "b": "B", "bn": "bn", "bln": "bn"}
_ENDINGS: Final = frozenset({"st", "nd", "rd", "th"})
_COUNTS_UP: Final = frozenset(
    "# no nos number top season week part volume episode chapter day age aged in since . :".split()
)
"""Before digits they make these a number of their own, which does not go on after a blank."""
_DENOMINATORS: Final = frozenset({2, 3, 4, 5, 6, 8, 10})
_LONGEST = 24
VULGAR: Final = re.compile(r"(\d+)/(\d+)")


def digits(of: Sequence[Token], at: int, taken: Set[int]) -> Number:
    """The number in digits that begins at `at`, apart from the `taken` tokens."""
    token, first = of[at], at
    continental = _CONTINENTAL.fullmatch(token.text) is not None
    if not (_PLAIN.fullmatch(token.text) or continental) or len(token.text) > _LONGEST:
        return Number(at, at + 1, Form.UNREAD, why="not a number as it is usually written")
    if code := _code(of, at, taken):
        return Number(at, at + 1, Form.UNREAD, why=code)
    text = token.text.replace(".", "").replace(",", ".") if continental else token.text.replace(",", "")
    if at and of[at - 1].text == "." and glued(of[at - 1], token) and word_at(of, at - 2) not in {"no", "nos"}:
        text, first = f"0.{token.text}", at - 1
    last = at + 1
    while text.isdecimal() and last not in taken and (more := _grouped(of, at, last)):
        text, last = text + of[last].text.replace(",", ""), last + 1
        if more == "end":
            break
    value, step = Decimal(text), Decimal(1).scaleb(-len(text.partition(".")[2]))
    scaled, form = False, Form.CARDINAL
    after = of[last] if last < len(of) else None
    if after is not None and glued(of[last - 1], after) and last not in taken:
        word = after.word
        if word in _ENDINGS:
            if not text.isdecimal() or not _ending_fits(int(value), word):
                return Number(first, last + 1, Form.UNREAD, why="an ordinal written wrongly")
            return Number(first, last + 1, Form.ORDINAL, value)
        if word in _SUFFIXES or after.text == "MM":
            scale = LETTERS[_SUFFIXES.get(word, "M")]
            value, step, scaled, last = value * scale, step * scale, True, last + 1
        elif word == "%":
            form, last = Form.PERCENT, last + 1
            if last < len(of) and glued(after, of[last]) and (of[last].is_word or of[last].text in "/="):
                return Number(first, last, Form.UNREAD, why="a part of a longer code")
        elif match := VULGAR.fullmatch(word):
            return fraction(first, last + 1, Fraction(value) + Fraction(int(match[1]), int(match[2])))
        elif after.text == "/" and (found := _slashed(of, first, last - 1, Fraction(0))):
            return found
        elif after.is_word or (after.text in "/:" and last + 1 < len(of) and of[last + 1].is_digits):
            return Number(first, last + 1, Form.UNREAD, why="a part of a longer code")
    elif text.isdecimal() and last + 2 < len(of) and of[last].is_digits and of[last + 1].text == "/":
        if found := _slashed(of, first, last, Fraction(value)):
            return found
    value, step, last, more_scaled = _scale(of, value, step, last)
    scaled = scaled or more_scaled
    if form is Form.CARDINAL:
        form, last = form_of(of, first, last)
    if form is Form.CARDINAL and not scaled and word_at(of, last) in {"dozen", "dozens"}:
        return Number(first, last + 1, form, value * 12)
    if not scaled and step == 1 and value >= 100_000 and form is Form.CARDINAL:
        zeros = len(text) - len(text.rstrip("0"))
        step = Decimal(10) ** zeros if zeros >= 4 else step
        scaled = True
    return Number(first, last, form, value, step, scaled=scaled)


def _code(of: Sequence[Token], at: int, taken: Set[int]) -> str:
    """Why digits that something is glued to are a part of something longer; empty when they are a number."""
    before = of[at - 1] if at else None
    if before is None or not glued(before, of[at]):
        return ""
    free = at < 2 or not glued(of[at - 2], before)
    if before.text == ".":
        return (
            "" if of[at].text.isdecimal() and (free or of[at - 2].word in {"no", "nos"}) else "a part of a longer code"
        )
    if before.text in "-–−+" and free:
        return ""
    if before.text in "-–~" and at >= 2 and at - 2 not in taken and _ends_number(of, at - 2):
        return ""
    if before.is_word or before.text in "/:_@.-–−+=&?%":
        return "a part of a longer code, score, time or range"
    return ""


def _ends_number(of: Sequence[Token], at: int) -> bool:
    """Whether a number of its own ends with token `at`: digits, or digits with a suffix, nothing longer glued before."""
    first = at - (at > 0 and not of[at].is_digits and of[at].word in _SUFFIXES and glued(of[at - 1], of[at]))
    before = of[first - 1] if first else None
    return of[first].is_digits and (before is None or not glued(before, of[first]) or before.text in "(“\"‘'$€£#[")


def _grouped(of: Sequence[Token], at: int, last: int) -> str:
    """Whether the digits at `last` are the next three of those that begin at `at`: `more`, or the `end` with their decimals."""
    if last >= len(of) or not of[last].is_digits or of[last].start - of[last - 1].end != 1:
        return ""
    head, tail = of[at].text, of[last].text
    whole, _, decimals = tail.partition(".")
    if not (head.isdecimal() and len(head) <= 3 and head[0] != "0" and len(whole) == 3 and whole.isdecimal()):
        return ""
    following = of[last + 1] if last + 1 < len(of) else None
    if following is not None and glued(of[last], following) and (following.is_word or following.text in "/:-%"):
        return ""
    if word_at(of, at - 1) in _COUNTS_UP:
        return ""
    return "end" if decimals else "more"


def _slashed(of: Sequence[Token], first: int, at: int, whole: Fraction) -> Number | None:
    """`3/4` with its numerator at `at`: a proper fraction, where it could not be a day, a score or a code."""
    if at + 2 >= len(of) or not of[at + 2].is_digits or of[at + 1].text != "/":
        return None
    above, below = of[at].text, of[at + 2].text
    after = of[at + 3] if at + 3 < len(of) else None
    if not (above.isdecimal() and below.isdecimal() and above[0] != "0" and len(above) < 3 and len(below) < 3):
        return None
    if after is not None and glued(of[at + 2], after) and (after.is_word or after.text in "/-:"):
        return None
    if int(below) not in _DENOMINATORS or int(above) >= int(below) or word_at(of, first - 1) in _DATES:
        return None
    return fraction(first, at + 3, whole + Fraction(int(above), int(below)))


_DATES: Final = frozenset("on since by from until before after to".split())


def fraction(first: int, last: int, value: Fraction | Decimal) -> Number:
    """A fraction in tokens `first` to `last`."""
    value = Fraction(value)
    return Number(first, last, Form.FRACTION, Decimal(value.numerator) / value.denominator, why="a fraction")


def _ending_fits(value: int, ending: str) -> bool:
    right = "th" if value // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return ending == right


def _scale(of: Sequence[Token], value: Decimal, step: Decimal, last: int) -> tuple[Decimal, Decimal, int, bool]:
    scaled = False
    while True:
        at = last + 1 if last < len(of) and of[last].text == "-" else last
        word = word_at(of, at)
        scale = SCALES.get({"bln": "billion", "tln": "trillion", "mln": "million"}.get(word, word))
        if scale is None:
            return value, step, last, scaled
        value, step, last, scaled = value * scale, step * scale, at + 1, True
