"""Names in a text that are none of the record's: whose number it is cannot be known across one of them."""

from collections.abc import Mapping, Sequence

from groundswell.checker.text import Token
from groundswell.checker.words import GENERIC, INTRODUCES, LIST_WORDS, MONTHS, SEASON_WORDS, WEEKDAYS

OPENING = frozenset('"“‘«')
_INSIDE = frozenset("'s de del la von of the .".split())
_KNOWN = frozenset(
    "netflix top no number nos english non tv film films series show shows i new the a an it its in on at with for "
    "globally worldwide list chart uk us korean spanish german french italian polish british american japanese turkish "
    "mexican brazilian indian norwegian danish swedish thai k and but or two three four five six seven eight nine ten "
    "first second third last this that".split()
)


def unknown(of: Sequence[Token], identifiers: Mapping[int, str], first: int, last: int) -> str:
    """A name between tokens `first` and `last` that no record has and that is not introduced as somebody's; else empty."""

    def word(at: int) -> str:
        return of[at].word if 0 <= at < len(of) else ""

    def is_name(at: int) -> bool:
        token = of[at]
        return (
            token.is_capital
            and at not in identifiers
            and len(token.text) > 1
            and token.word not in _KNOWN
            and token.word not in LIST_WORDS
            and token.word not in MONTHS
            and token.word not in WEEKDAYS
            and token.word not in SEASON_WORDS
        )

    at, introduced = first, -1
    while at < last:
        token = of[at]
        closes = token.text == '"' and at - first <= 1
        if token.text in OPENING and first < at < last - 1 and token.text != "'" and not closes:
            return of[min(at + 1, len(of) - 1)].text
        if not is_name(at):
            at += 1
            continue
        end = at
        while end < last and (is_name(end) or word(end) in _INSIDE):
            end += 1
        while end > at and not is_name(end - 1):
            end -= 1
        before, possessive = word(at - 1), word(end) == "'s"
        listed = introduced >= 0 and all(word(n) in {",", "and", "&"} for n in range(introduced, at))
        if before == "the":
            before = word(at - 2)
        if not (possessive or listed or before in INTRODUCES or before == "-" or before in GENERIC):
            return " ".join(one.text for one in of[at:end])
        introduced = end if listed or before in INTRODUCES else -1
        at = end
    return ""
