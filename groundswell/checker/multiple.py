"""Multiples and parts: `more than doubled its views`, `three times as many views as X`, `less than half the week before`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from groundswell.checker.change import direction, fall, is_audience, is_one_sided
from groundswell.checker.clause import past_role
from groundswell.checker.draft import Draft
from groundswell.checker.numbers import hedged_at
from groundswell.checker.numeral import Form, Number
from groundswell.checker.scan import Ref
from groundswell.checker.sentence import Sentence
from groundswell.checker.unknown import OPENING
from groundswell.checker.words import HOURS, MULTIPLYING, TIMES, VIEWS
from groundswell.claims.quantity import ORDINALS, WORDS

_HALF: Final = Decimal("0.5")
_MOST: Final = 1000
"""More times than this are no multiple anybody prints of an audience."""
_BASES: Final = (
    ("the", "week", "before"),
    ("the", "week", "prior"),
    ("the", "previous", "week"),
    ("the", "prior", "week"),
    ("last", "week"),
    ("a", "week", "earlier"),
    ("a", "week", "ago"),
    ("its", "previous", "week"),
)
_POINTED: Final = frozenset({"the", "its", "their"})
_DEBUTS: Final = frozenset("debut opening launch premiere".split())
_WEEK_ON_WEEK: Final = (
    ("week", "-", "over", "-", "week"),
    ("week", "over", "week"),
    ("week", "-", "on", "-", "week"),
    ("week", "on", "week"),
)
_AUXILIARIES: Final = frozenset("has have had was were also then by up rose increased grew jumped".split())
_QUALIFIED: Final = frozenset("little not no much only barely".split())
_ENDS: Final = frozenset({"", ".", ",", ";", ":", "!", "?", ")", "(", "–", "—", "and", "but", "with", "while"})
_OTHERWISE: Final = frozenset(
    "since year years month months season seasons predecessor predecessors average days day ever lifetime".split()
)
"""Words near a multiple that may make its base another than the week before or the title named."""


@dataclass(frozen=True)
class _Times:
    """Tokens `first` to `last` that say a multiple or a part of something, its hedge included."""

    first: int
    last: int
    value: Decimal
    hedge: int = 0
    verb: bool = False


@dataclass(frozen=True)
class _Base:
    """What it is of: a title, or the week before; where its words end, and the unit they say."""

    end: int
    ref: Ref | None = None
    debut: bool = False
    measure: str = ""


def multiples(s: Sentence) -> Iterator[Draft]:
    """What a sentence claims in multiples, in the order of the text."""
    at = s.sentence[0]
    while at < s.sentence[1]:
        times = None if s.scan.identifiers.get(at) else _times(s, at)
        draft = (_grown(s, times) or _of_base(s, times)) if times is not None else None
        at += 1
        if times is not None and draft is not None:
            yield draft
            at = max(times.last, at)


def _times(s: Sentence, at: int) -> _Times | None:
    """The multiple that begins at `at`, behind its hedge."""
    word, number = s.w(at), s.scan.number_at.get(at)
    if number is not None and number.first == at:
        return _counted(s, number)
    said = MULTIPLYING.get(word) or TIMES.get(word) or _fold(word)
    if said is None:
        return None
    hedge, first = hedged_at(s.scan.tokens, at)
    return _Times(first, at + 1, said, hedge, verb=word in MULTIPLYING)


def _fold(word: str) -> Decimal | None:
    """`fivefold`."""
    times = WORDS.get(word.removesuffix("fold")) if word.endswith("fold") else None
    return Decimal(times) if times else None


def _counted(s: Sentence, number: Number) -> _Times | None:
    if number.form is Form.ORDINAL and s.w(number.first - 1) == "a" and 2 < number.value <= 10:
        part = s.w(number.last) in {"as", "the", "of"}
        return _Times(number.start, number.last, 1 / number.value, number.hedge) if part else None
    if number.scaled or not 0 < number.value <= _MOST:
        return None
    here = number.last + (s.w(number.last) == "-")
    if number.form is Form.FRACTION and number.value < 1:
        return _Times(number.start, number.last, number.value, number.hedge)
    if number.form in {Form.CARDINAL, Form.FRACTION} and number.value > 1 and s.w(here) in {"times", "fold"}:
        return _Times(number.start, here + 1, number.value, number.hedge)
    return None


def _grown(s: Sentence, times: _Times) -> Draft | None:
    """A multiple of its own week before: `doubled its views`, `its views halved`, `rose fivefold`, `cut in half`."""
    end, measure = times.last, ""
    before = times.first - 1
    if s.w(times.last - 1) == "fold" or _fold(s.w(times.last - 1)):
        number = Number(times.first, times.last, Form.CARDINAL, start=times.first)
        if direction(s, number) != 1:
            return None
        measure = _unit(_noun_before(s, before))
    elif times.value == _HALF and s.w(before) == "in" and s.w(before - 1) in {"cut", "slashed", "chopped"}:
        times = replace(times, first=before - 1, hedge=0)
        noun = _noun_before(s, before - 2)
        if not is_audience(noun):
            return None
        measure = _unit(noun)
    elif not times.verb:
        return None
    elif s.w(end) in {"its", "their"} and is_audience(s.w(end + 1 + (s.w(end + 1) == "own"))):
        end += 2 + (s.w(end + 1) == "own")
        measure = _unit(s.w(end - 1))
    elif is_audience(noun := _noun_before(s, before)):
        measure = _unit(noun)
    else:
        return None
    if not _closes(s, end):
        return None
    if times.value == _HALF:  # `more than halved` is a fall by more than half
        return fall(s, Number(times.first, times.last, Form.FRACTION, _HALF, hedge=times.hedge, start=times.first), end)
    return _draft(s, times, measure, _Base(end))


def _noun_before(s: Sentence, at: int) -> str:
    """The word a verb at `at` and before is said of, where nothing but auxiliaries and a title stand between."""
    while s.w(at) in _AUXILIARIES:
        at -= 1
    ref = next((ref for ref in s.refs if ref.first <= at < ref.last and not ref.pointer), None)
    if ref is not None and s.w(ref.first - 1) in {"of", "for"}:  # `views of X doubled`
        at = ref.first - 2
    return s.said(at)


def _unit(word: str) -> str:
    return "hours_viewed" if word in HOURS else "views" if word in VIEWS else ""


def _of_base(s: Sentence, times: _Times) -> Draft | None:
    """`twice as many views as X`, `half the 8.4M of X`, `more than doubled the week before`."""
    at, measure = times.last, ""
    if times.verb and times.value == _HALF:
        return None
    if s.w(at) == "of" and times.value < 1:
        at += 1
    if not times.verb and s.w(at) == "as" and s.w(at + 1) in {"many", "much"}:
        at += 2
        if is_audience(s.w(at)):
            measure, at = _unit(s.w(at)), at + 1
        if s.w(at) != "as":
            return None
        at += 1
    base = _base(s, at)
    if base is None:
        return None
    return _draft(s, times, measure or base.measure, base)


def _base(s: Sentence, at: int) -> _Base | None:
    own = _own(s, at)
    if own is not None and (s.w(at) in _POINTED or s.w(at - 1) == "as" or s.w(at + 2) == "'s"):
        return own  # else `was No. 1 twice last week`
    if (ref := _named(s, past_role(s.scan, at))) is not None:
        end = _past(s, ref)
        if s.w(end) in {"'s", "'", "’"}:
            number = _amount(s, end + 1)
            end = number.last if number is not None else end + 1
            measure, end = _unit(s.w(end)), end + is_audience(s.w(end))
            whose = number is not None or is_audience(s.w(end - 1))
            return _Base(end, ref, measure=measure) if whose and _ends(s, end) else None
        plainly = s.w(at - 1) == "as" or s.w(at - 1) in {"many", "much"}
        return _Base(end, ref) if plainly and _ends(s, end) else None
    here = at + (s.w(at) in {"the", "its", "that", "those"})
    number, measure = _amount(s, here), ""
    if number is not None:
        here = number.last
        measure = _unit(s.w(here))
        here += is_audience(s.w(here))
    elif is_audience(s.w(here)) or s.w(here) in {"total", "tally", "figure"}:
        measure, here = _unit(s.w(here)), here + 1
    elif s.w(at) not in {"that", "those"}:
        return None
    if s.w(here) in _DEBUTS and s.w(at) == "its" and _ends(s, here + 1):
        return _Base(here + 1, debut=True, measure=measure)
    if s.w(here) in {"of", "for", "from", "by"} and (ref := _named(s, past_role(s.scan, here + 1))) is not None:
        end = _past(s, ref)
        return _Base(end, ref, measure=measure) if _ends(s, end) else None
    while s.w(here) in {"it", "had", "drew", "managed", "recorded", "of", "from", "in", "posted", "logged", "pulled"}:
        here += 1
    own = _own(s, here)
    return replace(own, measure=measure or own.measure) if own is not None else None


def _amount(s: Sentence, at: int) -> Number | None:
    """The figure of an audience at `at`."""
    return next((one for one in s.numbers if one.start == at and (one.scaled or one.value >= 10_000)), None)


def _own(s: Sentence, at: int) -> _Base | None:
    """`the week before`, `last week's views`, `its debut`: its own figure in the issue before."""
    for words in _BASES:
        end = at + len(words)
        if [s.w(n) for n in range(at, end)] != [*words]:
            continue
        if s.w(end) == "'s":
            end += 1 + (is_audience(s.w(end + 1)) or s.w(end + 1) in {"total", "tally", "figure"})
        return _Base(end, measure=_unit(s.w(end - 1))) if _ends(s, end) else None
    if s.w(at) in {"its", "their"} and s.w(at + 1) in _DEBUTS:
        end = at + 2 + (s.w(at + 2) == "week")
        end += is_audience(s.w(end))
        return _Base(end, debut=True, measure=_unit(s.w(end - 1))) if _ends(s, end) else None
    return None


def _named(s: Sentence, at: int) -> Ref | None:
    """The title at `at`, behind its article and quotes."""
    for here in (at, at + (s.w(at) == "the")):
        here += here < s.sentence[1] and s.scan.tokens[here].text in OPENING
        if (ref := next((one for one in s.refs if one.first == here and not one.pointer), None)) is not None:
            return ref
    return None


def _past(s: Sentence, ref: Ref) -> int:
    end = ref.last
    while s.w(end) in {'"', "”", "’"}:
        end += 1
    return end


def _ends(s: Sentence, at: int) -> bool:
    """Whether nothing behind a base could make it another: its phrase ends, or says a place."""
    return s.w(at) in _ENDS or (s.w(at) in {"in", "at"} and (s.w(at + 1) in ORDINALS or s.w(at + 1) in {"no", "#"}))


def _closes(s: Sentence, at: int) -> bool:
    """Whether what is said of a growth ends at `at`, with where it led to, and whether its base is the week before."""
    if _ends(s, at) or any(s.w(at) == words[0] and _reads(s, at, words) for words in _WEEK_ON_WEEK):
        return True
    if s.w(at) in {"to", "from"}:
        return _amount(s, at + 1) is not None or (s.w(at) == "from" and _own(s, at + 1) is not None)
    nth = s.scan.number_at.get(at + 2)
    if nth is not None and s.w(at) in {"in", "for"} and s.w(at + 1) in {"its", "their"}:
        return nth.form is Form.ORDINAL and s.w(nth.last) == "week"
    return _reads(s, at, ("this", "week"))


def _reads(s: Sentence, at: int, words: tuple[str, ...]) -> bool:
    return [s.w(n) for n in range(at, at + len(words))] == [*words]


def _draft(s: Sentence, times: _Times, measure: str, base: _Base) -> Draft | None:
    """A multiple as a claim, or a part of the week before as the fall it says."""
    near, clause = s.near(times.first), s.clause(times.first)
    around = {
        s.said(at)
        for at in (
            *range(*s.front(times.first)),
            *range(clause[0], near[1]),
            *range(base.end, min(base.end + 6, s.sentence[1])),
        )
        if s.scan.identifiers.get(at) != "season"
    }
    ahead = " ".join(s.said(at) for at in (*range(*s.front(times.first)), *range(clause[0], times.first)))
    if around & _OTHERWISE or "last week" in ahead or s.w(times.first - 1) in _QUALIFIED:
        return None
    value, step, loosely = exactness(times.value, times.hedge)
    return Draft(
        times.first, times.last, "multiple", value, step, times.hedge,
        measures=(measure,) if measure else (s.measure,) if s.measure else ("views", "hours_viewed"),
        unitless=not measure, loosely=loosely, window=1 if base.debut else None,
        versus_at=base.ref.first if base.ref else None,
    )  # fmt: skip


def exactness(times: Decimal, hedge: int) -> tuple[Decimal, Decimal, Decimal]:
    """A multiple with the step it is supported at, and the one at which, missed by that, it is left open.

    Bare and below ten it is asked to a tenth, a part to a hundredth; hedged it is what its words allow. It is refuted where it is
    further off than a half, or a tenth of it; a part, and one said to be more or less, where it is off by a twentieth.
    """
    strict = is_one_sided(hedge)
    if times < 1:
        step = Decimal("0.0001") if hedge else Decimal("0.01")
        return times.quantize(step), step, Decimal("0.02") if strict else Decimal("0.1")
    whole = times == int(times)
    step = Decimal(1) if whole and (hedge or times >= 10) else Decimal("0.1")
    return times.quantize(step), step, Decimal("0.1") if strict else max(Decimal(1), times / 5)
