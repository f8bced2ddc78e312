"""Weeks: on a list, in a row, at the top."""

from dataclasses import replace

from groundswell.checker.clause import complement
from groundswell.checker.cue import AGO, AT_TOP
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form, Number
from groundswell.checker.scan import Listing
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import TOP_VERBS
from groundswell.core.verdict import Reason

_CONSECUTIVE = frozenset("consecutive straight successive".split())
_WEEKS = frozenset("week weeks time times frame".split())


def weeks(s: Sentence, number: Number) -> Draft | None:
    """Weeks on a list, in a row, at the top."""
    if number.scaled or number.value > 400 or number.value != int(number.value) or number.value < 1:
        return None
    at, run = number.last, False
    at += s.w(at) == "-"
    while s.w(at) in _CONSECUTIVE | {"tracked", "full", "week", "whole"}:
        if s.w(at) == "week" and s.w(at + 1) not in _CONSECUTIVE:
            break
        run = run or s.w(at) in _CONSECUTIVE
        at += 1
    named = s.w(number.first - 1) in {"week", "weeks"} or (
        s.w(number.first - 1) == "number" and s.w(number.first - 2) == "week"
    )
    first, end = number.first, number.last
    if named and s.w(end) == "of" and s.w(end + 1) in {"them", "these", "those"}:
        return None  # `one of them`
    if named:
        first = number.first - (2 if s.w(number.first - 1) == "number" else 1)
    elif s.w(at) in _WEEKS:
        if number.form is Form.ORDINAL and s.w(number.last) == "-":
            return None  # `its first-week figure`
        end = at + 1
    else:
        return None
    if s.w(end) in {"running", "straight"} or (s.w(end) == "in" and s.w(end + 1) == "a"):
        run, end = True, end + (3 if s.w(end) == "in" else 1)
    return _run(s, number, first, end, run, named)


def _run(s: Sentence, number: Number, first: int, end: int, run: bool, named: bool) -> Draft | None:
    ordinal = number.form is Form.ORDINAL or named
    unit = {s.w(at) for at in range(number.first - 2, end)}
    times = bool(unit & {"time", "times"})
    before = s.w(first - 1)
    if s.w(end) in AGO or before in {"every", "next", "last", "past", "previous", "from", "than", "since"}:
        return None
    if before in {"its", "their"} and (
        s.w(first - 2) in {"from", "than", "since", "on", "over"}
        or (s.w(first - 2) == "in" and s.w(first - 3) == "than")
    ):
        return None
    if not run and s.w(end - 2) in {"full", "whole"}:
        return None  # `its first full week` is its second on the list
    clause = s.clause(first)
    top = _at_top(s, clause, first, end)
    rest = complement(s.scan, end, s.sentence, s.refs)
    listed = rest.listing is not None or rest.generic
    draft = Draft(
        first, end, "weeks_on_chart", number.value, listing=rest.listing,
        hedge=0 if ordinal else number.hedge,
    )  # fmt: skip
    running = s.w(end) in {"in", "into"} and s.w(end + 1) in {",", "", "."}  # `12 weeks in, …`
    if rest.unread and not top and not running:
        draft = replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread}' is not read")
    if s.w(end) in {"on", "at"} and _tops_at(s, end):
        top = True
    if before in {"its", "their", "the"} and s.w(first - 2) == "of" and first - 3 in s.scan.number_at:
        return replace(draft, reason=Reason.PARSER_LIMIT, why="so many of its weeks")
    if before in {"after", "following"} and (run or top):
        return replace(
            draft, kind="streak_at_top" if top else "streak", reason=Reason.AMBIGUOUS_PERIOD, why="a run that is over"
        )
    if run and top:
        return replace(draft, kind="streak_at_top", listing=rest.listing or _listing(s, clause))
    if run:
        beside = [s.w(at) for at in range(*clause) if not first <= at < end and at not in s.scan.identifiers]
        other = any(word in {"no", "#", "second", "third", "runner"} for word in beside)
        if other and not listed:
            return replace(draft, kind="streak", reason=Reason.PARSER_LIMIT, why="a run at another place than the top")
        return (
            replace(draft, kind="streak")
            if listed
            else replace(draft, kind="streak", reason=Reason.VAGUE, why="it is not said what was repeated")
        )
    if times:
        if not top or not ordinal:
            return None
        return replace(draft, kind="streak_at_top", when=("times",))
    if ordinal and before in {"a", "an", "the"} and s.w(first - 2) == "for" and top:
        return replace(draft, kind="streak_at_top", when=("times",))
    if s.w(first - 2) in {"in", "into", "now", "for", "with", "at"} and before in {
        "its",
        "their",
        "his",
        "her",
        "the",
    }:
        timed = replace(draft, weekly=ordinal)
        return timed if before in {"its", "their"} or listed or ordinal else None
    if _tops_at(s, end) and (ordinal or before not in {"after", "in"}):
        return replace(draft, kind="streak_at_top", when=("times",))
    if ordinal and (named or before in {"its", "their"}):
        return replace(draft, weekly=named and before in {"in", "for", "during"})
    if ordinal and before == "a" and s.w(first - 2) == "with" and s.w(end) == "of":
        return draft
    if ordinal:
        return draft if listed else None
    if s.w(end) in {"in", "into"} and s.w(end + 1) in {",", "its", "", "."}:
        return draft
    if listed or (before in {"for", "spent"} and _top_ten(s, clause)):
        return draft if rest.listing or rest.generic or before in {"for", "spent"} else None
    return None


def _tops_at(s: Sentence, end: int) -> bool:
    return (
        any(all(s.w(end + n) == word for n, word in enumerate(words)) for words in AT_TOP)
        or (s.w(end) in {"at", "in"} and s.has((end + 1, end + 5), ("no", ".", "1")))
        or (s.w(end) in TOP_VERBS and s.w(end) not in {"lead"})
    )


def _top_ten(s: Sentence, bounds: tuple[int, int]) -> bool:
    return any(s.scan.identifiers.get(at) == "list" for at in range(*bounds)) or _listing(s, bounds) is not None


def _listing(s: Sentence, bounds: tuple[int, int]) -> Listing | None:
    found = [s.scan.listing_at[at] for at in range(*bounds) if at in s.scan.listing_at]
    return found[0] if len(found) == 1 else None


def _at_top(s: Sentence, clause: tuple[int, int], first: int, end: int) -> bool:
    if any(s.has(clause, words) for words in AT_TOP):
        return True
    return any(
        s.w(at) in TOP_VERBS and not first <= at < end and s.scan.identifiers.get(at) is None for at in range(*clause)
    )
