"""Text as tokens and sentences; every token knows its characters."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from groundswell.core.errors import InputError

MOST_BYTES = 1_000_000
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
_ABBREVIATED = frozenset(
    "no nos vol vols vs st mr mrs ms dr jr sr jan feb mar apr jun jul aug sep sept oct nov dec ep approx inc co".split()
)
_ENDS = frozenset(".!?")
_CLOSING = frozenset("\"'”’)]»")
_BULLETS = frozenset("•*-–—·|▪●◦")
_UNWRAPPED = 50
"""A line of fewer characters was not broken for its length: what follows begins anew."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of digits, a word, or one sign; `word` is its lower-case ASCII form, in which words are compared."""

    text: str
    word: str
    start: int
    end: int

    @property
    def is_digits(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdecimal()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number rather than a sign."""
        return self.text[0].isalnum()


def tokens(text: str) -> list[Token]:
    """The tokens of `text`; a possessive ending is one of its own. `InputError` over a megabyte."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise InputError(f"the text has more than {MOST_BYTES:,} bytes; check it in parts")
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        found, start, end = match[0], match.start(), match.end()
        if len(found) > 2 and found[-2] in "'’" and found[-1] in "sS":
            yield Token(found[:-2], fold(found[:-2]), start, end - 2)
            yield Token(found[-2:], "'s", end - 2, end)
        else:
            yield Token(found, fold(found), start, end)


def fold(text: str) -> str:
    """Lower-case ASCII, apostrophes dropped: `Don’t` is `dont`, `Ángela` is `angela`."""
    plain = text if text.isascii() else anyascii(text)
    return plain.lower().replace("'", "") or text.lower()


def glued(left: Token, right: Token) -> bool:
    """Whether nothing stands between two tokens."""
    return left.end == right.start


def sentences(of: Sequence[Token], text: str, whole: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences as ranges of tokens; none ends within one of the `whole` ranges, the names in the text."""
    found: list[tuple[int, int]] = []
    inside = [first for first, _ in whole]
    start = 0
    for at, token in enumerate(of):
        if at + 1 == len(of):
            break
        gap = text[token.end : of[at + 1].start]
        blank = "\n\n" in gap or ("\n" in gap and _begins_anew(of, at, text))
        if not blank and (token.text not in _ENDS and token.text not in _CLOSING):
            continue
        if blank or _ends(of, at):
            holder = bisect_right(inside, at) - 1
            if holder >= 0 and whole[holder][1] > at + 1:
                continue
            found.append((start, at + 1))
            start = at + 1
    if start < len(of):
        found.append((start, len(of)))
    return found


def _begins_anew(of: Sequence[Token], at: int, text: str) -> bool:
    """Whether the line after token `at` is an item of a list, or comes after one that was not broken for its length."""
    following, sign = of[at + 1], of[at + 2].text if at + 2 < len(of) else ""
    if following.text in _BULLETS or (following.is_digits and sign in {".", ")", "|"}):
        return True
    begins = following.is_capital or following.is_digits or following.text in '"“‘#'
    return begins and of[at].text != "," and of[at].end - text.rfind("\n", 0, of[at].end) <= _UNWRAPPED


def _ends(of: Sequence[Token], at: int) -> bool:
    """Whether a sentence ends after token `at`, a full stop or a closing sign after one."""
    last, following = at, of[at + 1]
    if glued(of[at], following) or following.text in _CLOSING - {'"', "'"}:
        return False
    while last > 0 and of[last].text in _CLOSING and glued(of[last - 1], of[last]):
        last -= 1
    if of[last].text not in _ENDS:
        return False
    begins = following if following.is_word or at + 2 >= len(of) else of[at + 2]
    if not (begins.is_capital or begins.is_digits or following.text in '"“‘'):
        return False
    before = of[last - 1] if last else None
    if of[last].text != "." or before is None:
        return True
    if before.word in _ABBREVIATED:
        return before.word in {"no"} and not following.is_digits and begins.is_capital and before.text != "No"
    return not (len(before.text) == 1 and before.is_capital and last == at)
