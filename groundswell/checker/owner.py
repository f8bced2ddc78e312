"""Whose number it is: the titles a draft may be of, in the order in which they would be meant.

Two works that could be meant are both kept, so that both must agree; a name nobody knows between a title and a number leaves it
open whose it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from groundswell.checker.clause import past_role, segment
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form
from groundswell.checker.scan import Ref, Scan
from groundswell.checker.unknown import OPENING, unknown
from groundswell.checker.words import CONTRAST, GENERIC

_PREPOSITIONS = frozenset("of to from with in after since like as for by on at into".split())
_APPOSED = frozenset("no number with on at in its place spot position a the".split())


@dataclass(frozen=True)
class Owned:
    """The refs a draft may be of; none with the reason why."""

    refs: tuple[Ref, ...]
    why: str = ""
    sure: bool = False
    """Whether it is beyond doubt: no other title stands in the clause before the number, or this one right before it."""


def owners(scan: Scan, index: int, draft: Draft, drafts: Sequence[Draft]) -> Owned:
    """Whose number `draft` of the sentence `index` is."""
    refs = scan.refs[index]
    sentence = scan.sentences[index]
    if draft.title_at is not None:
        return Owned(tuple(ref for ref in refs if ref.first == draft.title_at))
    of_each = {scan.word(at) for at in (draft.last, draft.last + 1)} & {"each", "apiece"}
    if of_each and len({ref.title for ref in refs if not ref.pointer}) > 1:
        return Owned((), "it is said of each of several titles")
    fronted = _fronted(scan, draft, sentence, refs)
    if fronted is not None:
        return Owned((fronted,))
    grouped = _grouped(scan, sentence, draft, drafts, refs)
    if grouped is not None:
        return grouped
    behind = _holder(scan, draft, refs) or _behind(scan, draft, sentence, refs) or _parallel(scan, draft, refs)
    if behind is not None:
        return Owned((behind,), sure=True)
    resumed = _resumed(scan, draft, sentence, refs)
    if resumed is not None:
        return Owned((resumed,))
    preceding = [ref for ref in refs if ref.last <= draft.first]
    if not preceding:
        return _following(scan, draft, drafts, refs, sentence)
    last = preceding[-1]
    if name := (
        unknown(scan.tokens, scan.identifiers, last.last, draft.first)
        or _part(scan, last, draft, refs)
        or _another_work(scan, next((ref for ref in reversed(preceding) if not ref.pointer), last), draft)
        or _several_works(scan, last, draft)
    ):
        return Owned((), f"'{name}' is not known")
    main = next((ref for ref in preceding if not introduced(scan, ref, sentence[0])), preceding[0])
    given = scan.word(last.first - 1) in _GIVEN and last.first > sentence[0] + 3 and not last.pointer
    if given and main is last and not _adjacent(scan, last, draft):
        return Owned((), "it may be of whoever the sentence begins with")
    if (several := _of_several(scan, preceding, draft)) is not None:
        return several
    if (other := _other_season(scan, preceding, draft)) is not None:
        return other if isinstance(other, Owned) else Owned((other,))
    related = scan.tokens[last.last].text == "," and scan.word(last.last + 1) in {"which", "who"}
    beaten = scan.word(last.first - 1) in _BEATEN and scan.word(last.last) != "(" and not related
    even = scan.word(last.first - 1) == "with" and scan.word(last.first - 2) in {
        "tied",
        "ties",
        "tying",
        "level",
        "even",
    }
    loosely = even or (scan.word(last.first - 1) in CONTRAST and scan.word(last.last) == "with")
    if (
        last.title == main.title
        or not introduced(scan, last, sentence[0])
        or (_adjacent(scan, last, draft) and not beaten and not loosely)
    ):
        return Owned((last,), sure=_is_sure(scan, last, draft, preceding, sentence))
    return Owned((last, main))


def _fronted(scan: Scan, draft: Draft, sentence: tuple[int, int], refs: Sequence[Ref]) -> Ref | None:
    """The title of `In its eighth week, Wednesday …`: right behind the comma, what `its` points at."""
    first = sentence[0]
    if scan.word(first) not in {"in", "for", "now", "with"} or draft.kind not in {
        "weeks_on_chart",
        "streak",
        "streak_at_top",
    }:
        return None
    comma = next((n for n in range(draft.last, min(draft.last + 8, sentence[1])) if scan.tokens[n].text == ","), None)
    if comma is None or draft.first > first + 4 or any(ref.first < comma and not ref.pointer for ref in refs):
        return None
    return next((ref for ref in refs if ref.first in {comma + 1, comma + 2} and not ref.pointer), None)


def _part(scan: Scan, last: Ref, draft: Draft, refs: Sequence[Ref]) -> str:
    """A season or part named on its own between a title and a number: it may be another work, or another season."""
    for at in range(last.last, draft.first):
        if scan.identifiers.get(at) == "season" and not any(ref.first <= at < ref.last for ref in refs):
            return scan.text[scan.tokens[at].start : scan.tokens[min(at + 1, draft.first - 1)].end]
    return ""


def _another_work(scan: Scan, last: Ref, draft: Draft) -> str:
    """A work that is named by a title and is not it, between the title and a number: `X's sequel`, `thanks to its sequel`."""
    for at in range(last.last, draft.first):
        if scan.word(at) in {"'s", "its"}:
            words = [scan.word(n) for n in range(at + 1, min(at + 4, draft.first))]
            if found := next((word for word in words if word in _OTHER_WORKS), ""):
                return found
        if scan.word(at) in GENERIC and scan.word(at + 1) == "that":  # `the drama that spawned it`
            return scan.word(at)
    return ""


def _several_works(scan: Scan, last: Ref, draft: Draft) -> str:
    """More works than one right behind a title: `the Shrek films`, `X's two seasons`."""
    at = last.last
    while scan.word(at) in {"'s", "'", "’"}:
        at += 1
    at += at in scan.number_at
    return scan.word(at) if at < draft.first and scan.word(at) in _WORKS else ""


_WORKS = frozenset("films movies seasons specials documentaries instalments installments franchise trilogy".split())
_OTHER_WORKS = frozenset(
    "sequel sequels prequel prequels spinoff spin predecessor predecessors successor follow followup remake reboot companion "
    "offshoot rival rivals competitor competitors sibling star stars creator creators host neighbour neighbor".split()
)


def _of_several(scan: Scan, preceding: Sequence[Ref], draft: Draft) -> Owned | None:
    """What follows `X and Y` or `X (5M) and Y (4M)`, not in the brackets of the last: of both with `each`, else open."""
    if len(preceding) < 2 or preceding[-1].pointer or preceding[-2].title == preceding[-1].title:
        return None
    left, right = preceding[-2], preceding[-1]
    between = [word for word in _outside(scan, left.last, right.first) if word not in {"runner", "-", "up"}]
    behind = _outside(scan, right.last, draft.first)
    if between not in (["and"], [",", "and"], ["&"]) or _ASIDE & {*behind[:1]}:
        return None
    if {*behind[:1]} & {"each", "both"}:
        return Owned((left, right))
    return Owned((), "it may be of several titles together")


_ASIDE = frozenset(", ( : at on in which who".split())
"""What behind the last of several titles goes on about that one alone."""


def _outside(scan: Scan, first: int, last: int) -> list[str]:
    """The words from token `first` to `last` without quotes and what stands in brackets; a bracket left open stays."""
    words: list[str] = []
    for at in range(first, last):
        text = scan.tokens[at].text
        if text == ")" and "(" in words:
            words = words[: len(words) - words[::-1].index("(") - 1]
        elif text not in "\"“”’'":
            words.append(scan.word(at))
    return words


def _other_season(scan: Scan, preceding: Sequence[Ref], draft: Draft) -> Ref | Owned | None:
    """The second season of `the first season of X (5M) and the second (4M)`, or `while its second drew 4M`."""
    last = next((ref for ref in reversed(preceding) if not ref.pointer), preceding[-1])
    if last.season is None or draft.kind == "weeks_on_chart":
        return None
    for at in range(draft.first - 1, last.last, -1):
        number = scan.number_at.get(at)
        if number is None or number.form is not Form.ORDINAL or scan.word(number.first - 1) not in {"the", "its"}:
            continue
        if (
            scan.word(number.last) in _RANKED | GENERIC
            or number.last in scan.number_at
            or number.last in scan.identifiers
        ):
            continue
        if scan.tokens[number.last].text in "(,–—" or scan.word(number.last) in _SAYS | {"at", "with", "in", "on"}:
            return replace(last, season=replace(last.season, number=int(number.value)), borrowed=True)
        if scan.word(number.last) in {"alone", "also", "still", "itself", "meanwhile"}:
            return Owned((), "another season may be meant")
    return None


_RANKED = frozenset(
    "place spot position slot rank week weekend frame time title best most highest biggest consecutive straight successive to "
    "episode day month few of -".split()
)
"""What an ordinal may be said of that is no season."""
_GIVEN = CONTRAST | {"to", "by"}
_BEATEN = CONTRAST - frozenset("behind over than above below past against unlike following trailing".split())


def _is_sure(scan: Scan, last: Ref, draft: Draft, preceding: Sequence[Ref], sentence: tuple[int, int]) -> bool:
    if last.pointer or last.borrowed:
        return False
    begin = segment(scan, draft.first, sentence)[0]
    return _adjacent(scan, last, draft) or [ref for ref in preceding if ref.first >= begin] == [last]


def _following(
    scan: Scan, draft: Draft, drafts: Sequence[Draft], refs: Sequence[Ref], sentence: tuple[int, int]
) -> Owned:
    following = [ref for ref in refs if ref.first >= draft.last and not ref.pointer]
    if not following:
        return Owned((), "no title is named for it")
    first = following[0]
    if first.first > draft.last + 1 and {scan.word(first.first - 1), scan.word(first.first - 2)} & (CONTRAST | {"off"}):
        return Owned((), "it is not known what was ahead of it")
    nearer = any(one.kind == draft.kind and draft.last <= one.first < first.first for one in drafts)
    if nearer and introduced(scan, first, draft.last):
        return Owned((), "another number stands nearer to the title")
    if _part(scan, Ref(sentence[0], sentence[0], (), ""), draft, refs):
        return Owned((), "it is not known whose season is meant")
    if _has_its_own(scan, sentence[0], draft.first) or any(
        scan.tokens[at].text == ";" for at in range(draft.last, first.first)
    ):
        return Owned((), "it is not known what it points at")
    if name := unknown(scan.tokens, scan.identifiers, sentence[0] + 1, draft.first) or unknown(
        scan.tokens, scan.identifiers, draft.last, first.first
    ):
        return Owned((), f"'{name}' is not known")
    return Owned((first,))


def _has_its_own(scan: Scan, begin: int, end: int) -> bool:
    """Whether a clause begins with a subject of its own that names nothing known: `The original was runner-up`."""
    words = [scan.word(at) for at in range(begin, end)]
    return bool(words) and words[0] in {"the", "this", "that", "both"} and bool(_SAYS & set(words[1:]))


_SAYS = frozenset(
    "was is were are came took had has drew finished ranked placed landed stayed fell rose charted sits sat slipped dropped "
    "climbed jumped moved slid earned pulled managed logged gained collected amassed notched scored held kept lost banked "
    "added".split()
)


def _behind(scan: Scan, draft: Draft, sentence: tuple[int, int], refs: Sequence[Ref]) -> Ref | None:
    """The title of `25.5M views for Ad Vitam`, `No. 7 went to Chokehold`."""
    at = draft.last
    if draft.listing is not None and draft.listing.last > at:
        at = draft.listing.last
    if scan.word(at) == "," and scan.word(draft.first - 1) in {"in", "at"} and scan.word(draft.first - 2) == ",":
        return next((one for one in refs if one.first == at + 1 and not one.pointer), None)  # `and, in third, X`
    if scan.word(at) == "of" and _family(draft) == "amount":  # `the 4.2 million of X`
        named = past_role(scan, at + 1)
        named += scan.word(named) == "the" and scan.identifiers.get(named + 1) == "season"
        named += named < sentence[1] and scan.tokens[named].text in OPENING
        if (ref := next((one for one in refs if one.first == named and not one.pointer), None)) is not None:
            return ref
    steps = 0
    while at < sentence[1] and steps < 6:
        word = scan.word(at)
        ref = next((one for one in refs if one.first == at and not one.pointer), None)
        if ref is not None:
            return (
                ref
                if steps
                and scan.word(at - 1) in {"for", "to", "by", "was", "is"} | OPENING | {"the"}
                and _led(scan, draft, at)
                else None
            )
        if (
            word in {"went", "goes", "belonged", "to", "for", "by", "was", "is", "the"}
            or word in OPENING
            or word in {"on", "s"}
        ):
            at, steps = at + 1, steps + 1
        else:
            return None
    return None


def _resumed(scan: Scan, draft: Draft, sentence: tuple[int, int], refs: Sequence[Ref]) -> Ref | None:
    """The title that a sentence goes on about behind what is put in: X of `X, which doubled Y's views, was No. 1`."""
    comma = next(
        (n for n in range(draft.first - 1, max(sentence[0], draft.first - 5), -1) if scan.word(n) == ","), None
    )
    if comma is None or scan.word(comma + 1) not in _SAYS:
        return None
    inside = [ref for ref in refs if ref.last < comma and not ref.pointer]
    opens = [ref for ref in inside if scan.word(ref.last) == "," and scan.word(ref.last + 1) in {"which", "who"}]
    return opens[-1] if opens and opens[-1] is not inside[-1] else None


def _holder(scan: Scan, draft: Draft, refs: Sequence[Ref]) -> Ref | None:
    """The title of `runner-up X`, `behind No. 1 X`, `twice as many as the runner-up, X`: who holds the place."""
    if draft.kind != "rank":
        return None
    at, before = draft.last, draft.first - 1
    aside = scan.word(at) == ","
    at += aside
    at += at < len(scan.tokens) and scan.tokens[at].text in OPENING
    ref = next((one for one in refs if one.first == at and not one.pointer), None)
    while scan.word(before) in {"the", "'s", "week"}:
        before -= 1
    compared = scan.word(before) == "as" and "as" in {scan.word(n) for n in range(before - 5, before)}
    against = compared or scan.word(before) in CONTRAST | {"of"}
    if aside:
        return ref if against and before < draft.first - 1 else None
    return ref if against or scan.word(draft.first) == "runner" else None


def _parallel(scan: Scan, draft: Draft, refs: Sequence[Ref]) -> Ref | None:
    """The title behind `20 million with Y` after `219 million hours with X`."""
    preceding = [ref for ref in refs if ref.last <= draft.first and not ref.pointer]
    ref = next((one for one in refs if one.first == draft.last + 1 and not one.pointer), None)
    if not preceding or ref is None or _family(draft) != "amount":
        return None
    joint, before = scan.word(draft.last), preceding[-1].first - 1
    same = joint in _PREPOSITIONS and scan.word(before) == joint
    return ref if same and any(at in scan.number_at for at in (before - 1, before - 2)) else None


def _led(scan: Scan, draft: Draft, at: int) -> bool:
    words = [scan.word(n) for n in range(draft.last, at)]
    return "for" in words or "by" in words or ("to" in words and {"went", "goes", "belonged"} & set(words) != set())


def introduced(scan: Scan, ref: Ref, begin: int) -> bool:
    """Whether a title stands after a preposition or a word of comparison rather than on its own."""
    at = ref.first - 1
    while at >= begin and (scan.word(at) in OPENING or scan.word(at) in {"the", "'s"} or scan.tokens[at].is_capital):
        at -= 1
    return at >= begin and (scan.word(at) in CONTRAST or scan.word(at) in _PREPOSITIONS)


def _adjacent(scan: Scan, ref: Ref, draft: Draft) -> bool:
    """Whether the number follows the title at once: in parentheses, after `at`, `on`, `which`, or as its apposition."""
    at = ref.last
    while at < draft.first and scan.tokens[at].text in "\"”’'":
        at += 1
    if at >= draft.first or scan.word(at) == "'s":
        return True
    if scan.tokens[at].text in ",:–—|" and at + 1 >= draft.first:
        return True
    while at < draft.first and scan.tokens[at].text in ",\"”’'":
        at += 1
    if at >= draft.first or scan.word(at) in {"at", "on", "which", "who", "now", "also"}:
        return True
    if scan.word(at) == "(":
        return not any(scan.tokens[here].text == ")" for here in range(at, draft.first))
    return all(
        here in scan.number_at or scan.tokens[here].text in ",\"”’'(.#" or scan.word(here) in _APPOSED
        for here in range(at, draft.first)
    )


def _grouped(
    scan: Scan, sentence: tuple[int, int], draft: Draft, drafts: Sequence[Draft], refs: Sequence[Ref]
) -> Owned | None:
    """One of `No. 3 and No. 4`, `3.8 million and 2.8 million views`: the title in the same place among as many."""
    like = _like(scan, draft, drafts)
    respectively = any(scan.word(at) == "respectively" for at in range(*sentence))
    if len(like) < 2:
        return None
    before = [ref for ref in refs if ref.last <= like[0].first and not ref.pointer]
    titles = before[-len(like) :]
    if len(titles) == len(like) and (respectively or len(before) == len(like)):
        return Owned((titles[like.index(draft)],))
    return Owned((), "it is open which of several numbers is whose") if respectively or before else None


def _like(scan: Scan, draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    family = _family(draft)
    same = [one for one in drafts if _family(one) == family]
    at = same.index(draft)
    first = last = at
    while first and _joined(scan, same[first - 1], same[first]):
        first -= 1
    while last + 1 < len(same) and _joined(scan, same[last], same[last + 1]):
        last += 1
    return same[first : last + 1]


def _family(draft: Draft) -> str:
    return {"debut_rank": "rank", "total": "amount", "views": "amount", "hours_viewed": "amount"}.get(
        draft.kind, draft.kind
    )


def _joined(scan: Scan, left: Draft, right: Draft) -> bool:
    between = [scan.word(at) for at in range(left.last, right.first)]
    return bool(between) and all(word in {"and", ",", "&"} for word in between)
