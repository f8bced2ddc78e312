"""The numbers of a text in their order: whole and in parts, signed, hedged, and as the ends of ranges.

What is only a part of a number that is not read is left unread with it: a reading that may be wrong is worse than none.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from groundswell.checker.digits import VULGAR, digits, fraction
from groundswell.checker.fraction import divided, halved
from groundswell.checker.numeral import MONEY, SCALES, Form, Number, word_at
from groundswell.checker.spelled import CARDINALS, ORDINAL_SCALES, ORDINALS, PARTS, spelled
from groundswell.checker.text import Token, glued
from groundswell.claims.quantity import HEDGES, Interval

_WORDS: Final = frozenset({*CARDINALS, *ORDINALS, *ORDINAL_SCALES, *SCALES, "half", "quarter", "dozen"})
_NO_NUMBER: Final = frozenset({"dozens", "hundreds", "thousands", "millions", "billions"})
_HEDGES: Final = sorted(
    ((tuple(words.split()), index) for index, hedge in enumerate(HEDGES) for words in hedge.words if words),
    key=lambda pair: -len(pair[0]),
)
_NAMED: Final = {hedge.words[0]: index for index, hedge in reversed([*enumerate(HEDGES)])}
_OR: Final = {
    **dict.fromkeys(("more", "greater", "higher", "above", "up", "over"), _NAMED["at least"]),
    **dict.fromkeys(("less", "fewer", "lower", "below", "under"), _NAMED["at most"]),
}
_LOWER = frozenset({"more_than", "at_least"})
_UPPER = frozenset({"less_than", "at_most"})


def is_number_word(token: Token) -> bool:
    """Whether a token is a number by itself, in digits or words."""
    return token.is_digits or token.word in _WORDS or token.word in _NO_NUMBER or bool(VULGAR.fullmatch(token.word))


def numbers(of: Sequence[Token], taken: Set[int]) -> list[Number]:
    """The numbers in `of`, apart from the `taken` tokens, in their order."""
    found: list[Number] = []
    at = 0
    while at < len(of):
        number = None if at in taken or not is_number_word(of[at]) else _read(of, at, taken)
        if number is None:
            at += 1
            continue
        if found and number.first < found[-1].last:  # `.` of `5.`
            number = replace(number, first=found[-1].last)
        number = _hedged(of, _signed(of, number, taken))
        found.append(number)
        at = max(number.last, at + 1)
    return list(_spanned(of, _alone(of, found)))


def _read(of: Sequence[Token], at: int, taken: Set[int]) -> Number | None:
    token = of[at]
    if token.is_digits:
        return divided(of, digits(of, at, taken))
    if match := VULGAR.fullmatch(token.word):
        return divided(of, fraction(at, at + 1, Decimal(match[1]) / Decimal(match[2])))
    if token.word in _NO_NUMBER:
        return Number(at, at + 1, Form.UNREAD, why="no number is said")
    if token.word in {"half", "quarter"}:
        return halved(of, at)
    number = spelled(of, at)
    return number and divided(of, number)


def _signed(of: Sequence[Token], number: Number, taken: Set[int]) -> Number:
    """A number with the minus that stands before it, in a sign or a word."""
    at = number.first - 1
    if at < 0 or at in taken or number.form not in {Form.CARDINAL, Form.PERCENT, Form.FRACTION}:
        return number
    sign = of[at]
    free = at == 0 or not glued(of[at - 1], sign) or of[at - 1].text in '(“"'
    if sign.text in "-–−" and glued(sign, of[number.first]) and free:
        return replace(number, first=at, value=-number.value)
    if sign.word in {"minus", "negative"} and not (at and is_number_word(of[at - 1])):
        return replace(number, first=at, value=-number.value)
    return number


def _hedged(of: Sequence[Token], number: Number) -> Number:
    at = number.first
    while at and (of[at - 1].text in MONEY or of[at - 1].word in {"a", "an", "another", "some"}):
        at -= 1
    number = _bounded_after(of, number)
    hedge, begin = hedged_at(of, at)
    if not hedge:
        return replace(number, start=number.first)
    if at - begin == 2 and of[begin].word == "up" and number.form is Form.CARDINAL:
        return replace(number, form=Form.UNREAD, why="'up to' is a rise or a bound")
    return replace(number, hedge=number.hedge or hedge, start=begin)


def hedged_at(of: Sequence[Token], at: int) -> tuple[int, int]:
    """The hedge that ends right before token `at`, and where it begins; 0 and `at` where none does."""
    for words, index in _HEDGES:
        begin = at - len(words)
        if begin >= 0 and all(of[begin + n].word == word for n, word in enumerate(words)):
            return index, begin
    return 0, at


def _bounded_after(of: Sequence[Token], number: Number) -> Number:
    """A number with the bound behind it: `54 or more`, `100+`, `20 million hours or more`."""
    if number.form not in {Form.CARDINAL, Form.PERCENT, Form.MONEY, Form.FRACTION}:
        return number
    if word_at(of, number.last) == "+" and glued(of[number.last - 1], of[number.last]):
        following = of[number.last + 1] if number.last + 1 < len(of) else None
        if following is None or not (glued(of[number.last], following) and following.is_word):
            return replace(number, last=number.last + 1, hedge=_NAMED["at least"])
    for at in range(number.last, number.last + 3):
        if word_at(of, at) in {"or", "and"} and (bound := _OR.get(word_at(of, at + 1))) and _closes(of, at):
            last = at + 2 if at == number.last else number.last
            return replace(number, last=last, hedge=bound)
        if word_at(of, at) in {"", "or", "and"} or not of[at].is_word:
            return number
    return number


def _closes(of: Sequence[Token], at: int) -> bool:
    """Whether `or more` at `at` is all that is said: not `or more than 50`, nor `and more people`."""
    after = word_at(of, at + 2)
    if after == "than":
        after = word_at(of, at + 3)
        return after in {"", ".", ",", ")"}
    if of[at].word == "and":
        return after in {"", ".", ",", "in", "of", "hours", "views"}
    return not (at + 2 < len(of) and is_number_word(of[at + 2]))


_UNITS: Final = frozenset("k m g t b mm km cm dz dzs doz dozs gross".split())
_SIGNS: Final = frozenset("^ × * / + ÷ = √ < >".split())
_DAYS: Final = frozenset({"day", "days", "week", "weeks"})
_SMALL: Final = frozenset({"hundred", "thousand"})
_PERCENT: Final = frozenset({"percent", "percents", "cent", "percentage"})


def _alone(of: Sequence[Token], found: Sequence[Number]) -> list[Number]:
    """The same numbers, those unread that are only a part of one: a power, a calculation, a number said in an unknown way."""
    starts, ends = {number.first for number in found}, {number.last for number in found}
    return [
        replace(number, form=Form.UNREAD, why="a part of another number")
        if number.form is not Form.UNREAD and _is_part(of, number, starts, ends)
        else number
        for number in found
    ]


def _is_part(of: Sequence[Token], number: Number, starts: Set[int], ends: Set[int]) -> bool:
    first, last = number.first, number.last
    before, after, later = word_at(of, first - 1), word_at(of, last), word_at(of, last + 1)
    whole = number.form in {Form.CARDINAL, Form.FRACTION}
    if number.form is Form.ORDINAL:
        if (before in {"a", "one"} and after in _ENDED) or (after == "to" and later == "last"):
            return True
        if before == "-" and (first - 1 in ends or after in {"", "."}):
            return True
    return (
        (last in starts and not _apart(of, last) and later not in _DAYS)
        or (first in ends and (number.scaled or not _apart(of, first)) and after not in _DAYS)
        or (after in _SIGNS and not (after == "*" and _is_bullet(of, last)))
        or (before in _SIGNS - {"+"} and not (before == "*" and _is_bullet(of, first - 1)))
        or (before == "+" and first >= 2 and (of[first - 2].text in "^-+" or glued(of[first - 2], of[first - 1])))
        or (before == "-" and (first == 1 or of[first - 2].text in "^-+"))
        or (whole and (after in PARTS or (after == "-" and later in PARTS)) and later != "hour")
        or (whole and after in {"point", "nought", "naught"} and (last + 1 in starts or after != "point"))
        or (before in {"point", "nought", "naught"} and (first - 1 in ends or before != "point"))
        or (number.form is Form.CARDINAL and after in _UNITS and not glued(of[last - 1], of[last]))
        or (after == "and" and last + 1 in starts and of[last - 1].word in _SMALL)
        or (before == "and" and first - 1 in ends and word_at(of, first - 2) in _SMALL)
        or (number.form is Form.CARDINAL and after == "and" and _part_of(of, last + 1))
        or (before == "of" and word_at(of, first - 2) in _PERCENT)
        or (before == "than" and word_at(of, first - 2) == "equal")
        or (
            before == "to" and word_at(of, first - 2) == "equal" and word_at(of, first - 3) == "or" and not number.hedge
        )
        or (after == "or" and later == "equal")
        or after in _NO_NUMBER
        or (number.hedge > 0 and after in {"and", "but"} and word_at(of, last + 2) == "or")
        or (number.form is Form.ORDINAL and before == "the" and word_at(of, first - 2) == "than")
        or (number.form is Form.CARDINAL and after == "over" and last + 1 in starts)
        or (before == "over" and (first - 1 in ends or (first >= 2 and of[first - 2].is_digits)))
        or (number.form is Form.FRACTION and before == "and" and first - 1 in ends and not number.hedge)
        or (
            before == "a"
            and word_at(of, first - 2) == "and"
            and first - 2 in ends
            and of[first].word in PARTS | {"quarter"}
        )
        or (after == "and" and last + 1 in starts and of[last - 1].word in SCALES and of[last + 1].word in CARDINALS)
        or (before == "and" and first - 1 in ends and of[first - 2].word in SCALES and of[first].word in CARDINALS)
    )


def _is_bullet(of: Sequence[Token], at: int) -> bool:
    """Whether the sign at `at` begins a line of a list: nothing is glued to it, and there are not numbers on both sides."""
    around = [of[n] for n in (at - 1, at + 1) if 0 <= n < len(of)]
    return not any(glued(*pair) for pair in pairwise(of[max(0, at - 1) : at + 2])) and not all(
        is_number_word(token) for token in around
    )


_ENDED: Final = frozenset({"", ".", "of", ",", "?", "!"})


def _part_of(of: Sequence[Token], at: int) -> bool:
    """Whether a fraction follows within the next few tokens: `two and fifty-four hundredths`, `forty and a third`."""
    at += word_at(of, at) == "a"
    for here in range(at, min(at + 4, len(of))):
        if of[here].word in PARTS | {"quarter"}:
            return True
        if not is_number_word(of[here]) and of[here].text != "-" and of[here].word != "and":
            return False
    return False


def _apart(of: Sequence[Token], at: int) -> bool:
    """Whether a number that ends before token `at` and the one that begins there are two: `first two`."""
    return of[at - 1].word in ORDINALS and not glued(of[at - 1], of[at])


def _spanned(of: Sequence[Token], found: Sequence[Number]) -> Iterator[Number]:
    """The same numbers, two ends of a range as one; ends that make no range, as in `3-1`, are unread."""
    at = 0
    while at < len(found):
        number, after = found[at], found[at + 1] if at + 1 < len(found) else None
        if after is None or not _joins(of, number, after):
            yield number
            at += 1
            continue
        if number.hedge and after.form is Form.UNREAD and of[number.last].word in {"and", "but"}:
            number = replace(number, form=Form.UNREAD, why="one bound of two")
        dashed = of[number.last].text in "-–~" and glued(of[number.last - 1], of[number.last])
        chain = at + 2
        while dashed and chain < len(found) and _joins(of, found[chain - 1], found[chain]):
            chain += 1
        whole = _range(of, number, after) if chain == at + 2 else None
        if whole is not None:
            yield whole
        elif dashed:
            why = "a part of a longer code, score, time or range"
            yield from (replace(one, form=Form.UNREAD, why=why) for one in found[at:chain])
        else:
            yield number
            at += 1
            continue
        at = chain


def _joins(of: Sequence[Token], lower: Number, upper: Number) -> bool:
    """Whether what stands between two numbers could make them the ends of a range."""
    between = [token.word for token in of[lower.last : upper.start]]
    if between in (["-"], ["–"], ["~"]) or between == ["through"] or between == ["to"]:
        return True
    return between in (["and"], ["and", "the"], ["but"], [","], ["and", "at"])


def _range(of: Sequence[Token], lower: Number, upper: Number) -> Number | None:
    joint = of[lower.last].word
    before = word_at(of, lower.start - 1)
    if before == "the":
        before = word_at(of, lower.start - 2)
    sides = HEDGES[lower.hedge].relation, HEDGES[upper.hedge].relation
    same = lower.form == upper.form and lower.form in {Form.CARDINAL, Form.PERCENT, Form.FRACTION, Form.MONEY}
    if lower.hedge and upper.hedge and same and joint in {"and", "but", ","}:
        if {sides[0] in _LOWER, sides[1] in _LOWER} != {True, False} or not set(sides) <= _LOWER | _UPPER:
            return None
        one, other = (HEDGES[n.hedge].allows(n.value, n.step) for n in (lower, upper))
        above, below = (one, other) if sides[0] in _LOWER else (other, one)
        return _of_both(lower, upper, Interval(above.low, below.high, above.low_open, below.high_open))
    if upper.hedge or joint in {"but", ","}:
        return None
    ordinals = lower.form is upper.form is Form.ORDINAL and before == "between"
    if not ordinals and (lower.form is not Form.CARDINAL or upper.form is not Form.CARDINAL):
        if not (same or (lower.form is Form.CARDINAL and upper.form is Form.PERCENT)) or joint in {"and", "to"}:
            return None
    if (joint == "and" and before != "between") or (joint == "to" and before == "from"):
        return None
    if _leading_zero(of, lower) or _leading_zero(of, upper):
        return None
    scale = _scale_of(of, upper)
    low = lower.value * scale if upper.scaled and not lower.scaled and lower.value < 1000 <= scale else lower.value
    return _of_both(lower, upper, Interval(low, upper.value))


def _of_both(lower: Number, upper: Number, within: Interval) -> Number | None:
    if within.low is None or within.high is None or within.low >= within.high:
        return None
    return Number(
        lower.first, upper.last, Form.RANGE, within.low, start=lower.start, why="a range", within=within,
        scaled=upper.scaled,
    )  # fmt: skip


def _leading_zero(of: Sequence[Token], number: Number) -> bool:
    return of[number.first].text.startswith("0")


def _scale_of(of: Sequence[Token], number: Number) -> Decimal:
    """By what the last words of a number multiply it."""
    scale = Decimal(1)
    for token in of[number.first : number.last]:
        scale *= SCALES.get(token.word, Decimal(1))
    letters = {
        "k": Decimal(10**3),
        "m": Decimal(10**6),
        "mn": Decimal(10**6),
        "b": Decimal(10**9),
        "bn": Decimal(10**9),
    }
    return scale * letters.get(of[number.last - 1].word, Decimal(1))
