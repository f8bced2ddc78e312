"""From numbers and words of rank to drafts: what is claimed, before it is known of whom and of when."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from groundswell.checker.amount import amount
from groundswell.checker.change import part, percent
from groundswell.checker.clause import taint, territories
from groundswell.checker.cue import BEFORE_CUES
from groundswell.checker.draft import Draft
from groundswell.checker.multiple import multiples
from groundswell.checker.numeral import Form, Number
from groundswell.checker.rank import is_rank, ordinal_rank, rank, rank_start
from groundswell.checker.reach import countries
from groundswell.checker.run import weeks
from groundswell.checker.sentence import Sentence
from groundswell.checker.unknown import foreign_front, foreign_list, named_before
from groundswell.checker.worded import appearance, word
from groundswell.checker.words import CONTRAST, COUNTRIES, DEBUT_WORDS, SCOPE, TOP_VERBS
from groundswell.claims.quantity import HEDGES
from groundswell.core.verdict import Reason

_PLACED = frozenset("had has have ranked ranks rank put puts placed places listed lists shows showed".split())
"""Before a title: somebody else places it. `Trending TV had X at No. 1`."""
_PLACES = frozenset("rank debut_rank streak streak_at_top weeks_on_chart".split())
_LOST = frozenset(
    "ceded cedes ceding lost loses losing relinquished relinquishes surrendered surrenders vacated vacates yielded yields "
    "conceded concedes forfeited gave gives giving given handed chasing eyeing seeking".split()
)
"""Before a place: one that is no longer held, or not yet."""
_STARTED = frozenset("started starts began begins".split())
_RUNS = frozenset("run reign stint streak".split())
_WORLDWIDE = frozenset("global globally worldwide world international".split())
AT_LEAST = next(at for at, hedge in enumerate(HEDGES) if hedge.relation == "at_least")


def drafts(s: Sentence) -> list[Draft]:
    """All that a sentence claims, in the order of the text."""
    found = [draft for one in s.numbers if (draft := _number(s, one)) is not None]
    found += multiples(s)
    found += _worded(s, found)
    found += _again(s, found)
    return sorted((_tainted(s, draft) for draft in found), key=lambda draft: draft.first)


def _number(s: Sentence, number: Number) -> Draft | None:
    if number.value < 0 and number.form is not Form.PERCENT:
        return None
    if number.form is Form.PERCENT:
        return percent(s, number)
    if number.form is Form.ORDINAL:
        return _ordinal(s, number)
    if number.form is not Form.CARDINAL:
        return part(s, number)
    if is_rank(s, number):
        return rank(s, number, rank_start(s, number), number.last)
    return amount(s, number) or weeks(s, number) or countries(s, number)


def _ordinal(s: Sentence, number: Number) -> Draft | None:
    return part(s, number) or weeks(s, number) or appearance(s, number) or ordinal_rank(s, number)


def _worded(s: Sentence, found: list[Draft]) -> Iterator[Draft]:
    covered = {at for draft in found for at in range(draft.first, draft.last)}
    at = s.sentence[0]
    while at < s.sentence[1]:
        draft = None if at in covered or s.scan.identifiers.get(at) in {"title", "season"} else word(s, at)
        if draft is None:
            at += 1
            continue
        clash = any(
            other.kind in {"streak_at_top", "reach_at_top"} and s.clause(other.first) == s.clause(at) for other in found
        )
        if not clash:
            yield draft
        at = max(draft.last, at + 1)


def _again(s: Sentence, found: list[Draft]) -> Iterator[Draft]:
    """`No. 1 again`, `once more atop`: at the top for at least the second week in a row."""
    for draft in found:
        clause = s.clause(draft.first)
        if draft.kind != "rank" or draft.value != 1 or draft.when != ("now",) or draft.reason is not None:
            continue
        if any(other.kind.startswith("streak") and s.clause(other.first) == clause for other in found):
            continue
        stop = min([number.start for number in s.numbers if number.first >= draft.last] + [clause[1]])
        near = [*range(max(clause[0], draft.first - 3), draft.first), *range(draft.last, stop)]
        at = next((n for n in near if s.w(n) == "again" or (s.w(n) == "once" and s.w(n + 1) == "more")), None)
        if at is not None and not {"back", "return", "returned", "returns"} & set(s.words(clause)):
            last = at + 1 + (s.w(at) == "once")
            yield replace(
                draft, first=at, last=last, kind="streak_at_top", value=Decimal(2), hedge=AT_LEAST, when=("times",)
            )  # fmt: skip


def _tainted(s: Sentence, draft: Draft) -> Draft:
    if draft.reason in {Reason.EXTERNAL}:
        return draft
    marked = s.scan.tokens, s.scan.identifiers
    clause = " " + " ".join(s.w(at) for at in range(*s.clause(draft.first))) + " "
    draft = replace(draft, earlier=any(cue in clause for cue in (*BEFORE_CUES, " last week ", " last time ")))
    named = [here for at in range(*s.sentence) if (here := s.scan.listing_at.get(at)) is not None and here.named]
    if draft.listing is None and len(named) == 1 and named[0].others and draft.kind in _PLACES:
        draft = replace(draft, listing=named[0])
    if name := foreign_list(*marked, *s.clause(draft.first)) or foreign_front(*marked, *s.sentence):
        return replace(draft, reason=Reason.EXTERNAL, why=f"'{name}' is no list of Netflix")
    if draft.kind in {"rank", "debut_rank"} and draft.listing is None and draft.territory is None:
        said = {s.w(at) for at in range(*s.sentence)}
        if s.scan.abroad is not None and s.scan.abroad < s.sentence[1] and not said & _WORLDWIDE:
            word = s.scan.tokens[s.scan.abroad].text
            return replace(
                draft, reason=Reason.UNREAD_QUALIFIER, why=f"it may be a place on the list of one territory ('{word}')"
            )
    placed = [ref.first - 1 for ref in s.refs if s.w(ref.first - 1) in _PLACED and ref.last <= draft.first]
    if draft.kind == "rank" and any(named_before(*marked, s.sentence[0], at) for at in placed):
        return replace(draft, reason=Reason.EXTERNAL, why="it is not said whose list has it there")
    begins = s.clause(draft.first)[0]
    if draft.kind == "rank":
        draft = replace(draft, lasting=_may_be_over(s, draft))
    if draft.kind in {"views", "hours_viewed"}:
        draft = replace(draft, lasting="then" in {s.said(at) for at in range(*s.sentence)})
        draft = replace(draft, debut=any(s.said(at) in DEBUT_WORDS | _STARTED for at in range(begins, draft.first)))
    if (
        draft.kind == "rank"
        and draft.listing is None
        and any(begins <= one.first < draft.first and s.w(one.last) in COUNTRIES for one in s.numbers)
    ):
        return replace(
            draft, reason=Reason.UNREAD_QUALIFIER, why="it may be its place in the countries counted before it"
        )
    if draft.kind == "rank" and _is_over(s, draft):
        return replace(draft, reason=Reason.AMBIGUOUS_PERIOD, why="a place that was given up")
    found = taint(s.scan, s.clause(draft.first), s.near(draft.first))
    if found is not None and draft.kind == "record" and found[1].lower() in {*SCOPE, "all time"}:
        found = None  # that is what it says
    if found is not None:
        return replace(draft, reason=found[0], why=f"'{found[1]}' is not read")
    if draft.territory is None and draft.kind not in {"reach", "reach_at_top"} and draft.reason is None:
        places = list(territories(s.scan, s.clause(draft.first)))
        if places and draft.kind in {"rank", "debut_rank"}:
            return replace(draft, territory=places[0])
        if places:
            return replace(draft, reason=Reason.UNREAD_QUALIFIER, why="it speaks of one territory")
    return draft


def _is_over(s: Sentence, draft: Draft) -> bool:
    """Whether a place was given up, or had been held before what is told: `had been No. 1`, `ended its run at No. 1`."""
    ahead = [s.said(at) for at in range(max(s.near(draft.first)[0], draft.first - 3), draft.first)]
    if _LOST & set(ahead) or _RUNS & set(ahead[-2:]) or [word for word in ahead if word != "the"][-1:] == ["off"]:
        return True
    here = s.said(draft.first)
    return "had" in ahead[-2:] and (ahead[-1:] == ["been"] or (ahead[-1:] == ["had"] and here in TOP_VERBS))


def _may_be_over(s: Sentence, draft: Draft) -> bool:
    """Whether a place is said with how long it lasted, or of a title that another is set against: `ousting X, which was No. 1`."""
    weeks = next((at for at in range(draft.last, s.sentence[1]) if s.w(at) in {"week", "weeks"}), None)
    lead = {s.w(at) for at in range(draft.last, weeks)} if weeks is not None else set()
    if lead & {"for", "first"} and not lead & {"and", ",", "with"}:
        return True
    before = [ref for ref in s.refs if ref.last <= draft.first]
    return bool(before) and s.w(before[-1].first - 1) in CONTRAST | {"from"}
