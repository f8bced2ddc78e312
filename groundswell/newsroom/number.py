"""What a number is in a story, so that none stands there unbound.

The rule, wider than any grammar that reads numbers: any token with a digit, fraction or numeral sign; number words; %, -fold,
half, double, twice, dozen; `one` and `first` only where they count. Not: dates and years that count nothing, the windows of an
audience (Live+1), the names of charts, titles and seasons that are more than a number.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from groundswell.claims.quantity import ORDINALS, WORDS
from groundswell.claims.unit import UNITS

_COUNTED = r"(?:weeks?|months?|days?|countr(?:y|ies)|territor(?:y|ies)|places?|spots?|times?)"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d{2}"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_UNITS = "|".join(words for unit in UNITS.values() for words in unit.after if words)
_RANGE = rf"{_DAY}(?:\s*(?:-|–|to|and)\s*(?:{_MONTH}\s+)?{_DAY})?"
_DATES = re.compile(
    rf"\b(?:\d{{4}}-\d{{2}}-\d{{2}}|{_RANGE}\s+{_MONTH}(?:,?\s+{_YEAR})?|{_MONTH}\s+{_RANGE}(?:,?\s+{_YEAR})?|{_YEAR})\b"
    rf"(?![\d.,]*\d)(?!\s+(?i:{_COUNTED}|{_UNITS}|hundred|thousand|million|billion|percent|per cent)\b|\s*%)",
)
_NAMES = re.compile(
    r"\btop[ -](?:10|ten)\b"
    r"|\blive ?\+ ?[17]\b"
    r"|\b(?:seasons?|parts?|volumes?|vol\.|chapters?|books?)\s+(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_WORDS = "|".join(sorted(({*WORDS, *ORDINALS} - {"one", "first", "second"}), key=len, reverse=True))
_SIGNS = "²³¹¼-¾\u2070-\u2089\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"  # superscripts, fractions, Ⅷ, ⑧
_NUMBER = re.compile(
    rf"[^\s\w]?\b\w*\d[\w.,:/%°–-]*|[{_SIGNS}]|\b(?:{_WORDS}|hundreds?|thousands?|millions?|billions?|dozens?|half|halves|thirds?|quarters?"
    rf"|doubled?|doubling|tripled?|twice|thrice|\w+fold)\b|\b(?:one|first|second)(?=\s+(?:consecutive\s+|straight\s+)?{_COUNTED})\b|%",
    re.IGNORECASE,
)
_WORD_CHARACTER = re.compile(r"\w")


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of a text."""

    start: int
    end: int

    def covers(self, other: "Span") -> bool:
        """Whether all of `other` lies within."""
        return self.start <= other.start and other.end <= self.end


def numbers(text: str, names: Iterable[str]) -> list[Span]:
    """Where `text` states numbers. `names` are titles and seasons whose digits and number words count nothing.

    A name that is a number and nothing else (*65*, *Two*) is no such name: any number could be taken for it.
    """
    matches = list(_NUMBER.finditer(text))
    if not matches:
        return []
    spared = [Span(*match.span()) for pattern in (_DATES, _NAMES) for match in pattern.finditer(text)]
    for name in names:
        if name in text and _is_spared(name):
            spared += _standing(name, text)
    spared.sort(key=lambda spare: spare.start)
    starts = [spare.start for spare in spared]
    reaches = list(accumulate((spare.end for spare in spared), max))  # the farthest end of those that start so far
    found = []
    for match in matches:
        bare = match[0].rstrip(".,:;/-–")
        start = match.start() + (not bare[0].isalnum() and bare[0] not in "%#$€£")
        span = Span(start, match.start() + len(bare))
        before = bisect_right(starts, span.start)
        if not before or reaches[before - 1] < span.end:
            found.append(span)
    return found


@cache
def is_number(name: str) -> bool:
    """Whether a title is a number and nothing else."""
    letters, digits = (any(map(kind, name)) for kind in (str.isalpha, str.isdigit))
    return not letters or (not digits and _NUMBER.fullmatch(name) is not None)


@cache
def _is_spared(name: str) -> bool:
    return _NUMBER.search(name) is not None and not is_number(name)


def _standing(name: str, text: str) -> Iterator[Span]:
    """Where the name stands in the text as words of its own."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (_WORD_CHARACTER.match(text[start - 1 : start]) or _WORD_CHARACTER.match(text[end : end + 1])):
            yield Span(start, end)
        start = text.find(name, start + 1)
