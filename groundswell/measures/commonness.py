"""How easily a title is an ordinary word or phrase: its tier, from a frozen table of word frequencies and nothing else.

The table, its origin and the thresholds: docs/methods.md, "Linking posts to titles".
"""

import math
import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

from groundswell.measures.folding import fold, is_unspaced


class Tier(StrEnum):
    """How much evidence a mention of a title needs beside its words."""

    A = "A"
    """Distinctive: hardly ever anything else."""
    B = "B"
    """A rare word or an unusual phrase."""
    C = "C"
    """Common words."""
    D = "D"
    """Words of nearly every post."""


_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ARTICLES = frozenset("the a an le la les el los las il der die das o os as".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december halloween christmas easter thanksgiving".split()
)
EVERYDAY = 5.0
COMMON = 3.95
PHRASE_COMMON, PHRASE_KNOWN, PHRASE_RARE = 4.6, 3.95, 3.5
_FLOOR = 2.0
"""The level given to a word the table does not hold."""


@cache
def _levels() -> dict[str, float]:
    text = (files("groundswell.measures") / "data" / "words.txt").read_text(encoding="utf-8")
    found: dict[str, float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            common, *words = line.split()
            found |= dict.fromkeys(words, float(common))
    return found


def level(word: str) -> float | None:
    """How common a folded word is on the Zipf scale, in tenths; None when it is rarer than the table reaches."""
    if found := _levels().get(word):
        return found
    if word.isdigit():
        return EVERYDAY
    whole, _, ending = word.partition("'")
    return _levels().get(whole) if ending in ("s", "") else None


@cache
def _names() -> frozenset[str]:
    text = (files("groundswell.measures") / "data" / "names.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_name(word: str) -> bool:
    """Whether a folded word is a given name, a country, a day, a month or a feast: its capital says nothing."""
    return word in _CALENDAR or word in _names()


@cache
def tier_of(form: str) -> Tier:
    """The tier of a title as written.

    >>> [tier_of(form).value for form in ("Bridgerton", "Maid", "Elite", "You")]
    ['A', 'B', 'C', 'D']
    """
    folded = fold(form)
    words = _WORD.findall(folded)
    if len(words) > 1 and words[0] in _ARTICLES:
        of_rest = _tier(words[1:], folded)
        return Tier.C if of_rest is Tier.D else of_rest
    return _tier(words, folded)


def _tier(words: list[str], folded: str) -> Tier:
    if all(map(str.isdigit, words)):
        return Tier.D
    if not folded.isascii() and any(is_unspaced(character) for character in folded):
        return Tier.B if len(folded) > 2 else Tier.D
    if len(words) == 1:
        return _tier_of_word(words[0], level(words[0]))
    levels = [_FLOOR if (one := level(word)) is None else one for word in words]
    together, rarest = _together(levels), min(levels)
    if len(words) == 2 and rarest >= 5.5:
        return Tier.D
    if rarest >= EVERYDAY and len(words) < 5:
        return Tier.C
    if together >= PHRASE_COMMON:
        return Tier.C if len(words) < 4 else Tier.B
    if together >= PHRASE_KNOWN:
        return Tier.B if len(words) < 4 else Tier.A
    return Tier.A


def _together(levels: list[float]) -> float:
    """The level of a phrase: lower than that of its rarest word, the lower the more of them are rare."""
    return -math.log10(sum(10**-one for one in levels))


def is_rare(words: list[str]) -> bool:
    """Whether folded words hardly ever meet but in a title, however they are written."""
    levels = [_FLOOR if (one := level(word)) is None else one for word in words]
    return len(words) > 1 and _together(levels) < PHRASE_RARE


def _tier_of_word(word: str, common: float | None) -> Tier:
    if word.isdigit() or len(word) == 1 or word in _CALENDAR:
        return Tier.D
    if common is None:
        return Tier.A if word.isascii() and len(word) > 3 else Tier.B
    if common >= EVERYDAY:
        return Tier.D
    return Tier.C if common >= COMMON or len(word) < 3 else Tier.B


def is_plural(word: str) -> bool:
    """Whether a folded word is the plural of an ordinary word."""
    return word.endswith("s") and word[-2:] not in ("ss", "us", "is") and (level(word[:-1]) or 0) >= 3
