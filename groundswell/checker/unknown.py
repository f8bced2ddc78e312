"""Names in a text that are none of the record's: whose number it is cannot be known across one of them."""

from collections.abc import Mapping, Sequence

from groundswell.catalog import code_of
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
        return _is_name(of, identifiers, at)

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
        if word(at - 1) == "(" and word(end) == ")" and code_of(_written(of[at:end])) is not None:
            at = end  # `X (Brazil)`
            continue
        before, possessive = word(at - 1), word(end) == "'s"
        listed = introduced >= 0 and all(word(n) in {",", "and", "&"} for n in range(introduced, at))
        generic = before in GENERIC and not _titled(of, identifiers, at - 2, first)
        if before == "the":
            before = word(at - 2)
        if not (possessive or listed or before in INTRODUCES or before == "-" or generic):
            return _written(of[at:end])
        introduced = end if listed or before in INTRODUCES else -1
        at = end
    return ""


def _written(of: Sequence[Token]) -> str:
    return " ".join(one.text for one in of)


def _titled(of: Sequence[Token], identifiers: Mapping[int, str], at: int, first: int) -> bool:
    """Whether a title stands right before a word for its kind: what follows in `the Money Heist spinoff Berlin` is another."""
    return at >= first - 1 and at >= 0 and identifiers.get(at) == "title"


def named_before(of: Sequence[Token], identifiers: Mapping[int, str], first: int, at: int) -> bool:
    """Whether the words right before token `at` are a name that is none of the record's: `Trending TV had …`."""
    begin = at
    while begin > first and of[begin - 1].is_capital:
        begin -= 1
    return any(_is_name(of, identifiers, here) for here in range(begin, at))


def foreign_list(of: Sequence[Token], identifiers: Mapping[int, str], first: int, last: int) -> str:
    """The list between tokens `first` and `last` that bears somebody else's name: `Variety's Trending TV chart`; else empty."""
    for at in range(first, last):
        if of[at].word not in LIST_WORDS - {"side", "category"} or at in identifiers:
            continue
        begin = at
        owners = {of[here].word for here in range(max(first, at - 3), at)}
        if owners & {"its", "their", "his", "her", "whose"} and not _STREAMER & {
            of[n].word for n in range(first, last)
        }:
            return " ".join(token.text for token in of[max(first, at - 3) : at + 1])
        while begin > first and (of[begin - 1].is_capital or of[begin - 1].word in _WITHIN_A_LIST):
            begin -= 1
        named = [
            here for here in range(begin, at) if _is_name(of, identifiers, here) and of[here].word not in _WITHIN_A_LIST
        ]
        if any(code_of(of[here].text) is None for here in named):
            return " ".join(token.text for token in of[named[0] : at + 1])
    return ""


def foreign_front(of: Sequence[Token], identifiers: Mapping[int, str], first: int, last: int) -> str:
    """What a sentence says it speaks of when that is no list of Netflix: `On Trending TV, …`; else empty."""
    begin = first + 1 + (first + 1 < last and of[first + 1].word == "the")
    return of[begin].text if of[first].word == "on" and begin < last and _is_name(of, identifiers, begin) else ""


_STREAMER = frozenset("netflix streamer platform service company it".split())
_WITHIN_A_LIST = frozenset(
    "'s - top 10 ten most tv film films movie movies series show shows streaming popular watched viewed".split()
)


def _is_name(of: Sequence[Token], identifiers: Mapping[int, str], at: int) -> bool:
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
