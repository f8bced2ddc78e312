"""Who watched, read from a text: a number of viewers of something whose audience is held, which does not say how they were counted.

An average minute audience, a reach and a peak of streams are different numbers of one event. Words that name one of them, its
window and its territory are asked; words as `33 million watched` name none, are undecidable, and told which of them the desk holds.
Definitions: docs/methods.md, "Live events".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from groundswell.checker.asked import Asked
from groundswell.checker.bind import Binder, Left
from groundswell.checker.clause import territory_at
from groundswell.checker.draft import Draft
from groundswell.checker.held import AUDIENCES
from groundswell.checker.numeral import Form
from groundswell.checker.phrasing import N
from groundswell.checker.sentence import Sentence
from groundswell.claims import Claim, Stated
from groundswell.claims.lint import Figure, Kind, figures, territories_of, windows_of
from groundswell.core.audience import AMA, AVERAGE, PEAK, PRELIMINARY, REACH, STREAMS, VIEWERS, WINDOWS
from groundswell.core.verdict import Reason

_LARGE = 10_000
_BACK = 2
"""Sentences before one that names nothing in which its event may be named."""
_SEEN = r"(?:watch(?:ed|ing)?|tun(?:ed|ing) in|saw|seen|view(?:ed|ing)|stream(?:ed|ing)|follow(?:ed|ing)|caught|joined)"
_WHO = (
    r"(?:viewers?|people|persons|fans|households|homes|accounts|members|profiles|subscribers|streams?|devices|watchers|"
    r"americans)"
)
_CROWD = r"(?:audiences?|viewership|amas?|reach)"
_OTHERS = (
    r"(?! (?:hours?|minutes?|views|copies|dollars|followers|likes|posts|countries|territories|weeks|days|years)\b)"
)
_ON = r"(?: [^\s<.;:]+){0,4}?"
_VERBS = r"(?:drew|draws|drawn|attracted|averag(?:ed|es|ing)|reach(?:ed|es)|deliver(?:ed|s)|pulled in|peak(?:ed|s) at)"
_ENDS = r"(?= [,.;:!?)(]| (?:in|on|for|across|worldwide|globally|around|live|from|and|at)\b|$)"
_WORDS = [
    re.compile(words)
    for words in (
        rf"{N}{_OTHERS}{_ON} (?:{_WHO}|{_SEEN}|{_CROWD})\b",
        rf"\b{_SEEN}(?: \w+)? by{_ON} {N}{_OTHERS}",
        rf"\b{_CROWD}(?: [^\s<.;:]+){{0,6}}? {N}{_OTHERS}",
        rf"\b(?:viewers|streams)(?: (?:[^\s<.;]+|<T>)){{0,9}}? {N}{_OTHERS}",
        rf"\b{_VERBS}(?: an?)?{_ON} {N}{_OTHERS}{_ENDS}",
    )
]


_MEASURES = {
    Kind.AVERAGE: (AMA, AVERAGE),
    Kind.REACH: (REACH, VIEWERS),
    Kind.STREAMS: (PEAK, STREAMS),
}
_KNOWS = frozenset(
    "global globally worldwide live average minute audience audiences ama amas viewers viewership reach reached unique "
    "unduplicated accounts profiles peak peaked concurrent simultaneous streams devices sd preliminary only +".split()
)
_PART = _KNOWS | frozenset("( ) - around the world all over across".split())
_JOINS = _PART | frozenset("of was is at hit reached averaged drew a an the its".split())
"""What may stand between a number and the words that say how it was counted: any other may make it one of something else."""
_APART = frozenset("from topped following over by up more than".split())
"""What may stand before another audience than its own, or one below it."""
_LASTING = {"Live+SD": 2, "Live+1": 2, "Live+7": 8}
"""Days after an event's within which a release may state a figure that has grown since."""


def audiences(bind: Binder, index: int, s: Sentence, words: str, places: Sequence[int]) -> Iterator[Asked]:
    """Every number of viewers of what the sentence, or one just before it, names."""
    if not any(bind.held.holds(of) for of in AUDIENCES):
        return
    begins = bind.scan.tokens[s.sentence[0]].start
    text = bind.scan.text[begins : bind.scan.tokens[s.sentence[1] - 1].end]
    counted = {one.start + begins: one for one in figures(text)}
    found = {int(match["n"]) for pattern in _WORDS for match in pattern.finditer(words)}
    spans = {at: bind.scan.tokens[number.first].start for at, number in enumerate(s.numbers)}
    found |= {at for at, start in spans.items() if start in counted}
    whose = _whose(bind, index) if found else []
    for at in sorted(found) if whose else ():
        number = s.numbers[at]
        if number.form is not Form.CARDINAL or not (number.scaled or number.value >= _LARGE):
            continue
        draft = Draft(number.start, number.last, "audience", number.value, number.step, number.hedge)
        title, subject = whose[0]
        asked = Asked(draft, title, where=(id(bind.scan), index), of_series=True)
        figure = counted.get(spans[at])
        if len(whose) > 1:
            why = f"of which of {len(whose)} titles is open"
            yield replace(asked, reason=Reason.AMBIGUOUS_SUBJECT, why=why)
        elif figure is None:
            why = f"how viewers are counted is not said; of {title} the desk holds {bind.held.audiences(subject)}"
            yield replace(asked, subject=subject, reason=Reason.VAGUE, why=why)
        else:
            yield _counted(bind, index, s, replace(asked, subject=subject), figure, text, begins, words, places)


def _counted(
    bind: Binder,
    index: int,
    s: Sentence,
    asked: Asked,
    figure: Figure,
    text: str,
    begins: int,
    words: str,
    places: Sequence[int],
) -> Asked:
    """A number that says how it was counted, asked where window, territory and day are beyond doubt."""

    def left(reason: Reason, why: str) -> Asked:
        return replace(asked, reason=reason, why=why)

    measure, unit = _MEASURES[figure.kind]
    windows, territories = windows_of(text), territories_of(text)
    if len(territories) != 1:
        return left(
            Reason.VAGUE, f"{figure.kind} is of one territory, and the sentence names {len(territories) or 'none'}"
        )
    if figure.kind is not Kind.STREAMS:
        if len(windows) != 1 or not windows <= {*WINDOWS}:
            why = f"{figure.kind} has a window, and the sentence names {len(windows) or 'none'} of {', '.join(WINDOWS)}"
            return left(Reason.VAGUE, why)
        (window,) = windows
        measure, unit = f"{measure}.{window.lower()}", f"{window} {unit}"
    if re.search(r"\bco-?view", text, re.IGNORECASE):
        return left(Reason.UNREAD_QUALIFIER, "'co-viewing' is not read")
    if re.search(rf"\b{PRELIMINARY}\b", text, re.IGNORECASE):
        unit = f"{PRELIMINARY} {unit}"
    (territory,) = territories
    first, last = _span(bind, s, asked.draft, figure, begins)
    if unread := next(_unread(bind, s, asked.draft, figure, begins), ""):
        return left(Reason.UNREAD_QUALIFIER, f"'{unread}' is not read")
    ahead = s.w(first - 1 - (s.w(first - 1) in {"a", "an", "the", "its"}))
    if ahead in _APART:
        return left(Reason.UNREAD_QUALIFIER, f"'{ahead}' is not read")
    thing = bind.thing(index, s, first, last, _KNOWS)
    if thing is None:
        return left(Reason.AMBIGUOUS_SUBJECT, "the sentence does not name what it is of")
    if isinstance(thing, Left):
        return left(thing.reason, thing.why)
    if asked.subject not in bind.held.subjects("live", (thing.title,), thing.subjects):
        return left(Reason.AMBIGUOUS_SUBJECT, f"it may be of {thing.title}")
    if open_ := bind.beside(s, first, last, _KNOWS, words, places, territory):
        return left(open_.reason, open_.why)
    days = bind.held.periods(measure, asked.subject, territory)
    named = {dated.begins for dated in bind.dates(s)}
    days = [day for day in days if not named or day.first in named]
    if len(days) != 1:
        why = f"{len(days)} events may be meant" if days else f"no {measure} of it is held of that territory and day"
        return left(Reason.AMBIGUOUS_PERIOD if days else Reason.NO_DATA, why)
    if bind.released is not None and days[0].last >= bind.released:
        return left(Reason.AMBIGUOUS_PERIOD, "the event was still to come")
    stated = Stated("audience", asked.draft.value, asked.draft.step, asked.draft.hedge, "", unit)
    claim = Claim("audience", asked.subject, "", territory, days[0], stated, measure)
    waits = max([_LASTING.get(window, 0) for window in windows], default=0)
    settled = bind.released is not None and (bind.released - days[0].last).days > waits
    sure = settled and windows != {"Live"} and bind.is_sure(s, thing, first, _KNOWS)
    return replace(asked, claims=(claim,), only_supports=not sure, used=f"of {days[0].in_words()}")


def _span(bind: Binder, s: Sentence, draft: Draft, figure: Figure, begins: int) -> tuple[int, int]:
    """The tokens of a number and of all that says how it was counted and where."""
    term = _term(bind, s, figure, begins)
    first, last = min([draft.first, *term]), max([draft.last, *(at + 1 for at in term)])
    while first > s.sentence[0] and (s.w(first - 1) in _KNOWS or s.w(first - 2) == "+"):
        first -= 1
    while last < s.sentence[1]:
        place = territory_at(bind.scan, last + 1, s.sentence[1]) if s.w(last) in {"in", "across"} else None
        if place is not None:
            last = place[1]
        elif s.w(last) in _PART or s.w(last - 1) == "+":
            last += 1
        else:
            break
    return first, last


def _term(bind: Binder, s: Sentence, figure: Figure, begins: int) -> list[int]:
    """The tokens of the words that say how it was counted."""
    starts, ends = figure.term[0] + begins, figure.term[1] + begins
    return [at for at in range(*s.sentence) if starts <= bind.scan.tokens[at].start < ends]


def _unread(bind: Binder, s: Sentence, draft: Draft, figure: Figure, begins: int) -> Iterator[str]:
    """The words between a number and those that say how it was counted that may make it one of something else."""
    term = _term(bind, s, figure, begins)
    at, end = (draft.last, min(term)) if draft.last <= min(term) else (max(term) + 1, draft.first)
    while at < end:
        place = territory_at(bind.scan, at + (s.w(at) in {"in", "across"}), end)
        if place is None and s.w(at) not in _JOINS and s.w(at - 1) != "+":
            yield bind.scan.tokens[at].text
        at = place[1] if place else at + 1


def _whose(bind: Binder, index: int) -> Sequence[tuple[str, str]]:
    """The titles whose audience is held, with their subjects, of the nearest sentence that names anything."""
    for at in range(index, max(-1, index - _BACK - 1), -1):
        if things := bind.things(at):
            return list(
                dict.fromkeys(
                    (thing.title, subject)
                    for thing in things
                    for of in AUDIENCES
                    for subject in bind.held.subjects(of, (thing.title,), thing.subjects)
                )
            )
    return []
