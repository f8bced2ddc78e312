"""How the audience of a live event may be spoken of: a line for each sentence that says more than such a figure means.

Pure reading of words, so that a story and a press text can be held to the same table; it is no verdict on a number. Rules and
their reasons: docs/methods.md, "Live events".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from groundswell.catalog import WORLDWIDE, code_of, name_of
from groundswell.claims.quantity import HEDGES
from groundswell.core.audience import WINDOWS


class Kind(StrEnum):
    """What a number counts, in the words of a reader."""

    AVERAGE = "an average minute audience"
    REACH = "a reach"
    STREAMS = "a peak of streams"


@dataclass(frozen=True)
class Fault:
    """Characters `start` to `end` of a text, and what is wrong there: what, where, what is allowed."""

    start: int
    end: int
    line: str


@dataclass(frozen=True)
class Figure:
    """One number of a sentence that counts an audience, and the `term` that says how; places are in the sentence."""

    kind: Kind
    start: int
    end: int
    term: tuple[int, int]


@dataclass(frozen=True)
class _Rule:
    """`finds` says whether a sentence says its figure so; `line` is told the figure's kind."""

    id: str
    line: str
    finds: Callable[[str, Figure], bool]


# A sentence ends at a stop, not within U.S. or No. 1.
_ENDS = re.compile(r"(?<![ .][A-Z])(?<!\bNo)(?<!\bvs)[.!?][\"'”’)]*(?=\s+[\"'“‘(]*[A-Z])|\n+")
_AVERAGE = r"\b(?:average[ -]minute[ -](?:audiences?|viewers(?:hip)?)|AMAs?\b)"
_HEDGE = "|".join(sorted((words for hedge in HEDGES for words in hedge.words if words), key=len, reverse=True))
_NUMBER = r"\d[\d.,]*(?:\s?(?:million|billion|thousand|bn|[KMB])\b)?"
_SOME = rf"(?:(?:{_HEDGE})\s+)?{_NUMBER}"
_WINDOW = rf"\blive(?:[ -]only\b|\s*\+\s*\w+|(?=\)|[\s,(]+(?:{_AVERAGE}|viewers|reach)))"
_VIEWERS = "(?:viewers|people|persons|fans|members|americans|households|homes|subscribers)"
_STREAMS = (
    r"\b(?:(?:concurrent|simultaneous|peak) (?:live )?(?:streams?|viewers?|devices?)"
    rf"|peak(?:ed)?(?=\s+(?:of|at)\s+{_SOME}\s+(?:\w+\s+)?(?:streams|devices|viewers)))"
)
_REACH = (
    r"\b(?:unique (?:viewers|accounts|profiles)|unduplicated \w+|reach(?=(?:\s+\w+)?\s+(?:of|was|is))"
    rf"|reached(?=\s+{_SOME}\s+(?:{_WINDOW}\s+)?{_VIEWERS}))"
)
_OTHER = r"\b(?:streams|households|homes|views|accounts|subscribers|reach|viewers it reached)\b"
_TERMS = {Kind.AVERAGE: _AVERAGE, Kind.STREAMS: _STREAMS, Kind.REACH: _REACH}
# Between the words and the number they are of: `average-minute audience (Live+1) of over 33 million`.
_LEADS_TO = re.compile(
    rf"(?:(?:[\s,()]+[\w+.'’-]+){{0,4}}?[\s,()]+(?:of|was|is|at|hit|reached|averaged)\s+(?:an? |the )?|\s+)(?:(?:{_HEDGE})\s+)?",
    re.IGNORECASE,
)
# And between a number and its words: `33 million global viewers watched (Live+1 average-minute audience)`.
_LEADS_BACK = re.compile(
    r"[\s,(]*(?:(?:an?|the|its)\s+)?"
    rf"(?:(?:{_VIEWERS}|{_WINDOW}|global|worldwide|preliminary|final|estimated|[A-Z][\w.]+)(?:[^.;:\d]|\.(?=\w))*)?",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"\b(?:watched|seen|viewed|streamed|followed)(?:\s+\w+)?\s+by\s+(?:(?:an?|the|average|of|global|worldwide)\s+)*(?:(?:{_HEDGE})\s+)?\Z",
    re.IGNORECASE,
)
_WATCHED = re.compile(
    rf"(?:[\s,()]+(?:{_VIEWERS}|{_AVERAGE}|{_WINDOW}|globally|global|worldwide))*[\s,()]+(?:(?:had|have|all|who|that)\s+)*"
    r"(?:watched|tuned in|saw|viewed|streamed it)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    rf"\bthan\b(?!\s+{_SOME})|\bcompar\w+|\bversus\b|\bvs\b|\bagainst\b|\b(?:up|down) (?:\S+ )?from\b|\bbeat\w*|\btopp\w+"
    r"|\bsurpass\w*|\bexceed\w*|\beclips\w*|\bout(?:drew|did|strip\w*)|\bahead of\b|\bdoubl\w+|\btimes\b",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(r"\b(?:global(?:ly)?|worldwide|(?:around|across|all over) the (?:world|globe))\b", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[A-Z][\w.&'’-]*(?:\s+(?:(?:and|of|the)\s+)*[A-Z][\w.&'’-]*)*")
_LONGEST_NAME = 6
_LONGEST = 2_000
"""Characters of a sentence that is read; what is longer is a table or no prose."""
_SHORT = {"US", "UK"}
"""Codes that are names too; others (IN, IT) are words."""


def faults(text: str, territory_of: Callable[[int, int], str | None] = lambda *_: None) -> list[Fault]:
    """What is wrong with the figures of live audiences in `text`, in order.

    `territory_of` says which territory a number, by its characters, was asked of; None where nobody asked.
    """
    found = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        for figure in figures(sentence):
            words = " ".join(sentence[min(figure.start, figure.term[0]) : max(figure.end, figure.term[1])].split())
            for line in _lines(sentence, figure, territory_of(start + figure.start, start + figure.end)):
                found.append(Fault(start + figure.start, start + figure.end, f'"{words}": {line}'))
    return found


def _lines(sentence: str, figure: Figure, asked: str | None) -> Iterator[str]:
    for rule in RULES:
        if rule.finds(sentence, figure):
            yield rule.line.format(kind=figure.kind)
    said = territories_of(sentence)
    if said and asked is not None and asked not in said:
        named = " and ".join("the world" if code == WORLDWIDE else name_of(code) for code in sorted(said))
        of = "the world" if asked == WORLDWIDE else name_of(asked)
        yield f"its figure is of {of}, and the sentence speaks of {named}; say where it is of"


def _is_watched(sentence: str, figure: Figure) -> bool:
    if figure.kind is not Kind.AVERAGE:
        return False
    return bool(_BY.search(sentence[: figure.start]) or _WATCHED.match(sentence[figure.end :]))


def _is_compared(sentence: str, figure: Figure) -> bool:
    if figure.kind is not Kind.AVERAGE:
        return False
    for other in re.finditer(f"{_REACH}|{_STREAMS}|{_OTHER}", sentence, re.IGNORECASE):
        (_start, left), (right, _end) = sorted((figure.term, other.span()))
        if _COMPARED.search(sentence[left:right]):
            return True
    return False


def _has_no_window(sentence: str, figure: Figure) -> bool:
    return figure.kind is not Kind.STREAMS and not re.search(_WINDOW, sentence, re.IGNORECASE)


def _has_no_territory(sentence: str, _: Figure) -> bool:
    return not territories_of(sentence)


RULES: tuple[_Rule, ...] = (
    _Rule(
        "watched",
        "{kind} is how many viewed in the average minute, not how many watched; say that it drew so many, or state the reach",
        _is_watched,
    ),
    _Rule(
        "compared",
        "{kind} is compared with a reach, with streams or homes, which count something else; compare like with like",
        _is_compared,
    ),
    _Rule("window", "{kind} without its window; say Live, Live+SD, Live+1 or Live+7 in its sentence", _has_no_window),
    _Rule(
        "territory",
        "{kind} without its territory; say globally, or name the country in its sentence",
        _has_no_territory,
    ),
)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    ends = [0, *(match.end() for match in _ENDS.finditer(text)), len(text)]
    yield from ((start, end) for start, end in pairwise(ends) if text[start:end].strip() and end - start <= _LONGEST)


def figures(sentence: str) -> list[Figure]:
    """Each number that is said to be of an audience: by the words before it, or else by those after it."""
    masked = re.sub(_WINDOW, lambda match: re.sub(r"\d", "x", match[0]), sentence, flags=re.IGNORECASE)
    spans = [match.span() for match in re.finditer(rf"(?<![\w.,]){_NUMBER}", masked)]
    found: dict[tuple[int, int], Figure] = {}
    terms = [
        (kind, match.span()) for kind, words in _TERMS.items() for match in re.finditer(words, masked, re.IGNORECASE)
    ]
    for kind, term in terms:
        after = next((span for span in spans if span[0] >= term[1]), None)
        if after is not None and _LEADS_TO.fullmatch(masked[term[1] : after[0]]):
            found.setdefault(after, Figure(kind, *after, term))
            continue
        before = next((span for span in reversed(spans) if span[1] <= term[0]), None)
        if before is not None and _LEADS_BACK.fullmatch(masked[before[1] : term[0]]):
            found.setdefault(before, Figure(kind, *before, term))
    return sorted(found.values(), key=lambda one: one.start)


def windows_of(sentence: str) -> set[str]:
    """The windows a sentence names: `Live+1`, and `Live` where the word alone stands before what is counted."""
    found = set()
    for match in re.finditer(_WINDOW, sentence, re.IGNORECASE):
        said = "".join(match[0].split()).lower().removesuffix("-only")
        found |= {window for window in WINDOWS if window.lower() == said} or {said}
    return found


def territories_of(sentence: str) -> set[str]:
    """The codes of what territories a sentence names."""
    found = {WORLDWIDE} if _ANYWHERE.search(sentence) else set()
    for run in _CAPITALS.finditer(sentence):
        words = [word.removesuffix("'s").removesuffix("’s") for word in run[0].split()]
        for first in range(len(words)):
            for last in range(min(len(words), first + _LONGEST_NAME), first, -1):
                name = " ".join(words[first:last])
                for spelled in (name, name.rstrip(".,'’")):
                    if (len(spelled) > 2 or spelled in _SHORT) and (code := code_of(spelled)):
                        found.add(code)
    return found
